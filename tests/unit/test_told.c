/* SPDX-License-Identifier: MIT */
#include "ui/told.h"

#include "support.h"

/* In English, what is understood and what is not read alike: it is the words that stand. */
static void assert_told(const char *words, const char *told)
{
	struct str out = STR_INIT;

	told_choice(&out, slice_of(words));
	assert_string_equal(str_text(&out), told);
	str_release(&out);
}

static void what_was_chosen_reads_as_the_commit_says_it(void **state)
{
	(void)state;
	assert_told("option 2, \"at least one\"", "option 2, \"at least one\"");
	assert_told("option 2, no text", "option 2, no text");
	assert_told("no text", "no text");
	assert_told("all of it, \"a) one\"", "all of it, \"a) one\"");
	assert_told("new wording \"a few\"", "new wording \"a few\"");
}

static void words_that_are_no_choice_stand_as_they_are(void **state)
{
	(void)state;
	assert_told("", "");
	assert_told("option ", "option ");
	assert_told("option two, \"x\"", "option two, \"x\"");
	assert_told("option 99999999999999999999, \"x\"", "option 99999999999999999999, \"x\"");
	assert_told("option 0, \"x\"", "option 0, \"x\"");
	assert_told("option 3", "option 3");
	assert_told("no text here", "no text here");
	assert_told("\x1b[2J", "\xE2\x90\x9B[2J");
}

static void what_is_taken_back_is_named_with_those_that_went_along(void **state)
{
	struct str out = STR_INIT;

	(void)state;
	told_undoing(&out, 5, SLICE("option 2, \"at least one\""), 0);
	assert_string_equal(str_text(&out), "point 5, option 2, \"at least one\"");
	str_clear(&out);
	told_undoing(&out, 12, SLICE("no text"), 3);
	assert_string_equal(str_text(&out), "point 12, no text \xC2\xB7 3 linked");
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_chosen_reads_as_the_commit_says_it),
		cmocka_unit_test(words_that_are_no_choice_stand_as_they_are),
		cmocka_unit_test(what_is_taken_back_is_named_with_those_that_went_along),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
