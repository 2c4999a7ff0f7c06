/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "core/show.h"
#include "ui/editor_inner.h"
#include "ui/told.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OPTION_LEAST 8                   /* columns an option gets at least */
#define COUNTED      ((size_t)256 << 10) /* bytes selected whose words are counted at a key */

void editor_draw(const struct view *v, struct canvas *c)
{
	const struct editor *e = (const struct editor *)v;

	editor_rows_draw(e, c);
	if (e->list_cols)
		editor_draw_points(e, c);
	if (e->cursor_row >= 0)
		canvas_cursor(c, e->cursor_row, e->cursor_col, CURSOR_BLOCK);
}

static void add_dot(struct str *out)
{
	if (out->len)
		str_add_text(out, " \xC2\xB7 ");
}

void editor_headline(const struct view *v, struct str *left, struct str *right)
{
	const struct editor *e = (const struct editor *)v;
	const struct doc *d = e->doc;
	uint32_t i = draft_paragraph_at(&d->draft, e->caret.pos);

	str_add_text(left, d->name);
	if (d->read_only || doc_is_dirty(d)) {
		str_add_text(left, d->read_only ? "  " : " \xE2\x97\x8F ");
		str_add_text(left, d->read_only ? _("read only") : _("unsaved"));
	}
	if (d->partial) {
		str_add_text(right, _("reading \u2026"));
		return;
	}
	if (i != PARAGRAPH_NONE && d->draft.n_paragraphs) {
		uint32_t at = i;
		while (at > 0 && !d->draft.v[at].number)
			at--;
		str_add_text(right, "\xC2\xB6 ");
		str_add_number(right, d->draft.v[at].number);
		str_add_char(right, '/');
		str_add_number(right, d->draft.n_paragraphs);
	}
	if (d->brackets.n_points) {
		add_dot(right);
		if (e->point != BRACKET_NONE)
			str_addf(right, _("point %u of %zu"), (unsigned)e->point + 1,
				 d->brackets.n_points);
		else
			str_addf(right, n_("%zu point", "%zu points", d->brackets.n_points),
				 d->brackets.n_points);
	}
	if (d->brackets.n_problems) {
		add_dot(right);
		str_addf(right, _("%zu unpaired"), d->brackets.n_problems);
	}
	if (d->words.total) {
		add_dot(right);
		told_number(right, d->words.total);
		str_add_char(right, ' ');
		str_add_text(right, n_("word", "words", d->words.total));
	}
}

/* ---- The status line: what the cursor is on ---- */

static const char *kind_word(const struct doc *d, uint32_t point)
{
	const struct point *p = &d->brackets.points[point];

	switch (p->kind) {
	case KIND_OPTIONAL:
		return _("this text or none");
	case KIND_ALTERNATIVES:
		return _("alternatives");
	case KIND_PLACEHOLDER:
		return _("to be filled in");
	case KIND_BLOCK:
		return _("block of paragraphs");
	}
	return "";
}

static void add_point_status(const struct editor *e, struct str *out)
{
	const struct doc *d = e->doc;
	const struct point *p = &d->brackets.points[e->point];

	str_addf(out, _("point %u"), (unsigned)e->point + 1);
	add_dot(out);
	str_add_text(out, kind_word(d, e->point));
	if (p->depth > 1 && p->parent != BRACKET_NONE) {
		add_dot(out);
		str_addf(out, _("inside point %u"), (unsigned)p->parent + 1);
	}
	if (e->linked) {
		add_dot(out);
		str_addf(out,
			 n_("same at %zu more place", "same at %zu more places", e->linked),
			 e->linked);
	}
}

/* While replacing: what stands at the hit, and what would come instead. */
static void add_replacement(const struct editor *e, struct find_hit hit, struct str *out)
{
	const struct editor_search *s = &e->search;
	struct str by = STR_INIT;
	struct error err = ERROR_INIT;

	if (s->replacing && find_expand(s->find, e->doc->flat, hit, str_slice(&s->replacement),
					&by, &err) == 0) {
		str_add_text(out, ": ");
		str_add(out, e->doc->flat.p + hit.begin, hit.end - hit.begin);
		str_add_text(out, " \u2192 ");
		if (by.len)
			str_add_slice(out, str_slice(&by));
		else
			str_add_text(out, _("nothing"));
	}
	str_release(&by);
}

/* Of a large selection about how many: it changes with every key. */
static void add_selected(const struct doc *d, size_t from, size_t to, struct str *out)
{
	size_t counted = to - from < COUNTED ? to - from : COUNTED;
	size_t words = word_count(d->flat.p + from, counted);

	if (counted == to - from) {
		str_addf(out, n_("%zu word selected", "%zu words selected", words), words);
		return;
	}
	words = words * ((to - from) / 1024) / (counted / 1024);
	str_addf(out, _("about %zu words selected"), (words + 500) / 1000 * 1000);
}

void editor_status(const struct view *v, struct str *out)
{
	const struct editor *e = (const struct editor *)v;
	const struct editor_search *s = &e->search;
	size_t from, to;

	if (editor_problem(e)) {
		str_add_text(out, _("unpaired bracket"));
		return;
	}
	if (s->shown && s->revision == e->doc->revision) {
		size_t i = editor_search_from(s, e->caret.pos);
		if (i < s->hits.n && s->hits.v[i].begin == e->caret.pos)
			str_addf(out, _("hit %zu of %zu"), i + 1, s->hits.n);
		else
			str_addf(out, n_("%zu hit", "%zu hits", s->hits.n), s->hits.n);
		if (s->hits.more)
			str_add_char(out, '+');
		if (i < s->hits.n && s->hits.v[i].begin == e->caret.pos)
			add_replacement(e, s->hits.v[i], out);
		return;
	}
	if (editor_selection(e, &from, &to)) {
		add_selected(e->doc, from, to, out);
		return;
	}
	if (e->marking)
		str_add_text(out, _("selecting: move the cursor"));
	else if (e->point != BRACKET_NONE)
		add_point_status(e, out);
}

/* ---- Below: the options of the point, or where in the draft this is ---- */

int editor_below_rows(const struct view *v, int rows, int cols)
{
	(void)v;
	(void)cols;
	return rows >= 30 ? 3 : rows >= 18 ? 2 : rows >= 14 ? 1 : 0;
}

struct line_of_options {
	struct canvas *c;
	int row, col, left;
};

static int parties_columns(const struct doc *d, const struct option *o)
{
	int cols = 0;

	for (uint32_t i = 0; i < o->n_parties; i++)
		cols += 1 + (int)strlen(d->parties->v[d->brackets.parties[o->party + i]].code);
	return cols ? cols + 1 : 0;
}

/* The option as it stands, or that it is no text. */
static void option_text(const struct doc *d, const struct option *o, struct str *out)
{
	if (o->no_text || o->begin == o->end)
		str_add_text(out, _("no text"));
	else
		brackets_without_ids(&d->brackets, d->flat, o->begin, o->end, out);
}

/* Draws one option; false where there is no more room. */
static bool draw_option(struct line_of_options *at, const struct editor *e,
			const struct option *o, size_t number, size_t left)
{
	const struct doc *d = e->doc;
	struct str text = STR_INIT, line = STR_INIT;
	int cols = at->c->window.cols, rows = at->c->window.rows;
	int digits = number > 9 ? 2 : 1, besides = digits + 1 + parties_columns(d, o) + 2;

	option_text(d, o, &text);
	int wants = layout_line(str_slice(&text), cols, false, &line, NULL);
	if (at->col > at->left && wants > cols - at->col - besides &&
	    cols - at->col - besides < cols / 3) {
		at->row++;
		at->col = at->left;
	}
	int room = cols - at->col - besides;
	bool fits = at->row < rows && room >= OPTION_LEAST;
	if (fits) {
		str_clear(&line);
		wants = layout_line(str_slice(&text), room, host_reorders(e->view.host), &line,
				    NULL);
		canvas_textf(at->c, at->row, at->col, STYLE_ACCENT, "%zu", number);
		at->col += digits + 1;
		at->col += canvas_put(at->c, at->row, at->col, wants,
				      o->no_text ? STYLE_PLACEHOLDER : STYLE_OPTION, line.p,
				      line.len);
		at->col += o->n_parties ? 1 : 0;
		for (uint32_t i = 0; i < o->n_parties; i++) {
			uint16_t party = d->brackets.parties[o->party + i];
			at->col += 1 + canvas_text(at->c, at->row, at->col, style_party(party),
						   d->parties->v[party].code);
		}
		at->col += 3;
	} else {
		canvas_textf(at->c, rows - 1, cols - 5, STYLE_DIM, " +%zu", left);
	}
	str_release(&text);
	str_release(&line);
	return fits;
}

static void draw_options(const struct editor *e, struct canvas *c)
{
	const struct doc *d = e->doc;
	const struct point *p = &d->brackets.points[e->point];
	struct line_of_options at = {c, 0, 1, 1};

	if (!p->n_options) {
		canvas_text(c, 0, 1, STYLE_PLACEHOLDER, _("no wording yet: F3 adds one"));
		return;
	}
	for (size_t k = 0; k < p->n_options; k++)
		if (!draw_option(&at, e, point_option(&d->brackets, p, k), k + 1,
				 p->n_options - k))
			return;
	if (at.col + 16 > c->window.cols && at.row + 1 < c->window.rows) {
		at.row++;
		at.col = at.left;
	}
	if (p->kind == KIND_OPTIONAL && p->n_options == 1 && at.col + 16 <= c->window.cols) {
		canvas_text(c, at.row, at.col, STYLE_ACCENT, "0");
		canvas_text(c, at.row, at.col + 2, STYLE_PLACEHOLDER, _("no text"));
	}
}

/* The call and clause that the cursor's paragraph stands under, where they are out of sight. */
static void draw_context(const struct editor *e, struct canvas *c)
{
	const struct doc *d = e->doc;
	uint32_t i = draft_paragraph_at(&d->draft, e->caret.pos);

	if (i == PARAGRAPH_NONE || doc_is_stale(d))
		return;
	uint32_t call = d->draft.v[i].call;
	if (call == PARAGRAPH_NONE || call == i || d->draft.v[call].begin >= e->top)
		return;
	const struct paragraph *p = &d->draft.v[call];
	struct str line = STR_INIT;
	layout_line(slice_make(d->flat.p + p->begin, p->end - p->begin), c->window.cols - 2,
		    host_reorders(e->view.host), &line, NULL);
	canvas_put(c, 0, 1, -1, STYLE_DIM, line.p, line.len);
	str_release(&line);
}

void editor_draw_below(const struct view *v, struct canvas *c)
{
	const struct editor *e = (const struct editor *)v;

	if (editor_problem(e))
		canvas_text(
			c, 0, 1, STYLE_PROBLEM,
			editor_problem(e)->kind == PROBLEM_UNCLOSED
				? _("This bracket is never closed: it counts as ordinary text.")
				: _("This bracket closes nothing: it counts as ordinary "
				    "text."));
	else if (e->point != BRACKET_NONE)
		draw_options(e, c);
	else
		draw_context(e, c);
}
