/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/consensus.h"
#include "cli/input.h"
#include "core/resolve.h"
#include "core/wording.h"

/* adref resolve: decides a point (FORMAT.md, "What a decision does"). */

const struct cli_option options_resolve[] = {
	{"text", 't', N_("TEXT"), N_("the new wording, for the choice \"text\"")},
	{"linked", 'l', NULL, N_("decide the points with the same wording alike")},
	{"reason", 'r', N_("TEXT"), N_("why, for the history")},
	{"dry-run", 'n', NULL, N_("only show what would change")},
	{"consensus", 'c', NULL, N_("every point on which all that spoke agree")},
	{"yes", 'y', NULL, N_("with --consensus: do not ask")},
	{0},
};

static int commit(struct input *in, const struct edits *edits, const struct resolved *what,
		  const char *reason, struct error *err)
{
	struct commit_result result = COMMIT_RESULT_INIT;
	struct session_draft d = input_draft(in);
	int rc = input_signed(in, err);

	if (rc == 0)
		rc = session_decide(&in->session, &d, edits, what,
				    slice_of(reason ? reason : ""), &result, err);
	input_committed(&result, rc);
	return rc;
}

#define WORDING_COLUMNS 50 /* of the point that has the number now */

/*
 * What was decided, where; and that the numbers after it are others now: the same
 * command once more would decide another point.
 */
static void say(const struct input *in, const struct edits *edits, struct resolved *what)
{
	struct str text = STR_INIT, now = STR_INIT;
	struct brackets b;

	cli_note(what->linked ? _("point %zu decided: %s, and %zu linked")
			      : _("point %zu decided: %s"),
		 what->number, str_text(&what->words), what->linked);
	cli_note(_("it stood in line %zu: %s"), what->line, str_text(&what->paragraph));
	edits_apply(edits, input_text(in), &text);
	brackets_read(&b, str_slice(&text), in->parties);
	if (what->number <= b.n_points) {
		const struct point *p = &b.points[what->number - 1];
		size_t from = point_begin(&b, p);

		wording_brief(&now, slice_make(text.p + from, point_end(&b, p) - from),
			      WORDING_COLUMNS);
		cli_note(_("the points after it have new numbers: point %zu is now %s"),
			 what->number, str_text(&now));
	}
	brackets_release(&b);
	str_release(&text);
	str_release(&now);
}

static int decide(struct cli *c, struct input *in, struct error *err)
{
	const char *text = cli_value(c, "text");
	struct edits edits = EDITS_INIT;
	struct resolved what;
	struct choice choice;
	uint32_t point;
	int rc;

	resolved_init(&what);
	rc = input_point(in, c->argv[1], &point, err);
	if (rc == 0)
		rc = choice_read(&choice, slice_of(c->argv[2]),
				 text ? slice_of(text) : slice_make(NULL, 0), err);
	if (rc < 0)
		goto done;
	rc = resolve_point(input_brackets(in), input_text(in), in->parties, point, &choice,
			   cli_has(c, "linked"), &edits, &what, err);
	if (rc < 0) {
		rc = input_refused(in, point, err);
		goto done;
	}
	if (cli_has(c, "dry-run"))
		input_preview(c, in, &edits);
	else if (in->kind == INPUT_NAME)
		rc = commit(in, &edits, &what, cli_value(c, "reason"), err);
	else
		rc = input_write(c, in, &edits, err);
	if (rc == 0 && !cli_has(c, "dry-run"))
		say(in, &edits, &what);
done:
	edits_release(&edits);
	resolved_release(&what);
	return rc;
}

enum exit_status cmd_resolve(struct cli *c)
{
	struct error err = ERROR_INIT;
	enum exit_status status = EXIT_DONE;
	struct input in;

	if (cli_has(c, "consensus")) {
		if (c->argc != 1 || cli_has(c, "linked") || cli_has(c, "text"))
			return cli_usage(c, _("--consensus takes a draft's name and nothing "
					      "else to decide"));
		return consensus_resolve(c);
	}
	if (c->argc != 3)
		return cli_usage(c, _("something is missing: which point, and which choice"));
	if (input_open(&in, c->argv[0], &err) != 0 || decide(c, &in, &err) != 0)
		status = cli_fail(&err);
	input_release(&in);
	return status;
}
