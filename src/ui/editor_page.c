/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "ui/editor_inner.h"
#include "ui/paint.h"

#include <stdlib.h>
#include <string.h>

#define MARGIN        6           /* columns for labels: "viii) " */
#define NARROW        60          /* below it, they get 4 */
#define COUNT_AT_ONCE (32 * 1024) /* bytes whose words cost nothing to count */
#define LEVEL_INDENT  3           /* columns a level of clauses */
#define DEEPEST       5           /* levels that still indent */
#define MEASURE       100         /* a longer line is hard to read */
#define CONTEXT       2           /* rows kept in sight above and below the caret */
#define LIST_COLS     34

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
	struct layout *l = layout_cache_get(
		&e->cache, line, slice_make(d->flat.p + p.begin, p.end - p.begin), &spec);
	free(hidden);
	*out = p;
	return l;
}

struct layout *editor_layout(struct editor *e, size_t line, struct paragraph *out)
{
	struct editor_memo *m = &e->memo[(line ^ line >> 6) % EDITOR_MEMOS];

	if (!m->layout || m->line != line || m->generation != e->doc->generation ||
	    m->text_cols != e->text_cols || m->version != m->layout->version) {
		m->layout = lay_out(e, line, &m->paragraph);
		m->version = m->layout->version;
		m->line = line;
		m->generation = e->doc->generation;
		m->text_cols = e->text_cols;
	}
	if (out)
		*out = m->paragraph;
	return m->layout;
}

void editor_forget_layouts(struct editor *e)
{
	memset(e->memo, 0, sizeof(e->memo));
}

bool editor_row_down(struct editor *e, size_t *line, size_t *row)
{
	if (*row + 1 < layout_rows(editor_layout(e, *line, NULL))) {
		++*row;
		return true;
	}
	size_t next = doc_line_next(e->doc, *line);
	if (next == *line || doc_line_begin(e->doc, next) == *line)
		return false;
	*line = next;
	*row = 0;
	return true;
}

bool editor_row_up(struct editor *e, size_t *line, size_t *row)
{
	if (*row > 0) {
		--*row;
		return true;
	}
	if (*line == 0)
		return false;
	*line = doc_line_begin(e->doc, *line - 1);
	*row = layout_rows(editor_layout(e, *line, NULL)) - 1;
	return true;
}

static struct caret within(const struct editor *e, size_t line)
{
	size_t end = doc_line_end(e->doc, line);
	size_t pos = e->caret.pos > end ? end : e->caret.pos;

	return (struct caret){pos - line, e->caret.upstream};
}

void editor_locate(struct editor *e, size_t *line, size_t *row, int *col)
{
	*line = doc_line_begin(e->doc, e->caret.pos);
	layout_locate(editor_layout(e, *line, NULL), within(e, *line), row, col);
}

struct caret editor_hit(struct editor *e, int row, int col)
{
	struct caret caret = {e->doc->flat.len, false};

	if (row < 0)
		row = 0;
	if ((size_t)row >= e->screen.n)
		return caret;
	const struct editor_row *r = &e->screen.v[row];
	caret = layout_hit(editor_layout(e, r->line, NULL), r->row, col - e->text_col);
	caret.pos += r->line;
	return caret;
}

void editor_follow(struct editor *e)
{
	struct text_change c;
	size_t *const places[] = {&e->caret.pos, &e->anchor, &e->top};
	size_t size;

	doc_refresh(e->doc);
	if (e->seen == e->doc->revision)
		return;
	if (text_change_since(e->doc->text, e->seen, &c))
		for (size_t i = 0; i < 3; i++) {
			if (*places[i] >= c.begin + c.old_len)
				*places[i] = *places[i] - c.old_len + c.new_len;
			else if (*places[i] > c.begin)
				*places[i] = c.begin;
		}
	e->seen = e->doc->revision;
	size = e->doc->flat.len;
	for (size_t i = 0; i < 3; i++)
		if (*places[i] > size)
			*places[i] = size;
	e->top = doc_line_begin(e->doc, e->top);
	editor_search_refresh(e);
}

/* ---- Scrolling ---- */

/* How many rows from the first shown to the caret's; -1: above it, `most`: that many or more.
 */
static int rows_to_caret(struct editor *e, size_t line, size_t row, int most)
{
	size_t at = e->top, at_row = e->top_row;

	if (line < at || (line == at && row < at_row))
		return -1;
	for (int n = 0; n < most; n++) {
		if (at == line && at_row == row)
			return n;
		if (!editor_row_down(e, &at, &at_row))
			return most;
	}
	return most;
}

/* Puts the caret's row so many rows below the top. */
static void put_caret_at(struct editor *e, size_t line, size_t row, int below)
{
	e->top = line;
	e->top_row = row;
	while (below-- > 0 && editor_row_up(e, &e->top, &e->top_row))
		;
}

static void keep_in_sight(struct editor *e)
{
	size_t line, row;
	int col, context = e->rows > 3 * CONTEXT ? CONTEXT : 0;

	e->top = doc_line_begin(e->doc, e->top);
	size_t rows = layout_rows(editor_layout(e, e->top, NULL));
	if (e->top_row >= rows)
		e->top_row = rows - 1;
	editor_locate(e, &line, &row, &col);
	int at = rows_to_caret(e, line, row, e->rows);
	if (at >= context && at < e->rows - context)
		return;
	if (at >= 0 && at < e->rows) {
		/* In sight, at the edge: a row or two more, where there are any. */
		int move = at < context ? at - context : at - (e->rows - context) + 1;
		editor_scroll(e, move);
		return;
	}
	/* A row or two beyond: scroll by these; far away: show its surroundings. */
	size_t old = e->top, old_row = e->top_row;
	put_caret_at(e, line, row, at < 0 ? context : e->rows - 1 - context);
	size_t near = e->top, near_row = e->top_row;
	for (int i = 0; i < e->rows / 2; i++) {
		if (near == old && near_row == old_row)
			return;
		if (!(at < 0 ? editor_row_down(e, &near, &near_row)
			     : editor_row_up(e, &near, &near_row)))
			break;
	}
	put_caret_at(e, line, row, e->rows / 3);
}

/* ---- Rows ---- */

/* Adds the row below the others, and the cursor where it is in it. */
static void add_row(struct editor *e, int row, size_t line, size_t k)
{
	size_t caret_row;
	int col;

	editor_rows_add(e, line, k);
	if (line != doc_line_begin(e->doc, e->caret.pos))
		return;
	struct layout *l = editor_layout(e, line, NULL);
	struct caret caret = within(e, line);
	if (layout_row_of(l, caret) != k)
		return;
	layout_locate(l, caret, &caret_row, &col);
	e->cursor_row = row;
	e->cursor_col = e->text_col + col;
}

static void share_columns(struct editor *e)
{
	int text = e->cols;

	e->list_cols = 0;
	if (e->list && e->cols >= EDITOR_LIST_NEEDS) {
		e->list_cols = e->cols >= 110 ? LIST_COLS + 6 : LIST_COLS - 6;
		text -= e->list_cols + 2;
	}
	e->list_col = e->cols - e->list_cols;
	e->text_col = text >= NARROW ? 1 : 0;
	e->text_cols = text - 2 * e->text_col;
	if (e->text_cols > MEASURE + MARGIN)
		e->text_cols = MEASURE + MARGIN;
}

static void find_point(struct editor *e)
{
	e->point = doc_point_at(e->doc, e->caret.pos);
	if (e->point == BRACKET_NONE || doc_is_stale(e->doc)) {
		e->linked = 0;
		e->linked_for = 0;
		return;
	}
	if (e->linked_for == e->doc->generation + 1 && e->linked_point == e->point)
		return;
	e->linked = doc_linked(e->doc, e->point);
	e->linked_for = e->doc->generation + 1;
	e->linked_point = e->point;
}

void editor_page(struct editor *e, int rows, int cols)
{
	e->rows = rows > 0 ? rows : 1;
	e->cols = cols;
	editor_follow(e);
	share_columns(e);
	if (e->doc->flat.len <= COUNT_AT_ONCE)
		doc_count(e->doc);
	find_point(e);
	keep_in_sight(e);
	editor_rows_begin(e);
	e->cursor_row = e->cursor_col = -1;
	size_t line = e->top, row = e->top_row;
	for (int i = 0; i < e->rows; i++) {
		add_row(e, i, line, row);
		if (!editor_row_down(e, &line, &row))
			break;
	}
	if (e->list_cols)
		editor_points_follow(e);
}
