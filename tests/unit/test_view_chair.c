/* SPDX-License-Identifier: MIT */
#include "support_chair.h"

static const char sample[] =
	"# On preparatory meetings\n\n"
	"*decides to instruct the Director*\n\n"
	"1. to continue to organize, within existing limits, [one / AFR, EUR: at least one / "
	"ARB: "
	"two] regional preparatory meeting for each of the six regions, in close coordination "
	"with the "
	"regional organizations concerned;\n\n"
	"2. to convene a coordination meeting of the chairs [and vice-chairs]{#b1} of those "
	"meetings, "
	"[shall][should] the members so wish, no later than [X] months before;\n\n"
	"3. to report that members [shall][should] take part;\n\n"
	"[4. to publish the results;\n\n"
	"5. to translate them.]\n\n"
	"6. 各方[应／可]提供支持，并鼓励[AFR，EUR：区域组织 / 各国]参加。\n";
static void a_point_is_shown_with_its_options_and_who_wants_them(void **state)
{
	struct theme colour = theme_make(256, false), mono = theme_make(0, true);
	struct fake f;
	struct views *vs = begin(&f, sample);

	(void)state;
	check_screen(vs, "chair-80x24", 24, 80, NULL);
	check_screen(vs, "chair-120x40", 40, 120, NULL);
	check_screen(vs, "chair-40x10", 10, 40, NULL);
	check_screen(vs, "chair-80x24-colour", 24, 80, &colour);
	check_screen(vs, "chair-80x24-mono", 24, 80, &mono);
	end(&f, vs);
}

static void a_number_decides_and_goes_on_to_the_next_point(void **state)
{
	struct fake f;
	struct views *vs = begin(&f, sample);

	(void)state;
	press(vs, '2');
	assert_text_has(&f, "limits, at least one regional");
	assert_string_equal(f.words, "option 2, \"at least one\"");
	check_screen(vs, "chair-decided-80x24", 24, 80, NULL);
	press(vs, '0');
	assert_text_has(&f, "of the chairs of those");
	assert_int_equal(f.decisions, 2);
	end(&f, vs);
}

static void a_decision_that_fails_leaves_its_point_to_be_decided(void **state)
{
	struct fake f;
	struct views *vs = begin(&f, sample);

	(void)state;
	f.refuses = vs;
	press(vs, '2');
	assert_slice_is(f.doc->flat, sample);
	f.refuses = NULL;
	press(vs, '2');
	assert_string_equal(f.words, "option 2, \"at least one\"");
	assert_text_has(&f, "of the chairs [and vice-chairs]{#b1} of those");
	end(&f, vs);
}

static void a_number_that_is_no_option_is_said_and_changes_nothing(void **state)
{
	struct fake f;
	struct views *vs = begin(&f, sample);

	(void)state;
	press(vs, '7');
	assert_int_equal(f.decisions, 0);
	assert_true(views_message_text(vs).len > 0);
	assert_slice_is(f.doc->flat, sample);
	end(&f, vs);
}

static void linked_points_are_shown_and_decided_together(void **state)
{
	struct fake f;
	struct views *vs = begin(&f, sample);

	(void)state;
	type(vs, "nn");
	press(vs, '.');
	check_screen(vs, "chair-linked-80x24", 24, 80, NULL);
	press(vs, '1');
	assert_int_equal(f.linked, 1);
	assert_text_has(&f, "meetings, shall the members");
	assert_text_has(&f, "members shall take part");
	end(&f, vs);
}

static void a_paragraph_with_two_linked_points_is_shown_once(void **state)
{
	struct fake f;
	struct views *vs =
		begin(&f, "1) that one [shall][should] go and another [shall][should] "
			  "stay;\n\n2) that it [shall][should] be so;\n");

	(void)state;
	press(vs, '.');
	check_screen(vs, "chair-linked-once-80x24", 24, 80, NULL);
	end(&f, vs);
}

static void a_bridging_text_is_typed(void **state)
{
	struct fake f;
	struct views *vs = begin(&f, sample);

	(void)state;
	press(vs, 't');
	type(vs, "one or two");
	press(vs, KEY_RETURN);
	assert_text_has(&f, "limits, one or two regional");
	end(&f, vs);
}

static void all_paragraphs_of_a_block_are_kept_with_a(void **state)
{
	struct fake f;
	struct views *vs = begin(&f, sample);

	(void)state;
	press(vs, 'g');
	type(vs, "6");
	press(vs, KEY_RETURN);
	check_screen(vs, "chair-block-80x24", 24, 80, NULL);
	press(vs, 'a');
	assert_text_has(&f, "\n\n4. to publish the results;\n\n5. to translate them.\n\n");
	end(&f, vs);
}

static void chinese_points_are_laid_out_in_wide_columns(void **state)
{
	struct fake f;
	struct views *vs = begin(&f, sample);

	(void)state;
	press(vs, KEY_LINE_END);
	check_screen(vs, "chair-chinese-80x24", 24, 80, NULL);
	press(vs, '2');
	assert_text_has(&f, "并鼓励各国参加");
	end(&f, vs);
}

static void options_that_read_from_the_right_stand_beside_their_numbers(void **state)
{
	struct fake f;
	struct views *vs =
		begin(&f, "\u062D\u0645\u0627\u064A\u0629 [\u0627\u0644\u0623\u0637"
			  "\u0641\u0627\u0644 / ARB: \u0627\u0644\u0623\u0633\u0631].\n");

	(void)state;
	check_screen(vs, "chair-arabic-80x24", 24, 80, NULL);
	end(&f, vs);
}

static void s_splits_a_run_and_joins_it_again(void **state)
{
	struct fake f;
	struct views *vs = begin(&f, sample);

	(void)state;
	type(vs, "nns");
	assert_string_equal(f.subject, "res-31: point 3 split");
	doc_read(f.doc);
	assert_int_equal(f.doc->brackets.points[2].n_brackets, 1);
	press(vs, 's');
	assert_slice_is(f.doc->flat, sample);
	end(&f, vs);
}

static bool on_screen(struct views *vs, const char *words)
{
	struct str dump = STR_INIT;
	struct canvas c;
	bool is;

	canvas_init(&c, 24, 80);
	views_draw(vs, &c);
	canvas_dump(&c, &dump);
	is = strstr(str_text(&dump), words) != NULL;
	canvas_release(&c);
	str_release(&dump);
	return is;
}

static void the_slash_finds_a_point_by_its_paragraphs_words(void **state)
{
	struct fake f;
	struct views *vs = begin(&f, sample);

	(void)state;
	type(vs, "/PART take");
	press(vs, KEY_RETURN);
	assert_slice_is(views_message_text(vs), "1 point has: PART take");
	assert_true(on_screen(vs, "point 5 of"));
	type(vs, "/members");
	press(vs, KEY_RETURN);
	assert_slice_is(views_message_text(vs),
			"4 points have: members · / and Enter: the next one");
	assert_true(on_screen(vs, "point 2 of"));
	press(vs, '/');
	press(vs, KEY_RETURN);
	assert_true(on_screen(vs, "point 3 of"));
	type(vs, "/no such words");
	press(vs, KEY_RETURN);
	assert_true(on_screen(vs, "point 3 of"));
	assert_slice_is(views_message_text(vs),
			"No open point has these words in its paragraph: no such words");
	views_command(vs, SLICE("find publish"));
	assert_true(on_screen(vs, "point 6 of"));
	assert_string_equal(f.subject, "");
	end(&f, vs);
}

static void what_somebody_else_decided_is_undone_after_a_question(void **state)
{
	struct views *vs;
	struct fake f;

	(void)state;
	vs = begin(&f, sample);
	press(vs, '2');
	f.whose = "A. Chair, 2026-02-18";
	press(vs, 'u');
	assert_true(views_is_asking(vs));
	assert_slice_is(views_message_text(vs),
			"Decided by A. Chair, 2026-02-18: point 1, option 2");
	check_screen(vs, "chair-undo-80x24", 24, 80, NULL);
	press(vs, 'n');
	assert_int_equal(f.undos, 0);
	press(vs, 'u');
	press(vs, 'y');
	assert_int_equal(f.undos, 1);
	assert_slice_is(views_message_text(vs), "Undone: point 1, option 2");
	end(&f, vs);
}

static void undo_goes_back_to_the_point(void **state)
{
	struct fake f;
	struct views *vs = begin(&f, sample);

	(void)state;
	press(vs, '1');
	press(vs, 'u');
	assert_int_equal(f.undos, 1);
	assert_slice_is(f.doc->flat, sample);
	press(vs, 'u');
	assert_true(slice_starts(views_message_text(vs), "no decision"));
	end(&f, vs);
}

static void a_point_is_put_off_with_a_reason_and_a_meeting(void **state)
{
	struct fake f;
	struct views *vs = begin(&f, sample);

	(void)state;
	press(vs, 'd');
	type(vs, "no mandate");
	press(vs, KEY_RETURN);
	type(vs, "IRM-3");
	press(vs, KEY_RETURN);
	assert_string_equal(f.reason, "no mandate");
	assert_string_equal(f.until, "IRM-3");
	assert_slice_is(views_message_text(vs),
			"Point 1 is put off; d on it takes it up again. (no mandate)");
	end(&f, vs);
}

static const struct meetings *calendar(void *data)
{
	static char code[] = "IRM-3", name[] = "Third";
	static struct meeting one = {.code = code, .name = name};
	static const struct meetings all = {&one, 1, 1};

	(void)data;
	return &all;
}

static void a_word_that_is_no_meeting_and_no_day_is_kept_and_said(void **state)
{
	static const char *const good[] = {"", "IRM-3", "2026-12-01"};
	struct fake f;
	struct views *vs = begin(&f, sample);

	(void)state;
	f.host.meetings = calendar;
	for (size_t i = 0; i < 3; i++) {
		type(vs, "dno mandate");
		press(vs, KEY_RETURN);
		type(vs, good[i]);
		press(vs, KEY_RETURN);
		assert_string_equal(f.until, good[i]);
		assert_null(slice_find(views_message_text(vs), "no meeting"));
		type(vs, "n");
	}
	type(vs, "dno mandate");
	press(vs, KEY_RETURN);
	type(vs, "later");
	press(vs, KEY_RETURN);
	assert_string_equal(f.until, "later");
	assert_non_null(slice_find(views_message_text(vs),
				   "Until later: no meeting of the calendar has that code"));
	end(&f, vs);
}

static void points_inside_others_are_not_counted_as_settled(void **state)
{
	static const struct {
		const char *text, *says;
	} cases[] = {
		{"One [two [three] four [five]] six [seven].\n",
		 "point 1 of 4 · 2 open, 2 inside others"},
		{"One [two] six [seven].\n", "point 1 of 2 · 2 open · "},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fake f;
		struct views *vs = begin(&f, cases[i].text);
		struct str dump = STR_INIT;
		struct canvas c;

		canvas_init(&c, 24, 80);
		views_draw(vs, &c);
		canvas_dump(&c, &dump);
		assert_non_null(strstr(str_text(&dump), cases[i].says));
		canvas_release(&c);
		str_release(&dump);
		end(&f, vs);
	}
}

static void pending_edits_are_asked_about_before_a_decision(void **state)
{
	struct fake f;
	struct views *vs = begin(&f, sample);

	(void)state;
	f.ready = ST_CHANGED;
	press(vs, '1');
	assert_int_equal(f.decisions, 0);
	check_screen(vs, "chair-pending-80x24", 24, 80, NULL);
	press(vs, 'c');
	press(vs, KEY_RETURN);
	assert_string_equal(f.message, "res-31: edits");
	press(vs, '1');
	assert_int_equal(f.decisions, 1);
	f.ready = ST_CHANGED;
	press(vs, '1');
	press(vs, 'a');
	press(vs, '1');
	assert_int_equal(f.decisions, 2);
	end(&f, vs);
}

static void a_draft_without_history_is_committed_first(void **state)
{
	struct fake f;
	struct views *vs = begin(&f, sample);

	(void)state;
	f.ready = ST_MISSING;
	f.new_file = true;
	press(vs, '1');
	assert_int_equal(f.decisions, 0);
	press(vs, 'a'); /* nothing to go back to */
	press(vs, 'c');
	press(vs, KEY_RETURN);
	assert_string_equal(f.message, "res-31: edits");
	press(vs, '1');
	assert_int_equal(f.decisions, 1);
	end(&f, vs);
}

static void a_paragraph_without_points_left_can_be_agreed(void **state)
{
	struct fake f;
	struct views *vs = begin(&f, sample);

	(void)state;
	press(vs, 'r'); /* nothing is settled yet */
	assert_int_equal(f.agreed.n, 0);
	press(vs, '1');
	check_screen(vs, "chair-settled-80x24", 24, 80, NULL);
	press(vs, 'r');
	assert_int_equal(f.agreed.n, 1);
	press(vs, 'r');
	assert_int_equal(f.agreed.n, 0);
	end(&f, vs);
}

static void a_draft_without_points_says_so(void **state)
{
	struct fake f;
	struct views *vs = begin(&f, "all agreed\n");

	(void)state;
	check_screen(vs, "chair-none-80x24", 24, 80, NULL);
	type(vs, "1np0at./d");
	assert_int_equal(f.decisions, 0);
	end(&f, vs);
}

static void beyond_nine_options_the_number_is_typed(void **state)
{
	struct fake f;
	struct views *vs = begin(
		&f, "x [a1 / a2 / a3 / a4 / a5 / a6 / a7 / a8 / a9 / a10 / a11 / a12] y\n");

	(void)state;
	press(vs, '1');
	assert_int_equal(f.decisions, 0);
	type(vs, "1");
	press(vs, KEY_RETURN);
	assert_text_has(&f, "x a11 y");
	end(&f, vs);
}

static void a_long_point_scrolls_its_options(void **state)
{
	struct str text = STR_INIT;
	struct fake f;
	struct views *vs;

	(void)state;
	str_add_text(&text, "Options:\n\n[");
	for (int i = 0; i < 8; i++)
		str_addf(&text,
			 "%s%s option number %d with words enough to fill three rows of the "
			 "column that options have on a screen of eighty columns, and then "
			 "some;",
			 i ? "\n/\n" : "", "The", i + 1);
	str_add_text(&text, "]\n");
	vs = begin(&f, str_text(&text));
	check_screen(vs, "chair-long-80x24", 24, 80, NULL);
	press(vs, KEY_ARROW_DOWN);
	press(vs, KEY_ARROW_DOWN);
	check_screen(vs, "chair-long-down-80x24", 24, 80, NULL);
	end(&f, vs);
	str_release(&text);
}

static void the_table_of_keys_has_no_mistake(void **state)
{
	struct str out = STR_INIT;

	(void)state;
	keymap_check(&view_chair_ops, &out);
	assert_slice_is(str_slice(&out), "");
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_point_is_shown_with_its_options_and_who_wants_them),
		cmocka_unit_test(a_number_decides_and_goes_on_to_the_next_point),
		cmocka_unit_test(a_decision_that_fails_leaves_its_point_to_be_decided),
		cmocka_unit_test(a_number_that_is_no_option_is_said_and_changes_nothing),
		cmocka_unit_test(linked_points_are_shown_and_decided_together),
		cmocka_unit_test(a_paragraph_with_two_linked_points_is_shown_once),
		cmocka_unit_test(a_bridging_text_is_typed),
		cmocka_unit_test(all_paragraphs_of_a_block_are_kept_with_a),
		cmocka_unit_test(chinese_points_are_laid_out_in_wide_columns),
		cmocka_unit_test(options_that_read_from_the_right_stand_beside_their_numbers),
		cmocka_unit_test(s_splits_a_run_and_joins_it_again),
		cmocka_unit_test(the_slash_finds_a_point_by_its_paragraphs_words),
		cmocka_unit_test(undo_goes_back_to_the_point),
		cmocka_unit_test(what_somebody_else_decided_is_undone_after_a_question),
		cmocka_unit_test(a_point_is_put_off_with_a_reason_and_a_meeting),
		cmocka_unit_test(a_word_that_is_no_meeting_and_no_day_is_kept_and_said),
		cmocka_unit_test(points_inside_others_are_not_counted_as_settled),
		cmocka_unit_test(pending_edits_are_asked_about_before_a_decision),
		cmocka_unit_test(a_draft_without_history_is_committed_first),
		cmocka_unit_test(a_paragraph_without_points_left_can_be_agreed),
		cmocka_unit_test(a_draft_without_points_says_so),
		cmocka_unit_test(beyond_nine_options_the_number_is_typed),
		cmocka_unit_test(a_long_point_scrolls_its_options),
		cmocka_unit_test(the_table_of_keys_has_no_mistake),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
