/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "core/reread.h"
#include "ui/beside.h"
#include "ui/doc_inner.h"

#include <stdlib.h>

/*
 * Reads a large draft beside the keys. The worker has a copy of the bytes and
 * touches nothing else of the doc; what it made is handed over when it has
 * ended. One worker a doc.
 */

struct doc_job {
	struct beside beside;
	struct slice bytes;
	struct str copy; /* of them, where the text would not keep them */
	uint64_t revision;
	const struct parties *parties; /* constant while drafts are open */
	struct brackets brackets;
	struct draft draft;
	struct draft_words words;
	bool counts; /* them, too */
};

static void work(struct beside *b)
{
	struct doc_job *job = (struct doc_job *)b;

	brackets_read(&job->brackets, job->bytes, job->parties);
	draft_read(&job->draft, job->bytes, &job->brackets);
	if (job->counts)
		draft_count_words(&job->draft, job->bytes, &job->brackets, &job->words);
}

static void free_job(struct doc *d)
{
	str_release(&d->job->copy);
	free(d->job);
	d->job = NULL;
}

/* Typing went on while the worker read: its reading catches up, where lines are enough. */
static void catch_up(struct doc *d)
{
	struct doc_job *job = d->job;
	struct text_change change;
	struct reread lines;

	if (!text_change_since(d->text, job->revision, &change) ||
	    !reread_begin(&lines, &job->brackets, &job->draft, job->bytes, change.begin,
			  change.old_len, NULL))
		return;
	lines.all_or_nothing = true;
	if (reread_end(&lines, &job->brackets, &job->draft, d->flat, change.new_len, d->parties,
		       job->counts ? &job->words : NULL) == REREAD_ALL)
		job->revision = d->revision;
}

/* Waits for the worker and makes its reading the doc's, unless that has a better one. */
static void take(struct doc *d)
{
	struct doc_job *job = d->job;

	beside_wait(&job->beside);
	if (job->revision != d->revision)
		catch_up(d);
	if (job->revision == d->revision || doc_is_stale(d)) {
		doc_take_reading(d, &job->brackets, &job->draft, job->revision);
		d->words = job->words;
		d->words_counted = job->counts && job->revision == d->revision;
		free_job(d);
	} else {
		doc_job_drop(d);
	}
}

static void start(struct doc *d)
{
	struct doc_job *job = mem_zalloc(sizeof(*job));

	job->counts = doc_counts(d);
	job->bytes = d->flat;
	if (!text_flat_stays(d->text)) {
		str_add_slice(&job->copy, d->flat);
		job->bytes = str_slice(&job->copy);
	}
	job->revision = d->revision;
	job->parties = d->parties;
	job->beside.work = work;
	d->job = job;
	if (!beside_start(&job->beside)) {
		/* No thread to be had: read it here, late rather than never. */
		free_job(d);
		doc_read(d);
		if (doc_counts(d))
			doc_count(d);
	}
}

bool doc_job_step(struct doc *d)
{
	if (!d->job)
		start(d);
	else if (!beside_step(&d->job->beside))
		take(d);
	return d->job || doc_is_stale(d) || (doc_counts(d) && !d->words_counted);
}

bool doc_job_wait(struct doc *d)
{
	if (!d->job)
		return false;
	if (d->job->revision != d->revision) {
		doc_job_drop(d);
		return false;
	}
	take(d);
	return true;
}

void doc_job_drop(struct doc *d)
{
	struct doc_job *job = d->job;

	if (!job)
		return;
	beside_wait(&job->beside);
	draft_release(&job->draft);
	brackets_release(&job->brackets);
	free_job(d);
}
