/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "ui/theme.h"
#include "ui/voice.h"

static char empty[] = "", source[] = "AFCP/12/4", meeting[] = "RPM-AFR", date[] = "2026-02-18",
	    note[] = "if funded";

static void a_red_line_is_louder_than_any_stance(void **state)
{
	struct standing s = {.stance = STANCE_SUPPORTS};

	(void)state;
	assert_int_equal(voice_style(&s), STYLE_OK);
	s.red_line = true;
	assert_int_equal(voice_style(&s), STYLE_ERROR);
	s = (struct standing){.stance = STANCE_NONE};
	assert_int_equal(voice_style(&s), STYLE_DIM);
}

static void every_verdict_has_a_style_of_its_own(void **state)
{
	(void)state;
	for (int a = 0; a < VERDICT_KINDS; a++)
		for (int b = a + 1; b < VERDICT_KINDS; b++)
			assert_int_not_equal(voice_verdict_style((enum verdict_kind)a),
					     voice_verdict_style((enum verdict_kind)b));
}

static void what_is_known_of_a_position_is_joined_by_dots(void **state)
{
	struct position p = {.source = source, .meeting = meeting, .date = date, .note = empty};
	struct str out = STR_INIT;

	(void)state;
	voice_add_origin(&out, NULL);
	assert_int_equal(out.len, 0);
	voice_add_origin(&out, &p);
	assert_string_equal(str_text(&out), "AFCP/12/4 · RPM-AFR · since 2026-02-18");
	str_clear(&out);
	p = (struct position){.source = empty, .meeting = empty, .date = empty, .note = note};
	str_add_text(&out, "AFR");
	voice_add_origin(&out, &p);
	assert_string_equal(str_text(&out), "AFR · if funded");
	str_release(&out);
}

static void the_stance_says_how_strongly(void **state)
{
	struct position p = {.note = empty};
	struct standing s = {.position = &p,
			     .stance = STANCE_SUPPORTS,
			     .strength = STRENGTH_PREFERS,
			     .has_option = true,
			     .option = 2,
			     .outcome = 2};
	struct verdict v = {.n_options = 3};
	struct str out = STR_INIT;

	(void)state;
	voice_add_stance(&out, &s, &v);
	assert_string_equal(str_text(&out), "supports option 2 (prefers it)");
	str_release(&out);
}

static void those_who_speak_on_the_draft_are_named(void **state)
{
	static char ann[] = "Ann", ann_mail[] = "ann@example.org", bob[] = "Bob",
		    other[] = "res-9", *drafts[] = {other};
	struct focal_point people[] = {{bob, empty, drafts, 1}, {ann, ann_mail, NULL, 0}};
	struct party party = {.code = empty, .focal = people, .n_focal = 2};
	struct str out = STR_INIT;

	(void)state;
	assert_true(voice_add_focal(&out, &party, "res-31", true));
	assert_string_equal(str_text(&out), "Ann <ann@example.org>");
	str_clear(&out);
	assert_true(voice_add_focal(&out, &party, "res-9", false));
	assert_string_equal(str_text(&out), "Bob, Ann");
	str_clear(&out);
	party.n_focal = 0;
	assert_false(voice_add_focal(&out, &party, "res-9", false));
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_red_line_is_louder_than_any_stance),
		cmocka_unit_test(every_verdict_has_a_style_of_its_own),
		cmocka_unit_test(what_is_known_of_a_position_is_joined_by_dots),
		cmocka_unit_test(the_stance_says_how_strongly),
		cmocka_unit_test(those_who_speak_on_the_draft_are_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
