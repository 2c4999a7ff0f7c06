/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/input.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* adref edit, adref chair: the workbench, opened on one draft. */

const struct cli_option options_edit[] = {
	{"no-colour", 0, NULL, N_("use no colours")},
	{0},
};
const struct cli_option options_chair[] = {
	{"no-colour", 0, NULL, N_("use no colours")},
	{0},
};

enum exit_status open_workbench(const struct app_options *options)
{
	struct error err = ERROR_INIT;
	int rc;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
		cli_note(_("the workbench needs a terminal; \"adref help\" lists what works "
			   "without one"));
		return EXIT_USAGE;
	}
	rc = app_run(options, &err);
	return rc == 0 ? EXIT_DONE : cli_fail(&err);
}

static enum exit_status open_view(struct cli *c, const char *view)
{
	struct app_options options = {
		.view = view, .draft = c->argv[0], .no_colour = cli_has(c, "no-colour")};

	if (strcmp(c->argv[0], "-") == 0)
		return cli_usage(c,
				 _("standard input cannot be edited; give a name or a path"));
	return open_workbench(&options);
}

enum exit_status cmd_edit(struct cli *c)
{
	return open_view(c, "editor");
}

enum exit_status cmd_chair(struct cli *c)
{
	return open_view(c, "chair");
}
