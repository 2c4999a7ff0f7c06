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
	char (*days)[16];
	char **meetings, **tags, **documents, **notes;
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
	struct str keep = STR_INIT;
	struct tag_list tags;

	tags_read(&tags, l->job.session.repo);
	l->v = mem_zalloc((l->lives.n + 1) * sizeof(*l->v));
	l->days = mem_zalloc((l->lives.n + 1) * sizeof(*l->days));
	l->meetings = mem_zalloc((l->lives.n + 1) * sizeof(*l->meetings));
	l->tags = mem_zalloc((l->lives.n + 1) * sizeof(*l->tags));
	l->documents = mem_zalloc((l->lives.n + 1) * sizeof(*l->documents));
	for (size_t i = 0; i < l->lives.n; i++) {
		const struct version *v = &l->lives.v[i];
		const struct version_file *f = &v->files[0];
		bool text = l->lives.has_text[i];

		version_day(v, l->days[i]);
		l->meetings[i] = mem_strdup(tags_meeting(&tags, calendar, v, &keep));
		l->tags[i] = mem_strdup(tags_find(&tags, v->id));
		l->documents[i] = documents_of(calendar, v);
		l->v[i] = (struct host_version){
			.id = v->id,
			.date = l->days[i],
			.author = v->author.name ? v->author.name : "",
			.meeting = l->meetings[i],
			.tag = l->tags[i],
			.message =
				slice_make(v->message.len ? v->message.p : "", v->message.len),
			.path = text ? f->path : "",
			.parent = v->n_parents ? v->parents[0] : "",
			.was = text && f->was ? f->was : "",
			.added = text && !*f->before,
			.deleted = text && !*f->blob,
			.merge = v->n_parents > 1,
			.counted = true,
		};
		life_count(&l->lives.life, (uint32_t)i, &l->v[i].counts);
	}
	str_release(&keep);
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

static void free_list(char **list, size_t n)
{
	for (size_t i = 0; list && i < n; i++)
		free(list[i]);
	free(list);
}

static void release(struct app_job *job)
{
	struct app_lives *l = (struct app_lives *)job;

	free_list(l->meetings, l->lives.n);
	free_list(l->tags, l->lives.n);
	free_list(l->documents, l->lives.n);
	free_list(l->notes, l->shown.n_notes);
	free(l->days);
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
	if (rc < 0)
		app_job_close(&l->job);
	else
		*lives = &l->shown;
	return rc;
}

static void take(struct app_lives *l)
{
	struct host_lives *s = &l->shown;

	l->notes = mem_zalloc((l->lives.n_notes + 1) * sizeof(*l->notes));
	for (; s->n_notes < l->lives.n_notes; s->n_notes++)
		l->notes[s->n_notes] = mem_strdup(_(l->lives.notes[s->n_notes]));
	s->notes = (const char *const *)l->notes;
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
