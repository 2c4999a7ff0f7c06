/* SPDX-License-Identifier: MIT */
#include "desk_inner.h"

#include "ui/tr.h"

#include <stdlib.h>

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
	struct prompt_request ask = {.label = _("Name of the draft"),
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

static void agreed(void *arg, uint32_t key)
{
	struct desk *d = arg;

	if (key == 'y')
		ask_first_name(d);
	else
		desk_import_end(d);
}

static void changes_chosen(void *arg, uint32_t key)
{
	struct desk *d = arg;

	d->changes_chosen = true;
	if (!key)
		desk_import_end(d);
	else if (key == 'a') /* as it was read */
		ask_first_name(d);
	else
		read_file(d, key == 'r' ? TRACKED_REJECT : TRACKED_BRACKETS);
}

static const struct prompt_choice changes[] = {
	{'a', N_("accepted")},
	{'r', N_("rejected")},
	{'b', N_("in brackets")},
	{0, NULL},
};

/* What goes may take several lines; the question never drowns in it. */
static void say_report(struct desk *d)
{
	struct slice all = str_slice(&d->import->report);
	struct str report = STR_INIT;

	while (all.len && all.p[all.len - 1] == '\n')
		all.len--;
	for (size_t at = 0; at < all.len; at++)
		if (all.p[at] == '\n')
			str_add_text(&report, "; ");
		else
			str_add_char(&report, all.p[at]);
	if (report.len)
		views_message(d->view.views, MESSAGE_INFO,
			      d->import->tracked ? _("About this file: %s")
						 : _("This goes: %s"),
			      str_text(&report));
	str_release(&report);
}

static void ask_whether(struct desk *d)
{
	struct prompt_request which = {.label = _("Import it, its tracked changes"),
				       .choices = changes,
				       .chosen = changes_chosen,
				       .arg = d};

	say_report(d);
	if (d->import->tracked)
		views_ask(d->view.views, &which);
	else
		views_ask_yes_no(d->view.views, _("Import it?"), agreed, d);
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
