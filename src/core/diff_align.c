/* SPDX-License-Identifier: MIT */
#include "diff_align_impl.h"

#include "core/mem.h"

#include <stdlib.h>

/*
 * Which paragraph became which. Lines that are unique in both texts are anchors
 * (patience), first whole, then without their labels; those out of order have
 * moved. What lies between anchors is aligned by how alike the lines are, as
 * the best sum over all in-order pairings. Large gaps are first cut by equal
 * lines and by words that only one line of each text has. A budget bounds all.
 */

#define GAP_COST   400000   /* steps for one gap */
#define TOTAL_COST 40000000 /* steps for all of them */

bool diff_same_bytes(const struct diff_aligning *s, size_t a, size_t b, bool whole)
{
	const struct diff_line *x = &s->old->v[a], *y = &s->new->v[b];
	size_t from_x = whole ? x->begin : x->body, from_y = whole ? y->begin : y->body;

	return (whole ? x->full == y->full : x->rest == y->rest) &&
	       slice_equal(slice_make(s->old->text.p + from_x, x->end - from_x),
			   slice_make(s->new->text.p + from_y, y->end - from_y));
}

void diff_match(struct diff_aligning *s, size_t a, size_t b)
{
	s->old->v[a].partner = (uint32_t)b;
	s->new->v[b].partner = (uint32_t)a;
}

void diff_match_moved(struct diff_aligning *s, size_t a, size_t b)
{
	diff_match(s, a, b);
	s->old->v[a].moved = s->new->v[b].moved = true;
}

void diff_push(struct diff_aligning *s, struct diff_range r)
{
	MEM_GROW(s->stack, s->n, s->cap);
	s->stack[s->n++] = r;
}

/* What lies between the lines of the range that are paired by now is to be filled. */
static void push_between(struct diff_aligning *s, const struct diff_range *r)
{
	struct diff_range part = {r->a0, r->a0, r->b0, r->b0, 2 * DEPTH_MOST};

	for (size_t i = r->a0; i <= r->a1; i++) {
		const struct diff_line *l = i < r->a1 ? &s->old->v[i] : NULL;

		if (l && (l->partner == DIFF_NONE || l->moved))
			continue;
		part.a1 = i;
		part.b1 = l ? l->partner : r->b1;
		if (part.a1 > part.a0 && part.b1 > part.b0)
			diff_push(s, part);
		part.a0 = i + 1;
		part.b0 = part.b1 + 1;
	}
}

static void fill_gap(struct diff_aligning *s, const struct diff_range *r)
{
	struct diff_gap g;

	if (diff_pair_obvious(s, r))
		return;
	diff_gap_open(s, r, &g);
	if (!g.n || !g.m || s->cost > TOTAL_COST) {
		diff_gap_close(&g);
		return;
	}
	if (g.cost <= GAP_COST) {
		if (!diff_pair_each(s, &g))
			diff_pair_by_likeness(s, &g);
		diff_gap_close(&g);
		return;
	}
	/* Too large: cut it first. The parts come back here, with one depth less to go. */
	bool cut = false;
	s->cost += g.n + g.m;
	if (r->depth < 2 * DEPTH_MOST) {
		size_t n;
		struct diff_line_pair *pairs = diff_vote(s, &g, &n);

		n = diff_keep_best(s, pairs, n, 0.5);
		cut = n && diff_divide(s, r, pairs, n, false);
		free(pairs);
	}
	if (!cut && diff_pair_equals(s, &g))
		push_between(s, r);
	diff_gap_close(&g);
}

static void align_range(struct diff_aligning *s, struct diff_range r)
{
	while (r.a0 < r.a1 && r.b0 < r.b1 && s->old->v[r.a0].partner == DIFF_NONE &&
	       s->new->v[r.b0].partner == DIFF_NONE &&diff_same_bytes(s, r.a0, r.b0, true))
		diff_match(s, r.a0++, r.b0++);
	while (r.a0 < r.a1 && r.b0 < r.b1 && s->old->v[r.a1 - 1].partner == DIFF_NONE &&
	       s->new->v[r.b1 - 1].partner ==
		       DIFF_NONE &&diff_same_bytes(s, r.a1 - 1, r.b1 - 1, true)) {
		r.a1--;
		r.b1--;
		diff_match(s, r.a1, r.b1);
	}
	if (r.a0 == r.a1 || r.b0 == r.b1)
		return;
	if (r.depth < DEPTH_MOST && (diff_anchor(s, &r, true) || diff_anchor(s, &r, false)))
		return;
	fill_gap(s, &r);
}

/* Lines still without partners that are alike enough to have moved and changed. */
static void find_changed_moves(struct diff_aligning *s, double like)
{
	struct diff_range all = {0, s->old->n, 0, s->new->n, 0};
	struct diff_gap g;
	size_t n;

	diff_gap_open(s, &all, &g);
	struct diff_line_pair *pairs = diff_vote(s, &g, &n);
	n = diff_keep_best(s, pairs, n, like);
	for (size_t i = 0; i < n; i++)
		if (s->old->v[pairs[i].a].n_words >= 2 * MOVED_WORDS)
			diff_match_moved(s, pairs[i].a, pairs[i].b);
	free(pairs);
	diff_gap_close(&g);
}

void diff_align(struct diff_side *old, struct diff_side *new, double moved_like)
{
	struct diff_aligning s = {.old = old, .new = new, .bag_line = SIZE_MAX};
	bool first = true;

	diff_push(&s, (struct diff_range){0, old->n, 0, new->n, 0});
	while (s.n) {
		align_range(&s, s.stack[--s.n]);
		if (first)
			diff_find_relabelled_moves(&s);
		first = false;
	}
	find_changed_moves(&s, moved_like);
	free(s.stack);
	diff_bag_release(&s.bag);
}
