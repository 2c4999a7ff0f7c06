/* SPDX-License-Identifier: MIT */
#include "ui/glyph.h"

#include "core/show.h"
#include "core/utf8.h"

#include <string.h>
#include <unictype.h>
#include <unigbrk.h>
#include <uniwidth.h>

#define NEAR   32 /* code points in which all rules of a cluster hold; beyond, marks go on */
#define DOTTED "\xE2\x97\x8C" /* U+25CC */

static bool starts_stand_in(const char *p, size_t len, size_t *n)
{
	char buf[16];
	uint32_t cp;

	*n = utf8_decode(p, len, &cp);
	return show_code_point(cp, (unsigned char)*p, buf) != NULL;
}

static bool goes_on(const char *p, size_t len, size_t *n)
{
	uint32_t cp;
	int property;

	if (starts_stand_in(p, len, n))
		return false;
	utf8_decode(p, len, &cp);
	property = uc_graphemeclusterbreak_property(cp);
	return property == GBP_EXTEND || property == GBP_ZWJ || property == GBP_SPACINGMARK;
}

/* Most often nothing combines: the next character is one of its own. */
static bool stands_alone(const char *p, size_t first, size_t len)
{
	uint32_t cp;

	if (first == len)
		return true;
	utf8_decode(p + first, len - first, &cp);
	if (cp == UTF8_BAD)
		return true;
	if (uc_graphemeclusterbreak_property(cp) != GBP_OTHER)
		return false;
	utf8_decode(p, len, &cp);
	return uc_graphemeclusterbreak_property(cp) != GBP_PREPEND;
}

/* The cluster at p, whose first code point, of `first` bytes, is shown as itself. */
static size_t cluster_length(const char *p, size_t first, size_t len)
{
	uint32_t cps[NEAR];
	size_t n = 0, end = 0, size;
	char breaks[NEAR];

	if (stands_alone(p, first, len))
		return first;
	while (n < NEAR && end < len && (n == 0 || !starts_stand_in(p + end, len - end, &size)))
		end += utf8_decode(p + end, len - end, &cps[n++]);
	uc_grapheme_breaks(cps, n, breaks);
	for (size_t i = 1, at = first; i < n; i++) {
		if (breaks[i])
			return at;
		at += utf8_decode(p + at, len - at, &cps[0]);
	}
	if (n == NEAR)
		while (end < len && goes_on(p + end, len - end, &size))
			end += size;
	return end;
}

static int decimal_digits(size_t n)
{
	int digits = 1;

	while (n /= 10)
		digits++;
	return digits;
}

/* Columns of what core/show has in the place of the marks that are too many: "<+4>". */
static int count_width(size_t marks)
{
	return marks > SHOW_MARKS ? 3 + decimal_digits(marks - SHOW_MARKS) : 0;
}

static int cluster_width(const char *p, size_t len)
{
	size_t marks = 0, n;
	int width = 0, counts = 0;
	bool joined = false;
	uint32_t cp;

	for (size_t i = 0; i < len; i += n) {
		n = utf8_decode(p + i, len - i, &cp);
		int property = uc_graphemeclusterbreak_property(cp);
		if (!joined && property != GBP_EXTEND && uc_width(cp, "UTF-8") > 0)
			width += uc_width(cp, "UTF-8");
		if (property == GBP_ZWJ)
			joined = true;
		if (show_is_mark(cp)) {
			marks++;
			continue;
		}
		counts += count_width(marks);
		marks = 0;
	}
	return (width < 1 ? 1 : width) + counts + count_width(marks);
}

void glyph_at(const char *p, size_t len, struct glyph *g)
{
	unsigned char c = (unsigned char)*p;
	size_t plain = glyph_plain(p, len);
	char buf[16];
	uint32_t cp;
	const char *shown;

	if (plain) {
		*g = (struct glyph){plain, 1, false};
		return;
	}
	g->len = utf8_decode(p, len, &cp);
	shown = show_code_point(cp, c, buf);
	g->stand_in = shown != NULL;
	if (shown) {
		g->width = (unsigned char)shown[0] < 0x80 ? (int)strlen(shown) : 1;
		return;
	}
	g->len = cluster_length(p, g->len, len);
	g->width = cluster_width(p, g->len);
}

void glyph_show(const char *p, size_t len, struct str *out)
{
	uint32_t cp;

	utf8_decode(p, len, &cp);
	if (cp >= 0x300 && cp != UTF8_BAD) {
		int property = uc_graphemeclusterbreak_property(cp);
		if (property == GBP_EXTEND || property == GBP_ZWJ)
			str_add_text(out, DOTTED);
	}
	show_add(out, p, len, SHOW_LINE);
}

size_t glyph_fit(struct slice text, int cols)
{
	size_t at = 0, blank = 0;
	struct glyph g;
	int used = 0;

	while (at < text.len) {
		glyph_at(text.p + at, text.len - at, &g);
		used += g.width;
		if (used > cols)
			return blank ? blank : at ? at : g.len;
		at += g.len;
		if (text.p[at - 1] == ' ')
			blank = at;
	}
	return at;
}
