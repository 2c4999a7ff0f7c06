/* SPDX-License-Identifier: MIT */
#ifndef STORE_SYNC_H
#define STORE_SYNC_H

#include "core/error.h"
#include "core/str.h"
#include "store/session.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * Sharing a workspace with others: fetch, merge, push, through the git program, with
 * adref as merge driver whether or not it is set up in the repository. Nothing is ever
 * forced: what the others have is merged, and a push that came too late is made again
 * after another merge. Where something fails, the branch and the files are as before.
 *
 * Programs that the repository's own configuration names, and its hooks, run only where
 * the user trusts it (store/trust); the user's own configuration counts always.
 */

enum sync_step { SYNC_FETCH, SYNC_MERGE, SYNC_PUSH };

struct sync_watch {
	void (*step)(void *arg, enum sync_step step, const char *remote);
	void *arg;
	/* True (another thread or a signal may say so): stop where nothing is lost, which is
	 * never within a merge; or NULL. */
	const atomic_bool *stop;
};

/* A file of the drafts that the others' work changed here. */
struct sync_file {
	char *path;    /* in the repository */
	bool both;     /* it was changed here too: merged word by word */
	size_t points; /* open now, and open in neither before: the two did not say the same */
};

struct sync_result {
	size_t came, went; /* commits */
	struct sync_file *v;
	size_t n, cap;
	/* The drafts' files that no commit has, and so nobody else: the first one's path in the
	 * repository, or NULL, and how many. */
	char *left;
	size_t n_left;
	/* What the other side, its hooks above all, said to a push that it did not take: raw, a
	 * line each; empty: nothing. */
	struct str said;
	bool alone; /* ST_MISSING: there is no remote; session_share_with() makes one */
};

#define SYNC_RESULT_INIT                                                                       \
	{                                                                                      \
		.came = 0                                                                      \
	}

void sync_result_release(struct sync_result *r);
/* The i-th line of what the other side said, from 0; empty after the last. Borrowed from r. */
struct slice sync_said(const struct sync_result *r, size_t i);

/*
 * With whom the workspace is shared: an address as a person types it, checked and made whole (a
 * folder of this machine in full), appended. Nothing is asked of it yet. ST_INPUT: what looks
 * like an option, would run a program, has signs that cannot be seen, or is a folder without
 * a repository.
 */
int session_address(const struct session *s, struct slice typed, struct str *address,
		    struct error *err) __attribute__((warn_unused_result));
/* From now on it is shared with that address: the remote "origin". Nothing is sent or fetched
 * here. ST_EXISTS: it is shared already; ST_DENIED: that would run programs of a repository
 * that is not trusted. */
int session_share_with(struct session *s, struct slice typed, struct error *err)
	__attribute__((warn_unused_result));

/*
 * Brings branch and remote together. watch may be NULL. ST_CHANGED: something is not
 * committed, or both sides changed a file that adref cannot merge; ST_MISSING: no remote,
 * or no author; ST_DENIED: the repository is in a state that forbids it; ST_FAIL: the
 * remote cannot be reached or refuses, or the watch stopped it: the words say which.
 */
int session_sync(struct session *s, const struct sync_watch *watch, struct sync_result *result,
		 struct error *err) __attribute__((warn_unused_result));

#endif
