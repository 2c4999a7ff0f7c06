/* SPDX-License-Identifier: MIT */
#include "ui/common.h"
#include "ui/overlap_inner.h"
#include "ui/repeats.h"
#include "ui/theme.h"
#include "ui/tr.h"

#include <string.h>

#define MARK_COLS    2
#define SHARE_COLS   8
#define OUTCOME_COLS 16
#define NAME_LEAST   8
#define NAME_MOST    32
#define WIDE         64 /* from here on there is room for the suggestion */

struct columns {
	int name, share, second, second_share, outcome; /* where each begins, or (share) ends */
	int width;                                      /* of a name */
};

static struct columns columns_of(const struct overlap_view *ov, int cols)
{
	bool wide = cols >= WIDE;
	int room = (cols - MARK_COLS - 2 * SHARE_COLS - (wide ? OUTCOME_COLS : 0)) / 2 - 1;
	int most = NAME_LEAST;
	struct columns w;

	for (size_t i = 0; i < ov->n; i++) {
		int width = canvas_columns(ov->names[i], strlen(ov->names[i]));

		most = width > most ? width : most;
	}
	most = most > NAME_MOST ? NAME_MOST : most;
	w.width = most < room ? most : room;
	w.name = MARK_COLS;
	w.share = w.name + w.width + SHARE_COLS;
	w.second = w.share + 2;
	w.second_share = w.second + w.width + SHARE_COLS;
	w.outcome = wide ? w.second_share + 2 : 0;
	return w;
}

static void draw_heads(const struct columns *w, struct canvas *c)
{
	const char *share = _("shared");

	canvas_put_cut(c, 0, w->name, w->width, STYLE_DIM, _("draft"), strlen(_("draft")));
	canvas_put_right(c, 0, w->share, STYLE_DIM, share, strlen(share));
	canvas_put_cut(c, 0, w->second, w->width, STYLE_DIM, _("draft"), strlen(_("draft")));
	canvas_put_right(c, 0, w->second_share, STYLE_DIM, share, strlen(share));
	if (w->outcome)
		canvas_text(c, 0, w->outcome, STYLE_DIM, _("could be done"));
}

static void draw_share(struct canvas *c, int row, int end, double share)
{
	struct str text = STR_INIT;

	repeats_percent(share, &text);
	canvas_put_right(c, row, end, STYLE_TEXT, text.p, text.len);
	str_release(&text);
}

static void draw_row(const struct overlap_view *ov, const struct columns *w, struct canvas *c,
		     int row, size_t i)
{
	const struct overlap_pair *p = &ov->o.pairs[ov->shown[i]];
	const char *a = ov->names[p->a], *b = ov->names[p->b];
	uint32_t style = i == ov->chosen ? STYLE_ACCENT : STYLE_TEXT;

	if (i == ov->chosen) {
		canvas_text(c, row, 0, STYLE_ACCENT, "▸");
		canvas_cursor(c, row, 0, CURSOR_BLOCK);
	}
	canvas_put_cut(c, row, w->name, w->width, style, a, strlen(a));
	draw_share(c, row, w->share, overlap_share(&ov->o, p, 0));
	canvas_put_cut(c, row, w->second, w->width, style, b, strlen(b));
	draw_share(c, row, w->second_share, overlap_share(&ov->o, p, 1));
	if (w->outcome) {
		struct str words = STR_INIT;

		str_add_text(&words, repeats_outcome(p->outcome));
		if (p->of != OVERLAP_NONE)
			str_addf(&words, " %s", ov->names[p->of]);
		canvas_put_cut(c, row, w->outcome, c->window.cols - w->outcome - 1,
			       p->outcome == OVERLAP_SUPPRESS ? STYLE_WARN : STYLE_TEXT,
			       words.p, words.len);
		str_release(&words);
	}
}

static void draw_waiting(const struct overlap_view *ov, struct canvas *c)
{
	if (!ov->begun)
		canvas_text(c, 1, MARK_COLS, STYLE_PLACEHOLDER, _("reading the drafts …"));
	else if (ov->next < ov->n_wanted)
		canvas_textf(c, 1, MARK_COLS, STYLE_PLACEHOLDER,
			     _("reading the drafts … %zu of %zu"), ov->next, ov->n_wanted);
	else
		canvas_textf(c, 1, MARK_COLS, STYLE_PLACEHOLDER,
			     _("comparing the drafts … %d %%"),
			     (int)(100 * overlap_done(&ov->o)));
}

void overlap_draw(const struct view *v, struct canvas *c)
{
	const struct overlap_view *ov = (const struct overlap_view *)v;
	struct columns w = columns_of(ov, c->window.cols);

	if (ov->n_shown) {
		draw_heads(&w, c);
		for (int i = 0; i < ov->height && ov->top + (size_t)i < ov->n_shown; i++)
			draw_row(ov, &w, c, i + 1, ov->top + (size_t)i);
		return;
	}
	if (ov->stopped)
		canvas_text(c, 1, MARK_COLS, STYLE_PLACEHOLDER,
			    _("Stopped before all drafts were compared."));
	else if (!ov->ready)
		draw_waiting(ov, c);
	else if (ov->filter.len)
		canvas_text(c, 1, MARK_COLS, STYLE_PLACEHOLDER,
			    _("No such draft repeats another one."));
	else if (ov->n < 2)
		canvas_text(c, 1, MARK_COLS, STYLE_PLACEHOLDER,
			    _("There is only one draft: it repeats no other."));
	else
		canvas_text(c, 1, MARK_COLS, STYLE_PLACEHOLDER,
			    _("No two drafts say the same."));
}

void overlap_headline(const struct view *v, struct str *left, struct str *right)
{
	const struct overlap_view *ov = (const struct overlap_view *)v;
	size_t n = ov->ready ? ov->o.n_pairs : 0;

	str_add_text(left, _("overlap"));
	str_addf(left, n_(" · %zu draft", " · %zu drafts", ov->n), ov->n);
	if (ov->filter.len)
		str_addf(right, _("%zu of "), ov->n_shown);
	if (ov->ready)
		str_addf(right, n_("%zu pair", "%zu pairs", n), n);
}

void overlap_status(const struct view *v, struct str *out)
{
	const struct overlap_view *ov = (const struct overlap_view *)v;

	if (ov->filter.len)
		str_addf(out, _("only drafts with \"%.*s\""), (int)ov->filter.len,
			 ov->filter.p);
	else if (!ov->ready && !ov->stopped)
		str_add_text(out, _("Esc stops"));
	else if (ov->left_out)
		str_addf(out,
			 n_("%zu draft could not be read", "%zu drafts could not be read",
			    ov->left_out),
			 ov->left_out);
	else if (ov->o.n_commons)
		str_addf(out,
			 n_("%zu paragraph that very many drafts have joins none of them",
			    "%zu paragraphs that very many drafts have join none of them",
			    ov->o.n_commons),
			 ov->o.n_commons);
	common_say_more(out, ov->top, ov->height, ov->n_shown);
}

/* ---- below: the chosen pair ---- */

int overlap_below_rows(const struct view *v, int rows, int cols)
{
	(void)v;
	(void)cols;
	return rows >= 16 ? 2 : 0;
}

void overlap_draw_below(const struct view *v, struct canvas *c)
{
	const struct overlap_view *ov = (const struct overlap_view *)v;
	const struct overlap_pair *p = overlap_chosen(ov);
	struct str words = STR_INIT;
	int cols = c->window.cols - MARK_COLS - 1;

	if (!p)
		return;
	repeats_suggest(&ov->o, p, overlap_names(ov), &words);
	canvas_put_cut(c, 0, MARK_COLS, cols, STYLE_TEXT, words.p, words.len);
	str_clear(&words);
	str_addf(&words, n_("%u paragraph of %s, ", "%u paragraphs of %s, ", p->paragraphs[0]),
		 p->paragraphs[0], ov->names[p->a]);
	str_addf(&words, n_("%u of %s", "%u of %s", p->paragraphs[1]), p->paragraphs[1],
		 ov->names[p->b]);
	canvas_put_cut(c, 1, MARK_COLS, cols, STYLE_DIM, words.p, words.len);
	str_release(&words);
}
