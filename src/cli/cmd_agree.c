/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/input.h"
#include "core/draft.h"

#include <stdlib.h>

/* adref agree: notes that a paragraph is agreed ad referendum, or lists those that are. */

const struct cli_option options_agree[] = {
	{"back", 0, NULL, N_("it is not agreed any longer")},
	{0},
};

static const struct agreed *find_agreed(const struct agreed_list *list, const struct draft *d,
					struct input *in, uint32_t i)
{
	char hex[DIGEST_SHORT + 1];

	if (!paragraph_is_text(&d->v[i]))
		return NULL;
	draft_digest(d, input_text(in), input_brackets(in), i, hex);
	return agreed_find(list, hex);
}

/* Agreed paragraphs with their numbers; then those that no paragraph is any more. */
static void print_list(struct cli *c, struct input *in, const struct draft *d,
		       const struct agreed_list *list)
{
	bool *met = calloc(list->n + 1, sizeof(*met));

	for (uint32_t i = 0; met && i < d->n; i++) {
		const struct agreed *a = find_agreed(list, d, in, i);
		if (!a)
			continue;
		met[a - list->v] = true;
		str_addf(&c->out, "%4u  ", d->v[i].number);
		cli_show(c, slice_of(a->begins));
		str_addf(&c->out, _("  (agreed %s %s)\n"), a->meeting, a->date);
	}
	for (size_t k = 0; met && k < list->n; k++) {
		if (met[k])
			continue;
		str_add_text(&c->out, "   –  ");
		cli_show(c, slice_of(list->v[k].begins));
		str_addf(&c->out, _("  (reopened: its wording changed since %s %s)\n"),
			 list->v[k].meeting, list->v[k].date);
	}
	free(met);
}

static int list_agreed(struct cli *c, struct input *in, const struct draft *d,
		       struct error *err)
{
	struct agreed_list list;
	int rc = workspace_agreed(&in->session.ws, in->name, &list, NULL, err);

	if (rc == 0)
		print_list(c, in, d, &list);
	if (rc == 0 && !list.n)
		cli_note(_("%s: no paragraph is agreed yet"), in->label);
	agreed_release(&list);
	return rc;
}

static int agree(struct cli *c, struct input *in, struct error *err)
{
	struct commit_result result = COMMIT_RESULT_INIT;
	struct session_draft sd;
	struct draft d;
	uint32_t at;
	size_t number;
	int rc;

	if (in->kind != INPUT_NAME)
		return error_set(err, ST_USAGE,
				 _("%s: only paragraphs of a workspace's draft can be agreed; "
				   "give its name"),
				 in->label);
	draft_read(&d, input_text(in), input_brackets(in));
	if (c->argc < 2) {
		rc = list_agreed(c, in, &d, err);
		goto done;
	}
	if (!cli_number(c->argv[1], &number) || number > UINT32_MAX ||
	    (at = draft_paragraph_numbered(&d, (uint32_t)number)) == PARAGRAPH_NONE) {
		rc = error_set(err, ST_MISSING,
			       _("%s: no paragraph %s; it has paragraphs 1 to %zu"), in->label,
			       c->argv[1], d.n_paragraphs);
		goto done;
	}
	sd = input_draft(in);
	rc = input_signed(in, err);
	if (rc == 0)
		rc = session_agree(&in->session, &sd, d.v[at].begin, !cli_has(c, "back"),
				   &result, err);
	input_committed(&result, rc);
done:
	draft_release(&d);
	return rc;
}

enum exit_status cmd_agree(struct cli *c)
{
	struct error err = ERROR_INIT;
	enum exit_status status = EXIT_DONE;
	struct input in;

	if (input_open(&in, c->argv[0], &err) != 0 || agree(c, &in, &err) != 0)
		status = cli_fail(&err);
	input_release(&in);
	return status;
}
