/* SPDX-License-Identifier: MIT */
#include "ui/view_package.h"

#include "core/draft.h"
#include "core/mem.h"
#include "core/wording.h"
#include "ui/common.h"
#include "ui/doc.h"
#include "ui/host.h"
#include "ui/theme.h"
#include "ui/told.h"
#include "ui/tr.h"

#include <stdlib.h>

#define NUMBER_END  5 /* columns: where a point's number ends, */
#define TEXT_COL    7 /* and where what is chosen begins */
#define WAS_COLUMNS 100
#define ROWS        2 /* of a point: what is chosen; who is for and against it; and a blank one */

enum { PACKAGE_DECIDE = 1, PACKAGE_BACK };

static const struct action actions[] = {
	{.id = PACKAGE_DECIDE,
	 .name = "decide",
	 .keys = {'y'},
	 .label = N_("decide them"),
	 .help = N_("Decide all of these points so, a commit each."),
	 .group = ACTION_DECIDE,
	 .rank = 1},
	{.id = PACKAGE_BACK,
	 .name = "later",
	 .keys = {'n', KEY_ESCAPE},
	 .label = N_("not now"),
	 .help = N_("Go back to what is tried; nothing is decided."),
	 .group = ACTION_SHOW,
	 .rank = 2},
	{0},
};

static const struct action *const common[] = {common_rows, common_ends, NULL};

/* A point of the list. */
struct entry {
	uint32_t point;
	const struct package_step *step; /* NULL: it cannot be decided, */
	const char *why;                 /* because */
	struct str was;                  /* the point as it stands, on one line */
	struct str place;                /* "¶ 17" */
};

struct package_view {
	struct view view;
	const struct host *host;
	struct doc *doc;
	uint64_t revision; /* of the doc that all this is about */
	struct package p;
	struct entry *v; /* by point */
	size_t n;
	size_t opposed; /* how many somebody is against */
	size_t top;
	int rows;
};

/* ---- what is in it ---- */

static int by_point(const void *one, const void *other)
{
	const struct entry *a = one, *b = other;

	return (a->point > b->point) - (a->point < b->point);
}

/* What is shown is kept: the draft changes while they are decided. */
static void add(struct package_view *pv, uint32_t point, const struct package_step *step,
		const char *why)
{
	const struct brackets *b = &pv->doc->brackets;
	struct entry *e = &pv->v[pv->n++];
	size_t at = point_begin(b, &b->points[point]);
	struct str text = STR_INIT;

	*e = (struct entry){point, step, why, STR_INIT, STR_INIT};
	brackets_without_ids(b, pv->doc->flat, at, point_end(b, &b->points[point]), &text);
	wording_brief(&e->was, str_slice(&text), WAS_COLUMNS);
	draft_place(&pv->doc->draft, at, &e->place);
	str_release(&text);
}

static void make(struct package_view *pv, const uint32_t *choices)
{
	const struct positions **given = host_positions(pv->host, pv->doc);
	const struct package_ask ask = {.b = &pv->doc->brackets,
					.draft = pv->doc->flat,
					.parties = pv->doc->parties,
					.given = given,
					.choices = choices,
					.named = true};

	pv->revision = pv->doc->revision;
	package_make(&pv->p, &ask);
	free(given);
	pv->v = mem_array(NULL, pv->p.n + pv->p.n_left, sizeof(*pv->v));
	for (size_t i = 0; i < pv->p.n; i++) {
		add(pv, pv->p.v[i].point, &pv->p.v[i], NULL);
		pv->opposed += pv->p.v[i].what.n_others > 0;
	}
	for (size_t i = 0; i < pv->p.n_left; i++)
		add(pv, pv->p.left[i].point, NULL, _(pv->p.left[i].why));
	qsort(pv->v, pv->n, sizeof(*pv->v), by_point);
}

/* ---- how it looks ---- */

/* A blank row between two points, where there is room. */
static int height(const struct package_view *pv)
{
	return pv->n * (ROWS + 1) <= (size_t)(pv->rows > 0 ? pv->rows : 0) ? ROWS + 1 : ROWS;
}

static size_t page(const struct package_view *pv)
{
	return pv->rows >= ROWS ? (size_t)(pv->rows / height(pv)) : 1;
}

static void keep_in_sight(struct package_view *pv)
{
	if (pv->top + page(pv) > pv->n)
		pv->top = pv->n > page(pv) ? pv->n - page(pv) : 0;
}

static void prepare(struct view *v, int rows, int cols)
{
	struct package_view *pv = (struct package_view *)v;

	(void)cols;
	pv->rows = rows;
	keep_in_sight(pv);
}

/* "against ARB CIS"; returns the column after it. */
static int draw_codes(const struct package_view *pv, struct canvas *c, int row, int col,
		      const char *word, const uint16_t *list, size_t n)
{
	if (n)
		col += canvas_text(c, row, col, STYLE_DIM, word) + 1;
	for (size_t i = 0; i < n; i++)
		col += canvas_text(c, row, col, style_party(list[i]),
				   pv->doc->parties->v[list[i]].code) +
		       1;
	return n ? col + 2 : col;
}

/* What is chosen; where that is not words of the draft, also what stands there now. */
static void draw_choice(struct canvas *c, int row, int end, const struct entry *e)
{
	const struct resolved *what = e->step ? &e->step->what : NULL;
	int col = TEXT_COL;

	if (what && !what->no_text) {
		struct str words = STR_INIT;

		told_choice(&words, str_slice(&what->words));
		canvas_put_cut(c, row, col, end - col, STYLE_TEXT, words.p, words.len);
		str_release(&words);
		return;
	}
	col += what ? canvas_text(c, row, col, STYLE_TEXT, _("no text"))
		    : canvas_text(c, row, col, STYLE_WARN, _("not decided"));
	canvas_put_cut(c, row, col + 2, end - col - 2, STYLE_DIM, e->was.p, e->was.len);
}

static void draw_entry(const struct package_view *pv, struct canvas *c, int row,
		       const struct entry *e)
{
	const struct resolved *what = e->step ? &e->step->what : NULL;
	struct str number = STR_INIT;
	int col = TEXT_COL, end = c->window.cols - 1;

	str_addf(&number, "%u", e->point + 1);
	canvas_put_right(c, row, NUMBER_END, what ? STYLE_ACCENT : STYLE_DIM, number.p,
			 number.len);
	str_release(&number);
	end = canvas_put_right(c, row, end, STYLE_DIM, e->place.p, e->place.len);
	draw_choice(c, row, end - 2, e);
	if (!what) {
		canvas_text(c, row + 1, col, STYLE_DIM, _(e->why));
		return;
	}
	col = draw_codes(pv, c, row + 1, col, _("for"), what->supporters, what->n_supporters);
	col = draw_codes(pv, c, row + 1, col, _("against"), what->others, what->n_others);
	if (col == TEXT_COL)
		canvas_text(c, row + 1, col, STYLE_DIM, _("nobody has spoken"));
}

static void draw(const struct view *v, struct canvas *c)
{
	const struct package_view *pv = (const struct package_view *)v;

	for (size_t i = 0; i < page(pv) && pv->top + i < pv->n; i++)
		draw_entry(pv, c, (int)i * height(pv), &pv->v[pv->top + i]);
	canvas_cursor(c, 0, TEXT_COL, CURSOR_BLOCK);
}

static void headline(const struct view *v, struct str *left, struct str *right)
{
	const struct package_view *pv = (const struct package_view *)v;

	str_addf(left, _("%s · decide together"), pv->doc->name);
	str_addf(right, n_("%zu point", "%zu points", pv->p.n), pv->p.n);
	if (pv->opposed)
		str_addf(right,
			 n_(" · somebody is against %zu", " · somebody is against %zu",
			    pv->opposed),
			 pv->opposed);
	if (pv->p.n_left)
		str_addf(right, _(" · %zu cannot be"), pv->p.n_left);
}

static void status(const struct view *v, struct str *out)
{
	const struct package_view *pv = (const struct package_view *)v;

	common_say_more(out, pv->top, (int)page(pv), pv->n);
	if (!out->len)
		str_add_text(out, _("a commit each; the chair's u takes them back one by one"));
}

/* ---- deciding ---- */

int package_decide(struct package *p, const struct host *host, struct doc *doc,
		   struct slice reason, size_t *done, struct error *err)
{
	int rc = 0;

	for (*done = 0; *done < p->n; ++*done) {
		const struct package_step *s = &p->v[*done];
		struct str id = STR_INIT;

		rc = host->decide(host->data, doc, &s->edits, &s->what, reason, &id, err);
		str_release(&id);
		if (rc < 0)
			break;
	}
	return rc;
}

/* What was decided before it failed, and what was not: by their numbers before. */
static void say_how_far(struct package_view *pv, size_t done, const struct error *err)
{
	struct str decided = STR_INIT, open = STR_INIT;

	for (size_t i = 0; i < pv->p.n; i++) {
		struct str *list = i < done ? &decided : &open;

		str_addf(list, "%s%u", list->len ? ", " : "", pv->p.v[i].point + 1);
	}
	if (done)
		views_message(pv->view.views, MESSAGE_ERROR,
			      _("Decided: %s; still open: %s. %s"), str_text(&decided),
			      str_text(&open), err->text);
	else
		views_message(pv->view.views, MESSAGE_ERROR, _("Nothing is decided. %s"),
			      err->text);
	str_release(&decided);
	str_release(&open);
}

static void decide(struct package_view *pv)
{
	struct error err = ERROR_INIT;
	size_t done = 0;
	int rc;

	doc_refresh(pv->doc);
	if (pv->revision != pv->doc->revision)
		rc = error_set(&err, ST_CHANGED,
			       _("The draft changed meanwhile: try the options again."));
	else
		rc = package_decide(&pv->p, pv->host, pv->doc, SLICE(""), &done, &err);
	if (rc < 0)
		say_how_far(pv, done, &err);
	else
		views_message(pv->view.views, MESSAGE_OK,
			      n_("%zu point decided; the chair's u undoes it.",
				 "%zu points decided; the chair's u undoes one after the "
				 "other.",
				 done),
			      done);
	views_pop(pv->view.views);
}

static bool can(const struct view *v, int action)
{
	const struct package_view *pv = (const struct package_view *)v;

	return action != PACKAGE_DECIDE || pv->p.n > 0;
}

static bool act(struct view *v, int action, const struct key *key, struct slice arg)
{
	struct package_view *pv = (struct package_view *)v;

	(void)key;
	(void)arg;
	if (action == PACKAGE_DECIDE) {
		decide(pv);
	} else if (action == PACKAGE_BACK) {
		views_pop(v->views);
	} else if (common_step(action, 1) || action == COMMON_HOME || action == COMMON_END) {
		common_move(action, (int)page(pv), pv->n, &pv->top);
		keep_in_sight(pv);
	} else {
		return false;
	}
	return true;
}

static void free_package(struct view *v)
{
	struct package_view *pv = (struct package_view *)v;

	for (size_t i = 0; i < pv->n; i++) {
		str_release(&pv->v[i].was);
		str_release(&pv->v[i].place);
	}
	package_release(&pv->p);
	free(pv->v);
	free(pv);
}

const struct view_ops view_package_ops = {
	.name = "package",
	.title = N_("Decide together"),
	.about = N_("The points that were tried, before they are decided together: what is "
		    "chosen, and who is for it and against it."),
	.actions = actions,
	.common = common,
	.prepare = prepare,
	.draw = draw,
	.headline = headline,
	.status = status,
	.can = can,
	.act = act,
	.free = free_package,
};

struct view *view_package_new(const struct host *host, struct doc *doc, const uint32_t *choices)
{
	struct package_view *pv = mem_zalloc(sizeof(*pv));

	pv->view.ops = &view_package_ops;
	pv->host = host;
	pv->doc = doc;
	doc_read(doc);
	make(pv, choices);
	return &pv->view;
}
