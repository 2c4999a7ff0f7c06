/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "store/init.h"
#include "store/session.h"

/* adref init: makes a workspace. */

enum exit_status cmd_init(struct cli *c)
{
	const char *folder = c->argc ? c->argv[0] : ".";
	struct commit_result result = COMMIT_RESULT_INIT;
	struct init_list list = {NULL, 0, 0};
	struct error err = ERROR_INIT;
	enum exit_status status = EXIT_DONE;

	if (init_files(folder, &list, &err) != 0)
		return cli_fail(&err);
	for (size_t i = 0; i < list.n; i++)
		str_addf(&c->out, "%s\n", list.v[i]);
	if (session_begin(folder, &result, &err) != 0)
		status = cli_fail(&err);
	else
		cli_note(_("the workspace is ready; \"adref %s\" opens it"),
			 c->argc ? folder : "");
	commit_result_release(&result);
	init_list_release(&list);
	return status;
}
