/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/str.h"

static void what_two_have_in_common_is_counted_to_the_byte(void **state)
{
	char p[700], q[700];

	(void)state;
	for (size_t n = 0; n < sizeof(p); n++) {
		memset(p, 'a', sizeof(p));
		memset(q, 'a', sizeof(q));
		assert_int_equal(slice_common(slice_make(p, n), slice_make(q, sizeof(q))), n);
		assert_int_equal(slice_common_end(slice_make(p, n), slice_make(q, sizeof(q))),
				 n);
		q[n] = 'b';
		assert_int_equal(
			slice_common(slice_make(p, sizeof(p)), slice_make(q, sizeof(q))), n);
		assert_int_equal(
			slice_common_end(slice_make(p, sizeof(p)), slice_make(q, sizeof(q))),
			sizeof(p) - 1 - n);
	}
}

static void nothing_has_nothing_in_common(void **state)
{
	struct slice none = {0};

	(void)state;
	assert_int_equal(slice_common(none, slice_of("a")), 0);
	assert_int_equal(slice_common_end(slice_of("a"), none), 0);
	assert_int_equal(slice_common(none, none), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_two_have_in_common_is_counted_to_the_byte),
		cmocka_unit_test(nothing_has_nothing_in_common),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
