/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/settled.h"

static void assert_settled(const char *draft, const char *other, size_t paragraphs,
			   const char *words)
{
	struct settled s;

	settled_find(&s, slice_of(draft), slice_of(other), &regions);
	assert_int_equal(s.paragraphs, paragraphs);
	assert_slice_is(str_slice(&s.words), words);
	settled_release(&s);
}

static void words_that_were_decided_are_found(void **state)
{
	(void)state;
	assert_settled("to urge them\n", "to [invite / EUR: urge] them\n", 1, "urge");
	assert_settled("a\n\nb\n\nc new\n", "a\n\nb\n\nc\n", 1, "new");
	assert_settled("a\n\nall of this\n\nc more\n", "a\n\nc\n", 2, "all of this");
}

static void what_is_open_and_what_is_the_base_s_is_not(void **state)
{
	(void)state;
	assert_settled("to [invite / EUR: urge] them\n", "to [invite / AFR: ask] them\n", 0,
		       "");
	assert_settled("to invite them\n", "to [invite / EUR: urge] them\n", 0, "");
	assert_settled("", "to [invite / EUR: urge] them\n", 0, "");
	assert_settled("the second of them\n\nthe first paragraph\n",
		       "the first paragraph\n\nthe second of them\n", 0, "");
	assert_settled("to go\n", "to go [on / EUR: away]\n", 0, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_that_were_decided_are_found),
		cmocka_unit_test(what_is_open_and_what_is_the_base_s_is_not),
	};

	return cmocka_run_group_tests(tests, regions_set_up, regions_tear_down);
}
