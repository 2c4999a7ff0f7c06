/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "left.h"
#include "versions_inner.h"

#include <stdlib.h>
#include <string.h>

/*
 * Where one branch renamed a draft and another went on under its old name, merging them brings
 * both into one history. A walk knows one name at a time: which parents of its merges do not
 * have that name is kept in mind, and once it comes to the renaming, those that have the draft
 * as it was called before are walked with the rest.
 */

void version_tips_release(struct version_tips *t)
{
	free(t->v);
	*t = (struct version_tips){NULL, 0, 0};
}

static void add(struct version_tips *t, const char *id)
{
	for (size_t i = 0; i < t->n; i++)
		if (strcmp(t->v[i], id) == 0)
			return;
	MEM_GROW(t->v, t->n, t->cap);
	memcpy(t->v[t->n++], id, REPO_HEX + 1);
}

/* What cannot be looked at has it not. */
static bool has(struct repo *r, const char *commit, const char *name)
{
	char hex[REPO_HEX + 1];

	return repo_blob(r, commit, name, hex, NULL) == ST_OK;
}

void version_sides_note(struct version_tips *sides, struct repo *r, const struct version *merge,
			const char *name)
{
	for (size_t i = 0; i < merge->n_parents; i++)
		if (!has(r, merge->parents[i], name))
			add(sides, merge->parents[i]);
}

void version_sides_take(struct version_tips *sides, struct repo *r, const char *name,
			struct version_tips *to)
{
	size_t left = 0;

	for (size_t i = 0; i < sides->n; i++)
		if (has(r, sides->v[i], name))
			add(to, sides->v[i]);
		else
			memmove(sides->v[left++], sides->v[i], REPO_HEX + 1);
	sides->n = left;
}

bool version_parents_have(struct repo *r, const struct version *v, const char *name, bool all)
{
	size_t n = 0;

	for (size_t i = 0; i < v->n_parents; i++)
		n += has(r, v->parents[i], name);
	return all ? n == v->n_parents : n > 0;
}

bool version_at_parent(struct repo *r, const struct version *v, size_t parent,
		       char hex[REPO_HEX + 1], char **name)
{
	const struct version_file *f = &v->files[0];
	char *there = NULL;
	bool found;

	if (repo_blob(r, v->parents[parent], f->path, hex, NULL) == ST_OK)
		there = mem_strdup(f->path);
	else if (f->was && repo_blob(r, v->parents[parent], f->was, hex, NULL) == ST_OK)
		there = mem_strdup(f->was);
	else if (parent && (there = left_name_at(r, v, parent, f->path)) &&
		 repo_blob(r, v->parents[parent], there, hex, NULL) < 0) {
		free(there);
		there = NULL;
	}
	found = there != NULL;
	if (name)
		*name = there;
	else
		free(there);
	return found;
}
