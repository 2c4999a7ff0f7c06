/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "core/wording.h"
#include "ui/doc.h"
#include "ui/log_inner.h"
#include "ui/tr.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Versions compared by their names: "IRM-1" is that meeting as it ended, "2026-09-14" that day,
 * or git's revision. They are looked for beside the keys. */

enum { OLD, NEW };

static const char *draft_of(const struct log_view *lv)
{
	const struct host_version *v = log_chosen(lv);

	return lv->name ? lv->name : v && v->n_files ? v->files[0].name : "";
}

void log_named_drop(struct log_view *lv)
{
	struct log_named *n = lv->named;

	if (!n)
		return;
	for (int i = OLD; i <= NEW; i++) {
		if (n->side[i])
			lv->host->named_close(lv->host->data, n->side[i]);
		free(n->words[i]);
	}
	free(n->name);
	free(n);
	lv->named = NULL;
}

/* OLD..NEW; without NEW, with the text now. */
void log_show_named(struct log_view *lv, struct slice typed)
{
	const char *dots = memmem(typed.p, typed.len, "..", 2);
	size_t len = dots ? (size_t)(dots - typed.p) : typed.len;
	struct slice words[2] = {wording_trim(slice_make(typed.p, len)), SLICE("")};
	struct error err = ERROR_INIT;
	struct log_named *n;

	if (dots)
		words[NEW] = wording_trim(slice_make(dots + 2, typed.len - len - 2));
	log_named_drop(lv);
	n = lv->named = mem_zalloc(sizeof(*n));
	n->name = mem_strdup(draft_of(lv));
	for (int i = OLD; i <= NEW; i++) {
		if (i == NEW && !words[i].len)
			break;
		n->words[i] = slice_dup(words[i]);
		if (lv->host->named_open(lv->host->data, n->name, n->words[i], &n->side[i],
					 &err) < 0) {
			views_error(lv->view.views, &err);
			log_named_drop(lv);
			return;
		}
	}
}

static int read_now(struct log_view *lv, struct str *text, struct error *err)
{
	struct doc *doc = NULL;
	int rc = lv->host->open(lv->host->data, lv->named->name, &doc, err);

	if (rc < 0)
		return rc;
	str_add_slice(text, doc->flat);
	lv->host->close(lv->host->data, doc);
	return 0;
}

static void compare(struct log_view *lv, int rc, struct error *err)
{
	const struct log_named *n = lv->named;
	const struct host_named *old = n->side[OLD], *new = n->side[NEW];
	struct log_papers p = {.old = STR_INIT};
	struct diff_ask ask = {.name = n->name};

	assert(old);
	if (rc == 0 && !new)
		rc = read_now(lv, &p.new, err);
	if (rc == 0) {
		ask.old_id = old->id;
		str_add_slice(&p.old, old->text);
		str_add_text(&p.from, n->words[OLD]);
		str_add_text(&p.to, new ? n->words[NEW] : _("now"));
		str_addf(&p.label, _("from %s to %s"), str_text(&p.from), str_text(&p.to));
	}
	if (rc == 0 && new) {
		str_add_slice(&p.new, new->text);
		ask.new_id = new->id;
		ask.path = new->path;
	}
	log_finish(lv, &p, &ask, rc, err);
	for (int i = OLD; i <= NEW && rc == 0; i++)
		if (n->side[i] && *n->side[i]->note)
			views_message(lv->view.views, MESSAGE_INFO, "%s", n->side[i]->note);
	log_named_drop(lv);
}

bool log_named_step(struct log_view *lv)
{
	struct log_named *n = lv->named;
	struct error err = ERROR_INIT;
	int rc = 0;

	/* What is asked just now comes first. */
	if (views_is_asking(lv->view.views))
		return false;
	for (int i = OLD; i <= NEW && rc == 0; i++)
		if (n->side[i])
			rc = lv->host->named_step(lv->host->data, n->side[i], &err);
	if (rc > 0)
		return true;
	compare(lv, rc, &err);
	views_touch(lv->view.views);
	return false;
}

static void range_done(void *arg, const struct slice *text)
{
	if (text && wording_trim(*text).len)
		log_show_named(arg, *text);
}

/* ---- what is proposed ---- */

/* The version is one of the draft that would be compared. */
static bool is_of(const struct log_view *lv, const struct host_version *v, const char *name)
{
	for (size_t i = 0; !lv->name && i < v->n_files; i++)
		if (v->files[i].is_draft && strcmp(v->files[i].name, name) == 0)
			return true;
	return lv->name != NULL;
}

/* Its meeting, as it can be typed; "": none. */
static const char *meeting_of(const struct log_view *lv, const struct host_version *v,
			      const char *name)
{
	return is_of(lv, v, name) && !strstr(v->meeting, "..") ? v->meeting : "";
}

/*
 * The chosen version was made at a meeting or on the way to one: from the meeting before to
 * that one. Before the first meeting there is the day on which the draft began; after the last
 * one, the text now.
 */
static void propose(struct log_view *lv)
{
	const char *name = draft_of(lv), *old = "", *new = "";
	const struct host_version *oldest = NULL;
	size_t at, met = SIZE_MAX, last = SIZE_MAX;

	str_clear(&lv->proposal);
	if (!log_chosen(lv))
		return;
	at = lv->shown[lv->chosen];
	for (size_t i = at + 1; i-- > 0 && !*new; met = i)
		new = meeting_of(lv, &lv->log->v[i], name);
	for (size_t i = at; i < lv->log->n && !*old; i++) {
		const char *meeting = meeting_of(lv, &lv->log->v[i], name);

		if (strcmp(meeting, new) != 0)
			old = meeting;
		if (is_of(lv, &lv->log->v[i], name))
			last = i;
	}
	oldest = last != SIZE_MAX && last != met ? &lv->log->v[last] : NULL;
	if (!*old && *new &&oldest && lv->log->ended && !lv->stopped && * oldest->date != '?')
		old = oldest->date;
	if (*old)
		str_addf(&lv->proposal, "%s%s%s", old, *new ? ".." : "", new);
}

/* The meetings that the history knows and the calendar's, for the side that is typed; beside
 * what was proposed, all of them. */
static void range_complete(void *arg, struct slice text, size_t at, struct prompt_candidates *c)
{
	struct log_view *lv = arg;
	const char *dots = memmem(text.p, at, "..", 2);
	bool proposed = text.len && slice_equal(text, str_slice(&lv->proposal));

	c->from = dots && !proposed ? (size_t)(dots - text.p) + 2 : 0;
	log_filter_meetings(
		lv->host, lv->log,
		slice_make(text.p + c->from, at > c->from && !proposed ? at - c->from : 0), c);
}

void log_ask_named(struct log_view *lv)
{
	struct prompt_request ask = {
		.label = _("Compare"),
		.hint = _("IRM-1..IRM-2, 2026-06-30..2026-09-14; one alone: with the text now"),
		.beside = _("Enter, or others; one alone: with the text now"),
		.history = "compare",
		.complete = range_complete,
		.done = range_done,
		.arg = lv};

	propose(lv);
	ask.initial = str_slice(&lv->proposal);
	views_ask(lv->view.views, &ask);
}
