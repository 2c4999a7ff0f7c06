/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/compare_take.h"

#include <string.h>

typedef int take_fn(const struct compare *c, size_t row, struct edits *e, struct error *err);

static int take(const struct compare *c, size_t row, struct edits *e, struct error *err)
{
	return compare_take(c, 0, row, 1, e, err);
}

static int offer(const struct compare *c, size_t row, struct edits *e, struct error *err)
{
	return compare_offer(c, 0, row, 1, SLICE("en"), e, err);
}

/* The draft after what is done with EUR's cell in a row (from 1); or the status. */
static void check(take_fn *fn, const char *draft, const char *text, size_t row,
		  const char *want, int status, const char *file, int line)
{
	struct compare_text list[2] = {
		{slice_of(draft), PARTY_NONE},
		{slice_of(text), party_find(&regions, SLICE("EUR"), NULL)}};
	struct edits e = EDITS_INIT;
	struct error err = ERROR_INIT;
	struct str out = STR_INIT;
	struct compare c;
	int rc;

	compare_init(&c, list, 2, 0, &regions);
	assert_true(row >= 1 && row <= c.n_rows);
	rc = fn(&c, row - 1, &e, &err);
	if (rc != status)
		fail_msg("%s:%d: status %d: %s", file, line, rc, err.text);
	edits_apply(&e, slice_of(draft), &out);
	assert_slice_equal_at(str_slice(&out), slice_of(want), file, line);
	str_release(&out);
	edits_release(&e);
	compare_release(&c);
}

#define assert_take(draft, text, row, want)                                                    \
	check(take, draft, text, row, want, 0, __FILE__, __LINE__)
#define assert_offer(draft, text, row, want)                                                   \
	check(offer, draft, text, row, want, 0, __FILE__, __LINE__)
#define assert_refused(fn, draft, text, row, status)                                           \
	check(fn, draft, text, row, draft, status, __FILE__, __LINE__)

/* ---- the draft's wording ---- */

static void the_draft_takes_the_words_and_keeps_its_label(void **state)
{
	(void)state;
	assert_take("1.\tto hold one meeting\n\n2.\tlast\n",
		    "1)\tto hold two meetings\n\n2)\tlast\n", 1,
		    "1.\tto hold two meetings\n\n2.\tlast\n");
	/* Whoever proposed what there. */
	assert_take("to hold [one / AFR: two]{#b1} meetings\n", "to hold three meetings\n", 1,
		    "to hold three meetings\n");
}

static void a_new_paragraph_goes_where_it_stands(void **state)
{
	(void)state;
	assert_take("one and only\n\nthe last of all\n",
		    "one and only\n\na new paragraph\n\nthe last of all\n", 2,
		    "one and only\n\na new paragraph\n\nthe last of all\n");
	assert_take("one and only\nthe last of all",
		    "one and only\nthe last of all\na new paragraph", 3,
		    "one and only\nthe last of all\na new paragraph");
	assert_take("one and only\n\nthe last of all\n",
		    "a new paragraph\n\none and only\n\nthe last of all\n", 1,
		    "a new paragraph\n\none and only\n\nthe last of all\n");
}

static void a_paragraph_that_is_left_out_goes(void **state)
{
	(void)state;
	assert_take("first of all\n\nthe second one\n\nthird and last\n",
		    "first of all\n\nthird and last\n", 2, "first of all\n\nthird and last\n");
	assert_take("first of all\n\nthe second one\n", "first of all\n", 2, "first of all\n");
	assert_take("first of all\n\nthe second one", "first of all\n", 2, "first of all");
}

static void what_moved_is_taken_where_the_draft_has_it(void **state)
{
	static const char draft[] = "one two three four five six\n\nalpha beta gamma delta\n\n"
				    "uno due tre quattro cinque\n";
	static const char text[] = "alpha beta gamma delta\n\nuno due tre quattro cinque\n\n"
				   "one two three four five seven\n";
	static const char want[] = "one two three four five seven\n\nalpha beta gamma delta\n\n"
				   "uno due tre quattro cinque\n";
	struct compare_text list[2] = {{slice_of(draft), PARTY_NONE}, {slice_of(text), 5}};

	(void)state;
	/* Whichever of the two the rows are made for. */
	for (size_t reference = 0; reference < 2; reference++) {
		struct edits e = EDITS_INIT;
		struct error err = ERROR_INIT;
		struct str out = STR_INIT;
		struct compare c;
		uint32_t row;

		compare_init(&c, list, 2, reference, &regions);
		row = c.columns[1].v[2].row;
		assert_int_equal(compare_take(&c, 0, row, 1, &e, &err), 0);
		edits_apply(&e, slice_of(draft), &out);
		assert_slice_is(str_slice(&out), want);
		str_release(&out);
		edits_release(&e);
		compare_release(&c);
	}
}

static void a_move_is_taken_once_the_words_are_there(void **state)
{
	(void)state;
	assert_take("one two three four five six\n\nalpha beta gamma delta\n\n"
		    "uno due tre quattro cinque\n",
		    "alpha beta gamma delta\n\nuno due tre quattro cinque\n\n"
		    "one two three four five six\n",
		    4,
		    "alpha beta gamma delta\n\nuno due tre quattro cinque\n\n"
		    "one two three four five six\n");
	assert_take("alpha beta gamma delta\n\nuno due tre quattro cinque\n\n"
		    "one two three four five six",
		    "one two three four five six\nalpha beta gamma delta\n"
		    "uno due tre quattro cinque\n",
		    1,
		    "one two three four five six\n\nalpha beta gamma delta\n\n"
		    "uno due tre quattro cinque");
	/* What is proposed there goes with it. */
	assert_take("one two three four [five / AFR: six] seven\n\nalpha beta gamma delta\n\n"
		    "uno due tre quattro cinque\n",
		    "alpha beta gamma delta\n\nuno due tre quattro cinque\n\n"
		    "one two three four [five / AFR: six] seven\n",
		    4,
		    "alpha beta gamma delta\n\nuno due tre quattro cinque\n\n"
		    "one two three four [five / AFR: six] seven\n");
}

static void a_move_is_offered_once_the_words_are_there(void **state)
{
	(void)state;
	assert_offer(
		"one two three four five six\n\nalpha beta gamma delta\n\n"
		"uno due tre quattro cinque\n",
		"alpha beta gamma delta\n\nuno due tre quattro cinque\n\n"
		"one two three four five six\n",
		4,
		"[one two three four five six / EUR: no text]\n\nalpha beta gamma delta\n\n"
		"uno due tre quattro cinque\n\n[EUR: one two three four five six]\n");
	assert_offer("one two three four five six\n\nalpha beta gamma delta\n\n"
		     "uno due tre quattro cinque\n",
		     "alpha beta gamma delta\n\nuno due tre quattro cinque\n\n"
		     "one two three four five seven\n",
		     4,
		     "one two three four five [six / EUR: seven]\n\nalpha beta gamma delta\n\n"
		     "uno due tre quattro cinque\n");
	assert_offer("one two three four five [six / EUR: seven]\n\nalpha beta gamma delta\n\n"
		     "uno due tre quattro cinque\n",
		     "alpha beta gamma delta\n\nuno due tre quattro cinque\n\n"
		     "one two three four five seven\n",
		     4,
		     "[one two three four five [six / EUR: seven] / EUR: no text]\n\n"
		     "alpha beta gamma delta\n\nuno due tre quattro cinque\n\n"
		     "[EUR: one two three four five seven]\n");
}

static void what_cannot_be_taken_is_refused(void **state)
{
	(void)state;
	assert_refused(take, "[1.\tto publish;\n\n2.\tto translate.]\n",
		       "1.\tto publish all;\n\n2.\tto translate.\n", 1, ST_USAGE);
	/* An open bracket would be a problem of the draft. */
	assert_refused(take, "to hold ] one\n\n\n", "to hold ] one\n", 1, ST_USAGE);
}

/* ---- an option ---- */

static void only_the_words_that_differ_get_brackets(void **state)
{
	(void)state;
	assert_offer("1.\tto hold one regional meeting a year\n",
		     "1)\tto hold at least two regional meeting a year\n", 1,
		     "1.\tto hold [one / EUR: at least two] regional meeting a year\n");
	assert_offer("to hold a regional meeting\n", "to hold a meeting\n", 1,
		     "to hold a [regional / EUR: no text] meeting\n");
}

static void a_wording_joins_the_point_that_stands_there(void **state)
{
	(void)state;
	assert_offer("to hold [one / AFR: two]{#b1} meetings each year\n",
		     "to hold three meetings each year\n", 1,
		     "to hold [one / AFR: two / EUR: three]{#b1} meetings each year\n");
	assert_offer("to hold [one / AFR: two]{#b1} meetings each year\n",
		     "to hold two meetings each year\n", 1,
		     "to hold [one / AFR, EUR: two]{#b1} meetings each year\n");
	assert_offer("to hold [one / AFR: two]{#b1} meetings each year in all regions\n",
		     "to hold two meetings each month in all regions\n", 1,
		     "to hold [one / AFR, EUR: two]{#b1} meetings each [year / EUR: month] in "
		     "all regions\n");
}

static void words_that_are_left_out_are_no_text_of_their_point(void **state)
{
	(void)state;
	assert_offer(
		"to convene the chairs [and the vice-chairs]{#b1} of all the meetings\n",
		"to convene the chairs of all the meetings\n", 1,
		"to convene the chairs [and the vice-chairs / EUR: no text]{#b1} of all the "
		"meetings\n");
	assert_offer(
		"to harmonize[, where possible,] the texts of all regions\n",
		"to harmonize the texts of all regions\n", 1,
		"to harmonize[, where possible, / EUR: no text] the texts of all regions\n");
}

static void a_party_leaves_the_option_it_had(void **state)
{
	(void)state;
	assert_offer("to hold [one / AFR, EUR: two] meetings each year\n",
		     "to hold three meetings each year\n", 1,
		     "to hold [one / AFR: two / EUR: three] meetings each year\n");
}

static void a_point_that_is_kept_is_not_touched(void **state)
{
	(void)state;
	assert_offer("to hold [one / AFR: two]{#b1} meetings each year in all of the regions\n",
		     "to hold one meetings each year in some of the regions\n", 1,
		     "to hold [one / AFR: two]{#b1} meetings each year in [all / EUR: some] of "
		     "the regions\n");
}

static void a_paragraph_that_only_the_party_has_is_its_option(void **state)
{
	(void)state;
	assert_offer("one and only\n\nthe last of all\n",
		     "one and only\n\n3)\ta new paragraph\n\nthe last of all\n", 2,
		     "one and only\n\n[EUR: 3)\ta new paragraph]\n\nthe last of all\n");
	assert_offer("first of all\n\nthe second one\n", "first of all\n", 2,
		     "first of all\n\n[the second one / EUR: no text]\n");
}

static void what_is_on_offer_already_is_said(void **state)
{
	(void)state;
	assert_refused(offer, "to hold [one / EUR: two] meetings\n", "to hold two meetings\n",
		       1, ST_EXISTS);
	assert_refused(offer, "to hold two meetings\n", "to hold two meetings\n", 1, ST_EXISTS);
}

/* ---- properties ---- */

static void add_clause(struct prng *r, struct str *out, bool brackets)
{
	static const char *const words[] = {"the",
					    "Union",
					    "to",
					    "report",
					    "each",
					    "year",
					    "in",
					    "all",
					    "regions",
					    "and",
					    "l'UIT",
					    "de",
					    "[shall][should]",
					    "[one / AFR: two]",
					    "[also]",
					    "[a / EUR: b / AFR, CIS: c]{#b7}",
					    "召开",
					    "50 %",
					    "co-operation;",
					    "no text"};

	for (size_t n = 2 + prng_below(r, 14); n > 0; n--) {
		size_t k = prng_below(r, sizeof(words) / sizeof(*words));

		if (!brackets && *words[k] == '[')
			k = 0;
		str_addf(out, "%s%s", words[k], n > 1 ? " " : "");
	}
}

/* Whatever is offered: EUR's text is EUR's then, and nobody else's wish is another. */
static void what_is_offered_reads_back(void **state)
{
	struct prng r = prng_make(91);
	struct str draft = STR_INIT, text = STR_INIT, out = STR_INIT;
	uint16_t eur = party_find(&regions, SLICE("EUR"), NULL);
	size_t done = 0, refused = 0;

	(void)state;
	for (int i = 0; i < 400; i++) {
		struct compare c;

		str_clear(&draft);
		str_clear(&text);
		for (int k = 0; k < 3; k++) {
			add_clause(&r, &draft, true);
			str_add_text(&draft, "\n\n");
			if (!prng_one_in(&r, 5)) {
				add_clause(&r, &text, false);
				str_add_text(&text, "\n\n");
			}
		}
		struct compare_text list[2] = {{str_slice(&draft), PARTY_NONE},
					       {str_slice(&text), eur}};
		compare_init(&c, list, 2, 0, &regions);
		for (size_t row = 0; row < c.n_rows; row++) {
			struct edits e = EDITS_INIT;
			struct error err = ERROR_INIT;
			struct compare again;
			int rc = compare_offer(&c, 0, row, 1, SLICE("en"), &e, &err);

			str_clear(&out);
			edits_apply(&e, str_slice(&draft), &out);
			if (rc < 0) {
				assert_int_equal(e.n, 0);
				assert_true(err.text[0] != '\0');
				refused += rc == ST_INPUT;
			} else {
				struct compare_text l2[2] = {{str_slice(&out), PARTY_NONE},
							     {str_slice(&text), eur}};

				done++;
				compare_init(&again, l2, 2, 0, &regions);
				assert_true(again.columns[0].brackets.n_problems == 0);
				compare_release(&again);
			}
			edits_release(&e);
		}
		compare_release(&c);
	}
	assert_true(done > 300);
	assert_true(refused * 20 < done);
	str_release(&draft);
	str_release(&text);
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_draft_takes_the_words_and_keeps_its_label),
		cmocka_unit_test(a_new_paragraph_goes_where_it_stands),
		cmocka_unit_test(a_paragraph_that_is_left_out_goes),
		cmocka_unit_test(what_moved_is_taken_where_the_draft_has_it),
		cmocka_unit_test(a_move_is_taken_once_the_words_are_there),
		cmocka_unit_test(a_move_is_offered_once_the_words_are_there),
		cmocka_unit_test(what_cannot_be_taken_is_refused),
		cmocka_unit_test(only_the_words_that_differ_get_brackets),
		cmocka_unit_test(a_wording_joins_the_point_that_stands_there),
		cmocka_unit_test(words_that_are_left_out_are_no_text_of_their_point),
		cmocka_unit_test(a_party_leaves_the_option_it_had),
		cmocka_unit_test(a_point_that_is_kept_is_not_touched),
		cmocka_unit_test(a_paragraph_that_only_the_party_has_is_its_option),
		cmocka_unit_test(what_is_on_offer_already_is_said),
		cmocka_unit_test(what_is_offered_reads_back),
	};

	return cmocka_run_group_tests(tests, regions_set_up, regions_tear_down);
}
