/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/escape.h"

#include <string.h>

static size_t escape(const char *text)
{
	return escape_at(text, strlen(text));
}

static void a_backslash_escapes_the_signs_and_nothing_else(void **state)
{
	static const char *const signs[] = {"[", "]", "/", "\\", "`", "<", "!"};
	static const char *const wide[] = {"［", "］", "／"};
	struct str text = STR_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++) {
		str_clear(&text);
		str_addf(&text, "\\%s", signs[i]);
		assert_int_equal(escape(str_text(&text)), 2);
		assert_int_equal(escape(signs[i]), 0);
	}
	for (size_t i = 0; i < sizeof(wide) / sizeof(*wide); i++) {
		str_clear(&text);
		str_addf(&text, "\\%s", wide[i]);
		assert_int_equal(escape(str_text(&text)), 4);
		assert_int_equal(escape_at(text.p, 3), 0);
	}
	assert_int_equal(escape("\\a"), 0);
	assert_int_equal(escape("\\ "), 0);
	assert_int_equal(escape("\\，"), 0);
	assert_int_equal(escape("\\"), 0);
	assert_int_equal(escape_at("\\\0", 2), 0);
	assert_int_equal(escape_at("", 0), 0);
	str_release(&text);
}

static void an_odd_run_of_backslashes_is_open(void **state)
{
	(void)state;
	assert_true(escape_is_open("a\\", 2));
	assert_false(escape_is_open("a\\\\", 3));
	assert_true(escape_is_open("\\\\\\", 3));
	assert_false(escape_is_open("a", 1));
	assert_false(escape_is_open("", 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_backslash_escapes_the_signs_and_nothing_else),
		cmocka_unit_test(an_odd_run_of_backslashes_is_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
