/* SPDX-License-Identifier: MIT */
#include "core/pattern.h"

#include "core/error.h"
#include "core/utf8.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <uninorm.h>
#include <unictype.h>

/* Characters of one kind stand for each other. */
static const uint32_t apostrophes[] = {'\'',   '`',    0xB4,   0x2018, 0x2019, 0x201A, 0x201B,
				       0x2032, 0x2035, 0x2039, 0x203A, 0x2BC,  0xFF07, 0};
static const uint32_t quotes[] = {'"',    0xAB,   0xBB,   0x201C, 0x201D, 0x201E,
				  0x201F, 0x2033, 0x2036, 0xFF02, 0};
static const uint32_t hyphens[] = {'-',    0x2010, 0x2011, 0x2012, 0x2013, 0x2014,
				   0x2015, 0x2212, 0xFE58, 0xFE63, 0xFF0D, 0};
static const uint32_t blanks[] = {' ',    '\t',   0xA0,   0x1680, 0x2000, 0x2001, 0x2002,
				  0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009,
				  0x200A, 0x202F, 0x205F, 0x3000, 0};
static const uint32_t *const kinds[] = {apostrophes, quotes, hyphens, blanks};

static const uint32_t *kind_of(uint32_t cp)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		for (const uint32_t *c = kinds[i]; *c; c++)
			if (*c == cp)
				return kinds[i];
	return NULL;
}

static void add_class(struct str *out, const uint32_t *kind)
{
	if (kind == blanks) { /* the same in a few bytes: a long text has many */
		str_add_text(out, "\\h");
		return;
	}
	str_add_char(out, '[');
	while (*kind)
		str_addf(out, "\\x{%X}", (unsigned)*kind++);
	str_add_char(out, ']');
}

static bool is_alphanumeric(uint32_t cp)
{
	return uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N);
}

static bool is_word(uint32_t cp)
{
	return cp == '_' || is_alphanumeric(cp);
}

/* Text, so that each character stands for itself. */
static void add_plainly(struct str *out, const char *p, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)p[i];

		if (c == 0) {
			str_add_text(out, "\\x00");
			continue;
		}
		if (c < 0x80 && c > ' ' && !is_word(c))
			str_add_char(out, '\\');
		str_add_char(out, p[i]);
	}
}

/* As it is written, or composed, or in parts: é in one code point or in two. */
static void add_any_form(struct str *out, const char *p, size_t len)
{
	size_t nc = 0, nd = 0;
	char *c = (char *)u8_normalize(UNINORM_NFC, (const uint8_t *)p, len, NULL, &nc);
	char *d = (char *)u8_normalize(UNINORM_NFD, (const uint8_t *)p, len, NULL, &nd);
	bool other_c = c && !slice_equal(slice_make(c, nc), slice_make(p, len));
	bool other_d = d && !slice_equal(slice_make(d, nd), slice_make(p, len));

	if (other_c || other_d)
		str_add_text(out, "(?:");
	add_plainly(out, p, len);
	if (other_c) {
		str_add_char(out, '|');
		add_plainly(out, c, nc);
	}
	if (other_d) {
		str_add_char(out, '|');
		add_plainly(out, d, nd);
	}
	if (other_c || other_d)
		str_add_char(out, ')');
	free(c);
	free(d);
}

/* The bytes of a character with the marks combined with it. */
static size_t cluster_at(const char *p, size_t len)
{
	uint32_t cp;
	size_t n = utf8_decode(p, len, &cp);

	while (n < len) {
		size_t more = utf8_decode(p + n, len - n, &cp);

		if (uc_combining_class(cp) == 0)
			break;
		n += more;
	}
	return n;
}

void pattern_add_literal(struct str *out, struct slice text, bool folds, bool words)
{
	size_t done = 0;
	uint32_t first, last;

	if (text.len == 0)
		return;
	utf8_decode(text.p, text.len, &first);
	utf8_decode_back(text.p, text.len, &last);
	if (words && is_word(first))
		str_add_text(out, "(?<![\\w\\p{Mn}])");
	while (done < text.len) {
		const char *p = text.p + done;
		size_t n = cluster_at(p, text.len - done);
		const uint32_t *kind;
		uint32_t cp;

		kind = utf8_decode(p, n, &cp) == n ? kind_of(cp) : NULL;
		if (folds && kind)
			add_class(out, kind);
		else if (folds && !(n == 1 && cp < 0x80))
			add_any_form(out, p, n);
		else
			add_plainly(out, p, n);
		done += n;
	}
	if (words && (is_word(last) || uc_combining_class(last) > 0))
		str_add_text(out, "(?![\\w\\p{Mn}])");
	else if (is_alphanumeric(last)) /* an e is not the first half of an é */
		str_add_text(out, "(?![\\x{300}-\\x{36F}])");
}

/* The bytes of a name in <> or {} at p, 0 where there is none. */
static size_t name_at(const char *p, size_t len)
{
	const char *close;

	if (len == 0 || (*p != '{' && *p != '<'))
		return 0;
	close = memchr(p, *p == '{' ? '}' : '>', len);
	return close ? (size_t)(close - p) + 1 : 0;
}

/* The bytes of an escape or of the start of a group at p that say no letter of
 * the text: \W, \p{Lu}, \k<Name>, (?<Name>, (?P<Name>, (*VERB. */
static size_t syntax_at(const char *p, size_t len)
{
	size_t n = 0;
	uint32_t cp;

	if (len >= 2 && p[0] == '\\') {
		n = 1 + utf8_decode(p + 1, len - 1, &cp);
		if (strchr("pPNgkxo", p[1]) && p[1] != '\0')
			n += name_at(p + n, len - n);
		return n;
	}
	if (len >= 2 && p[0] == '(' && p[1] == '*') {
		for (n = 2; n < len && p[n] != ')'; n++)
			;
		return n;
	}
	if (len >= 2 && p[0] == '(' && p[1] == '?') {
		n = len > 2 && p[2] == 'P' ? 3 : 2;
		n += name_at(p + n, len - n);
	}
	return n;
}

bool pattern_has_capital(struct slice text, bool expression)
{
	size_t done = 0;

	while (done < text.len) {
		const char *p = text.p + done;
		size_t n = expression ? syntax_at(p, text.len - done) : 0;
		uint32_t cp;

		if (n == 0) {
			n = utf8_decode(p, text.len - done, &cp);
			if (cp != UTF8_BAD && uc_tolower(cp) != cp)
				return true;
		}
		done += n;
	}
	return false;
}

/* The closing bracket of a class that begins at p; len where it is missing. */
static size_t class_end(const char *p, size_t len)
{
	size_t i = 1; /* a ] that comes first is a member */

	if (i < len && p[i] == '^')
		i++;
	if (i < len && p[i] == ']')
		i++;
	while (i < len && p[i] != ']') {
		if (p[i] == '\\')
			i++;
		else if (p[i] == '[' && i + 1 < len && p[i + 1] == ':') {
			const char *end = memmem(p + i, len - i, ":]", 2);

			i = end ? (size_t)(end - p) + 1 : i;
		}
		i++;
	}
	return i < len ? i : len;
}

/* The bytes of an escape, a class or one byte at p; more than len where it has no end. */
static size_t token_at(const char *p, size_t len)
{
	if (*p == '\\')
		return len > 1 ? 2 : 1;
	return *p == '[' ? class_end(p, len) + 1 : 1;
}

size_t pattern_unclosed(struct slice text)
{
	size_t depth = 0, last = 0, at = text.len;

	/* First how many are open at the end, then the last that opened as many. */
	for (int pass = 0; pass < 2; pass++) {
		last = depth;
		depth = 0;
		for (size_t i = 0; i < text.len;) {
			const char *p = text.p + i;
			size_t n = token_at(p, text.len - i);

			if (n > text.len - i)
				return i;
			if (*p == '(' && ++depth == last && last > 0)
				at = i;
			if (*p == ')' && depth > 0)
				depth--;
			i += n;
		}
	}
	return at;
}

/* The numbers are pcre2's, PCRE2_ERROR_END_BACKSLASH and so on, which never change. */
static const struct {
	int code;
	const char *words;
} problems[] = {
	{101, N_("a \\ at the end stands for nothing; write \\\\ for the character itself")},
	{103,
	 N_("this \\ has no meaning; leave it out, or write \\\\ for the character itself")},
	{104, N_("the numbers in { } are in the wrong order")},
	{105, N_("a number in { } is too large; 65535 is the most")},
	{106, N_("this [ is not closed; add a ], or write \\[ for the character itself")},
	{107, N_("this \\ has no meaning between [ and ]")},
	{108, N_("the ends of this range are in the wrong order")},
	{109,
	 N_("there is nothing to repeat; write a \\ before the sign to find the sign itself")},
	{111, N_("what follows (? is not known; write \\( for the character itself")},
	{112, N_("[: :] has a meaning within another pair of [ ] only")},
	{114, N_("this ( is not closed; add a ), or write \\( for the character itself")},
	{115, N_("this refers to a group that is not there")},
	{117, N_("this refers to a group that is not there")},
	{118, N_("the comment is not closed; add a )")},
	{155, N_("\\o needs digits in { } after it")},
	{164, N_("only digits 0 to 7 may stand here")},
	{183, N_("\\C finds half characters and cannot be used here")},
	{199, N_("\\K cannot stand in a (?= or (?<= group")},
	{119, N_("groups stand too deep in each other")},
	{120, N_("this is too large to search for; make it shorter")},
	{122, N_("this ) closes nothing; write \\) for the character itself")},
	{125, N_("what is looked for backwards must have a known length")},
	{130, N_("this name between [: and :] is not known")},
	{134, N_("no character has a number so large")},
	{141, N_("what follows (?P is not known")},
	{142, N_("the name is not closed")},
	{143, N_("two groups have the same name")},
	{144, N_("a group's name must begin with a letter")},
	{146, N_("the property of characters is not written as it should be")},
	{147, N_("no property of characters has this name")},
	{150, N_("a range needs a character at each end")},
	{160, N_("this command in (* ) is not known")},
	{162, N_("the name of a group is missing")},
	{167, N_("digits 0 to 9 or A to F are needed here")},
	{178, N_("digits are missing here")},
	{186, N_("this is too complicated to search for; make it shorter")},
	{195, N_("this command in (* ) is not known")},
};

const char *pattern_problem(int code)
{
	for (size_t i = 0; i < sizeof(problems) / sizeof(*problems); i++)
		if (problems[i].code == code)
			return error_word(problems[i].words);
	return NULL;
}
