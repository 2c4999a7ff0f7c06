/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "git.h"
#include "lives_inner.h"
#include "trail.h"

#include <git2.h>
#include <stdlib.h>
#include <string.h>

/*
 * A merge that keeps its first parent's text is in no list of the text's
 * versions, though it may have left a branch's words behind (git merge -s ours).
 * Such a branch shows by its last version: none was made from it, and it is not
 * what stands there now. Where its text goes on to, commit by commit, the first
 * that has another one is the merge.
 */

/* So many branches left behind are looked for, the newest first: each costs a walk. */
enum { BRANCHES_MOST = 32 };

/* What is known of a commit on the way from the branch's last version. */
enum { OTHER, CARRIES };

static const char *blob_of(const struct version *v)
{
	return v->n_files ? v->files[0].blob : "";
}

static const char *blob_before(const struct version *v)
{
	return v->n_files ? v->files[0].before : "";
}

/* One line from the first version to the last, nothing beside it. */
static bool is_one_line(const struct lives *l, const char *now)
{
	const char *blob = NULL;

	for (size_t i = 0; i < l->n; i++) {
		const struct version *v = &l->v[i];

		if (!l->has_text[i])
			continue;
		if (v->n_parents > 1 || (blob && strcmp(blob_before(v), blob) != 0))
			return false;
		blob = blob_of(v);
	}
	return blob && strcmp(blob, now) == 0;
}

static bool carries(struct trail *known, const git_oid *id)
{
	size_t tag = OTHER;

	trail_add(known, id->id, 0, &tag);
	return tag == CARRIES;
}

/* Whether the commit has the branch's text; *merge: it is the one that left it. */
static bool look(struct repo *r, const git_oid *id, const struct version_file *f,
		 struct trail *known, bool *merge)
{
	git_commit *c = NULL;
	bool from = false, first = false, same;
	struct trail_side side = {0};
	git_oid blob, has;

	*merge = false;
	if (git_commit_lookup(&c, r->git, id) < 0)
		return false;
	for (unsigned i = 0; i < git_commit_parentcount(c); i++)
		if (carries(known, git_commit_parent_id(c, i))) {
			from = true;
			first = first || i == 0;
		}
	same = from && repo_id(f->blob, &blob, NULL) == 0;
	if (same) {
		int rc = trail_has(r->git, &side, git_commit_tree_id(c)->id, f->path, has.id);

		same = rc == 1 && git_oid_equal(&has, &blob);
		*merge = rc >= 0 && !same && !first;
	}
	trail_side_release(&side);
	git_commit_free(c);
	return same;
}

static bool find_merge(struct repo *r, const git_oid *tip, const struct version *last,
		       char hex[REPO_HEX + 1])
{
	struct trail known = {0};
	git_revwalk *w = NULL;
	git_oid id;
	size_t tag = CARRIES;
	bool found = false;

	if (repo_id(last->id, &id, NULL) < 0 || git_revwalk_new(&w, r->git) < 0)
		return false;
	git_revwalk_sorting(w, GIT_SORT_TOPOLOGICAL | GIT_SORT_REVERSE);
	trail_add(&known, id.id, 0, &tag);
	if (git_revwalk_push(w, tip) == 0 && git_revwalk_hide(w, &id) == 0)
		while (!found && git_revwalk_next(&id, w) == 0) {
			tag = look(r, &id, &last->files[0], &known, &found) ? CARRIES : OTHER;
			trail_add(&known, id.id, 0, &tag);
		}
	if (found)
		git_oid_tostr(hex, REPO_HEX + 1, &id);
	trail_release(&known);
	git_revwalk_free(w);
	return found;
}

/* After what it was made from and what it left, else by its time. */
static size_t place_of(const struct lives *l, const struct version *merge, size_t last)
{
	size_t at = 0;

	while (at < l->n &&
	       (!l->has_text[at] || strcmp(blob_of(&l->v[at]), blob_of(merge)) != 0))
		at++;
	at = at < last || at == l->n ? last + 1 : at + 1;
	while (at < l->n && l->v[at].committed < merge->committed)
		at++;
	return at;
}

static bool is_listed(const struct lives *l, const char *id)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->v[i].id, id) == 0)
			return true;
	return false;
}

/* The merge that left the version, with the text that stands there. */
static bool read_merge(struct repo *r, const char *hex, const char *path,
		       const struct version *left, struct version *out)
{
	if (history_read(r, hex, path, out, NULL) == 0 && *out->files[0].blob)
		return true;
	return history_read(r, hex, left->files[0].path, out, NULL) == 0;
}

/* By version: whether another one was made from it, or merged it. Caller frees. */
static bool *find_used(const struct lives *l, const struct lives_plan *plan)
{
	bool *used = mem_zalloc(l->n + 1);

	for (size_t i = 0; i < l->n; i++) {
		uint32_t base = plan->base[i];

		if (base != LIFE_NONE &&
		    strcmp(blob_of(&l->v[base]), blob_before(&l->v[i])) == 0)
			used[base] = true;
		for (size_t k = 0; k < plan->others[i].n; k++)
			used[plan->others[i].v[k]] = true;
	}
	return used;
}

void lives_add_left(struct lives *l, struct repo *r, const struct lives_ask *ask,
		    const char *now, void (*insert)(void *arg, size_t at, struct version *v),
		    void *arg)
{
	char tip[REPO_HEX + 1], hex[REPO_HEX + 1];
	struct version merge = VERSION_INIT;
	struct lives_plan plan;
	size_t looked = 0;
	bool *used;
	git_oid id;

	if (is_one_line(l, now) || repo_resolve(r, ask->revision, tip, NULL) < 0 ||
	    repo_id(tip, &id, NULL) < 0)
		return;
	lives_plan(l, r, 0, &plan);
	used = find_used(l, &plan);
	lives_plan_release(&plan);
	/* Newest first: what is put in does not move those that are still to be looked at. */
	for (size_t i = l->n; i-- > 0 && looked < BRANCHES_MOST;) {
		const char *blob = blob_of(&l->v[i]);

		if (!l->has_text[i] || used[i] || !*blob || strcmp(blob, now) == 0)
			continue;
		looked++;
		if (find_merge(r, &id, &l->v[i], hex) && !is_listed(l, hex) &&
		    read_merge(r, hex, ask->path, &l->v[i], &merge))
			insert(arg, place_of(l, &merge, i), &merge);
	}
	free(used);
	version_release(&merge);
}
