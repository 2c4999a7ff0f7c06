/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "ui/passage.h"

#include <string.h>

/* The cell of the second text in a row, drawn in a box, as text. */
static void check(const char *old, const char *new, size_t row, int cols, unsigned how,
		  const char *want, const char *file, int line)
{
	struct compare_text list[2] = {{slice_of(old), PARTY_NONE}, {slice_of(new), 0}};
	struct passage_spec spec = {.cols = cols, .how = how, .reorder = true};
	struct passage p;
	struct compare c;
	struct canvas canvas;
	struct str out = STR_INIT;

	compare_init(&c, list, 2, 0, &regions);
	assert_true(row < c.n_rows);
	passage_init(&p);
	passage_set(&p, &c, row, 1, &spec);
	canvas_init(&canvas, p.rows, cols);
	canvas_clear(&canvas);
	passage_draw(&p, &canvas, 0, 0, 0, p.rows, 0);
	canvas_dump(&canvas, &out);
	assert_slice_equal_at(str_slice(&out), slice_of(want), file, line);
	for (size_t i = 0; i < p.n; i++)
		assert_true(p.v[i].col >= 0 && p.v[i].col + p.v[i].width <= cols);
	str_release(&out);
	canvas_release(&canvas);
	passage_release(&p);
	compare_release(&c);
}

#define assert_cell(old, new, row, cols, how, want)                                            \
	check(old, new, row, cols, how, want, __FILE__, __LINE__)

static void words_that_differ_stand_in_signs(void **state)
{
	(void)state;
	assert_cell("to hold one meeting", "to hold two meetings", 0, 40, PASSAGE_GONE,
		    "to hold [-one meeting-]{+two meetings+}\n");
	/* What is replaced is left out where there is little room, what is gone is not. */
	assert_cell("to hold one annual meeting", "to hold two annual", 0, 40, 0,
		    "to hold {+two+} annual [-meeting-]\n");
}

static void a_sign_is_never_parted_from_its_words(void **state)
{
	(void)state;
	assert_cell("to hold each year a meeting", "to hold often a meeting", 0, 12,
		    PASSAGE_GONE, "to hold\n[-each\nyear-]\n{+often+} a\nmeeting\n");
}

static void further_rows_of_a_clause_hang(void **state)
{
	(void)state;
	assert_cell("a)\tone two", "a)\tone two three four five six", 0, 20, 0,
		    "a) one two {+three\n  four five six+}\n");
}

static void what_is_the_same_is_a_sign_unless_all_is_asked_for(void **state)
{
	(void)state;
	assert_cell("one two", "one two", 0, 20, 0, "=\n");
	assert_cell("one two", "one two", 0, 20, PASSAGE_FULL, "one two\n");
	assert_cell("one two\n\nthree", "one two", 1, 20, 0, "(none)\n");
}

static void what_moved_says_from_where_and_to_where(void **state)
{
	static const char old[] = "alpha beta gamma delta\n\none two three four\n\n"
				  "five six seven eight\n";
	static const char new[] = "one two three four\n\nfive six seven eight\n\n"
				  "alpha beta gamma delta\n";

	(void)state;
	assert_cell(old, new, 0, 40, 0, "(moved to ¶ 3)\n");
	assert_cell(old, new, 3, 40, 0, "(from ¶ 1) alpha beta gamma delta\n");
}

static void ids_are_never_shown_and_what_is_on_offer_has_a_tick(void **state)
{
	struct compare_text list[2] = {{SLICE("to [one / AFR: two]{#b1} x"), PARTY_NONE},
				       {SLICE("to two x"), 0}};
	struct passage_spec spec = {.cols = 40};
	struct passage p;
	struct compare c;

	(void)state;
	compare_init(&c, list, 2, 0, &regions);
	passage_init(&p);
	passage_set(&p, &c, 0, 0, &spec);
	assert_slice_is(str_slice(&p.bytes), "to [one / AFR: two] x");
	passage_set(&p, &c, 0, 1, &spec);
	assert_slice_is(str_slice(&p.bytes), "to {+two+} x \u2713");
	passage_release(&p);
	compare_release(&c);
}

static void any_bytes_fit_into_any_column(void **state)
{
	struct prng r = prng_make(81);
	struct str a = STR_INIT, b = STR_INIT;

	(void)state;
	for (int i = 0; i < 150; i++) {
		struct compare c;

		str_clear(&a);
		str_clear(&b);
		random_text(&r, &a, prng_below(&r, 60));
		random_text(&r, &b, prng_below(&r, 60));
		random_bytes(&r, &b, prng_below(&r, 4));
		struct compare_text list[2] = {{str_slice(&a), PARTY_NONE}, {str_slice(&b), 0}};
		compare_init(&c, list, 2, 0, &regions);
		for (size_t row = 0; row < c.n_rows; row++) {
			int cols = 8 + (int)prng_below(&r, 40);
			struct passage_spec spec = {.cols = cols,
						    .how = (unsigned)prng_below(&r, 4),
						    .reorder = prng_one_in(&r, 2)};
			struct passage p;

			passage_init(&p);
			passage_set(&p, &c, row, 1, &spec);
			assert_true(p.rows >= 1);
			for (size_t k = 0; k < p.n; k++) {
				assert_true(p.v[k].col >= 0);
				assert_true(p.v[k].col + p.v[k].width <= cols);
				assert_true(p.v[k].at + p.v[k].len <= p.bytes.len);
			}
			passage_release(&p);
		}
		compare_release(&c);
	}
	str_release(&a);
	str_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_that_differ_stand_in_signs),
		cmocka_unit_test(a_sign_is_never_parted_from_its_words),
		cmocka_unit_test(further_rows_of_a_clause_hang),
		cmocka_unit_test(what_is_the_same_is_a_sign_unless_all_is_asked_for),
		cmocka_unit_test(what_moved_says_from_where_and_to_where),
		cmocka_unit_test(ids_are_never_shown_and_what_is_on_offer_has_a_tick),
		cmocka_unit_test(any_bytes_fit_into_any_column),
	};

	return cmocka_run_group_tests(tests, regions_set_up, regions_tear_down);
}
