/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "core/sorted.h"
#include "core/terms.h"
#include "ui/editor_inner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Searching as one types, and replacing with every hit shown first. What is
 * typed is text; between slashes, /…/, it is a regular expression.
 */

#define HITS_MOST   10000
#define TIME_BUDGET 300 /* milliseconds for one search */

void editor_search_release(struct editor_search *s)
{
	find_free(s->find);
	find_hits_release(&s->hits);
	str_release(&s->pattern);
	str_release(&s->replacement);
	memset(s, 0, sizeof(*s));
}

void editor_search_hide(struct editor *e)
{
	e->search.shown = false;
}

size_t editor_search_from(const struct editor_search *s, size_t pos)
{
	size_t i;

	SORTED_SKIP(i, s->hits.n, s->hits.v[i].end <= pos);
	return i;
}

static int64_t now_of(void *arg)
{
	const struct host *host = arg;

	return host->ticks(host->data);
}

/* Makes the search for what was typed ready; a "/…/" is an expression. */
static int prepare(struct editor *e, struct slice typed, struct error *err)
{
	struct editor_search *s = &e->search;
	struct find *find = NULL;
	int rc;

	s->options = (struct find_options){0};
	if (typed.len > 2 && typed.p[0] == '/' && typed.p[typed.len - 1] == '/') {
		s->options.expression = true;
		typed = slice_make(typed.p + 1, typed.len - 2);
	}
	rc = find_new(&find, typed, &s->options, err);
	if (rc < 0)
		return rc;
	find_free(s->find);
	s->find = find;
	if (HOST_CAN(e->view.host, ticks)) {
		struct find_clock clock = {now_of, (void *)(uintptr_t)e->view.host,
					   TIME_BUDGET};
		find_set_clock(find, &clock);
	}
	return 0;
}

static int look(struct editor *e, struct error *err)
{
	struct editor_search *s = &e->search;

	s->revision = e->doc->revision;
	s->hits.n = 0;
	return find_all(s->find, e->doc->flat, 0, e->doc->flat.len, HITS_MOST, &s->hits, err);
}

void editor_search_refresh(struct editor *e)
{
	if (e->search.shown && e->search.find && e->search.revision != e->doc->revision &&
	    look(e, NULL) < 0)
		e->search.shown = false;
}

/* The hit at or after pos, around the end; hits.n where there are none. */
static size_t hit_after(const struct editor_search *s, size_t pos)
{
	for (size_t i = editor_search_from(s, pos); i < s->hits.n; i++)
		if (s->hits.v[i].begin >= pos)
			return i;
	return s->hits.n ? 0 : s->hits.n;
}

static void show_hit(struct editor *e, size_t i)
{
	editor_unselect(e);
	editor_go(e, (struct caret){e->search.hits.v[i].begin, false}, false);
}

/* ---- Find ---- */

static void find_changed(void *arg, struct slice text)
{
	struct editor *e = arg;
	struct editor_search *s = &e->search;
	struct error err = ERROR_INIT;

	s->shown = false;
	if (!text.len || prepare(e, text, &err) < 0) {
		editor_go(e, (struct caret){s->origin, false}, false);
		return;
	}
	look(e, &err);
	s->shown = true;
	size_t i = hit_after(s, s->origin);
	if (i < s->hits.n)
		show_hit(e, i);
}

static void nothing_found(struct editor *e, struct slice text)
{
	e->search.shown = false;
	views_message(e->view.views, MESSAGE_WARN, _("\"%.*s\" is nowhere in this draft."),
		      (int)(text.len < 60 ? text.len : 60), text.p);
}

static void find_done(void *arg, const struct slice *text)
{
	struct editor *e = arg;
	struct editor_search *s = &e->search;
	struct error err = ERROR_INIT;

	if (!text || !text->len) {
		editor_go(e, (struct caret){s->origin, false}, false);
		s->shown = false;
		return;
	}
	int rc = prepare(e, *text, &err);
	if (rc == 0) {
		str_clear(&s->pattern);
		str_add_slice(&s->pattern, *text);
		rc = look(e, &err);
		s->shown = true;
	}
	if (rc < 0)
		views_error(e->view.views, &err);
	else if (!s->hits.n)
		nothing_found(e, *text);
	else
		show_hit(e, hit_after(s, s->origin));
}

/* What is selected is looked for, where it is short; otherwise what was last. */
static struct slice initial_pattern(const struct editor *e)
{
	size_t from, to;

	if (editor_selection(e, &from, &to) && to - from < 200 &&
	    !memchr(e->doc->flat.p + from, '\n', to - from))
		return slice_make(e->doc->flat.p + from, to - from);
	return str_slice(&e->search.pattern);
}

void editor_find_ask(struct editor *e)
{
	struct prompt_request request = {.label = _("Find"),
					 .hint = _("text, or /expression/"),
					 .initial = initial_pattern(e),
					 .history = "find",
					 .change = find_changed,
					 .done = find_done,
					 .arg = e};
	size_t from, to;

	e->search.origin = editor_selection(e, &from, &to) ? from : e->caret.pos;
	views_ask(e->view.views, &request);
}

void editor_find_step(struct editor *e, bool onward)
{
	struct editor_search *s = &e->search;
	struct error err = ERROR_INIT;

	if (!s->find) {
		editor_find_ask(e);
		return;
	}
	if (s->revision != e->doc->revision && look(e, &err) < 0) {
		views_error(e->view.views, &err);
		return;
	}
	s->shown = true;
	if (!s->hits.n) {
		nothing_found(e, str_slice(&s->pattern));
		return;
	}
	size_t i;
	if (onward) {
		i = hit_after(s, e->caret.pos + 1);
	} else {
		for (i = editor_search_from(s, e->caret.pos);
		     i < s->hits.n && s->hits.v[i].begin < e->caret.pos;)
			i++;
		i = i > 0 ? i - 1 : s->hits.n - 1;
	}
	if (onward ? s->hits.v[i].begin <= e->caret.pos : s->hits.v[i].begin >= e->caret.pos)
		views_message(e->view.views, MESSAGE_INFO, "%s",
			      onward ? _("On from the beginning.") : _("On from the end."));
	show_hit(e, i);
}

/* ---- Replace ---- */

static void ask_about_hit(struct editor *e);

static void told(struct editor *e)
{
	struct editor_search *s = &e->search;

	s->shown = s->replacing = false;
	views_message(e->view.views, MESSAGE_OK,
		      n_("%zu place changed.", "%zu places changed.", s->done), s->done);
}

/* Replaces the hit asked about and goes to the next one. */
static void replace_one(struct editor *e)
{
	struct editor_search *s = &e->search;
	struct find_hit hit = s->hits.v[s->at];
	struct error err = ERROR_INIT;
	struct str by = STR_INIT;

	if (find_expand(s->find, e->doc->flat, hit, str_slice(&s->replacement), &by, &err) <
	    0) {
		views_error(e->view.views, &err);
	} else {
		text_replace(e->doc->text, hit.begin, hit.end - hit.begin, by.p, by.len);
		s->done++;
		editor_changed(e, hit.begin + by.len);
		/* What was put in is not looked at again. */
		s->at = editor_search_from(s, hit.begin + by.len);
		while (s->at < s->hits.n && s->hits.v[s->at].begin < hit.begin + by.len)
			s->at++;
		ask_about_hit(e);
	}
	str_release(&by);
}

/* All from the hit asked about on, as one undo step. */
static void replace_rest(struct editor *e)
{
	struct editor_search *s = &e->search;
	struct edits edits = EDITS_INIT;
	struct error err = ERROR_INIT;
	size_t from = s->hits.v[s->at].begin;

	if (find_replace(s->find, e->doc->flat, from, e->doc->flat.len,
			 str_slice(&s->replacement), &edits, &err) < 0) {
		s->replacing = false;
		views_error(e->view.views, &err);
	} else if (!editor_has_room(e, edits.bytes.len)) {
		s->replacing = false;
	} else {
		s->done += edits.n;
		editor_apply(e, &edits);
		told(e);
	}
	edits_release(&edits);
}

/* What would come in place of each hit from the one asked about on. */
static int expand_rest(struct editor *e, struct term_hit *terms, struct str *texts,
		       struct error *err)
{
	struct editor_search *s = &e->search;
	size_t n = s->hits.n - s->at, from = 0;
	int rc = 0;

	for (size_t i = 0; i < n && rc == 0; i++) {
		struct find_hit hit = s->hits.v[s->at + i];
		rc = find_expand(s->find, e->doc->flat, hit, str_slice(&s->replacement), texts,
				 err);
		terms[i] = (struct term_hit){hit.begin, hit.end, {NULL, texts->len - from}};
		from = texts->len;
	}
	from = 0;
	for (size_t i = 0; i < n && rc == 0; from += terms[i++].with.len)
		terms[i].with.p = texts->p ? texts->p + from : "";
	return rc;
}

/* Puts the rest in brackets: [old / new]. */
static void bracket_rest(struct editor *e)
{
	struct editor_search *s = &e->search;
	struct edits edits = EDITS_INIT;
	struct error err = ERROR_INIT;
	struct terms_done done = {0};
	struct offer offer = {.markup = false};
	struct str texts = STR_INIT;
	size_t n = s->hits.n - s->at;
	struct term_hit *terms = mem_array(NULL, n, sizeof(*terms));

	doc_read(e->doc);
	if (e->doc->draft.front.language)
		offer.language = slice_of(e->doc->draft.front.language);
	struct bracketed bracketed = doc_bracketed(e->doc);
	int rc = expand_rest(e, terms, &texts, &err);
	if (rc == 0)
		rc = terms_bracket(&bracketed, terms, n, &offer, &edits, &done, &err);
	s->replacing = false;
	if (rc < 0) {
		views_error(e->view.views, &err);
	} else if (editor_has_room(e, edits.bytes.len)) {
		size_t marked = done.bracketed + done.added;
		editor_apply(e, &edits);
		s->shown = false;
		views_message(e->view.views, MESSAGE_OK,
			      n_("%zu of %zu place is in brackets now.",
				 "%zu of %zu places are in brackets now.", n),
			      marked, n);
	}
	free(terms);
	str_release(&texts);
	edits_release(&edits);
}

static void hit_answered(void *arg, uint32_t key)
{
	struct editor *e = arg;

	switch (key) {
	case 'y':
		replace_one(e);
		return;
	case 'n':
		e->search.at++;
		ask_about_hit(e);
		return;
	case 'a':
		replace_rest(e);
		return;
	case 'b':
		bracket_rest(e);
		return;
	default:
		told(e);
	}
}

static void ask_about_hit(struct editor *e)
{
	static const struct prompt_choice choices[] = {{'y', N_("replace")},
						       {'n', N_("skip")},
						       {'a', N_("all that follow")},
						       {'b', N_("all in brackets, old / new")},
						       {0, NULL}};
	struct editor_search *s = &e->search;
	struct prompt_request request = {.choices = choices, .chosen = hit_answered, .arg = e};
	char label[128];

	if (s->at >= s->hits.n) {
		told(e);
		return;
	}
	show_hit(e, s->at);
	s->shown = true;
	snprintf(label, sizeof(label), _("%zu of %zu:"), s->at + 1, s->hits.n);
	request.label = label;
	views_ask(e->view.views, &request);
}

static void replace_with(void *arg, const struct slice *text)
{
	struct editor *e = arg;
	struct editor_search *s = &e->search;
	struct error err = ERROR_INIT;

	if (!text) {
		s->shown = false;
		return;
	}
	if (find_check(s->find, *text, &err) < 0 || look(e, &err) < 0) {
		views_error(e->view.views, &err);
		return;
	}
	str_clear(&s->replacement);
	str_add_slice(&s->replacement, *text);
	s->done = 0;
	s->replacing = true;
	/* From the top, whatever the cursor was on: all are seen once, and counted. */
	s->at = 0;
	ask_about_hit(e);
}

static void replace_what(void *arg, const struct slice *text)
{
	struct editor *e = arg;
	struct editor_search *s = &e->search;

	find_done(e, text);
	if (!text || !s->shown || !s->hits.n)
		return;
	struct prompt_request request = {.label = _("Replace by"),
					 .hint = _("new wording; nothing deletes"),
					 .initial = str_slice(&s->replacement),
					 .may_be_empty = true,
					 .history = "replace",
					 .done = replace_with,
					 .arg = e};
	views_ask(e->view.views, &request);
}

void editor_replace_ask(struct editor *e)
{
	struct prompt_request request = {.label = _("Replace"),
					 .hint = _("text, or /expression/"),
					 .initial = initial_pattern(e),
					 .history = "find",
					 .change = find_changed,
					 .done = replace_what,
					 .arg = e};

	if (!editor_may_edit(e))
		return;
	e->search.origin = e->caret.pos;
	views_ask(e->view.views, &request);
}
