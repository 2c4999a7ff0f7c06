/* SPDX-License-Identifier: MIT */
#include "core/matrix.h"

#include "support.h"

#include <string.h>

/* Points 1 to 6; 3 stands in 2, 5 and 6 are linked. */
static const char draft[] = "a [one / two / three]{#b1} b\n\n"
			    "c [any [large]{#b3} thing]{#b2} d\n\n"
			    "e [XX]{#b4} f [shall / should]{#b5} g [shall / should]{#b6} h\n";

static struct brackets b;
static struct positions held[REGIONS];
static struct deferred_list deferred;
static struct matrix m;

static int set_up(void **state)
{
	(void)state;
	parties_init_regions(&regions);
	brackets_read(&b, slice_of(draft), &regions);
	assert_int_equal(b.n_points, 6);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	brackets_release(&b);
	parties_release(&regions);
	return 0;
}

static int forget(void **state)
{
	(void)state;
	matrix_release(&m);
	for (size_t i = 0; i < REGIONS; i++)
		positions_release(&held[i]);
	deferred_release(&deferred);
	return 0;
}

static void say(size_t party, const char *yaml)
{
	struct error err = ERROR_INIT;

	assert_int_equal(positions_read(slice_of(yaml), &held[party], NULL, &err), 0);
}

static void put_off(const char *yaml)
{
	struct error err = ERROR_INIT;

	assert_int_equal(deferred_read(slice_of(yaml), &deferred, NULL, &err), 0);
}

static void look(void)
{
	const struct positions *given[REGIONS];

	for (size_t i = 0; i < REGIONS; i++)
		given[i] = &held[i];
	matrix_release(&m);
	matrix_read(&m, &(struct bracketed){&b, slice_of(draft), &regions}, given, &deferred);
}

static void expect_order(enum matrix_sort sort, const size_t *numbers)
{
	size_t order[6];

	matrix_order(&m, sort, order);
	for (size_t i = 0; i < 6; i++)
		assert_int_equal(order[i] + 1, numbers[i]);
}

static void every_point_is_a_row(void **state)
{
	(void)state;
	say(AFR, "b1: {stance: supports, option: 1, strength: red-line}\n"
		 "b3: {stance: opposes, option: 1}\nb9: {stance: reserves}\n");
	say(EUR, "b1: {stance: accepts, option: 1}\nb2: {stance: none}\n");
	look();
	assert_int_equal(m.n, 6);
	assert_int_equal(m.n_outer, 5);
	assert_int_equal(m.rows[0].verdict.kind, VERDICT_CONSENSUS);
	assert_int_equal(m.rows[2].verdict.kind, VERDICT_SPLIT);
	assert_int_equal(m.rows[2].depth, 2);
	assert_int_equal(m.rows[4].linked, 1);
	assert_int_equal(m.rows[5].linked, 1);
	assert_int_equal(m.rows[0].linked, 0);
	assert_int_equal(m.verdicts[VERDICT_CONSENSUS], 1);
	assert_int_equal(m.verdicts[VERDICT_SILENT], 4);
	assert_int_equal(m.nested_verdicts[VERDICT_SPLIT], 1);
	assert_int_equal(m.firm, 1);
	assert_int_equal(m.outer[AFR].supports, 1);
	assert_int_equal(m.outer[AFR].silent, 4);
	assert_int_equal(m.outer[AFR].red_lines, 1);
	assert_int_equal(m.nested[AFR].opposes, 1);
	assert_int_equal(m.outer[EUR].none, 1);
	assert_int_equal(m.outer[EUR].silent, 3);
	assert_int_equal(matrix_cell(&m, 2, AFR)->stance, STANCE_OPPOSES);
	assert_null(matrix_cell(&m, 0, CIS)->position);
	assert_ptr_equal(matrix_row_cells(&m, 2) + AFR, matrix_cell(&m, 2, AFR));
}

static void a_row_says_what_the_point_alone_would(void **state)
{
	const struct positions *given[REGIONS];
	struct standing stand[REGIONS];
	struct verdict v;

	(void)state;
	say(AFR, "b1: {stance: supports, option: 1}\nb5: {stance: reserves}\n");
	say(ARB, "b1: {stance: supports, option: 2}\nb5: {stance: accepts, option: 2}\n");
	look();
	for (size_t i = 0; i < REGIONS; i++)
		given[i] = &held[i];
	for (uint32_t k = 0; k < 6; k++) {
		verdict_read(&v, stand, &(struct bracketed){&b, slice_of(draft), &regions}, k,
			     given);
		assert_int_equal(v.kind, m.rows[k].verdict.kind);
		assert_int_equal(v.objectors, m.rows[k].verdict.objectors);
		for (uint16_t i = 0; i < REGIONS; i++)
			assert_int_equal(stand[i].stance, matrix_cell(&m, k, i)->stance);
	}
}

static void the_easiest_comes_first(void **state)
{
	static const size_t easiest[] = {6, 5, 1, 3, 2, 4};
	static const size_t hardest[] = {1, 5, 6, 3, 2, 4};
	static const size_t linked[] = {5, 6, 1, 2, 3, 4};
	static const size_t numbers[] = {1, 2, 3, 4, 5, 6};

	(void)state;
	say(AFR, "b1: {stance: supports, option: 1}\nb3: {stance: reserves}\n"
		 "b5: {stance: supports, option: 1}\nb6: {stance: supports, option: 1}\n"
		 "b4: {stance: reserves}\n");
	say(EUR, "b1: {stance: supports, option: 2}\nb5: {stance: reserves}\n"
		 "b6: {stance: accepts, option: 1}\n");
	look();
	expect_order(MATRIX_BY_NUMBER, numbers);
	expect_order(MATRIX_LINKED, linked);
	put_off("b4: {reason: later}\n");
	look();
	assert_non_null(m.rows[3].deferred);
	expect_order(MATRIX_EASIEST, easiest);
	expect_order(MATRIX_HARDEST, hardest);
	assert_int_equal(matrix_easiest(&m, SIZE_MAX), 5);
	assert_int_equal(matrix_easiest(&m, 5), 4);
}

static void a_deadlock_comes_after_others_with_as_many_objectors(void **state)
{
	size_t order[6];

	(void)state;
	say(AFR, "b1: {stance: supports, option: 1, strength: red-line}\n"
		 "b2: {stance: supports, option: 1}\n");
	say(EUR, "b1: {stance: supports, option: 2, strength: red-line}\n"
		 "b2: {stance: reserves}\n");
	look();
	matrix_order(&m, MATRIX_EASIEST, order);
	assert_int_equal(order[0], 1);
	assert_int_equal(order[1], 0);
}

static void nothing_is_easiest_where_nobody_spoke(void **state)
{
	(void)state;
	look();
	assert_int_equal(matrix_easiest(&m, SIZE_MAX), SIZE_MAX);
}

static void two_parties_agree_on_a_share(void **state)
{
	struct matrix_pair p;

	(void)state;
	say(AFR, "b1: {stance: supports, option: 1}\nb2: {stance: opposes, option: 1}\n"
		 "b5: {stance: supports, option: 1}\nb6: {stance: reserves}\n"
		 "b3: {stance: opposes, option: 1}\n");
	say(ARB, "b1: {stance: accepts, option: 1}\nb2: {stance: opposes, option: 1}\n"
		 "b5: {stance: opposes, option: 1}\nb6: {stance: reserves}\n"
		 "b3: {stance: opposes, option: 1}\n");
	say(EUR, "b1: {stance: supports, option: 1, wording: 0123456789abcdef}\n");
	look();
	p = matrix_pair(&m, AFR, ARB);
	assert_int_equal(p.both, 4);
	assert_int_equal(p.agree, 2);
	assert_int_equal(p.percent, 50);
	p = matrix_pair(&m, ARB, AFR);
	assert_int_equal(p.percent, 50);
	/* Stale: not on today's wording. */
	assert_int_equal(matrix_pair(&m, AFR, EUR).both, 0);
	assert_int_equal(matrix_pair(&m, AFR, CIS).percent, 0);
	assert_int_equal(m.outer[EUR].stale, 1);
}

static void an_empty_draft_has_an_empty_matrix(void **state)
{
	const struct positions *given[REGIONS] = {NULL};
	struct brackets none;
	struct matrix empty;

	(void)state;
	brackets_read(&none, SLICE(""), &regions);
	matrix_read(&empty, &(struct bracketed){&none, SLICE(""), &regions}, given, NULL);
	assert_int_equal(empty.n + empty.n_outer, 0);
	matrix_order(&empty, MATRIX_EASIEST, NULL);
	matrix_release(&empty);
	brackets_release(&none);
}

static void consensus_decides_what_is_firm_and_not_put_off(void **state)
{
	(void)state;
	say(AFR, "b1: {stance: supports, option: 1}\nb2: {stance: accepts, option: 0}\n"
		 "b5: {stance: supports, option: 1, wording: aaaa}\n"
		 "b6: {stance: supports, option: 1}\n");
	say(EUR, "b1: {stance: supports, option: 2}\nb2: {stance: accepts, option: 0}\n"
		 "b5: {stance: supports, option: 1}\nb6: {stance: accepts, option: 1}\n");
	put_off("b6: {reason: later}\n");
	look();
	assert_int_equal(matrix_decides(&m.rows[0]), DECIDES_NOT);
	assert_int_equal(matrix_decides(&m.rows[1]), DECIDES);
	assert_int_equal(matrix_decides(&m.rows[4]), DECIDES_STALE);
	assert_int_equal(matrix_decides(&m.rows[5]), DECIDES_PUT_OFF);
	assert_int_equal(m.firm, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(every_point_is_a_row, forget),
		cmocka_unit_test_teardown(a_row_says_what_the_point_alone_would, forget),
		cmocka_unit_test_teardown(the_easiest_comes_first, forget),
		cmocka_unit_test_teardown(a_deadlock_comes_after_others_with_as_many_objectors,
					  forget),
		cmocka_unit_test_teardown(nothing_is_easiest_where_nobody_spoke, forget),
		cmocka_unit_test_teardown(two_parties_agree_on_a_share, forget),
		cmocka_unit_test(an_empty_draft_has_an_empty_matrix),
		cmocka_unit_test_teardown(consensus_decides_what_is_firm_and_not_put_off,
					  forget),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
