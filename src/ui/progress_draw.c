/* SPDX-License-Identifier: MIT */
#include "core/message.h"
#include "ui/progress_inner.h"
#include "ui/theme.h"
#include "ui/told.h"
#include "ui/tr.h"

#include <string.h>

#define MARGIN       2
#define MEETING_COLS 10
#define DAY_COLS     12
#define NUMBER_COLS  6
#define CHANGES_COLS 20
#define BAR_MOST     60  /* columns of the longest bar */
#define TEXT_MOST    400 /* columns of a wording: it is cut to the screen later */

static int label_cols(int cols)
{
	return cols < 50 ? MEETING_COLS : MEETING_COLS + DAY_COLS;
}

static int changes_cols(int cols)
{
	return cols < 60 ? 0 : CHANGES_COLS;
}

static int bar_cols(int cols)
{
	int room = cols - MARGIN - label_cols(cols) - NUMBER_COLS - changes_cols(cols) - 2;

	return room < BAR_MOST ? room : BAR_MOST;
}

static void draw_bar(struct canvas *c, int row, int col, size_t n, size_t most, uint32_t style)
{
	size_t eighths = n * (size_t)bar_cols(c->window.cols) * 8 / most;
	static const char *const parts[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};

	for (size_t i = 0; i < eighths / 8; i++)
		col += canvas_text(c, row, col, style, "█");
	canvas_text(c, row, col, style, n && !eighths ? parts[1] : parts[eighths % 8]);
}

static void draw_number(struct canvas *c, int row, int end, uint32_t style, size_t n)
{
	struct str text = STR_INIT;

	str_addf(&text, "%zu", n);
	canvas_put_right(c, row, end, style, text.p, text.len);
	str_release(&text);
}

static void draw_changes(struct canvas *c, int row, const struct progress_row *r)
{
	int col = c->window.cols - changes_cols(c->window.cols);

	if (!changes_cols(c->window.cols))
		return;
	if (r->opened)
		col += canvas_textf(c, row, col, STYLE_TEXT, "+%zu ", r->opened);
	if (r->reopened)
		col += canvas_textf(c, row, col, STYLE_WARN, _("+%zu again "), r->reopened);
	if (r->resolved)
		canvas_textf(c, row, col, STYLE_OK, "−%zu", r->resolved);
}

static void draw_row(const struct progress_view *pv, struct canvas *c, int row, size_t i,
		     bool chosen)
{
	const struct progress_row *r = &pv->rows.v[i];
	int cols = c->window.cols, col = MARGIN;
	uint32_t style = chosen ? STYLE_ACCENT : STYLE_TEXT;
	const char *label = *r->label ? r->label : cols < 50 ? r->date : "–";

	canvas_put_cut(c, row, col, MEETING_COLS - (cols >= 50), *r->label ? style : STYLE_DIM,
		       label, strlen(label));
	col += MEETING_COLS;
	if (cols >= 50) {
		canvas_text(c, row, col, STYLE_DIM, r->date);
		col += DAY_COLS;
	}
	draw_number(c, row, col + NUMBER_COLS - 2, STYLE_TEXT | (chosen ? STYLE_STRONG : 0),
		    r->open);
	col += NUMBER_COLS;
	draw_bar(c, row, col, r->open, pv->most, chosen ? STYLE_ACCENT : STYLE_DIM);
	if (!progress_is_cut(pv, i))
		draw_changes(c, row, r);
}

static void draw_holder(const struct progress_view *pv, struct canvas *c, int row, size_t i)
{
	const struct parties *parties = pv->lives->parties;
	bool nobody = i == parties->n;
	const char *code = nobody ? _("nobody") : parties->v[i].code;
	uint32_t style = nobody ? STYLE_DIM : style_party((uint16_t)i);
	int cols = c->window.cols, col = MARGIN;

	canvas_put_cut(c, row, col, MEETING_COLS - 1, style, code, strlen(code));
	col += label_cols(cols);
	draw_number(c, row, col + NUMBER_COLS - 2, STYLE_TEXT, pv->holders[i]);
	draw_bar(c, row, col + NUMBER_COLS, pv->holders[i], pv->most, STYLE_DIM);
}

static void draw_orphan(const struct progress_view *pv, struct canvas *c, int row, size_t i,
			bool chosen)
{
	const struct life *l = pv->lives->life;
	const struct life_point *p = &l->points[pv->orphans[i]];
	struct str words = STR_INIT;

	draw_number(c, row, MARGIN + 3, chosen ? STYLE_ACCENT : STYLE_DIM, p->number);
	told_wording(&words, life_point_text(l, p), pv->lives->parties, TEXT_MOST);
	canvas_put_cut(c, row, MARGIN + 5, c->window.cols - MARGIN - 6,
		       STYLE_TEXT | (chosen ? STYLE_STRONG : 0), words.p, words.len);
	str_release(&words);
}

static void draw_chart_head(const struct progress_view *pv, struct canvas *c, int row)
{
	int cols = c->window.cols, col = MARGIN;
	const char *open = _("open points");

	canvas_text(c, row, col, STYLE_DIM, _("meeting"));
	col += MEETING_COLS;
	if (cols >= 50) {
		canvas_text(c, row, col, STYLE_DIM,
			    pv->by_version         ? _("day")
			    : pv->lives->is_newest ? _("text of")
						   : _("until"));
		col += DAY_COLS;
	}
	canvas_text(c, row, col + 1, STYLE_DIM, open);
	if (changes_cols(cols))
		canvas_text(c, row, cols - changes_cols(cols), STYLE_DIM,
			    _("new, again, closed"));
}

static void draw_line(const struct progress_view *pv, struct canvas *c, int row, size_t at)
{
	const struct progress_line *line = &pv->line[at];
	bool chosen = at == pv->chosen;

	if (chosen) {
		canvas_text(c, row, 0, STYLE_ACCENT, "▸");
		canvas_cursor(c, row, 0, CURSOR_BLOCK);
	}
	switch (line->kind) {
	case PROGRESS_CHART_HEAD:
		draw_chart_head(pv, c, row);
		break;
	case PROGRESS_ROW:
		draw_row(pv, c, row, line->index, chosen);
		break;
	case PROGRESS_HOLDERS_HEAD:
		canvas_text(c, row, MARGIN, STYLE_HEADING, _("Who holds the open points"));
		break;
	case PROGRESS_HOLDER:
		draw_holder(pv, c, row, line->index);
		break;
	case PROGRESS_ORPHANS_HEAD:
		canvas_textf(c, row, MARGIN, STYLE_HEADING,
			     n_("Nobody has spoken for these in the last version",
				"Nobody has spoken for these in the last %zu versions",
				pv->patience),
			     pv->patience);
		break;
	case PROGRESS_ORPHAN:
		draw_orphan(pv, c, row, line->index, chosen);
		break;
	case PROGRESS_NO_ORPHAN:
		canvas_text(c, row, MARGIN, STYLE_PLACEHOLDER, _("none: all are spoken for"));
		break;
	case PROGRESS_OLDER:
		canvas_text(c, row, MARGIN, STYLE_PLACEHOLDER,
			    progress_is_running(pv) ? _("… older versions are being read")
						    : _("… older versions were not read"));
		break;
	case PROGRESS_LATER:
		canvas_text(
			c, row, MARGIN, STYLE_PLACEHOLDER,
			_("Who holds them, and which are forgotten, only all versions say."));
		break;
	case PROGRESS_BLANK:
		break;
	}
}

void progress_draw(const struct view *v, struct canvas *c)
{
	const struct progress_view *pv = (const struct progress_view *)v;

	for (int i = 0; i < pv->height && pv->top + (size_t)i < pv->n_lines; i++)
		draw_line(pv, c, i, pv->top + (size_t)i);
	if (!pv->seen)
		canvas_text(c, 1, MARGIN, STYLE_PLACEHOLDER,
			    progress_is_running(pv) ? _("reading the history …")
			    : pv->failure.status    ? pv->failure.text
						 : _("Stopped before the history was read."));
}

void progress_headline(const struct view *v, struct str *left, struct str *right)
{
	const struct progress_view *pv = (const struct progress_view *)v;

	str_addf(left, _("%s · progress"), pv->name);
	if (!pv->seen)
		return;
	str_addf(right, n_("%zu open point", "%zu open points", pv->open), pv->open);
	if (!pv->lives->is_newest)
		str_addf(right,
			 n_(" · %zu closed so far", " · %zu closed so far", pv->resolved),
			 pv->resolved);
}

void progress_status(const struct view *v, struct str *out)
{
	const struct progress_view *pv = (const struct progress_view *)v;

	if (progress_is_running(pv) || (pv->lives && pv->lives->is_newest))
		told_reading(out, pv->lives, progress_is_running(pv));
	else if (pv->lives && pv->lives->n_notes)
		told_notes(out, pv->lives->notes, pv->lives->n_notes);
	else if (pv->n_lines && pv->top + (size_t)pv->height < pv->n_lines)
		str_add_text(out, _("more below"));
}

/* ---- below: the last decision of a row, or version; the last that was said of a point ---- */

int progress_below_rows(const struct view *v, int rows, int cols)
{
	(void)v;
	(void)cols;
	return rows >= 20 ? 2 : 0;
}

static void add_version(const struct host_version *v, struct str *out)
{
	str_addf(out, "%s", v->date);
	if (*v->meeting)
		str_addf(out, " · %s", v->meeting);
	if (*v->author)
		str_addf(out, " · %s", v->author);
}

static void describe_row(const struct progress_view *pv, size_t i, struct str *what,
			 struct str *who)
{
	const struct progress_row *row = &pv->rows.v[i];
	bool decided = row->decided != LIFE_NONE;
	size_t n = row->version - (i ? pv->rows.v[i - 1].version : UINT32_MAX);
	const struct host_version *v = &pv->lives->v[decided ? row->decided : row->version];
	struct message_record record;

	message_parse(v->message, &record);
	if (!told_record(what, &record))
		str_add_slice(what, told_subject(v->message, pv->name));
	add_version(v, who);
	if (n > 1 && !progress_is_cut(pv, i) && decided)
		str_addf(who,
			 n_(" · the last decision in %zu version",
			    " · the last decision in %zu versions", n),
			 n);
	else if (n > 1 && !progress_is_cut(pv, i))
		str_addf(who,
			 n_(" · the last of %zu version", " · the last of %zu versions", n), n);
}

static void describe_orphan(const struct progress_view *pv, size_t i, struct str *what,
			    struct str *who)
{
	const struct life *l = pv->lives->life;
	const struct life_event *e = &l->events[l->points[pv->orphans[i]].last];

	str_addf(what, _("last: %s "), _(life_kind_word(e->kind)));
	told_event(what, l, e, pv->lives->parties);
	add_version(&pv->lives->v[e->version], who);
}

void progress_draw_below(const struct view *v, struct canvas *c)
{
	const struct progress_view *pv = (const struct progress_view *)v;
	struct str what = STR_INIT, who = STR_INIT;
	int cols = c->window.cols - MARGIN - 1;

	if (!progress_stops_at(pv, pv->chosen))
		return;
	if (pv->line[pv->chosen].kind == PROGRESS_ROW)
		describe_row(pv, pv->line[pv->chosen].index, &what, &who);
	else if (pv->line[pv->chosen].kind == PROGRESS_ORPHAN)
		describe_orphan(pv, pv->line[pv->chosen].index, &what, &who);
	else if (pv->line[pv->chosen].kind == PROGRESS_HOLDER)
		str_add_text(
			&what,
			_("Points in which the region asks for something, or on which it has "
			  "a position."));
	canvas_put_cut(c, 0, MARGIN, cols, STYLE_TEXT, what.p, what.len);
	canvas_put_cut(c, 1, MARGIN, cols, STYLE_DIM, who.p, who.len);
	str_release(&what);
	str_release(&who);
}
