/* SPDX-License-Identifier: MIT */
#ifndef CORE_SIGNERS_H
#define CORE_SIGNERS_H

#include "core/error.h"
#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * drafts/signers: whose keys may sign for whom. OpenSSH's allowed-signers form (ssh-keygen(1)),
 * so that `ssh-keygen -Y verify -f drafts/signers -I AFR` and git read it too. A line is
 *
 *     AFR,amina@example.org namespaces="adref-position@v1,git" ssh-ed25519 AAAA… Amina Diallo
 *     chair,secretariat valid-before="20271231" ssh-ed25519 AAAA… Secretariat
 *
 * The names before the key say what it may sign for: a party's code, for that party's
 * positions; `chair` or `secretariat`, for decisions; `chair` alone, for changes of this file.
 * Other names (e-mail addresses, for git) mean nothing here.
 *
 * Stricter than ssh-keygen: no patterns (* ? !), no cert-authority, no certificates, no quotes
 * in names, no CR and no NUL; each option once; times without a zone are UTC. A file that is
 * wrong in one line lists nobody, so that no two programs read it as two lists. Pure.
 */

#define SIGNERS_MOST_BYTES ((size_t)256 * 1024)
#define SIGNERS_MOST       2000 /* lines with a key */

#define SIGNERS_CHAIR       "chair"
#define SIGNERS_SECRETARIAT "secretariat"

struct signer {
	char **names;
	size_t n_names;
	char *purposes; /* namespaces, a comma between two; "": any */
	int64_t after;  /* seconds since 1970; INT64_MIN: always */
	int64_t before; /* INT64_MAX: always */
	struct str key; /* as ssh sends it */
	char *comment;  /* whatever stands after the key, UTF-8 */
	size_t line;    /* from 1 */
};

struct signers {
	struct signer *v; /* in the file's order; a key may stand in several */
	size_t n, cap;
};

/* s is initialised here, also after a failure. ST_INPUT: "line: what; what to do". */
int signers_read(struct slice bytes, struct signers *s, struct error *err)
	__attribute__((warn_unused_result));
void signers_release(struct signers *s);

enum signers_answer {
	SIGNERS_LISTED,
	SIGNERS_NO_KEY,     /* no line has the key */
	SIGNERS_OTHERS,     /* it is listed, but not for any of the names */
	SIGNERS_NO_PURPOSE, /* not for this namespace */
	SIGNERS_NOT_YET,    /* valid later */
	SIGNERS_NO_LONGER   /* it was valid */
};

/*
 * Whether the key may sign for one of the names (NULL at the end), for that purpose, at that
 * time. Where it may, *which is its line and *as the name; both are borrowed.
 */
enum signers_answer signers_ask(const struct signers *s, struct slice key,
				const char *const *names, const char *purpose, int64_t at,
				const struct signer **which, const char **as);
/* The first line that has the key; NULL. */
const struct signer *signers_find(const struct signers *s, struct slice key);
/* Whether a line lists this key for this name, whatever else it says. */
bool signers_has(const struct signers *s, struct slice key, const char *name);

/*
 * Appends a line that lists a key for names ("AFR,chair"), with its line end. key: "kind base64
 * comment", as in a .pub file. ST_INPUT where that would be no line of the list; ST_EXISTS
 * where the list has the key for all of the names.
 */
int signers_line(struct slice names, struct slice key, const struct signers *have,
		 struct str *out, struct error *err) __attribute__((warn_unused_result));
/* Appends the line anew, for one name alone. */
void signer_write(struct str *out, const struct signer *s, const char *name);
/* Fills both (released first by the caller) with those lines of a whose key, names and options
 * b has too. */
void signers_meet(const struct signers *a, const struct signers *b, struct signers *both);

#endif
