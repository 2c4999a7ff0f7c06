/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/utf8.h"
#include "ui/key.h"

#include <string.h>

static void keys_are_written_as_people_write_them(void **state)
{
	static const struct {
		uint32_t code;
		const char *word;
	} cases[] = {
		{CTRL_KEY('s'), "^S"},
		{FN_KEY(2), "F2"},
		{FN_KEY(12), "F12"},
		{KEY_ALT | KEY_ARROW_LEFT, "Alt-Left"},
		{KEY_CTRL | KEY_ARROW_LEFT, "Ctrl-Left"},
		{KEY_CTRL | KEY_SHIFT | KEY_LINE_END, "Ctrl-Shift-End"},
		{KEY_SHIFT | KEY_TAB, "Shift-Tab"},
		{KEY_ALT | 'x', "Alt-x"},
		{'?', "?"},
		{' ', "Space"},
		{KEY_CTRL | ' ', "Ctrl-Space"},
		{KEY_RETURN, "Enter"},
		{0xE9, "\u00E9"},
		{CTRL_KEY('\\'), "^\\"},
	};
	char buf[KEY_WORD_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_string_equal(key_word(cases[i].code, buf), cases[i].word);
		assert_int_equal(key_parse(slice_of(cases[i].word)), cases[i].code);
	}
}

static void other_spellings_are_read(void **state)
{
	(void)state;
	assert_int_equal(key_parse(SLICE("Ctrl-S")), CTRL_KEY('s'));
	assert_int_equal(key_parse(SLICE("C-s")), CTRL_KEY('s'));
	assert_int_equal(key_parse(SLICE("M-Left")), KEY_ALT | KEY_ARROW_LEFT);
	assert_int_equal(key_parse(SLICE("^")), '^');
	assert_int_equal(key_parse(SLICE("F25")), KEY_NONE);
	assert_int_equal(key_parse(SLICE("nonsense")), KEY_NONE);
	assert_int_equal(key_parse(SLICE("")), KEY_NONE);
}

static void only_plain_characters_are_text(void **state)
{
	struct key key = key_of('a');

	(void)state;
	assert_true(key_is_text(&key));
	key = key_of(0x7814);
	assert_true(key_is_text(&key));
	key = key_of(CTRL_KEY('a'));
	assert_false(key_is_text(&key));
	key = key_of(ALT_KEY('a'));
	assert_false(key_is_text(&key));
	key = key_of(KEY_RETURN);
	assert_false(key_is_text(&key));
	key = key_of(KEY_ERASE);
	assert_false(key_is_text(&key));
	key = key_of(FN_KEY(1));
	assert_false(key_is_text(&key));
}

/* What the keys q to / type, one row of the keyboard after the other, in three layouts. */
static void a_key_is_known_by_its_place(void **state)
{
	static const char latin[] = "qwertyuiop[]asdfghjkl;'zxcvnm,./";
	static const char *const other[] = {"\u0439\u0446\u0443\u043A\u0435\u043D\u0433\u0448"
					    "\u0449\u0437\u0445\u044A\u0444\u044B"
					    "\u0432\u0430\u043F\u0440\u043E\u043B\u0434\u0436"
					    "\u044D\u044F\u0447\u0441\u043C\u0442"
					    "\u044C\u0431\u044E.",
					    "\u0636\u0635\u062B\u0642\u0641\u063A\u0639\u0647"
					    "\u062E\u062D\u062C\u062F\u0634\u0633"
					    "\u064A\u0628\u0644\u0627\u062A\u0646\u0645\u0643"
					    "\u0637\u0626\u0621\u0624\u0631\u0649"
					    "\u0629\u0648\u0632\u0638"};

	(void)state;
	for (size_t l = 0; l < 2; l++) {
		const char *p = other[l];
		size_t left = strlen(p);

		for (size_t i = 0; latin[i]; i++) {
			uint32_t typed;
			size_t n = utf8_decode(p, left, &typed);

			if (typed != '.')
				assert_int_equal(key_on_latin(typed), latin[i]);
			p += n;
			left -= n;
		}
		assert_int_equal(left, 0);
	}
	assert_int_equal(key_on_latin(0x0421), 'C'); /* a Russian capital, a Latin one */
	assert_int_equal(key_on_latin(CTRL_KEY(0x0439)), CTRL_KEY('q'));
	assert_int_equal(key_on_latin(0xFF1F), '?');
	assert_int_equal(key_on_latin(0xFF11), '1');
	assert_int_equal(key_on_latin(0x0663), '3');
	for (uint32_t code = 0; code < 0x400; code++)
		assert_int_equal(key_on_latin(code), code);
	assert_int_equal(key_on_latin(KEY_PAGE_UP), KEY_PAGE_UP);
	assert_int_equal(key_on_latin(0x7814), 0x7814);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_are_written_as_people_write_them),
		cmocka_unit_test(other_spellings_are_read),
		cmocka_unit_test(only_plain_characters_are_text),
		cmocka_unit_test(a_key_is_known_by_its_place),
	};

	return cmocka_run_group_tests_name("key", tests, NULL, NULL);
}
