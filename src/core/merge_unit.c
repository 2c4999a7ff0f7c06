/* SPDX-License-Identifier: MIT */
#include "merge_said.h"

#include "core/mem.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

/*
 * One row as bytes. In a paragraph that both sides changed, each word and each run of
 * blanks is of the text that changed it; only what both changed differently is a point.
 */

#define ALL 7u /* the three texts, as bits */

/* A unit of one text. */
struct part {
	struct input *in; /* NULL: the text does not have it */
	struct unit *u;
	const struct piece *v; /* without the heading mark */
	size_t n;
	struct slice lead; /* indentation, label, heading mark */
	struct slice tail;
};

static bool are_same(struct slice one, struct slice other)
{
	return one.p && other.p && slice_equal(one, other);
}

struct slice merge_pick(const struct slice v[3])
{
	if (are_same(v[0], v[1]) || !v[1].p)
		return v[2].p ? v[2] : v[0];
	if (are_same(v[0], v[2]) || !v[2].p || are_same(v[1], v[2]))
		return v[1];
	if (v[1].len != v[2].len)
		return v[1].len > v[2].len ? v[1] : v[2];
	return slice_compare(v[1], v[2]) > 0 ? v[1] : v[2];
}

static void load(struct merge *m, const struct merge_row *row, struct part part[3])
{
	for (size_t k = 0; k < 3; k++) {
		struct input *in = &m->w.inputs[k];
		struct part *p = &part[k];
		const char *text = in->text.p;
		size_t head = 0;

		*p = (struct part){.in = NULL};
		if (row->unit[k] == NONE)
			continue;
		p->in = in;
		p->u = &in->units[row->unit[k]];
		/* All of them first: then they stay where they are. */
		for (size_t i = 1; i < row->n[k]; i++)
			unit_pieces(&m->w, in,
				    &in->units[row->more[(k == 2 ? row->n[1] : 0) + i]]);
		p->v = k && part[0].in
			       ? unit_pieces_like(&m->w, in, p->u, part[0].in, part[0].u)
			       : unit_pieces(&m->w, in, p->u);
		p->n = p->u->n_pieces;
		head = p->n && p->v[0].kind == PIECE_HEADING;
		p->v += head;
		p->n -= head;
		p->lead = slice_make(text + p->u->begin,
				     (p->n ? p->v[0].begin : p->u->body_end) - p->u->begin);
		p->tail = slice_make(text + p->u->body_end, p->u->end - p->u->body_end);
	}
}

/* ---- one thing after the other ---- */

struct flow {
	struct merge *m;
	struct merge_row *row;
	const struct part *part;
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

static struct slice piece_bytes(const struct part *p, size_t i)
{
	return slice_make(p->in->text.p + p->v[i].begin, p->v[i].end - p->v[i].begin);
}

static struct slice gap_of(const struct part *p, size_t i)
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
	const struct part *p = &f->part[k];
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

	if (are_same(bytes, v[0]))
		return 0;
	if (are_same(v[1], v[2]))
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
		const struct part *p = &f->part[k];
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
	const struct part *ours = &f->part[1], *theirs = &f->part[2];

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

static struct slice pick_of(const struct part part[3], bool tail)
{
	struct slice v[3] = {{NULL, 0}, {NULL, 0}, {NULL, 0}};

	for (size_t k = 0; k < 3; k++)
		v[k] = !part[k].in ? slice_make(NULL, 0) : tail ? part[k].tail : part[k].lead;
	return merge_pick(v);
}

static struct slice part_bytes(const struct part *p)
{
	if (!p->u)
		return slice_make("", 0);
	return slice_make(p->in->text.p + p->u->begin, p->u->end - p->u->begin);
}

/* The base with what is said about it. */
static bool write_said(struct merge *m, struct merge_row *row, const struct part part[3],
		       bool escape, struct said *s)
{
	struct flow f = {.m = m, .row = row, .part = part, .source = ALL};
	bool good;

	f.first = slice_compare(part_bytes(&part[1]), part_bytes(&part[2])) <= 0 ? 1 : 2;
	write_init(&f.wr, &m->w, false, escape);
	write_bytes(&f.wr, pick_of(part, false));
	good = flow_places(&f, s);
	write_bytes(&f.wr, pick_of(part, true));
	str_clear(&row->text);
	str_add_slice(&row->text, str_slice(&f.wr.out));
	if (escape)
		merge_indent_strays(&row->text, m->w.parties);
	str_release(&f.wr.out);
	said_release(s);
	return good;
}

static bool write_words(struct merge *m, struct merge_row *row, struct part part[3],
			bool escape)
{
	struct said s;

	said_init(&s, m, part[0].in, part[0].v, part[0].n, part[0].u->simple);
	part[0].v = s.ref;
	for (size_t k = 1; k <= 2; k++) {
		/* Who takes the paragraph out has nothing in its place. */
		said_by(&s, k, &m->w.inputs[k], part[k].v, part[k].n,
			!part[k].u || part[k].u->simple);
		part[k].v = s.side[k].v;
	}
	said_places(&s);
	return write_said(m, row, part, escape, &s);
}

/* ---- whole paragraphs ---- */

static bool write_whole(struct merge *m, struct merge_row *row, const struct part part[3],
			bool lines, bool escape)
{
	struct merge_stretch st[3] = {{.in = NULL}};
	bool inside = lines || row->unit[0] == NONE; /* labels stand in the brackets */
	struct writer wr;
	size_t options;
	bool good;

	for (size_t k = 0; k < 3; k++) {
		const struct part *p = &part[k];

		if (!p->in) {
			st[k].gone = k && row->unit[0] != NONE;
			continue;
		}
		st[k] = (struct merge_stretch){.in = p->in, .v = p->v, .d = p->n};
		if (inside)
			st[k].lead = slice_make(p->in->text.p + p->u->label,
						(size_t)(p->lead.p + p->lead.len -
							 (p->in->text.p + p->u->label)));
		if (row->n[k]) {
			st[k].more = row->more + (k == 2 ? row->n[1] : 0) + 1;
			st[k].n_more = row->n[k] - 1;
		}
	}
	write_init(&wr, &m->w, false, escape);
	if (!inside)
		write_bytes(&wr, pick_of(part, false));
	good = merge_contest(m, &wr, st, lines, &options);
	str_clear(&row->text);
	str_add_slice(&row->text, str_slice(&wr.out));
	str_release(&wr.out);
	row->points = row->new_points = 1;
	row->options = options;
	return good;
}

/* A unit of several lines is not taken apart: one side's where the other has the base's. */
static bool write_lines_as_is(struct merge *m, struct merge_row *row, const struct part part[3])
{
	struct slice bytes[3], pick;
	bool same[3]; /* the other two say the same */

	if (!part[0].in || !part[1].in || !part[2].in)
		return false;
	for (size_t k = 0; k < 3; k++) {
		const struct part *x = &part[(k + 1) % 3], *y = &part[(k + 2) % 3];

		same[k] = units_equal(&m->w, x->in, x->u, y->in, y->u);
		bytes[k] = part_bytes(&part[k]);
	}
	if (!same[0] && !same[1] && !same[2])
		return false;
	/* Where all say the same, blanks differ. */
	pick = merge_pick(bytes);
	row->kind = MERGE_TAKEN;
	row->source = !same[1] && !same[0]   ? 2
		      : !same[2] && !same[0] ? 1
		      : pick.p == bytes[2].p ? 2
					     : 1;
	return true;
}

static bool has_lines(const struct merge_row *row, const struct part part[3])
{
	bool lines = row->n[1] > 1 || row->n[2] > 1;

	for (size_t k = 0; k < 3; k++)
		lines = lines || (part[k].in && part[k].u->lines);
	return lines;
}

/* As it is; escaped: as if all three had it so, and nothing were said about it. */
static bool write_taken(struct merge *m, struct merge_row *row, const struct part part[3],
			enum merge_way way)
{
	struct part p = part[row->source];
	struct said s;

	if (way != MERGE_WORDS_ESCAPED || p.u->lines)
		return way == MERGE_AS_IS;
	said_init(&s, m, p.in, p.v, p.n, p.u->simple);
	p.v = s.ref;
	return write_said(m, row, (struct part[3]){p, p, p}, true, &s);
}

static bool try_way(struct merge *m, struct merge_row *row, enum merge_way way)
{
	bool escape = way == MERGE_WORDS_ESCAPED || way == MERGE_WHOLE_ESCAPED ||
		      way == MERGE_LINES_ESCAPED;
	struct part part[3];
	bool lines;

	load(m, row, part);
	lines = has_lines(row, part);
	row->points = row->options = row->problems = row->new_points = 0;
	if (way == MERGE_AS_IS && row->kind == MERGE_UNIT && lines && !row->contested)
		write_lines_as_is(m, row, part);
	if (row->kind == MERGE_TAKEN)
		return write_taken(m, row, part, way);
	switch (way) {
	case MERGE_AS_IS:
		return false;
	case MERGE_WORDS:
	case MERGE_WORDS_ESCAPED:
		return row->kind == MERGE_UNIT && part[0].in && !lines && !row->contested &&
		       write_words(m, row, part, escape);
	case MERGE_WHOLE:
	case MERGE_WHOLE_ESCAPED:
		return !lines && write_whole(m, row, part, false, escape);
	default:
		return write_whole(m, row, part, true, escape);
	}
}

enum merge_way merge_row_write(struct merge *m, struct merge_row *row, enum merge_way way)
{
	while (way < MERGE_WAYS && !try_way(m, row, way))
		way++;
	row->way = way;
	return way;
}
