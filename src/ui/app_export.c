/* SPDX-License-Identifier: MIT */
#include "ui/app_inner.h"

#include "core/mem.h"
#include "core/project.h"
#include "store/convert.h"
#include "ui/beside.h"
#include "ui/tr.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/*
 * A document made of a draft, beside the keys: a converter takes its time. The worker has its
 * own copy of all that it needs, and writes the file.
 */

struct app_export {
	struct beside beside; /* first */
	struct str text, old; /* of the draft; old: what changed since is marked */
	bool marked;
	struct parties parties;     /* the workspace's may be read anew */
	char *author;               /* of what is marked */
	enum convert_format format; /* CONVERT_NONE: the text as it is */
	struct str path;
	atomic_bool stop;
	struct error err;
	int rc;
};

/* ---- the worker ---- */

static void work(struct beside *b)
{
	struct app_export *e = (struct app_export *)b;
	const struct convert_marked what = {.old = str_slice(&e->old),
					    .now = str_slice(&e->text),
					    .parties = &e->parties,
					    .author = e->author,
					    .time = time(NULL)};
	struct str made = STR_INIT;

	if (e->format == CONVERT_NONE)
		str_add_slice(&made, what.now);
	else if (e->marked)
		e->rc = convert_export_marked(&what, e->format, &e->stop, &made, &e->err);
	else
		e->rc = convert_export(what.now, &e->parties, e->format, &e->stop, &made,
				       &e->err);
	if (e->rc == 0)
		e->rc = file_write(NULL, str_text(&e->path), str_slice(&made), NULL, NULL,
				   &e->err);
	str_release(&made);
}

static void release(struct app_export *e)
{
	str_release(&e->text);
	str_release(&e->old);
	parties_release(&e->parties);
	free(e->author);
	str_release(&e->path);
	free(e);
}

/* ---- beginning ---- */

/* The file is beside the workspace. */
static struct app_export *export_new(const struct app *app, const char *draft,
				     const char *ending, enum convert_format format)
{
	struct app_export *e = mem_zalloc(sizeof(*e));
	const char *name = strrchr(draft, '/');

	e->beside.work = work;
	parties_copy(&e->parties, app_parties(app));
	e->format = format;
	str_addf(&e->path, "%s/%s%s", app->has_session ? app->session.ws.root : app->folder,
		 name ? name + 1 : draft, ending);
	return e;
}

static int begin(struct app *app, struct app_export *e, struct error *err)
{
	int rc = 0;

	if (app->export)
		rc = error_set(err, ST_CHANGED, _("%s is still being made; Esc stops it"),
			       str_text(&app->export->path));
	else if (!beside_start(&e->beside))
		rc = error_set(err, ST_FAIL, _("there is no room for more work just now"));
	if (rc < 0) {
		release(e);
		return rc;
	}
	app->export = e;
	views_progress(app->views, _("making the document …"));
	return 0;
}

static int export(void *data, struct doc *doc, enum host_export format, bool clean,
		  struct error *err)
{
	static const struct {
		enum convert_format format;
		const char *ending;
	} kinds[] = {[EXPORT_DOCX] = {CONVERT_DOCX, ".docx"},
		     [EXPORT_ODT] = {CONVERT_ODT, ".odt"},
		     [EXPORT_HTML] = {CONVERT_HTML, ".html"},
		     [EXPORT_TEXT] = {CONVERT_NONE, ".txt"}};
	struct str ending = STR_INIT;
	struct app_export *e;

	str_addf(&ending, "%s%s", clean ? "-clean" : "", kinds[format].ending);
	e = export_new(data, doc->name, str_text(&ending), kinds[format].format);
	str_release(&ending);
	doc_read(doc);
	if (clean) {
		uint32_t *choices = mem_array(NULL, doc->brackets.n_points, sizeof(*choices));

		project_choices(&doc->brackets, PARTY_NONE, choices);
		project_text(&doc->brackets, doc->flat, choices, &e->text);
		free(choices);
	} else {
		str_add_slice(&e->text, doc->flat);
	}
	return begin(data, e, err);
}

static int export_marked(void *data, const char *name, struct slice old, struct slice now,
			 struct error *err)
{
	struct app *app = data;
	struct person author = {.name = NULL};
	struct error unnamed = ERROR_INIT;
	struct app_export *e;
	int rc = app_repo(app, err);

	if (rc < 0)
		return rc;
	e = export_new(app, name, "-changes.docx", CONVERT_DOCX);
	e->marked = true;
	str_add_slice(&e->text, now);
	str_add_slice(&e->old, old);
	/* Where git knows nobody, that is no reason to stop. */
	if (repo_author(app->session.repo, &author, &unnamed) == 0)
		e->author = mem_strdup(author.name);
	else
		e->author = mem_strdup("adref");
	person_release(&author);
	return begin(app, e, err);
}

/* ---- under way ---- */

static void take(struct app *app)
{
	struct app_export *e = app->export;

	app->export = NULL;
	views_progress(app->views, NULL);
	if (e->rc == 0)
		views_message(app->views, MESSAGE_OK, _("Written: %s"), str_text(&e->path));
	else if (atomic_load(&e->stop))
		views_message(app->views, MESSAGE_INFO, _("stopped; %s is not written"),
			      str_text(&e->path));
	else
		views_error(app->views, &e->err);
	views_touch(app->views);
	release(e);
}

bool app_export_step(struct app *app)
{
	if (!app->export)
		return false;
	if (!beside_step(&app->export->beside)) {
		take(app);
		return false;
	}
	return true;
}

bool app_export_stop(struct app *app)
{
	if (app->export)
		atomic_store(&app->export->stop, true);
	return app->export != NULL;
}

void app_export_end(struct app *app)
{
	if (!app_export_stop(app))
		return;
	beside_wait(&app->export->beside);
	release(app->export);
	app->export = NULL;
}

void app_export_host(struct host *host)
{
	host->export = export;
	host->export_marked = export_marked;
}
