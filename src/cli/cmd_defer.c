/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/input.h"
#include "core/mem.h"
#include "core/near.h"

#include <stdlib.h>
#include <strings.h>

/* adref defer: puts a point off, with a reason. */

const struct cli_option options_defer[] = {
	{"until", 'u', N_("MEETING"), N_("when it is to come up again")},
	{"back", 0, NULL, N_("it is not put off any longer")},
	{0},
};

/* Any word is kept; one that says nothing to the calendar is most often a slip. */
static void look_at_until(const struct input *in, const char *until)
{
	const struct meetings *m = &in->session.ws.meetings;
	const char **codes = mem_array(NULL, m->n + 1, sizeof(*codes)), *near;

	for (size_t i = 0; i < m->n; i++)
		codes[i] = m->v[i].code;
	near = near_word(slice_of(until), codes, m->n);
	for (size_t i = 0; i < m->n; i++)
		if (strcasecmp(until, codes[i]) == 0)
			near = codes[i];
	if (meetings_know(m, slice_of(until)))
		near = NULL;
	else if (near)
		cli_note(_("until %s: no meeting of drafts/meetings.yaml has that code, nor is "
			   "it "
			   "a day; did you mean %s? It is kept as it stands"),
			 until, near);
	else
		cli_note(_("until %s: no meeting of drafts/meetings.yaml has that code, nor is "
			   "it "
			   "a day (2026-09-14); it is kept as it stands"),
			 until);
	free(codes);
}

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
	if (rc == 0 && !cli_has(c, "back") && until && *until)
		look_at_until(in, until);
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
