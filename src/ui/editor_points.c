/* SPDX-License-Identifier: MIT */
#include "ui/editor_inner.h"

#include <string.h>

/* The side list: every point with how it begins. It follows the cursor; a click goes there. */

#define HEAD_ROWS 2   /* its title and a blank row */
#define BRIEF     400 /* bytes that fill any row */

static int rows_for_points(const struct editor *e)
{
	return e->rows - HEAD_ROWS > 0 ? e->rows - HEAD_ROWS : 0;
}

/* The point under the cursor, or else the one it would come to next. */
static size_t near_point(const struct editor *e)
{
	uint32_t next;

	if (e->point != BRACKET_NONE)
		return e->point;
	next = brackets_point_from(&e->doc->brackets, e->caret.pos);
	return next == BRACKET_NONE ? e->doc->brackets.n_points : next;
}

void editor_points_follow(struct editor *e)
{
	size_t near = near_point(e), rows = (size_t)rows_for_points(e);
	size_t n = e->doc->brackets.n_points;

	if (near < e->list_top + 1)
		e->list_top = near > 0 ? near - 1 : 0;
	else if (rows > 2 && near + 2 > e->list_top + rows)
		e->list_top = near + 2 - rows;
	if (e->list_top + rows > n)
		e->list_top = n > rows ? n - rows : 0;
}

uint32_t editor_points_at(const struct editor *e, int row)
{
	size_t i = e->list_top + (size_t)(row - HEAD_ROWS);

	if (row < HEAD_ROWS || i >= e->doc->brackets.n_points)
		return BRACKET_NONE;
	return (uint32_t)i;
}

/* The point's bytes without ids, more than a row can show being left out. */
static void brief(const struct doc *d, const struct point *p, struct str *out)
{
	size_t begin = point_begin(&d->brackets, p), end = point_end(&d->brackets, p);

	brackets_without_ids(&d->brackets, d->flat, begin,
			     end - begin > BRIEF ? begin + BRIEF : end, out);
}

static void draw_point(const struct editor *e, struct canvas *c, int row, size_t i)
{
	const struct doc *d = e->doc;
	const struct point *p = &d->brackets.points[i];
	int indent = p->depth > 4 ? 6 : (int)(p->depth - 1) * 2;
	bool current = i == e->point;
	struct str text = STR_INIT, line = STR_INIT;

	brief(d, p, &text);
	layout_line(str_slice(&text), c->window.cols - 7 - indent, host_reorders(e->view.host),
		    &line, NULL);
	if (current)
		canvas_text(c, row, 1, STYLE_ACCENT, "\xE2\x96\xB8");
	canvas_textf(c, row, 3, current ? STYLE_ACCENT : STYLE_DIM, "%3zu", i + 1);
	canvas_put(c, row, 7 + indent, -1, current ? (STYLE_TEXT | STYLE_STRONG) : STYLE_TEXT,
		   line.p, line.len);
	str_release(&text);
	str_release(&line);
}

void editor_draw_points(const struct editor *e, struct canvas *c)
{
	const struct doc *d = e->doc;
	struct area old;

	canvas_vline(c, 0, e->list_col - 1, e->rows, STYLE_RULE);
	old = canvas_enter(c, (struct area){0, e->list_col, e->rows, e->list_cols});
	if (!d->brackets.n_points) {
		canvas_text(c, 0, 1, STYLE_DIM, _("no points: all is agreed"));
	} else {
		canvas_textf(c, 0, 1, STYLE_HEADING,
			     n_("%zu point", "%zu points", d->brackets.n_points),
			     d->brackets.n_points);
		canvas_textf(c, 0, e->list_cols - 12, STYLE_DIM,
			     n_("%zu open", "%zu open", d->brackets.n_outer),
			     d->brackets.n_outer);
	}
	for (int row = 0; row < rows_for_points(e); row++) {
		size_t i = e->list_top + (size_t)row;
		if (i < d->brackets.n_points)
			draw_point(e, c, row + HEAD_ROWS, i);
	}
	canvas_leave(c, old);
}

void editor_toggle_list(struct editor *e)
{
	e->list = !e->list;
	if (e->list && e->cols < EDITOR_LIST_NEEDS)
		views_message(e->view.views, MESSAGE_INFO,
			      _("The list shows beside the text from %d columns on."),
			      EDITOR_LIST_NEEDS);
}
