/* SPDX-License-Identifier: MIT */
#ifndef STORE_CHANGE_H
#define STORE_CHANGE_H

#include "core/error.h"
#include "core/str.h"
#include "store/commit.h"
#include "store/file.h"
#include "store/lock.h"
#include "store/repo.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Files and the one commit that holds them: the only way in which adref changes
 * both. Each file is written whole or not at all; where one step fails, what was
 * done is taken back. A note in the git directory tells the next start of a
 * change that a crash cut short: it is finished where all files are as they are
 * to be, and else taken back. Knows nothing of what the files mean.
 */

struct change_file {
	const char *path;               /* a repository path */
	struct slice before;            /* its bytes, as the change found them */
	struct slice after;             /* and as it leaves them; the same: only committed */
	const struct file_stamp *stamp; /* of before; one that is not there is made */
};

struct change {
	const struct change_file *files;
	size_t n;
	struct slice message; /* of the commit */
	const struct person *author;
	int64_t time;
	int offset;      /* minutes east of UTC */
	bool hooks;      /* the user trusts the repository's hooks */
	const char *key; /* the commit is signed by it; NULL: not signed */
};

/*
 * The lock under which files and their commit change together, waiting for
 * another process. Whoever calls change_make() holds it, from reading the files on. l is
 * LOCK_INIT before; lock_drop() lets go.
 */
int change_lock(struct repo *r, struct lock *l, struct error *err)
	__attribute__((warn_unused_result));

/*
 * Makes it so. On failure the files are put back, unless somebody changed one in
 * between: the words say so then. Statuses are commit_make()'s and file_write()'s;
 * ST_TOO_LARGE where a file would be beyond the bounds of a draft (core/bound).
 */
int change_make(struct repo *r, const struct change *c, struct commit_result *result,
		struct error *err) __attribute__((warn_unused_result));

/*
 * At the start: what a crash cut short. Returns 1 and fills result and words (its subject, a
 * line, raw) where a change was finished by its commit, as it was meant (same
 * author and time), but unsigned; 0 where nothing was to be done, or files were put back. Where
 * another branch than its own is checked out now it is not finished: what is known of it is put
 * aside, and words say so (N_). Does not wait: where another adref is at work, nothing is cut
 * short.
 */
int change_recover(struct repo *r, bool hooks, struct commit_result *result, struct str *words,
		   struct error *err) __attribute__((warn_unused_result));

#endif
