/* SPDX-License-Identifier: MIT */
#include "core/matrix.h"

#include "core/mem.h"
#include "verdict_impl.h"

#include <stdlib.h>

/* ---- whose position is on which point ---- */

struct named {
	struct slice id;
	uint32_t point;
};

static int compare_named(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int order = slice_compare(x->id, y->id);

	return order ? order : (x->point > y->point) - (x->point < y->point);
}

static int compare_id(const void *key, const void *element)
{
	return slice_compare(*(const struct slice *)key, ((const struct named *)element)->id);
}

/* The points that have ids, by id; of those with the same one, the first. */
static struct named *name_points(const struct brackets *b, struct slice draft, size_t *n)
{
	struct named *v = mem_array(NULL, b->n_points + 1, sizeof(*v));
	size_t found = 0, kept = 0;

	for (size_t i = 0; i < b->n_points; i++) {
		struct slice id = point_id(b, &b->points[i], draft);

		if (id.len > 0)
			v[found++] = (struct named){id, (uint32_t)i};
	}
	if (found > 0)
		qsort(v, found, sizeof(*v), compare_named);
	for (size_t i = 0; i < found; i++)
		if (kept == 0 || !slice_equal(v[i].id, v[kept - 1].id))
			v[kept++] = v[i];
	*n = kept;
	return v;
}

/* By point and party. */
static const struct position **place_positions(const struct brackets *b, struct slice draft,
					       size_t n_parties,
					       const struct positions *const *given)
{
	const struct position **list =
		mem_zalloc((b->n_points * n_parties + 1) * sizeof(struct position *));
	size_t n;
	struct named *names = name_points(b, draft, &n);

	for (size_t i = 0; i < n_parties; i++)
		for (size_t k = 0; given[i] && n > 0 && k < given[i]->n; k++) {
			struct slice id = slice_of(given[i]->v[k].id);
			const struct named *found =
				bsearch(&id, names, n, sizeof(*names), compare_id);

			if (found)
				list[found->point * n_parties + i] = &given[i]->v[k];
		}
	free(names);
	return list;
}

/* ---- how often a wording stands ---- */

struct wording {
	uint64_t hash;
	uint32_t point;
};

static int compare_wordings(const void *a, const void *b)
{
	const struct wording *x = a, *y = b;

	return (x->hash > y->hash) - (x->hash < y->hash);
}

static void count_linked(struct matrix *m, const struct brackets *b)
{
	struct wording *v = mem_array(NULL, m->n + 1, sizeof(*v));
	size_t n = 0;

	for (size_t i = 0; i < m->n; i++)
		if (b->points[i].n_options > 0)
			v[n++] = (struct wording){b->points[i].hash, (uint32_t)i};
	if (n > 0)
		qsort(v, n, sizeof(*v), compare_wordings);
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i; end < n && v[end].hash == v[i].hash; end++)
			;
		for (size_t k = i; k < end; k++)
			m->rows[v[k].point].linked = end - i - 1;
	}
	free(v);
}

/* ---- what it adds up to ---- */

enum matrix_decides matrix_decides(const struct matrix_row *row)
{
	if (row->verdict.kind != VERDICT_CONSENSUS)
		return DECIDES_NOT;
	if (row->deferred)
		return DECIDES_PUT_OFF;
	return row->verdict.firm ? DECIDES : DECIDES_STALE;
}

static void tally(struct matrix_tally *t, const struct standing *s)
{
	t->silent += s->position == NULL;
	t->none += s->position && s->stance == STANCE_NONE;
	t->supports += s->stance == STANCE_SUPPORTS;
	t->accepts += s->stance == STANCE_ACCEPTS;
	t->opposes += s->stance == STANCE_OPPOSES;
	t->reserves += s->stance == STANCE_RESERVES;
	t->red_lines += s->red_line;
	t->stale += s->spoke && s->stale;
	t->objects += s->spoke && !s->endorses;
}

static void add_up(struct matrix *m)
{
	for (size_t i = 0; i < m->n; i++) {
		const struct matrix_row *row = &m->rows[i];
		bool outer = row->depth == 1;

		(outer ? m->verdicts : m->nested_verdicts)[row->verdict.kind]++;
		m->n_outer += outer;
		m->firm += outer && matrix_decides(row) == DECIDES;
		for (size_t p = 0; p < m->n_parties; p++)
			tally(outer ? &m->outer[p] : &m->nested[p],
			      &m->cells[i * m->n_parties + p]);
	}
}

void matrix_read(struct matrix *m, const struct bracketed *w,
		 const struct positions *const *given, const struct deferred_list *deferred)
{
	const struct brackets *b = w->b;
	const struct position **list = place_positions(b, w->draft, w->parties->n, given);

	*m = (struct matrix){.n = b->n_points, .n_parties = w->parties->n};
	m->rows = mem_zalloc((m->n + 1) * sizeof(*m->rows));
	m->cells = mem_zalloc((m->n * m->n_parties + 1) * sizeof(*m->cells));
	m->outer = mem_zalloc((m->n_parties + 1) * sizeof(*m->outer));
	m->nested = mem_zalloc((m->n_parties + 1) * sizeof(*m->nested));
	for (size_t i = 0; i < m->n; i++) {
		struct matrix_row *row = &m->rows[i];
		struct slice id = point_id(b, &b->points[i], w->draft);

		row->point = (uint32_t)i;
		row->depth = b->points[i].depth;
		if (deferred && id.len > 0)
			row->deferred = deferred_find(deferred, id);
		verdict_of(&row->verdict, &m->cells[i * m->n_parties], w, (uint32_t)i,
			   &list[i * m->n_parties]);
	}
	count_linked(m, b);
	add_up(m);
	free(list);
}

void matrix_release(struct matrix *m)
{
	free(m->rows);
	free(m->cells);
	free(m->outer);
	free(m->nested);
	*m = (struct matrix){.rows = NULL};
}

const struct standing *matrix_row_cells(const struct matrix *m, size_t row)
{
	return &m->cells[row * m->n_parties];
}

const struct standing *matrix_cell(const struct matrix *m, size_t row, uint16_t party)
{
	return &m->cells[row * m->n_parties + party];
}

static bool endorses(const struct standing *s)
{
	return s->stance == STANCE_SUPPORTS || s->stance == STANCE_ACCEPTS;
}

static bool agree(const struct standing *a, const struct standing *b)
{
	if (a->has_option != b->has_option || (a->has_option && a->outcome != b->outcome))
		return false;
	if (a->stance == STANCE_OPPOSES || b->stance == STANCE_OPPOSES)
		return a->stance == b->stance;
	return endorses(a) && endorses(b);
}

struct matrix_pair matrix_pair(const struct matrix *m, uint16_t one, uint16_t other)
{
	struct matrix_pair p = {0, 0, 0};

	for (size_t i = 0; i < m->n; i++) {
		const struct standing *a = matrix_cell(m, i, one),
				      *b = matrix_cell(m, i, other);

		if (m->rows[i].depth != 1 || !a->spoke || !b->spoke || a->stale || b->stale)
			continue;
		p.both++;
		p.agree += agree(a, b);
	}
	if (p.both > 0)
		p.percent = (unsigned)((p.agree * 200 / p.both + 1) / 2);
	if (p.percent == 100 && p.agree < p.both)
		p.percent = 99;
	if (p.percent == 0 && p.agree > 0)
		p.percent = 1;
	return p;
}

/* ---- orders ---- */

/* 0: at least two spoke; then one voice, silent, put off. */
static int readiness(const struct matrix_row *r)
{
	if (r->deferred)
		return 3;
	return r->verdict.spoke >= 2 ? 0 : r->verdict.spoke == 1 ? 1 : 2;
}

static int compare_sizes(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

static int compare_hardness(const struct matrix_row *a, const struct matrix_row *b)
{
	int order = compare_sizes(a->verdict.objectors, b->verdict.objectors);

	/* Kinds are in the order from nothing to everything. */
	if (order == 0)
		order = (int)b->verdict.kind - (int)a->verdict.kind;
	return order ? order : compare_sizes(b->linked, a->linked);
}

int matrix_compare(const struct matrix_row *a, const struct matrix_row *b)
{
	int order = readiness(a) - readiness(b);

	return order ? order : compare_hardness(a, b);
}

/* Rows being sorted, with what they are sorted by. */
struct sorted {
	const struct matrix_row *row;
	enum matrix_sort by;
};

static int compare_sorted(const void *x, const void *y)
{
	const struct matrix_row *a = ((const struct sorted *)x)->row;
	const struct matrix_row *b = ((const struct sorted *)y)->row;
	int order = 0;

	switch (((const struct sorted *)x)->by) {
	case MATRIX_BY_NUMBER:
		break;
	case MATRIX_EASIEST:
		order = matrix_compare(a, b);
		break;
	case MATRIX_HARDEST:
		order = readiness(a) - readiness(b);
		if (order == 0)
			order = compare_hardness(b, a);
		break;
	case MATRIX_LINKED:
		order = compare_sizes(b->linked, a->linked);
		break;
	case MATRIX_STALE:
		order = compare_sizes(b->verdict.stale, a->verdict.stale);
		break;
	}
	return order ? order : (a->point > b->point) - (a->point < b->point);
}

void matrix_order(const struct matrix *m, enum matrix_sort sort, size_t *order)
{
	struct sorted *v = mem_array(NULL, m->n + 1, sizeof(*v));

	for (size_t i = 0; i < m->n; i++)
		v[i] = (struct sorted){&m->rows[i], sort};
	if (m->n > 0)
		qsort(v, m->n, sizeof(*v), compare_sorted);
	for (size_t i = 0; i < m->n; i++)
		order[i] = v[i].row->point;
	free(v);
}

size_t matrix_easiest(const struct matrix *m, size_t after)
{
	size_t best = SIZE_MAX;

	for (size_t i = 0; i < m->n; i++) {
		const struct matrix_row *r = &m->rows[i];

		if (i == after || r->depth != 1 || r->deferred || r->verdict.spoke == 0)
			continue;
		if (best == SIZE_MAX || matrix_compare(r, &m->rows[best]) < 0)
			best = i;
	}
	return best;
}
