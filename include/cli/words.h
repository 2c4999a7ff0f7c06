/* SPDX-License-Identifier: MIT */
#ifndef CLI_WORDS_H
#define CLI_WORDS_H

#include "cli/cli.h"
#include "core/diff.h"
#include "core/resolve.h"

/* Prints a changed paragraph with its words, as [-gone-] and {+new+}, sanitised, one line. */
void print_pair(struct cli *c, const struct diff *d, const struct diff_pair *p,
		struct slice old, struct slice new);
/* The bytes of one stretch. */
struct slice diff_op_text(const struct diff_op *op, struct slice old, struct slice new);
/* Notes that a point was decided, and what: "point 2 decided: option 1, "two"", with the linked
 * ones that went along. */
void note_decided(size_t number, const struct resolved *what);

#endif
