/* SPDX-License-Identifier: MIT */
#ifndef CORE_SHOW_H
#define CORE_SHOW_H

#include "core/str.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * The one sanitiser: whatever comes from a draft, a file name, a repository,
 * the environment or another program passes here before a person sees it, on
 * the command line and in the workbench. What could move the cursor, hide or
 * reorder text is shown, never sent: C0 and C1 controls, DEL, bidi controls
 * (U+061C, U+200E, U+200F, U+202A..U+202E, U+2066..U+2069), zero-width
 * characters (U+200B, U+2060..U+2064, U+FEFF, U+00AD), line and paragraph separators,
 * interlinear annotation, tag characters and whatever else Unicode has as default
 * ignorable, noncharacters, private use, bytes that are not UTF-8. ZWJ and ZWNJ (U+200D,
 * U+200C) and the variation selectors below U+10000 pass: scripts need them.
 */

/* What a code point is shown as, NUL-terminated; NULL where it is shown as it is.
 * C0 become their picture (U+2400..), the others a text such as <U+202E>; cp may
 * be UTF8_BAD with the byte in `byte`, shown as <XX>. buf holds 16 bytes. */
const char *show_code_point(uint32_t cp, unsigned char byte, char buf[16]);

enum show_keep {
	SHOW_LINE = 0,     /* nothing passes: the result is one line */
	SHOW_NEWLINES = 1, /* LF passes */
	SHOW_TABS = 2      /* tab passes */
};

#define SHOW_MARKS 16 /* more than any script puts on one base */
/* Whether it stands on what comes before and takes no room of its own: marks of any combining
 * class, variation selectors, joiners. */
bool show_is_mark(uint32_t cp);

/* Appends len bytes as they may be shown. keep: enum show_keep flags. A run of
 * over SHOW_MARKS marks on one base is cut, with a count in its place. */
void show_add(struct str *out, const char *p, size_t len, int keep);

/* Appends text that may be shown as a cell of a CSV file (RFC 4180), in quotes; what a
 * spreadsheet would take for a formula has an apostrophe before it. */
void show_csv(struct str *out, struct slice shown);

#endif
