/* SPDX-License-Identifier: MIT */
#include "rebracket_impl.h"

#include "core/closing.h"
#include "core/label.h"
#include "core/resolve.h"
#include "core/utf8.h"

#include <string.h>

int rebracket_no_point(struct error *err)
{
	return error_set(err, ST_MISSING, N_("there is no such point"));
}

int rebracket_refuse(struct error *err)
{
	return error_set(err, ST_INPUT,
			 N_("this would change what else is read there; edit the text"));
}

/* ---- ids */

/*
 * Mints ids for points that an edit makes. e has RECHECK_ID, digits and a
 * closing brace in place of each; the text around tells which point it names.
 */
static void put_id(struct edits *e, size_t i, size_t mark, size_t len, struct slice id)
{
	struct str text = STR_INIT;
	struct edit one = e->v[i];

	str_add(&text, e->bytes.p + one.from, mark);
	str_add_slice(&text, id);
	str_add(&text, e->bytes.p + one.from + mark + len, one.len - mark - len);
	e->v[i].from = e->bytes.len;
	e->v[i].len = text.len;
	str_add_slice(&e->bytes, str_slice(&text));
	str_release(&text);
}

/* Where the placeholder of an id stands in the text of the i-th edit; SIZE_MAX. */
static size_t find_mark(const struct edits *e, size_t i)
{
	const char *p = e->v[i].len > 0 ? e->bytes.p + e->v[i].from : NULL;
	const char *at = p ? memmem(p, e->v[i].len, RECHECK_ID, strlen(RECHECK_ID)) : NULL;

	return at ? (size_t)(at - p) : SIZE_MAX;
}

bool fresh_mint_ids(const struct bracketed *w, struct edits *e)
{
	size_t shift = 0;

	/* From left to right, each read anew: two minted at once could be the same. */
	for (size_t i = 0; i < e->n; i++) {
		size_t mark;

		while ((mark = find_mark(e, i)) != SIZE_MAX) {
			struct recheck r;
			struct str id = STR_INIT;
			size_t at = e->v[i].at + shift + mark;
			uint32_t bracket = BRACKET_NONE;

			recheck_init(&r, w, e);
			for (size_t k = 0; k < r.b.n && bracket == BRACKET_NONE; k++)
				if (r.b.v[k].id == at && r.b.v[k].id < r.b.v[k].id_end)
					bracket = (uint32_t)k;
			if (bracket != BRACKET_NONE)
				brackets_mint_id(&r.b, str_slice(&r.text), r.b.v[bracket].point,
						 &id);
			recheck_release(&r);
			if (bracket == BRACKET_NONE)
				return false;
			put_id(e, i, mark, strlen(RECHECK_ID), str_slice(&id));
			str_release(&id);
		}
		shift += e->v[i].len - e->v[i].del;
	}
	return true;
}

void fresh_add_id(struct edits *e, size_t at)
{
	edits_add(e, at, 0, "{#" RECHECK_ID "}", strlen(RECHECK_ID) + 3);
}

int rebracket_id(const struct bracketed *w, uint32_t point, struct edits *e, struct str *id,
		 struct error *err)
{
	const struct point *p = &w->b->points[point];
	struct slice has;

	if (point >= w->b->n_points)
		return rebracket_no_point(err);
	has = point_id(w->b, p, w->draft);
	if (has.len == 0) {
		struct str fresh = STR_INIT, text = STR_INIT;

		brackets_mint_id(w->b, w->draft, point, &fresh);
		str_addf(&text, "{#%s}", str_text(&fresh));
		edits_add(e, point_end(w->b, p), 0, text.p, text.len);
		str_add_slice(id, str_slice(&fresh));
		str_release(&fresh);
		str_release(&text);
		return 0;
	}
	str_add_slice(id, has);
	return 0;
}

/* ---- two points of one, and one of two */

/* Whether the edits leave, where the point begins, one of n brackets, as many points more, and
 * all that begins after `end` as it was. */
static bool leaves_point(const struct bracketed *w, const struct edits *e, uint32_t point,
			 size_t n, size_t end, int more)
{
	size_t begin = point_begin(w->b, &w->b->points[point]);
	struct recheck r;
	uint32_t now;
	bool good;

	recheck_init(&r, w, e);
	now = recheck_point_at(&r.b, edits_map(e, begin));
	good = now != BRACKET_NONE && r.b.points[now].n_brackets == n &&
	       recheck_others(&r, w, e, begin, end, more, NULL);
	recheck_release(&r);
	return good;
}

int rebracket_split(const struct bracketed *w, uint32_t point, size_t n, struct edits *e,
		    struct error *err)
{
	const struct point *p = &w->b->points[point];
	uint32_t i;

	if (point >= w->b->n_points)
		return rebracket_no_point(err);
	if (n == 0 || n >= p->n_brackets)
		return error_set(err, ST_USAGE,
				 N_("point %zu has %u bracket(s); it cannot be split there"),
				 (size_t)point + 1, p->n_brackets);
	i = p->bracket;
	for (size_t k = 1; k < n; k++)
		i = w->b->v[i].next;
	fresh_add_id(e, w->b->v[i].end);
	if (fresh_mint_ids(w, e) && leaves_point(w, e, point, n, point_end(w->b, p), 1))
		return 0;
	edits_clear(e);
	return rebracket_refuse(err);
}

/* The point that follows under the same parent; BRACKET_NONE. */
static uint32_t next_sibling(const struct brackets *b, uint32_t point)
{
	size_t end = point_end(b, &b->points[point]);

	for (size_t i = point + 1; i < b->n_points; i++)
		if (point_begin(b, &b->points[i]) >= end)
			return b->points[i].parent == b->points[point].parent ? (uint32_t)i
									      : BRACKET_NONE;
	return BRACKET_NONE;
}

int rebracket_join(const struct bracketed *w, uint32_t point, bool keep_id, struct edits *e,
		   struct error *err)
{
	const struct brackets *b = w->b;
	const struct bracket *last;
	uint32_t next;
	size_t n;

	if (point >= b->n_points)
		return rebracket_no_point(err);
	next = next_sibling(b, point);
	last = &b->v[b->points[point].last];
	if (next == BRACKET_NONE || last->id == last->id_end)
		return error_set(err, ST_USAGE,
				 N_("no bracket follows point %zu that could be joined to it"),
				 (size_t)point + 1);
	n = b->points[point].n_brackets + b->points[next].n_brackets;
	edits_add(e, last->id - 2, last->id_end - last->id + 3, NULL, 0);
	if (keep_id && point_id(b, &b->points[next], w->draft).len == 0)
		edits_add(e, point_end(b, &b->points[next]), 0, w->draft.p + last->id - 2,
			  last->id_end - last->id + 3);
	if (leaves_point(w, e, point, n, point_end(b, &b->points[next]), -1))
		return 0;
	edits_clear(e);
	return error_set(
		err, ST_USAGE,
		N_("there is text between point %zu and the next; they cannot be joined"),
		(size_t)point + 1);
}

/* ---- off */

/* A placeholder's brackets go, what stands in them stays. */
static void off_placeholder(const struct bracketed *w, const struct bracket *v, struct edits *e)
{
	struct range inside = {v->inner, v->inner_end};
	struct gap gap = {.begin = v->begin,
			  .end = v->end,
			  .keep = &inside,
			  .n_keep = inside.begin < inside.end};
	struct closing c;

	closing_init(&c, w->draft);
	closing_take(&c, &gap);
	closing_finish(&c, e);
	closing_release(&c);
}

/* Whether the point is gone and all that begins outside it is as it was. What stood in it may
 * be fewer points now: [y] / [z]. */
static bool leaves_none(const struct bracketed *w, const struct edits *e, const struct point *p)
{
	struct recheck r;
	bool good;

	recheck_init(&r, w, e);
	good = r.b.n_points < w->b->n_points &&
	       recheck_others(&r, w, e, point_begin(w->b, p), point_end(w->b, p),
			      -(int)(w->b->n_points - r.b.n_points), NULL);
	recheck_release(&r);
	return good;
}

int rebracket_off(const struct bracketed *w, uint32_t point, struct edits *e, struct error *err)
{
	const struct point *p = &w->b->points[point];
	struct choice c = {.kind = CHOOSE_OPTION};
	size_t wordings = 0;
	int rc = 0;

	if (point >= w->b->n_points)
		return rebracket_no_point(err);
	for (size_t k = 0; k < p->n_options; k++) {
		if (point_option(w->b, p, k)->no_text)
			continue;
		wordings++;
		c.option = k + 1;
	}
	if (p->n_brackets != 1 || (wordings != 1 && p->kind != KIND_PLACEHOLDER))
		return error_set(err, ST_USAGE,
				 N_("point %zu offers %zu wordings; choose one of them"),
				 (size_t)point + 1, wordings);
	if (wordings == 1)
		rc = resolve_point(w, point, &c, e, NULL, err);
	else
		off_placeholder(w, &w->b->v[p->bracket], e);
	if (rc < 0 || leaves_none(w, e, p))
		return rc;
	edits_clear(e);
	return rebracket_refuse(err);
}

/* ---- repair */

struct range rebracket_line(struct slice draft, size_t pos)
{
	struct range line = {pos, pos};

	while (line.begin > 0 && draft.p[line.begin - 1] != '\n')
		line.begin--;
	while (line.end < draft.len && draft.p[line.end] != '\n')
		line.end++;
	if (line.end > line.begin && draft.p[line.end - 1] == '\r')
		line.end--;
	return line;
}

static void complete(const struct bracketed *w, const struct bracket_problem *problem,
		     struct edits *e)
{
	const char *p = w->draft.p;
	struct range line = rebracket_line(w->draft, problem->at);
	bool wide = problem->len == 3;
	struct label label;

	if (problem->kind == PROBLEM_UNCLOSED) {
		line.end -= utf8_blanks_before(p + line.begin, line.end - line.begin);
		edits_add(e, line.end, 0, wide ? "］" : "]", problem->len);
		return;
	}
	label_read(p + line.begin, line.end - line.begin, &label);
	line.begin += label.body;
	edits_add(e, line.begin < problem->at ? line.begin : problem->at, 0, wide ? "［" : "[",
		  problem->len);
}

int rebracket_repair(const struct bracketed *w, size_t problem, enum repair how,
		     struct edits *e, struct error *err)
{
	const struct bracket_problem *x = &w->b->problems[problem];
	struct recheck r;
	size_t left = 0;
	bool good;

	if (problem >= w->b->n_problems)
		return error_set(err, ST_MISSING, N_("there is no such unpaired bracket"));
	if (how == REPAIR_ESCAPE)
		edits_add(e, x->at, 0, "\\", 1);
	else if (how == REPAIR_REMOVE)
		edits_add(e, x->at, x->len, NULL, 0);
	else
		complete(w, x, e);
	/* One problem less, and none that was not there. */
	recheck_init(&r, w, e);
	for (size_t i = 0; i < w->b->n_problems; i++)
		if (i != problem && left < r.b.n_problems &&
		    r.b.problems[left].at == edits_map(e, w->b->problems[i].at))
			left++;
	good = left == r.b.n_problems && left < w->b->n_problems;
	recheck_release(&r);
	if (good)
		return 0;
	edits_clear(e);
	return recheck_refuse(w->draft, x->at,
			      N_("this bracket cannot be repaired so; edit the text"), err);
}
