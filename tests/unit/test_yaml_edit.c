/* SPDX-License-Identifier: MIT */
#include "core/yaml_edit.h"

#include "core/yaml.h"
#include "support.h"

#include <string.h>

static struct error err;
static struct str text;

static int forget(void **state)
{
	(void)state;
	str_release(&text);
	return 0;
}

static void have(const char *bytes)
{
	str_clear(&text);
	str_add_text(&text, bytes);
}

#define assert_now(wanted) assert_slice_is(str_slice(&text), (wanted))

static void texts_are_quoted_only_where_needed(void **state)
{
	static const char *const pairs[][2] = {
		{"IRM-3", "IRM-3"},
		{"2025-03-29", "2025-03-29"},
		{"AFCP/12A1/4", "AFCP/12A1/4"},
		{"two words", "two words"},
		{"", "\"\""},
		{"no", "\"no\""},
		{"Null", "\"Null\""},
		{"12", "\"12\""},
		{"1e5", "\"1e5\""},
		{"b3f2a", "b3f2a"},
		{"-x", "\"-x\""},
		{"a: b", "\"a: b\""},
		{"l’été", "\"l’été\""},
		{"say \"x\\\"", "\"say \\\"x\\\\\\\"\""},
		{"a\nb\t\x01", "\"a\\nb\\t\\x01\""},
		{"\xff\xc2\x85", "\"\xef\xbf\xbd\\x85\""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		str_clear(&text);
		yaml_add_scalar(&text, slice_of(pairs[i][0]));
		assert_now(pairs[i][1]);
	}
}

static void any_text_reads_back(void **state)
{
	struct prng r = prng_make(5);
	struct str one = STR_INIT, two = STR_INIT;

	(void)state;
	for (int i = 0; i < 2000; i++) {
		struct yaml_doc doc;

		str_clear(&one);
		str_clear(&two);
		if (i % 2)
			random_text(&r, &one, 8);
		else
			random_bytes(&r, &one, prng_below(&r, 20));
		str_add_text(&two, "{k: ");
		yaml_add_scalar(&two, str_slice(&one));
		yaml_add_pair(&two, "more", str_slice(&one));
		str_add_char(&two, '}');
		assert_int_equal(yaml_read(str_slice(&two), &doc, NULL, &err), 0);
		assert_int_equal(yaml_root(&doc)->n, 2);
		if (i % 2)
			assert_slice_equal(yaml_first(&doc, yaml_root(&doc))->text,
					   str_slice(&one));
		yaml_release(&doc);
	}
	str_release(&one);
	str_release(&two);
}

static void a_key_is_set_in_its_place(void **state)
{
	(void)state;
	have("# who\nparty: AFR   # for now\n\n# and\nother: {x: 1}\n");
	assert_int_equal(yaml_edit_set(&text, SLICE("party"), SLICE("EUR"), &err), 0);
	assert_now("# who\nparty: EUR   # for now\n\n# and\nother: {x: 1}\n");
	assert_int_equal(yaml_edit_set(&text, SLICE("role"), SLICE("chair"), &err), 0);
	assert_now("# who\nparty: EUR   # for now\n\n# and\nother: {x: 1}\nrole: chair\n");
	have("a:\n  x: 1\n  y: 2\n\n# b\nb: |\n  long\n  text\n\nc:\nd: 4");
	assert_int_equal(yaml_edit_set(&text, SLICE("a"), SLICE("{z: 3}"), &err), 0);
	assert_now("a: {z: 3}\n\n# b\nb: |\n  long\n  text\n\nc:\nd: 4");
	assert_int_equal(yaml_edit_set(&text, SLICE("b"), SLICE("short"), &err), 0);
	assert_now("a: {z: 3}\n\n# b\nb: short\n\nc:\nd: 4");
	assert_int_equal(yaml_edit_set(&text, SLICE("c"), SLICE("3"), &err), 0);
	assert_int_equal(yaml_edit_set(&text, SLICE("e"), SLICE("5"), &err), 0);
	assert_now("a: {z: 3}\n\n# b\nb: short\n\nc: 3\nd: 4\ne: 5\n");
}

static void files_that_say_nothing_begin_a_map_or_list(void **state)
{
	static const char *const empty[][2] = {
		{"", "a: 1\n"},
		{"# head\n", "# head\na: 1\n"},
		{"{}\n", "a: 1\n"},
		{"# head\n{}\n", "# head\na: 1\n"},
		{"---\n", "---\na: 1\n"},
		{"---\n...\n", "---\na: 1\n...\n"},
		{"# no end", "# no end\na: 1\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(empty) / sizeof(empty[0]); i++) {
		have(empty[i][0]);
		assert_int_equal(yaml_edit_set(&text, SLICE("a"), SLICE("1"), &err), 0);
		assert_now(empty[i][1]);
	}
	have("[]\n");
	assert_int_equal(yaml_edit_append(&text, SLICE("{a: 1}"), &err), 0);
	assert_now("- {a: 1}\n");
}

static void a_key_is_taken_away_with_its_lines(void **state)
{
	(void)state;
	have("# head\nb1: {reason: x}\n# of two\nb2:\n  reason: y\n  until: IRM-3\n# of "
	     "three\nb3: "
	     "{reason: z}  # end\n# tail\n");
	assert_int_equal(yaml_edit_unset(&text, SLICE("b2"), &err), 0);
	assert_now("# head\nb1: {reason: x}\n# of two\n# of three\nb3: {reason: z}  # end\n# "
		   "tail\n");
	assert_int_equal(yaml_edit_unset(&text, SLICE("b3"), &err), 0);
	assert_now("# head\nb1: {reason: x}\n# of two\n# of three\n# tail\n");
	assert_int_equal(yaml_edit_unset(&text, SLICE("b9"), &err), ST_MISSING);
	assert_int_equal(yaml_edit_unset(&text, SLICE("b1"), &err), 0);
	assert_now("# head\n# of two\n# of three\n# tail\n");
	have("{a: 1, b: [2, 3], c: 4}\n");
	assert_int_equal(yaml_edit_unset(&text, SLICE("b"), &err), 0);
	assert_int_equal(yaml_edit_unset(&text, SLICE("c"), &err), 0);
	assert_int_equal(yaml_edit_set(&text, SLICE("d"), SLICE("x"), &err), 0);
	assert_now("{a: 1, d: x}\n");
	assert_int_equal(yaml_edit_unset(&text, SLICE("a"), &err), 0);
	assert_int_equal(yaml_edit_unset(&text, SLICE("d"), &err), 0);
	assert_now("{}\n");
}

static void any_line_end_of_yaml_ends_a_line(void **state)
{
	static const char *const ends[] = {"\n",       "\r\n",         "\r",
					   "\xc2\x85", "\xe2\x80\xa8", "\xe2\x80\xa9"};

	(void)state;
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		struct str before = STR_INIT;

		str_clear(&text);
		str_addf(&text, "a: {b: 1}%sc: d%s", ends[i], ends[i]);
		str_add_slice(&before, str_slice(&text));
		assert_int_equal(yaml_edit_set(&text, SLICE("e"), SLICE("{f: 2}"), &err), 0);
		assert_int_equal(yaml_edit_unset(&text, SLICE("e"), &err), 0);
		assert_slice_equal(str_slice(&text), str_slice(&before));
		assert_int_equal(yaml_edit_unset(&text, SLICE("a"), &err), 0);
		str_clear(&before);
		str_addf(&before, "c: d%s", ends[i]);
		assert_slice_equal(str_slice(&text), str_slice(&before));
		str_release(&before);
	}
}

static void what_stands_behind_is_never_read_in_place_of_what_goes(void **state)
{
	(void)state;
	have("# x\na:\n  b: 1\n---\nc: 2\n");
	assert_int_equal(yaml_edit_unset(&text, SLICE("a"), &err), 0);
	assert_now("# x\n{}\n---\nc: 2\n");
	assert_int_equal(yaml_edit_set(&text, SLICE("a"), SLICE("3"), &err), 0);
	assert_now("# x\na: 3\n---\nc: 2\n");
	have("- a\n---\n- b\n");
	assert_int_equal(yaml_edit_remove(&text, 0, &err), 0);
	assert_now("[]\n---\n- b\n");
}

static void lists_grow_and_shrink(void **state)
{
	(void)state;
	have("# agreed\n- {digest: aa}\n-\n  digest: bb  # two\n  odd: kept\n- {digest: cc}\n");
	assert_int_equal(yaml_edit_append(&text, SLICE("{digest: dd}"), &err), 0);
	assert_int_equal(yaml_edit_remove(&text, 1, &err), 0);
	assert_now("# agreed\n- {digest: aa}\n- {digest: cc}\n- {digest: dd}\n");
	assert_int_equal(yaml_edit_remove(&text, 3, &err), ST_MISSING);
	assert_int_equal(yaml_edit_remove(&text, 0, &err), 0);
	assert_int_equal(yaml_edit_remove(&text, 1, &err), 0);
	assert_int_equal(yaml_edit_remove(&text, 0, &err), 0);
	assert_now("# agreed\n");
	have("[{digest: aa},\n {digest: bb}]");
	assert_int_equal(yaml_edit_append(&text, SLICE("{digest: cc}"), &err), 0);
	assert_int_equal(yaml_edit_remove(&text, 0, &err), 0);
	assert_now("[{digest: bb}, {digest: cc}]");
	have("  - a\r\n  - b\r\n");
	assert_int_equal(yaml_edit_append(&text, SLICE("c"), &err), 0);
	assert_now("  - a\r\n  - b\r\n  - c\r\n");
}

static void what_cannot_be_changed_safely_stays_as_it_is(void **state)
{
	static const char *const bad[] = {"a: [1\nb: 2\n", "- list\n", "a: 1\nb: \"open\n",
					  "word\n"};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		have(bad[i]);
		assert_int_equal(yaml_edit_set(&text, SLICE("z"), SLICE("1"), &err), ST_INPUT);
		assert_now(bad[i]);
	}
	have("a: 1\n");
	assert_int_equal(yaml_edit_append(&text, SLICE("x"), &err), ST_INPUT);
	assert_now("a: 1\n");
}

static void random_files_keep_what_they_say(void **state)
{
	static const char *const bits[] = {
		"a: 1\n",        "b:\n  x: 2\n",   "c: {y: [3]}\n", "# note\n", "\n",
		"d: |\n  t\n",   "e: \"q\"\n",     "f:\n",          "---\n",    "...\n",
		"g: 'x\n  y'\n", "h: >-\n  k\n\n", "i: # c\n  z\n"};
	struct prng r = prng_make(11);
	size_t done = 0;

	(void)state;
	for (int i = 0; i < 3000; i++) {
		str_clear(&text);
		for (int k = 0; k < 6; k++)
			str_add_text(&text,
				     bits[prng_below(&r, sizeof(bits) / sizeof(bits[0]))]);
		if (yaml_edit_set(&text, SLICE("c"), SLICE("{n: 1}"), &err) == 0)
			done++;
		if (yaml_edit_unset(&text, SLICE("b"), &err) == 0)
			done++;
		if (yaml_edit_set(&text, SLICE("new"), SLICE("v"), &err) == 0)
			done++;
	}
	assert_true(done > 5000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_are_quoted_only_where_needed),
		cmocka_unit_test(any_text_reads_back),
		cmocka_unit_test(a_key_is_set_in_its_place),
		cmocka_unit_test(files_that_say_nothing_begin_a_map_or_list),
		cmocka_unit_test(a_key_is_taken_away_with_its_lines),
		cmocka_unit_test(any_line_end_of_yaml_ends_a_line),
		cmocka_unit_test(what_stands_behind_is_never_read_in_place_of_what_goes),
		cmocka_unit_test(lists_grow_and_shrink),
		cmocka_unit_test(what_cannot_be_changed_safely_stays_as_it_is),
		cmocka_unit_test(random_files_keep_what_they_say),
	};

	return cmocka_run_group_tests_name("yaml_edit", tests, NULL, forget);
}
