/* SPDX-License-Identifier: MIT */
#ifndef STORE_SYNC_INNER_H
#define STORE_SYNC_INNER_H

#include "core/party.h"
#include "git_safe.h"
#include "store/lock.h"
#include "store/sync.h"

/* What the parts of a sync share. */

/* ---- sync.c: a sync under way ---- */

#define SYNC_NAME_MOST     250
#define SYNC_NETWORK_MS    (600 * 1000)
#define SYNC_STOPPED_EARLY N_("stopped; nothing here or there was changed")

struct sync;

void sync_tell(const struct sync *y, enum sync_step step);
/* Whether the user wants no more of it: fills err. `what` says how things stand. */
int sync_look_for_stop(const struct sync *y, const char *what, struct error *err);
/* A git command's output without its last line end. */
int sync_ask(struct sync *y, const char *const *argv, struct str *out, struct error *err);
/* The repository is on a branch and nothing is under way; its files are HEAD's. */
int sync_check_state(struct sync *y, struct error *err);
int sync_check_clean(struct sync *y, struct error *err);
/* Commits in one and not in the other (all, from NULL): that many into *n. */
int sync_count(struct sync *y, const char *from, const char *to, size_t *n, struct error *err);
/* 1: what the remote has is known here; 0; negative where that cannot be read. */
int sync_has_tracking(struct sync *y, struct error *err);

/* ---- sync_words.c ---- */

/* Git's words for what went wrong: the last line that says so. */
void sync_reason(const struct run_result *r, char words[300]);
/* Why the other side did not take a push, as git names it ("pre-receive hook declined"); empty:
 * it did not refuse. Borrowed from r. */
struct slice sync_refusal(const struct run_result *r);
/* Adds what the other side itself said ("remote: ..."), its hooks above all: a line each, raw,
 * without git's sign before them; of many and long ones the beginning. */
void sync_add_said(const struct run_result *r, struct str *said);

/* ---- sync_merge.c ---- */

/* Merges what was fetched into the branch and its files. What fails is taken back. */
int sync_merge(struct sync *y, struct error *err);

/* ---- sync_files.c: what the others' work did to the drafts ---- */

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

/* A sync under way. */
struct sync {
	struct session *s;
	const struct sync_watch *watch;
	struct sync_result *result;
	struct git_safe git;
	char branch[256];                /* ours */
	char remote[SYNC_NAME_MOST + 1]; /* "origin" */
	struct str theirs;               /* the remote's branch, "refs/heads/main" */
	struct str tracking; /* what is known of it here, "refs/remotes/origin/main" */
	struct sync_lock lock;
	struct str ref;    /* the branch, in full */
	struct str mark;   /* where the merge driver says what it merged */
	struct str before; /* where the branch was before the first merge that was made */
};

/* Takes the lock that one sync at a time holds, and takes back what a killed one left. l's
 * lock is LOCK_INIT before. */
int sync_lock_take(struct session *s, struct sync_lock *l, struct error *err);
/* Notes what is about to be done; on the disk when it returns. */
int sync_lock_note(struct sync_lock *l, struct error *err);
/* At the end of a sync: lock files of its own gits, which could not take them away. */
void sync_clear_locks(struct session *s, const struct sync_lock *l);
/* A merge that git neither made nor took back, while we live: as after a kill. */
int sync_take_back(struct session *s, const struct sync_lock *l, struct error *err);
/* After a merge: the files, made since then, in which git hands the sides to a merge driver
 * that was killed. */
void sync_clear_temps(struct session *s, long long since);
/* At the start: what a killed one left is taken back, if none lives. Cheap where there is
 * nothing. */
void sync_recover(struct session *s);

#endif
