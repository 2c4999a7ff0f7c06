/* SPDX-License-Identifier: MIT */
#include "ui/view_log.h"

#include "core/mem.h"
#include "ui/common.h"
#include "ui/log_inner.h"
#include "ui/tr.h"

#include <stdlib.h>
#include <string.h>

static struct log_view *log_of(struct view *v)
{
	return (struct log_view *)v;
}

const struct host_version *log_chosen(const struct log_view *lv)
{
	return lv->chosen < lv->n_shown ? &lv->log->v[lv->shown[lv->chosen]] : NULL;
}

bool log_is_running(const struct log_view *lv)
{
	return !lv->begun || (lv->log && !lv->log->ended);
}

const char *log_title(const struct log_view *lv)
{
	return lv->name ? lv->name : _("all drafts");
}

struct slice log_subject(const struct host_version *v)
{
	const char *end = v->message.len ? memchr(v->message.p, '\n', v->message.len) : NULL;

	return end ? slice_make(v->message.p, (size_t)(end - v->message.p)) : v->message;
}

/* ---- which versions are shown ---- */

static void look(struct log_view *lv)
{
	for (; lv->log && lv->looked < lv->log->n; lv->looked++) {
		if (!log_filter_passes(&lv->filters, &lv->log->v[lv->looked]))
			continue;
		MEM_GROW(lv->shown, lv->n_shown, lv->cap_shown);
		lv->shown[lv->n_shown++] = lv->looked;
		/* What was chosen before the list began anew. */
		if (lv->wanted && strcmp(lv->wanted, lv->log->v[lv->looked].id) == 0) {
			lv->chosen = lv->n_shown - 1;
			free(lv->wanted);
			lv->wanted = NULL;
		}
	}
}

static void prepare(struct view *v, int rows, int cols)
{
	struct log_view *lv = log_of(v);

	(void)cols;
	look(lv);
	lv->height = rows > 1 ? rows - 1 : 0;
	if (lv->chosen >= lv->n_shown)
		lv->chosen = lv->n_shown ? lv->n_shown - 1 : 0;
	common_bring_into_sight(lv->chosen, lv->height, &lv->top);
}

void log_settle(struct log_view *lv)
{
	free(lv->wanted);
	lv->wanted = NULL;
}

/* The version that was chosen when the filter was asked for stays so where it passes, whatever
 * passed while it was typed. */
static void filter_typed(void *arg, struct slice text)
{
	struct log_view *lv = arg;

	str_clear(&lv->filter);
	str_add_slice(&lv->filter, text);
	log_filter_read(&lv->filters, text);
	lv->n_shown = lv->looked = lv->top = lv->chosen = 0;
	look(lv);
	for (size_t i = 0; i < lv->n_shown; i++)
		if (lv->shown[i] == lv->kept)
			lv->chosen = i;
}

static void keep_chosen(struct log_view *lv)
{
	lv->kept = lv->chosen < lv->n_shown ? lv->shown[lv->chosen] : SIZE_MAX;
}

/* The list begins anew, with what the host is to find; the chosen version will be so again. */
static void begin_anew(struct log_view *lv)
{
	const struct host_version *v = log_chosen(lv);

	if (v) {
		free(lv->wanted); /* of a list that did not have it */
		lv->wanted = mem_strdup(v->id);
	}
	if (lv->log)
		lv->host->log_close(lv->host->data, lv->log);
	lv->log = NULL;
	lv->begun = lv->stopped = false;
	lv->failure = (struct error)ERROR_INIT;
	lv->marked = SIZE_MAX;
	lv->n_shown = lv->looked = lv->top = lv->chosen = 0;
	log_filter_read(&lv->asked, str_slice(&lv->filter));
}

static void filter_done(void *arg, const struct slice *text)
{
	struct log_view *lv = arg;

	filter_typed(lv, text ? *text : SLICE(""));
	if (!log_filter_same_ask(&lv->filters, &lv->asked))
		begin_anew(lv);
}

static void filter_complete(void *arg, struct slice text, size_t at,
			    struct prompt_candidates *c)
{
	struct log_view *lv = arg;

	log_filter_complete(lv->host, lv->log, text, at, c);
}

static void ask_filter(struct log_view *lv, struct slice arg)
{
	struct prompt_request ask = {.label = _("Only versions with"),
				     .hint = _("words, or author: region: meeting: date: "
					       "since: phrase: …"),
				     .history = "log",
				     .complete = filter_complete,
				     .change = filter_typed,
				     .done = filter_done,
				     .arg = lv};

	keep_chosen(lv);
	if (arg.len)
		filter_done(lv, &arg);
	else
		views_ask(lv->view.views, &ask);
}

/* ---- they arrive ---- */

static bool idle(struct view *v)
{
	struct log_view *lv = log_of(v);
	bool naming = lv->named && log_named_step(lv);
	int rc;

	/* The view that shows them has work of its own. */
	if (views_top(v->views) != v)
		return true;
	if (!log_is_running(lv))
		return naming;
	if (!lv->begun) {
		struct host_log_ask ask = log_filter_ask(&lv->asked, lv->name);

		lv->begun = true;
		rc = lv->host->log_open(lv->host->data, &ask, &lv->log, &lv->failure);
	} else {
		size_t n = lv->log->n;

		rc = lv->host->log_step(lv->host->data, lv->log, &lv->failure);
		if (rc > 0 && lv->log->n == n)
			return true;
	}
	if (rc < 0)
		views_error(v->views, &lv->failure);
	views_touch(v->views);
	return naming || log_is_running(lv);
}

/* The versions to be compared first; then the list. */
static void stop(struct log_view *lv)
{
	if (lv->named) {
		log_named_drop(lv);
		return;
	}
	lv->begun = lv->stopped = true;
	if (lv->log)
		lv->host->log_stop(lv->host->data, lv->log);
}

/* Of the draft that is listed, or that the chosen version is of: it need not be there any more.
 */
static void open_view(struct log_view *lv, const char *view)
{
	const struct host_version *v = log_chosen(lv);
	const char *name = lv->name ? lv->name : v && v->n_files ? v->files[0].name : NULL;
	struct error err = ERROR_INIT;

	if (name && lv->host->open_view(lv->host->data, view, name, SIZE_MAX, &err) < 0)
		views_error(lv->view.views, &err);
}

/* ---- the view ---- */

/* The chosen version has a draft's own text. */
static bool has_drafts(const struct log_view *lv)
{
	const struct host_version *v = log_chosen(lv);

	return v && v->n_files && v->files[0].is_draft;
}

/* The same; of several drafts, nobody knows which is meant. */
static bool has_draft(const struct log_view *lv)
{
	return has_drafts(lv) &&
	       (lv->name || log_chosen(lv)->n_files == 1 || !log_chosen(lv)->files[1].is_draft);
}

static bool can(const struct view *v, int action)
{
	const struct log_view *lv = (const struct log_view *)v;

	switch (action) {
	case LOG_COMPARE:
	case LOG_SHOW:
		return log_chosen(lv) && HOST_CAN(lv->host, log_text) &&
		       log_other_is_marked(lv) == (action == LOG_COMPARE);
	case LOG_MARK:
		return lv->name && has_draft(lv) && HOST_CAN(lv->host, log_text);
	case LOG_NOW:
		return has_drafts(lv) && HOST_CAN(lv->host, log_text) && lv->host->open;
	case LOG_NAMED:
		return (lv->name || has_draft(lv)) && HOST_CAN(lv->host, named_open) &&
		       lv->host->open;
	case LOG_RESTORE:
		return can(v, LOG_NOW) && HOST_CAN(lv->host, edit);
	case LOG_LIFE:
	case LOG_PROGRESS:
		return (lv->name || has_draft(lv)) && HOST_CAN(lv->host, open_view) &&
		       HOST_CAN(lv->host, lives_open);
	case LOG_STOP:
		return lv->named || log_is_running(lv);
	case LOG_ALL:
		return !can(v, LOG_STOP) && lv->filter.len;
	case LOG_FILTER:
		return lv->log && !lv->filter.len;
	case LOG_DRAFTS:
		return lv->name != NULL;
	case LOG_ONE:
		return !lv->name && lv->one;
	default:
		return true;
	}
}

static bool act(struct view *v, int action, const struct key *key, struct slice arg)
{
	struct log_view *lv = log_of(v);

	(void)key;
	switch (action) {
	case LOG_SHOW:
		log_show_change(lv);
		return true;
	case LOG_COMPARE:
		log_show_between(lv);
		return true;
	case LOG_MARK:
		log_mark(lv);
		return true;
	case LOG_NOW:
		log_show_now(lv);
		return true;
	case LOG_RESTORE:
		log_restore(lv);
		return true;
	case LOG_NAMED:
		if (arg.len)
			log_show_named(lv, arg);
		else
			log_ask_named(lv);
		return true;
	case LOG_LIFE:
	case LOG_PROGRESS:
		open_view(lv, action == LOG_LIFE ? "life" : "progress");
		return true;
	case LOG_FILTER:
		ask_filter(lv, arg);
		return true;
	case LOG_STOP:
		stop(lv);
		return true;
	case LOG_ALL:
		keep_chosen(lv);
		filter_done(lv, NULL);
		return true;
	case LOG_DRAFTS:
	case LOG_ONE:
		begin_anew(lv);
		free(lv->name);
		lv->name = action == LOG_ONE ? mem_strdup(lv->one) : NULL;
		return true;
	case COMMON_UP:
	case COMMON_DOWN:
	case COMMON_PAGE_UP:
	case COMMON_PAGE_DOWN:
	case COMMON_HOME:
	case COMMON_END:
		common_move(action, lv->height, lv->n_shown, &lv->chosen);
		log_settle(lv);
		return true;
	default:
		return false;
	}
}

static bool on_key(struct view *v, const struct key *key)
{
	struct log_view *lv = log_of(v);
	bool opens;

	if (!common_point(key, lv->top, lv->n_shown, &lv->chosen, &opens))
		return false;
	log_settle(lv);
	if (opens && can(v, LOG_SHOW))
		log_show_change(lv);
	return true;
}

static void free_log(struct view *v)
{
	struct log_view *lv = log_of(v);

	log_named_drop(lv);
	if (lv->log)
		lv->host->log_close(lv->host->data, lv->log);
	free(lv->shown);
	free(lv->name);
	free(lv->one);
	free(lv->wanted);
	str_release(&lv->filter);
	str_release(&lv->proposal);
	log_filter_release(&lv->filters);
	log_filter_release(&lv->asked);
	free(lv);
}

const struct view_ops view_log_ops = {
	.name = "log",
	.title = N_("Log"),
	.about = N_("The versions of a draft, newest first: who changed what, when, at which "
		    "meeting."),
	.actions = log_actions,
	.common = log_common,
	.prepare = prepare,
	.draw = log_draw,
	.headline = log_headline,
	.status = log_status,
	.below_rows = log_below_rows,
	.draw_below = log_draw_below,
	.can = can,
	.act = act,
	.key = on_key,
	.idle = idle,
	.free = free_log,
};

struct view *view_log_new(const struct host *host, const char *name)
{
	struct log_view *lv = mem_zalloc(sizeof(*lv));

	lv->view.ops = &view_log_ops;
	lv->host = host;
	lv->name = name ? mem_strdup(name) : NULL;
	lv->one = name ? mem_strdup(name) : NULL;
	lv->marked = SIZE_MAX;
	return &lv->view;
}
