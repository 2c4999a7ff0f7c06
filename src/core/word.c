/* SPDX-License-Identifier: MIT */
#include "core/word.h"

#include "core/utf8.h"

#include <stdint.h>
#include <unictype.h>
#include <uniwbrk.h>

/* Classes of code points, as far as UAX 29 needs them here. */
enum sort {
	C_MARK,
	C_LETTER,
	C_DIGIT,
	C_CHARACTER,
	C_BLANK,
	C_LINE,
	C_EXTEND,     /* belongs to whatever stands before it */
	C_MID,        /* inside a word between letters or between digits: ' ’ . */
	C_MID_LETTER, /* between letters only */
	C_MID_DIGIT   /* between digits only: , ; */
};

static enum sort ascii_class(unsigned char c)
{
	if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
		return C_LETTER;
	if (c >= '0' && c <= '9')
		return C_DIGIT;
	switch (c) {
	case ' ':
	case '\t':
		return C_BLANK;
	case '\n':
	case '\r':
		return C_LINE;
	case '\'':
	case '.':
		return C_MID;
	case ',':
		return C_MID_DIGIT;
	default:
		return C_MARK;
	}
}

static enum sort class_of(uint32_t cp)
{
	if (cp < 0x80)
		return ascii_class((unsigned char)cp);
	/* Most of what is not ASCII, without asking: Latin, Cyrillic, Arabic letters, Han. */
	if ((cp >= 0xC0 && cp <= 0x24F && cp != 0xD7 && cp != 0xF7) ||
	    (cp >= 0x400 && cp <= 0x481) || (cp >= 0x620 && cp <= 0x64A))
		return C_LETTER;
	if (cp >= 0x4E00 && cp <= 0x9FFF)
		return C_CHARACTER;
	if (cp == UTF8_BAD)
		return C_MARK;
	if (utf8_is_blank(cp))
		return C_BLANK;
	switch (uc_wordbreak_property(cp)) {
	case WBP_EXTEND:
	case WBP_FORMAT:
	case WBP_ZWJ:
		return C_EXTEND;
	case WBP_MIDNUMLET:
	case WBP_SQ:
		return C_MID;
	case WBP_MIDLETTER:
		return C_MID_LETTER;
	case WBP_MIDNUM:
		return C_MID_DIGIT;
	case WBP_NUMERIC:
		return C_DIGIT;
	default:
		break;
	}
	/* Written without blanks between words: each character is compared by itself. */
	if (utf8_is_han(cp) || utf8_is_kana(cp))
		return C_CHARACTER;
	return uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_L) ? C_LETTER : C_MARK;
}

static enum sort class_at(const char *p, size_t len, size_t *n, uint32_t *cp)
{
	if ((unsigned char)*p < 0x80) {
		*n = 1;
		*cp = (unsigned char)*p;
		return ascii_class((unsigned char)*p);
	}
	*n = utf8_decode(p, len, cp);
	return class_of(*cp);
}

/* Bytes of the marks and controls at p that belong to what stands before. */
static size_t extends_at(const char *p, size_t len)
{
	size_t at = 0, n;
	uint32_t cp;

	while (at < len && (unsigned char)p[at] >= 0x80 &&
	       class_at(p + at, len - at, &n, &cp) == C_EXTEND)
		at += n;
	return at;
}

/* Whether the word goes on beyond a sign of class `mid`, given what stands around. */
static bool joins(enum sort before, enum sort mid, enum sort after)
{
	if (before != after)
		return false;
	if (before == C_LETTER)
		return mid == C_MID || mid == C_MID_LETTER;
	return before == C_DIGIT && (mid == C_MID || mid == C_MID_DIGIT);
}

/*
 * Whether the word so far is elided before its apostrophe ("l’", "qu’", "dell’"),
 * rather than a contraction such as "it's": one or two letters, or one that ends
 * in "qu" or "ll", and no lone s, t, d or m after it.
 */
static bool is_elided(const char *p, size_t word, const char *after, size_t len)
{
	size_t letters = utf8_count(p, word), n;
	uint32_t cp;

	if (letters > 2 &&
	    !(word >= 2 && (p[word - 1] == 'u' || p[word - 1] == 'U') &&
	      (p[word - 2] == 'q' || p[word - 2] == 'Q')) &&
	    !(word >= 2 && p[word - 1] == 'l' && p[word - 2] == 'l'))
		return false;
	if (*after != 's' && *after != 't' && *after != 'd' && *after != 'm')
		return true;
	return len > 1 && class_at(after + 1, len - 1, &n, &cp) == C_LETTER;
}

/* What most words are made of, known by one byte: ASCII, and the letters of two bytes that
 * begin with it (Latin but for × and ÷, Cyrillic). */
enum plain { PLAIN_NOT, PLAIN_LETTER, PLAIN_DIGIT, PLAIN_TWO };
#define EIGHT(c, x)                                                                            \
	[(c)] = (x), [(c) + 1] = (x), [(c) + 2] = (x), [(c) + 3] = (x), [(c) + 4] = (x),       \
	[(c) + 5] = (x), [(c) + 6] = (x), [(c) + 7] = (x)
#define ALPHABET(c)                                                                            \
	EIGHT(c, PLAIN_LETTER), EIGHT((c) + 8, PLAIN_LETTER), EIGHT((c) + 16, PLAIN_LETTER),   \
		[(c) + 24] = PLAIN_LETTER, [(c) + 25] = PLAIN_LETTER
static const unsigned char plain[256] = {
	ALPHABET('A'),       ALPHABET('a'),      EIGHT('0', PLAIN_DIGIT), ['8'] = PLAIN_DIGIT,
	['9'] = PLAIN_DIGIT, [0xC3] = PLAIN_TWO, [0xC4] = PLAIN_TWO,      [0xC5] = PLAIN_TWO,
	[0xC6] = PLAIN_TWO,  [0xC7] = PLAIN_TWO, [0xC8] = PLAIN_TWO,      [0xD0] = PLAIN_TWO,
	[0xD1] = PLAIN_TWO,
};

/* Passes over letters and digits that are known so; *before: the last one's class. */
static size_t skip_plain(const char *text, size_t len, size_t at, enum sort *before)
{
	const unsigned char *p = (const unsigned char *)text;
	size_t from = at;

	for (; at < len && plain[p[at]] != PLAIN_NOT; at++) {
		if (plain[p[at]] != PLAIN_TWO)
			continue;
		if (at + 1 == len || (p[at + 1] & 0xC0) != 0x80 ||
		    (p[at] == 0xC3 && (p[at + 1] & 0x1F) == 0x17))
			break;
		at++;
	}
	if (at > from)
		*before = plain[p[at - 1]] == PLAIN_DIGIT ? C_DIGIT : C_LETTER;
	return at;
}

static size_t word_at(const char *p, size_t len, size_t at, enum sort before, bool elide)
{
	size_t n, m;
	uint32_t cp, next;

	while ((at = skip_plain(p, len, at, &before)) < len && p[at] != ' ') {
		enum sort c = class_at(p + at, len - at, &n, &cp);

		if (c == C_LETTER || c == C_DIGIT) {
			before = c;
			at += n;
			continue;
		}
		if (c == C_EXTEND) {
			at += n;
			continue;
		}
		if (c != C_MID && c != C_MID_LETTER && c != C_MID_DIGIT)
			break;
		size_t after = at + n + extends_at(p + at + n, len - at - n);
		if (after == len ||
		    !joins(before, c, class_at(p + after, len - after, &m, &next)))
			break;
		if (elide && (cp == '\'' || cp == 0x2019) &&
		    is_elided(p, at, p + after, len - after))
			return after;
		at = after + m;
	}
	return at;
}

static size_t read_token(const char *p, size_t len, enum token_kind *kind, bool elide)
{
	enum sort before = C_MARK;
	size_t n = 0;
	uint32_t cp;

	*kind = TOKEN_MARK;
	if (!len)
		return 0;
	if (*p == ' ') {
		*kind = TOKEN_BLANK;
		return 1 + utf8_blanks_at(p + 1, len - 1);
	}
	n = skip_plain(p, len, 0, &before);
	if (n) {
		*kind = TOKEN_WORD;
		return word_at(p, len, n, before, elide);
	}
	switch (class_at(p, len, &n, &cp)) {
	case C_LETTER:
	case C_DIGIT:
		*kind = TOKEN_WORD;
		return word_at(p, len, n, class_of(cp), elide);
	case C_BLANK:
		*kind = TOKEN_BLANK;
		return utf8_blanks_at(p, len);
	case C_LINE:
		*kind = TOKEN_LINE;
		return len > 1 && p[0] == '\r' && p[1] == '\n' ? 2 : 1;
	case C_CHARACTER:
		*kind = TOKEN_CHARACTER;
		return n + extends_at(p + n, len - n);
	default:
		return n + extends_at(p + n, len - n);
	}
}

size_t token_at(const char *p, size_t len, enum token_kind *kind)
{
	return read_token(p, len, kind, false);
}

size_t token_diff_at(const char *p, size_t len, enum token_kind *kind)
{
	return read_token(p, len, kind, true);
}

size_t word_count(const char *p, size_t len)
{
	enum token_kind kind;
	size_t count = 0;

	for (size_t at = 0; at < len;) {
		at += token_at(p + at, len - at, &kind);
		count += kind == TOKEN_WORD || kind == TOKEN_CHARACTER;
	}
	return count;
}
