/* SPDX-License-Identifier: MIT */
#include "ui/view_matrix.h"

#include "core/mem.h"
#include "grid_inner.h"
#include "ui/common.h"
#include "ui/keymap.h"
#include "ui/tr.h"

#include <stdlib.h>
#include <string.h>

static struct grid *grid_of(struct view *v)
{
	return (struct grid *)v;
}

const struct parties *grid_parties(const struct grid *g)
{
	return g->doc->parties;
}

const struct matrix_row *grid_row(const struct grid *g)
{
	return g->has && g->point < g->m.n ? &g->m.rows[g->point] : NULL;
}

const struct point *grid_point(const struct grid *g, uint32_t point)
{
	return &g->doc->brackets.points[point];
}

size_t grid_place(const struct grid *g)
{
	for (size_t i = 0; i < g->n_shown; i++)
		if (g->m.rows[g->shown[i]].point == g->point)
			return i;
	return SIZE_MAX;
}

void grid_choose(struct grid *g, uint32_t point)
{
	const struct point *p = grid_point(g, point);
	struct slice id = point_id(&g->doc->brackets, p, g->doc->flat);

	g->point = point;
	g->at = point_begin(&g->doc->brackets, p);
	str_clear(&g->id);
	str_add_slice(&g->id, id);
}

/* ---- reading ---- */

static void forget(struct grid *g)
{
	if (g->has)
		matrix_release(&g->m);
	g->has = false;
	for (size_t i = 0; i < g->n_words; i++)
		str_release(&g->words[i]);
	free(g->words);
	g->words = NULL;
	g->n_words = 0;
}

/* The chosen point in the new reading: by its id, else the one at its place, else the next. */
static void find_again(struct grid *g, size_t before)
{
	const struct brackets *b = &g->doc->brackets;
	uint32_t point = BRACKET_NONE;

	if (g->id.len)
		point = brackets_by_id(b, g->doc->flat, str_slice(&g->id));
	/* Positions give points ids: nothing else has moved then. */
	if (point == BRACKET_NONE && before == b->n_points && g->point < b->n_points)
		point = g->point;
	if (point == BRACKET_NONE)
		point = brackets_point_from(b, g->at);
	if (point == BRACKET_NONE && b->n_points)
		point = (uint32_t)b->n_points - 1;
	if (point == BRACKET_NONE)
		g->point = point;
	else
		grid_choose(g, point);
}

static unsigned side_of(const struct grid *g)
{
	return HOST_CAN(g->host, side_generation)
		       ? g->host->side_generation(g->host->data, g->doc)
		       : 0;
}

void grid_read(struct grid *g)
{
	const struct parties *all = grid_parties(g);
	const struct positions **given;
	const struct deferred_list *deferred = NULL;
	size_t before = g->has ? g->m.n : SIZE_MAX;

	forget(g);
	doc_read(g->doc);
	given = host_positions(g->host, g->doc);
	if (HOST_CAN(g->host, deferred))
		deferred = g->host->deferred(g->host->data, g->doc);
	matrix_read(&g->m, &(struct bracketed){&g->doc->brackets, g->doc->flat, all}, given,
		    deferred);
	free(given);
	g->has = true;
	g->generation = g->doc->generation;
	g->side = side_of(g);
	find_again(g, before);
	grid_sort(g);
}

static void keep_in_sight(struct grid *g)
{
	size_t place = grid_place(g), height = (size_t)grid_table_rows(g->rows);
	struct grid_columns w;

	if (place == SIZE_MAX || g->n_shown <= height)
		g->top = 0;
	else if (place < g->top)
		g->top = place;
	else if (place >= g->top + height)
		g->top = place - height + 1;
	if (place != SIZE_MAX && g->top + height > g->n_shown && g->n_shown > height)
		g->top = g->n_shown - height;
	w = grid_columns(g, g->cols);
	if (g->party >= grid_parties(g)->n) /* there are fewer than there were */
		g->party = (uint16_t)(grid_parties(g)->n - 1);
	if (g->party < g->first_party)
		g->first_party = g->party;
	else if (g->party >= g->first_party + w.n)
		g->first_party = (uint16_t)(g->party - w.n + 1);
	if ((size_t)g->first_party + w.n > grid_parties(g)->n)
		g->first_party = (uint16_t)(grid_parties(g)->n - w.n);
}

/* The matrix is of the draft and the positions as they are now. */
static void sync(struct grid *g)
{
	doc_refresh(g->doc);
	if (!g->has || g->generation != g->doc->generation || g->side != side_of(g))
		grid_read(g);
}

static void prepare(struct view *v, int rows, int cols)
{
	struct grid *g = grid_of(v);

	sync(g);
	seals_want(&g->seals, g->host, g->doc);
	g->rows = rows;
	g->cols = cols;
	keep_in_sight(g);
}

/* ---- moving ---- */

static void move(struct grid *g, long step)
{
	size_t place = grid_place(g);

	if (place == SIZE_MAX)
		return;
	common_go(step, g->n_shown, &place);
	grid_choose(g, g->m.rows[g->shown[place]].point);
}

static void move_party(struct grid *g, int step)
{
	size_t n = grid_parties(g)->n;

	g->party = (uint16_t)((g->party + n + (size_t)(step + (int)n)) % n);
}

static void go_to_easiest(struct grid *g)
{
	size_t row = matrix_easiest(&g->m, grid_row(g) ? g->point : SIZE_MAX);

	if (row >= g->m.n) {
		views_message(g->view.views, MESSAGE_INFO, "%s",
			      _("Nobody has spoken on another open point."));
		return;
	}
	/* A row's index is its point's. */
	g->point = (uint32_t)row;
	if (grid_place(g) == SIZE_MAX) {
		str_clear(&g->filter);
		grid_filter(g);
	}
	grid_choose(g, (uint32_t)row);
}

static void go_to(struct grid *g, struct slice text)
{
	struct str word = STR_INIT;
	size_t number;

	str_add_slice(&word, text);
	number = strtoul(str_text(&word), NULL, 10);
	str_release(&word);
	if (number < 1 || number > g->m.n) {
		views_message(g->view.views, MESSAGE_WARN,
			      _("The points have numbers from 1 to %zu."), g->m.n);
		return;
	}
	g->point = (uint32_t)number - 1;
	if (grid_place(g) == SIZE_MAX) {
		str_clear(&g->filter);
		grid_filter(g);
	}
	grid_choose(g, (uint32_t)number - 1);
}

static void goto_typed(void *arg, const struct slice *text)
{
	if (text)
		go_to(arg, *text);
}

static void ask_goto(struct grid *g, struct slice arg)
{
	struct prompt_request ask = {
		.label = _("Go to point"), .done = goto_typed, .arg = g, .secret = true};

	if (arg.len)
		go_to(g, arg);
	else
		views_ask(g->view.views, &ask);
}

/* ---- the view ---- */

static bool can(const struct view *v, int action)
{
	const struct grid *g = (const struct grid *)v;
	const struct matrix_row *r = g->n_shown ? grid_row(g) : NULL;
	bool writes = HOST_CAN(g->host, record_position) && !g->doc->read_only;

	switch (action) {
	case COMMON_CONSOLIDATE:
	case COMMON_LOG:
		return common_can_open(g->host, g->doc, action);
	case GRID_LIFE:
		return r && HOST_CAN(g->host, open_view) && HOST_CAN(g->host, lives_open);
	case GRID_CHAIR:
	case GRID_PREVIEW:
	case GRID_EDIT:
		return r && HOST_CAN(g->host, open_view);
	case GRID_RECORD:
		return r && writes && grid_parties(g)->n;
	case GRID_REMOVE:
		return r && writes && matrix_cell(&g->m, g->point, g->party)->position;
	case GRID_CONSENSUS:
		return r && g->m.firm + g->m.nested_verdicts[VERDICT_CONSENSUS] &&
		       HOST_CAN(g->host, decide) && !g->doc->read_only;
	case GRID_NO_CONSENSUS:
		return !can(v, GRID_CONSENSUS);
	case GRID_ALL:
		return g->filter.len > 0;
	case GRID_SORT:
	case GRID_FILTER:
	case GRID_GOTO:
		return g->m.n > 0;
	default:
		return r != NULL;
	}
}

static void open_view(struct grid *g, const char *view)
{
	struct error err = ERROR_INIT;

	if (g->host->open_view(g->host->data, view, g->doc->name, g->at, &err) < 0)
		views_error(g->view.views, &err);
}

/* To another view of the draft, at the point in focus. */
static bool leave(struct grid *g, int action)
{
	switch (action) {
	case GRID_CHAIR:
		open_view(g, "chair");
		return true;
	case GRID_PREVIEW:
		open_view(g, "preview");
		return true;
	case GRID_LIFE:
		open_view(g, "life");
		return true;
	case GRID_EDIT:
		open_view(g, "editor");
		return true;
	case COMMON_CONSOLIDATE:
	case COMMON_LOG:
		common_open(g->view.views, g->host, g->doc, action);
		return true;
	default:
		return false;
	}
}

static bool act(struct view *v, int action, const struct key *key, struct slice arg)
{
	struct grid *g = grid_of(v);

	(void)key;
	if (action == EVERYWHERE_BACK)
		return false;
	sync(g);
	if (!can(v, action))
		return true; /* there was news since the last screen */
	switch (action) {
	case GRID_RECORD:
		grid_ask_position(g);
		return true;
	case GRID_REMOVE:
		grid_ask_remove(g);
		return true;
	case GRID_CONSENSUS:
		grid_ask_consensus(g);
		return true;
	case GRID_NO_CONSENSUS:
		views_message(v->views, MESSAGE_INFO, "%s",
			      g->doc->read_only ? _("This draft can only be read here.")
						: _("No point has consensus: two or more "
						    "regions, all for one option."));
		return true;
	case GRID_EASIEST_POINT:
		go_to_easiest(g);
		return true;
	case GRID_SORT:
		grid_ask_sort(g, arg);
		return true;
	case GRID_FILTER:
		grid_ask_filter(g, arg);
		return true;
	case GRID_ALL:
		str_clear(&g->filter);
		grid_filter(g);
		return true;
	case GRID_GOTO:
		ask_goto(g, arg);
		return true;
	case GRID_LEFT:
	case GRID_RIGHT:
		move_party(g, action == GRID_LEFT ? -1 : 1);
		return true;
	case COMMON_HOME:
	case COMMON_END:
		move(g, action == COMMON_HOME ? -(long)g->m.n : (long)g->m.n);
		return true;
	default:
		if (!leave(g, action))
			move(g, common_step(action, grid_table_rows(g->rows)));
		return true;
	}
}

static bool on_key(struct view *v, const struct key *key)
{
	struct grid *g = grid_of(v);
	const struct pointer *p = &key->pointer;
	struct grid_columns w;
	size_t row;

	if ((key->code & KEY_BASE) != KEY_POINTER)
		return false;
	sync(g);
	if (!g->n_shown)
		return false;
	if (p->kind == POINTER_WHEEL) {
		move(g, p->button * 3);
		return true;
	}
	row = g->top + (size_t)(p->row - 1);
	if (p->kind != POINTER_PRESS || p->button != 1 || p->row < 1 || row >= g->n_shown ||
	    p->row > grid_table_rows(g->rows))
		return false;
	grid_choose(g, g->m.rows[g->shown[row]].point);
	w = grid_columns(g, g->cols);
	if (p->col >= w.parties && p->col < w.parties + w.n * w.party_cols)
		g->party = (uint16_t)(g->first_party + (p->col - w.parties) / w.party_cols);
	if (p->clicks >= 2 && can(v, GRID_CHAIR))
		open_view(g, "chair");
	return true;
}

static bool idle(struct view *v)
{
	bool news = false, more = seals_step(&grid_of(v)->seals, &news);

	if (news)
		views_touch(v->views);
	return more;
}

static void shown(struct view *v)
{
	/* What was done above may have changed positions, too. */
	grid_of(v)->generation = 0;
}

static void free_grid(struct view *v)
{
	struct grid *g = grid_of(v);

	forget(g);
	free(g->order);
	free(g->shown);
	str_release(&g->filter);
	str_release(&g->id);
	str_release(&g->last_source);
	str_release(&g->recording.source);
	str_release(&g->recording.note);
	for (size_t i = 0; i < GRID_CHOICES; i++)
		str_release(&g->recording.labels[i]);
	seals_end(&g->seals);
	if (HOST_CAN(g->host, close))
		g->host->close(g->host->data, g->doc);
	free(g);
}

const struct view_ops view_matrix_ops = {
	.name = "matrix",
	.title = N_("Matrix"),
	.about = N_("Who stands where: points by regions, each with its verdict; positions are "
		    "recorded here."),
	.actions = grid_actions,
	.common = grid_common,
	.prepare = prepare,
	.draw = grid_draw,
	.headline = grid_headline,
	.status = grid_status,
	.below_rows = grid_below_rows,
	.draw_below = grid_draw_below,
	.can = can,
	.act = act,
	.key = on_key,
	.idle = idle,
	.shown = shown,
	.free = free_grid,
};

struct view *view_matrix_new(const struct host *host, struct doc *doc, size_t at)
{
	struct grid *g = mem_zalloc(sizeof(*g));
	uint16_t mine;

	g->view.ops = &view_matrix_ops;
	g->host = host;
	g->doc = doc;
	g->point = BRACKET_NONE;
	g->at = at == SIZE_MAX ? 0 : at;
	/* Who speaks for a region looks for its own column. */
	mine = HOST_CAN(host, setting)
		       ? party_find(doc->parties, slice_of(host->setting(host->data, "party")),
				    NULL)
		       : PARTY_NONE;
	g->party = mine == PARTY_NONE ? 0 : mine;
	grid_read(g);
	if (at != SIZE_MAX && brackets_point_at(&doc->brackets, at) != BRACKET_NONE)
		grid_choose(g, brackets_point_at(&doc->brackets, at));
	return &g->view;
}
