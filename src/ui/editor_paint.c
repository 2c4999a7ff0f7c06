/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "ui/editor_inner.h"
#include "ui/paint.h"

/* What the editor lays over the look of the text (ui/paint): hits of a search, the selection.
 */

static void paint_hits(const struct paint *r, const struct editor *e)
{
	const struct editor_search *s = &e->search;

	if (!s->shown || s->revision != e->doc->revision)
		return;
	for (size_t i = editor_search_from(s, r->begin);
	     i < s->hits.n && s->hits.v[i].begin < r->end; i++) {
		uint32_t style = STYLE_HIT;
		if (s->hits.v[i].begin == e->caret.pos)
			style |= STYLE_STRONG;
		paint_over(r, s->hits.v[i].begin, s->hits.v[i].end, style,
			   STYLE_HIT | STYLE_STRONG);
	}
}

void editor_paint(struct editor *e, const struct paragraph *p, size_t begin, size_t end)
{
	struct paint row;
	size_t from, to;

	if (end - begin >= e->cap_styles) {
		e->cap_styles = mem_grown(e->cap_styles, end - begin + 1);
		e->styles = mem_array(e->styles, e->cap_styles, sizeof(*e->styles));
	}
	row = (struct paint){e->styles, begin, end};
	paint_text(&row, e->doc, p, e->point);
	e->styles[end - begin] = paint_base(p);
	paint_hits(&row, e);
	if (editor_selection(e, &from, &to))
		paint_over(&row, from, to, STYLE_SELECTED, STYLE_SELECTED);
}
