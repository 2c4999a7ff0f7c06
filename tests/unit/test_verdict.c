/* SPDX-License-Identifier: MIT */
#include "core/verdict.h"

#include "core/mem.h"
#include "support.h"

#include <stdio.h>
#include <string.h>

#define ORGANISE "organise [one / AFR, EUR: two / ARB: three]{#b1} meeting"
#define OPTIONAL "the chairs [and vice-chairs]{#b1} of"

static struct brackets b;
static struct positions held[REGIONS];
static struct standing stand[REGIONS];
static struct verdict got;
static struct str words;
static const char *draft;

static int forget(void **state)
{
	(void)state;
	brackets_release(&b);
	memset(&b, 0, sizeof(b));
	for (size_t i = 0; i < REGIONS; i++)
		positions_release(&held[i]);
	str_release(&words);
	return 0;
}

static void on(const char *text)
{
	forget(NULL);
	draft = text;
	brackets_read(&b, slice_of(draft), &regions);
}

/* "supports 2 red-line"; with a digest where given. */
static void say(size_t party, const char *yaml)
{
	struct str file = STR_INIT;
	struct error err = ERROR_INIT;

	positions_release(&held[party]);
	str_addf(&file, "b1: {%s}\n", yaml);
	assert_int_equal(positions_read(str_slice(&file), &held[party], NULL, &err), 0);
	assert_int_equal(held[party].n, 1);
	str_release(&file);
}

/* The same with the digest of what that option of the draft says now. */
static void say_now(size_t party, const char *yaml, uint32_t option)
{
	struct str file = STR_INIT;
	char hex[DIGEST_SHORT + 1];

	verdict_wording(&b, slice_of(draft), 0, option, hex);
	str_addf(&file, "%s, option: %u, wording: \"%s\"", yaml, option, hex);
	say(party, str_text(&file));
	str_release(&file);
}

static void read_point(uint32_t point)
{
	const struct positions *given[REGIONS];

	for (size_t i = 0; i < REGIONS; i++)
		given[i] = held[i].n ? &held[i] : NULL;
	verdict_read(&got, stand, &(struct bracketed){&b, slice_of(draft), &regions}, point,
		     given);
}

static void expect(enum verdict_kind kind, const char *brief)
{
	read_point(0);
	str_clear(&words);
	verdict_brief(&words, &got, stand, &regions, NULL);
	assert_string_equal(str_text(&words), brief);
	assert_int_equal(got.kind, kind);
}

static void nobody_spoke_is_silent(void **state)
{
	(void)state;
	on(ORGANISE);
	expect(VERDICT_SILENT, "silent");
	say(AFR, "stance: none");
	expect(VERDICT_SILENT, "silent");
	assert_int_equal(got.spoke, 0);
	assert_false(got.has_option);
}

static void consensus_takes_two(void **state)
{
	(void)state;
	on(ORGANISE);
	say(AFR, "stance: supports, option: 2");
	expect(VERDICT_SPLIT, "split");
	say(EUR, "stance: accepts, option: 2, strength: red-line");
	expect(VERDICT_CONSENSUS, "consensus on option 2");
	assert_true(got.firm);
	assert_int_equal(got.supporters, 1);
	assert_int_equal(got.accepters, 1);
	say(CIS, "stance: none");
	expect(VERDICT_CONSENSUS, "consensus on option 2");
}

static void one_objector_is_near(void **state)
{
	(void)state;
	on(ORGANISE);
	say(AFR, "stance: supports, option: 2");
	say(EUR, "stance: accepts, option: 2");
	say(ARB, "stance: supports, option: 3, strength: red-line");
	expect(VERDICT_NEAR, "near-consensus on option 2: ARB objects");
	assert_int_equal(got.objectors, 1);
	say(ARB, "stance: opposes, option: 2");
	expect(VERDICT_NEAR, "near-consensus on option 2: ARB objects");
	say(ARB, "stance: reserves, strength: red-line");
	expect(VERDICT_NEAR, "near-consensus on option 2: ARB objects");
	assert_int_equal(got.red_lines, 0);
	say(CIS, "stance: reserves");
	expect(VERDICT_SPLIT, "split");
	assert_int_equal(got.objectors, 2);
}

static void two_who_want_different_options_are_split(void **state)
{
	(void)state;
	on(ORGANISE);
	say(AFR, "stance: supports, option: 2");
	say(ARB, "stance: supports, option: 3");
	expect(VERDICT_SPLIT, "split");
	say(ARB, "stance: reserves");
	expect(VERDICT_NEAR, "near-consensus on option 2: ARB objects");
}

static void red_lines_that_exclude_each_other_are_a_deadlock(void **state)
{
	(void)state;
	on(ORGANISE);
	say(AFR, "stance: supports, option: 2, strength: red-line");
	say(ARB, "stance: supports, option: 3, strength: red-line");
	expect(VERDICT_DEADLOCK, "deadlock: AFR on option 2, ARB on option 3");
	say(EUR, "stance: supports, option: 2");
	say(CIS, "stance: supports, option: 2");
	expect(VERDICT_DEADLOCK, "deadlock: AFR on option 2, ARB on option 3");
	say(ARB, "stance: supports, option: 2, strength: red-line");
	expect(VERDICT_CONSENSUS, "consensus on option 2");
	say(ARB, "stance: reserves, strength: red-line");
	expect(VERDICT_NEAR, "near-consensus on option 2: ARB objects");
}

static void a_red_line_against_the_only_wording_is_a_deadlock(void **state)
{
	(void)state;
	on(OPTIONAL);
	say(AFR, "stance: supports, option: 1");
	say(EUR, "stance: supports, option: 1");
	expect(VERDICT_CONSENSUS, "consensus on the text");
	say(AMS, "stance: opposes, option: 1");
	expect(VERDICT_NEAR, "near-consensus on the text: AMS objects");
	say(AMS, "stance: opposes, option: 1, strength: red-line");
	expect(VERDICT_DEADLOCK, "deadlock: AMS against the text");
	say(AMS, "stance: supports, option: 0, strength: red-line");
	expect(VERDICT_DEADLOCK, "deadlock: AMS on no text");
	/* All for no text is a consensus all the same. */
	say(AFR, "stance: accepts, option: 0");
	say(EUR, "stance: accepts, option: 0");
	expect(VERDICT_CONSENSUS, "consensus on no text");
	/* Not the only one: others are left. */
	on(ORGANISE);
	say(AFR, "stance: supports, option: 1");
	say(EUR, "stance: supports, option: 1");
	say(AMS, "stance: opposes, option: 1, strength: red-line");
	expect(VERDICT_NEAR, "near-consensus on option 1: AMS objects");
}

static void an_option_without_text_is_no_text(void **state)
{
	(void)state;
	on("open [free of charge / AFR: at cost / EUR: no text]{#b1} to all");
	say(AFR, "stance: supports, option: 3");
	say(EUR, "stance: accepts, option: 0");
	expect(VERDICT_CONSENSUS, "consensus on no text");
	assert_int_equal(verdict_outcome(&b, slice_of(draft), 0, 3), 0);
	on("keep [the text](EUR: delete){#b1} here");
	say(AFR, "stance: supports, option: 1");
	say(EUR, "stance: supports, option: 2, strength: red-line");
	expect(VERDICT_DEADLOCK, "deadlock: EUR on no text");
}

static void the_same_wording_is_one_outcome(void **state)
{
	(void)state;
	on("organise [AFR: two / one / EUR: two]{#b1} meetings");
	say(AFR, "stance: supports, option: 1");
	say(EUR, "stance: supports, option: 3");
	expect(VERDICT_CONSENSUS, "consensus on option 1");
}

static void a_position_goes_with_its_wording(void **state)
{
	(void)state;
	on(ORGANISE);
	say_now(AFR, "stance: supports", 2);
	say_now(EUR, "stance: accepts", 2);
	read_point(0);
	assert_false(stand[AFR].stale || stand[AFR].moved);
	/* "two" is option 3 now. */
	brackets_release(&b);
	draft = "organise [one / half / AFR: two]{#b1} meetings";
	brackets_read(&b, slice_of(draft), &regions);
	expect(VERDICT_CONSENSUS, "consensus on option 3");
	assert_true(stand[AFR].moved);
	assert_false(stand[AFR].stale);
	assert_int_equal(stand[AFR].option, 3);
	assert_int_equal(stand[AFR].position->option, 2);
	/* And then it is nowhere: the number stays, and the verdict does not stand. */
	brackets_release(&b);
	draft = "organise [one / 2]{#b1} meetings";
	brackets_read(&b, slice_of(draft), &regions);
	expect(VERDICT_CONSENSUS, "consensus on option 2");
	assert_true(stand[AFR].stale && !stand[AFR].gone && !stand[AFR].moved);
	assert_int_equal(got.stale, 2);
	assert_false(got.firm);
	/* Two fresh voices make it firm, one does not. */
	say_now(AFR, "stance: accepts", 2);
	read_point(0);
	assert_false(got.firm);
	say_now(ARB, "stance: accepts", 2);
	read_point(0);
	assert_true(got.firm);
	assert_int_equal(got.stale, 1);
}

static void a_number_that_no_option_has_is_gone(void **state)
{
	(void)state;
	on(ORGANISE);
	say(AFR, "stance: supports, option: 7");
	say(EUR, "stance: supports, option: 7");
	expect(VERDICT_SPLIT, "split");
	assert_true(stand[AFR].gone && stand[AFR].stale);
	assert_false(got.has_option);
	assert_int_equal(got.objectors, 2);
}

static void a_digest_may_be_written_in_capitals(void **state)
{
	char hex[DIGEST_SHORT + 1], yaml[80];

	(void)state;
	on(ORGANISE);
	verdict_wording(&b, slice_of(draft), 0, 0, hex);
	assert_string_equal(hex, "e3b0c44298fc1c14");
	verdict_wording(&b, slice_of(draft), 0, 2, hex);
	for (char *c = hex; *c; c++)
		*c = *c >= 'a' && *c <= 'f' ? (char)(*c - 32) : *c;
	snprintf(yaml, sizeof(yaml), "stance: supports, option: 2, wording: \"%s\"", hex);
	say(AFR, yaml);
	read_point(0);
	assert_false(stand[AFR].stale);
}

static void whom_the_text_names_is_silent_but_wrote(void **state)
{
	(void)state;
	on(ORGANISE);
	expect(VERDICT_SILENT, "silent");
	assert_true(stand[ARB].wrote && !stand[ARB].spoke);
	assert_int_equal(stand[ARB].wrote_option, 3);
	assert_false(stand[CIS].wrote);
}

static void only_the_first_of_two_same_ids_has_positions(void **state)
{
	(void)state;
	on("[a / b]{#b1} and [c / d]{#b1} and [e / f]");
	say(AFR, "stance: supports, option: 1");
	read_point(0);
	assert_int_equal(got.spoke, 1);
	read_point(1);
	assert_int_equal(got.spoke, 0);
	read_point(2);
	assert_int_equal(got.spoke, 0);
}

static void a_placeholder_can_be_objected_to(void **state)
{
	(void)state;
	on("within [XX]{#b1} days");
	say(AFR, "stance: opposes, strength: red-line");
	say(EUR, "stance: reserves");
	expect(VERDICT_SPLIT, "split");
	assert_int_equal(got.objectors, 2);
}

static void explained(const char *want)
{
	read_point(0);
	str_clear(&words);
	verdict_explain(&words, &got, stand, &regions, NULL);
	assert_string_equal(str_text(&words), want);
}

static void a_verdict_says_why(void **state)
{
	(void)state;
	on(ORGANISE);
	explained("Nobody has spoken.");
	say(AFR, "stance: supports, option: 2");
	explained("Only one has spoken. For option 2: AFR. Silent: AMS, ARB, ASP, CIS, EUR.");
	say(EUR, "stance: accepts, option: 2");
	say(ARB, "stance: supports, option: 3, strength: red-line");
	say(CIS, "stance: none");
	explained("All but one of 3 agree. For option 2: AFR. Can accept option 2: EUR. For "
		  "option 3: ARB (red line). No position: CIS. Silent: AMS, ASP.");
	say(AFR, "stance: opposes");
	say(ASP, "stance: reserves");
	say(AMS, "stance: opposes, option: 9");
	explained("The 5 that spoke want different things. For option 3: ARB (red line). Can "
		  "accept option 2: EUR. Against all of it: AFR. On an option that is gone: "
		  "AMS. Reserves: ASP. No position: CIS.");
	str_clear(&words);
	standing_words(&words, &stand[ARB], &got, NULL);
	assert_string_equal(str_text(&words), "supports option 3 (red line)");
	str_clear(&words);
	verdict_anonymous(&words, &got, NULL);
	assert_string_equal(str_text(&words), "split");
}

/* Over random positions: what the kinds promise holds, recomputed by hand. */
static void the_kinds_keep_their_promises(void **state)
{
	static const char *const stances[] = {"supports", "accepts", "opposes", "reserves",
					      "none"};
	struct prng r = prng_make(7);
	size_t seen[VERDICT_KINDS] = {0};

	(void)state;
	for (int round = 0; round < 4000; round++) {
		size_t count[4] = {0}, spoke = 0, most = 0;

		on(ORGANISE);
		for (size_t i = 0; i < REGIONS; i++) {
			char yaml[80];
			size_t k = prng_below(&r, 5), option = 1 + prng_below(&r, 2);

			if (prng_one_in(&r, 2))
				continue;
			if (prng_one_in(&r, 2))
				k = 0;
			snprintf(yaml, sizeof(yaml), "stance: %s, option: %zu%s", stances[k],
				 option, prng_one_in(&r, 3) ? ", strength: red-line" : "");
			say(i, yaml);
			spoke += k != 4;
			count[option] += k < 2;
		}
		read_point(0);
		seen[got.kind]++;
		most = count[1] > count[2] ? count[1] : count[2];
		assert_int_equal(got.spoke, spoke);
		assert_int_equal(got.supporters + got.accepters, most);
		assert_int_equal(got.kind == VERDICT_SILENT, spoke == 0);
		assert_int_equal(got.kind == VERDICT_CONSENSUS, spoke >= 2 && most == spoke);
		if (got.kind == VERDICT_NEAR)
			assert_int_equal(most, spoke - 1);
		if (got.kind == VERDICT_DEADLOCK)
			assert_true(got.red_lines >= 2);
	}
	for (size_t i = 0; i < VERDICT_KINDS; i++)
		assert_true(seen[i] > 0);
}

static void a_sign_is_short(void **state)
{
	static const struct {
		const char *yaml, *sign;
	} cases[] = {{"stance: supports, option: 2", "+2"},
		     {"stance: supports, option: 2, strength: red-line", "!2"},
		     {"stance: accepts, option: 0", "~0"},
		     {"stance: opposes, option: 1, strength: red-line", "!-1"},
		     {"stance: opposes", "-"},
		     {"stance: reserves, strength: red-line", "\xc2\xb0"},
		     {"stance: none", "o"},
		     {"stance: supports, option: 1, wording: aaaa", "+1*"}};

	(void)state;
	on(ORGANISE);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		say(CIS, cases[i].yaml);
		read_point(0);
		str_clear(&words);
		standing_sign(&words, &stand[CIS], &got);
		assert_string_equal(str_text(&words), cases[i].sign);
	}
	str_clear(&words);
	standing_sign(&words, &stand[ARB], &got);
	assert_string_equal(str_text(&words), "(3)");
	str_clear(&words);
	standing_sign(&words, &stand[AMS], &got);
	assert_string_equal(str_text(&words), "\xc2\xb7");
	on(OPTIONAL);
	say(CIS, "stance: supports, option: 1");
	read_point(0);
	standing_sign(&words, &stand[CIS], &got);
	assert_string_equal(str_text(&words), "+");
}

static bool once(void *arg, struct slice id)
{
	(void)arg;
	return slice_is(id, "b8");
}

static void positions_are_checked_against_the_draft(void **state)
{
	struct yaml_problems problems = {NULL, 0, 0};
	struct positions p;
	struct error err = ERROR_INIT;

	(void)state;
	on(ORGANISE);
	assert_int_equal(positions_read(SLICE("b1: {stance: supports, option: 4}\n"
					      "b8: {stance: reserves}\n"
					      "b9: {stance: reserves}\n"),
					&p, NULL, &err),
			 0);
	verdict_check(&b, slice_of(draft), &p, once, NULL, &problems);
	assert_int_equal(problems.n, 2);
	assert_int_equal(problems.v[0].line, 1);
	assert_string_equal(problems.v[0].text, "point 1 has no option 4 any more; ask again");
	assert_int_equal(problems.v[1].line, 3);
	yaml_problems_release(&problems);
	verdict_check(&b, slice_of(draft), &p, NULL, NULL, &problems);
	assert_int_equal(problems.n, 3);
	yaml_problems_release(&problems);
	positions_release(&p);
	/* A stale position is no mistake, and one that moved is none either. */
	assert_int_equal(positions_read(SLICE("b1: {stance: supports, option: 2, wording: "
					      "aaaa}\n"),
					&p, NULL, &err),
			 0);
	verdict_check(&b, slice_of(draft), &p, NULL, NULL, &problems);
	assert_int_equal(problems.n, 0);
	positions_release(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(nobody_spoke_is_silent, forget),
		cmocka_unit_test_teardown(consensus_takes_two, forget),
		cmocka_unit_test_teardown(one_objector_is_near, forget),
		cmocka_unit_test_teardown(two_who_want_different_options_are_split, forget),
		cmocka_unit_test_teardown(red_lines_that_exclude_each_other_are_a_deadlock,
					  forget),
		cmocka_unit_test_teardown(a_red_line_against_the_only_wording_is_a_deadlock,
					  forget),
		cmocka_unit_test_teardown(an_option_without_text_is_no_text, forget),
		cmocka_unit_test_teardown(the_same_wording_is_one_outcome, forget),
		cmocka_unit_test_teardown(a_position_goes_with_its_wording, forget),
		cmocka_unit_test_teardown(a_number_that_no_option_has_is_gone, forget),
		cmocka_unit_test_teardown(a_digest_may_be_written_in_capitals, forget),
		cmocka_unit_test_teardown(whom_the_text_names_is_silent_but_wrote, forget),
		cmocka_unit_test_teardown(only_the_first_of_two_same_ids_has_positions, forget),
		cmocka_unit_test_teardown(a_placeholder_can_be_objected_to, forget),
		cmocka_unit_test_teardown(a_verdict_says_why, forget),
		cmocka_unit_test_teardown(the_kinds_keep_their_promises, forget),
		cmocka_unit_test_teardown(a_sign_is_short, forget),
		cmocka_unit_test_teardown(positions_are_checked_against_the_draft, forget),
	};

	return cmocka_run_group_tests(tests, regions_set_up, regions_tear_down);
}
