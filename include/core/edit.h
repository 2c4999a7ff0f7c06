/* SPDX-License-Identifier: MIT */
#ifndef CORE_EDIT_H
#define CORE_EDIT_H

#include "core/str.h"

#include <stddef.h>

/*
 * A change to some bytes, as data: replacements that all refer to the same
 * original. What decides (resolve, find, draft) makes edits; what holds a text
 * applies them in one undo step (text_apply), and the command line applies
 * them to a file's bytes (edits_apply). Invariant: sorted by position, no two
 * overlap; insertions at one position keep the order they were added in.
 */

struct edit {
	size_t at;   /* byte offset in the original */
	size_t del;  /* bytes to take away there */
	size_t from; /* where in edits.bytes the replacement begins */
	size_t len;  /* its bytes */
};

struct edits {
	struct edit *v;
	size_t n, cap;
	struct str bytes;
};

#define EDITS_INIT                                                                             \
	{                                                                                      \
		NULL, 0, 0, STR_INIT                                                           \
	}

void edits_release(struct edits *e);
/* Without any; the room stays. */
void edits_clear(struct edits *e);
/* Adds one replacement. Any order; it is put where it belongs. Overlap is a
 * caller's mistake (assert). */
void edits_add(struct edits *e, size_t at, size_t del, const char *p, size_t len);
/* Appends the changed bytes to out. */
void edits_apply(const struct edits *e, struct slice original, struct str *out);
/* Where a position of the original is afterwards; inside a deletion: its start. */
size_t edits_map(const struct edits *e, size_t pos);

#endif
