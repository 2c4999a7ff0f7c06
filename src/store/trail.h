/* SPDX-License-Identifier: MIT */
#ifndef STORE_TRAIL_H
#define STORE_TRAIL_H

#include "core/error.h"
#include "store/repo.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What the walks of store/history share: commits waiting to be looked at,
 * newest first and each once, and whether a path is the same in two trees.
 */

struct git_commit;
struct git_repository;
struct git_tree;

/* Raw object ids, so that this header needs no git2.h. */
#define TRAIL_RAW 20

struct trail_commit {
	unsigned char id[TRAIL_RAW];
	int64_t time; /* the committer's */
	size_t tag;   /* the caller's */
};

struct trail {
	struct trail_commit *heap; /* newest on top */
	size_t n, cap;
	struct trail_seen {
		unsigned char id[TRAIL_RAW];
		bool used;
		size_t tag;
	} * seen; /* hash table of ids, a power of two */
	size_t n_seen, n_slots;
};

void trail_release(struct trail *t);
/* Adds a commit and returns true; false where it was added before, and *tag is what it was
 * added with. */
bool trail_add(struct trail *t, const unsigned char *id, int64_t time, size_t *tag);
/* Adds a commit again that was added and taken before. */
void trail_add_again(struct trail *t, const unsigned char *id, int64_t time, size_t tag);
/* The tag of a commit that was added, to be read or changed; valid until the next is. */
size_t *trail_tag(struct trail *t, const unsigned char *id);
/* Takes the newest; false where none is left. */
bool trail_take(struct trail *t, struct trail_commit *out);

/* A folder of one tree, kept from one question to the next. */
struct trail_side {
	unsigned char root[TRAIL_RAW];
	char *folder;          /* NULL: nothing kept */
	struct git_tree *tree; /* NULL: it has no such folder */
};

void trail_side_release(struct trail_side *side);
/*
 * Whether path is the same, or in neither, in two root trees. Returns 1 or 0,
 * or a negative code of libgit2's.
 */
int trail_same(struct git_repository *git, struct trail_side *a, const unsigned char *root_a,
	       struct trail_side *b, const unsigned char *root_b, const char *path);
/* Whether root has path, and which blob (raw id, may be NULL). 1, 0 or negative. */
int trail_has(struct git_repository *git, struct trail_side *side, const unsigned char *root,
	      const char *path, unsigned char *blob);

/*
 * The i-th parent. 0; 1 where a shallow clone does not have it; a negative
 * status where it should be there and is not.
 */
int trail_parent(struct repo *r, const struct git_commit *commit, unsigned i,
		 struct git_commit **out, struct error *err);

#endif
