/* SPDX-License-Identifier: MIT */
#include "support_merge.h"

#include <stdio.h>
#include <string.h>

/*
 * Whole paragraphs: three regions take some out, put some in, write some anew, reword or move
 * them.
 * Every way to do so few times is tried, and merged in every order.
 */

/* ---- examples ---- */

static void check(const char *base, const char *ours, const char *theirs, const char *want)
{
	struct str out = STR_INIT;

	assert_false(
		merge(slice_of(base), slice_of(ours), AFR, slice_of(theirs), EUR, &out).whole);
	assert_slice_is(str_slice(&out), want);
	assert_false(
		merge(slice_of(base), slice_of(theirs), EUR, slice_of(ours), AFR, &out).whole);
	assert_slice_is(str_slice(&out), want);
	str_release(&out);
}

/* Were it gone, what stands beside it would be taken for what it has become. */
static void what_is_taken_out_beside_something_new_is_a_point(void **state)
{
	(void)state;
	check("a b c\n\nd e f\n", "d e f\n", "x y z\n\na b c\n\nd e f\n",
	      "x y z\n\n[a b c / AFR: no text]\n\nd e f\n");
	check("a b c\n\nd e f\n", "d e f\n", "a b c\n\nx y z\n\nd e f\n",
	      "[a b c / AFR: no text]\n\nx y z\n\nd e f\n");
	/* The clause keeps its label. */
	check("1. a b c\n\n2. d e f\n", "2. d e f\n", "1. a b c\n\n1bis. x y z\n\n2. d e f\n",
	      "1. [a b c / AFR: no text]\n\n1bis. x y z\n\n2. d e f\n");
	/* And so is what is written anew, */
	check("a b c\n\nd e f\n", "u v w\n\nd e f\n", "x y z\n\na b c\n\nd e f\n",
	      "x y z\n\n[a b c / AFR: u v w]\n\nd e f\n");
	check("a b c\n\nd e f\n", "u v w\n\nd e f\n", "a b c\n",
	      "u v w\n\n[d e f / EUR: no text]\n");
	/* but not what is only reworded, or what stands further away. */
	check("a b c\n\nd e f\n", "a B c\n\nd e f\n", "x y z\n\na b c\n\nd e f\n",
	      "x y z\n\na B c\n\nd e f\n");
	check("a b c\n\nd e f\n", "d e f\n", "a b c\n\nd e f\n\nx y z\n", "d e f\n\nx y z\n");
	check("a b c\n\nd e f\n\ng h i\n", "g h i\n", "x y z\n\na b c\n\nd e f\n\ng h i\n",
	      "x y z\n\n[a b c / AFR: no text]\n\ng h i\n");
}

/* What it has passed tells that it has moved. */
static void what_is_taken_out_where_another_passes_is_a_point(void **state)
{
	(void)state;
	check("a b c\n\nd e f\n\ng h i\n", "d e f\n\na b c\n\ng h i\n", "d e f\n\ng h i\n",
	      "d e f\n\n[a b c / EUR: no text]\n\ng h i\n");
	check("a b c\n\nd e f\n\ng h i\n", "g h i\n\na b c\n\nd e f\n", "a b c\n\ng h i\n",
	      "g h i\n\na b c\n\n[d e f / EUR: no text]\n");
	/* Written anew and moved: it would not be known again. */
	check("a b c\n\nd e f\n\ng h i\n", "d e f\n\ng h i\n\na b c\n",
	      "x y z\n\nd e f\n\ng h i\n", "d e f\n\ng h i\n\n[a b c / EUR: x y z]\n");
	/* Words on offer in what moved, and is taken out, are each a wording of it. */
	check("a b c d e\n\nf g h\n\ni j k\n", "f g h\n\ni j k\n\na [b / x / y] c d e\n",
	      "f g h\n\ni j k\n",
	      "f g h\n\ni j k\n\n[a b c d e / EUR: no text / a x c d e / a y c d e]\n");
	check("a b c\n\nd e f\n\ng h i\n", "d e f\n\ng h i\n\na b c\n",
	      "a B c\n\nd e f\n\ng h i\n", "d e f\n\ng h i\n\na B c\n");
}

/* What stands after the same as what is out is that written anew, however many there are. */
static void what_is_written_anew_is_told_by_what_it_stands_after(void **state)
{
	(void)state;
	check("a b c\n\nd e f\n", "x y z\n", "a B c\n\nd e f\n",
	      "[a b c / EUR: a B c / AFR: x y z]\n");
	check("a b c\n\nd e f\n", "x y z\n", "a b c\n\nd E f\n",
	      "x y z\n\n[d e f / AFR: no text / EUR: d E f]\n");
	check("a b c\n\nd e f\n", "u v w\n\nx y z\n\nd e f\n", "a B c\n\nd e f\n",
	      "[a b c / EUR: a B c / AFR: u v w]\n\nx y z\n\nd e f\n");
	/* Where the other has something else before it, it could not be told any more. */
	check("a b c\n\nd e f\n\ng h i\n\nj k l\n", "d e f\n\nx y z\n\nj k l\n",
	      "d e f\n\na b c\n\ng h i\n\nj k l\n",
	      "d e f\n\n[a b c / AFR: no text]\n\n[g h i / AFR: x y z]\n\nj k l\n");
}

/* Whichever of them it was that a side has moved: each pair that one has turned is turned. */
static void what_both_move_stands_in_the_order_of_both(void **state)
{
	static const char base[] = "a b c\n\nd e f\n\ng h i\n\nj k l\n";

	(void)state;
	check(base, "g h i\n\na b c\n\nd e f\n\nj k l\n", "a b c\n\ng h i\n\nd e f\n\nj k l\n",
	      "g h i\n\na b c\n\nd e f\n\nj k l\n");
	check(base, "g h i\n\na b c\n\nd e f\n\nj k l\n", "d e f\n\na b c\n\ng h i\n\nj k l\n",
	      "g h i\n\nd e f\n\na b c\n\nj k l\n");
	check(base, "d e f\n\na b c\n\ng h i\n\nj k l\n", "a b c\n\nd e f\n\nj k l\n\ng h i\n",
	      "d e f\n\na b c\n\nj k l\n\ng h i\n");
	check(base, "g h i\n\na b c\n\nd e f\n\nj k l\n", "a b c\n\nd e f\n\nj k l\n\ng h i\n",
	      "j k l\n\ng h i\n\na b c\n\nd e f\n");
	/* But for one that would turn what none has moved. */
	check("a b c\n\nd e f\n\ng h i\n\nj k l\n\nm n o\n",
	      "g h i\n\na b c\n\nd e f\n\nj k l\n\nm n o\n",
	      "a b c\n\nd e f\n\nj k l\n\nm n o\n\ng h i\n",
	      "[AFR, EUR: g h i]\n\na b c\n\nd e f\n\nj k l\n\nm n o\n\n[AFR, EUR: g h i]\n");
	/* What is new goes with what it stands after, what is taken out stays. */
	check(base, "d e f\n\ng h i\n\na b c\n\nj k l\n",
	      "a b c\n\nx y z\n\nd e f\n\ng h i\n\nj k l\n",
	      "d e f\n\ng h i\n\na b c\n\nx y z\n\nj k l\n");
	check(base, "g h i\n\na b c\n\nj k l\n", "a b c\n\nd E f\n\ng h i\n\nj k l\n",
	      "g h i\n\na b c\n\n[d e f / AFR: no text / EUR: d E f]\n\nj k l\n");
}

static void what_both_take_out_is_gone(void **state)
{
	(void)state;
	check("a b c\n\nd e f\n", "d e f\n", "d e f\n", "d e f\n");
	check("a b c\n\nd e f\n", "d e f\n", "a b c\n", "");
	/* Who wants a wording that somebody has offered already is named with it. */
	check("a b c\n\nd e f\n", "[a b c / ASP: no text]\n\nd e f\n", "d e f\n",
	      "[a b c / ASP, EUR: no text]\n\nd e f\n");
	check("a b c d e f\n", "a b [c / ASP: x] d e f\n", "a b x d e f\n",
	      "a b [c / ASP, EUR: x] d e f\n");
}

/* ---- every small case ---- */

#define PARAGRAPHS 3
#define OWN_EDITS  2 /* of one of them */

enum deed { OUT, REWORD, REWRITE, MOVE, PUT_IN };

struct edit {
	enum deed deed;
	size_t at; /* the paragraph, or before which */
	size_t to; /* MOVE: before which */
};

struct side {
	struct edit v[OWN_EDITS];
	size_t n;
};

struct sides {
	struct side v[256];
	size_t n, paragraphs;
};

static const struct edit *find(const struct side *s, enum deed deed, size_t at)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].deed == deed && s->v[i].at == at)
			return &s->v[i];
	return NULL;
}

/* All edits there are; returns how many. */
static size_t list_edits(size_t paragraphs, bool moves, struct edit *all)
{
	size_t n = 0;

	for (size_t at = 0; at <= paragraphs; at++)
		for (int deed = at < paragraphs ? OUT : PUT_IN; deed <= PUT_IN; deed++)
			if (deed != MOVE)
				all[n++] = (struct edit){(enum deed)deed, at, at};
	for (size_t at = 0; moves && at < paragraphs; at++)
		for (size_t to = 0; to <= paragraphs; to++)
			if (to != at && to != at + 1)
				all[n++] = (struct edit){MOVE, at, to};
	return n;
}

/* All that a region can do with at most two edits. */
static void make_sides(struct sides *s, size_t paragraphs, bool moves)
{
	struct edit all[4 * PARAGRAPHS + 1 + PARAGRAPHS * PARAGRAPHS];
	size_t n = list_edits(paragraphs, moves, all);

	*s = (struct sides){.n = 1, .paragraphs = paragraphs};
	for (size_t i = 0; i < n; i++)
		s->v[s->n++] = (struct side){{all[i]}, 1};
	for (size_t i = 0; i < n; i++)
		for (size_t j = i + 1; j < n; j++)
			if (all[i].at != all[j].at || all[j].deed == PUT_IN)
				s->v[s->n++] = (struct side){{all[i], all[j]}, 2};
}

static void add_paragraph(struct str *out, size_t number, const char *reworded)
{
	for (size_t i = 0; i < 9; i++)
		if (reworded && i == (size_t)(*reworded - '0') * 3 + 1)
			str_addf(out, "%se%s%zu", i ? " " : "", reworded, number);
		else
			str_addf(out, "%sw%zu%zu", i ? " " : "", number, i);
	str_add_text(out, ".\n\n");
}

static void add_new(struct str *out, const char *name, size_t who, size_t number)
{
	for (size_t i = 0; i < 5; i++)
		str_addf(out, "%s%s%zu%zu%zu", i ? " " : "", name, who, number, i);
	str_add_text(out, ".\n\n");
}

/* A paragraph of the base as a region has it. */
static void add_own(struct str *out, const struct side *s, size_t who, size_t at)
{
	const char digit[2] = {(char)('0' + who), 0};

	if (find(s, REWRITE, at))
		add_new(out, "r", who, at);
	else if (!find(s, OUT, at))
		add_paragraph(out, at, find(s, REWORD, at) ? digit : NULL);
}

static void print(const struct side *s, size_t who, size_t paragraphs, struct str *out)
{
	str_clear(out);
	for (size_t at = 0; at <= paragraphs; at++) {
		for (size_t i = 0; i < s->n; i++)
			if (s->v[i].deed == MOVE && s->v[i].to == at)
				add_own(out, s, who, s->v[i].at);
		if (find(s, PUT_IN, at))
			add_new(out, "n", who, at);
		if (at < paragraphs && !find(s, MOVE, at))
			add_own(out, s, who, at);
	}
}

/* Whether all orders come to the same, parties aside. */
static bool converge(struct slice base, const struct str text[3], bool named)
{
	static const uint16_t who[3] = {AFR, EUR, ASP};
	struct str first = STR_INIT, all[3] = {STR_INIT, STR_INIT, STR_INIT};
	bool good = true;

	for (size_t last = 0; last < 3; last++) {
		size_t a = last == 0, b = 3 - last - a;

		assert_false(merge(base, str_slice(&text[a]), named ? who[a] : NOBODY,
				   str_slice(&text[b]), named ? who[b] : NOBODY, &first)
				     .whole);
		assert_false(merge(base, str_slice(&first), NOBODY, str_slice(&text[last]),
				   named ? who[last] : NOBODY, &all[last])
				     .whole);
		without_codes(&all[last]);
		good = good && slice_equal(str_slice(&all[last]), str_slice(&all[0]));
	}
	for (size_t k = 0; k < 3; k++)
		str_release(&all[k]);
	str_release(&first);
	return good;
}

/* How many cases with so many edits in all come out otherwise in some order. */
static size_t differing(const struct sides *s, size_t edits, bool named, size_t *cases)
{
	struct str base = STR_INIT, text[3] = {STR_INIT, STR_INIT, STR_INIT};
	size_t bad = 0;

	*cases = 0;
	print(&s->v[0], 0, s->paragraphs, &base);
	for (size_t i = 0; i < s->n; i++)
		for (size_t j = i; j < s->n; j++)
			for (size_t k = j; k < s->n; k++) {
				const size_t of[3] = {i, j, k};

				if (s->v[i].n + s->v[j].n + s->v[k].n != edits)
					continue;
				for (size_t side = 0; side < 3; side++)
					print(&s->v[of[side]], side, s->paragraphs,
					      &text[side]);
				++*cases;
				bad += !converge(str_slice(&base), text, named);
			}
	for (size_t k = 0; k < 3; k++)
		str_release(&text[k]);
	str_release(&base);
	return bad;
}

static void few_edits_come_to_one_text_in_every_order(void **state)
{
	static struct sides s;
	size_t cases;

	(void)state;
	for (size_t n = 1; n <= PARAGRAPHS; n++)
		for (size_t edits = 2; edits <= 3; edits++) {
			make_sides(&s, n, false);
			assert_int_equal(differing(&s, edits, edits == 3, &cases), 0);
			assert_in_range(cases, 10, 100000);
		}
}

/* What two have moved apart does not always. */
static void moves_nearly_do(void **state)
{
	static struct sides s;
	size_t cases, bad;

	(void)state;
	for (size_t n = 2; n <= PARAGRAPHS; n++) {
		make_sides(&s, n, true);
		assert_int_equal(differing(&s, 2, false, &cases), 0);
		bad = differing(&s, 3, false, &cases);
		assert_in_range(bad, 0, cases / 400);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_taken_out_beside_something_new_is_a_point),
		cmocka_unit_test(what_is_taken_out_where_another_passes_is_a_point),
		cmocka_unit_test(what_is_written_anew_is_told_by_what_it_stands_after),
		cmocka_unit_test(what_both_move_stands_in_the_order_of_both),
		cmocka_unit_test(what_both_take_out_is_gone),
		cmocka_unit_test(few_edits_come_to_one_text_in_every_order),
		cmocka_unit_test(moves_nearly_do),
	};

	return cmocka_run_group_tests(tests, regions_set_up, regions_tear_down);
}
