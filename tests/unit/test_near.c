/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/near.h"

#include <string.h>

static const char *const words[] = {"set", "settle", "life", "log", "progress", "res-31", "go"};

static void assert_near(const char *typed, const char *want)
{
	const char *near = near_word(slice_of(typed), words, sizeof(words) / sizeof(*words));

	if (!near != !want || (near && strcmp(near, want) != 0))
		fail_msg("%s: %s", typed, near ? near : "none");
}

static void a_slip_of_the_keys_is_near(void **state)
{
	(void)state;
	assert_near("progres", "progress");
	assert_near("porgress", "progress");
	assert_near("liefe", "life");
	assert_near("lgo", "log");
	assert_near("res31", "res-31");
	assert_near("matrix", NULL);
	assert_near("xyz", NULL);
	assert_near("", NULL);
}

static void what_begins_with_a_word_is_near_where_nothing_else_is(void **state)
{
	(void)state;
	assert_near("settings", "set");
	assert_near("settles", "settle");
	assert_near("logarithms", "log");
	/* Two letters begin too much. */
	assert_near("government", NULL);
}

static void any_bytes_can_be_asked_about(void **state)
{
	struct prng r = prng_make(5);
	struct str typed = STR_INIT;

	(void)state;
	for (size_t i = 0; i < 2000; i++) {
		str_clear(&typed);
		random_bytes(&r, &typed, i % 64);
		near_word(str_slice(&typed), words, sizeof(words) / sizeof(*words));
	}
	str_release(&typed);
	assert_near("progress-of-what-was-typed-by-nobody-ever", "progress");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_slip_of_the_keys_is_near),
		cmocka_unit_test(what_begins_with_a_word_is_near_where_nothing_else_is),
		cmocka_unit_test(any_bytes_can_be_asked_about),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
