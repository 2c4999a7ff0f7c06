/* SPDX-License-Identifier: MIT */
#include "core/show.h"

#include "core/sorted.h"
#include "core/utf8.h"

#include <stdio.h>
#include <string.h>
#include <unictype.h>

/*
 * What is not shown as it is, from U+0080 on: controls, what UAX 9 calls explicit formatting,
 * default ignorable code points, format characters that are not seen, separators, private use,
 * noncharacters, and what is set as a blank though it is a letter. Not those that scripts need:
 * joiners, and what chooses between the shapes of one character.
 */
static const struct {
	uint32_t first, last;
} hidden_ranges[] = {
	{0x80, 0x9F},       {0xAD, 0xAD},        {0x34F, 0x34F},     {0x61C, 0x61C},
	{0x115F, 0x1160},   {0x17B4, 0x17B5},    {0x180E, 0x180E},   {0x200B, 0x200B},
	{0x200E, 0x200F},   {0x2028, 0x202E},    {0x2060, 0x206F},   {0x3164, 0x3164},
	{0xE000, 0xF8FF},   {0xFDD0, 0xFDEF},    {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},
	{0xFFF0, 0xFFFB},   {0x13430, 0x1343F},  {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A},
	{0xE0000, 0xE0FFF}, {0xF0000, 0x10FFFF},
};

static bool hidden(uint32_t cp)
{
	const size_t n = sizeof(hidden_ranges) / sizeof(*hidden_ranges);
	size_t i;

	if ((cp & 0xFFFE) == 0xFFFE)
		return true;
	SORTED_SKIP(i, n, hidden_ranges[i].last < cp);
	return i < n && hidden_ranges[i].first <= cp;
}

bool show_is_mark(uint32_t cp)
{
	if (cp < 0x300 || cp == UTF8_BAD)
		return false;
	if (cp == 0x200C || cp == 0x200D)
		return true;
	return uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_Mn | UC_CATEGORY_MASK_Me);
}

const char *show_code_point(uint32_t cp, unsigned char byte, char buf[16])
{
	if (cp == UTF8_BAD) {
		snprintf(buf, 16, "<%02X>", byte);
		return buf;
	}
	if (cp < 0x20 || cp == 0x7F) {
		size_t n = utf8_encode(cp == 0x7F ? 0x2421 : 0x2400 + cp, buf);
		buf[n] = '\0';
		return buf;
	}
	if (cp < 0x80)
		return NULL;
	if (!hidden(cp))
		return NULL;
	snprintf(buf, 16, "<U+%04X>", (unsigned)cp);
	return buf;
}

/* Bytes of the run of printable ASCII and of letters from À to ſ and beyond (U+00C0 to U+023F)
 * at p: nothing of it is ever hidden or combined. */
static size_t plain_at(const char *p, size_t len)
{
	size_t i = 0;

	while (i < len) {
		unsigned char c = (unsigned char)p[i];

		if (c >= 0x20 && c < 0x7F)
			i++;
		else if (c >= 0xC3 && c <= 0xC8 && i + 1 < len && (p[i + 1] & 0xC0) == 0x80)
			i += 2;
		else
			break;
	}
	return i;
}

void show_add(struct str *out, const char *p, size_t len, int keep)
{
	size_t marks = 0;
	uint32_t cp;
	char buf[16];

	for (size_t i = 0, n; i < len; i += n) {
		/* Most of a text is what it is. */
		n = marks > SHOW_MARKS ? 0 : plain_at(p + i, len - i);
		if (n) {
			str_add(out, p + i, n);
			marks = 0;
			continue;
		}
		n = utf8_decode(p + i, len - i, &cp);
		/* A mark that is shown as a text of its own stands on nothing. */
		if (show_is_mark(cp) && !hidden(cp)) {
			if (++marks > SHOW_MARKS)
				continue;
		} else {
			if (marks > SHOW_MARKS)
				str_addf(out, "<+%zu>", marks - SHOW_MARKS);
			marks = 0;
		}
		const char *shown = show_code_point(cp, (unsigned char)p[i], buf);
		if ((cp == '\n' && (keep & SHOW_NEWLINES)) ||
		    (cp == '\t' && (keep & SHOW_TABS)))
			shown = NULL;
		if (shown)
			str_add_text(out, shown);
		else
			str_add(out, p + i, n);
	}
	if (marks > SHOW_MARKS)
		str_addf(out, "<+%zu>", marks - SHOW_MARKS);
}

/* Whether a spreadsheet might take it for a formula; the full-width signs count too. */
static bool is_formula(struct slice text)
{
	static const char *const wide[] = {"\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d",
					   "\xef\xbc\xa0"};
	size_t at = 0;

	while (at < text.len && text.p[at] == ' ')
		at++;
	if (at == text.len)
		return false;
	for (size_t i = 0; i < 4; i++)
		if (text.len - at >= 3 && memcmp(text.p + at, wide[i], 3) == 0)
			return true;
	return strchr("=+-@|%", text.p[at]) != NULL;
}

void show_csv(struct str *out, struct slice shown)
{
	str_add_char(out, '"');
	if (is_formula(shown))
		str_add_char(out, '\'');
	for (size_t i = 0; i < shown.len; i++) {
		if (shown.p[i] == '"')
			str_add_char(out, '"');
		str_add_char(out, shown.p[i]);
	}
	str_add_char(out, '"');
}
