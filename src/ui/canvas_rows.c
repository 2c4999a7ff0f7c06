/* SPDX-License-Identifier: MIT */
#include "ui/canvas_inner.h"

#include "core/mem.h"
#include "ui/theme.h"

#include <stdlib.h>
#include <string.h>

#define BLANKS 1 /* the number of a blank row, which is no strip */

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
		c->put[row].number = 0;
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

static bool is_put(const struct canvas *c, int row, const struct strip *strip, uint64_t number)
{
	return c->put[row].strip == strip && c->put[row].number == number;
}

static void note_put(struct canvas *c, int row, const struct strip *strip, uint64_t number)
{
	c->put[row] = (struct strip_put){strip, number};
	if (c->number < number)
		c->number = number;
}

static bool is_blank(const struct canvas *c, int row)
{
	if (is_put(c, row, NULL, BLANKS))
		return true;
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
		note_put(c, row, NULL, BLANKS);
	}
}

void canvas_touch(struct canvas *c, int row)
{
	if (c->drawn[row] == ROW_LEFT)
		blank_row(c, row);
	c->drawn[row] = ROW_DRAWN;
	c->put[row].number = 0;
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

void strip_release(struct strip *strip)
{
	free(strip->cells);
	*strip = (struct strip){.cells = NULL};
}

void canvas_keep(struct canvas *c, int row, int col, int cols, struct strip *strip)
{
	int at = c->window.row + row;

	strip->number = 0;
	if (row < 0 || row >= c->window.rows || col < 0 || col + cols > c->window.cols)
		return;
	if (cols > strip->cap) {
		strip->cap = cols;
		strip->cells = mem_array(strip->cells, (size_t)cols, sizeof *strip->cells);
	}
	canvas_touch(c, at);
	strip->cols = cols;
	memcpy(strip->cells, canvas_cell_at(c, at, c->window.col + col),
	       (size_t)cols * sizeof *strip->cells);
	for (int i = 0; i < cols; i++)
		if (strip->cells[i].len > CELL_OWN)
			return;
	strip->number = c->number + 1;
	note_put(c, at, strip, strip->number);
	if (cols < c->cols)
		c->put[at].number = 0;
}

void canvas_put_strip(struct canvas *c, int row, int col, const struct strip *strip)
{
	size_t size = (size_t)strip->cols * sizeof *strip->cells;
	int at = c->window.row + row, cols = strip->cols;
	bool same;

	if (row < 0 || row >= c->window.rows || col < 0 || cols <= 0 ||
	    col + cols > c->window.cols)
		return;
	if (cols == c->cols && c->drawn[at] != ROW_DRAWN) {
		same = is_put(c, at, strip, strip->number) ||
		       memcmp(canvas_cell_at(c, at, 0), strip->cells, size) == 0;
		c->drawn[at] = same ? ROW_SAME : ROW_DRAWN;
		if (!same)
			memcpy(canvas_cell_at(c, at, 0), strip->cells, size);
		note_put(c, at, strip, strip->number);
		return;
	}
	canvas_touch(c, at);
	canvas_cut_wide(c, at, c->window.col + col, c->window.col + col + cols);
	memcpy(canvas_cell_at(c, at, c->window.col + col), strip->cells, size);
}

static bool same_cell(const struct canvas *a, const struct canvas *b, const struct cell *x,
		      const struct cell *y)
{
	if (x->len <= CELL_OWN && y->len <= CELL_OWN)
		return memcmp(x, y, sizeof *x) == 0;
	return x->width == y->width && x->style == y->style &&
	       slice_equal(canvas_bytes(a, x), canvas_bytes(b, y));
}

bool canvas_differs(const struct canvas *a, const struct canvas *b, int row, int *begin,
		    int *end)
{
	const struct cell *x = a->cells + row * a->cols, *y = b->cells + row * a->cols;
	int i = 0, n = a->cols;

	if (!a->bytes.len && !b->bytes.len && n > 0 &&
	    memcmp(x, y, (size_t)n * sizeof(*x)) == 0)
		n = 0;
	while (i < n && same_cell(a, b, &x[i], &y[i]))
		i++;
	while (n > i && same_cell(a, b, &x[n - 1], &y[n - 1]))
		n--;
	*begin = i;
	*end = n;
	return i < n;
}
