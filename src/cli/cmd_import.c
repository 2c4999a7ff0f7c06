/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/input.h"
#include "core/mem.h"
#include "store/import.h"
#include "ui/imported.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* adref import: makes a draft of a foreign text, after showing what goes. */

const struct cli_option options_import[] = {
	{"name", 'n', N_("NAME"),
	 N_("call the draft NAME, or NAME/CODE (without it: as the file)")},
	{"output", 'o', N_("FILE"),
	 N_("write to FILE, - for standard output, instead of drafts/NAME.md")},
	{"dry-run", 0, NULL, N_("only show what would go")},
	{"yes", 'y', NULL, N_("do not ask")},
	{"track-changes", 0, N_("WHAT"),
	 N_("what becomes of the changes a .docx tracks: accept (if not said), reject, or "
	    "brackets: "
	    "open points, for whoever is called as a party")},
	{"keep-lines", 0, NULL, N_("leave line ends as they are")},
	{0},
};

#define GONE_SHOWN 40 /* characters of what goes */

static bool how_of(const char *word, enum tracked_how *how)
{
	static const char *const words[] = {[TRACKED_ACCEPT] = "accept",
					    [TRACKED_REJECT] = "reject",
					    [TRACKED_BRACKETS] = "brackets"};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strcmp(word, words[i]) == 0) {
			*how = (enum tracked_how)i;
			return true;
		}
	return false;
}

static int read_foreign(const char *path, const struct import_options *o, struct import *m,
			struct error *err)
{
	struct input in;
	int rc;

	if (strcmp(path, "-") != 0)
		return import_read(m, path, o, err);
	rc = input_open(&in, "-", err);
	if (rc == 0)
		import_text(m, str_slice(&in.bytes), o);
	input_release(&in);
	return rc;
}

/* What is taken and what goes, on standard error: how often, and each stretch that has words.
 */
static void show_changes(const struct import *m, const struct import_options *o)
{
	const struct unwrapped *u = &m->u;
	struct str said = STR_INIT;
	size_t begin = 0;

	imported_say(&said, u, &m->tracked, o->how, o->parties);
	for (size_t i = 0; i < said.len; i++)
		if (said.p[i] == '\n') {
			cli_note("%.*s", (int)(i - begin), said.p + begin);
			begin = i + 1;
		}
	if (o->how == TRACKED_ACCEPT && tracked_has_changes(&m->tracked))
		cli_note(_("--track-changes reject leaves them out, --track-changes brackets "
			   "makes them open points"));
	for (size_t i = 0; i < u->n; i++) {
		const struct unwrap_change *v = &u->v[i];
		int len = v->len > GONE_SHOWN ? GONE_SHOWN : (int)v->len;
		if (v->reason == UNWRAP_BOOKMARK || v->reason == UNWRAP_ATTRIBUTE ||
		    v->reason == UNWRAP_PAGE)
			cli_note(_("line %zu: \"%.*s\" goes: %s"), v->line, len,
				 u->gone.p + v->text, _(unwrap_reason_text(v->reason)));
	}
	if (!said.len)
		cli_note(_("nothing has to go"));
	str_release(&said);
}

/* The file's name made a draft's: what a name may not have becomes a hyphen. */
static char *draft_name(const char *path, const char *wanted)
{
	const char *base = strrchr(path, '/');
	char *name, *dot;

	if (wanted)
		return mem_strdup(wanted);
	name = mem_strdup(strcmp(path, "-") == 0 ? "imported" : base ? base + 1 : path);
	dot = strrchr(name, '.');
	if (dot && dot != name)
		*dot = '\0';
	for (char *p = name; *p; p++)
		if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.",
			    *p))
			*p = '-';
	return name;
}

/* A text stands in a folder of its draft, which the first one makes. */
static int make_folder(const struct workspace *ws, const char *path, struct error *err)
{
	char *folder = mem_strdup(path);
	int rc;

	*strrchr(folder, '/') = '\0';
	rc = file_make_dirs(ws->root, folder, 0777, err);
	free(folder);
	return rc;
}

/* What to do with it next; nothing is kept where there is no repository, or none that adref
 * reads. */
static void say_written(const struct workspace *ws, const char *path, const char *name)
{
	const char *file = workspace_short(ws, path);
	struct error none = ERROR_INIT;
	struct repo *repo = NULL;

	if (repo_open(&repo, ws->root, &none) == 0)
		cli_note(_("%s is written; \"adref edit %s\" opens it, \"adref commit %s\" "
			   "keeps it in the history"),
			 file, name, name);
	else
		cli_note(_("%s is written; \"adref edit %s\" opens it"), file, name);
	repo_free(repo);
}

/* drafts/NAME.md, or drafts/NAME/CODE.md, which must not be there yet. */
static int write_draft(const char *name, struct slice text, struct error *err)
{
	struct str path = STR_INIT;
	struct workspace ws;
	bool is_text;
	int rc = workspace_open(&ws, ".", err);

	if (rc < 0)
		return input_nowhere(err);
	is_text = workspace_is_text(&ws, name);
	if (!is_text && !workspace_name_is_valid(name)) {
		rc = error_set(
			err, ST_USAGE,
			strchr(name, '/')
				? _("%s: not a text's name; write NAME/CODE, of a draft and a "
				    "party "
				    "there are")
				: _("%s: not a draft's name; use letters, digits, - _ . and "
				    "--name"),
			name);
		goto done;
	}
	workspace_draft_path(&ws, name, &path);
	if (is_text)
		rc = make_folder(&ws, str_text(&path), err);
	if (rc == 0)
		rc = file_create(ws.root, str_text(&path), text, 0644, NULL, err);
	if (rc == 0)
		say_written(&ws, str_text(&path), name);
	if (rc == ST_EXISTS)
		error_set(err, rc, _("%s is there already; --name gives another name"),
			  workspace_short(&ws, str_text(&path)));
done:
	workspace_release(&ws);
	str_release(&path);
	return rc;
}

static int write_result(struct cli *c, struct slice text, struct error *err)
{
	const char *output = cli_value(c, "output");
	char *name;
	int rc;

	if (output && strcmp(output, "-") == 0) {
		str_add_slice(&c->out, text);
		return 0;
	}
	if (output)
		return file_create(NULL, output, text, 0644, NULL, err);
	name = draft_name(c->argv[0], cli_value(c, "name"));
	rc = write_draft(name, text, err);
	free(name);
	return rc;
}

/* Whose changes become whose points hangs on who the parties are. */
static void warn_of_parties(const struct workspace *ws, const struct error *nowhere)
{
	if (!ws && nowhere->status != ST_MISSING)
		cli_note(_("%s; the six regions stand for the parties"), _(nowhere->text));
	for (size_t i = 0; ws && i < ws->problems.n; i++) {
		const struct ws_problem *p = &ws->problems.v[i];

		if (strcmp(p->file, "drafts/regions.yaml") == 0)
			cli_note("%s:%zu:%zu: %s", p->file, p->at.line, p->at.column,
				 _(p->at.text));
	}
}

enum exit_status cmd_import(struct cli *c)
{
	const char *word = cli_value(c, "track-changes");
	struct import m = {.tracked.heading = 0};
	struct error err = ERROR_INIT, nowhere = ERROR_INIT;
	enum exit_status status = EXIT_DONE;
	struct import_options o = {.keep_lines = cli_has(c, "keep-lines")};
	struct parties regions;
	struct workspace ws;
	bool has_workspace;

	if (word && !how_of(word, &o.how))
		return cli_usage(c, _("%s: accept, reject or brackets"), word);
	has_workspace = workspace_open(&ws, ".", &nowhere) == 0;
	parties_init_regions(&regions);
	o.parties = has_workspace ? &ws.parties : &regions;
	if (o.how == TRACKED_BRACKETS)
		warn_of_parties(has_workspace ? &ws : NULL, &nowhere);
	if (read_foreign(c->argv[0], &o, &m, &err) != 0) {
		status = cli_fail(&err);
	} else {
		show_changes(&m, &o);
		if (!cli_has(c, "dry-run") && cli_goes_on(c) &&
		    write_result(c, str_slice(&m.u.text), &err) != 0)
			status = cli_fail(&err);
	}
	import_release(&m);
	parties_release(&regions);
	if (has_workspace)
		workspace_release(&ws);
	return status;
}
