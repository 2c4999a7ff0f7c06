/* SPDX-License-Identifier: MIT */
#include "merge_said.h"

#include <string.h>

/*
 * A paragraph that both sides changed, one thing after the other: each word and each run of
 * blanks is of the text that changed it; only what both changed differently is a point.
 */

#define ALL 7u /* the three texts, as bits */

struct flow {
	struct merge *m;
	struct merge_row *row;
	const struct merge_part *part;
	struct writer wr;
	bool any;
	size_t last[3];  /* the piece that was written last, or SIZE_MAX */
	unsigned source; /* texts in which all since the last point stands so */
	bool fresh;      /* the last point is new */
	size_t first;    /* whose unit is the first in byte order */
};

/* What stands at a place: by text, its first and last piece; SIZE_MAX: nothing of that. */
struct item_at {
	size_t first[3], last[3];
};
#define NOWHERE                                                                                \
	{                                                                                      \
		{SIZE_MAX, SIZE_MAX, SIZE_MAX},                                                \
		{                                                                              \
			SIZE_MAX, SIZE_MAX, SIZE_MAX                                           \
		}                                                                              \
	}

static struct slice piece_bytes(const struct merge_part *p, size_t i)
{
	return slice_make(p->in->text.p + p->v[i].begin, p->v[i].end - p->v[i].begin);
}

static struct slice gap_of(const struct merge_part *p, size_t i)
{
	if (i == 0 || i >= p->n)
		return slice_make("", 0);
	return piece_gap(p->in, p->v, i);
}

/* Blanks where no text has the two next to each other. */
static struct slice gap_between(const struct flow *f, const struct item_at *x)
{
	struct slice v[3] = {{NULL, 0}, {NULL, 0}, {NULL, 0}};
	bool any = false;

	for (size_t k = 0; k < 3; k++)
		if (x->first[k] != SIZE_MAX && x->first[k] > 0) {
			v[k] = gap_of(&f->part[k], x->first[k]);
			any = true;
		}
	for (size_t k = 0; k < 3 && !any; k++)
		if (f->last[k] != SIZE_MAX && f->last[k] + 1 < f->part[k].n)
			v[k] = gap_of(&f->part[k], f->last[k] + 1);
	return v[0].p || v[1].p || v[2].p ? merge_pick(v) : slice_make(" ", 1);
}

static void flow_gap(struct flow *f, const struct item_at *x)
{
	struct slice gaps[3];
	unsigned adjacent = 0;

	for (size_t k = 0; k < 3; k++) {
		gaps[k] = slice_make(NULL, 0);
		if (!f->any || f->last[k] == SIZE_MAX || x->first[k] == SIZE_MAX ||
		    f->last[k] + 1 != x->first[k])
			continue;
		gaps[k] = gap_of(&f->part[k], x->first[k]);
		adjacent |= 1u << k;
	}
	f->source &= adjacent;
	if (!f->any)
		return;
	/* The base alone says nothing where a side has it otherwise. */
	write_bytes(&f->wr, adjacent ? merge_pick(gaps) : gap_between(f, x));
}

static void flow_note(struct flow *f, const struct item_at *x)
{
	memcpy(f->last, x->last, sizeof(f->last));
	f->any = true;
}

static bool is_bracket(struct slice s)
{
	return slice_is(s, "[") || slice_is(s, "]") || slice_is(s, "\uFF3B") ||
	       slice_is(s, "\uFF3D");
}

/* A piece as it stands in a text. */
static void flow_piece(struct flow *f, size_t k, size_t i, const struct item_at *x)
{
	const struct merge_part *p = &f->part[k];
	const struct piece *v = &p->v[i];
	struct slice raw = {p->in->text.p + v->begin, v->end - v->begin};
	size_t begin = f->wr.out.len;

	if (f->wr.escape && v->kind != PIECE_POINT) {
		write_pieces(&f->wr, p->in, p->v, i, i + 1);
	} else {
		if (f->wr.escape) {
			write_pieces(&f->wr, p->in, p->v, i, i + 1);
			begin = f->wr.last[0].begin;
		} else {
			write_bytes(&f->wr, raw);
		}
		f->row->problems += v->kind == PIECE_MARK && is_bracket(raw);
	}
	if (v->kind == PIECE_POINT) {
		const struct point *point =
			&p->in->b.points[brackets_point_from(&p->in->b, v->begin)];
		bool id = point_id(&p->in->b, point, p->in->text).len > 0;

		f->row->points++;
		f->row->options += point->n_options;
		if (!f->wr.escape) {
			if (f->fresh || !f->source)
				write_note_point(&f->wr, begin, id);
			else
				write_record_point(&f->wr, begin, id);
		}
		f->fresh = false;
		f->source = 0;
		for (size_t t = 0; t < 3; t++)
			f->source |= x->first[t] != SIZE_MAX ? 1u << t : 0;
	}
}

/* Whose piece is written: of the same bytes the same one whichever side is ours, as what stands
 * after it may matter. v[0].p NULL: the base has none. */
static size_t pick_source(const struct flow *f, const struct slice v[3])
{
	struct slice bytes = merge_pick(v);

	if (merge_same(bytes, v[0]))
		return 0;
	if (merge_same(v[1], v[2]))
		return f->first;
	return bytes.p == v[2].p ? 2 : 1;
}

/* A piece that all three texts have: its bytes are of the one that changed them. */
static void flow_stable(struct flow *f, const size_t at[3])
{
	struct item_at x;
	struct slice v[3];
	size_t k;

	for (size_t t = 0; t < 3; t++) {
		x.first[t] = x.last[t] = at[t];
		v[t] = piece_bytes(&f->part[t], at[t]);
	}
	flow_gap(f, &x);
	k = pick_source(f, v);
	flow_piece(f, k, at[k], &x);
	flow_note(f, &x);
}

/* Stable pieces up to the base's a-th that have the same bytes in all three texts, blanks and
 * all, and in which nothing is read: at once. */
static bool flow_same(struct flow *f, const size_t at[3], size_t a)
{
	size_t n = a - at[0];
	struct item_at x;
	struct slice bytes[3];

	if (f->wr.escape || n < 2)
		return false;
	for (size_t k = 0; k < 3; k++) {
		const struct merge_part *p = &f->part[k];
		size_t begin = p->v[at[k]].begin, end = p->v[at[k] + n - 1].end;

		bytes[k] = slice_make(p->in->text.p + begin, end - begin);
		if (!p->u->simple || !slice_equal(bytes[k], bytes[0]))
			return false;
		x.first[k] = at[k];
		x.last[k] = at[k] + n - 1;
	}
	flow_gap(f, &x);
	write_bytes(&f->wr, bytes[0]);
	flow_note(f, &x);
	return true;
}

/* Pieces [c, d) of one side. */
static void flow_side(struct flow *f, size_t k, size_t c, size_t d)
{
	for (size_t i = c; i < d; i++) {
		struct item_at x = NOWHERE;

		x.first[k] = x.last[k] = i;
		flow_gap(f, &x);
		flow_piece(f, k, i, &x);
		flow_note(f, &x);
	}
}

/* Pieces that both sides have alike. What is not compared, an id say, may differ: the same one
 * is written whichever side is ours. */
static void flow_both(struct flow *f, const struct place *p)
{
	for (size_t i = 0; i < p->d[1] - p->c[1]; i++) {
		size_t at[3] = {SIZE_MAX, p->c[1] + i, p->c[2] + i}, k;
		struct slice v[3] = {{NULL, 0}, {NULL, 0}, {NULL, 0}};
		struct item_at x;

		memcpy(x.first, at, sizeof(at));
		memcpy(x.last, at, sizeof(at));
		for (k = 1; k <= 2; k++)
			v[k] = piece_bytes(&f->part[k], at[k]);
		flow_gap(f, &x);
		k = pick_source(f, v);
		flow_piece(f, k, at[k], &x);
		flow_note(f, &x);
	}
}

static bool flow_contest(struct flow *f, struct said *s, const struct place *p)
{
	struct item_at x;
	size_t options;

	for (size_t k = 0; k < 3; k++) {
		bool any = p->c[k] < p->d[k];

		x.first[k] = any ? p->c[k] : SIZE_MAX;
		x.last[k] = any ? p->d[k] - 1 : SIZE_MAX;
	}
	flow_gap(f, &x);
	if (!place_write(s, p, &f->wr, &options))
		return false;
	flow_note(f, &x);
	f->fresh = true;
	f->source = 0;
	f->row->points++;
	f->row->new_points++;
	f->row->options += options;
	return true;
}

static bool flow_place(struct flow *f, struct said *s, const struct place *p)
{
	const struct merge_part *ours = &f->part[1], *theirs = &f->part[2];

	if (p->stays)
		return flow_contest(f, s, p);
	if (!p->by[2])
		flow_side(f, 1, p->c[1], p->d[1]);
	else if (!p->by[1])
		flow_side(f, 2, p->c[2], p->d[2]);
	else if (pieces_equal(ours->v + p->c[1], p->d[1] - p->c[1], theirs->v + p->c[2],
			      p->d[2] - p->c[2]))
		flow_both(f, p);
	else
		return flow_contest(f, s, p);
	return true;
}

static bool flow_places(struct flow *f, struct said *s)
{
	size_t at[3] = {0, 0, 0};

	for (size_t i = 0; i <= s->n_places; i++) {
		const struct place *p = i < s->n_places ? &s->places[i] : NULL;
		size_t a = p ? p->a : s->n_ref;

		while (at[0] < a) {
			size_t n = flow_same(f, at, a) ? a - at[0] : 1;

			if (n == 1)
				flow_stable(f, at);
			for (size_t k = 0; k < 3; k++)
				at[k] += n;
		}
		if (!p)
			break;
		if (!flow_place(f, s, p))
			return false;
		for (size_t k = 0; k < 3; k++)
			at[k] = p->d[k];
	}
	return true;
}

bool merge_flow_write(struct merge *m, struct merge_row *row, const struct merge_part part[3],
		      bool escape, struct said *s)
{
	struct flow f = {.m = m, .row = row, .part = part, .source = ALL};
	bool good;

	f.first = slice_compare(merge_part_bytes(&part[1]), merge_part_bytes(&part[2])) <= 0
			  ? 1
			  : 2;
	write_init(&f.wr, &m->w, false, escape);
	write_bytes(&f.wr, merge_pick_of(part, false));
	good = flow_places(&f, s);
	write_bytes(&f.wr, merge_pick_of(part, true));
	str_clear(&row->text);
	str_add_slice(&row->text, str_slice(&f.wr.out));
	if (escape)
		merge_indent_strays(&row->text, m->w.parties);
	str_release(&f.wr.out);
	said_release(s);
	return good;
}
