/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/input.h"
#include "core/meeting.h"

/* adref position: records where a party stands on a point. */

const struct cli_option options_position[] = {
	{"strength", 's', N_("WORD"), N_("red-line, prefers or flexible")},
	{"source", 0, N_("DOCUMENT"), N_("where it is written, as in AFCP/12/4")},
	{"meeting", 'm', N_("CODE"), N_("where it was taken; the meeting that is now")},
	{"date", 'd', N_("DATE"), N_("when, as 2026-02-18; today")},
	{"note", 0, N_("TEXT"), N_("what should not be forgotten")},
	{"remove", 0, NULL, N_("the party has no position on this point any longer")},
	{"sign", 0, NULL, N_("sign it with your ssh key, whatever the setting says")},
	{"no-sign", 0, NULL, N_("do not sign it, whatever the setting says")},
	{0},
};

static char *given(const struct cli *c, const char *option)
{
	const char *value = cli_value(c, option);

	return (char *)(value ? value : "");
}

static int read_option(const struct cli *c, struct position *p, struct error *err)
{
	size_t n;

	if (c->argc < 5)
		return 0;
	if (!cli_number(c->argv[4], &n) || n > 999999)
		return error_set(err, ST_USAGE,
				 _("%s is no option's number; 0 stands for no text"),
				 c->argv[4]);
	p->has_option = true;
	p->option = (uint32_t)n;
	return 0;
}

static int read_position(const struct cli *c, struct position *p, struct error *err)
{
	const char *strength = cli_value(c, "strength"), *date = cli_value(c, "date");

	*p = (struct position){.source = given(c, "source"),
			       .meeting = given(c, "meeting"),
			       .date = given(c, "date"),
			       .note = given(c, "note")};
	if (c->argc < 4)
		return error_set(err, ST_USAGE,
				 _("where does it stand? supports, accepts, opposes, "
				   "reserves or none, then the option's number"));
	if (!stance_find(slice_of(c->argv[3]), &p->stance))
		return error_set(
			err, ST_USAGE,
			_("%s is no stance; use supports, accepts, opposes, reserves or none"),
			c->argv[3]);
	if (strength && !strength_find(slice_of(strength), &p->strength))
		return error_set(err, ST_USAGE,
				 _("%s is no strength; use red-line, prefers or flexible"),
				 strength);
	if (date && !date_is_valid(slice_of(date)))
		return error_set(err, ST_USAGE, _("%s is no date; write it as 2026-02-18"),
				 date);
	return read_option(c, p, err);
}

static int record(struct cli *c, struct input *in, struct error *err)
{
	struct commit_result result = COMMIT_RESULT_INIT;
	struct session_position what;
	struct str text = STR_INIT;
	struct session_draft d;
	struct position p;
	uint32_t point;
	uint16_t party;
	int rc;

	if (in->kind != INPUT_NAME)
		return error_set(err, ST_USAGE,
				 _("%s: positions are kept beside a workspace's draft; give "
				   "its name"),
				 in->label);
	rc = input_point(in, c->argv[1], &point, err);
	if (rc < 0)
		return rc;
	party = party_find(in->parties, slice_of(c->argv[2]), NULL);
	if (party == PARTY_NONE)
		return error_set(err, ST_USAGE,
				 _("%s: no such party; use a code of drafts/regions.yaml"),
				 c->argv[2]);
	if (!cli_has(c, "remove"))
		rc = read_position(c, &p, err);
	if (rc == 0)
		rc = input_signed(in, err);
	if (rc < 0)
		return rc;
	if (cli_has(c, "sign") || cli_has(c, "no-sign"))
		in->session.signing = cli_has(c, "sign") ? SIGNING_ON : SIGNING_OFF;
	d = input_draft(in);
	what = (struct session_position){point, party, cli_has(c, "remove") ? NULL : &p};
	rc = session_position(&in->session, &d, &what, &text, &result, err);
	/* What is wrong with another file is said of that one. */
	if (rc < 0 && rc != ST_DENIED && rc != ST_MISSING &&
	    !slice_starts(slice_of(err->text), in->label) &&
	    !slice_starts(slice_of(err->text), "drafts/") && err->text[0] != '/')
		rc = input_refused(in, point, err);
	input_committed(&result, rc);
	str_release(&text);
	return rc;
}

enum exit_status cmd_position(struct cli *c)
{
	struct error err = ERROR_INIT;
	enum exit_status status = EXIT_DONE;
	struct input in;

	if (cli_has(c, "remove") && c->argc > 3)
		return cli_usage(c, _("--remove takes no stance"));
	if (cli_has(c, "sign") && cli_has(c, "no-sign"))
		return cli_usage(c, _("either --sign or --no-sign"));
	if (input_open(&in, c->argv[0], &err) != 0 || record(c, &in, &err) != 0)
		status = cli_fail(&err);
	input_release(&in);
	return status;
}
