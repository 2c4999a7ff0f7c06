/* SPDX-License-Identifier: MIT */
#include "merge_impl.h"

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

struct slice merge_pick(const struct slice v[3])
{
	bool same[3]; /* the other two have the same */

	for (size_t k = 0; k < 3; k++) {
		const struct slice *x = &v[(k + 1) % 3], *y = &v[(k + 2) % 3];

		same[k] = x->p && y->p && slice_equal(*x, *y);
	}
	if (same[2] || !v[1].p)
		return v[2].p ? v[2] : v[0];
	if (same[1] || !v[2].p)
		return v[1];
	if (same[0])
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
};

/* What stands at a place: by text, its first and last piece; SIZE_MAX: nothing of that. */
struct item {
	size_t first[3], last[3];
};

static struct slice piece_bytes(const struct part *p, size_t i)
{
	return slice_make(p->in->text.p + p->v[i].begin, p->v[i].end - p->v[i].begin);
}

static struct slice gap_of(const struct part *p, size_t i)
{
	if (i == 0 || i >= p->n)
		return slice_make("", 0);
	return slice_make(p->in->text.p + p->v[i - 1].end, p->v[i].begin - p->v[i - 1].end);
}

/* Blanks where no text has the two next to each other. */
static struct slice gap_between(const struct flow *f, const struct item *x)
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

static void flow_gap(struct flow *f, const struct item *x)
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

static void flow_note(struct flow *f, const struct item *x)
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
static void flow_piece(struct flow *f, size_t k, size_t i, const struct item *x)
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

/* A piece that all three texts have: its bytes are of the one that changed them. */
static void flow_stable(struct flow *f, const size_t at[3])
{
	struct item x;
	struct slice v[3], bytes;
	size_t k = 1;

	for (size_t t = 0; t < 3; t++) {
		x.first[t] = x.last[t] = at[t];
		v[t] = piece_bytes(&f->part[t], at[t]);
	}
	bytes = merge_pick(v);
	k = bytes.p == v[2].p ? 2 : bytes.p == v[1].p ? 1 : 0;
	flow_gap(f, &x);
	flow_piece(f, k, at[k], &x);
	flow_note(f, &x);
}

/* Stable pieces up to the base's a-th that have the same bytes in all three texts, blanks and
 * all, and in which nothing is read: at once. */
static bool flow_same(struct flow *f, const size_t at[3], size_t a)
{
	size_t n = a - at[0];
	struct item x;
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
static void flow_side(struct flow *f, size_t k, const struct span *s)
{
	for (size_t i = s->c; i < s->d; i++) {
		struct item x = {{SIZE_MAX, SIZE_MAX, SIZE_MAX},
				 {SIZE_MAX, SIZE_MAX, SIZE_MAX}};

		x.first[k] = x.last[k] = i;
		flow_gap(f, &x);
		flow_piece(f, k, i, &x);
		flow_note(f, &x);
	}
}

/* Pieces that both sides have alike. What is not compared, an id say, may differ: the same one
 * is written whichever side is ours. */
static void flow_both(struct flow *f, const struct span of[2])
{
	for (size_t i = 0; i < of[0].d - of[0].c; i++) {
		size_t at[3] = {SIZE_MAX, of[0].c + i, of[1].c + i}, k;
		struct slice v[3] = {{NULL, 0}, {NULL, 0}, {NULL, 0}};
		struct item x;

		memcpy(x.first, at, sizeof(at));
		memcpy(x.last, at, sizeof(at));
		for (k = 1; k <= 2; k++)
			v[k] = piece_bytes(&f->part[k], at[k]);
		k = merge_pick(v).p == v[2].p ? 2 : 1;
		flow_gap(f, &x);
		flow_piece(f, k, at[k], &x);
		flow_note(f, &x);
	}
}

static bool flow_contest(struct flow *f, const struct region *r)
{
	struct merge_stretch st[3] = {{.in = NULL}};
	struct item x;
	size_t c[3] = {r->a, r->of[0].c, r->of[1].c}, d[3] = {r->b, r->of[0].d, r->of[1].d};
	size_t options;

	for (size_t k = 0; k < 3; k++) {
		x.first[k] = c[k] < d[k] ? c[k] : SIZE_MAX;
		x.last[k] = c[k] < d[k] ? d[k] - 1 : SIZE_MAX;
		if (k || c[k] < d[k])
			st[k] = (struct merge_stretch){
				.in = f->part[k].in, .v = f->part[k].v, .c = c[k], .d = d[k]};
	}
	flow_gap(f, &x);
	if (!merge_contest(f->m, &f->wr, st, false, &options))
		return false;
	flow_note(f, &x);
	f->fresh = true;
	f->source = 0;
	f->row->points++;
	f->row->new_points++;
	f->row->options += options;
	return true;
}

static bool flow_region(struct flow *f, const struct regions *r, const struct region *x)
{
	const struct piece *ref = r->ref + x->a;
	const struct piece *ours = r->variants[0].v + x->of[0].c;
	const struct piece *theirs = r->variants[1].v + x->of[1].c;
	size_t n = x->b - x->a, o = x->of[0].d - x->of[0].c, t = x->of[1].d - x->of[1].c;

	if (pieces_equal(ref, n, ours, o))
		flow_side(f, 2, &x->of[1]);
	else if (pieces_equal(ref, n, theirs, t))
		flow_side(f, 1, &x->of[0]);
	else if (pieces_equal(ours, o, theirs, t))
		flow_both(f, x->of);
	else
		return flow_contest(f, x);
	return true;
}

static bool flow_regions(struct flow *f, const struct regions *r)
{
	size_t at[3] = {0, 0, 0};

	for (size_t i = 0; i <= r->n; i++) {
		const struct region *x = &r->v[i];
		size_t a = i < r->n ? x->a : r->n_ref;

		while (at[0] < a) {
			size_t n = flow_same(f, at, a) ? a - at[0] : 1;

			if (n == 1)
				flow_stable(f, at);
			for (size_t k = 0; k < 3; k++)
				at[k] += n;
		}
		if (i == r->n)
			break;
		if (!flow_region(f, r, x))
			return false;
		at[0] = x->b;
		at[1] = x->of[0].d;
		at[2] = x->of[1].d;
	}
	return true;
}

static struct slice pick_of(const struct part part[3], bool tail)
{
	struct slice v[3];

	for (size_t k = 0; k < 3; k++)
		v[k] = !part[k].in ? slice_make(NULL, 0) : tail ? part[k].tail : part[k].lead;
	return merge_pick(v);
}

static bool write_words(struct merge *m, struct merge_row *row, const struct part part[3],
			bool escape)
{
	struct variant v[2] = {{.in = part[1].in, .v = part[1].v, .n = part[1].n},
			       {.in = part[2].in, .v = part[2].v, .n = part[2].n}};
	struct flow f = {.m = m, .row = row, .part = part, .source = ALL};
	struct regions r;
	bool good;

	regions_find(&r, &m->w, part[0].in, part[0].v, part[0].n, v, 2);
	write_init(&f.wr, &m->w, false, escape);
	write_bytes(&f.wr, pick_of(part, false));
	good = flow_regions(&f, &r);
	write_bytes(&f.wr, pick_of(part, true));
	str_clear(&row->text);
	str_add_slice(&row->text, str_slice(&f.wr.out));
	if (escape)
		merge_indent_strays(&row->text, m->w.parties);
	str_release(&f.wr.out);
	regions_release(&r);
	return good;
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

/* Whether a side's paragraph is another one, rather than the base's with changes. */
static bool is_rewritten(struct merge *m, const struct part part[3])
{
	bool little[3] = {false, false, false};

	for (size_t k = 1; k <= 2; k++) {
		if (pieces_equal(part[0].v, part[0].n, part[k].v, part[k].n))
			return false;
		little[k] = pieces_share_little(&m->w, part[0].in, part[0].v, part[0].n,
						part[k].in, part[k].v, part[k].n);
	}
	return (little[1] || little[2]) &&
	       !pieces_equal(part[1].v, part[1].n, part[2].v, part[2].n);
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
		const struct unit *u = part[k].u;

		same[k] = units_equal(&m->w, x->in, x->u, y->in, y->u);
		bytes[k] = slice_make(part[k].in->text.p + u->begin, u->end - u->begin);
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

/* As it is; escaped: word by word against itself, so that all of it is stable. */
static bool write_taken(struct merge *m, struct merge_row *row, const struct part part[3],
			enum merge_way way)
{
	const struct part *p = &part[row->source];
	const struct part same[3] = {*p, *p, *p};

	if (way == MERGE_WORDS_ESCAPED && !p->u->lines)
		return write_words(m, row, same, true);
	return way == MERGE_AS_IS;
}

static bool try_way(struct merge *m, struct merge_row *row, enum merge_way way)
{
	bool escape = way == MERGE_WORDS_ESCAPED || way == MERGE_WHOLE_ESCAPED ||
		      way == MERGE_LINES_ESCAPED;
	struct part part[3];
	bool lines, all;

	load(m, row, part);
	lines = has_lines(row, part);
	all = part[0].in && part[1].in && part[2].in;
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
		return row->kind == MERGE_UNIT && all && !lines && !row->contested &&
		       !is_rewritten(m, part) && write_words(m, row, part, escape);
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
