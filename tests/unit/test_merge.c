/* SPDX-License-Identifier: MIT */
#include "consolidate_texts.h"
#include "support_merge.h"

#include "core/bracket.h"
#include "core/mem.h"
#include "core/project.h"
#include "core/word.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- examples ---- */

static void check(const char *base, const char *ours, uint16_t a, const char *theirs,
		  uint16_t b, const char *want, size_t points)
{
	struct str out = STR_INIT;
	struct merge_outcome o;

	o = merge(slice_of(base), slice_of(ours), a, slice_of(theirs), b, &out);
	assert_slice_is(str_slice(&out), want);
	assert_int_equal(o.points, points);
	assert_false(o.whole);
	o = merge(slice_of(base), slice_of(theirs), b, slice_of(ours), a, &out);
	assert_slice_is(str_slice(&out), want);
	str_release(&out);
}

static void what_one_side_changed_is_taken(void **state)
{
	(void)state;
	check("a) one two three four\n\nlast line here\n",
	      "a) ONE two three four\n\nlast line here\n", AFR,
	      "b) one two three FOUR\n\nlast line here\n\nmore of it\n", EUR,
	      "b) ONE two three FOUR\n\nlast line here\n\nmore of it\n", 0);
	check("resolves to invite all Members\n", "resolves to urge all Members\n", AFR,
	      "resolves to invite all States\n", EUR, "resolves to urge all States\n", 0);
	/* Line ends, and a last one that is missing. */
	check("one\n\ntwo\n", "one\r\n\r\ntwo\r\n", NOBODY, "one\n\ntwo three\n", NOBODY,
	      "one\r\n\r\ntwo three\r\n", 0);
	check("one\n\ntwo\n", "one\n\ntwo", NOBODY, "one more\n\ntwo\n", NOBODY,
	      "one more\n\ntwo", 0);
	/* Moved, and changed by the other. */
	check("# T\n\nthe first paragraph of all\n\nthe second one is here\n\nthe third one "
	      "is there\n",
	      "# T\n\nthe second one is here\n\nthe third one is there\n\nthe first paragraph "
	      "of all\n",
	      NOBODY,
	      "# T\n\nthe very first paragraph of all\n\nthe second one is here\n\nthe third "
	      "one is there\n",
	      NOBODY,
	      "# T\n\nthe second one is here\n\nthe third one is there\n\nthe very first "
	      "paragraph of all\n",
	      0);
}

static void what_both_changed_differently_is_a_point(void **state)
{
	(void)state;
	check("Members shall report\n", "Members should report\n", AFR, "Members may report\n",
	      EUR, "Members [shall / EUR: may / AFR: should] report\n", 1);
	check("Members shall report\n", "Members should report\n", NOBODY,
	      "Members may report\n", NOBODY, "Members [shall / may / should] report\n", 1);
	check("a house of wood here\n", "a big house of wood here\n", AFR,
	      "a small house of wood here\n", EUR,
	      "a [AFR: big / EUR: small] house of wood here\n", 1);
	/* Side by side: nobody has said that the two go together. */
	check("resolves to invite Members\n", "resolves to urge Members\n", AFR,
	      "resolves to invite States\n", EUR,
	      "resolves to [invite Members / EUR: invite States / AFR: urge Members]\n", 1);
	/* What agrees is one wording beside what does not. */
	check("one two three four five\n", "ONE two [three / x / y] four five\n", NOBODY,
	      "one two z four FIVE\n", NOBODY, "ONE two [three / x / y / z] four FIVE\n", 1);
	check("one two three four five\n", "ONE two three four FIVE\n", AFR, "1 2 3 4 5\n", EUR,
	      "[one two three four five / EUR: 1 2 3 4 5 / AFR: ONE two three four FIVE]\n", 1);
	/* One takes it out, the other changes it. */
	check("one two\n\na) three four five six\n", "one two\n", AFR,
	      "one two\n\na) three four five seven\n", EUR,
	      "one two\n\na) [three four five six / AFR: no text / EUR: three four five "
	      "seven]\n",
	      1);
	/* Both add at one place. */
	check("one two\n", "one two\n\na) three\n", AFR, "one two\n\na) four\n\nb) five\n", EUR,
	      "one two\n\n[\nEUR: a) four\n\nb) five\n/\nAFR: a) three\n]\n", 1);
	check("", "one\n", NOBODY, "two\n", NOBODY, "[one / two]\n", 1);
}

static void a_point_gets_the_wordings_of_both(void **state)
{
	(void)state;
	check("it is a here\n", "it is [a / AFR: b] here\n", AFR, "it is [a / EUR: c] here\n",
	      EUR, "it is [a / AFR: b / EUR: c] here\n", 1);
	check("it is [a / x] here\n", "it is [a / x / AFR: b] here\n", AFR,
	      "it is [a / x / EUR: b]{#b1} here\n", EUR,
	      "it is [a / x / AFR, EUR: b]{#b1} here\n", 1);
	check("it is a here\n", "it is [a / AFR: b / EUR: c] here\n", AFR, "it is d here\n",
	      ASP, "it is [a / AFR: b / EUR: c / ASP: d] here\n", 1);
	check("it is here\n", "it is [AFR: b / EUR: c] here\n", AFR, "it is d here\n", ASP,
	      "it is [AFR: b / EUR: c / ASP: d] here\n", 1);
	check("one\n", "one\n\n[AFR: b b / EUR: c c]\n", AFR, "one\n\nd d\n", ASP,
	      "one\n\n[AFR: b b / EUR: c c / ASP: d d]\n", 1);
	/* The same in both, but for the id that one gave it. */
	check("it is [a / x] here\n", "it is [a / x / AFR: b]{#b1} here\n", AFR,
	      "it is [a / x / AFR: b] here now\n", EUR,
	      "it is [a / x / AFR: b]{#b1} here now\n", 0);
	/* Decided by one, untouched by the other. */
	check("it is [a / x] here\n", "it is a here\n", AFR, "it is [a / x] there\n", EUR,
	      "it is a there\n", 0);
}

/* What two have alike may stand beside something in one of them, and beside nothing in the
 * other: it keeps the blank. */
static void no_blank_between_words_is_lost(void **state)
{
	static const char *const texts[] = {"w1 w2 w3 w4 [a / b].", "y.", "[a / b]."};
	static const char base[] = "y z [a / b] x [c / d].";
	struct str first = STR_INIT, all = STR_INIT;

	(void)state;
	check("a", "it is  a/", NOBODY, "it is[a / ]", NOBODY, "[a / no text / it is  a\\/]",
	      1);
	for (size_t i = 0; i < 3; i++) {
		merge(slice_of(base), slice_of(texts[i]), NOBODY, slice_of(texts[(i + 1) % 3]),
		      NOBODY, &first);
		merge(slice_of(base), str_slice(&first), NOBODY, slice_of(texts[(i + 2) % 3]),
		      NOBODY, &all);
		assert_slice_is(
			str_slice(&all),
			"[y z [a / b] x [c / d]. / [a / b]. / w1 w2 w3 w4 [a / b]. / y.]");
	}
	str_release(&first);
	str_release(&all);
}

/* Two places that grow towards each other over what both leave as it is are one. */
static void what_stands_between_two_places_stands_once(void **state)
{
	(void)state;
	check("is [a]", "x/is/[c]", NOBODY, "x is [d]", NOBODY,
	      "[is [a] / x is\\/ [d] / x is\\/[c] / x/is\\/ [d] / x/is\\/[c]]", 1);
}

/* A bracket left open in one place and one left closed in another are no pair. */
static void brackets_that_do_not_pair_are_none_together(void **state)
{
	(void)state;
	check("one\n\ntwo\n", "one\n\n[a / x] b [\n\ntwo\n", NOBODY, "one\n\ntwo two]\n",
	      NOBODY, "one\n\n[\\ a / x] b \\[\n\ntwo two]\n", 0);
}

static void front_matter_is_merged_by_key(void **state)
{
	(void)state;
	check("---\ntitle: a\nrevision: 1\n---\none\n",
	      "---\ntitle: b\nrevision: 2\n---\none\n", AFR,
	      "---\ntitle: a\nsymbol: x\nrevision: 3\n---\none two\n", EUR,
	      "---\ntitle: b\nsymbol: x\nrevision: 2\n# EUR: revision: 3\n---\none two\n", 1);
}

static void yaml_is_merged_by_entry(void **state)
{
	struct merge_outcome o;
	struct str out = STR_INIT;

	(void)state;
	merge_yaml(
		&out,
		SLICE("b1:\n  stance: supports\n  date: 2025-01-01\nb2:\n  stance: none\n"),
		(struct merge_side){SLICE("b1:\n  stance: opposes\n  date: 2025-02-01\nb2:\n  "
					  "stance: none\nb3:\n  option: 1\n"),
				    AFR},
		(struct merge_side){SLICE("b1:\n  stance: reserves\n  date: 2025-03-01\nb4:\n"
					  "  option: 2\n"),
				    NOBODY},
		&regions, &o);
	assert_slice_is(str_slice(&out),
			"b1:\n  stance: reserves\n  date: 2025-03-01\n# AFR: b1:\n# AFR:   "
			"stance: opposes\n# AFR:   date: 2025-02-01\nb4:\n  option: 2\nb3:\n  "
			"option: 1\n");
	assert_int_equal(o.points, 1);
	str_clear(&out);
	merge_yaml(&out, SLICE("- {digest: aa, date: 2025-01-01}\n"),
		   (struct merge_side){
			   SLICE("- {digest: aa, date: 2025-01-01}\n- {digest: cc}\n"), AFR},
		   (struct merge_side){
			   SLICE("- {digest: aa, date: 2025-01-01}\n- {digest: bb}\n"), EUR},
		   &regions, &o);
	assert_slice_is(str_slice(&out), "- {digest: aa, date: 2025-01-01}\n- {digest: bb}\n- "
					 "{digest: cc}\n");
	assert_int_equal(o.points, 0);
	str_release(&out);
}

/* As many entries as a file may hold: looking each up among all would take minutes. */
static void many_entries_are_merged_at_once(void **state)
{
	struct str base = STR_INIT, ours = STR_INIT, theirs = STR_INIT, out = STR_INIT;
	struct merge_outcome o;

	(void)state;
	for (int i = 0; i < 150000; i++) {
		str_addf(&base, "k%d: v\n", i);
		str_addf(&ours, "k%d: %s\n", i, i == 10 ? "w" : "v");
		/* And the same name over and over. */
		str_addf(&theirs, "k%d: v\n%s", i, i >= 75000 ? "new: x\n" : "");
	}
	merge_yaml(&out, str_slice(&base), (struct merge_side){str_slice(&ours), AFR},
		   (struct merge_side){str_slice(&theirs), EUR}, &regions, &o);
	assert_int_equal(o.points, 0);
	assert_int_equal(out.len, theirs.len);
	assert_non_null(memmem(out.p, out.len, "k10: w\nk11: v\n", 14));
	str_release(&base);
	str_release(&ours);
	str_release(&theirs);
	str_release(&out);
}

/* ---- properties on generated texts ---- */

/* Each word of the text that the base has not is in the result. */
static bool keeps_words(struct slice base, struct slice text, struct slice result)
{
	for (size_t i = 0, n; i < text.len; i += n) {
		enum token_kind kind;

		n = token_diff_at(text.p + i, text.len - i, &kind);
		if ((kind != TOKEN_WORD && kind != TOKEN_CHARACTER) ||
		    (base.len && memmem(base.p, base.len, text.p + i, n)))
			continue;
		/* Labels are not words; and what says that there is no text may say so
		 * otherwise. */
		if (n <= 2 || (n == 6 && memcmp(text.p + i + 1, "elete", 5) == 0) ||
		    (n == 4 && memcmp(text.p + i, "text", 4) == 0))
			continue;
		if (!result.len || !memmem(result.p, result.len, text.p + i, n))
			return false;
	}
	return true;
}

static size_t problems_of(struct slice text)
{
	struct brackets b;
	size_t n;

	brackets_read(&b, text, &regions);
	n = b.n_problems;
	brackets_release(&b);
	return n;
}

static const char *broken(struct slice b, struct slice x, struct slice y, struct str *result,
			  size_t *whole)
{
	struct str turned = STR_INIT;
	struct merge_outcome o;
	const char *what = NULL;

	merge(b, x, NOBODY, x, NOBODY, result);
	if (!slice_equal(str_slice(result), x))
		what = "x and x is x";
	merge(b, b, NOBODY, x, NOBODY, result);
	if (!slice_equal(str_slice(result), x))
		what = "base and x is x";
	merge(b, x, NOBODY, b, NOBODY, result);
	if (!slice_equal(str_slice(result), x))
		what = "x and base is x";
	merge(b, y, EUR, x, AFR, &turned);
	o = merge(b, x, AFR, y, EUR, result);
	if (!slice_equal(str_slice(&turned), str_slice(result)))
		what = "the sides can be exchanged";
	if (what && turned.len)
		fprintf(stderr, "== exchanged\n%s\n", str_text(&turned));
	if (!keeps_words(b, x, str_slice(result)) || !keeps_words(b, y, str_slice(result)))
		what = "no word is lost";
	if (problems_of(str_slice(result)) > problems_of(x) + problems_of(y))
		what = "no new problems";
	*whole += o.whole;
	str_release(&turned);
	return what;
}

static void the_properties_hold_on_generated_texts(void **state)
{
	size_t from = number_from("ADREF_FROM", 0), cases = number_from("ADREF_CASES", 1000);
	size_t keep = number_from("ADREF_KEEP", 0), bad = 0, whole = 0;
	struct material m = {.n = 0};

	(void)state;
	for (size_t i = from; i < from + cases && bad <= keep; i++) {
		struct prng r = prng_make(i + 1);
		struct str result = STR_INIT;
		const char *what;

		generate(&r, &m);
		if (m.n < 2)
			continue;
		what = broken(str_slice(&m.base), str_slice(&m.text[0]), str_slice(&m.text[1]),
			      &result, &whole);
		if (what) {
			bad++;
			fprintf(stderr,
				"case %zu: %s\n== base\n%s\n== ours\n%s\n== theirs\n%s\n== "
				"result\n%s\n",
				i, what, str_text(&m.base), str_text(&m.text[0]),
				str_text(&m.text[1]), str_text(&result));
		}
		str_release(&result);
	}
	material_release(&m);
	if (bad)
		fprintf(stderr, "%zu bad\n", bad);
	assert_int_equal(bad, 0);
	/* What opens in one text and closes in the other is seldom. */
	assert_in_range(whole, 0, cases / 500);
}

/* ---- three regions ---- */

/* Words of their own; each region changes some of the same few places. */
static void three_texts(struct prng *r, struct str *base, struct str text[3])
{
	size_t paragraphs = 1 + prng_below(r, 4);

	str_clear(base);
	for (size_t k = 0; k < 3; k++)
		str_clear(&text[k]);
	for (size_t p = 0; p < paragraphs; p++) {
		size_t n = 8 + prng_below(r, 20), place = 1 + prng_below(r, n - 2);
		size_t kind = prng_below(r, 5);

		for (size_t i = 0; i < n; i++) {
			const char *gap = i + 1 == n ? ".\n\n" : " ";

			str_addf(base, "w%zux%zu%s", p, i, gap);
			for (size_t k = 0; k < 3; k++) {
				bool mine = i == place && (kind < 3 || k < kind - 2);

				if (mine && kind == 0 && prng_one_in(r, 2))
					str_addf(&text[k], "w%zux%zu", p, i);
				else if (mine && kind == 1)
					str_addf(&text[k], "new%zu w%zux%zu", k % 2, p, i);
				else if (mine)
					str_addf(&text[k], "other%zu", prng_below(r, 3));
				else
					str_addf(&text[k], "w%zux%zu", p, i);
				str_add_text(&text[k], gap);
			}
		}
		for (size_t k = 0; k < 3; k++)
			if (kind == 2)
				str_addf(&text[k], "added by %zu here.\n\n", k);
	}
}

/* ---- random edits of three regions, criss-cross ---- */

/* Words changed, put in before others, paragraphs taken out and added. Each region has words of
 * its own: no two add the same. */
static void edited(struct prng *r, struct slice base, size_t who, struct str *out)
{
	size_t paragraph = 0;

	str_clear(out);
	for (size_t i = 0; i < base.len; paragraph++) {
		const char *lf = memchr(base.p + i, '\n', base.len - i);
		size_t end = (size_t)(lf - base.p) + 2;
		bool gone = prng_one_in(r, paragraph % 4 == 3 ? 3 : 12);

		for (size_t n = 0; i < end; n++) {
			size_t len = strcspn(base.p + i, " .");
			bool last = base.p[i + len] == '.';

			if (!gone && prng_one_in(r, 25))
				str_addf(out, "new%zu%c%zu ", n, (char)('a' + who),
					 prng_below(r, 2));
			if (!gone && !last && prng_one_in(r, 25))
				str_addf(out, "other%zu%c", n, (char)('a' + who));
			else if (!gone)
				str_add(out, base.p + i, len);
			i += len + (last ? 3 : 1);
			if (!gone)
				str_add_text(out, last ? ".\n\n" : " ");
		}
		if (prng_one_in(r, 10))
			str_addf(out, "Region %c adds paragraph %zu here.\n\n",
				 (char)('a' + who), paragraph);
	}
}

/* No word stands twice. */
static void a_base(struct prng *r, struct str *base)
{
	size_t paragraphs = 3 + prng_below(r, 4);

	str_clear(base);
	for (size_t p = 0; p < paragraphs; p++) {
		size_t n = 10 + prng_below(r, 25);

		for (size_t i = 0; i < n; i++)
			str_addf(base, "w%zux%zu%s", p, i, i + 1 == n ? ".\n\n" : " ");
	}
}

/* Both merge each other's first state and go on by themselves: git merges on a base of its own,
 * the merge of the two. Each way round, the result is the same. */
static bool criss_cross(struct slice base, const struct slice text[3], const uint16_t who[3],
			struct str *one, struct str *two)
{
	struct str x = STR_INIT, y = STR_INIT, third = STR_INIT, fourth = STR_INIT;
	bool same;

	merge(base, text[0], who[0], text[1], who[1], &x);
	merge(base, text[1], who[1], text[0], who[0], &y);
	same = slice_equal(str_slice(&x), str_slice(&y));
	merge(base, str_slice(&x), NOBODY, text[2], who[2], &third);
	/* One side took the third region in, the other made no change. */
	merge(str_slice(&x), str_slice(&third), NOBODY, str_slice(&y), NOBODY, one);
	merge(str_slice(&x), str_slice(&y), NOBODY, str_slice(&third), NOBODY, two);
	same = same && slice_equal(str_slice(one), str_slice(&third)) &&
	       slice_equal(str_slice(one), str_slice(two));
	/* Both took it in, on the older base. */
	merge(base, text[2], who[2], str_slice(&y), NOBODY, &fourth);
	merge(base, str_slice(&third), NOBODY, str_slice(&fourth), NOBODY, two);
	same = same && slice_equal(str_slice(one), str_slice(two));
	str_release(&x);
	str_release(&y);
	str_release(&third);
	str_release(&fourth);
	return same;
}

static void three_edited(struct prng *r, struct str *base, struct str text[3],
			 struct slice v[3])
{
	a_base(r, base);
	for (size_t k = 0; k < 3; k++) {
		edited(r, str_slice(base), k, &text[k]);
		v[k] = str_slice(&text[k]);
	}
}

static void tell(size_t i, const struct str *base, const struct str text[3],
		 const struct str *first, const struct str *other)
{
	fprintf(stderr, "case %zu\n== base\n%s== a\n%s== b\n%s== c\n%s== first\n%s== other\n%s",
		i, str_text((struct str *)base), str_text((struct str *)&text[0]),
		str_text((struct str *)&text[1]), str_text((struct str *)&text[2]),
		str_text((struct str *)first), str_text((struct str *)other));
}

static void random_edits_converge_criss_cross(void **state)
{
	static const uint16_t who[3] = {AFR, EUR, ASP};
	size_t from = number_from("ADREF_FROM", 0), cases = number_from("ADREF_CASES", 60);
	size_t bad = 0;
	struct str base = STR_INIT, text[3] = {STR_INIT, STR_INIT, STR_INIT};
	struct str first = STR_INIT, other = STR_INIT;

	(void)state;
	for (size_t i = from; i < from + cases; i++) {
		struct prng r = prng_make(i + 4711);
		struct slice v[3];

		three_edited(&r, &base, text, v);
		if (criss_cross(str_slice(&base), v, who, &first, &other))
			continue;
		if (!bad)
			tell(i, &base, text, &first, &other);
		bad++;
	}
	assert_int_equal(bad, 0);
	str_release(&first);
	str_release(&other);
	str_release(&base);
	for (size_t k = 0; k < 3; k++)
		str_release(&text[k]);
}

/* ---- the whole text, and branches ---- */

static void last_first(const struct each *self, size_t n, void (*one)(void *context, size_t i),
		       void *context)
{
	(void)self;
	while (n > 0)
		one(context, --n);
}

/* Many paragraphs: in whatever order parts of them are done. */
static void a_long_text_is_merged_in_parts(void **state)
{
	const struct each each = {last_first};

	(void)state;
	for (size_t i = 0; i < 20; i++) {
		struct str all[3] = {STR_INIT, STR_INIT, STR_INIT}, text[3];
		struct str base = STR_INIT, one = STR_INIT, other = STR_INIT;
		struct prng r = prng_make(i + 500);
		struct merge_outcome was, now;

		for (size_t k = 0; k < 20; k++) {
			for (size_t j = 0; j < 3; j++)
				text[j] = (struct str)STR_INIT;
			str_clear(&base);
			three_texts(&r, &base, text);
			str_add_slice(&all[0], str_slice(&base));
			str_add_slice(&all[1], str_slice(&text[0]));
			str_add_slice(&all[2], str_slice(&text[1]));
			for (size_t j = 0; j < 3; j++) {
				str_add_text(&all[j], "\n\n");
				str_release(&text[j]);
			}
		}
		was = merge(str_slice(&all[0]), str_slice(&all[1]), AFR, str_slice(&all[2]),
			    EUR, &one);
		merge_texts(&(struct merge_ask){.base = str_slice(&all[0]),
						.ours = {str_slice(&all[1]), AFR},
						.theirs = {str_slice(&all[2]), EUR},
						.language = SLICE("en"),
						.parties = &regions,
						.each = &each},
			    &other, &now);
		assert_slice_equal(str_slice(&one), str_slice(&other));
		assert_int_equal(was.points, now.points);
		for (size_t j = 0; j < 3; j++)
			str_release(&all[j]);
		str_release(&base);
		str_release(&one);
		str_release(&other);
	}
}

static void the_whole_text_is_one_point_of_both_sides(void **state)
{
	struct str out = STR_INIT;
	struct brackets b;

	(void)state;
	merge_whole(&out, (struct merge_side){SLICE("# A\n\n[ not closed\n\n/\n\nend"), AFR},
		    (struct merge_side){SLICE("```\nnever closed\n"), EUR}, &regions);
	brackets_read(&b, str_slice(&out), &regions);
	assert_int_equal(b.n_outer, 1);
	assert_int_equal(b.points[0].n_options, 2);
	assert_int_equal(b.n_problems, 0);
	brackets_release(&b);
	str_release(&out);
}

static void a_branch_is_called_by_a_code_or_an_alias(void **state)
{
	(void)state;
	assert_int_equal(merge_party(&regions, SLICE("AFR")), AFR);
	assert_int_equal(merge_party(&regions, SLICE("refs/heads/CEPT")), EUR);
	assert_int_equal(merge_party(&regions, SLICE("origin/EUR~2")), EUR);
	assert_int_equal(merge_party(&regions, SLICE("main")), NOBODY);
	assert_int_equal(merge_party(&regions, SLICE("")), NOBODY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_one_side_changed_is_taken),
		cmocka_unit_test(what_both_changed_differently_is_a_point),
		cmocka_unit_test(a_point_gets_the_wordings_of_both),
		cmocka_unit_test(no_blank_between_words_is_lost),
		cmocka_unit_test(what_stands_between_two_places_stands_once),
		cmocka_unit_test(brackets_that_do_not_pair_are_none_together),
		cmocka_unit_test(front_matter_is_merged_by_key),
		cmocka_unit_test(yaml_is_merged_by_entry),
		cmocka_unit_test(many_entries_are_merged_at_once),
		cmocka_unit_test(the_properties_hold_on_generated_texts),
		cmocka_unit_test(random_edits_converge_criss_cross),
		cmocka_unit_test(a_long_text_is_merged_in_parts),
		cmocka_unit_test(the_whole_text_is_one_point_of_both_sides),
		cmocka_unit_test(a_branch_is_called_by_a_code_or_an_alias),
	};

	return cmocka_run_group_tests(tests, regions_set_up, regions_tear_down);
}
