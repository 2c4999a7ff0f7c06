/* SPDX-License-Identifier: MIT */
#include "parting.h"

#include "core/mem.h"

#include <git2.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/*
 * As git does it: from both commits down, the newest first, each commit told
 * from which it was come to. What was come to from both is where they part, and
 * all before it is of no interest (STALE).
 */

enum { FROM_A = 1, FROM_B = 2, STALE = 4, FOUND = 8 };

struct node {
	git_oid id;
	int64_t time;
	size_t parents, n_parents; /* in pool */
	size_t waiting;            /* so often in the heap */
	unsigned flags;
	bool read;
};

struct parting {
	git_repository *git;
	struct node *nodes;
	size_t n, cap;
	size_t *slots; /* of nodes, 1 more than their number; a power of two of them */
	size_t n_slots;
	size_t *pool; /* parents, by node */
	size_t n_pool, cap_pool;
	size_t *heap; /* nodes waiting, the newest on top */
	size_t n_heap, cap_heap;
	size_t *seen; /* nodes with flags */
	size_t n_seen, cap_seen;
	size_t live; /* how many in the heap are not STALE */
};

struct parting *parting_new(git_repository *git)
{
	struct parting *p = mem_zalloc(sizeof(*p));

	p->git = git;
	return p;
}

void parting_free(struct parting *p)
{
	if (!p)
		return;
	free(p->nodes);
	free(p->slots);
	free(p->pool);
	free(p->heap);
	free(p->seen);
	free(p);
}

/* ---- the commits that are known */

/* Ids are hashes already. */
static size_t slot_of(const struct parting *p, const git_oid *id)
{
	size_t h;

	memcpy(&h, id->id, sizeof(h));
	for (h &= p->n_slots - 1;
	     p->slots[h] && !git_oid_equal(&p->nodes[p->slots[h] - 1].id, id);)
		h = (h + 1) & (p->n_slots - 1);
	return h;
}

static size_t node_of(struct parting *p, const git_oid *id)
{
	size_t slot;

	if (2 * (p->n + 1) > p->n_slots) {
		p->n_slots = p->n_slots ? 2 * p->n_slots : 256;
		free(p->slots);
		p->slots = mem_zalloc(p->n_slots * sizeof(*p->slots));
		for (size_t i = 0; i < p->n; i++)
			p->slots[slot_of(p, &p->nodes[i].id)] = i + 1;
	}
	slot = slot_of(p, id);
	if (!p->slots[slot]) {
		MEM_GROW(p->nodes, p->n, p->cap);
		p->nodes[p->n] = (struct node){.id = *id};
		p->slots[slot] = ++p->n;
	}
	return p->slots[slot] - 1;
}

/* What is not there (a shallow clone's edge, damage) has no parents. */
static void read_node(struct parting *p, size_t i)
{
	git_commit *c = NULL;
	git_oid id = p->nodes[i].id;
	size_t from = p->n_pool, n;

	if (p->nodes[i].read)
		return;
	p->nodes[i].read = true;
	if (git_commit_lookup(&c, p->git, &id) < 0)
		return;
	n = git_commit_parentcount(c);
	for (size_t k = 0; k < n; k++) {
		size_t parent = node_of(p, git_commit_parent_id(c, (unsigned)k));

		MEM_GROW(p->pool, p->n_pool, p->cap_pool);
		p->pool[p->n_pool++] = parent;
	}
	p->nodes[i].parents = from;
	p->nodes[i].n_parents = n;
	p->nodes[i].time = git_commit_time(c);
	git_commit_free(c);
}

/* ---- those that wait */

static int64_t time_of(const struct parting *p, size_t heap)
{
	return p->nodes[p->heap[heap]].time;
}

static void swap(struct parting *p, size_t a, size_t b)
{
	size_t keep = p->heap[a];

	p->heap[a] = p->heap[b];
	p->heap[b] = keep;
}

/* With flags added to those that it has. */
static void add(struct parting *p, size_t i, unsigned flags)
{
	struct node *node;
	size_t at;

	read_node(p, i);
	node = &p->nodes[i];
	if (!node->flags) {
		MEM_GROW(p->seen, p->n_seen, p->cap_seen);
		p->seen[p->n_seen++] = i;
	}
	if ((flags & STALE) && !(node->flags & STALE))
		p->live -= node->waiting;
	node->flags |= flags;
	node->waiting++;
	p->live += !(node->flags & STALE);
	MEM_GROW(p->heap, p->n_heap, p->cap_heap);
	p->heap[at = p->n_heap++] = i;
	for (; at && time_of(p, (at - 1) / 2) < time_of(p, at); at = (at - 1) / 2)
		swap(p, at, (at - 1) / 2);
}

static size_t take(struct parting *p)
{
	size_t i = p->heap[0], at = 0, child;

	p->heap[0] = p->heap[--p->n_heap];
	while ((child = 2 * at + 1) < p->n_heap) {
		child += child + 1 < p->n_heap && time_of(p, child + 1) > time_of(p, child);
		if (time_of(p, at) >= time_of(p, child))
			break;
		swap(p, at, child);
		at = child;
	}
	p->nodes[i].waiting--;
	p->live -= !(p->nodes[i].flags & STALE);
	return i;
}

static void clear(struct parting *p)
{
	for (size_t i = 0; i < p->n_seen; i++) {
		p->nodes[p->seen[i]].flags = 0;
		p->nodes[p->seen[i]].waiting = 0;
	}
	p->n_seen = p->n_heap = p->live = 0;
}

static size_t paint(struct parting *p, const git_oid *a, const git_oid *b, git_oid *out,
		    size_t most)
{
	size_t n = 0;

	add(p, node_of(p, a), FROM_A);
	add(p, node_of(p, b), FROM_B);
	while (p->live) {
		size_t i = take(p);
		unsigned flags = p->nodes[i].flags & (FROM_A | FROM_B | STALE);

		if (flags == (FROM_A | FROM_B)) {
			p->nodes[i].flags |= FOUND;
			flags |= STALE;
		}
		for (size_t k = 0; k < p->nodes[i].n_parents; k++) {
			size_t parent = p->pool[p->nodes[i].parents + k];

			if ((p->nodes[parent].flags & flags) != flags)
				add(p, parent, flags);
		}
	}
	for (size_t i = 0; i < p->n_seen; i++) {
		const struct node *node = &p->nodes[p->seen[i]];

		if ((node->flags & (FOUND | STALE)) == FOUND && n++ < most)
			out[n - 1] = node->id;
	}
	return n;
}

size_t parting_find(struct parting *p, const git_oid *a, const git_oid *b, git_oid *out,
		    size_t most)
{
	git_oidarray found = {NULL, 0};
	size_t n = paint(p, a, b, out, most);

	clear(p);
	/* Where clocks were wrong one may be before another: among several, libgit2 knows. */
	if (n < 2 || git_merge_bases(&found, p->git, a, b) < 0)
		return n < most ? n : most;
	for (n = 0; n < found.count && n < most; n++)
		out[n] = found.ids[n];
	git_oidarray_dispose(&found);
	return n;
}
