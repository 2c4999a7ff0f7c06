/* SPDX-License-Identifier: MIT */
#include "ui/app_inner.h"

#include "core/mem.h"
#include "store/init.h"
#include "store/trust.h"
#include "ui/term.h"
#include "ui/tr.h"
#include "ui/tty.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static const struct host_workspace *workspace(void *data)
{
	return &((struct app *)data)->place;
}

static const struct parties *parties(void *data)
{
	return app_parties(data);
}

static const struct meetings *meetings(void *data)
{
	static const struct meetings none = {NULL, 0, 0};
	struct app *app = data;

	return app->has_session ? &app->session.ws.meetings : &none;
}

static int64_t now(void *data)
{
	(void)data;
	return (int64_t)time(NULL);
}

static int64_t ticks(void *data)
{
	(void)data;
	return tty_clock();
}

/* ---- The workspace ---- */

/* Looks at the place again, after something was made in it. */
static void look_again(struct app *app)
{
	app_release_place(app);
	app_find_place(app);
	app_open_repo(app);
	views_touch(app->views);
}

/* The files of a new workspace, once it is known that a repository can have them. */
static int init_here(const char *folder, struct error *err)
{
	struct init_list list = {NULL, 0, 0};
	struct repo *repo = NULL;
	bool unborn;
	int status = session_found(folder, &repo, &unborn, err);

	if (status == 0) {
		repo_free(repo);
		status = init_files(folder, &list, err);
	}
	init_list_release(&list);
	return status;
}

static int init(void *data, struct error *err)
{
	struct app *app = data;
	struct commit_result result = COMMIT_RESULT_INIT;
	struct error why = ERROR_INIT;
	char *folder = mem_strdup(app->has_session ? app->session.ws.root : app->folder);
	int status = 0;

	if (!app->has_session)
		status = init_here(folder, err);
	if (status == 0 && session_begin(folder, &result, &why) < 0) {
		app->begin_late = why.status == ST_MISSING;
		views_message(app->views, MESSAGE_WARN,
			      _("the files are there, but not committed: %s"), why.text);
	}
	if (status == 0 && app->n_docs == 0)
		look_again(app);
	commit_result_release(&result);
	free(folder);
	return status;
}

int app_create_draft(struct app *app, const char *name, struct slice bytes, struct error *err)
{
	struct str path = STR_INIT;
	int status;

	if (!app->has_session)
		return error_set(err, ST_MISSING,
				 _("there is no workspace here: no drafts folder"));
	if (!workspace_name_is_valid(name))
		return error_set(err, ST_USAGE,
				 _("%s: a draft's name is letters without accents, digits, "
				   "- _ and dots; no blanks"),
				 name);
	workspace_draft_path(&app->session.ws, name, &path);
	status = file_create(app->session.ws.root, str_text(&path), bytes, 0644, NULL, err);
	if (status == ST_EXISTS)
		status = error_set(err, ST_EXISTS,
				   _("%s: there is a draft of that name already"), name);
	if (status == 0)
		app_desk_refresh(app);
	str_release(&path);
	return status;
}

static int new_draft(void *data, const char *name, const char *title, struct error *err)
{
	struct str bytes = STR_INIT;
	int status;

	if (title && *title)
		str_addf(&bytes, "# %s\n", title);
	status = app_create_draft(data, name, str_slice(&bytes), err);
	str_release(&bytes);
	return status;
}

static int trust_hooks(void *data, bool trust, struct error *err)
{
	struct app *app = data;
	struct str list = STR_INIT;
	int status = app_repo(app, err);

	if (status == 0)
		status = trust_path(&list, err);
	if (status == 0)
		status = trust ? trust_add(app->session.repo, str_text(&list), err)
			       : trust_remove(app->session.repo, str_text(&list), err);
	if (status == 0) {
		app->session.trusted = trust;
		app->place.hooks_waiting = false;
		app->place.generation++;
	}
	str_release(&list);
	return status;
}

/* ---- Settings ---- */

/* Who commits, as git knows it: "" where it does not, and a repository is there to ask for. */
static const char *author(struct app *app)
{
	struct person person;
	struct error err = ERROR_INIT;
	int status;

	if (!app->has_session || !app->session.repo)
		return "-";
	status = repo_author(app->session.repo, &person, &err);
	if (status < 0)
		return status == ST_MISSING ? "" : "-";
	str_clear(&app->author);
	str_add_text(&app->author, person.name);
	person_release(&person);
	return str_text(&app->author);
}

/* What init could not commit for lack of a name. */
static void begin_late(struct app *app)
{
	struct commit_result result = COMMIT_RESULT_INIT;
	struct error err = ERROR_INIT;

	app->begin_late = false;
	if (session_begin(app->session.ws.root, &result, &err) < 0)
		views_error(app->views, &err);
	else if (app->n_docs == 0)
		look_again(app);
	commit_result_release(&result);
}

static int set_author(void *data, const char *name, const char *email, struct error *err)
{
	struct app *app = data;
	int status = app_repo(app, err);

	if (status == 0)
		status = repo_set_author(app->session.repo, name, email, REPO_HERE, err);
	if (status == 0 && app->begin_late)
		begin_late(app);
	return status;
}

static const char *setting(void *data, const char *key)
{
	struct app *app = data;
	const struct settings *s = app_settings(app);

	if (strcmp(key, "meeting") == 0 && app->has_session)
		return session_meeting(&app->session);
	if (strcmp(key, "asked") == 0)
		return s->asked ? "yes" : "";
	if (strcmp(key, "author") == 0)
		return author(app);
	return settings_value(s, key);
}

static int set_setting(void *data, const char *key, const char *value, struct error *err)
{
	struct app *app = data;
	const struct settings *s = app_settings(app);
	struct settings before = *s, fresh;
	int status;

	app_open_repo(app); /* what is the repository's is kept there */
	if (app->has_session) {
		status = session_set(&app->session, key, value, err);
	} else {
		status = settings_store(&app->env, key, value, err);
		if (status < 0)
			return status;
		settings_init(&fresh);
		status = settings_read(&fresh, &app->env, NULL, 0, NULL, err);
		settings_release(&app->settings);
		app->settings = fresh;
	}
	if (s->bidi != before.bidi || s->colours != before.colours || s->mouse != before.mouse)
		app_settings_changed(app);
	return status;
}

/* ---- The clipboard ---- */

static int copy(void *data, struct slice text, struct error *err)
{
	struct app *app = data;

	str_clear(&app->clipboard);
	str_add_slice(&app->clipboard, text);
	if (!term_copy(text))
		return error_set(
			err, ST_TOO_LARGE,
			_("copied here; it is too much for the terminal's own clipboard"));
	return 0;
}

static struct slice clipboard(void *data)
{
	struct app *app = data;

	return slice_make(app->clipboard.len ? app->clipboard.p : "", app->clipboard.len);
}

void app_host_init(struct app *app)
{
	app->host = (struct host){
		.data = app,
		.workspace = workspace,
		.parties = parties,
		.desk = app_desk,
		.desk_refresh = app_desk_refresh,
		.init = init,
		.new_draft = new_draft,
		.trust_hooks = trust_hooks,
		.setting = setting,
		.set_setting = set_setting,
		.set_author = set_author,
		.meetings = meetings,
		.now = now,
		.ticks = ticks,
		.open_view = app_open_view,
		.copy = copy,
		.clipboard = clipboard,
	};
	app_file_host(&app->host);
	app_chair_host(&app->host);
	app_texts_host(&app->host);
	app_past_host(&app->host);
	app_named_host(&app->host);
	app_notes_host(&app->host);
	app_lives_host(&app->host);
	app_blame_host(&app->host);
	app_share_host(&app->host);
	app_import_host(&app->host);
	app_export_host(&app->host);
	app_seals_host(&app->host);
}
