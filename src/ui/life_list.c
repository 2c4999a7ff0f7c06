/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "ui/life_inner.h"
#include "ui/told.h"
#include "ui/view_life.h"

#include <stdlib.h>
#include <string.h>

/* Which points are listed, in which order, and which one was asked for. */

static const struct life *life_of(const struct life_view *lv)
{
	return lv->lives ? lv->lives->life : NULL;
}

uint32_t life_chosen(const struct life_view *lv)
{
	return lv->chosen < lv->n_shown ? lv->shown[lv->chosen] : LIFE_NONE;
}

/* ---- order ---- */

struct entry {
	const struct life_point *p;
	uint32_t point;
};

static int by_place(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	bool x_open = x->p->state == LIFE_OPEN, y_open = y->p->state == LIFE_OPEN;

	if (x_open != y_open)
		return x_open ? -1 : 1;
	if (x_open && x->p->number != y->p->number)
		return x->p->number < y->p->number ? -1 : 1;
	if (!x_open && x->p->ended != y->p->ended)
		return x->p->ended > y->p->ended ? -1 : 1;
	if (!x_open && x->p->number != y->p->number)
		return x->p->number < y->p->number ? -1 : 1;
	return x->point < y->point ? -1 : x->point > y->point;
}

/* ---- filter ---- */

static bool passes(const struct life_view *lv, const struct life *l, uint32_t point)
{
	const struct life_point *p = &l->points[point];
	const struct parties *parties = lv->lives->parties;
	struct slice words = str_slice(&lv->filter);

	if (!words.len || told_has(life_point_text(l, p), words) ||
	    told_has(life_point_id(l, p), words))
		return true;
	for (uint32_t e = p->last; e != LIFE_NONE; e = l->events[e].previous) {
		const struct life_event *ev = &l->events[e];
		const struct host_version *v = &lv->lives->v[ev->version];

		if (told_has(life_text(l, ev), words) || told_has(life_more(l, ev), words) ||
		    told_has(slice_of(v->author), words) ||
		    told_has(slice_of(v->meeting), words) ||
		    (ev->party < parties->n &&
		     told_has(slice_of(parties->v[ev->party].code), words)))
			return true;
	}
	return false;
}

void life_list(struct life_view *lv)
{
	const struct life *l = life_of(lv);
	uint32_t was = life_chosen(lv);
	struct entry *list;
	size_t n = 0;

	lv->n_shown = lv->chosen = lv->top = 0;
	if (!l)
		return;
	list = mem_array(NULL, l->n_points + 1, sizeof(*list));
	for (uint32_t i = 0; i < l->n_points; i++)
		if (passes(lv, l, i))
			list[n++] = (struct entry){&l->points[i], i};
	qsort(list, n, sizeof(*list), by_place);
	lv->shown = mem_array(lv->shown, n + 1, sizeof(*lv->shown));
	for (size_t i = 0; i < n; i++) {
		lv->shown[i] = list[i].point;
		if (list[i].point == was)
			lv->chosen = i;
	}
	lv->n_shown = n;
	free(list);
}

/* ---- from the newest part to the whole ---- */

static bool same_version(const struct life_view *lv, uint32_t now, uint32_t then)
{
	return strcmp(lv->lives->v[now].id, lv->seen_v[then].id) == 0;
}

/* An open point by its number, another by the version that ended it, too. */
static uint32_t find_again(const struct life_view *lv, uint32_t point)
{
	const struct life *l = life_of(lv), *seen = lv->seen;
	const struct life_point *was;

	if (point >= seen->n_points)
		return LIFE_NONE;
	was = &seen->points[point];
	for (uint32_t i = 0; i < l->n_points; i++) {
		const struct life_point *p = &l->points[i];

		if (p->state == was->state && p->number == was->number &&
		    slice_equal(life_point_text(l, p), life_point_text(seen, was)) &&
		    (was->ended == LIFE_NONE
			     ? p->ended == LIFE_NONE
			     : p->ended != LIFE_NONE && same_version(lv, p->ended, was->ended)))
			return i;
	}
	return LIFE_NONE;
}

/* The event of the tale that was this one; the first where it was before all of them. */
static size_t find_event(const struct life_view *lv, const struct life_event *was)
{
	const struct life *l = life_of(lv);
	size_t found = 0;

	for (size_t i = 0; i < lv->n_events; i++) {
		const struct life_event *e = &l->events[lv->events[i]];

		if (same_version(lv, e->version, was->version) &&
		    (e->kind == was->kind || was->kind == LIFE_OPENED))
			found = i;
	}
	return found;
}

void life_change_over(struct life_view *lv)
{
	uint32_t chosen = find_again(lv, life_chosen(lv)), point = LIFE_NONE;
	const struct life_event *event = NULL;
	size_t top = lv->top;

	if (lv->tale && lv->event < lv->n_events)
		event = &lv->seen->events[lv->events[lv->event]];
	if (lv->point != LIFE_NONE)
		point = find_again(lv, lv->point);
	life_list(lv);
	for (size_t i = 0; i < lv->n_shown; i++)
		if (lv->shown[i] == chosen)
			lv->chosen = i;
	lv->top = top;
	lv->moment.known = false;
	lv->tale = lv->tale && point != LIFE_NONE;
	lv->point = point;
	if (!lv->tale)
		return;
	life_tell(lv, point);
	if (event)
		lv->event = find_event(lv, event);
}

/* ---- the point that was asked for ---- */

static uint32_t distance(uint32_t a, uint32_t b)
{
	return a > b ? a - b : b - a;
}

uint32_t life_match(const struct life_view *lv)
{
	const struct life *l = life_of(lv);
	struct slice text = str_slice(&lv->ask_text), id = str_slice(&lv->ask_id);
	uint32_t best = LIFE_NONE;

	if (!l)
		return LIFE_NONE;
	for (uint32_t i = 0; id.len && i < l->n_points; i++)
		if (l->points[i].state == LIFE_OPEN &&
		    slice_equal(life_point_id(l, &l->points[i]), id))
			return i;
	for (uint32_t i = 0; i < l->n_points; i++) {
		const struct life_point *p = &l->points[i];
		struct slice kept = life_point_text(l, p);

		/* Of a very long one the life keeps the beginning. */
		if (p->state != LIFE_OPEN || !kept.len || kept.len > text.len ||
		    memcmp(kept.p, text.p, kept.len) != 0 ||
		    (kept.len < text.len && kept.len < 4000))
			continue;
		if (best == LIFE_NONE ||
		    distance(p->number, lv->ask_number) <
			    distance(l->points[best].number, lv->ask_number))
			best = i;
	}
	return best;
}

struct life_ask life_ask_at(const struct doc *d, size_t at)
{
	const struct brackets *b = &d->brackets;
	uint32_t point = doc_point_at(d, at);
	const struct point *p;
	size_t begin;

	if (point == BRACKET_NONE)
		return (struct life_ask){.text = SLICE(""), .id = SLICE("")};
	p = &b->points[point];
	begin = point_begin(b, p);
	return (struct life_ask){
		.text = slice_make(d->flat.p + begin, b->v[p->last].close - begin),
		.id = point_id(b, p, d->flat),
		.number = point + 1,
	};
}
