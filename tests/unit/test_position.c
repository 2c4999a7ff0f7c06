/* SPDX-License-Identifier: MIT */
#include "core/position.h"

#include "support.h"

#include <string.h>

static struct positions got;
static struct yaml_problems problems;
static struct error err;

static int forget(void **state)
{
	(void)state;
	positions_release(&got);
	yaml_problems_release(&problems);
	return 0;
}

static void read_text(const char *yaml)
{
	forget(NULL);
	assert_int_equal(positions_read(slice_of(yaml), &got, &problems, &err), 0);
}

static void a_position_has_all_that_the_format_says(void **state)
{
	const struct position *p;

	(void)state;
	read_text(
		"b3f2a:\n  stance: supports\n  option: 2\n  strength: prefers\n  wording: "
		"9f86d081884c7d65\n  source: AFCP/12A1/4\n  meeting: RPM-AFR\n  date: "
		"2025-03-29\n  "
		"note: \"as before\"\nb77: {stance: opposes, option: 0, strength: red-line}\n");
	assert_int_equal(problems.n, 0);
	assert_int_equal(got.n, 2);
	p = positions_find(&got, SLICE("b3f2a"));
	assert_int_equal(p->stance, STANCE_SUPPORTS);
	assert_true(p->has_option);
	assert_int_equal(p->option, 2);
	assert_int_equal(p->strength, STRENGTH_PREFERS);
	assert_string_equal(p->wording, "9f86d081884c7d65");
	assert_string_equal(p->source, "AFCP/12A1/4");
	assert_string_equal(p->meeting, "RPM-AFR");
	assert_string_equal(p->date, "2025-03-29");
	assert_string_equal(p->note, "as before");
	assert_int_equal(p->line, 1);
	p = positions_find(&got, SLICE("b77"));
	assert_int_equal(p->strength, STRENGTH_RED_LINE);
	assert_int_equal(p->option, 0);
	assert_string_equal(p->note, "");
	assert_int_equal(p->line, 10);
	assert_null(positions_find(&got, SLICE("b")));
}

static void every_stance_and_strength_has_its_word(void **state)
{
	(void)state;
	read_text("a: {stance: none}\nb: {stance: accepts, option: 1, strength: flexible}\nc: "
		  "{stance: "
		  "reserves}\n");
	assert_int_equal(problems.n, 0);
	assert_string_equal(stance_word(got.v[0].stance), "none");
	assert_string_equal(stance_word(got.v[1].stance), "accepts");
	assert_string_equal(strength_word(got.v[1].strength), "flexible");
	assert_string_equal(stance_word(got.v[2].stance), "reserves");
	assert_string_equal(strength_word(got.v[2].strength), "");
}

static void what_makes_no_sense_is_named_and_the_rest_is_read(void **state)
{
	(void)state;
	read_text("a: {stance: likes, option: 1}\nb: {stance: supports, option: two}\nc: "
		  "supports\nd: "
		  "{option: 1}\ne: {stance: supports}\nf: {stance: opposes, strength: "
		  "very}\ng: {stance: "
		  "supports, option: 1, mood: good}\ng: {stance: opposes}\n");
	assert_int_equal(got.n, 1);
	assert_string_equal(got.v[0].id, "g");
	assert_int_equal(got.v[0].stance, STANCE_SUPPORTS);
	assert_int_equal(problems.n, 8);
	/* The twice given key comes first: it is found while reading. */
	assert_int_equal(problems.v[0].line, 8);
	assert_int_equal(problems.v[1].line, 1);
	assert_int_equal(problems.v[1].column, 13);
	assert_string_equal(problems.v[1].text,
			    "stance \"likes\" is not known; the position is left out");
}

static void a_broken_entry_costs_only_itself(void **state)
{
	(void)state;
	read_text("a: {stance: reserves}\nb: {stance: [\nc: {stance: opposes}\nd: {stance: "
		  "none}\n");
	assert_non_null(positions_find(&got, SLICE("a")));
	assert_null(positions_find(&got, SLICE("b")));
	assert_non_null(positions_find(&got, SLICE("d")));
	assert_true(problems.n > 0);
}

static void an_empty_file_and_a_list_hold_no_positions(void **state)
{
	(void)state;
	read_text("# nothing yet\n");
	assert_int_equal(got.n + problems.n, 0);
	read_text("- a\n");
	assert_int_equal(got.n, 0);
	assert_int_equal(problems.n, 1);
	assert_int_equal(positions_read(SLICE("}"), &got, NULL, &err), ST_INPUT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_position_has_all_that_the_format_says),
		cmocka_unit_test(every_stance_and_strength_has_its_word),
		cmocka_unit_test(what_makes_no_sense_is_named_and_the_rest_is_read),
		cmocka_unit_test(a_broken_entry_costs_only_itself),
		cmocka_unit_test(an_empty_file_and_a_list_hold_no_positions),
	};

	return cmocka_run_group_tests_name("position", tests, NULL, forget);
}
