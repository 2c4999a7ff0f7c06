/* SPDX-License-Identifier: MIT */
#include "columns_inner.h"
#include "ui/theme.h"
#include "ui/tr.h"

#include <stdlib.h>
#include <string.h>

static uint32_t name_style(const struct columns *c, size_t k)
{
	uint16_t party = c->set->v[c->column[k].at].party;
	uint32_t style = party == PARTY_NONE ? STYLE_TITLE : style_party(party);

	return k == c->focus ? style | STYLE_STRONG : style;
}

static bool is_reference(const struct columns *c, size_t k)
{
	return c->column[k].at == c->set->reference;
}

/* "AFR · 18": a column's head. */
static void add_head(const struct columns *c, size_t k, struct str *out)
{
	const struct compare_column *col = &c->set->compare.columns[c->column[k].at];

	if (is_reference(c, k))
		str_addf(out, "\xC2\xB7 %s", _("reference"));
	else if (col->foreign)
		str_addf(out, "\xC2\xB7 %s", _("another language"));
	else if (col->different)
		str_addf(out, "\xC2\xB7 %zu", col->different);
	else
		str_addf(out, "\xC2\xB7 %s", _("the same"));
}

static int draw_name(const struct columns *c, struct canvas *canvas, int row, int col, int max,
		     size_t k)
{
	const char *name = c->column[k].name;

	return canvas_put_cut(canvas, row, col, max, name_style(c, k), name, strlen(name));
}

static int span_of(const struct columns *c)
{
	return c->n_screen ? c->cols / (int)c->n_screen : c->cols;
}

static void draw_heads(const struct columns *c, struct canvas *canvas)
{
	int span = span_of(c);

	for (size_t k = 0; k < c->n_screen; k++) {
		int col = (int)k * span + 1, used;
		struct str head = STR_INIT;

		add_head(c, c->screen[k], &head);
		if (c->screen[k] == c->focus)
			canvas_text(canvas, 0, col - 1, STYLE_ACCENT, "\xE2\x96\xB8");
		used = draw_name(c, canvas, 0, col, c->width, c->screen[k]);
		canvas_put_cut(canvas, 0, col + used + 1, c->width - used - 1, STYLE_DIM,
			       head.p, head.len);
		str_release(&head);
	}
}

/* Stacked: all names in one line. */
static void draw_names(const struct columns *c, struct canvas *canvas)
{
	int col = 1;

	for (size_t k = 0; k < c->n_screen; k++) {
		struct str head = STR_INIT;

		if (c->screen[k] == c->focus)
			canvas_text(canvas, 0, col - 1, STYLE_ACCENT, "\xE2\x96\xB8");
		col += draw_name(c, canvas, 0, col, c->cols - col, c->screen[k]);
		add_head(c, c->screen[k], &head);
		col += 1 + canvas_put_cut(canvas, 0, col + 1, c->cols - col - 1, STYLE_DIM,
					  head.p, head.len);
		str_release(&head);
		col += 3;
	}
}

/* Puts the cursor on the first word of the cell in focus that differs, or its first. */
static void put_cursor(struct canvas *canvas, const struct passage *p, int row, int col)
{
	for (size_t i = 0; i < p->n; i++) {
		if (p->v[i].row < p->first_mark)
			continue;
		canvas_cursor(canvas, row + p->v[i].row, col + p->v[i].col, CURSOR_BLOCK);
		return;
	}
	canvas_cursor(canvas, row, col, CURSOR_BLOCK);
}

static void draw_rule(const struct columns *c, struct canvas *canvas, int row)
{
	int span = span_of(c);

	canvas_hline(canvas, row, 0, c->cols, STYLE_RULE);
	for (size_t k = 1; !c->is_stacked && k < c->n_screen; k++)
		canvas_text(canvas, row, (int)k * span - 1, STYLE_RULE, "\xE2\x94\xBC");
	if (c->is_stacked)
		canvas_text(canvas, row, c->margin + 2, STYLE_RULE, "\xE2\x94\xBC");
}

static void draw_marker(struct canvas *canvas, int row, int col)
{
	if (row >= 0)
		canvas_text(canvas, row, col, STYLE_ACCENT, "\xE2\x96\xB8");
}

/* A row of cells side by side; y: where it begins, above the window perhaps. */
static void draw_side_by_side(const struct columns *c, struct canvas *canvas, size_t shown,
			      int y, int rows)
{
	int span = span_of(c);

	for (size_t k = 0; k < c->n_screen; k++) {
		const struct passage *p =
			columns_laid_out(c, shown, c->column[c->screen[k]].at);
		int col = (int)k * span + 1;
		bool focus = shown == c->row && c->screen[k] == c->focus;

		if (k + 1 < c->n_screen)
			canvas_vline(canvas, y, col + span - 2, rows, STYLE_RULE);
		if (!p)
			continue;
		passage_draw(p, canvas, y, col, 0, p->rows, 0);
		if (focus) {
			draw_marker(canvas, y < 0 ? 0 : y, col - 1);
			put_cursor(canvas, p, y, col);
		}
	}
}

/* "= AFR ✓ ARB": those that say what a block says. */
static void draw_members(const struct columns *c, struct canvas *canvas, size_t shown, int y,
			 size_t lead)
{
	uint32_t row = c->shown[shown];
	int col = c->margin + 4;

	canvas_text(canvas, y, c->margin, STYLE_DIM, "=");
	for (size_t k = lead + 1; k < c->n_screen; k++) {
		size_t at = c->column[c->screen[k]].at;

		if (columns_lead(c, row, k) != lead)
			continue;
		if (shown == c->row && c->screen[k] == c->focus) {
			draw_marker(canvas, y, col - 1);
			canvas_cursor(canvas, y, col, CURSOR_BLOCK);
		}
		col += draw_name(c, canvas, y, col, c->cols - col, c->screen[k]);
		if (compare_at(&c->set->compare, row, at)->offered)
			col += canvas_text(canvas, y, col, STYLE_OK, " \xE2\x9C\x93");
		col += 2;
	}
}

static void draw_stacked(const struct columns *c, struct canvas *canvas, size_t shown, int y,
			 int rows)
{
	uint32_t row = c->shown[shown];
	int at = y;

	canvas_vline(canvas, y, c->margin + 2, rows, STYLE_RULE);
	for (size_t k = 0; k < c->n_screen; k++) {
		const struct passage *p =
			columns_laid_out(c, shown, c->column[c->screen[k]].at);
		bool focus = shown == c->row && c->screen[k] == c->focus, others = false;

		if (columns_lead(c, row, k) != k || !p || !p->bytes.len) {
			if (focus && columns_lead(c, row, k) == k)
				canvas_cursor(canvas, y, 0, CURSOR_BLOCK);
			continue;
		}
		draw_name(c, canvas, at, 1, c->margin, c->screen[k]);
		passage_draw(p, canvas, at, c->margin + 4, 0, p->rows, 0);
		if (focus) {
			draw_marker(canvas, at < 0 ? 0 : at, 0);
			put_cursor(canvas, p, at, c->margin + 4);
		}
		at += p->rows;
		for (size_t i = k + 1; i < c->n_screen; i++)
			others = others || columns_lead(c, row, i) == k;
		if (others)
			draw_members(c, canvas, shown, at++, k);
	}
}

static void draw_nothing(const struct columns *c, struct canvas *canvas)
{
	if (!c->set) {
		canvas_text(canvas, 2, 2, STYLE_DIM, _("Comparing the texts \xE2\x80\xA6"));
	} else if (c->set->too_much) {
		canvas_text(canvas, 2, 2, STYLE_WARN,
			    _("The texts are too much to be compared word by word."));
		canvas_textf(canvas, 3, 2, STYLE_DIM,
			     _("They come to %zu MB in all; cut them into parts."),
			     (c->set->too_much >> 20) + 1);
	} else if (c->set->n < 2) {
		canvas_text(canvas, 2, 2, STYLE_TEXT,
			    _("No region has a text of this draft yet."));
		canvas_textf(canvas, 3, 2, STYLE_DIM,
			     _("Put one at drafts/%s/AFR.md; F5 looks again."), c->doc->name);
	} else if (!c->n_visible) {
		canvas_text(canvas, 2, 2, STYLE_TEXT,
			    _("All columns are hidden: H shows them."));
	} else if (c->only) {
		canvas_text(canvas, 2, 2, STYLE_OK, _("Nothing differs."));
		canvas_text(canvas, 3, 2, STYLE_DIM, _("o shows all paragraphs."));
	} else {
		canvas_text(canvas, 2, 2, STYLE_DIM, _("The texts are empty."));
	}
}

void columns_draw(const struct view *v, struct canvas *canvas)
{
	const struct columns *c = (const struct columns *)v;
	struct area old;
	int y = -c->sub;

	if (!c->set || c->set->n < 2 || !c->n_shown || !c->n_screen) {
		draw_nothing(c, canvas);
		return;
	}
	if (c->is_stacked)
		draw_names(c, canvas);
	else
		draw_heads(c, canvas);
	draw_rule(c, canvas, 1);
	old = canvas_enter(canvas, (struct area){2, 0, c->rows, c->cols});
	for (size_t i = 0; i < c->n_heights; i++) {
		size_t r = c->top + i;
		int rows = c->heights[i];

		if (c->is_stacked)
			draw_stacked(c, canvas, r, y, rows - 1);
		else
			draw_side_by_side(c, canvas, r, y, rows - 1);
		y += rows;
		if (y - 1 < c->rows && r + 1 < c->n_shown)
			draw_rule(c, canvas, y - 1);
	}
	canvas_leave(canvas, old);
}

void columns_headline(const struct view *v, struct str *left, struct str *right)
{
	const struct columns *c = (const struct columns *)v;

	str_addf(left, _("%s \xC2\xB7 columns"), c->doc->name);
	if (!c->set)
		return;
	if (c->n_screen < c->n_visible && !c->zoom)
		str_addf(left,
			 n_(" \xC2\xB7 %zu of %zu text", " \xC2\xB7 %zu of %zu texts",
			    c->n_visible),
			 c->n_screen, c->n_visible);
	if (c->n_visible < c->set->n && !c->zoom)
		str_addf(left,
			 n_(" \xC2\xB7 %zu hidden", " \xC2\xB7 %zu hidden",
			    c->set->n - c->n_visible),
			 c->set->n - c->n_visible);
	if (c->job)
		str_add_text(right, _("comparing \xE2\x80\xA6"));
	else if (c->set->n > 1)
		str_addf(right,
			 n_("%zu paragraph differs from %s", "%zu paragraphs differ from %s",
			    c->different),
			 c->different, c->set->v[c->set->reference].name);
}

static void add_state(const struct columns *c, const struct compare_cell *x, struct str *out)
{
	const char *reference = c->set->v[c->set->reference].name;
	const char *own = c->column[c->focus].name;

	switch ((enum compare_state)x->state) {
	case COMPARE_SAME:
		if (columns_at(c) == c->set->reference)
			str_add_text(out, _("what the others are compared with"));
		else if (x->paragraph == COMPARE_NONE)
			str_addf(out, _("nothing here, as in %s"), reference);
		else
			str_addf(out, _("the same as %s"), reference);
		break;
	case COMPARE_CHANGED:
		str_addf(out, _("differs from %s"), reference);
		break;
	case COMPARE_ADDED:
		str_addf(out, _("new: %s has no such paragraph"), reference);
		break;
	case COMPARE_ABSENT:
		str_addf(out, _("%s leaves the paragraph out"), own);
		break;
	case COMPARE_MOVED:
		str_addf(out, _("moved: in %s it is paragraph %u"), reference,
			 passage_elsewhere(&c->set->compare, columns_row(c), columns_at(c)));
		break;
	case COMPARE_MOVED_AWAY:
		str_addf(out, _("moved: it is %s's paragraph %u"), own,
			 passage_elsewhere(&c->set->compare, columns_row(c), columns_at(c)));
		break;
	case COMPARE_FOREIGN:
		str_addf(out, _("in another language than %s: words are not compared"),
			 reference);
		break;
	}
	if (x->offered)
		str_addf(out, _(" \xC2\xB7 \xE2\x9C\x93 the draft offers it as %s's option"),
			 own);
}

void columns_status(const struct view *v, struct str *out)
{
	const struct columns *c = (const struct columns *)v;
	const struct compare_cell *x = columns_cell(c);

	if (!x)
		return;
	str_add_text(out, c->column[c->focus].name);
	if (x->paragraph != COMPARE_NONE)
		str_addf(out, " \xC2\xB6 %u",
			 c->set->compare.columns[columns_at(c)].v[x->paragraph].number);
	str_add_text(out, " \xC2\xB7 ");
	add_state(c, x, out);
}
