/* SPDX-License-Identifier: MIT */
#ifndef UI_DOC_H
#define UI_DOC_H

#include "core/bracket.h"
#include "core/draft.h"
#include "core/edit.h"
#include "core/party.h"
#include "core/reread.h"
#include "core/str.h"
#include "core/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * One open draft: its text and what was last read in it, shared by all views
 * that show it. Whoever changes the text does so through here, and every view
 * sees the new reading. Knows nothing of disk, git or screens: the host loads,
 * saves and owns it.
 *
 * Invariant: `flat` is always the text as it is. The reading (brackets, draft)
 * is of these very bytes too, unless doc_is_stale(). Most changes touch a line
 * or two, and the reading follows them (core/reread). Where more has to be read,
 * and the text has over DOC_READ_AT_ONCE bytes, the old reading is only moved
 * along (places after the change keep their distance to the end, places within
 * it fall on its begin). A worker then makes it anew from a copy while typing
 * goes on, and doc_idle() takes it over; doc_read() waits for a right one,
 * before something that has to be right. Places in a stale reading are within
 * the text, in order, and good enough to draw with.
 */

#define DOC_READ_AT_ONCE ((size_t)256 << 10)
/* Words are counted without being asked for up to so many bytes: in more it takes longer than
 * all else that is read, and nobody looks at the number. */
#define DOC_COUNT_MOST ((size_t)16 << 20)
/* Bytes that are read at first of a text of more than that: some screens. */
#define DOC_READ_FIRST ((size_t)32 << 10)

/* What a change left as it was: but for these lines, text and reading only moved along. */
struct doc_near {
	uint64_t generation; /* of the doc after it, that before being one less; 0: nothing
				known */
	size_t begin, old_end, end; /* the lines; before and after */
};

struct doc_job; /* a reading that a worker is making: ui/doc_job.c */

struct doc {
	char *name; /* as in drafts/NAME.md; UTF-8, borrowed from nobody */
	char *path; /* NULL where it has none yet */
	struct text *text;
	const struct parties *parties; /* borrowed, outlives the doc */
	struct slice flat;             /* the whole text; valid until the next change */
	struct brackets brackets;
	struct draft draft;
	uint64_t revision;           /* of flat: text_revision() */
	uint64_t read_revision;      /* of the reading; differs: stale */
	uint64_t generation;         /* another one after every change and every reading */
	struct doc_near near;        /* the last change, if its generation is still this one */
	struct reread lines;         /* what was read again for it */
	size_t long_begin, long_end; /* its line, where that is over DOC_READ_AT_ONCE bytes, to
					its line feed: not looked for again; else both 0 */
	size_t right_until;          /* SIZE_MAX: text and reading are right everywhere;
					doc_refresh_near() */
	struct draft_words words;    /* as last counted */
	bool words_counted;          /* words are of this revision; */
	bool words_wait;             /* but for what doc_settle() has to count */
	bool partial;                /* the reading is of the beginning only, and so stale */
	bool in_hurry;  /* set by the host, which calls doc_settle() in time: doc_refresh_near()
			   may  leave something to it */
	bool read_only; /* set by the host: views do not edit */
	struct doc_job *job; /* NULL: none */
	void *host_data;     /* the host's own; not touched here */
};

/* name and path are copied. */
struct doc *doc_new(const char *name, const char *path, struct slice bytes,
		    const struct parties *parties);
/* The same, but the bytes' memory is taken over, and of a text of over DOC_READ_AT_ONCE bytes
 * only the beginning is read at first, as if it were stale: for the first screen. */
struct doc *doc_adopt(const char *name, const char *path, struct str *bytes,
		      const struct parties *parties);
void doc_free(struct doc *d);

/* The text was changed (through doc->text): takes that over. Cheap where nothing was. */
void doc_refresh(struct doc *d);
/*
 * The same for a key that is to be seen at once, of a large text: lines from the `lines`-th on
 * after those that changed may be some bytes from their places, in text and reading, and their
 * words uncounted, till doc_settle(). Only for who sees to that before anybody else looks: the
 * program does after it has painted, and before the next key. Where it cannot be, all is right.
 */
void doc_refresh_near(struct doc *d, size_t lines);
bool doc_is_hurried(const struct doc *d); /* something waits for it */
/* True: the draft has another number of words. */
bool doc_settle(struct doc *d);
bool doc_is_stale(const struct doc *d);
/* Reads anew what is stale, and comes back when it is: 5 ms for 100 KB of many brackets. */
void doc_read(struct doc *d);
/*
 * The table of parties is about to change: nobody reads with it any longer. Then, when it has:
 * the text is read anew with it, for parties are numbers in a reading.
 */
void doc_hold(struct doc *d);
void doc_read_anew(struct doc *d);
/* Counts the words where that is not done, however many; takes a third of that. */
void doc_count(struct doc *d);
/* One short step of work for between keys; true: there is more, ask again. */
bool doc_idle(struct doc *d);
/* Unsaved changes. */
bool doc_is_dirty(const struct doc *d);

/* All the edits, which refer to flat, as one undo step. */
void doc_apply(struct doc *d, const struct edits *e);
/* One replacement as one undo step. */
void doc_replace(struct doc *d, size_t at, size_t del, struct slice by);
/* The whole text becomes bytes, as one undo step that changes only what differs. */
void doc_set_bytes(struct doc *d, struct slice bytes);
/* False: nothing to take back. *pos gets where the cursor belongs. */
bool doc_undo(struct doc *d, size_t *pos);
bool doc_redo(struct doc *d, size_t *pos);
/* The last step is taken back for good: redo does not offer it. */
void doc_take_back(struct doc *d);

/* The line that holds pos: its begin; its end without line end; the begin of the next line (the
 * size, at the last). From the bytes, so right in a stale reading too. */
size_t doc_line_begin(const struct doc *d, size_t pos);
size_t doc_line_end(const struct doc *d, size_t pos);
size_t doc_line_next(const struct doc *d, size_t pos);

/*
 * The paragraph whose line begins at `begin` into *p: from the reading, or, where that is stale
 * and does not know it, from its label alone. Returns its index in the reading or
 * PARAGRAPH_NONE.
 */
uint32_t doc_paragraph(const struct doc *d, size_t begin, struct paragraph *p);

/* The text with its reading, for core/resolve and its like. Borrowed until the next change. */
static inline struct bracketed doc_bracketed(const struct doc *d)
{
	return (struct bracketed){&d->brackets, d->flat, d->parties};
}

/* The point that the cursor at pos is in or touches; the innermost; BRACKET_NONE. */
uint32_t doc_point_at(const struct doc *d, size_t pos);
/* The next (or previous) point that begins after (before) pos; around the end to the other one,
 * then *wrapped is true (may be NULL). BRACKET_NONE in a draft without points. */
uint32_t doc_point_next(const struct doc *d, size_t pos, bool *wrapped);
uint32_t doc_point_previous(const struct doc *d, size_t pos, bool *wrapped);
/* How many other points stand open with the same wording. */
size_t doc_linked(const struct doc *d, uint32_t point);

#endif
