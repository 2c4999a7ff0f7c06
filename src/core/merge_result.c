/* SPDX-License-Identifier: MIT */
#include "merge_impl.h"

#include "core/edit.h"
#include "core/front.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

/* All rows: put together, and read as a whole, until each is read as it is meant. */

#define ROUNDS 64 /* of writing rows more plainly because of what stands elsewhere */

/* ---- putting the rows together ---- */

/* The row's first and last unit in a text, where it stands there. */
static uint32_t first_of(const struct merge_row *row, size_t k)
{
	return row->place[k] ? row->unit[k] : NONE;
}

static uint32_t last_of(const struct merge_row *row, size_t k)
{
	if (!row->place[k] || !row->n[k])
		return first_of(row, k);
	return row->more[(k == 2 ? row->n[1] : 0) + row->n[k] - 1];
}

static size_t body_at(const struct input *in)
{
	return front_matter_at(in->text);
}

/* What stands before a text's unit: line ends, blanks, empty clauses. */
static struct slice before(const struct input *in, uint32_t unit)
{
	size_t from = unit ? in->units[unit - 1].end : body_at(in);

	return slice_make(in->text.p + from, in->units[unit].begin - from);
}

static struct slice after(const struct input *in, uint32_t unit)
{
	size_t to = unit + 1 < in->n ? in->units[unit + 1].begin : in->text.len;

	return slice_make(in->text.p + in->units[unit].end, to - in->units[unit].end);
}

/* What to put between two rows that are neighbours in no text. */
static struct slice between(const struct merge *m, const struct merge_row *last,
			    const struct merge_row *next)
{
	struct slice v[3] = {{NULL, 0}, {NULL, 0}, {NULL, 0}};
	bool any;

	for (size_t k = 0; k < 3; k++)
		if (first_of(next, k) != NONE && first_of(next, k) > 0)
			v[k] = before(&m->w.inputs[k], first_of(next, k));
	any = v[0].p || v[1].p || v[2].p;
	for (size_t k = 0; k < 3 && !any; k++)
		if (last_of(last, k) != NONE && last_of(last, k) + 1 < m->w.inputs[k].n)
			v[k] = after(&m->w.inputs[k], last_of(last, k));
	if (v[0].p || v[1].p || v[2].p)
		return merge_pick(v);
	return m->w.line_end.len == 2 ? SLICE("\r\n\r\n") : SLICE("\n\n");
}

static void add_gap(const struct merge *m, const struct merge_row *last,
		    const struct merge_row *next, struct str *out)
{
	struct slice v[3] = {{NULL, 0}, {NULL, 0}, {NULL, 0}}, gap;
	bool any = false;

	for (size_t k = 0; k < 3; k++) {
		const struct input *in = &m->w.inputs[k];
		uint32_t x = last ? last_of(last, k) : NONE;
		uint32_t y = next ? first_of(next, k) : NONE;

		if (last && next && x != NONE && y == x + 1)
			v[k] = before(in, y);
		else if (!last && in->n)
			v[k] = before(in, 0);
		else if (!next && in->n)
			v[k] = after(in, (uint32_t)in->n - 1);
		any = any || (v[k].p && k > 0);
	}
	/* At the beginning and the end a side's own say in it is enough. */
	if (!any && last && next)
		v[0] = between(m, last, next);
	gap = merge_pick(v);
	if (gap.p)
		str_add_slice(out, gap);
	else if (!any && !next && last)
		str_add_slice(out, m->w.line_end);
}

static struct slice row_bytes(const struct merge *m, const struct merge_row *row)
{
	const struct input *in = &m->w.inputs[row->source];
	const struct unit *u;

	if (row->way != MERGE_AS_IS)
		return str_slice(&row->text);
	u = &in->units[row->unit[row->source]];
	return slice_make(in->text.p + u->begin, u->end - u->begin);
}

/* All but the front matter; p NULL where there is more than blanks in it. */
static struct slice rest_of(const struct merge *m, size_t k)
{
	const struct input *in = &m->w.inputs[k];
	size_t at = body_at(in);

	if (in->n)
		return slice_make(NULL, 0);
	return slice_make(in->text.len ? in->text.p + at : "", in->text.len - at);
}

static void assemble(struct merge *m, struct slice front, struct str *out)
{
	const struct merge_row *last = NULL;
	struct slice rest;

	str_clear(out);
	str_add_slice(out, front);
	for (size_t k = 0; k < m->n; k++) {
		struct merge_row *row = &m->rows[k];

		add_gap(m, last, row, out);
		row->begin = out->len;
		str_add_slice(out, row_bytes(m, row));
		row->end = out->len;
		last = row;
	}
	if (last)
		add_gap(m, last, NULL, out);
	else if ((rest = merge_pick(
			  (struct slice[3]){rest_of(m, 0), rest_of(m, 1), rest_of(m, 2)}))
			 .p)
		str_add_slice(out, rest);
}

/* ---- writing the rows ---- */

#define PART_ROWS 16

/* Pieces and keys are of one row. */
static void forget(struct merge *m, const struct merge_row *row)
{
	for (size_t k = 0; k < 3; k++) {
		struct input *in = &m->w.inputs[k];

		in->n_pieces = 0;
		if (row->unit[k] != NONE)
			in->units[row->unit[k]].has_pieces = false;
		for (size_t i = 1; i < row->n[k]; i++)
			in->units[row->more[(k == 2 ? row->n[1] : 0) + i]].has_pieces = false;
	}
	intern_clear(m->w.keys);
}

static bool write_row(struct merge *m, struct merge_row *row, enum merge_way way)
{
	bool good = merge_row_write(m, row, way) < MERGE_WAYS;

	forget(m, row);
	return good;
}

struct writing {
	struct merge *m;
	bool *bad; /* by part: a row of it cannot be written */
};

/* What both moved, to different places, has units that stand in two rows. */
static bool is_shared(const struct merge_row *row)
{
	return row->kind == MERGE_UNIT && row->unit[0] == NONE;
}

static void write_part(void *context, size_t i)
{
	struct writing *x = context;
	struct merge own = *x->m;

	work_part_begin(&own.w, &x->m->w);
	for (size_t k = i * PART_ROWS; k < own.n && k < (i + 1) * PART_ROWS; k++)
		if (own.rows[k].kind != MERGE_TAKEN && !is_shared(&own.rows[k]) &&
		    !write_row(&own, &own.rows[k], MERGE_AS_IS))
			x->bad[i] = true;
	work_part_end(&own.w);
}

static bool write_rows(struct merge *m)
{
	size_t n = (m->n + PART_ROWS - 1) / PART_ROWS;
	struct writing x = {m, mem_zalloc(n * sizeof(bool))};
	bool good = true;

	work_forget_all(&m->w);
	each_run(m->w.each, n, write_part, &x);
	for (size_t i = 0; i < n; i++)
		good = good && !x.bad[i];
	for (size_t k = 0; k < m->n && good; k++)
		if (is_shared(&m->rows[k]))
			good = write_row(m, &m->rows[k], MERGE_AS_IS);
	free(x.bad);
	return good;
}

/* ---- the whole is read as its rows are ---- */

/* What was read in a row: points outside all others, their options, unpaired brackets. */
struct reading {
	const struct brackets *b;
	size_t bracket, problem; /* cursors */
};

static bool as_meant(struct reading *r, const struct merge_row *row)
{
	const struct brackets *b = r->b;
	size_t points = 0, options = 0, problems = 0, end = 0;

	for (; r->bracket < b->n && b->v[r->bracket].begin < row->begin; r->bracket++)
		;
	for (size_t i = r->bracket; i < b->n && b->v[i].begin < row->end; i++) {
		const struct point *p = &b->points[b->v[i].point];

		if (p->depth != 1 || p->bracket != i)
			continue;
		points++;
		options += p->n_options;
		end = point_end(b, p);
	}
	for (; r->problem < b->n_problems && b->problems[r->problem].at < row->begin;
	     r->problem++)
		;
	for (size_t i = r->problem; i < b->n_problems && b->problems[i].at < row->end; i++)
		problems += brackets_depth_at(b, b->problems[i].at) == 0;
	return points == row->points && options == row->options && problems <= row->problems &&
	       end <= row->end;
}

static void fence_ends(struct brackets *part, size_t len)
{
	/* A fence's last line end is the draft's. */
	for (size_t i = 0; i < part->n_unread; i++)
		if (part->unread[i].kind == UNREAD_FENCE && part->unread[i].end > len)
			part->unread[i].end = len;
}

/* Whether the row is read as in one of the texts that have its bytes. */
static bool as_before(const struct merge *m, const struct merge_row *row,
		      const struct brackets *b)
{
	struct slice bytes = row_bytes(m, row);
	struct brackets now, was;
	bool same = false;

	part_init(&now, b, row->begin, row->end);
	fence_ends(&now, bytes.len);
	for (size_t k = 3; k-- > 0 && !same;) {
		const struct input *in = &m->w.inputs[k];
		const struct unit *u;

		if (row->unit[k] == NONE)
			continue;
		u = &in->units[row->unit[k]];
		if (!slice_equal(bytes, slice_make(in->text.p + u->begin, u->end - u->begin)))
			continue;
		part_init(&was, &in->b, u->begin, u->end);
		fence_ends(&was, bytes.len);
		same = part_equal(&now, &was);
		part_release(&was);
	}
	part_release(&now);
	return same;
}

/* Writes rows that are read as something else more plainly. 1: some were; 0: all is well;
 * -1: one cannot be written at all. */
static int settle(struct merge *m, const struct str *result)
{
	struct brackets b;
	struct reading r = {&b, 0, 0};
	size_t far = 0;
	int changed = 0;

	brackets_read(&b, str_slice(result), m->w.parties);
	for (size_t k = 0; k < m->n && changed >= 0; k++) {
		struct merge_row *row = &m->rows[k];

		if (row->begin < far ||
		    (row->way == MERGE_AS_IS ? as_before(m, row, &b) : as_meant(&r, row)))
			continue;
		far = part_reach(&b, row->begin, row->end);
		changed = write_row(m, row, row->way + 1) ? 1 : -1;
	}
	if (!changed &&
	    b.n_problems > m->w.inputs[1].b.n_problems + m->w.inputs[2].b.n_problems)
		changed = -1;
	brackets_release(&b);
	return changed;
}

/* ---- ids ---- */

static struct slice id_bytes(const struct bracket *v, struct slice text)
{
	return slice_make(text.p + v->id, v->id_end - v->id);
}

static void count_ids(struct merge *m, const struct brackets *b, struct slice text,
		      uint32_t *counts, size_t n)
{
	for (size_t i = 0; i < b->n; i++) {
		uint32_t key;

		if (b->v[i].id == b->v[i].id_end)
			continue;
		key = intern_key(m->w.keys, 'i', id_bytes(&b->v[i], text));
		if (key < n)
			counts[key]++;
	}
}

struct taken {
	const struct brackets *b;
	struct slice text;
	struct str given; /* "id\n" each */
};

static bool is_taken(void *arg, struct slice id)
{
	struct taken *t = arg;
	struct str line = STR_INIT;
	bool taken = brackets_by_id(t->b, t->text, id) != BRACKET_NONE;

	str_addf(&line, "\n%.*s\n", (int)id.len, id.p);
	taken = taken || (t->given.len && memmem(t->given.p, t->given.len, line.p, line.len));
	if (!taken)
		str_add_slice(&t->given, str_slice(&line));
	str_release(&line);
	return taken;
}

/* Ids in place of those that keep it for one, and of a second one that neither side had twice.
 */
static void mint_ids(struct merge *m, const struct str *result, struct str *out)
{
	struct slice text = str_slice(result),
		     temp = {m->w.temp_id.p + 2, m->w.temp_id.len - 3};
	struct edits e = EDITS_INIT;
	struct brackets b;
	uint32_t *counts[3];
	size_t n;
	struct taken taken = {&b, text, STR_INIT};
	struct minting minting = {.taken = is_taken, .arg = &taken};

	if (!text.len || !memchr(text.p, '{', text.len)) {
		str_add_slice(out, text);
		return;
	}
	brackets_read(&b, text, m->w.parties);
	count_ids(m, &b, text, NULL, 0);
	n = intern_count(m->w.keys);
	for (size_t k = 0; k < 3; k++)
		counts[k] = mem_zalloc(n * sizeof(**counts));
	count_ids(m, &m->w.inputs[1].b, m->w.inputs[1].text, counts[1], n);
	count_ids(m, &m->w.inputs[2].b, m->w.inputs[2].text, counts[2], n);
	for (size_t i = 0; i < b.n; i++) {
		struct slice id = id_bytes(&b.v[i], text);
		struct str fresh = STR_INIT;
		uint32_t key;

		if (!id.len)
			continue;
		key = intern_key(m->w.keys, 'i', id);
		counts[0][key]++;
		if (!slice_equal(id, temp) &&
		    (counts[0][key] == 1 || counts[0][key] <= counts[1][key] ||
		     counts[0][key] <= counts[2][key]))
			continue;
		brackets_mint(&minting, &b, text, b.v[i].point, &fresh);
		edits_add(&e, b.v[i].id, id.len, fresh.p, fresh.len);
		str_release(&fresh);
	}
	edits_apply(&e, text, out);
	for (size_t k = 0; k < 3; k++)
		free(counts[k]);
	minting_release(&minting);
	str_release(&taken.given);
	edits_release(&e);
	brackets_release(&b);
}

/* ---- all of it ---- */

bool merge_result(struct merge *m, struct slice front, struct str *out)
{
	struct str result = STR_INIT;
	bool good = write_rows(m);
	int more = 1;

	for (size_t round = 0; good && more > 0 && round < ROUNDS; round++) {
		assemble(m, front, &result);
		more = settle(m, &result);
	}
	good = good && more == 0;
	if (good)
		mint_ids(m, &result, out);
	str_release(&result);
	return good;
}
