/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/diff.h"
#include "core/mem.h"
#include "core/word.h"

#include <string.h>

/* What every diff keeps to: see the invariant in diff.h. */
static void assert_sane_diff(const struct diff *d, struct slice old, struct slice new)
{
	uint32_t next_old_seen = 0, new_seen = 0;

	for (size_t i = 0; i < d->n; i++) {
		const struct diff_pair *p = &d->pairs[i];
		struct str a = STR_INIT, b = STR_INIT;

		if (p->new != DIFF_NONE)
			assert_int_equal(p->new, new_seen++);
		if (p->old != DIFF_NONE && p->change != DIFF_MOVED) {
			assert_true(p->old >= next_old_seen);
			next_old_seen = p->old + 1;
		}
		assert_true((p->change == DIFF_ADDED) == (p->old == DIFF_NONE));
		assert_true((p->change == DIFF_DELETED) == (p->new == DIFF_NONE));
		for (size_t k = 0; k < p->n_ops; k++) {
			const struct diff_op *o = &d->ops[p->op + k];

			assert_true(o->old <= o->old_end && o->old_end <= old.len);
			assert_true(o->new <= o->new_end && o->new_end <= new.len);
			assert_true(o->old < o->old_end || o->new < o->new_end);
			if (o->kind == DIFF_EQUAL)
				assert_true(slice_equal(
					slice_make(old.p + o->old, o->old_end - o->old),
					slice_make(new.p + o->new, o->new_end - o->new)));
			if (o->kind != DIFF_INSERT)
				str_add(&a, old.p + o->old, o->old_end - o->old);
			if (o->kind != DIFF_DELETE)
				str_add(&b, new.p + o->new, o->new_end - o->new);
		}
		struct slice was = {old.p + p->old_begin, p->old_end - p->old_begin};
		struct slice is = {new.p + p->new_begin, p->new_end - p->new_begin};
		if (p->change == DIFF_SAME) {
			assert_int_equal(p->n_ops, 0);
			assert_true(slice_equal(was, is));
		} else {
			assert_slice_equal(str_slice(&a), was);
			assert_slice_equal(str_slice(&b), is);
		}
		str_release(&a);
		str_release(&b);
	}
}

/* "same 1 1; changed 2 2: =a -b +c", one pair a line. */
static void describe(const struct diff *d, struct slice old, struct slice new, struct str *out)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct diff_pair *p = &d->pairs[i];

		str_addf(out, "%s", diff_change_word(p->change));
		if (p->old != DIFF_NONE)
			str_addf(out, " %u", p->old + 1);
		if (p->new != DIFF_NONE)
			str_addf(out, "%s%u", p->old != DIFF_NONE ? "/" : " +", p->new + 1);
		for (size_t k = 0; k < p->n_ops && p->old != DIFF_NONE && p->new != DIFF_NONE;
		     k++) {
			const struct diff_op *o = &d->ops[p->op + k];

			str_add_text(out, o->kind == DIFF_EQUAL    ? " =["
					  : o->kind == DIFF_DELETE ? " -["
								   : " +[");
			if (o->kind == DIFF_INSERT)
				str_add(out, new.p + o->new, o->new_end - o->new);
			else
				str_add(out, old.p + o->old, o->old_end - o->old);
			str_add_char(out, ']');
		}
		str_add_char(out, '\n');
	}
}

static void expect(const char *old, const char *new, const char *want)
{
	struct str got = STR_INIT;
	struct diff d;

	diff_texts(&d, slice_of(old), slice_of(new));
	assert_sane_diff(&d, slice_of(old), slice_of(new));
	describe(&d, slice_of(old), slice_of(new), &got);
	assert_slice_is(str_slice(&got), want);
	assert_int_equal(d.same, strcmp(old, new) == 0);
	diff_release(&d);
	str_release(&got);
}

static void words_that_changed_are_told(void **state)
{
	(void)state;
	expect("to hold one meeting a year;\n", "to hold at least one meeting a year;\n",
	       "changed 1/1 =[to hold ] +[at least ] =[one meeting a year;]\n");
	expect("d'organiser l'Union\n", "d'organiser l'UIT\n",
	       "changed 1/1 =[d'organiser l'] -[Union] +[UIT]\n");
	expect("the cat sat on the mat\n", "a dog sat on the mat\n",
	       "changed 1/1 -[the cat] +[a dog] =[ sat on the mat]\n");
	expect("考虑到国际电联的作用\n", "考虑到电联的重要作用\n",
	       "changed 1/1 =[考虑到] -[国际] =[电联的] +[重要] =[作用]\n");
	expect("a b c\n", "a  b c\n", "changed 1/1 =[a] -[ ] +[  ] =[b c]\n");
	expect("same\r\n\r\n", "same\n", "same 1/1\n");
	expect("", "", "");
	expect("", "x\n", "added +1\n");
	expect("x", "\n\n", "deleted 1\n");
}

static void paragraphs_find_their_partners(void **state)
{
	(void)state;
	expect("one two three\n\nfour five six\n\nseven eight nine\n",
	       "one two three\n\nnew words here\n\nfour five sixty\n\nseven eight nine\n",
	       "same 1/1\nadded +2\nchanged 2/3 =[four five ] -[six] +[sixty]\nsame 3/4\n");
	expect("a) first thing here\nb) second thing here\nc) third item there\n",
	       "a) first thing here\nb) third item there\n",
	       "same 1/1\ndeleted 2\nchanged 3/2 -[c] +[b] =[) third item there]\n");
	expect("alpha beta\ngamma delta\n", "something else\n",
	       "deleted 1\ndeleted 2\nadded +1\n");
}

static void a_paragraph_that_moved_is_one_pair(void **state)
{
	(void)state;
	expect("a) the first long clause\nb) the second of them\nc) and one third more\n"
	       "d) a fourth at the end\n",
	       "a) and one third more\nb) the first long clause\nc) the second of them\n"
	       "d) a fourth at the end\n",
	       "moved 3/1 -[c] +[a] =[) and one third more]\n"
	       "changed 1/2 -[a] +[b] =[) the first long clause]\n"
	       "changed 2/3 -[b] +[c] =[) the second of them]\n"
	       "same 4/4\n");
	expect("one alpha beta gamma delta epsilon zeta\nk l m\nn o p\nq r s\n",
	       "k l m\nn o p\nq r s\none alpha beta gamma delta epsilon eta\n",
	       "same 2/1\nsame 3/2\nsame 4/3\n"
	       "moved 1/4 =[one alpha beta gamma delta epsilon ] -[zeta] +[eta]\n");
	/* Too short to have gone anywhere. */
	expect("No text\nk l m\nn o p\n", "k l m\nn o p\nNo text\n",
	       "deleted 1\nsame 2/1\nsame 3/2\nadded +3\n");
}

static size_t longest_common(const uint32_t *a, size_t n, const uint32_t *b, size_t m)
{
	size_t t[64][64] = {{0}};

	for (size_t i = 1; i <= n; i++)
		for (size_t j = 1; j <= m; j++) {
			t[i][j] = t[i - 1][j] > t[i][j - 1] ? t[i - 1][j] : t[i][j - 1];
			if (a[i - 1] == b[j - 1])
				t[i][j] = t[i - 1][j - 1] + 1;
		}
	return t[n][m];
}

static void short_sequences_are_compared_exactly(void **state)
{
	struct prng r = prng_make(17);

	(void)state;
	for (int round = 0; round < 1500; round++) {
		uint32_t a[63], b[63];
		unsigned char a_changed[63], b_changed[63];
		size_t n = prng_below(&r, 40), m = prng_below(&r, 40), equal = 0, j = 0;
		size_t letters = 1 + prng_below(&r, 8);

		for (size_t i = 0; i < n; i++)
			a[i] = (uint32_t)prng_below(&r, letters);
		for (size_t i = 0; i < m; i++)
			b[i] = (uint32_t)prng_below(&r, letters);
		diff_sequences(a, n, b, m, 8, a_changed, b_changed);
		for (size_t i = 0; i < n; i++) {
			if (a_changed[i])
				continue;
			while (b_changed[j])
				j++;
			assert_int_equal(a[i], b[j]);
			j++;
			equal++;
		}
		while (j < m && b_changed[j])
			j++;
		assert_int_equal(j, m);
		assert_int_equal(equal, longest_common(a, n, b, m));
	}
}

/* Some words of a text changed, some lines moved, doubled or gone. */
static void mutate(struct prng *r, struct slice text, struct str *out)
{
	struct str keep = STR_INIT;

	for (size_t at = 0; at < text.len;) {
		const char *lf = memchr(text.p + at, '\n', text.len - at);
		size_t end = lf ? (size_t)(lf - text.p) + 1 : text.len;

		switch (prng_below(r, 8)) {
		case 0:
			break;
		case 1:
			str_add(&keep, text.p + at, end - at);
			break;
		case 2:
			random_text(r, out, 3);
			str_add(out, text.p + at, end - at);
			break;
		default:
			str_add(out, text.p + at, end - at);
		}
		at = end;
	}
	str_add_slice(out, str_slice(&keep));
	str_release(&keep);
}

static void ops_always_give_both_texts_back(void **state)
{
	struct prng r = prng_make(23);
	struct str a = STR_INIT, b = STR_INIT;
	struct diff d;

	(void)state;
	for (int round = 0; round < 600; round++) {
		str_clear(&a);
		str_clear(&b);
		if (round % 5 == 0) {
			random_bytes(&r, &a, prng_below(&r, 400));
			random_bytes(&r, &b, prng_below(&r, 400));
		} else {
			random_text(&r, &a, prng_below(&r, 300));
			if (round % 5 == 1)
				random_text(&r, &b, prng_below(&r, 300));
			else
				mutate(&r, str_slice(&a), &b);
		}
		diff_texts(&d, str_slice(&a), str_slice(&b));
		assert_sane_diff(&d, str_slice(&a), str_slice(&b));
		diff_release(&d);
	}
	str_release(&a);
	str_release(&b);
}

static void a_text_is_the_same_as_itself(void **state)
{
	struct prng r = prng_make(29);
	struct str a = STR_INIT;
	struct diff d;

	(void)state;
	for (int round = 0; round < 50; round++) {
		str_clear(&a);
		random_text(&r, &a, 400);
		diff_texts(&d, str_slice(&a), str_slice(&a));
		assert_true(d.same);
		for (size_t i = 0; i < d.n; i++)
			assert_int_equal(d.pairs[i].change, DIFF_SAME);
		diff_release(&d);
	}
	str_release(&a);
}

/* Work grows with the text, not with its square: these would take minutes. */
static void hostile_texts_do_not_take_long(void **state)
{
	struct prng r = prng_make(31);
	struct str a = STR_INIT, b = STR_INIT;
	struct diff d;

	(void)state;
	for (int i = 0; i < 20000; i++) { /* one line, the same few words in any order */
		str_addf(&a, "w%zu ", prng_below(&r, 50));
		str_addf(&b, "w%zu ", prng_below(&r, 50));
	}
	diff_texts(&d, str_slice(&a), str_slice(&b));
	assert_sane_diff(&d, str_slice(&a), str_slice(&b));
	diff_release(&d);
	str_clear(&a);
	str_clear(&b);
	for (int i = 0; i < 8000; i++) { /* many lines, none unique, none equal */
		str_addf(&a, "x%zu y%zu z\n", prng_below(&r, 9), prng_below(&r, 9));
		str_addf(&b, "x%zu y%zu z\n", prng_below(&r, 9), prng_below(&r, 9));
	}
	diff_texts(&d, str_slice(&a), str_slice(&b));
	assert_sane_diff(&d, str_slice(&a), str_slice(&b));
	diff_release(&d);
	str_release(&a);
	str_release(&b);
}

static void likeness_counts_common_words(void **state)
{
	(void)state;
	assert_true(diff_likeness(SLICE("a b c"), SLICE("c b a")) > 0.99);
	assert_true(diff_likeness(SLICE("a b"), SLICE("b c")) > 0.49);
	assert_true(diff_likeness(SLICE("a b"), SLICE("b c")) < 0.51);
	assert_true(diff_likeness(SLICE("a"), SLICE("")) < 0.01);
	assert_true(diff_likeness(SLICE(""), SLICE("")) > 0.99);
}

/* Bits of words that hang together or do not, depending on what follows. */
static void add_bits(struct prng *r, struct str *out, size_t n)
{
	static const char *const bits[] = {"l",      "'", "\u2019", "qu",  "a",  ".",
					   ",",      "1", "é",      " ",   "  ", "s",
					   "\u0301", ":", "的",     "\xFF"};

	for (size_t i = 0; i < n; i++)
		str_add_text(out, bits[prng_below(r, sizeof(bits) / sizeof(*bits))]);
}

static bool is_boundary(struct slice s, size_t place)
{
	enum token_kind kind;
	size_t at = 0;

	while (at < place)
		at += token_diff_at(s.p + at, s.len - at, &kind);
	return at == place;
}

/* Tokens that are taken over from the old text are those the new text has by itself. */
static void words_end_where_words_end(void **state)
{
	struct prng r = prng_make(11);

	(void)state;
	for (int round = 0; round < 1500; round++) {
		struct str old = STR_INIT, new = STR_INIT;
		struct diff d = {0};

		add_bits(&r, &old, 1 + prng_below(&r, 60));
		for (size_t k = 0; k < 3; k++) {
			size_t from = prng_below(&r, old.len + 1);
			size_t len = prng_below(&r, old.len - from + 1);

			str_add(&new, old.p + from, len);
			add_bits(&r, &new, prng_below(&r, 3));
		}
		diff_words(&d, str_slice(&old), str_slice(&new));
		for (size_t i = 0; i < d.n_ops; i++) {
			assert_true(is_boundary(str_slice(&old), d.ops[i].old));
			assert_true(is_boundary(str_slice(&new), d.ops[i].new));
		}
		diff_release(&d);
		str_release(&old);
		str_release(&new);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_that_changed_are_told),
		cmocka_unit_test(paragraphs_find_their_partners),
		cmocka_unit_test(a_paragraph_that_moved_is_one_pair),
		cmocka_unit_test(short_sequences_are_compared_exactly),
		cmocka_unit_test(ops_always_give_both_texts_back),
		cmocka_unit_test(a_text_is_the_same_as_itself),
		cmocka_unit_test(hostile_texts_do_not_take_long),
		cmocka_unit_test(likeness_counts_common_words),
		cmocka_unit_test(words_end_where_words_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
