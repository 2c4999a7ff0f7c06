/* SPDX-License-Identifier: MIT */
#ifndef CORE_UTF8_H
#define CORE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Code points in bytes. A byte that does not begin a well-formed sequence
 * (Unicode 15, table 3-7: no surrogates, nothing over U+10FFFF, no overlong
 * forms) counts as one code point of its own and decodes as UTF8_BAD.
 */

#define UTF8_BAD ((uint32_t)0xFFFFFFFF)

/* Decodes at p (len > 0 bytes there); returns the bytes taken, 1 to 4. */
size_t utf8_decode(const char *p, size_t len, uint32_t *cp);
/* The same for the code point that ends at p[len - 1]. */
size_t utf8_decode_back(const char *p, size_t len, uint32_t *cp);
/* Writes 1 to 4 bytes to out; returns how many. cp is a valid scalar value. */
size_t utf8_encode(uint32_t cp, char out[4]);
/* How many code points len bytes hold. */
size_t utf8_count(const char *p, size_t len);
bool utf8_valid(const char *p, size_t len);

/* FORMAT.md "blank": space, tab, U+00A0, U+202F, U+3000. */
bool utf8_is_blank(uint32_t cp);
/* Bytes of the blank at p, 0 where there is none; and of the one ending at p + len. */
size_t utf8_wide_blank_at(const char *p, size_t len); /* of those beyond ASCII */
size_t utf8_wide_blank_before(const char *p, size_t len);

static inline size_t utf8_blank_at(const char *p, size_t len)
{
	if (!len || (*p > ' ' && *p < 0x7F))
		return 0;
	return *p == ' ' || *p == '\t' ? 1 : utf8_wide_blank_at(p, len);
}

static inline size_t utf8_blank_before(const char *p, size_t len)
{
	char last = len ? p[len - 1] : 'x';

	if (last > ' ' && last < 0x7F)
		return 0;
	return last == ' ' || last == '\t' ? 1 : utf8_wide_blank_before(p, len);
}

/*
 * Whether it is of the script Han (UAX #24 as of Unicode 15), or may be one day: planes 2 and 3
 * are kept for it (UAX #38).
 */
bool utf8_is_han(uint32_t cp);
/* Whether it is a letter of Hiragana or Katakana in plane 0, halfwidth ones too (UAX #24), or
 * one of the marks that stand on them, repeat, lengthen or join them; no other punctuation. */
bool utf8_is_kana(uint32_t cp);

/* Bytes of the run of blanks at p; and of the run ending at p + len. */
size_t utf8_blanks_at(const char *p, size_t len);
size_t utf8_blanks_before(const char *p, size_t len);

#endif
