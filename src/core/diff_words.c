/* SPDX-License-Identifier: MIT */
#include "diff_impl.h"

#include "core/digest.h"
#include "core/mem.h"
#include "core/word.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* The tokens of one stretch. */
struct tokens {
	size_t *at;   /* where each begins; one more for the end */
	uint32_t *id; /* equal for equal bytes, in both stretches */
	unsigned char *kind, *changed;
	size_t n, cap;
};

static void read_tokens(struct tokens *t, struct slice s)
{
	enum token_kind kind;

	t->cap = 16;
	t->at = mem_array(NULL, t->cap, sizeof(*t->at));
	t->kind = mem_array(NULL, t->cap, sizeof(*t->kind));
	t->at[0] = 0;
	for (size_t at = 0; at < s.len;) {
		if (t->n + 1 >= t->cap) {
			t->cap = mem_grown(t->cap, t->n + 2);
			t->at = mem_array(t->at, t->cap, sizeof(*t->at));
			t->kind = mem_array(t->kind, t->cap, sizeof(*t->kind));
		}
		t->at[t->n] = at;
		at += token_diff_at(s.p + at, s.len - at, &kind);
		t->kind[t->n++] = (unsigned char)kind;
		t->at[t->n] = at;
	}
	t->id = mem_array(NULL, t->n, sizeof(*t->id));
	t->changed = mem_array(NULL, t->n, 1);
}

static void release_tokens(struct tokens *t)
{
	free(t->at);
	free(t->id);
	free(t->kind);
	free(t->changed);
}

/* Bytes to numbers: a table of the tokens met, open addressing. */
struct names {
	uint32_t *table; /* number + 1; 0: free */
	struct slice *v; /* by number */
	size_t size;
	uint32_t n;
};

static uint32_t name_of(struct names *x, struct slice token)
{
	size_t at = digest_quick(token.p, token.len) & (x->size - 1);

	while (x->table[at] && !slice_equal(x->v[x->table[at] - 1], token))
		at = (at + 1) & (x->size - 1);
	if (!x->table[at]) {
		x->v[x->n] = token;
		x->table[at] = ++x->n;
	}
	return x->table[at] - 1;
}

static void name_tokens(struct names *x, struct tokens *t, struct slice s)
{
	for (size_t i = 0; i < t->n; i++)
		t->id[i] = name_of(x, slice_make(s.p + t->at[i], t->at[i + 1] - t->at[i]));
}

/* Returns how many different tokens there are. */
static uint32_t name_all(struct tokens *a, struct slice old, struct tokens *b, struct slice new)
{
	struct names x = {.size = 16};

	while (x.size < (a->n + b->n) * 2)
		x.size *= 2;
	x.table = mem_zalloc(x.size * sizeof(*x.table));
	x.v = mem_array(NULL, a->n + b->n, sizeof(*x.v));
	name_tokens(&x, a, old);
	name_tokens(&x, b, new);
	free(x.v);
	free(x.table);
	return x.n;
}

/*
 * A change in one text that begins with a blank and could as well begin after
 * it does so: "one [two ]three", not "one[ two] three".
 */
static void shift_past_blanks(struct tokens *t)
{
	for (size_t i = 0; i < t->n;) {
		size_t end = i;

		while (end < t->n && t->changed[end])
			end++;
		if (end > i && end < t->n && t->kind[i] == TOKEN_BLANK &&
		    t->id[i] == t->id[end]) {
			t->changed[i] = 0;
			t->changed[end] = 1;
			i = end + 1;
			while (i < t->n && t->changed[i])
				i++;
		} else {
			i = end > i ? end : i + 1;
		}
	}
}

/* The next stretch of equals or of changes in both. */
struct stretch {
	size_t a, a_end, b, b_end;
	bool changed;
};

static bool next_stretch(const struct tokens *a, const struct tokens *b, struct stretch *s)
{
	s->a = s->a_end;
	s->b = s->b_end;
	if (s->a == a->n && s->b == b->n)
		return false;
	while (s->a_end < a->n && a->changed[s->a_end])
		s->a_end++;
	while (s->b_end < b->n && b->changed[s->b_end])
		s->b_end++;
	s->changed = s->a_end > s->a || s->b_end > s->b;
	while (!s->changed && s->a_end < a->n && !a->changed[s->a_end] && s->b_end < b->n &&
	       !b->changed[s->b_end]) {
		s->a_end++;
		s->b_end++;
	}
	return true;
}

/*
 * Two replacements with nothing but a blank between them are one: a reader
 * takes "the cat" for "a dog", not "the" for "a" and "cat" for "dog".
 */
static void join_replacements(struct tokens *a, struct tokens *b)
{
	struct stretch before = {0}, gap = {0}, s = {0};
	bool has_before = false, has_gap = false;

	while (next_stretch(a, b, &s)) {
		if (!s.changed) {
			assert(a->kind);
			has_gap =
				has_before && s.a_end == s.a + 1 && a->kind[s.a] == TOKEN_BLANK;
			gap = s;
			if (!has_gap)
				has_before = false;
			continue;
		}
		if (has_before && has_gap && (before.a_end > before.a || s.a_end > s.a) &&
		    (before.b_end > before.b || s.b_end > s.b)) {
			a->changed[gap.a] = 1;
			b->changed[gap.b] = 1;
			s.a = before.a;
			s.b = before.b;
		}
		before = s;
		has_before = true;
		has_gap = false;
	}
}

static void add_op(struct diff *d, enum diff_kind kind, size_t old, size_t old_end, size_t new,
		   size_t new_end)
{
	if (old == old_end && new == new_end)
		return;
	MEM_GROW(d->ops, d->n_ops, d->cap_ops);
	d->ops[d->n_ops++] = (struct diff_op){kind, old, old_end, new, new_end};
}

/* Where the i-th token begins; i may be the number of tokens. */
static size_t token_begin(const struct tokens *t, size_t i)
{
	return t->n ? t->at[i] : 0;
}

void diff_words(struct diff *d, struct slice old, struct slice new)
{
	struct tokens a = {0}, b = {0};
	struct stretch s = {0};

	read_tokens(&a, old);
	read_tokens(&b, new);
	uint32_t names = name_all(&a, old, &b, new);
	diff_sequences(a.id, a.n, b.id, b.n, names, a.changed, b.changed);
	shift_past_blanks(&a);
	shift_past_blanks(&b);
	join_replacements(&a, &b);
	while (next_stretch(&a, &b, &s)) {
		size_t old_at = token_begin(&a, s.a), old_end = token_begin(&a, s.a_end);
		size_t new_at = token_begin(&b, s.b), new_end = token_begin(&b, s.b_end);

		if (!s.changed) {
			add_op(d, DIFF_EQUAL, old_at, old_end, new_at, new_end);
			continue;
		}
		add_op(d, DIFF_DELETE, old_at, old_end, new_at, new_at);
		add_op(d, DIFF_INSERT, old_end, old_end, new_at, new_end);
	}
	release_tokens(&a);
	release_tokens(&b);
}

uint32_t diff_collect_words(struct slice s, uint32_t **pool, size_t *n, size_t *cap)
{
	enum token_kind kind;
	size_t from = *n;

	for (size_t at = 0; at < s.len;) {
		size_t len = token_diff_at(s.p + at, s.len - at, &kind);

		if (kind == TOKEN_WORD || kind == TOKEN_CHARACTER) {
			MEM_GROW(*pool, *n, *cap);
			(*pool)[(*n)++] = (uint32_t)(digest_quick(s.p + at, len) >> 16);
		}
		at += len;
	}
	return (uint32_t)(*n - from);
}

void diff_bag_fill(struct diff_bag *g, const uint32_t *words, size_t n)
{
	size_t size = 16;

	while (size < 2 * n)
		size *= 2;
	if (size > g->size || size * 8 < g->size) {
		g->v = mem_array(g->v, size, sizeof(*g->v));
		g->size = size;
	}
	memset(g->v, 0, g->size * sizeof(*g->v));
	g->round = 0;
	for (size_t i = 0; i < n; i++) {
		size_t at = words[i] & (g->size - 1);

		while (g->v[at].count && g->v[at].hash != words[i])
			at = (at + 1) & (g->size - 1);
		g->v[at].hash = words[i];
		g->v[at].count++;
	}
}

size_t diff_bag_common(struct diff_bag *g, const uint32_t *words, size_t n)
{
	size_t common = 0;

	g->round++;
	for (size_t i = 0; i < n; i++) {
		size_t at = words[i] & (g->size - 1);
		struct diff_slot *slot;

		while (g->v[at].count && g->v[at].hash != words[i])
			at = (at + 1) & (g->size - 1);
		slot = &g->v[at];
		if (slot->round != g->round) {
			slot->round = g->round;
			slot->taken = 0;
		}
		if (slot->taken < slot->count) {
			slot->taken++;
			common++;
		}
	}
	return common;
}

void diff_bag_release(struct diff_bag *g)
{
	free(g->v);
}

double diff_likeness(struct slice old, struct slice new)
{
	uint32_t *pool = NULL;
	struct diff_bag bag = {NULL, 0, 0};
	size_t n = 0, cap = 0;
	size_t a = diff_collect_words(old, &pool, &n, &cap);
	size_t b = diff_collect_words(new, &pool, &n, &cap);
	double likeness = 1;

	if (a + b) {
		diff_bag_fill(&bag, pool, a);
		likeness = 2.0 * (double)diff_bag_common(&bag, pool + a, b) / (double)(a + b);
	}
	diff_bag_release(&bag);
	free(pool);
	return likeness;
}
