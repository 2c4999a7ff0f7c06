/* SPDX-License-Identifier: MIT */
#include "core/message.h"
#include "ui/common.h"
#include "ui/log_inner.h"
#include "ui/theme.h"
#include "ui/told.h"
#include "ui/tr.h"

#include <string.h>

#define MARK_COLS    2
#define DATE_COLS    12
#define MEETING_COLS 10
#define AUTHOR_COLS  18
#define COUNT_COLS   10
#define WIDE         110 /* from here on there is room for the counts */

static int author_cols(int cols)
{
	return cols < 70 ? 0 : AUTHOR_COLS;
}

static int meeting_cols(int cols)
{
	return cols < 50 ? 0 : MEETING_COLS;
}

static void draw_heads(struct canvas *c)
{
	static const char *const counts[] = {NP_("count", "opened"), NP_("count", "changed"),
					     NP_("count", "resolved"),
					     NP_("count", "reopened")};
	int cols = c->window.cols, col = MARK_COLS;

	canvas_text(c, 0, col, STYLE_DIM, _("day"));
	col += DATE_COLS;
	if (meeting_cols(cols))
		canvas_text(c, 0, col, STYLE_DIM, _("meeting"));
	col += meeting_cols(cols);
	if (author_cols(cols))
		canvas_text(c, 0, col, STYLE_DIM, _("author"));
	canvas_text(c, 0, col + author_cols(cols), STYLE_DIM, _("what"));
	for (int i = 0; i < 4 && cols >= WIDE; i++)
		canvas_put_right(c, 0, cols - (3 - i) * COUNT_COLS - 1, STYLE_DIM,
				 p_("count", counts[i]), strlen(p_("count", counts[i])));
}

static void draw_counts(struct canvas *c, int row, const struct host_version *v)
{
	const size_t n[] = {v->counts.opened, v->counts.changed, v->counts.resolved,
			    v->counts.reopened};
	static const uint32_t styles[] = {STYLE_TEXT, STYLE_TEXT, STYLE_OK, STYLE_WARN};

	for (int i = 0; i < 4; i++) {
		struct str text = STR_INIT;

		if (!v->counted || !n[i])
			str_add_text(&text, v->counted ? "·" : "");
		else
			str_addf(&text, "%zu", n[i]);
		canvas_put_right(c, row, c->window.cols - (3 - i) * COUNT_COLS - 1,
				 n[i] ? styles[i] : STYLE_DIM, str_text(&text), text.len);
		str_release(&text);
	}
}

/* The subject, without the draft's own name where that stands above. */
static struct slice what(const struct log_view *lv, const struct host_version *v)
{
	struct slice s = lv->name ? told_subject(v->message, lv->name) : log_subject(v);

	return s.len ? s : slice_of(_("(no message)"));
}

/* It deleted a draft: with another one in it, that may be the same under another name. */
static bool took_draft(const struct host_version *v)
{
	return v->deleted && v->n_files && v->files[0].is_draft &&
	       (v->n_files == 1 || !v->files[1].is_draft);
}

static void draw_row(const struct log_view *lv, struct canvas *c, int row, size_t i)
{
	const struct host_version *v = &lv->log->v[lv->shown[i]];
	int cols = c->window.cols, col = MARK_COLS, room;
	bool chosen = i == lv->chosen;
	struct slice s = what(lv, v);

	if (chosen)
		canvas_text(c, row, 0, STYLE_ACCENT, "▸");
	if (lv->shown[i] == lv->marked)
		canvas_text(c, row, 1, STYLE_ACCENT, "◆");
	canvas_text(c, row, col, chosen ? STYLE_ACCENT : STYLE_TEXT, v->date);
	col += DATE_COLS;
	if (meeting_cols(cols))
		canvas_put_cut(c, row, col, MEETING_COLS - 2, STYLE_TEXT, v->meeting,
			       strlen(v->meeting));
	col += meeting_cols(cols);
	if (author_cols(cols))
		canvas_put_cut(c, row, col, AUTHOR_COLS - 2, STYLE_DIM, v->author,
			       strlen(v->author));
	col += author_cols(cols);
	room = cols - 1 - col - (cols >= WIDE ? 4 * COUNT_COLS : 0);
	if (took_draft(v)) {
		int used = canvas_text(c, row, col, STYLE_WARN, _("deleted")) + 1;

		col += used;
		room -= used;
	}
	canvas_put_cut(c, row, col, room, chosen ? STYLE_TEXT | STYLE_STRONG : STYLE_TEXT, s.p,
		       s.len);
	if (cols >= WIDE)
		draw_counts(c, row, v);
	if (chosen)
		canvas_cursor(c, row, 0, CURSOR_BLOCK);
}

void log_draw(const struct view *v, struct canvas *c)
{
	const struct log_view *lv = (const struct log_view *)v;

	if (lv->n_shown)
		draw_heads(c);
	for (int i = 0; i < lv->height && lv->top + (size_t)i < lv->n_shown; i++)
		draw_row(lv, c, i + 1, lv->top + (size_t)i);
	if (lv->n_shown)
		return;
	canvas_text(c, 1, MARK_COLS, STYLE_PLACEHOLDER,
		    log_is_running(lv)   ? _("looking for versions …")
		    : lv->failure.status ? lv->failure.text
		    : lv->filter.len     ? _("No version is like that.")
		    : lv->stopped        ? _("Stopped before a version was found.")
					 : _("No version yet: nothing of it is committed."));
}

void log_headline(const struct view *v, struct str *left, struct str *right)
{
	const struct log_view *lv = (const struct log_view *)v;
	size_t n = lv->log ? lv->log->n : 0;

	str_addf(left, _("%s · log"), log_title(lv));
	if (lv->filter.len)
		str_addf(right, _("%zu of "), lv->n_shown);
	str_addf(right, n_("%zu version", "%zu versions", n), n);
	if (log_is_running(lv))
		str_add_text(right, " …");
}

/* The chosen version took a draft away. */
static bool is_gone(const struct log_view *lv)
{
	const struct host_version *v = log_chosen(lv);

	return v && took_draft(v) && HOST_CAN(lv->host, bring);
}

void log_status(const struct view *v, struct str *out)
{
	const struct log_view *lv = (const struct log_view *)v;

	if (lv->named && lv->named->words[1])
		str_addf(out, _("looking for %s and %s; Esc stops"), lv->named->words[0],
			 lv->named->words[1]);
	else if (lv->named)
		str_addf(out, _("looking for %s; Esc stops"), lv->named->words[0]);
	else if (lv->marked != SIZE_MAX && !log_other_is_marked(lv))
		str_add_text(out, _("◆ marked: go to another version, Enter compares the two"));
	else if (is_gone(lv))
		str_add_text(out, _("the draft was deleted here: r brings it back"));
	else if (lv->filter.len)
		str_addf(out, _("only: %.*s"), (int)lv->filter.len, lv->filter.p);
	else if (lv->stopped)
		str_add_text(out, _("stopped: there may be older versions"));
	else if (log_is_running(lv))
		str_add_text(out, _("older versions are being looked for; Esc stops"));
	else if (lv->log && lv->log->n_notes)
		str_add_text(out, lv->log->notes[0]);
	common_say_more(out, lv->top, lv->height, lv->n_shown);
}

/* ---- below: the chosen version ---- */

int log_below_rows(const struct view *v, int rows, int cols)
{
	(void)v;
	(void)cols;
	return rows >= 16 ? 3 : 0;
}

static void add_facts(const struct log_view *lv, const struct host_version *v, struct str *out)
{
	str_addf(out, "%.10s", v->id);
	if (*v->tag)
		str_addf(out, " · %s", v->tag);
	if (v->left)
		str_addf(out, _(" · a merge that left behind what %.7s brought"), v->parent);
	else if (v->merge)
		str_add_text(out, _(" · brings two lines of work together"));
	for (size_t i = 0; i < v->n_files && (!lv->name || !v->files[0].is_draft); i++)
		str_addf(out, i ? ", %s" : " · %s", v->files[i].name);
	if (*v->was)
		str_addf(out, _(" · renamed from %s"), v->was);
	else if (v->deleted)
		str_add_text(out, _(" · the draft was deleted"));
	else if (v->added)
		str_add_text(out, _(" · the draft began"));
}

void log_draw_below(const struct view *v, struct canvas *c)
{
	const struct log_view *lv = (const struct log_view *)v;
	const struct host_version *one = log_chosen(lv);
	struct str words = STR_INIT, counts = STR_INIT, facts = STR_INIT;
	struct message_record record;
	struct slice s;
	int cols = c->window.cols - MARK_COLS - 1;
	bool told;

	if (!one)
		return;
	message_parse(one->message, &record);
	told = told_record(&words, &record);
	if (!told) {
		s = log_subject(one);
		str_add_slice(&words, s);
	}
	canvas_put_cut(c, 0, MARK_COLS, cols, STYLE_TEXT, words.p, words.len);
	told_counts(&counts, &one->counts);
	if (!one->counted)
		canvas_text(c, 1, MARK_COLS, STYLE_DIM, _("its text could not be compared"));
	else if (counts.len)
		canvas_textf(c, 1, MARK_COLS, STYLE_TEXT, _("points: %s"), str_text(&counts));
	else if (!told) /* "deferred: point 1" has touched one */
		canvas_text(c, 1, MARK_COLS, STYLE_DIM,
			    one->added ? _("it has no points")
				       : _("no point was touched; Enter shows what was"));
	add_facts(lv, one, &facts);
	canvas_put_cut(c, 2, MARK_COLS, cols, STYLE_DIM, facts.p, facts.len);
	str_release(&words);
	str_release(&counts);
	str_release(&facts);
}
