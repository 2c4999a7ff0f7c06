/* SPDX-License-Identifier: MIT */
#include "core/blame.h"
#include "core/recheck.h"
#include "core/word.h"
#include "ui/editor_inner.h"
#include "ui/view_blame.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the editor asks of the program: saving, committing, other programs, leaving. */

/* ---- A file changed outside ---- */

static void keep(struct editor *e, enum host_keep how)
{
	const struct host *host = e->view.host;
	struct error err = ERROR_INIT;

	if (host->keep(host->data, e->doc, how, &err) < 0) {
		views_error(e->view.views, &err);
		return;
	}
	editor_follow(e);
	e->file.changed_outside = e->asked_outside = false;
	views_message(e->view.views, MESSAGE_OK, "%s",
		      how == KEEP_MINE     ? _("Your text is the file's now; the other is kept "
						   "beside it.")
		      : how == KEEP_THEIRS ? _("You have the file's text now; yours is kept "
					       "beside it.")
					   : _("Both are kept: yours is in a file beside it."));
}

static void outside_chosen(void *arg, uint32_t key)
{
	struct editor *e = arg;

	switch (key) {
	case 'm':
		keep(e, KEEP_MINE);
		return;
	case 't':
		keep(e, KEEP_THEIRS);
		return;
	case 'b':
		keep(e, KEEP_BOTH);
		return;
	default:
		views_message(e->view.views, MESSAGE_WARN, "%s",
			      _("Nothing was written; saving asks again."));
	}
}

static void ask_outside(struct editor *e)
{
	static const struct prompt_choice choices[] = {{'m', N_("keep mine")},
						       {'t', N_("take the file's")},
						       {'b', N_("keep both")},
						       {0, NULL}};
	struct prompt_request request = {.label = _("The file was changed outside:"),
					 .choices = choices,
					 .chosen = outside_chosen,
					 .arg = e};

	e->asked_outside = true;
	views_ask(e->view.views, &request);
}

void editor_look_outside(struct editor *e)
{
	const struct host *host = e->view.host;
	struct error err = ERROR_INIT;

	if (!HOST_CAN(host, file_state) || !host->keep)
		return;
	if (host->file_state(host->data, e->doc, &e->file, &err) < 0)
		return;
	if (!e->file.changed_outside)
		e->asked_outside = false;
	else if (!e->asked_outside)
		ask_outside(e);
}

/* ---- Saving ---- */

/* 0: saved; otherwise it was said why not, or asked. */
static int save(struct editor *e)
{
	const struct host *host = e->view.host;
	struct error err = ERROR_INIT;
	int rc = host->save(host->data, e->doc, &err);

	if (rc == ST_CHANGED && host->keep)
		ask_outside(e);
	else if (rc < 0)
		views_error(e->view.views, &err);
	return rc;
}

void editor_save(struct editor *e)
{
	if (save(e) == 0)
		views_message(e->view.views, MESSAGE_OK, _("%s is saved."), e->doc->name);
}

/* ---- Committing ---- */

static void commit_done(void *arg, const struct slice *text)
{
	struct editor *e = arg;
	const struct host *host = e->view.host;
	struct error err = ERROR_INIT;
	struct str id = STR_INIT;

	if (!text)
		return;
	int rc = host->commit(host->data, e->doc, *text, &id, &err);
	if (rc == ST_CHANGED && host->keep)
		editor_look_outside(e);
	if (rc < 0)
		views_error(e->view.views, &err);
	else
		views_message(e->view.views, MESSAGE_OK, _("Committed as %s."), str_text(&id));
	str_release(&id);
}

/* Whether the last commit has the draft as it is; only where that is known. */
static bool nothing_to_commit(const struct editor *e)
{
	const struct host *host = e->view.host;
	struct host_file_state state;
	struct error err = ERROR_INIT;

	return HOST_CAN(host, workspace) && HOST_CAN(host, file_state) &&
	       host->workspace(host->data)->place == PLACE_READY &&
	       host->file_state(host->data, e->doc, &state, &err) == 0 && !state.unsaved &&
	       !state.uncommitted && !state.changed_outside && !state.gone;
}

void editor_commit_ask(struct editor *e)
{
	const struct host *host = e->view.host;
	struct str message = STR_INIT;
	struct prompt_request request = {.label = _("Commit message"),
					 .hint = _("what changed, and why"),
					 .done = commit_done,
					 .arg = e};

	/* What is proposed, and committed, is what the file has. */
	if (doc_is_dirty(e->doc) && HOST_CAN(host, save) && save(e) < 0)
		return;
	if (nothing_to_commit(e)) {
		views_message(e->view.views, MESSAGE_INFO, "%s",
			      _("Nothing has changed since the last commit."));
		return;
	}
	if (HOST_CAN(host, propose_message))
		host->propose_message(host->data, e->doc, &message);
	request.initial = str_slice(&message);
	views_ask(e->view.views, &request);
	str_release(&message);
}

/* ---- Other programs ---- */

void editor_external(struct editor *e)
{
	const struct host *host = e->view.host;
	struct error err = ERROR_INIT;
	struct str out = STR_INIT;
	size_t pos = e->caret.pos;

	if (!editor_may_edit(e))
		return;
	if (host->run_editor(host->data, e->doc->name, e->doc->flat, &out, &err) < 0) {
		views_error(e->view.views, &err);
	} else if (slice_equal(str_slice(&out), e->doc->flat)) {
		views_message(e->view.views, MESSAGE_INFO, "%s",
			      _("Nothing was changed there."));
	} else {
		doc_set_bytes(e->doc, str_slice(&out));
		editor_changed(e, pos);
		views_message(e->view.views, MESSAGE_OK, "%s",
			      _("Took the other editor's text over; ^U undoes it."));
	}
	str_release(&out);
}

void editor_words(struct editor *e)
{
	struct doc *d = e->doc;
	struct str text = STR_INIT;
	size_t from, to;

	doc_count(d);
	str_addf(&text, n_("%zu word", "%zu words", d->words.total), d->words.total);
	str_addf(&text, _(", %zu in brackets (%zu %%)"), d->words.in_brackets,
		 d->words.total ? d->words.in_brackets * 100 / d->words.total : 0);
	str_addf(&text, n_("; %zu paragraph", "; %zu paragraphs", d->draft.n_paragraphs),
		 d->draft.n_paragraphs);
	if (editor_selection(e, &from, &to))
		str_addf(&text, _("; %zu selected"), word_count(d->flat.p + from, to - from));
	views_message(e->view.views, MESSAGE_INFO, "%s", str_text(&text));
	str_release(&text);
}

void editor_export(struct editor *e, struct slice arg)
{
	static const struct {
		const char *word;
		enum host_export format;
	} formats[] = {{"docx", EXPORT_DOCX},
		       {"odt", EXPORT_ODT},
		       {"html", EXPORT_HTML},
		       {"text", EXPORT_TEXT}};
	const struct host *host = e->view.host;
	struct error err = ERROR_INIT;
	const char *blank = arg.len ? memchr(arg.p, ' ', arg.len) : NULL;
	struct slice word = arg, rest = {"", 0};

	if (blank) {
		word.len = (size_t)(blank - arg.p);
		rest = slice_make(blank + 1, arg.len - word.len - 1);
	}
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
		if (!slice_is(word, formats[i].word) || (rest.len && !slice_is(rest, "clean")))
			continue;
		if (host->export(host->data, e->doc, formats[i].format, rest.len > 0, &err) < 0)
			views_error(e->view.views, &err);
		return;
	}
	views_message(
		e->view.views, MESSAGE_WARN, "%s",
		_("export docx, odt, html or text; with \"clean\" after it, under the choices "
		  "so far"));
}

void editor_open(struct editor *e, const char *view)
{
	const struct host *host = e->view.host;
	struct error err = ERROR_INIT;

	if (host->open_view(host->data, view, e->doc->name, e->caret.pos, &err) < 0)
		views_error(e->view.views, &err);
}

/* At a separator or a closing bracket: the option after it, else the last one. NULL: it is none
 * of them. */
static const struct option *option_beside(const struct brackets *b, size_t pos)
{
	uint32_t point = brackets_point_at(b, pos), i = BRACKET_NONE;
	const struct option *beside = NULL;

	if (point != BRACKET_NONE)
		i = b->points[point].bracket;
	while (i != BRACKET_NONE && (pos < b->v[i].begin || pos >= b->v[i].close))
		i = b->v[i].next;
	for (uint32_t k = 0; i != BRACKET_NONE && k < b->v[i].n_options; k++) {
		const struct option *o = &b->options[b->v[i].option + k];

		if (o->begin == o->end)
			continue;
		if (o->begin <= pos && pos < o->end)
			return NULL;
		if (!beside || beside->end <= pos)
			beside = o;
	}
	return beside;
}

/* What is meant where nothing is selected: the word there; at an opening bracket, where going
 * from point to point leads, all that the brackets hold; at their other signs, an option. */
static void find_blamed(const struct editor *e, size_t *begin, size_t *end)
{
	const struct brackets *b = &e->doc->brackets;
	uint32_t bracket = recheck_bracket_at(b, e->caret.pos);
	const struct option *o;

	if (bracket != BRACKET_NONE) {
		*begin = b->v[bracket].begin;
		*end = b->v[bracket].end;
		return;
	}
	blame_word(e->doc->flat, e->caret.pos, begin, end);
	if (*begin >= *end || word_count(e->doc->flat.p + *begin, *end - *begin))
		return;
	o = option_beside(b, *begin);
	if (o) {
		*begin = o->begin;
		*end = o->end;
	}
}

void editor_blame(struct editor *e)
{
	struct slice text = e->doc->flat;
	size_t begin, end;

	if (!editor_selection(e, &begin, &end))
		find_blamed(e, &begin, &end);
	if (begin >= end)
		views_message(e->view.views, MESSAGE_INFO, "%s",
			      _("Put the cursor on a word first."));
	else
		views_push(e->view.views,
			   view_blame_new(e->view.host, e->doc->name, text, begin, end));
}

/* ---- Leaving ---- */

static void leave_chosen(void *arg, uint32_t key)
{
	struct editor *e = arg;
	const struct host *host = e->view.host;
	struct error err = ERROR_INIT;

	if (key == 's' && save(e) == 0)
		views_pop_view(e->view.views, &e->view);
	if (key != 'd')
		return;
	if (HOST_CAN(host, revert) && host->revert(host->data, e->doc, &err) < 0)
		views_error(e->view.views, &err);
	else
		views_pop_view(e->view.views, &e->view);
}

bool editor_leave(struct editor *e)
{
	static const struct prompt_choice choices[] = {
		{'s', N_("save")}, {'d', N_("drop the changes")}, {0, NULL}};
	struct prompt_request request = {.label = _("Not saved yet:"),
					 .choices = choices,
					 .chosen = leave_chosen,
					 .arg = e};

	if (!doc_is_dirty(e->doc) || !HOST_CAN(e->view.host, save))
		return false;
	views_ask(e->view.views, &request);
	return true;
}
