/* SPDX-License-Identifier: MIT */
#include "ui/app_inner.h"

#include "core/mem.h"
#include "store/chronicle.h"
#include "store/version.h"
#include "ui/tr.h"
#include "ui/tty.h"

#include <stdlib.h>
#include <string.h>

/*
 * The versions of a draft. Each list has a session of its own: the workspace's
 * own may be read anew while it is walked.
 */

#define STEP_MS 4 /* of listing between keys */

/* What of a version the views' list points into. */
struct kept {
	struct chronicle_entry entry;
	struct app_version words;
	struct host_log_file *files; /* the order of the texts below */
	size_t *of;                  /* in entry.version.files */
};

struct app_log {
	struct host_log log; /* first: views have it */
	struct session session;
	struct str folder;           /* drafts/ as a repository path */
	struct chronicle *chronicle; /* NULL: ended or stopped */
	struct kept *kept;
	struct host_version *v;
	const char **notes;
	size_t n, cap, cap_v;
};

static void stop(struct app_log *l)
{
	l->log.ended = true;
	chronicle_free(l->chronicle);
	l->chronicle = NULL;
}

static void log_close(void *data, struct host_log *log)
{
	struct app_log *l = (struct app_log *)log;

	(void)data;
	if (!l)
		return;
	stop(l);
	for (size_t i = 0; i < l->n; i++) {
		app_version_release(&l->kept[i].words);
		for (size_t k = 0; k < l->kept[i].entry.version.n_files; k++)
			free((char *)l->kept[i].files[k].name);
		free(l->kept[i].files);
		free(l->kept[i].of);
		chronicle_entry_release(&l->kept[i].entry);
	}
	for (size_t i = 0; i < l->log.n_notes; i++)
		free((char *)l->notes[i]);
	free(l->notes);
	free(l->kept);
	free(l->v);
	str_release(&l->folder);
	session_release(&l->session);
	free(l);
}

static int open_chronicle(struct app_log *l, const struct host_log_ask *ask, struct error *err)
{
	struct str path = STR_INIT;
	int rc = session_repo(&l->session, err);

	if (rc == 0)
		rc = repo_path(l->session.repo, l->session.ws.folder, &l->folder, err);
	if (rc == 0 && ask->name)
		rc = session_path(&l->session, ask->name, &path, err);
	if (rc == 0)
		rc = chronicle_open(
			&l->chronicle, l->session.repo,
			&(struct chronicle_ask){.revision = "HEAD",
						.path = ask->name ? str_text(&path) : NULL,
						.folder = str_text(&l->folder),
						.beside = ask->region != NULL,
						.ws = &l->session.ws,
						.filter = {.party = ask->region,
							   .phrase = ask->phrase,
							   .added = ask->added,
							   .removed = ask->removed}},
			err);
	str_release(&path);
	return rc;
}

static int log_open(void *data, const struct host_log_ask *ask, struct host_log **log,
		    struct error *err)
{
	struct app *app = data;
	struct app_log *l;
	int rc = app_repo(app, err);

	if (rc < 0)
		return rc;
	l = mem_zalloc(sizeof(*l));
	rc = session_open(&l->session, app->session.ws.root, err);
	if (rc < 0) {
		free(l);
		return rc;
	}
	rc = open_chronicle(l, ask, err);
	if (rc < 0)
		log_close(app, &l->log);
	else
		*log = &l->log;
	return rc < 0 ? rc : 0;
}

static void show(struct app_log *l, const struct kept *k)
{
	const struct version *v = &k->entry.version;
	const struct version_file *f = v->n_files ? &v->files[k->of[0]] : NULL;
	struct host_version *to;

	MEM_GROW(l->v, l->log.n, l->cap_v);
	to = &l->v[l->log.n++];
	*to = app_version_show(&k->words, v, f);
	to->files = k->files;
	to->n_files = v->n_files;
	to->counted = k->entry.counted;
	to->counts = k->entry.counts;
}

/* What the list shows points into entries that move when there are more of them. */
static void show_all(struct app_log *l)
{
	l->log.n = 0;
	for (size_t i = 0; i < l->n; i++)
		show(l, &l->kept[i]);
	l->log.v = l->v;
}

/* The version's files by name, the drafts' own texts first. */
static void name_files(const struct app_log *l, struct kept *k)
{
	const struct version *v = &k->entry.version;
	struct str folder = STR_INIT, name = STR_INIT;
	size_t n = 0;

	str_add_slice(&folder, str_slice(&l->folder));
	k->files = mem_zalloc((v->n_files + 1) * sizeof(*k->files));
	k->of = mem_zalloc((v->n_files + 1) * sizeof(*k->of));
	for (int drafts = 1; drafts >= 0; drafts--)
		for (size_t i = 0; i < v->n_files; i++) {
			const char *path = v->files[i].path;
			bool is_draft;

			str_clear(&name);
			chronicle_name(str_text(&folder), path, &name);
			is_draft = slice_ends(slice_of(path), ".md") &&
				   !slice_ends(str_slice(&name), ".md");
			if (is_draft != drafts)
				continue;
			k->of[n] = i;
			k->files[n++] = (struct host_log_file){mem_strdup(str_text(&name)),
							       path, is_draft};
		}
	str_release(&folder);
	str_release(&name);
}

static void keep(struct app_log *l, struct chronicle_entry *e)
{
	struct kept *k;

	MEM_GROW(l->kept, l->n, l->cap);
	k = &l->kept[l->n++];
	*k = (struct kept){.entry = *e,
			   .words = {.meeting = mem_strdup(e->meeting ? e->meeting : ""),
				     .tag = mem_strdup(e->tag ? e->tag : "")}};
	memcpy(k->words.day, e->date, sizeof(k->words.day));
	*e = (struct chronicle_entry){.version = VERSION_INIT};
	name_files(l, k);
}

static void take_notes(struct app_log *l)
{
	const char *note;

	while ((note = chronicle_note(l->chronicle, l->log.n_notes))) {
		l->notes = mem_array(l->notes, l->log.n_notes + 1, sizeof(*l->notes));
		l->notes[l->log.n_notes++] = mem_strdup(_(note));
	}
	l->log.notes = l->notes;
}

static int log_step(void *data, struct host_log *log, struct error *err)
{
	struct app_log *l = (struct app_log *)log;
	struct chronicle_entry e = {.version = VERSION_INIT};
	int64_t end = tty_clock() + STEP_MS;
	size_t before = l->n, cap = l->cap;
	int rc;

	(void)data;
	if (!l->chronicle)
		return 0;
	do {
		rc = chronicle_next(l->chronicle, STEP_MS, &e, err);
		if (rc == VERSIONS_FOUND)
			keep(l, &e);
	} while (rc == VERSIONS_FOUND && tty_clock() < end);
	chronicle_entry_release(&e);
	if (l->cap != cap)
		show_all(l);
	for (size_t i = before; l->cap == cap && i < l->n; i++)
		show(l, &l->kept[i]);
	l->log.v = l->v;
	if (rc == VERSIONS_END)
		take_notes(l);
	if (rc <= 0)
		stop(l);
	return rc < 0 ? rc : rc != VERSIONS_END;
}

static void log_stop(void *data, struct host_log *log)
{
	(void)data;
	stop((struct app_log *)log);
}

static int log_text(void *data, struct host_log *log, size_t i, size_t file, bool before,
		    struct str *text, struct error *err)
{
	struct app_log *l = (struct app_log *)log;
	const struct kept *k = &l->kept[i];
	const struct version_file *f;
	const char *blob;

	(void)data;
	if (file >= k->entry.version.n_files)
		return 0;
	f = &k->entry.version.files[k->of[file]];
	blob = before ? f->before : f->blob;
	return *blob ? version_read(l->session.repo, blob, text, err) : 0;
}

void app_past_host(struct host *host)
{
	host->log_open = log_open;
	host->log_step = log_step;
	host->log_stop = log_stop;
	host->log_text = log_text;
	host->log_close = log_close;
}
