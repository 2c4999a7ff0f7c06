/* SPDX-License-Identifier: MIT */
#include "ui/view_life.h"

#include "core/mem.h"
#include "ui/changed.h"
#include "ui/common.h"
#include "ui/keymap.h"
#include "ui/life_inner.h"
#include "ui/tr.h"

#include <stdlib.h>
#include <string.h>

enum {
	LIFE_SHOW = 1, /* the chosen point's life */
	LIFE_CHANGE,   /* what the event's version changed */
	LIFE_NEXT,
	LIFE_PREVIOUS,
	LIFE_LIST,
	LIFE_FILTER,
	LIFE_STOP,
	LIFE_ALL
};

static const struct action actions[] = {
	{.id = LIFE_SHOW,
	 .name = "show",
	 .keys = {KEY_RETURN},
	 .label = N_("its life"),
	 .help = N_("See what became of the chosen point."),
	 .group = ACTION_SHOW,
	 .rank = 1},
	{.id = LIFE_CHANGE,
	 .name = "changed",
	 .keys = {KEY_RETURN},
	 .label = N_("what changed"),
	 .help = N_("See word by word what the version changed, at this point."),
	 .group = ACTION_SHOW,
	 .rank = 1},
	{.id = LIFE_NEXT,
	 .name = "next",
	 .keys = {'n', ']', FN_KEY(8)},
	 .label = N_("next point"),
	 .help = N_("See the life of the next point of the list."),
	 .group = ACTION_MOVE,
	 .rank = 2},
	{.id = LIFE_PREVIOUS,
	 .name = "previous",
	 .keys = {'p', '[', FN_KEY(7)},
	 .label = N_("previous"),
	 .help = N_("See the life of the point before."),
	 .group = ACTION_MOVE,
	 .rank = 2},
	{.id = LIFE_LIST,
	 .name = "list",
	 .keys = {'a', KEY_TAB},
	 .label = N_("all points"),
	 .help = N_("List every point that ever was, also those that are resolved or gone."),
	 .group = ACTION_SHOW,
	 .rank = 3},
	{.id = LIFE_FILTER,
	 .name = "filter",
	 .keys = {'/'},
	 .label = N_("filter"),
	 .help = N_("List only points that had these words, this region, author or meeting."),
	 .group = ACTION_SHOW,
	 .rank = 4,
	 .argument = N_("WORDS")},
	{.id = LIFE_STOP,
	 .name = "stop",
	 .keys = {KEY_ESCAPE},
	 .label = N_("stop"),
	 .help = N_("Read no more of the history."),
	 .group = ACTION_SHOW,
	 .rank = 4},
	{.id = LIFE_ALL,
	 .name = "all",
	 .keys = {KEY_ESCAPE},
	 .label = N_("show all"),
	 .help = N_("List all points again."),
	 .group = ACTION_SHOW,
	 .rank = 3},
	{0},
};

static const struct action *const common[] = {common_rows, common_ends, NULL};

static struct life_view *life_of(struct view *v)
{
	return (struct life_view *)v;
}

bool life_is_running(const struct life_view *lv)
{
	return !lv->stopped && !lv->failure.status &&
	       (!lv->begun || (lv->lives && !lv->lives->ended));
}

static bool is_found(const struct life_view *lv)
{
	return lv->lives && lv->lives->life;
}

/* ---- moving ---- */

static void prepare(struct view *v, int rows, int cols)
{
	struct life_view *lv = life_of(v);
	size_t height;

	lv->cols = cols;
	lv->rows = rows;
	if (lv->tale) {
		life_lay_out(lv);
		return;
	}
	height = rows > 1 ? (size_t)rows - 1 : 0;
	if (lv->chosen >= lv->n_shown)
		lv->chosen = lv->n_shown ? lv->n_shown - 1 : 0;
	if (lv->chosen < lv->top)
		lv->top = lv->chosen;
	if (height && lv->chosen >= lv->top + height)
		lv->top = lv->chosen - height + 1;
}

static size_t n_of(const struct life_view *lv)
{
	return lv->tale ? lv->n_events : lv->n_shown;
}

static size_t *at_of(struct life_view *lv)
{
	return lv->tale ? &lv->event : &lv->chosen;
}

static void step_point(struct life_view *lv, bool next)
{
	size_t n = lv->n_shown;
	bool turned;

	if (life_chosen(lv) != lv->point) { /* the filter does not let it pass */
		life_tell(lv, life_chosen(lv));
		return;
	}
	turned = next ? lv->chosen + 1 == n : lv->chosen == 0;
	lv->chosen = next ? (lv->chosen + 1) % n : (lv->chosen + n - 1) % n;
	life_tell(lv, life_chosen(lv));
	if (turned)
		views_message(lv->view.views, MESSAGE_INFO, "%s",
			      n == 1 ? _("It is the only point.")
			      : next ? _("From the last point to the first.")
				     : _("From the first point to the last."));
}

/* ---- the list's filter ---- */

static void filter_typed(void *arg, struct slice text)
{
	struct life_view *lv = arg;

	str_clear(&lv->filter);
	str_add_slice(&lv->filter, text);
	life_list(lv);
}

static void filter_done(void *arg, const struct slice *text)
{
	filter_typed(arg, text ? *text : SLICE(""));
}

static void show_list(struct life_view *lv)
{
	lv->tale = false;
	lv->from_list = true;
	for (size_t i = 0; i < lv->n_shown; i++)
		if (lv->shown[i] == lv->point)
			lv->chosen = i;
}

static void ask_filter(struct life_view *lv, struct slice arg)
{
	struct prompt_request ask = {.label = _("Only points with"),
				     .hint = _("words, a region, an author, a meeting"),
				     .change = filter_typed,
				     .done = filter_done,
				     .arg = lv};

	if (lv->tale)
		show_list(lv);
	if (arg.len)
		filter_typed(lv, arg);
	else
		views_ask(lv->view.views, &ask);
}

/* ---- they are found ---- */

static void take(struct life_view *lv)
{
	const struct life *was = lv->seen;
	uint32_t point;

	if (was)
		life_change_over(lv);
	lv->seen = lv->lives->life;
	lv->seen_v = lv->lives->v;
	if (was)
		return;
	life_list(lv);
	if (!lv->ask_text.len)
		return;
	point = life_match(lv);
	if (point != LIFE_NONE)
		life_tell(lv, point);
	else
		views_message(lv->view.views, MESSAGE_WARN, "%s",
			      _("This point is in no version yet: it has a life once it is "
				"committed. These are the others."));
}

static bool idle(struct view *v)
{
	struct life_view *lv = life_of(v);
	int rc;

	if (lv->tale && life_event_at(lv) && lv->looked != lv->events[lv->event]) {
		life_look(lv);
		views_touch(v->views);
		return true;
	}
	if (!life_is_running(lv))
		return false;
	if (!lv->begun) {
		lv->begun = true;
		rc = lv->host->lives_open(lv->host->data, lv->name, &lv->lives, &lv->failure);
	} else {
		size_t at = lv->lives->at;

		rc = lv->host->lives_step(lv->host->data, lv->lives, &lv->failure);
		if (rc > 0 && lv->lives->at == at)
			return true;
	}
	if (rc < 0)
		views_error(v->views, &lv->failure);
	else if (is_found(lv) && lv->lives->life != lv->seen)
		take(lv);
	views_touch(v->views);
	return life_is_running(lv) || lv->tale;
}

static void stop(struct life_view *lv)
{
	lv->begun = lv->stopped = true;
	if (lv->lives)
		lv->host->lives_stop(lv->host->data, lv->lives);
}

/* ---- what changed ---- */

static void show_change(struct life_view *lv)
{
	const struct life_event *e = life_event_at(lv);
	const struct host *host = lv->host;
	struct str old = STR_INIT, new = STR_INIT;
	struct error err = ERROR_INIT;
	int rc = host->lives_text(host->data, lv->lives, e->version, true, &old, &err);

	if (rc == 0)
		rc = host->lives_text(host->data, lv->lives, e->version, false, &new, &err);
	life_look(lv);
	if (rc < 0)
		views_error(lv->view.views, &err);
	else
		changed_show(&lv->view,
			     &(struct changed){
				     .name = lv->name,
				     .v = life_version_at(lv),
				     .old = str_slice(&old),
				     .new = str_slice(&new),
				     .old_at = lv->placed && lv->place.was ? lv->place.old_begin
									   : SIZE_MAX,
				     .new_at = lv->placed && lv->place.is ? lv->place.new_begin
									  : SIZE_MAX});
	str_release(&old);
	str_release(&new);
}

static bool has_change(const struct life_view *lv)
{
	const struct life_event *e = life_event_at(lv);

	return e && lv->lives->has_text[e->version] && HOST_CAN(lv->host, lives_text);
}

/* ---- the view ---- */

static bool can(const struct view *v, int action)
{
	const struct life_view *lv = (const struct life_view *)v;

	switch (action) {
	case LIFE_SHOW:
		return !lv->tale && lv->n_shown;
	case LIFE_CHANGE:
		return has_change(lv);
	case LIFE_NEXT:
	case LIFE_PREVIOUS:
		return lv->tale && lv->n_shown;
	case LIFE_LIST:
		return lv->tale;
	case LIFE_STOP:
		return life_is_running(lv);
	case LIFE_ALL:
		return !life_is_running(lv) && !lv->tale && lv->filter.len;
	case LIFE_FILTER:
		return is_found(lv) && (lv->tale || !lv->filter.len);
	default:
		return true;
	}
}

static bool act(struct view *v, int action, const struct key *key, struct slice arg)
{
	struct life_view *lv = life_of(v);

	switch (action) {
	case EVERYWHERE_BACK:
		/* Without a key everything is being left. */
		if (!lv->tale || !lv->from_list || key->code == KEY_NONE)
			return false;
		show_list(lv);
		return true;
	case LIFE_SHOW:
		lv->from_list = true;
		life_tell(lv, life_chosen(lv));
		return true;
	case LIFE_CHANGE:
		show_change(lv);
		return true;
	case LIFE_NEXT:
	case LIFE_PREVIOUS:
		step_point(lv, action == LIFE_NEXT);
		return true;
	case LIFE_LIST:
		show_list(lv);
		return true;
	case LIFE_FILTER:
		ask_filter(lv, arg);
		return true;
	case LIFE_STOP:
		stop(lv);
		return true;
	case LIFE_ALL:
		filter_typed(lv, SLICE(""));
		return true;
	case COMMON_UP:
	case COMMON_DOWN:
	case COMMON_PAGE_UP:
	case COMMON_PAGE_DOWN:
	case COMMON_HOME:
	case COMMON_END:
		common_move(action, lv->rows - 1, n_of(lv), at_of(lv));
		return true;
	default:
		return false;
	}
}

static void click(struct life_view *lv, int row)
{
	size_t at;

	if (lv->tale) {
		at = (size_t)lv->tale_top + (size_t)row;
		if (row >= 0 && at < lv->n_rows)
			lv->event = lv->row[at].event;
		return;
	}
	at = lv->top + (size_t)(row - 1);
	if (row >= 1 && at < lv->n_shown)
		lv->chosen = at;
}

static bool on_key(struct view *v, const struct key *key)
{
	struct life_view *lv = life_of(v);
	const struct pointer *p = &key->pointer;

	if (key->code != KEY_POINTER)
		return false;
	if (p->kind == POINTER_WHEEL) {
		common_go(p->button * 3, n_of(lv), at_of(lv));
		return true;
	}
	if (p->kind != POINTER_PRESS || p->button != 1)
		return false;
	click(lv, p->row);
	if (p->clicks >= 2 && lv->tale && has_change(lv)) {
		show_change(lv);
	} else if (p->clicks >= 2 && !lv->tale && lv->n_shown) {
		lv->from_list = true;
		life_tell(lv, life_chosen(lv));
	}
	return true;
}

static void free_life(struct view *v)
{
	struct life_view *lv = life_of(v);

	life_forget_look(lv);
	moment_release(&lv->moment);
	if (lv->lives)
		lv->host->lives_close(lv->host->data, lv->lives);
	str_release(&lv->ask_text);
	str_release(&lv->ask_id);
	str_release(&lv->filter);
	free(lv->shown);
	free(lv->events);
	free(lv->row);
	free(lv->name);
	free(lv);
}

const struct view_ops view_life_ops = {
	.name = "life",
	.title = N_("Life of a point"),
	.about = N_(
		"What became of a point: who asked for what, when, at which meeting, and how "
		"it was resolved; and every point there ever was."),
	.actions = actions,
	.common = common,
	.prepare = prepare,
	.draw = life_draw,
	.headline = life_headline,
	.status = life_status,
	.below_rows = life_below_rows,
	.draw_below = life_draw_below,
	.can = can,
	.act = act,
	.key = on_key,
	.idle = idle,
	.free = free_life,
};

struct view *view_life_new(const struct host *host, const char *name,
			   const struct life_ask *ask)
{
	struct life_view *lv = mem_zalloc(sizeof(*lv));

	lv->view.ops = &view_life_ops;
	lv->host = host;
	lv->name = mem_strdup(name);
	if (ask) {
		str_add_slice(&lv->ask_text, ask->text);
		str_add_slice(&lv->ask_id, ask->id);
		lv->ask_number = ask->number;
	}
	lv->point = lv->looked = LIFE_NONE;
	moment_init(&lv->moment);
	return &lv->view;
}
