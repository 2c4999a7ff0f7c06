/* SPDX-License-Identifier: MIT */
#include "consolidate_impl.h"

#include "core/mem.h"

#include <assert.h>
#include <stdlib.h>

/*
 * In which rows the paragraphs of all texts stand. What is new in the same place
 * is aligned with what other parties have there. A row's units are in order in
 * every text: so each party finds its own order again.
 */

static struct row *add_row(struct work *w)
{
	struct row *row;

	MEM_GROW(w->rows, w->n_rows, w->cap_rows);
	row = &w->rows[w->n_rows++];
	row->unit = mem_array(NULL, w->n, sizeof(*row->unit));
	for (size_t i = 0; i < w->n; i++)
		row->unit[i] = NONE;
	return row;
}

/* New paragraphs of one place: a list that grows by one party after the other. */
struct fresh {
	struct row *v;
	size_t n;
};

static struct side_line row_line(const struct work *w, const struct row *row)
{
	size_t i = 0;

	while (row->unit[i] == NONE)
		i++;
	return (struct side_line){&w->inputs[i], row->unit[i]};
}

/* Adds an input's units [from, to) to the list, each to the row it is like, in order. */
static void merge_fresh(struct work *w, struct fresh *f, size_t input, size_t from, size_t to)
{
	size_t m = to - from, n = 0, at = 0;
	struct side_line *a = mem_array(NULL, f->n, sizeof(*a));
	struct side_line *b = mem_array(NULL, m, sizeof(*b));
	uint32_t *partner = mem_array(NULL, m, sizeof(*partner));
	bool *moved = mem_array(NULL, m, sizeof(*moved));
	struct row *merged = mem_array(NULL, f->n + m, sizeof(*merged));

	for (size_t i = 0; i < f->n; i++)
		a[i] = row_line(w, &f->v[i]);
	for (size_t j = 0; j < m; j++)
		b[j] = (struct side_line){&w->inputs[input], (uint32_t)(from + j)};
	align_lines(w, a, f->n, b, m, partner, moved);
	for (size_t j = 0; j < m; j++) {
		bool paired = partner[j] != NONE && !moved[j];

		assert(!paired || f->v); /* what is paired stands in a row */
		while (paired && at <= partner[j])
			merged[n++] = f->v[at++];
		if (!paired) {
			merged[n] = (struct row){mem_array(NULL, w->n, sizeof(uint32_t))};
			for (size_t i = 0; i < w->n; i++)
				merged[n].unit[i] = NONE;
			n++;
		}
		merged[n - 1].unit[input] = (uint32_t)(from + j);
	}
	while (at < f->n)
		merged[n++] = f->v[at++];
	free(f->v);
	f->v = merged;
	f->n = n;
	free(moved);
	free(partner);
	free(b);
	free(a);
}

/* Rows before the base's unit `slot`: at[i] is where input i stands. */
static void add_fresh(struct work *w, const struct aligned *al, size_t *at, uint32_t slot)
{
	struct fresh f = {NULL, 0};

	for (size_t i = 1; i < w->n; i++) {
		size_t from = at[i];

		while (at[i] < w->inputs[i].n && al[i].partner[at[i]] == NONE &&
		       al[i].slot[at[i]] == slot)
			at[i]++;
		if (at[i] > from)
			merge_fresh(w, &f, i, from, at[i]);
	}
	for (size_t k = 0; k < f.n; k++) {
		struct row *row = add_row(w);

		free(row->unit);
		*row = f.v[k];
	}
	free(f.v);
}

/* Who is aligned with the base. */
struct aligning_parties {
	struct work *w;
	struct aligned *al; /* by input */
};

static void align_one(void *context, size_t i)
{
	struct aligning_parties *x = context;

	align_party(x->w, &x->w->inputs[i + 1], &x->al[i + 1]);
}

void align_rows(struct work *w)
{
	struct aligned *al = mem_zalloc(w->n * sizeof(*al));
	size_t *at = mem_zalloc(w->n * sizeof(*at));

	if (w->n)
		each_run(w->each, w->n - 1, align_one, &(struct aligning_parties){w, al});
	align_places(w, al);
	for (uint32_t s = 0; s <= w->inputs[0].n; s++) {
		struct row *row;

		add_fresh(w, al, at, s);
		if (s == w->inputs[0].n)
			break;
		row = add_row(w);
		row->unit[0] = s;
		for (size_t i = 1; i < w->n; i++)
			if (at[i] < w->inputs[i].n && al[i].partner[at[i]] == s)
				row->unit[i] = (uint32_t)at[i]++;
	}
	for (size_t k = 0; k < w->n_rows; k++)
		for (size_t i = 0; i < w->n; i++)
			if (w->rows[k].unit[i] != NONE)
				w->inputs[i].row[w->rows[k].unit[i]] = (uint32_t)k;
	for (size_t i = 1; i < w->n; i++)
		aligned_release(&al[i]);
	free(at);
	free(al);
}
