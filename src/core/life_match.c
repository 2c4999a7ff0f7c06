/* SPDX-License-Identifier: MIT */
#include "life_impl.h"

#include "core/mem.h"
#include "core/sorted.h"

#include <stdlib.h>
#include <string.h>

/* How alike two wordings must be: where they stand speaks for them, and where it does not. */
#define ALIKE_IN_PLACE 0.25
#define ALIKE_ANYWHERE 0.5

enum { LIKENESS_MOST = 4096 }; /* bytes of each that are compared */

/* ---- what stayed */

static void add_run(struct match *m, size_t old, size_t old_end, size_t new, uint32_t pair)
{
	MEM_GROW(m->runs, m->n_runs, m->cap_runs);
	m->runs[m->n_runs++] = (struct run){old, old_end, new, pair};
}

static int by_old(const void *a, const void *b)
{
	const struct run *x = a, *y = b;

	return x->old < y->old ? -1 : x->old > y->old;
}

struct placed_pair {
	size_t begin;
	uint32_t pair;
};

static int by_begin(const void *a, const void *b)
{
	const struct placed_pair *x = a, *y = b;

	return x->begin < y->begin ? -1 : x->begin > y->begin;
}

/* The pairs that one of the texts has, by where they begin in it. */
static struct pair_list pairs_of(const struct diff *d, bool old)
{
	struct placed_pair *list = mem_array(NULL, d->n + 1, sizeof(*list));
	struct pair_list out;
	size_t n = 0;

	for (uint32_t i = 0; i < d->n; i++)
		if ((old ? d->pairs[i].old : d->pairs[i].new) != DIFF_NONE)
			list[n++] = (struct placed_pair){
				old ? d->pairs[i].old_begin : d->pairs[i].new_begin, i};
	qsort(list, n, sizeof(*list), by_begin);
	out = (struct pair_list){mem_array(NULL, n + 1, sizeof(*out.v)), n};
	for (size_t i = 0; i < n; i++)
		out.v[i] = list[i].pair;
	free(list);
	return out;
}

static void find_runs(struct match *m)
{
	for (uint32_t i = 0; i < m->d.n; i++) {
		const struct diff_pair *p = &m->d.pairs[i];

		if (p->change == DIFF_SAME)
			add_run(m, p->old_begin, p->old_end, p->new_begin, i);
		for (size_t k = 0; k < p->n_ops; k++) {
			const struct diff_op *op = &m->d.ops[p->op + k];

			if (op->kind == DIFF_EQUAL)
				add_run(m, op->old, op->old_end, op->new, i);
		}
	}
	if (m->n_runs)
		qsort(m->runs, m->n_runs, sizeof(*m->runs), by_old);
	m->old_pairs = pairs_of(&m->d, true);
	m->new_pairs = pairs_of(&m->d, false);
}

/* Where a byte between head and tail is now; SIZE_MAX: it went. Offsets of the texts. */
static size_t map(const struct match *m, size_t at)
{
	size_t lo;

	at -= m->head;
	SORTED_SKIP(lo, m->n_runs, m->runs[lo].old_end <= at);
	if (lo == m->n_runs || m->runs[lo].old > at)
		return SIZE_MAX;
	return m->head + m->runs[lo].new + (at - m->runs[lo].old);
}

/* The pair in which the byte between head and tail stands, or the next; DIFF_NONE. */
static uint32_t pair_at(const struct match *m, const struct pair_list *list, bool old,
			size_t at)
{
	const struct diff_pair *p = m->d.pairs;
	size_t lo;

	SORTED_SKIP(lo, list->n, (old ? p[list->v[lo]].old_end : p[list->v[lo]].new_end) <= at);
	return lo < list->n ? list->v[lo] : DIFF_NONE;
}

uint32_t match_pair_of_old(const struct match *m, size_t at)
{
	if (at < m->head || at >= m->old->text.len - m->tail)
		return DIFF_NONE;
	return pair_at(m, &m->old_pairs, true, at - m->head);
}

uint32_t match_pair_of_new(const struct match *m, size_t at)
{
	uint32_t pair;

	if (at < m->head || at >= m->new->text.len - m->tail)
		return DIFF_NONE;
	pair = pair_at(m, &m->new_pairs, false, at - m->head);
	return pair != DIFF_NONE && m->d.pairs[pair].new_begin <= at - m->head ? pair
									       : DIFF_NONE;
}

bool match_left(const struct match *m, const struct spot *old, size_t *begin, size_t *end)
{
	uint32_t pair = match_pair_of_old(m, old->begin);
	const struct diff_pair *p = pair == DIFF_NONE ? NULL : &m->d.pairs[pair];
	size_t from, to, lo = SIZE_MAX, hi = 0;

	if (!p || p->new == DIFF_NONE || p->change == DIFF_SAME)
		return false;
	from = old->begin - m->head;
	to = old->end - m->head;
	for (size_t k = 0; k < p->n_ops; k++) {
		const struct diff_op *op = &m->d.ops[p->op + k];
		size_t b = op->new, e = op->new_end;

		if (op->kind == DIFF_INSERT) {
			/* What was put in its place stands in it, or right at one of its ends.
			 */
			if (op->old < from || op->old > to)
				continue;
		} else {
			if (op->old_end <= from || op->old >= to)
				continue;
			if (op->kind == DIFF_EQUAL && op->old < from)
				b += from - op->old;
			if (op->kind == DIFF_EQUAL && op->old_end > to)
				e -= op->old_end - to;
		}
		lo = b < lo ? b : lo;
		hi = e > hi ? e : hi;
	}
	if (lo == SIZE_MAX)
		return false;
	*begin = m->head + lo;
	*end = m->head + (hi > lo ? hi : lo);
	return true;
}

/* ---- which is which */

static bool can_be(const struct match *m, size_t o, size_t n)
{
	struct slice a, b;

	if (m->to_new[o] != LIFE_NONE || m->to_old[n] != LIFE_NONE)
		return false;
	a = spot_id(m->old, &m->old->spots[o]);
	b = spot_id(m->new, &m->new->spots[n]);
	return !a.len || !b.len || slice_equal(a, b);
}

static void join(struct match *m, size_t o, size_t n)
{
	m->to_new[o] = (uint32_t)n;
	m->to_old[n] = (uint32_t)o;
}

static bool shares_option(const struct match *m, const struct spot *o, const struct spot *n)
{
	for (uint32_t i = 0; i < o->n_options; i++)
		for (uint32_t k = 0; k < n->n_options; k++)
			if (m->old->options[o->option + i].hash ==
			    m->new->options[n->option + k].hash)
				return true;
	return false;
}

static struct slice cut(struct slice s)
{
	return slice_make(s.p, s.len < LIKENESS_MOST ? s.len : LIKENESS_MOST);
}

static bool is_alike(const struct match *m, size_t old, size_t new, double least)
{
	const struct spot *o = &m->old->spots[old], *n = &m->new->spots[new];

	if (o->hash == n->hash || shares_option(m, o, n))
		return true;
	return diff_likeness(cut(slice_make(m->old->text.p + o->begin + 1, o->close - 1)),
			     cut(slice_make(m->new->text.p + n->begin + 1, n->close - 1))) >=
	       least;
}

size_t spot_first_from(const struct reading *r, size_t at)
{
	size_t i;

	SORTED_SKIP(i, r->n, r->spots[i].begin < at);
	return i;
}

/* The new spot that begins there. */
static size_t spot_at(const struct reading *r, size_t begin)
{
	size_t i = spot_first_from(r, begin);

	return i < r->n && r->spots[i].begin == begin ? i : SIZE_MAX;
}

/* The new spot whose last bracket closes just before `end`. */
static size_t spot_closing(const struct reading *r, size_t end)
{
	size_t i = spot_first_from(r, end);

	for (size_t tries = 0; i-- > 0 && tries < 16; tries++)
		if (r->spots[i].begin + r->spots[i].close == end)
			return i;
	return SIZE_MAX;
}

/* Lines that stayed at the beginning and the end: the same offsets. */
static void match_ends(struct match *m)
{
	const struct reading *a = m->old, *b = m->new;
	size_t i = 0, k = 0, by = b->text.len - a->text.len;

	while (i < a->n && k < b->n && a->spots[i].begin < m->head &&
	       b->spots[k].begin < m->head) {
		if (a->spots[i].begin == b->spots[k].begin) {
			if (can_be(m, i, k) && (a->spots[i].end == b->spots[k].end ||
						is_alike(m, i, k, ALIKE_IN_PLACE)))
				join(m, i, k);
			i++;
			k++;
		} else if (a->spots[i].begin < b->spots[k].begin) {
			i++;
		} else {
			k++;
		}
	}
	i = a->n;
	k = b->n;
	while (i > 0 && k > 0 && a->spots[i - 1].begin >= a->text.len - m->tail &&
	       b->spots[k - 1].begin >= b->text.len - m->tail) {
		size_t x = a->spots[i - 1].begin + by, y = b->spots[k - 1].begin;

		if (x == y && can_be(m, i - 1, k - 1))
			join(m, i - 1, k - 1);
		i -= x >= y;
		k -= y >= x;
	}
}

struct keyed {
	uint64_t key;
	uint32_t at;
};

static int by_key(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

static bool same_around(const struct match *m, size_t o, size_t n)
{
	const struct spot *a = &m->old->spots[o], *b = &m->new->spots[n];

	return spot_before(m->old, a) == spot_before(m->new, b) ||
	       spot_after(m->old, a) == spot_after(m->new, b);
}

/* Joins what has an equal key, in order: ids; or wordings, with equal words on a side. */
static void match_keys(struct match *m, bool ids)
{
	struct keyed *list = mem_array(NULL, m->new->n + 1, sizeof(*list));
	size_t n = 0;

	for (size_t k = 0; k < m->new->n; k++) {
		const struct spot *s = &m->new->spots[k];
		struct slice id = spot_id(m->new, s);

		if (m->to_old[k] == LIFE_NONE && (!ids || id.len))
			list[n++] = (struct keyed){ids ? life_hash(id.p, id.len) : s->hash,
						   (uint32_t)k};
	}
	qsort(list, n, sizeof(*list), by_key);
	for (size_t o = 0; o < m->old->n && n; o++) {
		const struct spot *s = &m->old->spots[o];
		struct slice id = spot_id(m->old, s);
		uint64_t key = ids ? life_hash(id.p, id.len) : s->hash;
		size_t lo;

		if (m->to_new[o] != LIFE_NONE || (ids && !id.len))
			continue;
		SORTED_SKIP(lo, n, list[lo].key < key);
		for (size_t tries = 0; lo < n && list[lo].key == key && tries < 64;
		     lo++, tries++) {
			if (!can_be(m, o, list[lo].at))
				continue;
			if (!ids && !same_around(m, o, list[lo].at))
				continue;
			join(m, o, list[lo].at);
			break;
		}
	}
	free(list);
}

/* By the place of an opening or closing bracket that stayed. */
static void match_places(struct match *m)
{
	for (size_t o = 0; o < m->old->n; o++) {
		const struct spot *s = &m->old->spots[o];
		size_t begin, close, n = SIZE_MAX, at;

		if (m->to_new[o] != LIFE_NONE || s->begin < m->head ||
		    s->begin >= m->old->text.len - m->tail)
			continue;
		begin = map(m, s->begin);
		at = s->begin + s->close - 1;
		close = at < m->old->text.len - m->tail ? map(m, at) : SIZE_MAX;
		if (begin != SIZE_MAX)
			n = spot_at(m->new, begin);
		if (n != SIZE_MAX && can_be(m, o, n) &&
		    ((close != SIZE_MAX &&
		      close + 1 == m->new->spots[n].begin + m->new->spots[n].close) ||
		     is_alike(m, o, n, ALIKE_IN_PLACE))) {
			join(m, o, n);
			continue;
		}
		n = close == SIZE_MAX ? SIZE_MAX : spot_closing(m->new, close + 1);
		if (n != SIZE_MAX && can_be(m, o, n) && is_alike(m, o, n, ALIKE_IN_PLACE))
			join(m, o, n);
	}
}

/* The first new spot of [from, to) that the old one can be: an equal wording; or what is alike.
 */
static size_t find_like(const struct match *m, size_t o, size_t from, size_t to, bool alike)
{
	for (size_t k = from; k < to; k++) {
		if (!can_be(m, o, k))
			continue;
		if (alike ? same_around(m, o, k) || is_alike(m, o, k, ALIKE_ANYWHERE)
			  : m->old->spots[o].hash == m->new->spots[k].hash)
			return k;
	}
	return SIZE_MAX;
}

/* What is left in one paragraph: equal wordings first, then what is alike, in order. */
static void match_in_paragraphs(struct match *m, bool alike)
{
	for (uint32_t i = 0; i < m->d.n; i++) {
		const struct diff_pair *p = &m->d.pairs[i];
		size_t from, to, end;

		if (p->old == DIFF_NONE || p->new == DIFF_NONE || p->change == DIFF_SAME)
			continue;
		from = spot_first_from(m->new, m->head + p->new_begin);
		to = spot_first_from(m->new, m->head + p->new_end);
		end = spot_first_from(m->old, m->head + p->old_end);
		for (size_t o = spot_first_from(m->old, m->head + p->old_begin); o < end; o++) {
			size_t k = m->to_new[o] == LIFE_NONE ? find_like(m, o, from, to, alike)
							     : SIZE_MAX;

			if (k != SIZE_MAX)
				join(m, o, k);
		}
	}
}

static bool any_left(const uint32_t *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (list[i] == LIFE_NONE)
			return true;
	return false;
}

void match_make(struct match *m, const struct reading *old, const struct reading *new)
{
	struct slice a = str_slice(&old->text), b = str_slice(&new->text);

	*m = (struct match){.old = old, .new = new};
	m->to_old = mem_array(NULL, new->n + 1, sizeof(*m->to_old));
	m->to_new = mem_array(NULL, old->n + 1, sizeof(*m->to_new));
	for (size_t i = 0; i < new->n; i++)
		m->to_old[i] = LIFE_NONE;
	for (size_t i = 0; i < old->n; i++)
		m->to_new[i] = LIFE_NONE;
	diff_frame(a, b, &m->head, &m->tail);
	match_keys(m, true);
	match_ends(m);
	if (!any_left(m->to_old, new->n) && !any_left(m->to_new, old->n))
		return;
	diff_texts(&m->d, slice_make(a.p + m->head, a.len - m->tail - m->head),
		   slice_make(b.p + m->head, b.len - m->tail - m->head));
	m->compared = true;
	find_runs(m);
	match_places(m);
	match_in_paragraphs(m, false);
	match_keys(m, false);
	match_in_paragraphs(m, true);
}

void match_release(struct match *m)
{
	if (m->compared)
		diff_release(&m->d);
	free(m->runs);
	free(m->old_pairs.v);
	free(m->new_pairs.v);
	free(m->to_old);
	free(m->to_new);
}
