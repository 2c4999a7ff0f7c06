/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/lookalike.h"

#include <stdio.h>
#include <string.h>

/* What is found, as "column of byte:kind:like"; kinds o, c, s, t and w. */
static void expect(const char *text, const char *want)
{
	struct lookalikes list = {NULL, 0, 0};
	struct parties parties;
	struct str got = STR_INIT;
	struct brackets b;

	parties_init_regions(&parties);
	brackets_read(&b, slice_of(text), &parties);
	lookalikes_find(&list, slice_of(text), &b, 100);
	for (size_t i = 0; i < list.n; i++) {
		assert_true(list.v[i].word <= list.v[i].at &&
			    list.v[i].at < list.v[i].word_end);
		str_addf(&got, "%s%zu%c%c", i ? " " : "", list.v[i].at, "ocstw"[list.v[i].kind],
			 list.v[i].like);
	}
	assert_slice_is(str_slice(&got), want);
	lookalikes_release(&list);
	brackets_release(&b);
	parties_release(&parties);
	str_release(&got);
}

static void signs_that_look_like_brackets_are_found(void **state)
{
	(void)state;
	expect("to ❲invite❳ [urge] Members", "3o[ 12c]");
	expect("⁅a⁆ ⟦b⟧ 〔c〕", "0o[ 4c] 8o[ 12c] 16o[ 20c]");
	expect("plain [a] ［b］ (c) {d} «e» <f>", "");
}

static void chinese_and_japanese_brackets_are_theirs(void **state)
{
	(void)state;
	expect("根据〔2020〕12号文件【通知】", "");
	expect("「会議」〔注〕", "");
	expect("根据❲通知❳", "6o[ 15c]");
	expect("中文\n\nto 〔invite〕", "11o[ 20c]");
}

static void a_slash_that_separates_nothing_is_found_where_it_would(void **state)
{
	(void)state;
	expect("[shall \u2215 should] 1\u20442", "7s/");
	expect("[shall\u2215should] a \u2215 b", "");
	expect("`[a \u2215 b] ❲`", "");
}

static void a_full_width_slash_without_blanks_in_one_wording_is_found(void **state)
{
	(void)state;
	expect("请［选项一／选项二］报告", "15t/");
	expect("请［选项一 ／ 选项二］报告", "");
	expect("请［选项一　／　选项二］报告", "");
	expect("请［应／须］报告", "");
	expect("请［选项一\\／选项二］报告", "");
	expect("请［电信和／或信息］报告，甲／乙", "");
	expect("请［AFR: 甲／乙 / EUR: 丙］报告", "");
	expect("`［甲／乙］`", "");
}

static void a_blank_is_any_that_separates(void **state)
{
	(void)state;
	expect("[يجب \u060D ينبغي]", "8s/");
	expect("[a\u3000\u2215\u00A0b]", "5s/");
	expect("[a\u00A0\u2215\tb]", "4s/");
	expect("[é\u2215 b]", "");
}

static void words_of_two_scripts_that_look_like_one_are_found(void **state)
{
	(void)state;
	expect("M\u0435mbers", "1we");              /* Cyrillic e */
	expect("[\u0410FR: one]", "1wA");           /* no party */
	expect("A\u0432\u0442\u043E\u0440", "0wA"); /* a Latin A in Russian */
	expect("\u03BFne", "0wo");
	expect("r\u00E9s\u03BFl", "4wo");
}

static void words_that_nobody_mistakes_are_left_alone(void **state)
{
	(void)state;
	expect("5 \u03BCm and 3 k\u03A9, COVID\u043E\u043C, \u03BB-calculus", "");
	expect("\u041C\u0421\u042D-R, IPv6-\u0430\u0434\u0440\u0435\u0441", "");
	expect("D\u00E9cide l\u2019Union \u0440\u0435\u0448\u0430\u0435\u0442 "
	       "\u03BA\u03B1\u03B9",
	       "");
	expect("ITU\u7814\u7A76 \u7B2C5\u6761 AI\u6280\u672F", "");
	expect("\u0648ITU \u0627\u0644ICT", "");
	expect("ba\u0301\u0435", "4we");
}

static void any_bytes_can_be_looked_at(void **state)
{
	struct lookalikes list = {NULL, 0, 0};
	struct prng r = prng_make(17);
	struct parties parties;
	struct str text = STR_INIT;

	(void)state;
	parties_init_regions(&parties);
	for (int round = 0; round < 500; round++) {
		struct brackets b;

		str_clear(&text);
		random_text(&r, &text, prng_below(&r, 40));
		random_bytes(&r, &text, prng_below(&r, 40));
		brackets_read(&b, str_slice(&text), &parties);
		lookalikes_find(&list, str_slice(&text), &b, 3);
		assert_true(list.n <= 3);
		for (size_t i = 0; i < list.n; i++)
			assert_true(list.v[i].at + list.v[i].len <= text.len);
		brackets_release(&b);
	}
	lookalikes_release(&list);
	parties_release(&parties);
	str_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(signs_that_look_like_brackets_are_found),
		cmocka_unit_test(chinese_and_japanese_brackets_are_theirs),
		cmocka_unit_test(a_slash_that_separates_nothing_is_found_where_it_would),
		cmocka_unit_test(a_full_width_slash_without_blanks_in_one_wording_is_found),
		cmocka_unit_test(a_blank_is_any_that_separates),
		cmocka_unit_test(words_of_two_scripts_that_look_like_one_are_found),
		cmocka_unit_test(words_that_nobody_mistakes_are_left_alone),
		cmocka_unit_test(any_bytes_can_be_looked_at),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
