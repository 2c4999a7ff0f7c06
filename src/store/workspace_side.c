/* SPDX-License-Identifier: MIT */
#include "store/workspace.h"

#include "core/mem.h"

#include <stdlib.h>

/* What stands beside a draft, read when it is asked for. */

/* Reads the bytes of a file beside a draft; none where it is not there. */
static int read_side(const struct workspace *ws, const char *path, struct str *yaml,
		     struct file_stamp *stamp, struct error *err)
{
	struct error trouble = ERROR_INIT;
	int rc = file_read(ws->root, path, WS_MOST_YAML, yaml, stamp, &trouble);

	if (rc == ST_MISSING)
		return 0;
	return rc < 0 ? error_set(err, trouble.status, "%s", trouble.text) : 0;
}

typedef int read_side_fn(struct slice yaml, void *list, struct yaml_problems *problems,
			 struct error *err);

static int read_with(const struct workspace *ws, const char *name, const char *file,
		     read_side_fn *read, void *list, struct ws_problems *problems,
		     struct error *err)
{
	struct yaml_problems found = {NULL, 0, 0};
	struct str path = STR_INIT, yaml = STR_INIT;
	int rc;

	if (!workspace_name_is_valid(name))
		return error_set(err, ST_USAGE, N_("%s: is no name of a draft"), name);
	workspace_side_path(ws, name, file, &path);
	rc = read_side(ws, str_text(&path), &yaml, NULL, err);
	if (rc == 0) {
		rc = read(str_slice(&yaml), list, &found, err);
		if (rc < 0)
			error_prefix(err, workspace_short(ws, str_text(&path)));
	}
	ws_problems_take(problems, name, file, &found);
	str_release(&path);
	str_release(&yaml);
	return rc;
}

static int read_agreed(struct slice yaml, void *list, struct yaml_problems *problems,
		       struct error *err)
{
	return agreed_read(yaml, list, problems, err);
}

static int read_deferred(struct slice yaml, void *list, struct yaml_problems *problems,
			 struct error *err)
{
	return deferred_read(yaml, list, problems, err);
}

static int read_positions(struct slice yaml, void *list, struct yaml_problems *problems,
			  struct error *err)
{
	return positions_read(yaml, list, problems, err);
}

int workspace_agreed(const struct workspace *ws, const char *name, struct agreed_list *list,
		     struct ws_problems *problems, struct error *err)
{
	*list = (struct agreed_list){NULL, 0, 0};
	return read_with(ws, name, "agreed.yaml", read_agreed, list, problems, err);
}

int workspace_deferred(const struct workspace *ws, const char *name, struct deferred_list *list,
		       struct ws_problems *problems, struct error *err)
{
	*list = (struct deferred_list){NULL, 0, 0};
	return read_with(ws, name, "deferred.yaml", read_deferred, list, problems, err);
}

int workspace_positions(const struct workspace *ws, const char *name, const char *code,
			struct positions *p, struct ws_problems *problems, struct error *err)
{
	struct str file = STR_INIT;
	int rc;

	*p = (struct positions){NULL, 0, 0};
	if (!workspace_name_is_valid(code))
		return error_set(err, ST_USAGE, N_("%s: is no party's code"), code);
	str_addf(&file, "%s.positions.yaml", code);
	rc = read_with(ws, name, str_text(&file), read_positions, p, problems, err);
	str_release(&file);
	return rc;
}

void workspace_party_positions(const struct workspace *ws, const char *name, uint16_t party,
			       struct positions *p, struct ws_problems *problems)
{
	const struct party *who = &ws->parties.v[party];
	struct str file = STR_INIT;

	*p = (struct positions){NULL, 0, 0};
	for (size_t i = 0; i <= who->n_aliases; i++) {
		const char *code = i ? who->aliases[i - 1] : who->code;
		struct error err = ERROR_INIT;
		struct positions more;

		if (!workspace_name_is_valid(code))
			continue;
		str_clear(&file);
		str_addf(&file, "%s.positions.yaml", code);
		if (workspace_positions(ws, name, code, &more, problems, &err) < 0)
			ws_problems_fail(problems, name, str_text(&file), err.text);
		positions_add(p, &more);
		positions_release(&more);
	}
	str_release(&file);
}

void workspace_all_positions(const struct workspace *ws, const char *name,
			     struct ws_positions *all, struct ws_problems *problems)
{
	all->n = ws->parties.n;
	all->v = mem_zalloc((all->n + 1) * sizeof(*all->v));
	all->given = mem_zalloc((all->n + 1) * sizeof(const struct positions *));
	for (size_t i = 0; i < all->n; i++) {
		workspace_party_positions(ws, name, (uint16_t)i, &all->v[i], problems);
		all->given[i] = &all->v[i];
	}
}

void ws_positions_release(struct ws_positions *all)
{
	for (size_t i = 0; i < all->n; i++)
		positions_release(&all->v[i]);
	free(all->v);
	free(all->given);
	*all = (struct ws_positions){NULL, NULL, 0};
}
