/* SPDX-License-Identifier: MIT */
#include "trail.h"

#include "core/mem.h"
#include "git.h"

#include <git2.h>
#include <stdlib.h>
#include <string.h>

/* ---- commits waiting ---- */

void trail_release(struct trail *t)
{
	free(t->heap);
	free(t->seen);
	*t = (struct trail){0};
}

/* Ids are hashes already. */
static size_t slot_of(const struct trail *t, const unsigned char *id)
{
	size_t h;

	memcpy(&h, id, sizeof(h));
	for (h &= t->n_slots - 1; t->seen[h].used && memcmp(t->seen[h].id, id, TRAIL_RAW) != 0;)
		h = (h + 1) & (t->n_slots - 1);
	return h;
}

static void grow_seen(struct trail *t)
{
	struct trail_seen *old = t->seen;
	size_t n = t->n_slots;

	if (2 * (t->n_seen + 1) <= n)
		return;
	t->n_slots = n ? 2 * n : 64;
	t->seen = mem_zalloc(t->n_slots * sizeof(*t->seen));
	for (size_t i = 0; i < n; i++)
		if (old[i].used)
			t->seen[slot_of(t, old[i].id)] = old[i];
	free(old);
}

bool trail_add(struct trail *t, const unsigned char *id, int64_t time, size_t *tag)
{
	size_t slot;

	grow_seen(t);
	slot = slot_of(t, id);
	if (t->seen[slot].used) {
		*tag = t->seen[slot].tag;
		return false;
	}
	t->seen[slot] = (struct trail_seen){.used = true, .tag = *tag};
	memcpy(t->seen[slot].id, id, TRAIL_RAW);
	t->n_seen++;
	trail_add_again(t, id, time, *tag);
	return true;
}

void trail_add_again(struct trail *t, const unsigned char *id, int64_t time, size_t tag)
{
	struct trail_commit c = {.time = time, .tag = tag};
	size_t i;

	memcpy(c.id, id, TRAIL_RAW);
	MEM_GROW(t->heap, t->n, t->cap);
	for (i = t->n++; i && t->heap[(i - 1) / 2].time < time; i = (i - 1) / 2)
		t->heap[i] = t->heap[(i - 1) / 2];
	t->heap[i] = c;
}

size_t *trail_tag(struct trail *t, const unsigned char *id)
{
	return &t->seen[slot_of(t, id)].tag;
}

bool trail_take(struct trail *t, struct trail_commit *out)
{
	struct trail_commit last;
	size_t i = 0, child;

	if (!t->n)
		return false;
	*out = t->heap[0];
	last = t->heap[--t->n];
	while ((child = 2 * i + 1) < t->n) {
		if (child + 1 < t->n && t->heap[child + 1].time > t->heap[child].time)
			child++;
		if (last.time >= t->heap[child].time)
			break;
		t->heap[i] = t->heap[child];
		i = child;
	}
	if (t->n)
		t->heap[i] = last;
	return true;
}

/* ---- paths in trees ---- */

void trail_side_release(struct trail_side *side)
{
	git_tree_free(side->tree);
	free(side->folder);
	*side = (struct trail_side){0};
}

/* Goes to the folder that path is in. */
static int go_to(git_repository *git, struct trail_side *side, const unsigned char *root,
		 const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t len = slash ? (size_t)(slash - path) : 0;
	git_tree *top = NULL;
	git_tree_entry *entry = NULL;
	git_oid id;
	int rc;

	if (side->folder && memcmp(side->root, root, TRAIL_RAW) == 0 &&
	    strlen(side->folder) == len && strncmp(side->folder, path, len) == 0)
		return 0;
	trail_side_release(side);
	memcpy(side->root, root, TRAIL_RAW);
	side->folder = slice_dup(slice_make(path, len));
	git_oid_fromraw(&id, root);
	rc = git_tree_lookup(&top, git, &id);
	if (rc < 0 || !len) {
		side->tree = top;
		goto done;
	}
	rc = git_tree_entry_bypath(&entry, top, side->folder);
	if (rc == 0 && git_tree_entry_type(entry) == GIT_OBJECT_TREE)
		rc = git_tree_lookup(&side->tree, git, git_tree_entry_id(entry));
	else if (rc == GIT_ENOTFOUND)
		rc = 0;
	git_tree_entry_free(entry);
	git_tree_free(top);
done:
	if (rc < 0)
		trail_side_release(side);
	return rc;
}

static const git_tree_entry *entry_of(const struct trail_side *side, const char *path)
{
	const char *slash = strrchr(path, '/');

	return side->tree ? git_tree_entry_byname(side->tree, slash ? slash + 1 : path) : NULL;
}

int trail_same(struct git_repository *git, struct trail_side *a, const unsigned char *root_a,
	       struct trail_side *b, const unsigned char *root_b, const char *path)
{
	const git_tree_entry *in_a, *in_b;
	int rc;

	if (memcmp(root_a, root_b, TRAIL_RAW) == 0)
		return 1;
	rc = go_to(git, a, root_a, path);
	if (rc == 0)
		rc = go_to(git, b, root_b, path);
	if (rc < 0)
		return rc;
	if (a->tree && b->tree && git_oid_equal(git_tree_id(a->tree), git_tree_id(b->tree)))
		return 1;
	in_a = entry_of(a, path);
	in_b = entry_of(b, path);
	if (!in_a || !in_b)
		return !in_a && !in_b;
	return git_oid_equal(git_tree_entry_id(in_a), git_tree_entry_id(in_b)) &&
	       git_tree_entry_filemode(in_a) == git_tree_entry_filemode(in_b);
}

int trail_has(struct git_repository *git, struct trail_side *side, const unsigned char *root,
	      const char *path, unsigned char *blob)
{
	const git_tree_entry *entry;
	int rc = go_to(git, side, root, path);

	if (rc < 0)
		return rc;
	entry = entry_of(side, path);
	if (entry && blob)
		memcpy(blob, git_tree_entry_id(entry)->id, TRAIL_RAW);
	return entry != NULL;
}

int trail_parent(struct repo *r, const struct git_commit *commit, unsigned i,
		 struct git_commit **out, struct error *err)
{
	int rc = git_commit_parent(out, commit, i);

	if (rc == GIT_ENOTFOUND && git_repository_is_shallow(r->git) == 1)
		return 1;
	if (rc < 0) {
		gitlib_error(err, rc, N_("the history is damaged; run git fsck"));
		if (err)
			err->status = ST_FAIL;
		return ST_FAIL;
	}
	return ST_OK;
}
