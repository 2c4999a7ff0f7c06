/* SPDX-License-Identifier: MIT */
#include "ui/app_inner.h"

#include "core/mem.h"
#include "store/chronicle.h"
#include "store/lives.h"
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
	char *meeting, *tag;
};

struct app_log {
	struct host_log log; /* first: views have it */
	struct session session;
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
		free(l->kept[i].meeting);
		free(l->kept[i].tag);
		chronicle_entry_release(&l->kept[i].entry);
	}
	for (size_t i = 0; i < l->log.n_notes; i++)
		free((char *)l->notes[i]);
	free(l->notes);
	free(l->kept);
	free(l->v);
	session_release(&l->session);
	free(l);
}

static int open_chronicle(struct app_log *l, const char *name, struct error *err)
{
	struct str path = STR_INIT, folder = STR_INIT;
	int rc = session_repo(&l->session, err);

	if (rc == 0)
		rc = repo_path(l->session.repo, l->session.ws.folder, &folder, err);
	if (rc == 0)
		rc = session_path(&l->session, name, &path, err);
	if (rc == 0)
		rc = chronicle_open(&l->chronicle, l->session.repo,
				    &(struct chronicle_ask){.revision = "HEAD",
							    .path = str_text(&path),
							    .folder = str_text(&folder),
							    .ws = &l->session.ws},
				    err);
	str_release(&path);
	str_release(&folder);
	return rc;
}

static int log_open(void *data, const char *name, struct host_log **log, struct error *err)
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
	rc = open_chronicle(l, name, err);
	if (rc < 0)
		log_close(app, &l->log);
	else
		*log = &l->log;
	return rc < 0 ? rc : 0;
}

static void show(struct app_log *l, const struct kept *k)
{
	const struct version *v = &k->entry.version;
	const struct version_file *f = v->n_files ? &v->files[0] : NULL;

	MEM_GROW(l->v, l->log.n, l->cap_v);
	l->v[l->log.n++] = (struct host_version){
		.id = v->id,
		.date = k->entry.date,
		.author = v->author.name ? v->author.name : "",
		.meeting = k->meeting,
		.tag = k->tag,
		.message = slice_make(v->message.len ? v->message.p : "", v->message.len),
		.path = f ? f->path : "",
		.parent = v->n_parents ? v->parents[0] : "",
		.was = f && f->was ? f->was : "",
		.added = f && !*f->before,
		.deleted = f && !*f->blob,
		.merge = v->n_parents > 1,
		.counted = k->entry.counted,
		.counts = k->entry.counts,
	};
}

/* What the list shows points into entries that move when there are more of them. */
static void show_all(struct app_log *l)
{
	l->log.n = 0;
	for (size_t i = 0; i < l->n; i++)
		show(l, &l->kept[i]);
	l->log.v = l->v;
}

static void keep(struct app_log *l, struct chronicle_entry *e)
{
	MEM_GROW(l->kept, l->n, l->cap);
	l->kept[l->n++] = (struct kept){.entry = *e,
					.meeting = mem_strdup(e->meeting ? e->meeting : ""),
					.tag = mem_strdup(e->tag ? e->tag : "")};
	*e = (struct chronicle_entry){.version = VERSION_INIT};
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

static int log_text(void *data, struct host_log *log, size_t i, bool before, struct str *text,
		    struct error *err)
{
	struct app_log *l = (struct app_log *)log;
	const struct version *v = &l->kept[i].entry.version;
	const char *blob;

	(void)data;
	if (!v->n_files)
		return 0;
	blob = before ? v->files[0].before : v->files[0].blob;
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
