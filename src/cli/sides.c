/* SPDX-License-Identifier: MIT */
#include "cli/sides.h"

#include "core/show.h"
#include "core/sorted.h"

void sides_blanks(struct str *out, int n)
{
	for (; n > 0; n--)
		str_add_char(out, ' ');
}

void sides_row(struct str *out, const struct passage *p, int row, int cols)
{
	size_t first;
	int at = 0;

	/* Glyphs stand by row, and a paragraph may have a hundred thousand of these. */
	SORTED_SKIP(first, p->n, p->v[first].row < row);
	for (size_t i = first; i < p->n && p->v[i].row == row; i++) {
		const struct passage_glyph *g = &p->v[i];

		sides_blanks(out, g->col - at);
		if (g->len)
			show_add(out, p->bytes.p + g->at, g->len, SHOW_LINE);
		else
			sides_blanks(out, g->width);
		at = g->col + g->width;
	}
	sides_blanks(out, cols - at);
}

void sides_end(struct str *out)
{
	while (out->len && out->p[out->len - 1] == ' ')
		str_truncate(out, out->len - 1);
	str_add_char(out, '\n');
}

void sides_rule(struct str *out, size_t n, int cols)
{
	for (size_t i = 0; i < n; i++) {
		if (i)
			str_add_text(out, "\xE2\x94\x80\xE2\x94\xBC\xE2\x94\x80");
		for (int k = 0; k < cols; k++)
			str_add_text(out, "\xE2\x94\x80");
	}
	str_add_char(out, '\n');
}

void sides_bar(struct str *out)
{
	str_add_text(out, " \xE2\x94\x82 ");
}

void sides_print(struct str *out, const struct passage *p, size_t n, int cols)
{
	int rows = 1;

	for (size_t i = 0; i < n; i++)
		rows = p[i].rows > rows ? p[i].rows : rows;
	for (int k = 0; k < rows; k++) {
		for (size_t i = 0; i < n; i++) {
			if (i)
				sides_bar(out);
			sides_row(out, &p[i], k, cols);
		}
		sides_end(out);
	}
}
