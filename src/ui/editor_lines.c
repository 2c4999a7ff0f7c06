/* SPDX-License-Identifier: MIT */
#include "ui/editor_inner.h"
#include "ui/paint.h"

#include <stdlib.h>
#include <string.h>

/*
 * The lines of the page, laid out. After most keys all lines but one are what they were, if
 * elsewhere in the text: what is remembered of them, and of the rows they are shown in, moves
 * along.
 */

#define MARGIN       EDITOR_MARGIN
#define NARROW       EDITOR_NARROW
#define LEVEL_INDENT 3 /* columns a level of clauses */
#define DEEPEST      5 /* levels that still indent */
#define GONE         SIZE_MAX

static int margin(const struct editor *e)
{
	return e->text_cols < NARROW ? 4 : MARGIN;
}

/* Blanks before the label, in columns; a tab reaches the next stop. */
static int leading_columns(const struct doc *d, const struct paragraph *p)
{
	int cols = 0;

	for (size_t i = p->begin; i < p->label && cols < 40; i++)
		cols += d->flat.p[i] == '\t' ? 8 - cols % 8 : 1;
	return cols;
}

/* Whether neutral paragraphs of this draft run from the right. */
static bool draft_is_rtl(const struct doc *d)
{
	const char *language = d->draft.front.language;

	return language &&
	       (strncmp(language, "ar", 2) == 0 || strncmp(language, "he", 2) == 0 ||
		strncmp(language, "fa", 2) == 0 || strncmp(language, "ur", 2) == 0);
}

#define LONG ((size_t)64 << 10) /* bytes of a paragraph that is not to be read on each key */

/* What changed in a long paragraph since it was laid out; false: not known. */
static bool is_known(const struct editor *e, const struct paragraph *p,
		     struct layout_change *change)
{
	const struct doc *d = e->doc;
	uint64_t stamp = layout_cache_stamp(&e->cache, p->begin);
	struct text_change c;

	if (!stamp || !text_change_since(d->text, stamp - 1, &c) || c.begin < p->begin ||
	    c.begin + c.new_len > p->end)
		return false;
	*change = (struct layout_change){c.begin - p->begin, c.begin + c.old_len - p->begin,
					 c.begin + c.new_len - p->begin};
	return true;
}

static struct layout *find_layout(struct editor *e, const struct paragraph *p,
				  const struct layout_spec *spec)
{
	struct slice text = slice_make(e->doc->flat.p + p->begin, p->end - p->begin);
	struct layout_change change;

	if (text.len < LONG)
		return layout_cache_get(&e->cache, p->begin, text, spec);
	return layout_cache_follow(&e->cache, p->begin, text, spec, e->doc->revision + 1,
				   is_known(e, p, &change) ? &change : NULL);
}

static struct layout *lay_out(struct editor *e, size_t line, struct paragraph *out)
{
	const struct doc *d = e->doc;
	struct layout_range *hidden = NULL;
	struct paragraph p;
	struct layout_spec spec = {.width = e->text_cols, .tab = 8};

	doc_paragraph(d, line, &p);
	uint32_t level = p.level > DEEPEST ? DEEPEST : p.level;
	int indent = p.kind != PARA_HEADING && level > 1 ? (int)(level - 1) * LEVEL_INDENT : 0;
	spec.hang = margin(e) + indent;
	spec.first = spec.hang;
	if (p.label_end > p.label && p.body > p.begin) {
		spec.body = p.body - p.begin;
		spec.first = indent - leading_columns(d, &p);
		if (spec.first < 0)
			spec.first = 0;
	}
	spec.reorder = host_reorders(e->view.host);
	/* Front matter and code are for machines, which read from the left. */
	spec.rtl_default = draft_is_rtl(d) && p.kind != PARA_FRONT && p.kind != PARA_FENCE &&
			   p.kind != PARA_COMMENT;
	spec.n_hidden = paint_hidden(d, p.begin, p.end, &hidden);
	spec.hidden = hidden;
	struct layout *l = find_layout(e, &p, &spec);
	free(hidden);
	*out = p;
	return l;
}

/* ---- What is remembered ---- */

void editor_forget_layouts(struct editor *e)
{
	for (size_t i = 0; i < EDITOR_MEMOS; i++)
		e->memos.line[i] = GONE;
	for (size_t i = 0; i < e->screen.n; i++)
		e->screen.v[i]->line = GONE;
	e->memos.generation = e->doc->generation;
}

/* Where a line is now; by may wrap around. */
static size_t moved(const struct doc_near *near, size_t line, size_t by)
{
	if (line == GONE || line < near->begin)
		return line;
	return line < near->old_end ? GONE : line + by;
}

void editor_lines_follow(struct editor *e)
{
	const struct doc_near *near = &e->doc->near;
	struct editor_memos *m = &e->memos;
	size_t by = near->end - near->old_end;

	if (m->generation == e->doc->generation)
		return;
	if (near->generation != e->doc->generation || m->generation + 1 != near->generation) {
		editor_forget_layouts(e);
		return;
	}
	for (size_t i = 0; i < EDITOR_MEMOS; i++) {
		if (m->line[i] != GONE && m->line[i] >= near->old_end)
			paragraph_move(&m->v[i].paragraph, by);
		m->line[i] = moved(near, m->line[i], by);
	}
	for (size_t i = 0; i < e->screen.n; i++)
		e->screen.v[i]->line = moved(near, e->screen.v[i]->line, by);
	m->generation = e->doc->generation;
}

/* The place of the line among those remembered, or of the one that makes room for it. A page
 * asks for one line again and again, then for the next. */
static size_t find_memo(struct editor_memos *m, size_t line)
{
	if (m->line[m->at] == line)
		return m->at;
	for (size_t k = 1; k < EDITOR_MEMOS; k++)
		if (m->line[(m->at + k) % EDITOR_MEMOS] == line)
			return (m->at + k) % EDITOR_MEMOS;
	m->next = (m->next + 1) % EDITOR_MEMOS;
	return m->next;
}

struct layout *editor_layout(struct editor *e, size_t line, struct paragraph *out)
{
	struct editor_memo *m;

	editor_lines_follow(e);
	e->memos.at = find_memo(&e->memos, line);
	m = &e->memos.v[e->memos.at];
	if (e->memos.line[e->memos.at] != line || m->text_cols != e->text_cols ||
	    m->version != m->layout->version) {
		m->layout = lay_out(e, line, &m->paragraph);
		m->version = m->layout->version;
		m->text_cols = e->text_cols;
		e->memos.line[e->memos.at] = line;
	}
	if (out)
		*out = m->paragraph;
	return m->layout;
}
