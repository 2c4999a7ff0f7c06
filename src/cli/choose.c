/* SPDX-License-Identifier: MIT */
#include "cli/choose.h"

#include "core/project.h"
#include "core/resolve.h"

#include <stdlib.h>
#include <string.h>

const char *choose_draft(const struct cli *c)
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

int choose_read(const struct cli *c, struct input *in, uint32_t *choices, bool *given,
		struct error *err)
{
	const char *draft = choose_draft(c);
	int rc = choose_all(in, cli_value(c, "choose"), choices, given, err);

	for (int i = 0; rc == 0 && i < c->argc; i++)
		if (c->argv[i] != draft)
			rc = choose_all(in, c->argv[i], choices, given, err);
	return rc;
}
