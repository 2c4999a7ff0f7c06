/* SPDX-License-Identifier: MIT */
#include "compare_impl.h"

#include "core/front.h"
#include "core/digest.h"
#include "core/label.h"
#include "core/mem.h"
#include "core/utf8.h"
#include "diff_impl.h"

#include <stdlib.h>
#include <string.h>

/* From bytes to a column's paragraphs, and what they say. */

/* ---- what stands ---- */

void map_add(const struct project_map *map, struct slice text, size_t begin, size_t end,
	     struct str *out)
{
	size_t low = project_map_from(map, begin);

	for (; low < map->n && map->v[low].from < end; low++) {
		size_t from = map->v[low].from, to = from + map->v[low].len;

		if (from < begin)
			from = begin;
		if (to > end)
			to = end;
		str_add(out, text.p + from, to - from);
	}
}

void map_offers(const struct compare_column *col, struct project_map *map)
{
	const struct brackets *b = &col->brackets;
	size_t len = col->text.text.len, begin = 0, end;
	char *out = mem_zalloc(len + 1); /* by byte: it is left out */

	for (size_t i = 0; i < b->n; i++) {
		const struct bracket *v = &b->v[i];
		size_t at = v->begin;

		for (uint32_t k = 0; k < v->n_options; k++) {
			const struct option *o = &b->options[v->option + k];

			if (o->begin == o->end || o->begin < at)
				continue;
			memset(out + at, 1, o->begin - at);
			at = o->end;
		}
		memset(out + at, 1, v->end - at);
	}
	*map = (struct project_map){.n = 0};
	for (size_t at = 0; begin < len; begin = end) {
		for (end = begin; end < len && out[end] == out[begin]; end++)
			;
		if (out[begin])
			continue;
		MEM_GROW(map->v, map->n, map->cap);
		map->v[map->n++] = (struct project_span){begin, at, end - begin};
		at += end - begin;
	}
	free(out);
}

/* Bytes of the blanks and line ends at p. */
static size_t gaps_at(const char *p, size_t len)
{
	size_t i = 0, n;

	while (i < len &&
	       (n = p[i] == '\n' || p[i] == '\r' ? 1 : utf8_blank_at(p + i, len - i)))
		i += n;
	return i;
}

size_t stands_body(struct slice s)
{
	const char *lf = s.len ? memchr(s.p, '\n', s.len) : NULL;
	size_t line = lf ? (size_t)(lf - s.p) : s.len, at;
	struct label label;

	at = gaps_at(s.p, s.len);
	if (at < line && label_read(s.p, line, &label) && label.kind != LABEL_HEADING)
		at = label.body + gaps_at(s.p + label.body, s.len - label.body);
	return at;
}

void plain_add(struct slice s, struct str *out)
{
	size_t first = out->len;

	for (size_t i = stands_body(s), n; i < s.len; i += n) {
		n = gaps_at(s.p + i, s.len - i);
		if (n) {
			str_add_char(out, ' ');
			continue;
		}
		while (i + n < s.len && !gaps_at(s.p + i + n, s.len - i - n))
			n++;
		str_add(out, s.p + i, n);
	}
	if (out->len > first && out->p[out->len - 1] == ' ')
		str_truncate(out, out->len - 1);
}

bool column_says(const struct compare_column *col, const struct project_map *map, uint32_t i,
		 struct slice said)
{
	struct str stands = STR_INIT, plain = STR_INIT;
	bool says;

	map_add(map, col->text.text, col->v[i].begin, col->v[i].end, &stands);
	plain_add(str_slice(&stands), &plain);
	says = slice_equal(str_slice(&plain), said);
	str_release(&stands);
	str_release(&plain);
	return says;
}

/* ---- paragraphs ---- */

/* How a reading goes on, as lines do. */
struct reader {
	struct compare_column *col;
	size_t cap, bracket, unread;
};

/* How far what hangs together with a line that ends at `end` reaches: fences, comments, and
 * brackets that offer whole lines. A block of paragraphs is paragraphs. */
static size_t reach(struct reader *r, size_t end)
{
	const struct brackets *b = &r->col->brackets;
	size_t far = end;

	for (; r->bracket < b->n && b->v[r->bracket].begin < end; r->bracket++) {
		const struct bracket *v = &b->v[r->bracket];

		if ((v->separator == SEP_LINES || v->separator == SEP_PARAGRAPH) &&
		    v->end > far)
			far = v->end;
	}
	for (; r->unread < b->n_unread && b->unread[r->unread].begin < end; r->unread++) {
		size_t stop = b->unread[r->unread].end;

		if (b->unread[r->unread].kind == UNREAD_FENCE) {
			const char *p = r->col->text.text.p;

			stop -= stop && p[stop - 1] == '\n';
			stop -= stop && p[stop - 1] == '\r';
		}
		if (stop > far)
			far = stop;
	}
	return far;
}

static bool is_blank(struct slice s, size_t begin, size_t end)
{
	return utf8_blanks_at(s.p + begin, end - begin) == end - begin;
}

static void add_paragraph(struct reader *r, struct compare_paragraph p)
{
	struct compare_column *col = r->col;
	struct slice s = col->text.text;
	struct str stands = STR_INIT;

	p.body = p.begin + stands_body(slice_make(s.p + p.begin, p.end - p.begin));
	map_add(&col->map, s, p.begin, p.end, &stands);
	p.plain = col->plain.len;
	plain_add(str_slice(&stands), &col->plain);
	p.plain_end = col->plain.len;
	p.row = COMPARE_NONE;
	MEM_GROW(col->v, col->n, r->cap);
	col->v[col->n++] = p;
	str_release(&stands);
}

static void read_paragraphs(struct compare_column *col)
{
	struct slice s = col->text.text;
	struct reader r = {.col = col};
	size_t at = front_matter_at(s), next, end;
	uint32_t number = 0;

	for (size_t i = 0; i < at; i = next) {
		end = unit_line_end(s, i, &next);
		number += !is_blank(s, i, end);
	}
	if (!at && slice_starts(s, "\xEF\xBB\xBF"))
		at = 3;
	while (r.unread < col->brackets.n_unread && col->brackets.unread[r.unread].end <= at)
		r.unread++;
	for (; at < s.len; at = next) {
		struct compare_paragraph p = {.begin = at};
		size_t far;

		p.end = unit_line_end(s, at, &next);
		if (is_blank(s, at, p.end))
			continue;
		p.number = ++number;
		while ((far = reach(&r, p.end)) > p.end && next < s.len) {
			while (p.end < far && next < s.len) {
				size_t line = next;

				p.end = unit_line_end(s, line, &next);
				number += !is_blank(s, line, p.end);
			}
		}
		add_paragraph(&r, p);
	}
}

void map_make(const struct compare_column *col, uint16_t party, struct project_map *map)
{
	uint32_t *choices = mem_array(NULL, col->brackets.n_points, sizeof(*choices));
	struct str all = STR_INIT;

	*map = (struct project_map){NULL, 0, 0};
	project_choices(&col->brackets, party, choices);
	project_plain(&col->brackets, col->text.text, choices, map, &all);
	str_release(&all);
	free(choices);
}

static int by_begin(const void *a, const void *b)
{
	const struct compare_id *x = a, *y = b;

	return (x->begin > y->begin) - (x->begin < y->begin);
}

static void find_ids(struct compare_column *col)
{
	size_t cap = 0;

	for (size_t i = 0; i < col->brackets.n; i++) {
		const struct bracket *v = &col->brackets.v[i];

		if (v->id == v->id_end)
			continue;
		MEM_GROW(col->ids, col->n_ids, cap);
		col->ids[col->n_ids++] = (struct compare_id){v->id - 2, v->id_end + 1};
	}
	if (col->n_ids)
		qsort(col->ids, col->n_ids, sizeof(*col->ids), by_begin);
}

void column_read(struct compare_column *col, const struct compare_text *text,
		 const struct parties *parties)
{
	*col = (struct compare_column){.text = *text};
	brackets_read(&col->brackets, text->text, parties);
	map_make(col, text->party, &col->map);
	find_ids(col);
	read_paragraphs(col);
}

void column_release(struct compare_column *col)
{
	brackets_release(&col->brackets);
	project_map_release(&col->map);
	str_release(&col->plain);
	free(col->ids);
	free(col->v);
}

/* ---- as they are aligned ---- */

static void fold_unit(const struct compare_column *col, const struct project_map *map,
		      struct input *in, struct unit *u)
{
	struct str stands = STR_INIT;
	struct slice s;
	size_t body;

	map_add(map, col->text.text, u->begin, u->end, &stands);
	s = str_slice(&stands);
	/* What stands only where somebody else has his way is recognised by all its words. */
	if (gaps_at(s.p, s.len) == s.len)
		s = slice_make(col->text.text.p + u->begin, u->end - u->begin);
	body = stands_body(s);
	u->canon = in->canon.len;
	add_folded(&in->canon, s.p, body);
	u->canon_body = in->canon.len;
	add_folded(&in->canon, s.p + body, s.len - body);
	while (in->canon.len > u->canon_body && in->canon.p[in->canon.len - 1] == ' ')
		str_truncate(&in->canon, in->canon.len - 1);
	u->canon_end = in->canon.len;
	str_release(&stands);
}

void column_units(const struct compare_column *col, const struct project_map *map,
		  struct input *in)
{
	*in = (struct input){.text = col->text.text, .party = col->text.party, .n = col->n};
	in->units = mem_zalloc((col->n + 1) * sizeof(*in->units));
	in->row = mem_array(NULL, col->n, sizeof(*in->row));
	in->came = mem_array(NULL, col->n, sizeof(*in->came));
	in->moved = mem_zalloc((col->n + 1) * sizeof(*in->moved));
	for (size_t i = 0; i < col->n; i++) {
		struct unit *u = &in->units[i];

		u->begin = col->v[i].begin;
		u->end = col->v[i].end;
		u->body = col->v[i].body;
		fold_unit(col, map, in, u);
	}
	/* The pool has stopped moving. */
	for (size_t i = 0; i < col->n; i++) {
		struct unit *u = &in->units[i];

		u->hash = digest_quick(in->canon.p + u->canon, u->canon_end - u->canon);
		u->body_hash =
			digest_quick(in->canon.p + u->canon_body, u->canon_end - u->canon_body);
	}
}

void column_units_done(struct input *in)
{
	free(in->units);
	free(in->row);
	free(in->came);
	free(in->moved);
	str_release(&in->canon);
}
