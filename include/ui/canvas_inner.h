/* SPDX-License-Identifier: MIT */
#ifndef UI_CANVAS_INNER_H
#define UI_CANVAS_INNER_H

#include "ui/canvas.h"

/* What the files of the canvas share: canvas.c puts glyphs, canvas_rows.c makes one picture
 * after another, canvas_dump.c prints one. */

/* What a row has of the picture that is being drawn. */
enum row_drawn {
	ROW_LEFT, /* nothing: its cells are those of the picture before, and count as blank */
	ROW_SAME, /* all, and it is what it was in the picture before */
	ROW_DRAWN
};

static inline struct cell canvas_blank(uint32_t style)
{
	return (struct cell){{""}, 0, 1, (uint16_t)style};
}

static inline struct cell *canvas_cell_at(struct canvas *c, int row, int col)
{
	return &c->cells[(size_t)row * (size_t)c->cols + (size_t)col];
}

/* Before a row's cells are looked at or changed. */
void canvas_touch(struct canvas *c, int row);
/* Before cells [col, end) of a row (of the whole canvas) are overwritten: a wide glyph that
 * reaches over either border becomes blanks, for half of it cannot be shown. */
void canvas_cut_wide(struct canvas *c, int row, int col, int end);

#endif
