/* SPDX-License-Identifier: MIT */
#ifndef CORE_ORDINAL_H
#define CORE_ORDINAL_H

#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The ordinals that labels are made of: 3, c, cc, iii, в, ج. Letters run twice
 * and three times through their alphabet (z, aa, bb); Cyrillic ones as lists
 * use them (without ё ъ ы ь), Arabic ones in abjad order. Knows nothing of
 * lists.
 */

enum ordinal_style {
	ORDINAL_NUMBER,
	ORDINAL_LATIN,
	ORDINAL_ROMAN,
	ORDINAL_CYRILLIC,
	ORDINAL_ARABIC
};

#define ORDINAL_MOST 999 /* the greatest number a label can have */

/* What a label is made of; offsets into the label's own bytes. */
struct ordinal {
	size_t core, core_end; /* "c"; of 1.2 the "2" */
	size_t suffix,
		suffix_end; /* " bis" with the blank before it; equal where there is none */
	enum ordinal_style style;
	bool may_be_roman; /* style is ORDINAL_LATIN, but i, v, x … could be numerals too */
	bool may_be_latin; /* style is ORDINAL_ROMAN, but ii, vv … could be letters too */
	bool upper;
	bool short_i;     /* the letter is й, which not every list counts */
	char open, close; /* '(' or 0; ')' '.' or 0 */
	int numbers;      /* ORDINAL_NUMBER: how many, 1.2 has 2 */
};

/* Reads a label as label_read() found it, from begin to end; false for dashes and the like. */
bool ordinal_read(const char *label, size_t len, struct ordinal *o);

/* What the core says in a style: 1 for "a"; 0 where it says nothing. with_short_i: й counts. */
int ordinal_value(const char *core, size_t len, enum ordinal_style style, bool with_short_i);

/* Appends a value's core. False, and nothing appended, where the style cannot say it. */
bool ordinal_write(struct str *out, int value, enum ordinal_style style, bool upper,
		   bool with_short_i);

#endif
