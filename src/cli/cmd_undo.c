/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/input.h"

/* adref undo: undoes the last decision on a draft, by a commit that says so. */

const struct cli_option options_undo[] = {
	{"dry-run", 'n', NULL, N_("only say which decision it would be")},
	{0},
};

static int undo(struct cli *c, struct input *in, struct error *err)
{
	struct commit_result result = COMMIT_RESULT_INIT;
	struct session_undoing undoing = SESSION_UNDOING_INIT;
	struct str what = STR_INIT;
	struct session_draft d;
	int rc;

	if (in->kind != INPUT_NAME)
		return error_set(err, ST_USAGE,
				 _("%s: only decisions on a workspace's draft can be undone; "
				   "give its name"),
				 in->label);
	d = input_draft(in);
	if (cli_has(c, "dry-run")) {
		rc = session_last(&in->session, in->name, &what, err);
		if (rc == 0)
			str_addf(&c->out, "%s\n", str_text(&what));
	} else {
		rc = input_signed(in, err);
		if (rc == 0)
			rc = session_undo_find(&in->session, &d, 0, &undoing, err);
		if (rc == 0)
			rc = session_undo(&in->session, &d, &undoing, &result, err);
		if (rc == 0)
			cli_note(_("undone: %s"), str_text(&undoing.what));
		input_committed(&result, rc);
	}
	session_undoing_release(&undoing);
	str_release(&what);
	return rc;
}

enum exit_status cmd_undo(struct cli *c)
{
	struct error err = ERROR_INIT;
	enum exit_status status = EXIT_DONE;
	struct input in;

	if (input_open(&in, c->argv[0], &err) != 0 || undo(c, &in, &err) != 0)
		status = cli_fail(&err);
	input_release(&in);
	return status;
}
