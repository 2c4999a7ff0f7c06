/* SPDX-License-Identifier: MIT */
#include "desk_inner.h"
#include "ui/doc.h"
#include "ui/tr.h"

#include <stdlib.h>
#include <string.h>

/* What the Desk asks: names, files, formats, yes or no. */

void desk_tell(struct desk *d, int rc, const struct error *err, const char *done)
{
	if (rc < 0)
		views_error(d->view.views, err);
	else if (done)
		views_message(d->view.views, MESSAGE_OK, "%s", done);
}

void desk_open_made(struct desk *d, int rc, const char *name, struct error *err)
{
	if (rc == 0) {
		desk_go_to(d, slice_make(name, strcspn(name, "/")));
		rc = d->host->open_view(d->host->data, "editor", name, SIZE_MAX, err);
	}
	desk_tell(d, rc, err, NULL);
}

static void new_named(void *arg, const struct slice *text);

static void ask_new_name(struct desk *d, struct slice initial)
{
	struct prompt_request r = {.label = _("Name of the new draft"),
				   .hint = _("letters without accents, digits, - _ ."),
				   .initial = initial,
				   .begun = true,
				   .done = new_named,
				   .arg = d};

	views_ask(d->view.views, &r);
}

static void new_named(void *arg, const struct slice *text)
{
	struct desk *d = arg;
	struct error err = ERROR_INIT;
	char *name;
	int rc;

	if (!text)
		return;
	name = slice_dup(*text);
	rc = d->host->new_draft(d->host->data, name, "", &err);
	desk_open_made(d, rc, name, &err);
	/* A name that cannot be is there to be mended. */
	if (rc == ST_USAGE || rc == ST_EXISTS)
		ask_new_name(d, slice_of(name));
	free(name);
}

static const struct prompt_choice formats[] = {
	{'d', "docx"},           {'o', "odt"}, {'h', "html"}, {'t', "txt"},
	{'c', N_("clean docx")}, {0, NULL},
};

static void export_chosen(void *arg, uint32_t key)
{
	struct desk *d = arg;
	const struct desk_row *r = desk_chosen(d);
	enum host_export format = key == 'o'   ? EXPORT_ODT
				  : key == 'h' ? EXPORT_HTML
				  : key == 't' ? EXPORT_TEXT
					       : EXPORT_DOCX;
	struct error err = ERROR_INIT;
	struct doc *doc;
	int rc;

	if (!key || !r)
		return;
	rc = d->host->open(d->host->data, r->name, &doc, &err);
	if (rc == 0) {
		rc = d->host->export(d->host->data, doc, format, key == 'c', &err);
		d->host->close(d->host->data, doc);
	}
	if (rc < 0)
		views_error(d->view.views, &err);
}

void desk_filter(struct desk *d, struct slice text)
{
	str_clear(&d->filter);
	str_add_slice(&d->filter, text);
	d->top = 0;
}

static void filter_typed(void *arg, struct slice text)
{
	desk_filter(arg, text);
}

static void filter_done(void *arg, const struct slice *text)
{
	filter_typed(arg, text ? *text : SLICE(""));
}

static void hooks_agreed(void *arg, uint32_t key)
{
	struct desk *d = arg;
	struct error err = ERROR_INIT;

	if (key == 'y')
		desk_tell(d, d->host->trust_hooks(d->host->data, true, &err), &err,
			  _("From now on this repository's hooks run with each commit."));
}

static void init_agreed(void *arg, uint32_t key)
{
	struct desk *d = arg;
	struct error err = ERROR_INIT;
	bool drafts = d->n_rows > 0;

	if (key == 'y')
		desk_tell(d, d->host->init(d->host->data, &err), &err,
			  views_message_text(d->view.views).len ? NULL
			  : drafts ? _("These drafts are in a repository now.")
				   : _("The workspace is ready. Enter opens the example."));
}

void desk_ask(struct desk *d, int action, struct slice arg)
{
	struct prompt_request r = {.arg = d};

	if (action == DESK_NEW && !arg.len) {
		ask_new_name(d, SLICE(""));
		return;
	}
	switch (action) {
	case DESK_NEW:
		r.done = new_named;
		break;
	case DESK_IMPORT:
		r.label = _("File to import");
		r.hint = _("a text, docx, odt or html file");
		r.history = "import";
		r.done = desk_import_file;
		break;
	case DESK_EXPORT:
		r.label = _("As which format?");
		r.choices = formats;
		r.chosen = export_chosen;
		break;
	default:
		r.label = _("Only drafts with");
		r.change = filter_typed;
		r.done = filter_done;
		break;
	}
	if (arg.len && r.done)
		r.done(d, &arg);
	else
		views_ask(d->view.views, &r);
}

void desk_ask_yes_no(struct desk *d, int action)
{
	if (action == DESK_INIT)
		views_ask_yes_no(d->view.views,
				 d->host->workspace(d->host->data)->place == PLACE_NO_GIT
					 ? _("Make a repository of this folder and its drafts?")
					 : _("Make a workspace in this folder?"),
				 init_agreed, d);
	else
		views_ask_yes_no(
			d->view.views,
			_("Hooks are programs of whoever made this repository. Let them run?"),
			hooks_agreed, d);
}
