/* SPDX-License-Identifier: MIT */
#include "ui/app_inner.h"

#include "core/mem.h"
#include "store/import.h"
#include "ui/beside.h"
#include "ui/imported.h"
#include "ui/tr.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/*
 * A foreign file, read beside the keys: a converter takes its time, and a document of somebody
 * else's may be of any size. What was read becomes a draft when it has a name.
 */

struct reading {
	struct beside beside; /* first */
	struct host_import host;
	struct parties parties; /* the worker's own: the workspace's may be read anew */
	char *path;
	enum tracked_how how;
	atomic_bool stop;
	struct import read;
	struct error err;
	int rc;
};

static struct reading *reading_of(struct host_import *import)
{
	return (struct reading *)((char *)import - offsetof(struct reading, host));
}

static void work(struct beside *b)
{
	struct reading *r = (struct reading *)b;
	const struct import_options o = {
		.how = r->how, .parties = &r->parties, .stop = &r->stop};

	r->rc = import_read(&r->read, r->path, &o, &r->err);
}

static void release(struct beside *b)
{
	struct reading *r = (struct reading *)b;

	import_release(&r->read);
	parties_release(&r->parties);
	str_release(&r->host.report);
	free(r->path);
	free(r);
}

static int begin(void *data, const char *path, enum tracked_how how,
		 struct host_import **import, struct error *err)
{
	struct reading *r = mem_zalloc(sizeof(*r));

	r->beside.work = work;
	r->beside.release = release;
	r->path = mem_strdup(path);
	r->how = how;
	parties_copy(&r->parties, app_parties(data));
	if (!beside_start(&r->beside)) {
		release(&r->beside);
		return error_set(err, ST_FAIL, _("there is no room for more work just now"));
	}
	*import = &r->host;
	return 0;
}

/* Whose changes become whose points hangs on who the parties are. */
static void warn_of_parties(const struct app *app, struct str *out)
{
	const struct ws_problems *problems = &app->session.ws.problems;

	for (size_t i = 0; app->has_session && i < problems->n; i++) {
		const struct ws_problem *p = &problems->v[i];

		if (strcmp(p->file, "drafts/regions.yaml") == 0)
			str_addf(out, "%s:%zu:%zu: %s\n", p->file, p->at.line, p->at.column,
				 _(p->at.text));
	}
}

static int step(void *data, struct host_import *import, struct error *err)
{
	struct reading *r = reading_of(import);

	if (beside_step(&r->beside))
		return 1;
	if (r->rc < 0) {
		*err = r->err;
		return r->rc;
	}
	if (!import->report.len) {
		import->tracked = tracked_has_changes(&r->read.tracked);
		if (import->tracked)
			warn_of_parties(data, &import->report);
		imported_say(&import->report, &r->read.u, &r->read.tracked, TRACKED_ASKED,
			     &r->parties);
	}
	return 0;
}

static int make(void *data, struct host_import *import, const char *name, struct error *err)
{
	return app_create_draft(data, name, str_slice(&reading_of(import)->read.u.text), err);
}

static void let_go(void *data, struct host_import *import)
{
	struct reading *r = reading_of(import);

	(void)data;
	atomic_store(&r->stop, true);
	beside_drop(&r->beside);
}

void app_import_host(struct host *host)
{
	host->import_open = begin;
	host->import_step = step;
	host->import_make = make;
	host->import_close = let_go;
}
