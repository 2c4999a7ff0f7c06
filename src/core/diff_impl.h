/* SPDX-License-Identifier: MIT */
#ifndef CORE_DIFF_IMPL_H
#define CORE_DIFF_IMPL_H

#include "core/diff.h"

/* A paragraph as it is compared. */
struct diff_line {
	size_t begin, end, body; /* body: after the label */
	uint64_t full, rest;     /* hashes of the line, and of its body */
	uint32_t word, n_words;  /* its words' hashes in the pool, sorted; only where needed */
	bool has_words;
	uint32_t partner; /* in the other text, or DIFF_NONE */
	bool moved;
};

struct diff_side {
	struct slice text;
	struct diff_line *v;
	size_t n;
	uint32_t *words;
	size_t n_words, cap_words;
};

void diff_side_init(struct diff_side *s, struct slice text);
void diff_side_release(struct diff_side *s);

/* Finds each line's partner and which moved. */
void diff_align(struct diff_side *old, struct diff_side *new);

/* Hashes of a stretch's words, sorted, appended to a growing pool. */
uint32_t diff_collect_words(struct slice s, uint32_t **pool, size_t *n, size_t *cap);
/* How many two sorted lists have in common, each as often as in both. */
size_t diff_common(const uint32_t *a, size_t n, const uint32_t *b, size_t m);

/* Pairs (a, b), by a and no two with one b: keeps a longest run in which b grows too, sets
 * keep[i]. Returns its length. */
size_t diff_longest_run(const uint32_t *b, size_t n, unsigned char *keep);

#endif
