/* SPDX-License-Identifier: MIT */
#include "core/position.h"

#include "support.h"

#include <stdio.h>
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

static void a_date_and_a_digest_that_are_none_are_named(void **state)
{
	(void)state;
	read_text("a: {stance: reserves, date: 2025-13-99}\n"
		  "b:\n  stance: supports\n  option: 1\n  wording: 9f86d081\n"
		  "c: {stance: supports, option: 1, wording: 9f86d081884c7d6x, date: "
		  "2024-02-29}\n");
	assert_int_equal(got.n, 3);
	assert_string_equal(got.v[0].date, "");
	assert_string_equal(got.v[1].wording, "9f86d081");
	assert_string_equal(got.v[2].date, "2024-02-29");
	assert_int_equal(problems.n, 3);
	assert_int_equal(problems.v[0].line, 1);
	assert_non_null(strstr(problems.v[0].text, "year-month-day"));
	assert_int_equal(problems.v[1].line, 5);
	assert_non_null(strstr(problems.v[1].text, "16 hexadecimal digits"));
	assert_int_equal(problems.v[2].line, 6);
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

static void a_second_position_on_a_point_is_named(void **state)
{
	(void)state;
	read_text("a: {stance: reserves}\na: {stance: none}\n");
	assert_int_equal(got.n, 1);
	assert_int_equal(got.v[0].stance, STANCE_RESERVES);
	assert_int_equal(problems.n, 1);
	assert_int_equal(problems.v[0].line, 2);
	assert_string_equal(problems.v[0].text, "a stands twice; the first one counts");
}

static struct position sample(const char *id)
{
	return (struct position){.id = (char *)id,
				 .stance = STANCE_ACCEPTS,
				 .strength = STRENGTH_RED_LINE,
				 .has_option = true,
				 .option = 12,
				 .wording = (char *)"0123456789012345",
				 .source = (char *)"AFCP/12: \"A\"",
				 .date = (char *)"2026-02-18",
				 .note = (char *)"no, but: {yes}"};
}

static void a_position_is_written_and_read_back(void **state)
{
	struct str yaml = STR_INIT;
	struct position p = sample("b3f2a");
	const struct position *back;

	(void)state;
	assert_int_equal(position_set(&yaml, &p, &err), 0);
	read_text(str_text(&yaml));
	assert_int_equal(problems.n, 0);
	assert_int_equal(got.n, 1);
	back = &got.v[0];
	assert_string_equal(back->id, "b3f2a");
	assert_int_equal(back->stance, STANCE_ACCEPTS);
	assert_int_equal(back->strength, STRENGTH_RED_LINE);
	assert_int_equal(back->option, 12);
	assert_string_equal(back->wording, "0123456789012345");
	assert_string_equal(back->source, "AFCP/12: \"A\"");
	assert_string_equal(back->meeting, "");
	assert_string_equal(back->note, "no, but: {yes}");
	p = (struct position){.id = (char *)"b3f2a", .stance = STANCE_RESERVES};
	assert_int_equal(position_set(&yaml, &p, &err), 0);
	assert_slice_is(str_slice(&yaml), "b3f2a: {stance: reserves}\n");
	assert_int_equal(position_remove(&yaml, "b3f2a", &err), 0);
	assert_int_equal(position_remove(&yaml, "b3f2a", &err), ST_MISSING);
	assert_int_equal(yaml.len, 0);
	str_release(&yaml);
}

static void the_rest_of_the_file_stays(void **state)
{
	static const char before[] =
		"# by hand\nb1:\n  stance: none   # for now\n  odd: [1, {a: yes, b: \"x, "
		"y\"}]\n"
		"  even: true\n\n# next\nb2: {stance: likes}\nb3: {stance: opposes}\n";
	static const char after[] =
		"# by hand\nb1:\n  stance: reserves   # for now\n  odd: [1, {a: yes, b: \"x, "
		"y\"}]\n"
		"  even: true\n\n# next\nb2: {stance: likes}\nb3: {stance: opposes}\n";
	struct position p = {.id = (char *)"b1", .stance = STANCE_RESERVES};
	struct str yaml = STR_INIT;

	(void)state;
	str_add_text(&yaml, before);
	assert_int_equal(position_set(&yaml, &p, &err), 0);
	assert_slice_is(str_slice(&yaml), after);
	assert_int_equal(position_remove(&yaml, "b1", &err), 0);
	assert_slice_is(str_slice(&yaml),
			"# by hand\n\n# next\nb2: {stance: likes}\nb3: {stance: opposes}\n");
	str_release(&yaml);
}

static void an_entry_of_lines_stays_one(void **state)
{
	struct position p = {.id = (char *)"b1",
			     .stance = STANCE_SUPPORTS,
			     .has_option = true,
			     .option = 2,
			     .date = (char *)"2026-03-01",
			     .note = (char *)"yes, now"};
	struct str yaml = STR_INIT;

	(void)state;
	/* Values change in place; what there was none of comes last; what there is none of
	 * goes. */
	str_add_text(&yaml,
		     "b1:\r\n    # as said in Geneva\r\n    option: 1  # base\r\n"
		     "    stance: 'supports'\r\n    strength: red-line\r\n"
		     "    note: |\r\n      two\r\n      lines\r\nb2: {stance: none}\r\n");
	assert_int_equal(position_set(&yaml, &p, &err), 0);
	assert_slice_is(str_slice(&yaml),
			"b1:\r\n    # as said in Geneva\r\n    option: 2  # base\r\n"
			"    stance: 'supports'\r\n    note: \"yes, now\"\r\n"
			"    date: 2026-03-01\r\nb2: {stance: none}\r\n");
	str_clear(&yaml);
	str_add_text(&yaml, "b2: {stance: none}\nb1:\n  stance: none");
	assert_int_equal(position_set(&yaml, &p, &err), 0);
	assert_slice_is(str_slice(&yaml), "b2: {stance: none}\nb1:\n  stance: supports\n"
					  "  option: 2\n  date: 2026-03-01\n"
					  "  note: \"yes, now\"\n");
	/* What cannot be kept so becomes one line. */
	str_clear(&yaml);
	str_add_text(&yaml, "b1: &x\n  stance: none\n  option: &y 1\nb2: *y\n");
	(void)!position_set(&yaml, &p, &err);
	str_release(&yaml);
}

static void a_broken_file_is_not_written(void **state)
{
	static const char broken[] = "b1: {stance: [\nb2: {stance: none}\n";
	struct position p = sample("b1");
	struct str yaml = STR_INIT;

	(void)state;
	str_add_text(&yaml, broken);
	assert_int_equal(position_set(&yaml, &p, &err), ST_INPUT);
	assert_slice_is(str_slice(&yaml), broken);
	str_release(&yaml);
}

static void words_are_found_again(void **state)
{
	enum stance stance;
	enum strength strength;

	(void)state;
	for (int i = STANCE_NONE; i <= STANCE_RESERVES; i++) {
		assert_true(stance_find(slice_of(stance_word((enum stance)i)), &stance));
		assert_int_equal(stance, i);
	}
	for (int i = STRENGTH_FLEXIBLE; i <= STRENGTH_RED_LINE; i++) {
		assert_true(
			strength_find(slice_of(strength_word((enum strength)i)), &strength));
		assert_int_equal(strength, i);
	}
	assert_false(stance_find(SLICE(""), &stance));
	assert_false(strength_find(SLICE(""), &strength));
}

/* Whatever is written comes back, and nothing else changes. */
static void any_text_comes_back(void **state)
{
	struct str yaml = STR_INIT, note = STR_INIT;
	struct prng r = prng_make(3);

	(void)state;
	for (int round = 0; round < 300; round++) {
		char id[16];
		struct position p = {.id = id, .stance = STANCE_RESERVES};
		const struct position *back;

		str_clear(&note);
		random_text(&r, &note, 1 + prng_below(&r, 12));
		snprintf(id, sizeof(id), "b%zu", prng_below(&r, 20));
		p.note = (char *)str_text(&note);
		assert_int_equal(position_set(&yaml, &p, &err), 0);
		read_text(str_text(&yaml));
		assert_int_equal(problems.n, 0);
		back = positions_find(&got, slice_of(id));
		assert_non_null(back);
		assert_string_equal(back->note, p.note);
		if (prng_one_in(&r, 3)) {
			size_t n = got.n;

			assert_int_equal(position_remove(&yaml, id, &err), 0);
			read_text(str_text(&yaml));
			assert_int_equal(got.n, n - 1);
		}
	}
	str_release(&yaml);
	str_release(&note);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_position_has_all_that_the_format_says),
		cmocka_unit_test(every_stance_and_strength_has_its_word),
		cmocka_unit_test(what_makes_no_sense_is_named_and_the_rest_is_read),
		cmocka_unit_test(a_date_and_a_digest_that_are_none_are_named),
		cmocka_unit_test(a_broken_entry_costs_only_itself),
		cmocka_unit_test(a_second_position_on_a_point_is_named),
		cmocka_unit_test(a_position_is_written_and_read_back),
		cmocka_unit_test(the_rest_of_the_file_stays),
		cmocka_unit_test(an_entry_of_lines_stays_one),
		cmocka_unit_test(a_broken_file_is_not_written),
		cmocka_unit_test(words_are_found_again),
		cmocka_unit_test(any_text_comes_back),
		cmocka_unit_test(an_empty_file_and_a_list_hold_no_positions),
	};

	return cmocka_run_group_tests_name("position", tests, NULL, forget);
}
