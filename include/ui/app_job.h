/* SPDX-License-Identifier: MIT */
#ifndef UI_APP_JOB_H
#define UI_APP_JOB_H

#include "core/error.h"
#include "core/str.h"
#include "store/session.h"
#include "ui/beside.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * Work on a draft's history, done beside the keys, with a session of its own, for
 * the workspace's may be read anew meanwhile. A job that nobody wants any more is
 * told to stop and let go; nobody waits for it but the end of the program.
 *
 * A job is the first member of a struct of its own, which `release` frees what
 * the thread made of.
 */

struct app;

struct app_job {
	struct beside beside; /* first */
	/* Runs in the thread, the session and its repository being open; path and folder are
	 * the draft's and drafts/ as repository paths (path empty without a draft). */
	int (*work)(struct app_job *job, struct error *err);
	void (*release)(struct app_job *job); /* what work() made; not the struct itself */

	struct app *app;
	char *root, *name; /* name NULL: of all drafts */
	struct session session;
	bool has_session;
	struct str path, folder;
	char **notes; /* app_job_notes() */
	size_t n_notes;
	atomic_bool stop;
	atomic_size_t at, of; /* how far it has come; of 0: not known */
	int rc;
	struct error err;
	struct app_job *next; /* of those let go */
};

/* Begins; work and release are set. A job that cannot begin is let go: ST_MISSING and so on. */
int app_job_start(struct app_job *job, struct app *app, const char *name, struct error *err)
	__attribute__((warn_unused_result));
/* 1: it runs, after a short wait; 0: it has ended well, what it made can be used; negative: it
 * failed, or was stopped. */
int app_job_step(struct app_job *job, struct error *err);
void app_job_stop(struct app_job *job);
/* For work(): whether to go on; says how far it is. */
bool app_job_goes_on(struct app_job *job, size_t at, size_t of);
/* What could not be read, in the user's language: the job's own, and as many. */
const char *const *app_job_notes(struct app_job *job, char *const *notes, size_t n);
/* Lets it go. */
void app_job_close(struct app_job *job);
/* Frees those that were let go and have ended; at the end of the program (wait) all. */
void app_job_reap(struct app *app, bool wait);

#endif
