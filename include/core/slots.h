/* SPDX-License-Identifier: MIT */
#ifndef CORE_SLOTS_H
#define CORE_SLOTS_H

#include <stddef.h>
#include <stdint.h>

/*
 * Numbers found by a hash: a table for whoever keeps things in an array and looks
 * them up by what they are. Which of several things with one hash is meant, is the
 * caller's to say. Open addressing, at most half full; of a hash the lower 32 bits
 * count, so they had better be good ones. Fewer than 2^31 numbers.
 */

#define SLOTS_NONE UINT32_MAX

/* All zero at first. */
struct slots {
	struct slot {
		uint32_t hash;
		uint32_t number; /* + 1; 0: free */
	} * v;
	size_t size; /* a power of two, or 0 */
	size_t n;    /* numbers in it */
};

void slots_release(struct slots *s);
/* Forgets all numbers. What many have made large is not kept for a few. */
void slots_clear(struct slots *s);
/* Adds a number, whatever else has this hash. */
void slots_add(struct slots *s, uint64_t hash, uint32_t number);

/*
 * The numbers with this hash, one a call, in the order in which they were added: *at is 0 at
 * first. SLOTS_NONE: there are no more.
 */
static inline uint32_t slots_next(const struct slots *s, uint64_t hash, size_t *at)
{
	while (s->size) {
		const struct slot *p = &s->v[((uint32_t)hash + (*at)++) & (s->size - 1)];

		if (!p->number)
			break;
		if (p->hash == (uint32_t)hash)
			return p->number - 1;
	}
	return SLOTS_NONE;
}

#endif
