/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/find.h"
#include "core/utf8.h"

#include <stdio.h>
#include <string.h>

static const struct find_options EXPRESSION = {.expression = true};

static struct find *ready(const char *pattern, const struct find_options *o)
{
	struct error err = ERROR_INIT;
	struct find *f = NULL;

	if (find_new(&f, slice_of(pattern), o, &err) < 0)
		fail_msg("%s: %s", pattern, err.text);
	return f;
}

/* The text with each hit in < >. */
static void mark_hits(struct find *f, struct slice bytes, struct str *out)
{
	struct find_hits hits = FIND_HITS_INIT;
	struct error err = ERROR_INIT;
	size_t done = 0;

	assert_int_equal(find_all(f, bytes, 0, bytes.len, 1000000, &hits, &err), 0);
	assert_false(hits.more);
	for (size_t i = 0; i < hits.n; i++) {
		assert_true(hits.v[i].begin >= done && hits.v[i].end >= hits.v[i].begin);
		str_add(out, bytes.p + done, hits.v[i].begin - done);
		str_add_char(out, '<');
		str_add(out, bytes.p + hits.v[i].begin, hits.v[i].end - hits.v[i].begin);
		str_add_char(out, '>');
		done = hits.v[i].end;
	}
	str_add(out, bytes.p + done, bytes.len - done);
	find_hits_release(&hits);
}

#define assert_found(pattern, o, text, want)                                                   \
	assert_found_at((pattern), (o), slice_of(text), slice_of(want), __FILE__, __LINE__)
static void assert_found_at(const char *pattern, const struct find_options *o,
			    struct slice text, struct slice want, const char *file, int line)
{
	struct find_options options = o ? *o : (struct find_options){0};

	for (int jit = 0; jit < 2; jit++) {
		struct str out = STR_INIT;
		struct find *f;

		options.no_jit = jit == 0;
		f = ready(pattern, &options);
		mark_hits(f, text, &out);
		assert_slice_equal_at(str_slice(&out), want, file, line);
		str_release(&out);
		find_free(f);
	}
}

static void text_is_found_as_it_stands(void **state)
{
	(void)state;
	assert_found("a.c", NULL, "abc a.c a.c.", "abc <a.c> <a.c>.");
	assert_found("[x / y]", NULL, "[x / y] x", "<[x / y]> x");
	assert_found("aa", NULL, "aaaaa", "<aa><aa>a");
	assert_found("a\nb", NULL, "xa\nb", "x<a\nb>");
	assert_found("zz", NULL, "", "");
}

static void typographic_forms_find_each_other(void **state)
{
	const struct find_options strict = {.strict = true};

	(void)state;
	assert_found("l'Union", NULL, "l\u2019Union l'Union", "<l\u2019Union> <l'Union>");
	assert_found("l\u2019Union", NULL, "l\u2019Union l'Union", "<l\u2019Union> <l'Union>");
	assert_found("l'Union", &strict, "l\u2019Union l'Union", "l\u2019Union <l'Union>");
	assert_found("\"a\"", NULL, "\u00ABa\u00BB \u201Ca\u201D",
		     "<\u00ABa\u00BB> <\u201Ca\u201D>");
	assert_found("e-mail", NULL, "e\u2011mail e-mail e\u2013mail",
		     "<e\u2011mail> <e-mail> <e\u2013mail>");
	assert_found("Res. 64", NULL, "Res.\u00A064 Res.\u202F64 Res. 64",
		     "<Res.\u00A064> <Res.\u202F64> <Res. 64>");
	assert_found("Res. 64", &strict, "Res.\u00A064", "Res.\u00A064");
	assert_found("a b", NULL, "a\nb", "a\nb");
}

static void an_accent_is_found_composed_or_not(void **state)
{
	(void)state;
	assert_found("d\u00E9cide", NULL, "de\u0301cide d\u00E9cide decide",
		     "<de\u0301cide> <d\u00E9cide> decide");
	assert_found("de\u0301", NULL, "d\u00E9", "<d\u00E9>");
	assert_found("de", NULL, "de\u0301 de", "de\u0301 <de>");
}

static void a_capital_asks_for_the_exact_case(void **state)
{
	const struct find_options exact = {.letters = FIND_EXACT}, any = {.letters = FIND_ANY};

	(void)state;
	assert_found("\u00E9tat", NULL, "\u00C9tat \u00E9tat", "<\u00C9tat> <\u00E9tat>");
	assert_found("\u00C9tat", NULL, "\u00C9tat \u00E9tat", "<\u00C9tat> \u00E9tat");
	assert_found("etat", &exact, "Etat etat", "Etat <etat>");
	assert_found("ETAT", &any, "Etat etat", "<Etat> <etat>");
	assert_found("\\W\u0441\u043E", &EXPRESSION, " \u0421\u041E", "< \u0421\u041E>");
}

static void whole_words_are_not_parts_of_words(void **state)
{
	const struct find_options words = {.words = true};
	const struct find_options both = {.words = true, .expression = true};

	(void)state;
	assert_found("not", &words, "not note \u00E9not (not) not2 not",
		     "<not> note \u00E9not (<not>) not2 <not>");
	assert_found("a)", &words, "a) ba) a)b", "<a)> ba) <a)>b");
	assert_found("no|not", &both, "not no note", "<not> <no> note");
}

static void expressions_see_lines_and_characters(void **state)
{
	(void)state;
	assert_found("^", &EXPRESSION, "a\nb\n\nc", "<>a\n<>b\n<>\n<>c");
	assert_found("$", &EXPRESSION, "a\r\nb", "a<>\r\nb<>");
	assert_found("^.", &EXPRESSION, "\u00E9\u00E8\n\u7814", "<\u00E9>\u00E8\n<\u7814>");
	assert_found("x*", &EXPRESSION, "xxa", "<xx><>a<>");
	assert_found("\\w+", &EXPRESSION, "d\u00E9j\u00E0 \u7814\u7A76",
		     "<d\u00E9j\u00E0> <\u7814\u7A76>");
	assert_found("a\\Kb|a", &EXPRESSION, "abaab", "a<b><a>a<b>");
	assert_found("(?x) a # b", &EXPRESSION, "ab", "<a>b");
	assert_found("b|a", &EXPRESSION, "ab", "<a><b>");
}

static void what_is_not_utf8_is_stepped_over(void **state)
{
	(void)state;
	assert_found("a", NULL,
		     "\xFF"
		     "a\xC3"
		     "a\x80\x80"
		     "a",
		     "\xFF<a>\xC3<a>\x80\x80<a>");
	assert_found(".", &EXPRESSION, "\xE9t\u00E9", "\xE9<t><\u00E9>");
	assert_found_at("b", NULL, slice_make("a\0b", 3), slice_make("a\0<b>", 5), __FILE__,
			__LINE__);
}

static void a_start_inside_a_character_is_its_end(void **state)
{
	struct find *f = ready(".", &EXPRESSION);
	struct find_hits hits = FIND_HITS_INIT;
	struct error err = ERROR_INIT;

	(void)state;
	assert_int_equal(find_all(f, SLICE("\u7814x"), 1, 4, SIZE_MAX, &hits, &err), 0);
	assert_int_equal(hits.n, 1);
	assert_int_equal(hits.v[0].begin, 3);
	find_hits_release(&hits);
	find_free(f);
}

static void a_range_and_a_limit_bound_what_is_listed(void **state)
{
	struct find *f = ready("a", NULL);
	struct find_hits hits = FIND_HITS_INIT;
	struct error err = ERROR_INIT;

	(void)state;
	assert_int_equal(find_all(f, SLICE("a a a a a"), 1, 8, 100, &hits, &err), 0);
	assert_int_equal(hits.n, 3);
	assert_int_equal(hits.v[2].begin, 6);
	assert_false(hits.more);
	assert_int_equal(find_all(f, SLICE("a a a a a"), 0, 9, 2, &hits, &err), 0);
	assert_int_equal(hits.n, 2);
	assert_true(hits.more);
	find_hits_release(&hits);
	find_free(f);
}

static void a_bad_pattern_is_refused_with_its_column(void **state)
{
	static const struct {
		const char *pattern, *words;
	} bad[] = {
		{"", "nothing to search for"},
		{"\u00E9 (a", "column 3: this ( is not closed"},
		{"a(b[c", "column 4: this [ is not closed"},
		{"\u00E9)", "column 2: this ) closes nothing"},
		{"a+*", "column 3: there is nothing to repeat"},
		{"abc\\", "column 4: a \\ at the end"},
		{"[z-a]", "column 4: the ends of this range"},
		{"\xC3(", "column 1: this is no character"},
		{"(((a{1,500}){1,500}){1,500})", "too large"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct error err = ERROR_INIT;
		struct find *f = NULL;

		assert_int_equal(find_new(&f, slice_of(bad[i].pattern), &EXPRESSION, &err),
				 ST_INPUT);
		assert_null(f);
		if (!strstr(err.text, bad[i].words))
			fail_msg("%s: %s", bad[i].pattern, err.text);
	}
}

static void too_costly_is_not_the_same_as_nothing_found(void **state)
{
	struct slice text = SLICE("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");

	(void)state;
	for (int jit = 0; jit < 2; jit++) {
		const struct find_options o = {.expression = true, .no_jit = jit == 0};
		struct find *f = ready("(a+)+[bc]", &o);
		struct error err = ERROR_INIT;
		struct find_hits hits = FIND_HITS_INIT;

		assert_int_equal(find_all(f, text, 0, text.len, 1, &hits, &err), ST_TOO_LARGE);
		assert_non_null(strstr(err.text, "make the expression simpler"));
		assert_int_equal(find_all(f, SLICE("xyz"), 0, 3, 1, &hits, &err), 0);
		assert_int_equal(hits.n, 0);
		find_hits_release(&hits);
		find_free(f);
	}
}

static int64_t tick(void *arg)
{
	return ++*(int64_t *)arg;
}

static void a_deadline_ends_a_search_and_leaves_what_was_found(void **state)
{
	struct find *f = ready("b|(?:a|x)*[cd]", &EXPRESSION);
	struct find_hits hits = FIND_HITS_INIT;
	struct edits edits = EDITS_INIT;
	struct error err = ERROR_INIT;
	struct str text = STR_INIT;
	int64_t time = 0;
	const struct find_clock clock = {tick, &time, 50};

	(void)state;
	str_add_text(&text, "b");
	for (int i = 0; i < 20000; i++)
		str_add_char(&text, 'a');
	find_set_clock(f, &clock);
	assert_int_equal(find_all(f, str_slice(&text), 0, text.len, 9, &hits, &err),
			 ST_TOO_LARGE);
	assert_int_equal(hits.n, 1);
	assert_true(hits.more);
	assert_true(time < 60);
	find_free(f);

	/* Many cheap hits take their time too. */
	f = ready("a", NULL);
	time = 0;
	find_set_clock(f, &clock);
	assert_int_equal(find_all(f, str_slice(&text), 0, text.len, SIZE_MAX, &hits, &err),
			 ST_TOO_LARGE);
	assert_non_null(strstr(err.text, "something longer"));
	assert_null(strstr(err.text, "expression"));
	assert_true(hits.n > 1000);

	/* They are replaced for all that: text takes no longer than there is of it. */
	time = 0;
	assert_int_equal(
		find_replace(f, str_slice(&text), 0, text.len, SLICE("c"), &edits, &err), 0);
	assert_int_equal(edits.n, 20000);
	edits_release(&edits);
	find_set_clock(f, NULL);
	assert_int_equal(find_all(f, str_slice(&text), 0, text.len, SIZE_MAX, &hits, &err), 0);
	assert_int_equal(hits.n, 20000);
	str_release(&text);
	find_hits_release(&hits);
	find_free(f);
}

#define assert_replaced(pattern, o, with, text, want)                                          \
	assert_replaced_at((pattern), (o), slice_of(with), slice_of(text), slice_of(want),     \
			   __FILE__, __LINE__)
static void assert_replaced_at(const char *pattern, const struct find_options *o,
			       struct slice with, struct slice text, struct slice want,
			       const char *file, int line)
{
	struct find *f = ready(pattern, o);
	struct edits edits = EDITS_INIT;
	struct str out = STR_INIT;
	struct error err = ERROR_INIT;

	_assert_int_equal(find_replace(f, text, 0, text.len, with, &edits, &err), 0, file,
			  line);
	edits_apply(&edits, text, &out);
	assert_slice_equal_at(str_slice(&out), want, file, line);
	edits_release(&edits);
	str_release(&out);
	find_free(f);
}

static void all_hits_are_replaced(void **state)
{
	(void)state;
	assert_replaced("shall", NULL, "should", "shall, Shall", "should, should");
	assert_replaced("fee", NULL, "$1 \\n", "a fee", "a $1 \\n");
	assert_replaced("(\\w+) (?<last>\\w+)", &EXPRESSION, "${last}, $1:$0$$\\n\\t",
			"a b c d", "b, a:a b$\n\t d, c:c d$\n\t");
	assert_replaced("(a)|b", &EXPRESSION, "<$1>", "ab", "<a><>");
	assert_replaced("^", &EXPRESSION, "> ", "a\nb", "> a\n> b");
	assert_replaced("x*", &EXPRESSION, "-", "xxa", "--a-");
	assert_replaced("a", NULL, "", "banana", "bnn");
}

static void what_stays_the_same_or_reaches_out_of_the_range_is_no_edit(void **state)
{
	struct find *f = ready("'", NULL);
	struct edits edits = EDITS_INIT;
	struct error err = ERROR_INIT;

	(void)state;
	assert_int_equal(
		find_replace(f, SLICE("a'b\u2019c'"), 0, 8, SLICE("\u2019"), &edits, &err), 0);
	assert_int_equal(edits.n, 2);
	edits_clear(&edits);
	assert_int_equal(find_replace(f, SLICE("a'b'c'"), 2, 5, SLICE("x"), &edits, &err), 0);
	assert_int_equal(edits.n, 1);
	assert_int_equal(edits.v[0].at, 3);
	find_free(f);

	f = ready("ab", NULL);
	edits_clear(&edits);
	assert_int_equal(find_replace(f, SLICE("abab"), 0, 3, SLICE("x"), &edits, &err), 0);
	assert_int_equal(edits.n, 1);
	edits_release(&edits);
	find_free(f);
}

static void one_hit_is_replaced_by_its_own_groups(void **state)
{
	struct find *f = ready("\\b(\\w)(\\w*)|x*", &EXPRESSION);
	struct slice text = SLICE("ab cd");
	struct str out = STR_INIT;
	struct error err = ERROR_INIT;

	(void)state;
	assert_int_equal(
		find_expand(f, text, (struct find_hit){3, 5}, SLICE("$2$1"), &out, &err), 0);
	assert_slice_is(str_slice(&out), "dc");
	assert_int_equal(find_expand(f, text, (struct find_hit){1, 2}, SLICE("$2"), &out, &err),
			 ST_CHANGED);
	find_free(f);

	f = ready("a\\K(b)", &EXPRESSION);
	str_clear(&out);
	assert_int_equal(find_expand(f, SLICE("abab"), (struct find_hit){3, 4}, SLICE("[$1]"),
				     &out, &err),
			 0);
	assert_slice_is(str_slice(&out), "[b]");
	str_release(&out);
	find_free(f);
}

static void a_group_that_is_not_there_is_refused(void **state)
{
	static const char *const bad[] = {"x$2", "\u00E9${name}", "${}",
					  "$99999999999999999999"};
	struct find *f = ready("(a)", &EXPRESSION);
	struct error err = ERROR_INIT;
	struct edits edits = EDITS_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_int_equal(find_check(f, slice_of(bad[i]), &err), ST_INPUT);
		assert_non_null(strstr(err.text, i < 2 ? "column 2" : "column 1"));
		assert_int_equal(
			find_replace(f, SLICE("a"), 0, 1, slice_of(bad[i]), &edits, &err),
			ST_INPUT);
		assert_int_equal(edits.n, 0);
	}
	assert_int_equal(find_check(f, SLICE("$1 $ \\$7 $$9"), &err), 0);
	find_free(f);
	edits_release(&edits);
}

/* ---- Random texts ---- */

static const char *const SOME[] = {"a",  "s", "the", "[", "] ",  " / ", "\n",  "\u00E9",
				   "l'", "m", "e",   " ", "inv", "\"",  "AFR", "\u7814"};

/* Said another way: byte by byte, in order, at characters' beginnings. */
static void model_hits(struct slice text, struct slice what, struct str *out)
{
	uint32_t last, cp;
	size_t i = 0;

	utf8_decode_back(what.p, what.len, &last);
	while (i < text.len) {
		size_t rest = text.len - i, n = utf8_decode(text.p + i, rest, &cp);
		bool is = rest >= what.len && memcmp(text.p + i, what.p, what.len) == 0;

		if (is && rest > what.len && last != ' ') {
			utf8_decode(text.p + i + what.len, rest - what.len, &cp);
			is = (cp < 0x300 || cp > 0x36F) ||
			     (last < 0x80 && strchr("[]/\n'\"", (int)last));
		}
		if (is) {
			str_add_text(out, "<>");
			n = what.len;
		}
		str_add(out, text.p + i, n);
		i += n;
	}
}

static void random_literals_agree_with_comparing_bytes(void **state)
{
	const struct find_options strict = {.strict = true, .letters = FIND_EXACT};
	struct prng r = prng_make(11);

	(void)state;
	for (int round = 0; round < 300; round++) {
		const char *what = SOME[prng_below(&r, sizeof(SOME) / sizeof(*SOME))];
		struct find *f = ready(what, &strict);
		struct str text = STR_INIT, got = STR_INIT, want = STR_INIT;
		struct find_hits hits = FIND_HITS_INIT;
		struct error err = ERROR_INIT;
		size_t done = 0;

		random_text(&r, &text, prng_below(&r, 80));
		if (prng_one_in(&r, 2))
			random_bytes(&r, &text, 10);
		random_text(&r, &text, prng_below(&r, 20));
		model_hits(str_slice(&text), slice_of(what), &want);
		assert_int_equal(
			find_all(f, str_slice(&text), 0, text.len, SIZE_MAX, &hits, &err), 0);
		for (size_t i = 0; i < hits.n; i++) {
			str_add(&got, text.p + done, hits.v[i].begin - done);
			str_add_text(&got, "<>");
			done = hits.v[i].begin;
		}
		if (text.len > done)
			str_add(&got, text.p + done, text.len - done);
		assert_slice_equal(str_slice(&got), str_slice(&want));
		str_release(&text);
		str_release(&got);
		str_release(&want);
		find_hits_release(&hits);
		find_free(f);
	}
}

/* With and without JIT, and begun anew after each hit, there is one list. */
static void check_steps(const char *pattern, const struct find_options *o, struct slice text)
{
	struct find_options slow = *o;
	struct find *f = ready(pattern, o), *other;
	struct find_hits hits = FIND_HITS_INIT, again = FIND_HITS_INIT;
	struct error err = ERROR_INIT;

	slow.no_jit = true;
	other = ready(pattern, &slow);
	assert_int_equal(find_all(f, text, 0, text.len, SIZE_MAX, &hits, &err), 0);
	assert_int_equal(find_all(other, text, 0, text.len, SIZE_MAX, &again, &err), 0);
	assert_int_equal(hits.n, again.n);
	if (hits.n > 0)
		assert_memory_equal(hits.v, again.v, hits.n * sizeof(*hits.v));
	for (size_t i = 0; i < hits.n && i < 200; i++) {
		size_t from = i ? hits.v[i - 1].end : 0;

		assert_int_equal(find_all(f, text, from, text.len, 1, &again, &err), 0);
		assert_int_equal(again.n, 1);
		assert_int_equal(again.v[0].begin, hits.v[i].begin);
	}
	find_hits_release(&hits);
	find_hits_release(&again);
	find_free(f);
	find_free(other);
}

static void hits_found_one_by_one_are_the_same_hits(void **state)
{
	static const char *const expressions[] = {"\\w+", "a.", "\\[[^\\]]*\\]", "s+|e",
						  "\\s+$"};
	const struct find_options usual = {0};
	struct prng r = prng_make(5);
	struct str text = STR_INIT;

	(void)state;
	for (size_t round = 0; round < 40; round++) {
		str_clear(&text);
		random_text(&r, &text, prng_below(&r, 60));
		random_bytes(&r, &text, prng_below(&r, 8));
		check_steps(SOME[round % (sizeof(SOME) / sizeof(*SOME))], &usual,
			    str_slice(&text));
		check_steps(expressions[round % 5], &EXPRESSION, str_slice(&text));
	}
	str_clear(&text);
	random_text(&r, &text, 60000); /* several stretches, backwards */
	check_steps("note", &usual, str_slice(&text));
	str_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_found_as_it_stands),
		cmocka_unit_test(typographic_forms_find_each_other),
		cmocka_unit_test(an_accent_is_found_composed_or_not),
		cmocka_unit_test(a_capital_asks_for_the_exact_case),
		cmocka_unit_test(whole_words_are_not_parts_of_words),
		cmocka_unit_test(expressions_see_lines_and_characters),
		cmocka_unit_test(what_is_not_utf8_is_stepped_over),
		cmocka_unit_test(a_start_inside_a_character_is_its_end),
		cmocka_unit_test(a_range_and_a_limit_bound_what_is_listed),
		cmocka_unit_test(a_bad_pattern_is_refused_with_its_column),
		cmocka_unit_test(too_costly_is_not_the_same_as_nothing_found),
		cmocka_unit_test(a_deadline_ends_a_search_and_leaves_what_was_found),
		cmocka_unit_test(all_hits_are_replaced),
		cmocka_unit_test(what_stays_the_same_or_reaches_out_of_the_range_is_no_edit),
		cmocka_unit_test(one_hit_is_replaced_by_its_own_groups),
		cmocka_unit_test(a_group_that_is_not_there_is_refused),
		cmocka_unit_test(random_literals_agree_with_comparing_bytes),
		cmocka_unit_test(hits_found_one_by_one_are_the_same_hits),
	};

	return cmocka_run_group_tests_name("find", tests, NULL, NULL);
}
