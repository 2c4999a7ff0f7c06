/* SPDX-License-Identifier: MIT */
#include "ui/app_inner.h"

#include "core/diff.h"
#include "core/mem.h"
#include "core/show.h"
#include "store/auditor.h"
#include "store/decided.h"
#include "store/version.h"
#include "store/tags.h"
#include "ui/app_job.h"
#include "ui/glyph.h"
#include "ui/told.h"
#include "ui/tr.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* What is known of the differences between two versions of a draft: which points were decided,
 * and what went without a decision. */

#define WORDS_COLS 60 /* of what went, in a note */

struct app_notes {
	struct app_job job;      /* first */
	struct host_notes notes; /* views have it */
	char *old, *new, *path;  /* NULL: the text now; as the draft is called now */
	struct str old_text, new_text, head_text;
	struct tag_list tags;
	bool unread; /* a version in between could not be */
	struct host_note *v;
	size_t n, cap;
	struct error failure;
};

static struct app_notes *of(struct host_notes *notes)
{
	return (struct app_notes *)((char *)notes - offsetof(struct app_notes, notes));
}

/* ---- what is said ---- */

static void add_version(const struct app_notes *a, const struct version *v, struct str *out)
{
	struct str kept = STR_INIT;
	const char *meeting = tags_meeting(&a->tags, &a->job.session.ws.meetings, v, &kept);
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
	size_t n = glyph_fit(s, WORDS_COLS), begin = out->len;

	str_add_text(out, "\"");
	show_add(out, s.p, n, SHOW_TABS);
	/* After a clause's number it is a blank like another. */
	for (size_t i = begin; i < out->len; i++)
		if (out->p[i] == '\t')
			out->p[i] = ' ';
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
static void add_findings(struct app_notes *a, const struct auditor_step *s,
			 const struct diff *back, const struct diff *on)
{
	for (size_t i = 0; i < s->audit.n; i++) {
		const struct audit_finding *one = &s->audit.v[i];
		struct str words = STR_INIT;
		struct host_note *n;

		if (one->kind == AUDIT_DECISION_DIFFERS)
			continue;
		add_finding(one, &words);
		n = add(a, NOTE_SILENT, &words, &s->version);
		if (one->old_paragraph)
			n->old = follow(back, one->old_paragraph - 1, true);
		if (one->new_paragraph)
			n->new = follow(on, one->new_paragraph - 1, false);
	}
}

/* ---- what covers the rest ---- */

/* By what: what was decided, or where an edit was agreed, as the record says it. */
static void add_cover(const struct auditor_step *s, struct str *out)
{
	struct message_record record;

	message_parse(str_slice(&s->version.message), &record);
	if (s->audit.cover == AUDIT_DECISION && told_record(out, &record))
		return;
	str_add_text(out, _("covered by: "));
	if (s->audit.cover == AUDIT_UNDO && told_record(out, &record))
		return;
	/* What is left of a step with findings is covered as proposals are. */
	str_add_text(out, _(audit_cover_word(s->audit.cover == AUDIT_OPEN ? AUDIT_PROPOSAL
									  : s->audit.cover)));
	if (s->audit.cover == AUDIT_CONSOLIDATION && record.consolidated.len) {
		str_add_text(out, ", ");
		show_add(out, record.consolidated.p, record.consolidated.len, SHOW_LINE);
	}
	if (s->audit.cover == AUDIT_EDIT && record.edit.len) {
		str_add_text(out, ", ");
		show_add(out, record.edit.p, record.edit.len, SHOW_LINE);
	}
}

static bool is_found(const struct auditor_step *s, const struct diff_pair *p)
{
	for (size_t i = 0; i < s->audit.n; i++) {
		const struct audit_finding *f = &s->audit.v[i];

		if ((f->old_paragraph && p->old != DIFF_NONE &&
		     f->old_paragraph - 1 == p->old) ||
		    (f->new_paragraph && p->new != DIFF_NONE && f->new_paragraph - 1 == p->new))
			return true;
	}
	return false;
}

/* A note for each paragraph the step changed and nothing was found in. */
static void add_covered(struct app_notes *a, const struct auditor_step *s,
			const struct diff *step, const struct diff *back, const struct diff *on)
{
	for (size_t i = 0; i < step->n; i++) {
		const struct diff_pair *p = &step->pairs[i];
		struct str words = STR_INIT;
		struct host_note *n;

		if (p->change == DIFF_SAME || is_found(s, p))
			continue;
		add_cover(s, &words);
		n = add(a, s->audit.cover == AUDIT_DECISION ? NOTE_DECIDED : NOTE_COVERED,
			&words, &s->version);
		if (p->old != DIFF_NONE)
			n->old = follow(back, p->old, true);
		if (p->new != DIFF_NONE)
			n->new = follow(on, p->new, false);
	}
}

/* What is known of a step: what went silently, and what covers the rest. */
static void add_step(struct app_notes *a, const struct auditor_step *s)
{
	const struct version_file *f = &s->version.files[0];
	struct str before = STR_INIT, after = STR_INIT;
	struct diff back, on, step;

	a->unread = a->unread || s->unread;
	/* Where there was no draft before, all is new: that needs no sign at each word. */
	if (s->unread || s->audit.cover == AUDIT_SAME ||
	    (!*f->before && !f->left && !a->old_text.len))
		return;
	if (*f->before && version_read(a->job.session.repo, f->before, &before, NULL) < 0)
		str_clear(&before);
	if (*f->blob && version_read(a->job.session.repo, f->blob, &after, NULL) < 0)
		str_clear(&after);
	diff_texts(&back, str_slice(&a->old_text), str_slice(&before));
	diff_texts(&on, str_slice(&after), str_slice(&a->new_text));
	diff_texts(&step, str_slice(&before), str_slice(&after));
	add_findings(a, s, &back, &on);
	add_covered(a, s, &step, &back, &on);
	diff_release(&step);
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

static bool step(void *arg)
{
	return app_job_goes_on(arg, 0, 0);
}

static int find_notes(struct app_notes *a, struct error *err)
{
	const struct parties *parties = &a->job.session.ws.parties;
	const char *path = a->path ? a->path : str_text(&a->job.path);
	const char *new = a->new ? a->new : "HEAD";
	struct repo *repo = a->job.session.repo;
	struct decided_list decided = {NULL, 0};
	struct auditor audit = {.n = 0};
	int rc = repo_read(repo, new, path, VERSION_MOST, &a->head_text, err);

	/* A version may have deleted the draft; which one it is, is asked next. */
	if (rc == 0 || rc == ST_MISSING)
		rc = decided_between(
			&decided, repo,
			&(struct versions_between){a->old, new, path, parties, step, &a->job},
			err);
	if (rc < 0)
		return rc;
	add_decided(a, &decided);
	decided_release(&decided);
	rc = auditor_run(&audit, repo,
			 &(struct versions_between){a->old, new, path, parties, step, &a->job},
			 err);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < audit.n && app_job_goes_on(&a->job, 0, 0); i++)
		add_step(a, &audit.v[i]);
	auditor_release(&audit);
	if (!a->new)
		add_pending(a);
	return 0;
}

static int work(struct app_job *job, struct error *err)
{
	struct app_notes *a = (struct app_notes *)job;
	int rc;

	tags_read(&a->tags, job->session.repo);
	rc = find_notes(a, err);
	tags_release(&a->tags);
	return rc;
}

static void release(struct app_job *job)
{
	struct app_notes *a = (struct app_notes *)job;

	for (size_t i = 0; i < a->n; i++) {
		free((char *)a->v[i].words);
		free((char *)a->v[i].version);
	}
	free(a->v);
	free(a->old);
	free(a->new);
	free(a->path);
	str_release(&a->old_text);
	str_release(&a->new_text);
	str_release(&a->head_text);
}

/* ---- the host's part ---- */

static int notes_open(void *data, const struct host_between *between, struct host_notes **notes,
		      struct error *err)
{
	struct app_notes *a = mem_zalloc(sizeof(*a));
	int rc;

	a->job.work = work;
	a->job.release = release;
	a->old = mem_strdup(between->old);
	a->new = between->new ? mem_strdup(between->new) : NULL;
	a->path = between->path ? mem_strdup(between->path) : NULL;
	str_add_slice(&a->old_text, between->old_text);
	str_add_slice(&a->new_text, between->new_text);
	rc = app_job_start(&a->job, data, between->name, err);
	if (rc == 0)
		*notes = &a->notes;
	return rc;
}

static bool notes_step(void *data, struct host_notes *notes)
{
	struct app_notes *a = of(notes);
	int rc;

	(void)data;
	if (notes->ended)
		return false;
	rc = app_job_step(&a->job, &a->failure);
	if (rc > 0)
		return true;
	/* What was found before it failed is true. */
	notes->v = a->v;
	notes->n = a->n;
	notes->ended = true;
	notes->failure = rc < 0      ? a->failure.text
			 : a->unread ? _("a version in between could not be read")
				     : NULL;
	return false;
}

static void notes_close(void *data, struct host_notes *notes)
{
	(void)data;
	if (notes)
		app_job_close(&of(notes)->job);
}

void app_notes_host(struct host *host)
{
	host->notes_open = notes_open;
	host->notes_step = notes_step;
	host->notes_close = notes_close;
}
