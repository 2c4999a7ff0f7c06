/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/bracket.h"
#include "core/mem.h"
#include "core/resolve.h"
#include "core/revert.h"

#include <string.h>

static struct error err;

static void assert_reverts(const char *before, const char *after, const char *current,
			   const char *want)
{
	struct str out = STR_INIT;
	int rc =
		revert_change(slice_of(before), slice_of(after), slice_of(current), &out, &err);

	if (!want) {
		assert_int_equal(rc, ST_CHANGED);
		assert_int_equal(out.len, 0);
	} else {
		assert_int_equal(rc, ST_OK);
		assert_slice_is(str_slice(&out), want);
	}
	str_release(&out);
}

static void the_last_change_is_taken_back_to_the_byte(void **state)
{
	(void)state;
	assert_reverts("a [b / c] d\r\n", "a b d\r\n", "a b d\r\n", "a [b / c] d\r\n");
	assert_reverts("", "x", "x", "");
	assert_reverts("x", "", "", "x");
}

static void edits_elsewhere_stay(void **state)
{
	(void)state;
	assert_reverts("one [A / B] two\n\nthree\n", "one A two\n\nthree\n",
		       "zero one A two\n\nthree and four\n\nfive\n",
		       "zero one [A / B] two\n\nthree and four\n\nfive\n");
	assert_reverts("intro\n\n[a) gone;]\n\nb) here\n", "intro\n\nb) here\n",
		       "title\n\nintro\n\nb) there\n",
		       "title\n\nintro\n\n[a) gone;]\n\nb) there\n");
}

static void another_point_of_the_same_paragraph_stays_decided(void **state)
{
	(void)state;
	assert_reverts("we [shall / should] meet in [May / June] again\n",
		       "we shall meet in [May / June] again\n", "we shall meet in June again\n",
		       "we [shall / should] meet in June again\n");
}

static void every_linked_place_is_taken_back(void **state)
{
	(void)state;
	assert_reverts("one [A / B] x\n\ntwo [A / B] y\n\nthree [A / B] z\n",
		       "one B x\n\ntwo B y\n\nthree B z\n",
		       "one B x\n\nnew\n\ntwo B y\n\nthree B zz\n",
		       "one [A / B] x\n\nnew\n\ntwo [A / B] y\n\nthree [A / B] zz\n");
}

static void words_changed_again_are_not_guessed(void **state)
{
	(void)state;
	assert_reverts("one [A / B] two\n", "one A two\n", "one C two\n", NULL);
	assert_reverts("one [A / B] two\n", "one A two\n", "one two\n", NULL);
	assert_reverts("x\n\n[a whole paragraph]\n\ny\n", "x\n\na whole paragraph\n\ny\n",
		       "something else\n", NULL);
	assert_reverts("a [b] c", "a c", "a", NULL);
}

static void what_was_taken_back_by_hand_is_no_conflict(void **state)
{
	(void)state;
	assert_reverts("one [A] two\n\nthree\n", "one A two\n\nthree\n",
		       "one [A] two\n\nthree four\n", "one [A] two\n\nthree four\n");
}

static void a_change_that_changed_nothing_changes_nothing(void **state)
{
	(void)state;
	assert_reverts("same\n", "same\n", "other\n", "other\n");
}

/* Lines "k text": a decision in one, edits in others, in any order. */
static void random_edits_elsewhere_never_matter(void **state)
{
	struct prng random = prng_make(5);

	(void)state;
	for (int round = 0; round < 300; round++) {
		struct str v[3] = {STR_INIT, STR_INIT, STR_INIT}, want = STR_INIT,
			   out = STR_INIT;
		size_t n = 1 + prng_below(&random, 30), at = prng_below(&random, n);

		for (size_t i = 0; i < n; i++) {
			struct str line = STR_INIT;
			bool edited = i != at && prng_one_in(&random, 3);
			bool gone = i != at && i + 1 != at && i != at + 1 &&
				    prng_one_in(&random, 6);
			bool more = i != at && prng_one_in(&random, 6);

			str_addf(&line, "line %zu says ", i);
			random_text(&random, &line, prng_below(&random, 6));
			for (size_t k = 0; k < line.len; k++)
				if (line.p[k] == '\n' || line.p[k] == '\r')
					line.p[k] = ' ';
			str_addf(&line, " end%zu", i);
			for (int k = 0; k < 2; k++) {
				str_add_slice(&v[k], str_slice(&line));
				str_addf(&v[k], "%s\n\n",
					 i != at ? ""
					 : k     ? " so"
						 : " [so / no] it");
			}
			if (!gone) {
				str_addf(&v[2], "%s%s%s\n\n", edited ? "new " : "",
					 str_text(&line), i == at ? " so" : "");
				str_addf(&want, "%s%s%s\n\n", edited ? "new " : "",
					 str_text(&line), i == at ? " [so / no] it" : "");
			}
			if (more && i != at && i + 1 != at) {
				str_addf(&v[2], "inserted %zu\n\n", i);
				str_addf(&want, "inserted %zu\n\n", i);
			}
			str_release(&line);
		}
		assert_int_equal(revert_change(str_slice(&v[0]), str_slice(&v[1]),
					       str_slice(&v[2]), &out, &err),
				 ST_OK);
		assert_slice_equal(str_slice(&out), str_slice(&want));
		for (int k = 0; k < 3; k++)
			str_release(&v[k]);
		str_release(&want);
		str_release(&out);
	}
}

static void any_bytes_can_be_given(void **state)
{
	struct prng random = prng_make(6);

	(void)state;
	for (int round = 0; round < 300; round++) {
		struct str v[3] = {STR_INIT, STR_INIT, STR_INIT}, out = STR_INIT;

		for (int k = 0; k < 3; k++) {
			if (prng_one_in(&random, 2))
				random_bytes(&random, &v[k], prng_below(&random, 60));
			random_text(&random, &v[k], prng_below(&random, 20));
		}
		assert_int_equal(revert_change(str_slice(&v[0]), str_slice(&v[1]),
					       str_slice(&v[1]), &out, &err),
				 ST_OK);
		assert_slice_equal(str_slice(&out), str_slice(&v[0]));
		str_clear(&out);
		if (revert_change(str_slice(&v[0]), str_slice(&v[1]), str_slice(&v[2]), &out,
				  &err) < 0)
			assert_int_equal(out.len, 0);
		for (int k = 0; k < 3; k++)
			str_release(&v[k]);
		str_release(&out);
	}
}

/* ---- decisions ---- */

static void assert_undoes(const char *before, const char *after, const char *current,
			  const char *want)
{
	struct str out = STR_INIT;
	int rc = revert_decision(slice_of(before), slice_of(after), slice_of(current), &regions,
				 &out, &err);

	if (!want) {
		assert_int_equal(rc, ST_CHANGED);
		assert_int_equal(out.len, 0);
	} else {
		assert_int_equal(rc, ST_OK);
		assert_slice_is(str_slice(&out), want);
	}
	str_release(&out);
}

static void a_decision_is_taken_back_among_points_that_stay(void **state)
{
	(void)state;
	assert_undoes("a [b / c]{#b1} d [e / f] g\n", "a c d [e / f] g\n",
		      "a c d [e / f]{#b2} [g / h]\n",
		      "a [b / c]{#b1} d [e / f]{#b2} [g / h]\n");
	/* What stands within it, and what it stands within. */
	assert_undoes("a [b [c / d] m / e] f\n", "a b [c / d] m f\n",
		      "x a b [c / d]{#b3} m f\n", "x a [b [c / d]{#b3} m / e] f\n");
	assert_undoes("[x [a / b] y / z] w\n", "[x a y / z] w\n", "[x a y / z / EUR: q] w w\n",
		      "[x [a / b] y / z / EUR: q] w w\n");
	assert_undoes("so [a / b] it\n", "so [m / n] o it\n", "it is so [m / n] o it\n",
		      "it is so [a / b] it\n");
}

static void no_bracket_comes_back_into_another_points_option(void **state)
{
	(void)state;
	/* A consolidation made an option of the words. */
	assert_undoes("to hold [one / two] [three] meetings here\n",
		      "to hold one [three] meetings here\n",
		      "to hold [ARB: some / EUR: one [three] meetings] here\n", NULL);
	assert_undoes("hold [one / two] now\n", "hold one now\n", "[hold one now / EUR: go]\n",
		      NULL);
	/* It would pair with a bracket that somebody else forgot. */
	assert_undoes("hold [one / two] now, or later\n", "hold one now, or later\n",
		      "hold one now, or ] later\n", "hold [one / two] now, or ] later\n");
	assert_undoes("[a x y z b / c]\n", "a x y z b\n", "a [x y] z [b\n", NULL);
}

static void no_id_comes_back_a_second_time(void **state)
{
	(void)state;
	assert_undoes("a [b / c]{#b1} d\n\ne\n", "a c d\n\ne\n", "a c d\n\ne [f / g]{#b1}\n",
		      NULL);
}

static void words_edited_since_within_what_was_chosen_are_not_mixed_in(void **state)
{
	(void)state;
	assert_undoes("a [one two three / c] d\n", "a one two three d\n",
		      "a one other three d\n", NULL);
}

/* ---- the law of undoing, on random texts ---- */

/* A draft, read. */
struct reading {
	struct slice text;
	struct brackets b;
};

static struct slice point_bytes(const struct reading *r, size_t i)
{
	size_t begin = point_begin(&r->b, &r->b.points[i]);

	return slice_make(r->text.p + begin, point_end(&r->b, &r->b.points[i]) - begin);
}

static bool holds(struct slice whole, struct slice part)
{
	return memmem(whole.p, whole.len, part.p, part.len) != NULL;
}

/* How many points of r are these bytes. */
static size_t count_point(const struct reading *r, struct slice bytes)
{
	size_t n = 0;

	for (size_t i = 0; i < r->b.n_points; i++)
		n += slice_equal(point_bytes(r, i), bytes);
	return n;
}

/* Every point of the draft before the undo is there as often as it was, but for those of the
 * decided words, and those the decided point stands in. */
static void assert_undone_well(const struct reading *before, uint32_t decided,
			       const struct reading *after, const struct reading *was,
			       const struct reading *is)
{
	struct slice back = point_bytes(before, decided);

	assert_true(count_point(is, back) > count_point(was, back) ||
		    before->b.points[decided].parent != BRACKET_NONE ||
		    count_point(after, back));
	assert_true(is->b.n_problems <= was->b.n_problems);
	for (size_t i = 0; i < was->b.n_points; i++) {
		struct slice bytes = point_bytes(was, i);
		const struct point *p = &was->b.points[i];
		bool kept = count_point(is, bytes) >= count_point(was, bytes);
		bool encloses = before->b.points[decided].parent != BRACKET_NONE &&
				p->depth <= before->b.points[decided].depth;

		if (!kept && !encloses && count_point(after, bytes) == 0 && !holds(back, bytes))
			assert_slice_equal(bytes, SLICE("a point that stands"));
	}
}

/* Brackets come and go, words are wrapped, doubled, taken away and put in: what a hand, a
 * merge or a consolidation may have done since. */
static void change_since(struct prng *r, struct slice after, struct str *current)
{
	struct edits e = EDITS_INIT;
	struct str piece = STR_INIT;
	size_t at = 0;

	for (;;) {
		size_t del = prng_one_in(r, 2) ? prng_below(r, 6) : 0;

		at += prng_below(r, 1 + after.len / 2);
		if (at + del > after.len)
			break;
		str_clear(&piece);
		if (prng_one_in(r, 2))
			str_add_text(&piece, prng_one_in(r, 2) ? "[" : "]");
		else if (prng_one_in(r, 2))
			str_add_text(&piece, prng_one_in(r, 2) ? " / q] " : " [EUR: q / ");
		else
			random_text(r, &piece, prng_below(r, 3));
		edits_add(&e, at, del, piece.p, piece.len);
		at += del + 1;
	}
	edits_apply(&e, after, current);
	edits_release(&e);
	str_release(&piece);
}

static void random_points(struct prng *r, struct str *out)
{
	static const char *const pieces[] = {
		"[",    "]",       " / ",  " ",    "one ",      "two ",       "three ",
		"\n\n", "[w / y]", "EUR:", "{#b}", "[a / AFR:", " b]{#b%zu}", ", "};

	for (size_t n = prng_below(r, 24); n > 0; n--) {
		const char *piece = pieces[prng_below(r, sizeof(pieces) / sizeof(*pieces))];

		if (strchr(piece, '%'))
			str_addf(out, " b]{#b%zu}", n);
		else
			str_add_text(out, piece);
		if (prng_one_in(r, 4))
			random_text(r, out, 1);
	}
}

static void an_undo_leaves_every_other_point_or_is_refused(void **state)
{
	struct prng random = prng_make(77);
	size_t undone = 0, refused = 0;

	(void)state;
	for (int round = 0; round < 4000; round++) {
		struct str text = STR_INIT, after = STR_INIT, current = STR_INIT,
			   out = STR_INIT;
		struct reading was, is, before, then;
		struct edits e = EDITS_INIT;
		struct choice choice = {.kind = CHOOSE_OPTION};
		uint32_t point;

		random_points(&random, &text);
		before.text = str_slice(&text);
		brackets_read(&before.b, before.text, &regions);
		point = (uint32_t)prng_below(&random, before.b.n_points + 1);
		if (point < before.b.n_points)
			choice.option =
				prng_below(&random, before.b.points[point].n_options + 1);
		if (point < before.b.n_points &&
		    resolve_point(&(struct bracketed){&before.b, before.text, &regions}, point,
				  &choice, &e, NULL, &err) == 0) {
			edits_apply(&e, before.text, &after);
			then.text = str_slice(&after);
			change_since(&random, then.text, &current);
			was.text = str_slice(&current);
			brackets_read(&then.b, then.text, &regions);
			brackets_read(&was.b, was.text, &regions);
			if (revert_decision(before.text, then.text, was.text, &regions, &out,
					    &err) == 0) {
				is.text = str_slice(&out);
				brackets_read(&is.b, is.text, &regions);
				if (!slice_equal(then.text, was.text))
					assert_undone_well(&before, point, &then, &was, &is);
				else
					assert_slice_equal(is.text, before.text);
				brackets_release(&is.b);
				undone++;
			} else {
				assert_int_equal(out.len, 0);
				refused++;
			}
			brackets_release(&then.b);
			brackets_release(&was.b);
		}
		brackets_release(&before.b);
		edits_release(&e);
		str_release(&text);
		str_release(&after);
		str_release(&current);
		str_release(&out);
	}
	assert_true(undone > 300);
	assert_true(refused > 300);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_last_change_is_taken_back_to_the_byte),
		cmocka_unit_test(edits_elsewhere_stay),
		cmocka_unit_test(another_point_of_the_same_paragraph_stays_decided),
		cmocka_unit_test(every_linked_place_is_taken_back),
		cmocka_unit_test(words_changed_again_are_not_guessed),
		cmocka_unit_test(what_was_taken_back_by_hand_is_no_conflict),
		cmocka_unit_test(a_change_that_changed_nothing_changes_nothing),
		cmocka_unit_test(random_edits_elsewhere_never_matter),
		cmocka_unit_test(any_bytes_can_be_given),
		cmocka_unit_test(a_decision_is_taken_back_among_points_that_stay),
		cmocka_unit_test(no_bracket_comes_back_into_another_points_option),
		cmocka_unit_test(no_id_comes_back_a_second_time),
		cmocka_unit_test(words_edited_since_within_what_was_chosen_are_not_mixed_in),
		cmocka_unit_test(an_undo_leaves_every_other_point_or_is_refused),
	};

	return cmocka_run_group_tests(tests, regions_set_up, regions_tear_down);
}
