/* SPDX-License-Identifier: MIT */
#ifndef CORE_DIFF_H
#define CORE_DIFF_H

#include "core/each.h"
#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What changed between two texts: paragraphs first, then the words of those
 * that changed (FORMAT.md, "Commands": adref diff --json). Knows lines, labels
 * and words, no brackets. Near-linear where little changed; on hostile input
 * the answer gets coarser, never slow. Ranges are byte offsets into the two
 * texts, which are borrowed by the caller's calls only.
 *
 * Invariant: the EQUAL and DELETE stretches of a pair, joined, are the old
 * paragraph's bytes, the EQUAL and INSERT ones the new paragraph's.
 */

#define DIFF_NONE UINT32_MAX

enum diff_change { DIFF_SAME, DIFF_CHANGED, DIFF_ADDED, DIFF_DELETED, DIFF_MOVED };

enum diff_kind { DIFF_EQUAL, DIFF_DELETE, DIFF_INSERT };

struct diff_op {
	enum diff_kind kind;
	size_t old, old_end; /* empty, at the place, for an insertion */
	size_t new, new_end; /* empty, at the place, for a deletion */
};

struct diff_pair {
	enum diff_change change;
	uint32_t old, new;         /* paragraph from 0, blank lines not counted; DIFF_NONE */
	size_t old_begin, old_end; /* the lines, without line ends */
	size_t new_begin, new_end;
	size_t op, n_ops; /* range in diff.ops; none where the change is DIFF_SAME */
};

struct diff {
	/* In the new text's order; what was deleted stands where it was. A paragraph that
	 * moved is one pair, at its new place. */
	struct diff_pair *pairs;
	size_t n, cap;
	struct diff_op *ops;
	size_t n_ops, cap_ops;
	bool same; /* byte for byte */
};

/* d is overwritten and the caller's to release. The texts may be any bytes. */
void diff_texts(struct diff *d, struct slice old, struct slice new);
/* The same, by several at once (core/each.h). */
void diff_texts_by(const struct each *each, struct diff *d, struct slice old, struct slice new);
void diff_release(struct diff *d);

/* How many bytes of whole lines two texts begin and end with in common, never overlapping: what
 * is between is all that need be compared where only what changed matters. */
void diff_frame(struct slice a, struct slice b, size_t *head, size_t *tail);

/* The words of two stretches, whatever lines they have: appended to d->ops. Offsets count from
 * the two slices' starts. */
void diff_words(struct diff *d, struct slice old, struct slice new);

/*
 * Which elements of two sequences have no partner in the other: sets a byte for
 * each to 1 or 0 (the caller's arrays, old_n and new_n long). Elements are below bound. What is
 * 0 in both is equal, in order. Shortest where they differ little; where they differ in
 * hundreds of places, close to it. Time: elements times differences, the latter bounded.
 */
void diff_sequences(const uint32_t *old, size_t old_n, const uint32_t *new, size_t new_n,
		    uint32_t bound, unsigned char *old_changed, unsigned char *new_changed);

/* How alike two stretches are: twice the common words over the words of both, 0 to 1 (two
 * empty ones: 1). Order does not count. */
double diff_likeness(struct slice old, struct slice new);

/* "same", "changed", "added", "deleted", "moved" */
const char *diff_change_word(enum diff_change change);

#endif
