/* SPDX-License-Identifier: MIT */
#ifndef STORE_VERIFIER_H
#define STORE_VERIFIER_H

#include "core/error.h"
#include "store/repo.h"
#include "store/sign.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Whether what stands in a revision is signed, and by whom. Names of authors count for nothing.
 *
 * Trust begins at a pin (store/pin): drafts/signers as that commit has it. From there on a
 * change of that file counts only where the commit is signed by a key that the list in force
 * before it lists for `chair`; otherwise the list before stays in force, whatever the file
 * says. At a merge the newer of two lists is in force; of two that were changed apart, what
 * both have, until a chair signs another.
 *
 *   positions   as they stand in NEW, by the list in force there, as the party that the file is
 *               called by. Refused are: another repository's, draft's, party's or point's; one
 *               that is not what was signed, or lost its signature; one older than another that
 *               the history (from the pin on, and OLD) has by the same party on that point; two
 *               with one number; one whose predecessor the history does not know. What stood in
 *               the pin without a signature is taken as found while it stands in the same file,
 *               on the same point and says the same, and until the party signs anything on that
 *               point; where it is gone and nobody signed that, it is unsigned.
 *   decisions   commits of OLD..NEW that record one (core/message), signed as `chair` or
 *               `secretariat` of the list in force in the commit before. A key that was taken
 *               out of the list counts only for what the commit that did so, or its history,
 *               knew.
 *   texts       other commits of OLD..NEW that change a draft, as decisions; only on demand. A
 *               merge changes what it does not take over from the parent that changed it, the
 *               others not having done so.
 *   signers     commits of OLD..NEW that change the list.
 *
 * A key's times are held against the commit's time, which is never before its parents'; or, for
 * a hook, against now.
 */

enum verified_kind { VERIFIED_POSITION, VERIFIED_DECISION, VERIFIED_TEXT, VERIFIED_SIGNERS };

struct verified {
	enum verified_kind kind;
	char *draft, *party, *point; /* of a position; NULL elsewhere */
	char *stance;                /* "supports option 2", "withdrawn", "" */
	uint64_t serial;             /* 0: none */
	char commit[REPO_HEX + 1];   /* elsewhere; "" of a position */
	char *subject;               /* of the commit; not sanitised; NULL */
	struct sign_answer answer;
};

struct verifier {
	struct verified
		*v; /* those of a kind in order: positions by draft, commits oldest first */
	size_t n, cap;
	char pin[REPO_HEX + 1]; /* "": none that counts */
	char root[REPO_HEX + 1];
	char *note; /* why signatures cannot be checked at all (N_, not sanitised); NULL */
};

/* What has to be signed. */
enum { VERIFY_POSITIONS = 1, VERIFY_DECISIONS = 2, VERIFY_TEXTS = 4 };

struct verifier_ask {
	const char *folder; /* repository path of the drafts: "drafts" */
	const char *old;    /* revision; NULL: the pin */
	const char *new;
	const char *pin; /* whole id; NULL: none */
	int64_t now;     /* seconds since 1970 */
	bool hook;       /* what is in OLD..NEW counts as made now; nothing is kept for later */
	unsigned require;
	const char *only; /* positions on this draft alone: "drafts/res-31.md"; NULL: on all */
	const atomic_bool *stop; /* true: what is not checked yet cannot be; or NULL */
};

/* Released by the caller after success only. ST_MISSING: no such revision. */
int verifier_run(struct verifier *out, struct repo *r, const struct verifier_ask *ask,
		 struct error *err) __attribute__((warn_unused_result));
void verifier_release(struct verifier *v);

/* Whether it stands in the way: bad, not listed, not to be checked, or unsigned and required.
 */
bool verified_is_wrong(const struct verified *v, unsigned require);

/* Objects that a push brought and that are not the repository's yet: what git's environment
 * says in a pre-receive hook. */
int verifier_quarantine(struct repo *r, struct error *err) __attribute__((warn_unused_result));
/* Whether all that `id` has is in the history of `of` too. */
bool verifier_holds(struct repo *r, const char *of, const char *id);

#endif
