/* SPDX-License-Identifier: MIT */
#include "diff_impl.h"

#include "core/mem.h"
#include "core/sorted.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/*
 * Myers, "An O(ND) difference algorithm" (1986), section 4b: from both ends to a
 * middle, in linear space, with two departures. What does not occur in the other
 * sequence takes no part. And where a part differs in more than MOST places,
 * the furthest point reached from its start divides it: the answer may be longer
 * than need be, the time never grows with the square.
 */

#define MOST 128

struct part {
	size_t a0, a1, b0, b1;
};

struct sequences {
	const uint32_t *a, *b;
	const size_t *a_at, *b_at; /* where in the whole sequences these stood */
	unsigned char *a_changed, *b_changed;
	ptrdiff_t forward[2 * MOST + 5], backward[2 * MOST + 5];
	struct part *stack;
	size_t n, cap;
};

#define V(array, k) (array)[(k) + MOST + 2]

struct split {
	size_t x, y, u, v; /* the parts before (x, y) and after (u, v); equal between */
};

static ptrdiff_t at_least_0(ptrdiff_t x)
{
	return x > 0 ? x : 0;
}

/* The next point on diagonal k, and where the run of equals there began. */
static ptrdiff_t step(const ptrdiff_t *v, ptrdiff_t k, ptrdiff_t h)
{
	if (k == -h || (k != h && V(v, k - 1) < V(v, k + 1)))
		return V(v, k + 1);
	return V(v, k - 1) + 1;
}

/* One round from the start; true where it met the other. */
static bool go_forward(struct sequences *s, const struct part *p, ptrdiff_t h,
		       struct split *out)
{
	ptrdiff_t n = (ptrdiff_t)(p->a1 - p->a0), m = (ptrdiff_t)(p->b1 - p->b0), w = n - m;
	bool odd = ((n + m) & 1) != 0;

	for (ptrdiff_t k = -(h - 2 * at_least_0(h - m)); k <= h - 2 * at_least_0(h - n);
	     k += 2) {
		ptrdiff_t x = step(s->forward, k, h), y = x - k, x0 = x, y0 = y, z = w - k;

		while (x < n && y < m && s->a[p->a0 + (size_t)x] == s->b[p->b0 + (size_t)y]) {
			x++;
			y++;
		}
		V(s->forward, k) = x;
		if (odd && z >= -(h - 1) && z <= h - 1 && x + V(s->backward, z) >= n) {
			*out = (struct split){p->a0 + (size_t)x0, p->b0 + (size_t)y0,
					      p->a0 + (size_t)x, p->b0 + (size_t)y};
			return true;
		}
	}
	return false;
}

static bool go_backward(struct sequences *s, const struct part *p, ptrdiff_t h,
			struct split *out)
{
	ptrdiff_t n = (ptrdiff_t)(p->a1 - p->a0), m = (ptrdiff_t)(p->b1 - p->b0), w = n - m;
	bool odd = ((n + m) & 1) != 0;

	for (ptrdiff_t k = -(h - 2 * at_least_0(h - m)); k <= h - 2 * at_least_0(h - n);
	     k += 2) {
		ptrdiff_t x = step(s->backward, k, h), y = x - k, x0 = x, y0 = y, z = w - k;

		while (x < n && y < m &&
		       s->a[p->a1 - 1 - (size_t)x] == s->b[p->b1 - 1 - (size_t)y]) {
			x++;
			y++;
		}
		V(s->backward, k) = x;
		if (!odd && z >= -h && z <= h && x + V(s->forward, z) >= n) {
			*out = (struct split){p->a1 - (size_t)x, p->b1 - (size_t)y,
					      p->a1 - (size_t)x0, p->b1 - (size_t)y0};
			return true;
		}
	}
	return false;
}

/* Gives up after h rounds: divides at the furthest point reached from the start. */
static void furthest(const struct sequences *s, const struct part *p, ptrdiff_t h,
		     struct split *out)
{
	ptrdiff_t n = (ptrdiff_t)(p->a1 - p->a0), m = (ptrdiff_t)(p->b1 - p->b0);
	ptrdiff_t best = -1;

	*out = (struct split){p->a1, p->b1, p->a1, p->b1};

	for (ptrdiff_t k = -(h - 2 * at_least_0(h - m)); k <= h - 2 * at_least_0(h - n);
	     k += 2) {
		ptrdiff_t x = V(s->forward, k), y = x - k;

		/* A step may have led out of the square; there is nothing to divide at. */
		if (x > n || y > m || x + y <= best)
			continue;
		best = x + y;
		out->x = out->u = p->a0 + (size_t)x;
		out->y = out->v = p->b0 + (size_t)y;
	}
}

static void find_split(struct sequences *s, const struct part *p, struct split *out)
{
	V(s->forward, 0) = V(s->backward, 0) = 0;
	for (ptrdiff_t h = 0;; h++) {
		/* The diagonals that this round may look at and none has reached. */
		V(s->forward, h + 1) = V(s->backward, h + 1) = 0;
		V(s->forward, -h - 1) = V(s->backward, -h - 1) = 0;
		if (go_forward(s, p, h, out) || go_backward(s, p, h, out))
			return;
		if (h == MOST) {
			furthest(s, p, h, out);
			return;
		}
	}
}

static void push(struct sequences *s, size_t a0, size_t a1, size_t b0, size_t b1)
{
	MEM_GROW(s->stack, s->n, s->cap);
	s->stack[s->n++] = (struct part){a0, a1, b0, b1};
}

static void compare(struct sequences *s, size_t n, size_t m)
{
	push(s, 0, n, 0, m);
	while (s->n) {
		struct part p = s->stack[--s->n];
		struct split c = {0};

		while (p.a0 < p.a1 && p.b0 < p.b1 && s->a[p.a0] == s->b[p.b0]) {
			p.a0++;
			p.b0++;
		}
		while (p.a0 < p.a1 && p.b0 < p.b1 && s->a[p.a1 - 1] == s->b[p.b1 - 1]) {
			p.a1--;
			p.b1--;
		}
		if (p.a0 == p.a1 || p.b0 == p.b1) {
			for (size_t i = p.a0; i < p.a1; i++)
				s->a_changed[s->a_at[i]] = 1;
			for (size_t i = p.b0; i < p.b1; i++)
				s->b_changed[s->b_at[i]] = 1;
			continue;
		}
		find_split(s, &p, &c);
		assert(p.a0 <= c.x && c.x <= c.u && c.u <= p.a1);
		assert(p.b0 <= c.y && c.y <= c.v && c.v <= p.b1);
		push(s, c.u, p.a1, c.v, p.b1);
		push(s, p.a0, c.x, p.b0, c.y);
	}
}

/* Keeps what occurs in the other sequence; the rest is changed. */
static size_t keep_known(const uint32_t *v, size_t n, const unsigned char *known,
			 uint32_t *kept, size_t *at, unsigned char *changed)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++) {
		changed[i] = !known[v[i]];
		if (changed[i])
			continue;
		kept[count] = v[i];
		at[count++] = i;
	}
	return count;
}

static void note_known(const uint32_t *v, size_t n, unsigned char *known)
{
	for (size_t i = 0; i < n; i++)
		known[v[i]] = 1;
}

/* The middle, after what both begin and end with: the two differ at both ends. */
static void compare_middle(const uint32_t *old, size_t old_n, const uint32_t *new, size_t new_n,
			   uint32_t bound, unsigned char *old_changed,
			   unsigned char *new_changed)
{
	/* All of it in two pieces of memory: there are many short sequences. */
	struct sequences *s =
		mem_alloc(sizeof(*s) + (old_n + new_n) * (sizeof(size_t) + sizeof(uint32_t)));
	unsigned char *in_old = mem_zalloc(2 * (size_t)bound), *in_new = in_old + bound;
	size_t *a_at = (size_t *)(s + 1), *b_at = a_at + old_n;
	uint32_t *a = (uint32_t *)(b_at + new_n), *b = a + old_n;
	size_t n, m;

	note_known(old, old_n, in_old);
	note_known(new, new_n, in_new);
	n = keep_known(old, old_n, in_new, a, a_at, old_changed);
	m = keep_known(new, new_n, in_old, b, b_at, new_changed);
	s->a = a;
	s->b = b;
	s->a_at = a_at;
	s->b_at = b_at;
	s->a_changed = old_changed;
	s->b_changed = new_changed;
	s->stack = NULL;
	s->n = s->cap = 0;
	compare(s, n, m);
	free(s->stack);
	free(s);
	free(in_old);
}

void diff_sequences(const uint32_t *old, size_t old_n, const uint32_t *new, size_t new_n,
		    uint32_t bound, unsigned char *old_changed, unsigned char *new_changed)
{
	size_t from = 0, end = 0;

	while (from < old_n && from < new_n && old[from] == new[from])
		from++;
	while (end < old_n - from && end < new_n - from &&
	       old[old_n - 1 - end] == new[new_n - 1 - end])
		end++;
	memset(old_changed, 0, old_n);
	memset(new_changed, 0, new_n);
	old_n -= from + end;
	new_n -= from + end;
	if (old_n && new_n) {
		compare_middle(old + from, old_n, new + from, new_n, bound, old_changed + from,
			       new_changed + from);
	} else {
		memset(old_changed + from, 1, old_n);
		memset(new_changed + from, 1, new_n);
	}
}

size_t diff_longest_run(const uint32_t *b, size_t n, unsigned char *keep)
{
	/* tails[k]: the last of the best run of k + 1; before[i]: the one before i in its run
	 */
	uint32_t *tails = mem_array(NULL, n, sizeof(*tails));
	uint32_t *before = mem_array(NULL, n, sizeof(*before));
	size_t length = 0;

	memset(keep, 0, n);
	for (size_t i = 0; i < n; i++) {
		size_t first;

		SORTED_SKIP(first, length, b[tails[first]] < b[i]);
		before[i] = first ? tails[first - 1] : DIFF_NONE;
		tails[first] = (uint32_t)i;
		if (first == length)
			length++;
	}
	for (uint32_t i = length ? tails[length - 1] : DIFF_NONE; i != DIFF_NONE; i = before[i])
		keep[i] = 1;
	free(before);
	free(tails);
	return length;
}
