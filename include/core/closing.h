/* SPDX-License-Identifier: MIT */
#ifndef CORE_CLOSING_H
#define CORE_CLOSING_H

#include "core/edit.h"
#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Taking stretches out of a draft and closing the gaps (FORMAT.md, "What a
 * decision does"): where nothing is left one blank goes, and a paragraph left
 * with nothing but its label goes with its line end and a blank line.
 *
 * The stretches are taken from the last to the first, each as if those after
 * it had been taken already: the result is what deciding them one after the
 * other gives. It comes out as edits, in which every byte that stays is left
 * alone. Knows nothing of brackets. Linear in the draft, all stretches
 * together.
 */

/* Bytes [begin, end) of the draft. */
struct range {
	size_t begin, end;
};

/* One stretch that goes, but for what is kept of it. */
struct gap {
	size_t begin, end;
	const struct range *keep; /* within it, in order, none empty */
	size_t n_keep;
	struct slice text; /* stands in place of it, after what is kept; must live until
			      closing_finish() */
	bool slashes;      /* it stands in a bracket whose options slashes separate: no slash
			      beside it may lose its blank */
};

struct closing_piece; /* of what stands after the cursor */

struct closing {
	struct slice draft;
	size_t cursor; /* all before it stands as in the draft */
	char *tail;    /* what stands after it: tail[at..cap) */
	size_t at, cap;
	struct closing_piece *v; /* the same as pieces; the last is leftmost */
	size_t n, n_cap;
	size_t line; /* the beginning of a line, at or before the cursor */
	bool line_known;
};

/* The draft's bytes must live until closing_release(). */
void closing_init(struct closing *c, struct slice draft);
void closing_release(struct closing *c);
/* Takes one stretch. It ends where the one taken before it begins, or earlier (assert). */
void closing_take(struct closing *c, const struct gap *gap);
/* Adds what was done to e. */
void closing_finish(const struct closing *c, struct edits *e);

#endif
