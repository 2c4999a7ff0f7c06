/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/input.h"

/* adref commit: keeps a draft's edits in the history. */

const struct cli_option options_commit[] = {
	{"message", 'm', N_("TEXT"), N_("what the history says of it")},
	{0},
};

enum exit_status cmd_commit(struct cli *c)
{
	const char *message = cli_value(c, "message");
	struct commit_result result = COMMIT_RESULT_INIT;
	struct error err = ERROR_INIT;
	enum exit_status status = EXIT_DONE;
	struct input in;

	if (input_open(&in, c->argv[0], &err) != 0) {
		status = cli_fail(&err);
	} else if (in.kind != INPUT_NAME) {
		status = cli_usage(c, _("%s is no draft of this workspace"), in.label);
	} else if (input_signed(&in, &err) != 0 ||
		   session_commit(&in.session, in.name, slice_of(message ? message : ""),
				  &result, &err) != 0) {
		input_committed(&result, err.status);
		status = cli_fail(&err);
	} else {
		input_committed(&result, 0);
	}
	input_release(&in);
	return status;
}
