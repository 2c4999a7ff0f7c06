/* SPDX-License-Identifier: MIT */
#include "term_inner.h"

#include "ui/unit.h"

#include <string.h>
#include <wchar.h>

#define RUN 128 /* cells given to curses at once */

/* ---- Painting ---- */

static short pair_of(int fg, int bg)
{
	short f = (short)fg, b = (short)bg;

	if (term.theme.depth == THEME_MONO || (fg < 0 && bg < 0))
		return 0;
	if (!term.default_colours) {
		f = f < 0 ? COLOR_WHITE : f;
		b = b < 0 ? COLOR_BLACK : b;
	}
	for (int i = 0; i < term.n_pairs; i++)
		if (term.pairs[i].fg == f && term.pairs[i].bg == b)
			return (short)(i + 1);
	if (term.n_pairs == PAIRS || term.n_pairs + 1 >= COLOR_PAIRS ||
	    init_pair((short)(term.n_pairs + 1), f, b) == ERR)
		return 0;
	term.pairs[term.n_pairs].fg = f;
	term.pairs[term.n_pairs].bg = b;
	return (short)++term.n_pairs;
}

static attr_t attributes_of(uint16_t look)
{
	attr_t attributes = A_NORMAL;

	if (look & LOOK_BOLD)
		attributes |= A_BOLD;
	if (look & LOOK_DIM)
		attributes |= A_DIM;
	if (look & LOOK_UNDERLINE)
		attributes |= A_UNDERLINE;
	if (look & LOOK_REVERSE)
		attributes |= A_REVERSE;
	if (look & LOOK_ITALIC)
		attributes |= term_capability("sitm") ? A_ITALIC : A_DIM;
	return attributes;
}

struct pen {
	attr_t attributes;
	short pair;
};

static struct pen pen_of(uint32_t style)
{
	struct look look = theme_look(&term.theme, style);

	return (struct pen){attributes_of(look.attrs), pair_of(look.fg, look.bg)};
}

/* Cells that are put in one call: a call a cell took most of a page's time. */
struct run {
	cchar_t cells[RUN];
	int row, col, n;
};

static void end_run(struct run *r)
{
	if (r->n)
		mvadd_wchnstr(r->row, r->col, r->cells, r->n);
	r->col += r->n;
	r->n = 0;
}

static void put_wide(struct run *r, const wchar_t *text, int width, struct pen pen)
{
	cchar_t *cell;

	if (r->n == RUN || width > 1)
		end_run(r);
	cell = &r->cells[r->n];
	if (setcchar(cell, text, pen.attributes, pen.pair, NULL) != OK)
		setcchar(cell, width > 1 ? L"\x3000" : L" ", pen.attributes, pen.pair, NULL);
	if (width == 1) {
		r->n++;
		return;
	}
	/* Of a run, curses takes every cell for one column. In the last cell it says ERR, for
	 * it cannot go on; the cell is drawn. */
	mvadd_wch(r->row, r->col, cell);
	r->col += width;
}

static void put_glyph(struct run *r, int width, struct slice bytes, struct pen pen)
{
	struct unit units[UNITS_MOST];
	unsigned char byte = (unsigned char)*bytes.p;
	size_t n;

	if (bytes.len == 1 && width == 1 && byte >= ' ' && byte < 0x7F) {
		put_wide(r, (wchar_t[]){(wchar_t)byte, L'\0'}, 1, pen);
		return;
	}
	n = units_of_glyph(bytes, width, term.utf8, units);
	for (size_t i = 0; i < n; i++)
		put_wide(r, units[i].text, units[i].width, pen);
}

/* The glyphs with a cell in [begin, end). */
static void paint_row(const struct canvas *c, int row, int begin, int end)
{
	struct pen pen = {A_NORMAL, 0};
	uint32_t style = UINT32_MAX;
	struct run run;

	while (begin > 0 && canvas_cell(c, row, begin)->width == 0)
		begin--;
	run.row = row;
	run.col = begin;
	run.n = 0;
	for (int col = begin; col < end;) {
		const struct cell *cell = canvas_cell(c, row, col);
		int width = cell->width ? cell->width : 1;

		if (cell->style != style)
			pen = pen_of(cell->style);
		style = cell->style;
		if (cell->len)
			put_glyph(&run, width, canvas_bytes(c, cell), pen);
		else
			for (int i = 0; i < width; i++)
				put_wide(&run, L" ", 1, pen);
		col += width;
	}
	end_run(&run);
}

static size_t row_size(const struct canvas *c)
{
	return (size_t)c->cols * sizeof(*c->cells);
}

/* Of all rows, or of those that differ; cells whose bytes lie elsewhere need all. */
static void remember(const struct canvas *c, bool all)
{
	if (!all && !c->bytes.len && !term.shown.bytes.len)
		return;
	if (term.shown.rows != c->rows || term.shown.cols != c->cols)
		canvas_resize(&term.shown, c->rows, c->cols);
	memcpy(term.shown.cells, c->cells, (size_t)c->rows * row_size(c));
	str_clear(&term.shown.bytes);
	str_add_slice(&term.shown.bytes, str_slice(&c->bytes));
}

static void remember_row(const struct canvas *c, int row)
{
	memcpy(term.shown.cells + row * c->cols, canvas_cell(c, row, 0), row_size(c));
}

/* The cursor's place; where none is wanted, the bottom left. */
static void cursor_place(const struct canvas *c, int *row, int *col)
{
	bool somewhere = c->cursor_row >= 0 && c->cursor_col >= 0;

	*row = somewhere ? c->cursor_row : c->rows - 1;
	*col = somewhere ? c->cursor_col : 0;
}

/* What gives the cursor another shape; "" where it has it, or the terminal knows one alone. */
static const char *shape_sequence(const struct canvas *c)
{
	const char *set_shape = term.modern ? term_capability("Ss") : NULL;

	if (c->cursor_shape == term.shape)
		return "";
	term.shape = c->cursor_shape;
	return set_shape ? tiparm(set_shape, c->cursor_shape == CURSOR_BAR ? 6 : 2) : "";
}

/* By curses: everything at first, and on a terminal that we do not write to ourselves. */
static void paint_by_curses(const struct canvas *c, bool all, bool next)
{
	int row, col;

	if (!term.known)
		clearok(stdscr, TRUE);
	if (all)
		erase();
	for (row = 0; row < c->rows && row < LINES; row++) {
		int begin = 0, end = c->cols;

		if (next && canvas_is_same(c, row))
			continue;
		if (!all && !canvas_differs(c, &term.shown, row, &begin, &end))
			continue;
		paint_row(c, row, begin, end);
		if (!all)
			remember_row(c, row);
	}
	cursor_place(c, &row, &col);
	move(row, col);
	term.row = row;
	term.col = col;
	tty_write_text(&term.tty, shape_sequence(c));
	refresh();
}

/* What changed, in one write. Curses does not hear of it: whatever it paints next is all. False
 * where that came to an end in the middle: what is on the screen is not known then. */
static bool paint_directly(const struct canvas *c, bool next)
{
	int row, col;

	term_direct_begin();
	for (row = 0; row < c->rows && row < LINES; row++) {
		int begin, end;

		if ((next && canvas_is_same(c, row)) ||
		    !canvas_differs(c, &term.shown, row, &begin, &end))
			continue;
		term_direct_row(c, row, begin, end);
		remember_row(c, row);
	}
	cursor_place(c, &row, &col);
	return term_direct_end(row, col, shape_sequence(c));
}

void term_paint(const struct canvas *c)
{
	bool all = !term.known || term.shown.rows != c->rows || term.shown.cols != c->cols;
	bool next = !all && c->picture == term.picture + 1;

	if (!term.started || term.lent || c->rows == 0 || c->cols == 0)
		return;
	if (all || !term.direct)
		paint_by_curses(c, all, next);
	term.known = all || !term.direct || paint_directly(c, next);
	remember(c, all);
	term.picture = c->picture;
}
