/* SPDX-License-Identifier: MIT */
#ifndef CORE_DIFF_ALIGN_IMPL_H
#define CORE_DIFF_ALIGN_IMPL_H

#include "diff_impl.h"

/*
 * How paragraphs find their partners:
 *   side     bytes -> lines, and their words
 *   anchor   lines that are unique in both texts
 *   obvious  lines that are nearly what they were
 *   gap      the rest, by how alike they are
 *   align    one after the other, within a budget
 */

#define DEPTH_MOST  32 /* of anchors within gaps between anchors */
#define MOVED_WORDS 3  /* shorter lines are written anew, not moved */

struct diff_range {
	size_t a0, a1, b0, b1;
	int depth;
};

struct diff_aligning {
	struct diff_side *old, *new;
	struct diff_range *stack;
	size_t n, cap;
	size_t cost;
	struct diff_bag bag; /* the words of old line bag_line */
	size_t bag_line;
};

/* A line of either text, to be sorted by what it is found by. */
struct diff_entry {
	uint64_t key;
	uint32_t line;
	bool new;
};

struct diff_line_pair {
	uint32_t a, b, votes;
};

/* diff_align.c */

/* Whether two lines are the same: whole, or without their labels. */
bool diff_same_bytes(const struct diff_aligning *s, size_t a, size_t b, bool whole);
void diff_match(struct diff_aligning *s, size_t a, size_t b);
void diff_match_moved(struct diff_aligning *s, size_t a, size_t b);
/* A range that is still to be aligned. */
void diff_push(struct diff_aligning *s, struct diff_range r);

/* diff_anchor.c */

/* For qsort: entries by key, old ones first; pairs by old line. */
int diff_by_key(const void *x, const void *y);
int diff_by_old(const void *x, const void *y);
/* Divides the range at the pairs that are in order; returns whether there was one. */
bool diff_divide(struct diff_aligning *s, const struct diff_range *r,
		 const struct diff_line_pair *pairs, size_t n, bool moves);
bool diff_anchor(struct diff_aligning *s, const struct diff_range *r, bool whole);
void diff_find_relabelled_moves(struct diff_aligning *s);

/* diff_obvious.c: whether there were any such lines; what is left is pushed. */
bool diff_pair_obvious(struct diff_aligning *s, const struct diff_range *r);

/* diff_gap.c */

/* The lines of a gap without partners, and their words. */
struct diff_gap {
	uint32_t *a, *b;
	size_t n, m;
	size_t cost; /* of comparing each with each */
};
void diff_gap_open(struct diff_aligning *s, const struct diff_range *r, struct diff_gap *g);
void diff_gap_close(struct diff_gap *g);
/* Line by line, where that is seen to be best; otherwise false. */
bool diff_pair_each(struct diff_aligning *s, const struct diff_gap *g);
/* The in-order pairing that is worth most. */
void diff_pair_by_likeness(struct diff_aligning *s, const struct diff_gap *g);
/* Equal lines in order, unique or not. Returns whether any were found. */
bool diff_pair_equals(struct diff_aligning *s, const struct diff_gap *g);
/* Pairs of lines that share words which no other line of the gap has, most of them first. */
struct diff_line_pair *diff_vote(const struct diff_aligning *s, const struct diff_gap *g,
				 size_t *n);
/* Keeps the pairs of which neither line is in a better one; by old line. */
size_t diff_keep_best(struct diff_aligning *s, struct diff_line_pair *pairs, size_t n,
		      double least);

#endif
