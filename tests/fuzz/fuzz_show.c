/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include "core/show.h"
#include "core/utf8.h"

#include <unictype.h>

/*
 * core/show: what it lets through is UTF-8 without anything that a terminal obeys, that is not
 * seen, or that turns the order of letters round. What that is, is asked of the Unicode
 * tables, not of show itself.
 */

/* Let through although they are not seen: scripts need them (joiners, and what chooses
 * between the shapes of one character). */
static bool is_needed(uint32_t cp)
{
	return cp == 0x200C || cp == 0x200D || (cp >= 0xFE00 && cp <= 0xFE0F) ||
	       (cp >= 0x180B && cp <= 0x180D) || cp == 0x180F;
}

/* Format characters that are seen: signs of Arabic, Syriac and Kaithi numbers. */
static bool is_number_sign(uint32_t cp)
{
	return (cp >= 0x600 && cp <= 0x605) || cp == 0x6DD || cp == 0x70F || cp == 0x890 ||
	       cp == 0x891 || cp == 0x8E2 || cp == 0x110BD || cp == 0x110CD;
}

static bool may_be_sent(uint32_t cp)
{
	uc_general_category_t c = uc_general_category(cp);

	if (is_needed(cp))
		return true;
	if (uc_is_general_category_withtable(
		    cp, UC_CATEGORY_MASK_Cc | UC_CATEGORY_MASK_Cs | UC_CATEGORY_MASK_Co |
				UC_CATEGORY_MASK_Zl | UC_CATEGORY_MASK_Zp))
		return false;
	if (uc_is_property_bidi_control(cp) ||
	    uc_is_property_default_ignorable_code_point(cp) ||
	    uc_is_property_not_a_character(cp))
		return false;
	/* Format characters that are seen are those of Arabic and Syriac numbers and the like.
	 */
	return c.bitmask != UC_CATEGORY_MASK_Cf || is_number_sign(cp);
}

static bool is_mark(uint32_t cp)
{
	return is_needed(cp) ||
	       uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_Mn | UC_CATEGORY_MASK_Me);
}

static void check(struct slice shown, int keep)
{
	size_t marks = 0;

	for (size_t i = 0, n; i < shown.len; i += n) {
		uint32_t cp;

		n = utf8_decode(shown.p + i, shown.len - i, &cp);
		HOLDS(cp != UTF8_BAD, "what is shown is UTF-8");
		if (cp == '\n')
			HOLDS(keep & SHOW_NEWLINES, "a line end passes where it may");
		else if (cp == '\t')
			HOLDS(keep & SHOW_TABS, "a tab passes where it may");
		else
			HOLDS(may_be_sent(cp), "what is shown can be sent to a terminal");
		marks = is_mark(cp) ? marks + 1 : 0;
		HOLDS(marks <= 64, "no flood of marks");
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = slice_make(size ? (const char *)data : "", size);
	struct str once = STR_INIT, twice = STR_INIT;

	for (int keep = 0; keep < 4; keep++) {
		str_clear(&once);
		str_clear(&twice);
		show_add(&once, text.p, text.len, keep);
		check(str_slice(&once), keep);
		show_add(&twice, str_slice(&once).p, once.len, keep);
		HOLDS(slice_equal(str_slice(&once), str_slice(&twice)),
		      "what is shown is shown as it is");
	}
	str_release(&once);
	str_release(&twice);
	return 0;
}
