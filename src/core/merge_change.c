/* SPDX-License-Identifier: MIT */
#include "merge_said.h"

#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

/* A side's paragraph against the base's: where it differs, and which of its points are taken
 * apart. */

void said_release(struct said *s)
{
	for (size_t i = 0; i < s->n_made; i++)
		free(s->made[i]);
	free(s->made);
	free(s->side[1].segments);
	free(s->side[2].segments);
	free(s->changes);
	free(s->speeches);
	free(s->offers);
	free(s->list);
	free(s->items);
	free(s->places);
}

struct piece *said_make_pieces(struct said *s, size_t n)
{
	MEM_GROW(s->made, s->n_made, s->cap_made);
	s->made[s->n_made] = mem_array(NULL, n + 1, sizeof(struct piece));
	return s->made[s->n_made++];
}

/* Options are read into the list of their text, which may move: where there are brackets, the
 * pieces are copied. */
static const struct piece *held(struct said *s, const struct piece *v, size_t n, bool simple)
{
	struct piece *own;

	if (simple)
		return v;
	own = said_make_pieces(s, n);
	if (n)
		memcpy(own, v, n * sizeof(*own));
	return own;
}

void said_init(struct said *s, struct merge *m, const struct input *in, const struct piece *ref,
	       size_t n_ref, bool simple)
{
	*s = (struct said){.m = m, .in = in, .n_ref = n_ref};
	s->ref = held(s, ref, n_ref, simple);
}

/* ---- changes ---- */

bool changes_equal(const struct change *x, const struct change *y)
{
	return x->a == y->a && x->b == y->b &&
	       pieces_equal(x->v + x->c, x->d - x->c, y->v + y->c, y->d - y->c);
}

bool changes_overlap(const struct change *x, const struct change *y)
{
	return x->a < y->b && y->a < x->b;
}

/* It can be told from whatever is beside it. */
static bool change_stands_out(const struct change *x)
{
	return x->fate == FATE_DECIDED || x->fate == FATE_OTHERWISE;
}

bool changes_clash(const struct change *x, const struct change *y)
{
	if (change_stands_out(x) || change_stands_out(y))
		return changes_overlap(x, y);
	return x->a <= y->b && y->a <= x->b;
}

struct slice change_bytes(const struct change *x)
{
	size_t begin;

	if (x->c == x->d)
		return slice_make("", 0);
	begin = x->v[x->c].begin;
	return slice_make(x->in->text.p + begin, x->v[x->d - 1].end - begin);
}

/* Longer, or of the same length and later in byte order; a blank is longer than nothing, and
 * that than not to know. */
static bool is_more(struct slice x, struct slice y)
{
	if (!x.p || !y.p || x.len != y.len)
		return x.p && (!y.p || x.len > y.len);
	return slice_compare(x, y) > 0;
}

void change_join(struct change *x, const struct change *y)
{
	struct slice before = is_more(y->before, x->before) ? y->before : x->before;
	struct slice after = is_more(y->after, x->after) ? y->after : x->after;
	enum fate fate = y->fate > x->fate ? y->fate : x->fate;

	if (is_more(change_bytes(y), change_bytes(x)))
		*x = *y;
	x->before = before;
	x->after = after;
	x->fate = fate;
}

/* What stands before the i-th piece; p NULL where none is before it. */
static struct slice gap_at_piece(const struct change *x, size_t i)
{
	bool known = i < x->n && (i > 0 || x->v[0].spliced);

	return known ? piece_gap(x->in, x->v, i) : slice_make(NULL, 0);
}

/* Adds a change that is none of those from `from` on; returns which it is. */
uint32_t said_add_change(struct said *s, struct change x, size_t from)
{
	/* What takes words out knows what then stands side by side. */
	if (x.c < x.d)
		x.before = gap_at_piece(&x, x.c);
	x.after = gap_at_piece(&x, x.d);
	for (size_t i = from; i < s->n_changes; i++)
		if (changes_equal(&s->changes[i], &x)) {
			change_join(&s->changes[i], &x);
			return (uint32_t)i;
		}
	MEM_GROW(s->changes, s->n_changes, s->cap_changes);
	s->changes[s->n_changes] = x;
	return (uint32_t)s->n_changes++;
}

/* ---- of a list of pieces ---- */

struct change said_change_of(const struct hunk *h, size_t a, const struct input *in,
			     const struct piece *v, size_t n)
{
	return (struct change){
		.a = h->a + a, .b = h->b + a, .c = h->c, .d = h->d, .in = in, .v = v, .n = n};
}

/* ---- which points are taken apart, and what of them is the base's ---- */

const struct point *said_point_of(const struct input *in, const struct piece *p)
{
	return &in->b.points[brackets_point_from(&in->b, p->begin)];
}

/* A point with several wordings, or one that somebody wants. */
static bool is_open(const struct input *in, const struct piece *p)
{
	const struct point *point;

	if (p->kind != PIECE_POINT)
		return false;
	point = said_point_of(in, p);
	return point->n_brackets == 1 && !in->b.v[point->bracket].crosses &&
	       point->kind != KIND_PLACEHOLDER && point->n_options > 0 &&
	       (point->n_options > 1 || point_option(&in->b, point, 0)->n_parties > 0);
}

/* The side's list may move when options are read: they are read into lists of ours. */
struct piece *said_option_pieces(struct said *s, struct input *in, const struct option *o,
				 size_t *n)
{
	size_t was = in->n_pieces;
	struct piece *v;

	*n = o->begin < o->end ? stretch_pieces(&s->m->w, in, o->begin, o->end) : 0;
	v = said_make_pieces(s, *n);
	if (*n)
		memcpy(v, in->pieces + was, *n * sizeof(*v));
	in->n_pieces = was;
	return v;
}

/* Where the pieces stand in the base's [a, b); SIZE_MAX. */
static size_t occurs_at(const struct said *s, size_t a, size_t b, const struct piece *v,
			size_t n)
{
	for (size_t i = a; i + n <= b; i++)
		if (pieces_equal(s->ref + i, n, v, n))
			return i;
	return SIZE_MAX;
}

/* The option that is the base's wording, in the base's [*from, b). */
static uint32_t base_option(struct said *s, struct unfolding *u, const struct piece *p,
			    size_t *from, size_t b)
{
	const struct brackets *br = &u->in->b;
	const struct point *point = said_point_of(u->in, p);
	for (size_t k = 0; k < point->n_options; k++) {
		const struct option *o = point_option(br, point, k);
		const struct piece *v;
		size_t n, at;

		if (o->n_parties || o->begin == o->end)
			continue;
		v = said_option_pieces(s, u->in, o, &n);
		at = occurs_at(s, *from, b, v, n);
		/* Of words that stand there several times, others may be taken for the same. */
		if (at == SIZE_MAX && *from < b)
			at = occurs_at(s, *from < n ? 0 : *from - n, least(b + n, s->n_ref), v,
				       n);
		if (at == SIZE_MAX)
			continue;
		*from = at + n;
		return br->point_options[point->option + k];
	}
	/* Where the base has nothing, nobody's wording is none. */
	return *from == b ? NO_TEXT : KEPT;
}

/* Which points of a part of what differs are taken apart; true where some are. */
static bool choose_of(struct said *s, struct unfolding *u, const struct change *x)
{
	size_t from = x->a;
	bool any = false;

	for (size_t i = x->c; !x->fate && i < x->d; i++) {
		if (!is_open(u->in, &u->v[i]) || s->m->w.counts[u->v[i].key])
			continue;
		u->chosen[i] = base_option(s, u, &u->v[i], &from, x->b);
		any = any || u->chosen[i] != KEPT;
	}
	return any;
}

/* False where no point is taken apart. */
static bool choose(struct said *s, struct unfolding *u)
{
	struct work *w = &s->m->w;
	struct regions r;
	struct parts_of parts = {NULL};
	bool any = false;

	for (size_t i = 0; i < u->n; i++)
		any = any || is_open(u->in, &u->v[i]);
	if (!any)
		return false;
	any = false;
	said_compare(s, &r, 0, s->n_ref, u->in, u->v, u->n);
	need_counts(w);
	for (size_t i = 0; i < s->n_ref; i++)
		w->counts[s->ref[i].key] = 1;
	for (size_t h = 0; h < r.n_hunks; h++) {
		said_part(s, said_change_of(&r.hunks[h], 0, u->in, u->v, u->n), PART_SHARED,
			  &parts);
		for (size_t k = 0; k < parts.n; k++)
			any = choose_of(s, u, &parts.v[k]) || any;
	}
	for (size_t i = 0; i < s->n_ref; i++)
		w->counts[s->ref[i].key] = 0;
	free(parts.v);
	regions_release(&r);
	return any;
}

size_t said_splice(struct piece *to, size_t at, const struct piece *with, size_t n,
		   const struct piece *v, size_t i)
{
	if (n)
		memcpy(to + at, with, n * sizeof(*to));
	if (n && i > 0) {
		to[at].spliced = true;
		to[at].blank = v[i].blank;
	}
	return at + n;
}

/* The side with the base's wordings in place of points. */
static void make_plain(struct said *s, struct unfolding *u)
{
	size_t total = u->n, n, at = 0;
	struct piece *plain, **options = mem_zalloc((u->n + 1) * sizeof(struct piece *));
	size_t *sizes = mem_zalloc((u->n + 1) * sizeof(*sizes));
	bool cut = false;

	for (size_t i = 0; i < u->n; i++)
		if (u->chosen[i] < NO_TEXT) {
			options[i] = said_option_pieces(s, u->in,
							&u->in->b.options[u->chosen[i]], &n);
			sizes[i] = n;
			total += n;
		}
	plain = said_make_pieces(s, total);
	for (size_t i = 0; i < u->n; i++) {
		u->at[i] = at;
		if (u->chosen[i] == KEPT) {
			plain[at] = u->v[i];
			plain[at].spliced = plain[at].spliced || cut;
			at++;
		} else {
			at = said_splice(plain, at, options[i], sizes[i], u->v, i);
		}
		cut = u->chosen[i] != KEPT;
	}
	u->at[u->n] = at;
	plain[0].spliced = false; /* nothing stands before it */
	u->plain = plain;
	u->n_plain = at;
	free(sizes);
	free(options);
}

/* Keeps the points whose place in the base is not plain to see; true where there are some. */
static bool keep_unclear(struct unfolding *u, const struct regions *r)
{
	bool any = false;
	size_t h = 0;

	for (size_t i = 0; i < u->n; i++) {
		size_t from = u->at[i], to = u->at[i + 1];

		while (h < r->n_hunks && r->hunks[h].d < from)
			h++;
		for (size_t k = h;
		     u->chosen[i] != KEPT && k < r->n_hunks && r->hunks[k].c <= to; k++) {
			const struct hunk *x = &r->hunks[k];
			bool within = from == to     ? x->c < from && from < x->d
				      : x->c == x->d ? from < x->c && x->c < to
						     : x->c < to && x->d > from;

			if (within) {
				u->chosen[i] = KEPT;
				any = true;
			}
		}
	}
	return any;
}

/* ---- all of a side ---- */

void said_by(struct said *s, size_t side, struct input *in, const struct piece *v, size_t n,
	     bool simple)
{
	struct unfolding u = {.in = in, .v = v, .n = n, .plain = v, .n_plain = n};
	struct regions r;
	bool points;

	s->side[side].in = in;
	u.v = u.plain = v = held(s, v, n, simple);
	s->side[side].v = v;
	s->side[side].n = n;
	u.at = mem_array(NULL, n + 1, sizeof(*u.at));
	u.chosen = mem_array(NULL, n + 1, sizeof(*u.chosen));
	for (size_t i = 0; i <= n; i++) {
		u.at[i] = i;
		u.chosen[i] = KEPT;
	}
	points = !simple && choose(s, &u);
	if (points)
		make_plain(s, &u);
	said_compare(s, &r, 0, s->n_ref, in, u.plain, u.n_plain);
	while (points && keep_unclear(&u, &r)) {
		make_plain(s, &u);
		regions_release(&r);
		said_compare(s, &r, 0, s->n_ref, in, u.plain, u.n_plain);
	}
	if (said_share_little(s, &r, in, u.plain, u.n_plain)) {
		r.n_hunks = 1;
		r.hunks[0] = (struct hunk){0, s->n_ref, 0, n, 0, 0};
		u.plain = v;
		u.n_plain = n;
		u.parting = PART_NOT;
		for (size_t i = 0; i <= n; i++) {
			u.at[i] = i;
			u.chosen[i] = KEPT;
		}
	}
	said_add_segments(s, side, &u, &r);
	said_read_offers(s, side, &u);
	regions_release(&r);
	free(u.at);
	free(u.chosen);
}
