/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/settled.h"

#include <string.h>

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

/* Where the words stand: in the draft itself, and in what it would become. */
static void each_loss_says_where_it_is(void **state)
{
	static const char draft[] = "[a / EUR: b]\n\n[x (EUR) / to] urge all of them\n\nlast "
				    "line\n",
			  other[] = "[a / EUR: new]\n\nto [invite] [some / EUR: all] of them\n";
	struct settled s;

	(void)state;
	settled_find(&s, slice_of(draft), slice_of(other), &regions);
	assert_int_equal(s.paragraphs, 2);
	assert_slice_is(str_slice(&s.v[0].words), "urge all");
	assert_int_equal(s.v[0].at, strstr(draft, "to]") - draft);
	assert_int_equal(s.v[0].other, strstr(other, "to [") - other);
	assert_slice_is(str_slice(&s.v[1].words), "last line");
	assert_int_equal(s.v[1].at, strstr(draft, "last") - draft);
	assert_true(s.v[1].other == SIZE_MAX);
	settled_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_that_were_decided_are_found),
		cmocka_unit_test(what_is_open_and_what_is_the_base_s_is_not),
		cmocka_unit_test(each_loss_says_where_it_is),
	};

	return cmocka_run_group_tests(tests, regions_set_up, regions_tear_down);
}
