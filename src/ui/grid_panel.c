/* SPDX-License-Identifier: MIT */
#include "grid_inner.h"

#include "ui/canvas.h"
#include "ui/glyph.h"
#include "ui/theme.h"
#include "ui/tr.h"
#include "ui/voice.h"

#include <stdio.h>
#include <string.h>

/*
 * Below the table: the chosen cell in words, from what matters most to what is
 * nice to know, so that a low screen cuts the right end. While a position is asked for,
 * the wordings to choose from.
 */

#define MARGIN     2
#define ROWS_MOST  10
#define ROWS_LEAST 20 /* screens below it have a third for the panel */

int grid_below_rows(const struct view *v, int rows, int cols)
{
	const struct grid *g = (const struct grid *)v;
	(void)cols;
	if (g->m.n == 0)
		return 0;
	if (rows < ROWS_LEAST)
		return rows / 3;
	return rows < 30 ? ROWS_MOST - 2 : ROWS_MOST;
}

/* One line after the other, as far as there are rows. */
struct sheet {
	struct canvas *c;
	int row;
};

static void put_line(struct sheet *s, uint32_t style, struct str *text)
{
	struct canvas *c = s->c;

	if (text->len && s->row < c->window.rows)
		canvas_put_cut(c, s->row++, MARGIN, c->window.cols - MARGIN - 1, style, text->p,
			       text->len);
	str_clear(text);
}

/* In several lines, `most` at most. */
static void put_lines(struct sheet *s, uint32_t style, struct str *text, int most)
{
	struct slice rest = str_slice(text);
	int cols = s->c->window.cols - MARGIN - 1;

	for (int i = 0; i < most && rest.len && s->row < s->c->window.rows; i++) {
		size_t len = i + 1 < most && s->row + 1 < s->c->window.rows
				     ? glyph_fit(rest, cols)
				     : rest.len;

		canvas_put_cut(s->c, s->row++, MARGIN, cols, style, rest.p, len);
		rest = slice_make(rest.p + len, rest.len - len);
	}
	str_clear(text);
}

/* ---- who ---- */

static void put_party(const struct grid *g, struct sheet *s, struct str *text)
{
	const struct party *p = &grid_parties(g)->v[g->party];
	int col = MARGIN;
	size_t named;

	if (s->row >= s->c->window.rows)
		return;
	col += canvas_text(s->c, s->row, col, style_party(g->party) | STYLE_STRONG, p->code);
	if (*p->name)
		str_add_text(text, p->name);
	if (*p->organisation && strcmp(p->organisation, p->name) != 0)
		str_addf(text, " (%s)", p->organisation);
	named = text->len;
	str_add_text(text, _(" · focal point "));
	if (!voice_add_focal(text, p, g->doc->name, true))
		str_truncate(text, named);
	canvas_put_cut(s->c, s->row, col + 1, s->c->window.cols - col - 2, STYLE_TEXT, text->p,
		       text->len);
	s->row++;
	str_clear(text);
}

/* ---- where it stands ---- */

/* The wording that number k has now; false where it has none. */
static bool add_wording(const struct grid *g, uint32_t k, struct str *out)
{
	const struct point *p = grid_point(g, g->point);
	struct str text = STR_INIT;

	if (k == 0 || k > p->n_options)
		return false;
	grid_option(g, point_option(&g->doc->brackets, p, k - 1), &text);
	if (text.len)
		str_addf(out, ": \"%.*s\"", (int)text.len, text.p);
	str_release(&text);
	return true;
}

static void put_stance(const struct grid *g, struct sheet *s, const struct standing *st,
		       struct str *text)
{
	const struct verdict *v = &grid_row(g)->verdict;

	voice_add_stance(text, st, v);
	if (st->has_option && !st->stale)
		add_wording(g, st->option, text);
	if (!st->position && st->wrote)
		add_wording(g, st->wrote_option, text);
	put_line(s, voice_style(st), text);
}

/* Whether it is signed; where it was said, and since when. */
static void put_origin(const struct grid *g, struct sheet *s, const struct standing *st,
		       struct str *text)
{
	uint32_t style;
	const char *seal =
		st->position ? seals_word(&g->seals, g->party, st->position->id, &style) : NULL;
	int col = MARGIN;

	voice_add_origin(text, st->position);
	if (!seal || s->row >= s->c->window.rows) {
		put_line(s, STYLE_DIM, text);
		return;
	}
	col += canvas_text(s->c, s->row, col, style, seal);
	if (text->len) {
		col += 1 + canvas_text(s->c, s->row, col + 1, STYLE_DIM, "·");
		canvas_put_cut(s->c, s->row, col + 1, s->c->window.cols - col - 2, STYLE_DIM,
			       text->p, text->len);
	}
	s->row++;
	str_clear(text);
}

/* What became of the wording that the position was given on. */
static void put_change(const struct grid *g, struct sheet *s, const struct standing *st,
		       struct str *text)
{
	if (st->gone)
		str_addf(text, _("* option %u, which it was about, is gone"),
			 st->position->option);
	else if (st->stale) {
		str_add_text(text, _("* the wording changed since; it reads now"));
		if (!add_wording(g, st->option, text))
			str_addf(text, ": %s", _("no text"));
	} else if (st->moved)
		str_addf(text, _("it was option %u when it was given"), st->position->option);
	put_line(s, st->moved ? STYLE_DIM : STYLE_REOPENED, text);
}

/* ---- the point, and the party over all ---- */

/* All its wordings, with their numbers. */
static void put_point(const struct grid *g, struct sheet *s, struct str *text)
{
	const struct brackets *b = &g->doc->brackets;
	const struct point *p = grid_point(g, g->point);

	str_addf(text, _("Point %u: "), g->point + 1);
	for (uint32_t k = 0; k < p->n_options; k++) {
		const struct option *o = point_option(b, p, k);

		if (k)
			str_add_text(text, "  /  ");
		if (p->n_options > 1)
			str_addf(text, "%u ", k + 1);
		if (o->no_text || o->begin == o->end)
			str_add_text(text, _("no text"));
		else
			grid_option(g, o, text);
	}
	if (!p->n_options)
		str_add_text(text, _("to be filled in"));
	put_lines(s, STYLE_TEXT, text, s->c->window.rows > ROWS_MOST - 1 ? 2 : 1);
}

static void put_verdict(const struct grid *g, struct sheet *s, struct str *text)
{
	const struct matrix_row *r = grid_row(g);
	size_t row = (size_t)(r - g->m.rows);
	bool short_screen = s->c->window.rows - s->row < 2;

	if (r->deferred) {
		str_addf(text, _("put off: %s"), r->deferred->reason);
		if (*r->deferred->until)
			str_addf(text, _(" (until %s)"), r->deferred->until);
		put_line(s, STYLE_DEFERRED, text);
	}
	str_addf(text, _("Verdict: %s. "), _(verdict_word(r->verdict.kind)));
	verdict_explain(text, &r->verdict, matrix_row_cells(&g->m, row), grid_parties(g),
			tr_text);
	if (r->linked)
		str_addf(text,
			 n_(" The same wording stands at %zu more place.",
			    " The same wording stands at %zu more places.", r->linked),
			 r->linked);
	put_lines(s, STYLE_TEXT, text, short_screen ? 1 : 2);
}

static void put_pairs(const struct grid *g, struct sheet *s, struct str *text)
{
	const struct parties *all = grid_parties(g);
	const char *join = "";

	for (uint16_t i = 0; i < all->n; i++) {
		struct matrix_pair pair;

		if (i == g->party)
			continue;
		pair = matrix_pair(&g->m, g->party, i);
		if (!pair.both)
			continue;
		if (!text->len)
			str_addf(text, _("%s agrees with "), all->v[g->party].code);
		str_addf(text, _("%s%s %u %% of %zu"), join, all->v[i].code, pair.percent,
			 pair.both);
		join = ", ";
	}
	put_lines(s, STYLE_DIM, text, 2);
}

static void add_count(struct str *out, const char *word, size_t n)
{
	if (n)
		str_addf(out, ", %s %zu", word, n);
}

static void put_tally(const struct grid *g, struct sheet *s, struct str *text)
{
	const struct matrix_tally *t = &g->m.outer[g->party];

	str_addf(text,
		 n_("%s on %zu open point: supports %zu", "%s on %zu open points: supports %zu",
		    g->m.n_outer),
		 grid_parties(g)->v[g->party].code, g->m.n_outer, t->supports);
	add_count(text, _("accepts"), t->accepts);
	add_count(text, _("opposes"), t->opposes);
	add_count(text, _("reserves"), t->reserves);
	add_count(text, _("silent"), t->none + t->silent);
	add_count(text, _("red lines"), t->red_lines);
	add_count(text, _("changed since"), t->stale);
	put_line(s, STYLE_DIM, text);
}

/* ---- while a position is asked for ---- */

static void put_choice(const struct grid *g, struct sheet *s, uint32_t number)
{
	bool now = g->recording.p.has_option && g->recording.p.option == number;
	const struct point *p = grid_point(g, g->recording.point);
	struct str text = STR_INIT;
	char digits[24];
	int len = snprintf(digits, sizeof(digits), "%u", number), col = MARGIN + 5;

	if (s->row >= s->c->window.rows)
		return;
	if (now)
		canvas_text(s->c, s->row, MARGIN - 1, STYLE_ACCENT, "▸");
	canvas_put_right(s->c, s->row, col - 2, STYLE_KEY, digits, (size_t)len);
	if (number)
		grid_option(g, point_option(&g->doc->brackets, p, number - 1), &text);
	if (text.len)
		canvas_put_cut(s->c, s->row, col, s->c->window.cols - col - 1, STYLE_OPTION,
			       text.p, text.len);
	else
		canvas_text(s->c, s->row, col, STYLE_PLACEHOLDER, _("no text"));
	s->row++;
	str_release(&text);
}

static void put_choices(const struct grid *g, struct sheet *s)
{
	const struct point *p = grid_point(g, g->recording.point);
	uint32_t room = (uint32_t)(s->c->window.rows - s->row), first = 1;

	if (room < 2)
		return;
	/* What stands is in sight, whatever its number. */
	if (g->recording.p.has_option && g->recording.p.option >= room)
		first = g->recording.p.option - room + 2;
	for (uint32_t k = first; k <= p->n_options && k < first + room - 1; k++)
		put_choice(g, s, k);
	put_choice(g, s, 0);
}

void grid_draw_below(const struct view *v, struct canvas *c)
{
	const struct grid *g = (const struct grid *)v;
	const struct matrix_row *r = grid_row(g);
	struct sheet s = {c, 0};
	struct str text = STR_INIT;
	const struct standing *st;

	if (!r)
		return;
	st = matrix_cell(&g->m, (size_t)(r - g->m.rows), g->party);
	if (g->recording.step != GRID_ASK_OPTION)
		put_point(g, &s, &text);
	put_party(g, &s, &text);
	if (g->recording.step == GRID_ASK_OPTION) {
		put_choices(g, &s);
		str_release(&text);
		return;
	}
	put_stance(g, &s, st, &text);
	put_origin(g, &s, st, &text);
	put_change(g, &s, st, &text);
	put_verdict(g, &s, &text);
	put_tally(g, &s, &text);
	put_pairs(g, &s, &text);
	str_release(&text);
}
