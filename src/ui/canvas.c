/* SPDX-License-Identifier: MIT */
#include "ui/canvas_inner.h"

#include "core/mem.h"
#include "ui/glyph.h"
#include "ui/layout.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define CELL_MOST   250            /* bytes of a glyph that are kept; no real one has as many */
#define RULE_ACROSS "\xE2\x94\x80" /* U+2500 */
#define RULE_DOWN   "\xE2\x94\x82" /* U+2502 */
#define ELLIPSIS    "\xE2\x80\xA6" /* U+2026 */

void canvas_init(struct canvas *c, int rows, int cols)
{
	*c = (struct canvas){.cells = NULL};
	str_init(&c->bytes);
	canvas_resize(c, rows, cols);
}

void canvas_release(struct canvas *c)
{
	free(c->cells);
	free(c->drawn);
	free(c->put);
	c->cells = NULL;
	c->drawn = NULL;
	c->put = NULL;
	c->rows = c->cols = 0;
	str_release(&c->bytes);
}

void canvas_resize(struct canvas *c, int rows, int cols)
{
	assert(rows >= 0 && cols >= 0);
	c->rows = rows;
	c->cols = cols;
	c->cells = mem_array(c->cells, (size_t)rows * (size_t)cols, sizeof *c->cells);
	c->drawn = mem_array(c->drawn, (size_t)rows, sizeof *c->drawn);
	c->put = mem_array(c->put, (size_t)rows, sizeof *c->put);
	canvas_clear(c);
}

static int smaller(int a, int b)
{
	return a < b ? a : b;
}

static int larger(int a, int b)
{
	return a > b ? a : b;
}

struct area canvas_enter(struct canvas *c, struct area part)
{
	struct area old = c->window;
	int bottom = smaller(part.row + part.rows, old.rows);
	int right = smaller(part.col + part.cols, old.cols);
	int top = larger(part.row, 0), left = larger(part.col, 0);

	c->window = (struct area){old.row + top, old.col + left, larger(bottom - top, 0),
				  larger(right - left, 0)};
	return old;
}

void canvas_leave(struct canvas *c, struct area old)
{
	c->window = old;
}

static void set_cells(struct canvas *c, int row, int col, struct cell cell)
{
	canvas_touch(c, row);
	canvas_cut_wide(c, row, col, col + cell.width);
	*canvas_cell_at(c, row, col) = cell;
	for (int i = 1; i < cell.width; i++)
		*canvas_cell_at(c, row, col + i) = (struct cell){{""}, 0, 0, cell.style};
}

/* The bytes as shown, in the cell or, where they are many, in the canvas. */
static struct cell glyph_cell(struct canvas *c, const char *p, const struct glyph *g,
			      uint32_t style)
{
	unsigned char byte = (unsigned char)*p;
	struct cell cell = canvas_blank(style);
	size_t at = c->bytes.len, len;

	if (byte == ' ' && g->len == 1)
		return cell;
	if (glyph_plain(p, g->len) == g->len) {
		memcpy(cell.glyph.own, p, g->len);
		cell.len = (uint8_t)g->len;
		return cell;
	}
	cell.width = (uint8_t)g->width;
	glyph_show(p, g->len, &c->bytes);
	len = c->bytes.len - at;
	if (len > CELL_MOST) {
		len = CELL_MOST;
		while (len > 0 && ((unsigned char)c->bytes.p[at + len] & 0xC0) == 0x80)
			len--;
		str_truncate(&c->bytes, at + len);
	}
	cell.len = (uint8_t)len;
	if (len > CELL_OWN) {
		cell.glyph.at = (uint32_t)at;
	} else {
		memcpy(cell.glyph.own, c->bytes.p + at, len);
		str_truncate(&c->bytes, at);
	}
	return cell;
}

static int put_limit(const struct canvas *c, int row, int col, int max_cols)
{
	int limit = c->window.cols;

	if (row < 0 || row >= c->window.rows || max_cols == 0)
		return -1;
	if (max_cols > 0 && max_cols < limit - col)
		limit = col + max_cols;
	return limit;
}

/* How many of the first bytes are glyphs of their own, one column wide: ASCII before ASCII. */
static size_t plain_bytes(const char *p, size_t len)
{
	const unsigned char *b = (const unsigned char *)p;
	size_t n = 0;

	while (n < len && b[n] >= ' ' && b[n] < 0x7F)
		n++;
	return n && n < len && b[n] >= 0x80 ? n - 1 : n;
}

static void put_plain(struct canvas *c, int row, int col, uint32_t style, const char *p,
		      size_t len)
{
	struct cell *cells = canvas_cell_at(c, row, col);

	canvas_touch(c, row);
	canvas_cut_wide(c, row, col, col + (int)len);
	for (size_t i = 0; i < len; i++) {
		cells[i] = canvas_blank(style);
		if (p[i] == ' ')
			continue;
		cells[i].glyph.own[0] = p[i];
		cells[i].len = 1;
	}
}

int canvas_put(struct canvas *c, int row, int col, int max_cols, uint32_t style, const char *p,
	       size_t len)
{
	int limit = put_limit(c, row, col, max_cols), at = col;
	struct glyph g;

	for (size_t i = 0; i < len && at < limit; i += g.len) {
		g.len = at < 0 ? 0 : plain_bytes(p + i, len - i);
		if (g.len > (size_t)(limit - at))
			g.len = (size_t)(limit - at);
		if (g.len) {
			put_plain(c, c->window.row + row, c->window.col + at, style, p + i,
				  g.len);
			at += (int)g.len;
			continue;
		}
		glyph_at(p + i, len - i, &g);
		int end = at + g.width;
		if (at >= 0 && end <= limit) {
			set_cells(c, c->window.row + row, c->window.col + at,
				  glyph_cell(c, p + i, &g, style));
		} else {
			for (int k = larger(at, 0); k < smaller(end, limit); k++)
				set_cells(c, c->window.row + row, c->window.col + k,
					  canvas_blank(style));
		}
		at = smaller(end, limit);
	}
	return at - col;
}

/* Whether anything may read from right to left: Hebrew to Samaritan, Arabic, presentation
 * forms, and the scripts beyond U+10800. Cheap, and says yes too often rather than too seldom.
 */
static bool may_be_rtl(const char *p, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char b = (unsigned char)p[i];
		unsigned char next = i + 1 < len ? (unsigned char)p[i + 1] : 0;

		if ((b >= 0xD6 && b <= 0xDF) || (b == 0xE0 && next <= 0xA3) ||
		    (b == 0xEF && next >= 0xAC && next <= 0xBB) || b == 0xF0)
			return true;
	}
	return false;
}

/* As canvas_put(), in the order in which it is read. */
static int put_in_order(struct canvas *c, int row, int col, int max_cols, uint32_t style,
			const char *p, size_t len)
{
	int limit = put_limit(c, row, col, max_cols), used;
	struct str line = STR_INIT;

	if (!c->reorder || limit <= col || !may_be_rtl(p, len))
		return canvas_put(c, row, col, max_cols, style, p, len);
	layout_line(slice_make(p, len), limit - col, true, &line, NULL);
	used = canvas_put(c, row, col, limit - col, style, line.p, line.len);
	str_release(&line);
	return used;
}

int canvas_text(struct canvas *c, int row, int col, uint32_t style, const char *text)
{
	return put_in_order(c, row, col, -1, style, text, strlen(text));
}

int canvas_textf(struct canvas *c, int row, int col, uint32_t style, const char *format, ...)
{
	struct str s = STR_INIT;
	va_list ap;
	int used;

	va_start(ap, format);
	str_vaddf(&s, format, ap);
	va_end(ap);
	used = put_in_order(c, row, col, -1, style, s.p, s.len);
	str_release(&s);
	return used;
}

/* Bytes of the longest start of the text within cols columns. *all: nothing is left. */
static size_t fit(const char *p, size_t len, int cols, bool *all)
{
	struct glyph g;
	size_t i = 0;

	for (int used = 0; i < len; i += g.len) {
		glyph_at(p + i, len - i, &g);
		used += g.width;
		if (used > cols)
			break;
	}
	*all = i == len;
	return i;
}

int canvas_put_cut(struct canvas *c, int row, int col, int max_cols, uint32_t style,
		   const char *p, size_t len)
{
	int limit = put_limit(c, row, col, max_cols), used;
	bool all;

	if (limit <= col)
		return 0;
	if (c->reorder && may_be_rtl(p, len))
		return put_in_order(c, row, col, max_cols, style, p, len);
	fit(p, len, limit - col, &all);
	if (all)
		return canvas_put(c, row, col, limit - col, style, p, len);
	len = fit(p, len, limit - col - 1, &all);
	used = canvas_put(c, row, col, limit - col, style, p, len);
	return used + canvas_put(c, row, col + used, 1, style, ELLIPSIS, strlen(ELLIPSIS));
}

static int columns(const char *p, size_t len)
{
	struct glyph g;
	int cols = 0;

	for (size_t i = 0; i < len && cols < INT16_MAX; i += g.len) {
		glyph_at(p + i, len - i, &g);
		cols += g.width;
	}
	return cols;
}

int canvas_columns(const char *p, size_t len)
{
	return columns(p, len);
}

int canvas_put_right(struct canvas *c, int row, int end, uint32_t style, const char *p,
		     size_t len)
{
	int col = larger(end - columns(p, len), 0);

	put_in_order(c, row, col, end - col, style, p, len);
	return col;
}

/* One column wide each, over the cells [col, end) of a row of the whole canvas. */
static void set_alike(struct canvas *c, int row, int col, int end, struct cell cell)
{
	if (col >= end)
		return;
	canvas_touch(c, row);
	canvas_cut_wide(c, row, col, end);
	for (; col < end; col++)
		*canvas_cell_at(c, row, col) = cell;
}

void canvas_hline(struct canvas *c, int row, int col, int cols, uint32_t style)
{
	const struct cell rule = {{RULE_ACROSS}, sizeof(RULE_ACROSS) - 1, 1, (uint16_t)style};
	int left = c->window.col;

	if (row < 0 || row >= c->window.rows)
		return;
	set_alike(c, c->window.row + row, left + larger(col, 0),
		  left + smaller(col + cols, c->window.cols), rule);
}

void canvas_vline(struct canvas *c, int row, int col, int rows, uint32_t style)
{
	for (int i = 0; i < rows && row + i < c->window.rows; i++)
		canvas_put(c, row + i, col, 1, style, RULE_DOWN, strlen(RULE_DOWN));
}

/* The part of the window that a caller's area covers, in cells of the whole canvas. */
static struct area clipped(struct canvas *c, struct area part)
{
	struct area old = canvas_enter(c, part), in = c->window;

	canvas_leave(c, old);
	return in;
}

void canvas_fill(struct canvas *c, struct area part, uint32_t style)
{
	struct area in = clipped(c, part);

	for (int row = in.row; row < in.row + in.rows; row++)
		set_alike(c, row, in.col, in.col + in.cols, canvas_blank(style));
}

void canvas_restyle(struct canvas *c, struct area part, uint32_t style, uint32_t mask)
{
	struct area in = clipped(c, part);

	for (int row = in.row; row < in.row + in.rows; row++) {
		canvas_touch(c, row);
		for (int col = in.col; col < in.col + in.cols; col++) {
			struct cell *cell = canvas_cell_at(c, row, col);
			cell->style = (uint16_t)((cell->style & ~mask) | (style & mask));
		}
	}
}

void canvas_cursor(struct canvas *c, int row, int col, enum cursor_shape shape)
{
	if (row < 0 || col < 0 || row >= c->window.rows || col >= c->window.cols)
		return;
	c->cursor_row = c->window.row + row;
	c->cursor_col = c->window.col + col;
	c->cursor_shape = (uint8_t)shape;
}

const struct cell *canvas_cell(const struct canvas *c, int row, int col)
{
	assert(row >= 0 && row < c->rows && col >= 0 && col < c->cols);
	return &c->cells[(size_t)row * (size_t)c->cols + (size_t)col];
}

struct slice canvas_bytes(const struct canvas *c, const struct cell *cell)
{
	if (cell->len == 0)
		return slice_make(" ", cell->width ? 1 : 0);
	if (cell->len <= CELL_OWN)
		return slice_make(cell->glyph.own, cell->len);
	return slice_make(c->bytes.p + cell->glyph.at, cell->len);
}
