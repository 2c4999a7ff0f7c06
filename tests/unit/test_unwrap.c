/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/unwrap.h"

#include <string.h>

static void expect_with(const struct unwrap_options *options, const char *text,
			const char *want)
{
	struct unwrapped u, again;

	unwrap(&u, slice_of(text), options);
	assert_slice_is(str_slice(&u.text), want);
	unwrap(&again, str_slice(&u.text), options);
	assert_slice_is(str_slice(&again.text), want);
	assert_int_equal(again.n, 0);
	unwrapped_release(&again);
	unwrapped_release(&u);
}

static void expect(const char *text, const char *want)
{
	struct unwrap_options all = unwrap_all();

	expect_with(&all, text, want);
}

static void hard_wrapped_lines_become_paragraphs(void **state)
{
	(void)state;
	expect("The regions have long prepared their common proposals\n"
	       "in meetings of their own, and they found it useful to\n"
	       "talk to each other before the conference. They ask the\n"
	       "Director to hold such meetings again, within the\n"
	       "limits of the budget.\n"
	       "\n"
	       "resolves\n"
	       "1. to hold one meeting in each region, at a place that\n"
	       "   its members choose, in time for the conference;\n"
	       "2. to report.\n",
	       "The regions have long prepared their common proposals in meetings of their "
	       "own, "
	       "and they found it useful to talk to each other before the conference. They ask "
	       "the Director to hold such meetings again, within the limits of the budget.\n"
	       "\n"
	       "resolves\n"
	       "1. to hold one meeting in each region, at a place that its members choose, in "
	       "time for the conference;\n"
	       "2. to report.\n");
}

static void a_line_that_breaks_off_by_itself_is_joined(void **state)
{
	(void)state;
	expect("resolves\n\n1. to hold one meeting in each region, at a place that\n"
	       "   its members choose;\n2. to report.\n",
	       "resolves\n\n1. to hold one meeting in each region, at a place that its members "
	       "choose;\n2. to report.\n");
	/* Two clauses, two sentences, or names. */
	expect("that lending between regions takes far too long today,\n"
	       "that the regions have asked for a remedy to it\n",
	       "that lending between regions takes far too long today,\n"
	       "that the regions have asked for a remedy to it\n");
	expect("Amina Diallo\nde la Cruz, Jos\xC3\xA9\n",
	       "Amina Diallo\nde la Cruz, Jos\xC3\xA9\n");
}

static void hyphens_stay(void **state)
{
	(void)state;
	expect("The regions have agreed to improve their mutual co-\n"
	       "operation in all of the fields that matter to short-\n"
	       "and long-term work, and to meet more often than they\n"
	       "did before.\n",
	       "The regions have agreed to improve their mutual co-operation in all of the "
	       "fields that matter to short- and long-term work, and to meet more often than "
	       "they did before.\n");
}

static void chinese_lines_join_without_a_blank(void **state)
{
	(void)state;
	expect("各成员国应在会议之前举行区域筹备会议，讨论共同提案，\n"
	       "并将会议的结果通知局主任。局主任应在预算范围之内安排\n"
	       "区域之间的协调会议，并向下届会议提交一份综合报告供其\n"
	       "审议。\n",
	       "各成员国应在会议之前举行区域筹备会议，讨论共同提案，并将会议的结果通知局主任。"
	       "局主任应在预算范围之内安排区域之间的协调会议，并向下届会议提交一份综合报告供其"
	       "审"
	       "议。\n");
}

static void what_is_no_wrapped_text_keeps_its_lines(void **state)
{
	const char *lines = "One paragraph a line, as drafts are, of any length.\n"
			    "Another one.\n"
			    "And one that is quite a bit longer than all of the others here.\n"
			    "Short.\n";
	const char *table = "| a wide column of some words | and another of them    |\n"
			    "| a wide column of some words | and another of them    |\n"
			    "| a wide column of some words | and another of them    |\n"
			    "| a wide column of some words | and another of them    |\n";
	const char *code = "```\nthis is code that has lines of one length and words\n"
			   "this is code that has lines of one length and words\n"
			   "this is code that has lines of one length and words\n"
			   "this is code that has lines of one length and words  \n\n\n```\n";

	(void)state;
	expect(lines, lines);
	expect(table, table);
	expect(code, code);
}

static void headings_and_calls_stand_for_themselves(void **state)
{
	(void)state;
	expect("# A heading of the text that is as wide as its lines\n"
	       "The regions have long prepared their common proposals\n"
	       "in meetings of their own, and they found it useful to\n"
	       "talk to each other before the conference. They asked\n"
	       "considering\n"
	       "that meetings help, and that more of them would help\n"
	       "even more,\n",
	       "# A heading of the text that is as wide as its lines\n"
	       "The regions have long prepared their common proposals in meetings of their "
	       "own, "
	       "and they found it useful to talk to each other before the conference. They "
	       "asked\n"
	       "considering\n"
	       "that meetings help, and that more of them would help even more,\n");
}

static void converters_leave_nothing_behind(void **state)
{
	(void)state;
	expect("[bookmark: _Toc1]RESOLUTION [AFCP-1]\n", "RESOLUTION [AFCP-1]\n");
	expect("[]{#_Toc123 .anchor}Title\n", "Title\n");
	expect("# Heading {#heading .unnumbered}\n", "# Heading\n");
	expect("to [hold]{.underline} [[one]{.mark} / two] {.x}meetings\n",
	       "to hold [one / two] meetings\n");
	expect("[shall][should]{#b1} and [x](AFR){#b2}\n",
	       "[shall][should]{#b1} and [x](AFR){#b2}\n");
	expect("![](media/image1.png){width=\"3cm\" height=\"2cm\"}\n",
	       "![](media/image1.png)\n");
	expect("text\n{:.no_toc}\n{:toc}\n", "text\n");
	expect("::: {.section}\ntext\n:::\n", "text\n");
	expect("`[]{.kept}` {not an attribute} {}\n", "`[]{.kept}` {not an attribute} {}\n");
	expect("co\xC2\xADoperation\xE2\x80\x8B\n", "cooperation\n");
	expect("one  \ntwo\\\nthree\t\nfour\\\\\n", "one\ntwo\n\nthree\nfour\\\\\n");
	expect("\n\none\n\n \n\ntwo\n\n", "one\n\ntwo\n");
	expect("---\ntitle: x  \n\n\n---\n\none\n", "---\ntitle: x  \n\n\n---\n\none\n");
}

static void page_numbers_go_where_they_count_up(void **state)
{
	(void)state;
	expect("one\n\n1\n\ntwo\n\n2\n\nthree\n\nPage 3 of 9\n", "one\n\ntwo\n\nthree\n");
	expect("one\n\n- 7 -\n\f\ntwo\n", "one\n\ntwo\n");
	expect("one\n\n2030\n\ntwo\n\n12\n\nthree\n", "one\n\n2030\n\ntwo\n\n12\n\nthree\n");
	expect("1\n2\n3\n", "1\n2\n3\n");
}

static void what_goes_is_told_with_its_place(void **state)
{
	struct unwrap_options all = unwrap_all();
	const char *text = "one\n\n\n[bookmark: x]two  \n";
	struct unwrapped u;

	(void)state;
	unwrap(&u, slice_of(text), &all);
	assert_int_equal(u.n, 3);
	assert_int_equal(u.v[0].reason, UNWRAP_BLANK);
	assert_int_equal(u.v[0].line, 3);
	assert_int_equal(u.v[1].reason, UNWRAP_BOOKMARK);
	assert_int_equal(u.v[1].line, 4);
	assert_slice_is(slice_make(u.gone.p + u.v[1].text, u.v[1].len), "[bookmark: x]");
	assert_slice_is(slice_make(text + u.v[1].begin, u.v[1].end - u.v[1].begin),
			"[bookmark: x]");
	assert_int_equal(u.v[2].reason, UNWRAP_BREAK);
	assert_int_equal(u.count[UNWRAP_BREAK], 1);
	unwrapped_release(&u);
}

static void each_of_it_can_be_kept(void **state)
{
	struct unwrap_options options = unwrap_all();
	const char *text = "\n[bookmark: x]one  \n\n\ntwo\n";

	(void)state;
	options.use[UNWRAP_BOOKMARK] = false;
	expect_with(&options, text, "[bookmark: x]one\n\ntwo\n");
	options.use[UNWRAP_BLANK] = false;
	expect_with(&options, text, "\n[bookmark: x]one\n\n\ntwo\n");
	memset(&options, 0, sizeof(options));
	expect_with(&options, text, text);
}

static void what_it_made_it_leaves_alone(void **state)
{
	struct unwrap_options all = unwrap_all();
	struct prng r = prng_make(41);
	struct str s = STR_INIT;
	struct unwrapped u, again;
	static const char *const odd[] = {
		"[bookmark: ", "]{.x}", "{.y}",
		"\\\n",        "  \n",  "\f",
		"\n7\n",       "\n8\n", "[]{#_a}",
		"\xC2\xAD\n",  ":::\n", "lorem ipsum dolor sit amet consectetur sed\n"};

	(void)state;
	for (int round = 0; round < 400; round++) {
		str_clear(&s);
		for (size_t i = prng_below(&r, 40); i > 0; i--) {
			if (round % 4 == 0)
				random_bytes(&r, &s, prng_below(&r, 20));
			else
				random_text(&r, &s, prng_below(&r, 12));
			str_add_text(&s, odd[prng_below(&r, sizeof(odd) / sizeof(*odd))]);
		}
		unwrap(&u, str_slice(&s), &all);
		unwrap(&again, str_slice(&u.text), &all);
		assert_slice_equal(str_slice(&again.text), str_slice(&u.text));
		assert_int_equal(again.n, 0);
		for (size_t i = 0; i < u.n; i++) {
			assert_true(u.v[i].begin < u.v[i].end && u.v[i].end <= s.len);
			assert_true(u.v[i].text + u.v[i].len <= u.gone.len);
		}
		unwrapped_release(&again);
		unwrapped_release(&u);
	}
	str_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hard_wrapped_lines_become_paragraphs),
		cmocka_unit_test(a_line_that_breaks_off_by_itself_is_joined),
		cmocka_unit_test(hyphens_stay),
		cmocka_unit_test(chinese_lines_join_without_a_blank),
		cmocka_unit_test(what_is_no_wrapped_text_keeps_its_lines),
		cmocka_unit_test(headings_and_calls_stand_for_themselves),
		cmocka_unit_test(converters_leave_nothing_behind),
		cmocka_unit_test(page_numbers_go_where_they_count_up),
		cmocka_unit_test(what_goes_is_told_with_its_place),
		cmocka_unit_test(each_of_it_can_be_kept),
		cmocka_unit_test(what_it_made_it_leaves_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
