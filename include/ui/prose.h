/* SPDX-License-Identifier: MIT */
#ifndef UI_PROSE_H
#define UI_PROSE_H

#include "ui/canvas.h"
#include "ui/doc.h"

#include <stddef.h>
#include <stdint.h>

/*
 * Paragraphs of a draft laid out to be read: wrapped, in reading order, with
 * the styles of ui/paint, ids hidden. The editor has rows of its own, in which
 * a cursor moves; everything else that shows text shows it with this.
 */

/* One glyph; columns count from the box's left edge. */
struct prose_glyph {
	size_t pos;  /* byte in the doc */
	uint8_t len; /* bytes; 0: blanks */
	char mirror[5];
	int row, col, width;
	uint32_t style;
};

struct prose {
	struct prose_glyph *v;
	size_t n, cap;
	int rows;
	int width; /* columns of the widest row */
	int mark;  /* the first row that shows a byte of the marked stretch; -1: none */
	int mark_end;
	int mark_col; /* of the first of those bytes, in row mark; 0 where there is none */
};

/* A stretch of the doc that looks otherwise; STYLE_CURRENT is laid over what it is. */
struct prose_tint {
	size_t begin, end;
	uint32_t style;
};

struct prose_spec {
	int cols;
	int hang;              /* columns kept for labels; text without one begins there too */
	bool reorder;          /* the setting bidi = adref */
	bool plain;            /* escapes are shown without their backslash */
	bool dim;              /* context: said in a low voice, whatever it is */
	uint32_t point;        /* in focus, or BRACKET_NONE */
	size_t mark, mark_end; /* bytes laid over with STYLE_CURRENT; equal: none */
	const struct prose_tint *tints; /* by begin; may be NULL */
	size_t n_tints;
};

void prose_init(struct prose *p);
void prose_release(struct prose *p);
/* Appends the bytes [begin, end) of the doc, line by line; blank lines become one empty row. */
void prose_add(struct prose *p, const struct doc *d, size_t begin, size_t end,
	       const struct prose_spec *spec);
void prose_add_blank(struct prose *p);
/* Draws the rows from first on into the canvas at row, col, at most max rows. Returns how many.
 */
int prose_draw(const struct prose *p, const struct doc *d, struct canvas *c, int row, int col,
	       int first, int max);

#endif
