/* SPDX-License-Identifier: MIT */
#include "ui/app_job.h"

#include "core/mem.h"
#include "ui/app_inner.h"
#include "ui/tr.h"

#include <stdlib.h>

static int open_session(struct app_job *job)
{
	int rc = session_open(&job->session, job->root, &job->err);

	if (rc < 0)
		return rc;
	job->has_session = true;
	rc = session_repo(&job->session, &job->err);
	if (rc == 0)
		rc = repo_path(job->session.repo, job->session.ws.folder, &job->folder,
			       &job->err);
	if (rc == 0 && job->name)
		rc = session_path(&job->session, job->name, &job->path, &job->err);
	return rc;
}

static void run(struct beside *b)
{
	struct app_job *job = (struct app_job *)b;

	job->rc = open_session(job);
	if (job->rc == 0)
		job->rc = job->work(job, &job->err);
}

int app_job_start(struct app_job *job, struct app *app, const char *name, struct error *err)
{
	int rc = app_repo(app, err);

	job->app = app;
	job->beside.work = run;
	str_init(&job->path);
	str_init(&job->folder);
	job->root = mem_strdup(rc < 0 ? "" : app->session.ws.root);
	job->name = name ? mem_strdup(name) : NULL;
	if (rc == 0 && !beside_start(&job->beside))
		rc = error_set(err, ST_FAIL, _("there is no room for more work just now"));
	if (rc < 0)
		app_job_close(job);
	return rc;
}

int app_job_step(struct app_job *job, struct error *err)
{
	if (beside_step(&job->beside))
		return 1;
	if (job->rc < 0)
		*err = job->err;
	return job->rc;
}

void app_job_stop(struct app_job *job)
{
	atomic_store(&job->stop, true);
}

bool app_job_goes_on(struct app_job *job, size_t at, size_t of)
{
	atomic_store(&job->at, at);
	atomic_store(&job->of, of);
	return !atomic_load(&job->stop);
}

const char *const *app_job_notes(struct app_job *job, char *const *notes, size_t n)
{
	job->notes = mem_zalloc((n + 1) * sizeof(*job->notes));
	for (; job->n_notes < n; job->n_notes++)
		job->notes[job->n_notes] = mem_strdup(_(notes[job->n_notes]));
	return (const char *const *)job->notes;
}

static void free_job(struct app_job *job)
{
	beside_wait(&job->beside);
	job->release(job);
	if (job->has_session)
		session_release(&job->session);
	str_release(&job->path);
	str_release(&job->folder);
	for (size_t i = 0; i < job->n_notes; i++)
		free(job->notes[i]);
	free(job->notes);
	free(job->root);
	free(job->name);
	free(job);
}

void app_job_close(struct app_job *job)
{
	app_job_stop(job);
	job->next = job->app->jobs;
	job->app->jobs = job;
	app_job_reap(job->app, false);
}

void app_job_reap(struct app *app, bool wait)
{
	struct app_job **link = &app->jobs;

	while (*link) {
		struct app_job *job = *link;

		if (wait || beside_has_ended(&job->beside)) {
			*link = job->next;
			free_job(job);
		} else {
			link = &job->next;
		}
	}
}
