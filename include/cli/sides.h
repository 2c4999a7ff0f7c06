/* SPDX-License-Identifier: MIT */
#ifndef CLI_SIDES_H
#define CLI_SIDES_H

#include "core/str.h"
#include "ui/passage.h"

/* Passages (ui/passage) printed beside each other. */

#define SIDES_WIDTH       120
#define SIDES_WIDTH_LEAST 30
#define SIDES_WIDTH_MOST  2000
#define SIDES_BAR         3 /* columns between two: " │ " */

void sides_blanks(struct str *out, int n);
/* One row of a passage, as many columns as there are. */
void sides_row(struct str *out, const struct passage *p, int row, int cols);
/* Ends a line, without blanks at its end. */
void sides_end(struct str *out);
/* A rule below or between n columns. */
void sides_rule(struct str *out, size_t n, int cols);
void sides_bar(struct str *out);
/* Rows of n passages beside each other, down to the end of the longest. */
void sides_print(struct str *out, const struct passage *p, size_t n, int cols);

#endif
