/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/show.h"
#include "core/utf8.h"

#include <string.h>

static void expect(const char *text, size_t len, int keep, const char *want)
{
	struct str got = STR_INIT;

	show_add(&got, text, len, keep);
	assert_slice_is(str_slice(&got), want);
	str_release(&got);
}

static void what_is_plain_stays_and_what_is_hidden_is_shown(void **state)
{
	(void)state;
	expect("Décision 5 : ça va", strlen("Décision 5 : ça va"), 0, "Décision 5 : ça va");
	expect("a\x1B[1m", 5, 0, "a␛[1m");
	expect("a\nb\tc", 5, SHOW_NEWLINES, "a\nb␉c");
	expect("\xC2\x9B x \xE2\x80\xAE", 8, 0, "<U+009B> x <U+202E>");
	expect("\xC3(\xFF", 3, 0, "<C3>(<FF>");
	expect("\xC3", 1, 0, "<C3>");
	expect("\x7F", 1, 0, "␡");
}

static void marks_beyond_what_any_script_has_are_counted(void **state)
{
	struct str text = STR_INIT, got = STR_INIT;

	(void)state;
	str_add_char(&text, 'e');
	for (int i = 0; i < 20; i++)
		str_add_text(&text, "\xCC\x81");
	str_add_text(&text, "tc");
	show_add(&got, text.p, text.len, 0);
	assert_int_equal(got.len, 1 + 16 * 2 + strlen("<+4>tc"));
	assert_true(slice_ends(str_slice(&got), "<+4>tc"));
	str_release(&text);
	str_release(&got);
}

/* Runs are passed over: the result is that of each code point by itself. */
static void runs_are_as_their_code_points(void **state)
{
	struct prng r = prng_make(3);
	struct str text = STR_INIT, got = STR_INIT, want = STR_INIT;

	(void)state;
	for (int round = 0; round < 2000; round++) {
		char buf[16];
		uint32_t cp;

		str_clear(&text);
		str_clear(&got);
		str_clear(&want);
		if (round % 2)
			random_bytes(&r, &text, prng_below(&r, 60));
		else
			random_text(&r, &text, prng_below(&r, 20));
		show_add(&got, text.p, text.len, 0);
		for (size_t i = 0, n; i < text.len; i += n) {
			const char *shown;

			n = utf8_decode(text.p + i, text.len - i, &cp);
			shown = show_code_point(cp, (unsigned char)text.p[i], buf);
			if (shown)
				str_add_text(&want, shown);
			else
				str_add(&want, text.p + i, n);
		}
		assert_slice_equal(str_slice(&got), str_slice(&want));
	}
	str_release(&text);
	str_release(&got);
	str_release(&want);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_plain_stays_and_what_is_hidden_is_shown),
		cmocka_unit_test(marks_beyond_what_any_script_has_are_counted),
		cmocka_unit_test(runs_are_as_their_code_points),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
