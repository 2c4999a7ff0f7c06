/* SPDX-License-Identifier: MIT */
#ifndef CORE_LEDGER_H
#define CORE_LEDGER_H

#include "core/digest.h"
#include "core/error.h"
#include "core/str.h"
#include "core/yaml.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * What the chair notes beside a draft: paragraphs agreed ad referendum
 * (agreed.yaml) and points put off (deferred.yaml), FORMAT.md, "The YAML files".
 * Reading gives lists; the edits change the file's bytes and leave every
 * other entry, comment and unknown key as it stands.
 */

/* A paragraph, by a digest of its wording (brackets_wording()). */
struct agreed {
	char digest[DIGEST_SHORT + 1];
	char *begins; /* its first words, for people; texts are "" where missing */
	char *meeting;
	char *date;
	size_t line, column;
};

struct agreed_list {
	struct agreed *v; /* in the file's order */
	size_t n, cap;
};

/*
 * Reads the whole file; empty bytes say nothing. What cannot be used is left out and noted in
 * problems (or NULL). ST_INPUT and ST_TOO_LARGE as yaml_read(): list is empty then. It is
 * overwritten, and the caller's to release.
 */
int agreed_read(struct slice yaml, struct agreed_list *list, struct yaml_problems *problems,
		struct error *err) __attribute__((warn_unused_result));
void agreed_release(struct agreed_list *list);
/* Borrowed from the list; NULL where there is none. */
const struct agreed *agreed_find(const struct agreed_list *list, const char *digest);

/* Adds an entry to the file's bytes; one with the same digest is replaced. line and
 * column of a are not used; begins is cut to about 60 bytes, at a character. */
int agreed_add(struct str *yaml, const struct agreed *a, struct error *err)
	__attribute__((warn_unused_result));
/* ST_MISSING where no entry has that digest. */
int agreed_remove(struct str *yaml, const char *digest, struct error *err)
	__attribute__((warn_unused_result));

/* A point put off. */
struct deferred {
	char *id;
	char *reason;
	char *until; /* a meeting's code */
	char *date;
	size_t line, column;
};

struct deferred_list {
	struct deferred *v; /* in the file's order; no id twice */
	size_t n, cap;
};

/* As agreed_read(). */
int deferred_read(struct slice yaml, struct deferred_list *list, struct yaml_problems *problems,
		  struct error *err) __attribute__((warn_unused_result));
void deferred_release(struct deferred_list *list);
/* Borrowed from the list; NULL where there is none. */
const struct deferred *deferred_find(const struct deferred_list *list, struct slice id);

/* Adds an entry, in the place of an older one with the same id. */
int deferred_set(struct str *yaml, const struct deferred *d, struct error *err)
	__attribute__((warn_unused_result));
/* ST_MISSING where no entry has that id. */
int deferred_remove(struct str *yaml, const char *id, struct error *err)
	__attribute__((warn_unused_result));

#endif
