/* SPDX-License-Identifier: MIT */
#include "ui/view_help.h"

#include "core/mem.h"
#include "core/utf8.h"
#include "ui/common.h"
#include "ui/keymap.h"
#include "ui/theme.h"
#include "ui/tr.h"

#include <stdlib.h>
#include <string.h>
#include <unicase.h>

#define KEYS_COL       3
#define KEYS_COLS      16
#define KEYS_COLS_WIDE 19 /* on screens wide enough for it */
#define NAME_COLS      18 /* the command's name, on those too */
#define WIDE           96

enum { HELP_RUN = 1, HELP_CLOSE };

static const struct action actions[] = {
	{.id = HELP_RUN,
	 .name = "run",
	 .keys = {KEY_RETURN},
	 .label = N_("do it"),
	 .help = N_("Close this list and do what is marked."),
	 .group = ACTION_SHOW,
	 .rank = 1},
	{.id = HELP_CLOSE,
	 .name = "close",
	 .keys = {KEY_ESCAPE, FN_KEY(1), CTRL_KEY('q')},
	 .label = N_("close"),
	 .help = N_("Close this list."),
	 .group = ACTION_SHOW,
	 .rank = 2},
	{0},
};

static const struct action *const common[] = {common_rows, common_ends, NULL};

/* A row of the list: an entry, or a group's heading. */
struct row {
	const char
		*heading; /* untranslated; NULL: an entry, or the blank row before a heading */
	size_t entry;     /* SIZE_MAX: none */
};

struct view_help {
	struct view view;
	const struct view *of;
	struct keymap_entry *entries;
	size_t n_entries;
	struct str filter;
	struct row *rows;
	size_t n_rows, cap_rows;
	size_t chosen; /* row */
	size_t top;    /* first row in sight */
	int height, cols;
};

static bool shows(const struct view_help *h, const struct action *a)
{
	struct str all = STR_INIT;
	uint8_t *text, *part;
	size_t text_len, part_len;
	bool found;

	action_keys(a, ACTION_ALL_KEYS, &all);
	str_addf(&all, " %s %s", a->name, _(a->help));
	text = u8_casefold((const uint8_t *)all.p, all.len, NULL, NULL, NULL, &text_len);
	part = u8_casefold((const uint8_t *)(h->filter.p ? h->filter.p : ""), h->filter.len,
			   NULL, NULL, NULL, &part_len);
	found = text && part && memmem(text, text_len, part, part_len) != NULL;
	free(text);
	free(part);
	str_release(&all);
	return found || h->filter.len == 0;
}

static void add_row(struct view_help *h, const char *heading, size_t entry)
{
	MEM_GROW(h->rows, h->n_rows, h->cap_rows);
	h->rows[h->n_rows++] = (struct row){heading, entry};
}

static bool is_entry(const struct view_help *h, size_t row)
{
	return row < h->n_rows && h->rows[row].entry != SIZE_MAX;
}

static void make_rows(struct view_help *h)
{
	int group = -1;

	h->n_rows = 0;
	for (size_t i = 0; i < h->n_entries; i++) {
		const struct action *a = h->entries[i].action;

		if (!shows(h, a))
			continue;
		if ((int)a->group != group) {
			if (h->n_rows)
				add_row(h, NULL, SIZE_MAX);
			add_row(h, action_group_title(a->group), SIZE_MAX);
		}
		group = (int)a->group;
		add_row(h, NULL, i);
	}
	h->chosen = 0;
	while (h->chosen < h->n_rows && !is_entry(h, h->chosen))
		h->chosen++;
	h->top = 0;
}

/* To the entry `step` rows on, or the last one on the way. */
static void move(struct view_help *h, int step)
{
	size_t left = (size_t)abs(step), row = h->chosen;

	while (left > 0) {
		if (step < 0 ? row == 0 : row + 1 >= h->n_rows)
			break;
		row += step < 0 ? (size_t)-1 : 1;
		if (left > 1)
			left--;
		else if (is_entry(h, row))
			left = 0;
	}
	while (step < -1 && row < h->n_rows && !is_entry(h, row))
		row++; /* a page may end at a heading */
	if (is_entry(h, row))
		h->chosen = row;
	else if (step < 0)
		h->top = 0; /* the first heading comes into sight */
}

static int keys_cols(int cols)
{
	return cols >= WIDE ? KEYS_COLS_WIDE : KEYS_COLS;
}

static int help_col(int cols)
{
	return KEYS_COL + keys_cols(cols) + 1;
}

/* Appends the keys, whole ones only, as many as there is room for. False: not all of them. */
static bool fit_keys(const struct view_help *h, const struct action *a, int room,
		     struct str *out)
{
	bool all = true;

	action_keys(a,
		    ACTION_ALL_KEYS | (h->of->ops->flags & VIEW_TEXT ? ACTION_NO_LETTERS : 0),
		    out);
	while (canvas_columns(out->p, out->len) > room) {
		size_t comma = out->len > 1 ? out->len - 1 : 0;

		while (comma > 0 && memcmp(out->p + comma - 1, ", ", 2) != 0)
			comma--;
		if (!comma)
			return false;
		str_truncate(out, comma - 1);
		all = false;
	}
	return all;
}

/* Columns to the end of the sentences; beyond it are the names, where there is room. */
static int help_end(int cols)
{
	return cols >= WIDE ? cols - NAME_COLS - 2 : cols - 1;
}

/* What has no room in the list is said below it, for the chosen one. */
static void status(const struct view *v, struct str *out)
{
	const struct view_help *h = (const struct view_help *)v;
	const struct keymap_entry *e;
	struct str keys = STR_INIT;
	const char *help;
	bool all;

	if (!is_entry(h, h->chosen))
		return;
	e = &h->entries[h->rows[h->chosen].entry];
	help = _(e->action->help);
	all = fit_keys(h, e->action, keys_cols(h->cols), &keys);
	if (!all) {
		fit_keys(h, e->action, h->cols, out);
		str_add_text(out, ": ");
	}
	if (!all || canvas_columns(help, strlen(help)) > help_end(h->cols) - help_col(h->cols))
		str_addf(out, e->can ? "%s" : _("%s (not now)"), help);
	str_release(&keys);
}

/* Rows of the list that a long status lies over, at most. */
static int covered(const struct view_help *h)
{
	struct str text = STR_INIT;
	int cols;

	status(&h->view, &text);
	cols = canvas_columns(text.p, text.len);
	str_release(&text);
	return cols <= h->cols - 6 ? 0 : 1 + cols / (h->cols - 12);
}

static void prepare(struct view *v, int rows, int cols)
{
	struct view_help *h = (struct view_help *)v;

	h->cols = cols;
	h->height = rows;
	rows -= covered(h);
	if (h->chosen < h->top)
		h->top = h->chosen;
	/* A first entry is shown under its heading. */
	while (h->top > 0 && !is_entry(h, h->top - 1) &&
	       h->chosen + 2 < h->top + (size_t)rows && h->chosen - h->top < 2)
		h->top--;
	if (rows > 0 && h->chosen >= h->top + (size_t)rows)
		h->top = h->chosen - (size_t)rows + 1;
}

static void draw_entry(const struct view_help *h, struct canvas *c, int row, size_t index)
{
	const struct keymap_entry *e = &h->entries[h->rows[index].entry];
	bool chosen = index == h->chosen;
	uint32_t style = !e->can ? STYLE_DIM : STYLE_TEXT;
	int cols = c->window.cols, begin = help_col(cols), end = help_end(cols), used;
	struct str keys = STR_INIT;

	fit_keys(h, e->action, keys_cols(cols), &keys);
	if (chosen) {
		canvas_text(c, row, 1, STYLE_ACCENT, "\u25B8");
		canvas_cursor(c, row, 1, CURSOR_BLOCK);
		style |= STYLE_STRONG;
	}
	if (keys.len == 0)
		str_addf(&keys, ":%s", e->action->name);
	canvas_put_cut(c, row, KEYS_COL, keys_cols(cols), e->can ? STYLE_KEY : STYLE_DIM,
		       keys.p, keys.len);
	used = begin + canvas_put_cut(c, row, begin, end - begin, style, _(e->action->help),
				      strlen(_(e->action->help)));
	if (!e->can && used + 2 < end)
		canvas_put_cut(c, row, used + 1, end - used - 1, STYLE_DIM, _("(not now)"),
			       strlen(_("(not now)")));
	if (cols >= WIDE)
		canvas_put_cut(c, row, end + 1, NAME_COLS, STYLE_DIM, e->action->name,
			       strlen(e->action->name));
	str_release(&keys);
}

static void draw(const struct view *v, struct canvas *c)
{
	const struct view_help *h = (const struct view_help *)v;

	if (h->n_rows == 0)
		canvas_text(c, 1, KEYS_COL, STYLE_PLACEHOLDER,
			    _("No key here has these letters. Backspace takes one away."));
	for (int row = 0; row < c->window.rows && h->top + (size_t)row < h->n_rows; row++) {
		size_t index = h->top + (size_t)row;

		if (h->rows[index].heading)
			canvas_text(c, row, 1, STYLE_HEADING, _(h->rows[index].heading));
		else if (is_entry(h, index))
			draw_entry(h, c, row, index);
	}
}

static void headline(const struct view *v, struct str *left, struct str *right)
{
	const struct view_help *h = (const struct view_help *)v;

	str_addf(left, _("Keys \u00B7 %s"), _(h->of->ops->title));
	if (h->filter.len) {
		str_add_text(right, _("with: "));
		str_add_slice(right, str_slice(&h->filter));
	} else {
		str_add_text(right, _("type to narrow the list"));
	}
}

static bool can(const struct view *v, int action)
{
	const struct view_help *h = (const struct view_help *)v;

	if (action == HELP_RUN)
		return is_entry(h, h->chosen) && h->entries[h->rows[h->chosen].entry].can;
	return true;
}

static void run(struct view_help *h)
{
	const struct action *a = h->entries[h->rows[h->chosen].entry].action;
	struct views *vs = h->view.views;
	struct key none = key_of(KEY_NONE);

	views_pop(vs);
	views_do(vs, a, &none, slice_make("", 0));
}

static bool act(struct view *v, int action, const struct key *key, struct slice arg)
{
	struct view_help *h = (struct view_help *)v;

	(void)key;
	(void)arg;
	switch (action) {
	case COMMON_UP:
	case COMMON_DOWN:
	case COMMON_PAGE_UP:
	case COMMON_PAGE_DOWN:
		move(h, (int)common_step(action, h->height > 1 ? h->height - 1 : 1));
		return true;
	case COMMON_HOME:
	case COMMON_END:
		move(h, action == COMMON_HOME ? -(int)h->n_rows : (int)h->n_rows);
		return true;
	case HELP_RUN:
		run(h);
		return true;
	case HELP_CLOSE:
		views_pop(h->view.views);
		return true;
	default:
		return false;
	}
}

static bool pointer(struct view_help *h, const struct pointer *p)
{
	size_t row = h->top + (size_t)p->row;

	if (p->kind == POINTER_WHEEL) {
		move(h, p->button * 3);
		return true;
	}
	if (p->kind != POINTER_PRESS || p->button != 1 || !is_entry(h, row))
		return false;
	h->chosen = row;
	if (p->clicks == 2 && can(&h->view, HELP_RUN))
		run(h);
	return true;
}

static bool take_key(struct view *v, const struct key *key)
{
	struct view_help *h = (struct view_help *)v;
	char buf[4];
	uint32_t cp;

	if ((key->code & KEY_BASE) == KEY_POINTER)
		return pointer(h, &key->pointer);
	if (key->code == KEY_ERASE && h->filter.len > 0)
		str_truncate(&h->filter,
			     h->filter.len - utf8_decode_back(h->filter.p, h->filter.len, &cp));
	else if (key_is_text(key))
		str_add(&h->filter, buf, utf8_encode(key->code, buf));
	else
		return false;
	make_rows(h);
	return true;
}

static void free_help(struct view *v)
{
	struct view_help *h = (struct view_help *)v;

	free(h->entries);
	free(h->rows);
	str_release(&h->filter);
	free(h);
}

const struct view_ops view_help_ops = {
	.name = "help",
	.title = N_("Keys"),
	.about = N_(
		"All keys of the screen below; the one that is marked can be done from here."),
	.actions = actions,
	.common = common,
	.flags = VIEW_TEXT,
	.prepare = prepare,
	.draw = draw,
	.headline = headline,
	.status = status,
	.can = can,
	.act = act,
	.key = take_key,
	.free = free_help,
};

struct view *view_help_new(const struct view *of)
{
	struct view_help *h = mem_zalloc(sizeof *h);

	h->view.ops = &view_help_ops;
	h->of = of;
	h->n_entries = keymap_list(of, &h->entries);
	make_rows(h);
	return &h->view;
}
