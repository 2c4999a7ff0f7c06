/* SPDX-License-Identifier: MIT */
#include "ui/app_inner.h"

#include "core/mem.h"
#include "store/hooks.h"
#include "ui/tr.h"
#include "ui/view_chair.h"
#include "ui/view_columns.h"
#include "ui/view_desk.h"
#include "ui/view_editor.h"
#include "ui/view_life.h"
#include "ui/view_log.h"
#include "ui/view_matrix.h"
#include "ui/view_overlap.h"
#include "ui/view_preview.h"
#include "ui/view_progress.h"
#include "ui/who.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where git keeps things: looked up by hand, for libgit2 is for later. */
static char *find_git_dir(const char *path)
{
	struct str found = STR_INIT;

	return repo_where(path, &found) ? str_detach(&found) : NULL;
}

static char *absolute(const char *path)
{
	char *real = realpath(path ? path : ".", NULL), *copy;

	copy = mem_strdup(real ? real : path ? path : ".");
	free(real);
	return copy;
}

static const char *last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash && slash[1] ? slash + 1 : path;
}

static void read_settings(struct app *app)
{
	struct error err = ERROR_INIT;

	settings_init(&app->settings);
	if (settings_read(&app->settings, &app->env, NULL, 0, NULL, &err) < 0)
		return; /* the defaults stand */
}

/* Sentences about the repository's state, translated; those that only inform come last. */
static void add_state_words(struct app *app)
{
	const char *word;

	for (size_t i = 0; (word = repo_state_word(&app->session.state, i)); i++) {
		if (app->advice.len)
			str_add_char(&app->advice, ' ');
		str_add_text(&app->advice, _(word));
	}
}

/* Says in app->place what can be done here. */
static void explain_place(struct app *app)
{
	struct host_workspace *w = &app->place;
	const char *root = app->has_session ? app->session.ws.root : app->folder;
	const struct repo_state *state = &app->session.state;

	w->path = root;
	w->branch = "";
	str_clear(&app->title);
	str_add_text(&app->title, last_part(root));
	if (!app->tried_repo) {
		w->place = PLACE_LOADING;
	} else if (!app->has_session) {
		w->place = app->failed ? PLACE_FAILED : PLACE_NO_DRAFTS;
		if (app->advice.len == 0)
			str_add_text(&app->advice, _("There is no drafts folder here. One can "
						     "be made, with an example."));
	} else if (!app->session.repo) {
		w->place = app->has_git ? PLACE_READ_ONLY : PLACE_NO_GIT;
	} else {
		str_clear(&app->advice);
		add_state_words(app);
		w->branch = state->branch;
		w->shallow = state->shallow;
		w->place = state->bare                    ? PLACE_READ_ONLY
			   : state->head == REPO_DETACHED ? PLACE_DETACHED
			   : repo_state_can_commit(state) ? PLACE_READY
							  : PLACE_READ_ONLY;
	}
	w->title = str_text(&app->title);
	w->advice = str_text(&app->advice);
	w->generation++;
}

void app_find_place(struct app *app)
{
	struct error err = ERROR_INIT;
	struct str dir = STR_INIT;
	int status;

	env_of_process(&app->env);
	app->folder = absolute(app->options.path);
	parties_init_regions(&app->parties);
	read_settings(app);
	if (env_state_dir(&app->env, &dir, &err) == 0)
		app->state_dir = mem_strdup(str_text(&dir));
	str_release(&dir);
	status = session_open(&app->session, app->folder, &err);
	app->has_session = status == 0;
	app->git_dir = find_git_dir(app->has_session ? app->session.ws.root : app->folder);
	if (!app->has_session && status != ST_MISSING) {
		str_add_text(&app->advice, err.text);
		app->tried_repo = app->failed = true;
	}
	if (app->has_session)
		app_note_regions(app);
	app_desk_reset(app);
	explain_place(app);
}

void app_release_place(struct app *app)
{
	app_desk_release(app);
	if (app->has_session)
		session_release(&app->session);
	app->has_session = app->tried_repo = app->failed = app->has_git = false;
	settings_release(&app->settings);
	parties_release(&app->parties);
	free(app->folder);
	free(app->git_dir);
	free(app->state_dir);
	app->folder = app->git_dir = app->state_dir = NULL;
	str_release(&app->title);
	str_release(&app->advice);
	str_release(&app->author);
	str_release(&app->share_with);
}

const struct parties *app_parties(const struct app *app)
{
	return app->has_session ? &app->session.ws.parties : &app->parties;
}

struct settings *app_settings(struct app *app)
{
	return app->has_session ? &app->session.settings : &app->settings;
}

static void look_for_hooks(struct app *app)
{
	struct str names = STR_INIT;

	app->place.hooks_waiting =
		!app->session.trusted && hooks_present(app->session.repo, &names) > 0;
	str_release(&names);
}

/* Where nothing can be committed; of drafts in no repository, what the workbench can do. */
static void say_why_not(struct app *app, const struct error *err)
{
	str_clear(&app->advice);
	str_add_text(&app->advice,
		     err->status == ST_MISSING
			     ? _("These drafts are in no repository: they can be edited, not "
				 "decided on. Press i to put them in one.")
			     : err->text);
}

/* What a crash had cut short was finished as the repository was opened. */
static void tell_recovered(struct app *app)
{
	struct str *what = &app->session.recovered, *kept = &app->session.kept;

	if (kept->len)
		views_message(app->views, MESSAGE_WARN, "%s", str_text(kept));
	else if (what->len)
		views_message(app->views, MESSAGE_INFO, _("finished what was cut short: %s"),
			      str_text(what));
	str_clear(what);
	str_clear(kept);
}

bool app_open_repo(struct app *app)
{
	struct error err = ERROR_INIT;
	int status;

	if (app->tried_repo)
		return false;
	app->tried_repo = true;
	if (!app->has_session) {
		app->failed = session_possible(app->folder, &err) < 0;
		if (app->failed)
			say_why_not(app, &err);
	} else if ((status = session_repo(&app->session, &err)) < 0) {
		app->has_git = status != ST_MISSING;
		say_why_not(app, &err);
	} else {
		look_for_hooks(app);
		tell_recovered(app);
	}
	explain_place(app);
	views_touch(app->views);
	return true;
}

void app_follow(struct app *app)
{
	struct settings *s = app_settings(app);
	const enum bidi_setting bidi = s->bidi;
	const enum colour_setting colours = s->colours;
	const bool mouse = s->mouse;

	if (!app->has_session || !session_follow(&app->session))
		return;
	if (s->bidi != bidi || s->colours != colours || s->mouse != mouse)
		app_settings_changed(app);
	app->place.generation++;
	views_touch(app->views);
}

int app_repo(struct app *app, struct error *err)
{
	int status;

	if (!app->has_session)
		return error_set(err, ST_MISSING,
				 _("there is no workspace here: no drafts folder"));
	if (app->session.repo) {
		app_follow(app);
		return 0;
	}
	app->tried_repo = true;
	status = session_repo(&app->session, err);
	if (status == 0) {
		tell_recovered(app);
		explain_place(app);
	}
	return status;
}

int app_author(struct app *app, struct error *err)
{
	struct person person;
	int status = repo_author(app->session.repo, &person, err);

	if (status == 0)
		person_release(&person);
	else if (status == ST_MISSING && !views_is_asking(app->views))
		who_ask_author(app->views, &app->host);
	return status;
}

/* The life of the point at that byte of the draft, or all lives: also of a draft that is there
 * no longer. */
static int open_life(struct app *app, const char *draft, size_t at, struct error *err)
{
	struct life_ask ask;
	struct doc *doc;
	int status;

	if (at == SIZE_MAX) {
		views_push(app->views, view_life_new(&app->host, draft, NULL));
		return 0;
	}
	status = app_doc_open(app, draft, &doc, err);
	if (status < 0)
		return status;
	ask = life_ask_at(doc, at);
	views_push(app->views, view_life_new(&app->host, draft, &ask));
	app_doc_close(app, doc);
	return 0;
}

/* There is one desk: whoever wants it goes back to it. */
static void open_desk(struct app *app)
{
	struct view *v;

	for (size_t i = 0; (v = views_at(app->views, i)); i++)
		if (strcmp(v->ops->name, "desk") == 0) {
			views_back_to(app->views, v);
			return;
		}
	views_push(app->views, view_desk_new(&app->host));
}

int app_open_view(void *data, const char *view, const char *draft, size_t at, struct error *err)
{
	struct app *app = data;
	struct app_doc *ad;
	struct doc *doc;
	int status;

	if (strcmp(view, "desk") == 0) {
		open_desk(app);
		return 0;
	}
	if (strcmp(view, "log") == 0) {
		views_push(app->views, view_log_new(&app->host, draft));
		return 0;
	}
	if (strcmp(view, "overlap") == 0) {
		views_push(app->views, view_overlap_new(&app->host, draft));
		return 0;
	}
	if (strcmp(view, "progress") == 0) {
		views_push(app->views, view_progress_new(&app->host, draft));
		return 0;
	}
	if (strcmp(view, "life") == 0)
		return open_life(app, draft, at, err);
	status = app_doc_open_unread(app, draft, &doc, err);
	if (status < 0)
		return status;
	/* The editor reads on while it is shown. */
	if (strcmp(view, "editor") != 0)
		doc_read(doc);
	ad = app_doc_of(doc);
	if (strcmp(view, "editor") != 0 && ad->in_workspace && strchr(doc->name, '/')) {
		status = error_set(err, ST_USAGE,
				   _("%s is a region's own text: it can be edited, and stands "
				     "beside the others in the draft's columns"),
				   doc->name);
		app_doc_close(app, doc);
		return status;
	}
	if (at == SIZE_MAX && ad->found)
		at = ad->found_at;
	if (strcmp(view, "editor") == 0) {
		views_push(app->views, view_editor_new(&app->host, doc, at));
	} else if (strcmp(view, "chair") == 0) {
		views_push(app->views, view_chair_new(&app->host, doc, at));
	} else if (strcmp(view, "matrix") == 0) {
		views_push(app->views, view_matrix_new(&app->host, doc, at));
	} else if (strcmp(view, "columns") == 0) {
		views_push(app->views, view_columns_new(&app->host, doc, at));
	} else if (strcmp(view, "preview") == 0) {
		views_push(app->views, view_preview_new(&app->host, doc, at));
	} else {
		app_doc_close(app, doc);
		return error_set(err, ST_USAGE, _("%s: there is no such screen"), view);
	}
	app_doc_offer(app, ad);
	return 0;
}
