/* SPDX-License-Identifier: MIT */
#include "ui/app_job.h"

#include "core/mem.h"
#include "ui/app_inner.h"
#include "ui/tr.h"

#include <stdlib.h>
#include <time.h>

#define PATIENCE_NS 3000000 /* while it works, a step waits so long and is no busy loop */

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
	if (rc == 0)
		rc = session_path(&job->session, job->name, &job->path, &job->err);
	return rc;
}

static void *run(void *arg)
{
	struct app_job *job = arg;

	job->rc = open_session(job);
	if (job->rc == 0)
		job->rc = job->work(job, &job->err);
	atomic_store(&job->done, true);
	return NULL;
}

int app_job_start(struct app_job *job, struct app *app, const char *name, struct error *err)
{
	int rc = app_repo(app, err);

	str_init(&job->path);
	str_init(&job->folder);
	job->app = app;
	if (rc < 0)
		return rc;
	app_job_reap(app, false);
	job->root = mem_strdup(app->session.ws.root);
	job->name = mem_strdup(name);
	if (pthread_create(&job->thread, NULL, run, job) != 0)
		return error_set(err, ST_FAIL, _("there is no room for more work just now"));
	job->running = true;
	return 0;
}

int app_job_step(struct app_job *job, struct error *err)
{
	const struct timespec patience = {0, PATIENCE_NS};

	if (job->running && !atomic_load(&job->done)) {
		nanosleep(&patience, NULL);
		if (!atomic_load(&job->done))
			return 1;
	}
	if (job->running)
		pthread_join(job->thread, NULL);
	job->running = false;
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

static void free_job(struct app_job *job)
{
	if (job->running)
		pthread_join(job->thread, NULL);
	if (job->release)
		job->release(job);
	if (job->has_session)
		session_release(&job->session);
	str_release(&job->path);
	str_release(&job->folder);
	free(job->root);
	free(job->name);
	free(job);
}

void app_job_close(struct app_job *job)
{
	if (!job)
		return;
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

		if (wait || !job->running || atomic_load(&job->done)) {
			*link = job->next;
			free_job(job);
		} else {
			link = &job->next;
		}
	}
}
