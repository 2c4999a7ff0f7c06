/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/input.h"

/* adref defer: puts a point off, with a reason. */

const struct cli_option options_defer[] = {
	{"until", 'u', N_("MEETING"), N_("when it is to come up again")},
	{"back", 0, NULL, N_("it is not put off any longer")},
	{0},
};

static int defer(struct cli *c, struct input *in, struct error *err)
{
	const char *until = cli_value(c, "until");
	struct commit_result result = COMMIT_RESULT_INIT;
	struct session_draft d;
	uint32_t point;
	int rc = input_point(in, c->argv[1], &point, err);

	if (rc < 0)
		return rc;
	if (in->kind != INPUT_NAME)
		return error_set(err, ST_USAGE,
				 _("%s: only points of a workspace's draft can be put off; "
				   "give its name"),
				 in->label);
	if (!cli_has(c, "back") && c->argc < 3)
		return error_set(err, ST_USAGE, _("why? give the reason as the last argument"));
	d = input_draft(in);
	rc = input_signed(in, err);
	if (rc < 0)
		return rc;
	if (cli_has(c, "back"))
		rc = session_undefer(&in->session, &d, point, &result, err);
	else
		rc = session_defer(&in->session, &d, point, slice_of(c->argv[2]),
				   slice_of(until ? until : ""), &result, err);
	input_committed(&result, rc);
	return rc;
}

enum exit_status cmd_defer(struct cli *c)
{
	struct error err = ERROR_INIT;
	enum exit_status status = EXIT_DONE;
	struct input in;

	if (input_open(&in, c->argv[0], &err) != 0 || defer(c, &in, &err) != 0)
		status = cli_fail(&err);
	input_release(&in);
	return status;
}
