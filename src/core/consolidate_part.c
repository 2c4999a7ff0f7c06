/* SPDX-License-Identifier: MIT */
#include "consolidate_impl.h"

#include "core/edit.h"
#include "core/mem.h"

#include <stdlib.h>

/*
 * A part of the rows: written, put together, read and proven by itself, whoever
 * does it. Pieces and keys are of one row at a time: what compares is small, and
 * nothing of it is shared. Where every part is read alone as it is in the whole,
 * the result is what the parts are, one after the other.
 */

#define PART_BYTES 8192 /* of the base, about */

void parts_divide(struct work *w)
{
	const struct input *base = &w->inputs[0];
	size_t most = base->text.len / PART_BYTES + 1, bytes = base->text.len / most;
	size_t row = 0, unit = 0;

	w->parts = mem_zalloc(most * sizeof(*w->parts));
	do {
		struct span_of_rows *p = &w->parts[w->n_parts++];

		*p = (struct span_of_rows){.row = row, .unit = unit};
		while (unit < base->n && (w->n_parts == most || unit == p->unit ||
					  base->units[unit].begin < w->n_parts * bytes))
			unit++;
		while (row < w->n_rows && w->rows[row].unit[0] != unit)
			row++;
		/* What is new before the next unit goes with it. */
		while (unit < base->n && row > p->row && w->rows[row - 1].unit[0] == NONE)
			row--;
		p->row_end = row;
		p->unit_end = unit;
	} while (unit < base->n);
}

static void forget_row(struct work *w, const struct row *row)
{
	for (size_t i = 0; i < w->n; i++) {
		w->inputs[i].n_pieces = 0;
		if (row->unit[i] != NONE)
			w->inputs[i].units[row->unit[i]].has_pieces = false;
	}
	intern_clear(w->keys);
}

void work_forget_all(struct work *w)
{
	for (size_t i = 0; i < w->n; i++) {
		w->inputs[i].n_pieces = 0;
		for (size_t j = 0; j < w->inputs[i].n; j++)
			w->inputs[i].units[j].has_pieces = false;
	}
	intern_clear(w->keys);
}

/* Whose text is not the base's in the row. */
static void note_changes(struct work *w, size_t k)
{
	const uint32_t *unit = w->rows[k].unit;
	struct input *base = &w->inputs[0];

	for (size_t i = 1; w->differs && unit[0] != NONE && i < w->n; i++)
		w->differs[k * w->n + i] =
			unit[i] != NONE &&
			!units_equal(w, base, &base->units[unit[0]], &w->inputs[i],
				     &w->inputs[i].units[unit[i]]);
}

void written_row_write(struct work *w, size_t k, enum way way, struct written_row *r)
{
	brackets_release(&r->alone);
	r->way = row_write(w, &w->rows[k], way, &r->text, &r->alone);
	if (way == WAY_VERBATIM)
		note_changes(w, k);
	forget_row(w, &w->rows[k]);
}

/* ---- ids ---- */

/* The digests of ids to be minted in a row; part: its reading. */
static void find_mints(const struct work *w, size_t row, const struct brackets *part,
		       struct slice of_row, const char *text, struct mints *m)
{
	struct slice temp = {w->temp_id.p + 2, w->temp_id.len - 3};
	struct minting minting = {NULL};

	for (uint32_t i = 0; i < part->n_points; i++) {
		struct slice has = point_id(part, &part->points[i], of_row);

		if (!slice_equal(has, temp))
			continue;
		MEM_GROW(m->v, m->n, m->cap);
		m->v[m->n].row = row;
		m->v[m->n].at = (size_t)(has.p - text);
		brackets_mint_seed(&minting, part, of_row, i, m->v[m->n].hex);
		m->n++;
	}
	minting_release(&minting);
}

/* Of the rows of a part, as they are read in a text. prove: and whether they are right. */
static void look_at_rows(struct work *w, struct written_row *rows, const struct span_of_rows *p,
			 const struct brackets *b, struct slice text, bool prove,
			 struct mints *m)
{
	for (size_t k = p->row; k < p->row_end; k++) {
		struct written_row *r = &rows[k];
		struct slice of_row = {text.p + r->begin, r->end - r->begin};
		struct brackets part;
		size_t input, at;

		r->proven = true;
		if (r->way == WAY_VERBATIM)
			continue;
		part_init(&part, b, r->begin, r->end);
		if (prove && r->way == WAY_WORDS)
			r->proven = row_comes_out(w, &w->rows[k], of_row, &part, &input, &at);
		find_mints(w, k, &part, of_row, text.p, m);
		part_release(&part);
	}
}

/* ---- one part ---- */

void work_part_begin(struct work *own, const struct work *w)
{
	*own = *w;
	own->keys = intern_new();
	own->counts = NULL;
	own->n_counts = 0;
	own->inputs = mem_dup(w->inputs, w->n * sizeof(*w->inputs));
	for (size_t i = 0; i < w->n; i++) {
		own->inputs[i].pieces = NULL;
		own->inputs[i].n_pieces = own->inputs[i].cap_pieces = 0;
	}
}

void work_part_end(struct work *own)
{
	for (size_t i = 0; i < own->n; i++)
		free(own->inputs[i].pieces);
	free(own->inputs);
	free(own->counts);
	intern_free(own->keys);
}

static void write_part(void *context, size_t i)
{
	struct parts *x = context;
	struct stint *p = &x->v[i];
	const struct span_of_rows *span = &x->w->parts[i];
	struct brackets b;
	struct work own;

	work_part_begin(&own, x->w);
	for (size_t k = span->row; k < span->row_end; k++)
		written_row_write(&own, k, WAY_VERBATIM, &x->rows[k]);
	if (own.later) {
		result_assemble(&own, x->rows, span, &p->text);
		brackets_read(&b, str_slice(&p->text), own.parties);
		p->alone = lines_read_alone(&b, str_slice(&p->text)) &&
			   text_ends_alone(str_slice(&p->text));
		p->open = b.n_outer;
		if (p->alone)
			look_at_rows(&own, x->rows, span, &b, str_slice(&p->text), true,
				     &p->mints);
		brackets_release(&b);
	}
	work_part_end(&own);
}

static void write_again(void *context, size_t i)
{
	struct parts *x = context;
	const struct span_of_rows *span = &x->w->parts[i];
	struct work own;

	work_part_begin(&own, x->w);
	for (size_t k = span->row; k < span->row_end; k++) {
		struct written_row *r = &x->rows[k];

		if (r->way == WAY_WORDS && r->proven)
			brackets_read(&r->alone, str_slice(&r->text), own.parties);
		else if (!r->proven)
			written_row_write(&own, k, WAY_WORDS, r);
	}
	work_part_end(&own);
}

static void find_digests(void *context, size_t i)
{
	struct parts *x = context;

	look_at_rows(x->w, x->rows, &x->w->parts[i], x->b, x->text, false, &x->v[i].mints);
}

/* ---- all of them ---- */

void parts_init(struct parts *x, struct work *w, struct written_row *rows)
{
	*x = (struct parts){.w = w, .rows = rows};
	x->v = mem_zalloc(w->n_parts * sizeof(*x->v));
}

void parts_release(struct parts *x)
{
	for (size_t i = 0; i < x->w->n_parts; i++) {
		str_release(&x->v[i].text);
		free(x->v[i].mints.v);
	}
	free(x->v);
}

static void join_parts(struct parts *x, struct str *result)
{
	size_t len = 0;

	for (size_t i = 0; i < x->w->n_parts; i++)
		len += x->v[i].text.len;
	str_reserve(result, len);
	for (size_t i = 0; i < x->w->n_parts; i++) {
		const struct span_of_rows *span = &x->w->parts[i];
		size_t from = result->len;

		str_add_slice(result, str_slice(&x->v[i].text));
		for (size_t k = span->row; k < span->row_end; k++) {
			x->rows[k].begin += from;
			x->rows[k].end += from;
		}
		for (size_t k = 0; k < x->v[i].mints.n; k++)
			x->v[i].mints.v[k].at += from;
	}
}

bool parts_write(struct parts *x, struct str *result)
{
	bool alone = true, all = true;

	each_run(x->w->each, x->w->n_parts, write_part, x);
	if (!x->w->later)
		return false;
	for (size_t i = 0; i < x->w->n_parts; i++)
		alone = alone && x->v[i].alone;
	for (size_t k = 0; k < x->w->n_rows; k++) {
		x->rows[k].proven = x->rows[k].way != WAY_WORDS || (alone && x->rows[k].proven);
		all = all && x->rows[k].proven;
	}
	if (alone && all) {
		join_parts(x, result);
		return true;
	}
	x->w->later = false;
	for (size_t i = 0; i < x->w->n_parts; i++)
		x->v[i].mints.n = 0;
	each_run(x->w->each, x->w->n_parts, write_again, x);
	return false;
}

size_t parts_open(const struct parts *x)
{
	size_t open = 0;

	for (size_t i = 0; i < x->w->n_parts; i++)
		open += x->v[i].open;
	return open;
}

void parts_find_ids(struct parts *x, const struct brackets *b, struct slice result)
{
	x->b = b;
	x->text = result;
	each_run(x->w->each, x->w->n_parts, find_digests, x);
}

static bool is_taken(void *arg, struct slice id)
{
	struct work *w = arg;
	uint32_t key = intern_key(w->ids, 'i', id);

	if (key < w->n_id_owners && w->id_owner[key] != NONE)
		return true;
	w->id_owner =
		mem_array(w->id_owner, key + 1 > w->n_id_owners ? key + 1 : w->n_id_owners,
			  sizeof(uint32_t));
	while (w->n_id_owners <= key)
		w->id_owner[w->n_id_owners++] = NONE;
	/* It is minted now. */
	w->id_owner[key] = 0;
	return false;
}

void parts_mint(struct parts *x, struct slice result, struct str *out)
{
	struct minting minting = {.taken = is_taken, .arg = x->w};
	size_t len = x->w->temp_id.len - 3;
	struct edits e = EDITS_INIT;
	struct str id = STR_INIT;

	for (size_t i = 0; i < x->w->n_parts; i++) {
		const struct mints *m = &x->v[i].mints;

		for (size_t k = 0; k < m->n; k++) {
			const struct written_row *r = &x->rows[m->v[k].row];

			str_clear(&id);
			brackets_mint_from(&minting,
					   slice_make(result.p + r->begin, r->end - r->begin),
					   m->v[k].hex, &id);
			edits_add(&e, m->v[k].at, len, id.p, id.len);
		}
	}
	edits_apply(&e, result, out);
	str_release(&id);
	edits_release(&e);
}
