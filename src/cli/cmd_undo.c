/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/input.h"
#include "ui/told.h"

/* adref undo: undoes the last decision on a draft, by a commit that says so. */

const struct cli_option options_undo[] = {
	{"dry-run", 'n', NULL, N_("only say which decision it would be, and whose")},
	{"yes", 'y', NULL, N_("do not ask, also where it is somebody else's")},
	{0},
};

static void say_which(const struct session_undoing *u, struct str *out)
{
	told_undoing(out, u->point, str_slice(&u->decision), u->linked);
}

/* Whose it is, where it is not the user's; and whether it is to be undone all the same. */
static bool is_wanted(const struct cli *c, struct session_undoing *u)
{
	struct str what = STR_INIT;

	if (!u->whose.len)
		return true;
	say_which(u, &what);
	cli_note(_("this was decided by %s: %s"), str_text(&u->whose), str_text(&what));
	str_release(&what);
	return cli_goes_on(c);
}

static int undo_last(struct cli *c, struct input *in, struct session_undoing *u,
		     struct error *err)
{
	struct commit_result result = COMMIT_RESULT_INIT;
	struct session_draft d = input_draft(in);
	struct str what = STR_INIT;
	int rc = input_signed(in, err);

	if (rc == 0)
		rc = session_undo_find(&in->session, &d, 0, u, err);
	if (rc < 0 || !is_wanted(c, u))
		return rc;
	/* A decision made meanwhile has changed the draft: that is refused. */
	rc = session_undo(&in->session, &d, u, &result, err);
	say_which(u, &what);
	if (rc == 0)
		cli_note(_("undone: %s"), str_text(&what));
	input_committed(&result, rc);
	str_release(&what);
	return rc;
}

static int undo(struct cli *c, struct input *in, struct error *err)
{
	struct session_undoing u = SESSION_UNDOING_INIT;
	int rc;

	if (in->kind != INPUT_NAME)
		return error_set(err, ST_USAGE,
				 _("%s: only decisions on a workspace's draft can be undone; "
				   "give its name"),
				 in->label);
	if (!cli_has(c, "dry-run")) {
		rc = undo_last(c, in, &u, err);
	} else {
		rc = session_last(&in->session, in->name, &u, err);
		if (rc == 0) {
			say_which(&u, &c->out);
			str_addf(&c->out, "%s%s\n", u.whose.len ? " · " : "",
				 str_text(&u.whose));
		}
	}
	session_undoing_release(&u);
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
