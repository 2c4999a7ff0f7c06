/* SPDX-License-Identifier: MIT */
#include "ui/view_diff.h"

#include "core/mem.h"
#include "ui/diff_inner.h"
#include "ui/told.h"
#include "ui/tr.h"

#include <stdlib.h>
#include <string.h>

enum {
	DIFF_NEXT = 1,
	DIFF_PREVIOUS,
	DIFF_FIRST,
	DIFF_LAST,
	DIFF_UP,
	DIFF_DOWN,
	DIFF_PAGE_UP,
	DIFF_PAGE_DOWN
};

static const struct action actions[] = {
	{.id = DIFF_NEXT,
	 .name = "next",
	 .keys = {'n', ']', ' ', FN_KEY(8)},
	 .label = N_("next change"),
	 .help = N_("Go to the next change."),
	 .group = ACTION_MOVE,
	 .rank = 1},
	{.id = DIFF_PREVIOUS,
	 .name = "previous",
	 .keys = {'p', '[', FN_KEY(7)},
	 .label = N_("previous"),
	 .help = N_("Go to the previous change."),
	 .group = ACTION_MOVE,
	 .rank = 2},
	{.id = DIFF_FIRST,
	 .name = "first",
	 .keys = {KEY_LINE_HOME, 'g'},
	 .help = N_("Go to the first change."),
	 .group = ACTION_MOVE},
	{.id = DIFF_LAST,
	 .name = "last",
	 .keys = {KEY_LINE_END, 'G'},
	 .help = N_("Go to the last change."),
	 .group = ACTION_MOVE},
	{.id = DIFF_UP,
	 .name = "up",
	 .keys = {KEY_ARROW_UP, 'k'},
	 .help = N_("Show what is above."),
	 .group = ACTION_MOVE},
	{.id = DIFF_DOWN,
	 .name = "down",
	 .keys = {KEY_ARROW_DOWN, 'j'},
	 .help = N_("Show what is below."),
	 .group = ACTION_MOVE},
	{.id = DIFF_PAGE_UP,
	 .name = "page-up",
	 .keys = {KEY_PAGE_UP},
	 .help = N_("Go one screen up."),
	 .group = ACTION_MOVE},
	{.id = DIFF_PAGE_DOWN,
	 .name = "page-down",
	 .keys = {KEY_PAGE_DOWN},
	 .help = N_("Go one screen down."),
	 .group = ACTION_MOVE},
	{0},
};

static struct diff_view *diff_of(struct view *v)
{
	return (struct diff_view *)v;
}

/* ---- what is in sight ---- */

static bool is_in_sight(const struct diff_view *dv, size_t stop)
{
	int row = dv->stops[stop].row - dv->top;

	return row >= 0 && row < dv->rows;
}

static void keep_on_page(struct diff_view *dv)
{
	/* The last blank row need not be seen. */
	int most = dv->page.rows - 1 - dv->rows;

	if (dv->top > most)
		dv->top = most;
	if (dv->top < 0)
		dv->top = 0;
}

/* A third down the page; with its paragraph's head where there is room. */
static void bring_into_sight(struct diff_view *dv)
{
	const struct diff_stop *s = &dv->stops[dv->stop];
	int row = s->row - dv->top, head = dv->items[s->item].row;

	if (row >= 1 && row + 1 < dv->rows)
		return;
	dv->top = s->row - dv->rows / 3;
	if (head < dv->top && s->row - head < dv->rows - 1)
		dv->top = head;
	keep_on_page(dv);
}

static void prepare(struct view *v, int rows, int cols)
{
	struct diff_view *dv = diff_of(v);

	if (dv->laid_out && dv->rows == rows && dv->cols == cols)
		return;
	dv->rows = rows;
	dv->cols = cols;
	dv->laid_out = true;
	diff_lay_out(dv);
	if (dv->n_stops)
		bring_into_sight(dv);
}

/* ---- moving ---- */

static void go_to(struct diff_view *dv, size_t stop)
{
	dv->stop = stop;
	bring_into_sight(dv);
}

static void step(struct diff_view *dv, bool next)
{
	size_t n = dv->n_stops;
	bool turned = next ? dv->stop + 1 == n : dv->stop == 0;

	go_to(dv, next ? (dv->stop + 1) % n : (dv->stop + n - 1) % n);
	if (turned && n > 1)
		views_message(dv->view.views, MESSAGE_INFO, "%s",
			      next ? _("From the last change to the first.")
				   : _("From the first change to the last."));
	else if (turned)
		views_message(dv->view.views, MESSAGE_INFO, "%s", _("It is the only change."));
}

/* The focus goes along with the page; where no change would be in sight, on to the next one. */
static void scroll(struct diff_view *dv, int rows)
{
	bool down = rows > 0;

	dv->top += rows;
	keep_on_page(dv);
	if (is_in_sight(dv, dv->stop))
		return;
	if (down)
		while (dv->stop + 1 < dv->n_stops && dv->stops[dv->stop].row < dv->top)
			dv->stop++;
	else
		while (dv->stop > 0 && dv->stops[dv->stop].row >= dv->top + dv->rows)
			dv->stop--;
	if (is_in_sight(dv, dv->stop))
		return;
	dv->top = down ? dv->stops[dv->stop].row - dv->rows + 1 : dv->stops[dv->stop].row;
	/* Past the last one, or before the first, there is nothing to see. */
	if (down && dv->stops[dv->stop].row < dv->top)
		dv->top = dv->stops[dv->stop].row;
	keep_on_page(dv);
}

/* ---- the view ---- */

static bool can(const struct view *v, int action)
{
	(void)action;
	return ((const struct diff_view *)v)->n_stops > 0;
}

static bool act(struct view *v, int action, const struct key *key, struct slice arg)
{
	struct diff_view *dv = diff_of(v);

	(void)key;
	(void)arg;
	switch (action) {
	case DIFF_NEXT:
	case DIFF_PREVIOUS:
		step(dv, action == DIFF_NEXT);
		return true;
	case DIFF_FIRST:
	case DIFF_LAST:
		go_to(dv, action == DIFF_FIRST ? 0 : dv->n_stops - 1);
		return true;
	case DIFF_UP:
	case DIFF_DOWN:
		scroll(dv, action == DIFF_UP ? -1 : 1);
		return true;
	case DIFF_PAGE_UP:
	case DIFF_PAGE_DOWN:
		scroll(dv, action == DIFF_PAGE_UP ? 1 - dv->rows : dv->rows - 1);
		return true;
	default:
		return false;
	}
}

static bool on_key(struct view *v, const struct key *key)
{
	struct diff_view *dv = diff_of(v);

	if (key->code != KEY_POINTER || key->pointer.kind != POINTER_WHEEL || !dv->n_stops)
		return false;
	scroll(dv, key->pointer.button * 3);
	return true;
}

static void shown(struct view *v)
{
	diff_of(v)->laid_out = false; /* a setting may be another one */
}

static void free_diff(struct view *v)
{
	struct diff_view *dv = diff_of(v);

	prose_release(&dv->page);
	doc_free(dv->shown);
	diff_release(&dv->diff);
	free(dv->items);
	free(dv->tints);
	free(dv->stops);
	parties_release(&dv->parties);
	str_release(&dv->old);
	str_release(&dv->new);
	str_release(&dv->message);
	str_release(&dv->decision);
	free(dv->name);
	free(dv->label);
	free(dv);
}

const struct view_ops view_diff_ops = {
	.name = "diff",
	.title = N_("What changed"),
	.about = N_("What a version changed, word by word, with what was decided there."),
	.actions = actions,
	.prepare = prepare,
	.draw = diff_draw,
	.headline = diff_headline,
	.status = diff_status,
	.can = can,
	.act = act,
	.key = on_key,
	.shown = shown,
	.free = free_diff,
};

struct view *view_diff_new(const struct host *host, const struct diff_ask *ask)
{
	struct diff_view *dv = mem_zalloc(sizeof(*dv));

	dv->view.ops = &view_diff_ops;
	dv->host = host;
	dv->name = mem_strdup(ask->name);
	dv->label = mem_strdup(ask->label);
	str_add_slice(&dv->old, ask->old);
	str_add_slice(&dv->new, ask->new);
	str_add_slice(&dv->message, ask->message);
	parties_copy(&dv->parties, host->parties(host->data));
	prose_init(&dv->page);
	message_parse(str_slice(&dv->message), &dv->record);
	told_record(&dv->decision, &dv->record);
	diff_make_text(dv);
	return &dv->view;
}
