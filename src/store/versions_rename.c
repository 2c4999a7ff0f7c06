/* SPDX-License-Identifier: MIT */
#include "core/diff.h"
#include "core/mem.h"
#include "git.h"
#include "versions_inner.h"

#include <git2.h>
#include <stdlib.h>
#include <string.h>

enum { CANDIDATES = 500, READ_MOST = 4 << 20 };
#define LEAST_ALIKE 0.5

/* Files a commit takes away: any could be what the added one was before. */
struct gone {
	char *path;
	char blob[REPO_HEX + 1];
};

struct gone_list {
	struct gone *v;
	size_t n, cap;
};

static void gone_release(struct gone_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		free(list->v[i].path);
	free(list->v);
}

static int collect(const git_diff_delta *delta, float progress, void *arg)
{
	struct gone_list *list = arg;

	(void)progress;
	if (delta->status != GIT_DELTA_DELETED || list->n >= CANDIDATES ||
	    (delta->old_file.mode & 0170000) != 0100000)
		return 0;
	MEM_GROW(list->v, list->n, list->cap);
	list->v[list->n].path = mem_strdup(delta->old_file.path);
	git_oid_tostr(list->v[list->n].blob, REPO_HEX + 1, &delta->old_file.id);
	list->n++;
	return 0;
}

static int find_gone(struct repo *r, const struct version *v, struct gone_list *list,
		     struct error *err)
{
	git_commit *commit = NULL, *parent = NULL;
	git_tree *to = NULL, *from = NULL;
	git_diff *diff = NULL;
	git_oid id;
	int rc = repo_id(v->id, &id, err);

	if (rc < 0)
		return rc;
	rc = git_commit_lookup(&commit, r->git, &id);
	if (rc == 0)
		rc = git_commit_parent(&parent, commit, 0);
	if (rc == 0)
		rc = git_commit_tree(&to, commit);
	if (rc == 0)
		rc = git_commit_tree(&from, parent);
	if (rc == 0)
		rc = git_diff_tree_to_tree(&diff, r->git, from, to, NULL);
	if (rc == 0)
		rc = git_diff_foreach(diff, collect, NULL, NULL, NULL, list);
	git_diff_free(diff);
	git_tree_free(from);
	git_tree_free(to);
	git_commit_free(parent);
	git_commit_free(commit);
	return rc < 0 ? gitlib_error(err, rc, N_("the history cannot be read")) : ST_OK;
}

static double likeness(struct repo *r, struct slice text, const char *blob)
{
	struct str other = STR_INIT;
	double alike = 0;

	/* A half of the words cannot be shared where one is thrice as long. */
	if (repo_read_blob(r, blob, READ_MOST, &other, NULL) == 0 &&
	    other.len <= 4 * text.len + 64 && text.len <= 4 * other.len + 64)
		alike = diff_likeness(str_slice(&other), text);
	str_release(&other);
	return alike;
}

int version_renamed(struct repo *r, const struct version *v, const struct version_file *file,
		    char **was, char before[REPO_HEX + 1], struct error *err)
{
	struct gone_list list = {NULL, 0, 0};
	struct gone *best = NULL;
	struct str text = STR_INIT;
	double most = LEAST_ALIKE;
	int rc;

	*was = NULL;
	if (v->n_parents != 1 || !*file->blob || *file->before)
		return ST_OK;
	rc = find_gone(r, v, &list, err);
	for (size_t i = 0; i < list.n && !best; i++)
		if (strcmp(list.v[i].blob, file->blob) == 0)
			best = &list.v[i];
	if (rc == ST_OK && list.n && !best &&
	    repo_read_blob(r, file->blob, READ_MOST, &text, NULL) == 0)
		for (size_t i = 0; i < list.n; i++) {
			double alike = likeness(r, str_slice(&text), list.v[i].blob);

			if (alike >= most && (!best || alike > most)) {
				best = &list.v[i];
				most = alike;
			}
		}
	if (rc == ST_OK && best && repo_path_is_sane(best->path)) {
		*was = mem_strdup(best->path);
		memcpy(before, best->blob, REPO_HEX + 1);
	}
	str_release(&text);
	gone_release(&list);
	return rc;
}
