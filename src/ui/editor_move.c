/* SPDX-License-Identifier: MIT */
#include "core/label.h"
#include "core/place.h"
#include "ui/editor_inner.h"

#include <stdlib.h>
#include <string.h>

#define OVERLAP 2 /* rows that stay when paging */
#define WHEEL   3 /* rows a notch of the wheel */

void editor_unselect(struct editor *e)
{
	e->selected = e->marking = false;
}

void editor_select(struct editor *e, size_t begin, size_t end)
{
	e->anchor = begin;
	e->caret = (struct caret){end, false};
	e->selected = true;
	e->marking = false;
	e->want = -1;
}

bool editor_selection(const struct editor *e, size_t *begin, size_t *end)
{
	if (!e->selected || e->anchor == e->caret.pos)
		return false;
	*begin = e->anchor < e->caret.pos ? e->anchor : e->caret.pos;
	*end = e->anchor < e->caret.pos ? e->caret.pos : e->anchor;
	return true;
}

void editor_go(struct editor *e, struct caret caret, bool extend)
{
	if (caret.pos > e->doc->flat.len)
		caret.pos = e->doc->flat.len;
	if (extend || e->marking) {
		if (!e->selected)
			e->anchor = e->caret.pos;
		e->selected = true;
	} else {
		e->selected = false;
	}
	if (caret.pos != e->caret.pos)
		text_break(e->doc->text);
	e->caret = caret;
	e->want = -1;
}

/* ---- Steps ---- */

static struct caret line_end_before(const struct editor *e, size_t line)
{
	if (line == 0)
		return (struct caret){0, false};
	return (struct caret){doc_line_end(e->doc, doc_line_begin(e->doc, line - 1)), false};
}

static struct caret line_after(const struct editor *e, size_t line)
{
	return (struct caret){doc_line_next(e->doc, line), false};
}

static struct caret sideways(struct editor *e, bool right)
{
	size_t line = doc_line_begin(e->doc, e->caret.pos);
	struct layout *l = editor_layout(e, line, NULL);
	struct caret caret = {e->caret.pos - line, e->caret.upstream};

	if (caret.pos > l->bytes.len) /* between CR and LF */
		caret.pos = l->bytes.len;
	switch (right ? layout_right(l, &caret) : layout_left(l, &caret)) {
	case LAYOUT_BEFORE:
		return line_end_before(e, line);
	case LAYOUT_AFTER:
		return line_after(e, line);
	case LAYOUT_MOVED:
		break;
	}
	caret.pos += line;
	return caret;
}

/* So many rows up or down, as far as there are any, to the column wanted. */
static struct caret vertically(struct editor *e, int rows, int want)
{
	size_t line, row;
	int col;
	bool moved = true;

	editor_locate(e, &line, &row, &col);
	for (; rows > 0 && moved; rows--)
		moved = editor_row_down(e, &line, &row);
	for (; rows < 0 && moved; rows++)
		moved = editor_row_up(e, &line, &row);
	struct caret caret = layout_hit(editor_layout(e, line, NULL), row, want);
	caret.pos += line;
	return caret;
}

static struct caret up_or_down(struct editor *e, int rows, int want)
{
	size_t line, row;
	int col;
	struct caret caret = vertically(e, rows, want);

	/* From the first row up is the beginning, from the last one down the end. */
	if (caret.pos != e->caret.pos)
		return caret;
	editor_locate(e, &line, &row, &col);
	if (rows < 0 && line == 0 && row == 0)
		return (struct caret){0, false};
	if (rows > 0 && !editor_row_down(e, &line, &row))
		return (struct caret){e->doc->flat.len, false};
	return caret;
}

static struct caret by_word(struct editor *e, bool right)
{
	size_t line = doc_line_begin(e->doc, e->caret.pos);
	struct layout *l = editor_layout(e, line, NULL);
	size_t at = e->caret.pos - line;

	if (at > l->bytes.len)
		at = l->bytes.len;
	if (right)
		return at == l->bytes.len
			       ? line_after(e, line)
			       : (struct caret){line + layout_word_next(l, at), false};
	return at == 0 ? line_end_before(e, line)
		       : (struct caret){line + layout_word_previous(l, at), false};
}

static bool is_blank_line(const struct editor *e, size_t line)
{
	struct paragraph p;

	doc_paragraph(e->doc, line, &p);
	return p.kind == PARA_BLANK;
}

/* The begin of this paragraph, or of the one before where the caret is there already. */
static struct caret by_paragraph(const struct editor *e, bool down)
{
	size_t line = doc_line_begin(e->doc, e->caret.pos);

	if (down) {
		do {
			line = doc_line_next(e->doc, line);
		} while (line < e->doc->flat.len && is_blank_line(e, line));
		return (struct caret){line, false};
	}
	if (e->caret.pos > line && !is_blank_line(e, line))
		return (struct caret){line, false};
	while (line > 0) {
		line = doc_line_begin(e->doc, line - 1);
		if (!is_blank_line(e, line))
			break;
	}
	return (struct caret){line, false};
}

static struct caret row_border(struct editor *e, bool end)
{
	size_t line = doc_line_begin(e->doc, e->caret.pos);
	struct layout *l = editor_layout(e, line, NULL);
	struct caret caret = {e->caret.pos - line, e->caret.upstream};

	if (caret.pos > l->bytes.len)
		caret.pos = l->bytes.len;
	caret = end ? layout_end(l, caret) : layout_home(l, caret);
	caret.pos += line;
	return caret;
}

static struct caret by_page(struct editor *e, bool down, int want)
{
	int rows = e->rows > OVERLAP + 1 ? e->rows - OVERLAP : 1;
	struct caret caret = up_or_down(e, down ? rows : -rows, want);

	editor_scroll(e, down ? rows : -rows);
	return caret;
}

void editor_step(struct editor *e, enum editor_step step, bool extend)
{
	struct caret caret;
	int want = e->want, col;
	size_t line, row, from, to;

	if (want < 0) {
		editor_locate(e, &line, &row, &col);
		want = col;
	}
	/* Left and right leave a selection at its ends. */
	bool leaves = !extend && !e->marking && editor_selection(e, &from, &to) &&
		      (step == STEP_LEFT || step == STEP_RIGHT);
	if (leaves) {
		editor_go(e, (struct caret){step == STEP_LEFT ? from : to, false}, false);
		return;
	}
	switch (step) {
	case STEP_LEFT:
	case STEP_RIGHT:
		caret = sideways(e, step == STEP_RIGHT);
		break;
	case STEP_UP:
	case STEP_DOWN:
		caret = up_or_down(e, step == STEP_DOWN ? 1 : -1, want);
		break;
	case STEP_WORD_LEFT:
	case STEP_WORD_RIGHT:
		caret = by_word(e, step == STEP_WORD_RIGHT);
		break;
	case STEP_HOME:
	case STEP_END:
		caret = row_border(e, step == STEP_END);
		break;
	case STEP_PAGE_UP:
	case STEP_PAGE_DOWN:
		caret = by_page(e, step == STEP_PAGE_DOWN, want);
		break;
	case STEP_PARAGRAPH_UP:
	case STEP_PARAGRAPH_DOWN:
		caret = by_paragraph(e, step == STEP_PARAGRAPH_DOWN);
		break;
	case STEP_TOP:
		caret = (struct caret){0, false};
		break;
	case STEP_BOTTOM:
		caret = (struct caret){e->doc->flat.len, false};
		break;
	default:
		return;
	}
	editor_go(e, caret, extend);
	if (step == STEP_UP || step == STEP_DOWN || step == STEP_PAGE_UP ||
	    step == STEP_PAGE_DOWN)
		e->want = want;
}

/* Moves the page, not the caret; stops where the last row would leave the page. */
void editor_scroll(struct editor *e, int rows)
{
	size_t line = e->top, row = e->top_row;

	for (; rows < 0; rows++)
		if (!editor_row_up(e, &e->top, &e->top_row))
			return;
	for (int i = 1; i < e->rows; i++)
		if (!editor_row_down(e, &line, &row))
			return;
	for (; rows > 0; rows--) {
		if (!editor_row_down(e, &line, &row))
			return;
		editor_row_down(e, &e->top, &e->top_row);
	}
}

/* ---- Mouse ---- */

/* After scrolling, the caret comes along. */
static void wheel(struct editor *e, int rows)
{
	size_t line, row, at, at_row;
	int col, want = e->want;

	editor_scroll(e, rows);
	editor_locate(e, &line, &row, &col);
	if (want < 0)
		want = col;
	at = e->top;
	at_row = e->top_row;
	bool above = line < at || (line == at && row < at_row);
	int margin = e->rows > 6 ? 2 : 0;
	for (int i = 0; i < (above ? margin : e->rows - 1 - margin); i++) {
		if (!above && at == line && at_row == row)
			return;
		editor_row_down(e, &at, &at_row);
	}
	if (at == line && at_row == row)
		return;
	struct caret caret = layout_hit(editor_layout(e, at, NULL), at_row, want);
	caret.pos += at;
	editor_go(e, caret, false);
	e->want = want;
}

static void press(struct editor *e, const struct pointer *p)
{
	struct caret caret = editor_hit(e, p->row, p->col);
	size_t line = doc_line_begin(e->doc, caret.pos);

	if (p->clicks >= 3) {
		editor_select(e, line, doc_line_end(e->doc, line));
	} else if (p->clicks == 2) {
		struct layout_range word =
			layout_word_at(editor_layout(e, line, NULL), caret.pos - line);
		editor_select(e, line + word.begin, line + word.end);
	} else {
		editor_unselect(e);
		editor_go(e, caret, false);
		e->dragging = true;
	}
}

bool editor_pointer(struct editor *e, const struct pointer *p)
{
	if (p->kind == POINTER_WHEEL) {
		wheel(e, p->button * WHEEL);
		return true;
	}
	if (p->kind == POINTER_RELEASE) {
		e->dragging = false;
		return true;
	}
	if (p->button != 1)
		return false;
	if (p->kind == POINTER_DRAG) {
		if (e->dragging)
			editor_go(e, editor_hit(e, p->row, p->col), true);
		return true;
	}
	if (e->list_cols && p->col >= e->list_col) {
		uint32_t point = editor_points_at(e, p->row);
		if (point == BRACKET_NONE)
			return false;
		editor_unselect(e);
		editor_go(e,
			  (struct caret){point_begin(&e->doc->brackets,
						     &e->doc->brackets.points[point]),
					 false},
			  false);
		return true;
	}
	press(e, p);
	return true;
}

/* ---- Points ---- */

void editor_point_step(struct editor *e, bool onward)
{
	const struct brackets *b = &e->doc->brackets;
	bool wrapped;
	uint32_t point;

	doc_read(e->doc);
	point = onward ? doc_point_next(e->doc, e->caret.pos, &wrapped)
		       : doc_point_previous(e->doc, e->caret.pos, &wrapped);
	if (point == BRACKET_NONE) {
		views_message(e->view.views, MESSAGE_OK, "%s",
			      _("No points here: nothing is in brackets."));
		return;
	}
	editor_unselect(e);
	editor_go(e, (struct caret){point_begin(b, &b->points[point]), false}, false);
	if (wrapped)
		views_message(e->view.views, MESSAGE_INFO, "%s",
			      onward ? _("On from the first point.")
				     : _("On from the last point."));
}

/* ---- Going somewhere by name ---- */

static void goto_done(void *arg, const struct slice *text)
{
	struct editor *e = arg;

	if (text)
		editor_goto(e, *text);
}

void editor_goto_ask(struct editor *e)
{
	struct prompt_request request = {
		.label = _("Go to"),
		.hint = _("12 a paragraph, [5 a point, :40 a line, or a point's id"),
		.history = "goto",
		.done = goto_done,
		.arg = e};

	views_ask(e->view.views, &request);
}

static bool read_number(struct slice s, size_t *n)
{
	*n = 0;
	for (size_t i = 0; i < s.len; i++) {
		if (s.p[i] < '0' || s.p[i] > '9' || *n > 100000000)
			return false;
		*n = *n * 10 + (size_t)(s.p[i] - '0');
	}
	return s.len > 0;
}

static bool go_to(struct editor *e, size_t pos)
{
	editor_unselect(e);
	editor_go(e, (struct caret){pos, false}, false);
	return true;
}

static bool goto_point(struct editor *e, size_t n)
{
	const struct brackets *b = &e->doc->brackets;

	if (n < 1 || n > b->n_points)
		return false;
	return go_to(e, point_begin(b, &b->points[n - 1]));
}

static bool goto_line(struct editor *e, struct slice where)
{
	const struct draft *d = &e->doc->draft;
	struct places places;
	const char *colon = memchr(where.p, ':', where.len);
	struct slice line = where, column = {"1", 1};
	struct place place;

	if (colon) {
		line.len = (size_t)(colon - where.p);
		column = slice_make(colon + 1, where.len - line.len - 1);
	}
	if (!read_number(line, &place.line) || !read_number(column, &place.column) ||
	    !place.line || !place.column)
		return false;
	if (place.line > d->n)
		return go_to(e, e->doc->flat.len);
	/* The reading has the lines; only the column is looked for. */
	const struct paragraph *p = &d->v[place.line - 1];
	place.line = 1;
	places_init(&places, slice_make(e->doc->flat.p + p->begin, p->end - p->begin));
	size_t pos = p->begin + places_offset(&places, place);
	places_release(&places);
	return go_to(e, pos);
}

static bool goto_any(struct editor *e, struct slice where)
{
	const struct doc *d = e->doc;
	struct slice rest = slice_make(where.p + 1, where.len - 1);
	size_t n;

	if (*where.p == ':')
		return goto_line(e, rest);
	if (*where.p == '[')
		return read_number(rest, &n) && goto_point(e, n);
	if (read_number(where, &n)) {
		uint32_t i = draft_paragraph_numbered(&d->draft, (uint32_t)n);
		return i != PARAGRAPH_NONE && go_to(e, d->draft.v[i].begin);
	}
	uint32_t point = brackets_by_id(&d->brackets, d->flat, where);
	return point != BRACKET_NONE && goto_point(e, (size_t)point + 1);
}

bool editor_goto(struct editor *e, struct slice where)
{
	while (where.len && *where.p == ' ') {
		where.p++;
		where.len--;
	}
	while (where.len && where.p[where.len - 1] == ' ')
		where.len--;
	if (!where.len)
		return false;
	doc_read(e->doc);
	if (goto_any(e, where))
		return true;
	views_message(e->view.views, MESSAGE_WARN,
		      _("There is no place \"%.*s\" in this draft."),
		      (int)(where.len < 60 ? where.len : 60), where.p);
	return false;
}
