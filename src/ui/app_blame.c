/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "store/blamer.h"
#include "store/version.h"
#include "store/tags.h"
#include "ui/app_inner.h"
#include "ui/app_job.h"
#include "ui/tr.h"

#include <stdlib.h>
#include <string.h>

/* Who brought the words at one place, for the views: found by a job. */

struct app_blame {
	struct app_job job; /* first */
	struct host_blame shown;
	struct str text;
	size_t begin, end;
	struct blamer blamer; /* the thread's until it has ended */
	bool has_blamer;
	/* What shown points to, by change. */
	struct host_change *v;
	struct app_version *words;
};

static struct app_blame *of(struct host_blame *blame)
{
	return (struct app_blame *)((char *)blame - offsetof(struct app_blame, shown));
}

static bool step(void *arg)
{
	return app_job_goes_on(arg, 0, 0);
}

static const struct version *version_of(const struct app_blame *b, size_t i)
{
	uint32_t version = b->blamer.changes[i].version;

	return version < b->blamer.n ? &b->blamer.v[version] : NULL;
}

static void describe(struct app_blame *b)
{
	/* The text now is in no version yet. */
	static const struct version none = VERSION_INIT;
	size_t n = b->blamer.n_changes;
	struct tag_list tags;

	tags_read(&tags, b->job.session.repo);
	b->v = mem_zalloc((n + 1) * sizeof(*b->v));
	b->words = mem_zalloc((n + 1) * sizeof(*b->words));
	for (size_t i = 0; i < n; i++) {
		const struct blamer_change *c = &b->blamer.changes[i];
		const struct version *v = version_of(b, i);

		if (v)
			app_version_name(&b->words[i], v, &tags, &b->job.session.ws.meetings);
		b->v[i] = (struct host_change){
			.version = app_version_show(&b->words[i], v ? v : &none,
						    v ? v->files : NULL),
			.was = str_slice(&c->was),
			.now = str_slice(&c->now),
			.begin = c->begin,
			.end = c->end,
		};
	}
	tags_release(&tags);
}

static int work(struct app_job *job, struct error *err)
{
	struct app_blame *b = (struct app_blame *)job;
	int rc = blamer_trace(&b->blamer, job->session.repo,
			      &(struct blamer_ask){.revision = "HEAD",
						   .path = str_text(&job->path),
						   .text = str_slice(&b->text),
						   .begin = b->begin,
						   .end = b->end,
						   .step = step,
						   .arg = job},
			      err);

	if (rc < 0)
		return rc;
	b->has_blamer = true;
	describe(b);
	return 0;
}

static void release(struct app_job *job)
{
	struct app_blame *b = (struct app_blame *)job;

	for (size_t i = 0; b->words && i < b->blamer.n_changes; i++)
		app_version_release(&b->words[i]);
	free(b->words);
	free(b->v);
	str_release(&b->text);
	if (b->has_blamer)
		blamer_release(&b->blamer);
}

static int blame_open(void *data, const char *name, struct slice text, size_t begin, size_t end,
		      struct host_blame **blame, struct error *err)
{
	struct app_blame *b = mem_zalloc(sizeof(*b));
	int rc;

	b->job.work = work;
	b->job.release = release;
	str_add_slice(&b->text, text);
	b->begin = begin;
	b->end = end;
	rc = app_job_start(&b->job, data, name, err);
	if (rc == 0)
		*blame = &b->shown;
	return rc;
}

static void take(struct app_blame *b)
{
	struct host_blame *s = &b->shown;

	s->notes = app_job_notes(&b->job, b->blamer.notes, b->blamer.n_notes);
	s->n_notes = b->blamer.n_notes;
	s->v = b->v;
	s->n = b->blamer.n_changes;
}

static int take_step(void *data, struct host_blame *blame, struct error *err)
{
	struct app_blame *b = of(blame);
	int rc;

	(void)data;
	if (blame->ended)
		return 0;
	rc = app_job_step(&b->job, err);
	if (rc > 0)
		return rc;
	blame->ended = true;
	if (rc == 0)
		take(b);
	return rc;
}

static void blame_stop(void *data, struct host_blame *blame)
{
	(void)data;
	app_job_stop(&of(blame)->job);
	blame->ended = true;
}

/* Of what is in no version yet: the text asked about, and the newest version's. */
static int text_now(struct app_blame *b, bool before, struct str *text, struct error *err)
{
	if (before)
		return repo_read(b->job.session.repo, "HEAD", str_text(&b->job.path),
				 VERSION_MOST, text, err);
	str_add_slice(text, str_slice(&b->text));
	return 0;
}

static int blame_text(void *data, struct host_blame *blame, size_t i, bool before,
		      struct str *text, struct error *err)
{
	struct app_blame *b = of(blame);
	const struct version *v;
	const char *blob;

	(void)data;
	if (i >= blame->n)
		return 0;
	v = version_of(b, i);
	if (!v)
		return text_now(b, before, text, err);
	blob = before ? v->files[0].before : v->files[0].blob;
	return *blob ? version_read(b->job.session.repo, blob, text, err) : 0;
}

static void blame_close(void *data, struct host_blame *blame)
{
	(void)data;
	if (blame)
		app_job_close(&of(blame)->job);
}

void app_blame_host(struct host *host)
{
	host->blame_open = blame_open;
	host->blame_step = take_step;
	host->blame_stop = blame_stop;
	host->blame_text = blame_text;
	host->blame_close = blame_close;
}
