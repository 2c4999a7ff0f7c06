/* SPDX-License-Identifier: MIT */
#include "ui/canvas.h"

#include "core/mem.h"
#include "ui/theme.h"

#include <stdlib.h>

#define STYLE_BITS 0x1000u /* all values of a style */

static void dump_row(const struct canvas *c, int row, struct str *out)
{
	for (int col = 0; col < c->cols; col++)
		str_add_slice(out, canvas_bytes(c, canvas_cell(c, row, col)));
}

static void trim_blanks(struct str *out, size_t from)
{
	while (out->len > from && out->p[out->len - 1] == ' ')
		str_truncate(out, out->len - 1);
}

void canvas_dump(const struct canvas *c, struct str *out)
{
	for (int row = 0; row < c->rows; row++) {
		size_t from = out->len;

		dump_row(c, row, out);
		trim_blanks(out, from);
		str_add_char(out, '\n');
	}
}

static char mark_of(uint32_t style, char (*mark)(uint32_t), uint32_t mask)
{
	return style & mask ? mark(style) : ' ';
}

/* A row of marks for the styles whose bits are in mask; nothing where none is. */
static void dump_marks(const struct canvas *c, int row, char (*mark)(uint32_t), uint32_t mask,
		       char end, struct str *out)
{
	size_t from = out->len;
	uint32_t any = 0;

	for (int col = 0; col < c->cols; col++) {
		uint32_t style = canvas_cell(c, row, col)->style;

		any |= style & mask;
		str_add_char(out, mark_of(style, mark, mask));
	}
	if (any)
		str_addf(out, "%c\n", end);
	else
		str_truncate(out, from);
}

static void dump_legend(const struct theme *theme, const bool *seen, struct str *out)
{
	for (uint32_t style = 0; style < STYLE_BITS; style++) {
		if (!seen[style])
			continue;
		str_addf(out, "%c%c ", style_letter(style), style_digit(style));
		style_words(out, style);
		str_add_text(out, ": ");
		look_words(out, theme_look(theme, style));
		str_add_char(out, '\n');
	}
}

void canvas_dump_styles(const struct canvas *c, const struct theme *theme, struct str *out)
{
	bool *seen = mem_zalloc(STYLE_BITS * sizeof *seen);

	for (int row = 0; row < c->rows; row++) {
		dump_row(c, row, out);
		str_add_text(out, "|\n");
		dump_marks(c, row, style_letter, 0xFFu, ':', out);
		dump_marks(c, row, style_digit, ~0xFFu, '+', out);
		for (int col = 0; col < c->cols; col++)
			seen[canvas_cell(c, row, col)->style & (STYLE_BITS - 1)] = true;
	}
	seen[STYLE_TEXT] = false;
	dump_legend(theme, seen, out);
	if (c->cursor_row >= 0)
		str_addf(out, "cursor %d,%d\n", c->cursor_row, c->cursor_col);
	free(seen);
}
