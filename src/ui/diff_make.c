/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "core/sorted.h"
#include "ui/beside.h"
#include "ui/diff_inner.h"

#include <stdlib.h>

/* Comparing: at once where the texts are small, else beside the keys, from a copy of
 * everything.
 */

#define AT_ONCE ((size_t)96 << 10) /* bytes of both texts: a few milliseconds */

/* ---- what is made ---- */

void diff_made_free(struct diff_made *m)
{
	if (!m)
		return;
	doc_free(m->shown);
	diff_release(&m->diff);
	free(m->items);
	free(m->tints);
	free(m->stops);
	str_release(&m->source.old);
	str_release(&m->source.new);
	parties_release(&m->source.parties);
	free(m->source.name);
	free(m);
}

void diff_measure(const struct diff_made *m, size_t item, struct prose page[DIFF_SIDES])
{
	const struct diff_item *t = &m->items[item];
	struct prose_spec spec = {.cols = m->source.cols,
				  .hang = DIFF_LABEL_COLS,
				  .reorder = m->source.reorder,
				  .point = BRACKET_NONE};

	for (size_t side = 0; side < (m->source.two ? DIFF_SIDES : 1); side++) {
		spec.tints = m->tints + t->side[side].tint;
		spec.n_tints = t->side[side].n_tints;
		prose_add(&page[side], m->shown, t->side[side].begin, t->side[side].end, &spec);
	}
}

/* The first row that shows any of a stop's words. Glyphs are by row, not by place. */
static void find_rows(struct diff_made *m, const struct diff_item *t, size_t side,
		      const struct prose *page)
{
	struct diff_stop *stops = m->stops + t->stop;
	size_t *on = mem_array(NULL, t->n_stops, sizeof(*on)), n = 0;

	for (size_t i = 0; i < t->n_stops; i++)
		if (stops[i].begin[side] != SIZE_MAX)
			on[n++] = i;
	for (size_t g = 0; g < page->n && n; g++) {
		struct diff_stop *stop;
		size_t i;

		SORTED_SKIP(i, n, stops[on[i]].begin[side] <= page->v[g].pos);
		if (!i)
			continue;
		stop = &stops[on[i - 1]];
		if (stop->row < 0 || page->v[g].row < stop->row)
			stop->row = page->v[g].row;
	}
	free(on);
}

static void measure_all(struct diff_made *m)
{
	for (size_t i = 0; i < m->n_stops; i++)
		m->stops[i].row = -1;
	for (size_t i = 0; i < m->n_items; i++) {
		struct diff_item *t = &m->items[i];
		struct prose page[DIFF_SIDES];

		for (size_t side = 0; side < DIFF_SIDES; side++)
			prose_init(&page[side]);
		diff_measure(m, i, page);
		t->rows = page[0].rows > page[1].rows ? page[0].rows : page[1].rows;
		for (size_t side = 0; side < DIFF_SIDES; side++) {
			find_rows(m, t, side, &page[side]);
			prose_release(&page[side]);
		}
	}
	for (size_t i = 0; i < m->n_stops; i++)
		if (m->stops[i].row < 0)
			m->stops[i].row = 0;
}

/* Takes the texts of source. */
static struct diff_made *made_of(struct diff_source *source)
{
	struct diff_made *m = mem_zalloc(sizeof(*m));

	m->source = *source;
	diff_make_text(m);
	measure_all(m);
	return m;
}

/* ---- the worker ---- */

struct diff_job {
	struct beside beside; /* first */
	struct diff_source source;
	struct diff_made *made;
};

static void work(struct beside *b)
{
	struct diff_job *job = (struct diff_job *)b;

	job->made = made_of(&job->source);
}

static void release(struct beside *b)
{
	diff_made_free(((struct diff_job *)b)->made);
	free(b);
}

void diff_job_drop(struct diff_view *dv)
{
	if (dv->job)
		beside_drop(&dv->job->beside);
	dv->job = NULL;
}

static void take(struct diff_view *dv, struct diff_made *made)
{
	diff_made_free(dv->made);
	dv->made = made;
	if (dv->aimed)
		dv->stop = diff_stop_at(made, dv->old_at, dv->new_at);
	dv->aimed = false;
	if (dv->stop >= made->n_stops)
		dv->stop = 0;
	diff_notes_clear(dv);
	dv->arranged = false;
}

static void copy_source(const struct diff_view *dv, struct diff_source *to)
{
	int cols = dv->cols - 2 * DIFF_MARGIN;

	*to = (struct diff_source){.name = mem_strdup(dv->name),
				   .old = STR_INIT,
				   .new = STR_INIT,
				   .two = dv->two,
				   .reorder = host_reorders(dv->host)};
	if (dv->two)
		cols = (cols - DIFF_GAP) / 2;
	to->cols = cols < DIFF_MEASURE ? cols : DIFF_MEASURE;
	str_add_slice(&to->old, str_slice(&dv->old));
	str_add_slice(&to->new, str_slice(&dv->new));
	parties_copy(&to->parties, dv->host->parties(dv->host->data));
}

void diff_begin(struct diff_view *dv)
{
	struct diff_source source;
	struct diff_job *job;

	diff_job_drop(dv);
	dv->is_due = dv->stopped = false;
	copy_source(dv, &source);
	if (dv->old.len + dv->new.len <= AT_ONCE) {
		take(dv, made_of(&source));
		return;
	}
	job = mem_zalloc(sizeof(*job));
	*job = (struct diff_job){.beside = {.work = work, .release = release},
				 .source = source};
	if (!beside_start(&job->beside)) {
		/* Late rather than never. */
		take(dv, made_of(&source));
		free(job);
		return;
	}
	dv->job = job;
}

bool diff_job_step(struct diff_view *dv)
{
	struct diff_job *job = dv->job;

	if (!job || beside_step(&job->beside))
		return job != NULL;
	take(dv, job->made);
	free(job);
	dv->job = NULL;
	return false;
}
