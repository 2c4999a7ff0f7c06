/* SPDX-License-Identifier: MIT */
#include "core/verdict.h"
#include "session_inner.h"
#include "store/history.h"

#include <string.h>

/* Positions against the draft as it is, and as it was. */

#define LOOKS_BACK 2000 /* commits of the draft */

/* Every id that the draft ever had, found when first asked for. */
struct past {
	struct session *s;
	const char *name;
	bool read;
	struct str text; /* ids, each between spaces: " b3f2a b77 " */
};

/* Adds what stands in {#…} in the bytes. */
static void add_ids(struct past *p, struct slice bytes)
{
	for (size_t i = 0; i + 3 < bytes.len; i++) {
		const char *end;

		if (bytes.p[i] != '{' || bytes.p[i + 1] != '#')
			continue;
		end = memchr(bytes.p + i, '}', bytes.len - i < 80 ? bytes.len - i : 80);
		if (!end)
			continue;
		str_add_char(&p->text, ' ');
		str_add(&p->text, bytes.p + i + 2, (size_t)(end - bytes.p) - i - 2);
		str_add_char(&p->text, ' ');
	}
}

static bool visit(const struct version *c, void *arg)
{
	struct past *p = arg;
	struct error ignored = ERROR_INIT;
	struct str bytes = STR_INIT;

	if (c->files[0].blob[0] && repo_read_blob(p->s->repo, c->files[0].blob, FILE_MOST_DRAFT,
						  &bytes, &ignored) == 0)
		add_ids(p, str_slice(&bytes));
	str_release(&bytes);
	return false;
}

static void read_past(struct past *p)
{
	struct version none = VERSION_INIT;
	struct error ignored = ERROR_INIT;
	struct str path = STR_INIT;

	p->read = true;
	if (session_path(p->s, p->name, &path, &ignored) == 0)
		(void)history_find(p->s->repo,
				   &(struct history_search){.path = str_text(&path),
							    .match = visit,
							    .arg = p,
							    .changes = LOOKS_BACK},
				   &none, &ignored);
	version_release(&none);
	str_release(&path);
}

static bool was_there(void *arg, struct slice id)
{
	struct past *p = arg;
	struct str word = STR_INIT;
	bool found;

	if (!p->read)
		read_past(p);
	str_addf(&word, " %.*s ", (int)id.len, id.p);
	found = p->text.len && memmem(p->text.p, p->text.len, word.p, word.len);
	str_release(&word);
	return found;
}

void session_check_positions(struct session *s, const struct session_draft *d,
			     struct ws_problems *problems)
{
	const struct ws_draft *files = workspace_find(&s->ws, d->name);
	struct past past = {.s = s, .name = d->name};
	struct str file = STR_INIT;

	for (size_t i = 0; files && i < files->n_positions; i++) {
		struct yaml_problems found = {NULL, 0, 0};
		struct error err = ERROR_INIT;
		struct positions p;

		str_clear(&file);
		str_addf(&file, "%s.positions.yaml", files->positions[i]);
		if (workspace_positions(&s->ws, d->name, files->positions[i], &p, problems,
					&err) < 0)
			ws_problems_fail(problems, d->name, str_text(&file), err.text);
		verdict_check(d->b, d->text, &p, was_there, &past, &found);
		ws_problems_take(problems, d->name, str_text(&file), &found);
		positions_release(&p);
	}
	str_release(&past.text);
	str_release(&file);
}
