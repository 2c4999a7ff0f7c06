/* SPDX-License-Identifier: MIT */
#include "editor_desk.h"

#include "core/bound.h"

static const char meetings[] = "1.\tto organize one meeting for each region;\n"
			       "2.\tto convene a coordination meeting.\n"
			       "3.\tto report on each meeting.\n";

/* ---- Writing ---- */

static void what_is_typed_stands_there_and_can_be_taken_back(void **state)
{
	struct desk d;

	(void)state;
	set_up(&d, "", 24, 80);
	type(&d, "to hold [one");
	assert_int_equal(d.doc->brackets.n_problems, 1);
	type(&d, "]");
	assert_int_equal(d.doc->brackets.n_points, 1);
	press(&d, "Enter");
	type(&d, "x");
	assert_text(&d, "to hold [one]\nx");
	assert_true(d.changed > 10);
	press(&d, "^U ^U ^U ^U ^U ^U ^U");
	assert_text(&d, "");
	assert_false(doc_is_dirty(d.doc));
	press(&d, "^Y ^Y ^Y ^Y ^Y ^Y ^Y");
	assert_text(&d, "to hold [one]\nx");
	tear_down(&d);
}

static void line_ends_stay_as_the_draft_has_them(void **state)
{
	struct desk d;

	(void)state;
	set_up(&d, "one\r\ntwo\r\n", 24, 80);
	press(&d, "End Enter");
	assert_text(&d, "one\r\n\r\ntwo\r\n");
	press(&d, "Backspace");
	assert_text(&d, "one\r\ntwo\r\n");
	press(&d, "Del");
	assert_text(&d, "onetwo\r\n");
	paste(&d, "a\rb\nc\r\nd");
	assert_text(&d, "onea\r\nb\r\nc\r\ndtwo\r\n");
	press(&d, "^U");
	assert_text(&d, "onetwo\r\n");
	tear_down(&d);
}

/* What is larger could not be opened again. */
static void a_draft_does_not_grow_beyond_what_is_read(void **state)
{
	struct str bytes = {.len = BOUND_BYTES - 2, .cap = BOUND_BYTES};
	struct desk d;

	(void)state;
	bytes.p = calloc(1, bytes.cap);
	assert_non_null(bytes.p);
	memset(bytes.p, '\n', 2 * DOC_READ_FIRST);
	set_up_doc(&d, doc_adopt("res-31", NULL, &bytes, &regions), 24, 80);
	paste(&d, "abc");
	assert_said(&d, "over 256 MB");
	assert_int_equal(d.doc->flat.len, BOUND_BYTES - 2);
	assert_int_equal(d.changed, 0);
	tear_down(&d);
}

static void characters_are_deleted_as_they_are_seen(void **state)
{
	struct desk d;

	(void)state;
	/* An accent put on goes first; a family of emoji goes whole. */
	set_up(&d, "ae\xCC\x81\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7z", 24, 80);
	press(&d, "End Left Backspace");
	assert_text(&d, "ae\xCC\x81z");
	press(&d, "Backspace");
	assert_text(&d, "aez");
	press(&d, "^U Home Right Del");
	assert_text(&d, "a\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7z");
	tear_down(&d);
}

static void an_id_is_never_in_the_way(void **state)
{
	struct desk d;

	(void)state;
	set_up(&d, "a [b]{#b7} c", 24, 80);
	view_editor_go(editor(&d), 5);
	/* A place inside the id is the bracket's. */
	assert_int_equal(view_editor_at(editor(&d)), 4);
	press(&d, "Right");
	assert_int_equal(view_editor_at(editor(&d)), 10);
	type(&d, ",");
	assert_text(&d, "a [b]{#b7}, c");
	/* A bracket deleted and typed again is the same point. */
	press(&d, "Left Backspace");
	assert_text(&d, "a [b{#b7}, c");
	type(&d, "]");
	assert_text(&d, "a [b]{#b7}, c");
	tear_down(&d);
}

static void what_moves_keeps_its_id(void **state)
{
	struct desk d;

	(void)state;
	set_up(&d, "a) one [b]{#b7}\nb) two\n", 24, 80);
	press(&d, "^X");
	assert_text(&d, "b) two\n");
	assert_slice_is(str_slice(&d.clipboard), "a) one [b]\n");
	press(&d, "Down ^V");
	assert_text(&d, "b) two\na) one [b]{#b7}\n");
	/* A second copy is another point. */
	press(&d, "^V");
	assert_text(&d, "b) two\na) one [b]{#b7}\na) one [b]\n");
	tear_down(&d);
}

static void a_selection_is_replaced_by_what_is_typed(void **state)
{
	struct desk d;

	(void)state;
	set_up(&d, "one two three", 24, 80);
	press(&d, "Ctrl-Right Shift-Right Shift-Right Shift-Right");
	type(&d, "2");
	assert_text(&d, "one 2 three");
	press(&d, "^U");
	assert_text(&d, "one two three");
	/* Without Shift: mark, move, and Esc lets go. */
	press(&d, "Home ^Space Right Right Right ^C");
	assert_slice_is(str_slice(&d.clipboard), "one");
	press(&d, "Home ^Space Right Right Esc");
	type(&d, "X");
	assert_text(&d, "onXe two three");
	tear_down(&d);
}

/* ---- Brackets ---- */

static void f2_puts_brackets_on_and_off(void **state)
{
	struct desk d;

	(void)state;
	set_up(&d, "to hold one meeting", 24, 80);
	put_at(&d, "one");
	press(&d, "F2");
	assert_text(&d, "to hold [one] meeting");
	press(&d, "F2");
	assert_text(&d, "to hold one meeting");
	press(&d, "^U ^U");
	assert_text(&d, "to hold one meeting");
	put_at(&d, "hold");
	press(&d, "Shift-End F2");
	assert_text(&d, "to [hold one meeting]");
	tear_down(&d);
}

static void f3_adds_a_wording_with_its_parties(void **state)
{
	struct desk d;

	(void)state;
	set_up(&d, "to hold [one] big meeting", 24, 80);
	put_at(&d, "one");
	press(&d, "F3");
	type(&d, "AFR, EUR: two");
	press(&d, "Enter");
	assert_text(&d, "to hold [one / AFR, EUR: two] big meeting");
	press(&d, "^U");
	assert_text(&d, "to hold [one] big meeting");
	put_at(&d, "meeting");
	press(&d, "Shift-End");
	assert_true(views_command(d.views, SLICE("option meetings")));
	assert_text(&d, "to hold [one] big [meeting / meetings]");
	tear_down(&d);
}

static void f4_splits_and_joins(void **state)
{
	struct desk d;

	(void)state;
	set_up(&d, "it [shall] [should] go", 24, 80);
	put_at(&d, "should");
	assert_int_equal(d.doc->brackets.n_points, 1);
	press(&d, "F4");
	assert_int_equal(d.doc->brackets.n_points, 2);
	put_at(&d, "shall");
	press(&d, "F4");
	assert_text(&d, "it [shall] [should] go");
	tear_down(&d);
}

static void an_unpaired_bracket_is_mended(void **state)
{
	struct desk d;

	(void)state;
	set_up(&d, "to hold [one meeting;\n", 24, 80);
	put_at(&d, "[one");
	press(&d, "F2");
	type(&d, "c");
	assert_int_equal(d.doc->brackets.n_problems, 0);
	assert_int_equal(d.doc->brackets.n_points, 1);
	press(&d, "^U");
	put_at(&d, "[one");
	press(&d, "F2");
	type(&d, "e");
	assert_text(&d, "to hold \\[one meeting;\n");
	tear_down(&d);
}

/* ---- Finding and replacing ---- */

static void hits_show_as_one_types(void **state)
{
	struct desk d;
	const char *p;

	(void)state;
	set_up(&d, meetings, 24, 80);
	p = d.doc->flat.p;
	press(&d, "^F");
	type(&d, "coord");
	assert_memory_equal(p + view_editor_at(editor(&d)), "coordination", 12);
	press(&d, "Esc");
	assert_int_equal(view_editor_at(editor(&d)), 0);
	press(&d, "^F");
	type(&d, "meeting");
	press(&d, "Enter");
	size_t first = view_editor_at(editor(&d));
	press(&d, "^N");
	assert_true(view_editor_at(editor(&d)) > first);
	press(&d, "^P");
	assert_int_equal(view_editor_at(editor(&d)), first);
	press(&d, "^P");
	assert_said(&d, "On from the end");
	press(&d, "^F");
	for (int i = 0; i < 8; i++)
		press(&d, "Backspace");
	type(&d, "zebra");
	press(&d, "Enter");
	assert_said(&d, "nowhere");
	tear_down(&d);
}

static void terms_are_replaced_one_by_one_or_all(void **state)
{
	struct desk d;

	(void)state;
	set_up(&d, "ICT, ICT and ICT or ICT", 24, 80);
	press(&d, "^R");
	type(&d, "ICT");
	press(&d, "Enter");
	type(&d, "digital ICT");
	press(&d, "Enter");
	type(&d, "y");
	type(&d, "n");
	assert_text(&d, "digital ICT, ICT and ICT or ICT");
	type(&d, "a");
	assert_text(&d, "digital ICT, ICT and digital ICT or digital ICT");
	assert_said(&d, "3 places");
	press(&d, "^U");
	assert_text(&d, "digital ICT, ICT and ICT or ICT");
	press(&d, "^U");
	assert_text(&d, "ICT, ICT and ICT or ICT");
	tear_down(&d);
}

static void a_change_of_terms_is_put_in_brackets(void **state)
{
	struct desk d;

	(void)state;
	set_up(&d, "the ICT sector and ICT users", 24, 80);
	press(&d, "^R");
	type(&d, "ICT");
	press(&d, "Enter");
	type(&d, "digital");
	press(&d, "Enter");
	type(&d, "b");
	assert_text(&d, "the [ICT / digital] sector and [ICT / digital] users");
	press(&d, "^U");
	assert_text(&d, "the ICT sector and ICT users");
	tear_down(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_typed_stands_there_and_can_be_taken_back),
		cmocka_unit_test(line_ends_stay_as_the_draft_has_them),
		cmocka_unit_test(a_draft_does_not_grow_beyond_what_is_read),
		cmocka_unit_test(characters_are_deleted_as_they_are_seen),
		cmocka_unit_test(an_id_is_never_in_the_way),
		cmocka_unit_test(what_moves_keeps_its_id),
		cmocka_unit_test(a_selection_is_replaced_by_what_is_typed),
		cmocka_unit_test(f2_puts_brackets_on_and_off),
		cmocka_unit_test(f3_adds_a_wording_with_its_parties),
		cmocka_unit_test(f4_splits_and_joins),
		cmocka_unit_test(an_unpaired_bracket_is_mended),
		cmocka_unit_test(hits_show_as_one_types),
		cmocka_unit_test(terms_are_replaced_one_by_one_or_all),
		cmocka_unit_test(a_change_of_terms_is_put_in_brackets),
	};

	return cmocka_run_group_tests(tests, regions_set_up, regions_tear_down);
}
