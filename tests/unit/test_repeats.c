/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "ui/repeats.h"

#define A "a) that rural communities still lack affordable access to networks;\n"
#define B "b) that women are under-represented in the study groups of the Sector;\n"
#define C "c) to report every year to the Council on the results of this work;\n"
#define D "d) to invite the Member States to share what they have learnt;\n"

static const char *const names[] = {"res-1", "res-2"};

static void expect_suggestion(const char *one, const char *other, const char *want)
{
	struct overlap o;
	struct parties parties;
	struct str out = STR_INIT;

	parties_init_regions(&parties);
	overlap_init(&o);
	overlap_add(&o, slice_of(one), &parties);
	overlap_add(&o, slice_of(other), &parties);
	while (overlap_step(&o, 100))
		;
	assert_int_equal(o.n_pairs, 1);
	repeats_suggest(&o, &o.pairs[0], names, &out);
	assert_slice_is(str_slice(&out), want);
	str_release(&out);
	overlap_release(&o);
	parties_release(&parties);
}

static void a_suggestion_has_its_reason(void **state)
{
	(void)state;
	expect_suggestion("# X\n" A B, "# Y\n" A B, "suppress one of them: they say the same");
	expect_suggestion("# X\n" A B C, "# Y\n" A,
			  "suppress res-2: 100 % of it stands in res-1");
	expect_suggestion(
		"# X\n" A B C, "# Y\n" A B D,
		"merge them: 62 % of res-1 stands in res-2, 66 % the other way round");
	expect_suggestion("# X\n" A B, "# Y\n" A C D,
			  "trim res-2: 1 paragraph (27 % of it) stands in res-1 too");
}

static void a_share_is_whole_or_nothing_only_where_it_is(void **state)
{
	(void)state;
	assert_int_equal(repeats_hundredths(1), 100);
	assert_int_equal(repeats_hundredths(0.999), 99);
	assert_int_equal(repeats_hundredths(0.001), 1);
	assert_int_equal(repeats_hundredths(0), 0);
	assert_int_equal(repeats_hundredths(0.337), 34);
}

static void what_very_many_say_is_counted(void **state)
{
	struct overlap_common c = {0, 12};
	struct str out = STR_INIT;

	(void)state;
	repeats_common(&c, &out);
	assert_slice_is(str_slice(&out), "stands in 12 drafts");
	str_release(&out);
	assert_string_equal(repeats_outcome(OVERLAP_TRIM), "trim");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_suggestion_has_its_reason),
		cmocka_unit_test(a_share_is_whole_or_nothing_only_where_it_is),
		cmocka_unit_test(what_very_many_say_is_counted),
	};

	return cmocka_run_group_tests_name("repeats", tests, NULL, NULL);
}
