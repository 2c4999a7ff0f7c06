/* SPDX-License-Identifier: MIT */
#include "core/yaml.h"

#include "core/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static struct yaml_doc doc;
static struct yaml_problems problems;
static struct error err;

static int read_text(const char *text)
{
	yaml_release(&doc);
	yaml_problems_release(&problems);
	err = (struct error)ERROR_INIT;
	return yaml_read(slice_of(text), &doc, &problems, &err);
}

static int forget(void **state)
{
	(void)state;
	yaml_release(&doc);
	yaml_problems_release(&problems);
	return 0;
}

static void assert_text(const struct yaml_node *node, const char *key, const char *text)
{
	struct slice got = yaml_get_text(&doc, node, key);

	if (!slice_is(got, text))
		fail_msg("%s: got \"%s\", wanted \"%s\"", key, got.p, text);
}

static void assert_sane_tree(size_t len)
{
	for (size_t i = 0; i < doc.n; i++) {
		const struct yaml_node *node = &doc.v[i];
		uint32_t n = 0;

		assert_true(node->begin <= node->end && node->end <= len);
		assert_true(node->key_begin <= node->begin);
		assert_true(node->line >= 1 && node->column >= 1);
		assert_int_equal(node->text.p[node->text.len], 0);
		assert_int_equal(node->key.p[node->key.len], 0);
		for (const struct yaml_node *c = yaml_first(&doc, node); c;
		     c = yaml_next(&doc, c), n++)
			assert_true(&doc.v[c->parent] == node);
		assert_int_equal(n, node->n);
	}
}

static void maps_and_lists_come_with_their_places(void **state)
{
	const char *text = "# parties\nparties:\n  - code: AFR\n    name: {en: Africa, fr: "
			   "Afrique}\n    aliases: [ATU, AFCP]\n  - code: ÉU  # two\n";
	const struct yaml_node *list, *one;

	(void)state;
	assert_int_equal(read_text(text), 0);
	assert_int_equal(problems.n, 0);
	assert_sane_tree(strlen(text));
	list = yaml_get(&doc, yaml_root(&doc), "parties");
	assert_int_equal(list->kind, YAML_LIST);
	assert_int_equal(list->n, 2);
	one = yaml_first(&doc, list);
	assert_text(one, "code", "AFR");
	assert_text(yaml_get(&doc, one, "name"), "fr", "Afrique");
	assert_int_equal(yaml_get(&doc, one, "aliases")->n, 2);
	assert_int_equal(yaml_get(&doc, one, "aliases")->line, 5);
	assert_int_equal(yaml_get(&doc, one, "aliases")->column, 14);
	one = yaml_next(&doc, one);
	assert_text(one, "code", "ÉU");
	assert_null(yaml_next(&doc, one));
	assert_int_equal(yaml_get(&doc, one, "code")->key_column, 5);
	assert_memory_equal(text + yaml_get(&doc, one, "code")->begin, "ÉU  #", 6);
	assert_int_equal(yaml_get(&doc, one, "code")->end - yaml_get(&doc, one, "code")->begin,
			 3);
}

static void nothing_is_no_root(void **state)
{
	(void)state;
	assert_int_equal(read_text(""), 0);
	assert_null(yaml_root(&doc));
	assert_int_equal(read_text("# only a comment\n\n"), 0);
	assert_null(yaml_root(&doc));
	assert_true(yaml_is_null(yaml_get(&doc, yaml_root(&doc), "x")));
	assert_null(yaml_first(&doc, NULL));
}

static void null_is_told_from_the_word(void **state)
{
	const struct yaml_node *root;

	(void)state;
	assert_int_equal(read_text("a:\nb: ~\nc: null\nd: 'null'\ne: \"\"\n"), 0);
	root = yaml_root(&doc);
	assert_true(yaml_is_null(yaml_get(&doc, root, "a")));
	assert_true(yaml_is_null(yaml_get(&doc, root, "b")));
	assert_true(yaml_is_null(yaml_get(&doc, root, "c")));
	assert_true(yaml_is_text(yaml_get(&doc, root, "d")));
	assert_true(yaml_is_text(yaml_get(&doc, root, "e")));
	assert_int_equal(yaml_get_text(&doc, root, "c").len, 0);
}

static void one_broken_entry_leaves_the_others(void **state)
{
	(void)state;
	assert_int_equal(
		read_text("b1: {stance: supports, option: 2\nb2: {stance: opposes}\nb3: "
			  "{stance: accepts}\n"),
		0);
	assert_true(doc.broken);
	assert_true(problems.n >= 1);
	assert_null(yaml_get(&doc, yaml_root(&doc), "b1"));
	assert_text(yaml_get(&doc, yaml_root(&doc), "b3"), "stance", "accepts");
	assert_int_equal(yaml_get(&doc, yaml_root(&doc), "b3")->line, 3);
	assert_int_equal(yaml_get(&doc, yaml_root(&doc), "b3")->column, 5);

	assert_int_equal(read_text("- {digest: aa}\n- {digest: \"bb}\n- {digest: cc}\n"), 0);
	assert_true(doc.broken);
	assert_int_equal(yaml_root(&doc)->n, 2);
	assert_text(yaml_first(&doc, yaml_root(&doc)), "digest", "aa");
	assert_text(yaml_next(&doc, yaml_first(&doc, yaml_root(&doc))), "digest", "cc");

	assert_int_equal(read_text("b1:\n  stance: supports\nb2:\n  stance: [\nb3:\n\tstance: "
				   "x\nb4:\n  stance: opposes\n"),
			 0);
	assert_text(yaml_get(&doc, yaml_root(&doc), "b1"), "stance", "supports");
	assert_text(yaml_get(&doc, yaml_root(&doc), "b4"), "stance", "opposes");
	assert_null(yaml_get(&doc, yaml_root(&doc), "b2"));
}

/* libyaml counts a line wherever YAML 1.1 ends one: so must who goes on after an error. */
static void a_broken_entry_leaves_the_others_whatever_ends_a_line(void **state)
{
	static const char *const ends[] = {"\n", "\r\n", "\r", "\xc2\x85", "\xe2\x80\xa8"};

	(void)state;
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		struct str text = STR_INIT;

		str_addf(&text, "a: one%sb: {x: [%sc: three%sd: four%s", ends[i], ends[i],
			 ends[i], ends[i]);
		assert_int_equal(read_text(str_text(&text)), 0);
		assert_true(doc.broken);
		assert_text(yaml_root(&doc), "a", "one");
		assert_text(yaml_root(&doc), "d", "four");
		str_release(&text);
	}
}

static void what_is_no_yaml_at_all_fails_with_its_place(void **state)
{
	(void)state;
	assert_int_equal(read_text("}{\n"), ST_INPUT);
	assert_memory_equal(err.text, "1:1: ", 5);
}

static void strange_bytes_lose_nothing_else(void **state)
{
	const char *text = "a: caf\xe9\nb: x\x01y\nc: ok\n";

	(void)state;
	assert_int_equal(read_text(text), 0);
	assert_text(yaml_root(&doc), "a", "caf?");
	assert_text(yaml_root(&doc), "b", "x?y");
	assert_text(yaml_root(&doc), "c", "ok");
	assert_int_equal(problems.n, 2);
	assert_int_equal(problems.v[0].line, 1);
	assert_int_equal(problems.v[0].column, 7);
	assert_false(doc.broken);
}

static void aliases_are_not_followed(void **state)
{
	(void)state;
	assert_int_equal(read_text("a: &x [1, 2]\nb: *x\nc: 3\n"), 0);
	assert_int_equal(problems.n, 1);
	assert_true(yaml_is_null(yaml_get(&doc, yaml_root(&doc), "b")));
	assert_text(yaml_root(&doc), "c", "3");
}

static void limits_are_kept(void **state)
{
	struct str s = STR_INIT;

	(void)state;
	for (int i = 0; i < 40; i++)
		str_add_char(&s, '[');
	assert_int_equal(read_text(str_text(&s)), ST_TOO_LARGE);
	str_clear(&s);
	for (int i = 0; i < YAML_MOST_NODES + 1; i++)
		str_add_text(&s, "- \n");
	assert_int_equal(read_text(str_text(&s)), ST_TOO_LARGE);
	str_clear(&s);
	while (s.len <= YAML_MOST_BYTES)
		str_add_text(&s, "# a comment\n");
	assert_int_equal(read_text(str_text(&s)), ST_TOO_LARGE);
	str_release(&s);
}

static void keys_given_twice_and_odd_keys_are_problems(void **state)
{
	(void)state;
	assert_int_equal(read_text("a: 1\na: 2\n"), 0);
	assert_int_equal(problems.n, 1);
	assert_int_equal(problems.v[0].line, 2);
	assert_text(yaml_root(&doc), "a", "1");

	assert_int_equal(read_text("? [x, y]\n: {q: 1}\nb: 2\n"), 0);
	assert_int_equal(problems.n, 1);
	assert_text(yaml_root(&doc), "b", "2");
	assert_int_equal(yaml_root(&doc)->n, 2);
}

static void a_second_document_is_a_problem(void **state)
{
	(void)state;
	assert_int_equal(read_text("---\na: 1\n---\nb: 2\n"), 0);
	assert_int_equal(problems.n, 1);
	assert_int_equal(problems.v[0].line, 3);
	assert_int_equal(doc.end, 9);
	assert_text(yaml_root(&doc), "a", "1");
}

static void equal_trees_are_equal(void **state)
{
	struct yaml_doc other;

	(void)state;
	assert_int_equal(read_text("a: {x: 1, y: [2, 3]}\nb: ~\n"), 0);
	assert_int_equal(
		yaml_read(SLICE("a:\n  x: '1'\n  y:\n  - 2\n  - 3\nb:\n"), &other, NULL, NULL),
		0);
	assert_false(yaml_equal(&doc, yaml_root(&doc), &other, yaml_root(&other)));
	assert_true(yaml_equal(&doc, yaml_get(&doc, yaml_root(&doc), "a"), &other,
			       yaml_get(&other, yaml_root(&other), "a")));
	yaml_release(&other);
	assert_int_equal(yaml_read(SLICE("a: {x: 1, y: [2, 4]}\nb: ~\n"), &other, NULL, NULL),
			 0);
	assert_false(yaml_equal(&doc, yaml_root(&doc), &other, yaml_root(&other)));
	yaml_release(&other);
}

static void random_bytes_never_break_the_tree(void **state)
{
	static const char *const bits[] = {"a: ", "- ",   "\n", "  ", "{", "}",     "[",
					   "]",   "\"",   "'",  ",",  "b", "?",     " : ",
					   "|\n", "&x",   "*x", "!t", "#", "---\n", "...\n",
					   "é",   "\xff", "%",  "\t", ":"};
	uint64_t seed = 88172645463325252u;
	struct str s = STR_INIT;

	(void)state;
	for (int round = 0; round < 4000; round++) {
		str_clear(&s);
		for (int i = 0; i < 30; i++) {
			seed ^= seed << 13;
			seed ^= seed >> 7;
			seed ^= seed << 17;
			str_add_text(&s, bits[seed % (sizeof(bits) / sizeof(bits[0]))]);
		}
		if (read_text(str_text(&s)) == 0)
			assert_sane_tree(s.len);
	}
	str_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(maps_and_lists_come_with_their_places),
		cmocka_unit_test(nothing_is_no_root),
		cmocka_unit_test(null_is_told_from_the_word),
		cmocka_unit_test(one_broken_entry_leaves_the_others),
		cmocka_unit_test(a_broken_entry_leaves_the_others_whatever_ends_a_line),
		cmocka_unit_test(what_is_no_yaml_at_all_fails_with_its_place),
		cmocka_unit_test(strange_bytes_lose_nothing_else),
		cmocka_unit_test(aliases_are_not_followed),
		cmocka_unit_test(limits_are_kept),
		cmocka_unit_test(keys_given_twice_and_odd_keys_are_problems),
		cmocka_unit_test(a_second_document_is_a_problem),
		cmocka_unit_test(equal_trees_are_equal),
		cmocka_unit_test(random_bytes_never_break_the_tree),
	};

	return cmocka_run_group_tests_name("yaml", tests, NULL, forget);
}
