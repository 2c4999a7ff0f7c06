/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/input.h"
#include "core/draft.h"
#include "core/reference.h"

/* adref renumber: clauses in sequence, and the references to them. */

const struct cli_option options_renumber[] = {
	{"dry-run", 'n', NULL, N_("only show what would change")},
	{0},
};

static int renumber(struct cli *c, struct input *in, struct error *err)
{
	struct edits edits = EDITS_INIT;
	struct str subject = STR_INIT;
	struct draft d;
	size_t n;
	int rc = 0;

	draft_read(&d, input_text(in), input_brackets(in));
	n = draft_renumber(&d, input_text(in), input_brackets(in), &edits);
	str_addf(&subject, "%s: clauses renumbered", in->name);
	if (cli_has(c, "dry-run"))
		input_preview(c, in, &edits);
	else if (n || in->kind == INPUT_STDIN)
		rc = input_apply(c, in, &edits, str_slice(&subject), err);
	if (rc == 0)
		cli_note(ngettext("%zu clause renumbered", "%zu clauses renumbered", n), n);
	draft_release(&d);
	edits_release(&edits);
	str_release(&subject);
	return rc;
}

enum exit_status cmd_renumber(struct cli *c)
{
	struct error err = ERROR_INIT;
	enum exit_status status = EXIT_DONE;
	struct input in;

	if (input_open(&in, c->argv[0], &err) != 0 || renumber(c, &in, &err) != 0)
		status = cli_fail(&err);
	input_release(&in);
	return status;
}
