/* SPDX-License-Identifier: MIT */
#include "ui/view_notice.h"

#include "core/mem.h"
#include "ui/common.h"
#include "ui/glyph.h"
#include "ui/theme.h"
#include "ui/tr.h"

#include <stdlib.h>
#include <string.h>

#define MARGIN  1
#define HANG    2   /* what a line goes on with below itself begins under its first word */
#define MEASURE 100 /* a longer line is hard to read */

enum { NOTICE_CLOSE = 1 };

static const struct action actions[] = {
	{.id = NOTICE_CLOSE,
	 .name = "close",
	 .keys = {KEY_RETURN, KEY_ESCAPE},
	 .label = N_("close"),
	 .help = N_("Go on where you were."),
	 .group = ACTION_SHOW,
	 .rank = 1},
	{0},
};

static const struct action *const common[] = {common_rows, common_ends, NULL};

/* A row of the screen: a part of a line. */
struct notice_row {
	size_t begin, end; /* bytes of the text */
	bool first;        /* of its line */
};

struct notice {
	struct view view;
	char *title;
	struct str text;
	struct notice_row *v;
	size_t n, cap;
	size_t top;
	int rows, cols;
};

static void lay_out(struct notice *t, int cols)
{
	struct slice all = str_slice(&t->text);
	int room = (cols < MEASURE ? cols : MEASURE) - 2 * MARGIN - HANG;

	t->n = 0;
	for (size_t at = 0; at < all.len;) {
		const char *lf = memchr(all.p + at, '\n', all.len - at);
		size_t end = lf ? (size_t)(lf - all.p) : all.len, begin = at;

		do {
			size_t len = glyph_fit(slice_make(all.p + at, end - at),
					       room > 1 ? room : 1);

			MEM_GROW(t->v, t->n, t->cap);
			t->v[t->n++] = (struct notice_row){at, at + len, at == begin};
			at += len;
		} while (at < end);
		at = end + 1;
	}
}

static void keep_in_sight(struct notice *t)
{
	size_t page = t->rows > 0 ? (size_t)t->rows : 1;

	if (t->top + page > t->n)
		t->top = t->n > page ? t->n - page : 0;
}

static void prepare(struct view *v, int rows, int cols)
{
	struct notice *t = (struct notice *)v;

	if (t->cols != cols)
		lay_out(t, cols);
	t->rows = rows;
	t->cols = cols;
	keep_in_sight(t);
}

static void draw(const struct view *v, struct canvas *c)
{
	const struct notice *t = (const struct notice *)v;

	for (int row = 0; row < c->window.rows && t->top + (size_t)row < t->n; row++) {
		const struct notice_row *r = &t->v[t->top + (size_t)row];

		if (r->first)
			canvas_text(c, row, MARGIN, STYLE_DIM, "\u00B7");
		canvas_put_cut(c, row, MARGIN + HANG, -1, STYLE_TEXT, t->text.p + r->begin,
			       r->end - r->begin);
	}
	canvas_cursor(c, 0, MARGIN, CURSOR_BLOCK);
}

static void headline(const struct view *v, struct str *left, struct str *right)
{
	const struct notice *t = (const struct notice *)v;
	size_t end = t->top + (size_t)t->rows;

	str_add_text(left, t->title);
	if ((size_t)t->rows < t->n)
		str_addf(right, _("lines %zu-%zu of %zu"), t->top + 1, end < t->n ? end : t->n,
			 t->n);
}

static bool act(struct view *v, int action, const struct key *key, struct slice arg)
{
	struct notice *t = (struct notice *)v;

	(void)key;
	(void)arg;
	switch (action) {
	case NOTICE_CLOSE:
		views_pop(v->views);
		return true;
	case COMMON_UP:
	case COMMON_DOWN:
	case COMMON_PAGE_UP:
	case COMMON_PAGE_DOWN:
	case COMMON_HOME:
	case COMMON_END:
		common_move(action, t->rows > 1 ? t->rows - 1 : 1, t->n, &t->top);
		keep_in_sight(t);
		return true;
	default:
		return false;
	}
}

static bool on_key(struct view *v, const struct key *key)
{
	struct notice *t = (struct notice *)v;

	if (key->code != KEY_POINTER || key->pointer.kind != POINTER_WHEEL)
		return false;
	common_go(key->pointer.button * 3, t->n, &t->top);
	keep_in_sight(t);
	return true;
}

static void free_notice(struct view *v)
{
	struct notice *t = (struct notice *)v;

	free(t->title);
	free(t->v);
	str_release(&t->text);
	free(t);
}

const struct view_ops view_notice_ops = {
	.name = "notice",
	.title = N_("What there is to know"),
	.about = N_("What takes more lines to say than a message has."),
	.actions = actions,
	.common = common,
	.prepare = prepare,
	.draw = draw,
	.headline = headline,
	.act = act,
	.key = on_key,
	.free = free_notice,
};

struct view *view_notice_new(const char *title, struct slice text)
{
	struct notice *t = mem_zalloc(sizeof(*t));

	t->view.ops = &view_notice_ops;
	t->title = mem_strdup(title);
	str_add_slice(&t->text, text);
	return &t->view;
}
