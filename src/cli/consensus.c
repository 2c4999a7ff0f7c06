/* SPDX-License-Identifier: MIT */
#include "cli/consensus.h"

#include "cli/standings.h"
#include "cli/words.h"
#include "core/mem.h"
#include "core/wording.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A point that was in the list shown: it has positions, and so an id. */
struct shown {
	char *id;
	uint32_t option;
	char digest[DIGEST_SHORT + 1]; /* of the option, as it was shown */
};

struct plan {
	struct shown *v;
	size_t n, cap;
};

static void plan_release(struct plan *p)
{
	for (size_t i = 0; i < p->n; i++)
		free(p->v[i].id);
	free(p->v);
}

/* ---- what would be decided ---- */

static void add_codes(struct cli *c, const struct standings *st, size_t row, bool stale)
{
	const struct standing *cells = matrix_row_cells(&st->matrix, row);
	const char *join = "";

	for (size_t i = 0; i < st->matrix.n_parties; i++) {
		if (!cells[i].spoke || cells[i].stale != stale)
			continue;
		str_addf(&c->out, "%s%s", join, st->in.parties->v[i].code);
		join = ", ";
	}
}

static void print_place(struct cli *c, struct standings *st, size_t row)
{
	const struct brackets *b = input_brackets(&st->in);
	struct place at = input_place(&st->in, point_begin(b, &b->points[row]));

	str_addf(&c->out, _("  point %zu, line %zu: "), row + 1, at.line);
}

/* Who has not spoken and asks for something else in the text itself: the list is to be read
 * with that in mind, though only positions count. */
static void add_unheard(struct cli *c, struct standings *st, size_t row)
{
	const struct standing *cells = matrix_row_cells(&st->matrix, row);
	const char *join = _("; silent, but the text names ");

	for (size_t i = 0; i < st->matrix.n_parties; i++) {
		uint32_t k = cells[i].wrote_option;

		if (cells[i].spoke || !cells[i].wrote ||
		    verdict_outcome(input_brackets(&st->in), input_text(&st->in), (uint32_t)row,
				    k) == st->matrix.rows[row].verdict.option)
			continue;
		str_addf(&c->out, _("%s%s with option %u"), join, st->in.parties->v[i].code, k);
		join = ", ";
	}
}

static void print_decided(struct cli *c, struct standings *st, size_t row)
{
	const struct brackets *b = input_brackets(&st->in);
	const struct matrix_row *r = &st->matrix.rows[row];
	struct slice draft = input_text(&st->in);
	struct str text = STR_INIT;

	print_place(c, st, row);
	verdict_add_option(&c->out, &r->verdict, r->verdict.option, standings_translate);
	if (r->verdict.option > 0) {
		const struct option *o =
			point_option(b, &b->points[row], r->verdict.option - 1);

		brackets_without_ids(b, draft, o->begin, o->end, &text);
		str_add_text(&c->out, ", \"");
		wording_brief(&c->out, str_slice(&text), 60);
		str_add_char(&c->out, '"');
	}
	str_add_text(&c->out, " (");
	add_codes(c, st, row, false);
	str_add_char(&c->out, ')');
	if (r->verdict.stale) {
		str_add_text(&c->out, _("; not counted, on an older wording: "));
		add_codes(c, st, row, true);
	}
	add_unheard(c, st, row);
	str_add_char(&c->out, '\n');
	str_release(&text);
}

static void print_left(struct cli *c, struct standings *st, size_t row,
		       enum matrix_decides decides)
{
	print_place(c, st, row);
	if (decides == DECIDES_PUT_OFF) {
		str_addf(&c->out, _("all agree, but it is put off"));
	} else {
		str_add_text(&c->out,
			     _("all agree, but these spoke on an older wording, ask again: "));
		add_codes(c, st, row, true);
	}
	str_add_char(&c->out, '\n');
}

/* Prints the list; the points in it, outermost ones before those inside them. */
static void make_plan(struct cli *c, struct standings *st, struct plan *plan)
{
	const struct brackets *b = input_brackets(&st->in);
	struct slice draft = input_text(&st->in);

	for (size_t i = 0; i < st->matrix.n; i++) {
		const struct matrix_row *r = &st->matrix.rows[i];
		struct shown *one;

		if (matrix_decides(r) != DECIDES)
			continue;
		MEM_GROW(plan->v, plan->n, plan->cap);
		one = &plan->v[plan->n++];
		one->id = slice_dup(point_id(b, &b->points[i], draft));
		one->option = r->verdict.option;
		verdict_wording(b, draft, (uint32_t)i, one->option, one->digest);
		print_decided(c, st, i);
	}
	if (!plan->n)
		str_addf(&c->out, "  %s\n", _("no point on which all that spoke agree"));
	for (size_t i = 0; i < st->matrix.n; i++) {
		enum matrix_decides decides = matrix_decides(&st->matrix.rows[i]);

		if (decides == DECIDES_STALE || decides == DECIDES_PUT_OFF)
			print_left(c, st, i, decides);
	}
}

/* ---- deciding ---- */

/* What is printed so far must be seen before a question is answered. */
static bool go_on(struct cli *c, const struct plan *plan)
{
	char answer[16];

	if (cli_has(c, "yes"))
		return true;
	if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO)) {
		cli_note(_("nothing is decided yet; --yes decides it"));
		return false;
	}
	fwrite(str_text(&c->out), 1, c->out.len, stdout);
	fflush(stdout);
	str_clear(&c->out);
	fprintf(stderr,
		ngettext("Decide this point? [y/N] ", "Decide these %zu points? [y/N] ",
			 plan->n),
		plan->n);
	return fgets(answer, sizeof(answer), stdin) && (answer[0] == 'y' || answer[0] == 'Y');
}

/* The point as it is now, if it is still decided as it was shown. */
static bool still_stands(struct standings *st, const struct shown *s, uint32_t *point,
			 uint32_t *option)
{
	const struct brackets *b = input_brackets(&st->in);
	char digest[DIGEST_SHORT + 1];

	*point = brackets_by_id(b, input_text(&st->in), slice_of(s->id));
	if (*point == BRACKET_NONE || matrix_decides(&st->matrix.rows[*point]) != DECIDES)
		return false;
	*option = st->matrix.rows[*point].verdict.option;
	verdict_wording(b, input_text(&st->in), *point, *option, digest);
	return strcmp(digest, s->digest) == 0;
}

static int decide_point(struct cli *c, struct standings *st, uint32_t point, uint32_t option,
			struct error *err)
{
	struct choice choice = {.kind = CHOOSE_OPTION, .option = option};
	struct commit_result result = COMMIT_RESULT_INIT;
	struct session_draft d = input_draft(&st->in);
	const char *reason = cli_value(c, "reason");
	struct edits edits = EDITS_INIT;
	struct resolved what;
	int rc;

	resolved_init(&what);
	rc = resolve_point(&(struct bracketed){d.b, d.text, st->in.parties}, point, &choice,
			   &edits, &what, err);
	if (rc < 0)
		rc = input_refused(&st->in, point, err);
	if (rc == 0)
		rc = session_decide(&st->in.session, &d, &edits, &what,
				    slice_of(reason ? reason : "consensus"), &result, err);
	if (rc == 0)
		note_decided(what.number, &what);
	input_committed(&result, rc);
	edits_release(&edits);
	resolved_release(&what);
	return rc;
}

/* One point of the plan, on what is there now. */
static int decide_one(struct cli *c, const struct shown *s, struct error *err)
{
	struct standings st;
	uint32_t point, option;
	int rc = standings_open(&st, c->argv[0], err);

	if (rc == 0) {
		if (still_stands(&st, s, &point, &option))
			rc = decide_point(c, &st, point, option, err);
		else
			cli_note(_("point %s is left: it is gone, or not all agree any more"),
				 s->id);
	}
	standings_release(&st);
	return rc;
}

enum exit_status consensus_resolve(struct cli *c)
{
	struct plan plan = {NULL, 0, 0};
	struct error err = ERROR_INIT;
	enum exit_status status = EXIT_DONE;
	struct standings st;
	int rc = standings_open(&st, c->argv[0], &err);
	bool wanted;

	if (rc == 0) {
		standings_complain(&st);
		make_plan(c, &st, &plan);
	}
	wanted = rc == 0 && plan.n > 0 && !cli_has(c, "dry-run") && go_on(c, &plan);
	if (wanted)
		rc = input_signed(&st.in, &err);
	standings_release(&st);
	for (size_t i = 0; wanted && rc == 0 && i < plan.n; i++)
		rc = decide_one(c, &plan.v[i], &err);
	if (rc < 0)
		status = cli_fail(&err);
	plan_release(&plan);
	return status;
}
