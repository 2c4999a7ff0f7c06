/* SPDX-License-Identifier: MIT */
#include "diff_impl.h"

#include "core/mem.h"

#include <assert.h>
#include <stdlib.h>

static void add_whole(struct diff *d, enum diff_kind kind, struct diff_pair *p)
{
	bool del = kind == DIFF_DELETE;

	MEM_GROW(d->ops, d->n_ops, d->cap_ops);
	d->ops[d->n_ops++] =
		(struct diff_op){kind, p->old_begin, del ? p->old_end : p->old_begin,
				 p->new_begin, del ? p->new_begin : p->new_end};
}

static void add_words(struct diff *d, struct slice old, struct slice new,
		      const struct diff_pair *p)
{
	size_t from = d->n_ops;

	diff_words(d, slice_make(old.p + p->old_begin, p->old_end - p->old_begin),
		   slice_make(new.p + p->new_begin, p->new_end - p->new_begin));
	for (size_t i = from; i < d->n_ops; i++) {
		d->ops[i].old += p->old_begin;
		d->ops[i].old_end += p->old_begin;
		d->ops[i].new += p->new_begin;
		d->ops[i].new_end += p->new_begin;
	}
}

static bool is_same(struct slice old, struct slice new, const struct diff_pair *p)
{
	return slice_equal(slice_make(old.p + p->old_begin, p->old_end - p->old_begin),
			   slice_make(new.p + p->new_begin, p->new_end - p->new_begin));
}

/* Adds a pair; a or b is DIFF_NONE where the other text has nothing of it. */
static void add_pair(struct diff *d, const struct diff_side *old, const struct diff_side *new,
		     uint32_t a, uint32_t b)
{
	struct diff_pair p = {.old = a, .new = b, .op = d->n_ops};

	if (a != DIFF_NONE) {
		p.old_begin = old->v[a].begin;
		p.old_end = old->v[a].end;
	}
	if (b != DIFF_NONE) {
		p.new_begin = new->v[b].begin;
		p.new_end = new->v[b].end;
	}
	if (a == DIFF_NONE) {
		p.change = DIFF_ADDED;
		add_whole(d, DIFF_INSERT, &p);
	} else if (b == DIFF_NONE) {
		p.change = DIFF_DELETED;
		add_whole(d, DIFF_DELETE, &p);
	} else if (old->v[a].moved) {
		p.change = DIFF_MOVED;
		add_words(d, old->text, new->text, &p);
	} else if (is_same(old->text, new->text, &p)) {
		p.change = DIFF_SAME;
	} else {
		p.change = DIFF_CHANGED;
		add_words(d, old->text, new->text, &p);
	}
	p.n_ops = d->n_ops - p.op;
	MEM_GROW(d->pairs, d->n, d->cap);
	d->pairs[d->n++] = p;
}

/* In the new text's order; the old lines of a gap that are gone come before its new ones. */
static void write_pairs(struct diff *d, const struct diff_side *old,
			const struct diff_side *new)
{
	size_t at = 0;
	uint32_t *stop = mem_array(NULL, new->n + 1, sizeof(*stop));

	/* Up to which old line a new line's gap goes: to the next pair that stayed. */
	stop[new->n] = (uint32_t)old->n;
	for (size_t j = new->n; j-- > 0;) {
		const struct diff_line *l = &new->v[j];

		stop[j] = l->partner != DIFF_NONE && !l->moved ? l->partner : stop[j + 1];
	}
	for (size_t j = 0; j <= new->n; j++) {
		for (; at < stop[j]; at++)
			if (old->v[at].partner == DIFF_NONE)
				add_pair(d, old, new, (uint32_t)at, DIFF_NONE);
		if (j == new->n)
			break;
		add_pair(d, old, new, new->v[j].partner, (uint32_t)j);
		if (new->v[j].partner != DIFF_NONE && !new->v[j].moved)
			at = new->v[j].partner + 1;
	}
	free(stop);
}

void diff_texts(struct diff *d, struct slice old, struct slice new)
{
	struct diff_side a, b;

	*d = (struct diff){.same = slice_equal(old, new)};
	diff_side_init(&a, old);
	diff_side_init(&b, new);
	assert(a.n < DIFF_NONE && b.n < DIFF_NONE);
	diff_align(&a, &b);
	write_pairs(d, &a, &b);
	diff_side_release(&b);
	diff_side_release(&a);
}

void diff_frame(struct slice a, struct slice b, size_t *head, size_t *tail)
{
	size_t most = a.len < b.len ? a.len : b.len, i = 0, k = 0;

	/* Blocks first: most of a draft stays. */
	while (i + 256 <= most && memcmp(a.p + i, b.p + i, 256) == 0)
		i += 256;
	while (i < most && a.p[i] == b.p[i])
		i++;
	if (i < most || a.len != b.len)
		while (i > 0 && a.p[i - 1] != '\n')
			i--;
	most -= i;
	while (k + 256 <= most &&
	       memcmp(a.p + a.len - k - 256, b.p + b.len - k - 256, 256) == 0)
		k += 256;
	while (k < most && a.p[a.len - k - 1] == b.p[b.len - k - 1])
		k++;
	/* Down to where a line begins in both. */
	while (k > 0 && !((a.len - k == i || a.p[a.len - k - 1] == '\n') &&
			  (b.len - k == i || b.p[b.len - k - 1] == '\n')))
		k--;
	*head = i;
	*tail = k;
}

void diff_release(struct diff *d)
{
	free(d->pairs);
	free(d->ops);
	*d = (struct diff){0};
}

const char *diff_change_word(enum diff_change change)
{
	static const char *const words[] = {
		[DIFF_SAME] = "same",       [DIFF_CHANGED] = "changed", [DIFF_ADDED] = "added",
		[DIFF_DELETED] = "deleted", [DIFF_MOVED] = "moved",
	};

	return words[change];
}
