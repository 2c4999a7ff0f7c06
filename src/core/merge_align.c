/* SPDX-License-Identifier: MIT */
#include "merge_impl.h"

#include "core/diff.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

/*
 * Which paragraphs of the two sides are which of the base, and in which rows they
 * stand. A paragraph that one side moved stands where that side has it, with what
 * the other changed in it.
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
 * other left it as it was, unless it stays. Both moved it to different places where the base
 * has none. */
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

/* A paragraph of the base that a side has at another place. second: what the other side has
 * here too is there already. */
static void add_moved(struct merge *m, const struct merge_sides *s, size_t side, uint32_t j,
		      bool second)
{
	size_t other = 3 - side;
	uint32_t base = s->al[side].from[j], to = s->moved[other][base];
	uint32_t unit[3] = {base, NONE, NONE};
	bool place[3] = {false, false, false}, apart;

	unit[side] = j;
	place[side] = true;
	if (to == NONE) {
		unit[other] = s->stayed[other][base];
		/* It is out there, or something else. */
		apart = unit[other] == NONE || s->al[other].rewritten[unit[other]];
		add_unit_row(m, unit, place, apart);
		return;
	}
	if (s->al[other].slot[to] == s->al[side].slot[j]) {
		/* Both moved it here. */
		if (second)
			return;
		unit[other] = to;
		place[other] = true;
		add_unit_row(m, unit, place, false);
		return;
	}
	/* Both moved it, to different places: a point at each. */
	add_unit_row(m, (uint32_t[3]){NONE, unit[1], unit[2]}, place, false);
}

static void add_here(struct merge *m, const struct merge_sides *s, size_t side, uint32_t j,
		     bool second)
{
	if (s->al[side].from[j] == NONE)
		add_taken(m, side, j, NONE);
	else
		add_moved(m, s, side, j, second);
}

/* What moved into a slot, in the base's order. */
static void add_all_moved(struct merge *m, const struct merge_sides *s, const size_t end[3])
{
	size_t done = 0;

	for (bool more = true; more; done++) {
		size_t next = SIZE_MAX;

		for (size_t side = 1; side <= 2; side++)
			for (size_t j = s->at[side]; j < end[side]; j++)
				if (s->al[side].from[j] != NONE &&
				    s->al[side].from[j] >= done && s->al[side].from[j] < next)
					next = s->al[side].from[j];
		more = next != SIZE_MAX;
		for (size_t side = 1; more && side <= 2; side++)
			for (size_t j = s->at[side]; j < end[side]; j++)
				if (s->al[side].from[j] == next)
					add_moved(m, s, side, (uint32_t)j, side == 2);
		done = next;
	}
}

/* Units before the base's `slot`: of each side those from at to end. */
static void add_slot(struct merge *m, const struct merge_sides *s, const size_t end[3])
{
	uint32_t *fresh[3] = {NULL, NULL, NULL};
	size_t n[3] = {0, 0, 0};

	for (size_t side = 1; side <= 2; side++) {
		fresh[side] = mem_array(NULL, end[side] - s->at[side], sizeof(uint32_t));
		for (size_t j = s->at[side]; j < end[side]; j++)
			if (s->al[side].from[j] == NONE)
				fresh[side][n[side]++] = (uint32_t)j;
	}
	if (n[1] && n[2])
		add_both(m, fresh[1], n[1], fresh[2], n[2]);
	if (!n[1] == !n[2]) {
		add_all_moved(m, s, end);
	} else {
		/* The side with something new first. */
		for (size_t k = 0; k < 2; k++) {
			size_t side = n[2] ? 2 - k : k + 1;

			for (size_t j = s->at[side]; j < end[side]; j++)
				add_here(m, s, side, (uint32_t)j, k == 1);
		}
	}
	free(fresh[1]);
	free(fresh[2]);
}

struct finding {
	struct merge *m;
	struct merge_sides *s;
};

/* What moved stands beside the last one that it has passed. */
static void place_moved(struct aligned *al, size_t n)
{
	uint32_t last = 0, hi = UINT32_MAX;

	for (size_t j = 0; j < n; j++) {
		if (al->partner[j] != NONE)
			last = al->partner[j] + 1;
		else if (al->from[j] != NONE && al->from[j] < last)
			al->slot[j] = last;
	}
	/* What stands before it stands no further. */
	for (size_t j = n; j-- > 0;) {
		hi = al->slot[j] < hi ? al->slot[j] : hi;
		al->slot[j] = hi;
	}
}

static void find_partners(void *context, size_t k)
{
	struct finding *x = context;
	struct merge_sides *s = x->s;
	size_t side = k + 1, n = x->m->w.inputs[0].n;
	struct input *in = &x->m->w.inputs[side];

	merge_read_plain(x->m, side);
	align_party(&x->m->w, in, &s->al[side]);
	place_moved(&s->al[side], in->n);
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
	size_t n = m->w.inputs[0].n;
	struct merge_sides s = {.at = {0, 0, 0}};
	bool *stays;

	each_run(m->w.each, 2, find_partners, &(struct finding){m, &s});
	stays = merge_find_stays(m, &s);
	for (uint32_t i = 0; i <= n; i++) {
		size_t end[3] = {0, s.at[1], s.at[2]};
		uint32_t unit[3];

		for (size_t side = 1; side <= 2; side++)
			while (end[side] < m->w.inputs[side].n &&
			       s.al[side].partner[end[side]] == NONE &&
			       s.al[side].slot[end[side]] == i)
				end[side]++;
		add_slot(m, &s, end);
		s.at[1] = end[1];
		s.at[2] = end[2];
		if (i == n)
			break;
		unit[0] = i;
		unit[1] = s.stayed[1][i];
		unit[2] = s.stayed[2][i];
		for (size_t side = 1; side <= 2; side++)
			s.at[side] += unit[side] != NONE;
		if (s.moved[1][i] == NONE && s.moved[2][i] == NONE &&
		    (unit[1] != NONE || unit[2] != NONE))
			add_unit_row(m, unit, (bool[3]){true, unit[1] != NONE, unit[2] != NONE},
				     stays[i]);
	}
	free(stays);
	for (size_t side = 1; side <= 2; side++) {
		free(s.stayed[side]);
		free(s.moved[side]);
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
