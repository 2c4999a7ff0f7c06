/* SPDX-License-Identifier: MIT */
#include "core/ledger.h"

#include "support.h"

#include <string.h>

#define ONE "0123456789abcdef"
#define TWO "fedcba9876543210"

static struct agreed_list agreed;
static struct deferred_list deferred;
static struct yaml_problems problems;
static struct error err;
static struct str text;

static int forget(void **state)
{
	(void)state;
	agreed_release(&agreed);
	deferred_release(&deferred);
	yaml_problems_release(&problems);
	str_release(&text);
	return 0;
}

static void read_agreed(void)
{
	agreed_release(&agreed);
	yaml_problems_release(&problems);
	assert_int_equal(agreed_read(str_slice(&text), &agreed, &problems, &err), 0);
}

static void read_deferred(void)
{
	deferred_release(&deferred);
	yaml_problems_release(&problems);
	assert_int_equal(deferred_read(str_slice(&text), &deferred, &problems, &err), 0);
}

static void a_paragraph_is_agreed_and_reopened(void **state)
{
	struct agreed a = {.digest = ONE,
			   .begins = (char[]){"to continue: \"organize\""},
			   .meeting = (char[]){"IRM-3"},
			   .date = (char[]){"2025-05-12"}};

	(void)state;
	assert_int_equal(agreed_add(&text, &a, &err), 0);
	assert_slice_is(str_slice(&text),
			"- {digest: \"" ONE "\", begins: \"to continue: "
			"\\\"organize\\\"\", meeting: IRM-3, date: 2025-05-12}\n");
	read_agreed();
	assert_int_equal(agreed.n, 1);
	assert_string_equal(agreed_find(&agreed, ONE)->begins, "to continue: \"organize\"");
	assert_string_equal(agreed_find(&agreed, ONE)->date, "2025-05-12");
	assert_null(agreed_find(&agreed, TWO));
	strcpy(a.digest, TWO);
	assert_int_equal(agreed_add(&text, &a, &err), 0);
	a.meeting = (char[]){"CONF"};
	assert_int_equal(agreed_add(&text, &a, &err), 0);
	read_agreed();
	assert_int_equal(agreed.n, 2);
	assert_string_equal(agreed.v[1].meeting, "CONF");
	assert_int_equal(agreed_remove(&text, ONE, &err), 0);
	assert_int_equal(agreed_remove(&text, ONE, &err), ST_MISSING);
	read_agreed();
	assert_int_equal(agreed.n, 1);
	assert_int_equal(agreed_remove(&text, TWO, &err), 0);
	assert_int_equal(text.len, 0);
}

static void what_others_wrote_stays(void **state)
{
	struct agreed a = {.digest = TWO};

	(void)state;
	str_clear(&text);
	str_add_text(&text, "# by hand\n- digest: " ONE
			    "   # first\n  odd: [1, 2]\n\n- {digest: short}\n");
	assert_int_equal(agreed_add(&text, &a, &err), 0);
	assert_slice_is(str_slice(&text), "# by hand\n- digest: " ONE
					  "   # first\n  odd: [1, 2]\n\n- {digest: short}\n- "
					  "{digest: \"" TWO "\"}\n");
	read_agreed();
	assert_int_equal(agreed.n, 2);
	assert_int_equal(problems.n, 2);
	assert_int_equal(problems.v[0].line, 3);
	assert_int_equal(problems.v[1].line, 5);
	assert_int_equal(agreed_remove(&text, TWO, &err), 0);
	assert_slice_is(str_slice(&text), "# by hand\n- digest: " ONE
					  "   # first\n  odd: [1, 2]\n\n- {digest: short}\n");
}

static void long_beginnings_are_cut_at_a_character(void **state)
{
	char begins[200];
	struct agreed a = {.digest = ONE, .begins = begins};

	(void)state;
	str_clear(&text);
	memset(begins, 'x', 59);
	strcpy(begins + 59, "éééé");
	assert_int_equal(agreed_add(&text, &a, &err), 0);
	read_agreed();
	assert_int_equal(strlen(agreed.v[0].begins), 59);
}

static void a_point_is_deferred_and_taken_up(void **state)
{
	struct deferred d = {.id = (char[]){"b3f2a"},
			     .reason = (char[]){"awaiting the Arab States’ text"},
			     .until = (char[]){"IRM-3"},
			     .date = (char[]){"2025-03-30"}};

	(void)state;
	str_clear(&text);
	str_add_text(&text, "b1: {reason: old, odd: kept}  # note\n");
	assert_int_equal(deferred_set(&text, &d, &err), 0);
	d.id = (char[]){"b1"};
	d.reason = (char[]){"new"};
	d.until = NULL;
	assert_int_equal(deferred_set(&text, &d, &err), 0);
	assert_slice_is(
		str_slice(&text),
		"b1: {reason: new, date: 2025-03-30, odd: kept}  # note\nb3f2a: {reason: "
		"\"awaiting the Arab States’ text\", until: IRM-3, date: 2025-03-30}\n");
	read_deferred();
	assert_int_equal(deferred.n, 2);
	assert_int_equal(problems.n, 1);
	assert_string_equal(deferred_find(&deferred, SLICE("b3f2a"))->until, "IRM-3");
	assert_string_equal(deferred_find(&deferred, SLICE("b1"))->until, "");
	assert_int_equal(deferred_remove(&text, "b1", &err), 0);
	assert_int_equal(deferred_remove(&text, "b1", &err), ST_MISSING);
	read_deferred();
	assert_int_equal(deferred.n, 1);
}

static void a_broken_file_is_read_but_not_changed(void **state)
{
	struct deferred d = {.id = (char[]){"b9"}, .reason = (char[]){"x"}};
	const char *broken = "b1: {reason: a}\nb2: {reason: [\nb3: {reason: c}\nb4: {}\n";

	(void)state;
	str_clear(&text);
	str_add_text(&text, broken);
	read_deferred();
	assert_non_null(deferred_find(&deferred, SLICE("b1")));
	assert_non_null(deferred_find(&deferred, SLICE("b4")));
	assert_int_equal(deferred_set(&text, &d, &err), ST_INPUT);
	assert_slice_is(str_slice(&text), broken);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_paragraph_is_agreed_and_reopened),
		cmocka_unit_test(what_others_wrote_stays),
		cmocka_unit_test(long_beginnings_are_cut_at_a_character),
		cmocka_unit_test(a_point_is_deferred_and_taken_up),
		cmocka_unit_test(a_broken_file_is_read_but_not_changed),
	};

	return cmocka_run_group_tests_name("ledger", tests, NULL, forget);
}
