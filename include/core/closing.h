/* SPDX-License-Identifier: MIT */
#ifndef CORE_CLOSING_H
#define CORE_CLOSING_H

#include "core/edit.h"
#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Taking stretches out of a draft and closing the gaps (FORMAT.md, "What a
 * decision does"): where nothing is left one blank goes, and a paragraph left
 * with nothing but its label goes with its line end and a blank line.
 *
 * The stretches are taken from the last to the first, each as if those after
 * it had been taken already: the result is what deciding them one after the
 * other gives. One may stand in what is kept of another. What comes out is
 * edits, in which every byte that stays is left alone, or the stretches that
 * stay; but two things keep their meaning, FORMAT.md's words notwithstanding:
 * a slash that separates keeps the blanks it needs ("[x / [A]]" becomes
 * "[x / ]"), and a backslash that is text stays text: the blank after it stays
 * where a bracket would come to stand behind it ("[a\ [B]]" becomes "[a\ ]"),
 * and where no blank was kept it is escaped. Knows nothing of brackets. Linear in the draft,
 * all stretches together.
 */

/* Bytes [begin, end) of the draft. */
struct range {
	size_t begin, end;
};

/* One stretch that goes, but for what is kept of it. */
struct gap {
	size_t begin, end;
	const struct range *keep; /* within it, in order, none empty */
	size_t n_keep;
	struct slice text; /* stands in place of it, after what is kept; must live until
			      closing_finish() */
	bool slashes;      /* it stands in a bracket whose options slashes separate: no slash
			      beside it may lose its blank */
	bool plain;        /* what comes out has no escapes: a backslash is one wherever it
			      stands */
};

struct closing_piece; /* of what stands after the cursor */

struct closing {
	struct slice draft;
	size_t cursor;           /* all before it stands as in the draft */
	struct closing_piece *v; /* what stands after it */
	size_t n, n_cap;
	size_t line;  /* the beginning of a line, at or before the cursor */
	size_t first; /* in it, the first byte that is no blank and none of the marks * _ > */
	size_t full; /* in it, a place before which more stands than a label can be; or SIZE_MAX
		      */
	size_t body; /* in it, where the text after its label begins; else as first */
	bool line_known;
};

/* The draft's bytes must live until closing_release(). */
void closing_init(struct closing *c, struct slice draft);
/* Makes room for so many stretches that stay, where it is known how many there will be. */
void closing_reserve(struct closing *c, size_t pieces);
void closing_release(struct closing *c);
/* Takes one stretch. It ends where the one taken before it begins, or earlier (assert). */
void closing_take(struct closing *c, const struct gap *gap);
/*
 * The same for a stretch in which others are to be taken first: closing_enter() says that the
 * part behind what is kept, [from, end), will go; closing_leave() takes it, and what stands
 * before `from`, where what is kept begins, as far as gap->begin (its other ends are not looked
 * at). What is kept loses its outer blanks and line ends; with `lines`, those up to a line end
 * only, unless nothing but blanks is left. closing_forget() instead takes [from, end) alone.
 */
uint32_t closing_enter(struct closing *c, size_t from, size_t end);
void closing_leave(struct closing *c, uint32_t piece, size_t from, bool lines,
		   const struct gap *gap);
void closing_forget(struct closing *c, uint32_t piece);
/* Adds what was done to e. */
void closing_finish(const struct closing *c, struct edits *e);
/* The stretches of the draft that stay behind the cursor, one after the other; false after the
 * last. *piece is 0 at first. For gaps without a text of their own. */
bool closing_next(const struct closing *c, uint32_t *piece, struct range *r);

#endif
