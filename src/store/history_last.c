/* SPDX-License-Identifier: MIT */
#include "store/history.h"

#include "core/mem.h"
#include "git.h"
#include "trail.h"

#include <git2.h>
#include <stdlib.h>
#include <string.h>

/*
 * Each path follows one line of commits, as `git log -1` does: at each commit
 * to the first parent that has the same text. Paths that are at the same
 * commit are looked at together: `group` lists them.
 */

#define NOBODY SIZE_MAX

struct last_path {
	char *path;
	struct history_entry entry;
	size_t next; /* the next path of the same group, or NOBODY */
};

struct history_last {
	struct repo *r;
	struct last_path *v;
	size_t n;
	size_t *groups; /* the first path of each group, or NOBODY; by the trail's tag */
	size_t n_groups, cap_groups;
	struct trail trail;
	struct trail_side at, before;
};

static void move_to(struct history_last *h, size_t path, const git_oid *id, int64_t time)
{
	size_t group = h->n_groups;

	if (trail_add(&h->trail, id->id, time, &group)) {
		MEM_GROW(h->groups, h->n_groups, h->cap_groups);
		h->groups[h->n_groups++] = NOBODY;
	} else if (h->groups[group] == NOBODY) {
		/* It was looked at already, for other paths (a clock went back). */
		trail_add_again(&h->trail, id->id, time, group);
	}
	h->v[path].next = h->groups[group];
	h->groups[group] = path;
}

int history_last_new(struct history_last **out, struct repo *r, const char *revision,
		     const char *const *paths, size_t n, struct error *err)
{
	struct history_last *h;
	char hex[REPO_HEX + 1];
	git_oid id;
	int rc;

	for (size_t i = 0; i < n; i++)
		if (!repo_path_is_sane(paths[i]))
			return error_set(err, ST_USAGE, N_("%s: not a path in a repository"),
					 paths[i]);
	rc = strcmp(revision, "HEAD") == 0 ? repo_tip(r, hex, err)
					   : repo_resolve(r, revision, hex, err);
	if (rc < 0 && !(rc == ST_MISSING && strcmp(revision, "HEAD") == 0))
		return rc;
	h = mem_zalloc(sizeof(*h));
	h->r = r;
	h->n = n;
	h->v = mem_zalloc((n + 1) * sizeof(*h->v));
	for (size_t i = 0; i < n; i++)
		h->v[i].path = mem_strdup(paths[i]);
	if (rc == ST_OK && repo_id(hex, &id, NULL) == ST_OK)
		for (size_t i = n; i-- > 0;)
			move_to(h, i, &id, INT64_MAX);
	*out = h;
	return ST_OK;
}

void history_last_free(struct history_last *h)
{
	if (!h)
		return;
	for (size_t i = 0; i < h->n; i++) {
		free(h->v[i].path);
		free(h->v[i].entry.author);
		free(h->v[i].entry.subject);
	}
	trail_release(&h->trail);
	trail_side_release(&h->at);
	trail_side_release(&h->before);
	free(h->groups);
	free(h->v);
	free(h);
}

static void found(struct last_path *p, git_commit *commit, bool cut)
{
	const git_signature *who = git_commit_author(commit);
	const char *message = git_commit_message(commit);
	struct history_entry *e = &p->entry;

	e->found = true;
	e->cut = cut;
	git_oid_tostr(e->id, sizeof(e->id), git_commit_id(commit));
	e->author = mem_strdup(who && who->name ? who->name : "");
	e->subject = slice_dup(slice_make(message, strcspn(message, "\n")));
	e->time = who ? who->when.time : 0;
	e->offset = who ? who->when.offset : 0;
}

/* Moves those of the group that are the same in a parent; returns the rest of the group. */
static int follow(struct history_last *h, git_commit *commit, git_commit *parent, size_t *group,
		  struct error *err)
{
	size_t *link = group;

	while (*link != NOBODY) {
		size_t i = *link;
		int same = trail_same(h->r->git, &h->at, git_commit_tree_id(commit)->id,
				      &h->before, git_commit_tree_id(parent)->id, h->v[i].path);

		if (same < 0)
			return gitlib_error(err, same, N_("the history cannot be read"));
		if (same) {
			*link = h->v[i].next;
			move_to(h, i, git_commit_id(parent), git_commit_time(parent));
		} else {
			link = &h->v[i].next;
		}
	}
	return ST_OK;
}

/* Those that no parent has the same: the commit changed them, or they never were. */
static int settle(struct history_last *h, git_commit *commit, size_t group, bool is_first,
		  bool cut, struct error *err)
{
	for (size_t i = group; i != NOBODY; i = h->v[i].next) {
		int has = is_first
				  ? trail_has(h->r->git, &h->at, git_commit_tree_id(commit)->id,
					      h->v[i].path, NULL)
				  : 1;

		if (has < 0)
			return gitlib_error(err, has, N_("the history cannot be read"));
		if (has)
			found(&h->v[i], commit, cut);
	}
	return ST_OK;
}

static int look_at(struct history_last *h, git_commit *commit, size_t group, struct error *err)
{
	unsigned n = git_commit_parentcount(commit), known = 0;
	bool cut = false;

	for (unsigned i = 0; i < n && group != NOBODY; i++) {
		git_commit *parent = NULL;
		int rc = trail_parent(h->r, commit, i, &parent, err);

		cut |= rc == 1;
		if (rc == ST_OK) {
			known++;
			rc = follow(h, commit, parent, &group, err);
		}
		git_commit_free(parent);
		if (rc < 0)
			return rc;
	}
	return settle(h, commit, group, known == 0, cut, err);
}

int history_last_step(struct history_last *h, size_t budget, struct error *err)
{
	struct trail_commit next;

	for (size_t i = 0; i < budget; i++) {
		git_commit *commit = NULL;
		git_oid id;
		size_t group;
		int rc;

		if (!trail_take(&h->trail, &next))
			return HISTORY_END;
		group = h->groups[next.tag];
		h->groups[next.tag] = NOBODY;
		git_oid_fromraw(&id, next.id);
		rc = git_commit_lookup(&commit, h->r->git, &id);
		if (rc < 0)
			return gitlib_error(err, rc, N_("the history cannot be read"));
		rc = look_at(h, commit, group, err);
		git_commit_free(commit);
		if (rc < 0)
			return rc;
	}
	return h->trail.n ? HISTORY_MORE : HISTORY_END;
}

const struct history_entry *history_last_of(const struct history_last *h, size_t i)
{
	return &h->v[i].entry;
}
