/* SPDX-License-Identifier: MIT */
#include "core/show.h"

#include "core/utf8.h"

#include <stdio.h>
#include <unictype.h>

#define MARKS_SHOWN 16 /* more combining marks than any script puts on one base */

static bool hidden(uint32_t cp)
{
	if (cp >= 0x80 && cp <= 0x9F)
		return true;
	if (cp == 0xAD || cp == 0x061C || cp == 0x180E || cp == 0xFEFF || cp == 0x3164 ||
	    cp == 0x115F || cp == 0x1160 || cp == 0xFFA0)
		return true;
	if (cp == 0x200B || cp == 0x200E || cp == 0x200F || (cp >= 0x2028 && cp <= 0x202E) ||
	    (cp >= 0x2060 && cp <= 0x206F))
		return true;
	if (cp >= 0xFFF0 && cp <= 0xFFFB)
		return true;
	if ((cp >= 0xFDD0 && cp <= 0xFDEF) || (cp & 0xFFFE) == 0xFFFE)
		return true;
	if ((cp >= 0xE000 && cp <= 0xF8FF) || (cp >= 0xE0000 && cp <= 0xE01EF) || cp >= 0xF0000)
		return true;
	return cp >= 0x1D173 && cp <= 0x1D17A;
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
		n = marks > MARKS_SHOWN ? 0 : plain_at(p + i, len - i);
		if (n) {
			str_add(out, p + i, n);
			marks = 0;
			continue;
		}
		n = utf8_decode(p + i, len - i, &cp);
		if (cp >= 0x300 && cp != UTF8_BAD && uc_combining_class(cp) != UC_CCC_NR) {
			if (++marks > MARKS_SHOWN)
				continue;
		} else {
			if (marks > MARKS_SHOWN)
				str_addf(out, "<+%zu>", marks - MARKS_SHOWN);
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
	if (marks > MARKS_SHOWN)
		str_addf(out, "<+%zu>", marks - MARKS_SHOWN);
}
