/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/mem.h"
#include "ui/input.h"

#include <stdlib.h>
#include <string.h>

/* What came, as names of keys with blanks between; a paste as its text. */
static void read_all(struct input *in, bool quiet, struct str *out)
{
	struct key key;

	while (input_next(in, quiet, &key)) {
		char buf[KEY_WORD_SIZE];

		if (out->len)
			str_add_char(out, ' ');
		str_add_text(out, key_word(key.code, buf));
		if (key.code == KEY_PASTE)
			str_addf(out, "(%.*s)", (int)key.text.len, key.text.p);
		if ((key.code & KEY_BASE) == KEY_POINTER)
			str_addf(out, "(%d,%d,%d,%d)", (int)key.pointer.kind,
				 key.pointer.button, key.pointer.row, key.pointer.col);
	}
}

static void check(const char *bytes, size_t len, const char *want)
{
	struct input *in = input_new();
	struct str out = STR_INIT;

	input_feed(in, bytes, len);
	read_all(in, false, &out);
	read_all(in, true, &out);
	assert_slice_is(str_slice(&out), want);
	str_release(&out);
	input_free(in);
}

static void every_way_terminals_write_a_key_is_known(void **state)
{
	static const struct {
		const char *bytes, *want;
	} cases[] = {
		{"a", "a"},
		{"\u00E9\u7814", "\u00E9 \u7814"},
		{"\r", "Enter"},
		{"\n", "^J"},
		{"\t", "Tab"},
		{"\x7f", "Backspace"},
		{"\b", "^H"},
		{"\x13", "^S"},
		{"\x1c", "^\\"},
		{"\x1f", "^_"},
		{"\x1b", "Esc"},
		{"\x1b\x1b", "Esc Esc"},
		{"\x1bx", "Alt-x"},
		{"\x1b\r", "Alt-Enter"},
		{"\x1b\x7f", "Alt-Backspace"},
		{"\x1b\x01", "Alt-^A"},
		{"\x1b\u00E9", "Alt-\u00E9"},
		{"\x1b[", "Alt-["},
		{"\x1bO", "Alt-O"},
		/* xterm, and most others */
		{"\x1b[A\x1b[B\x1b[C\x1b[D", "Up Down Right Left"},
		{"\x1bOA\x1bOB\x1bOC\x1bOD", "Up Down Right Left"},
		{"\x1b[1;5C", "Ctrl-Right"},
		{"\x1b[1;2D", "Shift-Left"},
		{"\x1b[1;3A", "Alt-Up"},
		{"\x1b[1;6B", "Ctrl-Shift-Down"},
		{"\x1b[1;9A", "Alt-Up"}, /* meta */
		{"\x1b[H\x1b[F\x1bOH\x1bOF", "Home End Home End"},
		{"\x1b[1;5H\x1b[1;2F", "Ctrl-Home Shift-End"},
		{"\x1b[1~\x1b[2~\x1b[3~\x1b[4~\x1b[5~\x1b[6~", "Home Ins Del End PgUp PgDn"},
		{"\x1b[7~\x1b[8~", "Home End"},
		{"\x1b[3;5~\x1b[5;2~", "Ctrl-Del Shift-PgUp"},
		{"\x1bOP\x1bOQ\x1bOR\x1bOS", "F1 F2 F3 F4"},
		{"\x1b[15~\x1b[17~\x1b[18~\x1b[19~\x1b[20~\x1b[21~\x1b[23~\x1b[24~",
		 "F5 F6 F7 F8 F9 F10 F11 F12"},
		{"\x1b[1;2P\x1b[1;5S\x1b[15;2~", "Shift-F1 Ctrl-F4 Shift-F5"},
		{"\x1b[1;2R", "Shift-F3"},
		{"\x1b[Z", "Shift-Tab"},
		/* Linux console, rxvt, old xterms */
		{"\x1b[[A\x1b[[E", "F1 F5"},
		{"\x1b[11~\x1b[14~", "F1 F4"},
		{"\x1b[a\x1bOa\x1b[5$\x1b[5^\x1b[5@",
		 "Shift-Up Ctrl-Up Shift-PgUp Ctrl-PgUp Ctrl-Shift-PgUp"},
		{"\x1b\x1b[A", "Alt-Up"},
		{"\x1b\x1bOA", "Alt-Up"},
		{"\x1bO5A", "Ctrl-Up"},
		{"\x1bOM\x1bOj\x1bOy", "Enter * 9"},
		/* CSI u and modifyOtherKeys */
		{"\x1b[115;5u", "^S"},
		{"\x1b[13;2u", "Shift-Enter"},
		{"\x1b[27;5;115~", "^S"},
		{"\x1b[27;2;13~", "Shift-Enter"},
		{"\x1b[97;1:3u", "Unknown"}, /* let go */
		{"\x1b[57399u", "Unknown"},
		{"\x1b[I\x1b[O", "Focus-in Focus-out"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check(cases[i].bytes, strlen(cases[i].bytes), cases[i].want);
}

static void what_nobody_knows_is_never_typed(void **state)
{
	static const struct {
		const char *bytes, *want;
	} cases[] = {
		{"\x1b[?1;2cx", "Unknown x"},
		{"\x1b[?2026;2$yx", "Unknown x"},
		{"\x1b[12;40Rx", "Unknown x"},
		{"\x1b[>0;276;0cx", "Unknown x"},
		{"\x1b[1;2;3;4;5;6mx", "Unknown x"},
		{"\x1b]11;rgb:0000/0000/0000\ax", "Unknown x"},
		{"\x1b]11;rgb:0000/0000/0000\x1b\\x", "Unknown x"},
		{"\x1bP1$r0m\x1b\\x", "Unknown x"},
		{"\x1b[M !!x", "Unknown x"},
		{"\xff\xfe x", "Unknown Unknown Space x"},
		{"\xC2\x85x", "Unknown x"},
		{"\x1b[99~x", "Unknown x"},
		{"\x1b[1;\x1b[A", "Unknown Up"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check(cases[i].bytes, strlen(cases[i].bytes), cases[i].want);
	check("\0", 1, "Ctrl-Space");
}

static void the_mouse_is_read(void **state)
{
	(void)state;
	check("\x1b[<0;5;3M\x1b[<0;5;3m", 18, "Mouse(0,1,2,4) Mouse(1,1,2,4)");
	check("\x1b[<32;300;200M", 14, "Mouse(2,1,199,299)");
	check("\x1b[<64;1;1M\x1b[<65;1;1M", 20, "Mouse(3,-1,0,0) Mouse(3,1,0,0)");
	check("\x1b[<18;1;1M", 10, "Ctrl-Mouse(0,3,0,0)");
	check("\x1b[<0;0;0M", 9, "Unknown");
	check("\x1b[<35;4;4M", 10, "Unknown"); /* moved without a button */
}

static void a_paste_is_one_event(void **state)
{
	static const char one[] = "\x1b[200~a\rb\r\nc\x1b[Ad\x1b[201~x";
	static const char empty[] = "\x1b[200~\x1b[201~x";

	(void)state;
	check(one, sizeof one - 1, "Paste(a\nb\nc\x1b[Ad) x");
	check(empty, sizeof empty - 1, "Paste() x");
}

/* However the bytes are cut, the same events come. */
static void cuts_between_bytes_change_nothing(void **state)
{
	static const char bytes[] =
		"a\u7814\x1b[1;5C\x1bOP\x1b[200~p\x1b[201 q\x1b[201~\x1b[<0;5;3M"
		"\x1b]0;x\a\x1bx\x1b[3~\xff z";
	const size_t len = sizeof bytes - 1;
	struct str want = STR_INIT;
	struct input *in = input_new();

	(void)state;
	input_feed(in, bytes, len);
	read_all(in, false, &want);
	input_free(in);
	for (size_t cut = 1; cut < len; cut++) {
		struct str out = STR_INIT;

		in = input_new();
		input_feed(in, bytes, cut);
		read_all(in, false, &out);
		input_feed(in, bytes + cut, len - cut);
		read_all(in, false, &out);
		assert_slice_equal(str_slice(&out), str_slice(&want));
		input_free(in);
		str_release(&out);
	}
	in = input_new();
	{
		struct str out = STR_INIT;

		for (size_t i = 0; i < len; i++) {
			input_feed(in, bytes + i, 1);
			read_all(in, false, &out);
		}
		assert_slice_equal(str_slice(&out), str_slice(&want));
		str_release(&out);
	}
	input_free(in);
	str_release(&want);
}

static void a_terminals_own_sequences_come_first(void **state)
{
	struct input *in = input_new();
	struct str out = STR_INIT;

	(void)state;
	input_add(in, "\x1b[11^", FN_KEY(9));
	input_add(in, "\x1bZ9", KEY_LINE_HOME);
	input_add(in, "\b", KEY_ERASE);
	input_feed(in, "\x1b[11^\x1bZ9\b\x1bZ", 11);
	read_all(in, false, &out);
	assert_slice_is(str_slice(&out), "F9 Home Backspace");
	read_all(in, true, &out);
	assert_slice_is(str_slice(&out), "F9 Home Backspace Alt-Z");
	str_release(&out);
	input_free(in);
}

static void a_paste_of_64_mb_is_taken_and_what_is_beyond_is_not(void **state)
{
	struct input *in = input_new();
	char *block = mem_alloc(1 << 16);
	struct key key;

	(void)state;
	memset(block, 'x', 1 << 16);
	input_feed(in, "\x1b[200~", 6);
	for (int i = 0; i < 1100; i++) { /* a little over 68 MB */
		input_feed(in, block, 1 << 16);
		assert_false(input_next(in, true, &key));
	}
	input_feed(in, "\x1b[201~y", 7);
	assert_true(input_next(in, false, &key));
	assert_int_equal(key.code, KEY_PASTE);
	assert_int_equal(key.text.len, INPUT_PASTE_MOST);
	assert_true(input_next(in, false, &key));
	assert_int_equal(key.code, 'y');
	free(block);
	input_free(in);
}

static void random_bytes_are_used_up_without_a_crash(void **state)
{
	static const char *const pieces[] = {
		"\x1b", "[",         "O", "1",    ";",    "5", "~",  "A", "<", "M",
		"200~", "\x1b[201~", "u", "\xC3", "\x80", "]", "\a", ":", "$", "27"};
	struct prng r = prng_make(3);

	(void)state;
	for (int round = 0; round < 3000; round++) {
		struct input *in = input_new();
		struct str bytes = STR_INIT, out = STR_INIT;

		for (size_t i = 0; i < 20; i++)
			str_add_text(&bytes,
				     pieces[prng_below(&r, sizeof pieces / sizeof *pieces)]);
		input_feed(in, bytes.p, bytes.len);
		read_all(in, prng_one_in(&r, 2), &out);
		input_feed(in, "\x1b[201~\a zzz\x1b[201~\a ~", 20);
		read_all(in, true, &out);
		assert_false(input_in_paste(in));
		str_release(&bytes);
		str_release(&out);
		input_free(in);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_way_terminals_write_a_key_is_known),
		cmocka_unit_test(what_nobody_knows_is_never_typed),
		cmocka_unit_test(the_mouse_is_read),
		cmocka_unit_test(a_paste_is_one_event),
		cmocka_unit_test(cuts_between_bytes_change_nothing),
		cmocka_unit_test(a_terminals_own_sequences_come_first),
		cmocka_unit_test(a_paste_of_64_mb_is_taken_and_what_is_beyond_is_not),
		cmocka_unit_test(random_bytes_are_used_up_without_a_crash),
	};

	return cmocka_run_group_tests_name("input", tests, NULL, NULL);
}
