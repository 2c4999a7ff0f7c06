/* SPDX-License-Identifier: MIT */
#include "consolidate_impl.h"

#include "core/edit.h"
#include "core/mem.h"
#include "core/utf8.h"
#include "core/wording.h"

#include <stdlib.h>
#include <string.h>

#define ROUNDS 64 /* of writing rows more plainly because of what stands elsewhere */

/* A row as it is written. */
struct written_row {
	struct str text;
	enum way way;
	size_t begin, end;     /* in the result */
	struct brackets alone; /* its reading, where it is not the base's bytes */
};

/* ---- inputs ---- */

static int check_inputs(const struct consolidate_input *inputs, size_t n,
			const struct parties *parties, struct error *err)
{
	for (size_t i = 0; i < n; i++) {
		if (inputs[i].party >= parties->n)
			return error_set(err, ST_USAGE,
					 N_("a text is of a party that the party list does "
					    "not have"));
		for (size_t k = 0; k < i; k++)
			if (inputs[k].party == inputs[i].party)
				return error_set(err, ST_USAGE,
						 N_("there are two texts of %s; give one"),
						 parties->v[inputs[i].party].code);
	}
	return 0;
}

static int by_party(const void *a, const void *b)
{
	const struct input *x = a, *y = b;

	return (x->party > y->party) - (x->party < y->party);
}

static bool occurs(const struct work *w, const char *what)
{
	for (size_t i = 0; i < w->n; i++)
		if (slice_find(w->inputs[i].text, what))
			return true;
	return false;
}

/* Whose each id is: of the first text that has it. */
static void find_owners(struct work *w)
{
	for (size_t i = 0; i < w->n; i++) {
		const struct input *in = &w->inputs[i];

		for (size_t k = 0; k < in->b.n; k++) {
			const struct bracket *v = &in->b.v[k];
			uint32_t key;

			if (v->id == v->id_end)
				continue;
			key = intern_key(w->keys, 'i',
					 slice_make(in->text.p + v->id, v->id_end - v->id));
			if (key >= w->n_id_owners) {
				w->id_owner = mem_array(w->id_owner, key + 1, sizeof(uint32_t));
				while (w->n_id_owners <= key)
					w->id_owner[w->n_id_owners++] = NONE;
			}
			if (w->id_owner[key] == NONE)
				w->id_owner[key] = (uint32_t)i;
		}
	}
}

static void work_init(struct work *w, struct slice base, const struct consolidate_input *inputs,
		      size_t n, struct slice language, const struct parties *parties)
{
	*w = (struct work){.parties = parties, .n = n + 1, .keys = intern_new()};
	w->no_text = wording_no_text(language);
	w->line_end = slice_of(slice_line_end(base));
	w->inputs = mem_zalloc(w->n * sizeof(*w->inputs));
	w->inputs[0] = (struct input){.text = base, .party = PARTY_NONE};
	for (size_t i = 0; i < n; i++)
		w->inputs[i + 1] =
			(struct input){.text = inputs[i].text, .party = inputs[i].party};
	qsort(w->inputs + 1, n, sizeof(*w->inputs), by_party);
	for (size_t i = 0; i < w->n; i++)
		input_read(w, &w->inputs[i]);
	find_owners(w);
	str_add_text(&w->temp_id, "{#b-}");
	while (occurs(w, str_text(&w->temp_id)))
		str_splice(&w->temp_id, w->temp_id.len - 1, 0, "-", 1);
}

static void work_done(struct work *w)
{
	for (size_t i = 0; i < w->n; i++)
		input_done(&w->inputs[i]);
	for (size_t k = 0; k < w->n_rows; k++)
		free(w->rows[k].unit);
	free(w->rows);
	free(w->inputs);
	free(w->id_owner);
	free(w->counts);
	intern_free(w->keys);
	str_release(&w->temp_id);
}

/* Whether no party's text differs: then the result is the base. */
static bool all_equal(struct work *w)
{
	for (size_t k = 0; k < w->n_rows; k++) {
		const struct row *row = &w->rows[k];

		if (row->unit[0] == NONE)
			return false;
		for (size_t i = 1; i < w->n; i++)
			if (row->unit[i] == NONE ||
			    !units_equal(w, &w->inputs[0], &w->inputs[0].units[row->unit[0]],
					 &w->inputs[i], &w->inputs[i].units[row->unit[i]]))
				return false;
	}
	return true;
}

/* ---- putting the rows together ---- */

/* Whether a blank line stands between the base's units s - 1 and s; where there is none of
 * them, between the nearest two. */
static bool is_spaced(const struct input *base, size_t s)
{
	size_t ends = 0;

	if (base->n < 2)
		return true;
	s = s == 0 ? 1 : s == base->n ? s - 1 : s;
	for (size_t at = base->units[s - 1].end; at < base->units[s].begin; at++)
		ends += base->text.p[at] == '\n';
	return ends > 1;
}

static void add_new(const struct work *w, struct written_row *row, bool spaced, struct str *out)
{
	row->begin = out->len;
	str_add_slice(out, str_slice(&row->text));
	row->end = out->len;
	str_add_slice(out, w->line_end);
	if (spaced)
		str_add_slice(out, w->line_end);
}

/* Whether a text ends in a blank line, or is empty. */
static bool ends_blank(const struct str *s)
{
	size_t len = s->len;

	if (!len)
		return true;
	if (s->p[len - 1] != '\n')
		return false;
	len -= len > 1 && s->p[len - 2] == '\r' ? 2 : 1;
	len -= utf8_blanks_before(s->p, len);
	return !len || s->p[len - 1] == '\n';
}

/* New paragraphs after the last of the base's: they end as the base does. */
static void add_last(const struct work *w, struct written_row *rows, size_t from,
		     struct str *out)
{
	bool ended = !out->len || out->p[out->len - 1] == '\n';
	bool spaced = is_spaced(&w->inputs[0], w->inputs[0].n);

	if (from == w->n_rows)
		return;
	if (!ended)
		str_add_slice(out, w->line_end);
	if (spaced && !ends_blank(out))
		str_add_slice(out, w->line_end);
	for (size_t k = from; k < w->n_rows; k++)
		add_new(w, &rows[k], spaced, out);
	if (spaced)
		out->len -= w->line_end.len;
	if (!ended)
		out->len -= w->line_end.len;
}

static void assemble(const struct work *w, struct written_row *rows, struct str *out)
{
	const struct input *base = &w->inputs[0];
	size_t at = 0, k = 0;

	str_clear(out);
	for (size_t s = 0; s < base->n; s++) {
		const struct unit *u = &base->units[s];

		str_add(out, base->text.p + at, u->begin - at);
		for (; w->rows[k].unit[0] == NONE; k++)
			add_new(w, &rows[k], is_spaced(base, s), out);
		rows[k].begin = out->len;
		str_add_slice(out, str_slice(&rows[k].text));
		rows[k].end = out->len;
		k++;
		at = u->end;
	}
	str_add(out, base->text.p + at, base->text.len - at);
	add_last(w, rows, k, out);
}

/* ---- the whole is read as its rows are ---- */

/* Whether the row is read in the result as it was meant: by itself, or in the base. */
static bool reads_alike(const struct work *w, const struct row *row,
			const struct written_row *r, const struct brackets *all)
{
	struct brackets part, want;
	bool alike;

	part_init(&part, all, r->begin, r->end);
	if (r->way == WAY_VERBATIM) {
		const struct unit *u = &w->inputs[0].units[row->unit[0]];

		part_init(&want, &w->inputs[0].b, u->begin, u->end);
	} else {
		part_init(&want, &r->alone, 0, r->text.len);
	}
	/* A fence's last line end is the draft's. */
	for (size_t i = 0; i < part.n_unread; i++)
		if (part.unread[i].kind == UNREAD_FENCE &&
		    part.unread[i].end > r->end - r->begin)
			part.unread[i].end = r->end - r->begin;
	for (size_t i = 0; i < want.n_unread; i++)
		if (want.unread[i].kind == UNREAD_FENCE &&
		    want.unread[i].end > r->end - r->begin)
			want.unread[i].end = r->end - r->begin;
	alike = part_equal(&part, &want);
	part_release(&want);
	part_release(&part);
	return alike;
}

static void write_row(struct work *w, const struct row *row, enum way way,
		      struct written_row *r)
{
	brackets_release(&r->alone);
	r->way = row_write(w, row, way, &r->text, &r->alone);
}

/* How far what begins in the row reaches. */
static size_t reach_of(const struct brackets *b, const struct written_row *r)
{
	size_t far = r->end;

	for (size_t i = 0; i < b->n && b->v[i].begin < r->end; i++)
		if (b->v[i].begin >= r->begin && b->v[i].end > far)
			far = b->v[i].end;
	for (size_t i = 0; i < b->n_unread && b->unread[i].begin < r->end; i++)
		if (b->unread[i].begin >= r->begin && b->unread[i].end > far + 2)
			far = b->unread[i].end;
	return far;
}

/* Rows that others make read differently are written more plainly. Returns whether any was.
 * b: the reading of the result. */
static bool settle_rows(struct work *w, struct written_row *rows, const struct brackets *b)
{
	bool changed = false;
	size_t far = 0;

	for (size_t k = 0; k < w->n_rows; k++) {
		if (rows[k].begin < far || rows[k].way >= WAY_PLAIN ||
		    reads_alike(w, &w->rows[k], &rows[k], b))
			continue;
		/* What it swallows is as it should be once it does not. */
		far = reach_of(b, &rows[k]);
		write_row(w, &w->rows[k], rows[k].way + 1, &rows[k]);
		changed = true;
	}
	return changed;
}

/* ---- ids ---- */

static bool is_taken(void *arg, struct slice id)
{
	struct work *w = arg;
	uint32_t key = intern_key(w->keys, 'i', id);

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

/* Puts minted ids in place of those that only keep it. */
static void mint_row(struct work *w, const struct written_row *r, const struct brackets *all,
		     struct slice result, struct edits *e)
{
	struct slice temp = {w->temp_id.p + 2, w->temp_id.len - 3};
	struct slice text = {result.p + r->begin, r->end - r->begin};
	struct minting m = {is_taken, w, 0, 0, STR_INIT};
	struct brackets part;
	struct str id = STR_INIT;

	if (!slice_find(text, str_text(&w->temp_id)))
		return;
	part_init(&part, all, r->begin, r->end);
	for (uint32_t i = 0; i < part.n_points; i++) {
		struct slice has = point_id(&part, &part.points[i], text);

		if (!slice_equal(has, temp))
			continue;
		str_clear(&id);
		brackets_mint(&m, &part, text, i, &id);
		edits_add(e, (size_t)(has.p - result.p), has.len, id.p, id.len);
	}
	str_release(&id);
	str_release(&m.paragraph);
	part_release(&part);
}

static void mint_ids(struct work *w, const struct written_row *rows, const struct brackets *b,
		     struct slice result, struct str *out)
{
	struct edits e = EDITS_INIT;

	for (size_t k = 0; k < w->n_rows; k++)
		if (rows[k].way != WAY_VERBATIM)
			mint_row(w, &rows[k], b, result, &e);
	edits_apply(&e, result, out);
	edits_release(&e);
}

/* ---- where it all comes from ---- */

static void add_entry(struct provenance *p, size_t paragraph, const struct input *in,
		      size_t from, enum provenance_what what)
{
	MEM_GROW(p->v, p->n, p->cap);
	p->v[p->n++] = (struct provenance_entry){paragraph, in->party, from, what};
}

static uint32_t text_key(struct work *w, const struct input *in, const struct unit *u)
{
	return intern_key(
		w->keys, 'd',
		slice_make(in->canon.p + u->canon_body, u->canon_end - u->canon_body));
}

static void row_provenance(struct work *w, const struct row *row, size_t paragraph,
			   uint32_t known, struct provenance *p)
{
	struct input *base = &w->inputs[0];

	for (size_t i = 1; i < w->n; i++) {
		struct input *in = &w->inputs[i];
		struct unit *u = row->unit[i] == NONE ? NULL : &in->units[row->unit[i]];

		if (row->unit[0] == NONE && u && in->moved[row->unit[i]])
			add_entry(p, paragraph, in, u->number, PROVENANCE_REORDERED);
		else if (row->unit[0] == NONE && u)
			add_entry(p, paragraph, in, u->number,
				  text_key(w, in, u) < known ? PROVENANCE_DUPLICATE
							     : PROVENANCE_ADDED);
		else if (row->unit[0] != NONE && !u)
			add_entry(p, paragraph, in, 0, PROVENANCE_DELETED);
		else if (u && !units_equal(w, base, &base->units[row->unit[0]], in, u))
			add_entry(p, paragraph, in, u->number, PROVENANCE_MERGED);
	}
}

static void find_provenance(struct work *w, const struct written_row *rows, struct slice result,
			    struct provenance *p)
{
	size_t paragraph = 0, at = 0;
	uint32_t known = 0;

	for (size_t i = 0; i < w->inputs[0].n; i++)
		text_key(w, &w->inputs[0], &w->inputs[0].units[i]);
	known = intern_count(w->keys);
	for (size_t k = 0; k < w->n_rows; k++) {
		for (size_t end; at < rows[k].begin; at = end + 1) {
			const char *lf = memchr(result.p + at, '\n', result.len - at);

			end = lf ? (size_t)(lf - result.p) : result.len;
			if (end > at && result.p[end - 1] == '\r')
				paragraph += utf8_blanks_at(result.p + at, end - 1 - at) <
					     end - 1 - at;
			else
				paragraph += utf8_blanks_at(result.p + at, end - at) < end - at;
		}
		row_provenance(w, &w->rows[k], paragraph + 1, known, p);
		/* Of several new ones that say the same, the later repeat the first. */
		known = intern_count(w->keys);
	}
}

/* ---- reading back all rows at once ---- */

/* Whether the row, written and not read yet, is right in the result. */
static bool is_proven(const struct work *w, const struct row *row, const struct written_row *r,
		      const struct brackets *all)
{
	struct brackets part;
	size_t input, at;
	bool good;

	part_init(&part, all, r->begin, r->end);
	good = row_comes_out(w, row, str_slice(&r->text), &part, &input, &at);
	part_release(&part);
	return good;
}

/* Where lines are read alone, a row's part of the result's reading is its own reading. True
 * where all rows are right by it; else those that are not are written again, and all are read
 * by themselves. */
static bool prove_rows(struct work *w, struct written_row *rows, const struct brackets *b,
		       struct slice result)
{
	bool alone = lines_read_alone(b, result), all = alone, *right;

	right = mem_zalloc(w->n_rows * sizeof(*right));
	for (size_t k = 0; k < w->n_rows; k++) {
		right[k] = rows[k].way != WAY_WORDS ||
			   (alone && is_proven(w, &w->rows[k], &rows[k], b));
		all = all && right[k];
	}
	for (size_t k = 0; k < w->n_rows && !all; k++) {
		if (!right[k])
			write_row(w, &w->rows[k], WAY_WORDS, &rows[k]);
		else if (rows[k].way == WAY_WORDS)
			brackets_read(&rows[k].alone, str_slice(&rows[k].text), w->parties);
	}
	free(right);
	return all;
}

/* Whether that can be hoped for. */
static bool all_read_alone(const struct work *w)
{
	for (size_t i = 0; i < w->n; i++)
		if (!lines_read_alone(&w->inputs[i].b, w->inputs[i].text))
			return false;
	return true;
}

static void read_rows(struct work *w, struct written_row *rows, struct str *result,
		      struct brackets *b)
{
	assemble(w, rows, result);
	brackets_release(b);
	brackets_read(b, str_slice(result), w->parties);
}

/* Writes all rows, until the whole is read as they are; b gets the reading of the result. */
static void write_rows(struct work *w, struct written_row *rows, struct str *result,
		       struct brackets *b)
{
	bool changed = true;

	w->later = all_read_alone(w);
	for (size_t k = 0; k < w->n_rows; k++)
		write_row(w, &w->rows[k], WAY_VERBATIM, &rows[k]);
	if (w->later) {
		w->later = false;
		read_rows(w, rows, result, b);
		if (prove_rows(w, rows, b, str_slice(result)))
			return;
	}
	for (size_t round = 0; changed; round++) {
		read_rows(w, rows, result, b);
		changed = round < ROUNDS && settle_rows(w, rows, b);
	}
}

int consolidate(struct str *out, struct slice base, const struct consolidate_input *inputs,
		size_t n, struct slice language, const struct parties *parties,
		struct provenance *provenance, struct error *err)
{
	struct written_row *rows;
	struct str result = STR_INIT;
	struct brackets b = {NULL};
	struct work w;
	int status = check_inputs(inputs, n, parties, err);

	if (status != 0)
		return status;
	work_init(&w, base, inputs, n, language, parties);
	align_rows(&w);
	if (provenance)
		*provenance = (struct provenance){NULL, 0, 0};
	if (all_equal(&w)) {
		str_add_slice(out, base);
		work_done(&w);
		return 0;
	}
	rows = mem_zalloc(w.n_rows * sizeof(*rows));
	write_rows(&w, rows, &result, &b);
	if (provenance)
		find_provenance(&w, rows, str_slice(&result), provenance);
	mint_ids(&w, rows, &b, str_slice(&result), out);
	for (size_t k = 0; k < w.n_rows; k++) {
		str_release(&rows[k].text);
		brackets_release(&rows[k].alone);
	}
	free(rows);
	brackets_release(&b);
	str_release(&result);
	work_done(&w);
	return 0;
}
