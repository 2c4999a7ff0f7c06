/* SPDX-License-Identifier: MIT */
#ifndef UI_CANVAS_H
#define UI_CANVAS_H

#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The screen as a value: a grid of cells that views draw on, term paints and
 * tests read as text. Everything put here is sanitised and cut into glyphs
 * (ui/glyph.h), in the order given: right-to-left text is put in reading order
 * of columns by its caller (ui/layout). Knows nothing of terminals.
 *
 * Rows and columns count from 0, relative to the window (canvas_enter); nothing
 * outside it is ever touched. A glyph that is not wholly inside is left out
 * and its columns filled with blanks. Overwriting half of a wide glyph blanks the rest.
 */

#define CELL_OWN 4 /* bytes that have room in a cell; longer glyphs are kept by the canvas */

struct cell {
	union {
		char own[CELL_OWN]; /* of a glyph of up to CELL_OWN bytes; the rest is 0 */
		uint32_t at;        /* where a longer one is in canvas.bytes */
	} glyph;
	uint8_t len;    /* of the glyph as shown; 0: a blank */
	uint8_t width;  /* columns, 1 or more; 0: belongs to the cell before */
	uint16_t style; /* ui/theme.h */
};

/* Cells of a row as they were drawn, kept to be put again. Not to be copied. */
struct strip {
	struct cell *cells;
	int cols, cap;
	uint64_t number; /* of what was kept last; 0: nothing is */
};

/* What a row of a canvas holds: the strip of that number, and nothing else. */
struct strip_put {
	const struct strip *strip; /* NULL: blanks */
	uint64_t number;           /* 0: not known */
};

/* A part of the canvas: its top left cell and its size. */
struct area {
	int row, col, rows, cols;
};

struct canvas {
	struct area window; /* where puts go now */
	int rows, cols;
	struct cell *cells;
	uint8_t *drawn;             /* by row: enum row_drawn (ui/canvas_inner.h) */
	struct strip_put *put;      /* by row */
	uint64_t number;            /* the highest of any strip kept or put here */
	uint64_t picture;           /* another number for each */
	struct str bytes;           /* of glyphs that have no room in their cells */
	int cursor_row, cursor_col; /* of the whole canvas; -1: nowhere (bottom left) */
	uint8_t cursor_shape;       /* enum cursor_shape */
	bool reorder;               /* texts that read from right to left are put so; kept by
				       canvas_clear() */
};

enum cursor_shape { CURSOR_BLOCK, CURSOR_BAR };

void canvas_init(struct canvas *c, int rows, int cols);
void canvas_release(struct canvas *c);
/* New size, all blank. */
void canvas_resize(struct canvas *c, int rows, int cols);
/* All blank, no cursor, the whole canvas as window. */
void canvas_clear(struct canvas *c);

/*
 * The same for a picture that is much like the one before: what is not drawn until canvas_end()
 * is blank, and rows may turn out to be the same as in the picture before. Between the two
 * the canvas cannot be read.
 */
void canvas_begin(struct canvas *c);
void canvas_end(struct canvas *c);
/* Whether the row (of the whole canvas) is known to be what it was in the picture before, whose
 * number is one less. */
bool canvas_is_same(const struct canvas *c, int row);

/* Narrows the window to a part of it (clipped); returns the old one for canvas_leave(). */
struct area canvas_enter(struct canvas *c, struct area part);
void canvas_leave(struct canvas *c, struct area old);

/*
 * Puts bytes at row, col, within max_cols columns (negative: to the window's
 * edge). Returns the columns used. Any bytes; line ends and tabs show as pictures.
 * They are put as they come: glyphs that a layout has in order already. Every other text
 * goes through one of those below, which with `reorder` put it as it is read.
 */
int canvas_put(struct canvas *c, int row, int col, int max_cols, uint32_t style, const char *p,
	       size_t len);
/* A NUL-terminated text, and a formatted one. */
int canvas_text(struct canvas *c, int row, int col, uint32_t style, const char *text);
int canvas_textf(struct canvas *c, int row, int col, uint32_t style, const char *format, ...)
	__attribute__((format(printf, 5, 6)));
/* Puts one line of foreign text: at most max_cols, with "…" at the end where it does not fit,
 * For titles, options, messages. */
int canvas_put_cut(struct canvas *c, int row, int col, int max_cols, uint32_t style,
		   const char *p, size_t len);
/* How many columns the bytes would take. */
int canvas_columns(const char *p, size_t len);
/* Puts bytes so that they end before column end; returns where they begin. */
int canvas_put_right(struct canvas *c, int row, int end, uint32_t style, const char *p,
		     size_t len);
/* A thin line of cols columns. */
void canvas_hline(struct canvas *c, int row, int col, int cols, uint32_t style);
void canvas_vline(struct canvas *c, int row, int col, int rows, uint32_t style);
/* Blanks with that style. */
void canvas_fill(struct canvas *c, struct area part, uint32_t style);
/* Changes style of what is there: those bits of mask become style's. */
void canvas_restyle(struct canvas *c, struct area part, uint32_t style, uint32_t mask);
/* Puts the terminal's cursor on what is in focus; outside the window it is not moved. */
void canvas_cursor(struct canvas *c, int row, int col, enum cursor_shape shape);

/*
 * The cells of a row of the window as they are, from col on, to put them again on a later
 * canvas of that size: what is drawn once need not be drawn twice. Nothing is kept where one
 * has its bytes elsewhere, or the row does not lie in the window. A strip that is the whole row
 * and was put there last is known by its number: no cell is looked at.
 */
void canvas_keep(struct canvas *c, int row, int col, int cols, struct strip *strip);
void canvas_put_strip(struct canvas *c, int row, int col, const struct strip *strip);
void strip_release(struct strip *strip);

/* The columns, [*begin, *end), outside which the row is the same on both, which are of one
 * size. False where all is the same. */
bool canvas_differs(const struct canvas *a, const struct canvas *b, int row, int *begin,
		    int *end);

/* The cell at row, col of the whole canvas, and its bytes. */
const struct cell *canvas_cell(const struct canvas *c, int row, int col);
struct slice canvas_bytes(const struct canvas *c, const struct cell *cell);

/* Appends the screen as text, one line a row, blanks at line ends left out. */
void canvas_dump(const struct canvas *c, struct str *out);
/*
 * The same with styles: each row whole, ending in '|'; then, where it has any
 * style but STYLE_TEXT, a row of style_letter()s that ends in ':'; then, where
 * anything is laid over a style, a row of style_digit()s that ends in '+'. Below, what each
 * style that was met looks like in the theme, and where the cursor is.
 */
struct theme;
void canvas_dump_styles(const struct canvas *c, const struct theme *theme, struct str *out);

#endif
