/* SPDX-License-Identifier: MIT */
#include "chair_inner.h"

#include "core/mem.h"
#include "core/rebracket.h"
#include "ui/common.h"
#include "ui/told.h"
#include "ui/tr.h"

#include <stdlib.h>
#include <string.h>

/* What the chair's keys do to the draft. Each is one commit, made by the host. */

static void fail(struct chair *ch, const struct error *err)
{
	views_error(ch->view.views, err);
}

/* What the host had shown before the commit failed is taken back, and the point that was asked
 * is asked again: the same key must not decide the next one. */
static void back_to(struct chair *ch, size_t at, bool all_linked)
{
	doc_read(ch->doc);
	chair_focus_from(ch, at);
	ch->all_linked = all_linked;
}

/* ---- pending edits ---- */

static const struct prompt_choice pending_choices[] = {
	{'c', N_("commit them")},
	{'a', N_("set them aside")},
	{0, NULL},
};

/* There is nothing to go back to: setting it aside would leave no draft. */
static const struct prompt_choice new_choices[] = {
	{'c', N_("commit it")},
	{0, NULL},
};

static void pending_committed(void *arg, const struct slice *text)
{
	struct chair *ch = arg;
	struct str id = STR_INIT;
	struct error err = ERROR_INIT;

	if (!text)
		return;
	if (ch->host->commit(ch->host->data, ch->doc, *text, &id, &err) < 0)
		fail(ch, &err);
	else
		views_message(ch->view.views, MESSAGE_OK, _("Committed as %s. Now decide."),
			      str_text(&id));
	str_release(&id);
}

static void pending_answered(void *arg, uint32_t key)
{
	struct chair *ch = arg;
	struct prompt_request ask = {
		.label = _("Message"), .done = pending_committed, .arg = ch};
	struct str message = STR_INIT;
	struct error err = ERROR_INIT;

	if (key == 'c') {
		if (HOST_CAN(ch->host, propose_message))
			ch->host->propose_message(ch->host->data, ch->doc, &message);
		ask.initial = str_slice(&message);
		views_ask(ch->view.views, &ask);
	} else if (key == 'a') {
		if (ch->host->set_aside(ch->host->data, ch->doc, &err) < 0)
			fail(ch, &err);
		else
			views_message(ch->view.views, MESSAGE_OK,
				      _("The edits are set aside; b brings them back. Now "
					"decide."));
		ch->generation = 0;
	}
	str_release(&message);
}

static bool is_new(struct chair *ch)
{
	struct host_file_state state = {0};
	struct error err = ERROR_INIT;

	return HOST_CAN(ch->host, file_state) &&
	       ch->host->file_state(ch->host->data, ch->doc, &state, &err) == 0 &&
	       state.new_file;
}

bool chair_ready(struct chair *ch)
{
	struct prompt_request ask = {.label = _("This draft has edits that are not committed"),
				     .choices = pending_choices,
				     .chosen = pending_answered,
				     .arg = ch};
	struct error err = ERROR_INIT;
	int rc = HOST_CAN(ch->host, decide_ready)
			 ? ch->host->decide_ready(ch->host->data, ch->doc, &err)
			 : 0;

	ch->asked = true;
	if (rc == 0)
		return true;
	if (rc == ST_MISSING && ch->host->commit && is_new(ch)) {
		ask.label = _("This draft was never committed");
		ask.choices = new_choices;
		views_ask(ch->view.views, &ask);
	} else if (rc == ST_CHANGED && ch->host->commit && HOST_CAN(ch->host, set_aside)) {
		views_ask(ch->view.views, &ask);
	} else {
		fail(ch, &err);
	}
	return false;
}

void chair_bring_back(struct chair *ch)
{
	struct error err = ERROR_INIT;

	if (!chair_ready(ch))
		return;
	if (ch->host->bring_back(ch->host->data, ch->doc, &err) < 0)
		fail(ch, &err);
	else
		views_message(ch->view.views, MESSAGE_OK, "%s",
			      _("Your edits are in the draft again, not saved yet: Enter "
				"shows them."));
	doc_read(ch->doc);
	chair_focus_from(ch, ch->at);
}

/* ---- decisions ---- */

/* Whether the line that begins there has no point any more. */
static bool is_settled(const struct chair *ch, size_t line)
{
	uint32_t next = brackets_point_from(&ch->doc->brackets, line);
	size_t end = doc_line_end(ch->doc, line);

	if (end <= line || brackets_point_at(&ch->doc->brackets, line) != BRACKET_NONE)
		return false;
	return next == BRACKET_NONE ||
	       point_begin(&ch->doc->brackets, &ch->doc->brackets.points[next]) >= end;
}

static void after_decision(struct chair *ch, size_t at, const struct resolved *what,
			   struct str *id)
{
	struct str words = STR_INIT;
	const char *then;
	size_t line;

	told_choice(&words, str_slice(&what->words));
	ch->decided++;
	ch->all_linked = false;
	doc_read(ch->doc);
	line = doc_line_begin(ch->doc, at > ch->doc->flat.len ? ch->doc->flat.len : at);
	ch->settled = is_settled(ch, line);
	ch->settled_at = line;
	chair_focus_from(ch, at);
	/* What is settled now can be marked so at once. */
	then = ch->settled && HOST_CAN(ch->host, agree)
		       ? _("u undoes, r marks the paragraph agreed.")
		       : _("u undoes.");
	if (what->linked)
		views_message(ch->view.views, MESSAGE_OK,
			      n_("Point %zu and %zu linked one: %s. %s (%s)",
				 "Point %zu and %zu linked ones: %s. %s (%s)", what->linked),
			      what->number, what->linked, str_text(&words), then, str_text(id));
	else
		views_message(ch->view.views, MESSAGE_OK, _("Point %zu: %s. %s (%s)"),
			      what->number, str_text(&words), then, str_text(id));
	str_release(&words);
}

void chair_choose(struct chair *ch, const struct choice *choice)
{
	struct choice made = *choice;
	struct edits edits = EDITS_INIT;
	struct str id = STR_INIT, words = STR_INIT;
	struct error err = ERROR_INIT;
	struct bracketed text;
	struct resolved what;
	bool all_linked = ch->all_linked;
	size_t at, before;
	int rc;

	doc_read(ch->doc);
	if (ch->point == BRACKET_NONE || !chair_ready(ch))
		return;
	resolved_init(&what);
	at = before = point_begin(&ch->doc->brackets, chair_point(ch));
	made.linked = all_linked;
	text = doc_bracketed(ch->doc);
	rc = resolve_point(&text, ch->point, &made, &edits, &what, &err);
	if (rc == 0) {
		at = edits_map(&edits, at);
		/* The host may show it before the commit is made. */
		ch->all_linked = false;
		told_choice(&words, str_slice(&what.words));
		views_message(ch->view.views, MESSAGE_OK, "%s", str_text(&words));
		rc = ch->host->decide(ch->host->data, ch->doc, &edits, &what, SLICE(""), &id,
				      &err);
	}
	if (rc < 0) {
		back_to(ch, before, all_linked);
		fail(ch, &err);
	} else {
		after_decision(ch, at, &what, &id);
	}
	edits_release(&edits);
	resolved_release(&what);
	str_release(&id);
	str_release(&words);
}

static void number_typed(void *arg, const struct slice *text)
{
	struct chair *ch = arg;
	struct choice choice;
	struct error err = ERROR_INIT;

	if (!text)
		return;
	if (choice_read(&choice, *text, slice_make(NULL, 0), &err) < 0)
		fail(ch, &err);
	else
		chair_choose(ch, &choice);
}

void chair_ask_number(struct chair *ch, uint32_t digit)
{
	common_ask_number(ch->view.views, digit, number_typed, ch);
}

static void text_typed(void *arg, const struct slice *text)
{
	struct choice choice = {.kind = CHOOSE_TEXT};

	if (!text)
		return;
	choice.text = *text;
	chair_choose(arg, &choice);
}

/* The options as a beginning for new wording. */
static void offer_options(void *arg, struct slice text, size_t at, struct prompt_candidates *c)
{
	const struct chair *ch = arg;
	const struct point *p = chair_point(ch);

	(void)at;
	c->from = 0;
	for (uint32_t k = 0; p && k < p->n_options; k++) {
		const struct option *o = point_option(&ch->doc->brackets, p, k);
		struct slice wording = {ch->doc->flat.p + o->begin, o->end - o->begin};
		if (!o->no_text && wording.len > text.len &&
		    memcmp(wording.p, text.p, text.len) == 0 &&
		    !memchr(wording.p, '\n', wording.len))
			prompt_candidate_add(c, wording, SLICE(""));
	}
}

void chair_ask_text(struct chair *ch)
{
	struct prompt_request ask = {
		.label = _("New wording"),
		.hint = _("what stands here from now on; Tab offers the options"),
		.history = "wording",
		.complete = offer_options,
		.done = text_typed,
		.arg = ch};

	if (chair_ready(ch))
		views_ask(ch->view.views, &ask);
}

/* ---- undo, split and join, agreement ---- */

static void undo(struct chair *ch);

static void undo_answered(void *arg, uint32_t key)
{
	if (key == 'y')
		undo(arg);
}

static void ask_undo(struct chair *ch)
{
	views_message(ch->view.views, MESSAGE_WARN, _("Decided by %s: %s"),
		      str_text(&ch->undo.whose), str_text(&ch->undo.what));
	views_ask_yes_no(ch->view.views, _("This decision is not yours. Undo it?"),
			 undo_answered, ch);
}

static void undo(struct chair *ch)
{
	struct error err = ERROR_INIT;
	size_t before = ch->at, at;
	bool settled = ch->settled;
	int rc;

	/* The host may show it before the commit is made. */
	ch->undoing = true;
	ch->settled = false;
	rc = ch->host->undo_decision(ch->host->data, ch->doc, &ch->undo, &ch->at, &err);
	ch->undoing = false;
	at = ch->at;
	if (rc < 0) {
		back_to(ch, before, false);
		fail(ch, &err);
	} else if (rc > 0) {
		ch->settled = settled;
		ask_undo(ch);
	} else {
		if (ch->decided)
			ch->decided--;
		doc_read(ch->doc);
		chair_focus_from(ch, at);
		views_message(ch->view.views, MESSAGE_OK, _("Undone: %s"),
			      str_text(&ch->undo.what));
	}
}

void chair_undo(struct chair *ch)
{
	host_undo_release(&ch->undo);
	if (chair_ready(ch))
		undo(ch);
}

bool chair_can_split(const struct chair *ch)
{
	const struct point *p = chair_point(ch);

	return p && p->n_brackets > 1;
}

/* The bracket after this point, where only this point's id keeps them apart. */
bool chair_can_join(const struct chair *ch)
{
	const struct brackets *b = &ch->doc->brackets;
	const struct point *p = chair_point(ch);
	const struct bracket *last, *next;
	uint32_t i;

	if (!p || p->n_brackets > 1 || b->v[p->last].id == b->v[p->last].id_end)
		return false;
	last = &b->v[p->last];
	for (i = p->last + 1; i < b->n && b->v[i].begin < last->end; i++)
		;
	if (i >= b->n)
		return false;
	next = &b->v[i];
	return next->parent == last->parent && !last->crosses && !next->crosses &&
	       next->begin - last->end < 16 &&
	       !memchr(ch->doc->flat.p + last->end, '\n', next->begin - last->end);
}

void chair_split_or_join(struct chair *ch)
{
	struct bracketed bracketed = doc_bracketed(ch->doc);
	bool split = chair_can_split(ch);
	struct edits edits = EDITS_INIT;
	struct str subject = STR_INIT, id = STR_INIT;
	struct error err = ERROR_INIT;
	size_t at = ch->at;
	int rc;

	if (!chair_ready(ch))
		return;
	str_addf(&subject, split ? "%s: point %u split" : "%s: point %u joined with the next",
		 ch->doc->name, ch->point + 1);
	if (split)
		rc = rebracket_split(&bracketed, ch->point, 1, &edits, &err);
	else
		rc = rebracket_join(&bracketed, ch->point, false, &edits, &err);
	if (rc == 0)
		rc = ch->host->edit(ch->host->data, ch->doc, &edits, str_slice(&subject), &id,
				    &err);
	if (rc < 0) {
		back_to(ch, at, false);
		fail(ch, &err);
	} else {
		doc_read(ch->doc);
		chair_focus_from(ch, at);
		views_message(ch->view.views, MESSAGE_OK,
			      split ? _("These are two points now; s joins them again.")
				    : _("These are one point now; s splits it again."));
	}
	edits_release(&edits);
	str_release(&subject);
	str_release(&id);
}

void chair_agree(struct chair *ch)
{
	uint32_t i = chair_agreeable(ch);
	struct error err = ERROR_INIT;
	bool agreed;

	if (i == PARAGRAPH_NONE || !chair_ready(ch))
		return;
	agreed = i < ch->agreements.n && ch->agreements.v[i].state == AGREEMENT_AGREED;
	if (ch->host->agree(ch->host->data, ch->doc, ch->doc->draft.v[i].begin, !agreed, &err) <
	    0) {
		fail(ch, &err);
		return;
	}
	views_message(ch->view.views, MESSAGE_OK,
		      agreed ? _("Paragraph %u is open again.")
			     : _("Paragraph %u is agreed ad referendum."),
		      ch->doc->draft.v[i].number);
	ch->generation = 0;
}
