/* SPDX-License-Identifier: MIT */
#include "core/restore.h"

#include "support.h"

static struct error err;

static void assert_gives(const struct edits *e, struct slice now, const char *want)
{
	struct str out = STR_INIT;

	edits_apply(e, now, &out);
	assert_slice_is(str_slice(&out), want);
	str_release(&out);
}

static void any_text_comes_back_whole(void **state)
{
	struct prng r = prng_make(4);

	(void)state;
	for (int round = 0; round < 100; round++) {
		struct str old = STR_INIT, now = STR_INIT, out = STR_INIT;
		struct edits e = EDITS_INIT;

		random_text(&r, &old, prng_below(&r, 40));
		random_text(&r, &now, prng_below(&r, 40));
		restore_all(str_slice(&old), str_slice(&now), &e);
		edits_apply(&e, str_slice(&now), &out);
		assert_slice_equal(str_slice(&out), str_slice(&old));
		edits_release(&e);
		str_release(&old);
		str_release(&now);
		str_release(&out);
	}
}

static void a_paragraph_comes_back_in_its_place(void **state)
{
	struct slice old = SLICE("first one here\n\nsecond one here\n\nthird one\n");
	struct slice now = SLICE("first one there\n\nthird one\n");
	struct edits e = EDITS_INIT;

	(void)state;
	assert_int_equal(restore_paragraph(old, now, 1, &e, &err), 0);
	assert_gives(&e, now, "first one here\n\nthird one\n");
	edits_clear(&e);
	assert_int_equal(restore_paragraph(old, now, 2, &e, &err), 0);
	assert_gives(&e, now, "first one there\n\nsecond one here\n\nthird one\n");
	edits_clear(&e);
	assert_int_equal(restore_paragraph(old, now, 0, &e, &err), ST_MISSING);
	assert_int_equal(restore_paragraph(old, now, 4, &e, &err), ST_MISSING);
	assert_int_equal(restore_paragraph(old, SLICE(""), 1, &e, &err), 0);
	assert_gives(&e, SLICE(""), "first one here\n");
	edits_release(&e);
}

static void a_point_comes_back_between_its_words(void **state)
{
	struct slice old = SLICE("to hold [one / AFR: two] meetings [a year]{#b7}\n");
	struct edits e = EDITS_INIT;
	struct slice now = SLICE("to hold two meetings [each year now]{#b7}\n");

	(void)state;
	assert_int_equal(restore_point(old, now, SLICE("1"), &regions, &e, &err), 0);
	assert_gives(&e, now, "to hold [one / AFR: two] meetings [each year now]{#b7}\n");
	edits_clear(&e);
	assert_int_equal(restore_point(old, now, SLICE("b7"), &regions, &e, &err), 0);
	assert_gives(&e, now, "to hold two meetings [a year]{#b7}\n");
	edits_clear(&e);
	assert_int_equal(restore_point(old, now, SLICE("9"), &regions, &e, &err), ST_MISSING);
	assert_int_equal(restore_point(old, now, SLICE("b8"), &regions, &e, &err), ST_MISSING);
	edits_release(&e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_text_comes_back_whole),
		cmocka_unit_test(a_paragraph_comes_back_in_its_place),
		cmocka_unit_test(a_point_comes_back_between_its_words),
	};

	return cmocka_run_group_tests(tests, regions_set_up, regions_tear_down);
}
