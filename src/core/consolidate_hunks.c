/* SPDX-License-Identifier: MIT */
#include "consolidate_impl.h"

#include "core/diff.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

/* Where one wording differs from the reference, and which changes of it are one. */

#define NEAR 3 /* words: changes of one wording nearer than that are one */

static bool is_word(const struct piece *p)
{
	return p->kind == PIECE_WORD || p->kind == PIECE_CHARACTER;
}

static bool is_wide(const struct piece *p)
{
	return p->kind == PIECE_MARK && p->end - p->begin == 3;
}

/* How well the pieces [c, d) can stand in brackets of their own; the less the better. */
static int unease(const struct piece *v, size_t n, size_t c, size_t d)
{
	int cost = 0;

	if (!is_word(&v[c]) && c > 0 && !v[c].blank)
		cost += 4;
	else if (!is_word(&v[c]))
		cost += 1;
	if (is_wide(&v[d - 1]))
		cost += 1;
	else if (v[d - 1].kind == PIECE_MARK)
		cost += d == n || v[d].blank ? 1 : 2;
	if (d < n && !v[d].blank && is_word(&v[d]) && v[d].kind == PIECE_WORD)
		cost += 3;
	return cost;
}

/* An insertion (or deletion) that could as well stand further left or right stands where it
 * begins and ends at a word. x, y: how far the stretch may go, in the longer sequence. */
static void slide(const struct piece *v, size_t n, size_t low, size_t *from, size_t *to)
{
	size_t c = *from, d = *to, best = *from;
	int least = unease(v, n, c, d);

	for (c = *from, d = *to; c > low && v[c - 1].key == v[d - 1].key &&
				 v[c - 1].kind != PIECE_POINT && *from - c < 64;) {
		int cost = unease(v, n, --c, --d);
		if (cost < least) {
			least = cost;
			best = c;
		}
	}
	*to = best + (*to - *from);
	*from = best;
}

/* How many are as they were before the first that changed, or the end. */
static size_t unchanged(const unsigned char *x, size_t n)
{
	const unsigned char *p = n ? memchr(x, 1, n) : NULL;

	return p ? (size_t)(p - x) : n;
}

/* The first and the next stretch of changes. */
static bool next_change(const unsigned char *x, size_t n, const unsigned char *y, size_t m,
			size_t *i, size_t *j)
{
	size_t a = unchanged(x + *i, n - *i), b = unchanged(y + *j, m - *j);

	*i += a < b ? a : b;
	*j += a < b ? a : b;
	return *i < n || *j < m;
}

/* Changes run together to the left by diff_sequences' leave stand as far right as they can. */
static void shift_right(unsigned char *x, const struct piece *v, size_t n)
{
	for (size_t i = unchanged(x, n); i < n; i += unchanged(x + i, n - i)) {
		size_t end = i, k;

		while (end < n && x[end])
			end++;
		for (k = i; end < n && !x[end] && v[k].key == v[end].key; k++, end++) {
			x[k] = 0;
			x[end] = 1;
		}
		while (end < n && x[end])
			end++;
		i = end;
	}
}

static void add_hunk(struct regions *r, struct hunk h)
{
	MEM_GROW(r->hunks, r->n_hunks, r->cap_hunks);
	r->hunks[r->n_hunks++] = h;
}

/* Whether the stretch of equals before a hunk is too short to part it from the hunk before. */
static bool is_near(const struct regions *r, size_t from, size_t to)
{
	size_t words = 0;

	for (size_t i = from; i < to; i++) {
		if (r->ref[i].kind == PIECE_POINT)
			return false;
		words += is_word(&r->ref[i]) || r->ref[i].kind == PIECE_WHOLE;
		if (words >= NEAR)
			return false;
	}
	return true;
}

static void add_or_join(struct regions *r, size_t first, struct hunk h)
{
	struct hunk *last = r->n_hunks > first ? &r->hunks[r->n_hunks - 1] : NULL;

	if (last && !r->merging && is_near(r, last->b, h.a)) {
		last->b = h.b;
		last->d = h.d;
		return;
	}
	add_hunk(r, h);
}

/* Equal pieces with a blank between them in one text only: both belong to a change. */
static void add_blanks(struct regions *r, size_t first, const struct variant *v, size_t k,
		       size_t i, size_t j, size_t len)
{
	for (size_t x = 1; x < len && !r->merging; x++)
		if (r->ref[i + x].blank != v->v[j + x].blank)
			add_or_join(r, first,
				    (struct hunk){i + x - 1, i + x + 1, j + x - 1, j + x + 1, k,
						  0});
}

static void slide_hunk(const struct regions *r, const struct variant *v, size_t first,
		       struct hunk *h)
{
	size_t low, was;

	/* Not over the hunk before it. */
	low = r->n_hunks > first ? r->hunks[r->n_hunks - 1].d : 0;
	if (h->a == h->b) {
		was = h->c;
		slide(v->v, v->n, low, &h->c, &h->d);
		h->a = h->b = h->a - (was - h->c);
	} else if (h->c == h->d) {
		low = r->n_hunks > first ? r->hunks[r->n_hunks - 1].b : 0;
		was = h->a;
		slide(r->ref, r->n_ref, low, &h->a, &h->b);
		h->c = h->d = h->c - (was - h->a);
	}
}

/* Keys are of one row: few. Returns the bound. */
static uint32_t take_keys(const struct work *w, const struct piece *v, size_t n, uint32_t *keys)
{
	for (size_t i = 0; i < n; i++)
		keys[i] = v[i].key;
	return intern_count(w->keys);
}

void hunks_find(struct regions *r, const struct work *w, const struct variant *v, size_t k)
{
	uint32_t *a = mem_array(NULL, r->n_ref + v->n, sizeof(*a) + 1), *b = a + r->n_ref;
	unsigned char *x = (unsigned char *)(b + v->n), *y = x + r->n_ref;
	size_t i = 0, j = 0, first = r->n_hunks, i0 = 0, j0 = 0;
	uint32_t bound = take_keys(w, r->ref, r->n_ref, a);

	take_keys(w, v->v, v->n, b);
	diff_sequences(a, r->n_ref, b, v->n, bound, x, y);
	shift_right(x, r->ref, r->n_ref);
	shift_right(y, v->v, v->n);
	for (i = j = 0; next_change(x, r->n_ref, y, v->n, &i, &j);
	     i0 = r->hunks[r->n_hunks - 1].b, j0 = r->hunks[r->n_hunks - 1].d) {
		struct hunk h = {i, i, j, j, k, 0};

		while (h.b < r->n_ref && x[h.b])
			h.b++;
		while (h.d < v->n && y[h.d])
			h.d++;
		i = h.b;
		j = h.d;
		slide_hunk(r, v, first, &h);
		add_blanks(r, first, v, k, i0, j0, h.a - i0);
		add_or_join(r, first, h);
	}
	add_blanks(r, first, v, k, i0, j0, r->n_ref - i0);
	free(a);
}
