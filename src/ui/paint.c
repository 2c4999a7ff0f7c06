/* SPDX-License-Identifier: MIT */
#include "ui/paint.h"

#include "core/mem.h"
#include "core/sorted.h"
#include "ui/theme.h"

#include <stdlib.h>
#include <string.h>

void paint_over(const struct paint *r, size_t from, size_t to, uint32_t style, uint32_t mask)
{
	if (from < r->begin)
		from = r->begin;
	if (to > r->end)
		to = r->end;
	for (size_t i = from; i < to; i++)
		r->styles[i - r->begin] = (r->styles[i - r->begin] & ~mask) | (style & mask);
}

/* ---- Brackets that overlap a stretch ---- */

/* The first bracket that begins at pos or after. */
static size_t bracket_from(const struct brackets *b, size_t pos)
{
	size_t i;

	SORTED_SKIP(i, b->n, b->v[i].begin < pos);
	return i;
}

/*
 * Calls give for each bracket with a byte in begin to end, outer ones first.
 * Those that begin before are the ones around the last of them; of what is around
 * one that holds the whole stretch inside, nothing shows there.
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
		if (b->v[i].inner <= begin && b->v[i].inner_end >= end)
			break;
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

size_t paint_hidden(const struct doc *d, size_t begin, size_t end, struct layout_range **ranges)
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
	const struct paint *row;
	const struct brackets *b;
	uint32_t point; /* in focus */
	uint32_t base;  /* style of the paragraph */
};

/* Separators are what lies between the options' parts; parties and guards what a part has
 * besides its text. */
static void paint_options(const struct paint *r, const struct brackets *b,
			  const struct bracket *v, uint32_t style)
{
	const struct option *options = &b->options[v->option];
	size_t at = v->inner, i;

	/* Of thousands of options few show in a row. */
	SORTED_SKIP(i, v->n_options, options[i].part_end < r->begin);
	for (; i < v->n_options; i++) {
		const struct option *o = &options[i];
		if (at >= r->end)
			break;
		if (o->trailing)
			continue;
		if (o->part > at)
			paint_over(r, at, o->part, style, PAINT_NAME | STYLE_CURRENT);
		at = o->part_end;
		paint_over(r, o->part, o->begin, STYLE_PARTIES, PAINT_NAME);
		paint_over(r, o->end, o->part_end, STYLE_PARTIES, PAINT_NAME);
	}
}

static void paint_bracket(void *arg, const struct bracket *v)
{
	struct painter *p = arg;
	const struct brackets *b = p->b;
	const struct paint *r = p->row;
	uint32_t style = style_bracket(v->depth) | (v->point == p->point ? STYLE_CURRENT : 0);

	/* What is inside is text again, whatever is around it. */
	paint_over(r, v->inner, v->inner_end, p->base, PAINT_NAME);
	paint_over(r, v->begin, v->inner, style, PAINT_NAME | STYLE_CURRENT);
	paint_over(r, v->inner_end, v->close, style, PAINT_NAME | STYLE_CURRENT);
	paint_over(r, v->close, v->end, STYLE_PARTIES, PAINT_NAME);
	if (v->kind == KIND_PLACEHOLDER)
		paint_over(r, v->inner, v->inner_end, STYLE_PLACEHOLDER, PAINT_NAME);
	else
		paint_options(r, b, v, style);
}

uint32_t paint_base(const struct paragraph *p)
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

static void paint_unread(const struct paint *r, const struct brackets *b)
{
	size_t i;

	SORTED_SKIP(i, b->n_unread, b->unread[i].end <= r->begin);
	for (; i < b->n_unread && b->unread[i].begin < r->end; i++)
		paint_over(r, b->unread[i].begin, b->unread[i].end, STYLE_DIM, PAINT_NAME);
}

static void paint_skipped(const struct paint *r, const struct brackets *b)
{
	size_t i;

	SORTED_SKIP(i, b->n_skipped, b->skipped[i].end <= r->begin);
	for (; i < b->n_skipped && b->skipped[i].begin < r->end; i++)
		paint_over(r, b->skipped[i].begin, b->skipped[i].end, STYLE_SKIPPED,
			   PAINT_NAME);
}

static void paint_problems(const struct paint *r, const struct brackets *b)
{
	size_t i;

	SORTED_SKIP(i, b->n_problems, b->problems[i].at < r->begin);
	for (; i < b->n_problems && b->problems[i].at < r->end; i++)
		paint_over(r, b->problems[i].at, b->problems[i].at + b->problems[i].len,
			   STYLE_PROBLEM, PAINT_NAME);
}

/* The marks of emphasis around a call or title are no letters of it. */
static void paint_emphasis(const struct paint *r, const struct doc *d,
			   const struct paragraph *p)
{
	const char *text = d->flat.p;
	size_t begin = p->body, end = p->end;

	if (paint_base(p) != STYLE_HEADING)
		return;
	while (begin < end && (text[begin] == '*' || text[begin] == '_'))
		begin++;
	while (end > begin && (text[end - 1] == '*' || text[end - 1] == '_'))
		end--;
	if (begin == p->body || end == p->end)
		return;
	paint_over(r, p->body, begin, STYLE_DIM, PAINT_NAME);
	paint_over(r, end, p->end, STYLE_DIM, PAINT_NAME);
}

void paint_text(const struct paint *r, const struct doc *d, const struct paragraph *p,
		uint32_t point)
{
	struct painter painter = {r, &d->brackets, point, paint_base(p)};

	for (size_t i = 0; i < r->end - r->begin; i++)
		r->styles[i] = painter.base;
	paint_over(r, p->label, p->label_end, STYLE_CLAUSE, PAINT_NAME);
	paint_emphasis(r, d, p);
	each_bracket(&d->brackets, r->begin, r->end, paint_bracket, &painter);
	paint_skipped(r, &d->brackets);
	paint_unread(r, &d->brackets);
	paint_problems(r, &d->brackets);
}
