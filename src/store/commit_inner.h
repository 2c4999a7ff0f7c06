/* SPDX-License-Identifier: MIT */
#ifndef STORE_COMMIT_INNER_H
#define STORE_COMMIT_INNER_H

#include "core/error.h"
#include "core/str.h"
#include "store/commit.h"
#include "store/lock.h"
#include "store/repo.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * The parts of making a commit, shared by commit*.c alone: what is asked for,
 * trees, git's lock files, and the index.
 */

struct git_oid;
struct git_signature;

/* Whether the paths, the time and the author can be those of a commit. */
int commit_check_order(const struct commit_order *o, struct error *err);
/* As git tidies it: no blanks at line ends, no empty lines around, one line end. ST_INPUT and
 * ST_TOO_LARGE, with the message as it was: what cannot be one. */
int commit_tidy_message(struct str *message, struct error *err);

/* One path as it goes into the tree and the index. */
struct commit_entry {
	const char *path;
	bool gone;
	bool drop;               /* the tip has it so already: nothing to do */
	bool had_base;           /* the path was there before */
	char base[REPO_HEX + 1]; /* the blob the change was made from */
	char hex[REPO_HEX + 1];  /* the blob it is from now on */
	unsigned mode;           /* git's file mode, 0100644 or 0100755 */
	struct slice bytes;
};

/* The objects that a commit wrote and that are not synced yet. */
struct commit_objects {
	char (*v)[REPO_HEX + 1];
	size_t n, cap;
};

void commit_objects_release(struct commit_objects *o);
void commit_objects_add(struct commit_objects *o, const struct git_oid *id);
/* While held, libgit2 does not sync what it writes. Always let go again. */
void commit_objects_hold(bool hold);
/*
 * Brings the objects and the open files to the disk, all of them at the same
 * time: a disk takes for many about as long as for one.
 */
int commit_objects_sync(struct repo *r, const struct commit_objects *o, const int *fds,
			size_t n_fds, struct error *err);

/* The branch as it is to be moved. */
struct commit_move {
	const char *ref;            /* in full */
	const struct git_oid *from; /* NULL: it is to be begun */
	const struct git_oid *to;
	const struct git_signature *who;
	struct slice subject; /* for the reflog */
};

/*
 * Moves the branch from the old tip to the new commit: compared and set under
 * git's own lock. Returns 1 where another was faster. result gets a warning where
 * it moved and something else went wrong, and unsure where it failed and cannot
 * be read.
 */
int commit_branch_move(struct repo *r, const struct commit_move *m,
		       struct commit_result *result, struct error *err);

/* The tree of the tip (NULL: none yet) with the entries changed; those marked drop are left. */
int commit_tree_build(struct repo *r, const struct git_oid *tip_tree,
		      const struct commit_entry *entries, size_t n,
		      struct commit_objects *objects, struct git_oid *out, struct error *err);
/* Reads back from disk, by handles of its own: the commit, its tree, each entry's bytes. */
int commit_read_back(struct repo *r, const char *id, const struct commit_entry *entries,
		     size_t n, struct error *err);

/*
 * What an adref is about to do, written into its own lock before it does it:
 * the next one reads it where this one was killed, and tells by it a lock file
 * of git that was left from one that a living git holds.
 */
struct commit_note {
	char *ref, *id;               /* the branch and what it becomes */
	char *git_dir, *candidate;    /* of the index, and the file that becomes its lock */
	unsigned long long dev, ino;  /* of the candidate */
	long long time;               /* seconds since 1970 */
	struct commit_entry *entries; /* path, base, hex, mode, gone; paths are owned */
	size_t n, cap;
	bool whole; /* it was written to its end */
};

void commit_note_add(struct str *out, const struct commit_note *note);
void commit_note_read(struct commit_note *note, struct slice text);
/* Only of a note that was read. */
void commit_note_release(struct commit_note *note);

struct commit_locks {
	struct lock own;             /* adref's */
	struct str candidate;        /* a file of ours that becomes index.lock by link() */
	unsigned long long dev, ino; /* of the candidate */
	bool keep; /* the note stays: the next holder clears what we could not */
};

#define COMMIT_LOCKS_INIT                                                                      \
	{                                                                                      \
		LOCK_INIT, STR_INIT, 0, 0, false                                               \
	}

/* Takes adref's lock, clears what a killed holder left, and finishes its index. */
int commit_locks_take(struct repo *r, struct commit_locks *l, bool wait, struct error *err);
/* Notes that branch `ref` is about to become `id`, and the index about to be locked. */
int commit_locks_note(struct repo *r, struct commit_locks *l, const char *ref, const char *id,
		      const struct commit_entry *entries, size_t n, struct error *err);
void commit_locks_drop(struct commit_locks *l);

/* The blob that the index has for a path: 1, or 0 where it has none, or negative. */
int commit_index_entry(struct repo *r, const char *path, char hex[REPO_HEX + 1],
		       struct error *err);
/* Brings the index up to date for the entries. On failure it is as before. l->keep is set
 * where its lock file could not be taken away. */
int commit_index_update(struct repo *r, struct commit_locks *l,
			const struct commit_entry *entries, size_t n, struct error *err);

#endif
