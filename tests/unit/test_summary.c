/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/bracket.h"
#include "core/draft.h"
#include "core/summary.h"

#include <string.h>

static void a_draft_is_counted_as_the_desk_shows_it(void **state)
{
	struct slice d =
		SLICE("---\ntitle: On meetings\ntype: resolution\nsymbol: A/1\n---\n\n"
		      "one [two / three [four]] five\n\nsix [two / three [four]] seven]\n\n"
		      "eight [nine] ten\n");
	struct summary s;

	(void)state;
	summary_read(&s, d, &regions, NULL);
	assert_slice_is(str_slice(&s.title), "On meetings");
	assert_slice_is(str_slice(&s.type), "resolution");
	assert_slice_is(str_slice(&s.symbol), "A/1");
	assert_int_equal(s.open, 3);
	assert_int_equal(s.nested, 2);
	assert_int_equal(s.linked, 2);
	assert_int_equal(s.problems, 1);
	assert_int_equal(s.paragraphs, 3);
	assert_int_equal(s.bracket_words, 7);
	assert_int_equal(s.words, 13);
	assert_int_equal(summary_share(&s), 54);
	summary_release(&s);
}

static void an_agreed_paragraph_that_changed_counts_as_reopened(void **state)
{
	struct slice d = SLICE("a) one two;\n\nb) three four;\n");
	char nothing[] = "";
	struct agreed a[2] = {{.begins = nothing},
			      {.digest = "0123456789abcdef", .begins = nothing}};
	struct agreed_list list = {a, 2, 2};
	struct brackets b;
	struct draft draft;
	struct summary s;

	(void)state;
	brackets_read(&b, d, &regions);
	draft_read(&draft, d, &b);
	draft_digest(&draft, d, &b, 0, a[0].digest);
	summary_read(&s, d, &regions, &list);
	assert_int_equal(s.agreed, 1);
	assert_int_equal(s.reopened, 1);
	summary_release(&s);
	draft_release(&draft);
	brackets_release(&b);
}

static void an_empty_draft_has_nothing(void **state)
{
	struct summary s;

	(void)state;
	summary_read(&s, SLICE(""), &regions, NULL);
	assert_int_equal(s.open + s.words + s.problems + summary_share(&s), 0);
	summary_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_draft_is_counted_as_the_desk_shows_it),
		cmocka_unit_test(an_agreed_paragraph_that_changed_counts_as_reopened),
		cmocka_unit_test(an_empty_draft_has_nothing),
	};

	return cmocka_run_group_tests(tests, regions_set_up, regions_tear_down);
}
