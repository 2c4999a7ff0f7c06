/* SPDX-License-Identifier: MIT */
#include "merge_impl.h"

#include "core/diff.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

/*
 * Which paragraphs of the two sides are which of the base, and in which rows they
 * stand: the base's in the order of both sides (merge_order.c), with what both changed in
 * them, and what is new after what it stands after in its own text.
 */

static struct merge_row *add_row(struct merge *m, enum merge_kind kind)
{
	struct merge_row *row;

	MEM_GROW(m->rows, m->n, m->cap);
	row = &m->rows[m->n++];
	*row = (struct merge_row){.kind = kind, .unit = {NONE, NONE, NONE}};
	return row;
}

static struct slice unit_bytes(const struct merge *m, size_t i, uint32_t unit)
{
	const struct input *in = &m->w.inputs[i];

	return slice_make(in->text.p + in->units[unit].begin,
			  in->units[unit].end - in->units[unit].begin);
}

static bool same_bytes(const struct merge *m, const struct merge_row *row, size_t x, size_t y)
{
	return row->unit[x] != NONE && row->unit[y] != NONE &&
	       slice_equal(unit_bytes(m, x, row->unit[x]), unit_bytes(m, y, row->unit[y]));
}

/* The same but for what is not compared. */
static bool same_words(struct merge *m, const struct merge_row *row, size_t x, size_t y)
{
	struct input *a = &m->w.inputs[x], *b = &m->w.inputs[y];

	if (same_bytes(m, row, x, y))
		return true;
	return row->unit[x] != NONE && row->unit[y] != NONE &&
	       units_equal(&m->w, a, &a->units[row->unit[x]], b, &b->units[row->unit[y]]);
}

/* A unit of the base and what the sides made of it. Nothing where one took it out and the
 * other left it as it was, unless it stays. It stands at two places where the base has none. */
static void add_unit_row(struct merge *m, const uint32_t unit[3], const bool place[3],
			 bool stays)
{
	struct merge_row row = {.kind = MERGE_UNIT};
	struct merge_row *added;

	memcpy(row.unit, unit, sizeof(row.unit));
	memcpy(row.place, place, sizeof(row.place));
	row.contested = unit[0] == NONE ||
			(stays && (same_words(m, &row, 0, 1) || same_words(m, &row, 0, 2)));
	if (!row.contested) {
		if ((unit[1] == NONE && same_words(m, &row, 0, 2)) ||
		    (unit[2] == NONE && same_words(m, &row, 0, 1)))
			return;
		if (same_bytes(m, &row, 0, 1) || same_bytes(m, &row, 1, 2)) {
			row.kind = MERGE_TAKEN;
			row.source = 2;
		} else if (same_bytes(m, &row, 0, 2)) {
			row.kind = MERGE_TAKEN;
			row.source = 1;
		}
	}
	added = add_row(m, row.kind);
	*added = row;
}

/* ---- what the base does not have at a place ---- */

static void add_taken(struct merge *m, size_t source, uint32_t unit, uint32_t other)
{
	struct merge_row *row = add_row(m, MERGE_TAKEN);

	if (other != NONE &&
	    slice_compare(unit_bytes(m, source, unit), unit_bytes(m, 3 - source, other)) < 0) {
		/* They differ in outer blanks: the same one whichever side is ours. */
		uint32_t first = unit;

		unit = other;
		other = first;
		source = 3 - source;
	}
	row->source = (uint8_t)source;
	row->unit[source] = unit;
	row->place[source] = true;
	if (other != NONE) {
		row->unit[3 - source] = other;
		row->place[3 - source] = true;
	}
}

/* New units of one side or both, none of them of the other. */
static void add_run(struct merge *m, const uint32_t *ours, size_t n, const uint32_t *theirs,
		    size_t k)
{
	struct merge_row *row;

	if (!n || !k) {
		for (size_t i = 0; i < n + k; i++)
			add_taken(m, n ? 1 : 2, n ? ours[i] : theirs[i], NONE);
		return;
	}
	row = add_row(m, MERGE_RUN);
	row->more = mem_array(NULL, n + k, sizeof(*row->more));
	memcpy(row->more, ours, n * sizeof(*ours));
	memcpy(row->more + n, theirs, k * sizeof(*theirs));
	row->n[1] = n;
	row->n[2] = k;
	row->unit[1] = ours[0];
	row->unit[2] = theirs[0];
	row->place[1] = row->place[2] = true;
}

/* The whole paragraph with its label, as it is compared where the base has none. */
static uint32_t unit_key(struct merge *m, size_t i, uint32_t unit)
{
	const struct input *in = &m->w.inputs[i];
	const struct unit *u = &in->units[unit];

	return intern_key(m->w.keys, 'u',
			  slice_make(in->text.p + u->label, u->body_end - u->label));
}

/* New units of both sides in one place: what both have is taken once, and parts the rest. */
static void add_both(struct merge *m, const uint32_t *ours, size_t n, const uint32_t *theirs,
		     size_t k)
{
	uint32_t *a = mem_array(NULL, n, sizeof(*a)), *b = mem_array(NULL, k, sizeof(*b));
	unsigned char *x = mem_array(NULL, n, 1), *y = mem_array(NULL, k, 1);
	size_t i = 0, j = 0, i0 = 0, j0 = 0;

	for (i = 0; i < n; i++)
		a[i] = unit_key(m, 1, ours[i]);
	for (j = 0; j < k; j++)
		b[j] = unit_key(m, 2, theirs[j]);
	/* Where there are several ways, the same one whichever side is ours. */
	if (slice_compare(m->w.inputs[1].text, m->w.inputs[2].text) > 0)
		diff_sequences(b, k, a, n, intern_count(m->w.keys), y, x);
	else
		diff_sequences(a, n, b, k, intern_count(m->w.keys), x, y);
	for (i = j = 0; i < n || j < k;) {
		while (i < n && x[i])
			i++;
		while (j < k && y[j])
			j++;
		add_run(m, ours + i0, i - i0, theirs + j0, j - j0);
		if (i < n)
			add_taken(m, 1, ours[i++], theirs[j++]);
		i0 = i;
		j0 = j;
	}
	free(y);
	free(x);
	free(b);
	free(a);
}

/* ---- what has no place in the base's order ---- */

/* What stands at one place; twice[]: units of the base, each with the side that has it here. */
struct loose {
	uint32_t *fresh[3];
	size_t n[3];
	size_t *twice;
	size_t n_twice, cap;
};

static void find_loose(struct merge *m, const struct merge_sides *s, size_t side, size_t from,
		       struct loose *l)
{
	size_t to = from, n = 0;

	while (to < m->w.inputs[side].n && merge_base_of(s, side, to) == NONE)
		to++;
	l->fresh[side] = mem_array(NULL, to > from ? to - from : 0, sizeof(uint32_t));
	for (size_t j = from; j < to; j++) {
		uint32_t base = s->al[side].from[j];

		if (base == NONE) {
			l->fresh[side][n++] = (uint32_t)j;
			continue;
		}
		MEM_GROW(l->twice, l->n_twice, l->cap);
		l->twice[l->n_twice++] = 2 * (size_t)base + side - 1;
	}
	l->n[side] = n;
}

static int by_number(const void *p, const void *q)
{
	const size_t *x = p, *y = q;

	return (*x > *y) - (*x < *y);
}

/* A point each, in the base's order: the same one whichever side is ours. */
static void add_twice(struct merge *m, const struct merge_sides *s, const struct loose *l)
{
	if (l->n_twice)
		qsort(l->twice, l->n_twice, sizeof(*l->twice), by_number);
	for (size_t k = 0; k < l->n_twice; k++) {
		size_t base = l->twice[k] / 2;
		bool place[3] = {false, !(l->twice[k] % 2), l->twice[k] % 2};

		if (k + 1 < l->n_twice && l->twice[k + 1] / 2 == base) {
			place[2] = true;
			k++;
		}
		add_unit_row(m, (uint32_t[3]){NONE, s->moved[1][base], s->moved[2][base]},
			     place, false);
	}
}

/* What stands after the base's unit `after` - 1, and has no place in its order. */
static void add_loose(struct merge *m, const struct merge_sides *s, size_t after)
{
	struct loose l = {.n = {0, 0, 0}};

	for (size_t side = 1; side <= 2; side++)
		if (s->loose[side][after] != NONE)
			find_loose(m, s, side, s->loose[side][after], &l);
	if (l.n[1] && l.n[2])
		add_both(m, l.fresh[1], l.n[1], l.fresh[2], l.n[2]);
	else
		add_run(m, l.fresh[1], l.n[1], l.fresh[2], l.n[2]);
	add_twice(m, s, &l);
	free(l.fresh[1]);
	free(l.fresh[2]);
	free(l.twice);
}

struct finding {
	struct merge *m;
	struct merge_sides *s;
};

static void find_partners(void *context, size_t k)
{
	struct finding *x = context;
	struct merge_sides *s = x->s;
	size_t side = k + 1, n = x->m->w.inputs[0].n;
	struct input *in = &x->m->w.inputs[side];

	merge_read_plain(x->m, side);
	align_party(&x->m->w, in, &s->al[side]);
	s->stayed[side] = mem_array(NULL, n, sizeof(uint32_t));
	s->moved[side] = mem_array(NULL, n, sizeof(uint32_t));
	for (size_t i = 0; i < n; i++)
		s->stayed[side][i] = s->moved[side][i] = NONE;
	for (size_t j = 0; j < in->n; j++) {
		if (s->al[side].partner[j] != NONE)
			s->stayed[side][s->al[side].partner[j]] = (uint32_t)j;
		else if (s->al[side].from[j] != NONE)
			s->moved[side][s->al[side].from[j]] = (uint32_t)j;
	}
}

void merge_rows(struct merge *m)
{
	struct merge_sides s;
	bool *stays;

	each_run(m->w.each, 2, find_partners, &(struct finding){m, &s});
	merge_find_order(m, &s);
	stays = merge_find_stays(m, &s);
	add_loose(m, &s, 0);
	for (size_t k = 0; k < s.n_order; k++) {
		uint32_t unit[3] = {s.order[k], NONE, NONE};

		for (size_t side = 1; side <= 2; side++)
			unit[side] = merge_unit_of(&s, side, s.order[k]);
		if (unit[1] != NONE || unit[2] != NONE)
			add_unit_row(m, unit, (bool[3]){true, unit[1] != NONE, unit[2] != NONE},
				     stays[s.order[k]]);
		add_loose(m, &s, s.order[k] + 1);
	}
	free(stays);
	free(s.order);
	free(s.twice);
	for (size_t side = 1; side <= 2; side++) {
		free(s.stayed[side]);
		free(s.moved[side]);
		free(s.loose[side]);
		aligned_release(&s.al[side]);
	}
}

void merge_rows_release(struct merge *m)
{
	for (size_t k = 0; k < m->n; k++) {
		str_release(&m->rows[k].text);
		free(m->rows[k].more);
	}
	free(m->rows);
}
