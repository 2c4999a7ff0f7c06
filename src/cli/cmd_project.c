/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/input.h"
#include "core/mem.h"
#include "core/project.h"

#include <stdlib.h>
#include <string.h>

/* adref project: the draft as one party wants it (FORMAT.md, "Consolidation"). */

const struct cli_option options_project[] = {
	{"as", 0, N_("CODE"), N_("the party, or base for the text before anybody's wish")},
	{0},
};

static int find_party(struct input *in, const char *code, uint16_t *party, struct error *err)
{
	*party = PARTY_NONE;
	if (strcmp(code, "base") == 0)
		return 0;
	*party = party_find(in->parties, slice_of(code), NULL);
	if (*party == PARTY_NONE)
		return error_set(err, ST_USAGE,
				 _("%s: no such party; use a code of drafts/regions.yaml, "
				   "or base"),
				 code);
	return 0;
}

enum exit_status cmd_project(struct cli *c)
{
	const char *code = cli_value(c, "as");
	struct error err = ERROR_INIT;
	enum exit_status status = EXIT_DONE;
	uint32_t *choices = NULL;
	struct input in;
	uint16_t party;

	if (!code)
		return cli_usage(c, _("as whom? give --as CODE or --as base"));
	if (input_open(&in, c->argv[0], &err) != 0 ||
	    find_party(&in, code, &party, &err) != 0) {
		status = cli_fail(&err);
	} else {
		choices = mem_array(NULL, input_brackets(&in)->n_points, sizeof(*choices));
		project_choices(input_brackets(&in), party, choices);
		project_text(input_brackets(&in), input_text(&in), choices, &c->out);
		free(choices);
	}
	input_release(&in);
	return status;
}
