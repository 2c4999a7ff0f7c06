/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "ui/glyph.h"
#include "ui/unit.h"

#include <locale.h>
#include <string.h>

static int sum(const struct unit *units, size_t n)
{
	int cols = 0;

	for (size_t i = 0; i < n; i++)
		cols += units[i].width;
	return cols;
}

static void a_letter_keeps_its_marks(void **state)
{
	struct unit u[UNITS_MOST];

	(void)state;
	assert_int_equal(units_of_glyph(SLICE("e\u0301"), 1, true, u), 1);
	assert_int_equal(u[0].text[0], 'e');
	assert_int_equal(u[0].text[1], 0x301);
	assert_int_equal(u[0].text[2], 0);
	assert_int_equal(units_of_glyph(SLICE("\u7814"), 2, true, u), 1);
	assert_int_equal(u[0].width, 2);
}

static void more_marks_than_fit_are_composed_and_then_left_out(void **state)
{
	struct unit u[UNITS_MOST];

	(void)state;
	assert_int_equal(units_of_glyph(SLICE("a\u0300\u0301\u0302\u0303\u0304\u0305\u0306"), 1,
					true, u),
			 1);
	assert_int_equal(u[0].text[0], 0xE0);
	assert_int_equal(u[0].text[UNIT_MARKS + 1], 0);
}

static void what_stands_for_a_character_is_one_cell_a_letter(void **state)
{
	struct unit u[UNITS_MOST];

	(void)state;
	assert_int_equal(units_of_glyph(SLICE("<U+202E>"), 8, true, u), 8);
	assert_int_equal(u[7].text[0], '>');
}

static void columns_are_filled_whatever_the_tables_say(void **state)
{
	struct unit u[UNITS_MOST];

	(void)state;
	/* A family of three in the two columns of its first. */
	assert_int_equal(
		sum(u, units_of_glyph(SLICE("\U0001F468\u200D\U0001F469\u200D\U0001F467"), 2,
				      true, u)),
		2);
	assert_int_equal(u[0].text[0], 0x1F468);
	assert_int_equal(u[0].text[1], 0);
	/* Narrower and wider than told. */
	assert_int_equal(sum(u, units_of_glyph(SLICE("a"), 3, true, u)), 3);
	assert_int_equal(sum(u, units_of_glyph(SLICE("\u7814"), 1, true, u)), 1);
	assert_int_equal(u[0].text[0], 0xFFFD);
	assert_int_equal(sum(u, units_of_glyph(SLICE(""), 2, true, u)), 2);
}

static void without_utf8_all_is_ascii(void **state)
{
	struct unit u[UNITS_MOST];

	(void)state;
	assert_int_equal(units_of_glyph(SLICE("\u2500"), 1, false, u), 1);
	assert_int_equal(u[0].text[0], '-');
	assert_int_equal(units_of_glyph(SLICE("\u7814"), 2, false, u), 2);
	assert_int_equal(u[0].text[0], '?');
	assert_int_equal(units_of_glyph(SLICE("e\u0301"), 1, false, u), 1);
	assert_int_equal(u[0].text[0], 'e');
}

static void any_glyph_fills_its_columns(void **state)
{
	struct prng r = prng_make(31);

	(void)state;
	for (int round = 0; round < 3000; round++) {
		struct str bytes = STR_INIT;
		struct glyph g;

		if (prng_one_in(&r, 2))
			random_text(&r, &bytes, 6);
		else
			random_bytes(&r, &bytes, 12);
		for (size_t i = 0; i < bytes.len; i += g.len) {
			struct str shown = STR_INIT;
			struct unit u[UNITS_MOST];
			size_t n;

			glyph_at(bytes.p + i, bytes.len - i, &g);
			glyph_show(bytes.p + i, g.len, &shown);
			n = units_of_glyph(str_slice(&shown), g.width, prng_one_in(&r, 2), u);
			assert_int_equal(sum(u, n), g.width < UNITS_MOST ? g.width : sum(u, n));
			str_release(&shown);
		}
		str_release(&bytes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_letter_keeps_its_marks),
		cmocka_unit_test(more_marks_than_fit_are_composed_and_then_left_out),
		cmocka_unit_test(what_stands_for_a_character_is_one_cell_a_letter),
		cmocka_unit_test(columns_are_filled_whatever_the_tables_say),
		cmocka_unit_test(without_utf8_all_is_ascii),
		cmocka_unit_test(any_glyph_fills_its_columns),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests_name("unit", tests, NULL, NULL);
}
