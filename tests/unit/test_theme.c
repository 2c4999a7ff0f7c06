/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "ui/theme.h"

#include <string.h>

static bool same(struct look a, struct look b)
{
	return a.fg == b.fg && a.bg == b.bg && a.attrs == b.attrs;
}

static void a_terminal_without_colours_gets_none(void **state)
{
	struct theme themes[] = {theme_make(0, false), theme_make(2, false),
				 theme_make(256, true), theme_make(-1, false)};

	(void)state;
	for (size_t t = 0; t < sizeof themes / sizeof *themes; t++) {
		for (uint32_t style = 0; style < 0x1000; style++) {
			struct look look = theme_look(&themes[t], style);

			assert_int_equal(look.fg, -1);
			assert_int_equal(look.bg, -1);
		}
	}
}

static void no_colour_is_beyond_what_the_terminal_has(void **state)
{
	static const int have[] = {8, 16, 256};

	(void)state;
	for (int t = 0; t < 3; t++) {
		struct theme theme = theme_make(have[t], false);

		for (uint32_t style = 0; style < 0x1000; style++) {
			assert_true(theme_look(&theme, style).fg < have[t]);
			assert_true(theme_look(&theme, style).bg < have[t]);
		}
	}
}

/* What is told apart by style alone must be so without colour as well. */
static void what_matters_differs_without_colour(void **state)
{
	static const uint32_t pairs[][2] = {
		{STYLE_TEXT, STYLE_TEXT | STYLE_SELECTED},
		{STYLE_TEXT, STYLE_TEXT | STYLE_HIT},
		{STYLE_TEXT, STYLE_TEXT | STYLE_CURRENT},
		{STYLE_TEXT, STYLE_PROBLEM},
		{STYLE_TEXT, STYLE_BRACKET_1},
		{STYLE_BRACKET_1, STYLE_BRACKET_2},
		{STYLE_BRACKET_2, STYLE_BRACKET_3},
		{STYLE_BRACKET_3, STYLE_BRACKET_4},
		{STYLE_TEXT, STYLE_PLACEHOLDER},
		{STYLE_KEY, STYLE_LABEL},
		{STYLE_ADDED, STYLE_DELETED},
		{STYLE_TEXT, STYLE_ADDED},
	};
	static const int have[] = {0, 8, 16, 256};

	(void)state;
	for (int t = 0; t < 4; t++) {
		struct theme theme = theme_make(have[t], false);

		for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
			assert_false(same(theme_look(&theme, pairs[i][0]),
					  theme_look(&theme, pairs[i][1])));
	}
}

/* Relative luminance (WCAG 2) of colour n of the 256. */
static double channel(int v)
{
	double c = v / 255.0;

	return c <= 0.03928 ? c / 12.92
			    : c * c * (c * 0.6 + 0.4); /* near enough to the power */
}

static double luminance(int n)
{
	int grey = 8 + 10 * (n - 232), i = n - 16;
	int r = i / 36, g = i / 6 % 6, b = i % 6;

	if (n >= 232)
		return channel(grey);
	return 0.2126 * channel(r ? 55 + 40 * r : 0) + 0.7152 * channel(g ? 55 + 40 * g : 0) +
	       0.0722 * channel(b ? 55 + 40 * b : 0);
}

/* One block: what is in focus within it is told by other means than a dark box. */
static void brackets_in_a_marked_stretch_are_no_boxes(void **state)
{
	static const int have[] = {8, 16, 256};
	const uint32_t marked = STYLE_HIT | STYLE_CURRENT;

	(void)state;
	for (int t = 0; t < 3; t++) {
		struct theme theme = theme_make(have[t], false);
		struct look words = theme_look(&theme, STYLE_TEXT | marked);

		for (uint32_t depth = 1; depth <= 4; depth++) {
			struct look look = theme_look(&theme, style_bracket(depth) | marked);

			assert_false(look.attrs & LOOK_REVERSE);
			assert_int_equal(look.bg, words.bg);
			assert_int_equal(look.fg, words.fg);
			assert_false(same(look, words));
		}
	}
}

static void colours_read_well_on_black_and_on_white(void **state)
{
	struct theme theme = theme_make(256, false);

	(void)state;
	for (uint32_t style = 0; style < STYLES; style++) {
		struct look look = theme_look(&theme, style);

		if (look.fg < 0)
			continue;
		assert_true(look.fg >= 16); /* the first sixteen are the user's own */
		assert_true((luminance(look.fg) + 0.05) / 0.05 >= 3.0);
		assert_true(1.05 / (luminance(look.fg) + 0.05) >= 3.0);
	}
}

static void parties_keep_their_colour_and_brackets_go_round(void **state)
{
	(void)state;
	assert_int_equal(style_party(0), STYLE_PARTY_1);
	assert_int_equal(style_party(5), STYLE_PARTY_6);
	assert_int_equal(style_party(6), STYLE_PARTY_1);
	assert_int_equal(style_bracket(1), STYLE_BRACKET_1);
	assert_int_equal(style_bracket(5), STYLE_BRACKET_1);
	assert_int_equal(style_bracket(0), STYLE_BRACKET_1);
}

static void each_style_has_a_letter_of_its_own(void **state)
{
	bool seen[256] = {false};

	(void)state;
	for (uint32_t style = 0; style < STYLES; style++) {
		struct str word = STR_INIT;

		style_words(&word, style);
		assert_true(word.len > 0);
		str_release(&word);
		assert_false(seen[(unsigned char)style_letter(style)]);
		seen[(unsigned char)style_letter(style)] = true;
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_terminal_without_colours_gets_none),
		cmocka_unit_test(no_colour_is_beyond_what_the_terminal_has),
		cmocka_unit_test(what_matters_differs_without_colour),
		cmocka_unit_test(brackets_in_a_marked_stretch_are_no_boxes),
		cmocka_unit_test(colours_read_well_on_black_and_on_white),
		cmocka_unit_test(parties_keep_their_colour_and_brackets_go_round),
		cmocka_unit_test(each_style_has_a_letter_of_its_own),
	};

	return cmocka_run_group_tests_name("theme", tests, NULL, NULL);
}
