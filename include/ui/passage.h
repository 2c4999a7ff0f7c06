/* SPDX-License-Identifier: MIT */
#ifndef UI_PASSAGE_H
#define UI_PASSAGE_H

#include "core/compare.h"
#include "ui/canvas.h"
#include "ui/doc.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * One cell of a comparison (core/compare), laid out in a column: its words with
 * {+ +} and [- -] around those that differ, or what is to be said in their place:
 * "=", "= as AFR", "(none)", "(from ¶ 7)". For the workbench and the command line
 * alike; with a doc of the cell's text it has styles, too. Ids are never shown.
 */

struct passage_glyph {
	size_t at; /* byte in `bytes` */
	uint8_t len;
	char mirror[5];
	int row, col, width;
	uint32_t style;
};

struct passage {
	struct str bytes; /* what is shown */
	struct passage_glyph *v;
	size_t n, cap;
	struct passage_row {
		size_t begin, end; /* in bytes, in the order of reading */
		int left, right;   /* columns taken, half-open */
	} * row;
	int rows, cap_rows;
	int first_mark; /* the row of the first sign; 0 where there is none */
};

#define PASSAGE_FULL 0x1u /* the text itself where it is the same, too */
#define PASSAGE_GONE 0x2u /* all words that are gone; else only those that nothing replaces */

struct passage_spec {
	int cols;
	bool reorder;
	unsigned how;          /* PASSAGE_ flags */
	const struct doc *doc; /* of the column's text; NULL: no styles */
	const char *as; /* another column that says the same and stands before it; NULL: none */
};

void passage_init(struct passage *p);
void passage_release(struct passage *p);
/* Lays the cell out anew; at least one row. */
void passage_set(struct passage *p, const struct compare *c, size_t row, size_t column,
		 const struct passage_spec *spec);
/* The number of the paragraph that a moved cell points to; 0. */
uint32_t passage_elsewhere(const struct compare *c, size_t row, size_t column);
/* Draws the rows from first on at row, col, at most max of them. over: laid over each cell's
 * style. */
void passage_draw(const struct passage *p, struct canvas *c, int row, int col, int first,
		  int max, uint32_t over);

#endif
