/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/word.h"

#include <string.h>

static void expect_tokens(const char *text, const char *want, bool diff)
{
	struct str got = STR_INIT;
	size_t len = strlen(text);
	enum token_kind kind;

	for (size_t at = 0; at < len;) {
		size_t n = diff ? token_diff_at(text + at, len - at, &kind)
				: token_at(text + at, len - at, &kind);
		if (at)
			str_add_char(&got, '|');
		str_add(&got, text + at, n);
		at += n;
	}
	assert_slice_is(str_slice(&got), want);
	str_release(&got);
}

static void words_marks_and_blanks_are_told_apart(void **state)
{
	(void)state;
	expect_tokens("the  text, as is.", "the|  |text|,| |as| |is|.", false);
	expect_tokens("1,000.50 and 3.", "1,000.50| |and| |3|.", false);
	expect_tokens("[shall][should]", "[|shall|]|[|should|]", false);
	expect_tokens("*considérant*", "*|considérant|*", false);
	expect_tokens("a\r\nb\rc\nd", "a|\r\n|b|\r|c|\n|d", false);
	expect_tokens("EUR: x", "EUR|:| |x", false);
}

static void each_han_character_is_a_word(void **state)
{
	(void)state;
	expect_tokens("做出决议，2 项", "做|出|决|议|，|2| |项", false);
	assert_int_equal(word_count("考虑到 ITU 的作用", strlen("考虑到 ITU 的作用")), 7);
}

static void an_apostrophe_stays_inside_a_word(void **state)
{
	(void)state;
	expect_tokens("Party's l'Union aujourd’hui", "Party's| |l'Union| |aujourd’hui", false);
	expect_tokens("'quoted'", "'|quoted|'", false);
}

static void differences_are_made_of_elided_words_too(void **state)
{
	(void)state;
	expect_tokens("l'Union d’organiser qu'à", "l'|Union| |d’|organiser| |qu'|à", true);
	expect_tokens("it's don't Party's aujourd'hui", "it's| |don't| |Party's| |aujourd'hui",
		      true);
}

static void marks_belong_to_what_they_stand_on(void **state)
{
	(void)state;
	expect_tokens("e\xCC\x81t\xC3\xA9", "e\xCC\x81t\xC3\xA9", false);
	expect_tokens("إذ يذكّر بالقرار", "إذ| |يذكّر| |بالقرار", false);
}

static void tokens_cover_any_bytes(void **state)
{
	struct prng r = prng_make(7);
	struct str s = STR_INIT;
	enum token_kind kind;

	(void)state;
	for (int round = 0; round < 300; round++) {
		str_clear(&s);
		if (round % 2)
			random_bytes(&r, &s, prng_below(&r, 200));
		else
			random_text(&r, &s, prng_below(&r, 60));
		for (size_t at = 0; at < s.len;) {
			size_t n = token_at(s.p + at, s.len - at, &kind);

			assert_true(n > 0 && n <= s.len - at);
			assert_true(token_diff_at(s.p + at, s.len - at, &kind) <= n);
			at += n;
		}
	}
	str_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_marks_and_blanks_are_told_apart),
		cmocka_unit_test(each_han_character_is_a_word),
		cmocka_unit_test(an_apostrophe_stays_inside_a_word),
		cmocka_unit_test(differences_are_made_of_elided_words_too),
		cmocka_unit_test(marks_belong_to_what_they_stand_on),
		cmocka_unit_test(tokens_cover_any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
