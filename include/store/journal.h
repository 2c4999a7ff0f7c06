/* SPDX-License-Identifier: MIT */
#ifndef STORE_JOURNAL_H
#define STORE_JOURNAL_H

#include "core/error.h"
#include "core/str.h"
#include "store/owner.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Unsaved work outlives the program. An open draft has one journal, NAME-HASH in
 * a folder of its own (0600), locked while it is open: what the draft was, then
 * every edit. journal_note() is memory only; journal_sync() puts it on disk and is
 * called at the latest a second after a key. What a large draft was is written beside
 * the keys, by a thread, from the first edit on. The journal goes when the draft is
 * closed with nothing unsaved. Each record has a checksum, so that a tail torn by
 * a crash costs what it held and no more.
 */

struct journal;

enum journal_state {
	JOURNAL_NONE,      /* nothing unsaved is left */
	JOURNAL_RECOVERED, /* text is the unsaved work on the draft as it is on disk */
	JOURNAL_STALE,    /* text is unsaved work, but the file was changed since it was read */
	JOURNAL_ELSEWHERE /* another adref has this draft open; owner says which */
};

struct journal_found {
	enum journal_state state;
	struct str text; /* what to go on with; empty otherwise */
	bool torn;       /* the end was damaged: the last edits are missing */
	int64_t written; /* when the journal was last written, seconds */
	struct owner owner;
};

#define JOURNAL_FOUND_INIT                                                                     \
	{                                                                                      \
		JOURNAL_NONE, STR_INIT, false, 0,                                              \
		{                                                                              \
			0, 0, "", "", ""                                                       \
		}                                                                              \
	}

void journal_found_release(struct journal_found *found);

/* Appends the journal folder: git_dir/adref/journal, or where git_dir is NULL,
 * state_dir/adref/journal (state_dir: env_state_dir() of store/settings.h). */
void journal_folder(const char *git_dir, const char *state_dir, struct str *out);

/*
 * What is left of the draft at path (absolute), whose bytes on disk are base.
 * Never another draft's. Changes nothing on disk. found is initialised by the
 * caller. ST_FAIL where a journal is there and cannot be read.
 */
int journal_recover(const char *folder, const char *path, struct slice base,
		    struct journal_found *found, struct error *err)
	__attribute__((warn_unused_result));

/*
 * Starts the draft's journal and locks it; the folder is made where it is not
 * there. What an older journal held is gone with the first sync: recover first.
 * ST_DENIED where another adref has it open. base is not copied, for it may be large and most
 * drafts are read only: it stays as it is until the journal is closed.
 */
int journal_open(struct journal **out, const char *folder, const char *path, struct slice base,
		 struct error *err) __attribute__((warn_unused_result));

/* One replacement in the text as it is at that moment. */
void journal_note(struct journal *j, size_t at, size_t del, const char *p, size_t len);
/* The whole text instead of all that was noted: where edits are not known one by one
 * (recovered work, a replace in all the draft), or when journal_is_long(). */
void journal_whole(struct journal *j, struct slice text);
/* So many edits that the text itself would be shorter. */
bool journal_is_long(const struct journal *j);
/* Whether something was noted since the last sync. */
bool journal_is_behind(const struct journal *j);
int journal_sync(struct journal *j, struct error *err) __attribute__((warn_unused_result));

/* The draft was saved (or given up): these are its bytes on disk now, nothing is unsaved. */
int journal_saved(struct journal *j, struct slice base, struct error *err)
	__attribute__((warn_unused_result));
/* Closes it. keep: leave the unsaved work for the next time; else the file goes. NULL is fine.
 */
void journal_close(struct journal *j, bool keep);

/* Drafts with a journal nobody has open: absolute paths, which the caller frees. */
int journal_left(const char *folder, char ***paths, size_t *n, struct error *err)
	__attribute__((warn_unused_result));
/* Takes away what is left of a draft that nobody has open. */
int journal_discard(const char *folder, const char *path, struct error *err)
	__attribute__((warn_unused_result));

#endif
