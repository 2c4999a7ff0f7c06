/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "store/lives.h"
#include "store/tags.h"
#include "ui/app_inner.h"
#include "ui/app_job.h"
#include "ui/tr.h"

#include <stdlib.h>
#include <string.h>

/* What became of a draft's points, for the views: found by a job; where that takes long, first
 * what its newest versions tell. */

#define NEWEST_MS 150 /* an eye's blink: what comes in less comes at once */

/* A life, and what is told of its versions. */
struct told {
	struct lives lives;
	struct host_version *v;
	struct app_version *words;
	char **documents;
};

struct app_lives {
	struct app_job job; /* first */
	struct host_lives shown;
	/* The thread's, until it says that it has the one, and until it has ended. */
	struct told newest, whole;
	atomic_bool has_newest;
	const struct told *told; /* of the two, that which is shown */
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

static void describe(struct app_lives *l, struct told *t)
{
	const struct meetings *calendar = &l->job.session.ws.meetings;
	struct tag_list tags;

	tags_read(&tags, l->job.session.repo);
	t->v = mem_zalloc((t->lives.n + 1) * sizeof(*t->v));
	t->words = mem_zalloc((t->lives.n + 1) * sizeof(*t->words));
	t->documents = mem_zalloc((t->lives.n + 1) * sizeof(*t->documents));
	for (size_t i = 0; i < t->lives.n; i++) {
		const struct version *v = &t->lives.v[i];

		app_version_name(&t->words[i], v, &tags, calendar);
		t->documents[i] = documents_of(calendar, v);
		t->v[i] = app_version_show(&t->words[i], v,
					   t->lives.has_text[i] ? v->files : NULL);
	}
	tags_release(&tags);
}

static void told_release(struct told *t)
{
	for (size_t i = 0; t->v && i < t->lives.n; i++) {
		app_version_release(&t->words[i]);
		free(t->documents[i]);
	}
	free(t->words);
	free(t->documents);
	if (t->v)
		lives_release(&t->lives);
	free(t->v);
}

static void take_newest(void *arg, struct lives *newest)
{
	struct app_lives *l = arg;

	l->newest.lives = *newest;
	describe(l, &l->newest);
	atomic_store(&l->has_newest, true);
}

static int work(struct app_job *job, struct error *err)
{
	struct app_lives *l = (struct app_lives *)job;
	int rc = lives_read(&l->whole.lives, job->session.repo,
			    &(struct lives_ask){.revision = "HEAD",
						.path = str_text(&job->path),
						.parties = &job->session.ws.parties,
						.step = step,
						.newest = take_newest,
						.newest_ms = NEWEST_MS,
						.arg = job},
			    err);

	if (rc == 0)
		describe(l, &l->whole);
	return rc;
}

static void release(struct app_job *job)
{
	struct app_lives *l = (struct app_lives *)job;

	told_release(&l->newest);
	told_release(&l->whole);
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

static void show(struct app_lives *l, const struct told *t)
{
	struct host_lives *s = &l->shown;

	l->told = t;
	s->life = &t->lives.life;
	s->is_newest = t == &l->newest;
	s->parties = &l->job.session.ws.parties;
	s->v = t->v;
	s->documents = (const char *const *)t->documents;
	s->has_text = t->lives.has_text;
	s->n = t->lives.n;
	s->gone = t->lives.gone;
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
	if (rc > 0 && !l->told && atomic_load(&l->has_newest))
		show(l, &l->newest);
	if (rc > 0)
		return rc;
	lives->ended = true;
	if (rc < 0)
		return rc;
	show(l, &l->whole);
	lives->notes = app_job_notes(&l->job, l->whole.lives.notes, l->whole.lives.n_notes);
	lives->n_notes = l->whole.lives.n_notes;
	return 0;
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
	const struct told *t = of(lives)->told;
	struct app *app = data;
	const struct version_file *f;
	int rc = app_repo(app, err);

	if (rc < 0 || !t || version >= t->lives.n || !t->lives.has_text[version])
		return rc;
	f = &t->lives.v[version].files[0];
	/* The job's repository may be at work. */
	if (before)
		return version_read_before(app->session.repo, &t->lives.v[version], f, text,
					   err);
	return *f->blob ? version_read(app->session.repo, f->blob, text, err) : 0;
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
