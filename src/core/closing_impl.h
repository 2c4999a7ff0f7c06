/* SPDX-License-Identifier: MIT */
#ifndef CORE_CLOSING_IMPL_H
#define CORE_CLOSING_IMPL_H

#include "core/closing.h"

/*
 * What core/closing is made of: closing_pieces.c keeps what stands behind the
 * cursor, closing.c says what goes with a gap.
 */

/*
 * A stretch of the draft, or (text.p set) bytes that are new. The pieces are a ring in the
 * order of the text; the first of the array stands between its end and its beginning.
 */
struct closing_piece {
	size_t begin, end;
	struct slice text;
	uint32_t next, prev;
	/* Only blanks stand between this edge and a character that is none: no line end. */
	bool calm_left, calm_right;
};

#define RING 0 /* the first of the array */

struct slice closing_piece_text(const struct closing *c, uint32_t i);
/* Puts it before all pieces; its index. */
uint32_t closing_push(struct closing *c, struct closing_piece piece);
/* The same, where it is not empty. */
void closing_push_range(struct closing *c, size_t begin, size_t end);
void closing_push_text(struct closing *c, struct slice text);
void closing_unlink(struct closing *c, uint32_t i);
/* Takes len bytes from the beginning of the pieces. */
void closing_drop(struct closing *c, size_t len);
/* Bytes of what stands next that are enough to close up by. */
#define CLOSING_PEEK 16
/* The first bytes of the pieces, copied together. */
struct slice closing_peek(const struct closing *c, char room[CLOSING_PEEK]);

#endif
