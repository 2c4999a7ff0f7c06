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

/* ---- the walk: by the commits' own bytes, whatever git keeps beside them to be faster ---- */

/* A commit on the way down: what is known of it, and which parent is next. */
struct frame {
	struct vnode node;
	char (*up)[REPO_HEX + 1];
	size_t n, next;
};

struct stack {
	struct frame *v;
	size_t n, cap;
};

static int push(struct vwalk *w, struct stack *s, const char *id, struct error *err)
{
	struct frame f = {.node = {.before = NOWHERE, .after = NOWHERE}};
	struct gitcommit c = {.n_parents = 0};
	struct str bytes = STR_INIT;
	int rc = repo_read_commit(w->r, id, &bytes, &c, err);

	if (rc == 0 && w->n + s->n >= NODES_MOST)
		rc = error_set(err, ST_TOO_LARGE, N_("more than %d commits"), NODES_MOST);
	if (rc == 0) {
		memcpy(f.node.id, id, REPO_HEX + 1);
		copy_hex(f.node.tree, c.tree);
		f.node.time = c.committed;
		f.up = mem_array(NULL, c.n_parents + 1, sizeof(*f.up));
		for (; f.n < c.n_parents; f.n++)
			copy_hex(f.up[f.n], c.parents[f.n]);
		MEM_GROW(s->v, s->n, s->cap);
		s->v[s->n++] = f;
	}
	gitcommit_release(&c);
	str_release(&bytes);
	return rc;
}

/* All its parents are there: so it is the next. */
static void pop(struct vwalk *w, struct stack *s)
{
	struct frame *f = &s->v[--s->n];
	struct vnode *node = &f->node;
	struct str path = STR_INIT;
	bool file;

	node->parents = mem_array(NULL, f->n + 1, sizeof(*node->parents));
	for (; node->n_parents < f->n; node->n_parents++) {
		uint32_t up = vwalk_find(w, f->up[node->n_parents]);

		assert(up != NOWHERE);
		node->parents[node->n_parents] = up;
		node->from_pin |= w->v[up].from_pin;
		if (w->v[up].time > node->time)
			node->time = w->v[up].time;
	}
	if (node->time > w->ask->now)
		node->time = w->ask->now;
	node->from_pin |= strcmp(node->id, w->out->pin) == 0;
	/* What came before the pin is of no use. */
	if (node->from_pin) {
		str_addf(&path, "%s/signers", w->ask->folder);
		vwalk_entry(w, node->tree, str_text(&path), node->blob, &file);
		if (*node->blob && !file)
			memcpy(node->blob, "-", 2);
		str_release(&path);
	}
	free(f->up);
	MEM_GROW(w->v, w->n, w->cap);
	w->v[w->n++] = *node;
	grow_slots(w);
	w->slots[slot_of(w, node->id)] = (uint32_t)(w->n - 1);
}

/* A commit and all of its history that is not there yet. */
static int load(struct vwalk *w, const char *id, struct error *err)
{
	struct stack s = {NULL, 0, 0};
	int rc = vwalk_find(w, id) == NOWHERE ? push(w, &s, id, err) : 0;

	while (rc == 0 && s.n) {
		struct frame *f = &s.v[s.n - 1];

		if (f->next == f->n)
			pop(w, &s);
		else if (vwalk_find(w, f->up[f->next]) != NOWHERE)
			f->next++;
		else
			rc = push(w, &s, f->up[f->next], err);
	}
	while (s.n)
		free(s.v[--s.n].up);
	free(s.v);
	return rc;
}

bool vwalk_holds(struct repo *r, const char *of, const char *id)
{
	struct verifier none = {.n = 0};
	struct verifier_ask ask = {.folder = ""};
	struct vwalk w = {.r = r, .ask = &ask, .out = &none, .checker = SIGN_CHECKER_INIT};
	struct error ignored = ERROR_INIT;
	bool holds;

	grow_slots(&w);
	holds = load(&w, of, &ignored) == 0 && vwalk_find(&w, id) != NOWHERE;
	vwalk_release(&w);
	return holds;
}

bool *vwalk_history(const struct vwalk *w, uint32_t node)
{
	bool *in = mem_zalloc(w->n + 1);

	if (node == NOWHERE)
		return in;
	in[node] = true;
	for (size_t i = (size_t)node + 1; i-- > 0;)
		for (size_t k = 0; in[i] && k < w->v[i].n_parents; k++)
			in[w->v[i].parents[k]] = true;
	return in;
}

/* Which nodes are of OLD..NEW; where there is no OLD, of all since the pin. */
static void mark_asked(struct vwalk *w)
{
	uint32_t old = *w->old ? vwalk_find(w, w->old) : vwalk_find(w, w->out->pin);
	uint32_t pin = vwalk_find(w, w->out->pin);
	bool *in_new = vwalk_history(w, w->top), *in_old = vwalk_history(w, old);
	bool *in_pin = vwalk_history(w, pin);

	for (size_t i = 0; i < w->n; i++) {
		w->v[i].asked = in_new[i] && !in_old[i] && !in_pin[i];
		if (w->v[i].asked && w->ask->hook)
			w->v[i].time = w->ask->now;
	}
	free(in_new);
	free(in_old);
	free(in_pin);
}

/* The pin counts where it is in NEW's history; else nobody's keys do. */
static void check_pin(struct vwalk *w)
{
	uint32_t pin = vwalk_find(w, w->out->pin);
	bool *in_new = vwalk_history(w, w->top);
	struct str note = STR_INIT;

	if (pin == NOWHERE || !in_new[pin]) {
		str_addf(
			&note,
			error_word(N_("the commit you vouched for (%.10s) is not in the "
				      "history of this "
				      "one; if that is right, run adref trust --signers anew")),
			w->ask->pin);
		w->out->note = str_detach(&note);
		*w->out->pin = '\0';
	}
	free(in_new);
}

int vwalk_load(struct vwalk *w, struct error *err)
{
	struct error ignored = ERROR_INIT;
	int rc;

	grow_slots(w);
	/* The pin's history first: what comes before the pin has a lower number. */
	if (w->ask->pin && load(w, w->ask->pin, &ignored) == 0)
		w->begin = (uint32_t)(w->n - 1);
	rc = load(w, w->new, err);
	if (rc == 0 && *w->old)
		rc = load(w, w->old, err);
	if (rc < 0)
		return rc;
	w->top = vwalk_find(w, w->new);
	if (w->ask->pin)
		check_pin(w);
	mark_asked(w);
	return 0;
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
