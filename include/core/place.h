/* SPDX-License-Identifier: MIT */
#ifndef CORE_PLACE_H
#define CORE_PLACE_H

#include "core/str.h"

#include <stddef.h>

/*
 * Byte offsets as people name them: line and column, both from 1, columns in
 * code points (FORMAT.md, "Commands"). An index is made once for some bytes
 * and then answers in the logarithm of their lines, also in a line of 100 MB.
 */

struct places {
	struct slice bytes; /* borrowed */
	size_t *lines;      /* where each line begins */
	size_t n_lines, cap_lines;
	struct place_mark *marks; /* in long lines: column of some offsets */
	size_t n_marks, cap_marks;
};

struct place {
	size_t line, column;
};

/* Reads the bytes once, and borrows them. Released by the caller. */
void places_init(struct places *p, struct slice bytes);
void places_release(struct places *p);
/* offset: at most as many as there are bytes. */
struct place places_of(const struct places *p, size_t offset);
/* The offset of a line and column; past the end of a line: the line's end. */
size_t places_offset(const struct places *p, struct place place);

#endif
