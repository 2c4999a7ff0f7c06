/* SPDX-License-Identifier: MIT */
#include "consolidate_impl.h"

#include "core/mem.h"
#include "core/utf8.h"

#include <stdlib.h>

/* From written rows to the result; and whether it is read there as each row is by itself. */

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

void result_assemble(const struct work *w, struct written_row *rows,
		     const struct span_of_rows *p, struct str *out)
{
	const struct input *base = &w->inputs[0];
	size_t at = p->unit ? base->units[p->unit - 1].end : 0, k = p->row;

	str_clear(out);
	for (size_t s = p->unit; s < p->unit_end; s++) {
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
	if (p->unit_end < base->n)
		return;
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

/* What is looked at by several: whether rows are read as they should be. */
struct reading_rows {
	const struct work *w;
	const struct written_row *rows;
	const struct brackets *b;
	bool *alike;
};

static void compare_reading(void *context, size_t part)
{
	const struct reading_rows *x = context;
	size_t from = x->w->parts[part].row, to = x->w->parts[part].row_end;

	for (size_t k = from; k < to; k++)
		x->alike[k] = x->rows[k].way >= WAY_PLAIN ||
			      reads_alike(x->w, &x->w->rows[k], &x->rows[k], x->b);
}

bool result_settle(struct work *w, struct written_row *rows, const struct brackets *b)
{
	struct reading_rows x = {w, rows, b, mem_zalloc(w->n_rows * sizeof(bool))};
	bool changed = false;
	size_t far = 0;

	each_run(w->each, w->n_parts, compare_reading, &x);
	for (size_t k = 0; k < w->n_rows; k++) {
		if (rows[k].begin < far || x.alike[k])
			continue;
		/* What it swallows is as it should be once it does not. */
		far = part_reach(b, rows[k].begin, rows[k].end);
		written_row_write(w, k, rows[k].way + 1, &rows[k]);
		changed = true;
	}
	free(x.alike);
	return changed;
}
