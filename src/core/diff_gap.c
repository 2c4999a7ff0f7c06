/* SPDX-License-Identifier: MIT */
#include "diff_align_impl.h"

#include "core/mem.h"

#include <stdlib.h>

/* What lies between anchors: lines are paired by how alike they are. */

void diff_gap_open(struct diff_aligning *s, const struct diff_range *r, struct diff_gap *g)
{
	size_t a_words = 0, b_words = 0;

	g->a = mem_array(NULL, r->a1 - r->a0, sizeof(*g->a));
	g->b = mem_array(NULL, r->b1 - r->b0, sizeof(*g->b));
	g->n = g->m = 0;
	for (size_t i = r->a0; i < r->a1; i++) {
		if (s->old->v[i].partner != DIFF_NONE)
			continue;
		diff_need_words(s->old, i);
		a_words += s->old->v[i].n_words;
		g->a[g->n++] = (uint32_t)i;
	}
	for (size_t i = r->b0; i < r->b1; i++) {
		if (s->new->v[i].partner != DIFF_NONE)
			continue;
		diff_need_words(s->new, i);
		b_words += s->new->v[i].n_words;
		g->b[g->m++] = (uint32_t)i;
	}
	g->cost = g->m * (a_words + g->n) + g->n * (b_words + g->m);
}

void diff_gap_close(struct diff_gap *g)
{
	free(g->a);
	free(g->b);
}

static size_t common_words(struct diff_aligning *s, size_t a, size_t b)
{
	const struct diff_line *x = &s->old->v[a], *y = &s->new->v[b];

	if (s->bag_line != a)
		diff_bag_fill(&s->bag, s->old->words + x->word, x->n_words);
	s->bag_line = a;
	return diff_bag_common(&s->bag, s->new->words + y->word, y->n_words);
}

/* What pairing two lines is worth; 0 where less than a third of them is shared. */
static uint32_t worth(struct diff_aligning *s, size_t a, size_t b)
{
	const struct diff_line *x = &s->old->v[a], *y = &s->new->v[b];
	size_t common = common_words(s, a, b), both = x->n_words + y->n_words;

	if (6 * common < both || (!both && !diff_same_bytes(s, a, b, false)))
		return 0;
	return (uint32_t)(4 * common + 1 + diff_same_bytes(s, a, b, false) * 2 +
			  diff_same_bytes(s, a, b, true));
}

/*
 * What the best in-order pairing could be worth at most, where a line with any but its own
 * is taken to share all its words, and one more: worths[i] is what line i with line i is worth.
 */
static uint64_t most_worth(const struct diff_aligning *s, const struct diff_gap *g,
			   const uint32_t *worths)
{
	uint64_t *best = mem_zalloc((g->m + 1) * sizeof(*best)), most;

	for (size_t i = 0; i < g->n; i++) {
		uint64_t n = s->old->v[g->a[i]].n_words, before = 0, above;

		for (size_t j = 0; j < g->m; j++) {
			uint64_t m = s->new->v[g->b[j]].n_words;
			uint64_t w = before + (i == j ? worths[i] : 4 * (n < m ? n : m) + 5);

			above = before = best[j + 1];
			if (w > above)
				above = w;
			best[j + 1] = above > best[j] ? above : best[j];
		}
	}
	most = best[g->m];
	free(best);
	return most;
}

/* Pairs the lines of a gap one by one, where that is seen to be worth most without comparing
 * each line with each: so it is in most gaps. */
bool diff_pair_each(struct diff_aligning *s, const struct diff_gap *g)
{
	uint32_t *worths;
	uint64_t sum = 0;
	bool each;

	if (g->n != g->m)
		return false;
	worths = mem_array(NULL, g->n, sizeof(*worths));
	for (size_t i = 0; i < g->n; i++) {
		worths[i] = worth(s, g->a[i], g->b[i]);
		sum += worths[i];
	}
	each = sum == most_worth(s, g, worths);
	for (size_t i = 0; each && i < g->n; i++)
		if (worths[i])
			diff_match(s, g->a[i], g->b[i]);
	free(worths);
	return each;
}

/* The in-order pairing of a gap's lines that is worth most. */
void diff_pair_by_likeness(struct diff_aligning *s, const struct diff_gap *g)
{
	size_t width = g->m + 1;
	uint32_t *best = mem_zalloc((g->n + 1) * width * sizeof(*best));
	uint32_t *worths = mem_array(NULL, g->n * g->m, sizeof(*worths));

	s->cost += g->cost;
	/* From the end, so that walking forward finds the pairs. */
	for (size_t i = g->n; i-- > 0;) {
		for (size_t j = g->m; j-- > 0;) {
			uint32_t w = worth(s, g->a[i], g->b[j]);
			uint32_t most = best[(i + 1) * width + j];

			if (best[i * width + j + 1] > most)
				most = best[i * width + j + 1];
			if (w && best[(i + 1) * width + j + 1] + w > most)
				most = best[(i + 1) * width + j + 1] + w;
			best[i * width + j] = most;
			worths[i * g->m + j] = w;
		}
	}
	for (size_t i = 0, j = 0; i < g->n && j < g->m;) {
		uint32_t w = worths[i * g->m + j], here = best[i * width + j];

		if (w && best[(i + 1) * width + j + 1] + w == here) {
			diff_match(s, g->a[i], g->b[j]);
			i++;
			j++;
		} else if (best[(i + 1) * width + j] == here) {
			i++;
		} else {
			j++;
		}
	}
	free(worths);
	free(best);
}

/* Numbers the gap's lines, equal ones alike, into a and b; returns how many there are. */
static uint32_t number_lines(const struct diff_aligning *s, const struct diff_gap *g,
			     uint32_t *a, uint32_t *b)
{
	struct diff_entry *v = mem_array(NULL, g->n + g->m, sizeof(*v));
	uint32_t number = 0;

	for (size_t i = 0; i < g->n; i++)
		v[i] = (struct diff_entry){s->old->v[g->a[i]].rest, (uint32_t)i, false};
	for (size_t i = 0; i < g->m; i++)
		v[g->n + i] = (struct diff_entry){s->new->v[g->b[i]].rest, (uint32_t)i, true};
	qsort(v, g->n + g->m, sizeof(*v), diff_by_key);
	for (size_t i = 0; i < g->n + g->m; i++) {
		number += i && v[i].key != v[i - 1].key;
		*(v[i].new ? &b[v[i].line] : &a[v[i].line]) = number;
	}
	free(v);
	return number + 1;
}

/* Equal lines in order, unique or not. Returns whether any were found. */
bool diff_pair_equals(struct diff_aligning *s, const struct diff_gap *g)
{
	uint32_t *a = mem_array(NULL, g->n, sizeof(*a)), *b = mem_array(NULL, g->m, sizeof(*b));
	unsigned char *a_changed = mem_array(NULL, g->n, 1);
	unsigned char *b_changed = mem_array(NULL, g->m, 1);
	bool found = false;

	uint32_t bound = number_lines(s, g, a, b);
	diff_sequences(a, g->n, b, g->m, bound, a_changed, b_changed);
	for (size_t i = 0, j = 0; i < g->n && j < g->m;) {
		if (a_changed[i]) {
			i++;
		} else if (b_changed[j]) {
			j++;
		} else {
			if (diff_same_bytes(s, g->a[i], g->b[j], false)) {
				diff_match(s, g->a[i], g->b[j]);
				found = true;
			}
			i++;
			j++;
		}
	}
	free(b_changed);
	free(a_changed);
	free(b);
	free(a);
	return found;
}

#define MANY (DIFF_NONE - 1)

/* A word, and the line of each text that has it: DIFF_NONE, one, or MANY. */
struct word {
	uint32_t hash, a, b;
	bool used;
};

struct words {
	struct word *v;
	size_t size;
};

static void note_words(struct words *w, const struct diff_side *side, uint32_t line, bool new)
{
	const struct diff_line *l = &side->v[line];

	for (uint32_t i = 0; i < l->n_words; i++) {
		uint32_t hash = side->words[l->word + i];
		size_t at = hash & (w->size - 1);

		while (w->v[at].used && w->v[at].hash != hash)
			at = (at + 1) & (w->size - 1);
		struct word *x = &w->v[at];
		if (!x->used)
			*x = (struct word){hash, DIFF_NONE, DIFF_NONE, true};
		uint32_t *place = new ? &x->b : &x->a;
		*place = *place == DIFF_NONE || *place == line ? line : MANY;
	}
}

static int by_votes(const void *x, const void *y)
{
	const struct diff_line_pair *a = x, *b = y;

	if (a->votes != b->votes)
		return a->votes > b->votes ? -1 : 1;
	return diff_by_old(x, y);
}

/* Pairs of lines that share words which no other line of the gap has, most of them first. */
struct diff_line_pair *diff_vote(const struct diff_aligning *s, const struct diff_gap *g,
				 size_t *n)
{
	struct words w = {.size = 64};
	struct diff_line_pair *pairs = NULL;
	size_t all = 0, cap = 0, count = 0;

	for (size_t i = 0; i < g->n; i++)
		all += s->old->v[g->a[i]].n_words;
	for (size_t i = 0; i < g->m; i++)
		all += s->new->v[g->b[i]].n_words;
	while (w.size < all * 2)
		w.size *= 2;
	w.v = mem_zalloc(w.size * sizeof(*w.v));
	for (size_t i = 0; i < g->n; i++)
		note_words(&w, s->old, g->a[i], false);
	for (size_t i = 0; i < g->m; i++)
		note_words(&w, s->new, g->b[i], true);
	for (size_t i = 0; i < w.size; i++) {
		if (!w.v[i].used || w.v[i].a >= MANY || w.v[i].b >= MANY)
			continue;
		MEM_GROW(pairs, count, cap);
		pairs[count++] = (struct diff_line_pair){w.v[i].a, w.v[i].b, 1};
	}
	free(w.v);
	if (count)
		qsort(pairs, count, sizeof(*pairs), diff_by_old);
	*n = 0;
	for (size_t i = 0; i < count; i++) {
		if (*n && pairs[*n - 1].a == pairs[i].a && pairs[*n - 1].b == pairs[i].b)
			pairs[*n - 1].votes++;
		else
			pairs[(*n)++] = pairs[i];
	}
	if (*n)
		qsort(pairs, *n, sizeof(*pairs), by_votes);
	return pairs;
}

static double likeness(struct diff_aligning *s, size_t a, size_t b)
{
	size_t both = s->old->v[a].n_words + s->new->v[b].n_words;

	return both ? 2.0 * (double)common_words(s, a, b) / (double)both : 1;
}

/* Keeps the pairs of which neither line is in a better one; by old line. */
size_t diff_keep_best(struct diff_aligning *s, struct diff_line_pair *pairs, size_t n,
		      double least)
{
	unsigned char *a = mem_zalloc(s->old->n), *b = mem_zalloc(s->new->n);
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		if (a[pairs[i].a] || b[pairs[i].b] ||
		    likeness(s, pairs[i].a, pairs[i].b) < least)
			continue;
		a[pairs[i].a] = b[pairs[i].b] = 1;
		pairs[kept++] = pairs[i];
	}
	free(b);
	free(a);
	if (kept)
		qsort(pairs, kept, sizeof(*pairs), diff_by_old);
	return kept;
}
