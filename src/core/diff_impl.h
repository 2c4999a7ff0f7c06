/* SPDX-License-Identifier: MIT */
#ifndef CORE_DIFF_IMPL_H
#define CORE_DIFF_IMPL_H

#include "core/diff.h"
#include "core/slots.h"

/* A paragraph as it is compared. */
struct diff_line {
	size_t begin, end, body; /* body: after the label */
	uint64_t full, rest;     /* hashes of the line, and of its body */
	uint32_t word, n_words;  /* its words' hashes in the pool; only where needed */
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
	/* Appends line i's words to the pool, equal words as equal numbers in both sides; NULL:
	 * they are read in the text. */
	void (*add_words)(struct diff_side *s, size_t i);
	void *arg; /* its own */
};

void diff_side_init(struct diff_side *s, struct slice text);
void diff_side_release(struct diff_side *s);
/* The words of a line come into the pool. */
void diff_need_words(struct diff_side *s, size_t i);

#define DIFF_MOVED_LIKE 0.7

/* Finds each line's partner and which moved. moved_like: how alike a line must be to have moved
 * and changed, up to 1. */
void diff_align(struct diff_side *old, struct diff_side *new, double moved_like);

/* The tokens of one stretch. */
struct diff_tokens {
	size_t *at;   /* where each begins; one more for the end */
	uint32_t *id; /* equal for equal bytes, in both stretches */
	unsigned char *kind, *changed;
	size_t n, cap;
};

/* Bytes to numbers: the tokens met. */
struct diff_names {
	struct slots slots;
	struct slice *v; /* by number */
	uint32_t n, cap;
	uint32_t space; /* of one space; DIFF_NONE: none was met */
};

/* Room for two stretches, one pair after the other; all zero at first. */
struct diff_room {
	struct diff_tokens old, new;
	struct diff_names names;
};
void diff_room_read(struct diff_room *r, struct slice old, struct slice new);
void diff_room_release(struct diff_room *r);
/* diff_words() */
void diff_words_in(struct diff_room *room, struct diff *d, struct slice old, struct slice new);

/* Hashes of a stretch's words, appended to a growing pool. */
uint32_t diff_collect_words(struct slice s, uint32_t **pool, size_t *n, size_t *cap);

/* The words of one stretch, to count how many others have in common with it. */
struct diff_bag {
	struct diff_slot {
		uint32_t hash, count; /* how often it has the word; 0: the slot is free */
		uint32_t taken, round;
	} * v;
	size_t size; /* a power of two */
	uint32_t round;
};
void diff_bag_fill(struct diff_bag *g, const uint32_t *words, size_t n);
/* How many are in both, each as often as in both. */
size_t diff_bag_common(struct diff_bag *g, const uint32_t *words, size_t n);
void diff_bag_release(struct diff_bag *g);

/* Pairs (a, b), by a and no two with one b: keeps a longest run in which b grows too, sets
 * keep[i]. Returns its length. */
size_t diff_longest_run(const uint32_t *b, size_t n, unsigned char *keep);

#endif
