/* SPDX-License-Identifier: MIT */
#include "ui/prose.h"

#include "core/escape.h"
#include "core/mem.h"
#include "ui/layout.h"
#include "ui/paint.h"
#include "ui/theme.h"

#include <stdlib.h>
#include <string.h>

void prose_init(struct prose *p)
{
	memset(p, 0, sizeof(*p));
	p->mark = p->mark_end = -1;
}

void prose_release(struct prose *p)
{
	free(p->v);
	prose_init(p);
}

void prose_add_blank(struct prose *p)
{
	p->rows++;
}

/* A stretch of one line being laid out. */
struct stretch {
	struct prose *p;
	const struct doc *d;
	const struct prose_spec *spec;
	size_t begin, end;
	uint32_t *styles;
};

static void add_glyph(struct stretch *s, struct layout *l, const struct layout_unit *u)
{
	struct prose *p = s->p;
	size_t pos = s->begin + u->shown_begin;
	struct prose_glyph g = {.pos = pos, .row = p->rows, .col = u->col, .width = u->width};

	g.style = s->styles[u->shown_begin];
	if (!u->tab)
		g.len = (uint8_t)(u->shown_end - u->shown_begin);
	g.mirror[layout_mirror(l, u, g.mirror)] = '\0';
	if (u->col + u->width > p->width)
		p->width = u->col + u->width;
	MEM_GROW(p->v, p->n, p->cap);
	p->v[p->n++] = g;
	if (pos >= s->spec->mark && pos < s->spec->mark_end) {
		if (p->mark < 0)
			p->mark = p->rows;
		/* In a right-to-left row what is read first is not what comes first. */
		if (pos == s->spec->mark && p->mark == p->rows)
			p->mark_col = u->col;
		p->mark_end = p->rows;
	}
}

static void paint_line(struct stretch *s, const struct paragraph *paragraph)
{
	struct paint r = {s->styles, s->begin, s->end};

	paint_text(&r, s->d, paragraph, s->spec->point);
	for (size_t i = 0; i < s->spec->n_tints && s->spec->tints[i].begin < s->end; i++)
		paint_over(&r, s->spec->tints[i].begin, s->spec->tints[i].end,
			   s->spec->tints[i].style,
			   s->spec->tints[i].style == STYLE_CURRENT ? STYLE_CURRENT
								    : PAINT_NAME);
	if (s->spec->dim)
		paint_over(&r, s->begin, s->end, STYLE_DIM, PAINT_NAME);
	paint_over(&r, s->spec->mark, s->spec->mark_end, STYLE_CURRENT, STYLE_CURRENT);
}

/* Adds the backslashes of escapes to the ids that are hidden, in order. */
static size_t hide_escapes(const struct stretch *s, struct layout_range **hidden, size_t n)
{
	struct slice text = s->d->flat;
	struct layout_range *all = NULL;
	size_t count = 0, cap = 0, next = 0;

	for (size_t at = s->begin; at < s->end; at++) {
		size_t len = text.p[at] == '\\' ? escape_at(text.p + at, text.len - at) : 0;

		if (!len || brackets_is_unread(&s->d->brackets, at))
			continue;
		for (; next < n && (*hidden)[next].begin < at - s->begin; next++) {
			MEM_GROW(all, count, cap);
			all[count++] = (*hidden)[next];
		}
		MEM_GROW(all, count, cap);
		all[count++] = (struct layout_range){at - s->begin, at - s->begin + 1};
		at += len - 1;
	}
	for (; next < n; next++) {
		MEM_GROW(all, count, cap);
		all[count++] = (*hidden)[next];
	}
	free(*hidden);
	*hidden = all;
	return count;
}

static void add_line(struct stretch *s)
{
	struct layout_spec spec = {
		.width = s->spec->cols, .tab = 8, .reorder = s->spec->reorder};
	struct layout_range *hidden;
	struct paragraph paragraph;
	struct layout l;

	doc_paragraph(s->d, doc_line_begin(s->d, s->begin), &paragraph);
	spec.hang = spec.first = s->spec->hang;
	if (paragraph.begin == s->begin && paragraph.label_end > paragraph.label &&
	    paragraph.body < s->end) {
		spec.body = paragraph.body - s->begin;
		spec.first = 0;
	}
	spec.n_hidden = paint_hidden(s->d, s->begin, s->end, &hidden);
	if (s->spec->plain && memchr(s->d->flat.p + s->begin, '\\', s->end - s->begin))
		spec.n_hidden = hide_escapes(s, &hidden, spec.n_hidden);
	spec.hidden = hidden;
	s->styles = mem_array(NULL, s->end - s->begin + 1, sizeof(*s->styles));
	paint_line(s, &paragraph);
	layout_init(&l);
	layout_set(&l, slice_make(s->d->flat.p + s->begin, s->end - s->begin), &spec);
	for (size_t k = 0; layout_has_row(&l, k); k++, s->p->rows++) {
		const struct layout_row *row = layout_row(&l, k);
		for (size_t i = 0; i < row->n; i++)
			add_glyph(s, &l, &row->units[i]);
	}
	layout_release(&l);
	free(hidden);
	free(s->styles);
}

void prose_add(struct prose *p, const struct doc *d, size_t begin, size_t end,
	       const struct prose_spec *spec)
{
	while (begin < end) {
		struct stretch s = {.p = p, .d = d, .spec = spec, .begin = begin};
		size_t next = doc_line_next(d, begin);
		s.end = doc_line_end(d, begin);
		if (s.end > end)
			s.end = end;
		if (s.end > begin)
			add_line(&s);
		else
			prose_add_blank(p);
		if (next <= begin)
			break;
		begin = next;
	}
}

int prose_draw(const struct prose *p, const struct doc *d, struct canvas *c, int row, int col,
	       int first, int max)
{
	int rows = p->rows - first < max ? p->rows - first : max;

	for (size_t i = 0; i < p->n; i++) {
		const struct prose_glyph *g = &p->v[i];
		int at = row + g->row - first;
		if (g->row < first || g->row >= first + max)
			continue;
		if (!g->len)
			canvas_fill(c, (struct area){at, col + g->col, 1, g->width}, g->style);
		else if (g->mirror[0])
			canvas_text(c, at, col + g->col, g->style, g->mirror);
		else
			canvas_put(c, at, col + g->col, g->width, g->style, d->flat.p + g->pos,
				   g->len);
	}
	return rows < 0 ? 0 : rows;
}
