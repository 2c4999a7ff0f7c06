/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "../../src/core/audit_impl.h"

static struct audit_view view;

static int end(void **state)
{
	(void)state;
	audit_end_lines(&view);
	return 0;
}

static void lines_are_counted_whole(void **state)
{
	const struct slice text = SLICE("one\ntwo\r\none\n\none more\nlast");

	(void)state;
	assert_int_equal(audit_count_line(&view, text, SLICE("one")), 2);
	assert_int_equal(audit_count_line(&view, text, SLICE("two")), 1);
	assert_int_equal(audit_count_line(&view, text, SLICE("last")), 1);
	assert_int_equal(audit_count_line(&view, text, SLICE("on")), 0);
	assert_int_equal(audit_count_line(&view, text, SLICE("one mor")), 0);
	assert_int_equal(audit_count_line(&view, text, SLICE("zzz")), 0);
	assert_int_equal(audit_count_line(&view, text, SLICE("")), 1);
	assert_int_equal(audit_count_line(&view, SLICE(""), SLICE("one")), 0);
	assert_true(audit_has_line(&view, text, SLICE("one more")));
	assert_false(audit_has_line(&view, text, SLICE("more")));
	/* Nothing is in every text. */
	assert_true(audit_has_line(&view, SLICE("full"), SLICE("")));
}

/* Texts are told apart by where they are, and forgotten when they may be other ones. */
static void each_text_has_its_own_lines(void **state)
{
	char text[] = "a\nb\n";

	(void)state;
	assert_true(audit_has_line(&view, slice_of(text), SLICE("b")));
	assert_false(audit_has_line(&view, slice_make(text, 2), SLICE("b")));
	assert_true(audit_has_line(&view, slice_make(text + 2, 2), SLICE("b")));
	assert_int_equal(view.n_lines, 3);
	audit_end_lines(&view);
	text[2] = 'c';
	assert_false(audit_has_line(&view, slice_of(text), SLICE("b")));
	assert_true(audit_has_line(&view, slice_of(text), SLICE("c")));
}

static void any_text_is_counted_as_reading_it_through_does(void **state)
{
	struct str text = STR_INIT;
	struct prng r = prng_make(3);

	(void)state;
	for (int round = 0; round < 200; round++) {
		size_t want[3] = {0};

		str_clear(&text);
		for (size_t n = prng_below(&r, 40); n > 0; n--) {
			size_t which = prng_below(&r, 3);

			want[which]++;
			for (size_t i = 0; i <= which; i++)
				str_add_char(&text, 'x');
			str_add_text(&text, prng_one_in(&r, 2) ? "\n" : "\r\n");
		}
		for (size_t i = 0; i < 3; i++)
			assert_int_equal(audit_count_line(&view, str_slice(&text),
							  slice_make("xxx", i + 1)),
					 want[i]);
		audit_end_lines(&view);
	}
	str_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(lines_are_counted_whole, end),
		cmocka_unit_test_teardown(each_text_has_its_own_lines, end),
		cmocka_unit_test_teardown(any_text_is_counted_as_reading_it_through_does, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
