/* SPDX-License-Identifier: MIT */
#include "ui/app_inner.h"

#include "ui/told.h"
#include "ui/tr.h"

#include <string.h>

/* A decision is made on the draft as it is saved: what is open must be that. */
static int begin(struct app *app, struct doc *doc, struct session_draft *d, struct error *err)
{
	struct app_doc *ad = app_doc_of(doc);
	int status;

	if (!ad->in_workspace)
		return error_set(
			err, ST_USAGE,
			_("%s is no draft of this workspace: decisions are commits of one"),
			doc->name);
	if (doc->read_only)
		return error_set(err, ST_DENIED,
				 _("%s can only be read here: it is open in another adref"),
				 doc->name);
	status = app_repo(app, err);
	if (status == 0)
		status = app_author(app, err);
	if (status < 0)
		return status;
	/* What is a party's and what is text may be read otherwise now. */
	if (app_look_at_regions(app))
		return error_set(err, ST_FAIL,
				 _("regions.yaml was changed outside meanwhile; look at the "
				   "point again, then decide"));
	if (app_doc_read_outside(app, ad))
		return error_set(err, ST_FAIL,
				 _("%s was changed outside meanwhile; this is its text now"),
				 doc->name);
	if (doc_is_dirty(doc))
		return error_set(
			err, ST_CHANGED,
			_("%s has unsaved edits; save and commit them, or set them aside"),
			doc->name);
	doc_read(doc);
	*d = (struct session_draft){.name = doc->name, .text = doc->flat, .b = &doc->brackets};
	return 0;
}

/* The commit stands: the file, and with it what is open, has new bytes. */
static void end(struct app *app, struct doc *doc, struct commit_result *result, struct str *id)
{
	struct app_doc *ad = app_doc_of(doc);
	struct error err = ERROR_INIT;
	struct str bytes = STR_INIT;
	struct file_stamp stamp;

	/* Only if the file is what we have open do we know it; else it was changed outside. */
	if (file_read(ad->root, doc->path, FILE_MOST_DRAFT, &bytes, &stamp, &err) == 0 &&
	    slice_equal(str_slice(&bytes), doc->flat))
		ad->stamp = stamp;
	str_release(&bytes);
	app_doc_is_saved(app, ad);
	if (id)
		str_add(id, result->id, strnlen(result->id, 9));
	if (result->warning.len)
		views_message(app->views, MESSAGE_WARN, "%s", str_text(&result->warning));
}

static int decide_ready(void *data, struct doc *doc, struct error *err)
{
	struct app *app = data;
	struct session_draft d;
	int status = begin(app, doc, &d, err);

	return status < 0 ? status : session_ready(&app->session, doc->name, err);
}

/*
 * What is on the screen before the disk has it: how long a commit takes is the
 * disk's affair. What could not be committed is taken back.
 */
struct ahead {
	struct str before; /* the doc's bytes */
	uint64_t revision; /* and their number */
};

/* Before the doc changes: d is about its bytes as they are now. */
static void ahead_begin(struct ahead *a, struct session_draft *d, const struct doc *doc)
{
	*a = (struct ahead){STR_INIT, doc->revision};
	str_add_slice(&a->before, d->text);
	d->text = str_slice(&a->before);
	d->b = NULL; /* it was of the doc's bytes */
}

static void ahead_show(struct app *app)
{
	views_progress(app->views, _("committing …"));
	app_show(app);
	views_progress(app->views, NULL);
}

static void ahead_end(struct ahead *a, struct doc *doc, int status)
{
	if (status != 0 && doc->revision != a->revision)
		doc_take_back(doc);
	str_release(&a->before);
}

int app_edit(struct app *app, struct doc *doc, const struct edits *edits,
	     const struct app_record *record, struct str *id, struct error *err)
{
	struct commit_result result = COMMIT_RESULT_INIT;
	struct session_draft d;
	struct ahead ahead;
	int status = begin(app, doc, &d, err);

	if (status < 0)
		return status;
	ahead_begin(&ahead, &d, doc);
	doc_apply(doc, edits);
	ahead_show(app);
	d.trailers = record->trailers;
	d.made_of = record->made_of;
	status = record->what ? session_decide(&app->session, &d, edits, record->what,
					       record->reason, &result, err)
			      : session_edit(&app->session, &d, edits, record->subject, &result,
					     err);
	if (status == 0)
		end(app, doc, &result, id);
	ahead_end(&ahead, doc, status);
	commit_result_release(&result);
	return status;
}

static int edit(void *data, struct doc *doc, const struct edits *edits, struct slice subject,
		struct str *id, struct error *err)
{
	const struct app_record record = {.subject = subject, .trailers = SLICE("")};

	return app_edit(data, doc, edits, &record, id, err);
}

static int decide(void *data, struct doc *doc, const struct edits *edits,
		  const struct resolved *what, struct slice reason, struct str *id,
		  struct error *err)
{
	const struct app_record record = {
		.trailers = SLICE(""), .what = what, .reason = reason};

	return app_edit(data, doc, edits, &record, id, err);
}

/* So many commits are walked between two keys; nobody waits for that. */
enum { UNDO_LOOKS_BACK = 4000 };

/* 0: it can be undone; 1: the user is to be asked first, and u says what. */
static int is_wanted(struct host_undo *u, const struct session_undoing *undoing,
		     struct error *err)
{
	bool asked = u->commit.len > 0;
	struct str what = STR_INIT;
	int rc = 0;

	told_undoing(&what, undoing->point, str_slice(&undoing->decision), undoing->linked);
	if (asked && !slice_is(str_slice(&u->commit), undoing->commit)) {
		rc = error_set(err, ST_CHANGED,
			       _("another decision is the last one now, nothing is undone: %s"),
			       str_text(&what));
	} else if (!asked) {
		str_add_slice(&u->what, str_slice(&what));
		str_add_slice(&u->whose, str_slice(&undoing->whose));
		str_add_text(&u->commit, undoing->commit);
		rc = u->whose.len > 0;
	}
	str_release(&what);
	return rc;
}

static int undo_decision(void *data, struct doc *doc, struct host_undo *u, size_t *at,
			 struct error *err)
{
	struct app *app = data;
	struct commit_result result = COMMIT_RESULT_INIT;
	struct session_undoing undoing = SESSION_UNDOING_INIT;
	struct session_draft d;
	struct ahead ahead;
	int status = begin(app, doc, &d, err);

	if (status == 0)
		status = session_undo_find(&app->session, &d, UNDO_LOOKS_BACK, &undoing, err);
	if (status == 0)
		status = is_wanted(u, &undoing, err);
	if (status != 0)
		goto done;
	*at = app_first_difference(doc->flat, str_slice(&undoing.text));
	ahead_begin(&ahead, &d, doc);
	doc_set_bytes(doc, str_slice(&undoing.text));
	ahead_show(app);
	status = session_undo(&app->session, &d, &undoing, &result, err);
	if (status == 0)
		end(app, doc, &result, NULL);
	ahead_end(&ahead, doc, status);
done:
	session_undoing_release(&undoing);
	commit_result_release(&result);
	return status;
}

/* ---- what is noted beside the draft: points put off, paragraphs agreed ---- */

struct noting {
	struct app *app;
	struct app_doc *ad;
	uint64_t revision; /* of the doc before */
	bool agreements;   /* else points put off */
};

/* As it will be when it is committed. */
static void show_noted(void *arg, struct slice draft, struct slice beside)
{
	struct noting *n = arg;
	struct app_doc *ad = n->ad;
	struct error err = ERROR_INIT;

	app_side_read(n->app, ad);
	if (n->agreements) {
		agreed_release(&ad->agreed);
		(void)!agreed_read(beside, &ad->agreed, NULL, &err);
	} else {
		deferred_release(&ad->deferred);
		(void)!deferred_read(beside, &ad->deferred, NULL, &err);
	}
	ad->side_generation++;
	if (draft.len)
		doc_set_bytes(ad->doc, draft);
	ahead_show(n->app);
}

/* The session tells n what it is about to commit. */
static void note_begin(struct noting *n, struct app *app, struct doc *doc, bool agreements)
{
	*n = (struct noting){app, app_doc_of(doc), doc->revision, agreements};
	app->session.ahead = (struct session_ahead){show_noted, n};
}

static int note_end(struct noting *n, struct doc *doc, int status, struct commit_result *result)
{
	n->app->session.ahead = (struct session_ahead){NULL, NULL};
	if (status == 0) {
		end(n->app, doc, result, NULL);
	} else {
		if (doc->revision != n->revision)
			doc_take_back(doc);
		app_side_release(n->ad);
	}
	commit_result_release(result);
	return status;
}

static int defer(void *data, struct doc *doc, uint32_t point, struct slice reason,
		 struct slice until, struct error *err)
{
	struct app *app = data;
	struct commit_result result = COMMIT_RESULT_INIT;
	struct session_draft d;
	struct noting n;
	int status = begin(app, doc, &d, err);

	if (status < 0)
		return status;
	note_begin(&n, app, doc, false);
	status = session_defer(&app->session, &d, point, reason, until, &result, err);
	return note_end(&n, doc, status, &result);
}

static int undefer(void *data, struct doc *doc, uint32_t point, struct error *err)
{
	struct app *app = data;
	struct commit_result result = COMMIT_RESULT_INIT;
	struct session_draft d;
	struct noting n;
	int status = begin(app, doc, &d, err);

	if (status < 0)
		return status;
	note_begin(&n, app, doc, false);
	status = session_undefer(&app->session, &d, point, &result, err);
	return note_end(&n, doc, status, &result);
}

static int agree(void *data, struct doc *doc, size_t at, bool agreed, struct error *err)
{
	struct app *app = data;
	struct commit_result result = COMMIT_RESULT_INIT;
	struct session_draft d;
	struct noting n;
	int status = begin(app, doc, &d, err);

	if (status < 0)
		return status;
	note_begin(&n, app, doc, true);
	status = session_agree(&app->session, &d, at, agreed, &result, err);
	return note_end(&n, doc, status, &result);
}

static const struct deferred_list *deferred(void *data, struct doc *doc)
{
	app_side_read(data, app_doc_of(doc));
	return &app_doc_of(doc)->deferred;
}

static const struct agreed_list *agreed_of(void *data, struct doc *doc)
{
	app_side_read(data, app_doc_of(doc));
	return &app_doc_of(doc)->agreed;
}

static const struct positions *positions(void *data, struct doc *doc, uint16_t party)
{
	struct app_doc *ad = app_doc_of(doc);

	app_side_read(data, ad);
	return party < ad->n_positions ? &ad->positions[party] : NULL;
}

static unsigned side_generation(void *data, struct doc *doc)
{
	app_side_read(data, app_doc_of(doc));
	return app_doc_of(doc)->side_generation;
}

static int record_ready(void *data, struct doc *doc, struct error *err)
{
	struct session_draft d;

	return begin(data, doc, &d, err);
}

static int record_position(void *data, struct doc *doc, uint32_t point, uint16_t party,
			   const struct position *p, struct str *id, struct error *err)
{
	struct app *app = data;
	struct commit_result result = COMMIT_RESULT_INIT;
	struct str text = STR_INIT;
	struct session_draft d;
	int status = begin(app, doc, &d, err);

	if (status == 0)
		status = session_position(&app->session, &d,
					  &(struct session_position){point, party, p}, &text,
					  &result, err);
	if (status == 0) {
		/* The point has an id now, perhaps. */
		if (text.len)
			doc_set_bytes(doc, str_slice(&text));
		end(app, doc, &result, id);
	}
	str_release(&text);
	commit_result_release(&result);
	return status;
}

void app_chair_host(struct host *host)
{
	host->decide_ready = decide_ready;
	host->decide = decide;
	host->edit = edit;
	host->undo_decision = undo_decision;
	host->defer = defer;
	host->undefer = undefer;
	host->deferred = deferred;
	host->agree = agree;
	host->agreed = agreed_of;
	host->positions = positions;
	host->side_generation = side_generation;
	host->record_ready = record_ready;
	host->record_position = record_position;
}
