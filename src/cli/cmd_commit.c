/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/input.h"
#include "core/message.h"

/* adref commit: keeps a draft's edits in the history. */

const struct cli_option options_commit[] = {
	{"message", 'm', N_("TEXT"), N_("what the history says of it")},
	{"agreed", 0, N_("WHERE"),
	 N_("the edit was agreed: where, or by whom; for adref audit")},
	{0},
};

/* The message, with the trailer that says the edit was agreed where --agreed is given. */
static int make_message(struct cli *c, struct input *in, struct str *out, struct error *err)
{
	const char *message = cli_value(c, "message"), *agreed = cli_value(c, "agreed");
	struct message_about about = {in->name, session_meeting(&in->session),
				      &in->session.ws.parties, SLICE("")};
	struct str subject = STR_INIT;
	int rc = 0;

	if (message)
		str_add_text(&subject, message);
	else if (agreed)
		rc = session_propose(&in->session, in->name, &subject, err);
	if (rc == 0 && agreed)
		message_edit(out, &about, str_slice(&subject), slice_of(agreed));
	else
		str_add_slice(out, str_slice(&subject));
	str_release(&subject);
	return rc;
}

/* What was changed beside the draft and is not in the history: nobody is to think it is. */
static void say_left(struct input *in)
{
	struct error ignored = ERROR_INIT;
	struct str paths = STR_INIT;

	if (session_left(&in->session, in->name, &paths, &ignored) == 0 && paths.len)
		cli_note(_("changed by hand and not committed with it: %s; \"git add\" and "
			   "\"git "
			   "commit\" keep it"),
			 str_text(&paths));
	str_release(&paths);
}

enum exit_status cmd_commit(struct cli *c)
{
	struct str message = STR_INIT, texts = STR_INIT;
	struct commit_result result = COMMIT_RESULT_INIT;
	struct error err = ERROR_INIT;
	enum exit_status status = EXIT_DONE;
	struct input in;

	if (c->argc > 1)
		return cli_usage(c,
				 _("a commit is of one draft, with what belongs to it: adref "
				   "commit %s, then adref commit %s"),
				 c->argv[0], c->argv[1]);
	if (input_open(&in, c->argv[0], &err) != 0) {
		status = cli_fail(&err);
	} else if (!input_named(&in)) {
		status = cli_usage(c, _("%s is no draft of this workspace"), in.label);
	} else if (input_signed(&in, &err) != 0 || make_message(c, &in, &message, &err) != 0 ||
		   session_texts_waiting(&in.session, in.name, &texts, &err) != 0 ||
		   session_commit(&in.session, in.name, str_slice(&message), &result, &err) !=
			   0) {
		input_committed(&result, err.status);
		status = cli_fail(&err);
		if (err.status == ST_EXISTS)
			say_left(&in);
	} else {
		input_committed(&result, 0);
		if (texts.len)
			cli_note(_("texts committed with it: %s"), str_text(&texts));
		say_left(&in);
	}
	input_release(&in);
	str_release(&message);
	str_release(&texts);
	return status;
}
