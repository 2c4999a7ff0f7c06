/* SPDX-License-Identifier: MIT */
#ifndef STORE_DECISION_H
#define STORE_DECISION_H

#include "core/error.h"
#include "core/party.h"
#include "core/str.h"
#include "store/change.h"
#include "store/commit.h"
#include "store/repo.h"

#include <stdbool.h>

/*
 * The one way in which a decision reaches the disk, for the command line and
 * the workbench: first the file, whole or not at all, then one commit that
 * holds nothing else but what the decision was made of. How that holds through failures and
 * crashes: store/change.
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
	/* What it was made of, as it lies there (before and after are the same): committed
	 * with it. */
	const struct change_file *beside;
	size_t n_beside;
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
 * Whether a decision can be made on the draft now: 0, or ST_CHANGED (pending
 * edits: offer to commit or set them aside), ST_MISSING (never committed),
 * ST_DENIED (the state of the repository forbids commits).
 */
int decision_ready(struct repo *r, const char *path, struct error *err);

/*
 * Undoing: the draft's bytes with what commit `id` did to it taken back, on
 * top of `current`, appended to out. The commit that records it is the
 * caller's, by decision_make(). ST_CHANGED where the same words, or what stands around them,
 * were changed again since (revert_decision()); ST_MISSING.
 */
int decision_undo(struct repo *r, const char *id, const char *path, struct slice current,
		  const struct parties *parties, struct str *out, struct error *err);

#endif
