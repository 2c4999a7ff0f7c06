/* SPDX-License-Identifier: MIT */
#include "diff_impl.h"

#include "core/digest.h"
#include "core/mem.h"
#include "core/word.h"

#include <stdlib.h>
#include <string.h>

/*
 * Two stretches as tokens, each with a number that is equal for equal bytes. Most of
 * the new one stands in the old one too: there its tokens are taken over in runs.
 */

#define LOOK 24 /* tokens ahead in which the new text goes on as the old does */

/* ---- numbers ---- */

static uint32_t name_of(struct diff_names *x, struct slice token)
{
	uint64_t hash = digest_quick(token.p, token.len);
	uint32_t name;

	for (size_t at = 0; (name = slots_next(&x->slots, hash, &at)) != SLOTS_NONE;)
		if (slice_equal(x->v[name], token))
			return name;
	MEM_GROW(x->v, x->n, x->cap);
	x->v[x->n] = token;
	slots_add(&x->slots, hash, x->n);
	return x->n++;
}

/* ---- tokens ---- */

/* Room for `more` tokens and the end. */
static void tokens_grow(struct diff_tokens *t, size_t more)
{
	if (t->n + more < t->cap)
		return;
	t->cap = mem_grown(t->cap, t->n + more + 1);
	t->at = mem_array(t->at, t->cap, sizeof(*t->at));
	t->id = mem_array(t->id, t->cap, sizeof(*t->id));
	t->kind = mem_array(t->kind, t->cap, sizeof(*t->kind));
	t->changed = mem_array(t->changed, t->cap, sizeof(*t->changed));
}

static size_t read_token(struct diff_names *x, struct diff_tokens *t, struct slice s, size_t at)
{
	enum token_kind kind = TOKEN_BLANK;
	size_t len = 1;

	tokens_grow(t, 1);
	t->at[t->n] = at;
	/* Every other token is one space. */
	if (s.p[at] == ' ' && at + 1 < s.len && (unsigned char)s.p[at + 1] > ' ' &&
	    (unsigned char)s.p[at + 1] < 0x80) {
		if (x->space == DIFF_NONE)
			x->space = name_of(x, SLICE(" "));
		t->id[t->n] = x->space;
	} else {
		len = token_diff_at(s.p + at, s.len - at, &kind);
		t->id[t->n] = name_of(x, slice_make(s.p + at, len));
	}
	t->kind[t->n++] = (unsigned char)kind;
	return at + len;
}

/*
 * Takes over the old tokens from `from` on that the new text has at `at`. What a token is
 * depends on the two after it at most: these are equal too. Returns how many.
 */
static size_t copy_tokens(const struct diff_tokens *a, struct slice old, size_t from,
			  struct diff_tokens *b, struct slice new, size_t at)
{
	size_t begin = a->at[from], n = 0, same;

	same = slice_common(slice_make(old.p + begin, old.len - begin),
			    slice_make(new.p + at, new.len - at));
	while (from + n + 3 <= a->n && a->at[from + n + 3] - begin < same)
		n++;
	if (!n)
		return 0;
	tokens_grow(b, n);
	for (size_t i = 0; i < n; i++)
		b->at[b->n + i] = a->at[from + i] - begin + at;
	memcpy(b->id + b->n, a->id + from, n * sizeof(*b->id));
	memcpy(b->kind + b->n, a->kind + from, n);
	b->n += n;
	return n;
}

/* The old token, from j on, at which the new text seems to go on; or one beyond. */
static size_t resume(const struct diff_tokens *a, struct slice old, size_t j, struct slice new,
		     size_t at)
{
	for (size_t i = j; i < a->n && i < j + LOOK; i++)
		if (new.len - at >= 8 && old.len - a->at[i] >= 8 &&
		    memcmp(old.p + a->at[i], new.p + at, 8) == 0)
			return i;
	return a->n;
}

static void read_new(struct diff_room *r, struct slice old, struct slice new)
{
	const struct diff_tokens *a = &r->old;
	struct diff_tokens *b = &r->new;
	size_t j = 0; /* of the old text: all before stands in the new one, or does not */

	for (size_t at = 0; at < new.len;) {
		size_t from = resume(a, old, j, new, at), n = 0;

		if (from < a->n)
			n = copy_tokens(a, old, from, b, new, at);
		if (n) {
			j = from + n;
			at += a->at[j] - a->at[from];
		} else {
			at = read_token(&r->names, b, new, at);
			/* A token for a token, as far as can be told. */
			j += j < a->n;
		}
	}
}

void diff_room_read(struct diff_room *r, struct slice old, struct slice new)
{
	slots_clear(&r->names.slots);
	r->names.n = 0;
	r->names.space = DIFF_NONE;
	r->old.n = r->new.n = 0;
	tokens_grow(&r->old, 1);
	tokens_grow(&r->new, 1);
	for (size_t at = 0; at < old.len;)
		at = read_token(&r->names, &r->old, old, at);
	r->old.at[r->old.n] = old.len;
	read_new(r, old, new);
	r->new.at[r->new.n] = new.len;
}

static void tokens_release(struct diff_tokens *t)
{
	free(t->at);
	free(t->id);
	free(t->kind);
	free(t->changed);
}

void diff_room_release(struct diff_room *r)
{
	tokens_release(&r->old);
	tokens_release(&r->new);
	slots_release(&r->names.slots);
	free(r->names.v);
}
