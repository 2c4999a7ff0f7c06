/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "store/crew.h"

#include <stdatomic.h>
#include <string.h>

#define MANY 5000

struct tally {
	atomic_uint done[MANY];
	size_t sum[MANY];
};

static void note(void *context, size_t i)
{
	struct tally *t = context;

	atomic_fetch_add(&t->done[i], 1);
	for (size_t k = 0; k <= i % 100; k++)
		t->sum[i] += k;
}

static void everything_is_done_exactly_once(void **state)
{
	static struct tally t;
	const size_t sizes[] = {0, 1, 2, 3, 17, MANY};

	(void)state;
	for (size_t s = 0; s < sizeof(sizes) / sizeof(*sizes); s++) {
		memset(&t, 0, sizeof(t));
		each_run(crew(), sizes[s], note, &t);
		for (size_t i = 0; i < MANY; i++) {
			assert_int_equal(atomic_load(&t.done[i]), i < sizes[s]);
			assert_int_equal(t.sum[i],
					 i < sizes[s] ? i % 100 * (i % 100 + 1) / 2 : 0);
		}
	}
}

static void count(void *context, size_t i)
{
	(void)i;
	atomic_fetch_add((atomic_uint *)context, 1);
}

static void count_ten(void *context, size_t i)
{
	(void)i;
	each_run(crew(), 10, count, context);
}

/* Whoever works for a crew may call one. */
static void crews_may_stand_in_each_other(void **state)
{
	atomic_uint n = 0;

	(void)state;
	each_run(crew(), 4, count_ten, &n);
	assert_int_equal(atomic_load(&n), 40);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everything_is_done_exactly_once),
		cmocka_unit_test(crews_may_stand_in_each_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
