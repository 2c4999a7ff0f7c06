/* SPDX-License-Identifier: MIT */
#include "cli/choose.h"
#include "cli/commands.h"
#include "cli/input.h"
#include "core/mem.h"
#include "core/project.h"

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

static int project(struct cli *c, struct input *in, struct error *err)
{
	const char *code = cli_value(c, "as");
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
	if (cli_has(c, "choose"))
		rc = choose_read(c, in, choices, given, err);
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

enum exit_status cmd_project(struct cli *c)
{
	const char *draft = choose_draft(c);
	struct error err = ERROR_INIT;
	enum exit_status status = EXIT_DONE;
	struct input in;

	if (!cli_has(c, "as") && !cli_has(c, "choose"))
		return cli_usage(c, _("as whom? give --as CODE or --as base, or --choose "
				      "POINT=CHOICE"));
	if (!draft)
		return cli_usage(c, _("one draft at a time"));
	if (input_open(&in, draft, &err) != 0 || project(c, &in, &err) != 0)
		status = cli_fail(&err);
	input_release(&in);
	return status;
}
