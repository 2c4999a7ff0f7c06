/* SPDX-License-Identifier: MIT */
#include "left.h"

#include "core/mem.h"
#include "git.h"

#include <git2.h>
#include <string.h>

enum { BASES_MOST = 8 };

/* The trees of a merge, of one other parent, and of where that one parts from the first. */
struct side {
	git_tree *merge, *first, *other, *base[BASES_MOST];
	size_t n_bases;
};

struct search {
	struct version *v;
	const struct side *side;
	const char *path;
	size_t parent, n;
};

static git_tree *tree_at(struct repo *r, const git_oid *id)
{
	git_commit *c = NULL;
	git_tree *tree = NULL;

	if (git_commit_lookup(&c, r->git, id) == 0 && git_commit_tree(&tree, c) < 0)
		tree = NULL;
	git_commit_free(c);
	return tree;
}

static git_tree *tree_of(struct repo *r, const char *hex)
{
	git_oid id;

	return repo_id(hex, &id, NULL) == 0 ? tree_at(r, &id) : NULL;
}

static void find_bases(struct repo *r, struct parting *known, const char *one,
		       const char *other, struct side *side)
{
	git_oid a, b, found[BASES_MOST];
	size_t n = 0;

	if (repo_id(one, &a, NULL) == 0 && repo_id(other, &b, NULL) == 0)
		n = parting_find(known, &a, &b, found, BASES_MOST);
	for (size_t i = 0; i < n; i++) {
		side->base[side->n_bases] = tree_at(r, &found[i]);
		side->n_bases += side->base[side->n_bases] != NULL;
	}
}

/* The mode of what the tree has there, and its id; 0: it has nothing. */
static unsigned entry_of(const git_tree *tree, const char *path, git_oid *id)
{
	unsigned mode = 0;

	return tree && repo_tree_entry(tree, path, id, &mode, NULL) > 0 ? mode : 0;
}

static bool is_file(unsigned mode)
{
	return (mode & 0170000) == 0100000;
}

/* One of those that both began from has that text, too. */
static bool is_in_base(const struct side *side, const char *path, const git_oid *text)
{
	git_oid id;

	for (size_t i = 0; i < side->n_bases; i++)
		if (entry_of(side->base[i], path, &id) && git_oid_equal(&id, text))
			return true;
	return false;
}

static bool is_told(const struct version *v, const char *path)
{
	for (size_t i = 0; i < v->n_files; i++)
		if (strcmp(v->files[i].path, path) == 0)
			return true;
	return false;
}

/* The first parent has the file under another name, and git merges what the other brought
 * there.
 */
static bool is_renamed(struct repo *r, const struct side *side, const char *path)
{
	git_diff *diff = NULL;
	bool is = false;
	git_oid id;

	if (side->n_bases && entry_of(side->base[0], path, &id) &&
	    git_diff_tree_to_tree(&diff, r->git, side->base[0], side->first, NULL) == 0 &&
	    git_diff_find_similar(diff, NULL) == 0)
		for (size_t i = 0; !is && i < git_diff_num_deltas(diff); i++) {
			const git_diff_delta *d = git_diff_get_delta(diff, i);

			is = d->status == GIT_DELTA_RENAMED &&
			     strcmp(d->old_file.path, path) == 0;
		}
	git_diff_free(diff);
	return is;
}

/* The other parent brought the file, as `brought`. */
static void add_if_left(struct repo *r, struct search *s, const char *path,
			const git_oid *brought)
{
	struct version *v = s->v;
	struct version_file *f;
	git_oid merged, first;
	unsigned now = entry_of(s->side->merge, path, &merged);
	unsigned then = entry_of(s->side->first, path, &first);

	if (is_in_base(s->side, path, brought) || is_told(v, path))
		return;
	if (!now && !then) {
		if (is_renamed(r, s->side, path))
			return;
	} else if (!is_file(now) || !is_file(then) || !git_oid_equal(&merged, &first) ||
		   git_oid_equal(&merged, brought)) {
		return;
	}
	v->files = mem_array(v->files, v->n_files + 1, sizeof(*v->files));
	f = &v->files[v->n_files++];
	*f = (struct version_file){.path = mem_strdup(path), .left = s->parent};
	if (now) {
		git_oid_tostr(f->blob, sizeof(f->blob), &merged);
		git_oid_tostr(f->before, sizeof(f->before), &merged);
	}
	s->n++;
}

/* What the other parent changed in the folder. */
static void look_at_other(struct repo *r, struct search *s)
{
	char *path = (char *)s->path;
	git_diff_options how;
	git_diff *diff = NULL;

	git_diff_options_init(&how, GIT_DIFF_OPTIONS_VERSION);
	how.flags = GIT_DIFF_DISABLE_PATHSPEC_MATCH;
	how.pathspec = (git_strarray){&path, 1};
	if (git_diff_tree_to_tree(&diff, r->git, s->side->base[0], s->side->other, &how) < 0)
		return;
	for (size_t i = 0; i < git_diff_num_deltas(diff); i++) {
		const git_diff_file *f = &git_diff_get_delta(diff, i)->new_file;

		if (is_file(f->mode))
			add_if_left(r, s, f->path, &f->id);
	}
	git_diff_free(diff);
}

static void release(struct side *side)
{
	git_tree_free(side->merge);
	git_tree_free(side->first);
	git_tree_free(side->other);
	for (size_t i = 0; i < side->n_bases; i++)
		git_tree_free(side->base[i]);
}

/* Whether the merge and the other parent differ there; what that one has, its mode. */
static bool differs(const struct side *side, const char *path, git_oid *other, unsigned *mode)
{
	git_oid merged;

	*mode = entry_of(side->other, path, other);
	return *mode &&
	       (!entry_of(side->merge, path, &merged) || !git_oid_equal(&merged, other));
}

size_t left_add(struct repo *r, struct parting **known, struct version *v, const char *path)
{
	struct search s = {.v = v, .path = path};

	for (s.parent = 1; s.parent < v->n_parents; s.parent++) {
		struct side side = {.merge = tree_of(r, v->id),
				    .other = tree_of(r, v->parents[s.parent])};
		git_oid other;
		unsigned mode;

		/* Where the two part costs a walk: most merges need it not. */
		if (differs(&side, path, &other, &mode))
			side.first = tree_of(r, v->parents[0]);
		if (side.first) {
			if (!*known)
				*known = parting_new(r->git);
			find_bases(r, *known, v->parents[0], v->parents[s.parent], &side);
			s.side = &side;
			if (is_file(mode))
				add_if_left(r, &s, path, &other);
			else
				look_at_other(r, &s);
		}
		release(&side);
	}
	return s.n;
}
