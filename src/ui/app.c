/* SPDX-License-Identifier: MIT */
#include "ui/app_inner.h"

#include "core/mem.h"
#include "store/crew.h"
#include "ui/app_job.h"
#include "ui/term.h"
#include "ui/tr.h"
#include "ui/tty.h"
#include "ui/view_desk.h"
#include "ui/who.h"

#include <stdlib.h>
#include <string.h>

#define SYNC_MS     1000  /* unsaved work is on disk at the latest so long after a key */
#define CLOCK_MS    30000 /* "2 h ago" moves on by itself */
#define PAINT_MS    40
#define SETTLE_MS   3  /* after a key, for whoever shows it to run */
#define EVENTS_MOST 64 /* taken before a screen is painted, so that a held key does not lag */

/* Out of memory: the terminal first, so that what is said can be read; then the journals. */
static void on_death(void *arg)
{
	struct app *app = arg;

	term_stop();
	for (size_t i = 0; i < app->n_docs; i++) {
		struct error err = ERROR_INIT;

		if (app->docs[i]->journal)
			(void)!journal_sync(app->docs[i]->journal, &err);
	}
}

static struct term_options wanted_term(const struct app *app, const struct settings *s)
{
	static const enum term_bidi bidi[] = {[BIDI_SETTING_ADREF] = TERM_BIDI_ADREF,
					      [BIDI_SETTING_TERMINAL] = TERM_BIDI_TERMINAL,
					      [BIDI_SETTING_OFF] = TERM_BIDI_OFF};
	static const int colours[] = {[COLOURS_8] = 8, [COLOURS_16] = 16, [COLOURS_256] = 256};
	const char *no_color = getenv("NO_COLOR");

	return (struct term_options){
		.bidi = bidi[s->bidi],
		.no_colour = app->options.no_colour || s->colours == COLOURS_NONE ||
			     (s->colours == COLOURS_AUTO && no_color && *no_color),
		.colours = colours[s->colours],
		.mouse = s->mouse,
	};
}

static int start_term(struct app *app, struct error *err)
{
	struct term_options options = wanted_term(app, app_settings(app));

	app->mouse = options.mouse;
	return term_start(&options, err);
}

void app_settings_changed(struct app *app)
{
	struct term_options options = wanted_term(app, app_settings(app));
	struct view *v;

	app->mouse = options.mouse;
	term_change(&options);
	app->canvas.reorder = app_settings(app)->bidi == BIDI_SETTING_ADREF;
	/* What they laid out with the old settings. */
	for (size_t i = 0; (v = views_at(app->views, i)); i++)
		if (v->ops->shown)
			v->ops->shown(v);
	views_touch(app->views);
}

/* Whether a key left something to be done. */
static bool is_hurried(const struct app *app)
{
	bool any = false;

	for (size_t i = 0; i < app->n_docs; i++)
		any = any || doc_is_hurried(app->docs[i]->doc);
	return any;
}

/* Does it: when the key has been seen for a moment, and before anybody looks further. */
static void settle(struct app *app)
{
	for (size_t i = 0; i < app->n_docs; i++)
		if (doc_settle(app->docs[i]->doc))
			views_touch(app->views);
}

static void paint(struct app *app)
{
	int rows, cols;

	term_size(&rows, &cols);
	if (rows != app->canvas.rows || cols != app->canvas.cols)
		canvas_resize(&app->canvas, rows, cols);
	views_draw(app->views, &app->canvas);
	term_paint(&app->canvas);
}

void app_show(struct app *app)
{
	if (app->canvas.rows > 0) /* there was a first screen */
		paint(app);
}

static void suspend(struct app *app)
{
	app_sync(app);
	term_suspend();
	app_look_outside(app);
	views_touch(app->views);
}

static void follow_requests(struct app *app)
{
	unsigned requests = views_take_requests(app->views);

	if (requests & VIEWS_SUSPEND)
		suspend(app);
	if (requests & VIEWS_REDRAW) {
		term_forget();
		views_touch(app->views);
	}
	if (requests & VIEWS_MOUSE) {
		app->mouse = !app->mouse;
		term_mouse(app->mouse);
		views_message(app->views, MESSAGE_INFO,
			      app->mouse ? _("the mouse is adref's again")
					 : _("the mouse is the terminal's: select with it; F12 "
					     "takes it back"));
	}
}

/* Once, when the first screen is there and the workspace is known: who sits here? Nobody is
 * interrupted in writing: in the editor the question waits. */
static bool greet(struct app *app)
{
	const struct view *top = views_top(app->views);

	if (app->greeted || app->place.place != PLACE_READY || views_is_asking(app->views) ||
	    !top || top->ops->flags & VIEW_TEXT)
		return false;
	app->greeted = true;
	if (!who_is_due(&app->host))
		return false;
	who_ask(app->views, &app->host);
	return true;
}

/* One step of what can wait; true: there is more. */
static bool idle_step(struct app *app)
{
	bool shares = app_share_step(app), exports = app_export_step(app);
	/* A draft is read for the Desk's row while the Desk is seen, not while somebody writes.
	 */
	bool desk = views_count(app->views) < 2;

	return app_open_repo(app) || greet(app) || views_idle(app->views) ||
	       (desk && app_desk_step(app)) || shares || exports;
}

static void sync_if_due(struct app *app)
{
	int64_t t = tty_clock();

	if (t - app->synced < SYNC_MS)
		return;
	app->synced = t;
	app_sync(app);
}

static bool anything_unsaved(const struct app *app)
{
	for (size_t i = 0; i < app->n_docs; i++)
		if (doc_is_dirty(app->docs[i]->doc))
			return true;
	return false;
}

/* Takes what has come up to EVENTS_MOST; the first may be waited for. Returns how many. What
 * comes meanwhile waits for the screen: a terminal hands over all there is at once. */
static int take_events(struct app *app, int timeout_ms, struct error *err)
{
	struct key key;
	int got = 0, taken = 0;

	for (int i = 0; i < EVENTS_MOST && views_count(app->views) > 0; i++) {
		got = i == 0 ? term_read(&key, timeout_ms, -1, err) : term_next(&key);
		if (got <= 0)
			break;
		taken++;
		settle(app);
		if (key.code == KEY_FOCUS_IN || key.code == KEY_RESUMED)
			app_look_outside(app);
		if (key.code != KEY_FOCUS_IN && key.code != KEY_FOCUS_OUT)
			views_key(app->views, &key);
		follow_requests(app);
	}
	return got < 0 ? got : taken;
}

/* While there is work to do between keys, what it finds is painted now and then only. */
static bool paint_if_due(struct app *app, bool working, bool after_key)
{
	int64_t t;

	if (!views_dirty(app->views) || views_count(app->views) == 0)
		return false;
	t = tty_clock();
	if (working && !after_key && t - app->painted < PAINT_MS)
		return false;
	app->painted = t;
	paint(app);
	return true;
}

static int loop(struct app *app, struct error *err)
{
	bool more = true;
	int taken = 1;

	while (views_count(app->views) > 0) {
		unsigned signals;
		int timeout;

		/* A view that no key brought begins its work when it is painted first. */
		more = paint_if_due(app, more, taken > 0) || more;
		timeout = is_hurried(app)         ? SETTLE_MS
			  : more                  ? 0
			  : anything_unsaved(app) ? SYNC_MS
						  : CLOCK_MS;
		taken = take_events(app, timeout, err);
		signals = term_signals();
		if (taken < 0 || signals & TERM_END) {
			settle(app);
			app->ending = true;
			app_sync(app);
			return taken < 0 ? taken : 0;
		}
		if (signals & TERM_SUSPEND) {
			settle(app);
			suspend(app);
		}
		if (taken == 0)
			settle(app);
		paint_if_due(app, more, taken > 0);
		if (timeout == CLOCK_MS && taken == 0) {
			app_follow(app);
			views_touch(app->views);
		}
		/* What is done between keys may look at anything. */
		more = views_count(app->views) > 0 && (is_hurried(app) || idle_step(app));
		sync_if_due(app);
	}
	return 0;
}

static void open_first_views(struct app *app)
{
	struct error err = ERROR_INIT;

	views_push(app->views, view_desk_new(&app->host));
	if (!app->options.draft)
		return;
	if (app_open_view(app, app->options.view ? app->options.view : "editor",
			  app->options.draft, SIZE_MAX, &err) < 0)
		views_error(app->views, &err);
}

int app_run(const struct app_options *options, struct error *err)
{
	struct app app = {.options = *options};
	int status;

	crew_return_memory();
	app_find_place(&app);
	status = start_term(&app, err);
	if (status < 0) {
		app_release_place(&app);
		return 3;
	}
	canvas_init(&app.canvas, 0, 0);
	app.canvas.reorder = app_settings(&app)->bidi == BIDI_SETTING_ADREF;
	app_host_init(&app);
	app.views = views_new(&app.host);
	mem_on_death(on_death, &app);
	open_first_views(&app);
	status = loop(&app, err);
	app_export_end(&app);
	app_share_end(&app);
	views_free(app.views);
	app_job_reap(&app, true);
	for (size_t i = 0; i < app.n_docs; i++)
		app_doc_free(&app, app.docs[i]);
	free(app.docs);
	term_stop();
	mem_on_death(NULL, NULL);
	canvas_release(&app.canvas);
	str_release(&app.clipboard);
	app_release_place(&app);
	return status < 0 ? 3 : 0;
}
