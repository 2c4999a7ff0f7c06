/* SPDX-License-Identifier: MIT */
#include "store/blamer.h"

#include "core/mem.h"
#include "store/version.h"
#include "versions_inner.h"

#include <stdlib.h>
#include <string.h>

void blamer_release(struct blamer *b)
{
	for (size_t i = 0; i < b->n; i++)
		version_release(&b->v[i]);
	for (size_t i = 0; i < b->n_changes; i++) {
		str_release(&b->changes[i].now);
		str_release(&b->changes[i].was);
	}
	for (size_t i = 0; i < b->n_notes; i++)
		free(b->notes[i]);
	free(b->v);
	free(b->runs);
	free(b->changes);
	free(b->notes);
	memset(b, 0, sizeof(*b));
}

static void add_note(struct blamer *b, const char *text)
{
	b->notes = mem_array(b->notes, b->n_notes + 1, sizeof(*b->notes));
	b->notes[b->n_notes++] = mem_strdup(text);
}

/* The version, taken over; its number. */
static uint32_t keep(struct blamer *b, struct version *v)
{
	MEM_GROW(b->v, b->n, b->cap);
	b->v[b->n] = *v;
	*v = (struct version)VERSION_INIT;
	return (uint32_t)b->n++;
}

static bool goes_on(const struct blamer_ask *ask)
{
	return !ask->step || ask->step(ask->arg);
}

/* ---- all words */

/* Words that are looked for in a text of the history. */
struct waiting {
	char blob[REPO_HEX + 1];
	struct str text;
	struct blame_runs runs;
};

struct search {
	struct blamer *b;
	struct repo *r;
	struct waiting *v;
	size_t n, cap;
	struct blamer_run *found;
	size_t n_found, cap_found;
};

static void waiting_release(struct waiting *w)
{
	str_release(&w->text);
	blame_runs_release(&w->runs);
}

static void settle(struct search *s, const struct blame_runs *runs, uint32_t version)
{
	for (size_t i = 0; i < runs->n; i++) {
		MEM_GROW(s->found, s->n_found, s->cap_found);
		s->found[s->n_found++] =
			(struct blamer_run){runs->v[i].begin, runs->v[i].end, version};
	}
}

static int by_begin(const void *a, const void *b)
{
	const struct blame_run *x = a, *y = b;

	return x->begin < y->begin ? -1 : x->begin > y->begin;
}

/* These words are looked for in that blob from now on; text and runs are taken over. */
static void wait_for(struct search *s, const char *blob, struct str *text,
		     struct blame_runs *runs)
{
	for (size_t i = 0; i < s->n && runs->n; i++) {
		struct waiting *w = &s->v[i];

		if (strcmp(w->blob, blob) != 0)
			continue;
		for (size_t k = 0; k < runs->n; k++) {
			MEM_GROW(w->runs.v, w->runs.n, w->runs.cap);
			w->runs.v[w->runs.n++] = runs->v[k];
		}
		qsort(w->runs.v, w->runs.n, sizeof(*w->runs.v), by_begin);
		runs->n = 0;
	}
	if (runs->n) {
		struct waiting *w;

		MEM_GROW(s->v, s->n, s->cap);
		w = &s->v[s->n++];
		memcpy(w->blob, blob, sizeof(w->blob));
		w->text = *text;
		w->runs = *runs;
		str_init(text);
		*runs = (struct blame_runs){NULL, 0, 0};
	}
	str_release(text);
	blame_runs_release(runs);
}

/* Looks for the words in one parent's text; what is not in it is left in *rest. */
static void look_in(struct search *s, const char *blob, const struct waiting *w,
		    struct blame_runs *rest)
{
	struct blame_runs stayed = {NULL, 0, 0}, came = {NULL, 0, 0};
	struct str text = STR_INIT;

	if (!rest->n || !*blob || version_read(s->r, blob, &text, NULL) < 0) {
		str_release(&text);
		return;
	}
	blame_step(str_slice(&text), str_slice(&w->text), rest, &stayed, &came);
	blame_runs_release(rest);
	*rest = came;
	wait_for(s, blob, &text, &stayed);
}

static void take_version(struct search *s, struct version *v)
{
	const struct version_file *f = &v->files[0];
	struct waiting w;
	size_t i = 0;
	char hex[REPO_HEX + 1];

	while (i < s->n && strcmp(s->v[i].blob, f->blob) != 0)
		i++;
	if (i == s->n || !*f->blob)
		return;
	w = s->v[i];
	s->v[i] = s->v[--s->n];
	look_in(s, f->before, &w, &w.runs);
	for (size_t k = 1; k < v->n_parents && w.runs.n; k++)
		if (version_at_parent(s->r, v, k, hex, NULL))
			look_in(s, hex, &w, &w.runs);
	if (w.runs.n)
		settle(s, &w.runs, keep(s->b, v));
	waiting_release(&w);
}

static int by_place(const void *a, const void *b)
{
	const struct blamer_run *x = a, *y = b;

	return x->begin < y->begin ? -1 : x->begin > y->begin;
}

/* In order, neighbours of one version joined over the blanks between them. */
static void finish(struct search *s, struct slice text)
{
	struct blamer *b = s->b;
	size_t n = 0;

	if (s->n_found)
		qsort(s->found, s->n_found, sizeof(*s->found), by_place);
	for (size_t i = 0; i < s->n_found; i++) {
		struct blamer_run *last = n ? &s->found[n - 1] : NULL;
		bool joins = last && last->version == s->found[i].version;

		for (size_t k = last ? last->end : 0; joins && k < s->found[i].begin; k++)
			joins = text.p[k] == ' ' || text.p[k] == '\t';
		if (joins)
			last->end = s->found[i].end;
		else
			s->found[n++] = s->found[i];
	}
	b->runs = s->found;
	b->n_runs = n;
}

/* The history's own newest text; the words of ask that it has are looked for from there. */
static int begin(struct search *s, const struct blamer_ask *ask, struct error *err)
{
	struct blame_runs runs = {NULL, 0, 0}, stayed = {NULL, 0, 0}, came = {NULL, 0, 0};
	struct str text = STR_INIT;
	char blob[REPO_HEX + 1];
	int rc = repo_blob(s->r, ask->revision, ask->path, blob, err);

	if (rc == ST_OK)
		rc = version_read(s->r, blob, &text, err);
	if (rc == ST_OK) {
		blame_add(&runs, ask->begin, ask->end, ask->begin);
		blame_step(str_slice(&text), ask->text, &runs, &stayed, &came);
		settle(s, &came, BLAMER_NEWER);
		wait_for(s, blob, &text, &stayed);
	}
	str_release(&text);
	blame_runs_release(&runs);
	blame_runs_release(&stayed);
	blame_runs_release(&came);
	return rc;
}

static bool is_first(const struct version *v)
{
	return v->n_files && !*v->files[0].before;
}

/* What could not be shown is known at the end of the list. Where the words come from the file's
 * first version nothing more is to come, but it may be the edge of a shallow clone. */
static void add_notes(struct blamer *b, struct versions *v, bool first)
{
	struct version none = VERSION_INIT;

	if (first)
		versions_next(v, -1, &none);
	version_release(&none);
	for (size_t i = 0; v && versions_note(v, i); i++)
		add_note(b, versions_note(v, i));
}

int blamer_words(struct blamer *out, struct repo *r, const struct blamer_ask *ask,
		 struct error *err)
{
	struct versions_ask what = {.revision = ask->revision, .path = ask->path};
	struct version one = VERSION_INIT;
	struct versions *v = NULL;
	struct blamer b = {.n = 0};
	struct search s = {.b = &b, .r = r};
	bool first = false;
	int rc = versions_open(&v, r, &what, err);

	if (rc == ST_OK)
		rc = begin(&s, ask, err);
	while (rc >= 0 && s.n && (rc = versions_next(v, -1, &one)) > 0) {
		first = is_first(&one);
		take_version(&s, &one);
		if (!goes_on(ask))
			rc = error_set(err, ST_FAIL, N_("stopped"));
	}
	for (size_t i = 0; i < s.n; i++) {
		settle(&s, &s.v[i].runs, BLAMER_OLDER);
		waiting_release(&s.v[i]);
	}
	add_notes(&b, v, first);
	free(s.v);
	version_release(&one);
	versions_free(v);
	finish(&s, ask->text);
	if (rc < 0)
		blamer_release(&b);
	else
		*out = b;
	return rc < 0 ? rc : ST_OK;
}

/* ---- one place */

struct trace {
	char blob[REPO_HEX + 1];
	struct str text;
	size_t begin, end;
};

static void add_change(struct blamer *b, uint32_t version, const struct trace *now,
		       struct slice older, size_t begin, size_t end)
{
	struct blamer_change *c;

	MEM_GROW(b->changes, b->n_changes, b->cap_changes);
	c = &b->changes[b->n_changes++];
	*c = (struct blamer_change){version, STR_INIT, STR_INIT, now->begin, now->end};
	if (now->text.p && now->end > now->begin)
		str_add(&c->now, now->text.p + now->begin, now->end - now->begin);
	if (end > begin)
		str_add(&c->was, older.p + begin, end - begin);
}

/* Goes over to a parent's text, if the words were not changed from it. */
static bool stays_in(struct trace *t, struct repo *r, const char *blob)
{
	struct str text = STR_INIT;
	size_t begin = t->begin, end = t->end;
	bool stays = version_read(r, blob, &text, NULL) == ST_OK &&
		     !blame_back(str_slice(&text), str_slice(&t->text), &begin, &end);

	if (stays) {
		str_release(&t->text);
		t->text = text;
		t->begin = begin;
		t->end = end;
		memcpy(t->blob, blob, sizeof(t->blob));
	} else {
		str_release(&text);
	}
	return stays;
}

static void trace_version(struct blamer *b, struct repo *r, struct trace *t, struct version *v)
{
	const struct version_file *f = &v->files[0];
	size_t begin = t->begin, end = t->end;
	struct str text = STR_INIT;
	char hex[REPO_HEX + 1], before[REPO_HEX + 1];

	if (strcmp(f->blob, t->blob) != 0)
		return;
	memcpy(before, f->before, sizeof(before));
	if (*before && stays_in(t, r, before))
		return;
	for (size_t k = 1; k < v->n_parents; k++)
		if (version_at_parent(r, v, k, hex, NULL) && stays_in(t, r, hex))
			return;
	if (*before && version_read(r, before, &text, NULL) < 0)
		str_clear(&text);
	if (text.len)
		blame_back(str_slice(&text), str_slice(&t->text), &begin, &end);
	else
		begin = end = 0;
	add_change(b, keep(b, v), t, str_slice(&text), begin, end);
	str_release(&t->text);
	t->text = text;
	t->begin = begin;
	t->end = end;
	memcpy(t->blob, begin < end ? before : "", begin < end ? sizeof(before) : 1);
}

int blamer_trace(struct blamer *out, struct repo *r, const struct blamer_ask *ask,
		 struct error *err)
{
	struct versions_ask what = {.revision = ask->revision, .path = ask->path};
	struct trace t = {.text = STR_INIT, .begin = ask->begin, .end = ask->end};
	struct version one = VERSION_INIT;
	bool first = false;
	struct versions *v = NULL;
	struct blamer b = {.n = 0};
	int rc = versions_open(&v, r, &what, err);

	if (rc == ST_OK)
		rc = repo_blob(r, ask->revision, ask->path, t.blob, err);
	if (rc == ST_OK)
		rc = version_read(r, t.blob, &t.text, err);
	if (rc == ST_OK && !slice_equal(str_slice(&t.text), ask->text)) {
		struct trace now = {.begin = t.begin, .end = t.end};
		size_t begin = t.begin, end = t.end;

		str_add_slice(&now.text, ask->text);
		if (blame_back(str_slice(&t.text), ask->text, &begin, &end))
			add_change(&b, BLAMER_NEWER, &now, str_slice(&t.text), begin, end);
		t.begin = begin;
		t.end = end;
		str_release(&now.text);
	}
	while (rc >= 0 && t.begin < t.end && *t.blob && (rc = versions_next(v, -1, &one)) > 0) {
		first = is_first(&one);
		trace_version(&b, r, &t, &one);
		if (!goes_on(ask))
			rc = error_set(err, ST_FAIL, N_("stopped"));
	}
	add_notes(&b, v, first);
	str_release(&t.text);
	version_release(&one);
	versions_free(v);
	if (rc < 0)
		blamer_release(&b);
	else
		*out = b;
	return rc < 0 ? rc : ST_OK;
}
