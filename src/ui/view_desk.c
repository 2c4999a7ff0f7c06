/* SPDX-License-Identifier: MIT */
#include "ui/view_desk.h"

#include "core/mem.h"
#include "desk_inner.h"
#include "ui/common.h"
#include "ui/consolidate_ask.h"
#include "ui/doc.h"
#include "ui/told.h"
#include "ui/tr.h"
#include "ui/who.h"

#include <stdlib.h>
#include <string.h>

static struct desk *desk_of(struct view *v)
{
	return (struct desk *)v;
}

const struct desk_row *desk_chosen(const struct desk *d)
{
	return d->chosen < d->n_shown ? &d->rows[d->shown[d->chosen]] : NULL;
}

/* ---- which rows are shown ---- */

void desk_go_to(struct desk *d, struct slice name)
{
	if (d->name && slice_is(name, d->name))
		return;
	free(d->name);
	d->name = slice_dup(name);
}

static void choose(struct desk *d, size_t i)
{
	const struct desk_row *r;

	d->chosen = i;
	r = desk_chosen(d);
	if (r)
		desk_go_to(d, slice_of(r->name));
}

/* Takes the host's rows; the draft that was chosen stays so. */
static void fetch(struct desk *d)
{
	size_t chosen = 0;

	d->n_rows = d->host->desk(d->host->data, &d->rows);
	d->n_shown = 0;
	for (size_t i = 0; i < d->n_rows; i++) {
		const struct desk_row *r = &d->rows[i];
		if (d->filter.len && !told_has(slice_of(r->name), str_slice(&d->filter)) &&
		    !told_has(slice_of(r->title ? r->title : ""), str_slice(&d->filter)))
			continue;
		if (d->name && strcmp(r->name, d->name) == 0)
			chosen = d->n_shown;
		MEM_GROW(d->shown, d->n_shown, d->cap_shown);
		d->shown[d->n_shown++] = i;
	}
	if (d->name && d->chosen < d->n_shown &&
	    strcmp(d->rows[d->shown[d->chosen]].name, d->name) == 0)
		return;
	/* One that is not shown yet, or not with this filter, is gone back to when it is. */
	d->chosen = chosen;
	if (!d->name)
		choose(d, chosen);
}

static void prepare(struct view *v, int rows, int cols)
{
	struct desk *d = desk_of(v);

	(void)cols;
	fetch(d);
	d->height = rows > 1 ? rows - 1 : 0;
	common_bring_into_sight(d->chosen, d->height, &d->top);
	if (d->top && d->top + (size_t)d->height > d->n_shown)
		d->top = d->n_shown > (size_t)d->height ? d->n_shown - (size_t)d->height : 0;
}

static void move(struct desk *d, int action)
{
	size_t to = d->chosen;

	common_move(action, d->height, d->n_shown, &to);
	choose(d, to);
}

/* ---- what can be done ---- */

/* The chosen draft is one that can be opened, as far as is known. */
static bool is_readable(const struct desk *d)
{
	const struct desk_row *r = desk_chosen(d);

	return r && r->state != DESK_UNREADABLE;
}

static bool has_texts(const struct desk_row *r)
{
	for (size_t i = 0; i < r->n_parties; i++)
		if (r->parties[i] & DESK_TEXT)
			return true;
	return false;
}

static bool can(const struct view *v, int action)
{
	const struct desk *d = (const struct desk *)v;
	const struct host_workspace *w = d->host->workspace(d->host->data);
	bool drafts = w->place != PLACE_NO_DRAFTS && w->place != PLACE_LOADING &&
		      w->place != PLACE_FAILED;

	switch (action) {
	case DESK_EDIT:
		return is_readable(d) && HOST_CAN(d->host, open_view);
	case DESK_CHAIR:
		return is_readable(d) && d->host->open_view && HOST_CAN(d->host, decide);
	case DESK_MATRIX:
		return is_readable(d) && d->host->open_view && HOST_CAN(d->host, positions);
	case DESK_COLUMNS:
		return is_readable(d) && d->host->open_view && HOST_CAN(d->host, texts);
	case DESK_LOG:
		return is_readable(d) && d->host->open_view && HOST_CAN(d->host, log_open);
	case DESK_LIFE:
	case DESK_PROGRESS:
		return is_readable(d) && d->host->open_view && HOST_CAN(d->host, lives_open);
	case DESK_OVERLAP:
		return d->n_rows > 1 && d->host->open_view && HOST_CAN(d->host, draft_text);
	case DESK_CONSOLIDATE:
		return is_readable(d) && has_texts(desk_chosen(d)) &&
		       HOST_CAN(d->host, consolidate);
	case DESK_EXPORT:
		return is_readable(d) && HOST_CAN(d->host, export);
	case DESK_NEW:
		return drafts && HOST_CAN(d->host, new_draft);
	case DESK_IMPORT:
		return drafts && HOST_CAN(d->host, import_open);
	case DESK_INIT:
		return (w->place == PLACE_NO_DRAFTS || w->place == PLACE_NO_GIT) &&
		       HOST_CAN(d->host, init);
	case DESK_HOOKS:
		return w->hooks_waiting && HOST_CAN(d->host, trust_hooks);
	case DESK_WHO:
		return HOST_CAN(d->host, set_setting);
	case DESK_SYNC:
		return w->place == PLACE_READY && HOST_CAN(d->host, sync) &&
		       !d->host->busy(d->host->data);
	case DESK_FILTER:
		return d->n_rows > 1 && !d->filter.len;
	case DESK_ALL:
		return d->filter.len > 0 && !desk_is_importing(d);
	default:
		return true;
	}
}

static void open_view(struct desk *d, const char *view)
{
	const struct desk_row *r = desk_chosen(d);
	struct error err = ERROR_INIT;

	if (!r)
		return;
	desk_tell(d, d->host->open_view(d->host->data, view, r->name, SIZE_MAX, &err), &err,
		  NULL);
}

/* The draft that a command names; false, said, where there is none such. */
static bool choose_named(struct desk *d, struct slice name)
{
	for (size_t i = 0; i < d->n_rows; i++) {
		if (!slice_is(name, d->rows[i].name))
			continue;
		desk_go_to(d, name);
		if (d->filter.len)
			desk_filter(d, SLICE(""));
		fetch(d);
		return true;
	}
	views_message(d->view.views, MESSAGE_ERROR, _("%.*s: no such draft here"),
		      name.len > 60 ? 60 : (int)name.len, name.p);
	return false;
}

/* By the action that opens it. */
static const char *const screens[] = {
	[DESK_EDIT] = "editor",     [DESK_CHAIR] = "chair",      [DESK_MATRIX] = "matrix",
	[DESK_COLUMNS] = "columns", [DESK_LOG] = "log",          [DESK_LIFE] = "life",
	[DESK_OVERLAP] = "overlap", [DESK_PROGRESS] = "progress"};

static bool act(struct view *v, int action, const struct key *key, struct slice arg)
{
	struct desk *d = desk_of(v);

	(void)key;
	if (arg.len && action <= DESK_LIFE && !choose_named(d, arg))
		return true;
	switch (action) {
	case DESK_EDIT:
	case DESK_CHAIR:
	case DESK_MATRIX:
	case DESK_COLUMNS:
	case DESK_LOG:
	case DESK_LIFE:
	case DESK_OVERLAP:
	case DESK_PROGRESS:
		open_view(d, screens[action]);
		return true;
	case DESK_CONSOLIDATE:
		if (desk_chosen(d))
			consolidate_ask(v->views, d->host, desk_chosen(d)->name);
		return true;
	case DESK_NEW:
	case DESK_IMPORT:
	case DESK_EXPORT:
	case DESK_FILTER:
		desk_ask(d, action, arg);
		return true;
	case DESK_ALL:
		desk_filter(d, SLICE(""));
		return true;
	case DESK_INIT:
	case DESK_HOOKS:
		desk_ask_yes_no(d, action);
		return true;
	case DESK_WHO:
		who_ask(v->views, d->host);
		return true;
	case DESK_SYNC:
		views_sync(v->views);
		return true;
	case DESK_REFRESH:
		d->host->desk_refresh(d->host->data);
		return true;
	case COMMON_UP:
	case COMMON_DOWN:
	case COMMON_PAGE_UP:
	case COMMON_PAGE_DOWN:
	case COMMON_HOME:
	case COMMON_END:
		move(d, action);
		return true;
	default:
		return false;
	}
}

static bool pointer(struct desk *d, const struct key *key)
{
	size_t row = d->chosen;
	bool opens;

	if (!common_point(key, d->top, d->n_shown, &row, &opens))
		return false;
	choose(d, row);
	if (opens && can(&d->view, DESK_EDIT))
		open_view(d, "editor");
	return true;
}

/* A draft that cannot be opened says why. */
static bool explain(struct desk *d, uint32_t code)
{
	const struct desk_row *r = desk_chosen(d);

	if (!r || is_readable(d) || (code != KEY_RETURN && code != 'c' && code != 'x'))
		return false;
	views_message(d->view.views, MESSAGE_WARN, "%s: %s", r->name, r->failure);
	return true;
}

static bool on_key(struct view *v, const struct key *key)
{
	if (key->code == KEY_ESCAPE && desk_is_importing(desk_of(v))) {
		desk_import_end(desk_of(v));
		views_message(v->views, MESSAGE_INFO, "%s",
			      _("Stopped; nothing was imported."));
		return true;
	}
	if (key->code == KEY_POINTER)
		return pointer(desk_of(v), key);
	return explain(desk_of(v), key->code);
}

static bool idle(struct view *v)
{
	return desk_import_step(desk_of(v));
}

static void shown(struct view *v)
{
	struct desk *d = desk_of(v);

	if (HOST_CAN(d->host, desk_refresh))
		d->host->desk_refresh(d->host->data);
	desk_import_shown(d);
}

static void status(const struct view *v, struct str *out)
{
	const struct desk *d = (const struct desk *)v;
	const struct host_workspace *w = d->host->workspace(d->host->data);

	if (desk_is_importing(d))
		str_addf(out, _("reading %s … Esc stops"), d->file);
	else if (w->advice && *w->advice && w->place != PLACE_NO_DRAFTS)
		str_add_text(out, w->advice);
	else if (w->journal_waiting)
		str_add_text(out,
			     _("unsaved work of an earlier session was found: ● marks it"));
	else if (w->hooks_waiting)
		str_add_text(out, _("this repository has hooks; they do not run unless you "
				    "trust them (T)"));
}

static void free_desk(struct view *v)
{
	struct desk *d = desk_of(v);

	free(d->shown);
	free(d->name);
	str_release(&d->filter);
	desk_import_end(d);
	free(d->file);
	free(d);
}

const struct view_ops view_desk_ops = {
	.name = "desk",
	.title = N_("Desk"),
	.about = N_(
		"All drafts of the workspace: choose one to edit it or to chair its points."),
	.actions = desk_actions,
	.common = desk_common,
	.prepare = prepare,
	.draw = desk_draw,
	.headline = desk_headline,
	.status = status,
	.below_rows = desk_below_rows,
	.draw_below = desk_draw_below,
	.can = can,
	.act = act,
	.key = on_key,
	.idle = idle,
	.shown = shown,
	.free = free_desk,
};

struct view *view_desk_new(const struct host *host)
{
	struct desk *d = mem_zalloc(sizeof(*d));

	d->view.ops = &view_desk_ops;
	d->host = host;
	return &d->view;
}
