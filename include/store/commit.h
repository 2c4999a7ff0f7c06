/* SPDX-License-Identifier: MIT */
#ifndef STORE_COMMIT_H
#define STORE_COMMIT_H

#include "core/error.h"
#include "core/str.h"
#include "store/repo.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Commits given bytes at given paths on the current branch, and nothing else:
 * not what is staged, not what the working files hold. Never writes a working
 * file. What it reports as done is on disk: objects and branch were synced and
 * read back. Two processes committing at once both succeed, one after the
 * other, unless they change the same path.
 */

struct commit_change {
	const char *path;   /* a repository path */
	struct slice bytes; /* what it holds from now on */
	bool gone;          /* it is deleted (bytes are ignored) */
	const char *base;   /* hex id of the blob the change was made from; "": there was none;
			       NULL: what HEAD holds as commit_make() begins */
};

struct commit_order {
	const struct commit_change *changes;
	size_t n;
	struct slice message;        /* UTF-8, with its trailers; a last line end is added */
	const struct person *author; /* committer too */
	int64_t time;                /* seconds since 1970 */
	int offset;                  /* minutes east of UTC */
	bool hooks;      /* run the repository's hooks: the user trusts it (trust_ask()) */
	const int *also; /* descriptors to be synced before the branch moves: folders of files
			    written just before */
	size_t n_also;
	const char *key; /* the commit is signed by it (store/sign); NULL: not signed */
};

struct commit_result {
	char id[REPO_HEX + 1];     /* the commit; "" where nothing had to be done */
	char parent[REPO_HEX + 1]; /* "" for a first commit */
	struct str warning;        /* one line, empty: none. The commit stands all the same */
	struct str hook_output;    /* what hooks printed, raw: show it through core/show */
	bool unsure; /* it failed, and whether the branch moved could not be read */
};

#define COMMIT_RESULT_INIT                                                                     \
	{                                                                                      \
		"", "", STR_INIT, STR_INIT, false                                              \
	}

void commit_result_release(struct commit_result *r);

/*
 * Makes the commit. ST_CHANGED: a path is not what its base says any more, by
 * another's commit; nothing was done, theirs is in the history and yours with
 * you. ST_DENIED: a state that forbids commits (bare, detached, a merge under
 * way: the words say what to do), or a hook refused. ST_USAGE: a path that
 * cannot be. ST_INPUT: a message or author that cannot be. ST_FAIL: disk,
 * locks. On failure the branch is as before, unless result says that this could
 * not be read. Where the changes change nothing, 0 with an empty id.
 */
int commit_make(struct repo *r, const struct commit_order *order, struct commit_result *result,
		struct error *err) __attribute__((warn_unused_result));

/* Whether the repository's state allows a commit now: 0, or ST_DENIED with what to do. */
int commit_ready(struct repo *r, struct error *err);

/*
 * At the start: clears lock files that a killed adref left (only those that
 * its own note proves to be its), and brings the index up to a commit that it
 * had made. commit_make() does so too. Where another adref is at work there is
 * nothing to recover: it does not wait.
 */
int commit_recover(struct repo *r, struct error *err);
/* Whether there may be something to recover. Cheap. */
bool commit_is_cut_short(struct repo *r);

#endif
