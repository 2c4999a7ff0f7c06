/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "store/lives.h"
#include "store/tags.h"
#include "ui/app_inner.h"
#include "ui/app_job.h"
#include "ui/tr.h"

#include <stdlib.h>
#include <string.h>

/* What became of a draft's points, for the views: found by a job. */

struct app_lives {
	struct app_job job; /* first */
	struct host_lives shown;
	struct lives lives; /* the thread's until it has ended */
	bool has_lives;
	/* What shown points to, by version. */
	struct host_version *v;
	struct app_version *words;
	char **documents;
};

static struct app_lives *of(struct host_lives *lives)
{
	return (struct app_lives *)((char *)lives - offsetof(struct app_lives, shown));
}

static bool step(void *arg, size_t done, size_t total)
{
	return app_job_goes_on(arg, done, total);
}

/* The documents of the calendar that the message names: "AFCP/12, AFCP/13". */
static char *documents_of(const struct meetings *m, const struct version *v)
{
	struct str out = STR_INIT;
	char *list;

	for (size_t i = 0; i < m->n && v->message.len; i++)
		for (size_t k = 0; k < m->v[i].n_documents; k++) {
			const char *doc = m->v[i].documents[k];

			if (memmem(v->message.p, v->message.len, doc, strlen(doc)))
				str_addf(&out, "%s%s", out.len ? ", " : "", doc);
		}
	list = mem_strdup(str_text(&out));
	str_release(&out);
	return list;
}

static void describe(struct app_lives *l)
{
	const struct meetings *calendar = &l->job.session.ws.meetings;
	struct tag_list tags;

	tags_read(&tags, l->job.session.repo);
	l->v = mem_zalloc((l->lives.n + 1) * sizeof(*l->v));
	l->words = mem_zalloc((l->lives.n + 1) * sizeof(*l->words));
	l->documents = mem_zalloc((l->lives.n + 1) * sizeof(*l->documents));
	for (size_t i = 0; i < l->lives.n; i++) {
		const struct version *v = &l->lives.v[i];

		app_version_name(&l->words[i], v, &tags, calendar);
		l->documents[i] = documents_of(calendar, v);
		l->v[i] = app_version_show(&l->words[i], v,
					   l->lives.has_text[i] ? v->files : NULL);
	}
	tags_release(&tags);
}

static int work(struct app_job *job, struct error *err)
{
	struct app_lives *l = (struct app_lives *)job;
	int rc = lives_read(&l->lives, job->session.repo,
			    &(struct lives_ask){.revision = "HEAD",
						.path = str_text(&job->path),
						.parties = &job->session.ws.parties,
						.step = step,
						.arg = job},
			    err);

	if (rc < 0)
		return rc;
	l->has_lives = true;
	describe(l);
	return 0;
}

static void release(struct app_job *job)
{
	struct app_lives *l = (struct app_lives *)job;

	for (size_t i = 0; l->words && i < l->lives.n; i++) {
		app_version_release(&l->words[i]);
		free(l->documents[i]);
	}
	free(l->words);
	free(l->documents);
	free(l->v);
	if (l->has_lives)
		lives_release(&l->lives);
}

static int lives_open(void *data, const char *name, struct host_lives **lives,
		      struct error *err)
{
	struct app_lives *l = mem_zalloc(sizeof(*l));
	int rc;

	l->job.work = work;
	l->job.release = release;
	rc = app_job_start(&l->job, data, name, err);
	if (rc == 0)
		*lives = &l->shown;
	return rc;
}

static void take(struct app_lives *l)
{
	struct host_lives *s = &l->shown;

	s->notes = app_job_notes(&l->job, l->lives.notes, l->lives.n_notes);
	s->n_notes = l->lives.n_notes;
	s->life = &l->lives.life;
	s->parties = &l->job.session.ws.parties;
	s->v = l->v;
	s->documents = (const char *const *)l->documents;
	s->has_text = l->lives.has_text;
	s->n = l->lives.n;
	s->gone = l->lives.gone;
}

static int lives_step(void *data, struct host_lives *lives, struct error *err)
{
	struct app_lives *l = of(lives);
	int rc;

	(void)data;
	if (lives->ended)
		return 0;
	lives->at = atomic_load(&l->job.at);
	lives->of = atomic_load(&l->job.of);
	rc = app_job_step(&l->job, err);
	if (rc > 0)
		return rc;
	lives->ended = true;
	if (rc == 0)
		take(l);
	return rc;
}

static void lives_stop(void *data, struct host_lives *lives)
{
	(void)data;
	app_job_stop(&of(lives)->job);
	lives->ended = true;
}

static int lives_text(void *data, struct host_lives *lives, uint32_t version, bool before,
		      struct str *text, struct error *err)
{
	struct app_lives *l = of(lives);
	const struct version_file *f;

	(void)data;
	if (!lives->life || version >= l->lives.n || !l->lives.has_text[version])
		return 0;
	f = &l->lives.v[version].files[0];
	if (!*(before ? f->before : f->blob))
		return 0;
	return version_read(l->job.session.repo, before ? f->before : f->blob, text, err);
}

static void lives_close(void *data, struct host_lives *lives)
{
	(void)data;
	if (lives)
		app_job_close(&of(lives)->job);
}

void app_lives_host(struct host *host)
{
	host->lives_open = lives_open;
	host->lives_step = lives_step;
	host->lives_stop = lives_stop;
	host->lives_text = lives_text;
	host->lives_close = lives_close;
}
