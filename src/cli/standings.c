/* SPDX-License-Identifier: MIT */
#include "cli/standings.h"

#include "core/mem.h"
#include "core/wording.h"

#include <stdlib.h>
#include <string.h>

const char *standings_translate(const char *text)
{
	return gettext(text);
}

int standings_open(struct standings *st, const char *name, struct error *err)
{
	struct bracketed draft;
	struct error trouble = ERROR_INIT;
	int rc;

	memset(st, 0, sizeof(*st));
	rc = input_open(&st->in, name, err);
	if (rc < 0)
		return rc;
	if (st->in.kind != INPUT_NAME)
		return error_set(err, ST_USAGE,
				 _("%s: positions are kept beside a workspace's draft; give "
				   "its name"),
				 st->in.label);
	draft = input_bracketed(&st->in);
	draft_read(&st->draft, draft.draft, draft.b);
	workspace_all_positions(&st->in.session.ws, st->in.name, &st->positions, &st->problems);
	if (workspace_deferred(&st->in.session.ws, st->in.name, &st->deferred, &st->problems,
			       &trouble) < 0)
		cli_note("%s", trouble.text);
	matrix_read(&st->matrix, &draft, st->positions.given, &st->deferred);
	st->read = true;
	return 0;
}

void standings_release(struct standings *st)
{
	if (st->read) {
		matrix_release(&st->matrix);
		deferred_release(&st->deferred);
		ws_positions_release(&st->positions);
		draft_release(&st->draft);
	}
	ws_problems_release(&st->problems);
	input_release(&st->in);
}

const struct ws_problem *standings_problem(const struct standings *st, size_t *at)
{
	const struct ws_problems *ws = &st->in.session.ws.problems;
	struct str folder = STR_INIT;
	const struct ws_problem *found = NULL;

	if (*at < st->problems.n)
		return &st->problems.v[(*at)++];
	/* What the workspace found beside this draft, and of the regions. */
	str_addf(&folder, "drafts/%s/", st->in.name);
	while (!found && *at - st->problems.n < ws->n) {
		const struct ws_problem *p = &ws->v[(*at)++ - st->problems.n];
		struct slice file = slice_of(p->file);

		if (slice_starts(file, str_text(&folder)) ||
		    slice_is(file, "drafts/regions.yaml"))
			found = p;
	}
	str_release(&folder);
	return found;
}

void standings_complain(const struct standings *st)
{
	const struct ws_problem *p;
	size_t at = 0;

	while ((p = standings_problem(st, &at)))
		cli_note("%s:%zu:%zu: %s", p->file, p->at.line, p->at.column, _(p->at.text));
}

void standings_wording(const struct standings *st, uint32_t point, size_t columns,
		       struct str *out)
{
	const struct brackets *b = &st->in.brackets;
	const struct point *p = &b->points[point];
	struct slice draft = input_text(&st->in);
	struct str text = STR_INIT;

	if (p->n_options <= 1)
		str_add_char(&text, '[');
	for (size_t k = 0; k < p->n_options; k++) {
		const struct option *o = point_option(b, p, k);

		if (k > 0)
			str_add_text(&text, " / ");
		if (o->begin == o->end)
			str_add_text(&text, _("no text"));
		brackets_without_ids(b, draft, o->begin, o->end, &text);
	}
	/* A placeholder: what stands in its brackets. */
	if (p->n_options == 0)
		brackets_without_ids(b, draft, b->v[p->bracket].inner,
				     b->v[p->bracket].inner_end, &text);
	if (p->n_options <= 1)
		str_add_char(&text, ']');
	wording_brief(out, str_slice(&text), columns);
	str_release(&text);
}

int standings_names(struct cli *c, char ***names, struct error *err)
{
	size_t n = (size_t)c->argc;
	struct session s;
	char **list;
	int rc;

	if (c->argc > 0) {
		list = mem_zalloc((n + 1) * sizeof(*list));
		for (size_t i = 0; i < n; i++)
			list[i] = mem_strdup(c->argv[i]);
		*names = list;
		return 0;
	}
	rc = session_open(&s, NULL, err);
	if (rc < 0)
		return input_nowhere(err);
	list = mem_zalloc((s.ws.n + 1) * sizeof(*list));
	for (size_t i = 0; i < s.ws.n; i++)
		list[i] = mem_strdup(s.ws.v[i].name);
	session_release(&s);
	*names = list;
	return 0;
}

void standings_names_free(char **names)
{
	for (size_t i = 0; names && names[i]; i++)
		free(names[i]);
	free(names);
}
