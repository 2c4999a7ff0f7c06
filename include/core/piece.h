/* SPDX-License-Identifier: MIT */
#ifndef CORE_PIECE_H
#define CORE_PIECE_H

#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Bytes as a list of pieces, for core/text alone (which adds undo and the
 * rest). Each piece is a stretch of memory that never moves or changes: of the
 * original, or of what was added since. A change takes a span of pieces
 * out and puts another in; it can be swapped back and forth, exactly and in
 * constant time, in the reverse order of the changes. What was once added is
 * kept until release.
 *
 * The place last touched is remembered: work is in proportion to the number of
 * pieces between there and the position asked for, never to the bytes.
 */

struct piece {
	struct piece *prev, *next;
	const char *p;
	size_t len; /* never 0 within the list */
};

struct span {
	struct piece *first, *last; /* both NULL: nothing */
};

/* One change: len bytes came in place of del bytes at position at. */
struct swap {
	struct span out, in;
	struct piece *added; /* the piece with the new bytes, in the span "in"; may be NULL */
	size_t start;        /* where both spans begin */
	size_t at, del, len;
};

struct pieces {
	struct piece head, tail; /* list ends, of length 0 */
	size_t size;
	struct piece *seat; /* the piece last touched, and where it begins */
	size_t seat_start;
	struct store_block *blocks; /* the bytes; the newest first, its end still free */
	struct piece_block *pool;   /* the pieces, free ones in the newest */
};

/* The list points into the struct: it must not be copied or moved. Takes the
 * malloc'ed bytes over; p may be NULL where len is 0. */
void pieces_init(struct pieces *ps, char *p, size_t len);
void pieces_release(struct pieces *ps);

/* Replaces and says how to swap it back. p is copied and may be of these pieces. */
void pieces_replace(struct pieces *ps, size_t at, size_t del, const char *p, size_t len,
		    struct swap *swap);
/*
 * Adds bytes right after those the latest change added, as a part of that
 * change. False, and nothing done, where they do not fit in its memory.
 */
bool pieces_extend(struct pieces *ps, struct swap *swap, const char *p, size_t len);
/* The latest change done is taken back; the latest one taken back is done again. */
void pieces_swap_back(struct pieces *ps, const struct swap *swap);
void pieces_swap_again(struct pieces *ps, const struct swap *swap);

/* Copies up to len bytes from pos; returns how many there were. */
size_t pieces_read(struct pieces *ps, size_t pos, char *buf, size_t len);
/* The stretch of memory that holds pos, from pos on; empty at the end. */
struct slice pieces_stretch(struct pieces *ps, size_t pos);
/* For tests: links, lengths and the seat agree. */
bool pieces_are_sane(const struct pieces *ps);

#endif
