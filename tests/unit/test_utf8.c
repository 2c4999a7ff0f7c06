/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/utf8.h"

#include <unictype.h>

#define LAST 0x10FFFF

static bool is_of(uint32_t cp, const char *script)
{
	return uc_is_script(cp, uc_script_byname(script));
}

static bool is_assigned(uint32_t cp)
{
	return !uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_Cn);
}

static void han_is_what_unicode_says_it_is(void **state)
{
	size_t n = 0;

	(void)state;
	for (uint32_t cp = 0; cp <= LAST; cp++) {
		if (is_assigned(cp) && utf8_is_han(cp) != is_of(cp, "Han"))
			fail_msg("U+%04X", (unsigned)cp);
		n += is_of(cp, "Han");
	}
	assert_true(n > 90000);
}

static void what_will_be_han_is_han(void **state)
{
	(void)state;
	assert_true(utf8_is_han(0x323AF));
	assert_true(utf8_is_han(0x3FFFD));
	assert_false(utf8_is_han(0x40000));
	assert_false(utf8_is_han(UTF8_BAD));
	assert_false(utf8_is_kana(UTF8_BAD));
}

static void kana_are_the_letters_that_unicode_says_and_no_other_script(void **state)
{
	(void)state;
	for (uint32_t cp = 0; cp <= 0xFFFF; cp++) {
		bool own = is_of(cp, "Hiragana") || is_of(cp, "Katakana");

		if (own && uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_L) &&
		    !utf8_is_kana(cp))
			fail_msg("U+%04X is one", (unsigned)cp);
		if (utf8_is_kana(cp) && is_assigned(cp) && !own && !is_of(cp, "Common") &&
		    !is_of(cp, "Inherited"))
			fail_msg("U+%04X is none", (unsigned)cp);
	}
	assert_true(utf8_is_kana(0x30FC));
	assert_false(utf8_is_kana(0x30FB));
	assert_false(utf8_is_kana(0x3002));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(han_is_what_unicode_says_it_is),
		cmocka_unit_test(what_will_be_han_is_han),
		cmocka_unit_test(kana_are_the_letters_that_unicode_says_and_no_other_script),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
