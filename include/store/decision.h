/* SPDX-License-Identifier: MIT */
#ifndef STORE_DECISION_H
#define STORE_DECISION_H

#include "core/error.h"
#include "core/str.h"
#include "store/commit.h"
#include "store/lock.h"
#include "store/repo.h"

#include <stdbool.h>

/*
 * The one way in which a decision reaches the disk, for the command line and
 * the workbench: first the file, whole or not at all, then one commit that
 * holds nothing else. A note in the git directory tells the next start of a
 * decision that a crash cut short between the two.
 */

struct decision {
	const char *path;     /* the draft's repository path */
	struct slice before;  /* its bytes, as the decision found them */
	struct slice after;   /* and as it leaves them */
	struct slice message; /* of the commit (core/message) */
	const struct person *author;
	int64_t time;
	int offset;      /* minutes east of UTC */
	bool hooks;      /* the user trusts the repository's hooks */
	const char *key; /* the commit is signed by it; NULL: not signed */
};

/*
 * Makes it so. The draft's file and HEAD must both hold `before`. ST_CHANGED
 * where one does not: the file was edited meanwhile, or holds edits that are
 * not committed; the words say which. On every failure the file is put back,
 * unless somebody changed it in between.
 */
int decision_make(struct repo *r, const struct decision *d, struct commit_result *result,
		  struct error *err) __attribute__((warn_unused_result));

/*
 * The lock under which a draft's files and their commit change together, waiting for
 * another process. decision_make() takes it by itself. l is LOCK_INIT before;
 * lock_drop() lets go.
 */
int decision_lock(struct repo *r, struct lock *l, struct error *err)
	__attribute__((warn_unused_result));

/*
 * Whether a decision can be made on the draft now: 0, or ST_CHANGED (pending
 * edits: offer to commit or set them aside), ST_MISSING (never committed),
 * ST_DENIED (the state of the repository forbids commits).
 */
int decision_ready(struct repo *r, const char *path, struct error *err);

/*
 * At the start: finishes a decision that a crash cut short, if the file holds
 * it and HEAD does not, as it was meant (same author and time), but unsigned. Returns 1 and
 * fills result where it did; 0 where there was nothing to do.
 */
int decision_recover(struct repo *r, bool hooks, struct commit_result *result,
		     struct error *err);

/*
 * Undoing: the draft's bytes with what commit `id` did to it taken back, on
 * top of `current`, appended to out. The commit that records it is the
 * caller's, by decision_make(). ST_CHANGED where the same words were changed
 * again since; ST_MISSING.
 */
int decision_undo(struct repo *r, const char *id, const char *path, struct slice current,
		  struct str *out, struct error *err);

#endif
