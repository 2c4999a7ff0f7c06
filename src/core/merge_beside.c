/* SPDX-License-Identifier: MIT */
#include "merge_impl.h"

#include "core/mem.h"

#include <stdlib.h>

/*
 * What one side takes out beside something new of the other. Were it left out, the new would
 * stand in its place, and nobody could tell that it is not what it has become: whoever is
 * merged next may have changed it. So it stays, as a point of itself and what took its place.
 */

struct besides {
	struct merge *m;
	const struct merge_sides *s;
	bool *fresh[3];  /* by the base's unit: the side has something new before it, or may
			  * have: what of the base it could stand beside is out */
	bool *passed[3]; /* by the base's unit: one of the last two over which the side has
			  * moved another: what is left tells which has moved */
	bool *stays;
};

static bool is_out(const struct besides *x, size_t side, size_t u)
{
	return x->s->stayed[side][u] == NONE && x->s->moved[side][u] == NONE;
}

/* Where what a side does not have at its place, from the base's u on, ends. */
static size_t run_end(const struct besides *x, size_t side, size_t u)
{
	while (u < x->m->w.inputs[0].n && x->s->stayed[side][u] == NONE)
		u++;
	return u;
}

/* Nothing like it stands in its place. */
static bool is_rewritten(const struct besides *x, size_t side, size_t u)
{
	uint32_t j = x->s->stayed[side][u];

	return j != NONE && x->s->al[side].rewritten[j];
}

/* It is a point, and one of its wordings is nothing like the base's. */
static bool offers_other(const struct besides *x, size_t side, size_t u)
{
	struct work *w = &x->m->w;
	struct input *base = &w->inputs[0], *in = &w->inputs[side];
	const struct unit *is;
	const struct point *p;
	const struct piece *ref;
	uint32_t first, j = x->s->stayed[side][u];

	j = j == NONE ? x->s->moved[side][u] : j;
	if (j == NONE)
		return false;
	is = &in->units[j];
	first = is->simple ? BRACKET_NONE : brackets_point_from(&in->b, is->body);
	if (first == BRACKET_NONE || point_begin(&in->b, &in->b.points[first]) != is->body ||
	    point_end(&in->b, &in->b.points[first]) != is->body_end)
		return false;
	p = &in->b.points[first];
	ref = unit_pieces(w, base, &base->units[u]);
	for (size_t k = 0; k < p->n_options; k++) {
		const struct option *o = point_option(&in->b, p, k);
		size_t at = in->n_pieces, n;

		n = stretch_pieces(w, in, o->begin, o->end);
		in->n_pieces = at;
		if (n && pieces_share_little(w, base, ref, base->units[u].n_pieces, in,
					     in->pieces + at, n))
			return true;
	}
	return false;
}

/* Whether a side has something new in place of what stands before or after. */
static bool is_new_beside(const struct besides *x, size_t side, size_t u)
{
	return (u > 0 && (is_rewritten(x, side, u - 1) || offers_other(x, side, u - 1))) ||
	       (u + 1 < x->m->w.inputs[0].n &&
		(is_rewritten(x, side, u + 1) || offers_other(x, side, u + 1)));
}

/* Whether a side changes something of the base's [a, b) but by taking it out. */
static bool is_touched(const struct besides *x, size_t side, size_t a, size_t b)
{
	struct input *base = &x->m->w.inputs[0], *in = &x->m->w.inputs[side];

	for (size_t u = a; u < b; u++) {
		uint32_t j = x->s->stayed[side][u];

		if (x->fresh[side][u] || (j == NONE && x->s->moved[side][u] != NONE) ||
		    (j != NONE &&
		     !units_equal(&x->m->w, base, &base->units[u], in, &in->units[j])))
			return true;
	}
	return x->fresh[side][b];
}

/* What a side takes out in one go, the base's [a, b). */
static void look_at(struct besides *x, size_t side, size_t a, size_t b)
{
	size_t other = 3 - side;
	bool all = x->fresh[side][b] && is_touched(x, other, a, b);

	for (size_t u = a; u < b; u++)
		if (is_out(x, side, u) && !is_out(x, other, u) &&
		    (all || x->passed[other][u] || x->fresh[other][u] ||
		     x->fresh[other][u + 1] || is_new_beside(x, other, u)))
			x->stays[u] = true;
}

static void find_fresh(struct besides *x, size_t side)
{
	size_t n = x->m->w.inputs[0].n;
	bool *fresh = mem_zalloc(n + 1);

	for (size_t u = 0; u <= n; u++)
		fresh[u] = x->s->loose[side][u] != NONE;
	for (size_t u = 0, to; u < n; u = to + 1) {
		to = run_end(x, side, u);
		for (size_t k = u; k < to; k++)
			fresh[k] = fresh[to];
	}
	x->fresh[side] = fresh;
}

static void pass(struct besides *x, size_t side, uint32_t unit)
{
	if (unit != NONE)
		x->passed[side][unit] = true;
}

static void find_passed(struct besides *x, size_t side)
{
	const struct aligned *al = &x->s->al[side];
	size_t n = x->m->w.inputs[0].n;
	uint32_t last[2] = {NONE, NONE};

	x->passed[side] = mem_zalloc(n + 1);
	for (size_t j = 0; j < x->m->w.inputs[side].n; j++) {
		uint32_t from = al->from[j], next = al->slot[j];

		if (al->partner[j] != NONE) {
			last[1] = last[0];
			last[0] = al->partner[j];
		} else if (from != NONE && from >= next) {
			pass(x, side, next);
			for (next++; next < from && x->s->stayed[side][next] == NONE;)
				next++;
			if (next < from)
				pass(x, side, next);
		} else if (from != NONE) {
			for (size_t k = 0; k < 2; k++)
				if (last[k] != NONE && last[k] > from)
					pass(x, side, last[k]);
		}
	}
}

/* What a side has before a unit is not what stands there in the base: then nobody can tell that
 * something new is it written anew. */
static bool is_parted(const struct besides *x, size_t side, size_t u)
{
	uint32_t j = merge_unit_of(x->s, side, (uint32_t)u), v;

	if (j == NONE)
		return false;
	while (j > 0 && merge_base_of(x->s, side, j - 1) == NONE)
		j--;
	v = j ? merge_base_of(x->s, side, j - 1) + 1 : 0;
	while (v < u && is_out(x, side, v))
		v++;
	return v != u;
}

bool *merge_find_stays(struct merge *m, const struct merge_sides *s)
{
	size_t n = m->w.inputs[0].n;
	struct besides x = {.m = m, .s = s, .stays = mem_zalloc(n + 1)};

	for (size_t side = 1; side <= 2; side++) {
		find_fresh(&x, side);
		find_passed(&x, side);
	}
	for (size_t u = 0; u < n; u++)
		for (size_t side = 1; side <= 2; side++)
			if (s->moved[side][u] != NONE &&
			    (is_out(&x, 3 - side, u) || is_rewritten(&x, 3 - side, u)))
				x.stays[u] = true;
	for (size_t side = 1; side <= 2; side++)
		for (size_t u = 0, to; u < n; u = to + 1) {
			to = run_end(&x, side, u);
			look_at(&x, side, u, to);
			if (to < n && is_rewritten(&x, side, to) &&
			    (x.passed[3 - side][to] || is_parted(&x, 3 - side, to) ||
			     x.fresh[3 - side][to] || x.fresh[3 - side][to + 1]))
				x.stays[to] = true;
		}
	for (size_t side = 1; side <= 2; side++) {
		free(x.fresh[side]);
		free(x.passed[side]);
	}
	return x.stays;
}
