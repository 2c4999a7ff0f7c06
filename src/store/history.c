/* SPDX-License-Identifier: MIT */
#include "store/history.h"

#include "core/mem.h"
#include "git.h"
#include "left.h"
#include "trail.h"

#include <assert.h>
#include <git2.h>
#include <stdlib.h>
#include <string.h>

enum { STEP = 1000 };
/* What the trail's tags say of a commit. */
enum { KNOWN = 1, TAKEN = 2 };

/* ---- one commit ---- */

/* path NULL: without a file. */
static void describe(git_commit *commit, const char *path, struct version *out)
{
	const git_signature *who = git_commit_author(commit);
	const char *message = git_commit_message(commit);
	unsigned n = git_commit_parentcount(commit);

	version_release(out);
	git_oid_tostr(out->id, sizeof(out->id), git_commit_id(commit));
	out->parents = mem_array(NULL, n + 1, sizeof(*out->parents));
	out->n_parents = n;
	for (unsigned i = 0; i < n; i++)
		git_oid_tostr(out->parents[i], sizeof(*out->parents),
			      git_commit_parent_id(commit, i));
	out->author.name = mem_strdup(who && who->name ? who->name : "");
	out->author.email = mem_strdup(who && who->email ? who->email : "");
	out->time = who ? who->when.time : 0;
	out->offset = who ? who->when.offset : 0;
	out->committed = git_commit_time(commit);
	str_add_text(&out->message, message ? message : "");
	out->files = mem_zalloc(sizeof(*out->files));
	out->n_files = path != NULL;
	out->files[0].path = path ? mem_strdup(path) : NULL;
}

static int blob_in(struct repo *r, git_commit *commit, const char *path, char hex[REPO_HEX + 1],
		   struct error *err)
{
	struct trail_side side = {0};
	git_oid blob;
	int rc = trail_has(r->git, &side, git_commit_tree_id(commit)->id, path, blob.id);

	hex[0] = '\0';
	if (rc == 1)
		git_oid_tostr(hex, REPO_HEX + 1, &blob);
	trail_side_release(&side);
	return rc < 0 ? gitlib_error(err, rc, N_("%s: cannot be looked up"), path) : ST_OK;
}

/* The file's blobs in the commit and in its first parent. */
static int find_blobs(struct repo *r, git_commit *commit, struct version_file *f,
		      struct error *err)
{
	git_commit *parent = NULL;
	int rc = blob_in(r, commit, f->path, f->blob, err);

	if (rc < 0 || !git_commit_parentcount(commit))
		return rc;
	rc = trail_parent(r, commit, 0, &parent, err);
	if (rc == ST_OK)
		rc = blob_in(r, parent, f->path, f->before, err);
	git_commit_free(parent);
	return rc < 0 ? rc : ST_OK;
}

int history_read(struct repo *r, const char *revision, const char *path, struct version *out,
		 struct error *err)
{
	char hex[REPO_HEX + 1];
	git_commit *commit = NULL;
	git_oid id;
	int rc = repo_resolve(r, revision, hex, err);

	if (rc == ST_OK)
		rc = repo_id(hex, &id, err);
	if (rc < 0)
		return rc;
	rc = git_commit_lookup(&commit, r->git, &id);
	if (rc < 0)
		return gitlib_error(err, rc, N_("%s: cannot be read"), revision);
	describe(commit, path, out);
	rc = path ? find_blobs(r, commit, out->files, err) : ST_OK;
	git_commit_free(commit);
	return rc;
}

/* ---- the commits of a path ---- */

struct history_walk {
	struct repo *r;
	char *path, *folder; /* folder: what is in it counts, too; or NULL */
	struct trail trail;
	struct trail_side at, before;
	bool cut;
	/* Where an earlier walk began; what it came to is told by KNOWN. */
	git_oid known;
	size_t n_new; /* waiting and not known */
	bool met, knew, lost;
	bool all;                 /* every parent is followed */
	struct parting *partings; /* of left_add() */
};

int history_walk_new(struct history_walk **out, struct repo *r, const char *revision,
		     const char *path, struct error *err)
{
	struct history_walk *w;
	char hex[REPO_HEX + 1];
	git_oid id;
	size_t tag = 0;
	int rc;

	if (!repo_path_is_sane(path))
		return error_set(err, ST_USAGE, N_("%s: not a path in a repository"), path);
	rc = strcmp(revision, "HEAD") == 0 ? repo_tip(r, hex, err)
					   : repo_resolve(r, revision, hex, err);
	if (rc < 0 && !(rc == ST_MISSING && strcmp(revision, "HEAD") == 0))
		return rc;
	w = mem_zalloc(sizeof(*w));
	w->r = r;
	w->path = mem_strdup(path);
	if (rc == ST_OK && repo_id(hex, &id, NULL) == ST_OK)
		w->n_new += trail_add(&w->trail, id.id, INT64_MAX, &tag);
	*out = w;
	return ST_OK;
}

void history_walk_free(struct history_walk *w)
{
	if (!w)
		return;
	parting_free(w->partings);
	trail_release(&w->trail);
	trail_side_release(&w->at);
	trail_side_release(&w->before);
	free(w->path);
	free(w->folder);
	free(w);
}

bool history_walk_was_cut(const struct history_walk *w)
{
	return w->cut;
}

void history_walk_all(struct history_walk *w)
{
	w->all = true;
}

void history_walk_also(struct history_walk *w, const char *id)
{
	git_oid oid;
	size_t tag = 0;

	/* Which of those it begins at is the newest is known once it is looked at. */
	if (repo_id(id, &oid, NULL) == ST_OK)
		w->n_new += trail_add(&w->trail, oid.id, INT64_MAX, &tag);
}

void history_walk_beside(struct history_walk *w, const char *folder)
{
	w->folder = mem_strdup(folder);
}

void history_walk_know(struct history_walk *w, const char *id)
{
	/* What is no id is never met. */
	if (repo_id(id, &w->known, NULL) < 0)
		w->lost = true;
}

bool history_walk_knew(const struct history_walk *w)
{
	return w->knew;
}

bool history_walk_knows_rest(const struct history_walk *w)
{
	return w->met && !w->lost && w->n_new == 0;
}

/* A parent of the commit that was looked at last: known as that is. */
static void add_to_trail(struct history_walk *w, git_commit *commit)
{
	const unsigned char *id = git_commit_id(commit)->id;
	size_t tag = w->knew ? KNOWN : 0, *now;

	if (trail_add(&w->trail, id, git_commit_time(commit), &tag)) {
		w->n_new += !w->knew;
		return;
	}
	now = trail_tag(&w->trail, id);
	if (!w->knew || (*now & KNOWN))
		return;
	/* A clock went back: it was taken for new. */
	if (*now & TAKEN)
		w->lost = true;
	else
		w->n_new--;
	*now |= KNOWN;
}

/* The newest of those that wait. */
static bool take(struct history_walk *w, git_oid *id)
{
	struct trail_commit next;
	size_t *tag;

	if (!trail_take(&w->trail, &next))
		return false;
	git_oid_fromraw(id, next.id);
	tag = trail_tag(&w->trail, next.id);
	w->n_new -= !(*tag & KNOWN);
	if (git_oid_equal(id, &w->known)) {
		w->met = true;
		*tag |= KNOWN;
	}
	w->knew = *tag & KNOWN;
	*tag |= TAKEN;
	return true;
}

/* Whether nothing of what is walked for differs. 1, 0 or negative. */
static int is_same(struct history_walk *w, const unsigned char *a, const unsigned char *b)
{
	int rc = trail_same(w->r->git, &w->at, a, &w->before, b, w->path);

	if (rc == 1 && w->folder)
		rc = trail_same(w->r->git, &w->at, a, &w->before, b, w->folder);
	return rc;
}

/* Whether there is anything of it. 1, 0 or negative. */
static int is_there(struct history_walk *w, const unsigned char *tree)
{
	int rc = trail_has(w->r->git, &w->at, tree, w->path, NULL);

	if (rc == 0 && w->folder)
		rc = trail_has(w->r->git, &w->at, tree, w->folder, NULL);
	return rc;
}

/*
 * Looks at one commit: a parent with the same text is followed alone; where
 * there is none the commit changed the path, and all of them are. *changed
 * says which it was.
 */
static int look_at(struct history_walk *w, git_commit *commit, bool *changed, struct error *err)
{
	const unsigned char *tree = git_commit_tree_id(commit)->id;
	unsigned n = git_commit_parentcount(commit), known = 0;
	git_commit **parents = mem_zalloc((n + 1) * sizeof(git_commit *));
	bool same = false;
	int rc = ST_OK;

	for (unsigned i = 0; i < n && (!same || w->all) && rc == ST_OK; i++) {
		rc = trail_parent(w->r, commit, i, &parents[i], err);
		if (rc == 1) {
			w->cut = true;
			rc = ST_OK;
			continue;
		}
		if (rc < 0)
			break;
		/* All are followed: only the first says whether it was changed. */
		if (++known > 1 && w->all)
			continue;
		rc = is_same(w, tree, git_commit_tree_id(parents[i])->id);
		same = rc == 1;
		if (same && !w->all)
			add_to_trail(w, parents[i]);
		rc = rc < 0 ? gitlib_error(err, rc, N_("the history cannot be read")) : ST_OK;
	}
	for (unsigned i = 0; i < n && (!same || w->all) && rc == ST_OK; i++)
		if (parents[i])
			add_to_trail(w, parents[i]);
	*changed = !same;
	if (rc == ST_OK && !known) {
		/* The first commit, or the edge of a shallow clone. */
		rc = is_there(w, tree);
		*changed = rc == 1;
		rc = rc < 0 ? gitlib_error(err, rc, N_("the history cannot be read")) : ST_OK;
	}
	for (unsigned i = 0; i < n; i++)
		git_commit_free(parents[i]);
	free(parents);
	return rc;
}

static int add_changed(const git_diff_delta *delta, float progress, void *arg)
{
	struct version *v = arg;
	struct version_file *f;

	(void)progress;
	v->files = mem_array(v->files, v->n_files + 1, sizeof(*v->files));
	f = &v->files[v->n_files++];
	*f = (struct version_file){.path = mem_strdup(delta->new_file.path)};
	if ((delta->new_file.mode & 0170000) == 0100000)
		git_oid_tostr(f->blob, sizeof(f->blob), &delta->new_file.id);
	if ((delta->old_file.mode & 0170000) == 0100000)
		git_oid_tostr(f->before, sizeof(f->before), &delta->old_file.id);
	return 0;
}

/* The version's files: what differs from the first parent. The text comes first. */
static int find_changed(struct history_walk *w, git_commit *commit, struct version *v,
			struct error *err)
{
	char *paths[2] = {w->path, w->folder};
	git_commit *parent = NULL;
	git_tree *to = NULL, *from = NULL;
	git_diff *diff = NULL;
	git_diff_options how;
	int rc = git_commit_tree(&to, commit);

	git_diff_options_init(&how, GIT_DIFF_OPTIONS_VERSION);
	how.flags = GIT_DIFF_DISABLE_PATHSPEC_MATCH;
	how.pathspec = (git_strarray){paths, 2};
	if (rc == 0 && git_commit_parentcount(commit) &&
	    trail_parent(w->r, commit, 0, &parent, NULL) == ST_OK)
		rc = git_commit_tree(&from, parent);
	if (rc == 0)
		rc = git_diff_tree_to_tree(&diff, w->r->git, from, to, &how);
	if (rc == 0)
		rc = git_diff_foreach(diff, add_changed, NULL, NULL, NULL, v);
	git_diff_free(diff);
	git_tree_free(from);
	git_tree_free(to);
	git_commit_free(parent);
	return rc < 0 ? gitlib_error(err, rc, N_("the history cannot be read")) : ST_OK;
}

/* Fills out where the commit is one of those that are walked for. */
static int fill(struct history_walk *w, git_commit *commit, bool *changed, struct version *out,
		struct error *err)
{
	bool merge = w->all && git_commit_parentcount(commit) > 1;
	int rc = ST_OK;

	if (!*changed && !merge)
		return ST_OK;
	describe(commit, *changed && !w->folder ? w->path : NULL, out);
	if (*changed)
		rc = w->folder ? find_changed(w, commit, out, err)
			       : find_blobs(w->r, commit, out->files, err);
	if (rc == ST_OK && merge && (w->folder || !*changed)) {
		left_add(w->r, &w->partings, out, w->path);
		if (w->folder)
			left_add(w->r, &w->partings, out, w->folder);
	}
	*changed = out->n_files > 0;
	return rc;
}

int history_walk_next(struct history_walk *w, size_t budget, struct version *out,
		      struct error *err)
{
	bool changed = false;
	int rc = ST_OK;

	for (size_t i = 0; i < budget && rc == ST_OK; i++) {
		git_commit *commit = NULL;
		git_oid id;

		if (!take(w, &id))
			return HISTORY_END;
		rc = git_commit_lookup(&commit, w->r->git, &id);
		if (rc < 0)
			return gitlib_error(err, rc, N_("the history cannot be read"));
		rc = look_at(w, commit, &changed, err);
		if (rc == ST_OK)
			rc = fill(w, commit, &changed, out, err);
		git_commit_free(commit);
		if (rc == ST_OK && changed)
			return HISTORY_FOUND;
	}
	return rc < 0 ? rc : HISTORY_MORE;
}

int history_find(struct repo *r, const struct history_search *what, struct version *out,
		 struct error *err)
{
	struct history_walk *w = NULL;
	size_t changes = 0, commits = 0, step = what->commits ? 1 : STEP;
	bool found = false;
	int rc = history_walk_new(&w, r, "HEAD", what->path, err);

	if (rc < 0)
		return rc;
	assert(w);
	do {
		rc = history_walk_next(w, step, out, err);
		found = rc == HISTORY_FOUND && what->match(out, what->arg);
		changes += rc == HISTORY_FOUND;
		commits += step;
	} while (!found && rc > HISTORY_END && (!what->changes || changes < what->changes) &&
		 (!what->commits || commits < what->commits));
	history_walk_free(w);
	if (found)
		return ST_OK;
	if (rc > HISTORY_END && what->commits)
		return error_set(err, ST_TOO_LARGE,
				 N_("%s: no such commit among the newest %zu"), what->path,
				 what->commits);
	return rc < 0 ? rc
		      : error_set(err, ST_MISSING, N_("%s: no such commit in its history"),
				  what->path);
}
