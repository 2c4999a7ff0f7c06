/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/events.h"
#include "cli/input.h"
#include "cli/past.h"
#include "core/mem.h"
#include "core/restore.h"
#include "store/file.h"
#include "store/version.h"

#include <stdlib.h>
#include <string.h>

/* adref restore: brings back a draft, a paragraph or a point, as a new commit. */

const struct cli_option options_restore[] = {
	{"from", 0, N_("VERSION"), N_("the version, or the meeting, that has it (needed)")},
	{"point", 0, N_("POINT"), N_("only this point: its number or id in that version")},
	{"dry-run", 0, NULL, N_("only show what would change")},
	{"yes", 'y', NULL, N_("do not ask")},
	{0},
};

struct order {
	struct cli *c;
	char *name;
	const char *paragraph; /* NULL: none named */
	const char *from;
	struct str old;
};

static int make_edits(struct order *o, struct input *in, struct edits *e, struct error *err)
{
	const char *point = cli_value(o->c, "point");
	struct slice old = str_slice(&o->old), now = input_text(in);
	size_t n;

	if (point)
		return restore_point(old, now, slice_of(point), in->parties, e, err);
	if (o->paragraph && cli_number(o->paragraph, &n) && n < UINT32_MAX)
		return restore_paragraph(old, now, (uint32_t)n, e, err);
	if (o->paragraph)
		return restore_point(old, now, slice_of(o->paragraph), in->parties, e, err);
	restore_all(old, now, e);
	return 0;
}

static void add_subject(const struct order *o, const char *hex, struct str *out)
{
	str_addf(out, "%s: ", o->name);
	if (cli_has(o->c, "point"))
		str_addf(out, "point %s ", cli_value(o->c, "point"));
	else if (o->paragraph)
		str_addf(out, "paragraph %s ", o->paragraph);
	str_addf(out, "restored from %.12s", hex);
}

static int restore_here(struct order *o, struct input *in, const char *hex, struct error *err)
{
	struct edits edits = EDITS_INIT;
	struct str subject = STR_INIT;
	int rc = make_edits(o, in, &edits, err);

	if (rc == 0 && !edits.n) {
		cli_note(_("nothing had to change"));
	} else if (rc == 0) {
		input_preview(o->c, in, &edits);
		add_subject(o, hex, &subject);
		/* The preview is read before the question is. */
		if (!cli_has(o->c, "dry-run") && cli_flush(o->c) && cli_goes_on(o->c))
			rc = input_apply(o->c, in, &edits, str_slice(&subject), err);
	}
	edits_release(&edits);
	str_release(&subject);
	return rc;
}

/* A draft that was deleted: its file is written anew. */
static int restore_deleted(struct order *o, struct past *p, const char *hex, struct error *err)
{
	struct commit_result result = COMMIT_RESULT_INIT;
	struct str subject = STR_INIT;
	int rc;

	if (o->paragraph || cli_has(o->c, "point"))
		return error_set(err, ST_MISSING,
				 _("%s is deleted; bring back all of it first"), o->name);
	input_preview_texts(o->c, SLICE(""), str_slice(&o->old));
	add_subject(o, hex, &subject);
	if (cli_has(o->c, "dry-run") || !cli_flush(o->c) || !cli_goes_on(o->c)) {
		rc = 0;
	} else {
		rc = session_bring(&p->session, o->name, str_slice(&o->old),
				   str_slice(&subject), &result, err);
		input_committed(&result, rc);
	}
	str_release(&subject);
	return rc;
}

static int restore(struct order *o, struct error *err)
{
	struct named from = {.id = ""};
	struct input in;
	struct past p;
	int rc = past_open(&p, o->name, err);

	if (rc < 0)
		return rc;
	/* What is named from HEAD is another version now. */
	rc = session_go_on(&p.session, err);
	if (rc == 0)
		rc = past_read(&p, o->from, VERSION_MOST, &from, &o->old, err);
	if (rc == 0 && !p.there)
		rc = restore_deleted(o, &p, from.id, err);
	if (rc == 0 && p.there) {
		rc = input_open(&in, o->name, err);
		if (rc == 0)
			rc = restore_here(o, &in, from.id, err);
		input_release(&in);
	}
	named_release(&from);
	past_release(&p);
	return rc;
}

enum exit_status cmd_restore(struct cli *c)
{
	struct order o = {.c = c, .name = mem_strdup(c->argv[0]), .from = cli_value(c, "from")};
	struct error err = ERROR_INIT;
	enum exit_status status = EXIT_DONE;
	char *hash = strrchr(o.name, '#');

	if (hash) {
		*hash = '\0';
		o.paragraph = hash + 1;
	}
	if (!o.from)
		status = cli_usage(c,
				   _("%s from which version? say --from VERSION; adref log %s "
				     "lists them"),
				   c->argv[0], o.name);
	else if (restore(&o, &err) < 0)
		status = cli_fail(&err);
	str_release(&o.old);
	free(o.name);
	return status;
}
