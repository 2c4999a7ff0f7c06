/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/pattern.h"
#include "core/template.h"

static void assert_literal(const char *text, bool folds, bool words, const char *want)
{
	struct str out = STR_INIT;

	pattern_add_literal(&out, slice_of(text), folds, words);
	assert_slice_is(str_slice(&out), want);
	str_release(&out);
}

static void signs_of_expressions_stand_for_themselves(void **state)
{
	(void)state;
	assert_literal("a.b*(c)[d]\\$ ", false, false, "a\\.b\\*\\(c\\)\\[d\\]\\\\\\$ ");
	assert_literal("", true, true, "");
}

static void whole_words_are_asked_for_at_letters_only(void **state)
{
	(void)state;
	assert_literal("a)", false, true, "(?<![\\w\\p{Mn}])a\\)");
	assert_literal("(a", false, true, "\\(a(?![\\w\\p{Mn}])");
}

static void an_accent_is_found_in_both_forms(void **state)
{
	(void)state;
	assert_literal("\u00E9.", true, false, "(?:\u00E9|e\u0301)\\.");
	assert_literal("e\u0301.", true, false, "(?:e\u0301|\u00E9)\\.");
	assert_literal("e\u0301.", false, false, "e\u0301\\.");
	assert_literal("<\u0338.", true, false, "(?:\\<\u0338|\u226E)\\.");
}

static void capitals_in_escapes_and_names_do_not_count(void **state)
{
	(void)state;
	assert_false(pattern_has_capital(SLICE("abc \u00E9"), false));
	assert_true(pattern_has_capital(SLICE("ab\u00C9"), false));
	assert_true(pattern_has_capital(SLICE("\\W"), false));
	assert_false(pattern_has_capital(SLICE("\\W\\p{Lu}(?<Name>a)\\k<Name>(?P<N>b)(*UCP)"),
					 true));
	assert_true(pattern_has_capital(SLICE("\\WA"), true));
	assert_true(pattern_has_capital(SLICE("(?:A)"), true));
	assert_false(pattern_has_capital(SLICE("a\\"), true));
}

static void what_is_not_closed_is_found(void **state)
{
	(void)state;
	assert_int_equal(pattern_unclosed(SLICE("a(b)c")), 5);
	assert_int_equal(pattern_unclosed(SLICE("a(b(c)")), 1);
	assert_int_equal(pattern_unclosed(SLICE("(a(b)(c")), 5);
	assert_int_equal(pattern_unclosed(SLICE("([(]a")), 0);
	assert_int_equal(pattern_unclosed(SLICE("(\\(a")), 0);
	assert_int_equal(pattern_unclosed(SLICE("([]a)")), 1);
	assert_int_equal(pattern_unclosed(SLICE("[[:alpha:]b")), 0);
	assert_int_equal(pattern_unclosed(SLICE("[a]\\")), 4);
}

/* The parts, each in < >, groups with a $. */
static void assert_parts(const char *template, const char *want)
{
	struct str out = STR_INIT;
	struct template_part part;
	size_t at = 0;

	while (template_next(slice_of(template), &at, &part)) {
		str_add_text(&out, part.is_group ? "<$" : "<");
		str_add_slice(&out, part.text);
		str_add_char(&out, '>');
	}
	assert_slice_is(str_slice(&out), want);
	str_release(&out);
}

static void a_template_is_taken_apart(void **state)
{
	(void)state;
	assert_parts("", "");
	assert_parts("plain", "<plain>");
	assert_parts("a$1b${name}c", "<a><$1><b><$name><c>");
	assert_parts("$12${1}2", "<$12><$1><2>");
	assert_parts("\\n\\t\\\\\\$1", "<\n><\t><\\><$><1>");
	assert_parts("$$1 $ x$", "<$><1 ><$ x><$>");
	assert_parts("${a", "<${a>");
	assert_parts("${}", "<$>");
	assert_parts("a\\", "<a><\\>");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(signs_of_expressions_stand_for_themselves),
		cmocka_unit_test(whole_words_are_asked_for_at_letters_only),
		cmocka_unit_test(an_accent_is_found_in_both_forms),
		cmocka_unit_test(capitals_in_escapes_and_names_do_not_count),
		cmocka_unit_test(what_is_not_closed_is_found),
		cmocka_unit_test(a_template_is_taken_apart),
	};

	return cmocka_run_group_tests_name("pattern", tests, NULL, NULL);
}
