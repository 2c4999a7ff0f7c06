/* SPDX-License-Identifier: MIT */
#include "diff_impl.h"

#include "core/digest.h"
#include "core/mem.h"
#include "core/word.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/*
 * A change in one text that begins with a blank and could as well begin after
 * it does so: "one [two ]three", not "one[ two] three".
 */
static void shift_past_blanks(struct diff_tokens *t)
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

static bool next_stretch(const struct diff_tokens *a, const struct diff_tokens *b,
			 struct stretch *s)
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
static void join_replacements(struct diff_tokens *a, struct diff_tokens *b)
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
static size_t token_begin(const struct diff_tokens *t, size_t i)
{
	return t->n ? t->at[i] : 0;
}

void diff_words_in(struct diff_room *room, struct diff *d, struct slice old, struct slice new)
{
	struct diff_tokens *a = &room->old, *b = &room->new;
	struct stretch s = {0};

	diff_room_read(room, old, new);
	diff_sequences(a->id, a->n, b->id, b->n, room->names.n, a->changed, b->changed);
	shift_past_blanks(a);
	shift_past_blanks(b);
	join_replacements(a, b);
	while (next_stretch(a, b, &s)) {
		size_t old_at = token_begin(a, s.a), old_end = token_begin(a, s.a_end);
		size_t new_at = token_begin(b, s.b), new_end = token_begin(b, s.b_end);

		if (!s.changed) {
			add_op(d, DIFF_EQUAL, old_at, old_end, new_at, new_end);
			continue;
		}
		add_op(d, DIFF_DELETE, old_at, old_end, new_at, new_at);
		add_op(d, DIFF_INSERT, old_end, old_end, new_at, new_end);
	}
}

void diff_words(struct diff *d, struct slice old, struct slice new)
{
	struct diff_room room = {0};

	diff_words_in(&room, d, old, new);
	diff_room_release(&room);
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
