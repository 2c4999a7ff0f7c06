/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/person.h"
#include "store/init.h"
#include "core/mem.h"
#include "store/session.h"
#include "store/workspace.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* adref init: makes a workspace. */

const struct cli_option options_init[] = {
	{"drivers", 0, NULL, N_("let git merge and compare drafts as adref does")},
	{"no-drivers", 0, NULL, N_("do not, and do not ask")},
	{"yes", 'y', NULL, N_("also inside of another workspace")},
	{0},
};

/* Whether git is to be told about drafts: as the options say, else as a person says. */
static bool wants_drivers(const struct cli *c)
{
	char line[16];

	if (cli_has(c, "drivers") || cli_has(c, "no-drivers"))
		return cli_has(c, "drivers");
	if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO))
		return false;
	fprintf(stderr, "%s ",
		_("Let git merge drafts word by word, instead of with conflict markers? "
		  "[Y/n]"));
	return fgets(line, sizeof(line), stdin) && !strchr("nN", line[0]);
}

/* The nearest folder that is there: the new one, or one above it. The caller's. */
static char *nearest(const char *folder)
{
	char *path = mem_strdup(folder), *real, *slash;

	while (!(real = realpath(*path ? path : ".", NULL)) && (slash = strrchr(path, '/')))
		*(slash == path ? slash + 1 : slash) = '\0';
	if (!real)
		real = realpath(".", NULL);
	free(path);
	return real;
}

/* A folder of a workspace has one already: who makes another there is mistaken, mostly. Where
 * no repository holds both, the folder above may be called drafts for any reason. */
static int look_above(const char *folder, struct error *err)
{
	char *at = nearest(folder), *own = realpath(folder, NULL);
	struct error ignored = ERROR_INIT;
	struct repo *repo = NULL;
	struct workspace ws;
	int rc = 0;

	if (!at || workspace_open(&ws, at, &ignored) < 0)
		goto done;
	if ((!own || strcmp(own, ws.root) != 0) && repo_open(&repo, ws.root, &ignored) == 0)
		rc = error_set(
			err, ST_EXISTS,
			_("%s is inside of the workspace %s, which has its drafts in %s: "
			  "work there (cd %s; a new draft is a file of drafts/); --yes "
			  "makes a second workspace all the same; nothing was written"),
			folder, ws.root, ws.folder, ws.root);
	workspace_release(&ws);
done:
	repo_free(repo);
	free(own);
	free(at);
	return rc;
}

static int make(struct cli *c, const char *folder, struct init_list *list, struct error *err)
{
	struct commit_result result = COMMIT_RESULT_INIT;
	struct repo *repo = NULL;
	bool unborn;
	int rc = cli_has(c, "yes") ? 0 : look_above(folder, err);

	if (rc < 0)
		return rc;
	rc = session_found(folder, &repo, &unborn, err);

	if (rc == 0) {
		struct error who = ERROR_INIT;
		rc = person_known(repo, &who);
		if (rc < 0)
			error_set(err, rc, _("%s; then run adref init again"), who.text);
	}
	if (rc == 0)
		rc = init_files(folder, list, err);
	/* Drafts that are there already begin the history where there is none. */
	if (rc == ST_EXISTS && unborn)
		rc = 0;
	if (rc == 0)
		rc = session_begin(folder, &result, err);
	for (size_t i = 0; rc == 0 && i < list->n; i++)
		str_addf(&c->out, "%s\n", list->v[i]);
	if (rc == 0 && !list->n)
		cli_note(_("the drafts that were there begin the history"));
	if (rc == 0 && result.warning.len)
		cli_note("%s", str_text(&result.warning));
	commit_result_release(&result);
	repo_free(repo);
	return rc;
}

enum exit_status cmd_init(struct cli *c)
{
	const char *folder = c->argc ? c->argv[0] : ".";
	struct init_list list = {NULL, 0, 0};
	struct error err = ERROR_INIT;
	enum exit_status status = EXIT_DONE;

	if (!*folder)
		return cli_usage(c, _("the folder's name is empty"));
	if (make(c, folder, &list, &err) != 0 ||
	    (wants_drivers(c) && setup_drivers(folder, true, &err) != 0))
		status = cli_fail(&err);
	else if (strcmp(folder, ".") == 0)
		cli_note(_("the workspace is ready; \"adref\" opens it"));
	else
		cli_note(_("the workspace is ready; \"adref %s\" opens it"), folder);
	init_list_release(&list);
	return status;
}
