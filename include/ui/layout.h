/* SPDX-License-Identifier: MIT */
#ifndef UI_LAYOUT_H
#define UI_LAYOUT_H

#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * One paragraph on a screen: soft wrapping by UAX 14 with hanging
 * indentation, tab stops, wide and right-to-left text, and the way between
 * bytes and cells in both directions. The paragraph is any bytes without its
 * line end. Knows nothing of drafts, colours or the screen it is drawn on.
 *
 * Words. A unit is what the cursor steps over: a glyph (ui/glyph.h) with the
 * hidden bytes after it. Rows count from 0, columns from 0 at the left of the
 * paragraph's box. The box is `width` columns; text takes all but one of
 * them, and that one (right, in a right-to-left paragraph left) is for the
 * caret after a full row and for the blank at which a row was broken.
 *
 * Invariants: every byte is in exactly one unit; units make rows and rows
 * make the paragraph, without gaps; no unit is split over two rows; no row is
 * wider than the box but for a single unit that is wider than it.
 *
 * Time: rows are wrapped when they are asked for, each once, with all before
 * it; after a change only from the changed row on until rows fall as before.
 * What is asked about one row again costs no more than that row. (Bidirectional paragraphs over
 * 64 KB resolve each row by itself, which can only differ for marks at the edge of a row.)
 */

struct layout_range {
	size_t begin, end;
};

struct layout_spec {
	int width; /* columns of the box, at least 2 */
	int first; /* column of the first row's begin (label), counted from the row's start side
		    */
	int hang;  /* column of the body and of all further rows */
	int tab;   /* a tab stop every so many columns, from the box's edge; 0: 8 */
	size_t body;      /* byte at which the body begins, after a label; 0: no label */
	bool reorder;     /* UAX 9; false: everything from left to right as stored */
	bool rtl_default; /* the direction of a paragraph without a strong character */
	const struct layout_range *hidden; /* never shown: sorted, not empty, no overlap */
	size_t n_hidden;
};

struct layout_unit {
	size_t begin, end;             /* all its bytes */
	size_t shown_begin, shown_end; /* those of the glyph */
	int col, width;                /* cells in the box */
	uint8_t level;                 /* odd: right to left */
	bool stand_in;                 /* shown as core/show.h says */
	bool tab;                      /* drawn as blanks */
	bool blank;                    /* a space or tab */
};

struct layout_row {
	size_t begin, end;
	const struct layout_unit *units; /* in the order of the text */
	size_t n;
	const uint16_t *visual; /* indexes of units from left to right */
	int left, right;        /* columns taken, half-open */
	int end_col;            /* where a caret after the last unit stands */
	bool rtl;               /* the paragraph's base direction */
};

/* A place for the cursor. A byte where a row ends and the next begins has two. */
struct caret {
	size_t pos;
	bool upstream; /* at the end of the row before */
};

/* Left or right out of the paragraph. */
enum layout_move { LAYOUT_MOVED, LAYOUT_BEFORE, LAYOUT_AFTER };

/* Where a row begins, and before which byte all stands that it was broken by; SIZE_MAX: all. */
struct layout_start {
	size_t begin, seen;
};

struct layout {
	struct str bytes;          /* a copy */
	struct layout_spec spec;   /* hidden is our copy */
	struct layout_start *rows; /* those known by now: of the bytes before `wrapped` */
	size_t n_rows, cap_rows, wrapped;
	bool right_to_left;    /* base direction */
	bool mixed;            /* has a character that asks for reordering */
	uint8_t *levels;       /* by byte, made when asked for; NULL */
	struct layout_row row; /* the row last asked for */
	size_t row_at;
	struct layout_unit *units;
	size_t n_units, cap_units;
	uint16_t *visual;
	struct layout_scratch *scratch;
	uint64_t version; /* another one each time that it was laid out anew */
};

/* Appends the version of the library that orders text from the right. */
void layout_library_version(struct str *out);
void layout_init(struct layout *l);
void layout_release(struct layout *l);

/*
 * Lays the paragraph out. Does only what changed since the last call asks
 * for; nothing where nothing did. Copies bytes and ranges.
 */
void layout_set(struct layout *l, struct slice paragraph, const struct layout_spec *spec);

/* What changed in a paragraph: the same before begin, and after old_end, which is end now. */
struct layout_change {
	size_t begin, old_end, end;
};

/* The same where that is known: nothing is compared then, and nothing but the change is read.
 * What cannot be, or NULL, is found out. */
void layout_follow(struct layout *l, struct slice paragraph, const struct layout_spec *spec,
		   const struct layout_change *known);

/* Whether there is a row k; there is always one. Wraps what comes before that row. */
bool layout_has_row(struct layout *l, size_t k);
/* How many rows there are. Wraps all of them. */
size_t layout_rows(struct layout *l);
/* The bytes of row k (< layout_rows). */
struct layout_range layout_row_range(struct layout *l, size_t k);
/* Row k (< layout_rows). Borrowed until the next call for this layout, whichever. */
const struct layout_row *layout_row(struct layout *l, size_t k);
/* The row that holds the caret. */
size_t layout_row_of(struct layout *l, struct caret caret);

/* Where the caret stands; pos may be anything up to the length, and counts as its unit's begin.
 */
void layout_locate(struct layout *l, struct caret caret, size_t *row, int *col);
/* The caret nearest to a cell; past the end of a row: after its text. */
struct caret layout_hit(struct layout *l, size_t row, int col);
/* The unit that holds the byte (< length). Borrowed as layout_row(). */
const struct layout_unit *layout_unit_of(struct layout *l, size_t pos);

/* The character drawn for a unit in text that runs from the right, where that is another one: a
 * bracket's mirror image, NUL-terminated. Returns its bytes, 0: it is drawn as it is. */
size_t layout_mirror(const struct layout *l, const struct layout_unit *u, char out[5]);

/* One cell's unit to the left or right on the screen. Out of the paragraph
 * the caret stays, and the answer says on which side to go on. */
enum layout_move layout_left(struct layout *l, struct caret *caret);
enum layout_move layout_right(struct layout *l, struct caret *caret);
/* Begin and end of the caret's row. */
struct caret layout_home(struct layout *l, struct caret caret);
struct caret layout_end(struct layout *l, struct caret caret);
/* Words (UAX 29): the begin of the next word, the end of the paragraph where there is none;
 * the begin of the word before or at which pos stands within, or 0. */
size_t layout_word_next(struct layout *l, size_t pos);
size_t layout_word_previous(struct layout *l, size_t pos);
/* The word around pos, for a double click; empty on blanks. */
struct layout_range layout_word_at(struct layout *l, size_t pos);

/*
 * A text as one row, for lists: appends its glyphs from left to right as they
 * are to be drawn (reorder: UAX 9, with mirrored brackets), line ends and tabs
 * as blanks, cut with an ellipsis where it is wider than cols. Returns the
 * columns it takes; *rtl (may be NULL) its direction, so that it can be put at the right.
 */
int layout_line(struct slice text, int cols, bool reorder, struct str *out, bool *rtl);

/*
 * Layouts of the paragraphs on the screen and around it. A paragraph is known
 * again by its bytes; one that changed is recognised by its place and laid out
 * from its former rows.
 */
struct layout_cache {
	struct layout_slot *v;
	struct layout *layouts; /* one a slot */
	size_t n, last;         /* how many, and the one given last */
	uint64_t tick;
};

void layout_cache_init(struct layout_cache *c);
void layout_cache_release(struct layout_cache *c);
/* The layout; place is the paragraph's begin in the draft. Borrowed until
 * LAYOUT_CACHE_LEAST further paragraphs were asked for. */
#define LAYOUT_CACHE_LEAST 128
struct layout *layout_cache_get(struct layout_cache *c, size_t place, struct slice paragraph,
				const struct layout_spec *spec);

/*
 * The same for a long paragraph, which is not to be read on each key. stamp: the number, not 0,
 * of the text that it is of; known: what changed since the text of the number that
 * layout_cache_stamp() tells of this place, or NULL. That is 0 where there is none.
 */
struct layout *layout_cache_follow(struct layout_cache *c, size_t place, struct slice paragraph,
				   const struct layout_spec *spec, uint64_t stamp,
				   const struct layout_change *known);
uint64_t layout_cache_stamp(const struct layout_cache *c, size_t place);

#endif
