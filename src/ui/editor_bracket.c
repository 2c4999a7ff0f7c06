/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "core/rebracket.h"
#include "core/reference.h"
#include "ui/editor_inner.h"

#include <stdlib.h>
#include <string.h>

/* Bracket edits: core makes them, as one undo step each; here is where they are asked for. */

static struct bracketed bracketed_of(struct editor *e)
{
	doc_read(e->doc);
	e->point = doc_point_at(e->doc, e->caret.pos);
	return doc_bracketed(e->doc);
}

/* Ends an edit: it is done, or it is said why not. */
static bool finish(struct editor *e, int rc, struct edits *edits, const struct error *err)
{
	bool done = rc == 0 && edits->n > 0;

	if (rc < 0)
		views_error(e->view.views, err);
	else if (done)
		editor_apply(e, edits);
	edits_release(edits);
	return done;
}

/* ---- Brackets on, off, mended ---- */

/* What to put in brackets: the selection, or the word at the cursor. */
static bool target(struct editor *e, size_t *begin, size_t *end)
{
	size_t line = doc_line_begin(e->doc, e->caret.pos);

	if (editor_selection(e, begin, end))
		return true;
	struct layout_range word =
		layout_word_at(editor_layout(e, line, NULL), e->caret.pos - line);
	*begin = line + word.begin;
	*end = line + word.end;
	return word.begin < word.end;
}

void editor_bracket(struct editor *e)
{
	struct edits edits = EDITS_INIT;
	struct error err = ERROR_INIT;
	size_t begin, end;

	if (!editor_may_edit(e))
		return;
	struct bracketed bracketed = bracketed_of(e);
	if (!target(e, &begin, &end)) {
		views_message(e->view.views, MESSAGE_INFO, "%s",
			      _("Select a text first: Shift and the arrows, or ^Space."));
		return;
	}
	int rc = rebracket_selection(&bracketed, begin, end, NULL, &edits, &err);
	finish(e, rc, &edits, &err);
}

void editor_unbracket(struct editor *e)
{
	struct edits edits = EDITS_INIT;
	struct error err = ERROR_INIT;

	if (!editor_may_edit(e))
		return;
	struct bracketed bracketed = bracketed_of(e);
	if (e->point == BRACKET_NONE)
		return;
	int rc = rebracket_off(&bracketed, e->point, &edits, &err);
	finish(e, rc, &edits, &err);
}

const struct bracket_problem *editor_problem(const struct editor *e)
{
	const struct brackets *b = &e->doc->brackets;

	for (size_t i = 0; i < b->n_problems && b->problems[i].at <= e->caret.pos; i++)
		if (e->caret.pos < b->problems[i].at + b->problems[i].len)
			return &b->problems[i];
	return NULL;
}

static void mend_chosen(void *arg, uint32_t key)
{
	struct editor *e = arg;
	struct edits edits = EDITS_INIT;
	struct error err = ERROR_INIT;
	enum repair how = key == 'e'   ? REPAIR_ESCAPE
			  : key == 'r' ? REPAIR_REMOVE
				       : REPAIR_COMPLETE;

	if (!key)
		return;
	struct bracketed bracketed = bracketed_of(e);
	const struct bracket_problem *problem = editor_problem(e);
	if (!problem)
		return;
	int rc = rebracket_repair(&bracketed, (size_t)(problem - bracketed.b->problems), how,
				  &edits, &err);
	finish(e, rc, &edits, &err);
}

void editor_mend_ask(struct editor *e)
{
	static const struct prompt_choice unclosed[] = {
		{'c', N_("close it at the paragraph's end")},
		{'e', N_("an ordinary character")},
		{'r', N_("remove it")},
		{0, NULL}};
	static const struct prompt_choice unopened[] = {
		{'o', N_("open it at the paragraph's start")},
		{'e', N_("an ordinary character")},
		{'r', N_("remove it")},
		{0, NULL}};
	struct prompt_request request = {.chosen = mend_chosen, .arg = e};

	if (!editor_may_edit(e))
		return;
	doc_read(e->doc);
	const struct bracket_problem *problem = editor_problem(e);
	if (!problem)
		return;
	request.label = _("Mend it:");
	request.choices = problem->kind == PROBLEM_UNCLOSED ? unclosed : unopened;
	views_ask(e->view.views, &request);
}

/* ---- Options ---- */

/* "AFR, EUR: two" names parties before the colon; returns the bytes that takes. */
static size_t leading_parties(const struct parties *parties, struct slice text,
			      struct party_list *list)
{
	size_t n = party_list_at(parties, text.p, text.len, list);

	if (!n)
		return 0;
	n += utf8_blanks_at(text.p + n, text.len - n);
	if (n < text.len && text.p[n] == ':')
		return n + 1;
	if (text.len - n >= 3 && memcmp(text.p + n, "\xEF\xBC\x9A", 3) == 0)
		return n + 3;
	return 0;
}

void editor_option(struct editor *e, struct slice text)
{
	struct edits edits = EDITS_INIT;
	struct error err = ERROR_INIT;
	struct party_list list = {.n = 0};
	struct offer offer = {.markup = true};
	size_t begin, end;
	int rc;

	if (!editor_may_edit(e))
		return;
	struct bracketed bracketed = bracketed_of(e);
	size_t n = leading_parties(e->doc->parties, text, &list);
	n += utf8_blanks_at(text.p + n, text.len - n);
	offer.text = slice_make(text.p + n, text.len - n);
	offer.parties = list.v;
	offer.n_parties = n ? list.n : 0;
	if (e->doc->draft.front.language)
		offer.language = slice_of(e->doc->draft.front.language);
	if (editor_selection(e, &begin, &end))
		rc = rebracket_selection(&bracketed, begin, end, &offer, &edits, &err);
	else if (e->point != BRACKET_NONE)
		rc = reword_add_option(&bracketed, e->point, &offer, &edits, &err);
	else
		rc = rebracket_selection(&bracketed, e->caret.pos, e->caret.pos, &offer, &edits,
					 &err);
	finish(e, rc, &edits, &err);
}

static void option_done(void *arg, const struct slice *text)
{
	if (text)
		editor_option(arg, *text);
}

void editor_option_ask(struct editor *e)
{
	struct prompt_request request = {
		.label = _("New wording"),
		.hint = _("AFR, EUR: at least one   (nothing: no text)"),
		.may_be_empty = true,
		.history = "option",
		.done = option_done,
		.arg = e};

	if (editor_may_edit(e))
		views_ask(e->view.views, &request);
}

/* ---- Points ---- */

/* Before which of the point's brackets to part it: the one at the cursor, not the first. */
static size_t part_before(const struct editor *e, const struct point *p)
{
	const struct brackets *b = &e->doc->brackets;
	size_t n = 0;

	for (uint32_t i = p->bracket; i != BRACKET_NONE && b->v[i].begin <= e->caret.pos;
	     i = b->v[i].next)
		n++;
	return n > 1 ? n - 1 : 1;
}

bool editor_can_split(const struct editor *e)
{
	return e->point != BRACKET_NONE && e->doc->brackets.points[e->point].n_brackets > 1;
}

void editor_split(struct editor *e)
{
	struct edits edits = EDITS_INIT;
	struct error err = ERROR_INIT;

	if (!editor_may_edit(e))
		return;
	struct bracketed bracketed = bracketed_of(e);
	if (!editor_can_split(e))
		return;
	const struct point *p = &bracketed.b->points[e->point];
	int rc = rebracket_split(&bracketed, e->point, part_before(e, p), &edits, &err);
	if (finish(e, rc, &edits, &err))
		views_message(e->view.views, MESSAGE_OK, "%s", _("These are two points now."));
}

/* Whether somebody's position is filed under the point's id. */
static bool is_referred_to(const struct editor *e, uint32_t point)
{
	const struct host *host = e->view.host;
	struct slice id =
		point_id(&e->doc->brackets, &e->doc->brackets.points[point], e->doc->flat);

	if (!id.len || !HOST_CAN(host, positions))
		return false;
	for (uint16_t i = 0; i < e->doc->parties->n; i++) {
		const struct positions *p = host->positions(host->data, e->doc, i);
		if (p && positions_find(p, id))
			return true;
	}
	return false;
}

void editor_join(struct editor *e)
{
	struct edits edits = EDITS_INIT;
	struct error err = ERROR_INIT;

	if (!editor_may_edit(e))
		return;
	struct bracketed bracketed = bracketed_of(e);
	if (e->point == BRACKET_NONE)
		return;
	int rc =
		rebracket_join(&bracketed, e->point, is_referred_to(e, e->point), &edits, &err);
	if (finish(e, rc, &edits, &err))
		views_message(e->view.views, MESSAGE_OK, "%s", _("This is one point now."));
}

/* ---- Paragraphs as alternatives ---- */

static bool is_lines(const struct editor *e)
{
	if (e->point == BRACKET_NONE)
		return false;
	const struct point *p = &e->doc->brackets.points[e->point];
	return e->doc->brackets.v[p->bracket].separator == SEP_LINES;
}

bool editor_can_alternatives(const struct editor *e)
{
	size_t begin, end;

	return editor_selection(e, &begin, &end) && doc_line_next(e->doc, begin) < end;
}

bool editor_can_paragraphs(const struct editor *e)
{
	return !editor_can_alternatives(e) && is_lines(e);
}

void editor_alternatives(struct editor *e)
{
	struct edits edits = EDITS_INIT;
	struct error err = ERROR_INIT;
	size_t begin, end;

	if (!editor_may_edit(e) || !editor_selection(e, &begin, &end))
		return;
	struct bracketed bracketed = bracketed_of(e);
	int rc = rebracket_lines(&bracketed, begin, end, &edits, &err);
	finish(e, rc, &edits, &err);
}

void editor_paragraphs(struct editor *e)
{
	struct edits edits = EDITS_INIT;
	struct error err = ERROR_INIT;

	if (!editor_may_edit(e))
		return;
	struct bracketed bracketed = bracketed_of(e);
	if (!is_lines(e))
		return;
	int rc = rebracket_unlines(&bracketed, e->point, &edits, &err);
	finish(e, rc, &edits, &err);
}

/* ---- Clauses ---- */

void editor_renumber(struct editor *e)
{
	struct edits edits = EDITS_INIT;

	if (!editor_may_edit(e))
		return;
	doc_read(e->doc);
	size_t n = draft_renumber(&e->doc->draft, e->doc->flat, &e->doc->brackets, &edits);
	if (edits.n)
		editor_apply(e, &edits);
	views_message(e->view.views, n ? MESSAGE_OK : MESSAGE_INFO,
		      n_("%zu clause has another number now.",
			 "%zu clauses have another number now.", n),
		      n);
	edits_release(&edits);
}
