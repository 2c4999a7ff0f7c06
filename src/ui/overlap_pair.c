/* SPDX-License-Identifier: MIT */
#include "core/compare.h"
#include "core/mem.h"
#include "ui/common.h"
#include "ui/overlap_inner.h"
#include "ui/repeats.h"
#include "ui/theme.h"
#include "ui/tr.h"
#include "ui/view_overlap.h"

#include <stdlib.h>
#include <string.h>

/* Two drafts side by side: the paragraphs that both have, one below the other. */

#define SIDE_LEAST 26 /* narrower than this they stand under each other */
#define HEAD_ROWS  2  /* names and a rule */

enum { PAIR_NEXT = 1, PAIR_PREVIOUS, PAIR_EDIT, PAIR_EDIT_SECOND };

static const struct action actions[] = {
	{.id = PAIR_NEXT,
	 .name = "next",
	 .keys = {'n', ']', ' ', FN_KEY(8)},
	 .label = N_("next"),
	 .help = N_("Go to the next paragraph that both have."),
	 .group = ACTION_MOVE,
	 .rank = 1},
	{.id = PAIR_PREVIOUS,
	 .name = "previous",
	 .keys = {'p', '[', FN_KEY(7)},
	 .label = N_("previous"),
	 .help = N_("Go to the previous paragraph that both have."),
	 .group = ACTION_MOVE,
	 .rank = 2},
	{.id = PAIR_EDIT,
	 .name = "edit",
	 .keys = {'e', KEY_RETURN},
	 .label = N_("edit left"),
	 .help = N_("Open the first draft in the editor, at this paragraph."),
	 .group = ACTION_SHOW,
	 .rank = 3},
	{.id = PAIR_EDIT_SECOND,
	 .name = "edit-second",
	 .keys = {'E'},
	 .label = N_("edit right"),
	 .help = N_("Open the second draft in the editor, at this paragraph."),
	 .group = ACTION_SHOW,
	 .rank = 4},
	{0},
};

static const struct action *const common[] = {common_rows, common_ends, NULL};

/* One of the paragraphs, laid out when it is first wanted. */
struct laid_out {
	struct passage side[2];
	bool done;
};

struct pair_view {
	struct view view;
	struct overlap_view *list;
	struct overlap_pair pair;
	struct overlap_match *v;
	struct laid_out *page;
	size_t n;
	size_t at, top; /* in focus; the first on the screen */
	int sub;        /* rows of it above the screen */
	int rows, cols; /* of the paragraphs' part */
};

static struct pair_view *pair_of(struct view *v)
{
	return (struct pair_view *)v;
}

static bool is_stacked(const struct pair_view *pv)
{
	return pv->cols / 2 < SIDE_LEAST;
}

static int span_of(const struct pair_view *pv)
{
	return is_stacked(pv) ? pv->cols : pv->cols / 2;
}

/* ---- layout ---- */

static struct slice paragraph_text(const struct overlap *o, uint32_t i)
{
	const struct overlap_paragraph *p = &o->v[i];

	return slice_make(o->drafts[p->draft].text.p + p->begin, p->end - p->begin);
}

static void lay_out(struct pair_view *pv, size_t i)
{
	struct laid_out *l = &pv->page[i];
	const struct overlap *o = &pv->list->o;
	struct compare_text texts[] = {{paragraph_text(o, pv->v[i].a), PARTY_NONE},
				       {paragraph_text(o, pv->v[i].b), PARTY_NONE}};
	struct passage_spec spec = {.cols = span_of(pv) - (is_stacked(pv) ? 2 : 3),
				    .reorder = host_reorders(pv->list->host),
				    .how = PASSAGE_GONE};
	struct compare c;

	if (l->done)
		return;
	l->done = true;
	compare_pair(&c, texts, &pv->list->parties);
	for (size_t k = 0; k < 2; k++) {
		passage_init(&l->side[k]);
		if (c.n_rows)
			passage_set(&l->side[k], &c, 0, k, &spec);
	}
	compare_release(&c);
}

static void forget_layout(struct pair_view *pv)
{
	for (size_t i = 0; i < pv->n; i++) {
		if (!pv->page[i].done)
			continue;
		passage_release(&pv->page[i].side[0]);
		passage_release(&pv->page[i].side[1]);
		pv->page[i].done = false;
	}
}

/* A head, the texts, a blank. */
static int height_laid(const struct pair_view *pv, const struct laid_out *l)
{
	int a = l->side[0].rows, b = l->side[1].rows;

	return 2 + (is_stacked(pv) ? a + b : a > b ? a : b);
}

static int height_of(struct pair_view *pv, size_t i)
{
	lay_out(pv, i);
	return height_laid(pv, &pv->page[i]);
}

/* The paragraph in focus is on the screen, with its head, and whole where it fits. */
static void bring_into_sight(struct pair_view *pv)
{
	int rows;

	if (pv->at < pv->top) {
		pv->top = pv->at;
		pv->sub = 0;
		return;
	}
	rows = -pv->sub;
	for (size_t i = pv->top; i <= pv->at; i++)
		rows += height_of(pv, i);
	while (rows - 1 > pv->rows && pv->top < pv->at) {
		rows -= height_of(pv, pv->top++) - pv->sub;
		pv->sub = 0;
	}
}

static void prepare(struct view *v, int rows, int cols)
{
	struct pair_view *pv = pair_of(v);
	int height = rows > HEAD_ROWS ? rows - HEAD_ROWS : 1, y;

	if (pv->cols != cols) {
		pv->cols = cols;
		forget_layout(pv);
		pv->sub = 0;
	}
	if (pv->rows != height) {
		pv->rows = height;
		bring_into_sight(pv);
	}
	y = -pv->sub;
	for (size_t i = pv->top; i < pv->n && y < pv->rows; i++)
		y += height_of(pv, i);
}

/* ---- moving ---- */

static void go_to(struct pair_view *pv, size_t i)
{
	pv->at = i;
	if (i == pv->top)
		pv->sub = 0;
	bring_into_sight(pv);
}

static void step(struct pair_view *pv, bool next)
{
	bool turned = next ? pv->at + 1 == pv->n : pv->at == 0;

	go_to(pv, next ? (pv->at + 1) % pv->n : (pv->at + pv->n - 1) % pv->n);
	if (turned)
		views_message(pv->view.views, MESSAGE_INFO, "%s",
			      pv->n == 1 ? _("It is the only paragraph that both have.")
			      : next     ? _("From the last paragraph to the first.")
					 : _("From the first paragraph to the last."));
}

/* By rows, down to where the last paragraph still shows. */
static void scroll(struct pair_view *pv, int rows)
{
	int height, y;

	for (; rows > 0; rows--) {
		height = height_of(pv, pv->top);
		if (pv->sub + 1 < height &&
		    (pv->top + 1 < pv->n || height - pv->sub > pv->rows))
			pv->sub++;
		else if (pv->top + 1 < pv->n) {
			pv->top++;
			pv->sub = 0;
		}
	}
	for (; rows < 0; rows++) {
		if (pv->sub)
			pv->sub--;
		else if (pv->top)
			pv->sub = height_of(pv, --pv->top) - 1;
	}
	/* The focus goes along. */
	if (pv->at < pv->top)
		pv->at = pv->top;
	y = -pv->sub;
	for (size_t i = pv->top; i < pv->n && i <= pv->at; i++) {
		if (y >= pv->rows) {
			pv->at = i ? i - 1 : 0;
			break;
		}
		y += height_of(pv, i);
	}
}

/* ---- drawing ---- */

static void draw_name(const struct pair_view *pv, struct canvas *c, int row, int col, int side)
{
	const struct overlap_view *ov = pv->list;
	const char *name = ov->names[side ? pv->pair.b : pv->pair.a];
	struct str share = STR_INIT;
	int width = span_of(pv) - 2, used;

	used = canvas_put_cut(c, row, col, width, STYLE_TITLE, name, strlen(name));
	str_add_text(&share, "· ");
	repeats_percent(overlap_share(&ov->o, &pv->pair, side), &share);
	canvas_put_cut(c, row, col + used + 1, width - used - 1, STYLE_DIM, share.p, share.len);
	str_release(&share);
}

static void draw_head(const struct pair_view *pv, struct canvas *c, int y, size_t i)
{
	const struct overlap *o = &pv->list->o;
	const struct overlap_match *m = &pv->v[i];
	uint32_t style = i == pv->at ? STYLE_ACCENT : STYLE_DIM;
	int span = span_of(pv);
	struct str words = STR_INIT;

	str_addf(&words, "¶ %u", o->v[m->a].number);
	if (is_stacked(pv))
		str_addf(&words, " · ¶ %u · ", o->v[m->b].number);
	else
		canvas_text(c, y, 1, style, str_text(&words));
	if (!is_stacked(pv)) {
		str_clear(&words);
		str_addf(&words, "¶ %u · ", o->v[m->b].number);
	}
	repeats_relation(o, m, &words);
	canvas_put_cut(c, y, is_stacked(pv) ? 1 : span + 1, span - 2, style, words.p,
		       words.len);
	str_release(&words);
}

static int draw_match(const struct pair_view *pv, struct canvas *c, int y, size_t i)
{
	const struct laid_out *l = &pv->page[i];
	int span = span_of(pv), a = l->side[0].rows, b = l->side[1].rows;
	int rows = height_laid(pv, l);

	draw_head(pv, c, y, i);
	if (i == pv->at) {
		canvas_text(c, y < 0 ? 0 : y, 0, STYLE_ACCENT, "▸");
		canvas_cursor(c, y < 0 ? 0 : y, 0, CURSOR_BLOCK);
	}
	if (!is_stacked(pv))
		canvas_vline(c, y, span - 1, rows, STYLE_RULE);
	passage_draw(&l->side[0], c, y + 1, 1, 0, a, 0);
	passage_draw(&l->side[1], c, is_stacked(pv) ? y + 1 + a : y + 1,
		     is_stacked(pv) ? 1 : span + 1, 0, b, 0);
	return rows;
}

static void draw(const struct view *v, struct canvas *c)
{
	const struct pair_view *pv = (const struct pair_view *)v;
	int span = span_of(pv), y = -pv->sub;
	struct area old;

	draw_name(pv, c, 0, 1, 0);
	if (!is_stacked(pv))
		draw_name(pv, c, 0, span + 1, 1);
	canvas_hline(c, 1, 0, c->window.cols, STYLE_RULE);
	if (!is_stacked(pv))
		canvas_text(c, 1, span - 1, STYLE_RULE, "┼");
	old = canvas_enter(c, (struct area){HEAD_ROWS, 0, pv->rows, pv->cols});
	for (size_t i = pv->top; i < pv->n && y < pv->rows && pv->page[i].done; i++)
		y += draw_match(pv, c, y, i);
	canvas_leave(c, old);
}

static void headline(const struct view *v, struct str *left, struct str *right)
{
	const struct pair_view *pv = (const struct pair_view *)v;

	str_addf(left, "%s · %s", pv->list->names[pv->pair.a], pv->list->names[pv->pair.b]);
	str_addf(right, _("paragraph %zu of %zu"), pv->at + 1, pv->n);
}

/* There is more than what is laid out shows; the last blank row is nothing. */
static bool goes_on(const struct pair_view *pv)
{
	int y = -pv->sub;

	for (size_t i = pv->top; i < pv->n; i++) {
		const struct laid_out *l = &pv->page[i];

		if (!l->done || y >= pv->rows)
			return true;
		y += height_laid(pv, l);
	}
	return y - 1 > pv->rows;
}

static void status(const struct view *v, struct str *out)
{
	const struct pair_view *pv = (const struct pair_view *)v;

	repeats_suggest(&pv->list->o, &pv->pair, overlap_names(pv->list), out);
	if (goes_on(pv))
		common_say_below(out, pv->cols);
}

/* ---- the view ---- */

static void edit(struct pair_view *pv, int side)
{
	const struct overlap *o = &pv->list->o;
	const struct host *host = pv->list->host;
	const struct overlap_match *m = &pv->v[pv->at];
	const struct overlap_paragraph *p = &o->v[side ? m->b : m->a];
	struct error err = ERROR_INIT;

	if (host->open_view(host->data, "editor", pv->list->names[p->draft], p->begin, &err) <
	    0)
		views_error(pv->view.views, &err);
}

static bool can(const struct view *v, int action)
{
	const struct pair_view *pv = (const struct pair_view *)v;

	if (action == PAIR_EDIT || action == PAIR_EDIT_SECOND)
		return HOST_CAN(pv->list->host, open_view);
	return true;
}

static bool act(struct view *v, int action, const struct key *key, struct slice arg)
{
	struct pair_view *pv = pair_of(v);

	(void)key;
	(void)arg;
	switch (action) {
	case PAIR_NEXT:
	case PAIR_PREVIOUS:
		step(pv, action == PAIR_NEXT);
		return true;
	case COMMON_UP:
	case COMMON_DOWN:
	case COMMON_PAGE_UP:
	case COMMON_PAGE_DOWN:
		scroll(pv, (int)common_step(action, pv->rows - 1));
		return true;
	case COMMON_HOME:
	case COMMON_END:
		go_to(pv, action == COMMON_HOME ? 0 : pv->n - 1);
		return true;
	case PAIR_EDIT:
	case PAIR_EDIT_SECOND:
		edit(pv, action == PAIR_EDIT_SECOND);
		return true;
	default:
		return false;
	}
}

static bool on_key(struct view *v, const struct key *key)
{
	if (key->code != KEY_POINTER || key->pointer.kind != POINTER_WHEEL)
		return false;
	scroll(pair_of(v), key->pointer.button * 3);
	return true;
}

static void shown(struct view *v)
{
	pair_of(v)->cols = -1; /* a setting may be another one */
}

static void free_pair(struct view *v)
{
	struct pair_view *pv = pair_of(v);

	forget_layout(pv);
	free(pv->page);
	free(pv->v);
	free(pv);
}

const struct view_ops view_overlap_pair_ops = {
	.name = "overlap-pair",
	.title = N_("Two drafts that overlap"),
	.about = N_("The paragraphs that two drafts both have, side by side."),
	.actions = actions,
	.common = common,
	.prepare = prepare,
	.draw = draw,
	.headline = headline,
	.status = status,
	.can = can,
	.act = act,
	.key = on_key,
	.shown = shown,
	.free = free_pair,
};

struct view *overlap_pair_new(struct overlap_view *list, const struct overlap_pair *pair)
{
	struct pair_view *pv = mem_zalloc(sizeof(*pv));

	pv->view.ops = &view_overlap_pair_ops;
	pv->list = list;
	pv->pair = *pair;
	pv->n = overlap_matches(&list->o, pair, &pv->v);
	pv->page = mem_zalloc((pv->n + 1) * sizeof(*pv->page));
	return &pv->view;
}
