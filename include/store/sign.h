/* SPDX-License-Identifier: MIT */
#ifndef STORE_SIGN_H
#define STORE_SIGN_H

#include "core/error.h"
#include "core/signers.h"
#include "core/str.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * Signing and checking, by ssh-keygen -Y: no cryptography of ours. ssh-keygen runs without a
 * terminal and without a shell, so it can neither ask for a passphrase nor paint over the
 * screen: a key with one has to be in ssh-agent. What it reads of drafts/signers is written
 * anew from what core/signers read there, a line for one name.
 */

/*
 * Signs bytes for a purpose (a namespace). key: the path of a private key or of a public one
 * that the agent has, or a public key itself ("ssh-ed25519 AAAA…", "key::ssh-…") for the agent.
 * out gets the signature's bytes, without armour. ST_MISSING: no ssh-keygen, or no such key;
 * ST_DENIED: the key is locked; the words say what to do.
 */
int sign_bytes(const char *key, const char *purpose, struct slice bytes, struct str *out,
	       struct error *err) __attribute__((warn_unused_result));

/*
 * The public key in a file, as one line ("ssh-ed25519 AAAA… comment"), appended without a line
 * end; ssh-keygen has looked at it. ST_INPUT: it is a private key, or not exactly one key; the
 * words name the file. ST_MISSING: no such file, or no ssh-keygen.
 */
int sign_public_key(const char *path, struct str *line, struct error *err)
	__attribute__((warn_unused_result));

#define SIGN_COMMIT "git" /* the purpose of a signature in a commit, as git has it */

enum sign_result {
	SIGN_GOOD,     /* by a listed key */
	SIGN_UNLISTED, /* good, by a key that may not sign this */
	SIGN_BAD,
	SIGN_UNSIGNED,
	SIGN_UNKNOWN, /* it cannot be checked */
	SIGN_FOUND    /* unsigned, and as it stood where trust begins: store/verifier */
};

struct sign_question {
	struct slice bytes;        /* what was signed */
	struct slice signature;    /* not armoured */
	const char *purpose;       /* the namespace it must be made for */
	const char *const *names;  /* as whom it may be signed, NULL at the end */
	const struct signers *who; /* the list; NULL: none is known */
	int64_t at;                /* the time at which the key must be valid */
};

struct sign_answer {
	enum sign_result result;
	struct str key;  /* its fingerprint; empty where there is no signature to read */
	struct str as;   /* the name it counts for: "AFR", "chair" */
	struct str whom; /* the comment of its line in the list */
	struct str why;  /* where it is not good: N_() or ssh-keygen's words, not sanitised */
};

#define SIGN_ANSWER_INIT                                                                       \
	{                                                                                      \
		SIGN_UNSIGNED, STR_INIT, STR_INIT, STR_INIT, STR_INIT                          \
	}

void sign_answer_release(struct sign_answer *a);
/* Sets the result and why, and forgets the rest. */
void sign_answer_set(struct sign_answer *a, enum sign_result result, const char *why);

struct sign_kept; /* what was found good before: store's own */

/* What one run of checking shares: a private folder for ssh-keygen's files. */
struct sign_checker {
	struct str folder;       /* "" until the first question */
	struct sign_kept *kept;  /* borrowed; NULL: everything is asked anew */
	const atomic_bool *stop; /* true: nothing more is asked, SIGN_UNKNOWN; or NULL */
};

#define SIGN_CHECKER_INIT                                                                      \
	{                                                                                      \
		STR_INIT, NULL, NULL                                                           \
	}

/* Answers one question; a is initialised, and overwritten. What cannot be checked is an answer,
 * too: SIGN_UNKNOWN, and why. */
void sign_check(struct sign_checker *k, const struct sign_question *q, struct sign_answer *a);
void sign_checker_release(struct sign_checker *k);

#endif
