/* SPDX-License-Identifier: MIT */
#ifndef UI_PAINT_H
#define UI_PAINT_H

#include "ui/doc.h"
#include "ui/layout.h"

#include <stddef.h>
#include <stdint.h>

/*
 * The look of a draft's text: what its bytes are, as styles (ui/theme.h), for
 * every view that shows it. Painted from the outside in: the paragraph, brackets from
 * the outermost inwards, what is skipped and what is not read, problems.
 */

/* A stretch of bytes being painted: styles[0] is of byte begin. */
struct paint {
	uint32_t *styles; /* room for end - begin */
	size_t begin, end;
};

/* Those bits of mask become style's, for the bytes from..to that lie in the stretch. */
void paint_over(const struct paint *r, size_t from, size_t to, uint32_t style, uint32_t mask);
#define PAINT_NAME 0xFFu

/* Styles of the stretch, which lies in the paragraph; point's brackets get STYLE_CURRENT
 * (BRACKET_NONE: no point's). */
void paint_text(const struct paint *r, const struct doc *d, const struct paragraph *p,
		uint32_t point);
/* The ids in [begin, end), relative to begin, which are never shown. Returns how many; the
 * caller frees *ranges. */
size_t paint_hidden(const struct doc *d, size_t begin, size_t end,
		    struct layout_range **ranges);
/* The style of a paragraph's plain text. */
uint32_t paint_base(const struct paragraph *p);

#endif
