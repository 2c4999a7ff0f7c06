/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "store/chronicle.h"
#include "store/version.h"
#include "ui/app_inner.h"
#include "ui/app_job.h"
#include "ui/tr.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/*
 * The versions of a draft, or of all: found by a job, which hands over each as it
 * is found.
 */

#define LOOK_MS 50 /* as often the job looks whether it is to stop */

/* What of a version the views' list points into. */
struct kept {
	struct version version;
	bool counted;
	struct life_counts counts;
	struct app_version words;
	struct host_log_file *files; /* the order of the texts below */
	size_t *of;                  /* in version.files */
};

struct kept_list {
	struct kept **v;
	size_t n, cap;
};

struct app_log {
	struct app_job job; /* first */
	struct host_log shown;
	struct host_log_ask ask; /* its texts are ours; the name is the job's */
	pthread_mutex_t lock;    /* of found */
	struct kept_list found;  /* and not taken yet */
	char **notes;            /* the thread's until it has ended */
	size_t n_notes;
	struct kept_list list;
	struct host_version *v;
	size_t cap_v;
};

static struct app_log *of(struct host_log *log)
{
	return (struct app_log *)((char *)log - offsetof(struct app_log, shown));
}

static void add(struct kept_list *list, struct kept *k)
{
	MEM_GROW(list->v, list->n, list->cap);
	list->v[list->n++] = k;
}

static void release_list(struct kept_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		struct kept *k = list->v[i];

		app_version_release(&k->words);
		for (size_t f = 0; f < k->version.n_files; f++)
			free((char *)k->files[f].name);
		free(k->files);
		free(k->of);
		version_release(&k->version);
		free(k);
	}
	free(list->v);
}

/* ---- in the thread ---- */

/* The version's files by name, the drafts' own texts first. */
static void name_files(const struct str *folder, struct kept *k)
{
	const struct version *v = &k->version;
	struct str name = STR_INIT;
	size_t n = 0;

	k->files = mem_zalloc((v->n_files + 1) * sizeof(*k->files));
	k->of = mem_zalloc((v->n_files + 1) * sizeof(*k->of));
	for (int drafts = 1; drafts >= 0; drafts--)
		for (size_t i = 0; i < v->n_files; i++) {
			const char *path = v->files[i].path;
			bool is_draft;

			str_clear(&name);
			chronicle_name(str_text((struct str *)folder), path, &name);
			is_draft = slice_ends(slice_of(path), ".md") &&
				   !slice_ends(str_slice(&name), ".md");
			if (is_draft != drafts)
				continue;
			k->of[n] = i;
			k->files[n++] = (struct host_log_file){
				.name = mem_strdup(str_text(&name)),
				.path = path,
				.is_draft = is_draft,
				.left = v->files[i].left ? version_parent(v, &v->files[i])
							 : NULL};
		}
	str_release(&name);
}

static void hand_over(struct app_log *l, struct chronicle_entry *e)
{
	struct kept *k = mem_zalloc(sizeof(*k));

	*k = (struct kept){.version = e->version,
			   .counted = e->counted,
			   .counts = e->counts,
			   .words = {.meeting = mem_strdup(e->meeting ? e->meeting : ""),
				     .tag = mem_strdup(e->tag ? e->tag : "")}};
	memcpy(k->words.day, e->date, sizeof(k->words.day));
	*e = (struct chronicle_entry){.version = VERSION_INIT};
	name_files(&l->job.folder, k);
	pthread_mutex_lock(&l->lock);
	add(&l->found, k);
	pthread_mutex_unlock(&l->lock);
}

static void find_all(struct app_log *l, struct chronicle *c)
{
	struct chronicle_entry e = {.version = VERSION_INIT};
	const char *note;
	int rc;

	do {
		rc = chronicle_next(c, LOOK_MS, &e);
		if (rc == VERSIONS_FOUND)
			hand_over(l, &e);
	} while (rc > 0 && app_job_goes_on(&l->job, 0, 0));
	chronicle_entry_release(&e);
	while (rc == VERSIONS_END && (note = chronicle_note(c, l->n_notes))) {
		l->notes = mem_array(l->notes, l->n_notes + 1, sizeof(*l->notes));
		l->notes[l->n_notes++] = mem_strdup(note);
	}
}

static int work(struct app_job *job, struct error *err)
{
	struct app_log *l = (struct app_log *)job;
	const struct host_log_ask *ask = &l->ask;
	struct chronicle *c = NULL;
	int rc = chronicle_open(
		&c, job->session.repo,
		&(struct chronicle_ask){.revision = "HEAD",
					.path = job->name ? str_text(&job->path) : NULL,
					.folder = str_text(&job->folder),
					.beside = ask->region != NULL,
					.ws = &job->session.ws,
					.filter = {.party = ask->region,
						   .phrase = ask->phrase,
						   .added = ask->added,
						   .removed = ask->removed}},
		err);

	if (rc == 0)
		find_all(l, c);
	chronicle_free(c);
	return rc;
}

static void release(struct app_job *job)
{
	struct app_log *l = (struct app_log *)job;

	release_list(&l->found);
	release_list(&l->list);
	pthread_mutex_destroy(&l->lock);
	for (size_t i = 0; i < l->n_notes; i++)
		free(l->notes[i]);
	free(l->notes);
	free(l->v);
	free((char *)l->ask.region);
	free((char *)l->ask.phrase);
	free((char *)l->ask.added);
	free((char *)l->ask.removed);
}

/* ---- for the views ---- */

static const char *copy(const char *text)
{
	return text ? mem_strdup(text) : NULL;
}

static int log_open(void *data, const struct host_log_ask *ask, struct host_log **log,
		    struct error *err)
{
	struct app_log *l = mem_zalloc(sizeof(*l));
	int rc;

	l->job.work = work;
	l->job.release = release;
	l->ask = (struct host_log_ask){.region = copy(ask->region),
				       .phrase = copy(ask->phrase),
				       .added = copy(ask->added),
				       .removed = copy(ask->removed)};
	pthread_mutex_init(&l->lock, NULL);
	rc = app_job_start(&l->job, data, ask->name, err);
	if (rc == 0)
		*log = &l->shown;
	return rc;
}

static void show(struct app_log *l, const struct kept *k)
{
	const struct version *v = &k->version;
	const struct version_file *f = v->n_files ? &v->files[k->of[0]] : NULL;
	struct host_version *to;

	MEM_GROW(l->v, l->shown.n, l->cap_v);
	to = &l->v[l->shown.n++];
	*to = app_version_show(&k->words, v, f);
	to->files = k->files;
	to->n_files = v->n_files;
	to->counted = k->counted;
	to->counts = k->counts;
}

static void take(struct app_log *l)
{
	pthread_mutex_lock(&l->lock);
	for (size_t i = 0; i < l->found.n; i++) {
		add(&l->list, l->found.v[i]);
		show(l, l->found.v[i]);
	}
	l->found.n = 0;
	pthread_mutex_unlock(&l->lock);
	l->shown.v = l->v;
}

static int log_step(void *data, struct host_log *log, struct error *err)
{
	struct app_log *l = of(log);
	int rc;

	(void)data;
	if (log->ended)
		return 0;
	rc = app_job_step(&l->job, err);
	take(l);
	if (rc > 0)
		return rc;
	log->notes = app_job_notes(&l->job, l->notes, l->n_notes);
	log->n_notes = l->n_notes;
	log->ended = true;
	return rc;
}

static void log_stop(void *data, struct host_log *log)
{
	(void)data;
	app_job_stop(&of(log)->job);
	log->ended = true;
}

/* The job's repository is the thread's. */
static int log_text(void *data, struct host_log *log, size_t i, size_t file, bool before,
		    struct str *text, struct error *err)
{
	struct app *app = data;
	const struct kept *k = of(log)->list.v[i];
	const struct version_file *f;
	int rc = app_repo(app, err);

	if (rc < 0 || file >= k->version.n_files)
		return rc;
	f = &k->version.files[k->of[file]];
	if (before)
		return version_read_before(app->session.repo, &k->version, f, text, err);
	return *f->blob ? version_read(app->session.repo, f->blob, text, err) : 0;
}

static void log_close(void *data, struct host_log *log)
{
	(void)data;
	if (log)
		app_job_close(&of(log)->job);
}

void app_past_host(struct host *host)
{
	host->log_open = log_open;
	host->log_step = log_step;
	host->log_stop = log_stop;
	host->log_text = log_text;
	host->log_close = log_close;
}
