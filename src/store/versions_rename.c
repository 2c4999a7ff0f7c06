/* SPDX-License-Identifier: MIT */
#include "core/diff.h"
#include "core/draft.h"
#include "core/mem.h"
#include "git.h"
#include "versions_inner.h"

#include <git2.h>
#include <stdlib.h>
#include <string.h>

enum { CANDIDATES = 500, READ_MOST = 4 << 20 };
#define LEAST_ALIKE 0.5

/* A file that a commit takes away, or brings. */
struct moved {
	char *path;
	char blob[REPO_HEX + 1];
};

struct moved_list {
	struct moved *v;
	size_t n, cap;
};

/* What differs from the first parent. */
struct change {
	struct moved_list gone, came;
	git_tree *to, *from;
};

static void list_release(struct moved_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		free(list->v[i].path);
	free(list->v);
}

static void change_release(struct change *c)
{
	list_release(&c->gone);
	list_release(&c->came);
	git_tree_free(c->to);
	git_tree_free(c->from);
}

static int collect(const git_diff_delta *delta, float progress, void *arg)
{
	bool gone = delta->status == GIT_DELTA_DELETED;
	const git_diff_file *file = gone ? &delta->old_file : &delta->new_file;
	struct change *c = arg;
	struct moved_list *list = gone ? &c->gone : &c->came;

	(void)progress;
	if ((!gone && delta->status != GIT_DELTA_ADDED) || list->n >= CANDIDATES ||
	    (file->mode & 0170000) != 0100000)
		return 0;
	MEM_GROW(list->v, list->n, list->cap);
	list->v[list->n].path = mem_strdup(file->path);
	git_oid_tostr(list->v[list->n].blob, REPO_HEX + 1, &file->id);
	list->n++;
	return 0;
}

static int find_change(struct repo *r, const struct version *v, struct change *c,
		       struct error *err)
{
	git_commit *commit = NULL, *parent = NULL;
	git_diff *diff = NULL;
	git_oid id;
	int rc = repo_id(v->id, &id, err);

	if (rc < 0)
		return rc;
	rc = git_commit_lookup(&commit, r->git, &id);
	if (rc == 0)
		rc = git_commit_parent(&parent, commit, 0);
	if (rc == 0)
		rc = git_commit_tree(&c->to, commit);
	if (rc == 0)
		rc = git_commit_tree(&c->from, parent);
	if (rc == 0)
		rc = git_diff_tree_to_tree(&diff, r->git, c->from, c->to, NULL);
	if (rc == 0)
		rc = git_diff_foreach(diff, collect, NULL, NULL, NULL, c);
	git_diff_free(diff);
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

/* The most alike of what went; NULL where nothing is half alike. */
static const struct moved *most_alike(struct repo *r, const struct moved_list *gone,
				      const char *blob)
{
	const struct moved *best = NULL;
	struct str text = STR_INIT;
	double most = LEAST_ALIKE;

	for (size_t i = 0; i < gone->n; i++)
		if (strcmp(gone->v[i].blob, blob) == 0)
			return &gone->v[i];
	if (gone->n && repo_read_blob(r, blob, READ_MOST, &text, NULL) == 0)
		for (size_t i = 0; i < gone->n; i++) {
			double alike = likeness(r, str_slice(&text), gone->v[i].blob);

			if (alike >= most && (!best || alike > most)) {
				best = &gone->v[i];
				most = alike;
			}
		}
	str_release(&text);
	return best;
}

/* ---- a draft that was written anew, too */

/* Which draft it is, whatever it says: "symbol" and the title. */
struct identity {
	struct str symbol, title;
};

static void identity_release(struct identity *i)
{
	str_release(&i->symbol);
	str_release(&i->title);
}

static void read_identity(struct repo *r, const char *blob, struct identity *out)
{
	struct str text = STR_INIT;
	struct parties parties;
	struct brackets b;
	struct draft d;

	*out = (struct identity){STR_INIT, STR_INIT};
	if (version_read(r, blob, &text, NULL) == ST_OK) {
		parties_init_regions(&parties);
		brackets_read(&b, str_slice(&text), &parties);
		draft_read(&d, str_slice(&text), &b);
		str_add_text(&out->symbol, d.front.symbol ? d.front.symbol : "");
		draft_title(&d, str_slice(&text), &b, &out->title);
		draft_release(&d);
		brackets_release(&b);
		parties_release(&parties);
	}
	str_release(&text);
}

/* "Draft" or "Annex" is no name of one text; characters need no blank. */
static bool is_telling(struct slice title)
{
	for (size_t i = 0; i < title.len; i++)
		if (title.p[i] == ' ' || (unsigned char)title.p[i] >= 0x80)
			return true;
	return false;
}

static bool is_alike(const struct identity *a, const struct identity *b, bool by_symbol)
{
	return by_symbol ? a->symbol.len &&
				   slice_equal(str_slice(&a->symbol), str_slice(&b->symbol))
			 : is_telling(str_slice(&a->title)) &&
				   slice_equal(str_slice(&a->title), str_slice(&b->title));
}

static size_t folder_len(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? (size_t)(slash - path) + 1 : 0;
}

bool version_is_draft_beside(const char *path, const char *other)
{
	size_t len = folder_len(other);

	return slice_ends(slice_of(path), ".md") && folder_len(path) == len &&
	       strncmp(path, other, len) == 0;
}

/* Whether another draft of the commit is of that identity. */
static bool is_shared(struct repo *r, const struct change *c, const struct version_file *file,
		      const struct identity *mine, bool by_symbol)
{
	size_t len = folder_len(file->path);
	char *folder = len ? slice_dup(slice_make(file->path, len - 1)) : NULL;
	git_tree *tree = NULL;
	unsigned mode;
	git_oid id;
	bool shared = false;

	if (!folder)
		git_object_dup((git_object **)&tree, (git_object *)c->to);
	else if (repo_tree_entry(c->to, folder, &id, &mode, NULL) == 1)
		git_tree_lookup(&tree, r->git, &id);
	for (size_t i = 0; tree && !shared && i < git_tree_entrycount(tree); i++) {
		const git_tree_entry *e = git_tree_entry_byindex(tree, i);
		const char *name = git_tree_entry_name(e);
		char blob[REPO_HEX + 1];
		struct identity other;

		if (!slice_ends(slice_of(name), ".md") || strcmp(name, file->path + len) == 0 ||
		    git_tree_entry_type(e) != GIT_OBJECT_BLOB)
			continue;
		git_oid_tostr(blob, sizeof(blob), git_tree_entry_id(e));
		read_identity(r, blob, &other);
		shared = is_alike(mine, &other, by_symbol);
		identity_release(&other);
	}
	git_tree_free(tree);
	free(folder);
	return shared;
}

/* The only draft that went and is of the same identity; NULL. */
static const struct moved *same_identity(struct repo *r, const struct change *c,
					 const struct version_file *file, bool by_symbol)
{
	const struct moved *found = NULL;
	struct identity mine;
	size_t n = 0;

	read_identity(r, file->blob, &mine);
	for (size_t i = 0; i < c->gone.n; i++) {
		struct identity other;

		if (!version_is_draft_beside(c->gone.v[i].path, file->path))
			continue;
		read_identity(r, c->gone.v[i].blob, &other);
		if (is_alike(&mine, &other, by_symbol)) {
			found = &c->gone.v[i];
			n++;
		}
		identity_release(&other);
	}
	if (n != 1 || is_shared(r, c, file, &mine, by_symbol))
		found = NULL;
	identity_release(&mine);
	return found;
}

/* Whether something that stood beside the one stands, unchanged, beside the other. */
static bool went_along(const struct change *c, const char *was, const char *is)
{
	size_t old_len = strlen(was) - strlen("md"), new_len = strlen(is) - strlen("md");

	/* "drafts/res-31." and "drafts/res-31/": the same length. */
	for (size_t i = 0; i < c->gone.n; i++) {
		const struct moved *old = &c->gone.v[i];

		if (strlen(old->path) <= old_len || strncmp(old->path, was, old_len - 1) != 0 ||
		    old->path[old_len - 1] != '/')
			continue;
		for (size_t k = 0; k < c->came.n; k++) {
			const struct moved *new = &c->came.v[k];

			if (strlen(new->path) > new_len &&
			    strncmp(new->path, is, new_len - 1) == 0 &&
			    new->path[new_len - 1] == '/' &&
			    strcmp(new->path + new_len, old->path + old_len) == 0 &&
			    strcmp(new->blob, old->blob) == 0)
				return true;
		}
	}
	return false;
}

/*
 * That one went and one came in the same commit is not enough: one may have been
 * withdrawn for another, and two texts of one language share a third of their words, and more.
 */
static const struct moved *same_draft(struct repo *r, const struct change *c,
				      const struct version_file *file)
{
	const struct moved *found = NULL;

	if (!c->gone.n || !slice_ends(slice_of(file->path), ".md"))
		return NULL;
	for (size_t i = 0; i < c->gone.n; i++)
		if (version_is_draft_beside(c->gone.v[i].path, file->path) &&
		    went_along(c, c->gone.v[i].path, file->path))
			return &c->gone.v[i];
	found = same_identity(r, c, file, true);
	return found ? found : same_identity(r, c, file, false);
}

int version_renamed(struct repo *r, const struct version *v, const struct version_file *file,
		    char **was, char before[REPO_HEX + 1], struct error *err)
{
	struct change c = {.to = NULL};
	const struct moved *from = NULL;
	int rc;

	*was = NULL;
	if (!v->n_parents || !*file->blob || *file->before)
		return ST_OK;
	rc = find_change(r, v, &c, err);
	if (rc == ST_OK)
		from = most_alike(r, &c.gone, file->blob);
	if (rc == ST_OK && !from)
		from = same_draft(r, &c, file);
	if (from && repo_path_is_sane(from->path)) {
		*was = mem_strdup(from->path);
		memcpy(before, from->blob, REPO_HEX + 1);
	}
	change_release(&c);
	return rc;
}
