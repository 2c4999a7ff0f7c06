/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/show.h"
#include "core/utf8.h"

#include <unictype.h>

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

/* What the Unicode tables of libunistring say must not be sent is not, and nothing else is
 * hidden but what looks like a blank and is none. */
static void the_tables_agree_on_what_is_hidden(void **state)
{
	char buf[16];

	(void)state;
	for (uint32_t cp = 0x80; cp <= 0x10FFFF; cp++) {
		bool needed = cp == 0x200C || cp == 0x200D || (cp >= 0xFE00 && cp <= 0xFE0F) ||
			      (cp >= 0x180B && cp <= 0x180D) || cp == 0x180F;
		bool number = (cp >= 0x600 && cp <= 0x605) || cp == 0x6DD || cp == 0x70F ||
			      cp == 0x890 || cp == 0x891 || cp == 0x8E2 || cp == 0x110BD ||
			      cp == 0x110CD;
		bool want = uc_is_general_category_withtable(
				    cp, UC_CATEGORY_MASK_Cc | UC_CATEGORY_MASK_Cf |
						UC_CATEGORY_MASK_Co | UC_CATEGORY_MASK_Zl |
						UC_CATEGORY_MASK_Zp) ||
			    uc_is_property_default_ignorable_code_point(cp) ||
			    uc_is_property_bidi_control(cp) ||
			    uc_is_property_not_a_character(cp);

		if (cp >= 0xD800 && cp <= 0xDFFF)
			continue; /* not in UTF-8 */
		want = want && !needed && !number;
		/* Not assigned when this list was made, or when the tables were. */
		if ((cp >= 0xFFF0 && cp <= 0xFFF8) || (cp >= 0x13430 && cp <= 0x1343F))
			want = true;
		if ((show_code_point(cp, 0, buf) != NULL) != want)
			fail_msg("U+%04X", (unsigned)cp);
	}
}

static void floods_of_any_mark_are_cut(void **state)
{
	static const char *const marks[] = {"\xD2\x88",     "\xE0\xB8\xB4", "\xEF\xB8\x8F",
					    "\xE2\x80\x8D", "\xE2\x83\x9D", "\xE1\xA0\x8B"};

	(void)state;
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		struct str text = STR_INIT, got = STR_INIT;

		str_add_char(&text, 'e');
		for (int k = 0; k < 1000; k++)
			str_add_text(&text, marks[i]);
		show_add(&got, text.p, text.len, 0);
		assert_int_equal(got.len, 1 + SHOW_MARKS * strlen(marks[i]) + strlen("<+984>"));
		str_release(&text);
		str_release(&got);
	}
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

static void a_cell_is_quoted_and_no_formula(void **state)
{
	static const struct {
		const char *text, *cell;
	} cases[] = {{"", "\"\""},
		     {"a \"b\", c", "\"a \"\"b\"\", c\""},
		     {"=cmd()", "\"'=cmd()\""},
		     {"  +1", "\"'  +1\""},
		     {"-1", "\"'-1\""},
		     {"@x", "\"'@x\""},
		     {"|x", "\"'|x\""},
		     {"%x", "\"'%x\""},
		     {"＝x", "\"'＝x\""},
		     {"a=b", "\"a=b\""},
		     {"  ", "\"  \""}};
	struct str out = STR_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		str_clear(&out);
		show_csv(&out, slice_of(cases[i].text));
		assert_slice_is(str_slice(&out), cases[i].cell);
	}
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_plain_stays_and_what_is_hidden_is_shown),
		cmocka_unit_test(marks_beyond_what_any_script_has_are_counted),
		cmocka_unit_test(the_tables_agree_on_what_is_hidden),
		cmocka_unit_test(floods_of_any_mark_are_cut),
		cmocka_unit_test(runs_are_as_their_code_points),
		cmocka_unit_test(a_cell_is_quoted_and_no_formula),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
