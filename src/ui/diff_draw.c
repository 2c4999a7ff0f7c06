/* SPDX-License-Identifier: MIT */
#include "ui/diff_inner.h"
#include "ui/theme.h"
#include "ui/tr.h"

#include <string.h>

#define MARGIN     2
#define LABEL_COLS 6
#define MEASURE    100 /* a longer line is hard to read */

static bool reorders(const struct diff_view *dv)
{
	const char *bidi =
		HOST_CAN(dv->host, setting) ? dv->host->setting(dv->host->data, "bidi") : "";

	return strcmp(bidi, "terminal") != 0 && strcmp(bidi, "off") != 0;
}

/* The first row that shows any of a stop's words. Glyphs are by row, not by place. */
static void find_rows(struct diff_view *dv)
{
	for (size_t i = 0; i < dv->n_stops; i++)
		dv->stops[i].row = -1;
	for (size_t g = 0; g < dv->page.n && dv->n_stops; g++) {
		size_t low = 0, high = dv->n_stops, pos = dv->page.v[g].pos;

		while (high - low > 1) {
			size_t mid = low + (high - low) / 2;

			if (dv->stops[mid].begin <= pos)
				low = mid;
			else
				high = mid;
		}
		if (dv->stops[low].begin <= pos && dv->stops[low].row < 0)
			dv->stops[low].row = dv->page.v[g].row;
	}
	for (size_t i = 0; i < dv->n_stops; i++)
		if (dv->stops[i].row < 0)
			dv->stops[i].row = dv->items[dv->stops[i].item].row + 1;
}

void diff_lay_out(struct diff_view *dv)
{
	int cols = dv->cols - 2 * MARGIN;
	struct prose_spec spec = {.cols = cols < MEASURE ? cols : MEASURE,
				  .hang = LABEL_COLS,
				  .reorder = reorders(dv),
				  .point = BRACKET_NONE};

	prose_release(&dv->page);
	for (size_t i = 0; i < dv->n_items; i++) {
		struct diff_item *item = &dv->items[i];

		item->row = dv->page.rows;
		prose_add_blank(&dv->page);
		spec.tints = dv->tints + item->tint;
		spec.n_tints = item->n_tints;
		prose_add(&dv->page, dv->shown, item->begin, item->end, &spec);
		if (item->decided)
			prose_add_blank(&dv->page);
		prose_add_blank(&dv->page);
	}
	find_rows(dv);
}

static void add_head(const struct diff_pair *p, struct str *out)
{
	switch (p->change) {
	case DIFF_ADDED:
		str_addf(out, _("¶ %u · new"), p->new + 1);
		break;
	case DIFF_DELETED:
		str_addf(out, _("¶ %u · deleted"), p->old + 1);
		break;
	case DIFF_MOVED:
		str_addf(out, _("¶ %u · moved here, was ¶ %u"), p->new + 1, p->old + 1);
		break;
	default:
		str_addf(out, _("¶ %u · changed"), p->new + 1);
		break;
	}
}

static void draw_item(const struct diff_view *dv, struct canvas *c, size_t i)
{
	const struct diff_item *item = &dv->items[i];
	int head = item->row - dv->top;
	int end = (i + 1 < dv->n_items ? dv->items[i + 1].row : dv->page.rows) - dv->top;
	struct str words = STR_INIT;

	add_head(&dv->diff.pairs[item->pair], &words);
	if (head >= 0 && head < c->window.rows)
		canvas_text(c, head, MARGIN, STYLE_DIM, str_text(&words));
	if (item->decided && end - 2 >= 0 && end - 2 < c->window.rows)
		canvas_put_cut(c, end - 2, MARGIN + LABEL_COLS,
			       c->window.cols - MARGIN - LABEL_COLS - 1, STYLE_OK,
			       dv->decision.p, dv->decision.len);
	str_release(&words);
}

void diff_draw(const struct view *v, struct canvas *c)
{
	const struct diff_view *dv = (const struct diff_view *)v;
	int row;

	if (!dv->n_items) {
		canvas_text(c, 1, MARGIN, STYLE_PLACEHOLDER,
			    dv->diff.same ? _("The two texts are the same.")
					  : _("Only blank lines are different."));
		return;
	}
	prose_draw(&dv->page, dv->shown, c, 0, MARGIN, dv->top, c->window.rows);
	for (size_t i = 0; i < dv->n_items; i++)
		draw_item(dv, c, i);
	row = dv->stops[dv->stop].row - dv->top;
	canvas_text(c, row, 0, STYLE_ACCENT, "▸");
	canvas_cursor(c, row, 0, CURSOR_BLOCK);
}

void diff_headline(const struct view *v, struct str *left, struct str *right)
{
	const struct diff_view *dv = (const struct diff_view *)v;

	str_addf(left, "%s · %s", dv->name, dv->label);
	if (dv->n_stops)
		str_addf(right, _("change %zu of %zu"), dv->stop + 1, dv->n_stops);
	else
		str_add_text(right, _("no change"));
}

void diff_status(const struct view *v, struct str *out)
{
	const struct diff_view *dv = (const struct diff_view *)v;
	const char *end = dv->message.len ? memchr(dv->message.p, '\n', dv->message.len) : NULL;

	/* What is recorded is said beside its words, where it has any. */
	if (dv->decision.len && dv->record.kind != MESSAGE_DECISION)
		str_add_slice(out, str_slice(&dv->decision));
	else
		str_add(out, dv->message.p,
			end ? (size_t)(end - dv->message.p) : dv->message.len);
}
