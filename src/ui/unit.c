/* SPDX-License-Identifier: MIT */
#include "ui/unit.h"

#include "core/utf8.h"

#include <stdint.h>
#include <string.h>
#include <unictype.h>
#include <uninorm.h>

#define CODE_POINTS 64
#define JOINER      0x200D
#define UNKNOWN     0xFFFD

/* What stands for a character that the terminal's character set does not have. */
static wchar_t plain(uint32_t cp)
{
	switch (cp) {
	case 0x2500: /* rules and dashes */
	case 0x2010:
	case 0x2011:
	case 0x2013:
	case 0x2014:
		return L'-';
	case 0x2502:
		return L'|';
	case 0x25B8:
		return L'>';
	case 0x2018:
	case 0x2019:
		return L'\'';
	case 0x201C:
	case 0x201D:
		return L'"';
	case 0xA0:
	case 0x202F:
		return L' ';
	case 0xB7:
	case 0x2026:
		return L'.';
	default:
		return cp < 0x80 ? (wchar_t)cp : L'?';
	}
}

/* A base with its marks; returns the code points used up. */
static size_t take_unit(const uint32_t *cps, size_t n, struct unit *unit)
{
	size_t used = 1, kept = 1;

	unit->text[0] = (wchar_t)cps[0];
	unit->width = wcwidth((wchar_t)cps[0]);
	for (; used < n && wcwidth((wchar_t)cps[used]) <= 0; used++) {
		/* A joiner without the emoji that it joins would only confuse. */
		if (kept <= UNIT_MARKS && wcwidth((wchar_t)cps[used]) == 0 &&
		    cps[used] != JOINER)
			unit->text[kept++] = (wchar_t)cps[used];
	}
	unit->text[kept] = L'\0';
	if (unit->width <= 0) {
		unit->text[0] = UNKNOWN;
		unit->text[1] = L'\0';
		unit->width = 1;
	}
	return used;
}

static size_t take_plain(const uint32_t *cps, size_t n, struct unit *unit)
{
	size_t used = 1;

	*unit = (struct unit){{plain(cps[0])}, 1};
	while (used < n && uc_combining_class(cps[used]) != UC_CCC_NR)
		used++;
	return used;
}

static size_t code_points(struct slice bytes, uint32_t cps[CODE_POINTS])
{
	uint32_t composed[CODE_POINTS];
	size_t n = 0, len = CODE_POINTS;

	for (size_t i = 0; i < bytes.len && n < CODE_POINTS; n++)
		i += utf8_decode(bytes.p + i, bytes.len - i, &cps[n]);
	/* More marks than a cell has room for: composed letters take less. */
	if (n > UNIT_MARKS + 1 &&
	    u32_normalize(UNINORM_NFC, cps, n, composed, &len) == composed) {
		memcpy(cps, composed, len * sizeof *cps);
		n = len;
	}
	return n;
}

size_t units_of_glyph(struct slice bytes, int width, bool utf8, struct unit units[UNITS_MOST])
{
	uint32_t cps[CODE_POINTS];
	size_t n = code_points(bytes, cps), at = 0, count = 0;
	int used = 0;

	while (at < n && used < width && count < UNITS_MOST) {
		at += utf8 ? take_unit(cps + at, n - at, &units[count])
			   : take_plain(cps + at, n - at, &units[count]);
		if (used + units[count].width > width) {
			/* Wider than we thought: a sign of it, in the room there is. */
			if (used > 0)
				break;
			units[count] = (struct unit){{UNKNOWN}, 1};
		}
		used += units[count++].width;
	}
	while (used < width && count < UNITS_MOST) {
		units[count++] = (struct unit){{L' '}, 1};
		used++;
	}
	return count;
}
