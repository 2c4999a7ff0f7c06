/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/slots.h"

/* The k-th number that has the hash. */
static uint32_t nth(const struct slots *s, uint64_t hash, size_t k)
{
	size_t at = 0;
	uint32_t number;

	do
		number = slots_next(s, hash, &at);
	while (number != SLOTS_NONE && k-- > 0);
	return number;
}

static void an_empty_table_has_nothing(void **state)
{
	struct slots s = {0};

	(void)state;
	assert_int_equal(nth(&s, 7, 0), SLOTS_NONE);
	slots_clear(&s);
	slots_release(&s);
}

static void each_number_is_found_by_its_hash_in_the_order_they_came(void **state)
{
	enum { N = 5000, HASHES = 700 };
	struct slots s = {0};

	(void)state;
	for (uint32_t i = 0; i < N; i++)
		slots_add(&s, (uint64_t)(i % HASHES) * 3 + 500, i);
	for (uint32_t h = 0; h < HASHES; h++) {
		uint32_t i = h, k = 0;

		for (; i < N; i += HASHES)
			assert_int_equal(nth(&s, (uint64_t)h * 3 + 500, k++), i);
		assert_int_equal(nth(&s, (uint64_t)h * 3 + 500, k), SLOTS_NONE);
	}
	assert_int_equal(nth(&s, 499, 0), SLOTS_NONE);
	slots_release(&s);
}

static void hashes_that_end_at_the_tables_end_go_on_at_its_begin(void **state)
{
	struct slots s = {0};

	(void)state;
	for (uint32_t i = 0; i < 400; i++)
		slots_add(&s, UINT32_MAX - i % 2, i);
	for (uint32_t i = 0; i < 400; i++)
		assert_int_equal(nth(&s, UINT32_MAX - i % 2, i / 2), i);
	slots_release(&s);
}

static void what_is_cleared_is_forgotten(void **state)
{
	struct slots s = {0};

	(void)state;
	for (uint32_t round = 0; round < 3; round++) {
		size_t n = round == 1 ? 10 : 10000;

		for (uint32_t i = 0; i < n; i++)
			slots_add(&s, i, i + round);
		assert_int_equal(nth(&s, 9, 0), 9 + round);
		assert_int_equal(nth(&s, 9, 1), SLOTS_NONE);
		slots_clear(&s);
		assert_int_equal(nth(&s, 9, 0), SLOTS_NONE);
	}
	slots_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_table_has_nothing),
		cmocka_unit_test(each_number_is_found_by_its_hash_in_the_order_they_came),
		cmocka_unit_test(hashes_that_end_at_the_tables_end_go_on_at_its_begin),
		cmocka_unit_test(what_is_cleared_is_forgotten),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
