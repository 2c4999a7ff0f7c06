/* SPDX-License-Identifier: MIT */
#ifndef STORE_SYNC_INNER_H
#define STORE_SYNC_INNER_H

#include "core/party.h"
#include "git_safe.h"
#include "store/lock.h"
#include "store/sync.h"

/* What the parts of a sync share. */

/* ---- sync_files.c: what the others' work did to the drafts ---- */

/* The file's entry in the result, made where there is none. path is copied. */
struct sync_file *sync_file_of(struct sync_result *r, struct slice path);
/* Whether adref merges it: a draft's text or what stands beside one. */
bool sync_is_draft(struct slice path);
/*
 * Before a merge that git stopped in is committed: how many points of the file are in
 * neither side (their stages in the index), noted in the result.
 */
void sync_note_points(struct sync_result *r, const struct git_safe *git, const char *root,
		      struct slice path, const struct parties *parties);
/* After the merge of `theirs` into what was `before`: the drafts' files that it changed, and
 * which of them both had changed. */
void sync_note_changed(struct sync_result *r, const struct git_safe *git, const char *before,
		       const char *theirs);

/* ---- sync_recover.c: one that was killed ---- */

struct sync_lock {
	struct lock lock;
	const char *branch, *tracking;             /* in full; borrowed */
	char from[REPO_HEX + 1], to[REPO_HEX + 1]; /* the merge that is made; "" */
	long long begun; /* seconds since 1970; 0: with the first note */
};

/* Takes the lock that one sync at a time holds, and takes back what a killed one left. l's
 * lock is LOCK_INIT before. */
int sync_lock_take(struct session *s, struct sync_lock *l, struct error *err);
/* Notes what is about to be done; on the disk when it returns. */
int sync_lock_note(struct sync_lock *l, struct error *err);
/* A merge that git neither made nor took back, while we live: as after a kill. */
int sync_take_back(struct session *s, const struct sync_lock *l, struct error *err);
/* After a merge: the files, made since then, in which git hands the sides to a merge driver
 * that was killed. */
void sync_clear_temps(struct session *s, long long since);
/* At the start: what a killed one left is taken back, if none lives. Cheap where there is
 * nothing. */
void sync_recover(struct session *s);

#endif
