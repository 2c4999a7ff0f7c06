/* SPDX-License-Identifier: MIT */
#include "ui/passage.h"

#include "core/label.h"
#include "core/mem.h"
#include "core/sorted.h"
#include "core/utf8.h"
#include "core/word.h"
#include "ui/layout.h"
#include "ui/paint.h"
#include "ui/theme.h"
#include "ui/tr.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define HANG       2  /* columns of a clause's further rows */
#define GONE_WORDS 4  /* shown of what is gone, where there is little room */
#define LABEL_MOST 12 /* bytes of a label that hangs */

void passage_init(struct passage *p)
{
	memset(p, 0, sizeof(*p));
}

void passage_release(struct passage *p)
{
	str_release(&p->bytes);
	free(p->v);
	free(p->row);
	passage_init(p);
}

/* A cell being written: bytes, a style for each, and where its lines begin. */
struct writing {
	struct passage *p;
	const struct compare *c;
	const struct compare_column *col;
	const struct compare_paragraph *paragraph;
	const struct passage_spec *spec;
	uint32_t *styles;
	size_t cap;
	uint32_t *painted; /* by byte of the paragraph; NULL */
	size_t mark;       /* where the first sign is; SIZE_MAX */
	size_t body;       /* where the text behind the label is; 0: there is no label */
	struct str broken; /* bytes, as they are broken into rows */
};

static void fill_styles(struct writing *w, size_t from, uint32_t style)
{
	if (w->p->bytes.len > w->cap) {
		w->cap = mem_grown(w->cap, w->p->bytes.len);
		w->styles = mem_array(w->styles, w->cap, sizeof(*w->styles));
	}
	for (size_t i = from; i < w->p->bytes.len; i++)
		w->styles[i] = style;
}

static void put(struct writing *w, uint32_t style, const char *p, size_t len)
{
	size_t from = w->p->bytes.len;

	str_add(&w->p->bytes, p, len);
	str_add(&w->broken, p, len);
	fill_styles(w, from, style);
}

static void put_text(struct writing *w, uint32_t style, const char *text)
{
	put(w, style, text, strlen(text));
}

/* How a label's blanks are shown: as one; and none before it. */
static bool is_spare_blank(const struct writing *w, size_t at)
{
	const struct str *out = &w->p->bytes;
	const char *p = w->col->text.text.p;

	if (p[at] == '\r')
		return true;
	return at < w->paragraph->body && (p[at] == ' ' || p[at] == '\t') &&
	       (!out->len || out->p[out->len - 1] == ' ');
}

/* Bytes of the text, with the styles they have there; ids are left out. */
static void put_source(struct writing *w, size_t begin, size_t end, bool is_new)
{
	const struct compare_column *col = w->col;
	size_t i;

	SORTED_SKIP(i, col->n_ids, col->ids[i].end <= begin);
	for (size_t at = begin; at < end; at++) {
		char byte = col->text.text.p[at];
		uint32_t style = STYLE_TEXT;

		if (i < col->n_ids && at >= col->ids[i].end)
			i++;
		if ((i < col->n_ids && at >= col->ids[i].begin) || is_spare_blank(w, at))
			continue;
		if (at == w->paragraph->body && at > w->paragraph->begin)
			w->body = w->p->bytes.len;
		if (byte == '\t')
			byte = ' ';
		if (is_new)
			style = STYLE_ADDED;
		else if (w->painted)
			style = w->painted[at - w->paragraph->begin];
		put(w, style, &byte, 1);
	}
}

/* A sign is never parted from its words: it is broken like a parenthesis. */
static void put_sign(struct writing *w, uint32_t style, const char *sign)
{
	bool opens = *sign == '[' || *sign == '{';
	size_t from = w->p->bytes.len;

	if (opens && w->mark == SIZE_MAX)
		w->mark = from;
	str_add_text(&w->p->bytes, sign);
	str_add_text(&w->broken, opens ? "((" : "))");
	fill_styles(w, from, style);
}

static size_t blanks_after(struct slice s)
{
	size_t n = 0;

	while (n < s.len && (s.p[s.len - n - 1] == '\n' || s.p[s.len - n - 1] == '\r'))
		n++;
	return n ? n : utf8_blanks_before(s.p, s.len);
}

/* Words that are gone: a few of them, unless all are asked for. Signs stand at words. */
static void put_gone(struct writing *w, struct slice gone)
{
	size_t before = utf8_blanks_at(gone.p, gone.len), after, end = 0, words = 0;
	enum token_kind kind;

	gone = slice_make(gone.p + before, gone.len - before);
	after = blanks_after(gone);
	gone.len -= after;
	while (end < gone.len && words < GONE_WORDS) {
		end += token_at(gone.p + end, gone.len - end, &kind);
		words += kind == TOKEN_WORD || kind == TOKEN_CHARACTER;
	}
	if (w->spec->how & PASSAGE_GONE || word_count(gone.p, gone.len) <= GONE_WORDS)
		end = gone.len;
	if (before)
		put_text(w, STYLE_TEXT, " ");
	put_sign(w, STYLE_DELETED, "[-");
	for (size_t i = 0; i < end; i++)
		put(w, STYLE_DELETED, gone.p[i] == '\n' ? " " : gone.p + i, 1);
	if (end < gone.len)
		put_text(w, STYLE_DELETED, " \xE2\x80\xA6");
	put_sign(w, STYLE_DELETED, "-]");
	if (after)
		put_text(w, STYLE_TEXT, " ");
}

static void put_new(struct writing *w, size_t begin, size_t end)
{
	const char *p = w->col->text.text.p;
	size_t from = begin + utf8_blanks_at(p + begin, end - begin);
	size_t to = end - blanks_after(slice_make(p + from, end - from));

	put_source(w, begin, from, false);
	if (from == end)
		return;
	put_sign(w, STYLE_ADDED, "{+");
	put_source(w, from, to, true);
	put_sign(w, STYLE_ADDED, "+}");
	put_source(w, to, end, false);
}

static void put_runs(struct writing *w, const struct compare_words *words)
{
	for (size_t i = 0; i < words->n; i++) {
		const struct compare_run *r = &words->v[i];
		bool replaced = i + 1 < words->n && words->v[i + 1].kind == COMPARE_NEW;

		if (r->kind == COMPARE_KEPT)
			put_source(w, r->begin, r->end, false);
		else if (r->kind == COMPARE_NEW)
			put_new(w, r->begin, r->end);
		else if (!replaced || w->spec->how & PASSAGE_GONE)
			put_gone(w, slice_make(words->gone.p + r->begin, r->end - r->begin));
	}
}

/* The styles of the paragraph's bytes as the text's own views have them. */
static void paint_source(struct writing *w)
{
	const struct doc *d = w->spec->doc;
	size_t begin = w->paragraph->begin, end = w->paragraph->end;

	w->painted = mem_array(NULL, end - begin + 1, sizeof(*w->painted));
	for (size_t at = begin; at < end;) {
		size_t line = doc_line_end(d, at), next = doc_line_next(d, at);
		struct paragraph p;

		if (line > end)
			line = end;
		doc_paragraph(d, at, &p);
		paint_text(&(struct paint){w->painted + (at - begin), at, line}, d, &p,
			   BRACKET_NONE);
		for (size_t i = line; i < next && i < end; i++)
			w->painted[i - begin] = STYLE_TEXT;
		if (next <= at)
			break;
		at = next;
	}
}

uint32_t passage_elsewhere(const struct compare *c, size_t row, size_t column)
{
	const struct compare_cell *x = compare_at(c, row, column);
	const struct compare_paragraph *p = NULL;

	if (x->other != COMPARE_NONE)
		p = compare_paragraph(c, x->other,
				      x->state == COMPARE_MOVED ? c->reference : column);
	return p ? p->number : 0;
}

static void put_note(struct writing *w, struct str *note)
{
	put(w, STYLE_DIM, note->p, note->len);
	str_release(note);
}

/* What stands in place of the words; false where they are to be shown. */
static bool put_stand_in(struct writing *w, size_t row, size_t column)
{
	const struct compare_cell *x = compare_at(w->c, row, column);
	bool full = w->spec->how & PASSAGE_FULL;
	struct str note = STR_INIT;

	if (x->state == COMPARE_MOVED_AWAY) {
		str_addf(&note, _("(moved to \302\266 %u)"),
			 passage_elsewhere(w->c, row, column));
		put_note(w, &note);
		return true;
	}
	if (x->paragraph == COMPARE_NONE) {
		if (x->state != COMPARE_SAME)
			put_text(w, STYLE_DIM, _("(none)"));
		return true;
	}
	if (full || column == w->c->reference)
		return false;
	if (x->group == 0 && x->state != COMPARE_MOVED) {
		put_text(w, STYLE_DIM, "=");
		return true;
	}
	if (!w->spec->as || x->state == COMPARE_MOVED)
		return false;
	put_text(w, STYLE_DIM, _("= as "));
	put_text(w, STYLE_DIM, w->spec->as);
	return true;
}

static void put_cell(struct writing *w, size_t row, size_t column)
{
	const struct compare_cell *x = compare_at(w->c, row, column);
	struct compare_words words = {.n = 0};
	struct str note = STR_INIT;

	w->paragraph = compare_paragraph(w->c, row, column);
	if (!put_stand_in(w, row, column)) {
		if (w->spec->doc)
			paint_source(w);
		if (x->state == COMPARE_MOVED) {
			str_addf(&note, _("(from \302\266 %u) "),
				 passage_elsewhere(w->c, row, column));
			put_note(w, &note);
		}
		compare_words(w->c, row, column, &words);
		put_runs(w, &words);
	}
	if (x->offered)
		put_text(w, STYLE_OK, " \xE2\x9C\x93");
	compare_words_release(&words);
	free(w->painted);
	w->painted = NULL;
}

/* ---- rows ---- */

static void add_row(struct passage *p, struct passage_row row)
{
	if (p->rows == p->cap_rows) {
		p->cap_rows = p->cap_rows ? 2 * p->cap_rows : 8;
		p->row = mem_array(p->row, (size_t)p->cap_rows, sizeof(*p->row));
	}
	p->row[p->rows++] = row;
}

/* In text from the right a sign's brackets turn round as others do. */
static void mirror_sign(char sign, char out[5])
{
	static const char pairs[] = "[]][{}}{";

	out[0] = '\0';
	for (size_t i = 0; pairs[i]; i += 2)
		if (pairs[i] == sign)
			out[0] = pairs[i + 1];
	out[1] = '\0';
}

static void add_glyph(struct writing *w, struct layout *l, const struct layout_unit *u,
		      size_t begin, int shift)
{
	struct passage *p = w->p;
	struct passage_glyph g = {.at = begin + u->shown_begin,
				  .row = p->rows,
				  .col = u->col - shift,
				  .width = u->width};

	if (g.col < 0 || g.col + g.width > w->spec->cols)
		return;
	assert(w->styles); /* a glyph has bytes */
	g.style = w->styles[g.at];
	if (!u->tab)
		g.len = (uint8_t)(u->shown_end - u->shown_begin);
	g.mirror[layout_mirror(l, u, g.mirror)] = '\0';
	if (g.mirror[0] && p->bytes.p[g.at] != w->broken.p[g.at])
		mirror_sign(p->bytes.p[g.at], g.mirror);
	MEM_GROW(p->v, p->n, p->cap);
	p->v[p->n++] = g;
}

/* One line of the cell. The box has a column for the caret, which there is none of here. */
static void lay_out_line(struct writing *w, size_t begin, size_t end, size_t body)
{
	struct layout_spec spec = {
		.width = w->spec->cols + 1, .tab = 8, .reorder = w->spec->reorder};
	struct layout l;

	if (body > begin && body < end && body - begin <= LABEL_MOST &&
	    w->spec->cols > 8 * HANG)
		spec.hang = HANG;
	layout_init(&l);
	layout_set(&l, slice_make(w->broken.p + begin, end - begin), &spec);
	for (size_t k = 0; layout_has_row(&l, k); k++) {
		const struct layout_row *row = layout_row(&l, k);
		struct passage_row r = {begin + row->begin, begin + row->end, row->left,
					row->right};
		int shift = row->rtl;

		r.left -= shift;
		r.right -= shift;
		if (w->mark >= r.begin && w->mark < r.end)
			w->p->first_mark = w->p->rows;
		for (size_t i = 0; i < row->n; i++)
			add_glyph(w, &l, &row->units[i], begin, shift);
		add_row(w->p, r);
	}
	layout_release(&l);
}

void passage_set(struct passage *p, const struct compare *c, size_t row, size_t column,
		 const struct passage_spec *spec)
{
	struct writing w = {
		.p = p, .c = c, .col = &c->columns[column], .spec = spec, .mark = SIZE_MAX};
	struct label label;

	str_clear(&p->bytes);
	p->n = 0;
	p->rows = p->first_mark = 0;
	put_cell(&w, row, column);
	for (size_t at = 0, end; at <= p->bytes.len; at = end + 1) {
		const char *lf = p->bytes.len > at
					 ? memchr(p->bytes.p + at, '\n', p->bytes.len - at)
					 : NULL;
		size_t body = at;

		end = lf ? (size_t)(lf - p->bytes.p) : p->bytes.len;
		if (end > at && label_read(p->bytes.p + at, end - at, &label) &&
		    label.kind != LABEL_HEADING)
			body = at + label.body;
		if (w.body > at && w.body < end)
			body = w.body;
		if (end > at || p->bytes.len == 0)
			lay_out_line(&w, at, end, body);
	}
	str_release(&w.broken);
	free(w.styles);
}

void passage_draw(const struct passage *p, struct canvas *c, int row, int col, int first,
		  int max, uint32_t over)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct passage_glyph *g = &p->v[i];
		int at = row + g->row - first;
		uint32_t style = g->style | over;

		if (g->row < first || g->row >= first + max)
			continue;
		if (!g->len)
			canvas_fill(c, (struct area){at, col + g->col, 1, g->width}, style);
		else if (g->mirror[0])
			canvas_text(c, at, col + g->col, style, g->mirror);
		else
			canvas_put(c, at, col + g->col, g->width, style, p->bytes.p + g->at,
				   g->len);
	}
}
