/* SPDX-License-Identifier: MIT */
#ifndef STORE_LOCK_H
#define STORE_LOCK_H

#include "core/error.h"
#include "core/str.h"

#include <stdbool.h>

/*
 * adref's own lock: a file that one process at a time holds by flock(), so
 * that the kernel frees it when its holder dies. While it works, the holder
 * can note in the file what it is about to do; a clean lock_drop() empties it.
 * Whoever takes the lock next and finds a note knows that the holder died in
 * the middle of just that. Knows nothing of git.
 */

struct lock {
	int fd;
	struct str left; /* the note of a holder who died; empty: none */
	bool gone;       /* and it is certain that this holder is gone (same machine), or was
			    ourselves: lock_leave() */
};

#define LOCK_INIT                                                                              \
	{                                                                                      \
		-1, STR_INIT, false                                                            \
	}

/*
 * Takes the lock, waiting up to wait_ms for another process. The file's folder
 * is made if missing (one level). ST_DENIED: still held then; ST_FAIL.
 */
int lock_take(struct lock *l, const char *path, int wait_ms, struct error *err)
	__attribute__((warn_unused_result));
/* Writes who holds the lock and what for (any lines). Replaces the note that was there. That
 * it survives a power cut, too, takes a sync of l->fd. ST_FAIL: it may be there in part. */
int lock_note(struct lock *l, struct slice note, struct error *err);
/* Empties the file and lets go. Safe on LOCK_INIT. */
void lock_drop(struct lock *l);
/* Lets go and leaves the note: what it tells of is for the next holder to bring in order. */
void lock_leave(struct lock *l);

#endif
