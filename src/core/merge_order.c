/* SPDX-License-Identifier: MIT */
#include "merge_impl.h"

#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

/*
 * In which order the base's paragraphs stand. Which of them a side has moved cannot be told
 * from its text, but which pairs it has turned. Each pair that a side has turned is turned, and
 * what follows from these, no more: the join of the two orders in the weak order of
 * permutations. So it does not matter in which order several sides are merged.
 * But what no side has moved stays in its order. A paragraph that would make it turn, as one
 * has it further up and one further down, stands at both places.
 */

/* One side's order of all of the base's units. What it has out stands where it was. */
struct line_up {
	struct merge_sides *s;
	size_t side, n;  /* n: of the base */
	uint32_t *place; /* by the base's unit; NONE: it stands at both places */
	uint32_t next;
};

/* What is out from the base's unit u on, up to what stayed. Returns after which unit, from 1,
 * the side goes on. */
static uint32_t line_up_gone(struct line_up *l, size_t u, uint32_t last)
{
	const uint32_t *stayed = l->s->stayed[l->side], *moved = l->s->moved[l->side];

	for (; u < l->n && stayed[u] == NONE; u++)
		if (moved[u] == NONE) {
			l->place[u] = l->next++;
			last += u == last;
		}
	return last;
}

static void line_up(struct line_up *l, size_t n_own)
{
	struct merge_sides *s = l->s;
	const struct aligned *al = &s->al[l->side];
	uint32_t *loose = s->loose[l->side], last;

	for (size_t u = 0; u <= l->n; u++)
		l->place[u] = loose[u] = NONE;
	l->next = 0;
	last = line_up_gone(l, 0, 0);
	for (size_t j = 0; j < n_own; j++) {
		uint32_t u = merge_base_of(s, l->side, j);

		if (u == NONE) {
			if (loose[last] == NONE)
				loose[last] = (uint32_t)j;
			continue;
		}
		l->place[u] = l->next++;
		last = u + 1;
		if (al->partner[j] != NONE)
			last = line_up_gone(l, last, last);
	}
}

static bool has_stayed(const struct merge_sides *s, uint32_t u)
{
	return s->moved[1][u] == NONE && s->moved[2][u] == NONE;
}

/* Where what none has moved is turned in a stretch of the order, what both have moved to
 * different places stands at both. False: there is nothing of that kind. */
static bool find_twice(struct merge_sides *s, size_t from)
{
	uint32_t last = 0;
	bool turned = false, any = false;

	for (size_t k = from; k < s->n_order; k++)
		if (has_stayed(s, s->order[k])) {
			turned = turned || s->order[k] < last;
			last = s->order[k];
		}
	for (size_t k = from; k < s->n_order && turned; k++) {
		uint32_t u = s->order[k], x = s->moved[1][u], y = s->moved[2][u];

		if (x != NONE && y != NONE && s->al[1].slot[x] != s->al[2].slot[y])
			s->twice[u] = any = true;
	}
	return any;
}

/* Each unit stands before the first of those above it in the base that a side has after it.
 * False where some are found that have no one place. */
static bool join(struct merge_sides *s, const uint32_t *x, const uint32_t *y, size_t n)
{
	size_t from = 0, at = 0; /* nothing comes to stand before `from` any more */
	uint32_t last = NONE, far[2] = {0, 0};
	bool any = false;

	s->n_order = 0;
	for (uint32_t u = 0; u < n; u++) {
		if (s->twice[u])
			continue;
		if (s->n_order == 0 || (x[u] > far[0] && y[u] > far[1]))
			at = s->n_order;
		else if (x[u] == x[last] + 1 && y[u] == y[last] + 1)
			at++;
		else
			for (at = from; x[s->order[at]] < x[u] && y[s->order[at]] < y[u];)
				at++;
		memmove(s->order + at + 1, s->order + at,
			(s->n_order - at) * sizeof(*s->order));
		s->order[at] = last = u;
		s->n_order++;
		far[0] = x[u] > far[0] ? x[u] : far[0];
		far[1] = y[u] > far[1] ? y[u] : far[1];
		if (far[0] < s->n_order && far[1] < s->n_order) {
			any = find_twice(s, from) || any;
			from = s->n_order;
		}
	}
	return !any;
}

void merge_find_order(struct merge *m, struct merge_sides *s)
{
	size_t n = m->w.inputs[0].n;
	struct line_up l[3];

	s->twice = mem_zalloc(n + 1);
	s->order = mem_array(NULL, n + 1, sizeof(*s->order));
	for (size_t side = 1; side <= 2; side++) {
		s->loose[side] = mem_array(NULL, n + 1, sizeof(uint32_t));
		l[side] = (struct line_up){.s = s, .side = side, .n = n};
		l[side].place = mem_array(NULL, n + 1, sizeof(uint32_t));
	}
	/* Twice at most: what is left in a stretch has one place at most. */
	do {
		for (size_t side = 1; side <= 2; side++)
			line_up(&l[side], m->w.inputs[side].n);
	} while (!join(s, l[1].place, l[2].place, n));
	free(l[1].place);
	free(l[2].place);
}
