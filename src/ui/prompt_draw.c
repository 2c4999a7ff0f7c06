/* SPDX-License-Identifier: MIT */
#include "ui/glyph.h"
#include "ui/layout.h"
#include "ui/prompt_inner.h"
#include "ui/theme.h"
#include "ui/tr.h"

#include <string.h>

/* Rows it wants above its own for candidates, at most `most`. */
static int rows_wanted(const struct prompt *p, int most)
{
	size_t n = p->open && !p->request.choices ? p->candidates.n : 0;

	return most <= 0 ? 0 : n < (size_t)most ? (int)n : most;
}

static const char *choice_label(const struct prompt *p, const struct prompt_choice *c)
{
	return p->request.names ? c->label : _(c->label);
}

static void draw_choices(const struct prompt *p, struct canvas *c, int row, int col)
{
	int end;

	for (const struct prompt_choice *choice = p->request.choices; choice->key; choice++) {
		char buf[KEY_WORD_SIZE];

		col += canvas_text(c, row, col, STYLE_KEY, key_word(choice->key, buf)) + 1;
		col += canvas_text(c, row, col, STYLE_LABEL, choice_label(p, choice)) + 2;
	}
	/* Where there is room, the way out is named as well. */
	end = canvas_columns(_("Esc leaves it"), strlen(_("Esc leaves it"))) + col;
	if (end < c->window.cols)
		canvas_text(c, row, col, STYLE_DIM, _("Esc leaves it"));
	canvas_cursor(c, row, col > 1 ? col - 1 : 0, CURSOR_BAR);
}

static int choices_cols(const struct prompt *p)
{
	int cols = 0;

	for (const struct prompt_choice *c = p->request.choices; c && c->key; c++) {
		char buf[KEY_WORD_SIZE];

		cols += 3 + canvas_columns(choice_label(p, c), strlen(choice_label(p, c)));
		cols += (int)strlen(key_word(c->key, buf));
	}
	return cols;
}

/* Draws the input's cells from column `from` of the line on; the line may be any length. */
static void draw_cells(const struct prompt *p, struct layout *l, struct canvas *c,
		       struct area room, int from)
{
	const struct layout_row *row = layout_row(l, 0);
	struct area window = canvas_enter(c, room);
	char mirror[5];

	for (size_t i = 0; i < row->n; i++) {
		const struct layout_unit *u = &row->units[i];
		size_t n = layout_mirror(l, u, mirror);

		if (u->col + u->width <= from || u->col - from >= room.cols)
			continue;
		canvas_put(c, 0, u->col - from, u->width,
			   STYLE_INPUT | (p->proposed ? STYLE_SELECTED : 0),
			   n ? mirror : p->text.p + u->shown_begin,
			   n ? n : u->shown_end - u->shown_begin);
	}
	canvas_leave(c, window);
}

/* Behind a proposal, whole or not at all. */
static void draw_beside(const struct prompt *p, struct canvas *c, struct area room)
{
	int col = canvas_columns(p->text.p, p->text.len) + 2;

	if (p->proposed && p->beside &&
	    col + canvas_columns(p->beside, strlen(p->beside)) <= room.cols)
		canvas_text(c, room.row, room.col + col, STYLE_PLACEHOLDER, p->beside);
}

/* The input, scrolled so that the cursor is in sight. */
static void draw_input(const struct prompt *p, struct canvas *c, int row, int col)
{
	struct area room = {row, col, 1, c->window.cols - col - 1};
	struct layout_spec spec = {.width = canvas_columns(p->text.p, p->text.len) + 2,
				   .tab = 1};
	struct layout l;
	int cursor, from;
	size_t at_row;

	if (room.cols < 1)
		return;
	if (p->text.len == 0 && p->hint)
		canvas_put_cut(c, row, col, room.cols, STYLE_PLACEHOLDER, p->hint,
			       strlen(p->hint));
	spec.reorder = c->reorder;
	layout_init(&l);
	layout_set(&l, str_slice(&p->text), &spec);
	layout_locate(&l, (struct caret){p->at, true}, &at_row, &cursor);
	from = layout_row(&l, 0)->rtl ? layout_row(&l, 0)->left : 0;
	if (cursor - from >= room.cols)
		from = cursor - room.cols + 1;
	if (cursor < from)
		from = cursor;
	draw_cells(p, &l, c, room, from);
	draw_beside(p, c, room);
	canvas_cursor(c, row, col + cursor - from, CURSOR_BAR);
	layout_release(&l);
}

static int widest_candidate(const struct prompt *p, int cols)
{
	int widest = 0;

	for (size_t i = 0; i < p->candidates.n; i++) {
		const char *text = p->candidates.v[i].text;
		int width = canvas_columns(text, strlen(text));

		if (width > widest)
			widest = width;
	}
	return widest < cols / 2 ? widest : cols / 2;
}

static void draw_candidates(const struct prompt *p, struct canvas *c, int top, int rows)
{
	int cols = c->window.cols, widest = widest_candidate(p, cols);
	size_t chosen = p->candidate == NOT_IN_LIST ? 0 : p->candidate;
	size_t first = chosen < (size_t)rows ? 0 : chosen - (size_t)rows + 1;

	canvas_fill(c, (struct area){top - 1, 0, rows + 1, cols}, STYLE_TEXT);
	canvas_hline(c, top - 1, 0, cols, STYLE_RULE);
	if (p->candidates.n > (size_t)rows)
		canvas_textf(c, top - 1, 2, STYLE_DIM, " %zu-%zu / %zu ", first + 1,
			     first + (size_t)rows, p->candidates.n);
	for (int i = 0; i < rows; i++) {
		const struct prompt_candidate *one = &p->candidates.v[first + (size_t)i];
		bool is_chosen = p->candidate == first + (size_t)i;

		if (is_chosen)
			canvas_text(c, top + i, 1, STYLE_ACCENT, "\u25B8");
		canvas_put_cut(c, top + i, 3, widest, is_chosen ? STYLE_ACCENT : STYLE_OPTION,
			       one->text, strlen(one->text));
		if (one->help)
			canvas_put_cut(c, top + i, widest + 6, cols - widest - 7, STYLE_DIM,
				       one->help, strlen(one->help));
	}
}

void prompt_draw(const struct prompt *p, struct canvas *c)
{
	int row = c->window.rows - 1, col = 1, room;
	int rows = rows_wanted(p, c->window.rows - 2 < 8 ? c->window.rows - 2 : 8);

	if (!p->open || row < 0)
		return;
	if (rows > 0)
		draw_candidates(p, c, row - rows, rows);
	canvas_fill(c, (struct area){row, 0, 1, c->window.cols}, STYLE_TEXT);
	/* The question may be longer than the screen; the answers have to be in sight. */
	room = p->request.choices ? c->window.cols - choices_cols(p) - 3
				  : c->window.cols * 2 / 3;
	col += canvas_put_cut(c, row, col, room > 8 ? room : 8, STYLE_ACCENT, p->label,
			      strlen(p->label)) +
	       1;
	if (p->request.choices)
		draw_choices(p, c, row, col + 1);
	else
		draw_input(p, c, row, col);
}
