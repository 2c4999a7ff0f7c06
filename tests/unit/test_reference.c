/* SPDX-License-Identifier: MIT */
#include "support_draft.h"

#include "core/reference.h"

#include <string.h>

/* Each reference as "bytes -> paragraph number of the target". */
static void expect_references(const char *text, const char *want)
{
	struct str got = STR_INIT;
	struct references refs;
	struct reading r;

	reading_init(&r, slice_of(text));
	draft_references(&r.d, str_slice(&r.text), &r.b, &refs);
	for (size_t i = 0; i < refs.n; i++) {
		const struct reference *f = &refs.v[i];

		assert_true(f->begin <= f->label && f->label <= f->core);
		assert_true(f->core < f->core_end && f->core_end <= f->label_end);
		str_add(&got, r.text.p + f->begin, f->end - f->begin);
		if (f->external)
			str_add_text(&got, " -> elsewhere\n");
		else if (f->target == PARAGRAPH_NONE)
			str_add_text(&got, " -> nothing\n");
		else
			str_addf(&got, " -> %u\n", r.d.v[f->target].number);
	}
	assert_slice_is(str_slice(&got), want);
	str_release(&got);
	references_release(&refs);
	reading_release(&r);
}

static size_t renumber(struct slice text, struct str *out)
{
	struct edits edits = EDITS_INIT;
	struct reading r;

	reading_init(&r, text);
	size_t n = draft_renumber(&r.d, str_slice(&r.text), &r.b, &edits);
	edits_apply(&edits, str_slice(&r.text), out);
	edits_release(&edits);
	reading_release(&r);
	return n;
}

static void expect_renumbered(const char *text, const char *want)
{
	struct str got = STR_INIT, again = STR_INIT;

	renumber(slice_of(text), &got);
	assert_slice_is(str_slice(&got), want);
	assert_int_equal(renumber(str_slice(&got), &again), 0);
	str_release(&got);
	str_release(&again);
}

static void a_verb_and_a_label_are_a_reference(void **state)
{
	(void)state;
	expect_references("considérant\na) x;\nb) voir considérant a) ci-dessus,\n"
			  "décide\n1\tselon le *considérant* *b)*;\n2\tvoir décide 1,\n"
			  "3\tvoir décide 4.\n4bis\tx *décide* 4bis\n",
			  "considérant a) -> 2\n"
			  "considérant* *b) -> 3\n"
			  "décide 1 -> 5\n"
			  "décide* 4bis -> 8\n");
	expect_references(
		"resolves\n1. see *resolves* 2 b) and *resolves* 9;\n2. x:\na) y;\nb) z.\n",
		"resolves* 2 -> 3\nb) -> 5\nresolves* 9 -> nothing\n");
	expect_references("признавая\na) x\nрешает\n1 \tсм. пункт a) раздела *признавая*\n",
			  "пункт a) -> 2\n");
	expect_references("إذ يذكّر\nأ) x\nيقرر\n1.  انظر *إذ يذكر* أ)\n", "إذ يذكر* أ) -> 2\n");
	expect_references("考虑到\na) x\n做出决议\n1. 见考虑到a)和做出决议1。\n",
			  "考虑到a) -> 2\n做出决议1 -> 4\n");
}

static void the_label_may_come_first(void **state)
{
	(void)state;
	expect_references(
		"décide\n1. x;\n2. le point 1 du *décide* et le point a) du *considérant*.\n",
		"point 1 -> 2\npoint a) -> nothing\n");
	expect_references(
		"decides\n1. x;\n2. see paragraph 1 above and paragraphs 3 and 4 below;\n"
		"3. y;\n4. z.\n",
		"paragraph 1 -> 2\nparagraphs 3 -> 4\n4 -> 5\n");
}

static void prose_and_other_texts_are_not_referred_to(void **state)
{
	(void)state;
	expect_references(
		"invites\n1. x;\n2. invite invites 2 experts; Article 4, paragraph 2(g), of "
		"the Convention;\n3. resolves 1,000 things\n",
		"");
	expect_references("resolves\n1. see *resolves* 1 of Resolution 71;\n"
			  "2. see *resolves* 1 of the present Resolution.\n",
			  "resolves* 1 -> elsewhere\nresolves* 1 -> 2\n");
	expect_references(
		"resolves\n1. `see *resolves* 1` <!-- *resolves* 1 -->\n```\n*resolves* 1\n"
		"```\n",
		"");
}

static void the_longest_call_is_meant(void **state)
{
	(void)state;
	expect_references("invites\na) x\ninvites the Members\na) y\nresolves\n"
			  "1. see *invites the Members* a) and *invites* a)\n",
			  "invites the Members* a) -> 4\ninvites* a) -> 2\n");
}

static void clauses_are_numbered_in_their_own_style(void **state)
{
	(void)state;
	expect_renumbered("a) x\nc) x\n", "a) x\nb) x\n");
	expect_renumbered("*(b)* x\n*(b)* x\n", "*(a)* x\n*(b)* x\n");
	expect_renumbered("1. x\n1 bis. x\n2. x\n2. ter x\n", "1. x\n2. x\n3. x\n4. x\n");
	expect_renumbered("1\tx\n3\tx\n", "1\tx\n2\tx\n");
	expect_renumbered("i) x\niii) x\niv) x\n", "i) x\nii) x\niii) x\n");
	expect_renumbered("A) x\nD) x\n", "A) x\nB) x\n");
	expect_renumbered("а) x\nв) x\nи) x\nл) x\n", "а) x\nб) x\nв) x\nг) x\n");
	expect_renumbered("ا) x\nج) x\nه) x\n", "ا) x\nب) x\nج) x\n");
	expect_renumbered("1. x\n1.2 \tx\n1.4 \tx\n3. x\n3.1 \tx\n",
			  "1. x\n1.1 \tx\n1.2 \tx\n2. x\n2.1 \tx\n");
}

static void letters_run_on_after_z(void **state)
{
	struct str text = STR_INIT, got = STR_INIT;

	(void)state;
	for (int i = 0; i < 28; i++)
		str_add_text(&text, "c) x\n");
	renumber(str_slice(&text), &got);
	assert_true(slice_ends(str_slice(&got), "z) x\naa) x\nbb) x\n"));
	str_release(&text);
	str_release(&got);
}

static void each_call_numbers_its_own_clauses(void **state)
{
	(void)state;
	expect_renumbered(
		"considering\nb) x\nc) x\nresolves\n2\tx:\nb) y\n4\tx\ninvites\n1\tz\n",
		"considering\na) x\nb) x\nresolves\n1\tx:\na) y\n2\tx\ninvites\n1\tz\n");
}

static void numbers_run_on_where_the_draft_does_so(void **state)
{
	(void)state;
	expect_renumbered("# I\n1. x\n2. x\n3. x\n# II\n4. x\n6. x\n# III\n7. x\n",
			  "# I\n1. x\n2. x\n3. x\n# II\n4. x\n5. x\n# III\n6. x\n");
	expect_renumbered("# I\n1. x\n2. x\n# II\n1. x\n# III\n5. x\n",
			  "# I\n1. x\n2. x\n# II\n1. x\n# III\n1. x\n");
}

static void options_of_one_bracket_are_numbered_alike(void **state)
{
	(void)state;
	expect_renumbered("a) x\n[\nAFR: c) x\nd) x\n/\nEUR: c) y\n]\n[f) z]\n",
			  "a) x\n[\nAFR: b) x\nc) x\n/\nEUR: b) y\n]\n[d) z]\n");
}

static void references_follow_their_clauses(void **state)
{
	(void)state;
	expect_renumbered(
		"considérant\na) x\nc) x\nd) voir considérant c),\ndécide\n"
		"1\tvu les considérant a), c) et d);\n1bis\tx;\n"
		"2\tselon décide 2 et *décide* 1bis, non décide 2 de la Résolution 5.\n",
		"considérant\na) x\nb) x\nc) voir considérant b),\ndécide\n"
		"1\tvu les considérant a), b) et c);\n2\tx;\n"
		"3\tselon décide 3 et *décide* 2, non décide 2 de la Résolution 5.\n");
	expect_renumbered("```\nc) x\n```\na) x\n", "```\nc) x\n```\na) x\n");
}

/* Only label cores change: the rest of any text stands byte for byte. */
static void renumbering_any_bytes_keeps_the_rest(void **state)
{
	struct prng rng = prng_make(5);
	struct str s = STR_INIT;

	(void)state;
	for (int round = 0; round < 400; round++) {
		struct edits edits = EDITS_INIT;
		struct reading r;

		str_clear(&s);
		if (round % 4 == 0)
			random_bytes(&rng, &s, prng_below(&rng, 300));
		else
			random_text(&rng, &s, prng_below(&rng, 200));
		reading_init(&r, str_slice(&s));
		draft_renumber(&r.d, str_slice(&r.text), &r.b, &edits);
		for (size_t i = 0; i < edits.n; i++) {
			const struct edit *e = &edits.v[i];

			assert_true(e->at + e->del <= s.len);
			assert_null(memchr(s.p + e->at, '\n', e->del));
			assert_false(brackets_is_unread(&r.b, e->at));
		}
		edits_release(&edits);
		reading_release(&r);
	}
	str_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_verb_and_a_label_are_a_reference),
		cmocka_unit_test(the_label_may_come_first),
		cmocka_unit_test(prose_and_other_texts_are_not_referred_to),
		cmocka_unit_test(the_longest_call_is_meant),
		cmocka_unit_test(clauses_are_numbered_in_their_own_style),
		cmocka_unit_test(letters_run_on_after_z),
		cmocka_unit_test(each_call_numbers_its_own_clauses),
		cmocka_unit_test(numbers_run_on_where_the_draft_does_so),
		cmocka_unit_test(options_of_one_bracket_are_numbered_alike),
		cmocka_unit_test(references_follow_their_clauses),
		cmocka_unit_test(renumbering_any_bytes_keeps_the_rest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
