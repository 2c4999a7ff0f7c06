/* SPDX-License-Identifier: MIT */
#include "ui/canvas_inner.h"

#include "ui/theme.h"

#include <string.h>

/*
 * One picture after another: most rows of a picture are those of the one before. They are found
 * out as they are drawn, so that nobody has to wipe, paint and compare all of them for each
 * key.
 */

/* ---- A picture ---- */

static void blank_row(struct canvas *c, int row)
{
	struct cell *cells = canvas_cell_at(c, row, 0);

	for (int i = 0; i < c->cols; i++)
		cells[i] = canvas_blank(STYLE_TEXT);
}

static void reset(struct canvas *c)
{
	str_clear(&c->bytes);
	c->window = (struct area){0, 0, c->rows, c->cols};
	c->cursor_row = c->cursor_col = -1;
	c->cursor_shape = CURSOR_BLOCK;
	c->picture++;
}

void canvas_clear(struct canvas *c)
{
	reset(c);
	for (int row = 0; row < c->rows; row++) {
		blank_row(c, row);
		c->drawn[row] = ROW_DRAWN;
	}
}

void canvas_begin(struct canvas *c)
{
	/* Cells whose bytes lie elsewhere say nothing without them. */
	if (c->bytes.len) {
		canvas_clear(c);
		return;
	}
	reset(c);
	if (c->rows)
		memset(c->drawn, ROW_LEFT, (size_t)c->rows * sizeof *c->drawn);
}

static bool is_blank(const struct canvas *c, int row)
{
	const struct cell *cells = canvas_cell(c, row, 0), blank = canvas_blank(STYLE_TEXT);

	return memcmp(cells, &blank, sizeof blank) == 0 &&
	       memcmp(cells, cells + 1, (size_t)(c->cols - 1) * sizeof *cells) == 0;
}

void canvas_end(struct canvas *c)
{
	for (int row = 0; row < c->rows && c->cols > 0; row++) {
		if (c->drawn[row] != ROW_LEFT)
			continue;
		if (is_blank(c, row))
			c->drawn[row] = ROW_SAME;
		else
			canvas_touch(c, row);
	}
}

void canvas_touch(struct canvas *c, int row)
{
	if (c->drawn[row] == ROW_LEFT)
		blank_row(c, row);
	c->drawn[row] = ROW_DRAWN;
}

bool canvas_is_same(const struct canvas *c, int row)
{
	return c->drawn[row] == ROW_SAME;
}

void canvas_cut_wide(struct canvas *c, int row, int col, int end)
{
	int from = col, to = end;

	if (col < c->cols && canvas_cell_at(c, row, col)->width == 0) {
		while (from > 0 && canvas_cell_at(c, row, from)->width == 0)
			from--;
		for (int i = from; i < col; i++)
			*canvas_cell_at(c, row, i) =
				canvas_blank(canvas_cell_at(c, row, i)->style);
	}
	while (to < c->cols && canvas_cell_at(c, row, to)->width == 0) {
		*canvas_cell_at(c, row, to) = canvas_blank(canvas_cell_at(c, row, to)->style);
		to++;
	}
}

/* ---- Rows kept ---- */

bool canvas_save(struct canvas *c, int row, int col, int cols, struct cell *cells)
{
	if (row < 0 || row >= c->window.rows || col < 0 || col + cols > c->window.cols)
		return false;
	canvas_touch(c, c->window.row + row);
	memcpy(cells, canvas_cell(c, c->window.row + row, c->window.col + col),
	       (size_t)cols * sizeof *cells);
	for (int i = 0; i < cols; i++)
		if (cells[i].len > CELL_OWN)
			return false;
	return true;
}

void canvas_put_cells(struct canvas *c, int row, int col, int cols, const struct cell *cells)
{
	size_t size = (size_t)cols * sizeof *cells;
	int at = c->window.row + row;

	if (row < 0 || row >= c->window.rows || col < 0 || cols <= 0 ||
	    col + cols > c->window.cols)
		return;
	if (cols == c->cols && c->drawn[at] != ROW_DRAWN) {
		bool same = memcmp(canvas_cell_at(c, at, 0), cells, size) == 0;

		c->drawn[at] = same ? ROW_SAME : ROW_DRAWN;
		if (!same)
			memcpy(canvas_cell_at(c, at, 0), cells, size);
		return;
	}
	canvas_touch(c, at);
	canvas_cut_wide(c, at, c->window.col + col, c->window.col + col + cols);
	memcpy(canvas_cell_at(c, at, c->window.col + col), cells, size);
}

static bool same_cell(const struct canvas *a, const struct canvas *b, int row, int col)
{
	const struct cell *x = canvas_cell(a, row, col), *y = canvas_cell(b, row, col);

	if (x->len <= CELL_OWN && y->len <= CELL_OWN)
		return memcmp(x, y, sizeof *x) == 0;
	return x->width == y->width && x->style == y->style &&
	       slice_equal(canvas_bytes(a, x), canvas_bytes(b, y));
}

bool canvas_differs(const struct canvas *a, const struct canvas *b, int row, int *begin,
		    int *end)
{
	size_t size = (size_t)a->cols * sizeof(struct cell);

	*begin = 0;
	*end = a->cols;
	if (!a->bytes.len && !b->bytes.len && a->cols > 0 &&
	    memcmp(canvas_cell(a, row, 0), canvas_cell(b, row, 0), size) == 0)
		*end = 0;
	while (*begin < *end && same_cell(a, b, row, *begin))
		++*begin;
	while (*end > *begin && same_cell(a, b, row, *end - 1))
		--*end;
	return *begin < *end;
}
