/* SPDX-License-Identifier: MIT */
#include "ui/glyph.h"
#include "ui/keymap.h"
#include "ui/theme.h"
#include "ui/tr.h"
#include "ui/view_inner.h"

#include <string.h>

#define MESSAGE_ROWS 4 /* at most; what is longer is cut */
#define BODY_LEAST   4 /* rows the body keeps before anything below it goes */

/* ---- Rows that are drawn again as they were ---- */

/* Whether it was drawn from the same, and is put so; otherwise that is noted. */
static bool put_kept(struct frame_row *r, struct canvas *c, int row, struct slice from)
{
	if (r->strip.number && r->strip.cols == c->window.cols && r->reorder == c->reorder &&
	    slice_equal(str_slice(&r->from), from)) {
		canvas_put_strip(c, row, 0, &r->strip);
		return true;
	}
	str_clear(&r->from);
	str_add_slice(&r->from, from);
	r->reorder = c->reorder;
	return false;
}

static void keep(struct frame_row *r, struct canvas *c, int row)
{
	canvas_keep(c, row, 0, c->window.cols, &r->strip);
}

void frame_row_release(struct frame_row *r)
{
	str_release(&r->from);
	strip_release(&r->strip);
	*r = (struct frame_row){.reorder = false};
}

/* ---- The frame ---- */

/* Puts text in lines of cols columns; returns how many it needs (draws none with c NULL). */
static int put_lines(struct canvas *c, int row, int col, int cols, int most, uint32_t style,
		     struct slice text)
{
	int n = 0;

	while (text.len > 0 && n < most) {
		size_t len = n + 1 == most ? text.len : glyph_fit(text, cols);

		if (c)
			canvas_put_cut(c, row + n, col, cols, style, text.p, len);
		text = slice_make(text.p + len, text.len - len);
		n++;
	}
	return n;
}

static void draw_too_small(const struct views *vs, struct canvas *c)
{
	struct str text = STR_INIT;

	(void)vs;
	str_addf(&text, _("adref needs %d columns and %d rows; there are %d and %d."),
		 VIEWS_MIN_COLS, VIEWS_MIN_ROWS, c->cols, c->rows);
	put_lines(c, 0, 0, c->cols, c->rows, STYLE_TEXT, str_slice(&text));
	canvas_cursor(c, 0, 0, CURSOR_BLOCK);
	str_release(&text);
}

/* Half a number misleads: what has no room goes item by item, from the last on. */
static void drop_items(struct str *line, int cols)
{
	static const char dot[] = " \xC2\xB7 ";
	const char *last;

	while (line->len && canvas_columns(line->p, line->len) > cols) {
		last = NULL;
		for (const char *p = line->p;
		     (p = memmem(p, line->len - (size_t)(p - line->p), dot, strlen(dot))); p++)
			last = p;
		if (!last)
			return;
		str_truncate(line, (size_t)(last - line->p));
	}
}

static void put_title(struct canvas *c, struct slice left, struct str *right)
{
	int cols = c->window.cols, end = cols - 1, room;

	room = canvas_columns(left.p, left.len);
	/* Where you are comes first; counts give way to it, but for a third of the line. */
	if (room > cols * 2 / 3)
		room = cols * 2 / 3;
	drop_items(right, end - room - 3);
	if (canvas_columns(right->p, right->len) <= end - room - 3)
		end = canvas_put_right(c, 0, end, STYLE_DIM, right->p, right->len);
	else if (right->len)
		end -= canvas_put_cut(c, 0, room + 3, end - room - 3, STYLE_DIM, right->p,
				      right->len);
	canvas_put_cut(c, 0, 1, end - 2, STYLE_TITLE, left.p, left.len);
}

static void draw_title(struct views *vs, const struct view *v, struct canvas *c)
{
	struct str left = STR_INIT, right = STR_INIT;
	size_t len;

	if (v->ops->headline)
		v->ops->headline(v, &left, &right);
	else
		str_add_text(&left, _(v->ops->title));
	/* A NUL parts the two, and both are text. */
	len = left.len;
	str_add_char(&left, '\0');
	str_add_slice(&left, str_slice(&right));
	if (!put_kept(&vs->title, c, 0, str_slice(&left))) {
		put_title(c, slice_make(left.p, len), &right);
		keep(&vs->title, c, 0);
	}
	str_release(&left);
	str_release(&right);
}

static uint32_t message_style(enum views_message_kind kind)
{
	static const uint32_t styles[] = {[MESSAGE_INFO] = STYLE_TEXT,
					  [MESSAGE_OK] = STYLE_OK,
					  [MESSAGE_WARN] = STYLE_WARN,
					  [MESSAGE_ERROR] = STYLE_ERROR};

	return styles[kind];
}

/* What is to be said within the lower rule; returns its style. */
static uint32_t rule_status(const struct views *vs, const struct view *v, struct str *status)
{
	bool loud = vs->kind == MESSAGE_WARN || vs->kind == MESSAGE_ERROR;

	if (vs->message.len) {
		str_addf(status, "%s", loud ? "! " : "");
		str_add_slice(status, str_slice(&vs->message));
		return message_style(vs->kind);
	}
	if (v->ops->status)
		v->ops->status(v, status);
	return STYLE_DIM;
}

/* The lower rule: a thin line with what is to be said within it. Returns how many rows. */
static int put_rule(struct canvas *c, int row, struct slice progress, uint32_t style,
		    struct slice status)
{
	int cols = c->window.cols, end = cols - 1, col = 2, lines;

	canvas_hline(c, row, 0, cols, STYLE_RULE);
	if (progress.len) {
		end = canvas_put_right(c, row, end - 1, STYLE_DIM, progress.p, progress.len);
		canvas_text(c, row, end - 1, STYLE_RULE, " ");
		canvas_text(c, row, cols - 2, STYLE_RULE, " ");
		end -= 2;
	}
	lines = put_lines(NULL, 0, 0, end - col - 2, MESSAGE_ROWS, style, status);
	if (lines == 1) {
		canvas_text(c, row, col - 1, STYLE_RULE, " ");
		col += canvas_put_cut(c, row, col, end - col - 1, style, status.p, status.len);
		canvas_text(c, row, col, STYLE_RULE, " ");
	} else if (lines > 1 && row > MESSAGE_ROWS) {
		lines = put_lines(NULL, 0, 0, cols - 2, MESSAGE_ROWS, style, status);
		canvas_hline(c, row - lines, 0, cols, STYLE_RULE);
		canvas_fill(c, (struct area){row - lines + 1, 0, lines, cols}, STYLE_TEXT);
		put_lines(c, row - lines + 1, 1, cols - 2, MESSAGE_ROWS, style, status);
		return 1 + lines;
	}
	return 1;
}

static void draw_rule(struct views *vs, const struct view *v, struct canvas *c, int row)
{
	struct str status = STR_INIT;
	uint32_t style = rule_status(vs, v, &status);
	size_t len = status.len;

	str_add(&status, "", 1);
	str_add(&status, &style, sizeof style);
	str_add_slice(&status, str_slice(&vs->progress));
	if (!put_kept(&vs->rule, c, row, str_slice(&status))) {
		int rows = put_rule(c, row, str_slice(&vs->progress), style,
				    slice_make(status.p, len));

		keep(&vs->rule, c, row);
		if (rows > 1)
			vs->rule.strip.number = 0;
	}
	str_release(&status);
}

static void draw_frame(struct views *vs, struct view *v, struct canvas *c)
{
	int rows = c->rows, cols = c->cols;
	int top = v->ops->flags & VIEW_NO_TOP_RULE ? 1 : 2;
	int below = v->ops->below_rows ? v->ops->below_rows(v, rows, cols) : 0;
	struct area whole;

	if (below > rows - top - 2 - BODY_LEAST)
		below = rows - top - 2 - BODY_LEAST;
	if (below < 0)
		below = 0;
	vs->body = (struct area){top, 0, rows - top - 2 - below, cols};
	v->ops->prepare(v, vs->body.rows, vs->body.cols);
	vs->stale = false;
	if (top == 2)
		canvas_hline(c, 1, 0, cols, STYLE_RULE);
	whole = canvas_enter(c, vs->body);
	v->ops->draw(v, c);
	canvas_leave(c, whole);
	draw_title(vs, v, c);
	if (below > 0 && v->ops->draw_below) {
		canvas_enter(c, (struct area){rows - 1 - below, 0, below, cols});
		v->ops->draw_below(v, c);
		canvas_leave(c, whole);
	}
	draw_rule(vs, v, c, rows - 2 - below);
	keymap_draw_footer(v, &vs->footer, c, rows - 1, cols);
}

void views_draw(struct views *vs, struct canvas *c)
{
	struct view *v = views_top(vs);

	vs->dirty = false;
	if (!v || c->rows == 0 || c->cols == 0) {
		canvas_clear(c);
		return;
	}
	canvas_begin(c);
	vs->too_small = c->rows < VIEWS_MIN_ROWS || c->cols < VIEWS_MIN_COLS;
	if (vs->too_small) {
		vs->body = (struct area){0, 0, 0, 0};
		draw_too_small(vs, c);
	} else {
		draw_frame(vs, v, c);
		if (prompt_is_open(vs->prompt))
			prompt_draw(vs->prompt, c);
	}
	canvas_end(c);
}
