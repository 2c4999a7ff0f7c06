/* SPDX-License-Identifier: MIT */
#include "support_merge.h"

#include <stdio.h>
#include <stdlib.h>

/*
 * Paragraphs in which few words stand again and again, and of which three sides take some out:
 * no more of a word goes than the sides took out, in whatever order they are merged.
 */

#define MOST    24
#define LETTERS 4 /* words of one letter: p, q, r, s, none of which "no text" has */

struct line {
	char v[MOST];
	size_t n;
};

/* runs: a word stands again only beside itself; and enough of them, as where sides together
 * leave less than a third the paragraph is one point. */
static void make_base(struct prng *r, bool runs, struct line *l)
{
	size_t letters = 2 + prng_below(r, LETTERS - 1);

	l->n = 0;
	for (size_t i = 0; runs && i < LETTERS; i++)
		for (size_t n = 3 + prng_below(r, MOST / LETTERS - 2); n > 0; n--)
			l->v[l->n++] = (char)('p' + i);
	if (runs)
		return;
	for (size_t n = 3 + prng_below(r, MOST - 3); n > 0; n--)
		l->v[l->n++] = (char)('p' + prng_below(r, letters));
}

/* One to three stretches of a word or two; something stays. */
static void take_out(struct prng *r, const struct line *base, struct line *l)
{
	*l = *base;
	for (size_t i = 1 + prng_below(r, 3); i > 0; i--) {
		size_t n = 1 + prng_below(r, 2), at;

		if (l->n <= n)
			return;
		at = prng_below(r, l->n - n + 1);
		memmove(l->v + at, l->v + at + n, l->n - at - n);
		l->n -= n;
	}
}

static void print(const struct line *l, struct str *out)
{
	str_clear(out);
	for (size_t i = 0; i < l->n; i++)
		str_addf(out, "%s%c", i ? " " : "", l->v[i]);
	str_add_char(out, '\n');
}

static size_t count(struct slice s, char letter)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += s.p[i] == letter;
	return n;
}

/* What sides take out alike counts once. */
static bool keeps(struct slice base, const struct slice side[3], struct slice result)
{
	for (char c = 'p'; c < 'p' + LETTERS; c++) {
		size_t may_go = 0;

		for (size_t k = 0; k < 3; k++) {
			bool again = false;

			for (size_t j = 0; j < k; j++)
				again = again || slice_equal(side[j], side[k]);
			may_go += again ? 0 : count(base, c) - count(side[k], c);
		}
		if (count(result, c) + may_go < count(base, c))
			return false;
	}
	return true;
}

struct tally {
	size_t lost, differ, merges;
};

static void merge_in_all_orders(struct slice base, const struct slice side[3], struct tally *t)
{
	static const size_t orders[3][3] = {{0, 1, 2}, {0, 2, 1}, {1, 2, 0}};
	struct str two = STR_INIT, out = STR_INIT, first = STR_INIT;

	for (size_t o = 0; o < 3; o++, t->merges++) {
		merge(base, side[orders[o][0]], NOBODY, side[orders[o][1]], NOBODY, &two);
		merge(base, str_slice(&two), NOBODY, side[orders[o][2]], NOBODY, &out);
		without_codes(&out);
		if (!o)
			str_add_slice(&first, str_slice(&out));
		t->differ += !slice_equal(str_slice(&out), str_slice(&first));
		t->lost += !keeps(base, side, str_slice(&out));
	}
	str_release(&first);
	str_release(&out);
	str_release(&two);
}

static struct tally merge_many(bool runs, size_t cases)
{
	struct str b = STR_INIT, text[3] = {STR_INIT, STR_INIT, STR_INIT};
	struct tally t = {0};

	for (size_t i = 0; i < cases; i++) {
		struct prng r = prng_make(i * 17 + 5);
		bool alike = prng_one_in(&r, 2);
		struct line base, own[3];
		struct slice side[3];

		make_base(&r, runs, &base);
		print(&base, &b);
		for (size_t k = 0; k < 3; k++) {
			take_out(&r, &base, &own[k]);
			if (k == 1 && alike)
				own[1] = own[0];
			print(&own[k], &text[k]);
			side[k] = str_slice(&text[k]);
		}
		merge_in_all_orders(str_slice(&b), side, &t);
	}
	fprintf(stderr, "%zu of %zu lose words, %zu differ by order\n", t.lost, t.merges,
		t.differ);
	for (size_t k = 0; k < 3; k++)
		str_release(&text[k]);
	str_release(&b);
	return t;
}

static void of_the_same_words_side_by_side_none_goes_twice(void **state)
{
	struct tally t = merge_many(true, 2000);

	(void)state;
	assert_int_equal(t.lost, 0);
	assert_int_equal(t.differ, 0);
}

static void of_words_that_stand_again_hardly_any_goes_twice(void **state)
{
	struct tally t = merge_many(false, 2000);

	(void)state;
	assert_in_range(t.lost, 0, 10);
}

/* Two take out the same word, the third another. */
static void what_two_take_out_goes_once(void **state)
{
	const struct slice base = SLICE("a a b b b b\n"), one = SLICE("a a b b b\n"),
			   other = SLICE("a b b b b\n");
	struct str two = STR_INIT, out = STR_INIT;

	(void)state;
	merge(base, one, AFR, other, EUR, &two);
	merge(base, str_slice(&two), AFR, one, ASP, &out);
	assert_slice_is(str_slice(&out), "a b b b\n");
	merge(base, one, AFR, one, ASP, &two);
	merge(base, str_slice(&two), AFR, other, EUR, &out);
	assert_slice_is(str_slice(&out), "a b b b\n");
	str_release(&out);
	str_release(&two);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(of_the_same_words_side_by_side_none_goes_twice),
		cmocka_unit_test(of_words_that_stand_again_hardly_any_goes_twice),
		cmocka_unit_test(what_two_take_out_goes_once),
	};

	return cmocka_run_group_tests(tests, regions_set_up, regions_tear_down);
}
