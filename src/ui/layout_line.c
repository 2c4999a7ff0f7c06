/* SPDX-License-Identifier: MIT */
#include "ui/glyph.h"
#include "ui/layout.h"

#define ELLIPSIS "\xE2\x80\xA6" /* U+2026 */

/* As many glyphs as fit, as one line of bytes; whether something was left out. */
static bool cut(struct slice text, int cols, struct str *line)
{
	struct glyph g;
	int width = 0;

	for (size_t i = 0; i < text.len; i += g.len) {
		char c = text.p[i];
		bool blank = c == '\n' || c == '\r' || c == '\t' || c == ' ';
		glyph_at(text.p + i, text.len - i, &g);
		if (blank)
			g.width = 1;
		if (blank && (!line->len || line->p[line->len - 1] == ' '))
			continue;
		/* What fits exactly needs no ellipsis; one column more is known soon enough. */
		if (width + g.width > cols)
			return true;
		width += g.width;
		if (blank)
			str_add_char(line, ' ');
		else
			str_add(line, text.p + i, g.len);
	}
	return false;
}

int layout_line(struct slice text, int cols, bool reorder, struct str *out, bool *rtl)
{
	struct layout_spec spec = {.width = cols + 2, .reorder = reorder};
	struct str line = STR_INIT;
	struct layout l;
	char other[5];
	int width = 0;

	if (cut(text, cols, &line)) {
		str_clear(&line);
		cut(text, cols - 1, &line);
		str_add_text(&line, ELLIPSIS);
	}
	layout_init(&l);
	layout_set(&l, str_slice(&line), &spec);
	const struct layout_row *row = layout_row(&l, 0);
	for (size_t i = 0; i < row->n; i++) {
		const struct layout_unit *u = &row->units[row->visual[i]];
		size_t n = layout_mirror(&l, u, other);
		width += u->width;
		if (n)
			str_add(out, other, n);
		else
			str_add(out, line.p + u->shown_begin, u->shown_end - u->shown_begin);
	}
	if (rtl)
		*rtl = row->rtl;
	layout_release(&l);
	str_release(&line);
	return width;
}
