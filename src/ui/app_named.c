/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "store/named.h"
#include "store/version.h"
#include "ui/app_inner.h"
#include "ui/app_job.h"
#include "ui/tr.h"

#include <stdlib.h>

/* A version as a person names it, found by a job: a meeting may be far back. And a draft that
 * comes back. */

struct app_named {
	struct app_job job; /* first */
	struct host_named shown;
	char *revision;
	struct named found; /* the thread's until it has ended, as the text */
	struct str text;
};

static struct app_named *of(struct host_named *named)
{
	return (struct app_named *)((char *)named - offsetof(struct app_named, shown));
}

static bool step(void *arg)
{
	return app_job_goes_on(arg, 0, 0);
}

static int work(struct app_job *job, struct error *err)
{
	struct app_named *n = (struct app_named *)job;
	const struct named_ask ask = {.r = job->session.repo,
				      .calendar = &job->session.ws.meetings,
				      .path = str_text(&job->path),
				      .step = step,
				      .arg = job};

	return named_read(&n->found, &ask, n->revision, VERSION_MOST, &n->text, err);
}

static void release(struct app_job *job)
{
	struct app_named *n = (struct app_named *)job;

	named_release(&n->found);
	str_release(&n->text);
	free(n->revision);
}

static int named_open(void *data, const char *name, const char *revision,
		      struct host_named **named, struct error *err)
{
	struct app_named *n = mem_zalloc(sizeof(*n));
	int rc;

	n->job.work = work;
	n->job.release = release;
	n->revision = mem_strdup(revision);
	n->found = (struct named){"", STR_INIT, STR_INIT};
	str_init(&n->text);
	rc = app_job_start(&n->job, data, name, err);
	if (rc == 0)
		*named = &n->shown;
	return rc;
}

static int named_step(void *data, struct host_named *named, struct error *err)
{
	struct app_named *n = of(named);
	int rc;

	(void)data;
	if (named->ended)
		return 0;
	rc = app_job_step(&n->job, err);
	if (rc > 0)
		return rc;
	*named =
		(struct host_named){n->found.id, str_text(&n->found.path), str_slice(&n->text),
				    n->found.note.len ? _(str_text(&n->found.note)) : "", true};
	return rc;
}

static void named_close(void *data, struct host_named *named)
{
	(void)data;
	if (named)
		app_job_close(&of(named)->job);
}

static int bring(void *data, const char *name, struct slice text, struct slice subject,
		 struct str *id, struct error *err)
{
	struct app *app = data;
	struct commit_result result = COMMIT_RESULT_INIT;
	int rc = app_repo(app, err);

	if (rc == 0)
		rc = session_bring(&app->session, name, text, subject, &result, err);
	if (rc == 0) {
		str_addf(id, "%.7s", result.id);
		app_desk_refresh(app);
	}
	commit_result_release(&result);
	return rc;
}

void app_named_host(struct host *host)
{
	host->bring = bring;
	host->named_open = named_open;
	host->named_step = named_step;
	host->named_close = named_close;
}
