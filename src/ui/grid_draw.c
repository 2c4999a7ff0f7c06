/* SPDX-License-Identifier: MIT */
#include "grid_inner.h"

#include "core/mem.h"
#include "ui/canvas.h"
#include "ui/theme.h"
#include "ui/tr.h"
#include "ui/voice.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NUMBER_END    6 /* numbers of points end before this column */
#define WORDING_COL   8
#define WORDING_LEAST 14
#define SIGN_COLS     5 /* "!12*" and a blank */
#define CODE_MOST     7 /* of a long code */
#define VERDICT_SHORT 18
#define VERDICT_MOST  56
#define NARROW        64 /* screens below it have no column of verdicts */
#define INDENT_MOST   6
#define OPTION_LEAST  5
#define WIDE          110
#define TOTAL_ROWS    2

/* ---- widths ---- */

static int party_cols(const struct grid *g)
{
	const struct parties *all = grid_parties(g);
	int widest = SIGN_COLS - 2;

	for (size_t i = 0; i < all->n; i++) {
		int cols = canvas_columns(all->v[i].code, strlen(all->v[i].code));
		if (cols > widest)
			widest = cols;
	}
	return (widest < CODE_MOST ? widest : CODE_MOST) + 2;
}

struct grid_columns grid_columns(const struct grid *g, int cols)
{
	struct grid_columns w = {.number = NUMBER_END, .wording = WORDING_COL};
	size_t all = grid_parties(g)->n;
	int room, least = cols < NARROW ? 0 : VERDICT_SHORT;

	w.party_cols = party_cols(g);
	room = (cols - WORDING_COL - WORDING_LEAST - least - 1) / w.party_cols;
	if (room < 1)
		room = 1;
	w.n = (uint16_t)(all < (size_t)room ? all : (size_t)room);
	room = cols - WORDING_COL - w.n * w.party_cols - 1;
	if (least) {
		w.verdict_cols = room / 2 > least ? room / 2 : least;
		if (w.verdict_cols > VERDICT_MOST)
			w.verdict_cols = VERDICT_MOST;
		room -= w.verdict_cols + 1;
	}
	w.wording_cols = room - 1 > 4 ? room - 1 : 4;
	w.parties = WORDING_COL + w.wording_cols + 1;
	if (least)
		w.verdict = w.parties + w.n * w.party_cols + 1;
	return w;
}

/* Besides the heads, and the totals where there is room for them. */
int grid_table_rows(int rows)
{
	int left = rows - 1 - (rows >= 10 ? TOTAL_ROWS : 0);

	return left > 1 ? left : 1;
}

/* ---- a point's wordings on one line ---- */

void grid_option(const struct grid *g, const struct option *o, struct str *out)
{
	size_t from = out->len, to = from;

	brackets_without_ids(&g->doc->brackets, g->doc->flat, o->begin, o->end, out);
	/* Runs of line ends and blanks are one blank. */
	for (size_t i = from; i < out->len; i++) {
		char ch = out->p[i];

		if (ch == '\n' || ch == '\r' || ch == '\t')
			ch = ' ';
		if (ch != ' ' || to == from || out->p[to - 1] != ' ')
			out->p[to++] = ch;
	}
	str_truncate(out, to);
}

/* How many columns each of n wordings may have so that all are in sight: the short ones what
 * they need, the long ones the same. */
static int fair_share(const int *widths, size_t n, int room)
{
	int share = 0, last = -1;

	while (share > last) {
		int left = room;
		size_t wide = 0;

		last = share;
		for (size_t i = 0; i < n; i++) {
			wide += widths[i] > share;
			left -= widths[i] > share ? 0 : widths[i];
		}
		if (wide == 0)
			break;
		share = left / (int)wide;
	}
	return share > OPTION_LEAST ? share : OPTION_LEAST;
}

static void draw_options(const struct grid *g, struct canvas *c, int row, int col, int cols,
			 const struct point *p, uint32_t style)
{
	const struct brackets *b = &g->doc->brackets;
	size_t n = p->n_options < 32 ? p->n_options : 32;
	int end = col + cols, widths[32], share;
	struct str texts[32];

	for (size_t k = 0; k < n; k++) {
		const struct option *o = point_option(b, p, k);

		str_init(&texts[k]);
		if (o->no_text || o->begin == o->end)
			str_add_text(&texts[k], _("no text"));
		else
			grid_option(g, o, &texts[k]);
		widths[k] = canvas_columns(texts[k].p, texts[k].len);
	}
	share = fair_share(widths, n, cols - 3 * ((int)n - 1));
	for (size_t k = 0; k < n; k++) {
		int room = end - col < share ? end - col : share;

		if (room > 0)
			col += canvas_put_cut(c, row, col, room, style, texts[k].p,
					      texts[k].len);
		if (k + 1 < n && col + 3 < end)
			col += canvas_text(c, row, col, STYLE_BRACKET_1, " / ");
		str_release(&texts[k]);
	}
}

static void draw_wording(const struct grid *g, struct canvas *c, int row, int col, int cols,
			 const struct matrix_row *r, uint32_t style)
{
	const struct brackets *b = &g->doc->brackets;
	const struct point *p = &b->points[r->point];
	struct str text = STR_INIT;

	if (p->n_options > 1) {
		draw_options(g, c, row, col, cols, p, style);
		return;
	}
	/* One wording in brackets; its parties have their columns. A place to fill in as it
	 * stands. */
	if (p->n_options == 1 && point_option(b, p, 0)->begin < point_option(b, p, 0)->end) {
		str_add_char(&text, '[');
		grid_option(g, point_option(b, p, 0), &text);
		str_add_char(&text, ']');
	} else {
		brackets_without_ids(b, g->doc->flat, point_begin(b, p), b->v[p->last].close,
				     &text);
	}
	for (size_t i = 0; i < text.len; i++)
		if (text.p[i] == '\n' || text.p[i] == '\r')
			text.p[i] = ' ';
	canvas_put_cut(c, row, col, cols, p->n_options ? style : STYLE_PLACEHOLDER, text.p,
		       text.len);
	str_release(&text);
}

/* ---- rows ---- */

static void draw_heads(const struct grid *g, struct canvas *c, const struct grid_columns *w)
{
	const struct parties *all = grid_parties(g);
	int col = w->parties;

	canvas_put_right(c, 0, w->number, STYLE_DIM, "#", 1);
	canvas_put_cut(c, 0, w->wording, w->wording_cols, STYLE_DIM, _("point"),
		       strlen(_("point")));
	for (uint16_t i = 0; i < w->n; i++, col += w->party_cols) {
		uint16_t party = (uint16_t)(g->first_party + i);
		uint32_t style = style_party(party) | (party == g->party ? STYLE_CURRENT : 0);

		canvas_put_cut(c, 0, col, w->party_cols - 1, style, all->v[party].code,
			       strlen(all->v[party].code));
	}
	if (g->first_party > 0)
		canvas_text(c, 0, w->parties - 1, STYLE_ACCENT, "‹");
	if ((size_t)g->first_party + w->n < all->n)
		canvas_text(c, 0, col - 1, STYLE_ACCENT, "›");
	if (w->verdict)
		canvas_text(c, 0, w->verdict, STYLE_DIM, _("verdict"));
}

static void draw_sign(const struct grid *g, struct canvas *c, struct area cell, size_t index,
		      uint16_t party, bool chosen)
{
	const struct standing *s = matrix_cell(&g->m, index, party);
	struct str sign = STR_INIT;
	uint32_t style = voice_style(s);

	standing_sign(&sign, s, &g->m.rows[index].verdict);
	canvas_put(c, cell.row, cell.col, cell.cols, style, sign.p, sign.len);
	if (chosen) {
		canvas_restyle(c, cell, STYLE_SELECTED, STYLE_SELECTED);
		canvas_cursor(c, cell.row, cell.col, CURSOR_BLOCK);
	}
	str_release(&sign);
}

/* In few columns: "consensus 2", "near-consensus 2", "split". */
static void short_verdict(const struct verdict *v, struct str *out)
{
	str_add_text(out, _(verdict_word(v->kind)));
	if (v->kind != VERDICT_CONSENSUS && v->kind != VERDICT_NEAR)
		return;
	if (v->n_options > 1 || v->option == 0)
		str_addf(out, " %u", v->option);
}

static void draw_verdict(const struct grid *g, struct canvas *c, int row, size_t index,
			 const struct grid_columns *w)
{
	const struct matrix_row *r = &g->m.rows[index];
	struct str text = STR_INIT;

	if (r->deferred)
		str_addf(&text, "%s · ", _("put off"));
	if (w->verdict_cols >= 2 * VERDICT_SHORT)
		verdict_brief(&text, &r->verdict, matrix_row_cells(&g->m, index),
			      grid_parties(g), tr_text);
	else
		short_verdict(&r->verdict, &text);
	if (r->verdict.stale)
		str_add_text(&text, " *");
	canvas_put_cut(c, row, w->verdict, w->verdict_cols,
		       r->deferred ? STYLE_DEFERRED : voice_verdict_style(r->verdict.kind),
		       text.p, text.len);
	str_release(&text);
}

static void draw_row(const struct grid *g, struct canvas *c, int row, size_t index,
		     const struct grid_columns *w)
{
	const struct matrix_row *r = &g->m.rows[index];
	bool chosen = r->point == g->point;
	char number[24];
	int len = snprintf(number, sizeof(number), "%u", r->point + 1);
	int indent = g->sort == GRID_BY_TEXT ? 2 * ((int)r->depth - 1) : 0;

	if (indent > INDENT_MOST)
		indent = INDENT_MOST;
	if (chosen)
		canvas_text(c, row, 1, STYLE_ACCENT, "▸");
	canvas_put_right(c, row, w->number, chosen ? STYLE_ACCENT : STYLE_DIM, number,
			 (size_t)len);
	draw_wording(g, c, row, w->wording + indent, w->wording_cols - indent, r,
		     chosen ? STYLE_TEXT | STYLE_STRONG : STYLE_TEXT);
	for (uint16_t i = 0; i < w->n; i++) {
		struct area cell = {row, w->parties + i * w->party_cols, 1, w->party_cols - 1};
		uint16_t party = (uint16_t)(g->first_party + i);

		draw_sign(g, c, cell, index, party, chosen && party == g->party);
	}
	if (w->verdict)
		draw_verdict(g, c, row, index, w);
}

/* ---- totals ---- */

static void draw_total(const struct grid *g, struct canvas *c, int row,
		       const struct grid_columns *w, const char *label,
		       size_t (*count)(const struct matrix_tally *t))
{
	canvas_put_cut(c, row, w->wording, w->wording_cols, STYLE_DIM, label, strlen(label));
	for (uint16_t i = 0; i < w->n; i++) {
		size_t n = count(&g->m.outer[g->first_party + i]);

		canvas_textf(c, row, w->parties + i * w->party_cols, STYLE_DIM, n ? "%zu" : "·",
			     n);
	}
}

static size_t spoke_on(const struct matrix_tally *t)
{
	return t->supports + t->accepts + t->opposes + t->reserves;
}

static size_t objects_to(const struct matrix_tally *t)
{
	return t->objects;
}

static void draw_totals(const struct grid *g, struct canvas *c, int row,
			const struct grid_columns *w)
{
	struct str text = STR_INIT;

	draw_total(g, c, row, w, _("spoke on"), spoke_on);
	draw_total(g, c, row + 1, w, _("objects to"), objects_to);
	if (w->verdict) {
		str_addf(&text, n_("of %zu open", "of %zu open", g->m.n_outer), g->m.n_outer);
		canvas_put_cut(c, row, w->verdict, w->verdict_cols, STYLE_DIM, text.p,
			       text.len);
		str_clear(&text);
		str_addf(&text, _("consensus on %zu"), g->m.verdicts[VERDICT_CONSENSUS]);
		canvas_put_cut(c, row + 1, w->verdict, w->verdict_cols, STYLE_DIM, text.p,
			       text.len);
	}
	str_release(&text);
}

void grid_draw(const struct view *v, struct canvas *c)
{
	const struct grid *g = (const struct grid *)v;
	struct grid_columns w = grid_columns(g, c->window.cols);
	int rows = c->window.rows, table = grid_table_rows(rows);

	if (g->m.n == 0) {
		canvas_text(c, 1, WORDING_COL, STYLE_OK,
			    _("No open point is left in this draft."));
		canvas_cursor(c, 1, WORDING_COL, CURSOR_BLOCK);
		return;
	}
	draw_heads(g, c, &w);
	if (g->n_shown == 0)
		canvas_text(c, 2, WORDING_COL, STYLE_PLACEHOLDER,
			    g->consensus ? _("There is no point on which all who spoke agree.")
					 : _("No point has these words. Esc shows all."));
	for (int i = 0; i < table && g->top + (size_t)i < g->n_shown; i++)
		draw_row(g, c, 1 + i, g->shown[g->top + (size_t)i], &w);
	if (rows - 1 - table >= TOTAL_ROWS)
		draw_totals(g, c, 1 + table, &w);
}

void grid_headline(const struct view *v, struct str *left, struct str *right)
{
	const struct grid *g = (const struct grid *)v;

	str_addf(left, g->consensus ? _("%s · by consensus") : _("%s · positions"),
		 g->doc->name);
	if (g->filter.len)
		str_addf(right, _("with \"%.*s\" · "), (int)g->filter.len, g->filter.p);
	if (g->n_shown < g->m.n)
		str_addf(right, n_("%zu of %zu point", "%zu of %zu points", g->m.n), g->n_shown,
			 g->m.n);
	else
		str_addf(right, n_("%zu open", "%zu open", g->m.n_outer), g->m.n_outer);
	if (!g->consensus)
		str_addf(right, " · %s", _(grid_sort_word(g->sort)));
}

void grid_status(const struct view *v, struct str *out)
{
	const struct grid *g = (const struct grid *)v;

	if (g->m.n == 0)
		return;
	str_add_text(out, _("+ for, ~ accepts, - against"));
	/* Where not all of it fits, a dot says best by itself what it means. */
	if (g->cols >= WIDE)
		str_add_text(out, _(", ! red line, ° reserves, · silent, * changed since, "
				    "(2) named in the text"));
	else if (g->cols >= 78)
		str_add_text(out, _(", ! red line, ° reserves, * changed, (2) in text"));
}
