/* SPDX-License-Identifier: MIT */
#include "merge_said.h"

#include "core/mem.h"

#include <stdlib.h>

/* Which changes hang together, and which of these cannot all be made. */

/* ---- changes and points in the order of the base ---- */

static int by_place(const void *p, const void *q)
{
	const struct item *x = p, *y = q;
	int order;

	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	if (x->b != y->b)
		return x->b < y->b ? -1 : 1;
	if (x->offer != y->offer)
		return x->offer ? 1 : -1;
	/* Whichever side it is of. */
	order = slice_compare(x->bytes, y->bytes);
	if (order)
		return order;
	return (x->index > y->index) - (x->index < y->index);
}

/* What both sides say is one; map: which change stands for each. */
static void join_equal(struct said *s, uint32_t *map)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n_items; i++) {
		struct item *x = &s->items[i];
		size_t k = n;

		while (!x->offer && k > 0 && s->items[k - 1].a == x->a &&
		       s->items[k - 1].b == x->b) {
			struct item *y = &s->items[--k];

			if (y->offer ||
			    !changes_equal(&s->changes[x->index], &s->changes[y->index]))
				continue;
			change_join(&s->changes[y->index], &s->changes[x->index]);
			map[x->index] = y->index;
			y->closes = y->closes || x->closes;
			y->by[1] = y->by[1] || x->by[1];
			y->by[2] = y->by[2] || x->by[2];
			x = NULL;
			break;
		}
		if (x) {
			if (!x->offer)
				map[x->index] = x->index;
			s->items[n++] = *x;
		}
	}
	s->n_items = n;
}

static void find_items(struct said *s)
{
	uint32_t *map = mem_array(NULL, s->n_changes + 1, sizeof(*map));

	s->items = mem_zalloc((s->n_changes + s->n_offers + 1) * sizeof(*s->items));
	for (size_t i = 0; i < s->n_changes; i++)
		s->items[i] = (struct item){.a = s->changes[i].a,
					    .b = s->changes[i].b,
					    .bytes = change_bytes(&s->changes[i]),
					    .index = (uint32_t)i};
	for (size_t i = 0; i < s->n_offers; i++) {
		const struct offer *o = &s->offers[i];

		for (size_t k = 0; k < o->n; k++)
			for (size_t j = 0; j < s->speeches[o->speech + k].n; j++)
				s->items[s->list[s->speeches[o->speech + k].first + j]]
					.by[o->side] = true;
		s->items[s->n_changes + i] = (struct item){
			.a = o->a, .b = o->b, .index = (uint32_t)i, .offer = true};
		s->items[s->n_changes + i].by[o->side] = true;
	}
	for (size_t k = 1; k <= 2; k++)
		for (size_t i = 0; i < s->side[k].n_segments; i++) {
			uint32_t x = s->side[k].segments[i].change;

			if (x == NONE)
				continue;
			s->items[x].by[k] = true;
			s->items[x].closes = s->changes[x].fate == FATE_REWORDED;
		}
	s->n_items = s->n_changes + s->n_offers;
	if (s->n_items)
		qsort(s->items, s->n_items, sizeof(*s->items), by_place);
	join_equal(s, map);
	for (size_t i = 0; i < s->n_list; i++)
		s->list[i] = map[s->list[i]];
	for (size_t k = 1; k <= 2; k++)
		for (size_t i = 0; i < s->side[k].n_segments; i++)
			if (s->side[k].segments[i].change != NONE)
				s->side[k].segments[i].change =
					map[s->side[k].segments[i].change];
	free(map);
}

/* ---- what hangs together ---- */

/* Whether something of a place touches something of the next, so that it cannot be told from it
 * once both are made. What a point of the base becomes can: where need be the point stays. */
static bool hang_together(const struct said *s, const struct place *p, const struct place *q)
{
	for (size_t i = p->first; p->b == q->a && i < q->first; i++)
		for (size_t k = q->first; k < q->first + q->n; k++) {
			const struct item *x = &s->items[i], *y = &s->items[k];

			if (!x->offer && !y->offer && x->b == y->a &&
			    !s->changes[x->index].fate && !s->changes[y->index].fate)
				return true;
		}
	return false;
}

/* What overlaps, or is put in at one place. */
static void find_heaps(struct said *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n_items; i++) {
		const struct item *x = &s->items[i];
		struct place *p = &s->places[n];

		if (!n || x->a > p[-1].b || (x->a == p[-1].b && x->b > p[-1].a)) {
			*p = (struct place){.a = x->a, .b = x->b, .first = i};
			n++;
		} else {
			p--;
		}
		p->b = x->b > p->b ? x->b : p->b;
		p->n++;
		p->by[1] = p->by[1] || x->by[1];
		p->by[2] = p->by[2] || x->by[2];
		p->offers = p->offers || x->offer;
	}
	s->n_places = n;
}

static void find_places(struct said *s)
{
	size_t n = 0;

	s->places = mem_zalloc((s->n_items + 1) * sizeof(*s->places));
	find_heaps(s);
	for (size_t i = 0; i < s->n_places; i++) {
		const struct place *q = &s->places[i];
		struct place *p = n ? &s->places[n - 1] : NULL;

		if (!p || !hang_together(s, p, q)) {
			s->places[n++] = *q;
			continue;
		}
		p->b = q->b;
		p->n += q->n;
		p->by[1] = p->by[1] || q->by[1];
		p->by[2] = p->by[2] || q->by[2];
		p->offers = p->offers || q->offers;
	}
	s->n_places = n;
}

static bool any_clash(const struct said *s, const struct place *p)
{
	for (size_t i = p->first; i < p->first + p->n; i++)
		for (size_t j = p->first; j < i; j++)
			if (!s->items[i].offer && !s->items[j].offer &&
			    changes_clash(&s->changes[s->items[i].index],
					  &s->changes[s->items[j].index]))
				return true;
	return false;
}

/* Whether the segment is of the place: it may touch one that it is not of. */
static bool is_of(const struct said *s, const struct place *p, const struct segment *x)
{
	if (x->a != p->b)
		return x->a < p->b;
	for (size_t i = p->first; i < p->first + p->n; i++)
		if (s->items[i].index == (s->items[i].offer ? x->offer : x->change))
			return true;
	return false;
}

/* What a side has in each place. */
static void find_spans(struct said *s, size_t k)
{
	const struct said_side *side = &s->side[k];
	size_t i = 0;
	ptrdiff_t off = 0;

	for (size_t n = 0; n < s->n_places; n++) {
		struct place *p = &s->places[n];

		p->c[k] = (size_t)((ptrdiff_t)p->a + off);
		for (; i < side->n_segments && is_of(s, p, &side->segments[i]); i++) {
			const struct segment *x = &side->segments[i];

			off += (ptrdiff_t)(x->d - x->c) - (ptrdiff_t)(x->b - x->a);
		}
		p->d[k] = (size_t)((ptrdiff_t)p->b + off);
	}
}

/* ---- places grow until they can stand in brackets ---- */

/* Takes in the next place, into which one of them grew. */
static void take_in(struct place *p, const struct place *q)
{
	size_t a = p->a < q->a ? p->a : q->a, b = p->b > q->b ? p->b : q->b;

	for (size_t k = 0; k < 3; k++) {
		/* Where it grew it counted what is the other's as unchanged. */
		p->c[k] -= p->a - a;
		p->d[k] = q->d[k] + (b - q->b);
		p->by[k] = p->by[k] || q->by[k];
	}
	p->a = a;
	p->b = b;
	p->n += q->n;
	p->offers = p->offers || q->offers;
	p->contested = true;
	p->stays = false;
}

static bool meet(const struct place *x, const struct place *y)
{
	return y->a < x->b || (x->a == y->a && x->b == y->b);
}

static void join_places(struct said *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n_places; i++) {
		struct place p = s->places[i];

		/* With the next it may reach the one before. */
		for (; n && meet(&s->places[n - 1], &p); n--) {
			take_in(&s->places[n - 1], &p);
			p = s->places[n - 1];
		}
		s->places[n++] = p;
	}
	s->n_places = n;
}

static bool grow(const struct said *s, struct place *p, bool left)
{
	if (left ? p->a == 0 : p->b == s->n_ref)
		left = !left;
	if (left ? p->a == 0 : p->b == s->n_ref)
		return false;
	if (left) {
		p->a--;
		for (size_t k = 0; k < 3; k++)
			p->c[k] -= p->c[k] > 0;
	} else {
		p->b++;
		for (size_t k = 0; k < 3; k++)
			p->d[k]++;
	}
	return true;
}

static void settle(struct said *s)
{
	for (bool changed = true; changed;) {
		changed = false;
		for (size_t i = 0; i < s->n_places; i++) {
			int side =
				s->places[i].contested ? place_unsettled(s, &s->places[i]) : 0;

			if (side && grow(s, &s->places[i], side == 1))
				changed = true;
		}
		if (changed)
			join_places(s);
	}
}

/* Whether other words took the place of a point, and the other side has changed what stands
 * beside it: then what became of what can be told only where the point stays. */
static bool must_stay(const struct said *s, size_t i)
{
	const struct place *p = &s->places[i];
	bool closes = false;

	for (size_t k = p->first; k < p->first + p->n; k++)
		closes = closes || s->items[k].closes;
	for (size_t k = i ? i - 1 : 0; closes && k <= i + 1 && k < s->n_places; k++) {
		const struct place *q = &s->places[k];

		if (k != i && (q->b == p->a || q->a == p->b) &&
		    ((p->by[1] && q->by[2]) || (p->by[2] && q->by[1])))
			return true;
	}
	return false;
}

void said_places(struct said *s)
{
	find_items(s);
	find_places(s);
	find_spans(s, 1);
	find_spans(s, 2);
	for (size_t i = 0; i < s->n_places; i++) {
		struct place *p = &s->places[i];

		p->c[0] = p->a;
		p->d[0] = p->b;
		/* A point that only one side has stays as it is. */
		p->stays = must_stay(s, i);
		p->contested =
			p->stays || (p->by[1] && p->by[2] && (p->offers || any_clash(s, p)));
	}
	settle(s);
}
