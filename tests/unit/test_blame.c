/* SPDX-License-Identifier: MIT */
#include "core/blame.h"

#include "support.h"

#include <string.h>

static void words_that_stood_there_stay(void **state)
{
	struct slice old = SLICE("one two three five six seven eight\n\nfour\n");
	struct slice new = SLICE("four\n\none new two three five six seven eight\n");
	struct blame_runs all = {NULL, 0, 0}, stayed = {NULL, 0, 0}, came = {NULL, 0, 0};

	size_t begin;

	(void)state;
	blame_add(&all, 0, new.len, 0);
	blame_step(old, new, &all, &stayed, &came);
	assert_int_equal(came.n, 1);
	begin = came.v[0].begin;
	assert_non_null(memmem(new.p + begin, came.v[0].end - begin, "new", 3));
	assert_true(came.v[0].end - begin <= 5);
	blame_runs_release(&all);
	blame_runs_release(&stayed);
	blame_runs_release(&came);
}

static void a_place_is_followed_back(void **state)
{
	struct slice old = SLICE("they [shall / AFR: may] meet\n");
	struct slice new = SLICE("all of them, they [shall / AFR: must now] meet\n");
	size_t begin = (size_t)(strstr(new.p, "must") - new.p), end = begin + 8;

	(void)state;
	assert_slice_is(slice_make(new.p + begin, end - begin), "must now");
	assert_true(blame_back(old, new, &begin, &end));
	assert_slice_is(slice_make(old.p + begin, end - begin), "may");
	begin = (size_t)(strstr(new.p, "shall") - new.p);
	end = begin + 5;
	assert_slice_is(slice_make(new.p + begin, end - begin), "shall");
	assert_false(blame_back(old, new, &begin, &end));
	assert_slice_is(slice_make(old.p + begin, end - begin), "shall");
}

/* Whatever the texts: runs stay in order and in place, and what stayed is the same bytes. */
static void random_steps_lose_nothing(void **state)
{
	struct prng r = prng_make(3);

	(void)state;
	for (int round = 0; round < 150; round++) {
		struct blame_runs all = {NULL, 0, 0}, stayed = {NULL, 0, 0},
				  came = {NULL, 0, 0};
		struct str old = STR_INIT, new = STR_INIT, piece = STR_INIT;
		size_t at, begin, end;

		random_text(&r, &old, prng_below(&r, 60));
		str_add_slice(&new, str_slice(&old));
		for (int k = 0; k < 3; k++) {
			at = prng_below(&r, new.len + 1);
			str_clear(&piece);
			random_text(&r, &piece, prng_below(&r, 6));
			str_splice(&new, at, prng_below(&r, new.len - at + 1) / 4, piece.p,
				   piece.len);
		}
		blame_add(&all, 0, new.len, 0);
		blame_step(str_slice(&old), str_slice(&new), &all, &stayed, &came);
		for (size_t i = 0; i < stayed.n; i++) {
			const struct blame_run *run = &stayed.v[i];

			assert_true(run->begin < run->end && run->end <= new.len);
			assert_slice_equal(
				slice_make(old.p + run->at, run->end - run->begin),
				slice_make(new.p + run->begin, run->end - run->begin));
		}
		for (size_t i = 1; i < came.n; i++)
			assert_true(came.v[i].begin >= came.v[i - 1].end);
		begin = new.len ? prng_below(&r, new.len) : 0;
		end = begin + prng_below(&r, new.len - begin + 1);
		blame_back(str_slice(&old), str_slice(&new), &begin, &end);
		assert_true(begin <= end && end <= old.len);
		at = prng_below(&r, new.len + 3);
		blame_word(str_slice(&new), at, &begin, &end);
		assert_true(begin <= end && end <= new.len);
		blame_runs_release(&all);
		blame_runs_release(&stayed);
		blame_runs_release(&came);
		str_release(&old);
		str_release(&new);
		str_release(&piece);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_that_stood_there_stay),
		cmocka_unit_test(a_place_is_followed_back),
		cmocka_unit_test(random_steps_lose_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
