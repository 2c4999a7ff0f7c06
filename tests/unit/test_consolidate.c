/* SPDX-License-Identifier: MIT */
#include "consolidate_texts.h"
#include "law_texts.h"
#include "support.h"

#include "core/consolidate.h"
#include "core/diff.h"
#include "core/mem.h"
#include "core/word.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the laws ---- */

static struct consolidate_ask asked(const struct material *m)
{
	return (struct consolidate_ask){.base = str_slice(&m->base),
					.inputs = m->in,
					.n = m->n,
					.language = SLICE("en"),
					.parties = &regions};
}

/* Into an empty out. What it says to be open is open in it. */
static void merge(const struct material *m, struct str *out)
{
	struct error err = ERROR_INIT;
	struct consolidate_ask ask = asked(m);
	struct brackets b;
	size_t open;

	ask.open = &open;
	assert_int_equal(consolidate(&ask, out, &err), 0);
	brackets_read(&b, str_slice(out), &regions);
	assert_int_equal(open, b.n_outer);
	brackets_release(&b);
}

static bool same_texts(struct slice a, struct slice b, uint16_t party)
{
	struct str x = STR_INIT, y = STR_INIT;
	bool same;

	law_texts(a, party, &regions, &x);
	law_texts(b, party, &regions, &y);
	same = slice_equal(str_slice(&x), str_slice(&y));
	str_release(&x);
	str_release(&y);
	return same;
}

/* Which of laws 1 to 4 the result breaks; 0: none. */
static int broken_law(const struct material *m, struct slice result)
{
	struct material turned = *m;
	struct str other = STR_INIT;
	bool differs = false, same;

	for (size_t i = 0; i < m->n; i++) {
		if (!same_texts(result, str_slice(&m->text[i]), m->in[i].party))
			return 1;
	}
	if (!same_texts(result, str_slice(&m->base), PARTY_NONE))
		return 2;
	for (size_t i = 0; i < m->n; i++)
		turned.in[i] = m->in[m->n - 1 - i];
	merge(&turned, &other);
	same = slice_equal(str_slice(&other), result);
	str_release(&other);
	if (!same)
		return 3;
	for (size_t i = 0; i < m->n && !differs; i++)
		differs = !slice_equal(str_slice(&m->text[i]), str_slice(&m->base));
	if (!differs && !slice_equal(result, str_slice(&m->base)))
		return 4;
	return 0;
}

static void show(const struct material *m, struct slice result, int law, size_t seed)
{
	fprintf(stderr, "case %zu breaks law %d\n== base\n%.*s\n", seed, law, (int)m->base.len,
		m->base.p ? m->base.p : "");
	for (size_t i = 0; i < m->n; i++)
		fprintf(stderr, "== %s\n%.*s\n", regions.v[m->in[i].party].code,
			(int)m->text[i].len, m->text[i].p ? m->text[i].p : "");
	fprintf(stderr, "== result\n%.*s\n", (int)result.len, result.p);
	for (size_t i = 0; i <= m->n; i++) {
		struct str got = STR_INIT, want = STR_INIT;
		uint16_t party = i < m->n ? m->in[i].party : PARTY_NONE;

		law_texts(result, party, &regions, &got);
		law_texts(str_slice(i < m->n ? &m->text[i] : &m->base), party, &regions, &want);
		if (!slice_equal(str_slice(&got), str_slice(&want)))
			fprintf(stderr, "== %s: got\n%s\n== want\n%s\n",
				i < m->n ? regions.v[party].code : "base", str_text(&got),
				str_text(&want));
		str_release(&got);
		str_release(&want);
	}
}

static void the_laws_hold_on_generated_texts(void **state)
{
	size_t from = number_from("ADREF_FROM", 0), cases = number_from("ADREF_CASES", 2000);
	size_t keep = number_from("ADREF_KEEP", 0), bad = 0;
	struct material m = {.n = 0};

	(void)state;
	for (size_t i = from; i < from + cases; i++) {
		struct prng r = prng_make(i + 1);
		struct str result = STR_INIT;
		int law;

		generate(&r, &m);
		merge(&m, &result);
		law = broken_law(&m, str_slice(&result));
		if (law) {
			bad++;
			show(&m, str_slice(&result), law, i);
		}
		str_release(&result);
		if (bad > keep)
			break;
	}
	material_release(&m);
	if (bad)
		fprintf(stderr, "%zu bad\n", bad);
	assert_int_equal(bad, 0);
}

/* ---- many paragraphs ---- */

static void last_first(const struct each *self, size_t n, void (*one)(void *context, size_t i),
		       void *context)
{
	(void)self;
	while (n > 0)
		one(context, --n);
}

/* Several generated texts as one. tame: only those in which nothing can span lines. */
static void generate_long(struct prng *r, struct material *all, bool tame)
{
	struct material m = {.n = 0};

	material_clear(all);
	while (all->base.len < 18000) {
		bool wild = false;

		generate(r, &m);
		for (size_t i = 0; tame && i <= m.n; i++) {
			struct slice s = str_slice(i < m.n ? &m.text[i] : &m.base);

			for (size_t k = 0; k < s.len; k++)
				wild = wild || strchr("[]`<~:-\\\xEF", s.p[k]) != NULL;
		}
		if (wild)
			continue;
		str_add_slice(&all->base, str_slice(&m.base));
		str_add_text(&all->base, "\n\n");
		for (size_t i = 0; i < PARTIES_MOST; i++) {
			str_add_slice(&all->text[i], str_slice(i < m.n ? &m.text[i] : &m.base));
			str_add_text(&all->text[i], "\n\n");
		}
	}
	for (all->n = 0; all->n < PARTIES_MOST; all->n++)
		all->in[all->n] = (struct consolidate_input){str_slice(&all->text[all->n]),
							     (uint16_t)all->n};
	material_release(&m);
}

static void in_whatever_order_parts_are_done_the_result_is_one(void **state)
{
	const struct each each = {last_first};
	struct material m = {.n = 0};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct prng r = prng_make(i + 77);
		struct str one = STR_INIT, other = STR_INIT;
		struct error err = ERROR_INIT;
		struct consolidate_ask ask;

		generate_long(&r, &m, i != 0);
		merge(&m, &one);
		ask = asked(&m);
		ask.each = &each;
		assert_int_equal(consolidate(&ask, &other, &err), 0);
		assert_slice_equal(str_slice(&one), str_slice(&other));
		assert_int_equal(broken_law(&m, str_slice(&one)), 0);
		str_release(&one);
		str_release(&other);
	}
	material_release(&m);
}

/* ---- law 5 ---- */

/* A paragraph of words of which no two are alike. */
static void add_prose(struct prng *r, struct str *out, size_t n, size_t *next)
{
	static const char *const syllables[] = {"ba", "ke", "lo", "mi", "nu", "ra", "se", "to"};

	for (size_t i = 0; i < n; i++) {
		size_t x = ++*next;

		if (i)
			str_add_text(out, prng_one_in(r, 7) ? ", " : " ");
		for (size_t k = 0; k < 5; k++, x /= 8)
			str_add_text(out, syllables[x % 8]);
	}
	str_add_text(out, ";\n");
}

static size_t words_in_points(struct slice text, bool first_only, size_t *n_points)
{
	struct brackets b;
	size_t count = 0;

	brackets_read(&b, text, &regions);
	*n_points = b.n_outer;
	for (size_t i = 0; i < b.n_points; i++) {
		const struct point *p = &b.points[i];

		for (uint32_t k = 0; k < p->n_options && (k == 0 || !first_only); k++) {
			const struct option *o = point_option(&b, p, k);
			count += word_count(text.p + o->begin, o->end - o->begin);
		}
	}
	brackets_release(&b);
	return count;
}

static void merge_one(struct slice base, struct slice text, struct str *out)
{
	struct consolidate_input in = {text, 0};
	struct consolidate_ask ask = {.base = base,
				      .inputs = &in,
				      .n = 1,
				      .language = SLICE("en"),
				      .parties = &regions};
	struct error err = ERROR_INIT;

	assert_int_equal(consolidate(&ask, out, &err), 0);
}

static void one_changed_word_takes_itself_and_at_most_a_neighbour(void **state)
{
	struct prng r = prng_make(5);
	size_t next = 0;

	(void)state;
	for (int round = 0; round < 400; round++) {
		struct str base = STR_INIT, text = STR_INIT, out = STR_INIT;
		size_t at, end, points;

		add_prose(&r, &base, 4 + prng_below(&r, 30), &next);
		at = prng_below(&r, base.len - 2);
		while (at > 0 && base.p[at - 1] != ' ')
			at--;
		end = at;
		while (strchr(" ,;", base.p[end]) == NULL)
			end++;
		str_add_slice(&text, str_slice(&base));
		switch (prng_below(&r, 4)) {
		case 0: /* another word */
			str_splice(&text, at, end - at, "Other", 5);
			break;
		case 1: /* a word more */
			str_splice(&text, at, 0, "Other ", 6);
			break;
		case 2: /* its case */
			text.p[at] ^= 32;
			break;
		default: /* another mark after it */
			str_splice(&text, end, 0, ":", 1);
			break;
		}
		merge_one(str_slice(&base), str_slice(&text), &out);
		assert_in_range(words_in_points(str_slice(&out), true, &points), 1, 2);
		assert_int_equal(points, 1);
		str_release(&base);
		str_release(&text);
		str_release(&out);
	}
}

static void changes_less_than_three_words_apart_are_one_point(void **state)
{
	struct prng r = prng_make(6);
	size_t next = 0;

	(void)state;
	for (size_t apart = 0; apart < 12; apart++) {
		struct str base = STR_INIT, text = STR_INIT, out = STR_INIT;
		size_t points, word = 0;

		add_prose(&r, &base, 24, &next);
		for (size_t i = 0; i < base.len; i++) {
			bool begins = i == 0 || base.p[i - 1] == ' ';

			word += begins;
			str_add_char(&text, begins && (word == 3 || word == 4 + apart)
						    ? 'X'
						    : base.p[i]);
		}
		merge_one(str_slice(&base), str_slice(&text), &out);
		words_in_points(str_slice(&out), true, &points);
		assert_int_equal(points, apart < 3 ? 1 : 2);
		str_release(&base);
		str_release(&text);
		str_release(&out);
	}
}

static void what_shares_less_than_a_third_is_one_point(void **state)
{
	struct prng r = prng_make(7);
	size_t next = 0;

	(void)state;
	for (size_t kept = 0; kept <= 20; kept++) {
		struct str base = STR_INIT, text = STR_INIT, out = STR_INIT;
		size_t points, word = 0, words_then;

		add_prose(&r, &base, 20, &next);
		for (size_t i = 0; i < base.len; i++) {
			bool begins = i == 0 || base.p[i - 1] == ' ';

			word += begins;
			/* Every kept-th of twenty words stays. */
			str_add_char(&text,
				     begins && (word * kept) / 20 == ((word - 1) * kept) / 20
					     ? 'X'
					     : base.p[i]);
		}
		merge_one(str_slice(&base), str_slice(&text), &out);
		words_then = words_in_points(str_slice(&out), false, &points);
		if (kept < 7)
			assert_int_equal(words_then, 40);
		if (kept >= 7 && kept < 20)
			assert_true(words_then <= 40);
		if (kept == 20)
			assert_slice_equal(str_slice(&out), str_slice(&base));
		str_release(&base);
		str_release(&text);
		str_release(&out);
	}
}

/* Takes the id that ends at `close` out of a text. */
static void ids_are_minted_only_where_points_would_join(void **state)
{
	struct material m = {.n = 0};

	(void)state;
	for (size_t i = 0; i < 600; i++) {
		struct prng r = prng_make(i + 1000001);
		struct str result = STR_INIT;
		struct brackets b;

		generate(&r, &m);
		merge(&m, &result);
		brackets_read(&b, str_slice(&result), &regions);
		for (size_t k = 0; k < b.n; k++) {
			struct slice id = {result.p + b.v[k].id, b.v[k].id_end - b.v[k].id};
			struct str without = STR_INIT;
			struct brackets c;

			/* Those of the inputs end in a digit below 10, after one letter. */
			if (id.len < 5)
				continue;
			str_add_slice(&without, str_slice(&result));
			str_splice(&without, b.v[k].id - 2, id.len + 3, "", 0);
			brackets_read(&c, str_slice(&without), &regions);
			assert_true(c.n_points != b.n_points || c.n != b.n ||
				    c.n_options != b.n_options || c.n_skipped != b.n_skipped ||
				    c.v[k].id != c.v[k].id_end);
			brackets_release(&c);
			str_release(&without);
		}
		brackets_release(&b);
		str_release(&result);
	}
	material_release(&m);
}

/* Other labels, line ends, outer blanks and kinds of blanks: nothing of it is a difference. */
static void what_is_not_compared_leaves_the_base_as_it_is(void **state)
{
	struct slice base =
		SLICE("---\ntitle: a\n---\n# One  two\n\na) Members [shall / should] "
		      "`x y`\n\n\n\u2013 see [^1] and [ too\n\nc)\n1. end");
	struct slice other =
		SLICE("  # One two  \r\nb)\tMembers\u00A0[shall / should] `x y`\r\n"
		      "1.1) see  [^1]\u00A0and [ too \r\n\r\n\r\nz) end\r\n");
	struct str out = STR_INIT;

	(void)state;
	merge_one(base, other, &out);
	assert_slice_equal(str_slice(&out), base);
	str_release(&out);
}

/* ---- examples ---- */

static void read_file(const char *path, struct str *out)
{
	FILE *f = fopen(path, "rb");
	char buffer[4096];
	size_t n;

	assert_non_null(f);
	while ((n = fread(buffer, 1, sizeof(buffer), f)) > 0)
		str_add(out, buffer, n);
	fclose(f);
}

/* The next "==== name word" and what stands below it. */
static bool next_section(struct slice *rest, struct slice *name, struct slice *word,
			 struct slice *text)
{
	const char *p = rest->len ? memmem(rest->p, rest->len, "==== ", 5) : NULL, *end, *lf;

	if (!p)
		return false;
	end = rest->p + rest->len;
	lf = memchr(p, '\n', (size_t)(end - p));
	assert_non_null(lf);
	*name = slice_make(p + 5, (size_t)(lf - p) - 5);
	*word = slice_make(lf, 0);
	p = memchr(name->p, ' ', name->len);
	if (p) {
		*word = slice_make(p + 1, (size_t)(lf - p) - 1);
		name->len = (size_t)(p - name->p);
	}
	p = memmem(lf + 1, (size_t)(end - lf) - 1, "==== ", 5);
	*text = slice_make(lf + 1, (size_t)((p ? p : end) - lf) - 1);
	*rest = slice_make(text->p + text->len, (size_t)(end - text->p) - text->len);
	return true;
}

static void check_example(const char *path)
{
	struct str file = STR_INIT;
	struct slice rest, name, word, text, language = {"", 0}, want = {NULL, 0};
	struct material m = {.n = 0};
	struct consolidate_ask ask;
	struct str out = STR_INIT;
	struct error err = ERROR_INIT;

	read_file(path, &file);
	rest = str_slice(&file);
	while (next_section(&rest, &name, &word, &text)) {
		if (slice_is(name, "base")) {
			str_add_slice(&m.base, text);
			language = word;
		} else if (slice_is(name, "result")) {
			want = text;
		} else {
			str_add_slice(&m.text[m.n], text);
			m.in[m.n].party = party_find(&regions, name, NULL);
			m.in[m.n].text = str_slice(&m.text[m.n]);
			m.n++;
		}
	}
	ask = asked(&m);
	ask.language = language;
	assert_int_equal(consolidate(&ask, &out, &err), 0);
	if (!want.p || !slice_equal(want, str_slice(&out)))
		fprintf(stderr, "%s:\n%.*s", path, (int)out.len, out.p);
	assert_non_null(want.p);
	assert_slice_equal(str_slice(&out), want);
	str_release(&out);
	str_release(&file);
	material_release(&m);
}

static void examples_come_out_as_a_delegate_would_have_them(void **state)
{
	static const char *const names[] = {
		"01-words-of-a-clause",       "02-a-list-of-numbers",
		"03-near-changes-are-one",    "04-new-paragraphs",
		"05-one-deletes-others-edit", "06-a-paragraph-moved",
		"07-chinese-by-character",    "08-whole-paragraph",
		"09-points-of-their-own",     "10-arabic-and-marks",
		"11-what-looks-like-parties", "12-hyphens-and-labels",
		"13-new-in-one-place"};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		char path[128];

		snprintf(path, sizeof(path), "tests/cases/consolidate/%s.txt", names[i]);
		check_example(path);
	}
}

/* ---- real texts ---- */

static size_t words_that_differ(struct slice base, struct slice text)
{
	struct diff d;
	size_t n = 0;

	diff_texts(&d, base, text);
	for (size_t i = 0; i < d.n_ops; i++) {
		if (d.ops[i].kind == DIFF_DELETE)
			n += word_count(base.p + d.ops[i].old, d.ops[i].old_end - d.ops[i].old);
		if (d.ops[i].kind == DIFF_INSERT)
			n += word_count(text.p + d.ops[i].new, d.ops[i].new_end - d.ops[i].new);
	}
	diff_release(&d);
	return n;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void check_folder(const char *folder, size_t *in_brackets, size_t *different)
{
	struct material m = {.n = 0};
	struct str result = STR_INIT;
	char path[4096], *names[64];
	size_t n = 0;
	struct dirent *e;
	DIR *d = opendir(folder);

	if (!d)
		return;
	while ((e = readdir(d)) && n < 64)
		if (e->d_name[0] != '.')
			names[n++] = mem_strdup(e->d_name);
	closedir(d);
	qsort(names, n, sizeof(*names), by_name);
	for (size_t i = 0; i < n; i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
		if (i == 0)
			read_file(path, &m.base);
		else if (m.n < PARTIES_MOST)
			read_file(path, &m.text[m.n++]);
		free(names[i]);
	}
	for (size_t i = 0; i < m.n; i++)
		m.in[i] = (struct consolidate_input){str_slice(&m.text[i]), (uint16_t)i};
	merge(&m, &result);
	assert_int_equal(broken_law(&m, str_slice(&result)), 0);
	/* Each by itself: words in brackets against words that differ. */
	for (size_t i = 0; i < m.n; i++) {
		size_t points, differ, in;

		str_clear(&result);
		merge_one(str_slice(&m.base), str_slice(&m.text[i]), &result);
		in = words_in_points(str_slice(&result), false, &points);
		differ = words_that_differ(str_slice(&m.base), str_slice(&m.text[i]));
		/* Blanks and marks alone have no words. */
		*in_brackets += differ ? in : 0;
		*different += differ;
	}
	str_release(&result);
	material_release(&m);
}

static void real_revisions_keep_the_laws(void **state)
{
	const char *material = getenv("ADREF_MATERIAL");
	size_t in_brackets = 0, different = 0;
	char path[2048];
	struct dirent *e;
	DIR *d;

	(void)state;
	if (!material || !*material)
		skip();
	snprintf(path, sizeof(path), "%s/corpus/revisions", material);
	d = opendir(path);
	assert_non_null(d);
	while ((e = readdir(d))) {
		if (e->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/corpus/revisions/%s", material, e->d_name);
		check_folder(path, &in_brackets, &different);
	}
	closedir(d);
	assert_true(2 * in_brackets <= 3 * different);
}

/* ---- inputs ---- */

static void two_texts_of_one_party_are_refused(void **state)
{
	struct consolidate_input in[2] = {{SLICE("a\n"), 1}, {SLICE("b\n"), 1}};
	struct consolidate_ask ask = {
		.base = SLICE("c\n"), .inputs = in, .n = 2, .parties = &regions};
	struct str out = STR_INIT;
	struct error err = ERROR_INIT;

	(void)state;
	assert_int_equal(consolidate(&ask, &out, &err), ST_USAGE);
	in[1].party = 99;
	assert_int_equal(consolidate(&ask, &out, &err), ST_USAGE);
	assert_int_equal(out.len, 0);
}

static void provenance_names_paragraph_party_and_what_was_done(void **state)
{
	static const char *const heads[4] = {"P", "Party", "From", "Done"};
	struct consolidate_input in[2] = {
		{SLICE("# T\n\none two three four\n\nnew words of mine here\n"), 0},
		{SLICE("# T\n\nfive six seven eight\n\none two three four\n\n# T\n"), 5}};
	struct provenance p;
	struct consolidate_ask ask = {
		.base = SLICE("# T\n\none two three four\n\nfive six seven eight\n"),
		.inputs = in,
		.n = 2,
		.parties = &regions,
		.provenance = &p};
	struct str out = STR_INIT, table = STR_INIT;
	struct error err = ERROR_INIT;

	(void)state;
	assert_int_equal(consolidate(&ask, &out, &err), 0);
	provenance_markdown(&p, &regions, heads, &table);
	assert_slice_is(str_slice(&table), "| P | Party | From | Done |\n"
					   "|---:|---|---:|---|\n"
					   "| 2 | EUR |  | deleted |\n"
					   "| 3 | AFR | 3 | merged |\n"
					   "| 4 | EUR | 3 | reordered |\n"
					   "| 5 | EUR | 4 | duplicate |\n");
	provenance_release(&p);
	str_release(&table);
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_laws_hold_on_generated_texts),
		cmocka_unit_test(in_whatever_order_parts_are_done_the_result_is_one),
		cmocka_unit_test(one_changed_word_takes_itself_and_at_most_a_neighbour),
		cmocka_unit_test(changes_less_than_three_words_apart_are_one_point),
		cmocka_unit_test(what_shares_less_than_a_third_is_one_point),
		cmocka_unit_test(ids_are_minted_only_where_points_would_join),
		cmocka_unit_test(what_is_not_compared_leaves_the_base_as_it_is),
		cmocka_unit_test(examples_come_out_as_a_delegate_would_have_them),
		cmocka_unit_test(real_revisions_keep_the_laws),
		cmocka_unit_test(two_texts_of_one_party_are_refused),
		cmocka_unit_test(provenance_names_paragraph_party_and_what_was_done),
	};

	return cmocka_run_group_tests(tests, regions_set_up, regions_tear_down);
}
