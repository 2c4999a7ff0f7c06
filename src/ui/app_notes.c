/* SPDX-License-Identifier: MIT */
#include "ui/app_inner.h"

#include "core/diff.h"
#include "core/mem.h"
#include "core/show.h"
#include "store/auditor.h"
#include "store/decided.h"
#include "store/lives.h"
#include "store/tags.h"
#include "ui/glyph.h"
#include "ui/told.h"
#include "ui/tr.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/*
 * What is known of the differences between two versions of a draft: which
 * points were decided, and what went without a decision. A worker with a session
 * of its own finds it out; nobody waits for one that is not wanted any more.
 */

#define PATIENCE_NS 2000000 /* while it works, a step waits this long and is no busy loop */
#define WORDS_COLS  60      /* of what went, in a note */

enum { RUNNING, DONE, DROPPED };

struct app_notes {
	struct host_notes notes; /* first: views have it */
	pthread_t thread;
	atomic_int state;
	bool joined;
	char *root, *name, *old, *new, *path;
	struct str old_text, new_text;
	struct host_note *v;
	size_t n, cap;
	struct error failure;

	/* Of the worker. */
	struct session session;
	struct tag_list tags;
	struct str head_text;
};

/* ---- what is said ---- */

static void add_version(const struct app_notes *a, const struct version *v, struct str *out)
{
	struct str kept = STR_INIT;
	const char *meeting = tags_meeting(&a->tags, &a->session.ws.meetings, v, &kept);
	char day[16];

	version_day(v, day);
	str_add_text(out, day);
	if (*meeting) {
		str_add_text(out, " · ");
		show_add(out, meeting, strlen(meeting), SHOW_LINE);
	}
	if (v->author.name && *v->author.name) {
		str_add_text(out, " · ");
		show_add(out, v->author.name, strlen(v->author.name), SHOW_LINE);
	}
	str_release(&kept);
}

static struct host_note *add(struct app_notes *a, enum host_note_kind kind, struct str *words,
			     const struct version *v)
{
	struct str version = STR_INIT;
	struct host_note *n;

	if (v)
		add_version(a, v, &version);
	MEM_GROW(a->v, a->n, a->cap);
	n = &a->v[a->n++];
	*n = (struct host_note){.kind = kind,
				.at = SIZE_MAX,
				.old = UINT32_MAX,
				.new = UINT32_MAX,
				.words = mem_strdup(str_text(words)),
				.version = mem_strdup(str_text(&version))};
	str_release(&version);
	str_release(words);
	return n;
}

/* ---- what was decided ---- */

static void add_decided(struct app_notes *a, const struct decided_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		struct message_record record;
		struct str words = STR_INIT;

		message_parse(str_slice(&list->v[i].version.message), &record);
		told_record(&words, &record);
		add(a, NOTE_DECIDED, &words, &list->v[i].version)->at = list->v[i].begin;
	}
}

/* ---- what went without a decision ---- */

static void add_quoted(struct str *out, struct slice s)
{
	size_t n = glyph_fit(s, WORDS_COLS);

	str_add_text(out, "\"");
	show_add(out, s.p, n, SHOW_LINE);
	while (out->len && out->p[out->len - 1] == ' ')
		out->len--;
	str_add_text(out, n < s.len ? "…\"" : "\"");
}

static void add_finding(const struct audit_finding *f, struct str *out)
{
	str_addf(out, "%s: ", _(audit_kind_word(f->kind)));
	if (f->before.len)
		add_quoted(out, str_slice(&f->before));
	if (f->before.len && f->after.len)
		str_add_text(out, " → ");
	if (f->after.len)
		add_quoted(out, str_slice(&f->after));
	str_add_text(out, _("; no decision says so"));
}

/* Where the paragraph of one text stands in the other; UINT32_MAX: nowhere. Numbers from 0. */
static uint32_t follow(const struct diff *d, uint32_t from, bool to_old)
{
	for (size_t i = 0; i < d->n; i++)
		if ((to_old ? d->pairs[i].new : d->pairs[i].old) == from)
			return to_old ? d->pairs[i].old : d->pairs[i].new;
	return UINT32_MAX;
}

/* The step's findings, in the paragraphs that the two texts compared have of them. */
static void add_step(struct app_notes *a, const struct auditor_step *s)
{
	const struct version_file *f = &s->version.files[0];
	struct str before = STR_INIT, after = STR_INIT;
	struct diff back, on;

	if (s->unread || !s->audit.n)
		return;
	if (*f->before && version_read(a->session.repo, f->before, &before, NULL) < 0)
		str_clear(&before);
	if (*f->blob && version_read(a->session.repo, f->blob, &after, NULL) < 0)
		str_clear(&after);
	diff_texts(&back, str_slice(&a->old_text), str_slice(&before));
	diff_texts(&on, str_slice(&after), str_slice(&a->new_text));
	for (size_t i = 0; i < s->audit.n; i++) {
		const struct audit_finding *one = &s->audit.v[i];
		struct str words = STR_INIT;
		struct host_note *n;

		if (one->kind == AUDIT_DECISION_DIFFERS)
			continue;
		add_finding(one, &words);
		n = add(a, NOTE_SILENT, &words, &s->version);
		if (one->old_paragraph)
			n->old = follow(&back, one->old_paragraph - 1, true);
		if (one->new_paragraph)
			n->new = follow(&on, one->new_paragraph - 1, false);
	}
	diff_release(&back);
	diff_release(&on);
	str_release(&before);
	str_release(&after);
}

/* ---- what is not committed ---- */

static void add_pending(struct app_notes *a)
{
	struct diff d, back;

	diff_texts(&d, str_slice(&a->head_text), str_slice(&a->new_text));
	diff_texts(&back, str_slice(&a->old_text), str_slice(&a->head_text));
	for (size_t i = 0; i < d.n; i++) {
		const struct diff_pair *p = &d.pairs[i];
		struct str words = STR_INIT;
		struct host_note *n;

		if (p->change == DIFF_SAME)
			continue;
		str_add_text(&words, _("not committed yet"));
		n = add(a, NOTE_PENDING, &words, NULL);
		n->new = p->new;
		if (p->old != DIFF_NONE)
			n->old = follow(&back, p->old, true);
	}
	diff_release(&d);
	diff_release(&back);
}

/* ---- the worker ---- */

static int find_all_notes(struct app_notes *a, struct error *err)
{
	const struct parties *parties = &a->session.ws.parties;
	struct decided_list decided = {NULL, 0};
	struct auditor audit = {.n = 0};
	const char *new = a->new ? a->new : "HEAD";
	int rc = 0;

	if (!a->path) {
		struct str path = STR_INIT;

		rc = session_path(&a->session, a->name, &path, err);
		a->path = mem_strdup(str_text(&path));
		str_release(&path);
	}
	if (rc == 0)
		rc = repo_read(a->session.repo, new, a->path, VERSION_MOST, &a->head_text, err);
	if (rc == 0)
		rc = decided_between(&decided, a->session.repo, a->old, new, a->path, parties,
				     err);
	if (rc < 0)
		return rc;
	add_decided(a, &decided);
	decided_release(&decided);
	rc = auditor_run(&audit, a->session.repo,
			 &(struct auditor_ask){a->old, new, a->path, parties}, err);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < audit.n; i++)
		add_step(a, &audit.v[i]);
	auditor_release(&audit);
	if (!a->new)
		add_pending(a);
	return 0;
}

static void notes_free(struct app_notes *a)
{
	for (size_t i = 0; i < a->n; i++) {
		free((char *)a->v[i].words);
		free((char *)a->v[i].version);
	}
	free(a->v);
	free(a->root);
	free(a->name);
	free(a->old);
	free(a->new);
	free(a->path);
	str_release(&a->old_text);
	str_release(&a->new_text);
	free(a);
}

static void *work(void *arg)
{
	struct app_notes *a = arg;
	int rc = session_open(&a->session, a->root, &a->failure);

	if (rc == 0) {
		rc = session_repo(&a->session, &a->failure);
		if (rc == 0) {
			tags_read(&a->tags, a->session.repo);
			rc = find_all_notes(a, &a->failure);
			tags_release(&a->tags);
		}
		session_release(&a->session);
	}
	str_release(&a->head_text);
	if (rc < 0 && !a->failure.text[0])
		error_set(&a->failure, ST_FAIL, "%s", _("what was decided cannot be read"));
	if (atomic_exchange(&a->state, DONE) == DROPPED)
		notes_free(a);
	return NULL;
}

/* ---- the host's part ---- */

static int notes_open(void *data, const struct host_between *between, struct host_notes **notes,
		      struct error *err)
{
	struct app *app = data;
	struct app_notes *a;
	int rc = app_repo(app, err);

	if (rc < 0)
		return rc;
	a = mem_zalloc(sizeof(*a));
	str_add_slice(&a->old_text, between->old_text);
	str_add_slice(&a->new_text, between->new_text);
	a->root = mem_strdup(app->session.ws.root);
	a->name = mem_strdup(between->name);
	a->old = mem_strdup(between->old);
	a->new = between->new ? mem_strdup(between->new) : NULL;
	a->path = between->path ? mem_strdup(between->path) : NULL;
	if (pthread_create(&a->thread, NULL, work, a) != 0) {
		notes_free(a);
		return error_set(err, ST_FAIL, "%s", _("what was decided cannot be looked up"));
	}
	*notes = &a->notes;
	return 0;
}

static bool notes_step(void *data, struct host_notes *notes)
{
	const struct timespec patience = {0, PATIENCE_NS};
	struct app_notes *a = (struct app_notes *)notes;

	(void)data;
	if (a->joined)
		return false;
	if (atomic_load(&a->state) != DONE) {
		nanosleep(&patience, NULL);
		return true;
	}
	pthread_join(a->thread, NULL);
	a->joined = true;
	notes->v = a->v;
	notes->n = a->n;
	notes->ended = true;
	notes->failure = a->failure.text[0] ? a->failure.text : NULL;
	return false;
}

static void notes_close(void *data, struct host_notes *notes)
{
	struct app_notes *a = (struct app_notes *)notes;

	(void)data;
	if (!a)
		return;
	if (a->joined) {
		notes_free(a);
		return;
	}
	pthread_detach(a->thread);
	if (atomic_exchange(&a->state, DROPPED) == DONE)
		notes_free(a);
}

void app_notes_host(struct host *host)
{
	host->notes_open = notes_open;
	host->notes_step = notes_step;
	host->notes_close = notes_close;
}
