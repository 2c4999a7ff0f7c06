/* SPDX-License-Identifier: MIT */
#include "cli/choose.h"
#include "cli/commands.h"
#include "cli/consensus.h"
#include "cli/input.h"
#include "cli/words.h"
#include "core/mem.h"
#include "core/package.h"
#include "core/project.h"
#include "core/resolve.h"
#include "core/wording.h"

#include <stdlib.h>

/* adref resolve: decides a point (FORMAT.md, "What a decision does"). */

const struct cli_option options_resolve[] = {
	{"text", 't', N_("TEXT"), N_("the new wording, for the choice \"text\"")},
	{"linked", 'l', NULL, N_("decide the points with the same wording alike")},
	{"reason", 'r', N_("TEXT"), N_("why, for the history")},
	{"dry-run", 'n', NULL, N_("only show what would change")},
	{"choose", 0, N_("POINT=CHOICE"),
	 N_("decide several together, a commit each; several with commas between, or each with "
	    "its own --choose")},
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

	note_decided(what->number, what);
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
	struct bracketed draft;
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
	choice.linked = cli_has(c, "linked");
	draft = input_bracketed(in);
	rc = resolve_point(&draft, point, &choice, &edits, &what, err);
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

/* ---- several points together ---- */

/* What was decided before it failed, and what was not. */
static void say_how_far(const struct package *p, size_t done)
{
	struct str decided = STR_INIT, open = STR_INIT;

	for (size_t i = 0; i < p->n; i++) {
		struct str *list = i < done ? &decided : &open;

		str_addf(list, "%s%u", list->len ? ", " : "", p->v[i].point + 1);
	}
	if (done)
		cli_note(_("decided before that, by the numbers they had: %s; still open: %s"),
			 str_text(&decided), str_text(&open));
	else
		cli_note(_("none of them is decided: %s"), str_text(&open));
	str_release(&decided);
	str_release(&open);
}

/* A commit each; each is of the text that the one before it left. */
static int commit_package(struct cli *c, struct input *in, struct package *p, struct error *err)
{
	const char *reason = cli_value(c, "reason");
	struct str text = STR_INIT, after = STR_INIT;
	size_t done = 0;
	int rc = input_signed(in, err);

	str_add_slice(&text, input_text(in));
	for (; rc == 0 && done < p->n; done += rc == 0) {
		struct package_step *s = &p->v[done];
		struct session_draft d = {.name = in->name, .text = str_slice(&text)};
		struct commit_result result = COMMIT_RESULT_INIT;

		rc = session_decide(&in->session, &d, &s->edits, &s->what,
				    slice_of(reason ? reason : ""), &result, err);
		input_committed(&result, rc);
		if (rc < 0)
			break;
		note_decided(s->point + 1, &s->what);
		str_clear(&after);
		edits_apply(&s->edits, str_slice(&text), &after);
		str_clear(&text);
		str_add_slice(&text, str_slice(&after));
	}
	if (rc < 0)
		say_how_far(p, done);
	str_release(&text);
	str_release(&after);
	return rc;
}

/* A file, or standard input: all of it or nothing. */
static int write_package(struct cli *c, struct input *in, struct package *p, struct error *err)
{
	struct edits edits = EDITS_INIT;
	int rc;

	edits_add(&edits, 0, input_text(in).len, p->text.p, p->text.len);
	rc = input_write(c, in, &edits, err);
	edits_release(&edits);
	for (size_t i = 0; rc == 0 && i < p->n; i++)
		note_decided(p->v[i].point + 1, &p->v[i].what);
	return rc;
}

/* Whoever names points together wants all of them: nothing is done where one cannot be. */
static int check_package(struct input *in, const struct package *p, struct error *err)
{
	if (p->n_left) {
		error_set(err, ST_USAGE, _("point %u cannot be decided with the others: %s"),
			  p->left[0].point + 1, _(p->left[0].why));
		return input_refused(in, p->left[0].point, err);
	}
	if (!p->n)
		return error_set(err, ST_USAGE, _("--choose names no point; say POINT=CHOICE"));
	return 0;
}

static int decide_package(struct cli *c, struct input *in, struct error *err)
{
	size_t n = input_brackets(in)->n_points;
	uint32_t *choices = mem_array(NULL, n, sizeof(*choices));
	bool *given = mem_zalloc(n + 1);
	struct package_ask ask = {.b = input_brackets(in),
				  .draft = input_text(in),
				  .parties = in->parties,
				  .choices = choices,
				  .named = true};
	struct package p = {.n = 0};
	int rc;

	for (size_t i = 0; i < n; i++)
		choices[i] = PROJECT_OPEN;
	rc = choose_read(c, in, choices, given, err);
	if (rc == 0) {
		package_make(&p, &ask);
		rc = check_package(in, &p, err);
	}
	if (rc < 0)
		;
	else if (cli_has(c, "dry-run"))
		input_preview_texts(c, input_text(in), str_slice(&p.text));
	else if (in->kind == INPUT_NAME)
		rc = commit_package(c, in, &p, err);
	else
		rc = write_package(c, in, &p, err);
	package_release(&p);
	free(choices);
	free(given);
	return rc;
}

static bool has_other_ways(const struct cli *c)
{
	return cli_has(c, "linked") || cli_has(c, "text");
}

enum exit_status cmd_resolve(struct cli *c)
{
	bool together = cli_has(c, "choose");
	const char *draft = together ? choose_draft(c) : c->argv[0];
	struct error err = ERROR_INIT;
	enum exit_status status = EXIT_DONE;
	struct input in;

	if (cli_has(c, "consensus")) {
		if (c->argc != 1 || has_other_ways(c) || together)
			return cli_usage(c, _("--consensus takes a draft's name and nothing "
					      "else to decide"));
		return consensus_resolve(c);
	}
	if (together && (!draft || has_other_ways(c)))
		return cli_usage(c, _("--choose takes one draft and nothing else to decide"));
	if (!together && c->argc > 3)
		return cli_usage(c, _("\"%s\" is one word too many"), c->argv[3]);
	if (!together && c->argc < 3)
		return cli_usage(c, _("something is missing: which point, and which choice"));
	if (input_open(&in, draft, &err) != 0 ||
	    (together ? decide_package(c, &in, &err) : decide(c, &in, &err)) != 0)
		status = cli_fail(&err);
	input_release(&in);
	return status;
}
