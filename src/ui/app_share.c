/* SPDX-License-Identifier: MIT */
#include "ui/app_inner.h"

#include "core/mem.h"
#include "core/show.h"
#include "store/chronicle.h"
#include "store/sync.h"
#include "ui/beside.h"
#include "ui/tr.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/*
 * Sharing with others, beside the keys: a worker with a session of its own
 * fetches, merges and pushes (store/sync). When it has ended, what is open is
 * read anew, the desk too, and it is said what came of it.
 */

#define NAMED_MOST  4 /* drafts, in what is said */
#define SAID_MOST   4 /* lines of the other side's */
#define NOTHING_YET (-1)

struct app_share {
	struct beside beside; /* first */
	atomic_int step;      /* enum sync_step, or NOTHING_YET */
	atomic_bool stop;
	char remote[256]; /* set before the first step */
	char *root;
	struct sync_result result;
	struct error err;
	int rc;
	int shown; /* the step that the user was told of */
};

/* ---- the worker ---- */

static void note_step(void *arg, enum sync_step step, const char *remote)
{
	struct app_share *s = arg;

	if (atomic_load(&s->step) == NOTHING_YET) {
		strncpy(s->remote, remote, sizeof(s->remote) - 1);
		s->remote[sizeof(s->remote) - 1] = '\0';
	}
	atomic_store(&s->step, (int)step);
}

static void work(struct beside *b)
{
	struct app_share *s = (struct app_share *)b;
	const struct sync_watch watch = {.step = note_step, .arg = s, .stop = &s->stop};
	struct session session;

	s->rc = session_open(&session, s->root, &s->err);
	if (s->rc == 0) {
		s->rc = session_sync(&session, &watch, &s->result, &s->err);
		session_release(&session);
	}
}

static void share_free(struct app_share *s)
{
	sync_result_release(&s->result);
	free(s->root);
	free(s);
}

/* ---- beginning ---- */

/* What is only typed is nowhere but here. All else is as for the command: store/sync. */
static int look_for_unsaved(const struct app *app, struct error *err)
{
	for (size_t i = 0; i < app->n_docs; i++)
		if (doc_is_dirty(app->docs[i]->doc))
			return error_set(err, ST_CHANGED,
					 _("%s has text that is not saved: save and commit it "
					   "first (^S and ^K in the editor), then sync"),
					 app->docs[i]->doc->name);
	return 0;
}

static int begin(void *data, struct error *err)
{
	struct app *app = data;
	struct app_share *s;
	int rc = app_repo(app, err);

	if (rc == 0)
		rc = app_author(app, err);
	if (rc == 0)
		rc = look_for_unsaved(app, err);
	if (rc < 0)
		return rc;
	s = mem_zalloc(sizeof(*s));
	s->root = mem_strdup(app->session.ws.root);
	s->shown = NOTHING_YET - 1;
	atomic_store(&s->step, NOTHING_YET);
	s->beside.work = work;
	if (!beside_start(&s->beside)) {
		share_free(s);
		return error_set(err, ST_FAIL, "%s", _("it cannot be begun now; try again"));
	}
	app->share = s;
	return 0;
}

static bool is_busy(void *data)
{
	const struct app *app = data;

	return app->share || app->export;
}

/* ---- under way ---- */

static void show_step(struct app *app, const struct app_share *s)
{
	struct str text = STR_INIT;

	switch (s->shown) {
	case SYNC_FETCH:
		str_addf(&text, _("asking %s what is new …"), s->remote);
		break;
	case SYNC_MERGE:
		str_addf(&text, _("merging what %s has …"), s->remote);
		break;
	case SYNC_PUSH:
		str_addf(&text, _("sending to %s …"), s->remote);
		break;
	default:
		str_add_text(&text, _("sharing …"));
		break;
	}
	if (atomic_load(&s->stop))
		str_add_text(&text, _(" stopping"));
	views_progress(app->views, str_text(&text));
	views_touch(app->views);
	str_release(&text);
}

/* ---- with whom: asked where there is nobody yet ---- */

static void answered(void *arg, uint32_t key)
{
	struct app *app = arg;
	struct error err = ERROR_INIT;

	if (key == 'y' &&
	    (session_share_with(&app->session, str_slice(&app->share_with), &err) < 0 ||
	     begin(app, &err) < 0))
		views_error(app->views, &err);
	str_release(&app->share_with);
}

static void address_typed(void *arg, const struct slice *text)
{
	struct app *app = arg;
	struct error err = ERROR_INIT;

	str_clear(&app->share_with);
	if (!text)
		return;
	if (session_address(&app->session, *text, &app->share_with, &err) < 0) {
		views_error(app->views, &err);
		return;
	}
	views_message(app->views, MESSAGE_INFO, _("It goes to %s"), str_text(&app->share_with));
	views_ask_yes_no(app->views, _("Share with that from now on, and begin?"), answered,
			 app);
}

static void ask_address(struct app *app)
{
	struct prompt_request ask = {.label = _("Share with"),
				     .hint = _("a folder, or ssh://host/conference.git"),
				     .done = address_typed,
				     .arg = app};

	views_message(app->views, MESSAGE_INFO, "%s",
		      _("There is nobody to share with yet: which repository can all reach?"));
	views_ask(app->views, &ask);
}

/* ---- what came of it ---- */

static bool is_unsaved(const struct app *app, const char *name)
{
	for (size_t i = 0; i < app->n_docs; i++)
		if (strcmp(app->docs[i]->doc->name, name) == 0)
			return doc_is_dirty(app->docs[i]->doc);
	return false;
}

static void add_file(const struct app *app, const struct sync_file *f, struct str *out)
{
	const char *inner = strstr(f->path, "drafts/");
	struct str name = STR_INIT;

	chronicle_name("drafts", inner ? inner : f->path, &name);
	str_add_text(out, " · ");
	show_add(out, name.p, name.len, SHOW_LINE);
	if (f->points)
		str_addf(out,
			 n_(": merged, %zu new point", ": merged, %zu new points", f->points),
			 f->points);
	else
		str_add_text(out, f->both ? _(": merged") : _(": new from others"));
	if (is_unsaved(app, str_text(&name)))
		str_add_text(out, _(" (what you typed meanwhile is not in it: saving asks)"));
	str_release(&name);
}

static void add_result(const struct app *app, const struct sync_result *r, struct str *out)
{
	if (!r->came && !r->went)
		str_add_text(out, _("Nothing new, here or there."));
	if (r->came)
		str_addf(out, n_("%zu commit came", "%zu commits came", r->came), r->came);
	if (r->came && r->went)
		str_add_text(out, ", ");
	if (r->went)
		str_addf(out, n_("%zu commit went", "%zu commits went", r->went), r->went);
	for (size_t i = 0; i < r->n && i < NAMED_MOST; i++)
		add_file(app, &r->v[i], out);
	if (r->n > NAMED_MOST)
		str_addf(out, _(" · and %zu more"), r->n - NAMED_MOST);
	if (r->n_left) {
		str_add_text(out, " · ");
		show_add(out, r->left, strlen(r->left), SHOW_LINE);
	}
	if (r->n_left > 1)
		str_addf(out, _(" and %zu more are not committed and stay here"),
			 r->n_left - 1);
	else if (r->n_left)
		str_add_text(out, _(" is not committed and stays here"));
}

/* What the other side said itself when it refused. */
static void add_said(const struct sync_result *r, struct str *out)
{
	struct slice line;
	size_t i;

	for (i = 0; i < SAID_MOST && (line = sync_said(r, i)).len; i++) {
		str_add_text(out, " · remote: ");
		show_add(out, line.p, line.len, SHOW_LINE);
	}
	if (i == SAID_MOST && sync_said(r, i).len)
		str_add_text(out, _(" · adref sync shows the rest"));
}

static void take(struct app *app)
{
	struct app_share *s = app->share;
	struct str words = STR_INIT;

	app->share = NULL;
	views_progress(app->views, NULL);
	if (s->result.came) {
		app_look_outside(app);
		app_desk_refresh(app);
	}
	if (s->rc == 0 || s->result.came)
		add_result(app, &s->result, &words);
	if (s->rc < 0)
		str_addf(&words, "%s%s", words.len ? " · " : "", _(s->err.text));
	add_said(&s->result, &words);
	views_message(app->views,
		      s->rc == 0              ? MESSAGE_OK
		      : atomic_load(&s->stop) ? MESSAGE_INFO
					      : MESSAGE_WARN,
		      "%s", str_text(&words));
	if (s->result.alone && !views_is_asking(app->views))
		ask_address(app);
	views_touch(app->views);
	str_release(&words);
	share_free(s);
}

bool app_share_step(struct app *app)
{
	struct app_share *s = app->share;

	if (!s)
		return false;
	if (!beside_step(&s->beside)) {
		take(app);
		return false;
	}
	if (s->shown != atomic_load(&s->step)) {
		s->shown = atomic_load(&s->step);
		show_step(app, s);
	}
	return true;
}

void app_share_end(struct app *app)
{
	struct app_share *s = app->share;

	if (!s)
		return;
	atomic_store(&s->stop, true);
	beside_wait(&s->beside);
	app->share = NULL;
	share_free(s);
}

/* ---- stopping ---- */

static bool stop(void *data)
{
	struct app *app = data;
	bool running = app_export_stop(app) || app->last || app->share;

	if (app->share) {
		atomic_store(&app->share->stop, true);
		show_step(app, app->share);
		return true;
	}
	history_last_free(app->last);
	app->last = NULL;
	return running;
}

void app_share_host(struct host *host)
{
	host->sync = begin;
	host->busy = is_busy;
	host->stop = stop;
}
