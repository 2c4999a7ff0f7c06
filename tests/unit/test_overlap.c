/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/overlap.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST 16

/* Drafts compared to the end, in steps of any size. */
struct compared {
	struct overlap o;
	struct parties parties;
	char *kept[2];
};

static char *with_heading(const char *text)
{
	struct str s = STR_INIT;

	str_add_text(&s, strncmp(text, "---", 3) == 0 ? "" : "# A draft\n\n");
	str_add_text(&s, text);
	return str_detach(&s);
}

static void compare(struct compared *c, const struct slice *texts, size_t n)
{
	parties_init_regions(&c->parties);
	overlap_init(&c->o);
	for (size_t i = 0; i < n; i++)
		overlap_add(&c->o, texts[i], &c->parties);
	while (overlap_step(&c->o, 3))
		assert_true(overlap_done(&c->o) <= 1);
	assert_true(overlap_done(&c->o) == 1);
}

static void done(struct compared *c)
{
	overlap_release(&c->o);
	parties_release(&c->parties);
	for (size_t i = 0; i < 2; i++)
		free(c->kept[i]);
	memset(c->kept, 0, sizeof(c->kept));
}

static void compare_two(struct compared *c, const char *a, const char *b)
{
	/* Without a heading the first line would be the title. */
	char *texts[] = {with_heading(a), with_heading(b)};

	for (size_t i = 0; i < 2; i++)
		c->kept[i] = texts[i];
	compare(c, (struct slice[]){slice_of(texts[0]), slice_of(texts[1])}, 2);
}

static int percent(const struct compared *c, size_t pair, int side)
{
	return (int)(100 * overlap_share(&c->o, &c->o.pairs[pair], side) + 0.5);
}

#define CLAUSE_A "a) that rural communities still lack affordable access to networks;\n"
#define CLAUSE_B "b) that women are under-represented in the study groups of the Sector;\n"
#define CLAUSE_C "c) to report every year to the Council on the results of this work\n"
#define CLAUSE_D "d) to invite the Member States to share what they have learnt\n"

static void a_paragraph_that_stands_in_two_drafts_is_found(void **state)
{
	struct compared c = {0};
	struct overlap_match *list;

	(void)state;
	compare_two(&c, "noting\n\n" CLAUSE_A CLAUSE_B,
		    "noting\n\n" CLAUSE_C "\n" CLAUSE_A CLAUSE_D);
	assert_int_equal(c.o.n_pairs, 1);
	assert_int_equal(overlap_matches(&c.o, &c.o.pairs[0], &list), 1);
	assert_int_equal(c.o.v[list[0].a].number, 3);
	assert_int_equal(c.o.v[list[0].b].number, 4);
	assert_int_equal(overlap_relation(&c.o, &list[0]), OVERLAP_SAME);
	assert_int_equal(c.o.pairs[0].outcome, OVERLAP_TRIM);
	assert_int_equal(c.o.pairs[0].of, 1);
	free(list);
	done(&c);
}

static void expect_alike(const char *a, const char *b, enum overlap_relation want)
{
	struct compared c = {0};
	struct overlap_match *list;

	compare_two(&c, a, b);
	if (c.o.n_pairs != 1)
		fail_msg("no repetition: %s", a);
	assert_int_equal(overlap_matches(&c.o, &c.o.pairs[0], &list), 1);
	if (overlap_relation(&c.o, &list[0]) != want)
		fail_msg("%s: %s", overlap_relation_word(overlap_relation(&c.o, &list[0])), a);
	free(list);
	done(&c);
}

static void expect_nothing(const char *a, const char *b)
{
	struct compared c = {0};

	compare_two(&c, a, b);
	assert_int_equal(c.o.n_pairs, 0);
	done(&c);
}

static void what_is_written_otherwise_is_the_same(void **state)
{
	(void)state;
	/* Case, labels, punctuation, hyphens, quotes, ids, parties, blanks. */
	expect_alike(
		"a) To invite the “Member States” to co-ordinate their work;\n",
		"– to INVITE the \"Member States\" to co‑ordinate [their]{#b2} (AFR) work\n",
		OVERLAP_SAME);
	expect_alike("à organiser l’étude d'un cadre de référence\n",
		     "a\xCC\x80 organiser l'e\xCC\x81tude d’un cadre de re\xCC\x81"
		     "fe\xCC\x81rence\n",
		     OVERLAP_SAME);
	expect_alike("ПОРУЧИТЬ Директору Бюро представить отчет следующей конференции\n",
		     "поручить Директору Бюро представить отчет следующей конференции;\n",
		     OVERLAP_SAME);
	expect_alike("责成主任向下一届世界电信发展大会提交一份报告。\n",
		     "1) 责成主任向下一届世界电信发展大会提交一份报告；\n", OVERLAP_SAME);
	expect_alike("تكليف مدير المكتب بتقديم تقرير إلى المؤتمر القادم\n",
		     "تكليف مديرِ المكتبِ بتقديم تقريـر إلى المؤتمر القادم\n", OVERLAP_SAME);
	expect_alike("a encargar al Director que presente un informe a la Conferencia\n",
		     "A ENCARGAR al Director que presente un informe a la Conferencia.\n",
		     OVERLAP_SAME);
}

static void what_is_nearly_the_same_is_found_in_all_languages(void **state)
{
	(void)state;
	expect_alike("to report every year to the Council on the results of this work\n",
		     "to report twice every year to the Council on the results of this work\n",
		     OVERLAP_NEARLY);
	expect_alike("责成主任向下一届世界电信发展大会提交一份报告；\n",
		     "责成主任向下一届世界电信发展大会提交两份报告；\n", OVERLAP_NEARLY);
	expect_alike("поручить Директору Бюро представить отчет следующей конференции\n",
		     "поручить Директору представить отчет следующей конференции\n",
		     OVERLAP_NEARLY);
	expect_alike("تكليف مدير المكتب بتقديم تقرير سنوي إلى المؤتمر القادم\n",
		     "تكليف مدير المكتب بتقديم تقرير إلى المؤتمر القادم\n", OVERLAP_NEARLY);
	expect_alike("to report every year to the Council on the work\n",
		     "that the Director is asked to go on with what was begun, to study what "
		     "came of it, to report every year to the Council on the work\n",
		     OVERLAP_WITHIN);
}

static void what_is_short_or_a_heading_or_a_call_repeats_nothing(void **state)
{
	(void)state;
	expect_nothing("the Constitution of the Union;\n", "the Constitution of the Union;\n");
	expect_nothing("# The work of the Sector in the years to come\n",
		       "# The work of the Sector in the years to come\n");
	expect_nothing("resolves to instruct the Director of the Bureau\n\n" CLAUSE_A,
		       "resolves to instruct the Director of the Bureau\n\n" CLAUSE_B);
	expect_nothing("---\ntitle: to report every year to the Council on the work\n---\n",
		       "---\ntitle: to report every year to the Council on the work\n---\n");
	expect_nothing("", "");
	expect_nothing(CLAUSE_A, "");
}

static void words_that_only_happen_to_be_in_both_are_no_repetition(void **state)
{
	(void)state;
	expect_nothing("that the work of the group is to be ended in the course of the year\n",
		       "in the year of the reform the group has to be at the end of its way\n");
}

static void a_draft_says_all_that_its_copy_says(void **state)
{
	const char *text = "noting\n\n" CLAUSE_A CLAUSE_B CLAUSE_A CLAUSE_C;
	struct compared c = {0};
	struct overlap_match *list;
	struct slice many[MOST];

	(void)state;
	compare_two(&c, text, text);
	assert_int_equal(c.o.n_pairs, 1);
	assert_int_equal(percent(&c, 0, 0), 100);
	assert_int_equal(percent(&c, 0, 1), 100);
	assert_int_equal(c.o.pairs[0].outcome, OVERLAP_SUPPRESS);
	assert_int_equal(c.o.pairs[0].of, OVERLAP_NONE);
	assert_int_equal(overlap_matches(&c.o, &c.o.pairs[0], &list), 4);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(c.o.v[list[i].a].number, c.o.v[list[i].b].number);
	free(list);
	done(&c);
	/* Also where everybody says it. */
	for (size_t i = 0; i < MOST; i++)
		many[i] = slice_of(text);
	compare(&c, many, MOST);
	assert_int_equal(c.o.n_pairs, MOST * (MOST - 1) / 2);
	for (size_t i = 0; i < c.o.n_pairs; i++)
		assert_int_equal(percent(&c, i, 0), 100);
	assert_int_equal(c.o.n_commons, 3);
	assert_int_equal(c.o.commons[0].drafts, MOST);
	done(&c);
}

static void what_everybody_says_joins_no_two_drafts(void **state)
{
	struct str texts[MOST];
	struct slice slices[MOST];
	struct compared c = {0};

	(void)state;
	for (size_t i = 0; i < MOST; i++) {
		texts[i] = (struct str)STR_INIT;
		str_add_text(&texts[i], CLAUSE_C);
		for (size_t k = 0; k < 60; k++)
			str_addf(&texts[i], "%sw%zux%zu", k % 12 ? " " : "\n\n", i, k);
		slices[i] = str_slice(&texts[i]);
	}
	compare(&c, slices, MOST);
	assert_int_equal(c.o.n_pairs, 0);
	assert_int_equal(c.o.n_commons, 1);
	assert_int_equal(c.o.commons[0].drafts, MOST);
	done(&c);
	compare(&c, slices, 3);
	assert_int_equal(c.o.n_pairs, 3);
	assert_int_equal(c.o.n_commons, 0);
	done(&c);
	for (size_t i = 0; i < MOST; i++)
		str_release(&texts[i]);
}

static void the_suggestion_follows_the_shares(void **state)
{
	struct compared c = {0};

	(void)state;
	/* All of one in the other. */
	compare_two(&c, CLAUSE_A CLAUSE_B, CLAUSE_A CLAUSE_B CLAUSE_C CLAUSE_D);
	assert_int_equal(c.o.pairs[0].outcome, OVERLAP_SUPPRESS);
	assert_int_equal(c.o.pairs[0].of, 0);
	assert_int_equal(percent(&c, 0, 0), 100);
	done(&c);
	/* A good part of each. */
	compare_two(&c, CLAUSE_A CLAUSE_B CLAUSE_D, CLAUSE_A CLAUSE_B CLAUSE_C);
	assert_int_equal(c.o.pairs[0].outcome, OVERLAP_MERGE);
	assert_int_equal(c.o.pairs[0].of, OVERLAP_NONE);
	done(&c);
	compare_two(&c, CLAUSE_A CLAUSE_B, CLAUSE_A CLAUSE_B);
	assert_int_equal(c.o.pairs[0].of, OVERLAP_NONE);
	done(&c);
}

/* ---- properties ---- */

/* Drafts that are made of each other: paragraphs are taken over, changed a little, left out. */
static void random_drafts(struct prng *r, struct str *texts, size_t n)
{
	struct str pool[40];

	for (size_t i = 0; i < 40; i++) {
		pool[i] = (struct str)STR_INIT;
		random_text(r, &pool[i], 30);
		for (size_t k = 0; k < pool[i].len; k++)
			if (pool[i].p[k] == '\n' || pool[i].p[k] == '\r')
				pool[i].p[k] = ' ';
	}
	for (size_t i = 0; i < n; i++) {
		texts[i] = (struct str)STR_INIT;
		for (size_t k = prng_below(r, 20); k > 0; k--) {
			str_add_slice(&texts[i], str_slice(&pool[prng_below(r, 40)]));
			if (prng_one_in(r, 3))
				str_add_text(&texts[i], " and a word or two more");
			str_add_text(&texts[i], "\n\n");
		}
		if (prng_one_in(r, 4))
			random_bytes(r, &texts[i], 200);
	}
	for (size_t i = 0; i < 40; i++)
		str_release(&pool[i]);
}

static const struct overlap_pair *pair_of(const struct overlap *o, uint32_t a, uint32_t b)
{
	for (size_t i = 0; i < o->n_pairs; i++)
		if (o->pairs[i].a == a && o->pairs[i].b == b)
			return &o->pairs[i];
	return NULL;
}

static void assert_sane_pair(const struct overlap *o, const struct overlap_pair *p)
{
	struct overlap_match *list;
	size_t n = overlap_matches(o, p, &list);

	assert_true(p->a < p->b && p->b < o->n_drafts);
	assert_true(n >= p->paragraphs[0] && n >= p->paragraphs[1]);
	assert_true(n <= (size_t)p->paragraphs[0] + p->paragraphs[1]);
	for (int side = 0; side < 2; side++) {
		assert_true(p->paragraphs[side] > 0);
		assert_true(overlap_share(o, p, side) <= 1);
	}
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(o->v[list[i].a].draft, p->a);
		assert_int_equal(o->v[list[i].b].draft, p->b);
		assert_true(overlap_match_share(o, &list[i], 0) <= 1);
		assert_true(overlap_match_share(o, &list[i], 1) <= 1);
	}
	free(list);
}

static void the_order_of_the_drafts_changes_nothing(void **state)
{
	struct prng r = prng_make(20260218);

	(void)state;
	for (int round = 0; round < 40; round++) {
		struct str texts[MOST];
		struct slice one[MOST], other[MOST];
		uint32_t to[MOST];
		size_t n = 2 + prng_below(&r, MOST - 2);
		struct compared c = {0}, d = {0};

		random_drafts(&r, texts, n);
		for (uint32_t i = 0; i < n; i++)
			to[i] = i;
		for (size_t i = n - 1; i > 0; i--) {
			size_t k = prng_below(&r, i + 1);
			uint32_t keep = to[i];

			to[i] = to[k];
			to[k] = keep;
		}
		for (size_t i = 0; i < n; i++)
			one[i] = other[to[i]] = str_slice(&texts[i]);
		compare(&c, one, n);
		compare(&d, other, n);
		assert_int_equal(c.o.n_pairs, d.o.n_pairs);
		assert_int_equal(c.o.n_commons, d.o.n_commons);
		for (size_t i = 0; i < c.o.n_pairs; i++) {
			const struct overlap_pair *p = &c.o.pairs[i], *q;
			bool turned = to[p->a] > to[p->b];

			q = pair_of(&d.o, to[turned ? p->b : p->a], to[turned ? p->a : p->b]);
			assert_non_null(q);
			assert_sane_pair(&c.o, p);
			assert_int_equal(p->weight[0], q->weight[turned]);
			assert_int_equal(p->weight[1], q->weight[!turned]);
			assert_int_equal(p->paragraphs[0], q->paragraphs[turned]);
			assert_int_equal(p->outcome, q->outcome);
			assert_int_equal(p->of == OVERLAP_NONE ? p->of : to[p->of], q->of);
		}
		done(&c);
		done(&d);
		for (size_t i = 0; i < n; i++)
			str_release(&texts[i]);
	}
}

static void any_bytes_can_be_read(void **state)
{
	struct prng r = prng_make(7);

	(void)state;
	for (int round = 0; round < 100; round++) {
		struct str a = STR_INIT, b = STR_INIT;
		struct compared c = {0};
		struct slice texts[2];

		random_bytes(&r, &a, prng_below(&r, 2000));
		random_bytes(&r, &b, prng_below(&r, 2000));
		str_add_slice(&b, str_slice(&a));
		texts[0] = str_slice(&a);
		texts[1] = str_slice(&b);
		compare(&c, texts, 2);
		for (size_t i = 0; i < c.o.n_pairs; i++)
			assert_sane_pair(&c.o, &c.o.pairs[i]);
		done(&c);
		str_release(&a);
		str_release(&b);
	}
}

/* ---- real texts ---- */

static bool read_file(const char *folder, const char *name, struct str *out)
{
	char path[4096], buf[65536];
	size_t n;
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "rb");
	if (!f)
		return false;
	while ((n = fread(buf, 1, sizeof(buf), f)) > 0)
		str_add(out, buf, n);
	fclose(f);
	return true;
}

static const char *material(const char *file)
{
	const char *folder = getenv("ADREF_MATERIAL");
	struct str probe = STR_INIT;
	bool there = folder && *folder && read_file(folder, file, &probe);

	str_release(&probe);
	if (!there)
		print_message("no real texts at hand: set MATERIAL to their folder\n");
	return there ? folder : NULL;
}

static void the_draft_and_the_agreement_that_came_of_it_repeat_each_other(void **state)
{
	const char *folder = material("paris-2015-12-12.en.md");
	struct str a = STR_INIT, b = STR_INIT, other = STR_INIT;
	struct slice texts[3];
	struct compared c = {0};

	(void)state;
	if (!folder)
		skip();
	assert_true(read_file(folder, "paris-2015-10-23.en.md", &a));
	assert_true(read_file(folder, "paris-2015-12-12.en.md", &b));
	assert_true(read_file(folder, "itu-resolution-31.fr.txt", &other));
	texts[0] = str_slice(&a);
	texts[1] = str_slice(&b);
	texts[2] = str_slice(&other);
	compare(&c, texts, 3);
	assert_int_equal(c.o.n_pairs, 1);
	assert_int_equal(c.o.pairs[0].a, 0);
	assert_int_equal(c.o.pairs[0].b, 1);
	assert_in_range(percent(&c, 0, 1), 10, 90);
	assert_true(percent(&c, 0, 0) < percent(&c, 0, 1));
	assert_sane_pair(&c.o, &c.o.pairs[0]);
	done(&c);
	str_release(&a);
	str_release(&b);
	str_release(&other);
}

static void versions_of_chinese_law_repeat_each_other(void **state)
{
	static const char *const names[] = {
		"v01_2022-03-21_3305c96bec.md", "v02_2022-03-26_d7dff8469f.md",
		"v03_2022-03-28_e241beea24.md", "v04_2022-04-20_3cd6e86b80.md"};
	const char *folder = material("revisions/zh_minshisusong/v01_2022-03-21_3305c96bec.md");
	struct str texts[4] = {STR_INIT, STR_INIT, STR_INIT, STR_INIT};
	struct slice slices[4];
	struct compared c = {0};
	char path[4096];

	(void)state;
	if (!folder)
		skip();
	snprintf(path, sizeof(path), "%s/revisions/zh_minshisusong", folder);
	for (size_t i = 0; i < 4; i++) {
		assert_true(read_file(path, names[i], &texts[i]));
		slices[i] = str_slice(&texts[i]);
	}
	compare(&c, slices, 4);
	assert_int_equal(c.o.n_pairs, 6);
	for (size_t i = 0; i < c.o.n_pairs; i++) {
		assert_true(percent(&c, i, 0) >= 80 || percent(&c, i, 1) >= 80);
		assert_int_equal(c.o.pairs[i].outcome, OVERLAP_SUPPRESS);
	}
	done(&c);
	for (size_t i = 0; i < 4; i++)
		str_release(&texts[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_paragraph_that_stands_in_two_drafts_is_found),
		cmocka_unit_test(what_is_written_otherwise_is_the_same),
		cmocka_unit_test(what_is_nearly_the_same_is_found_in_all_languages),
		cmocka_unit_test(what_is_short_or_a_heading_or_a_call_repeats_nothing),
		cmocka_unit_test(words_that_only_happen_to_be_in_both_are_no_repetition),
		cmocka_unit_test(a_draft_says_all_that_its_copy_says),
		cmocka_unit_test(what_everybody_says_joins_no_two_drafts),
		cmocka_unit_test(the_suggestion_follows_the_shares),
		cmocka_unit_test(the_order_of_the_drafts_changes_nothing),
		cmocka_unit_test(any_bytes_can_be_read),
		cmocka_unit_test(the_draft_and_the_agreement_that_came_of_it_repeat_each_other),
		cmocka_unit_test(versions_of_chinese_law_repeat_each_other),
	};

	return cmocka_run_group_tests_name("overlap", tests, NULL, NULL);
}
