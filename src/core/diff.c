/* SPDX-License-Identifier: MIT */
#include "diff_impl.h"

#include "core/mem.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static void add_whole(struct diff *d, enum diff_kind kind, struct diff_pair *p)
{
	bool del = kind == DIFF_DELETE;

	MEM_GROW(d->ops, d->n_ops, d->cap_ops);
	d->ops[d->n_ops++] =
		(struct diff_op){kind, p->old_begin, del ? p->old_end : p->old_begin,
				 p->new_begin, del ? p->new_begin : p->new_end};
}

static bool is_same(struct slice old, struct slice new, const struct diff_pair *p)
{
	return slice_equal(slice_make(old.p + p->old_begin, p->old_end - p->old_begin),
			   slice_make(new.p + p->new_begin, p->new_end - p->new_begin));
}

/* Adds a pair, without its words; a or b is DIFF_NONE where the other text has nothing of it.
 */
static void add_pair(struct diff *d, const struct diff_side *old, const struct diff_side *new,
		     uint32_t a, uint32_t b)
{
	struct diff_pair p = {.old = a, .new = b};

	if (a != DIFF_NONE) {
		p.old_begin = old->v[a].begin;
		p.old_end = old->v[a].end;
	}
	if (b != DIFF_NONE) {
		p.new_begin = new->v[b].begin;
		p.new_end = new->v[b].end;
	}
	if (a == DIFF_NONE)
		p.change = DIFF_ADDED;
	else if (b == DIFF_NONE)
		p.change = DIFF_DELETED;
	else if (old->v[a].moved)
		p.change = DIFF_MOVED;
	else if (is_same(old->text, new->text, &p))
		p.change = DIFF_SAME;
	else
		p.change = DIFF_CHANGED;
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

/* ---- words ---- */

#define PART_PAIRS 32

/* What several do at once: sides are read, words of pairs compared. */
struct comparing {
	struct diff *d;
	struct diff_side side[2];
	struct diff *parts; /* the words of PART_PAIRS pairs each */
};

static void read_side(void *context, size_t i)
{
	struct comparing *c = context;

	diff_side_init(&c->side[i], c->side[i].text);
}

static void add_words(struct diff *part, struct diff_room *room, const struct comparing *c,
		      const struct diff_pair *p)
{
	const char *old = c->side[0].text.p, *new = c->side[1].text.p;
	size_t from = part->n_ops;

	diff_words_in(room, part, slice_make(old + p->old_begin, p->old_end - p->old_begin),
		      slice_make(new + p->new_begin, p->new_end - p->new_begin));
	for (size_t i = from; i < part->n_ops; i++) {
		part->ops[i].old += p->old_begin;
		part->ops[i].old_end += p->old_begin;
		part->ops[i].new += p->new_begin;
		part->ops[i].new_end += p->new_begin;
	}
}

static void compare_words(void *context, size_t i)
{
	struct comparing *c = context;
	struct diff *part = &c->parts[i];
	struct diff_room room = {0};

	for (size_t k = i * PART_PAIRS; k < c->d->n && k < (i + 1) * PART_PAIRS; k++) {
		struct diff_pair *p = &c->d->pairs[k];

		p->op = part->n_ops;
		if (p->change == DIFF_ADDED)
			add_whole(part, DIFF_INSERT, p);
		else if (p->change == DIFF_DELETED)
			add_whole(part, DIFF_DELETE, p);
		else if (p->change != DIFF_SAME)
			add_words(part, &room, c, p);
		p->n_ops = part->n_ops - p->op;
	}
	diff_room_release(&room);
}

/* The words of all pairs, from those of the parts. */
static void join_parts(struct comparing *c, size_t n)
{
	struct diff *d = c->d;
	size_t all = 0;

	for (size_t i = 0; i < n; i++)
		all += c->parts[i].n_ops;
	d->ops = mem_array(NULL, all, sizeof(*d->ops));
	d->cap_ops = all;
	for (size_t i = 0; i < n; i++) {
		for (size_t k = i * PART_PAIRS; k < d->n && k < (i + 1) * PART_PAIRS; k++)
			d->pairs[k].op += d->n_ops;
		if (c->parts[i].n_ops)
			memcpy(d->ops + d->n_ops, c->parts[i].ops,
			       c->parts[i].n_ops * sizeof(*d->ops));
		d->n_ops += c->parts[i].n_ops;
		diff_release(&c->parts[i]);
	}
}

void diff_texts_by(const struct each *each, struct diff *d, struct slice old, struct slice new)
{
	struct comparing c = {.d = d, .side = {{.text = old}, {.text = new}}};
	size_t n;

	*d = (struct diff){.same = slice_equal(old, new)};
	each_run(each, 2, read_side, &c);
	assert(c.side[0].n < DIFF_NONE && c.side[1].n < DIFF_NONE);
	diff_align(&c.side[0], &c.side[1], DIFF_MOVED_LIKE);
	write_pairs(d, &c.side[0], &c.side[1]);
	n = (d->n + PART_PAIRS - 1) / PART_PAIRS;
	c.parts = mem_zalloc(n * sizeof(*c.parts));
	each_run(each, n, compare_words, &c);
	join_parts(&c, n);
	free(c.parts);
	diff_side_release(&c.side[1]);
	diff_side_release(&c.side[0]);
}

void diff_texts(struct diff *d, struct slice old, struct slice new)
{
	diff_texts_by(NULL, d, old, new);
}

void diff_frame(struct slice a, struct slice b, size_t *head, size_t *tail)
{
	size_t i = slice_common(a, b), k;

	if (i < a.len || i < b.len)
		while (i > 0 && a.p[i - 1] != '\n')
			i--;
	k = slice_common_end(slice_make(a.p + i, a.len - i), slice_make(b.p + i, b.len - i));
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
