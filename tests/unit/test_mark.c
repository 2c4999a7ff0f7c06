/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/mark.h"

static size_t followed(size_t pos, enum gravity gravity, size_t at, size_t del, size_t len)
{
	struct marks m = MARKS_INIT;
	uint32_t id = marks_add(&m, pos, gravity);
	size_t now;

	marks_follow(&m, at, del, len, NULL);
	now = marks_find(&m, id)->pos;
	marks_release(&m);
	return now;
}

static void a_mark_before_a_change_stays(void **state)
{
	(void)state;
	assert_int_equal(followed(3, GRAVITY_LEFT, 4, 2, 5), 3);
	assert_int_equal(followed(3, GRAVITY_RIGHT, 4, 0, 5), 3);
}

static void gravity_decides_at_an_insertion(void **state)
{
	(void)state;
	assert_int_equal(followed(4, GRAVITY_LEFT, 4, 0, 5), 4);
	assert_int_equal(followed(4, GRAVITY_RIGHT, 4, 0, 5), 9);
}

static void a_replaced_stretch_keeps_its_ends(void **state)
{
	(void)state;
	assert_int_equal(followed(4, GRAVITY_LEFT, 4, 3, 5), 4);
	assert_int_equal(followed(4, GRAVITY_RIGHT, 4, 3, 5), 4);
	assert_int_equal(followed(7, GRAVITY_LEFT, 4, 3, 5), 9);
	assert_int_equal(followed(7, GRAVITY_RIGHT, 4, 3, 5), 9);
}

static void a_mark_in_what_is_deleted_goes_to_its_end_by_gravity(void **state)
{
	(void)state;
	assert_int_equal(followed(5, GRAVITY_LEFT, 4, 3, 5), 4);
	assert_int_equal(followed(5, GRAVITY_RIGHT, 4, 3, 5), 9);
	assert_int_equal(followed(5, GRAVITY_RIGHT, 4, 3, 0), 4);
}

static void a_mark_behind_a_change_keeps_its_distance(void **state)
{
	(void)state;
	assert_int_equal(followed(10, GRAVITY_LEFT, 4, 3, 1), 8);
	assert_int_equal(followed(10, GRAVITY_LEFT, 4, 0, 2), 12);
}

static void reversing_a_deletion_brings_marks_back_into_it(void **state)
{
	struct marks m = MARKS_INIT;
	struct strays s = STRAYS_INIT;
	uint32_t inside = marks_add(&m, 5, GRAVITY_LEFT), end = marks_add(&m, 7, GRAVITY_LEFT);
	uint32_t elsewhere = marks_add(&m, 6, GRAVITY_LEFT);

	(void)state;
	marks_follow(&m, 4, 3, 0, &s);
	assert_int_equal(marks_find(&m, inside)->pos, 4);
	assert_int_equal(marks_find(&m, end)->pos, 4);
	marks_find(&m, elsewhere)->pos = 2;
	marks_follow(&m, 4, 0, 3, &s);
	assert_int_equal(marks_find(&m, inside)->pos, 5);
	assert_int_equal(marks_find(&m, end)->pos, 7);
	assert_int_equal(marks_find(&m, elsewhere)->pos, 2);
	marks_follow(&m, 4, 3, 0, &s);
	assert_int_equal(marks_find(&m, inside)->pos, 4);
	marks_release(&m);
	strays_release(&s);
}

static void a_removed_mark_is_gone_and_its_id_not_used_again(void **state)
{
	struct marks m = MARKS_INIT;
	uint32_t a = marks_add(&m, 1, GRAVITY_LEFT), b = marks_add(&m, 2, GRAVITY_LEFT);

	(void)state;
	marks_remove(&m, a);
	marks_remove(&m, MARK_NONE);
	assert_null(marks_find(&m, a));
	assert_int_equal(marks_find(&m, b)->pos, 2);
	marks_remove(&m, b);
	assert_true(marks_add(&m, 3, GRAVITY_LEFT) > b);
	marks_release(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mark_before_a_change_stays),
		cmocka_unit_test(gravity_decides_at_an_insertion),
		cmocka_unit_test(a_replaced_stretch_keeps_its_ends),
		cmocka_unit_test(a_mark_in_what_is_deleted_goes_to_its_end_by_gravity),
		cmocka_unit_test(a_mark_behind_a_change_keeps_its_distance),
		cmocka_unit_test(reversing_a_deletion_brings_marks_back_into_it),
		cmocka_unit_test(a_removed_mark_is_gone_and_its_id_not_used_again),
	};

	return cmocka_run_group_tests_name("mark", tests, NULL, NULL);
}
