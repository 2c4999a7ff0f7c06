/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "ui/editor_inner.h"

#include <stdlib.h>
#include <string.h>

/*
 * The rows of the screen. Most of them are the same from key to key, be it further up or down:
 * what was computed for one, and the cells it was drawn as, are kept for the next page. Those
 * of lines that did not change are known to be the same (ui/editor_lines.c). Of others the
 * styles are computed, for they come from all over the draft, and tell whether a row is still
 * the same.
 */

void editor_rows_release(struct editor_rows *rows)
{
	for (size_t i = 0; i < rows->cap; i++) {
		free(rows->v[i]->styles);
		free(rows->v[i]->glyphs);
		strip_release(&rows->v[i]->strip);
		str_release(&rows->v[i]->bytes);
		free(rows->v[i]);
	}
	free(rows->v);
	memset(rows, 0, sizeof(*rows));
}

static struct editor_look look_of(const struct editor *e)
{
	size_t from, to;

	return (struct editor_look){.point = e->point,
				    .n_points = e->doc->brackets.n_points,
				    .marked =
					    editor_selection(e, &from, &to) || e->search.shown,
				    .text_col = e->text_col,
				    .text_cols = e->text_cols,
				    .end = e->list_col};
}

/* A point keeps its number where their number stays: no line of another one changed. */
static bool is_alike(const struct editor_look *a, const struct editor_look *b)
{
	return !a->marked && !b->marked && a->point == b->point &&
	       (a->point == BRACKET_NONE || a->n_points == b->n_points) &&
	       a->text_col == b->text_col && a->text_cols == b->text_cols && a->end == b->end;
}

void editor_rows_begin(struct editor *e)
{
	struct editor_rows rows = e->before;
	struct editor_look look = look_of(e);

	editor_lines_follow(e);
	e->alike = is_alike(&look, &e->look);
	e->look = look;
	e->next_before = 0;
	e->before = e->screen;
	e->screen = rows;
	e->screen.n = 0;
}

/* One more row at the end, with what memory an earlier one left there. */
static struct editor_row *new_row(struct editor_rows *rows)
{
	size_t cap = rows->cap;

	MEM_GROW(rows->v, rows->n, rows->cap);
	for (; cap < rows->cap; cap++)
		rows->v[cap] = mem_zalloc(sizeof(**rows->v));
	return rows->v[rows->n++];
}

/* ---- Glyphs ---- */

/* Of so many there is room for. */
static struct editor_glyph *new_glyph(struct editor_row *r)
{
	struct editor_glyph *g = &r->glyphs[r->n_glyphs++];

	g->mirror[0] = '\0';
	return g;
}

static void add_glyph(struct editor_row *r, const struct layout *l, const struct layout_unit *u,
		      size_t row_begin)
{
	struct editor_glyph *g = new_glyph(r);
	size_t shown = u->shown_begin < u->shown_end ? u->shown_begin : u->begin;

	g->pos = u->shown_begin - row_begin;
	g->len = u->tab ? 0 : (uint32_t)(u->shown_end - u->shown_begin);
	g->style = r->styles[shown - row_begin];
	g->col = (short)(r->text_col + u->col);
	g->width = (short)u->width;
	if (u->level)
		layout_mirror(l, u, g->mirror);
}

static void add_glyphs(struct editor_row *r, struct layout *l)
{
	const struct layout_row *row = layout_row(l, r->row);

	r->n_glyphs = 0;
	MEM_GROW_BY(r->glyphs, 0, r->cap_glyphs, row->n + 1);
	for (size_t i = 0; i < row->n; i++)
		add_glyph(r, l, &row->units[i], row->begin);
	if (!r->line_end)
		return;
	/* A selection that goes over a line end shows it, by one column. */
	struct editor_glyph *g = new_glyph(r);
	g->pos = 0;
	g->len = 0;
	g->style = STYLE_TEXT | STYLE_SELECTED;
	g->col = (short)(r->text_col + row->end_col);
	g->width = 1;
}

/* ---- Rows that were shown before ---- */

/* Whether a row is laid out from its own bytes alone: from left to right, nothing hidden. Then
 * one with the same bytes looks the same, whatever changed before or after it. */
static bool is_plain(const struct layout *l, struct layout_range row)
{
	if (l->mixed || l->right_to_left)
		return false;
	for (size_t i = 0; i < l->spec.n_hidden; i++)
		if (l->spec.hidden[i].begin <= row.end && l->spec.hidden[i].end >= row.begin)
			return false;
	return true;
}

/* Whether the glyphs are the same: those of the same row of a layout, or of the same bytes in
 * the same place. */
static bool is_laid_out_same(const struct editor_row *was, const struct editor_row *r,
			     struct slice bytes)
{
	if (was->layout == r->layout && was->version == r->version && was->row == r->row)
		return true;
	return was->layout && was->plain && r->plain && was->width == r->width &&
	       was->hang == r->hang && !was->row == !r->row &&
	       (r->row || (was->first == r->first && was->label == r->label)) &&
	       slice_equal(str_slice(&was->bytes), bytes);
}

/* Whether was is what r is to be, whose styles are in e->styles. */
static bool is_same(const struct editor *e, const struct editor_row *was,
		    const struct editor_row *r, struct slice bytes)
{
	return was->n_styles == r->n_styles && is_laid_out_same(was, r, bytes) &&
	       was->text_col == r->text_col && was->end == r->end &&
	       was->line_end == r->line_end &&
	       memcmp(was->styles, e->styles, r->n_styles * sizeof(*e->styles)) == 0;
}

/* The same row of the page before, looked for around where this one stands; NULL. */
static struct editor_row **find_same(const struct editor *e, const struct editor_row *r,
				     struct slice bytes)
{
	size_t n = e->before.n, at = e->screen.n - 1;

	for (size_t i = 0; i < n; i++) {
		struct editor_row **was = &e->before.v[(at + i) % n];

		if (is_same(e, *was, r, bytes))
			return was;
	}
	return NULL;
}

/* The page's last row becomes what was stood for. */
static struct editor_row *keep(struct editor *e, struct editor_row **was)
{
	struct editor_row **last = &e->screen.v[e->screen.n - 1], *spare = *last;

	*last = *was;
	*was = spare;
	spare->layout = NULL;
	return *last;
}

/* The same row of the same line, which did not change; NULL. */
static struct editor_row **find_kept(struct editor *e, size_t line, size_t k)
{
	size_t n = e->alike ? e->before.n : 0;

	for (size_t i = 0; i < n; i++) {
		size_t at = (e->next_before + i) % n;
		struct editor_row **was = &e->before.v[at];

		if ((*was)->line != line || (*was)->row != k || !(*was)->layout)
			continue;
		e->next_before = at + 1;
		return was;
	}
	return NULL;
}

static bool goes_on_selected(const struct editor *e, size_t end)
{
	size_t from, to;

	return editor_selection(e, &from, &to) && from <= end && to > end;
}

void editor_rows_add(struct editor *e, size_t line, size_t k)
{
	struct editor_row *r = new_row(&e->screen), **was = find_kept(e, line, k);
	struct paragraph p;

	if (was) {
		keep(e, was);
		return;
	}
	struct layout *l = editor_layout(e, line, &p);
	struct layout_range bytes = layout_row_range(l, k);
	struct slice text = slice_make(l->bytes.p + bytes.begin, bytes.end - bytes.begin);

	r->line = line;
	r->row = k;
	r->plain = is_plain(l, bytes);
	r->width = l->spec.width;
	r->first = l->spec.first;
	r->hang = l->spec.hang;
	r->label = l->spec.body;
	r->layout = l;
	r->version = l->version;
	r->text_col = e->text_col;
	r->end = e->list_col;
	r->n_styles = bytes.end - bytes.begin + 1;
	r->line_end = !layout_has_row(l, k + 1) && goes_on_selected(e, p.end);
	editor_paint(e, &p, line + bytes.begin, line + bytes.end);
	was = find_same(e, r, text);
	if (was) {
		r = keep(e, was);
		r->line = line;
		r->row = k;
		r->layout = l;
		r->version = l->version;
		return;
	}
	if (r->n_styles > r->cap_styles) {
		r->cap_styles = mem_grown(r->cap_styles, r->n_styles);
		r->styles = mem_array(r->styles, r->cap_styles, sizeof(*r->styles));
	}
	memcpy(r->styles, e->styles, r->n_styles * sizeof(*r->styles));
	str_clear(&r->bytes);
	str_add_slice(&r->bytes, text);
	r->strip.number = 0;
	add_glyphs(r, l);
}

/* ---- Drawing ---- */

/* How many glyphs from the first on are one stretch of text, one column each, in one style. */
static size_t stretch(const struct editor_glyph *g, size_t n)
{
	size_t i = 1;

	if (g->len != 1 || g->width != 1)
		return 1;
	while (i < n && g[i].len == 1 && g[i].width == 1 && !g[i].mirror[0] &&
	       g[i].style == g->style && g[i].pos == g[i - 1].pos + 1 &&
	       g[i].col == g[i - 1].col + 1)
		i++;
	return i;
}

static void draw_glyphs(const struct editor_row *r, int row, struct canvas *c)
{
	size_t n;

	for (size_t i = 0; i < r->n_glyphs; i += n) {
		const struct editor_glyph *g = &r->glyphs[i];

		n = 1;
		if (g->col < 0)
			continue;
		if (!g->len) {
			canvas_fill(c, (struct area){row, g->col, 1, g->width}, g->style);
		} else if (g->mirror[0]) {
			canvas_text(c, row, g->col, g->style, g->mirror);
		} else {
			n = stretch(g, r->n_glyphs - i);
			canvas_put(c, row, g->col, n > 1 ? (int)n : g->width, g->style,
				   r->bytes.p + g->pos, n > 1 ? n : g->len);
		}
	}
}

void editor_rows_draw(const struct editor *e, struct canvas *c)
{
	for (size_t i = 0; i < e->screen.n; i++) {
		struct editor_row *r = e->screen.v[i];

		if (r->strip.number) {
			canvas_put_strip(c, (int)i, 0, &r->strip);
			continue;
		}
		draw_glyphs(r, (int)i, c);
		canvas_keep(c, (int)i, 0, r->end, &r->strip);
	}
}
