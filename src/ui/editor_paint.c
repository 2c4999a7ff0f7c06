/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "ui/editor_inner.h"

#include <stdlib.h>
#include <string.h>

/*
 * The look of the text: what its bytes are, as styles. Paints one row at a
 * time, from the outside in: the paragraph, what is not read, brackets from
 * the outermost inwards, problems, hits, the selection.
 */

/* A stretch of bytes being painted: styles[0] is of byte begin. */
struct painted_row {
	uint32_t *styles;
	size_t begin, end;
};

static void paint(const struct painted_row *r, size_t from, size_t to, uint32_t style,
		  uint32_t mask)
{
	if (from < r->begin)
		from = r->begin;
	if (to > r->end)
		to = r->end;
	for (size_t i = from; i < to; i++)
		r->styles[i - r->begin] = (r->styles[i - r->begin] & ~mask) | (style & mask);
}

#define NAME_BITS 0xFFu

/* ---- Brackets that overlap a stretch ---- */

/* The first bracket that begins at pos or after. */
static size_t bracket_from(const struct brackets *b, size_t pos)
{
	size_t low = 0, high = b->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (b->v[mid].begin < pos)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/*
 * Calls give for each bracket with a byte in begin to end, outer ones first.
 * Those that begin before are the ones around the last of them.
 */
static void each_bracket(const struct brackets *b, size_t begin, size_t end,
			 void (*give)(void *arg, const struct bracket *v), void *arg)
{
	size_t first = bracket_from(b, begin), n = 0, cap = 0;
	uint32_t *around = NULL;

	for (uint32_t i = first ? (uint32_t)first - 1 : BRACKET_NONE; i != BRACKET_NONE;
	     i = b->v[i].parent) {
		if (b->v[i].end <= begin)
			continue;
		MEM_GROW(around, n, cap);
		around[n++] = i;
	}
	while (n > 0)
		give(arg, &b->v[around[--n]]);
	for (size_t i = first; i < b->n && b->v[i].begin < end; i++)
		give(arg, &b->v[i]);
	free(around);
}

/* ---- Ids ---- */

struct id_list {
	const struct doc *doc;
	size_t begin, end;
	struct layout_range *v;
	size_t n, cap;
};

static void take_id(void *arg, const struct bracket *v)
{
	struct id_list *ids = arg;
	const char *p = ids->doc->flat.p;

	if (v->id_end <= v->id || v->id < ids->begin + 2 || v->id_end + 1 > ids->end)
		return;
	/* A stale reading may name what is an id no longer. */
	if (p[v->id - 2] != '{' || p[v->id - 1] != '#' || p[v->id_end] != '}')
		return;
	MEM_GROW(ids->v, ids->n, ids->cap);
	ids->v[ids->n++] =
		(struct layout_range){v->id - 2 - ids->begin, v->id_end + 1 - ids->begin};
}

static int by_begin(const void *a, const void *b)
{
	const struct layout_range *x = a, *y = b;

	return x->begin < y->begin ? -1 : x->begin > y->begin;
}

size_t editor_hidden(const struct doc *d, size_t begin, size_t end,
		     struct layout_range **ranges)
{
	struct id_list ids = {d, begin, end, NULL, 0, 0};
	size_t n = 0;

	each_bracket(&d->brackets, begin, end, take_id, &ids);
	if (ids.n > 1)
		qsort(ids.v, ids.n, sizeof(*ids.v), by_begin);
	for (size_t i = 0; i < ids.n; i++)
		if (n == 0 || ids.v[i].begin >= ids.v[n - 1].end)
			ids.v[n++] = ids.v[i];
	*ranges = ids.v;
	return n;
}

/* ---- Painting ---- */

struct painter {
	struct painted_row row;
	const struct editor *e;
	uint32_t base; /* style of the paragraph */
};

/* Separators are what lies between the options' parts; parties and guards what a part has
 * besides its text. */
static void paint_options(const struct painted_row *r, const struct brackets *b,
			  const struct bracket *v, uint32_t style)
{
	size_t at = v->inner;

	for (uint32_t i = v->option; i < v->option + v->n_options; i++) {
		const struct option *o = &b->options[i];
		if (o->part >= r->end)
			break;
		if (o->trailing || o->part_end < r->begin)
			continue;
		if (o->part > at)
			paint(r, at, o->part, style, NAME_BITS | STYLE_CURRENT);
		at = o->part_end;
		paint(r, o->part, o->begin, STYLE_PARTIES, NAME_BITS);
		paint(r, o->end, o->part_end, STYLE_PARTIES, NAME_BITS);
	}
}

static void paint_bracket(void *arg, const struct bracket *v)
{
	struct painter *p = arg;
	const struct brackets *b = &p->e->doc->brackets;
	const struct painted_row *r = &p->row;
	uint32_t style =
		style_bracket(v->depth) | (v->point == p->e->point ? STYLE_CURRENT : 0);

	/* What is inside is text again, whatever is around it. */
	paint(r, v->inner, v->inner_end, p->base, NAME_BITS);
	paint(r, v->begin, v->inner, style, NAME_BITS | STYLE_CURRENT);
	paint(r, v->inner_end, v->close, style, NAME_BITS | STYLE_CURRENT);
	paint(r, v->close, v->end, STYLE_PARTIES, NAME_BITS);
	if (v->kind == KIND_PLACEHOLDER)
		paint(r, v->inner, v->inner_end, STYLE_PLACEHOLDER, NAME_BITS);
	else
		paint_options(r, b, v, style);
}

static enum style_name style_of(const struct paragraph *p)
{
	switch (p->kind) {
	case PARA_HEADING:
	case PARA_TITLE:
	case PARA_CALL:
		return STYLE_HEADING;
	case PARA_FRONT:
	case PARA_FENCE:
	case PARA_COMMENT:
		return STYLE_DIM;
	default:
		return STYLE_TEXT;
	}
}

static void paint_unread(const struct painted_row *r, const struct brackets *b)
{
	size_t low = 0, high = b->n_unread;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (b->unread[mid].end <= r->begin)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < b->n_unread && b->unread[low].begin < r->end; low++)
		paint(r, b->unread[low].begin, b->unread[low].end, STYLE_DIM, NAME_BITS);
}

static void paint_skipped(const struct painted_row *r, const struct brackets *b)
{
	size_t low = 0, high = b->n_skipped;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (b->skipped[mid].end <= r->begin)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < b->n_skipped && b->skipped[low].begin < r->end; low++)
		paint(r, b->skipped[low].begin, b->skipped[low].end, STYLE_SKIPPED, NAME_BITS);
}

static void paint_problems(const struct painted_row *r, const struct brackets *b)
{
	size_t low = 0, high = b->n_problems;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (b->problems[mid].at < r->begin)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < b->n_problems && b->problems[low].at < r->end; low++)
		paint(r, b->problems[low].at, b->problems[low].at + b->problems[low].len,
		      STYLE_PROBLEM, NAME_BITS);
}

static void paint_hits(const struct painted_row *r, const struct editor *e)
{
	const struct editor_search *s = &e->search;

	if (!s->shown || s->revision != e->doc->revision)
		return;
	for (size_t i = editor_search_from(s, r->begin);
	     i < s->hits.n && s->hits.v[i].begin < r->end; i++) {
		uint32_t style = STYLE_HIT;
		if (s->hits.v[i].begin == e->caret.pos)
			style |= STYLE_STRONG;
		paint(r, s->hits.v[i].begin, s->hits.v[i].end, style, STYLE_HIT | STYLE_STRONG);
	}
}

/* The marks of emphasis around a call or title are no letters of it. */
static void paint_emphasis(const struct painted_row *r, const struct doc *d,
			   const struct paragraph *p)
{
	const char *text = d->flat.p;
	size_t begin = p->body, end = p->end;

	if (style_of(p) != STYLE_HEADING)
		return;
	while (begin < end && (text[begin] == '*' || text[begin] == '_'))
		begin++;
	while (end > begin && (text[end - 1] == '*' || text[end - 1] == '_'))
		end--;
	if (begin == p->body || end == p->end)
		return;
	paint(r, p->body, begin, STYLE_DIM, NAME_BITS);
	paint(r, end, p->end, STYLE_DIM, NAME_BITS);
}

void editor_paint(struct editor *e, const struct paragraph *p, size_t begin, size_t end)
{
	const struct brackets *b = &e->doc->brackets;
	struct painter painter;
	size_t from, to;

	if (end - begin >= e->cap_styles) {
		e->cap_styles = mem_grown(e->cap_styles, end - begin + 1);
		e->styles = mem_array(e->styles, e->cap_styles, sizeof(*e->styles));
	}
	painter = (struct painter){{e->styles, begin, end}, e, style_of(p)};
	for (size_t i = 0; i <= end - begin; i++)
		e->styles[i] = style_of(p);
	paint(&painter.row, p->label, p->label_end, STYLE_CLAUSE, NAME_BITS);
	paint_emphasis(&painter.row, e->doc, p);
	each_bracket(b, begin, end, paint_bracket, &painter);
	paint_skipped(&painter.row, b);
	paint_unread(&painter.row, b);
	paint_problems(&painter.row, b);
	paint_hits(&painter.row, e);
	if (editor_selection(e, &from, &to))
		paint(&painter.row, from, to, STYLE_SELECTED, STYLE_SELECTED);
}
