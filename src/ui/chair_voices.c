/* SPDX-License-Identifier: MIT */
#include "chair_inner.h"

#include "core/mem.h"
#include "core/matrix.h"
#include "ui/theme.h"
#include "ui/tr.h"
#include "ui/voice.h"

#include <stdlib.h>
#include <string.h>

/*
 * Who wants what at the chair's point: by the recorded positions, and where a
 * party has none, by whom the text names. The verdict that follows, who is silent, and
 * which point is the easiest next.
 */

#define MARGIN     2
#define WHO_COL    8 /* of the words after a code */
#define BELOW_MOST 10
#define WIDE       100

/* ---- hearing ---- */

unsigned chair_side(const struct chair *ch)
{
	return HOST_CAN(ch->host, side_generation)
		       ? ch->host->side_generation(ch->host->data, ch->doc)
		       : 0;
}

void chair_hear(struct chair *ch)
{
	const struct positions **given = host_positions(ch->host, ch->doc);
	struct bracketed text = doc_bracketed(ch->doc);

	ch->side = chair_side(ch);
	ch->cells = mem_array(ch->cells, ch->doc->parties->n + 1, sizeof(*ch->cells));
	memset(ch->cells, 0, (ch->doc->parties->n + 1) * sizeof(*ch->cells));
	ch->verdict = (struct verdict){.kind = VERDICT_SILENT};
	if (chair_point(ch))
		verdict_read(&ch->verdict, ch->cells, &text, ch->point, given);
	free(given);
}

uint32_t chair_easiest(const struct chair *ch)
{
	const struct positions **given = host_positions(ch->host, ch->doc);
	const struct deferred_list *deferred =
		HOST_CAN(ch->host, deferred) ? ch->host->deferred(ch->host->data, ch->doc)
					     : NULL;
	struct bracketed text = doc_bracketed(ch->doc);
	struct matrix m;
	size_t row;

	matrix_read(&m, &text, given, deferred);
	row = matrix_easiest(&m, chair_point(ch) ? ch->point : SIZE_MAX);
	matrix_release(&m);
	free(given);
	return row == SIZE_MAX ? BRACKET_NONE : (uint32_t)row;
}

/* ---- beside the options ---- */

/* Whether the party's voice belongs to option number k; 0: to the line for no text. */
static bool is_on(const struct chair *ch, uint16_t party, uint32_t k)
{
	const struct standing *s = &ch->cells[party];
	const struct chair_option *o = k ? &ch->options[k - 1] : NULL;

	if (s->spoke) {
		if (!s->has_option || s->gone || s->stance == STANCE_RESERVES)
			return false;
		if (s->option == 0)
			return k ? o->no_text : !chair_offers_no_text(ch);
		return s->option == k;
	}
	for (size_t i = 0; o && i < o->n_parties; i++)
		if (o->parties[i] == party)
			return true;
	return false;
}

/* The sign before a code: nothing where the party is for it. */
static const char *sign_of(const struct chair *ch, const struct standing *s)
{
	/* Among those that spoke, who is only named in the text stands in parentheses. */
	if (!s->spoke)
		return ch->verdict.spoke ? "(" : "";
	if (s->stance == STANCE_SUPPORTS)
		return "";
	return s->stance == STANCE_ACCEPTS ? "~" : "-";
}

int chair_draw_voices(const struct chair *ch, struct canvas *c, int row, int col, int width,
		      uint32_t k)
{
	int at = col, first = row;

	for (uint16_t i = 0; i < ch->doc->parties->n; i++) {
		const struct standing *s = &ch->cells[i];
		const char *code = ch->doc->parties->v[i].code, *line = "";
		const char *sign = sign_of(ch, s);
		int need;

		if (!is_on(ch, i, k))
			continue;
		if (s->spoke && s->red_line)
			line = width >= 14 ? _(" (red line)") : "!";
		else if (*sign == '(')
			line = ")";
		need = canvas_columns(code, strlen(code)) + (int)strlen(sign) +
		       canvas_columns(line, strlen(line)) + (s->spoke && s->stale);
		if (at > col && at + need > col + width) {
			row++;
			at = col;
		}
		if (c) {
			int end = at + canvas_text(c, row, at, style_party(i), sign);

			end += canvas_text(c, row, end, style_party(i), code);
			if (s->spoke && s->stale)
				end += canvas_text(c, row, end, STYLE_REOPENED, "*");
			/* canvas_text() drops a leading blank. */
			if (*line)
				canvas_text(c, row, end + (*line == ' '),
					    s->spoke ? STYLE_ERROR : style_party(i),
					    line + (*line == ' '));
		}
		at += need + 1;
	}
	return row - first + 1;
}

bool chair_anybody(const struct chair *ch)
{
	for (uint16_t i = 0; i < ch->doc->parties->n; i++)
		for (uint32_t k = 0; k <= ch->n_options; k++)
			if (is_on(ch, i, k) || ch->cells[i].spoke)
				return true;
	return false;
}

/* ---- those that are on no option's line ---- */

static int draw_group(const struct chair *ch, struct canvas *c, int row, int col,
		      const char *word, uint32_t style,
		      bool (*in)(const struct chair *, uint16_t))
{
	bool any = false;

	for (uint16_t i = 0; i < ch->doc->parties->n; i++) {
		if (!in(ch, i))
			continue;
		if (!any)
			col += canvas_text(c, row, col, style, word) + 1;
		any = true;
		col += canvas_text(c, row, col, style == STYLE_DIM ? style : style_party(i),
				   ch->doc->parties->v[i].code) +
		       1;
	}
	return any ? col + 2 : col;
}

static bool opposes_all(const struct chair *ch, uint16_t i)
{
	return ch->cells[i].stance == STANCE_OPPOSES && !ch->cells[i].has_option;
}

static bool reserves(const struct chair *ch, uint16_t i)
{
	return ch->cells[i].stance == STANCE_RESERVES;
}

static bool lost_its_option(const struct chair *ch, uint16_t i)
{
	return ch->cells[i].gone && ch->cells[i].stance != STANCE_RESERVES;
}

static bool is_silent(const struct chair *ch, uint16_t i)
{
	for (uint32_t k = 0; k <= ch->n_options; k++)
		if (is_on(ch, i, k))
			return false;
	return !ch->cells[i].spoke;
}

void chair_draw_rest(const struct chair *ch, struct canvas *c, int row, int col)
{
	col = draw_group(ch, c, row, col, _("against all"), STYLE_WARN, opposes_all);
	col = draw_group(ch, c, row, col, _("option gone"), STYLE_REOPENED, lost_its_option);
	col = draw_group(ch, c, row, col, _("reserves"), STYLE_DEFERRED, reserves);
	draw_group(ch, c, row, col, _("silent"), STYLE_DIM, is_silent);
}

uint32_t chair_add_verdict(const struct chair *ch, struct str *out)
{
	if (ch->verdict.spoke == 0)
		return STYLE_DIM;
	verdict_brief(out, &ch->verdict, ch->cells, ch->doc->parties, tr_text);
	if (ch->verdict.stale)
		str_addf(out,
			 n_("; %zu spoke on an older wording",
			    "; %zu spoke on an older wording", ch->verdict.stale),
			 ch->verdict.stale);
	return voice_verdict_style(ch->verdict.kind);
}

void chair_add_signs(const struct chair *ch, struct str *out)
{
	bool accepts = false, against = false, stale = false, named = false;

	for (uint16_t i = 0; ch->cells && i < ch->doc->parties->n; i++) {
		named = named ||
			(ch->verdict.spoke && !ch->cells[i].spoke && ch->cells[i].wrote);
		accepts = accepts || ch->cells[i].stance == STANCE_ACCEPTS;
		against = against ||
			  (ch->cells[i].stance == STANCE_OPPOSES && ch->cells[i].has_option);
		stale = stale || (ch->cells[i].spoke && ch->cells[i].stale);
	}
	if (accepts)
		str_addf(out, " · %s", _("~ can accept"));
	if (against)
		str_addf(out, " · %s", _("- against"));
	if (named)
		str_addf(out, " · %s", _("(…) in the text only"));
	if (stale)
		str_addf(out, " · %s", _("* wording changed since"));
}

/* ---- who: everybody in words, below the rule ---- */

int chair_below_rows(const struct view *v, int rows, int cols)
{
	const struct chair *ch = (const struct chair *)v;
	int wanted = (int)(ch->doc->parties->n < 99 ? ch->doc->parties->n : 99);

	(void)cols;
	if (!ch->who || !chair_point(ch))
		return 0;
	if (wanted > BELOW_MOST)
		wanted = BELOW_MOST;
	return wanted < rows / 3 ? wanted : rows / 3;
}

static void draw_who(const struct chair *ch, struct canvas *c, int row, uint16_t party)
{
	const struct party *p = &ch->doc->parties->v[party];
	const struct standing *s = &ch->cells[party];
	struct str text = STR_INIT;
	const char *seal;
	uint32_t style;
	int col = MARGIN +
		  canvas_text(c, row, MARGIN, style_party(party) | STYLE_STRONG, p->code) + 1;

	if (col < WHO_COL)
		col = WHO_COL;
	/* The options above have the words: a narrow screen has room for who and where. */
	if (c->window.cols < WIDE && s->position)
		standing_sign(&text, s, &ch->verdict);
	else
		voice_add_stance(&text, s, &ch->verdict);
	col += canvas_put_cut(c, row, col, c->window.cols - col - 1, voice_style(s), text.p,
			      text.len);
	seal = s->position ? seals_word(&ch->seals, party, s->position->id, &style) : NULL;
	if (seal && col + 4 < c->window.cols) {
		col += 1 + canvas_text(c, row, col + 1, STYLE_DIM, "·");
		col += 1 + canvas_text(c, row, col + 1, style, seal);
	}
	str_clear(&text);
	if (!voice_add_focal(&text, p, ch->doc->name, false))
		str_add_text(&text, p->name);
	voice_add_origin(&text, s->position);
	if (text.len && col + 4 < c->window.cols) {
		col += 1 + canvas_text(c, row, col + 1, STYLE_DIM, "·");
		canvas_put_cut(c, row, col + 1, c->window.cols - col - 2, STYLE_DIM, text.p,
			       text.len);
	}
	str_release(&text);
}

/* Those that spoke first. */
void chair_draw_below(const struct view *v, struct canvas *c)
{
	const struct chair *ch = (const struct chair *)v;
	uint16_t n = (uint16_t)ch->doc->parties->n;
	size_t left = n;
	int row = 0, rows = c->window.rows;

	if (!chair_point(ch) || !ch->cells)
		return;
	for (int silent = 0; silent < 2; silent++)
		for (uint16_t i = 0; i < n; i++) {
			if ((ch->cells[i].position == NULL) != silent)
				continue;
			if (row + (left > 1) >= rows && row < rows) {
				canvas_textf(c, row++, WHO_COL, STYLE_DIM, _("… %zu more"),
					     left);
				return;
			}
			if (row < rows)
				draw_who(ch, c, row++, i);
			left--;
		}
}
