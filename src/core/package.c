/* SPDX-License-Identifier: MIT */
#include "core/package.h"

#include "core/mem.h"
#include "core/project.h"

#include <stdlib.h>

/* A point that waits for its turn. */
struct waiting {
	uint32_t point, outer; /* and the outermost one around it that is decided, too */
	size_t at;             /* where it begins now */
};

static int last_first(const void *one, const void *other)
{
	const struct waiting *a = one, *b = other;

	if (a->outer != b->outer)
		return a->outer < b->outer ? 1 : -1;
	return (a->point > b->point) - (a->point < b->point);
}

static uint32_t outermost(const struct package_ask *ask, uint32_t point)
{
	uint32_t found = point;

	for (; point != BRACKET_NONE; point = ask->b->points[point].parent)
		if (ask->choices[point] != PROJECT_OPEN)
			found = point;
	return found;
}

static void leave(struct package *p, uint32_t point, const char *why)
{
	p->left[p->n_left++] = (struct package_left){point, why};
}

/* The points to be decided, in order; their number. */
static size_t find(struct package *p, const struct package_ask *ask, struct waiting *list)
{
	size_t n = 0, most = ask->b->n_points;
	bool *live = mem_array(NULL, most, sizeof(*live));

	project_live(ask->b, ask->choices, live);
	for (uint32_t i = 0; i < most; i++) {
		if (ask->choices[i] == PROJECT_OPEN)
			continue;
		if (!live[i])
			leave(p, i, N_("it is inside a wording that is not taken"));
		else
			list[n++] = (struct waiting){i, outermost(ask, i),
						     point_begin(ask->b, &ask->b->points[i])};
	}
	free(live);
	qsort(list, n, sizeof(*list), last_first);
	return n;
}

static size_t option_of(uint32_t choice)
{
	return choice == PROJECT_NO_TEXT ? 0 : (size_t)choice + 1;
}

static int by_point(const void *one, const void *other)
{
	const struct package_left *a = one, *b = other;

	return (a->point > b->point) - (a->point < b->point);
}

/* The point as it is now; BRACKET_NONE where it is not what was asked about any more: what was
 * around it kept it apart from its neighbour, say. */
static uint32_t find_again(const struct package_ask *ask, const struct waiting *w,
			   const struct brackets *now)
{
	uint32_t point = brackets_point_from(now, w->at);

	if (point == BRACKET_NONE || point_begin(now, &now->points[point]) != w->at ||
	    now->points[point].hash != ask->b->points[w->point].hash)
		return BRACKET_NONE;
	return point;
}

/* Adds the decision on the point, to be made on p->text. */
static int decide(struct package *p, const struct package_ask *ask, const struct waiting *w,
		  struct error *err)
{
	struct package_step *s = &p->v[p->n];
	struct choice choice = {.kind = CHOOSE_OPTION,
				.option = option_of(ask->choices[w->point])};
	struct brackets now;
	struct bracketed bracketed = {&now, str_slice(&p->text), ask->parties};
	uint32_t point;
	int rc = ST_MISSING;

	*s = (struct package_step){.point = w->point, .edits = EDITS_INIT};
	resolved_init(&s->what);
	brackets_read(&now, bracketed.draft, ask->parties);
	point = find_again(ask, w, &now);
	if (point != BRACKET_NONE)
		rc = resolve_point(&bracketed, point, &choice, &s->edits, &s->what, err);
	if (rc == 0 && ask->given)
		resolved_hear(&s->what, &bracketed, ask->given);
	brackets_release(&now);
	p->n += rc == 0;
	return rc;
}

/* The text, and where the points are that still wait, after the step. */
static void go_on(struct package *p, const struct package_step *s, struct waiting *list,
		  size_t n)
{
	struct str after = STR_INIT;

	edits_apply(&s->edits, str_slice(&p->text), &after);
	str_release(&p->text);
	p->text = after;
	for (size_t i = 0; i < n; i++)
		list[i].at = edits_map(&s->edits, list[i].at);
}

/* "2 points: 8=2, 10=1" */
static void name(struct package *p, const struct package_ask *ask, const bool *decided)
{
	const char *comma = "";

	str_addf(&p->name, "%zu point%s: ", p->n, p->n == 1 ? "" : "s");
	for (size_t i = 0; i < ask->b->n_points; i++) {
		if (!decided[i])
			continue;
		str_addf(&p->name, "%s%zu=%zu", comma, i + 1, option_of(ask->choices[i]));
		comma = ", ";
	}
	for (size_t i = 0; ask->named && i < p->n; i++)
		p->v[i].what.package = str_slice(&p->name);
}

void package_make(struct package *p, const struct package_ask *ask)
{
	size_t most = ask->b->n_points, n;
	struct waiting *list = mem_array(NULL, most, sizeof(*list));
	bool *decided = mem_zalloc(most + 1);

	*p = (struct package){.name = STR_INIT, .text = STR_INIT};
	p->v = mem_array(NULL, most, sizeof(*p->v));
	p->left = mem_array(NULL, most, sizeof(*p->left));
	str_add_slice(&p->text, ask->draft);
	n = find(p, ask, list);
	for (size_t i = 0; i < n; i++) {
		struct error err = ERROR_INIT;

		decided[list[i].point] = decide(p, ask, &list[i], &err) == 0;
		if (decided[list[i].point])
			go_on(p, &p->v[p->n - 1], &list[i + 1], n - i - 1);
		else
			leave(p, list[i].point,
			      N_("it reads otherwise once the others are decided"));
	}
	name(p, ask, decided);
	qsort(p->left, p->n_left, sizeof(*p->left), by_point);
	free(list);
	free(decided);
}

void package_release(struct package *p)
{
	for (size_t i = 0; i < p->n; i++) {
		edits_release(&p->v[i].edits);
		resolved_release(&p->v[i].what);
	}
	free(p->v);
	free(p->left);
	str_release(&p->name);
	str_release(&p->text);
	*p = (struct package){.name = STR_INIT, .text = STR_INIT};
}
