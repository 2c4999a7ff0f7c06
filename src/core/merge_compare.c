/* SPDX-License-Identifier: MIT */
#include "merge_said.h"

#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

/*
 * A list of pieces against the base's: where it differs. Where there are several ways to see
 * it, it is seen alike whoever made the change, and whatever else was changed with it.
 */

/* How many pieces a change can move to the left over what is the same on both sides, at most
 * `most`. */
static size_t slides(const struct regions *r, const struct piece *v, const struct hunk *h,
		     size_t most)
{
	const struct piece *x = h->a == h->b ? v + h->c : r->ref + h->a;
	size_t n = h->a == h->b ? h->d - h->c : h->b - h->a, k = 0;

	if (h->a < h->b && h->c < h->d)
		return 0;
	while (k < most && x[n - 1 - k % n].key == (r->ref + h->a)[-(ptrdiff_t)k - 1].key)
		k++;
	return k;
}

/* Of several ways to see the same changes, that with the fewest: what can move up to the one
 * before it is one with it. */
static void join_near(struct regions *r, const struct piece *v)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n_hunks; i++) {
		struct hunk h = r->hunks[i], *last = n ? &r->hunks[n - 1] : NULL;
		size_t gap = last ? h.a - last->b : 0;

		if (last && slides(r, v, &h, gap) == gap) {
			last->b = h.b - gap;
			last->d = h.d - gap;
			/* It ends as far to the left; the rest is the same again. */
			continue;
		}
		r->hunks[n++] = h;
	}
	r->n_hunks = n;
}

/* What is taken out of pieces [i, end) of the base, all the same, is the last of them: then all
 * who take some out take the same ones. x: by piece, what is out. */
static void last_out(unsigned char *x, size_t i, size_t end)
{
	size_t out = 0;

	for (size_t k = i; k < end; k++)
		out += x[k];
	memset(x + i, 0, end - i - out);
	memset(x + end - out, 1, out);
}

/* Pieces [from, to) of the base, of which some are out and none has another in its place. */
static void settle_runs(unsigned char *x, const struct piece *v, size_t from, size_t to)
{
	for (size_t i = from, end; i < to; i = end) {
		for (end = i + 1; end < to && v[end].key == v[i].key; end++)
			;
		if (end - i > 1)
			last_out(x, i, end);
	}
}

/* A hunk after those that are there, with which it is one where nothing stands between them. */
static void push_hunk(struct regions *r, struct hunk h)
{
	struct hunk *last = r->n_hunks ? &r->hunks[r->n_hunks - 1] : NULL;

	if (last && last->b == h.a && last->d == h.c) {
		last->b = h.b;
		last->d = h.d;
		return;
	}
	MEM_GROW(r->hunks, r->n_hunks, r->cap_hunks);
	r->hunks[r->n_hunks++] = h;
}

/* What is out of pieces [from, to), which stand for the side's from c on, as hunks. */
static void push_out(struct regions *r, const unsigned char *x, size_t from, size_t to,
		     size_t c)
{
	for (size_t i = from; i < to; i++)
		if (x[i])
			push_hunk(r, (struct hunk){i, i + 1, c, c, 0, 0});
		else
			c++;
}

/* How many pieces at the end of what has others in its place are the same as what follows up to
 * `to`: the first of them are gone as well as the last. One is left that has others in its
 * place. */
static size_t same_as_next(const struct piece *v, const struct hunk *h, size_t to)
{
	size_t n = 0;

	while (h->b < to && n + 1 < h->b - h->a && v[h->b - n - 1].key == v[h->b].key)
		n++;
	return n;
}

/* Where some of the same words side by side are out, it is the last of them. */
static void settle(struct regions *r)
{
	struct regions was = *r;
	unsigned char *x;
	size_t from = 0, c = 0;

	if (!r->n_hunks)
		return;
	x = mem_zalloc(r->n_ref + 1);
	for (size_t h = 0; h < was.n_hunks; h++)
		if (was.hunks[h].c == was.hunks[h].d)
			memset(x + was.hunks[h].a, 1, was.hunks[h].b - was.hunks[h].a);
	r->hunks = NULL;
	r->n_hunks = r->cap_hunks = 0;
	for (size_t h = 0; h <= was.n_hunks; h++) {
		struct hunk *y = h < was.n_hunks ? &was.hunks[h] : NULL;
		size_t to = y ? y->a : r->n_ref, n;

		if (y && y->c == y->d)
			continue;
		settle_runs(x, r->ref, from, to);
		push_out(r, x, from, to, c);
		if (!y)
			break;
		n = same_as_next(r->ref, y, h + 1 < was.n_hunks ? y[1].a : r->n_ref);
		y->b -= n;
		memset(x + y->b, 1, n);
		push_hunk(r, *y);
		from = y->b;
		c = y->d;
	}
	free(was.hunks);
	free(x);
}

void said_compare(struct said *s, struct regions *r, size_t a, size_t b, const struct input *in,
		  const struct piece *v, size_t n)
{
	struct variant x = {.in = in, .v = v, .n = n};

	*r = (struct regions){.ref = s->ref + a, .n_ref = b - a, .in = s->in, .merging = true};
	hunks_find(r, &s->m->w, &x, 0);
	join_near(r, v);
	settle(r);
}
