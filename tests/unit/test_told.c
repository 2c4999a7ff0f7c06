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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_chosen_reads_as_the_commit_says_it),
		cmocka_unit_test(words_that_are_no_choice_stand_as_they_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
