/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/label.h"

#include <string.h>

static void assert_label(const char *line, enum label_kind kind, const char *text,
			 const char *body)
{
	struct label label;
	bool found = label_read(line, strlen(line), &label);

	if (found != (kind != LABEL_NONE) || label.kind != kind)
		fail_msg("\"%s\": kind %d, not %d", line, label.kind, kind);
	assert_slice_is(slice_make(line + label.begin, label.end - label.begin), text);
	assert_string_equal(line + label.body, body);
}

static void labels_of_clauses_are_read(void **state)
{
	(void)state;
	assert_label("a) foo", LABEL_LETTER, "a)", "foo");
	assert_label("aa) foo", LABEL_LETTER, "aa)", "foo");
	assert_label("(b)\tfoo", LABEL_LETTER, "(b)", "foo");
	assert_label("б) x", LABEL_LETTER, "б)", "x");
	assert_label("أ) x", LABEL_LETTER, "أ)", "x");
	assert_label("A. x", LABEL_LETTER, "A.", "x");
	assert_label("iv) x", LABEL_ROMAN, "iv)", "x");
	assert_label("(xii) x", LABEL_ROMAN, "(xii)", "x");
	assert_label("ii) x", LABEL_ROMAN, "ii)", "x");
	assert_label("1. x", LABEL_NUMBER, "1.", "x");
	assert_label("1.1) x", LABEL_NUMBER, "1.1)", "x");
	assert_label("1\tx", LABEL_NUMBER, "1", "x");
	assert_label("12  x", LABEL_NUMBER, "12", "x");
	assert_label("– x", LABEL_DASH, "–", "x");
	assert_label("• x", LABEL_DASH, "•", "x");
	assert_label("49bis. x", LABEL_NUMBER, "49bis.", "x");
	assert_label("49 bis. x", LABEL_NUMBER, "49 bis.", "x");
	assert_label("a bis) x", LABEL_LETTER, "a bis)", "x");
	assert_label("abis) x", LABEL_LETTER, "abis)", "x");
	assert_label("a) ter x", LABEL_LETTER, "a) ter", "x");
	assert_label("**1.** x", LABEL_NUMBER, "1.", "x");
	assert_label("  > *a)* x", LABEL_LETTER, "a)", "x");
	assert_label("## x", LABEL_HEADING, "##", "x");
	assert_label("b)", LABEL_LETTER, "b)", "");
}

static void what_only_looks_like_a_label_is_text(void **state)
{
	static const char *const lines[] = {
		"50 % of", "1 x",     "1.5 °C",    "ab) x", "abcd) x",     "-5 x", "--- ",
		"a)x",     "2022\tx", "1.2345) x", "(1 x",  "iiiii) x",    "#x",   "####### x",
		"aaaa) x", "会) x",   "aa. x",     "a ) x", "1 bisque\tx", "",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		struct label label;
		if (label_read(lines[i], strlen(lines[i]), &label))
			fail_msg("\"%s\" is read as a label of kind %d", lines[i], label.kind);
		assert_int_equal(label.kind, LABEL_NONE);
	}
}

static void a_line_of_marks_alone_is_nothing_but_its_label(void **state)
{
	static const char *const all[] = {"", "  ", "a) ", "# ", "**1.** ", "> – ", "## a) "};
	static const char *const not [] = {"x", "a) x", "# x", "1.5 "};

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		assert_true(label_is_all(all[i], strlen(all[i])));
	for (size_t i = 0; i < sizeof(not ) / sizeof(*not ); i++)
		assert_false(label_is_all(not [i], strlen(not [i])));
}

static void any_bytes_keep_the_label_inside_the_line(void **state)
{
	struct prng rng = prng_make(3);
	struct str line = STR_INIT;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct label label;
		str_clear(&line);
		if (i % 2)
			random_bytes(&rng, &line, prng_below(&rng, 12));
		else
			random_text(&rng, &line, 3);
		label_read(str_text(&line), line.len, &label);
		assert_true(label.begin <= label.end && label.end <= line.len);
		assert_true(label.body <= line.len);
	}
	str_release(&line);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(labels_of_clauses_are_read),
		cmocka_unit_test(what_only_looks_like_a_label_is_text),
		cmocka_unit_test(a_line_of_marks_alone_is_nothing_but_its_label),
		cmocka_unit_test(any_bytes_keep_the_label_inside_the_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
