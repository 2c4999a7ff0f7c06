/* SPDX-License-Identifier: MIT */
#include "columns_inner.h"
#include "ui/tr.h"

#include <string.h>

/* From a cell to the draft: an edit, one undo step, and its commit. */

/* Where a column has the paragraph in focus: here, where it is elsewhere, or else the place of
 * the nearest above it. */
static size_t place_in(const struct columns *c, size_t column)
{
	const struct compare *all = &c->set->compare;
	uint32_t row = columns_row(c);
	const struct compare_cell *x = columns_cell(c), *own;

	if (row == COMPARE_NONE)
		return 0;
	own = compare_at(all, row, column);
	if (own->paragraph == COMPARE_NONE && own->state == COMPARE_MOVED_AWAY)
		row = own->other;
	else if (own->paragraph == COMPARE_NONE && x && x->state == COMPARE_MOVED)
		row = x->other;
	for (; row != COMPARE_NONE; row = row ? row - 1 : COMPARE_NONE) {
		const struct compare_paragraph *p = compare_paragraph(all, row, column);

		if (p)
			return p->body;
	}
	return 0;
}

/* Nothing happened: the draft is as it was. */
static void take_back(struct columns *c)
{
	size_t pos;

	if (doc_undo(c->doc, &pos) && HOST_CAN(c->host, changed))
		c->host->changed(c->host->data, c->doc);
	columns_load(c);
}

static void message_typed(void *arg, const struct slice *text)
{
	struct columns *c = arg;
	struct error err = ERROR_INIT;
	struct str id = STR_INIT;

	if (!text) {
		take_back(c);
		views_message(c->view.views, MESSAGE_INFO, "%s",
			      _("Taken back: the draft is as it was."));
		return;
	}
	if (c->host->commit(c->host->data, c->doc, *text, &id, &err) < 0) {
		/* What is not even saved is not there. */
		if (doc_is_dirty(c->doc) && !c->dirty_before)
			take_back(c);
		views_error(c->view.views, &err);
	} else {
		views_message(c->view.views, MESSAGE_OK, _("Committed as %s."), str_text(&id));
	}
	str_release(&id);
}

static void ask_message(struct columns *c)
{
	struct prompt_request ask = {
		.label = c->dirty_before ? _("Commit, with the draft's other unsaved edits")
					 : _("Commit message"),
		.hint = _("what changed, and why; Esc takes it back"),
		.initial = str_slice(&c->subject),
		.done = message_typed,
		.arg = c};

	views_ask(c->view.views, &ask);
}

static void save(struct columns *c)
{
	struct error err = ERROR_INIT;

	if (!HOST_CAN(c->host, save))
		return;
	if (c->host->save(c->host->data, c->doc, &err) == 0) {
		views_message(c->view.views, MESSAGE_OK, _("%s is saved."), c->doc->name);
		return;
	}
	take_back(c);
	views_error(c->view.views, &err);
}

/* Makes the edits, and offers the message of their commit. */
static void make(struct columns *c, const struct edits *e)
{
	c->dirty_before = doc_is_dirty(c->doc);
	doc_apply(c->doc, e);
	if (HOST_CAN(c->host, changed))
		c->host->changed(c->host->data, c->doc);
	columns_load(c);
	if (HOST_CAN(c->host, commit))
		ask_message(c);
	else
		save(c);
}

/* The paragraph as people call it: of the draft, or of the text that has it alone. */
static void name_place(const struct columns *c, struct str *out)
{
	const struct compare *all = &c->set->compare;
	const struct compare_cell *x = columns_cell(c);
	const struct compare_paragraph *p = compare_paragraph(all, columns_row(c), 0);

	if (!p && x && x->state == COMPARE_MOVED)
		p = compare_paragraph(all, x->other, 0);
	if (p)
		str_addf(out, "\xC2\xB6 %u", p->number);
	else
		str_add_text(out, "new \xC2\xB6");
}

/* False where there is no cell to take from. */
static bool begin(struct columns *c)
{
	if (c->doc->read_only) {
		views_message(c->view.views, MESSAGE_WARN, _("%s can only be read here."),
			      c->doc->name);
		return false;
	}
	return columns_settle(c) && columns_cell(c) != NULL;
}

void columns_take(struct columns *c)
{
	struct error err = ERROR_INIT;
	struct edits e = EDITS_INIT;

	if (!begin(c))
		return;
	if (compare_take(&c->set->compare, 0, columns_row(c), columns_at(c), &e, &err) < 0) {
		views_error(c->view.views, &err);
	} else {
		str_clear(&c->subject);
		str_addf(&c->subject, "%s: ", c->doc->name);
		name_place(c, &c->subject);
		str_addf(&c->subject, " as %s has it", c->column[c->focus].name);
		make(c, &e);
	}
	edits_release(&e);
}

void columns_offer(struct columns *c)
{
	const char *language = c->doc->draft.front.language;
	struct error err = ERROR_INIT;
	struct edits e = EDITS_INIT;

	if (!begin(c))
		return;
	if (compare_offer(&c->set->compare, 0, columns_row(c), columns_at(c),
			  slice_of(language ? language : ""), &e, &err) < 0) {
		if (err.status == ST_EXISTS)
			views_message(c->view.views, MESSAGE_INFO, "%s", err.text);
		else
			views_error(c->view.views, &err);
	} else {
		str_clear(&c->subject);
		str_addf(&c->subject, "%s: ", c->doc->name);
		name_place(c, &c->subject);
		str_addf(&c->subject, ": %s's wording as an option", c->column[c->focus].name);
		make(c, &e);
	}
	edits_release(&e);
}

void columns_open(struct columns *c, const char *view)
{
	const struct columns_text *t = NULL;
	struct error err = ERROR_INIT;
	struct str name = STR_INIT;
	size_t at = columns_at(c), place = SIZE_MAX;
	bool chair = strcmp(view, "chair") == 0;

	if (at != SIZE_MAX && c->n_shown)
		t = &c->set->v[at];
	if (t && t->party == PARTY_NONE && strcmp(t->name, "base") == 0 && !chair) {
		views_message(
			c->view.views, MESSAGE_INFO, "%s",
			_("The base is what the texts start from; it is not edited here."));
		return;
	}
	str_add_text(&name, c->doc->name);
	if (t)
		place = place_in(c, chair ? 0 : at);
	if (t && t->code && !chair)
		str_addf(&name, "/%s", t->code);
	if (c->host->open_view(c->host->data, view, str_text(&name), place, &err) < 0)
		views_error(c->view.views, &err);
	str_release(&name);
}
