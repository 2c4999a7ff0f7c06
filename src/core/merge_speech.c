/* SPDX-License-Identifier: MIT */
#include "merge_said.h"

#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

/* What the options of a point change, where a side's point is taken apart. */

#define AROUND 3 /* pieces on either side of a point that are compared with it */

/* ---- an option's changes ---- */

/* The stretch of the side around a point that is compared with the base. */
struct window {
	size_t a, b;        /* of the base */
	size_t left, right; /* pieces before and after the point */
	size_t from, to;    /* in the plain list: what the point stands for */
};

void said_add_speech(struct said *s, struct offer *offer, const struct input *in,
		     const struct option *o, const uint32_t *changes, size_t n)
{
	struct speech x = {.first = s->n_list,
			   .n = n,
			   .who = in->b.parties ? in->b.parties + o->party : NULL,
			   .n_who = o->n_parties};

	for (size_t i = 0; i < n; i++) {
		MEM_GROW(s->list, s->n_list, s->cap_list);
		s->list[s->n_list++] = changes[i];
	}
	if (!offer->n)
		offer->speech = s->n_speeches;
	offer->n++;
	MEM_GROW(s->speeches, s->n_speeches, s->cap_speeches);
	s->speeches[s->n_speeches++] = x;
}

static bool is_all(const struct said *s, const struct offer *offer)
{
	return offer->a == 0 && offer->b == s->n_ref;
}

/* An option's changes. whole: it is one. */
static void add_option(struct said *s, struct offer *offer, const struct unfolding *u,
		       const struct window *w, size_t point, const struct option *o, bool whole,
		       size_t first)
{
	size_t n, total;
	struct piece *option = said_option_pieces(s, u->in, o, &n), *v;
	struct regions r;
	struct parts_of parts = {NULL};
	uint32_t *list;
	size_t k = 0;
	bool beyond = w->to + w->right < u->n_plain; /* a piece that tells the gap before it */

	v = said_make_pieces(s, w->left + n + w->right + 1);
	memcpy(v, u->plain + w->from - w->left, w->left * sizeof(*v));
	v[0].spliced = w->from > w->left; /* what stands before is not in the list */
	total = said_splice(v, w->left, option, n, u->v, point);
	memcpy(v + total, u->plain + w->to, (w->right + beyond) * sizeof(*v));
	if (w->right + beyond)
		v[total].spliced = total > 0 || point > 0;
	total += w->right;
	said_compare(s, &r, w->a, w->b, u->in, v, total);
	whole = whole ||
		(r.n_hunks && is_all(s, offer) &&
		 pieces_share_little(&s->m->w, s->in, s->ref, s->n_ref, u->in, option, n));
	if (r.n_hunks && whole) {
		r.n_hunks = 1;
		r.hunks[0] = (struct hunk){
			offer->a - w->a, offer->b - w->a, w->left, w->left + n, 0, 0};
	}
	list = mem_array(NULL, w->b - w->a + total + 1, sizeof(*list));
	for (size_t h = 0; h < r.n_hunks; h++) {
		said_part(s, said_change_of(&r.hunks[h], w->a, u->in, v, total + beyond), whole,
			  &parts);
		for (size_t i = 0; i < parts.n; i++)
			list[k++] = said_add_change(s, parts.v[i], first);
	}
	free(parts.v);
	if (k)
		said_add_speech(s, offer, u->in, o, list, k);
	free(list);
	regions_release(&r);
}

static void add_options(struct said *s, struct offer *offer, const struct unfolding *u,
			const struct window *w, size_t point, bool whole)
{
	const struct point *p = said_point_of(u->in, &u->v[point]);
	size_t first = s->n_changes;

	offer->n = 0;
	for (size_t k = 0; k < p->n_options; k++)
		add_option(s, offer, u, w, point, point_option(&u->in->b, p, k), whole, first);
}

/* ---- whether a point is one as a merge makes them ---- */

static bool is_after(const struct change *x, const struct change *y)
{
	if (x->a != y->a || x->b != y->b)
		return x->a > y->a || (x->a == y->a && x->b > y->b);
	return slice_compare(change_bytes(x), change_bytes(y)) > 0;
}

/* Whether the options are what a merge makes of their changes. */
static bool is_merged(struct said *s, const struct offer *offer, size_t first)
{
	uint32_t change[SAID_MOST];
	struct wordings w = {.a = offer->a, .b = offer->b, .change = change};
	bool good;

	if (s->n_changes - first > SAID_MOST || offer->n < 2)
		return false;
	for (; first < s->n_changes; first++) {
		const struct change *x = &s->changes[first];
		size_t at = w.n++;

		if (x->a < offer->a || x->b > offer->b)
			return false;
		for (; at > 0 && is_after(&s->changes[change[at - 1]], x); at--)
			change[at] = change[at - 1];
		change[at] = (uint32_t)first;
	}
	good = wordings_find(s, &w) && w.n_sets == offer->n;
	for (size_t k = 0; k < w.n_sets && good; k++) {
		good = false;
		for (size_t j = 0; j < offer->n && !good; j++)
			good = set_of_speech(s, &w, &s->speeches[offer->speech + j]) ==
			       w.set[k];
	}
	return good;
}

static void read_offer(struct said *s, struct offer *offer, const struct unfolding *u,
		       const struct window *w, size_t point)
{
	size_t changes = s->n_changes, list = s->n_list, speeches = s->n_speeches;

	offer->id = point_id(&u->in->b, said_point_of(u->in, &u->v[point]), u->in->text);
	add_options(s, offer, u, w, point, false);
	if (is_merged(s, offer, changes))
		return;
	s->n_changes = changes;
	s->n_list = list;
	s->n_speeches = speeches;
	add_options(s, offer, u, w, point, true);
}

void said_read_offers(struct said *s, size_t side, const struct unfolding *u)
{
	const struct said_side *x = &s->side[side];

	for (size_t i = 0; i < x->n_segments; i++) {
		const struct segment *seg = &x->segments[i];
		size_t before = i ? seg[-1].b : 0;
		size_t after = i + 1 < x->n_segments ? seg[1].a : s->n_ref;
		struct window w;

		if (seg->offer == NONE || s->offers[seg->offer].extends)
			continue;
		w.left = least(AROUND, seg->a - before);
		w.right = least(AROUND, after - seg->b);
		w.a = seg->a - w.left;
		w.b = seg->b + w.right;
		w.from = u->at[seg->c];
		w.to = u->at[seg->d];
		read_offer(s, &s->offers[seg->offer], u, &w, seg->c);
	}
}
