/* SPDX-License-Identifier: MIT */
#ifndef UI_GLYPH_H
#define UI_GLYPH_H

#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * The smallest thing that a person sees and that the cursor steps over: a
 * grapheme cluster (UAX 29, extended), or what core/show.h puts in the place
 * of a byte or code point that is never sent. Widths are columns as terminals
 * count them, which is by wcwidth: the base counts, what combines with it
 * does not, and an emoji sequence is as wide as its first emoji.
 */

struct glyph {
	size_t len;    /* bytes, at least 1 */
	int width;     /* columns, at least 1; more than 2 for a stand-in as <U+202E> */
	bool stand_in; /* shown as another text than itself */
};

/*
 * Most glyphs: a sign of ASCII or a letter of French or Spanish before another one (or at the
 * end), shown as itself in one column. Its bytes; 0: glyph_at() has to look.
 */
static inline size_t glyph_plain(const char *p, size_t len)
{
	const unsigned char *b = (const unsigned char *)p;
	size_t n = 0;

	if (b[0] >= ' ' && b[0] < 0x7F)
		n = 1;
	else if (b[0] == 0xC3 && len > 1 && b[1] >= 0x80 && b[1] < 0xC0 && b[1] != 0x97 &&
		 b[1] != 0xB7)
		n = 2;
	return n == len || b[n] < 0x80 || b[n] == 0xC3 ? n : 0;
}

/* The glyph at p (len > 0). What comes before p does not matter: start where a glyph starts. */
void glyph_at(const char *p, size_t len, struct glyph *g);

/* Appends what is shown for one glyph of len bytes; exactly its width in columns. A mark
 * without a base gets a dotted circle to stand on. */
void glyph_show(const char *p, size_t len, struct str *out);

/* Bytes of the longest start that fits into cols, ended at a blank where there is one; at least
 * one glyph of a text that is not empty. */
size_t glyph_fit(struct slice text, int cols);

#endif
