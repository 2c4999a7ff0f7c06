/* SPDX-License-Identifier: MIT */
#include "ui/common.h"
#include "ui/life_inner.h"
#include "ui/theme.h"
#include "ui/told.h"
#include "ui/tr.h"

#include <string.h>

#define MARGIN      2
#define NUMBER_COLS 6
#define STATE_COLS  10
#define DAY_COLS    12
#define MEET_COLS   10
#define KIND_COLS   15
#define INDENT      4
#define LABEL_COLS  8 /* "before", "after" */
#define MEASURE     100
#define WIDE        110
#define TEXT_MOST   400 /* columns of a wording in one row: it is cut to the screen later */

static const struct life *life_of(const struct life_view *lv)
{
	return lv->lives->life;
}

/* Also its draft is there still. */
static bool is_open(const struct life_view *lv, const struct life_point *p)
{
	return p->state == LIFE_OPEN && !lv->lives->gone;
}

/* It began before the versions that are known. */
static bool was_there(const struct life_view *lv, const struct life_point *p)
{
	return lv->lives->is_newest && p->born == 0;
}

static const char *state_word(const struct life_view *lv, const struct life_point *p)
{
	return is_open(lv, p)                 ? _("open")
	       : p->state == LIFE_IS_RESOLVED ? _("resolved")
	       : p->state == LIFE_IS_MERGED   ? _("merged")
					      : _("gone");
}

static uint32_t state_style(const struct life_view *lv, const struct life_point *p)
{
	return p->state == LIFE_IS_RESOLVED ? STYLE_OK
	       : is_open(lv, p)             ? STYLE_TEXT
					    : STYLE_DIM;
}

/* What a point offers, as it stands: "[one / AFR: at least one]". */
static void add_offer(const struct life *l, const struct life_point *p,
		      const struct parties *parties, struct str *out)
{
	told_wording(out, life_point_text(l, p), parties, TEXT_MOST);
}

static void add_dot(struct str *out)
{
	if (out->len)
		str_add_text(out, " · ");
}

/* ---- the list ---- */

static void draw_heads(struct canvas *c)
{
	int cols = c->window.cols, col = MARGIN;

	canvas_put_right(c, 0, col + NUMBER_COLS - 2, STYLE_DIM, _("point"),
			 strlen(_("point")));
	col += NUMBER_COLS;
	canvas_text(c, 0, col, STYLE_DIM, _("now"));
	col += STATE_COLS;
	if (cols >= 70) {
		canvas_text(c, 0, col, STYLE_DIM, _("since"));
		canvas_text(c, 0, col + DAY_COLS, STYLE_DIM, _("until"));
		col += 2 * DAY_COLS;
	}
	if (cols >= WIDE) {
		canvas_text(c, 0, col, STYLE_DIM, _("at"));
		col += MEET_COLS;
	}
	canvas_text(c, 0, col, STYLE_DIM, _("what it offered last"));
}

static void draw_point(const struct life_view *lv, struct canvas *c, int row, size_t i)
{
	const struct life *l = life_of(lv);
	const struct life_point *p = &l->points[lv->shown[i]];
	const struct host_version *v = lv->lives->v, *end = NULL;
	uint32_t strong = i == lv->chosen ? STYLE_STRONG : 0;
	struct str text = STR_INIT;
	int cols = c->window.cols, col = MARGIN;

	if (p->ended != LIFE_NONE)
		end = &v[p->ended];
	if (i == lv->chosen) {
		canvas_text(c, row, 0, STYLE_ACCENT, "▸");
		canvas_cursor(c, row, 0, CURSOR_BLOCK);
	}
	if (is_open(lv, p))
		str_addf(&text, "%u", p->number);
	else
		str_add_text(&text, "·");
	canvas_put_right(c, row, col + NUMBER_COLS - 2,
			 is_open(lv, p) && strong ? STYLE_ACCENT : STYLE_DIM, text.p, text.len);
	col += NUMBER_COLS;
	canvas_text(c, row, col, state_style(lv, p) | strong, state_word(lv, p));
	col += STATE_COLS;
	if (cols >= 70) {
		canvas_text(c, row, col, STYLE_DIM,
			    was_there(lv, p) ? _("earlier") : v[p->born].date);
		canvas_text(c, row, col + DAY_COLS, STYLE_DIM, end ? end->date : "");
		col += 2 * DAY_COLS;
	}
	if (cols >= WIDE) {
		if (end)
			canvas_put_cut(c, row, col, MEET_COLS - 2, STYLE_DIM, end->meeting,
				       strlen(end->meeting));
		col += MEET_COLS;
	}
	str_clear(&text);
	add_offer(l, p, lv->lives->parties, &text);
	if (!text.len)
		str_add_text(&text, _("(nothing yet)"));
	canvas_put_cut(c, row, col, cols - col - 1,
		       (is_open(lv, p) ? STYLE_TEXT : STYLE_DIM) | strong, text.p, text.len);
	str_release(&text);
}

static void draw_list(const struct life_view *lv, struct canvas *c)
{
	if (lv->n_shown)
		draw_heads(c);
	for (int i = 0; i + 1 < lv->rows && lv->top + (size_t)i < lv->n_shown; i++)
		draw_point(lv, c, i + 1, lv->top + (size_t)i);
	if (lv->n_shown)
		return;
	canvas_text(c, 1, MARGIN, STYLE_PLACEHOLDER,
		    life_is_running(lv)  ? _("reading the history …")
		    : lv->filter.len     ? _("No point ever had these words.")
		    : lv->failure.status ? lv->failure.text
		    : lv->stopped        ? _("Stopped before the history was read.")
					 : _("There never was a point in this draft."));
}

/* ---- the life of one ---- */

static uint32_t kind_style(enum life_kind kind)
{
	switch (kind) {
	case LIFE_RESOLVED:
		return STYLE_OK;
	case LIFE_REOPENED:
		return STYLE_WARN;
	case LIFE_DEFERRED:
		return STYLE_DEFERRED;
	case LIFE_CLOSED:
	case LIFE_DROPPED:
	case LIFE_LEFT:
		return STYLE_DELETED;
	case LIFE_POSITION:
	case LIFE_THERE:
		return STYLE_DIM;
	default:
		return STYLE_TEXT;
	}
}

/* "point 8", or of one that is gone what it offered. */
static void add_other(const struct life *l, uint32_t point, const struct parties *parties,
		      struct str *out)
{
	const struct life_point *p = &l->points[point];

	if (p->state == LIFE_OPEN)
		str_addf(out, _("point %u: "), p->number);
	add_offer(l, p, parties, out);
}

static void add_event(const struct life_view *lv, const struct life_event *e, struct str *out)
{
	if (e->other == LIFE_NONE || (e->kind != LIFE_MERGED && e->kind != LIFE_SPLIT)) {
		told_event(out, life_of(lv), e, lv->lives->parties);
		return;
	}
	str_add_text(out, e->kind == LIFE_MERGED ? _("into ") : _("from "));
	add_other(life_of(lv), e->other, lv->lives->parties, out);
}

static void draw_head(const struct life_view *lv, struct canvas *c, int row, size_t event)
{
	const struct life_event *e = &life_of(lv)->events[lv->events[event]];
	uint32_t version = e->version;
	bool there = e->kind == LIFE_THERE; /* whoever made that version did not bring it */
	const struct host_version *v = &lv->lives->v[version];
	struct str who = STR_INIT;
	int col = MARGIN;

	canvas_text(c, row, col, STYLE_HEADING, v->date);
	col += DAY_COLS;
	if (c->window.cols >= 50) {
		canvas_put_cut(c, row, col, MEET_COLS - 2, STYLE_HEADING, v->meeting,
			       strlen(v->meeting));
		col += MEET_COLS;
	} else if (*v->meeting) {
		str_add_text(&who, v->meeting);
	}
	if (*v->author && !there) {
		add_dot(&who);
		str_add_text(&who, v->author);
	}
	if (*lv->lives->documents[version] && !there) {
		add_dot(&who);
		str_add_text(&who, lv->lives->documents[version]);
	}
	add_dot(&who);
	if (there)
		str_add_text(&who, _("what was before is not read yet"));
	else
		str_addf(&who, "%.10s", v->id);
	canvas_put_cut(c, row, col, c->window.cols - col - 1, STYLE_DIM, who.p, who.len);
	str_release(&who);
}

static void draw_event(const struct life_view *lv, struct canvas *c, int row, size_t event)
{
	const struct life_event *e = &life_of(lv)->events[lv->events[event]];
	bool chosen = event == lv->event;
	const char *kind = _(life_kind_word(e->kind));
	struct str words = STR_INIT;
	int col = INDENT, room;

	if (chosen) {
		canvas_text(c, row, 0, STYLE_ACCENT, "▸");
		canvas_cursor(c, row, 0, CURSOR_BLOCK);
	}
	canvas_text(c, row, col, kind_style(e->kind) | (chosen ? STYLE_STRONG : 0), kind);
	room = canvas_columns(kind, strlen(kind)) + 1;
	col += room > KIND_COLS ? room : KIND_COLS;
	add_event(lv, e, &words);
	canvas_put_cut(c, row, col, c->window.cols - col - 1,
		       STYLE_TEXT | (chosen ? STYLE_STRONG : 0), words.p, words.len);
	str_release(&words);
}

static void draw_tale(const struct life_view *lv, struct canvas *c)
{
	for (int i = 0; i < lv->rows && (size_t)lv->tale_top + (size_t)i < lv->n_rows; i++) {
		const struct life_row *r = &lv->row[lv->tale_top + i];

		if (r->head)
			draw_head(lv, c, i, r->event);
		else if (!r->blank)
			draw_event(lv, c, i, r->event);
	}
}

void life_draw(const struct view *v, struct canvas *c)
{
	const struct life_view *lv = (const struct life_view *)v;

	if (lv->tale)
		draw_tale(lv, c);
	else
		draw_list(lv, c);
}

/* ---- title and status ---- */

static void headline_of_tale(const struct life_view *lv, struct str *left, struct str *right)
{
	const struct life_point *p = &life_of(lv)->points[lv->point];

	str_addf(left, _("%s · life of "), lv->name);
	if (is_open(lv, p))
		str_addf(left, _("point %u"), p->number);
	else
		str_addf(left, _("a point that is %s"), state_word(lv, p));
	if (p->depth > 1)
		str_add_text(left, _(", inside another"));
	if (p->id_len) {
		str_add_text(left, " · ");
		str_add_slice(left, life_point_id(life_of(lv), p));
	}
	if (lv->lives->is_newest)
		str_add_text(right, _("recent events"));
	else
		str_addf(right, _("event %zu of %zu"), lv->event + 1, lv->n_events);
}

void life_headline(const struct view *v, struct str *left, struct str *right)
{
	const struct life_view *lv = (const struct life_view *)v;
	size_t n, open = 0;

	if (lv->tale) {
		headline_of_tale(lv, left, right);
		return;
	}
	str_addf(left,
		 lv->lives && lv->lives->is_newest ? _("%s · recent points")
						   : _("%s · every point there was"),
		 lv->name);
	if (!lv->lives || !lv->lives->life)
		return;
	n = life_of(lv)->n_points;
	for (size_t i = 0; i < n; i++)
		open += is_open(lv, &life_of(lv)->points[i]) &&
			life_of(lv)->points[i].depth <= 1;
	if (lv->filter.len)
		str_addf(right, _("%zu of "), lv->n_shown);
	str_addf(right, n_("%zu point", "%zu points", n), n);
	str_addf(right, n_(" · %zu open", " · %zu open", open), open);
}

void life_status(const struct view *v, struct str *out)
{
	const struct life_view *lv = (const struct life_view *)v;
	const struct host_version *at = life_version_at(lv);

	if (life_is_running(lv) || (lv->lives && lv->lives->is_newest)) {
		told_reading(out, lv->lives, life_is_running(lv));
	} else if (at) {
		str_add_slice(out, told_subject(at->message, lv->name));
	} else if (lv->filter.len) {
		str_addf(out, _("only points with \"%.*s\""), (int)lv->filter.len,
			 lv->filter.p);
	} else if (lv->lives && lv->lives->gone) {
		str_add_text(out, _("the draft was deleted, and what was open with it"));
	} else if (lv->lives && lv->lives->n_notes) {
		told_notes(out, lv->lives->notes, lv->lives->n_notes);
	}
	if (!lv->tale)
		common_say_more(out, lv->top, lv->rows - 1, lv->n_shown);
}

/* ---- below: the wordings around an event; or where a point began and ended ---- */

int life_below_rows(const struct view *v, int rows, int cols)
{
	const struct life_view *lv = (const struct life_view *)v;

	(void)cols;
	if (!lv->tale)
		return rows >= 16 ? 3 : 0;
	return rows >= 30 ? 6 : rows >= 20 ? 4 : rows >= 14 ? 2 : 0;
}

/* At most so many rows of a wording; returns how many. */
static int draw_wording(const struct life_view *lv, struct canvas *c, int row, int most,
			const char *label, const struct doc *d, const struct prose_tint *tints,
			size_t n_tints, const char *otherwise)
{
	int cols = c->window.cols - MARGIN - LABEL_COLS - 1;
	struct prose_spec spec = {.cols = cols < MEASURE ? cols : MEASURE,
				  .reorder = host_reorders(lv->host),
				  .point = BRACKET_NONE,
				  .tints = tints,
				  .n_tints = n_tints};
	struct prose p;
	int rows = 1;

	canvas_text(c, row, MARGIN, STYLE_DIM, label);
	if (!d || !d->flat.len) {
		canvas_put_cut(c, row, MARGIN + LABEL_COLS, cols, STYLE_PLACEHOLDER, otherwise,
			       strlen(otherwise));
		return rows;
	}
	prose_init(&p);
	prose_add(&p, d, 0, d->flat.len, &spec);
	rows = prose_draw(&p, d, c, row, MARGIN + LABEL_COLS, 0, most);
	if (p.rows > most)
		canvas_text(c, row + most - 1, c->window.cols - 2, STYLE_DIM, "…");
	prose_release(&p);
	return rows;
}

static const char *why_no_after(const struct life_event *e)
{
	return e->kind == LIFE_CLOSED     ? _("gone with its paragraph, or the point around it")
	       : e->kind == LIFE_RESOLVED ? _("no text")
					  : _("it cannot be said where it went");
}

static void draw_wordings(const struct life_view *lv, struct canvas *c)
{
	const struct life_event *e = life_event_at(lv);
	struct str words = STR_INIT;
	int rows = c->window.rows, half = rows / 2;

	if (!e || lv->looked != lv->events[lv->event])
		return;
	if (!lv->placed || lv->beside ||
	    (lv->old && lv->new && !lv->n_tints_old && !lv->n_tints_new)) {
		/* What was said about it; the wording stays. */
		add_event(lv, e, &words);
		canvas_text(c, 0, MARGIN, STYLE_DIM, _("said"));
		canvas_put_cut(c, 0, MARGIN + LABEL_COLS,
			       c->window.cols - MARGIN - LABEL_COLS - 1, STYLE_TEXT, words.p,
			       words.len);
		str_release(&words);
		if (lv->new &&rows > 1)
			draw_wording(lv, c, 1, rows - 1, _("point"), lv->new, NULL, 0, "");
		return;
	}
	half = draw_wording(lv, c, 0, half, _("before"), lv->old, lv->tints_old,
			    lv->n_tints_old,
			    e->kind == LIFE_REOPENED ? _("it was not open")
						     : _("there was no such point yet"));
	draw_wording(lv, c, half, rows - half, _("after"), lv->new, lv->tints_new,
		     lv->n_tints_new, why_no_after(e));
}

static void add_when(const struct life_view *lv, uint32_t version, bool who, struct str *out)
{
	const struct host_version *v = &lv->lives->v[version];

	str_add_text(out, v->date);
	if (*v->meeting)
		str_addf(out, _(" at %s"), v->meeting);
	if (who && *v->author)
		str_addf(out, ", %s", v->author);
}

static void draw_summary(const struct life_view *lv, struct canvas *c)
{
	uint32_t point = life_chosen(lv);
	const struct life *l = lv->lives ? lv->lives->life : NULL;
	const struct life_point *p;
	struct str words = STR_INIT;
	int cols = c->window.cols - MARGIN - 1;

	if (point == LIFE_NONE || !l)
		return;
	p = &l->points[point];
	add_offer(l, p, lv->lives->parties, &words);
	canvas_put_cut(c, 0, MARGIN, cols, STYLE_TEXT, words.p, words.len);
	str_clear(&words);
	str_add_text(&words, was_there(lv, p)       ? _("open already on ")
			     : lv->lives->is_newest ? _("new, or open again, ")
						    : _("began "));
	add_when(lv, p->born, !was_there(lv, p), &words);
	canvas_put_cut(c, 1, MARGIN, cols, STYLE_DIM, words.p, words.len);
	str_clear(&words);
	if (p->last == LIFE_NONE || l->events[p->last].kind == LIFE_BORN ||
	    l->events[p->last].kind == LIFE_THERE || l->events[p->last].kind == LIFE_OPENED)
		goto done;
	str_addf(&words, "%s ", _(life_kind_word(l->events[p->last].kind)));
	add_when(lv, l->events[p->last].version, false, &words);
	str_add_text(&words, ": ");
	add_event(lv, &l->events[p->last], &words);
	canvas_put_cut(c, 2, MARGIN, cols, is_open(lv, p) ? STYLE_DIM : STYLE_TEXT, words.p,
		       words.len);
done:
	str_release(&words);
}

void life_draw_below(const struct view *v, struct canvas *c)
{
	const struct life_view *lv = (const struct life_view *)v;

	if (lv->tale)
		draw_wordings(lv, c);
	else
		draw_summary(lv, c);
}
