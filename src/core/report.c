/* SPDX-License-Identifier: MIT */
#include "core/report.h"

#include "core/draft.h"
#include "core/matrix.h"
#include "core/mem.h"
#include "core/place.h"

#include <stdlib.h>

/* ---- ownership ---- */

static void release_point(struct report_point *p, size_t n_columns)
{
	for (size_t k = 0; k < p->n_options; k++) {
		str_release(&p->options[k].text);
		str_release(&p->options[k].who);
	}
	for (size_t i = 0; i < n_columns; i++) {
		if (p->signs)
			str_release(&p->signs[i]);
		if (p->words)
			str_release(&p->words[i]);
	}
	free(p->options);
	free(p->signs);
	free(p->words);
	str_release(&p->place);
	str_release(&p->paragraph);
	str_release(&p->verdict);
	str_release(&p->why);
}

void report_release(struct report *r)
{
	for (size_t i = 0; i < r->n; i++) {
		struct report_draft *d = &r->v[i];

		for (size_t k = 0; k < d->n; k++)
			release_point(&d->v[k], r->n_columns);
		free(d->v);
		str_release(&d->name);
		str_release(&d->title);
		str_release(&d->symbol);
		str_release(&d->counts);
	}
	for (size_t i = 0; i < r->n_columns; i++)
		str_release(&r->columns[i]);
	free(r->columns);
	free(r->v);
	*r = (struct report){.v = NULL};
}

/* ---- texts and counts ---- */

static const char *in(const struct report_source *s, const char *text)
{
	return s->tr ? s->tr(text) : text;
}

static void count(struct report_option *o, const struct standing *s)
{
	o->supports += s->stance == STANCE_SUPPORTS;
	o->accepts += s->stance == STANCE_ACCEPTS;
	o->opposes += s->stance == STANCE_OPPOSES;
	o->red_lines += s->red_line;
}

/* Whether what the party said is about that option; of options that come to the same, the
 * first. */
static bool is_on(const struct standing *s, const struct report_option *o, uint32_t outcome)
{
	if (!s->has_option || s->gone)
		return false;
	return s->outcome == outcome && (outcome == o->number || outcome == 0);
}

static void add_option(struct report_point *p, const struct report_source *s, uint32_t number,
		       uint32_t outcome)
{
	const struct point *point = &s->b->points[p->number - 1];
	const struct standing *cells = matrix_row_cells(s->matrix, p->number - 1);
	struct report_option *o = &p->options[p->n_options++];

	*o = (struct report_option){.number = number};
	if (number > 0) {
		const struct option *from = point_option(s->b, point, number - 1);

		brackets_wording(s->b, s->text, from->begin, from->end, &o->text);
	}
	for (size_t i = 0; i < s->matrix->n_parties; i++)
		if (is_on(&cells[i], o, outcome))
			count(o, &cells[i]);
}

static void add_options(struct report_point *p, const struct report_source *s)
{
	const struct point *point = &s->b->points[p->number - 1];
	const struct standing *cells = matrix_row_cells(s->matrix, p->number - 1);
	bool offered = false, wanted = false;

	p->options = mem_array(NULL, (size_t)point->n_options + 1, sizeof(*p->options));
	for (uint32_t k = 1; k <= point->n_options; k++) {
		uint32_t outcome = verdict_outcome(s->b, s->text, p->number - 1, k);

		offered |= outcome == 0;
		add_option(p, s, k, outcome);
	}
	for (size_t i = 0; i < s->matrix->n_parties; i++)
		wanted |= cells[i].has_option && cells[i].outcome == 0;
	if (wanted && !offered)
		add_option(p, s, 0, 0);
}

/* The paragraph of the point, and where it spans more, as far as it goes. */
static void add_paragraph(struct report_point *p, const struct report_source *s)
{
	const struct point *point = &s->b->points[p->number - 1];
	size_t begin = point_begin(s->b, point), end = point_end(s->b, point);
	uint32_t first = draft_paragraph_at(s->draft, begin);
	uint32_t last = draft_paragraph_at(s->draft, end > begin ? end - 1 : end);

	if (first == PARAGRAPH_NONE || last == PARAGRAPH_NONE)
		return;
	p->line = (size_t)first + 1;
	draft_place(s->draft, begin, &p->place);
	brackets_wording(s->b, s->text, s->draft->v[first].begin, s->draft->v[last].end,
			 &p->paragraph);
}

static void add_point(struct report_draft *d, const struct report_source *s, size_t row)
{
	const struct matrix_row *r = &s->matrix->rows[row];
	const struct point *point = &s->b->points[row];
	const struct standing *cells = matrix_row_cells(s->matrix, row);
	struct report_point *p = &d->v[d->n++];

	*p = (struct report_point){.number = r->point + 1, .put_off = r->deferred != NULL};
	p->parent = point->parent == BRACKET_NONE ? 0 : point->parent + 1;
	p->kind = verdict_word(r->verdict.kind);
	p->spoke = r->verdict.spoke;
	p->stale = r->verdict.stale;
	for (size_t i = 0; i < s->matrix->n_parties; i++) {
		p->reserves += cells[i].stance == STANCE_RESERVES;
		p->silent += !cells[i].spoke;
	}
	verdict_anonymous(&p->verdict, &r->verdict, s->tr);
	add_options(p, s);
	add_paragraph(p, s);
}

void report_add(struct report *r, const struct report_source *s)
{
	const struct matrix *m = s->matrix;
	struct report_draft *d;

	MEM_GROW(r->v, r->n, r->cap);
	d = &r->v[r->n++];
	*d = (struct report_draft){.n_open = m->n_outer};
	str_add_text(&d->name, s->name);
	draft_title(s->draft, s->text, s->b, &d->title);
	str_add_text(&d->symbol, s->draft->front.symbol ? s->draft->front.symbol : "");
	d->v = mem_array(NULL, m->n + 1, sizeof(*d->v));
	for (size_t i = 0; i < m->n; i++)
		add_point(d, s, i);
	for (int k = VERDICT_CONSENSUS; k >= VERDICT_SILENT; k--)
		if (m->verdicts[k])
			str_addf(&d->counts, "%s%s %zu", d->counts.len ? ", " : "",
				 in(s, verdict_word((enum verdict_kind)k)), m->verdicts[k]);
}

/* ---- and who ---- */

/* "supports: AFR (red line), EUR" */
static void add_voices(struct report_option *o, const struct report_source *s,
		       const struct parties *parties, const struct standing *cells,
		       uint32_t outcome, enum stance stance)
{
	static const char *const words[] = {[STANCE_SUPPORTS] = N_("supports"),
					    [STANCE_ACCEPTS] = N_("can accept"),
					    [STANCE_OPPOSES] = N_("opposes")};
	const char *join = "";

	for (size_t i = 0; i < parties->n; i++) {
		if (cells[i].stance != stance || !is_on(&cells[i], o, outcome))
			continue;
		if (!*join)
			str_addf(&o->who, "%s%s: ", o->who.len ? "; " : "",
				 in(s, words[stance]));
		str_addf(&o->who, "%s%s", join, parties->v[i].code);
		if (cells[i].red_line)
			str_addf(&o->who, " (%s)", in(s, N_("red line")));
		join = ", ";
	}
}

/* Whom the text itself names with the option and who said nothing else. */
static void add_written(struct report_option *o, const struct report_source *s,
			const struct parties *parties, const struct standing *cells)
{
	const char *join = "";

	for (size_t i = 0; i < parties->n; i++) {
		if (cells[i].position || !cells[i].wrote || cells[i].wrote_option != o->number)
			continue;
		if (!*join)
			str_addf(&o->who, "%s%s: ", o->who.len ? "; " : "",
				 in(s, N_("in the text")));
		str_addf(&o->who, "%s%s", join, parties->v[i].code);
		join = ", ";
	}
}

static void name_point(struct report_point *p, const struct report_source *s,
		       const struct parties *parties)
{
	const struct matrix_row *r = &s->matrix->rows[p->number - 1];
	const struct standing *cells = matrix_row_cells(s->matrix, p->number - 1);

	for (size_t k = 0; k < p->n_options; k++) {
		struct report_option *o = &p->options[k];
		uint32_t outcome = verdict_outcome(s->b, s->text, p->number - 1, o->number);

		add_voices(o, s, parties, cells, outcome, STANCE_SUPPORTS);
		add_voices(o, s, parties, cells, outcome, STANCE_ACCEPTS);
		add_voices(o, s, parties, cells, outcome, STANCE_OPPOSES);
		add_written(o, s, parties, cells);
	}
	str_clear(&p->verdict);
	verdict_brief(&p->verdict, &r->verdict, cells, parties, s->tr);
	verdict_explain(&p->why, &r->verdict, cells, parties, s->tr);
	p->signs = mem_zalloc((parties->n + 1) * sizeof(*p->signs));
	p->words = mem_zalloc((parties->n + 1) * sizeof(*p->words));
	for (size_t i = 0; i < parties->n; i++) {
		standing_sign(&p->signs[i], &cells[i], &r->verdict);
		standing_words(&p->words[i], &cells[i], &r->verdict, s->tr);
	}
}

void report_add_names(struct report *r, const struct report_source *s,
		      const struct parties *parties)
{
	struct report_draft *d = &r->v[r->n - 1];

	if (!r->columns) {
		r->columns = mem_zalloc((parties->n + 1) * sizeof(*r->columns));
		r->n_columns = parties->n;
		for (size_t i = 0; i < parties->n; i++)
			str_add_text(&r->columns[i], parties->v[i].code);
	}
	for (size_t i = 0; i < d->n; i++)
		name_point(&d->v[i], s, parties);
}
