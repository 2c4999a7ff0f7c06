/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/input.h"
#include "core/mem.h"
#include "core/project.h"
#include "core/resolve.h"

#include <stdlib.h>
#include <string.h>

/* adref project: the draft as one party wants it (FORMAT.md, "Consolidation"), or as it would
 * stand were some points decided. */

const struct cli_option options_project[] = {
	{"as", 0, N_("CODE"), N_("the party, or base for the text before anybody's wish")},
	{"choose", 0, N_("POINT=CHOICE"),
	 N_("what if that point were decided so; several with commas between, or each with its "
	    "own --choose")},
	{0},
};

static int find_party(struct input *in, const char *code, uint16_t *party, struct error *err)
{
	*party = PARTY_NONE;
	if (!code || strcmp(code, "base") == 0)
		return 0;
	*party = party_find(in->parties, slice_of(code), NULL);
	if (*party == PARTY_NONE)
		return error_set(err, ST_USAGE,
				 _("%s: no such party; use a code of drafts/regions.yaml, "
				   "or base"),
				 code);
	return 0;
}

/* One "5=2". given: by point, whether there was one already. */
static int choose_one(struct input *in, struct slice word, uint32_t *choices, bool *given,
		      struct error *err)
{
	const char *sign = memchr(word.p, '=', word.len);
	struct error ignored = ERROR_INIT;
	struct choice choice;
	uint32_t point;
	char *name;
	int rc;

	if (!sign || sign == word.p)
		return error_set(err, ST_USAGE, _("%.*s: a choice is POINT=CHOICE, as in 5=2"),
				 (int)(word.len > 60 ? 60 : word.len), word.p);
	name = slice_dup(slice_make(word.p, (size_t)(sign - word.p)));
	rc = input_point(in, name, &point, err);
	free(name);
	if (rc < 0)
		return rc;
	word = slice_make(sign + 1, word.len - (size_t)(sign + 1 - word.p));
	if (choice_read(&choice, word, slice_make(NULL, 0), &ignored) < 0 ||
	    choice.kind != CHOOSE_OPTION)
		return error_set(
			err, ST_USAGE,
			_("point %u: what is chosen is an option's number, or 0 for no text"),
			point + 1);
	rc = resolve_allows(input_brackets(in), point, &choice, err);
	if (rc < 0)
		return input_refused(in, point, err);
	if (given[point])
		return error_set(err, ST_USAGE, _("point %u is chosen twice"), point + 1);
	given[point] = true;
	choices[point] = choice.option ? (uint32_t)choice.option - 1 : PROJECT_NO_TEXT;
	return 0;
}

static int choose_all(struct input *in, const char *list, uint32_t *choices, bool *given,
		      struct error *err)
{
	int rc = 0;

	while (rc == 0 && *list) {
		size_t len = strcspn(list, ", ");

		if (len)
			rc = choose_one(in, slice_make(list, len), choices, given, err);
		list += len + (list[len] != '\0');
	}
	return rc;
}

/* A choice for a point that is not there then changes nothing: better said. */
static void note_idle(struct input *in, const uint32_t *choices, const bool *given)
{
	size_t n = input_brackets(in)->n_points;
	bool *live = mem_array(NULL, n, sizeof(*live));

	project_live(input_brackets(in), choices, live);
	for (size_t i = 0; i < n; i++)
		if (given[i] && !live[i])
			cli_note(_("point %zu is inside a wording that is not taken: its "
				   "choice changes nothing"),
				 i + 1);
	free(live);
}

static int project(struct cli *c, struct input *in, const char *draft, struct error *err)
{
	const char *code = cli_value(c, "as"), *list = cli_value(c, "choose");
	uint32_t *choices = NULL;
	bool *given = NULL;
	uint16_t party;
	size_t n;
	int rc = find_party(in, code, &party, err);

	if (rc < 0)
		return rc;
	n = input_brackets(in)->n_points;
	choices = mem_array(NULL, n, sizeof(*choices));
	given = mem_zalloc((n + 1) * sizeof(*given));
	project_choices(input_brackets(in), party, choices);
	for (size_t i = 0; !code && i < n; i++)
		choices[i] = PROJECT_OPEN;
	if (list)
		rc = choose_all(in, list, choices, given, err);
	for (int i = 0; list && rc == 0 && i < c->argc; i++)
		if (c->argv[i] != draft)
			rc = choose_all(in, c->argv[i], choices, given, err);
	if (rc == 0) {
		note_idle(in, choices, given);
		if (code)
			project_text(input_brackets(in), input_text(in), choices, &c->out);
		else
			project_draft(input_brackets(in), input_text(in), choices, NULL,
				      &c->out);
	}
	free(choices);
	free(given);
	return rc;
}

/* The one argument that is no further choice ("5=2"); NULL where there is not exactly one. */
static const char *draft_of(const struct cli *c)
{
	const char *draft = NULL;

	if (c->argc == 1)
		return c->argv[0];
	for (int i = 0; i < c->argc; i++) {
		if (cli_has(c, "choose") && strchr(c->argv[i], '='))
			continue;
		if (draft)
			return NULL;
		draft = c->argv[i];
	}
	return draft;
}

enum exit_status cmd_project(struct cli *c)
{
	const char *draft = draft_of(c);
	struct error err = ERROR_INIT;
	enum exit_status status = EXIT_DONE;
	struct input in;

	if (!cli_has(c, "as") && !cli_has(c, "choose"))
		return cli_usage(c, _("as whom? give --as CODE or --as base, or --choose "
				      "POINT=CHOICE"));
	if (!draft)
		return cli_usage(c, _("one draft at a time"));
	if (input_open(&in, draft, &err) != 0 || project(c, &in, draft, &err) != 0)
		status = cli_fail(&err);
	input_release(&in);
	return status;
}
