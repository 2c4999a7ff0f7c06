/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/each.h"

static void put(void *context, size_t i)
{
	size_t *next = context;

	assert_int_equal(*next, i);
	++*next;
}

static void without_anybody_it_is_done_in_order(void **state)
{
	size_t next = 0;

	(void)state;
	each_run(NULL, 5, put, &next);
	assert_int_equal(next, 5);
	each_run(NULL, 0, put, &next);
	assert_int_equal(next, 5);
}

static void backwards(const struct each *self, size_t n, void (*one)(void *context, size_t i),
		      void *context)
{
	(void)self;
	while (n > 0)
		one(context, --n);
}

static void append(void *context, size_t i)
{
	struct str *out = context;

	str_addf(out, "%zu ", i);
}

static void whoever_is_given_does_it(void **state)
{
	const struct each each = {backwards};
	struct str out = STR_INIT;

	(void)state;
	each_run(&each, 3, append, &out);
	assert_string_equal(str_text(&out), "2 1 0 ");
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_anybody_it_is_done_in_order),
		cmocka_unit_test(whoever_is_given_does_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
