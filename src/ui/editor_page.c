/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "ui/editor_inner.h"

#include <stdlib.h>
#include <string.h>

#define COUNT_AT_ONCE (32 * 1024) /* bytes whose words cost nothing to count */
#define MEASURE       100         /* a longer line is hard to read */
#define CONTEXT       2           /* rows kept in sight above and below the caret */
#define LIST_COLS     34

bool editor_row_down(struct editor *e, size_t *line, size_t *row)
{
	struct paragraph p;

	if (layout_has_row(editor_layout(e, *line, &p), *row + 1)) {
		++*row;
		return true;
	}
	if (p.next == p.end) /* no line end: the last one */
		return false;
	*line = p.next;
	*row = 0;
	return true;
}

bool editor_row_up(struct editor *e, size_t *line, size_t *row)
{
	if (*row > 0) {
		--*row;
		return true;
	}
	if (*line == 0)
		return false;
	*line = doc_line_begin(e->doc, *line - 1);
	*row = layout_rows(editor_layout(e, *line, NULL)) - 1;
	return true;
}

static struct caret within(const struct editor *e, size_t line)
{
	size_t end = doc_line_end(e->doc, line);
	size_t pos = e->caret.pos > end ? end : e->caret.pos;

	return (struct caret){pos - line, e->caret.upstream};
}

void editor_locate(struct editor *e, size_t *line, size_t *row, int *col)
{
	*line = doc_line_begin(e->doc, e->caret.pos);
	layout_locate(editor_layout(e, *line, NULL), within(e, *line), row, col);
}

struct caret editor_hit(struct editor *e, int row, int col)
{
	struct caret caret = {e->doc->flat.len, false};

	if (row < 0)
		row = 0;
	if ((size_t)row >= e->screen.n)
		return caret;
	const struct editor_row *r = e->screen.v[row];
	caret = layout_hit(editor_layout(e, r->line, NULL), r->row, col - e->text_col);
	caret.pos += r->line;
	return caret;
}

void editor_follow(struct editor *e)
{
	struct text_change c;
	size_t *const places[] = {&e->caret.pos, &e->anchor, &e->top};
	size_t size;

	doc_refresh(e->doc);
	if (e->seen == e->doc->revision)
		return;
	if (text_change_since(e->doc->text, e->seen, &c))
		for (size_t i = 0; i < 3; i++) {
			if (*places[i] >= c.begin + c.old_len)
				*places[i] = *places[i] - c.old_len + c.new_len;
			else if (*places[i] > c.begin)
				*places[i] = c.begin;
		}
	e->seen = e->doc->revision;
	size = e->doc->flat.len;
	for (size_t i = 0; i < 3; i++)
		if (*places[i] > size)
			*places[i] = size;
	e->top = doc_line_begin(e->doc, e->top);
	editor_search_refresh(e);
}

/* ---- Scrolling ---- */

/* How many rows from the first shown to the caret's; -1: above it, `most`: that many or more.
 */
static int rows_to_caret(struct editor *e, size_t line, size_t row, int most)
{
	size_t at = e->top, at_row = e->top_row;

	if (line < at || (line == at && row < at_row))
		return -1;
	for (int n = 0; n < most; n++) {
		if (at == line && at_row == row)
			return n;
		if (!editor_row_down(e, &at, &at_row))
			return most;
	}
	return most;
}

/* Puts the caret's row so many rows below the top. */
static void put_caret_at(struct editor *e, size_t line, size_t row, int below)
{
	e->top = line;
	e->top_row = row;
	while (below-- > 0 && editor_row_up(e, &e->top, &e->top_row))
		;
}

/* Where the caret is, for the page's rows. */
struct place {
	size_t line, row;
	int col;
};

static void keep_in_sight(struct editor *e, struct place *caret)
{
	int context = e->rows > 3 * CONTEXT ? CONTEXT : 0;

	e->top = doc_line_begin(e->doc, e->top);
	struct layout *top = editor_layout(e, e->top, NULL);
	if (!layout_has_row(top, e->top_row))
		e->top_row = layout_rows(top) - 1;
	editor_locate(e, &caret->line, &caret->row, &caret->col);
	size_t line = caret->line, row = caret->row;
	int at = rows_to_caret(e, line, row, e->rows);
	if (at >= context && at < e->rows - context)
		return;
	if (at >= 0 && at < e->rows) {
		/* In sight, at the edge: a row or two more, where there are any. */
		int move = at < context ? at - context : at - (e->rows - context) + 1;
		editor_scroll(e, move);
		return;
	}
	/* A row or two beyond: scroll by these; far away: show its surroundings. */
	size_t old = e->top, old_row = e->top_row;
	put_caret_at(e, line, row, at < 0 ? context : e->rows - 1 - context);
	size_t near = e->top, near_row = e->top_row;
	for (int i = 0; i < e->rows / 2; i++) {
		if (near == old && near_row == old_row)
			return;
		if (!(at < 0 ? editor_row_down(e, &near, &near_row)
			     : editor_row_up(e, &near, &near_row)))
			break;
	}
	put_caret_at(e, line, row, e->rows / 3);
}

/* ---- Rows ---- */

static void share_columns(struct editor *e)
{
	int text = e->cols;

	e->list_cols = 0;
	if (e->list && e->cols >= EDITOR_LIST_NEEDS) {
		e->list_cols = e->cols >= 110 ? LIST_COLS + 6 : LIST_COLS - 6;
		text -= e->list_cols + 2;
	}
	e->list_col = e->cols - e->list_cols;
	e->text_col = text >= EDITOR_NARROW ? 1 : 0;
	e->text_cols = text - 2 * e->text_col;
	if (e->text_cols > MEASURE + EDITOR_MARGIN)
		e->text_cols = MEASURE + EDITOR_MARGIN;
}

static void find_point(struct editor *e)
{
	e->point = doc_point_at(e->doc, e->caret.pos);
	if (e->point == BRACKET_NONE || doc_is_stale(e->doc)) {
		e->linked = 0;
		e->linked_for = 0;
		return;
	}
	if (e->linked_for == e->doc->generation + 1 && e->linked_point == e->point)
		return;
	doc_settle(e->doc); /* the others may be anywhere */
	e->linked = doc_linked(e->doc, e->point);
	e->linked_for = e->doc->generation + 1;
	e->linked_point = e->point;
}

void editor_page(struct editor *e, int rows, int cols)
{
	struct place caret;

	e->rows = rows > 0 ? rows : 1;
	e->cols = cols;
	editor_follow(e);
	share_columns(e);
	if (e->doc->flat.len <= COUNT_AT_ONCE)
		doc_count(e->doc);
	find_point(e);
	keep_in_sight(e, &caret);
	editor_rows_begin(e);
	e->cursor_row = e->cursor_col = -1;
	size_t line = e->top, row = e->top_row;
	for (int i = 0; i < e->rows; i++) {
		editor_rows_add(e, line, row);
		if (line == caret.line && row == caret.row) {
			e->cursor_row = i;
			e->cursor_col = e->text_col + caret.col;
		}
		if (!editor_row_down(e, &line, &row))
			break;
	}
	if (e->list_cols)
		editor_points_follow(e);
}
