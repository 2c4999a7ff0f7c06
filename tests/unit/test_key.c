/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "ui/key.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_are_written_as_people_write_them),
		cmocka_unit_test(other_spellings_are_read),
		cmocka_unit_test(only_plain_characters_are_text),
	};

	return cmocka_run_group_tests_name("key", tests, NULL, NULL);
}
