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
	git_diff *renames; /* from base to first, once it is asked for */
};

struct search {
	struct version *v;
	struct side *side;
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

/* Where the first parent has a file under another name, as git finds renames: by its name then,
 * or by the one it has now. NULL: it has not. */
static const git_diff_delta *renaming(struct repo *r, struct side *side, const char *path,
				      bool by_new)
{
	if (!side->n_bases)
		return NULL;
	if (!side->renames && (git_diff_tree_to_tree(&side->renames, r->git, side->base[0],
						     side->first, NULL) < 0 ||
			       git_diff_find_similar(side->renames, NULL) < 0))
		return NULL;
	for (size_t i = 0; i < git_diff_num_deltas(side->renames); i++) {
		const git_diff_delta *d = git_diff_get_delta(side->renames, i);

		if (d->status == GIT_DELTA_RENAMED &&
		    strcmp(by_new ? d->new_file.path : d->old_file.path, path) == 0)
			return d;
	}
	return NULL;
}

/* It was asked for: the file itself, or one in the folder. */
static bool is_asked(const struct search *s, const char *path)
{
	size_t len = strlen(s->path);

	return strncmp(path, s->path, len) == 0 && (!path[len] || path[len] == '/');
}

/* The merge has the first parent's text, or none as that, and not what the other brought. */
static bool is_left(const struct side *side, const char *path, const git_oid *brought,
		    git_oid *merged, unsigned *now)
{
	git_oid first;
	unsigned then = entry_of(side->first, path, &first);

	*now = entry_of(side->merge, path, merged);
	if (!*now && !then)
		return true;
	return is_file(*now) && is_file(then) && git_oid_equal(merged, &first) &&
	       !git_oid_equal(merged, brought);
}

/* The other parent brought the file, as `brought`. */
static void add_if_left(struct repo *r, struct search *s, const char *path,
			const git_oid *brought)
{
	const git_diff_delta *renamed = NULL;
	struct version *v = s->v;
	const char *name = path;
	struct version_file *f;
	git_oid merged;
	unsigned now;

	if (is_in_base(s->side, path, brought) ||
	    !is_left(s->side, path, brought, &merged, &now))
		return;
	if (!now)
		renamed = renaming(r, s->side, path, false);
	if (renamed) {
		name = renamed->new_file.path;
		if (!is_asked(s, name) || !is_left(s->side, name, brought, &merged, &now) ||
		    !now)
			return;
	}
	if (is_told(v, name))
		return;
	v->files = mem_array(v->files, v->n_files + 1, sizeof(*v->files));
	f = &v->files[v->n_files++];
	*f = (struct version_file){.path = mem_strdup(name), .left = s->parent};
	if (renamed)
		f->left_as = mem_strdup(path);
	if (now) {
		git_oid_tostr(f->blob, sizeof(f->blob), &merged);
		git_oid_tostr(f->before, sizeof(f->before), &merged);
	}
	s->n++;
}

/* What the other parent calls a file that the first has renamed to path; its text. NULL: it has
 * none. Valid as long as side. */
static const char *name_before(struct repo *r, struct side *side, const char *path, git_oid *id)
{
	const git_diff_delta *renamed;

	if (!side->n_bases || entry_of(side->base[0], path, id))
		return NULL;
	renamed = renaming(r, side, path, true);
	return renamed && is_file(entry_of(side->other, renamed->old_file.path, id))
		       ? renamed->old_file.path
		       : NULL;
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
	git_diff_free(side->renames);
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

/* Whether the merge has the first parent's file, of a name that the other has not. */
static bool is_alone(const struct side *side, const git_tree *first, const char *path)
{
	git_oid a, b;

	return is_file(entry_of(side->merge, path, &a)) && is_file(entry_of(first, path, &b)) &&
	       git_oid_equal(&a, &b);
}

size_t left_add(struct repo *r, struct parting **known, struct version *v, const char *path)
{
	struct search s = {.v = v, .path = path};

	for (s.parent = 1; s.parent < v->n_parents; s.parent++) {
		struct side side = {.merge = tree_of(r, v->id),
				    .other = tree_of(r, v->parents[s.parent])};
		const char *before;
		git_oid other;
		unsigned mode;

		/* Where the two part costs a walk: most merges need it not. */
		if (differs(&side, path, &other, &mode) || !mode)
			side.first = tree_of(r, v->parents[0]);
		if (side.first && (mode || is_alone(&side, side.first, path))) {
			if (!*known)
				*known = parting_new(r->git);
			find_bases(r, *known, v->parents[0], v->parents[s.parent], &side);
			s.side = &side;
			if (!mode && (before = name_before(r, &side, path, &other)))
				add_if_left(r, &s, before, &other);
			else if (is_file(mode))
				add_if_left(r, &s, path, &other);
			else
				look_at_other(r, &s);
		}
		release(&side);
	}
	return s.n;
}

char *left_name_at(struct repo *r, const struct version *v, size_t parent, const char *path)
{
	struct side side = {.first = tree_of(r, v->parents[0]),
			    .other = tree_of(r, v->parents[parent])};
	struct parting *known = parting_new(r->git);
	const char *before;
	char *name = NULL;
	git_oid id;

	find_bases(r, known, v->parents[0], v->parents[parent], &side);
	before = name_before(r, &side, path, &id);
	if (before)
		name = mem_strdup(before);
	release(&side);
	parting_free(known);
	return name;
}
