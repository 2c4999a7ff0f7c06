/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/sorted.h"

static void what_is_before_is_skipped_as_one_by_one(void **state)
{
	struct prng r = prng_make(20);
	unsigned v[40], wanted;

	(void)state;
	for (size_t round = 0; round < 2000; round++) {
		size_t n = round % 40, i, one = 0;

		for (size_t k = 0; k < n; k++)
			v[k] = (k ? v[k - 1] : 0) + (unsigned)prng_below(&r, 3);
		wanted = (unsigned)prng_below(&r, 2 * n + 2);
		while (one < n && v[one] < wanted)
			one++;
		SORTED_SKIP(i, n, v[i] < wanted);
		assert_int_equal(i, one);
	}
}

static void of_nothing_nothing_is_looked_at(void **state)
{
	const unsigned *v = NULL;
	size_t i;

	(void)state;
	SORTED_SKIP(i, 0, v[i] == 0);
	assert_int_equal(i, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_before_is_skipped_as_one_by_one),
		cmocka_unit_test(of_nothing_nothing_is_looked_at),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
