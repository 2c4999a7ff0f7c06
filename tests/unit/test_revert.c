/* SPDX-License-Identifier: MIT */
#include "support.h"

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
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
