/* SPDX-License-Identifier: MIT */
#include "verifier_inner.h"

#include "core/mem.h"
#include "git.h"

#include <assert.h>
#include <git2.h>
#include <stdlib.h>
#include <string.h>

/* The commits from the pin to NEW, as their bytes have them. */

enum { NODES_MOST = 5000000 };

/* ---- objects ---- */

int vwalk_commit(struct vwalk *w, const char *id, struct str *bytes, struct gitcommit *c,
		 struct error *err)
{
	git_odb *odb = NULL;
	git_odb_object *object = NULL;
	git_object_t type = GIT_OBJECT_INVALID;
	size_t size = 0;
	git_oid oid;
	int rc = repo_id(id, &oid, err);

	if (rc < 0)
		return rc;
	rc = git_repository_odb(&odb, w->r->git);
	if (rc == 0)
		rc = git_odb_read_header(&size, &type, odb, &oid);
	if (rc == 0 && type == GIT_OBJECT_COMMIT && size <= GITCOMMIT_MOST)
		rc = git_odb_read(&object, odb, &oid);
	if (rc < 0) {
		rc = gitlib_damage(err, id);
	} else if (!object) {
		rc = error_set(err, ST_INPUT, N_("%s: not a commit that can be read"), id);
	} else {
		str_clear(bytes);
		str_add(bytes, git_odb_object_data(object), git_odb_object_size(object));
		rc = gitcommit_read(str_slice(bytes), c, err);
	}
	git_odb_object_free(object);
	git_odb_free(odb);
	return rc;
}

static git_tree *look_up_tree(struct vwalk *w, const char *id)
{
	git_tree *tree = NULL;
	git_oid oid;

	if (repo_id(id, &oid, NULL) < 0 || git_tree_lookup(&tree, w->r->git, &oid) < 0)
		return NULL;
	return tree;
}

void vwalk_entry(struct vwalk *w, const char *tree, const char *path, char id[REPO_HEX + 1],
		 bool *file)
{
	git_tree *t = look_up_tree(w, tree);
	unsigned mode = 0;
	git_oid oid;

	*id = '\0';
	*file = false;
	if (t && repo_tree_entry(t, path, &oid, &mode, NULL) == 1) {
		git_oid_tostr(id, REPO_HEX + 1, &oid);
		*file = mode == GIT_FILEMODE_BLOB || mode == GIT_FILEMODE_BLOB_EXECUTABLE;
	}
	git_tree_free(t);
}

void vwalk_list(struct vwalk *w, const char *tree, const char *path, vwalk_fn *fn, void *arg)
{
	git_tree *t = look_up_tree(w, tree), *below = NULL;
	unsigned mode = 0;
	git_oid oid;

	if (t && repo_tree_entry(t, path, &oid, &mode, NULL) == 1 &&
	    mode == GIT_FILEMODE_TREE && git_tree_lookup(&below, w->r->git, &oid) == 0)
		for (size_t i = 0; i < git_tree_entrycount(below); i++) {
			const git_tree_entry *e = git_tree_entry_byindex(below, i);
			git_filemode_t m = git_tree_entry_filemode(e);
			char hex[REPO_HEX + 1];

			git_oid_tostr(hex, sizeof(hex), git_tree_entry_id(e));
			fn(arg, git_tree_entry_name(e),
			   m == GIT_FILEMODE_TREE                                        ? 'd'
			   : m == GIT_FILEMODE_BLOB || m == GIT_FILEMODE_BLOB_EXECUTABLE ? 'f'
											 : '?',
			   hex);
		}
	git_tree_free(below);
	git_tree_free(t);
}

/* ---- nodes ---- */

static size_t slot_of(const struct vwalk *w, const char *id)
{
	char head[17];
	size_t at;

	memcpy(head, id, 16);
	head[16] = '\0';
	at = (size_t)strtoull(head, NULL, 16) & (w->n_slots - 1);
	while (w->slots[at] != NOWHERE && strcmp(w->v[w->slots[at]].id, id) != 0)
		at = (at + 1) & (w->n_slots - 1);
	return at;
}

uint32_t vwalk_find(const struct vwalk *w, const char *id)
{
	return w->n_slots ? w->slots[slot_of(w, id)] : NOWHERE;
}

static void grow_slots(struct vwalk *w)
{
	if (w->n_slots > 2 * w->n)
		return;
	w->n_slots = w->n_slots ? 4 * w->n_slots : 256;
	w->slots = mem_array(w->slots, w->n_slots, sizeof(*w->slots));
	for (size_t i = 0; i < w->n_slots; i++)
		w->slots[i] = NOWHERE;
	for (size_t i = 0; i < w->n; i++)
		w->slots[slot_of(w, w->v[i].id)] = (uint32_t)i;
}

static void copy_hex(char to[REPO_HEX + 1], struct slice from)
{
	assert(from.p && from.len == REPO_HEX);
	memcpy(to, from.p, REPO_HEX);
	to[REPO_HEX] = '\0';
}

static void connect(struct vwalk *w, struct vnode *node, const struct gitcommit *c)
{
	node->n_all = c->n_parents;
	node->parents = mem_array(NULL, c->n_parents + 1, sizeof(*node->parents));
	node->time = c->committed;
	for (size_t i = 0; i < c->n_parents; i++) {
		char id[REPO_HEX + 1];
		uint32_t up;

		copy_hex(id, c->parents[i]);
		up = vwalk_find(w, id);
		if (up == NOWHERE)
			continue;
		node->parents[node->n_parents++] = up;
		node->from_pin |= w->v[up].from_pin;
		if (w->v[up].time > node->time)
			node->time = w->v[up].time;
	}
	if (node->time > w->ask->now)
		node->time = w->ask->now;
}

static int add_node(struct vwalk *w, const char *id, struct error *err)
{
	struct vnode node = {.before = NOWHERE, .after = NOWHERE};
	struct gitcommit c = {.n_parents = 0};
	struct str bytes = STR_INIT, path = STR_INIT;
	bool file;
	int rc = vwalk_commit(w, id, &bytes, &c, err);

	if (rc == 0 && w->n == NODES_MOST)
		rc = error_set(err, ST_TOO_LARGE, N_("more than %d commits"), NODES_MOST);
	if (rc == 0) {
		memcpy(node.id, id, REPO_HEX + 1);
		copy_hex(node.tree, c.tree);
		connect(w, &node, &c);
		node.from_pin |= strcmp(id, w->out->pin) == 0;
		str_addf(&path, "%s/signers", w->ask->folder);
		vwalk_entry(w, node.tree, str_text(&path), node.blob, &file);
		if (*node.blob && !file)
			memcpy(node.blob, "-", 2);
		MEM_GROW(w->v, w->n, w->cap);
		w->v[w->n++] = node;
		grow_slots(w);
		w->slots[slot_of(w, id)] = (uint32_t)(w->n - 1);
	}
	gitcommit_release(&c);
	str_release(&bytes);
	str_release(&path);
	return rc;
}

static int walk_from(struct vwalk *w, git_revwalk **walk, const char *hide, struct error *err)
{
	git_oid id;
	int rc = repo_id(w->new, &id, err);

	if (rc < 0)
		return rc;
	rc = git_revwalk_new(walk, w->r->git);
	if (rc == 0)
		rc = git_revwalk_sorting(*walk, GIT_SORT_TOPOLOGICAL | GIT_SORT_REVERSE);
	if (rc == 0)
		rc = git_revwalk_push(*walk, &id);
	if (rc == 0 && *hide && repo_id(hide, &id, NULL) == 0)
		rc = git_revwalk_hide(*walk, &id);
	return rc < 0 ? gitlib_error(err, rc, N_("the history cannot be read")) : 0;
}

/* Which nodes are of OLD..NEW: all, where there is no OLD, but for the pin itself. */
static int mark_asked(struct vwalk *w, struct error *err)
{
	git_revwalk *walk = NULL;
	char hex[REPO_HEX + 1];
	git_oid id;
	int rc = walk_from(w, &walk, *w->old ? w->old : w->out->pin, err);

	while (rc == 0 && git_revwalk_next(&id, walk) == 0) {
		uint32_t i;

		git_oid_tostr(hex, sizeof(hex), &id);
		i = vwalk_find(w, hex);
		if (i == NOWHERE)
			continue;
		w->v[i].asked = true;
		if (w->ask->hook)
			w->v[i].time = w->ask->now;
	}
	git_revwalk_free(walk);
	return rc;
}

int vwalk_load(struct vwalk *w, struct error *err)
{
	const char *pin = w->out->pin;
	git_revwalk *walk = NULL;
	char hex[REPO_HEX + 1];
	git_oid id;
	int rc = 0, step = 0;

	grow_slots(w);
	if (*pin)
		rc = add_node(w, pin, err);
	if (rc == 0 && strcmp(pin, w->new) != 0)
		rc = walk_from(w, &walk, *pin ? pin : w->old, err);
	while (rc == 0 && walk && (step = git_revwalk_next(&id, walk)) == 0) {
		git_oid_tostr(hex, sizeof(hex), &id);
		rc = add_node(w, hex, err);
	}
	if (rc == 0 && walk && step != GIT_ITEROVER)
		rc = gitlib_error(err, step, N_("the history cannot be read"));
	git_revwalk_free(walk);
	/* Where nothing is new, NEW is not walked to. */
	if (rc == 0 && vwalk_find(w, w->new) == NOWHERE)
		rc = add_node(w, w->new, err);
	if (rc == 0)
		rc = mark_asked(w, err);
	w->top = rc == 0 ? vwalk_find(w, w->new) : NOWHERE;
	return rc;
}

void vwalk_release(struct vwalk *w)
{
	for (size_t i = 0; i < w->n; i++)
		free(w->v[i].parents);
	for (size_t i = 0; i < w->n_states; i++)
		signers_release(&w->states[i].list);
	free(w->v);
	free(w->slots);
	free(w->states);
	sign_checker_release(&w->checker);
}
