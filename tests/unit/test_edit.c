/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/edit.h"

#include <string.h>

static void check(const struct edits *e, const char *original, const char *want)
{
	struct str out = STR_INIT;

	edits_apply(e, slice_of(original), &out);
	assert_slice_is(str_slice(&out), want);
	str_release(&out);
}

static void replacements_refer_to_the_original_in_any_order(void **state)
{
	struct edits e = EDITS_INIT;

	(void)state;
	edits_add(&e, 8, 5, "there", 5);
	edits_add(&e, 0, 5, "Goodbye", 7);
	edits_add(&e, 5, 1, "", 0);
	check(&e, "Hello, xworld.", "Goodbye xthere.");
	edits_release(&e);
}

static void insertions_at_one_place_keep_their_order(void **state)
{
	struct edits e = EDITS_INIT;

	(void)state;
	edits_add(&e, 3, 0, "1", 1);
	edits_add(&e, 5, 0, "x", 1);
	edits_add(&e, 3, 0, "2", 1);
	edits_add(&e, 3, 0, "3", 1);
	check(&e, "abcdef", "abc123dexf");
	edits_release(&e);
}

static void an_insertion_where_a_deletion_begins_stands_before_it(void **state)
{
	struct edits e = EDITS_INIT;

	(void)state;
	edits_add(&e, 1, 2, "NEW", 3);
	edits_add(&e, 1, 0, "<", 1);
	edits_add(&e, 3, 0, ">", 1);
	check(&e, "abcd", "a<NEW>d");
	edits_release(&e);
}

static void no_edits_give_the_original(void **state)
{
	struct edits e = EDITS_INIT;

	(void)state;
	check(&e, "abc", "abc");
	check(&e, "", "");
	edits_add(&e, 0, 3, NULL, 0);
	check(&e, "abc", "");
	edits_clear(&e);
	check(&e, "abc", "abc");
	edits_add(&e, 0, 0, "x", 1);
	check(&e, "", "x");
	edits_release(&e);
}

static void a_position_follows_its_byte(void **state)
{
	struct edits e = EDITS_INIT;

	(void)state;
	/* abcdefgh -> abXXXXfYgh */
	edits_add(&e, 2, 3, "XXXX", 4);
	edits_add(&e, 6, 0, "Y", 1);
	assert_int_equal(edits_map(&e, 0), 0);
	assert_int_equal(edits_map(&e, 2), 2);
	assert_int_equal(edits_map(&e, 4), 2);
	assert_int_equal(edits_map(&e, 5), 6);
	assert_int_equal(edits_map(&e, 6), 8);
	assert_int_equal(edits_map(&e, 8), 10);
	edits_release(&e);
}

/* Random edits, added in random order, against one str_splice() each from the end. */
static void random_edits_agree_with_splices_from_the_end(void **state)
{
	struct prng r = prng_make(7);

	(void)state;
	for (int round = 0; round < 400; round++) {
		struct str original = STR_INIT, model = STR_INIT, out = STR_INIT;
		struct edits e = EDITS_INIT;
		size_t at[40], del[40], order[40], n = 0, pos = 0;
		char with[40];

		random_text(&r, &original, prng_below(&r, 60));
		while (n < 40 && pos + 4 < original.len) {
			at[n] = pos + prng_below(&r, 2);
			del[n] = 1 + prng_below(&r, 2);
			with[n] = (char)('A' + n % 26);
			pos = at[n] + del[n];
			order[n] = n;
			n++;
		}
		for (size_t i = n; i > 1; i--) {
			size_t k = prng_below(&r, i), swap = order[k];

			order[k] = order[i - 1];
			order[i - 1] = swap;
		}
		for (size_t i = 0; i < n; i++)
			edits_add(&e, at[order[i]], del[order[i]], &with[order[i]], 1);
		str_add_slice(&model, str_slice(&original));
		for (size_t i = n; i > 0; i--)
			str_splice(&model, at[i - 1], del[i - 1], &with[i - 1], 1);
		edits_apply(&e, str_slice(&original), &out);
		assert_slice_equal(str_slice(&out), str_slice(&model));
		for (size_t i = 0; i < n; i++)
			assert_true(out.p[edits_map(&e, at[i])] == with[i]);
		str_release(&original);
		str_release(&model);
		str_release(&out);
		edits_release(&e);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(replacements_refer_to_the_original_in_any_order),
		cmocka_unit_test(insertions_at_one_place_keep_their_order),
		cmocka_unit_test(an_insertion_where_a_deletion_begins_stands_before_it),
		cmocka_unit_test(no_edits_give_the_original),
		cmocka_unit_test(a_position_follows_its_byte),
		cmocka_unit_test(random_edits_agree_with_splices_from_the_end),
	};

	return cmocka_run_group_tests_name("edit", tests, NULL, NULL);
}
