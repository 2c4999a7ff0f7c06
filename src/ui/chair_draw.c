/* SPDX-License-Identifier: MIT */
#include "chair_inner.h"

#include "core/mem.h"
#include "ui/theme.h"
#include "ui/tr.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MARGIN        2
#define NUMBER_COLS   5   /* "  1  " before an option */
#define LABEL_COLS    6   /* for clause labels in the context */
#define MEASURE       100 /* a longer line is hard to read */
#define PARTY_COLS    18  /* the column of codes at the right; */
#define PARTY_WIDE    30  /* on wide screens */
#define OPTION_ROWS   6   /* rows of one option at most */
#define CODES_LEAST   40  /* columns from an option to its codes, however short it is */
#define CONTEXT_LEAST 3
#define NOTES         5 /* below the options */

static int text_cols(const struct chair *ch)
{
	int cols = ch->cols - 2 * MARGIN;

	return cols < MEASURE ? cols : MEASURE;
}

static int party_cols(const struct chair *ch)
{
	if (!chair_anybody(ch))
		return 0;
	return ch->cols >= 100 ? PARTY_WIDE : ch->cols >= 60 ? PARTY_COLS : 10;
}

/* ---- laying out: when the point, the text or the screen changed ---- */

/* The paragraphs of a place; other linked points in them are marked as well. Returns where they
 * end. */
static size_t add_place(struct chair *ch, struct prose_spec *spec, uint32_t point)
{
	const struct brackets *b = &ch->doc->brackets;
	const struct point *p = &b->points[point];
	struct prose_tint *also = mem_array(NULL, ch->n_linked + 1, sizeof(*also));
	size_t begin, end;

	spec->point = point;
	spec->mark = point_begin(b, p);
	spec->mark_end = point_end(b, p);
	begin = doc_line_begin(ch->doc, spec->mark);
	end = doc_line_end(ch->doc, spec->mark_end);
	spec->tints = also;
	spec->n_tints = 0;
	for (size_t i = 0; ch->all_linked && i < ch->n_linked; i++) {
		const struct point *other = &b->points[ch->linked[i]];

		if (point_begin(b, other) >= begin && point_end(b, other) <= end)
			also[spec->n_tints++] = (struct prose_tint){
				point_begin(b, other), point_end(b, other), STYLE_CURRENT};
	}
	prose_add(&ch->context, ch->doc, begin, end, spec);
	spec->tints = NULL;
	free(also);
	return end;
}

/* The point's paragraphs; or, for all linked, those of each place, once. */
static void lay_out_context(struct chair *ch)
{
	const struct brackets *b = &ch->doc->brackets;
	const struct point *p = chair_point(ch);
	struct prose_spec spec = {
		.cols = text_cols(ch), .hang = LABEL_COLS, .reorder = host_reorders(ch->host)};
	size_t begin, end, last = 0;

	prose_release(&ch->context);
	if (!p)
		return;
	begin = doc_line_begin(ch->doc, point_begin(b, p));
	end = add_place(ch, &spec, ch->point);
	for (size_t i = 0; ch->all_linked && i < ch->n_linked; i++) {
		size_t at = point_begin(b, &b->points[ch->linked[i]]);

		if (at < last || (at >= begin && at < end))
			continue;
		prose_add_blank(&ch->context);
		last = add_place(ch, &spec, ch->linked[i]);
	}
}

/* What is offered and by whom, before anything is laid out: that decides who has columns. */
static void read_options(struct chair *ch)
{
	const struct brackets *b = &ch->doc->brackets;
	const struct point *p = chair_point(ch);

	ch->n_options = 0;
	for (uint32_t k = 0; p && k < p->n_options; k++) {
		const struct option *o = point_option(b, p, k);
		if (ch->n_options == ch->cap_options) {
			size_t old = ch->cap_options;
			MEM_GROW(ch->options, ch->n_options, ch->cap_options);
			memset(ch->options + old, 0,
			       (ch->cap_options - old) * sizeof(*ch->options));
		}
		struct chair_option *line = &ch->options[ch->n_options++];
		line->no_text = o->no_text || o->begin == o->end;
		line->parties = b->parties + o->party;
		line->n_parties = o->n_parties;
	}
}

/* Blank columns before all that a text has: one that reads from the right ends at its box's
 * right edge. */
static int blank_cols(const struct prose *p)
{
	int least = p->n ? p->width : 0;

	for (size_t i = 0; i < p->n; i++)
		if (p->v[i].col < least)
			least = p->v[i].col;
	return least;
}

/* An option of one row begins beside its number, whichever way it reads. */
static void lay_out_option(struct chair *ch, const struct option *o, struct prose *p,
			   struct prose_spec spec)
{
	int blank;

	prose_release(p);
	prose_add(p, ch->doc, o->begin, o->end, &spec);
	blank = blank_cols(p);
	if (p->rows != 1 || blank < 2)
		return;
	spec.cols -= blank - 1; /* text takes all columns of a box but one */
	prose_release(p);
	prose_add(p, ch->doc, o->begin, o->end, &spec);
}

static void lay_out_options(struct chair *ch)
{
	const struct point *p = chair_point(ch);
	struct prose_spec spec = {.cols = text_cols(ch) - NUMBER_COLS - party_cols(ch),
				  .reorder = host_reorders(ch->host),
				  .point = BRACKET_NONE};

	if (spec.cols < 8)
		spec.cols = 8;
	for (size_t k = 0; k < ch->n_options; k++) {
		const struct option *o = point_option(&ch->doc->brackets, p, k);

		lay_out_option(ch, o, &ch->options[k].text, spec);
	}
}

static void find_deferred(struct chair *ch)
{
	const struct deferred_list *list = HOST_CAN(ch->host, deferred)
						   ? ch->host->deferred(ch->host->data, ch->doc)
						   : NULL;
	struct slice id = {NULL, 0};

	if (chair_point(ch))
		id = point_id(&ch->doc->brackets, chair_point(ch), ch->doc->flat);
	ch->deferred = list && id.len ? deferred_find(list, id) : NULL;
}

/* ---- drawing ---- */

static int option_rows(const struct chair *ch, size_t k)
{
	const struct chair_option *o = &ch->options[k];
	int text = o->no_text ? 1 : o->text.rows;
	int codes = chair_draw_voices(ch, NULL, 0, 0, party_cols(ch) - 1, (uint32_t)k + 1);

	if (text > OPTION_ROWS)
		text = OPTION_ROWS;
	return text > codes ? text : codes;
}

/* The codes stand beside the options, not a screen away from short ones. */
static int codes_col(const struct chair *ch)
{
	int room = text_cols(ch) - NUMBER_COLS - party_cols(ch), widest = CODES_LEAST;

	for (size_t k = 0; k < ch->n_options; k++)
		if (ch->options[k].text.width > widest)
			widest = ch->options[k].text.width;
	return MARGIN + NUMBER_COLS + (widest + 3 < room ? widest + 3 : room) + 1;
}

static void draw_option(const struct chair *ch, struct canvas *c, int row, size_t k)
{
	const struct chair_option *o = &ch->options[k];
	int col = MARGIN + NUMBER_COLS, codes = codes_col(ch);
	char number[24];
	int len = snprintf(number, sizeof(number), "%zu", k + 1);

	canvas_put_right(c, row, col - 2, STYLE_KEY, number, (size_t)len);
	if (o->no_text)
		canvas_text(c, row, col, STYLE_PLACEHOLDER, _("no text"));
	else
		prose_draw(&o->text, ch->doc, c, row, col, 0, OPTION_ROWS);
	if (o->text.rows > OPTION_ROWS)
		canvas_text(c, row + OPTION_ROWS - 1, col + o->text.width, STYLE_DIM, "…");
	chair_draw_voices(ch, c, row, codes, party_cols(ch) - 1, (uint32_t)k + 1);
}

bool chair_offers_no_text(const struct chair *ch)
{
	for (size_t k = 0; k < ch->n_options; k++)
		if (ch->options[k].no_text)
			return true;
	return false;
}

/* The line that every point has: leaving nothing. And what else a point of this kind can
 * become. */
static int draw_others(const struct chair *ch, struct canvas *c, int row)
{
	const struct point *p = chair_point(ch);
	int col = MARGIN + NUMBER_COLS, first = row;

	if (p->kind == KIND_BLOCK) {
		canvas_put_right(c, row, col - 2, STYLE_KEY, "a", 1);
		canvas_text(c, row++, col, STYLE_DIM, _("keep all paragraphs"));
	}
	if (!chair_offers_no_text(ch)) {
		canvas_put_right(c, row, col - 2, STYLE_KEY, "0", 1);
		chair_draw_voices(ch, c, row, codes_col(ch), party_cols(ch) - 1, 0);
		canvas_text(c, row++, col, STYLE_DIM,
			    p->kind == KIND_OPTIONAL || p->kind == KIND_BLOCK
				    ? _("drop it: no text")
				    : _("no text"));
	}
	if (!ch->n_options) {
		canvas_put_right(c, row, col - 2, STYLE_KEY, "t", 1);
		canvas_text(c, row++, col, STYLE_DIM, _("to be filled in: type the text"));
	}
	return row - first;
}

/* What is to be known besides: linked places, put off, reopened, inside another point. */
static void notes_of(const struct chair *ch, struct str notes[NOTES], uint32_t styles[NOTES],
		     size_t *n)
{
	const struct point *p = chair_point(ch);
	const struct agreement *a =
		ch->paragraph < ch->agreements.n ? &ch->agreements.v[ch->paragraph] : NULL;

	*n = 0;
	styles[0] = chair_add_verdict(ch, &notes[0]);
	*n += notes[0].len > 0;
	if (ch->n_linked && !ch->all_linked) {
		str_addf(&notes[*n],
			 n_("the same wording stands at %zu more place: . decides all of them",
			    "the same wording stands at %zu more places: . decides all of them",
			    ch->n_linked),
			 ch->n_linked);
		styles[(*n)++] = STYLE_DIM;
	}
	if (ch->deferred) {
		str_addf(&notes[*n], _("put off: %s"), ch->deferred->reason);
		if (*ch->deferred->until)
			str_addf(&notes[*n], _(" (until %s)"), ch->deferred->until);
		styles[(*n)++] = STYLE_DEFERRED;
	}
	if (a && a->state == AGREEMENT_REOPENED) {
		str_addf(&notes[*n],
			 _("reopened: this paragraph was agreed at %s, %s, and changed since"),
			 ch->agreed->v[a->entry].meeting, ch->agreed->v[a->entry].date);
		styles[(*n)++] = STYLE_REOPENED;
	}
	if (p->parent != BRACKET_NONE) {
		str_addf(&notes[*n], _("inside point %u"), p->parent + 1);
		styles[(*n)++] = STYLE_DIM;
	}
}

/* Returns how many rows they take; without a canvas, only that. */
static int draw_notes(const struct chair *ch, struct canvas *c, int row)
{
	struct str notes[NOTES] = {STR_INIT};
	uint32_t styles[NOTES];
	size_t n;

	notes_of(ch, notes, styles, &n);
	for (size_t i = 0; c && i < n; i++)
		canvas_put_cut(c, row + (int)i, MARGIN + NUMBER_COLS,
			       c->window.cols - 2 * MARGIN - NUMBER_COLS, styles[i], notes[i].p,
			       notes[i].len);
	for (size_t i = 0; i < NOTES; i++)
		str_release(&notes[i]);
	return (int)n;
}

/* A call without its marks of emphasis. */
static void draw_verb(struct canvas *c, struct slice text, const struct paragraph *call)
{
	size_t begin = call->body, end = call->end;

	while (begin < end && (text.p[begin] == '*' || text.p[begin] == '_'))
		begin++;
	while (end > begin && (text.p[end - 1] == '*' || text.p[end - 1] == '_'))
		end--;
	canvas_put_cut(c, 0, MARGIN, c->window.cols - 2 * MARGIN - 8, STYLE_HEADING,
		       text.p + begin, end - begin);
}

/* The call the point stands under, and its paragraph's number. */
static int draw_call(const struct chair *ch, struct canvas *c)
{
	const struct draft *d = &ch->doc->draft;
	uint32_t call =
		ch->paragraph != PARAGRAPH_NONE ? d->v[ch->paragraph].call : PARAGRAPH_NONE;
	struct str number = STR_INIT;

	if (ch->paragraph != PARAGRAPH_NONE)
		draft_place(d, d->v[ch->paragraph].begin, &number);
	if (ch->all_linked) {
		canvas_textf(c, 0, MARGIN, STYLE_WARN,
			     n_("%zu place with the same wording: choose once for all",
				"%zu places with the same wording: choose once for all",
				ch->n_linked + 1),
			     ch->n_linked + 1);
	} else {
		canvas_put_right(c, 0, c->window.cols - MARGIN, STYLE_DIM, str_text(&number),
				 number.len);
		if (call != PARAGRAPH_NONE && call != ch->paragraph)
			draw_verb(c, ch->doc->flat, &d->v[call]);
	}
	str_release(&number);
	return 1;
}

/* Paragraphs around, in a low voice, where there is room. */
static int draw_after(const struct chair *ch, struct canvas *c, int row, int max)
{
	const struct doc *d = ch->doc;
	size_t at = doc_line_next(d, point_end(&d->brackets, chair_point(ch)));
	struct prose_spec spec = {.cols = text_cols(ch),
				  .hang = LABEL_COLS,
				  .reorder = host_reorders(ch->host),
				  .dim = true,
				  .point = BRACKET_NONE};
	struct prose p;
	int drawn;

	prose_init(&p);
	if (at < d->flat.len)
		prose_add_blank(&p);
	while (at < d->flat.len && p.rows < max) {
		size_t end = doc_line_end(d, at), next = doc_line_next(d, at);
		if (end > at && p.rows > 1)
			prose_add_blank(&p);
		if (end > at)
			prose_add(&p, d, at, end, &spec);
		if (next <= at)
			break;
		at = next;
	}
	drawn = prose_draw(&p, d, c, row, MARGIN, 0, max);
	prose_release(&p);
	return drawn;
}

/* How many paragraphs are agreed, and how many were. */
static void draw_agreed(const struct agreements *a, struct canvas *c, int row)
{
	struct str text = STR_INIT;

	str_addf(&text,
		 n_("%zu paragraph agreed ad referendum", "%zu paragraphs agreed ad referendum",
		    a->agreed),
		 a->agreed);
	str_addf(&text, n_(", %zu reopened", ", %zu reopened", a->reopened), a->reopened);
	canvas_text(c, row, MARGIN + NUMBER_COLS, STYLE_TEXT, str_text(&text));
	str_release(&text);
}

static void draw_nothing_left(const struct chair *ch, struct canvas *c)
{
	canvas_text(c, 2, MARGIN + NUMBER_COLS, STYLE_OK,
		    _("No open point is left in this draft."));
	canvas_text(c, 3, MARGIN + NUMBER_COLS, STYLE_DIM,
		    _("u undoes the last decision, q goes back."));
	if (ch->agreements.agreed || ch->agreements.reopened)
		draw_agreed(&ch->agreements, c, 5);
}

/* Draws options from the first in sight on, as far as they fit. */
static int draw_options(const struct chair *ch, struct canvas *c, int row, int max, bool *cut)
{
	int first = row;
	size_t k = ch->top;

	*cut = false;
	for (; k < ch->n_options; k++) {
		int need = option_rows(ch, k);
		if (row - first + need > max && row > first) {
			*cut = true;
			break;
		}
		draw_option(ch, c, row, k);
		row += need;
	}
	return row - first;
}

static int all_option_rows(const struct chair *ch)
{
	const struct point *p = chair_point(ch);
	int rows = (p->kind == KIND_BLOCK) + !chair_offers_no_text(ch) + !ch->n_options;

	for (size_t k = 0; k < ch->n_options; k++)
		rows += option_rows(ch, k);
	return rows;
}

void chair_lay_out(struct chair *ch, int rows, int cols)
{
	const struct doc *d = ch->doc;
	int notes;

	ch->rows = rows;
	ch->cols = cols;
	free(ch->linked);
	ch->linked = NULL;
	ch->n_linked = chair_point(ch) ? brackets_linked_points(&d->brackets, d->flat,
								ch->point, &ch->linked)
				       : 0;
	ch->paragraph =
		chair_point(ch) ? draft_paragraph_at(&d->draft, ch->at) : PARAGRAPH_NONE;
	ch->agreed =
		HOST_CAN(ch->host, agreed) ? ch->host->agreed(ch->host->data, ch->doc) : NULL;
	agreements_release(&ch->agreements);
	if (ch->agreed)
		agreements_read(&ch->agreements, ch->agreed, &d->draft, d->flat, &d->brackets);
	ch->aside = HOST_CAN(ch->host, is_aside) && ch->host->is_aside(ch->host->data, ch->doc);
	find_deferred(ch);
	read_options(ch);
	chair_hear(ch);
	lay_out_context(ch);
	lay_out_options(ch);
	if (!chair_point(ch))
		return;
	notes = draw_notes(ch, NULL, 0);
	ch->options_cut =
		all_option_rows(ch) > rows - CONTEXT_LEAST - notes - 3 - chair_anybody(ch);
}

void chair_draw(const struct view *v, struct canvas *c)
{
	const struct chair *ch = (const struct chair *)v;
	int rows = c->window.rows, row, notes, wanted, context, first, room;
	bool cut;

	if (!chair_point(ch)) {
		draw_nothing_left(ch, c);
		return;
	}
	notes = draw_notes(ch, NULL, 0);
	notes += chair_anybody(ch);
	row = draw_call(ch, c);
	wanted = all_option_rows(ch) + notes + 1;
	context = rows - row - wanted;
	if (context < CONTEXT_LEAST)
		context = CONTEXT_LEAST;
	if (context > ch->context.rows)
		context = ch->context.rows;
	first = ch->context.mark - (context > 2 ? 1 : 0);
	if (ch->all_linked || first + context > ch->context.rows)
		first = ch->all_linked ? 0 : ch->context.rows - context;
	if (first < 0)
		first = 0;
	row += prose_draw(&ch->context, ch->doc, c, row, MARGIN, first, context);
	if (ch->context.mark >= first)
		canvas_cursor(c, 1 + ch->context.mark - first, MARGIN + ch->context.mark_col,
			      CURSOR_BLOCK);
	room = rows - row - wanted;
	if (room > 3 && !ch->all_linked)
		row += draw_after(ch, c, row, room - 2);
	row++;
	row += draw_options(ch, c, row, rows - row - notes - 1, &cut);
	if (cut)
		canvas_textf(c, row, MARGIN + NUMBER_COLS, STYLE_DIM,
			     _("… more options: Down (%zu in all)"), ch->n_options);
	else
		row += draw_others(ch, c, row);
	row += cut;
	if (chair_anybody(ch))
		chair_draw_rest(ch, c, row++, MARGIN + NUMBER_COLS);
	draw_notes(ch, c, row);
}

void chair_headline(const struct view *v, struct str *left, struct str *right)
{
	const struct chair *ch = (const struct chair *)v;
	const struct brackets *b = &ch->doc->brackets;

	str_addf(left, _("%s · chair"), ch->doc->name);
	if (chair_point(ch))
		str_addf(right, _("point %u of %zu"), ch->point + 1, b->n_points);
	else
		str_add_text(right, _("no open point"));
	if (chair_point(ch))
		str_addf(right, n_(" · %zu open", " · %zu open", b->n_outer), b->n_outer);
	/* Else the two numbers read as if some were decided. */
	if (b->n_points > b->n_outer)
		str_addf(right,
			 n_(", %zu inside others", ", %zu inside others",
			    b->n_points - b->n_outer),
			 b->n_points - b->n_outer);
	if (ch->decided)
		str_addf(right, n_(" · %zu decided", " · %zu decided", ch->decided),
			 ch->decided);
	if (HOST_CAN(ch->host, setting) && *ch->host->setting(ch->host->data, "meeting"))
		str_addf(right, " · %s", ch->host->setting(ch->host->data, "meeting"));
}

void chair_status(const struct view *v, struct str *out)
{
	const struct chair *ch = (const struct chair *)v;
	static const char *const kinds[] = {N_("keep or drop"), N_("alternatives"),
					    N_("placeholder"), N_("block of paragraphs")};
	uint32_t settled = chair_agreeable(ch);

	if (settled != PARAGRAPH_NONE && settled < ch->agreements.n &&
	    ch->agreements.v[settled].state != AGREEMENT_AGREED)
		str_addf(out, _("¶ %u has no open point left: r marks it agreed"),
			 ch->doc->draft.v[settled].number);
	else if (chair_point(ch)) {
		str_add_text(out, _(kinds[chair_point(ch)->kind]));
		chair_add_signs(ch, out);
	}
}
