/* SPDX-License-Identifier: MIT */
#ifndef STORE_SESSION_H
#define STORE_SESSION_H

#include "core/bracket.h"
#include "core/edit.h"
#include "core/error.h"
#include "core/resolve.h"
#include "store/commit.h"
#include "store/repo.h"
#include "store/settings.h"
#include "store/workspace.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * One user at work in one workspace: the drafts, the repository they are in, who
 * the user is and which meeting is now; and each thing that ends in a commit.
 * The command line and the workbench both work through it, so that a decision
 * is the same whoever takes it.
 *
 * Drafts are named as in the workspace. Commits are by git's author, now.
 */

/* Whether positions that are recorded are signed: as the setting says, or whatever it says. */
struct side_texts; /* store/texts */

enum session_signing { SIGNING_AS_SET, SIGNING_ON, SIGNING_OFF };

/* Told when all is known of what is noted beside a draft (put off, agreed), and before it is
 * committed, which may take the disk a while: so that it can be shown. What fails then is to be
 * taken back. draft: its new bytes, empty where they stay; beside: those of the file beside it.
 */
struct session_ahead {
	void (*show)(void *arg, struct slice draft, struct slice beside); /* or NULL */
	void *arg;
};

struct session {
	struct workspace ws;
	struct repo *repo; /* NULL until session_repo() */
	struct repo_state state;
	struct settings settings;
	struct env env;               /* borrowed from the process */
	bool trusted;                 /* the repository's hooks may run */
	struct session_ahead ahead;   /* set by whoever wants it */
	enum session_signing signing; /* of positions */
	struct str key;               /* the signing key, once it was looked for */
	/* What was signed last is by a key that drafts/signers does not list for it: in words,
	 * raw; empty: nothing. */
	struct str unlisted;
	/* What a crash had cut short and opening the repository finished: the subject of its
	 * commit, raw; empty: nothing. */
	struct str recovered;
	/* What had to be put aside, and where, raw (N_), the first of it: what was in a file
	 * that a merge cut short was taken out of, and was neither side's; a change cut short
	 * on another branch; a note of a sync that cannot be followed. Empty: nothing. */
	struct str kept;
};

/* Finds the workspace that path is in (NULL: the current folder) and reads the settings. The
 * repository is not looked at yet. s is released by the caller after success only. */
int session_open(struct session *s, const char *path, struct error *err)
	__attribute__((warn_unused_result));
void session_release(struct session *s);

/* Opens the repository, the first time it is asked for, lays its adref.* keys over the
 * settings, and brings to its end, or takes back, what a crash cut short. Fails where there is
 * none or it cannot be used; drafts can still be read. */
int session_repo(struct session *s, struct error *err) __attribute__((warn_unused_result));

/* Whether a crash left something that session_repo() is to bring in order: to be asked
 * before drafts are read. Cheap. */
bool session_is_unfinished(const struct session *s);

/* 0, or ST_CHANGED where session_repo() finished something: who repeats a command that was
 * killed would do the next thing with it. Says so once. */
int session_go_on(struct session *s, struct error *err) __attribute__((warn_unused_result));

/* Keeps one setting (a key of settings_store()) and reads them all again. The meeting belongs
 * to the repository, and so does what its configuration has already; the rest is the user's. */
int session_set(struct session *s, const char *key, const char *value, struct error *err)
	__attribute__((warn_unused_result));

/*
 * What others may have changed beside us: the calendar is read again where its file is another
 * one (workspace_follow_calendar()), the settings and the repository's adref.* keys always: for
 * whenever something was done, not for every key. What cannot be read stays as it was. True:
 * something is other than it was, and what was borrowed of it is gone.
 */
bool session_follow(struct session *s);

/* Today as YYYY-MM-DD, in local time. */
void session_today(char date[11]);
/* The meeting that is now: the setting, else the calendar's; "" where neither knows. Borrowed.
 */
const char *session_meeting(const struct session *s);
/* The meeting that an edit is of: the setting, else the one whose days these are; "" between
 * meetings. Borrowed. */
const char *session_meeting_on(const struct session *s);
/* The draft's repository path, appended. */
int session_path(struct session *s, const char *name, struct str *out, struct error *err);

/* One draft as it stands on disk. */
struct session_draft {
	const char *name;
	struct slice text; /* the file's bytes; they must be what HEAD has, too */
	/* A reading of them, with the workspace's parties. May be NULL for deciding, editing,
	 * undoing and recording positions. */
	const struct brackets *b;
	/* What session_edit() puts under its subject: lines of core/message. May be empty. */
	struct slice trailers;
	/* The texts that the edit is made of: those that are not in HEAD as they are go into
	 * its commit, so that it can be made again from what git has. May be NULL. */
	const struct side_texts *made_of;
};

/* Whether a decision on the draft can be committed now: see decision_ready(). */
int session_ready(struct session *s, const char *name, struct error *err)
	__attribute__((warn_unused_result));

/* A decision: the edits and what they do, as resolve_point() gave them. */
int session_decide(struct session *s, const struct session_draft *d, const struct edits *edits,
		   const struct resolved *what, struct slice reason,
		   struct commit_result *result, struct error *err)
	__attribute__((warn_unused_result));

/* Any other edit of the draft, committed on its own with a subject line that says what. */
int session_edit(struct session *s, const struct session_draft *d, const struct edits *edits,
		 struct slice subject, struct commit_result *result, struct error *err)
	__attribute__((warn_unused_result));

/* Undoing the last decision on a draft that still stands. */
struct session_undoing {
	struct str text;      /* the draft's bytes without it */
	struct str decision;  /* which one it is: the commit's words (core/message.h), as they
				 are */
	size_t point, linked; /* the point's number then, and how many went along with it */
	struct str whose;     /* "A. Chair, 2026-02-18", where git's author is somebody else:
				 the e-mail address is another; else empty */
	struct str message;   /* of the commit that takes it back */
	char commit[REPO_HEX + 1]; /* that decided it */
};

#define SESSION_UNDOING_INIT                                                                   \
	{                                                                                      \
		.text = STR_INIT                                                               \
	}

/* What undoing would undo, and whose: text and message stay empty. ST_MISSING: no decision is
 * left. */
int session_last(struct session *s, const char *name, struct session_undoing *u,
		 struct error *err) __attribute__((warn_unused_result));
/* Finds it among the newest commits of the workspace (0: all); nothing is done yet. ST_MISSING:
 * none is left; ST_TOO_LARGE: none in so many; ST_CHANGED: the same words were changed again
 * since. */
int session_undo_find(struct session *s, const struct session_draft *d, size_t commits,
		      struct session_undoing *u, struct error *err)
	__attribute__((warn_unused_result));
/* Does it, by a commit that says so. */
int session_undo(struct session *s, const struct session_draft *d,
		 const struct session_undoing *u, struct commit_result *result,
		 struct error *err) __attribute__((warn_unused_result));
void session_undoing_release(struct session_undoing *u);

/*
 * Puts a point off, or takes that back: deferred.yaml, and an id in the draft
 * where the point has none, in one commit.
 */
int session_defer(struct session *s, const struct session_draft *d, uint32_t point,
		  struct slice reason, struct slice until, struct commit_result *result,
		  struct error *err) __attribute__((warn_unused_result));
int session_undefer(struct session *s, const struct session_draft *d, uint32_t point,
		    struct commit_result *result, struct error *err)
	__attribute__((warn_unused_result));

struct session_position {
	uint32_t point;
	uint16_t party;
	const struct position *p; /* NULL: it is withdrawn */
};

/*
 * Records a party's position on a point, or withdraws it: the party's file, and
 * an id in the draft where the point has none, in one commit. Of p count stance, strength,
 * option, source, meeting, date and note; "" or NULL for meeting and date is the
 * meeting and day that are now. The wording is noted by itself.
 *
 * Others may record at the same time: where the draft only got ids meanwhile, or the
 * point has one, the position is recorded on what is there now; ST_CHANGED
 * where which point is meant cannot be said any more. Where it is signed (s->signing, the
 * setting), the signature is in CODE.signatures.yaml, in the same commit; ST_DENIED where it is
 * not and the party's last word on the point was. text gets the draft's new bytes where it had
 * to be written, and is left alone otherwise. ST_USAGE: an option the point does not have, or
 * none where one is needed. ST_MISSING: there is no position to withdraw.
 */
int session_position(struct session *s, const struct session_draft *d,
		     const struct session_position *what, struct str *text,
		     struct commit_result *result, struct error *err)
	__attribute__((warn_unused_result));

/*
 * What is wrong with everybody's positions on the draft (verdict_check()), file by file, and
 * with what could not be read of them. An id that the draft had in some commit is none.
 */
void session_check_positions(struct session *s, const struct session_draft *d,
			     struct ws_problems *problems);

/* The paragraph that holds byte `at` is agreed ad referendum, or not any longer: agreed.yaml,
 * committed. ST_USAGE where a point in it is open. */
int session_agree(struct session *s, const struct session_draft *d, size_t at, bool agreed,
		  struct commit_result *result, struct error *err)
	__attribute__((warn_unused_result));

/* Commits the draft's file as it is, and with it the regions' texts of it that are not in HEAD
 * as they are. A message of "" is proposed from what changed. ST_EXISTS: nothing changed. */
int session_commit(struct session *s, const char *name, struct slice message,
		   struct commit_result *result, struct error *err)
	__attribute__((warn_unused_result));
/* A draft that is not there (any more): its file and the commit that brings it. */
int session_bring(struct session *s, const char *name, struct slice text, struct slice message,
		  struct commit_result *result, struct error *err)
	__attribute__((warn_unused_result));
/* Appends what stands beside the draft otherwise than HEAD has it, and session_commit() does
 * not take along: positions and lists changed by hand, texts of regions that were deleted.
 * Paths of the repository, joined by ", ". */
int session_left(struct session *s, const char *name, struct str *paths, struct error *err)
	__attribute__((warn_unused_result));
/* Appends the codes of the regions whose texts session_commit() would take along: "AFR, EUR".
 */
int session_texts_waiting(struct session *s, const char *name, struct str *codes,
			  struct error *err) __attribute__((warn_unused_result));
/* Appends the message that session_commit() would propose. */
int session_propose(struct session *s, const char *name, struct str *message, struct error *err)
	__attribute__((warn_unused_result));

/* Whether a workspace could be made in the folder: 0, or the words say what is in the way and
 * what can be done. Nothing is written. */
int session_possible(const char *folder, struct error *err) __attribute__((warn_unused_result));
/*
 * The repository that a workspace in the folder is to be in: the one around it,
 * else a new one. Fails where nothing could be committed to it. unborn: it has
 * no commit yet. *repo is the caller's, on success.
 */
int session_found(const char *folder, struct repo **repo, bool *unborn, struct error *err)
	__attribute__((warn_unused_result));
/* The first commit of a workspace whose files are there: init, or drafts without a repository.
 */
int session_begin(const char *folder, struct commit_result *result, struct error *err)
	__attribute__((warn_unused_result));

#endif
