/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "store/clock.h"

#include <time.h>

static void it_goes_on_by_milliseconds(void **state)
{
	const struct timespec pause = {0, 20000000};
	long long before = clock_ms(), after;

	(void)state;
	assert_int_equal(nanosleep(&pause, NULL), 0);
	after = clock_ms();
	assert_true(after >= before + 19);
	assert_true(after < before + 60000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(it_goes_on_by_milliseconds)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
