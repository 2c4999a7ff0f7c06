/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "preview_inner.h"
#include "ui/theme.h"
#include "ui/tr.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MARGIN     2
#define LABEL_COLS 6   /* for clause labels */
#define MEASURE    100 /* a longer line is hard to read */
#define TEXT_COL   7   /* of an option's text, after mark and number */

/* ---- the page: lines from the anchor on, as many as there is room for ---- */

static struct prose_spec spec_of(const struct preview *pv)
{
	int cols = pv->cols - 2 * MARGIN;
	bool nothing = pv->focus.end == pv->focus.begin;

	/* Where nothing is left, the place is the byte after it. */
	return (struct prose_spec){.cols = cols < MEASURE ? cols : MEASURE,
				   .hang = LABEL_COLS,
				   .reorder = host_reorders(pv->host),
				   .plain = true,
				   .point = BRACKET_NONE,
				   .mark = pv->focus.begin,
				   .mark_end = pv->focus.end + nothing,
				   .tints = pv->tints,
				   .n_tints = pv->n_tints};
}

static int rows_of_line(const struct preview *pv, size_t line)
{
	struct prose_spec spec = spec_of(pv);
	size_t end = doc_line_end(pv->shown, line);
	struct prose p;
	int rows;

	if (end <= line)
		return 1;
	prose_init(&p);
	prose_add(&p, pv->shown, line, end, &spec);
	rows = p.rows;
	prose_release(&p);
	return rows;
}

/* The line before; the same one at the start. */
static size_t line_before(const struct preview *pv, size_t line)
{
	return line ? doc_line_begin(pv->shown, line - 1) : 0;
}

/* The row of its line in which the focus begins. */
static int row_of_focus(const struct preview *pv, size_t line)
{
	struct prose_spec spec = spec_of(pv);
	struct prose p;
	int row;

	prose_init(&p);
	prose_add(&p, pv->shown, line, doc_line_end(pv->shown, line), &spec);
	row = p.mark < 0 ? 0 : p.mark;
	prose_release(&p);
	return row;
}

static bool in_sight(const struct preview *pv)
{
	size_t line = pv->anchor;
	int row = -pv->skip;

	while (row < pv->rows) {
		size_t next = doc_line_next(pv->shown, line);

		if (pv->focus.begin <= doc_line_end(pv->shown, line)) {
			row += row_of_focus(pv, line);
			return pv->focus.begin >= line && row >= 0 && row + 2 < pv->rows;
		}
		row += rows_of_line(pv, line);
		if (next <= line)
			break;
		line = next;
	}
	return false;
}

/* The focus goes a third down the page, its paragraph whole if it can be. */
static void bring_into_sight(struct preview *pv)
{
	size_t line = doc_line_begin(pv->shown, pv->focus.begin);
	int above = row_of_focus(pv, line), wanted = pv->rows / 3;

	pv->skip = above > wanted ? above - wanted : 0;
	while (line > 0 && above < wanted) {
		size_t before = line_before(pv, line);
		int rows = rows_of_line(pv, before);

		line = before;
		above += rows;
		if (above > wanted)
			pv->skip = above - wanted;
	}
	pv->anchor = line;
}

static void fill_page(struct preview *pv)
{
	struct prose_spec spec = spec_of(pv);
	size_t line = pv->anchor;

	prose_release(&pv->page);
	while (line < pv->shown->flat.len && pv->page.rows < pv->rows + pv->skip) {
		size_t end = doc_line_end(pv->shown, line),
		       next = doc_line_next(pv->shown, line);

		if (end > line)
			prose_add(&pv->page, pv->shown, line, end, &spec);
		else
			prose_add_blank(&pv->page);
		if (next <= line)
			break;
		line = next;
	}
}

static void scroll_up(struct preview *pv, int rows)
{
	for (; rows > 0 && (pv->skip > 0 || pv->anchor > 0); rows--) {
		if (pv->skip == 0) {
			pv->anchor = line_before(pv, pv->anchor);
			pv->skip = rows_of_line(pv, pv->anchor);
		}
		pv->skip--;
	}
}

void preview_lay_out(struct preview *pv)
{
	if (pv->anchor > pv->shown->flat.len)
		pv->anchor = pv->shown->flat.len;
	pv->anchor = doc_line_begin(pv->shown, pv->anchor);
	if (pv->skip && pv->skip >= rows_of_line(pv, pv->anchor))
		pv->skip = 0;
	if (pv->follow && preview_point(pv) && !in_sight(pv))
		bring_into_sight(pv);
	pv->follow = false;
	fill_page(pv);
	/* The end of the text stands at the foot of the page, not in the middle. */
	if (pv->page.rows - pv->skip < pv->rows && (pv->anchor || pv->skip)) {
		scroll_up(pv, pv->rows - (pv->page.rows - pv->skip));
		fill_page(pv);
	}
}

void preview_scroll(struct preview *pv, int rows)
{
	scroll_up(pv, -rows);
	for (; rows > 0; rows--) {
		size_t next = doc_line_next(pv->shown, pv->anchor);
		int all = rows_of_line(pv, pv->anchor);

		if (pv->skip + 1 < all) {
			pv->skip++;
		} else if (next > pv->anchor && next < pv->shown->flat.len) {
			pv->anchor = next;
			pv->skip = 0;
		}
	}
	pv->laid_out = false;
}

void preview_draw(const struct view *v, struct canvas *c)
{
	const struct preview *pv = (const struct preview *)v;
	int row = pv->page.mark - pv->skip;

	if (pv->shown->flat.len == 0)
		canvas_text(c, 1, MARGIN + LABEL_COLS, STYLE_PLACEHOLDER,
			    _("Nothing would be left of this draft."));
	prose_draw(&pv->page, pv->shown, c, 0, MARGIN, pv->skip, c->window.rows);
	if (pv->page.mark >= 0)
		canvas_cursor(c, row < 0 ? 0 : row, MARGIN + pv->page.mark_col, CURSOR_BLOCK);
	else
		canvas_cursor(c, 0, MARGIN, CURSOR_BLOCK);
}

/* ---- the options below ---- */

static bool offers_no_text(const struct preview *pv, const struct point *p)
{
	for (uint32_t k = 0; k < p->n_options; k++) {
		const struct option *o = point_option(&pv->doc->brackets, p, k);

		if (o->no_text || o->begin == o->end)
			return true;
	}
	return false;
}

int preview_below_rows(const struct view *v, int rows, int cols)
{
	const struct preview *pv = (const struct preview *)v;
	const struct point *p = preview_point(pv);
	int wanted = p ? (int)(p->n_options > 99 ? 99 : p->n_options) : 0;

	(void)cols;
	if (p && !offers_no_text(pv, p))
		wanted++;
	return wanted < rows / 3 ? wanted : rows / 3;
}

/* An option on one line, as it would be read. */
static void option_line(const struct preview *pv, const struct option *o, struct str *out)
{
	brackets_without_ids(&pv->doc->brackets, pv->doc->flat, o->begin, o->end, out);
	for (size_t i = 0; i < out->len; i++)
		if (out->p[i] == '\n' || out->p[i] == '\r')
			out->p[i] = ' ';
}

static void draw_number(const struct preview *pv, struct canvas *c, int row, size_t number)
{
	uint32_t want = number ? (uint32_t)number - 1 : PROJECT_NO_TEXT;
	bool taken = pv->choices[pv->point] == want;
	char digits[24];
	int len = snprintf(digits, sizeof(digits), "%zu", number);

	if (taken)
		canvas_text(c, row, MARGIN - 1, STYLE_ACCENT, "▸");
	canvas_put_right(c, row, TEXT_COL - 2, STYLE_KEY, digits, (size_t)len);
}

static void draw_option(const struct preview *pv, struct canvas *c, int row, size_t k,
			int codes)
{
	const struct brackets *b = &pv->doc->brackets;
	const struct option *o = point_option(b, preview_point(pv), k);
	bool taken = pv->choices[pv->point] == k;
	struct str line = STR_INIT;
	int col;

	draw_number(pv, c, row, k + 1);
	option_line(pv, o, &line);
	if (o->no_text || line.len == 0)
		canvas_text(c, row, TEXT_COL, STYLE_PLACEHOLDER, _("no text"));
	else
		canvas_put_cut(c, row, TEXT_COL, codes - TEXT_COL - 2,
			       STYLE_OPTION | (taken ? STYLE_STRONG : 0), line.p, line.len);
	col = codes;
	for (uint32_t i = 0; i < o->n_parties; i++) {
		uint16_t party = b->parties[o->party + i];

		col += canvas_text(c, row, col, style_party(party),
				   pv->doc->parties->v[party].code) +
		       1;
	}
	str_release(&line);
}

/* Where the column of codes begins: beside the widest option, as far as there is room. */
static int codes_col(const struct preview *pv, int cols)
{
	const struct brackets *b = &pv->doc->brackets;
	const struct point *p = preview_point(pv);
	int widest = 8, codes = 0;

	for (uint32_t k = 0; k < p->n_options; k++) {
		const struct option *o = point_option(b, p, k);
		struct str line = STR_INIT;
		int width = 0;

		option_line(pv, o, &line);
		if (canvas_columns(line.p, line.len) > widest)
			widest = canvas_columns(line.p, line.len);
		for (uint32_t i = 0; i < o->n_parties; i++)
			width += (int)strlen(
					 pv->doc->parties->v[b->parties[o->party + i]].code) +
				 1;
		if (width > codes)
			codes = width;
		str_release(&line);
	}
	if (codes > cols / 2)
		codes = cols / 2;
	return TEXT_COL + widest + 2 + codes < cols ? TEXT_COL + widest + 2 : cols - codes - 1;
}

void preview_draw_below(const struct view *v, struct canvas *c)
{
	const struct preview *pv = (const struct preview *)v;
	const struct point *p = preview_point(pv);
	int rows = c->window.rows, codes = codes_col(pv, c->window.cols);
	bool none = !offers_no_text(pv, p);
	size_t room = (size_t)rows - (none ? 1 : 0), first = 0;
	uint32_t taken = pv->choices[pv->point];

	/* What is taken is in sight, whatever its number. */
	if (taken < p->n_options && taken >= room)
		first = taken - room + 1;
	for (size_t i = 0; i < room && first + i < p->n_options; i++)
		draw_option(pv, c, (int)i, first + i, codes);
	if (first + room < p->n_options)
		canvas_textf(c, (int)room - 1, c->window.cols - 14, STYLE_DIM,
			     _("… %zu in all"), (size_t)p->n_options);
	if (!none)
		return;
	draw_number(pv, c, rows - 1, 0);
	canvas_text(c, rows - 1, TEXT_COL, STYLE_DIM,
		    p->n_options ? _("no text") : _("no text; nothing is offered here yet"));
}

/* ---- words around ---- */

void preview_headline(const struct view *v, struct str *left, struct str *right)
{
	const struct preview *pv = (const struct preview *)v;
	const struct brackets *b = &pv->shown->brackets;

	str_addf(left, _("%s · what if"), pv->doc->name);
	if (pv->as)
		str_addf(left, _(" · as %s"),
			 pv->party == PARTY_NONE ? _("the base")
						 : pv->doc->parties->v[pv->party].code);
	if (preview_point(pv))
		str_addf(right, _("point %u of %zu · "), pv->point + 1, pv->n);
	if (pv->n_tried)
		str_addf(right, n_("%zu tried · ", "%zu tried · ", pv->n_tried), pv->n_tried);
	/* As the draft's own heading would say it then. */
	if (pv->n_tried || pv->as) {
		if (!b->n_points)
			str_add_text(right, _("leaves no open point"));
		else
			str_addf(right,
				 n_("leaves %zu point, %zu open", "leaves %zu points, %zu open",
				    b->n_points),
				 b->n_points, b->n_outer);
	} else {
		str_addf(right, n_("%zu open", "%zu open", b->n_outer), b->n_outer);
	}
}

void preview_status(const struct view *v, struct str *out)
{
	const struct preview *pv = (const struct preview *)v;
	uint32_t choice;

	if (!preview_point(pv)) {
		str_add_text(out, _("this draft has no open point"));
		return;
	}
	choice = pv->choices[pv->point];
	if (choice == PROJECT_OPEN) {
		str_add_text(out, pv->n_tried ? _("open")
					      : _("open: a number tries an option; nothing is "
						  "written"));
		return;
	}
	if (pv->tried[pv->point])
		str_add_text(out, _("tried: "));
	else if (pv->party == PARTY_NONE)
		str_add_text(out, _("the base: "));
	else
		str_addf(out, _("as %s: "), pv->doc->parties->v[pv->party].code);
	if (choice == PROJECT_STAYS)
		str_add_text(out, _("to be filled in"));
	else if (choice == PROJECT_NO_TEXT)
		str_add_text(out, _("no text"));
	else
		str_addf(out, _("option %u"), choice + 1);
}
