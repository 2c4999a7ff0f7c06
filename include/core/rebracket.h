/* SPDX-License-Identifier: MIT */
#ifndef CORE_REBRACKET_H
#define CORE_REBRACKET_H

#include "core/edit.h"
#include "core/error.h"
#include "core/recheck.h"
#include "core/reword.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Brackets put round text, taken off, parted, joined and repaired. Each is
 * edits, one undo step, checked by reading the draft again: what was meant is
 * there, every other point is as before; otherwise it is refused (ST_USAGE
 * where it makes no sense, ST_INPUT where it would read as something else) and
 * e stays empty. Words and graphemes are the caller's: a selection is taken as
 * it is, but for blanks at its ends.
 */

/*
 * Puts [begin, end) in brackets, with an alternative beside it where there is
 * one (NULL: none). Where the selection is empty, the alternative alone is put
 * there. Next to other brackets it becomes a point of its own, by an id. With
 * an alternative, a selection of several paragraphs is whole paragraphs.
 */
int rebracket_selection(const struct bracketed *w, size_t begin, size_t end,
			const struct offer *alternative, struct edits *e, struct error *err);

/* Takes the brackets off a point that offers one wording, which then stands as agreed text, or
 * off a placeholder. */
int rebracket_off(const struct bracketed *w, uint32_t point, struct edits *e,
		  struct error *err);

/* Makes two points of one, the first of its first `n` brackets. */
int rebracket_split(const struct bracketed *w, uint32_t point, size_t n, struct edits *e,
		    struct error *err);
/*
 * Joins the point with the one that follows it, which only an id keeps apart.
 * The id goes; with keep_id it names the joined point if that has none.
 */
int rebracket_join(const struct bracketed *w, uint32_t point, bool keep_id, struct edits *e,
		   struct error *err);
/* Gives the point an id if it has none. Appends the id it has then. */
int rebracket_id(const struct bracketed *w, uint32_t point, struct edits *e, struct str *id,
		 struct error *err);

enum repair {
	REPAIR_COMPLETE, /* closes it at the end of its paragraph, or opens it at the start */
	REPAIR_ESCAPE,   /* an ordinary character: a backslash before it */
	REPAIR_REMOVE    /* takes it away */
};
/* Repairs the problem-th unpaired bracket of the reading. */
int rebracket_repair(const struct bracketed *w, size_t problem, enum repair how,
		     struct edits *e, struct error *err);

/*
 * Makes alternatives of the paragraphs that [begin, end) touches, two or more:
 * between lines that hold only [, / and ].
 */
int rebracket_lines(const struct bracketed *w, size_t begin, size_t end, struct edits *e,
		    struct error *err);
/* And back: each wording of the point is a paragraph again. Parties and options without text
 * are gone. */
int rebracket_unlines(const struct bracketed *w, uint32_t point, struct edits *e,
		      struct error *err);

#endif
