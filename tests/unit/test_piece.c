/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/mem.h"
#include "core/piece.h"

#include <stdlib.h>
#include <string.h>

#define assert_pieces(ps, text) assert_pieces_at((ps), slice_of(text), __FILE__, __LINE__)
static void assert_pieces_at(struct pieces *ps, struct slice want, const char *file, int line)
{
	char *buf = mem_alloc(ps->size);

	_assert_true(pieces_are_sane(ps), "pieces_are_sane(ps)", file, line);
	_assert_int_equal(pieces_read(ps, 0, buf, ps->size), ps->size, file, line);
	assert_slice_equal_at(slice_make(buf, ps->size), want, file, line);
	free(buf);
}

static void a_change_swaps_back_and_again(void **state)
{
	struct pieces ps;
	struct swap one, two, three;

	(void)state;
	pieces_init(&ps, mem_strdup("abcdef"), 6);
	pieces_replace(&ps, 2, 2, "XYZ", 3, &one);
	assert_pieces(&ps, "abXYZef");
	pieces_replace(&ps, 0, 7, NULL, 0, &two);
	assert_pieces(&ps, "");
	pieces_replace(&ps, 0, 0, "new", 3, &three);
	assert_pieces(&ps, "new");
	pieces_swap_back(&ps, &three);
	assert_pieces(&ps, "");
	pieces_swap_back(&ps, &two);
	assert_pieces(&ps, "abXYZef");
	pieces_swap_back(&ps, &one);
	assert_pieces(&ps, "abcdef");
	pieces_swap_again(&ps, &one);
	pieces_swap_again(&ps, &two);
	pieces_swap_again(&ps, &three);
	assert_pieces(&ps, "new");
	pieces_release(&ps);
}

static void an_extended_change_swaps_as_one(void **state)
{
	struct pieces ps;
	struct swap swap;

	(void)state;
	pieces_init(&ps, mem_strdup("abcdef"), 6);
	pieces_replace(&ps, 3, 0, "1", 1, &swap);
	assert_true(pieces_extend(&ps, &swap, "2", 1));
	assert_true(pieces_extend(&ps, &swap, "34", 2));
	assert_pieces(&ps, "abc1234def");
	pieces_swap_back(&ps, &swap);
	assert_pieces(&ps, "abcdef");
	pieces_swap_again(&ps, &swap);
	assert_pieces(&ps, "abc1234def");
	pieces_release(&ps);
}

static void bytes_added_since_keep_a_change_from_growing(void **state)
{
	struct pieces ps;
	struct swap one, two;

	(void)state;
	pieces_init(&ps, NULL, 0);
	pieces_replace(&ps, 0, 0, "1", 1, &one);
	pieces_replace(&ps, 0, 0, "2", 1, &two);
	assert_false(pieces_extend(&ps, &one, "x", 1));
	assert_pieces(&ps, "21");
	pieces_release(&ps);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_change_swaps_back_and_again),
		cmocka_unit_test(an_extended_change_swaps_as_one),
		cmocka_unit_test(bytes_added_since_keep_a_change_from_growing),
	};

	return cmocka_run_group_tests_name("piece", tests, NULL, NULL);
}
