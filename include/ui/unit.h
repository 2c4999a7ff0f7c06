/* SPDX-License-Identifier: MIT */
#ifndef UI_UNIT_H
#define UI_UNIT_H

#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <wchar.h>

/*
 * A glyph of the canvas as what a terminal library has room for: one base with
 * a few marks a cell. Terminals count columns by wcwidth(), which may know
 * other tables than libunistring; what comes out here always fills exactly the columns
 * that the canvas gave the glyph. Needs LC_CTYPE to be set.
 */

#define UNIT_MARKS 4 /* beside the base: curses' CCHARW_MAX is 5 */
#define UNITS_MOST 32

struct unit {
	wchar_t text[UNIT_MARKS + 2]; /* ends with a NUL */
	int width;                    /* 1 or 2 */
};

/*
 * Cuts the glyph's bytes (as shown) into units that are `width` columns together
 * (at most UNITS_MOST): blanks at the end where they are less; what would go beyond
 * is left out (the second emoji of a joined pair). utf8: the terminal's character set is
 * UTF-8; otherwise what is not ASCII has something plain in its place.
 */
size_t units_of_glyph(struct slice bytes, int width, bool utf8, struct unit units[UNITS_MOST]);

#endif
