/* SPDX-License-Identifier: MIT */
#include "core/utf8.h"

#include <string.h>

size_t utf8_decode(const char *p, size_t len, uint32_t *cp)
{
	const unsigned char *u = (const unsigned char *)p;
	unsigned char low = 0x80, high = 0xBF;
	size_t need;

	if (u[0] < 0x80) {
		*cp = u[0];
		return 1;
	}
	*cp = UTF8_BAD;
	if (u[0] < 0xC2 || u[0] > 0xF4)
		return 1;
	need = u[0] < 0xE0 ? 2 : u[0] < 0xF0 ? 3 : 4;
	if (len < need)
		return 1;
	/* Table 3-7: the second byte's range depends on the first. */
	if (u[0] == 0xE0)
		low = 0xA0;
	else if (u[0] == 0xED)
		high = 0x9F;
	else if (u[0] == 0xF0)
		low = 0x90;
	else if (u[0] == 0xF4)
		high = 0x8F;
	if (u[1] < low || u[1] > high)
		return 1;
	uint32_t value = u[0] & (0xFFu >> (need + 1));
	value = value << 6 | (u[1] & 0x3Fu);
	for (size_t i = 2; i < need; i++) {
		if ((u[i] & 0xC0) != 0x80)
			return 1;
		value = value << 6 | (u[i] & 0x3Fu);
	}
	*cp = value;
	return need;
}

size_t utf8_decode_back(const char *p, size_t len, uint32_t *cp)
{
	size_t most = len < 4 ? len : 4;

	for (size_t n = 1; n <= most; n++) {
		if (((unsigned char)p[len - n] & 0xC0) == 0x80)
			continue;
		if (utf8_decode(p + len - n, n, cp) == n)
			return n;
		break;
	}
	*cp = UTF8_BAD;
	return 1;
}

size_t utf8_encode(uint32_t cp, char out[4])
{
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xC0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3F));
		return 2;
	}
	if (cp < 0x10000) {
		out[0] = (char)(0xE0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
		out[2] = (char)(0x80 | (cp & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
	out[3] = (char)(0x80 | (cp & 0x3F));
	return 4;
}

size_t utf8_count(const char *p, size_t len)
{
	size_t count = 0;
	uint32_t cp;

	for (size_t i = 0; i < len; count++)
		i += (unsigned char)p[i] < 0x80 ? 1 : utf8_decode(p + i, len - i, &cp);
	return count;
}

bool utf8_valid(const char *p, size_t len)
{
	uint32_t cp;

	for (size_t i = 0; i < len;) {
		if ((unsigned char)p[i] < 0x80) {
			i++;
			continue;
		}
		i += utf8_decode(p + i, len - i, &cp);
		if (cp == UTF8_BAD)
			return false;
	}
	return true;
}

bool utf8_is_blank(uint32_t cp)
{
	return cp == ' ' || cp == '\t' || cp == 0xA0 || cp == 0x202F || cp == 0x3000;
}

bool utf8_is_han(uint32_t cp)
{
	if (cp >= 0x3400 && cp <= 0x9FFF)
		return cp <= 0x4DBF || cp >= 0x4E00; /* between them: hexagrams */
	return (cp >= 0x2E80 && cp <= 0x2FDF) || cp == 0x3005 || cp == 0x3007 ||
	       (cp >= 0x3021 && cp <= 0x3029) || (cp >= 0x3038 && cp <= 0x303B) ||
	       (cp >= 0xF900 && cp <= 0xFAFF) || cp == 0x16FE2 || cp == 0x16FE3 ||
	       cp == 0x16FF0 || cp == 0x16FF1 || (cp >= 0x20000 && cp <= 0x3FFFD);
}

bool utf8_is_kana(uint32_t cp)
{
	return (cp >= 0x3041 && cp <= 0x30FF && cp != 0x30FB) ||
	       (cp >= 0x31F0 && cp <= 0x31FF) || (cp >= 0xFF66 && cp <= 0xFF9D);
}

size_t utf8_wide_blank_at(const char *p, size_t len)
{
	if (len >= 2 && memcmp(p, "\xC2\xA0", 2) == 0)
		return 2;
	if (len >= 3 &&
	    (memcmp(p, "\xE2\x80\xAF", 3) == 0 || memcmp(p, "\xE3\x80\x80", 3) == 0))
		return 3;
	return 0;
}

size_t utf8_wide_blank_before(const char *p, size_t len)
{
	if (len >= 2 && utf8_wide_blank_at(p + len - 2, 2) == 2)
		return 2;
	if (len >= 3 && utf8_wide_blank_at(p + len - 3, 3) == 3)
		return 3;
	return 0;
}

size_t utf8_blanks_at(const char *p, size_t len)
{
	size_t i = 0, n;

	while ((n = utf8_blank_at(p + i, len - i)))
		i += n;
	return i;
}

size_t utf8_blanks_before(const char *p, size_t len)
{
	size_t i = 0, n;

	while ((n = utf8_blank_before(p, len - i)))
		i += n;
	return i;
}
