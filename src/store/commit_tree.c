/* SPDX-License-Identifier: MIT */
#include "commit_inner.h"

#include "core/mem.h"
#include "git.h"

#include <git2.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH_MOST = 64 };

/* The entries below one folder; they are sorted so that those of a folder are neighbours. */
struct range {
	const struct commit_entry *const *v;
	size_t n;
	size_t skip; /* bytes of the folder's path, with its "/" */
};

struct tree_work {
	git_repository *git;
	struct commit_objects *objects; /* what was written */
};

static int set_file(git_treebuilder *b, const struct commit_entry *e, const char *name,
		    struct error *err)
{
	const git_tree_entry *old = git_treebuilder_get(b, name);
	git_oid id;
	int rc;

	if (old && git_tree_entry_type(old) == GIT_OBJECT_TREE)
		return e->gone ? ST_OK
			       : error_set(err, ST_EXISTS,
					   N_("%s: a folder of that name is in the history"),
					   e->path);
	if (e->gone) {
		if (old && (rc = git_treebuilder_remove(b, name)) < 0)
			return gitlib_error(err, rc, N_("%s: cannot be taken out"), e->path);
		return ST_OK;
	}
	rc = repo_id(e->hex, &id, err);
	if (rc < 0)
		return rc;
	rc = git_treebuilder_insert(NULL, b, name, &id, (git_filemode_t)e->mode);
	return rc < 0 ? gitlib_error(err, rc, N_("%s: cannot be put in"), e->path) : ST_OK;
}

static int build(struct tree_work *w, const git_oid *old, const struct range *range, int depth,
		 git_oid *out, bool *empty, struct error *err);

static int set_folder(struct tree_work *w, git_treebuilder *b, const char *name,
		      const struct range *below, int depth, struct error *err)
{
	const git_tree_entry *old = git_treebuilder_get(b, name);
	bool is_tree = old && git_tree_entry_type(old) == GIT_OBJECT_TREE, empty = true;
	git_oid old_id, id;
	int rc;

	if (old && !is_tree)
		return error_set(err, ST_EXISTS,
				 N_("%s: \"%s\" is a file in the history, not a folder"),
				 below->v[0]->path, name);
	if (is_tree)
		git_oid_cpy(&old_id, git_tree_entry_id(old));
	rc = build(w, is_tree ? &old_id : NULL, below, depth + 1, &id, &empty, err);
	if (rc < 0)
		return rc;
	if (!empty)
		rc = git_treebuilder_insert(NULL, b, name, &id, GIT_FILEMODE_TREE);
	else if (is_tree)
		rc = git_treebuilder_remove(b, name);
	return rc < 0 ? gitlib_error(err, rc, N_("%s: cannot be put in"), below->v[0]->path)
		      : ST_OK;
}

/* How many entries from the i-th on are in the same folder `name/`. */
static size_t neighbours(const struct range *range, size_t i, size_t name_len)
{
	const char *name = range->v[i]->path + range->skip;
	size_t n = 1;

	while (i + n < range->n &&
	       strncmp(range->v[i + n]->path + range->skip, name, name_len + 1) == 0)
		n++;
	return n;
}

static int build(struct tree_work *w, const git_oid *old, const struct range *range, int depth,
		 git_oid *out, bool *empty, struct error *err)
{
	git_treebuilder *b = NULL;
	git_tree *tree = NULL;
	int rc = 0;

	if (depth > DEPTH_MOST)
		return error_set(err, ST_TOO_LARGE, N_("%s: too many folders deep"),
				 range->v[0]->path);
	if (old)
		rc = git_tree_lookup(&tree, w->git, old);
	if (rc == 0)
		rc = git_treebuilder_new(&b, w->git, tree);
	if (rc < 0) {
		rc = gitlib_error(err, rc, N_("cannot read the last commit's files"));
		goto done;
	}
	for (size_t i = 0, n; i < range->n && rc == ST_OK; i += n) {
		const char *rest = range->v[i]->path + range->skip;
		size_t len = strcspn(rest, "/");
		struct range below = {range->v + i, 1, range->skip + len + 1};
		char *name = slice_dup(slice_make(rest, len));

		if (rest[len])
			below.n = neighbours(range, i, len);
		n = below.n;
		rc = rest[len] ? set_folder(w, b, name, &below, depth, err)
			       : set_file(b, range->v[i], name, err);
		free(name);
	}
	if (rc < 0)
		goto done;
	*empty = git_treebuilder_entrycount(b) == 0;
	rc = git_treebuilder_write(out, b);
	if (rc < 0)
		rc = gitlib_error(err, rc, N_("cannot write the commit's list of files"));
	else
		commit_objects_add(w->objects, out);
done:
	git_treebuilder_free(b);
	git_tree_free(tree);
	return rc;
}

static int by_path(const void *a, const void *b)
{
	const struct commit_entry *const *x = a, *const *y = b;

	return strcmp((*x)->path, (*y)->path);
}

int commit_tree_build(struct repo *r, const struct git_oid *tip_tree,
		      const struct commit_entry *entries, size_t n,
		      struct commit_objects *objects, struct git_oid *out, struct error *err)
{
	const struct commit_entry **sorted = mem_array(NULL, n, sizeof(*sorted));
	struct range all = {sorted, 0, 0};
	struct tree_work w = {r->git, objects};
	bool empty;
	int rc;

	/* In byte order all paths with one "folder/" in front are neighbours. */
	for (size_t i = 0; i < n; i++)
		if (!entries[i].drop)
			sorted[all.n++] = &entries[i];
	qsort(sorted, all.n, sizeof(*sorted), by_path);
	rc = build(&w, tip_tree, &all, 0, out, &empty, err);
	free(sorted);
	return rc;
}

static int check_entry(git_repository *fresh, const git_tree *tree,
		       const struct commit_entry *e, struct error *err)
{
	git_blob *blob = NULL;
	git_oid id;
	unsigned mode;
	int rc = repo_tree_entry(tree, e->path, &id, &mode, err);

	if (rc < 0)
		return rc;
	if (rc == 0 && e->gone)
		return ST_OK;
	if (rc == 1 && !e->gone && git_blob_lookup(&blob, fresh, &id) == 0 &&
	    slice_equal(slice_make(git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob)),
			e->bytes))
		rc = ST_OK;
	else
		rc = error_set(err, ST_FAIL,
			       N_("%s: what was written could not be read back; check the disk "
				  "and run git fsck"),
			       e->path);
	git_blob_free(blob);
	return rc;
}

int commit_read_back(struct repo *r, const char *id, const struct commit_entry *entries,
		     size_t n, struct error *err)
{
	git_odb *odb = NULL;
	git_repository *fresh = NULL;
	git_commit *commit = NULL;
	git_tree *tree = NULL;
	struct str objects = STR_INIT;
	git_oid oid;
	int rc = repo_id(id, &oid, err);

	if (rc < 0)
		return rc;
	str_addf(&objects, "%sobjects", r->common_dir);
	rc = git_odb_open(&odb, str_text(&objects));
	if (rc == 0)
		rc = git_repository_wrap_odb(&fresh, odb);
	if (rc == 0)
		rc = git_commit_lookup(&commit, fresh, &oid);
	if (rc == 0)
		rc = git_commit_tree(&tree, commit);
	if (rc < 0) {
		gitlib_error(err, rc, N_("the commit could not be read back"));
		if (err)
			err->status = ST_FAIL;
		rc = ST_FAIL;
	}
	for (size_t i = 0; i < n && rc == ST_OK; i++)
		rc = check_entry(fresh, tree, &entries[i], err);
	git_tree_free(tree);
	git_commit_free(commit);
	git_repository_free(fresh);
	git_odb_free(odb);
	str_release(&objects);
	return rc;
}
