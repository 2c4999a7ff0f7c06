/* SPDX-License-Identifier: MIT */
#include "desk_inner.h"

#include "core/party.h"
#include "ui/canvas.h"
#include "ui/theme.h"
#include "ui/told.h"
#include "ui/tr.h"

#include <string.h>
#include <time.h>

/* Columns of the table. Those that a narrow screen has no room for are left out from the
 * right; the rows below the rule have everything of the chosen draft. */
#define MARK_COLS    3
#define NAME_COLS    16
#define NAME_MOST    28
#define COUNT_COLS   7
#define PROBLEM_COLS 5
#define SHARE_COLS   12
#define TEXTS_COLS   10
#define TEXTS_WIDE   26
#define LAST_COLS    9
#define WHO_COLS     18
#define TITLE_LEAST  14
#define TITLE_WANTED 24 /* before the column of linked points gets any room */

struct columns {
	int name, title, open, linked, problems, share, texts, last,
		who; /* widths; 0: left out */
};

static size_t count_parties(const struct desk_row *r, unsigned flag)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n_parties; i++)
		n += (r->parties[i] & flag) != 0;
	return n;
}

static struct columns columns_of(const struct desk *d, int cols)
{
	struct columns w = {.name = NAME_COLS, .open = COUNT_COLS};
	bool texts = false; /* a column for nobody's texts would be room for titles lost */
	int left;

	for (size_t i = 0; i < d->n_shown; i++) {
		const struct desk_row *r = &d->rows[d->shown[i]];
		int width = canvas_columns(r->name, strlen(r->name)) + 3;

		texts = texts || count_parties(r, DESK_TEXT) > 0;
		if (r->problems)
			w.problems = PROBLEM_COLS;
		if (width > w.name)
			w.name = width < NAME_MOST ? width : NAME_MOST;
	}
	if (w.name > cols / 3)
		w.name = cols / 3;
	left = cols - 1 - MARK_COLS - w.name - TITLE_LEAST - w.open - w.problems;
	if (left >= SHARE_COLS)
		left -= w.share = SHARE_COLS;
	if (left >= LAST_COLS)
		left -= w.last = LAST_COLS;
	if (texts && left >= TEXTS_COLS)
		left -= w.texts = TEXTS_COLS;
	if (left >= COUNT_COLS + TITLE_WANTED - TITLE_LEAST)
		left -= w.linked = COUNT_COLS;
	if (texts && left >= TEXTS_WIDE - TEXTS_COLS + 20) {
		left -= TEXTS_WIDE - w.texts;
		w.texts = TEXTS_WIDE;
	}
	if (left >= WHO_COLS + 24)
		left -= w.who = WHO_COLS;
	w.title = TITLE_LEAST + (left > 0 ? left : 0);
	return w;
}

static void right_aligned(struct canvas *c, int row, int end, uint32_t style, const char *text)
{
	canvas_put_right(c, row, end, style, text, strlen(text));
}

static void draw_heads(struct canvas *c, struct columns w)
{
	int col = MARK_COLS;

	canvas_text(c, 0, col, STYLE_DIM, _("draft"));
	col += w.name;
	canvas_text(c, 0, col, STYLE_DIM, _("title"));
	col += w.title + w.open;
	right_aligned(c, 0, col, STYLE_DIM, _("open"));
	if (w.linked)
		right_aligned(c, 0, col += w.linked, STYLE_DIM, _("linked"));
	if (w.problems)
		right_aligned(c, 0, col += w.problems, STYLE_DIM, "⚠");
	if (w.share)
		right_aligned(c, 0, col += w.share, STYLE_DIM, _("brackets"));
	col += 2;
	if (w.texts)
		canvas_text(c, 0, col, STYLE_DIM, _("texts"));
	col += w.texts;
	if (w.last)
		right_aligned(c, 0, col + w.last - 2, STYLE_DIM, _("last"));
}

static void draw_number(struct canvas *c, int row, int end, size_t n, uint32_t style)
{
	struct str text = STR_INIT;

	if (n)
		str_addf(&text, "%zu", n);
	canvas_put_right(c, row, end, n ? style : STYLE_DIM, n ? text.p : "·",
			 n ? text.len : 2);
	str_release(&text);
}

/* A bar of four cells and the share of words in brackets in a hundred. */
static void draw_share(struct canvas *c, int row, int end, const struct desk_row *r)
{
	static const char *const steps[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
	size_t share = r->words ? (r->bracket_words * 100 + r->words / 2) / r->words : 0;
	struct str text = STR_INIT;

	if (!share && r->bracket_words)
		share = 1;
	str_addf(&text, "%zu %%", share);
	canvas_put_right(c, row, end, share ? STYLE_TEXT : STYLE_DIM, text.p, text.len);
	for (size_t i = 0; i < 4 && share; i++) {
		size_t filled = share > i * 25 ? share - i * 25 : 0;
		size_t step = filled >= 25 ? 7 : filled * 8 / 25;
		canvas_text(c, row, end - 10 + (int)i, STYLE_DIM, steps[step]);
	}
	str_release(&text);
}

/* The codes of those that have a text, where there is room; else how many. */
static void draw_texts(const struct desk *d, struct canvas *c, int row, int col, int width,
		       const struct desk_row *r)
{
	const struct parties *p = d->host->parties(d->host->data);
	size_t n = count_parties(r, DESK_TEXT), all = r->n_parties;
	int end = col + width - 1;

	if (!n) {
		canvas_text(c, row, col, STYLE_DIM, "–");
	} else if (n == all) {
		canvas_textf(c, row, col, STYLE_TEXT, _("all %zu"), n);
	} else if (width < TEXTS_WIDE) {
		canvas_textf(c, row, col, STYLE_TEXT, _("%zu of %zu"), n, all);
	} else {
		for (size_t i = 0; i < all && i < p->n; i++) {
			int need = canvas_columns(p->v[i].code, strlen(p->v[i].code));
			if (!(r->parties[i] & DESK_TEXT))
				continue;
			if (col + need > end) {
				canvas_text(c, row, col, STYLE_DIM, "…");
				break;
			}
			col += canvas_text(c, row, col, style_party((uint16_t)i),
					   p->v[i].code) +
			       1;
		}
	}
}

/* "2 h", "3 d", "2026-03-29": how long ago, in few columns. */
static void add_ago(int64_t then, int64_t now, struct str *out)
{
	int64_t age = now - then;
	time_t t = (time_t)then;
	struct tm tm;
	char day[16];

	if (age >= 0 && age < 60)
		str_add_text(out, _("now"));
	else if (age >= 0 && age < 3600)
		str_addf(out, _("%d min"), (int)(age / 60));
	else if (age >= 0 && age < 86400)
		str_addf(out, _("%d h"), (int)(age / 3600));
	else if (age >= 0 && age < 60 * 86400)
		str_addf(out, _("%d d"), (int)(age / 86400));
	else if (gmtime_r(&t, &tm) && strftime(day, sizeof(day), "%Y-%m", &tm))
		str_add_text(out, day);
}

static void draw_last(const struct desk *d, struct canvas *c, int row, int col,
		      struct columns w, const struct desk_row *r)
{
	struct str ago = STR_INIT;

	if (!r->changed)
		return;
	add_ago(r->changed, d->host->now(d->host->data), &ago);
	canvas_put_right(c, row, col + w.last - 2, STYLE_DIM, ago.p, ago.len);
	if (w.who && r->changed_by)
		canvas_put_cut(c, row, col + w.last, w.who - 1, STYLE_DIM, r->changed_by,
			       strlen(r->changed_by));
	str_release(&ago);
}

static void draw_counts(const struct desk *d, struct canvas *c, int row, int col,
			struct columns w, const struct desk_row *r)
{
	draw_number(c, row, col += w.open, r->open, STYLE_TEXT);
	if (w.linked)
		draw_number(c, row, col += w.linked, r->linked, STYLE_TEXT);
	if (w.problems)
		draw_number(c, row, col += w.problems, r->problems, STYLE_PROBLEM);
	if (w.share)
		draw_share(c, row, col += w.share, r);
	col += 2;
	if (w.texts)
		draw_texts(d, c, row, col, w.texts, r);
	col += w.texts;
	if (w.last)
		draw_last(d, c, row, col, w, r);
}

static void draw_row(const struct desk *d, struct canvas *c, int row, size_t i,
		     struct columns w)
{
	const struct desk_row *r = &d->rows[d->shown[i]];
	bool chosen = i == d->chosen;
	const char *title = r->title && *r->title ? r->title : "";
	bool marked = r->unsaved || r->recovered || r->uncommitted;
	int col = MARK_COLS;

	if (chosen) {
		canvas_text(c, row, 1, STYLE_ACCENT, "▸");
		canvas_cursor(c, row, MARK_COLS, CURSOR_BLOCK);
	}
	canvas_put_cut(c, row, col, w.name - 2 - marked,
		       chosen ? STYLE_ACCENT : STYLE_TEXT | STYLE_STRONG, r->name,
		       strlen(r->name));
	if (marked)
		canvas_text(c, row, col + w.name - 2, STYLE_WARN,
			    r->unsaved || r->recovered ? "●" : "○");
	col += w.name;
	if (r->state == DESK_WAITING) {
		canvas_text(c, row, col, STYLE_DIM, _("reading …"));
	} else if (r->state == DESK_UNREADABLE) {
		canvas_put_cut(c, row, col, c->window.cols - col, STYLE_ERROR, r->failure,
			       strlen(r->failure));
	} else {
		canvas_put_cut(c, row, col, w.title - 1, STYLE_TEXT, title, strlen(title));
		draw_counts(d, c, row, col + w.title, w, r);
	}
	if (chosen)
		canvas_restyle(c, (struct area){row, 0, 1, c->window.cols}, STYLE_CURRENT,
			       STYLE_CURRENT);
}

/* What a folder without drafts, or without anything that passes the filter, says. */
static void draw_nothing(const struct desk *d, struct canvas *c)
{
	const struct host_workspace *w = d->host->workspace(d->host->data);
	const char *first = NULL, *second = NULL;

	if (d->filter.len) {
		first = _("No draft has these words.");
		second = _("Press / to look for others, Esc to see all.");
	} else if (w->place == PLACE_LOADING) {
		first = _("Opening the workspace …");
	} else if (w->place == PLACE_NO_DRAFTS) {
		first = _("There are no drafts in this folder yet.");
		second = _("Press i to make a workspace here: a repository with an example "
			   "draft.");
	} else if (w->place == PLACE_FAILED) {
		first = _("There are no drafts here, and none can be kept here.");
		second = _("What can be done is said below; q leaves.");
	} else {
		first = _("No drafts yet.");
		second = _("Press n to begin one, I to import a text.");
	}
	canvas_text(c, 2, MARK_COLS, STYLE_TEXT, first);
	if (second)
		canvas_text(c, 3, MARK_COLS, STYLE_DIM, second);
}

void desk_draw(const struct view *v, struct canvas *c)
{
	const struct desk *d = (const struct desk *)v;
	struct columns w = columns_of(d, c->window.cols);

	if (!d->n_shown) {
		draw_nothing(d, c);
		return;
	}
	draw_heads(c, w);
	for (int i = 0; i < d->height && d->top + (size_t)i < d->n_shown; i++)
		draw_row(d, c, i + 1, d->top + (size_t)i, w);
}

/* The next meeting, and in how many days. */
static void add_meeting(const struct desk *d, struct str *out)
{
	const struct meetings *all =
		d->host->meetings ? d->host->meetings(d->host->data) : NULL;
	time_t now = (time_t)d->host->now(d->host->data);
	const struct meeting *m;
	struct tm tm;
	char day[16];
	long days;

	if (!all || !localtime_r(&now, &tm) || !strftime(day, sizeof(day), "%Y-%m-%d", &tm))
		return;
	m = meetings_next(all, day);
	if (!m)
		return;
	days = date_days(day, m->first);
	if (days > 0)
		str_addf(out, n_(" · %s in %ld day", " · %s in %ld days", days), m->code, days);
	else
		str_addf(out, _(" · %s now"), m->code);
}

void desk_headline(const struct view *v, struct str *left, struct str *right)
{
	const struct desk *d = (const struct desk *)v;
	const struct host_workspace *w = d->host->workspace(d->host->data);
	size_t open = 0;

	str_addf(left, "adref  %s", w->title ? w->title : "");
	if (d->filter.len)
		str_addf(left, _("  · only with \"%s\""), str_text((struct str *)&d->filter));
	for (size_t i = 0; i < d->n_rows; i++)
		open += d->rows[i].open;
	if (!d->n_rows)
		return;
	str_addf(right, n_("%zu draft", "%zu drafts", d->n_rows), d->n_rows);
	str_addf(right, n_(" · %zu open point", " · %zu open points", open), open);
	add_meeting(d, right);
}

int desk_below_rows(const struct view *v, int rows, int cols)
{
	const struct desk *d = (const struct desk *)v;

	(void)cols;
	return rows >= 16 && d->n_shown ? 4 : 0;
}

static int add_codes(const struct desk *d, struct canvas *c, int row, int col,
		     const struct desk_row *r, unsigned flag, const char *label)
{
	const struct parties *p = d->host->parties(d->host->data);

	if (!count_parties(r, flag))
		return col;
	col += canvas_text(c, row, col, STYLE_DIM, label) + 1;
	for (size_t i = 0; i < r->n_parties && i < p->n; i++)
		if (r->parties[i] & flag)
			col += canvas_text(c, row, col, style_party((uint16_t)i),
					   p->v[i].code) +
			       1;
	return col + 2;
}

static void draw_type(struct canvas *c, const struct desk_row *r)
{
	struct str text = STR_INIT;

	str_addf(&text, "%s", r->type && *r->type ? r->type : _("draft"));
	if (r->symbol && *r->symbol)
		str_addf(&text, " · %s", r->symbol);
	str_add_text(&text, " · ");
	told_number(&text, r->words);
	str_addf(&text, " %s · ", n_("word", "words", r->words));
	told_number(&text, r->bracket_words);
	str_add_text(&text, _(" in brackets"));
	if (r->nested)
		str_addf(&text,
			 n_(" · %zu point inside others", " · %zu points inside others",
			    r->nested),
			 r->nested);
	if (r->linked)
		str_addf(&text, n_(" · %zu linked", " · %zu linked", r->linked), r->linked);
	canvas_put_cut(c, 1, MARK_COLS, c->window.cols - MARK_COLS, STYLE_DIM, text.p,
		       text.len);
	str_release(&text);
}

static void draw_state(const struct desk *d, struct canvas *c, const struct desk_row *r)
{
	struct str text = STR_INIT;
	int col = MARK_COLS;

	col = add_codes(d, c, 2, col, r, DESK_TEXT, _("texts"));
	col = add_codes(d, c, 2, col, r, DESK_POSITIONS, _("positions"));
	if (r->recovered)
		str_add_text(&text, _("● unsaved work was found: open it to see  "));
	else if (r->unsaved)
		str_add_text(&text, _("● not saved  "));
	else if (r->uncommitted)
		str_add_text(&text, _("○ not committed  "));
	if (r->agreed)
		str_addf(&text,
			 n_("%zu paragraph agreed  ", "%zu paragraphs agreed  ", r->agreed),
			 r->agreed);
	if (r->reopened)
		str_addf(&text, n_("%zu reopened  ", "%zu reopened  ", r->reopened),
			 r->reopened);
	if (r->deferred)
		str_addf(&text, n_("%zu put off  ", "%zu put off  ", r->deferred), r->deferred);
	canvas_put_cut(c, 2, col, c->window.cols - col, STYLE_WARN, text.p ? text.p : "",
		       text.len);
	str_release(&text);
}

void desk_draw_below(const struct view *v, struct canvas *c)
{
	const struct desk *d = (const struct desk *)v;
	const struct desk_row *r = desk_chosen(d);
	struct str text = STR_INIT;

	if (r && r->state == DESK_UNREADABLE) {
		canvas_put_cut(c, 0, MARK_COLS, c->window.cols - MARK_COLS,
			       STYLE_TEXT | STYLE_STRONG, r->name, strlen(r->name));
		canvas_put_cut(c, 1, MARK_COLS, c->window.cols - MARK_COLS, STYLE_ERROR,
			       r->failure, strlen(r->failure));
	}
	if (!r || r->state != DESK_READY)
		return;
	canvas_put_cut(c, 0, MARK_COLS, c->window.cols - MARK_COLS, STYLE_TEXT | STYLE_STRONG,
		       *r->title ? r->title : r->name, strlen(*r->title ? r->title : r->name));
	draw_type(c, r);
	draw_state(d, c, r);
	if (r->changed && r->changed_what && *r->changed_what) {
		add_ago(r->changed, d->host->now(d->host->data), &text);
		str_addf(&text, "  %s%s%s", r->changed_by ? r->changed_by : "",
			 r->changed_by && *r->changed_by ? ": " : "", r->changed_what);
		canvas_put_cut(c, 3, MARK_COLS, c->window.cols - MARK_COLS, STYLE_DIM, text.p,
			       text.len);
	}
	str_release(&text);
}
