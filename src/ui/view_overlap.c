/* SPDX-License-Identifier: MIT */
#include "ui/view_overlap.h"

#include "core/mem.h"
#include "ui/common.h"
#include "ui/overlap_inner.h"
#include "ui/told.h"
#include "ui/tr.h"

#include <stdlib.h>
#include <string.h>

#define STEP_MS    4
#define STEP_WORDS 20 /* wordings looked at between two looks at the clock */

enum { OVERLAP_SHOW = 1, OVERLAP_FILTER, OVERLAP_STOP, OVERLAP_ALL, OVERLAP_AGAIN };

static const struct action actions[] = {
	{.id = OVERLAP_SHOW,
	 .name = "show",
	 .keys = {KEY_RETURN},
	 .label = N_("side by side"),
	 .help = N_("See what the two drafts both say, side by side."),
	 .group = ACTION_SHOW,
	 .rank = 1},
	{.id = OVERLAP_FILTER,
	 .name = "filter",
	 .keys = {'/'},
	 .label = N_("filter"),
	 .help = N_("Show only pairs of which one draft's name has these words."),
	 .group = ACTION_SHOW,
	 .rank = 2,
	 .argument = N_("WORDS")},
	{.id = OVERLAP_STOP,
	 .name = "stop",
	 .keys = {KEY_ESCAPE},
	 .label = N_("stop"),
	 .help = N_("Compare no further."),
	 .group = ACTION_SHOW,
	 .rank = 3},
	{.id = OVERLAP_ALL,
	 .name = "all",
	 .keys = {KEY_ESCAPE},
	 .label = N_("show all"),
	 .help = N_("Show all pairs again."),
	 .group = ACTION_SHOW,
	 .rank = 3},
	{.id = OVERLAP_AGAIN,
	 .name = "again",
	 .keys = {FN_KEY(5)},
	 .help = N_("Compare the drafts as they are now."),
	 .group = ACTION_SHOW},
	{0},
};

static const struct action *const common[] = {common_rows, common_ends, NULL};

static struct overlap_view *overlap_of(struct view *v)
{
	return (struct overlap_view *)v;
}

const struct overlap_pair *overlap_chosen(const struct overlap_view *ov)
{
	return ov->chosen < ov->n_shown ? &ov->o.pairs[ov->shown[ov->chosen]] : NULL;
}

const char *const *overlap_names(const struct overlap_view *ov)
{
	return (const char *const *)ov->names;
}

/* ---- which pairs are shown ---- */

static bool passes(const struct overlap_view *ov, const struct overlap_pair *p)
{
	struct slice words = str_slice(&ov->filter);

	return !words.len || told_has(slice_of(ov->names[p->a]), words) ||
	       told_has(slice_of(ov->names[p->b]), words);
}

static void list_pairs(struct overlap_view *ov)
{
	ov->n_shown = ov->chosen = ov->top = 0;
	for (size_t i = 0; ov->ready && i < ov->o.n_pairs; i++) {
		if (!passes(ov, &ov->o.pairs[i]))
			continue;
		MEM_GROW(ov->shown, ov->n_shown, ov->cap_shown);
		ov->shown[ov->n_shown++] = i;
	}
}

/* The pair that shares most with the draft the user came from. */
static void choose_draft(struct overlap_view *ov)
{
	for (size_t i = 0; ov->draft && i < ov->n_shown; i++) {
		const struct overlap_pair *p = &ov->o.pairs[ov->shown[i]];

		if (strcmp(ov->names[p->a], ov->draft) == 0 ||
		    strcmp(ov->names[p->b], ov->draft) == 0) {
			ov->chosen = i;
			return;
		}
	}
}

static void prepare(struct view *v, int rows, int cols)
{
	struct overlap_view *ov = overlap_of(v);

	(void)cols;
	ov->height = rows > 1 ? rows - 1 : 0;
	common_bring_into_sight(ov->chosen, ov->height, &ov->top);
}

static void filter_typed(void *arg, struct slice text)
{
	struct overlap_view *ov = arg;

	str_clear(&ov->filter);
	str_add_slice(&ov->filter, text);
	list_pairs(ov);
}

static void filter_done(void *arg, const struct slice *text)
{
	filter_typed(arg, text ? *text : SLICE(""));
}

static void ask_filter(struct overlap_view *ov, struct slice arg)
{
	struct prompt_request ask = {.label = _("Only drafts with"),
				     .change = filter_typed,
				     .done = filter_done,
				     .arg = ov};

	if (arg.len)
		filter_typed(ov, arg);
	else
		views_ask(ov->view.views, &ask);
}

/* ---- reading and comparing ---- */

static void list_drafts(struct overlap_view *ov)
{
	const struct desk_row *rows;
	size_t n = ov->host->desk(ov->host->data, &rows);

	ov->wanted = mem_zalloc((n + 1) * sizeof(*ov->wanted));
	ov->names = mem_zalloc((n + 1) * sizeof(*ov->names));
	ov->texts = mem_zalloc((n + 1) * sizeof(*ov->texts));
	for (size_t i = 0; i < n; i++)
		ov->wanted[ov->n_wanted++] = mem_strdup(rows[i].name);
	ov->begun = true;
}

static void forget_drafts(struct overlap_view *ov)
{
	for (size_t i = 0; i < ov->n; i++) {
		free(ov->names[i]);
		str_release(&ov->texts[i]);
	}
	for (size_t i = 0; i < ov->n_wanted; i++)
		free(ov->wanted[i]);
	free(ov->names);
	free(ov->texts);
	free(ov->wanted);
	ov->names = ov->wanted = NULL;
	ov->texts = NULL;
	ov->n = ov->n_wanted = ov->next = ov->left_out = 0;
}

static void begin_again(struct overlap_view *ov)
{
	overlap_release(&ov->o);
	overlap_init(&ov->o);
	forget_drafts(ov);
	ov->begun = ov->ready = ov->stopped = false;
	list_pairs(ov);
}

static void read_next(struct overlap_view *ov)
{
	const char *name = ov->wanted[ov->next++];
	struct error err = ERROR_INIT;
	struct str text = STR_INIT;

	if (ov->host->draft_text(ov->host->data, name, &text, &err) < 0) {
		ov->left_out++;
		str_release(&text);
		return;
	}
	ov->names[ov->n] = mem_strdup(name);
	ov->texts[ov->n] = text;
	overlap_add(&ov->o, str_slice(&text), &ov->parties);
	ov->n++;
}

static bool is_running(const struct overlap_view *ov)
{
	return !ov->ready && !ov->stopped;
}

static bool go_on(struct overlap_view *ov)
{
	if (!ov->begun)
		list_drafts(ov);
	else if (ov->next < ov->n_wanted)
		read_next(ov);
	else if (!overlap_step(&ov->o, STEP_WORDS))
		ov->ready = true;
	return !ov->ready;
}

static bool idle(struct view *v)
{
	struct overlap_view *ov = overlap_of(v);
	int64_t end = HOST_CAN(ov->host, ticks) ? ov->host->ticks(ov->host->data) + STEP_MS : 0;

	if (!is_running(ov))
		return false;
	while (go_on(ov) && end && ov->host->ticks(ov->host->data) < end)
		;
	if (ov->ready) {
		list_pairs(ov);
		choose_draft(ov);
	}
	views_touch(v->views);
	return !ov->ready;
}

/* ---- the view ---- */

static bool can(const struct view *v, int action)
{
	const struct overlap_view *ov = (const struct overlap_view *)v;

	switch (action) {
	case OVERLAP_SHOW:
		return overlap_chosen(ov) != NULL;
	case OVERLAP_STOP:
		return is_running(ov);
	case OVERLAP_ALL:
		return !is_running(ov) && ov->filter.len;
	case OVERLAP_FILTER:
		return ov->n_shown > 1 && !ov->filter.len;
	default:
		return true;
	}
}

static bool act(struct view *v, int action, const struct key *key, struct slice arg)
{
	struct overlap_view *ov = overlap_of(v);

	(void)key;
	switch (action) {
	case OVERLAP_SHOW:
		views_push(v->views, overlap_pair_new(ov, overlap_chosen(ov)));
		return true;
	case OVERLAP_FILTER:
		ask_filter(ov, arg);
		return true;
	case OVERLAP_STOP:
		ov->stopped = true;
		return true;
	case OVERLAP_ALL:
		filter_typed(ov, SLICE(""));
		return true;
	case OVERLAP_AGAIN:
		begin_again(ov);
		return true;
	case COMMON_UP:
	case COMMON_DOWN:
	case COMMON_PAGE_UP:
	case COMMON_PAGE_DOWN:
	case COMMON_HOME:
	case COMMON_END:
		common_move(action, ov->height, ov->n_shown, &ov->chosen);
		return true;
	default:
		return false;
	}
}

static bool on_key(struct view *v, const struct key *key)
{
	struct overlap_view *ov = overlap_of(v);
	bool opens;

	if (!common_point(key, ov->top, ov->n_shown, &ov->chosen, &opens))
		return false;
	if (opens)
		views_push(v->views, overlap_pair_new(ov, overlap_chosen(ov)));
	return true;
}

static void free_overlap(struct view *v)
{
	struct overlap_view *ov = overlap_of(v);

	forget_drafts(ov);
	overlap_release(&ov->o);
	free(ov->shown);
	free(ov->draft);
	str_release(&ov->filter);
	parties_release(&ov->parties);
	free(ov);
}

const struct view_ops view_overlap_ops = {
	.name = "overlap",
	.title = N_("Overlap"),
	.about = N_("Which drafts repeat each other, how much, and what could be done about "
		    "it: suppress one, trim one, merge them."),
	.actions = actions,
	.common = common,
	.prepare = prepare,
	.draw = overlap_draw,
	.headline = overlap_headline,
	.status = overlap_status,
	.below_rows = overlap_below_rows,
	.draw_below = overlap_draw_below,
	.can = can,
	.act = act,
	.key = on_key,
	.idle = idle,
	.free = free_overlap,
};

struct view *view_overlap_new(const struct host *host, const char *draft)
{
	struct overlap_view *ov = mem_zalloc(sizeof(*ov));

	ov->view.ops = &view_overlap_ops;
	ov->host = host;
	ov->draft = draft && *draft ? mem_strdup(draft) : NULL;
	parties_copy(&ov->parties, host->parties(host->data));
	overlap_init(&ov->o);
	return &ov->view;
}
