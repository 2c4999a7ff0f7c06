/* SPDX-License-Identifier: MIT */
#ifndef CORE_MATRIX_H
#define CORE_MATRIX_H

#include "core/ledger.h"
#include "core/verdict.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * All points of a draft by all parties: every verdict, what it adds up to for
 * a party and for two of them, and which point to take next. Holds indexes
 * into the reading and borrows the positions: void once either changes. Pure.
 *
 * An outermost point counts as one open point; nested ones have rows of their
 * own and are counted apart (FORMAT.md).
 */

struct matrix_row {
	uint32_t
		point; /* index in the reading; rows are in its order, so it is the row's too */
	uint32_t depth; /* 1: outermost */
	struct verdict verdict;
	size_t linked;                   /* other points with the same wording */
	const struct deferred *deferred; /* borrowed; NULL: not put off */
};

/* One party's voices. supports to none, and silent, add up to the points. */
struct matrix_tally {
	size_t supports, accepts, opposes, reserves, none;
	size_t silent;    /* no position recorded */
	size_t red_lines; /* of the first three */
	size_t stale;     /* of all */
	size_t objects;   /* spoke, and does not endorse what most do */
};

struct matrix {
	struct matrix_row *rows;
	size_t n;               /* points of all depths */
	size_t n_outer;         /* open points */
	struct standing *cells; /* n * n_parties; matrix_cell() */
	size_t n_parties;
	struct matrix_tally *outer, *nested; /* by party */
	size_t verdicts[VERDICT_KINDS];      /* open points by verdict */
	size_t nested_verdicts[VERDICT_KINDS];
	size_t firm; /* open points that could be decided by consensus now */
};

/* given: by party, its positions, or NULL. deferred may be NULL. Release with
 * matrix_release(), always. O(n log n) for n points and positions. */
void matrix_read(struct matrix *m, const struct bracketed *w,
		 const struct positions *const *given, const struct deferred_list *deferred);
void matrix_release(struct matrix *m);

/* Where a party stands in a row; valid until matrix_release(). */
const struct standing *matrix_cell(const struct matrix *m, size_t row, uint16_t party);
/* All parties of a row, for core/verdict's words. */
const struct standing *matrix_row_cells(const struct matrix *m, size_t row);

/*
 * How far two parties agree: of the open points on which both spoke on today's wording
 * (neither is stale), those where both support or accept the same outcome, or both
 * oppose the same. Reserving agrees with nobody.
 */
struct matrix_pair {
	size_t both; /* open points on which both spoke */
	size_t agree;
	unsigned
		percent; /* rounded; 100 only where all agree, 0 only where none; 0 of 0 is 0 */
};
struct matrix_pair matrix_pair(const struct matrix *m, uint16_t one, uint16_t other);

/* Whether a chair can decide the point because all agree. */
enum matrix_decides {
	DECIDES_NOT,     /* there is no consensus */
	DECIDES_STALE,   /* there is one, but it rests on an older wording: ask again */
	DECIDES_PUT_OFF, /* there is one, but the point was put off */
	DECIDES          /* on verdict.option */
};
enum matrix_decides matrix_decides(const struct matrix_row *row);

enum matrix_sort {
	MATRIX_BY_NUMBER, /* as the points stand in the draft */
	/*
	 * What is settled soonest comes first: points on which at least two spoke before
	 * those with one voice, and these before silent ones; among them fewest objectors, of
	 * as many a consensus before a near one, a split, a deadlock; then most linked,
	 * then the draft's order. Points that are put off come last.
	 */
	MATRIX_EASIEST,
	MATRIX_HARDEST, /* the other way round, but silent points and those put off are last */
	MATRIX_LINKED,  /* most linked first */
	MATRIX_STALE    /* most stale positions first */
};
#define MATRIX_SORTS 5

/* order gets the n rows' indexes, so sorted. */
void matrix_order(const struct matrix *m, enum matrix_sort sort, size_t *order);
/* The first open point of MATRIX_EASIEST that is not put off and on which somebody spoke:
 * a row, or SIZE_MAX. after: a row to leave out (the one just looked at), or SIZE_MAX. */
size_t matrix_easiest(const struct matrix *m, size_t after);
/* < 0 where a is to be taken before b, for lists over several drafts; 0: equal. */
int matrix_compare(const struct matrix_row *a, const struct matrix_row *b);

#endif
