/* SPDX-License-Identifier: MIT */
#include "ui/common.h"
#include "ui/diff_inner.h"
#include "core/sorted.h"
#include "ui/glyph.h"
#include "ui/theme.h"
#include "ui/tr.h"

#include <string.h>

enum { HEADLINE_LONG = 44 }; /* columns: of 80 there are too few for all that is counted */

/* ---- the page ---- */

/* What is shown has two columns; what is being made may have one. */
static bool is_two(const struct diff_view *dv)
{
	return dv->made && dv->made->source.two;
}

int diff_height(const struct diff_view *dv)
{
	int rows = dv->rows - (is_two(dv) ? 1 : 0);

	return rows > 1 ? rows : 1;
}

int diff_stop_row(const struct diff_view *dv, size_t stop)
{
	const struct diff_stop *s = &dv->made->stops[stop];

	return dv->made->items[s->item].row + 1 + s->row;
}

static int right_col(const struct diff_view *dv)
{
	return DIFF_MARGIN + dv->made->source.cols + DIFF_GAP;
}

/* Notes stand below the newer text. */
static int note_col(const struct diff_view *dv)
{
	return (is_two(dv) ? right_col(dv) : DIFF_MARGIN) + DIFF_LABEL_COLS;
}

static int note_cols(const struct diff_view *dv)
{
	int cols = is_two(dv) ? dv->made->source.cols - DIFF_LABEL_COLS
			      : dv->cols - note_col(dv) - 1;

	return cols < 12 ? 12 : cols < DIFF_MEASURE ? cols : DIFF_MEASURE;
}

/* The next row's bytes of a note; *rest goes on after them. */
static struct slice note_row(struct slice *rest, int cols)
{
	struct slice row = slice_make(rest->p, glyph_fit(*rest, cols));

	*rest = slice_make(rest->p + row.len, rest->len - row.len);
	while (rest->len && *rest->p == ' ')
		*rest = slice_make(rest->p + 1, rest->len - 1);
	return row;
}

void diff_arrange(struct diff_view *dv)
{
	struct diff_made *m = dv->made;
	size_t note = 0;
	int row = 0;

	diff_notes_place(dv);
	if (dv->arranged || !m)
		return;
	dv->arranged = true;
	for (size_t i = 0; i < m->n_items; i++) {
		struct diff_item *t = &m->items[i];

		/* The text is below the row of the head, where one that is joined has the
		 * last row of what is before it. */
		t->row = row = t->joined ? row - 2 : row;
		t->note = note;
		t->note_rows = 0;
		for (; note < dv->n_notes && dv->notes[note].item == i; note++) {
			struct slice rest = str_slice(&dv->notes[note].words);

			dv->notes[note].rows = 0;
			for (; rest.len; dv->notes[note].rows++)
				note_row(&rest, note_cols(dv));
			t->note_rows += dv->notes[note].rows;
		}
		t->n_notes = note - t->note;
		row += 1 + t->rows + t->note_rows + 1;
	}
	dv->page_rows = row;
	dv->page_item = dv->page_end = 0;
}

/* The item that has that row of the page. */
static size_t item_at(const struct diff_view *dv, int row)
{
	size_t i;

	SORTED_SKIP(i, dv->made->n_items, dv->made->items[i].row <= row);
	return i ? i - 1 : 0;
}

void diff_lay_out(struct diff_view *dv)
{
	struct diff_made *m = dv->made;
	size_t from, end;

	if (!m || !m->n_items)
		return;
	from = item_at(dv, dv->top);
	while (m->items[from].joined)
		from--;
	end = item_at(dv, dv->top + dv->rows) + 1;
	if (dv->page_item == from && dv->page_end == end)
		return;
	dv->page_item = from;
	dv->page_end = end;
	dv->page_row = m->items[from].row;
	for (size_t side = 0; side < DIFF_SIDES; side++)
		prose_release(&dv->page[side]);
	for (size_t i = from; i < end; i++) {
		const struct diff_item *t = &m->items[i];

		for (size_t side = 0; side < DIFF_SIDES; side++)
			while (dv->page[side].rows < t->row + 1 - dv->page_row)
				prose_add_blank(&dv->page[side]);
		diff_measure(m, i, dv->page);
	}
}

/* ---- drawing ---- */

static void add_front_head(const struct diff_pair *p, struct str *out)
{
	str_add_text(out, p->change == DIFF_ADDED     ? _("front matter · new")
			  : p->change == DIFF_DELETED ? _("front matter · deleted")
						      : _("front matter · changed"));
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

static void draw_heads(const struct diff_view *dv, struct canvas *c, int row,
		       const struct diff_item *t)
{
	const struct diff_pair *p = &dv->made->diff.pairs[t->pair];
	struct str words = STR_INIT;

	if (t->front)
		add_front_head(p, &words);
	else
		add_head(p, &words);
	if (!is_two(dv) || p->new == DIFF_NONE)
		canvas_text(c, row, DIFF_MARGIN, STYLE_DIM, str_text(&words));
	else
		canvas_text(c, row, right_col(dv), STYLE_DIM, str_text(&words));
	if (is_two(dv) && p->new != DIFF_NONE && p->old != DIFF_NONE && !t->front)
		canvas_textf(c, row, DIFF_MARGIN, STYLE_DIM, "¶ %u", p->old + 1);
	str_release(&words);
}

static uint32_t note_style(enum host_note_kind kind)
{
	return kind == NOTE_DECIDED ? STYLE_OK : kind == NOTE_SILENT ? STYLE_WARN : STYLE_DIM;
}

static void draw_notes(const struct diff_view *dv, struct canvas *c, const struct diff_item *t,
		       int row, int last)
{
	for (size_t i = t->note; i < t->note + t->n_notes; i++) {
		struct slice rest = str_slice(&dv->notes[i].words);

		for (; rest.len; row++) {
			struct slice s = note_row(&rest, note_cols(dv));

			if (row >= 0 && row <= last)
				canvas_put_cut(c, row, note_col(dv), note_cols(dv),
					       note_style(dv->notes[i].kind), s.p, s.len);
		}
	}
}

static void draw_item(const struct diff_view *dv, struct canvas *c, size_t i)
{
	const struct diff_item *t = &dv->made->items[i];
	int head = t->row - dv->top, last = c->window.rows - 1;

	if (head >= 0 && head <= last && !t->joined)
		draw_heads(dv, c, head, t);
	for (int row = head; is_two(dv) && row < head + 1 + t->rows + t->note_rows + 1; row++)
		if (row >= 0 && row <= last)
			canvas_text(c, row, right_col(dv) - 2, STYLE_RULE, "│");
	draw_notes(dv, c, t, head + 1 + t->rows, last);
}

static void draw_nothing(const struct diff_view *dv, struct canvas *c)
{
	const char *words = dv->stopped ? _("Stopped: nothing is compared. Enter begins again.")
			    : !dv->made ? _("comparing …")
			    : dv->made->diff.same ? _("The two texts are the same.")
						  : _("Only blank lines are different.");

	canvas_text(c, 1, DIFF_MARGIN, STYLE_PLACEHOLDER, words);
}

static void draw_page(const struct diff_view *dv, struct canvas *c)
{
	int row = diff_stop_row(dv, dv->stop) - dv->top;

	for (size_t side = 0; side < (is_two(dv) ? DIFF_SIDES : 1); side++)
		prose_draw(&dv->page[side], dv->made->shown, c, 0,
			   side ? right_col(dv) : DIFF_MARGIN, dv->top - dv->page_row,
			   c->window.rows);
	for (size_t i = dv->page_item; i < dv->page_end; i++)
		draw_item(dv, c, i);
	canvas_text(c, row, 0, STYLE_ACCENT, "▸");
	canvas_cursor(c, row, 0, CURSOR_BLOCK);
}

void diff_draw(const struct view *v, struct canvas *c)
{
	const struct diff_view *dv = (const struct diff_view *)v;
	struct area old;

	if (!dv->made || !dv->made->n_items) {
		draw_nothing(dv, c);
		return;
	}
	if (!is_two(dv)) {
		draw_page(dv, c);
		return;
	}
	canvas_put_cut(c, 0, DIFF_MARGIN, dv->made->source.cols, STYLE_TEXT | STYLE_STRONG,
		       dv->from, strlen(dv->from));
	canvas_put_cut(c, 0, right_col(dv), dv->made->source.cols, STYLE_TEXT | STYLE_STRONG,
		       dv->to, strlen(dv->to));
	old = canvas_enter(c, (struct area){1, 0, c->window.rows - 1, c->window.cols});
	draw_page(dv, c);
	canvas_leave(c, old);
}

void diff_headline(const struct view *v, struct str *left, struct str *right)
{
	const struct diff_view *dv = (const struct diff_view *)v;

	str_addf(left, "%s · %s", dv->name, dv->label);
	if (dv->job) {
		str_add_text(right, _("comparing …"));
	} else if (dv->made && dv->made->n_stops) {
		/* Beside a long name there is room for both where the sign stands alone. */
		if (dv->n_silent && canvas_columns(left->p, left->len) > HEADLINE_LONG)
			str_addf(right, "⚠ %zu · ", dv->n_silent);
		else if (dv->n_silent)
			str_addf(right, _("⚠ %zu undecided · "), dv->n_silent);
		str_addf(right, _("change %zu of %zu"), dv->stop + 1, dv->made->n_stops);
	} else if (dv->made) {
		str_add_text(right, _("no change"));
	}
}

void diff_status(const struct view *v, struct str *out)
{
	const struct diff_view *dv = (const struct diff_view *)v;

	if (dv->offers)
		str_add_text(out, _("This would change. y does it, as a new commit; q does "
				    "not."));
	else if (dv->job)
		str_add_text(out, _("Esc stops"));
	else if (dv->host_notes && !dv->host_notes->ended && !dv->notes_stopped)
		str_add_text(out, _("looking for what was decided …"));
	else if (dv->notes_failure.len)
		str_add_slice(out, str_slice(&dv->notes_failure));
	else if (dv->accounted && !dv->subject.len)
		str_add_text(out, _("nothing changed silently: the record accounts for every "
				    "change"));
	else
		str_add_slice(out, str_slice(&dv->subject));
	if (dv->made && !dv->job && dv->page_rows - 1 > dv->top + diff_height(dv))
		common_say_below(out, dv->cols);
}
