/* SPDX-License-Identifier: MIT */
#include "ui/view_progress.h"

#include "core/mem.h"
#include "ui/changed.h"
#include "ui/common.h"
#include "ui/progress_inner.h"
#include "ui/tr.h"
#include "ui/view_life.h"

#include <stdlib.h>
#include <string.h>

#define PATIENCE 5 /* as adref progress */

static const struct action *const common[] = {common_rows, common_ends, NULL};

static struct progress_view *progress_of(struct view *v)
{
	return (struct progress_view *)v;
}

bool progress_is_running(const struct progress_view *pv)
{
	return !pv->stopped && !pv->failure.status &&
	       (!pv->begun || (pv->lives && !pv->lives->ended));
}

bool progress_stops_at(const struct progress_view *pv, size_t line)
{
	enum progress_kind kind;

	if (line >= pv->n_lines)
		return false;
	kind = pv->line[line].kind;
	return kind == PROGRESS_ROW || kind == PROGRESS_HOLDER || kind == PROGRESS_ORPHAN ||
	       kind == PROGRESS_NO_ORPHAN;
}

bool progress_is_cut(const struct progress_view *pv, size_t row)
{
	return row == 0 && pv->lives->is_newest;
}

/* ---- the page ---- */

static void add_line(struct progress_view *pv, enum progress_kind kind, size_t index)
{
	MEM_GROW(pv->line, pv->n_lines, pv->cap_lines);
	pv->line[pv->n_lines++] = (struct progress_line){kind, index};
}

static void list_lines(struct progress_view *pv)
{
	const struct parties *parties = pv->lives->parties;

	pv->n_lines = 0;
	add_line(pv, PROGRESS_CHART_HEAD, 0);
	if (pv->lives->is_newest)
		add_line(pv, PROGRESS_OLDER, 0);
	for (size_t i = 0; i < pv->rows.n; i++)
		add_line(pv, PROGRESS_ROW, i);
	add_line(pv, PROGRESS_BLANK, 0);
	if (pv->lives->is_newest) {
		add_line(pv, PROGRESS_LATER, 0);
		return;
	}
	add_line(pv, PROGRESS_HOLDERS_HEAD, 0);
	for (size_t i = 0; i <= parties->n; i++)
		if (pv->holders[i])
			add_line(pv, PROGRESS_HOLDER, i);
	add_line(pv, PROGRESS_BLANK, 0);
	add_line(pv, PROGRESS_ORPHANS_HEAD, 0);
	for (size_t i = 0; i < pv->n_orphans; i++)
		add_line(pv, PROGRESS_ORPHAN, i);
	if (!pv->n_orphans)
		add_line(pv, PROGRESS_NO_ORPHAN, 0);
}

static void count(struct progress_view *pv)
{
	const struct life *l = pv->lives->life;

	progress_release(&pv->rows);
	free(pv->orphans);
	progress_read(&pv->rows, l, pv->labels, !pv->by_version);
	progress_holders(l, pv->lives->parties, pv->holders);
	pv->n_orphans = progress_orphans(l, pv->patience, &pv->orphans);
	pv->open = pv->rows.n ? pv->rows.v[pv->rows.n - 1].open : 0;
	pv->resolved = 0;
	pv->most = 1;
	for (size_t i = 0; i < pv->rows.n; i++) {
		pv->resolved += pv->rows.v[i].resolved;
		if (pv->rows.v[i].open > pv->most)
			pv->most = pv->rows.v[i].open;
	}
	list_lines(pv);
}

/* The last row of the chart is where one stands now. */
static void go_to_now(struct progress_view *pv)
{
	pv->chosen = pv->rows.n + pv->lives->is_newest;
	pv->top = 0;
}

/* The version of the chosen row; "". */
static const char *version_of_row(const struct progress_view *pv)
{
	const struct progress_line *line = &pv->line[pv->chosen];

	return progress_stops_at(pv, pv->chosen) && line->kind == PROGRESS_ROW
		       ? pv->seen_v[pv->rows.v[line->index].version].id
		       : "";
}

/* To the row that has the version, at the same height of the screen. */
static void go_back_to(struct progress_view *pv, const char *id)
{
	size_t height = pv->chosen - pv->top, row = 0;
	uint32_t version = 0;

	while (version < pv->lives->n && strcmp(pv->lives->v[version].id, id) != 0)
		version++;
	while (row + 1 < pv->rows.n && pv->rows.v[row].version < version)
		row++;
	pv->chosen = row + 1 + pv->lives->is_newest;
	pv->top = pv->chosen > height ? pv->chosen - height : 0;
}

static void take(struct progress_view *pv)
{
	const struct host_lives *l = pv->lives;
	const char *was = version_of_row(pv);

	pv->seen = l->life;
	pv->seen_v = l->v;
	pv->labels = mem_array(pv->labels, l->n + 1, sizeof(*pv->labels));
	for (size_t i = 0; i < l->n; i++)
		pv->labels[i] = (struct progress_label){l->v[i].meeting, l->v[i].date};
	pv->holders = mem_array(pv->holders, l->parties->n + 1, sizeof(*pv->holders));
	count(pv);
	if (*was)
		go_back_to(pv, was);
	else
		go_to_now(pv);
}

static bool idle(struct view *v)
{
	struct progress_view *pv = progress_of(v);
	const struct host *host = pv->host;
	int rc;

	if (!progress_is_running(pv))
		return false;
	if (!pv->begun) {
		pv->begun = true;
		rc = host->lives_open(host->data, pv->name, &pv->lives, &pv->failure);
	} else {
		size_t at = pv->lives->at;

		rc = host->lives_step(host->data, pv->lives, &pv->failure);
		if (rc > 0 && pv->lives->at == at)
			return true;
	}
	if (rc < 0)
		views_error(v->views, &pv->failure);
	else if (pv->lives->life != pv->seen)
		take(pv);
	views_touch(v->views);
	return progress_is_running(pv);
}

static void stop(struct progress_view *pv)
{
	pv->begun = pv->stopped = true;
	if (pv->lives)
		pv->host->lives_stop(pv->host->data, pv->lives);
}

static void prepare(struct view *v, int rows, int cols)
{
	struct progress_view *pv = progress_of(v);
	size_t height = rows > 0 ? (size_t)rows : 0;

	(void)cols;
	pv->height = rows;
	if (!height)
		return;
	if (pv->chosen >= pv->top + height)
		pv->top = pv->chosen - height + 1;
	if (pv->chosen < pv->top)
		pv->top = pv->chosen;
	/* The heading goes with the first row. */
	if (pv->top == 1 && pv->chosen < height)
		pv->top = 0;
}

/* ---- moving ---- */

/* To the nearest line one can stand on, at least so many away. */
static void move(struct progress_view *pv, long by)
{
	long at = (long)pv->chosen + by, step = by < 0 ? -1 : 1;

	if (at >= (long)pv->n_lines)
		at = (long)pv->n_lines - 1;
	if (at < 0)
		at = 0;
	for (long i = at; i >= 0 && i < (long)pv->n_lines; i += step)
		if (progress_stops_at(pv, (size_t)i)) {
			pv->chosen = (size_t)i;
			return;
		}
	for (long i = at; i >= 0 && i < (long)pv->n_lines; i -= step)
		if (progress_stops_at(pv, (size_t)i)) {
			pv->chosen = (size_t)i;
			return;
		}
}

/* ---- what one does ---- */

static const struct progress_line *chosen(const struct progress_view *pv)
{
	return progress_stops_at(pv, pv->chosen) ? &pv->line[pv->chosen] : NULL;
}

/* The newest version up to that one that has the text. */
static uint32_t with_text(const struct progress_view *pv, uint32_t version)
{
	while (version > 0 && !pv->lives->has_text[version])
		version--;
	return version;
}

/* What the row's versions changed together. */
static void show_change(struct progress_view *pv)
{
	const struct host *host = pv->host;
	size_t row = pv->line[pv->chosen].index;
	uint32_t to = with_text(pv, pv->rows.v[row].version);
	uint32_t from = row ? with_text(pv, pv->rows.v[row - 1].version) : LIFE_NONE;
	struct str old = STR_INIT, new = STR_INIT;
	struct error err = ERROR_INIT;
	int rc = host->lives_text(host->data, pv->lives, to, false, &new, &err);

	if (rc >= 0 && from != LIFE_NONE)
		rc = host->lives_text(host->data, pv->lives, from, false, &old, &err);
	if (rc < 0)
		views_error(pv->view.views, &err);
	else if (from == to)
		views_message(pv->view.views, MESSAGE_INFO, "%s",
			      _("The text did not change there: only positions and the like."));
	else
		changed_show(&pv->view,
			     &(struct changed){.name = pv->name,
					       .v = &pv->lives->v[to],
					       .since = from == LIFE_NONE ? NULL
									  : &pv->lives->v[from],
					       .old = str_slice(&old),
					       .new = str_slice(&new),
					       .old_at = SIZE_MAX,
					       .new_at = SIZE_MAX});
	str_release(&old);
	str_release(&new);
}

static void show_life(struct progress_view *pv)
{
	const struct life *l = pv->lives->life;
	const struct life_point *p = &l->points[pv->orphans[pv->line[pv->chosen].index]];

	views_push(pv->view.views,
		   view_life_new(pv->host, pv->name,
				 &(struct life_ask){.text = life_point_text(l, p),
						    .id = life_point_id(l, p),
						    .number = p->number}));
}

static void set_patience(void *arg, const struct slice *text)
{
	struct progress_view *pv = arg;
	size_t n = 0;

	if (!text)
		return;
	for (size_t i = 0; i < text->len && n < 1000000; i++) {
		if (text->p[i] < '0' || text->p[i] > '9') {
			n = 0;
			break;
		}
		n = n * 10 + (size_t)(text->p[i] - '0');
	}
	if (!n) {
		views_message(pv->view.views, MESSAGE_WARN, "%s",
			      _("A number of versions is wanted, 1 or more."));
		return;
	}
	pv->patience = n;
	count(pv);
	/* The first of them, where there is one. */
	for (size_t i = 0; i < pv->n_lines; i++)
		if (pv->line[i].kind == PROGRESS_ORPHANS_HEAD) {
			pv->chosen = i;
			move(pv, 1);
		}
}

static void ask_patience(struct progress_view *pv, struct slice arg)
{
	struct prompt_request ask = {.label = _("Nobody spoke for it in the last … versions"),
				     .hint = _("a number"),
				     .done = set_patience,
				     .arg = pv};

	if (arg.len)
		set_patience(pv, &arg);
	else
		views_ask(pv->view.views, &ask);
}

/* ---- the view ---- */

static bool can(const struct view *v, int action)
{
	const struct progress_view *pv = (const struct progress_view *)v;
	const struct progress_line *line = chosen(pv);

	switch (action) {
	case PROGRESS_CHANGE:
		return line && line->kind == PROGRESS_ROW &&
		       !progress_is_cut(pv, line->index) && HOST_CAN(pv->host, lives_text);
	case PROGRESS_LIFE:
		return line && line->kind == PROGRESS_ORPHAN;
	case PROGRESS_VERSIONS:
	case PROGRESS_MEETINGS:
		return pv->seen && pv->by_version == (action == PROGRESS_MEETINGS);
	case PROGRESS_PATIENCE:
		return pv->seen && !pv->lives->is_newest;
	case PROGRESS_POINTS:
		return pv->seen;
	case PROGRESS_STOP:
		return progress_is_running(pv);
	default:
		return pv->seen;
	}
}

static bool act(struct view *v, int action, const struct key *key, struct slice arg)
{
	struct progress_view *pv = progress_of(v);

	(void)key;
	switch (action) {
	case PROGRESS_CHANGE:
		show_change(pv);
		return true;
	case PROGRESS_LIFE:
		show_life(pv);
		return true;
	case PROGRESS_VERSIONS:
	case PROGRESS_MEETINGS:
		pv->by_version = action == PROGRESS_VERSIONS;
		count(pv);
		go_to_now(pv);
		return true;
	case PROGRESS_PATIENCE:
		ask_patience(pv, arg);
		return true;
	case PROGRESS_POINTS:
		views_push(v->views, view_life_new(pv->host, pv->name, NULL));
		return true;
	case PROGRESS_STOP:
		stop(pv);
		return true;
	case COMMON_UP:
	case COMMON_DOWN:
	case COMMON_PAGE_UP:
	case COMMON_PAGE_DOWN:
		move(pv, common_step(action, pv->height - 1));
		return true;
	case COMMON_HOME:
	case COMMON_END:
		move(pv, action == COMMON_HOME ? -(long)pv->n_lines : (long)pv->n_lines);
		return true;
	default:
		return false;
	}
}

static bool on_key(struct view *v, const struct key *key)
{
	struct progress_view *pv = progress_of(v);
	const struct pointer *p = &key->pointer;

	if (key->code != KEY_POINTER || !pv->seen)
		return false;
	if (p->kind == POINTER_WHEEL) {
		move(pv, p->button * 3);
		return true;
	}
	if (p->kind != POINTER_PRESS || p->button != 1 || p->row < 0 ||
	    !progress_stops_at(pv, pv->top + (size_t)p->row))
		return false;
	pv->chosen = pv->top + (size_t)p->row;
	if (p->clicks >= 2 && can(v, PROGRESS_CHANGE))
		show_change(pv);
	else if (p->clicks >= 2 && can(v, PROGRESS_LIFE))
		show_life(pv);
	return true;
}

static void free_progress(struct view *v)
{
	struct progress_view *pv = progress_of(v);

	if (pv->lives)
		pv->host->lives_close(pv->host->data, pv->lives);
	progress_release(&pv->rows);
	free(pv->labels);
	free(pv->holders);
	free(pv->orphans);
	free(pv->line);
	free(pv->name);
	free(pv);
}

const struct view_ops view_progress_ops = {
	.name = "progress",
	.title = N_("Progress"),
	.about = N_("Open points by meeting and version, who holds them, and those that nobody "
		    "speaks for any more."),
	.actions = progress_actions,
	.common = common,
	.prepare = prepare,
	.draw = progress_draw,
	.headline = progress_headline,
	.status = progress_status,
	.below_rows = progress_below_rows,
	.draw_below = progress_draw_below,
	.can = can,
	.act = act,
	.key = on_key,
	.idle = idle,
	.free = free_progress,
};

struct view *view_progress_new(const struct host *host, const char *name)
{
	struct progress_view *pv = mem_zalloc(sizeof(*pv));

	pv->view.ops = &view_progress_ops;
	pv->host = host;
	pv->name = mem_strdup(name);
	pv->patience = PATIENCE;
	return &pv->view;
}
