/* SPDX-License-Identifier: MIT */
#include "desk_inner.h"

#include "ui/tr.h"
#include "ui/view_notice.h"

#include <stdlib.h>
#include <string.h>

/*
 * A foreign file becomes a draft: it is read beside the keys, then it is said what goes, and
 * asked whether, and what becomes of tracked changes, for which it is read again; then what the
 * draft is called.
 */

bool desk_is_importing(const struct desk *d)
{
	return d->import && !d->import_read;
}

void desk_import_end(struct desk *d)
{
	if (d->import)
		d->host->import_close(d->host->data, d->import);
	d->import = NULL;
}

static void read_file(struct desk *d, enum tracked_how how)
{
	struct error err = ERROR_INIT;
	int rc;

	desk_import_end(d);
	d->import_read = false;
	rc = d->host->import_open(d->host->data, d->file, how, &d->import, &err);
	if (rc < 0)
		views_error(d->view.views, &err);
	else
		views_clear_message(d->view.views);
}

void desk_import_file(void *arg, const struct slice *path)
{
	struct desk *d = arg;

	if (!path)
		return;
	free(d->file);
	d->file = slice_dup(*path);
	d->changes_chosen = false;
	read_file(d, TRACKED_ACCEPT);
}

/* ---- what it is called ---- */

static void ask_name(struct desk *d, struct slice name, bool typed);

static void named(void *arg, const struct slice *text)
{
	struct desk *d = arg;
	struct error err = ERROR_INIT;
	char *name;
	int rc;

	if (!text) {
		desk_import_end(d);
		return;
	}
	name = slice_dup(*text);
	rc = d->host->import_make(d->host->data, d->import, name, &err);
	/* A name that cannot be is there to be mended. */
	if (rc == ST_USAGE || rc == ST_EXISTS) {
		views_error(d->view.views, &err);
		ask_name(d, slice_of(name), true);
	} else {
		desk_import_end(d);
		if (rc == 0) /* in place of what was said of the file */
			views_message(d->view.views, MESSAGE_OK,
				      _("Imported as %s; ^K commits it."), name);
		desk_open_made(d, rc, name, &err);
	}
	free(name);
}

static void ask_name(struct desk *d, struct slice name, bool typed)
{
	struct prompt_request ask = {.label =
					     _("Name of the draft (NAME/AFR: a region's text)"),
				     .initial = name,
				     .begun = typed,
				     .done = named,
				     .arg = d};

	views_ask(d->view.views, &ask);
}

/* The file's name as far as a draft can have it, as a proposal. */
static void propose_name(struct slice path, struct str *name)
{
	size_t begin = path.len, end;

	while (begin > 0 && path.p[begin - 1] != '/')
		begin--;
	for (end = path.len; end > begin && path.p[end - 1] != '.';)
		end--;
	end = end > begin + 1 ? end - 1 : path.len;
	for (size_t i = begin; i < end; i++) {
		char c = path.p[i];
		bool fine = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') ||
			    c == '-' || c == '_' || c == '.';
		str_add_char(name, fine ? c : '-');
	}
}

static void ask_first_name(struct desk *d)
{
	struct str name = STR_INIT;

	propose_name(slice_of(d->file), &name);
	ask_name(d, str_slice(&name), false);
	str_release(&name);
}

/* ---- what goes, and whether ---- */

static void list_report(struct desk *d)
{
	d->listing = true;
	views_clear_message(d->view.views);
	views_push(d->view.views,
		   view_notice_new(d->import->tracked ? _("About this file") : _("What goes"),
				   str_slice(&d->import->report)));
}

static void agreed(void *arg, uint32_t key)
{
	struct desk *d = arg;

	if (key == 'l')
		list_report(d);
	else if (key == 'y')
		ask_first_name(d);
	else
		desk_import_end(d);
}

static void changes_chosen(void *arg, uint32_t key)
{
	struct desk *d = arg;

	if (key == 'l') {
		list_report(d);
		return;
	}
	d->changes_chosen = true;
	if (!key)
		desk_import_end(d);
	else if (key == 'a') /* as it was read */
		ask_first_name(d);
	else
		read_file(d, key == 'r' ? TRACKED_REJECT : TRACKED_BRACKETS);
}

static const struct prompt_choice whether[] = {
	{'y', N_("yes")},
	{'n', N_("no")},
	{'l', N_("more")},
	{0, NULL},
};

static const struct prompt_choice changes[] = {
	{'a', N_("accepted")},
	{'r', N_("rejected")},
	{'b', N_("in brackets")},
	{'l', N_("more")},
	{0, NULL},
};

#define REPORT_COLS 60 /* what is said beside the question is one line on any screen */

/* As many lines of the report as one has room for; true: there is more of it. */
static bool brief_report(const struct desk *d, struct str *out)
{
	struct slice all = str_slice(&d->import->report);

	for (size_t at = 0, len; at < all.len; at += len + 1) {
		const char *lf = memchr(all.p + at, '\n', all.len - at);

		len = (lf ? (size_t)(lf - all.p) : all.len) - at;
		if (out->len && canvas_columns(out->p, out->len) + (int)len > REPORT_COLS) {
			str_add_text(out, "; \u2026");
			return true;
		}
		str_addf(out, "%s%.*s", out->len ? "; " : "", (int)len, all.p + at);
	}
	return canvas_columns(out->p, out->len) > REPORT_COLS;
}

static void ask_whether(struct desk *d)
{
	struct prompt_request ask = {
		.label = _("Import it?"), .choices = whether, .chosen = agreed, .arg = d};
	struct str report = STR_INIT;
	bool more = brief_report(d, &report);

	if (d->import->tracked) {
		ask.label = _("Import it, its tracked changes");
		ask.choices = changes;
		ask.chosen = changes_chosen;
	}
	if (report.len)
		views_message(d->view.views, MESSAGE_INFO,
			      d->import->tracked ? _("About this file: %s")
						 : _("This goes: %s"),
			      str_text(&report));
	if (more || d->import->tracked)
		views_ask(d->view.views, &ask);
	else
		views_ask_yes_no(d->view.views, ask.label, agreed, d);
	str_release(&report);
}

void desk_import_shown(struct desk *d)
{
	/* A changed setting, too, shows every view anew. */
	if (!d->listing || views_top(d->view.views) != &d->view)
		return;
	d->listing = false;
	ask_whether(d);
}

bool desk_import_step(struct desk *d)
{
	struct error err = ERROR_INIT;
	int rc;

	/* Whatever is being typed or asked now is finished first. */
	if (!desk_is_importing(d) || views_is_asking(d->view.views))
		return false;
	rc = d->host->import_step(d->host->data, d->import, &err);
	if (rc > 0)
		return true;
	if (rc < 0) {
		desk_import_end(d);
		views_error(d->view.views, &err);
		return false;
	}
	d->import_read = true;
	if (d->changes_chosen)
		ask_first_name(d);
	else
		ask_whether(d);
	return false;
}
