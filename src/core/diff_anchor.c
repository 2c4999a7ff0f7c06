/* SPDX-License-Identifier: MIT */
#include "diff_align_impl.h"

#include "core/mem.h"

#include <assert.h>
#include <stdlib.h>

/* Lines that are unique in both texts: those in order divide what is compared, the others have
 * moved. */

int diff_by_key(const void *x, const void *y)
{
	const struct diff_entry *a = x, *b = y;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	if (a->new != b->new)
		return a->new ? 1 : -1;
	return (a->line > b->line) - (a->line < b->line);
}

int diff_by_old(const void *x, const void *y)
{
	const struct diff_line_pair *a = x, *b = y;

	if (a->a != b->a)
		return a->a < b->a ? -1 : 1;
	return (a->b > b->b) - (a->b < b->b);
}

/* Pairs of lines without partners, each unique in its part of its text, by old line. */
static struct diff_line_pair *unique_pairs(const struct diff_aligning *s,
					   const struct diff_range *r, bool whole, size_t *n)
{
	size_t all = 0, cap = 0;
	struct diff_entry *v = mem_array(NULL, r->a1 - r->a0 + r->b1 - r->b0, sizeof(*v));
	struct diff_line_pair *pairs = NULL;

	*n = 0;
	for (int new = 0; new < 2; new ++) {
		const struct diff_side *side = new ? s->new : s->old;
		size_t from = new ? r->b0 : r->a0, end = new ? r->b1 : r->a1;

		for (size_t i = from; i < end; i++) {
			const struct diff_line *l = &side->v[i];

			if (l->partner != DIFF_NONE || (!whole && l->body == l->end))
				continue;
			v[all++] = (struct diff_entry){whole ? l->full : l->rest, (uint32_t)i,
						       new};
		}
	}
	qsort(v, all, sizeof(*v), diff_by_key);
	for (size_t i = 0, end; i < all; i = end) {
		for (end = i; end < all && v[end].key == v[i].key; end++)
			;
		if (end - i != 2 || v[i].new || !v[i + 1].new ||
		    !diff_same_bytes(s, v[i].line, v[i + 1].line, whole))
			continue;
		MEM_GROW(pairs, *n, cap);
		pairs[(*n)++] = (struct diff_line_pair){v[i].line, v[i + 1].line, 0};
	}
	free(v);
	if (pairs)
		qsort(pairs, *n, sizeof(*pairs), diff_by_old);
	return pairs;
}

/* Divides the range at the pairs that are in order; returns whether there was one. */
bool diff_divide(struct diff_aligning *s, const struct diff_range *r,
		 const struct diff_line_pair *pairs, size_t n, bool moves)
{
	uint32_t *b = mem_array(NULL, n, sizeof(*b));
	unsigned char *keep = mem_array(NULL, n, 1);
	struct diff_range part = *r;
	size_t kept;

	assert(pairs || !n);
	for (size_t i = 0; i < n; i++)
		b[i] = pairs[i].b;
	kept = diff_longest_run(b, n, keep);
	part.depth++;
	for (size_t i = 0; i < n; i++) {
		if (!keep[i]) {
			diff_need_words(s->old, pairs[i].a);
			if (moves && s->old->v[pairs[i].a].n_words >= MOVED_WORDS)
				diff_match_moved(s, pairs[i].a, pairs[i].b);
			continue;
		}
		diff_match(s, pairs[i].a, pairs[i].b);
		part.a1 = pairs[i].a;
		part.b1 = pairs[i].b;
		diff_push(s, part);
		part.a0 = pairs[i].a + 1;
		part.b0 = pairs[i].b + 1;
	}
	part.a1 = r->a1;
	part.b1 = r->b1;
	if (kept)
		diff_push(s, part);
	free(keep);
	free(b);
	return kept > 0;
}

bool diff_anchor(struct diff_aligning *s, const struct diff_range *r, bool whole)
{
	size_t n;
	struct diff_line_pair *pairs = unique_pairs(s, r, whole, &n);
	bool divided = n && diff_divide(s, r, pairs, n, true);

	free(pairs);
	return divided;
}

/*
 * Relabelled lines that are unique but for their label, and lie across the
 * anchors: they moved. Those that lie with them are found as anchors later.
 */
void diff_find_relabelled_moves(struct diff_aligning *s)
{
	struct diff_range all = {0, s->old->n, 0, s->new->n, 0};
	size_t n, next = 0, low = 0;
	struct diff_line_pair *pairs = unique_pairs(s, &all, false, &n);

	assert(pairs || !n);
	for (size_t i = 0; i < n; i++) {
		size_t high = s->new->n, k;

		/* The anchors around the old line, and what they are in the new text. */
		for (; next < pairs[i].a; next++)
			if (s->old->v[next].partner != DIFF_NONE && !s->old->v[next].moved)
				low = s->old->v[next].partner + 1;
		/* Near ones are enough: what is missed is found by likeness or is deleted. */
		for (k = pairs[i].a + 1; k < s->old->n && k < pairs[i].a + 64; k++) {
			if (s->old->v[k].partner != DIFF_NONE && !s->old->v[k].moved) {
				high = s->old->v[k].partner;
				break;
			}
		}
		if (pairs[i].b >= low && pairs[i].b < high)
			continue;
		diff_need_words(s->old, pairs[i].a);
		if (s->old->v[pairs[i].a].n_words >= MOVED_WORDS)
			diff_match_moved(s, pairs[i].a, pairs[i].b);
	}
	free(pairs);
}
