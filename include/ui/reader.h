/* SPDX-License-Identifier: MIT */
#ifndef UI_READER_H
#define UI_READER_H

#include "ui/canvas.h"
#include "ui/doc.h"
#include "ui/prose.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * A text to be read, not edited: the rows of it that fit a page, from any row
 * on, with one stretch marked. Only what is in sight is laid out.
 */

struct reader {
	const struct doc *doc; /* borrowed; NULL: nothing */
	size_t mark, mark_end; /* bytes; equal: the place between them */
	bool reorder;          /* the setting bidi = adref */
	bool aimed;            /* the mark is to be brought into sight */
	size_t line;           /* the first line in sight, by its begin */
	int skip;              /* rows of it that are above the page */
	int rows, cols;
	struct prose prose; /* of the page; its rows count from the first line's */
};

void reader_init(struct reader *r);
void reader_release(struct reader *r);
/* Another text, with the mark a third down the page when it is laid out next. */
void reader_set(struct reader *r, const struct doc *doc, size_t mark, size_t mark_end);
/* Rows down, or (negative) up. */
void reader_scroll(struct reader *r, int rows);
void reader_lay_out(struct reader *r, int rows, int cols);
/* Into the window; the cursor goes to the mark, where it is in sight. */
void reader_draw(const struct reader *r, struct canvas *c);

#endif
