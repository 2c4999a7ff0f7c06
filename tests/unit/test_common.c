/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "support.h"
#include "ui/common.h"
#include "ui/keymap.h"
#include "ui/view.h"

#include <stdlib.h>
#include <string.h>

static void a_move_ends_at_the_first_and_the_last(void **state)
{
	size_t at = 3;

	(void)state;
	common_move(COMMON_UP, 10, 5, &at);
	assert_int_equal(at, 2);
	common_move(COMMON_PAGE_UP, 10, 5, &at);
	assert_int_equal(at, 0);
	common_move(COMMON_UP, 10, 5, &at);
	assert_int_equal(at, 0);
	common_move(COMMON_DOWN, 10, 5, &at);
	assert_int_equal(at, 1);
	common_move(COMMON_PAGE_DOWN, 2, 5, &at);
	assert_int_equal(at, 3);
	common_move(COMMON_PAGE_DOWN, 2, 5, &at);
	assert_int_equal(at, 4);
	common_move(COMMON_HOME, 2, 5, &at);
	assert_int_equal(at, 0);
	common_move(COMMON_END, 2, 5, &at);
	assert_int_equal(at, 4);
}

static void an_empty_list_is_stood_on_at_its_beginning(void **state)
{
	static const int actions[] = {COMMON_UP,        COMMON_DOWN, COMMON_PAGE_UP,
				      COMMON_PAGE_DOWN, COMMON_HOME, COMMON_END};

	(void)state;
	for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
		size_t at = 7; /* the list was longer once */

		common_move(actions[i], 10, 0, &at);
		assert_int_equal(at, 0);
	}
}

static bool can_all(const struct view *v, int action)
{
	(void)v;
	(void)action;
	return true;
}

static const struct action own[] = {
	{.id = COMMON_DOWN,
	 .name = "down",
	 .keys = {KEY_ARROW_DOWN, ' '},
	 .help = N_("Go one row down."),
	 .group = ACTION_MOVE},
	{0},
};
static const struct action *const common[] = {common_rows, NULL};
static const struct view_ops ops = {
	.name = "toy", .title = "Toy", .actions = own, .common = common, .can = can_all};

static void an_entry_of_the_view_stands_in_place_of_the_common_one(void **state)
{
	struct view view = {.ops = &ops};
	struct keymap_entry *list;
	struct str words = STR_INIT;
	size_t n = keymap_list(&view, &list), downs = 0, ups = 0;

	(void)state;
	for (size_t i = 0; i < n; i++) {
		downs += list[i].action->id == COMMON_DOWN;
		ups += list[i].action->id == COMMON_UP;
	}
	assert_int_equal(downs, 1);
	assert_int_equal(ups, 1);
	assert_ptr_equal(keymap_by_key(&view, KEY_ARROW_DOWN), own);
	assert_ptr_equal(keymap_by_key(&view, ' '), own);
	assert_int_equal(keymap_by_key(&view, 'k')->id, COMMON_UP);
	assert_int_equal(keymap_by_name(&view, SLICE("page-up"))->id, COMMON_PAGE_UP);
	keymap_check(&ops, &words);
	assert_string_equal(str_text(&words), "");
	keymap_text(&ops, &words);
	assert_non_null(strstr(str_text(&words), "Down, Space"));
	assert_non_null(strstr(str_text(&words), "Up, k"));
	assert_null(strstr(str_text(&words), "Down, j"));
	str_release(&words);
	free(list);
}

static void a_list_that_goes_on_below_says_so(void **state)
{
	struct str out = STR_INIT;

	(void)state;
	common_say_more(&out, 3, 10, 13);
	assert_int_equal(out.len, 0);
	common_say_more(&out, 2, 10, 13);
	assert_string_equal(str_text(&out), "1 more below");
	/* It says something else. */
	common_say_more(&out, 0, -1, 13);
	assert_string_equal(str_text(&out), "1 more below");
	str_clear(&out);
	common_say_more(&out, 0, -1, 13);
	assert_string_equal(str_text(&out), "13 more below");
	str_release(&out);
}

static void a_list_begins_so_that_the_chosen_row_is_in_sight(void **state)
{
	size_t top = 4;

	(void)state;
	common_bring_into_sight(5, 3, &top);
	assert_int_equal(top, 4);
	common_bring_into_sight(7, 3, &top);
	assert_int_equal(top, 5);
	common_bring_into_sight(2, 3, &top);
	assert_int_equal(top, 2);
	/* No row is in sight: it begins with what is chosen, at the latest. */
	common_bring_into_sight(9, 0, &top);
	assert_int_equal(top, 2);
	common_bring_into_sight(1, 0, &top);
	assert_int_equal(top, 1);
}

static bool point(enum pointer_kind kind, int button, int row, int clicks, size_t *at,
		  bool *opens)
{
	struct key key = key_of(KEY_POINTER);

	key.pointer = (struct pointer){kind, button, row, 0, clicks};
	return common_point(&key, 10, 14, at, opens);
}

static void the_pointer_chooses_a_row_below_the_headings_and_opens_it(void **state)
{
	struct key key = key_of('j');
	size_t at = 11;
	bool opens = true;

	(void)state;
	assert_false(common_point(&key, 10, 14, &at, &opens));
	assert_false(opens);
	assert_true(point(POINTER_PRESS, 1, 4, 1, &at, &opens));
	assert_int_equal(at, 13);
	assert_false(opens);
	assert_true(point(POINTER_PRESS, 1, 1, 2, &at, &opens));
	assert_int_equal(at, 10);
	assert_true(opens);
	/* The headings, a row below the last, another button. */
	assert_false(point(POINTER_PRESS, 1, 0, 2, &at, &opens));
	assert_false(point(POINTER_PRESS, 1, 5, 2, &at, &opens));
	assert_false(point(POINTER_PRESS, 3, 2, 2, &at, &opens));
	assert_int_equal(at, 10);
	assert_false(opens);
	assert_true(point(POINTER_WHEEL, 1, 0, 2, &at, &opens));
	assert_int_equal(at, 13);
	assert_false(opens);
	assert_true(point(POINTER_WHEEL, -1, 0, 1, &at, &opens));
	assert_int_equal(at, 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_list_begins_so_that_the_chosen_row_is_in_sight),
		cmocka_unit_test(the_pointer_chooses_a_row_below_the_headings_and_opens_it),
		cmocka_unit_test(a_list_that_goes_on_below_says_so),
		cmocka_unit_test(a_move_ends_at_the_first_and_the_last),
		cmocka_unit_test(an_empty_list_is_stood_on_at_its_beginning),
		cmocka_unit_test(an_entry_of_the_view_stands_in_place_of_the_common_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
