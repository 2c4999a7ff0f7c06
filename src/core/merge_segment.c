/* SPDX-License-Identifier: MIT */
#include "merge_said.h"

#include "core/mem.h"

#include <stdlib.h>

/* Where a side differs, parted at the points of the base: what became of a point can be told
 * from what stands beside it. */

/* Of a point with more wordings nobody finds each among another's: it is taken as it is. */
enum { WORDINGS_MOST = 64 };

/* The base's i-th piece is a point that can stay with one more wording. */
static bool may_stay(const struct said *s, size_t i)
{
	const struct point *p;

	if (s->ref[i].kind != PIECE_POINT)
		return false;
	p = said_point_of(s->in, &s->ref[i]);
	return p->n_brackets == 1 && p->n_options > 0 && p->n_options <= WORDINGS_MOST &&
	       p->kind != KIND_PLACEHOLDER;
}

/* The option of the base's point that says the same; NULL. */
static const struct option *like_option(const struct said *s, const struct point *was,
					const struct option *o)
{
	for (size_t i = 0; i < was->n_options; i++)
		if (point_option(&s->in->b, was, i)->hash == o->hash)
			return point_option(&s->in->b, was, i);
	return NULL;
}

/* How many wordings a point has of those of the base's point. */
static size_t shared_options(const struct said *s, const struct point *was,
			     const struct input *in, const struct point *is)
{
	size_t n = 0;

	for (size_t k = 0; k < is->n_options; k++)
		n += like_option(s, was, point_option(&in->b, is, k)) != NULL;
	return n;
}

/* Where in [c, d) the point of the base is decided, or stands otherwise; *n: how many pieces it
 * has become. SIZE_MAX. */
static size_t decided_at(struct said *s, size_t point, const struct change *x, size_t *n,
			 enum fate *fate)
{
	const struct point *p = said_point_of(s->in, &s->ref[point]);

	*n = 1;
	*fate = FATE_OTHERWISE;
	/* Of several brackets side by side it is not plain to see what became of which. */
	if (p->n_brackets != 1 || p->n_options > WORDINGS_MOST)
		return SIZE_MAX;
	for (size_t i = x->c; i < x->d; i++) {
		const struct point *is;

		if (x->v[i].kind != PIECE_POINT)
			continue;
		is = said_point_of(x->in, &x->v[i]);
		if (is->n_brackets == 1 && shared_options(s, p, x->in, is))
			return i;
	}
	*fate = FATE_DECIDED;
	for (size_t k = 0; k < p->n_options; k++) {
		const struct option *o = point_option(&s->in->b, p, k);
		const struct piece *v = said_option_pieces(s, &s->m->w.inputs[0], o, n);

		for (size_t i = x->c; *n && i + *n <= x->d; i++)
			if (pieces_equal(x->v + i, *n, v, *n))
				return i;
	}
	return SIZE_MAX;
}

static size_t points_in(const struct piece *v, size_t from, size_t to)
{
	size_t n = 0;

	for (size_t i = from; i < to; i++)
		n += v[i].kind == PIECE_POINT;
	return n;
}

/* As many points as there were: the first is what became of the first. SIZE_MAX. */
static size_t next_point(const struct said *s, size_t point, const struct change *x)
{
	if (points_in(s->ref, point, x->b) != points_in(x->v, x->c, x->d))
		return SIZE_MAX;
	for (size_t i = x->c; i < x->d; i++)
		if (x->v[i].kind == PIECE_POINT)
			return i;
	return SIZE_MAX;
}

static void add_part(const struct said *s, struct change x, struct parts_of *to)
{
	if (x.a == x.b && x.c == x.d)
		return;
	if (!x.fate && x.b - x.a == 1 && may_stay(s, x.a))
		x.fate = FATE_REWORDED;
	MEM_GROW(to->v, to->n, to->cap);
	to->v[to->n++] = x;
}

void said_part(struct said *s, struct change x, enum parting how, struct parts_of *to)
{
	bool whole = how == PART_NOT && x.b - x.a > 1;

	to->n = 0;
	for (size_t i = x.a; i < x.b && !whole; i++) {
		struct change before = x, point = x;
		size_t n, at;

		if (s->ref[i].kind != PIECE_POINT)
			continue;
		at = decided_at(s, i, &x, &n, &point.fate);
		if (at == SIZE_MAX && how == PART_ALL) {
			at = next_point(s, i, &x);
			point.fate = FATE_OTHERWISE;
			n = 1;
		}
		if (at == SIZE_MAX)
			continue;
		before.b = point.a = i;
		before.d = point.c = at;
		point.b = i + 1;
		point.d = at + n;
		add_part(s, before, to);
		add_part(s, point, to);
		x.a = i + 1;
		x.c = at + n;
	}
	add_part(s, x, to);
}

static size_t words_of(const struct input *in, const struct piece *v, size_t from, size_t to)
{
	size_t n = 0;

	for (size_t i = from; i < to; i++)
		n += piece_words(in, &v[i]);
	return n;
}

bool said_share_little(struct said *s, const struct regions *r, const struct input *in,
		       const struct piece *v, size_t n)
{
	struct parts_of parts = {NULL};
	size_t both, differ = 0;

	if (!r->n_hunks || !pieces_share_little(&s->m->w, s->in, s->ref, s->n_ref, in, v, n))
		return false;
	/* What became of a point is not told by its words. */
	if (!points_in(s->ref, 0, s->n_ref))
		return true;
	both = words_of(s->in, s->ref, 0, s->n_ref) + words_of(in, v, 0, n);
	for (size_t h = 0; h < r->n_hunks; h++) {
		said_part(s, said_change_of(&r->hunks[h], 0, in, v, n), PART_ALL, &parts);
		for (size_t k = 0; k < parts.n; k++) {
			const struct change *x = &parts.v[k];

			if (x->fate == FATE_NONE || x->fate == FATE_REWORDED)
				differ += words_of(s->in, s->ref, x->a, x->b) +
					  words_of(in, v, x->c, x->d);
		}
	}
	free(parts.v);
	return 3 * (both - differ) < both;
}

/* ---- a point of the base with more wordings ---- */

/* The point that the change leaves, if all that the base's offers stands in it; NULL. */
static const struct point *extends(const struct said *s, const struct change *x)
{
	const struct point *was, *is;

	if (x->fate != FATE_OTHERWISE)
		return NULL;
	was = said_point_of(s->in, &s->ref[x->a]);
	is = said_point_of(x->in, &x->v[x->c]);
	return may_stay(s, x->a) && is->n_options > was->n_options &&
			       shared_options(s, was, x->in, is) == was->n_options
		       ? is
		       : NULL;
}

static void add_offer(struct said *s, size_t side, struct segment x, struct offer offer)
{
	struct said_side *to = &s->side[side];

	offer.a = x.a;
	offer.b = x.b;
	offer.side = (uint8_t)side;
	MEM_GROW(s->offers, s->n_offers, s->cap_offers);
	s->offers[s->n_offers] = offer;
	x.change = NONE;
	x.offer = (uint32_t)s->n_offers++;
	MEM_GROW(to->segments, to->n_segments, to->cap_segments);
	to->segments[to->n_segments++] = x;
}

/* Each further wording is one in the place of the point. */
static void add_extension(struct said *s, size_t side, const struct change *x,
			  const struct point *is, struct segment seg)
{
	const struct point *was = said_point_of(s->in, &s->ref[x->a]);
	struct input *in = s->side[side].in;
	struct offer offer = {.extends = true, .id = point_id(&in->b, is, in->text)};

	for (size_t k = 0; k < is->n_options; k++) {
		const struct option *o = point_option(&in->b, is, k);
		struct change one = {.a = x->a, .b = x->b, .in = in};
		struct piece *v;
		uint32_t at;

		if (like_option(s, was, o))
			continue;
		v = said_option_pieces(s, in, o, &one.n);
		if (one.n && x->a > 0) {
			v[0].spliced = true;
			v[0].blank = s->ref[x->a].blank;
		}
		one.v = v;
		one.d = one.n;
		one.fate = FATE_REWORDED;
		at = said_add_change(s, one, s->n_changes);
		said_add_speech(s, &offer, in, o, &at, 1);
	}
	add_offer(s, side, seg, offer);
}

/* ---- segments ---- */

/* off: from the list of the change to the side's own. */
static void add_segment(struct said *s, size_t side, const struct change *x, size_t off)
{
	struct said_side *to = &s->side[side];
	struct segment seg = {x->a, x->b, x->c + off, x->d + off, NONE, NONE};
	const struct point *is = extends(s, x);

	if (is) {
		add_extension(s, side, x, is, seg);
		return;
	}
	seg.change = said_add_change(s, *x, s->n_changes);
	MEM_GROW(to->segments, to->n_segments, to->cap_segments);
	to->segments[to->n_segments++] = seg;
}

static void add_hunk(struct said *s, size_t side, struct change x, enum parting how, size_t off)
{
	struct parts_of parts = {NULL};

	if (!points_in(s->ref, x.a, x.b)) {
		add_segment(s, side, &x, off);
		return;
	}
	said_part(s, x, how, &parts);
	for (size_t k = 0; k < parts.n; k++)
		add_segment(s, side, &parts.v[k], off);
	free(parts.v);
}

/* Where the side's pieces are that stand for the hunk: from i on. */
static size_t hunk_end(const struct unfolding *u, const struct hunk *h, size_t i)
{
	while (i < u->n && u->at[i + 1] <= h->d && u->at[i] < h->d)
		i++;
	return i;
}

void said_add_segments(struct said *s, size_t side, const struct unfolding *u,
		       const struct regions *r)
{
	size_t i = 0, h = 0, o = 0;

	while (i < u->n || h < r->n_hunks) {
		const struct hunk *x = h < r->n_hunks ? &r->hunks[h] : NULL;
		size_t at = u->at[i];
		bool point = i < u->n && u->chosen[i] != KEPT;
		bool here = x && x->c == at && x->a == o;

		if (here && !(point && u->at[i + 1] == at)) {
			size_t end = hunk_end(u, x, i);

			add_hunk(s, side, said_change_of(x, 0, u->in, u->plain, u->n_plain),
				 u->parting, i - x->c);
			i = end;
			o = x->b;
			h++;
		} else if (point) {
			size_t to = o + (u->at[i + 1] - at);

			add_offer(s, side, (struct segment){o, to, i, i + 1, NONE, NONE},
				  (struct offer){.n = 0});
			o = to;
			i++;
		} else {
			i++;
			o++;
		}
	}
}
