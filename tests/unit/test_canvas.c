/* SPDX-License-Identifier: MIT */
#include "support_screen.h"

#include "ui/canvas.h"
#include "ui/theme.h"

#include <string.h>

static void assert_sane_canvas(const struct canvas *c)
{
	for (int row = 0; row < c->rows; row++) {
		int col = 0;

		while (col < c->cols) {
			const struct cell *cell = canvas_cell(c, row, col);

			assert_true(cell->width >= 1);
			assert_true(col + cell->width <= c->cols);
			for (int i = 1; i < cell->width; i++)
				assert_int_equal(canvas_cell(c, row, col + i)->width, 0);
			col += cell->width;
		}
	}
}

static void check(struct canvas *c, const char *want)
{
	struct str out = STR_INIT;

	assert_sane_canvas(c);
	canvas_dump(c, &out);
	assert_slice_is(str_slice(&out), want);
	str_release(&out);
}

static void text_lands_where_it_is_put(void **state)
{
	struct canvas c;

	(void)state;
	canvas_init(&c, 2, 10);
	assert_int_equal(canvas_text(&c, 0, 2, STYLE_TEXT, "abc"), 3);
	assert_int_equal(canvas_textf(&c, 1, 8, STYLE_TEXT, "%d", 12345), 2);
	check(&c, "  abc\n        12\n");
	canvas_release(&c);
}

static void wide_and_combining_text_takes_its_columns(void **state)
{
	struct canvas c;

	(void)state;
	canvas_init(&c, 2, 10);
	assert_int_equal(canvas_text(&c, 0, 0, STYLE_TEXT, "\u7814\u7A76e\u0301x"), 6);
	assert_int_equal(canvas_cell(&c, 0, 0)->width, 2);
	assert_int_equal(canvas_cell(&c, 0, 1)->width, 0);
	assert_slice_is(canvas_bytes(&c, canvas_cell(&c, 0, 4)), "e\u0301");
	canvas_text(&c, 1, 9, STYLE_TEXT, "\u7814");
	check(&c, "\u7814\u7A76e\u0301x\n\n");
	canvas_release(&c);
}

static void overwriting_half_of_a_wide_glyph_blanks_the_other_half(void **state)
{
	struct canvas c;

	(void)state;
	canvas_init(&c, 2, 6);
	canvas_text(&c, 0, 0, STYLE_TEXT, "\u7814\u7A76");
	canvas_text(&c, 0, 1, STYLE_TEXT, "xy");
	check(&c, " xy\n\n");
	canvas_text(&c, 1, 0, STYLE_TEXT, "\u202E");
	canvas_text(&c, 1, 3, STYLE_TEXT, "z");
	check(&c, " xy\n   z\n");
	canvas_release(&c);
}

static void nothing_hostile_gets_through(void **state)
{
	struct canvas c;
	struct str out = STR_INIT;

	(void)state;
	canvas_init(&c, 1, 60);
	canvas_put(&c, 0, 0, -1, STYLE_TEXT,
		   "a\x1b[31m\0b\xff\u202Ec\xC2\x9B"
		   "d\te\n",
		   19);
	canvas_dump(&c, &out);
	assert_slice_is(str_slice(&out),
			"a\u241B[31m\u2400b<FF><U+202E>c<U+009B>d\u2409e\u240A\n");
	str_release(&out);
	canvas_release(&c);
}

static void a_window_confines_what_is_put(void **state)
{
	struct canvas c;
	struct area old;

	(void)state;
	canvas_init(&c, 4, 8);
	old = canvas_enter(&c, (struct area){1, 2, 2, 3});
	canvas_text(&c, 0, 0, STYLE_TEXT, "abcdef");
	canvas_text(&c, 1, -2, STYLE_TEXT, "abcdef");
	canvas_text(&c, 2, 0, STYLE_TEXT, "no");
	canvas_text(&c, -1, 0, STYLE_TEXT, "no");
	canvas_cursor(&c, 1, 1, CURSOR_BAR);
	canvas_cursor(&c, 5, 5, CURSOR_BAR);
	canvas_leave(&c, old);
	canvas_text(&c, 3, 0, STYLE_TEXT, "out");
	check(&c, "\n  abc\n  cde\nout\n");
	assert_int_equal(c.cursor_row, 2);
	assert_int_equal(c.cursor_col, 3);
	canvas_release(&c);
}

static void what_does_not_fit_ends_in_an_ellipsis(void **state)
{
	struct canvas c;

	(void)state;
	canvas_init(&c, 4, 8);
	assert_int_equal(canvas_put_cut(&c, 0, 0, 5, STYLE_TEXT, "abcde", 5), 5);
	assert_int_equal(canvas_put_cut(&c, 1, 0, 5, STYLE_TEXT, "abcdef", 6), 5);
	assert_int_equal(canvas_put_cut(&c, 2, 0, 4, STYLE_TEXT, "\u7814\u7A76\u7814", 9), 3);
	assert_int_equal(canvas_put_right(&c, 3, 8, STYLE_TEXT, "end", 3), 5);
	check(&c, "abcde\nabcd\u2026\n\u7814\u2026\n     end\n");
	canvas_release(&c);
}

static void foreign_lines_are_put_in_reading_order_where_that_is_ours(void **state)
{
	static const char text[] = "ab \u05D0\u05D1(\u05D2)";
	struct canvas c;

	(void)state;
	canvas_init(&c, 2, 10);
	canvas_put_cut(&c, 0, 0, -1, STYLE_TEXT, text, sizeof text - 1);
	c.reorder = true;
	canvas_put_cut(&c, 1, 0, -1, STYLE_TEXT, text, sizeof text - 1);
	check(&c, "ab \u05D0\u05D1(\u05D2)\nab (\u05D2)\u05D1\u05D0\n");
	canvas_clear(&c);
	canvas_text(&c, 0, 0, STYLE_TEXT, text);
	canvas_put_right(&c, 1, 10, STYLE_TEXT, text, sizeof text - 1);
	check(&c, "ab (\u05D2)\u05D1\u05D0\n  ab (\u05D2)\u05D1\u05D0\n");
	canvas_clear(&c);
	canvas_textf(&c, 0, 0, STYLE_TEXT, "%s", text);
	/* What a layout has put in order is put as it comes. */
	canvas_put(&c, 1, 0, -1, STYLE_TEXT, text, sizeof text - 1);
	check(&c, "ab (\u05D2)\u05D1\u05D0\nab \u05D0\u05D1(\u05D2)\n");
	canvas_release(&c);
}

static void a_dump_with_styles_says_what_each_looks_like(void **state)
{
	struct canvas c;
	struct str out = STR_INIT;
	struct theme theme = theme_make(256, false);

	(void)state;
	canvas_init(&c, 2, 8);
	canvas_text(&c, 0, 0, STYLE_ACCENT, "ab");
	canvas_text(&c, 0, 2, STYLE_TEXT, "cd");
	canvas_text(&c, 1, 0, STYLE_TEXT | STYLE_SELECTED, "x");
	canvas_cursor(&c, 1, 1, CURSOR_BLOCK);
	canvas_dump_styles(&c, &theme, &out);
	assert_slice_is(str_slice(&out), "abcd    |\n"
					 "AA      :\n"
					 "x       |\n"
					 "1       +\n"
					 "A0 accent: bold colour 31\n"
					 " 1 text selected: reverse\n"
					 "cursor 1,1\n");
	str_release(&out);
	canvas_release(&c);
}

static void restyling_keeps_the_text_and_the_other_bits(void **state)
{
	struct canvas c;

	(void)state;
	canvas_init(&c, 1, 4);
	canvas_text(&c, 0, 0, STYLE_KEY, "abcd");
	canvas_restyle(&c, (struct area){0, 1, 1, 2}, STYLE_SELECTED, STYLE_SELECTED);
	assert_int_equal(canvas_cell(&c, 0, 0)->style, STYLE_KEY);
	assert_int_equal(canvas_cell(&c, 0, 1)->style, STYLE_KEY | STYLE_SELECTED);
	check(&c, "abcd\n");
	canvas_release(&c);
}

/* Whatever is put wherever, cells and their continuations agree and no control byte is kept. */
static void random_puts_leave_a_sane_grid(void **state)
{
	struct prng r = prng_make(11);
	struct canvas c;

	(void)state;
	canvas_init(&c, 6, 30);
	for (int round = 0; round < 2000; round++) {
		struct str text = STR_INIT, out = STR_INIT;

		if (prng_one_in(&r, 2))
			random_text(&r, &text, 8);
		else
			random_bytes(&r, &text, 12);
		canvas_put(&c, (int)prng_below(&r, 8) - 1, (int)prng_below(&r, 40) - 5,
			   (int)prng_below(&r, 20) - 1, STYLE_TEXT, text.p, text.len);
		assert_sane_canvas(&c);
		canvas_dump(&c, &out);
		for (size_t i = 0; i < out.len; i++)
			assert_true((unsigned char)out.p[i] >= 0x20 || out.p[i] == '\n');
		str_release(&text);
		str_release(&out);
		if (round % 100 == 0)
			canvas_clear(&c);
	}
	canvas_release(&c);
}

static void an_empty_canvas_is_no_trouble(void **state)
{
	struct canvas c;

	(void)state;
	canvas_init(&c, 0, 0);
	canvas_text(&c, 0, 0, STYLE_TEXT, "x");
	canvas_fill(&c, (struct area){0, 0, 5, 5}, STYLE_TEXT);
	check(&c, "");
	canvas_release(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_lands_where_it_is_put),
		cmocka_unit_test(wide_and_combining_text_takes_its_columns),
		cmocka_unit_test(overwriting_half_of_a_wide_glyph_blanks_the_other_half),
		cmocka_unit_test(nothing_hostile_gets_through),
		cmocka_unit_test(a_window_confines_what_is_put),
		cmocka_unit_test(what_does_not_fit_ends_in_an_ellipsis),
		cmocka_unit_test(foreign_lines_are_put_in_reading_order_where_that_is_ours),
		cmocka_unit_test(a_dump_with_styles_says_what_each_looks_like),
		cmocka_unit_test(restyling_keeps_the_text_and_the_other_bits),
		cmocka_unit_test(random_puts_leave_a_sane_grid),
		cmocka_unit_test(an_empty_canvas_is_no_trouble),
	};

	return cmocka_run_group_tests_name("canvas", tests, NULL, NULL);
}
