/* SPDX-License-Identifier: MIT */
#ifndef CORE_TEXT_H
#define CORE_TEXT_H

#include "core/edit.h"
#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The text being edited: any bytes, kept to the byte, with undo and redo
 * without limit. Knows nothing of brackets, characters, files or screens;
 * whoever edits decides what a character is.
 *
 * Positions are byte offsets; one beyond the size is a caller's mistake
 * (assert). Only text_flat() takes time in proportion to the size; a change
 * takes it in proportion to the changes lying between it and the one before.
 * A text belongs to one thread, also for reading.
 */

struct text;

/* A text of a copy of these bytes. */
struct text *text_new(struct slice bytes);
/* A text of these malloc'ed bytes, which are the text's from now on. NULL where len is 0. */
struct text *text_adopt(char *p, size_t len);
void text_free(struct text *t); /* takes NULL */

size_t text_size(const struct text *t);

/* ---- Changes. Each of these four is an undo step of its own.
 * The bytes given may be of this text (of its flat slice). ---- */

void text_insert(struct text *t, size_t at, const char *p, size_t len);
void text_delete(struct text *t, size_t at, size_t len);
void text_replace(struct text *t, size_t at, size_t del, const char *p, size_t len);
/* All the edits, which refer to the text as it is now, as one undo step. */
void text_apply(struct text *t, const struct edits *e);

/*
 * ---- Keys. Steps of these grow as long as a person goes on with the same
 * thing at the same place. Each takes one character (or cluster). ----
 *
 * What is typed, in place of del bytes (a selection). One step: a word with
 * the blanks after it; what stands after a full stop or comma of Chinese or
 * Japanese begins a new one; a line end is a step of its own. del > 0 begins
 * a new step, and what is typed next belongs to it.
 */
void text_type(struct text *t, size_t at, size_t del, const char *p, size_t len);
/* The backspace key: the len bytes before pos go. */
void text_backspace(struct text *t, size_t pos, size_t len);
/* The delete key: the len bytes from pos on go. */
void text_erase(struct text *t, size_t pos, size_t len);
/* The next key begins a new step: to be called when the cursor went somewhere else. */
void text_break(struct text *t);

/* ---- Undo ---- */

/*
 * Take a step back; do it again. False where there is none. *pos (may be NULL)
 * is where the cursor belongs: where the person was, or where the change begins.
 */
bool text_undo(struct text *t, size_t *pos);
bool text_redo(struct text *t, size_t *pos);
/* Takes a step back for good: what turned out not to be done is not offered by redo. */
bool text_take_back(struct text *t);
bool text_can_undo(const struct text *t);
bool text_can_redo(const struct text *t);

/*
 * A number for the present contents: another one after each change, the same
 * again when undo or redo come back to it. Never two contents with one number;
 * the same contents reached by typing have another number. 0 at the beginning.
 */
uint64_t text_revision(const struct text *t);
/* What is there now is on disk. The next key begins a new undo step. */
void text_saved(struct text *t);
bool text_is_saved(const struct text *t); /* true at the beginning */

/* ---- Reading ---- */

/* The whole text in one stretch, valid until the next change. */
struct slice text_flat(struct text *t);
/*
 * The same, in a hurry: right but for what stands from `until` on, which may be up to
 * TEXT_NEAR bytes from its place until text_flat() is asked for. For what was typed in a large
 * text: to move its rest takes longer than all else about a key. Where that cannot be, all of
 * it is right; *until (not before the end of the last change) becomes the size.
 */
#define TEXT_NEAR 16
struct slice text_flat_near(struct text *t, size_t *until);
/* Whether the flat text stays where and as it is until text_free(), whatever is changed: so it
 * is before the first change. */
bool text_flat_stays(struct text *t);
/* ---- What changed ---- */

/* old_len bytes at begin became new_len bytes; all before and after is the same. */
struct text_change {
	size_t begin, old_len, new_len;
};

/* One stretch with everything that changed since that revision, the shortest known. False:
 * too long ago, take everything as changed. */
bool text_change_since(const struct text *t, uint64_t revision, struct text_change *change);

/* For tests: everything in there agrees. Takes time. */
bool text_is_sane(const struct text *t);
/* For tests: copies up to len bytes from pos, past the flat text; returns how many there were.
 */
size_t text_read(struct text *t, size_t pos, char *buf, size_t len);

#endif
