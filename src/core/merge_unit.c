/* SPDX-License-Identifier: MIT */
#include "merge_said.h"

/* One row as bytes: in which way it can be written. */

struct slice merge_pick(const struct slice v[3])
{
	if (merge_same(v[0], v[1]) || !v[1].p)
		return v[2].p ? v[2] : v[0];
	if (merge_same(v[0], v[2]) || !v[2].p || merge_same(v[1], v[2]))
		return v[1];
	if (v[1].len != v[2].len)
		return v[1].len > v[2].len ? v[1] : v[2];
	return slice_compare(v[1], v[2]) > 0 ? v[1] : v[2];
}

static void load(struct merge *m, const struct merge_row *row, struct merge_part part[3])
{
	for (size_t k = 0; k < 3; k++) {
		struct input *in = &m->w.inputs[k];
		struct merge_part *p = &part[k];
		const char *text = in->text.p;
		size_t head = 0;

		*p = (struct merge_part){.in = NULL};
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

struct slice merge_pick_of(const struct merge_part part[3], bool tail)
{
	struct slice v[3] = {{NULL, 0}, {NULL, 0}, {NULL, 0}};

	for (size_t k = 0; k < 3; k++)
		v[k] = !part[k].in ? slice_make(NULL, 0) : tail ? part[k].tail : part[k].lead;
	return merge_pick(v);
}

struct slice merge_part_bytes(const struct merge_part *p)
{
	if (!p->u)
		return slice_make("", 0);
	return slice_make(p->in->text.p + p->u->begin, p->u->end - p->u->begin);
}

static bool write_words(struct merge *m, struct merge_row *row, struct merge_part part[3],
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
	return merge_flow_write(m, row, part, escape, &s);
}

/* ---- whole paragraphs ---- */

static bool write_whole(struct merge *m, struct merge_row *row, const struct merge_part part[3],
			bool lines, bool escape)
{
	struct merge_stretch st[3] = {{.in = NULL}};
	bool inside = lines || row->unit[0] == NONE; /* labels stand in the brackets */
	struct writer wr;
	size_t options;
	bool good;

	for (size_t k = 0; k < 3; k++) {
		const struct merge_part *p = &part[k];

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
		write_bytes(&wr, merge_pick_of(part, false));
	good = merge_contest(m, &wr, st, lines, &options);
	str_clear(&row->text);
	str_add_slice(&row->text, str_slice(&wr.out));
	str_release(&wr.out);
	row->points = row->new_points = 1;
	row->options = options;
	return good;
}

/* A unit of several lines is not taken apart: one side's where the other has the base's. */
static bool write_lines_as_is(struct merge *m, struct merge_row *row,
			      const struct merge_part part[3])
{
	struct slice bytes[3], pick;
	bool same[3]; /* the other two say the same */

	if (!part[0].in || !part[1].in || !part[2].in)
		return false;
	for (size_t k = 0; k < 3; k++) {
		const struct merge_part *x = &part[(k + 1) % 3], *y = &part[(k + 2) % 3];

		same[k] = units_equal(&m->w, x->in, x->u, y->in, y->u);
		bytes[k] = merge_part_bytes(&part[k]);
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

static bool has_lines(const struct merge_row *row, const struct merge_part part[3])
{
	bool lines = row->n[1] > 1 || row->n[2] > 1;

	for (size_t k = 0; k < 3; k++)
		lines = lines || (part[k].in && part[k].u->lines);
	return lines;
}

/* As it is; escaped: as if all three had it so, and nothing were said about it. */
static bool write_taken(struct merge *m, struct merge_row *row, const struct merge_part part[3],
			enum merge_way way)
{
	struct merge_part p = part[row->source];
	struct said s;

	if (way != MERGE_WORDS_ESCAPED || p.u->lines)
		return way == MERGE_AS_IS;
	said_init(&s, m, p.in, p.v, p.n, p.u->simple);
	p.v = s.ref;
	return merge_flow_write(m, row, (struct merge_part[3]){p, p, p}, true, &s);
}

static bool try_way(struct merge *m, struct merge_row *row, enum merge_way way)
{
	bool escape = way == MERGE_WORDS_ESCAPED || way == MERGE_WHOLE_ESCAPED ||
		      way == MERGE_LINES_ESCAPED;
	struct merge_part part[3];
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
