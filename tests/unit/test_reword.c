/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/reword.h"
#include "core/wording.h"

#include <stdio.h>
#include <string.h>

/* "EUR AFR" as indexes. */
static size_t codes(const char *words, uint16_t list[8])
{
	size_t n = 0;

	while (*words) {
		size_t len = strcspn(words, " ");

		list[n] = party_find(&regions, slice_make(words, len), NULL);
		assert_true(list[n] != PARTY_NONE);
		n++;
		words += len + (words[len] == ' ');
	}
	return n;
}

/* What became of the draft; the status is the edit's. */
struct outcome {
	struct brackets b;
	struct bracketed w;
	struct edits e;
	struct error err;
	struct str out;
};

static void begin(struct outcome *o, struct slice draft)
{
	*o = (struct outcome){.e = EDITS_INIT, .err = ERROR_INIT, .out = STR_INIT};
	brackets_read(&o->b, draft, &regions);
	o->w = (struct bracketed){&o->b, draft, &regions};
}

static void end(struct outcome *o)
{
	brackets_release(&o->b);
	edits_release(&o->e);
	str_release(&o->out);
}

static void assert_adds(const char *draft, uint32_t point, const char *text, const char *who,
			const char *result)
{
	uint16_t list[8];
	struct outcome o;
	struct offer offer = {.text = slice_of(text), .parties = list};

	begin(&o, slice_of(draft));
	offer.n_parties = codes(who, list);
	if (reword_add_option(&o.w, point - 1, &offer, &o.e, &o.err) < 0)
		fail_msg("%s: %s", draft, o.err.text);
	edits_apply(&o.e, slice_of(draft), &o.out);
	assert_slice_is(str_slice(&o.out), result);
	end(&o);
}

static void assert_no_option(const char *draft, uint32_t point, const char *text, int status)
{
	struct outcome o;
	struct offer offer = {.text = slice_of(text)};

	begin(&o, slice_of(draft));
	assert_int_equal(reword_add_option(&o.w, point - 1, &offer, &o.e, &o.err), status);
	assert_int_equal(o.e.n, 0);
	end(&o);
}

static void assert_party(const char *draft, uint32_t point, size_t k, const char *change,
			 const char *result)
{
	struct outcome o;
	uint16_t party = party_find(&regions, slice_of(change + 1), NULL);
	int status;

	begin(&o, slice_of(draft));
	status = change[0] == '+'
			 ? reword_add_party(&o.w, point - 1, k - 1, party, &o.e, &o.err)
			 : reword_remove_party(&o.w, point - 1, k - 1, party, &o.e, &o.err);
	if (result && status < 0)
		fail_msg("%s: %s", draft, o.err.text);
	if (!result) {
		assert_int_equal(status, ST_USAGE);
	} else {
		edits_apply(&o.e, slice_of(draft), &o.out);
		assert_slice_is(str_slice(&o.out), result);
	}
	end(&o);
}

/* ---- options */

static void an_option_is_added_as_the_point_is_written(void **state)
{
	(void)state;
	assert_adds("x [A] y\n", 1, "B", "EUR AFR", "x [A / EUR, AFR: B] y\n");
	assert_adds("x [A] y\n", 1, "B", "", "x [A / B] y\n");
	assert_adds("x [A / B]{#b1} y\n", 1, "C", "EUR", "x [A / B / EUR: C]{#b1} y\n");
	assert_adds("x [ A / B ] y\n", 1, "C", "", "x [ A / B / C ] y\n");
	assert_adds("x [shall/should] y\n", 1, "may", "", "x [shall/should/may] y\n");
	assert_adds("x [shall/should] y\n", 1, "may", "EUR",
		    "x [shall / should / EUR: may] y\n");
	assert_adds("x [shall/should] y\n", 1, "might", "", "x [shall / should / might] y\n");
	assert_adds("x [shall][should]{#b1} y\n", 1, "may", "ARB",
		    "x [shall][should][ARB: may]{#b1} y\n");
	assert_adds("x [A] or [B] (EUR) y\n", 1, "C", "", "x [A] or [B] (EUR) or [C] y\n");
	assert_adds("x [A]/[B] y\n", 1, "C", "", "x [A]/[B]/[C] y\n");
	assert_adds("各方［应／可］提供\n", 1, "须", "", "各方［应／可／须］提供\n");
	assert_adds("各方［应 ／ 可］提供\n", 1, "甲", "", "各方［应 ／ 可 ／ 甲］提供\n");
	assert_adds("x\n\n[\nA\n/\nB\n]\n", 1, "C", "EUR", "x\n\n[\nA\n/\nB\n/\nEUR: C\n]\n");
	assert_adds("x\r\n[A\r\nB]\r\n", 1, "C\r\nD", "", "x\r\n[A\r\nB\r\n/\r\nC\r\nD]\r\n");
	assert_adds("x:\n\n[Aa.\n\nBb.]\n", 1, "Cc.", "CIS",
		    "x:\n\n[Aa.\n\nBb.\n\nCIS: Cc.]\n");
	assert_adds("x [] y\n", 1, "3", "EUR", "x [EUR: 3] y\n");
	assert_adds("x [X] y\n", 1, "3", "EUR", "x [X][EUR: 3] y\n");
	assert_adds("x [A] y\n", 1, "", "EUR", "x [A / EUR: no text] y\n");
	assert_adds("x [q [A] z] y\n", 2, "B", "", "x [q [A / B] z] y\n");
}

static void what_stands_around_does_not_change_its_meaning(void **state)
{
	(void)state;
	/* Trailing parties would go to the new option too. */
	assert_adds("x [A] (EUR) y\n", 1, "B", "", "x [EUR: A / B] y\n");
	assert_adds("x [A / ARB: B] (EUR){#b1} y\n", 1, "C", "",
		    "x [EUR: A / ARB: B / C]{#b1} y\n");
	assert_adds("x [A] (EUR) y\n", 1, "B", "AFR", "x [A / AFR: B] (EUR) y\n");
	assert_adds("x [A] (EUR: delete) y\n", 1, "B", "", "x [A / B] (EUR: delete) y\n");
	assert_adds("x [delete] (EUR) y\n", 1, "B", "", "x [delete] (EUR)[B] y\n");
	/* Blanks that were text are no text between slashes. */
	assert_adds("x[ A] y\n", 1, "B", "", "x [A / B] y\n");
	assert_adds("x [A ]y\n", 1, "B", "", "x [A / B] y\n");
	assert_adds("x[A /] y\n", 1, "B", "", "x[A /][B] y\n");
}

static void a_new_wording_is_read_back_as_it_was_typed(void **state)
{
	(void)state;
	assert_adds("x [A] y\n", 1, "delete", "EUR", "x [A / EUR: \\ delete] y\n");
	assert_adds("x [A] y\n", 1, "le candidat (EUR)", "",
		    "x [A / \\ le candidat (EUR)] y\n");
	assert_adds("x [A] y\n", 1, "a / b [c]", "", "x [A / a \\/ b \\[c\\]] y\n");
	assert_adds("x [A] y\n", 1, "and/or", "", "x [A / and/or] y\n");
	assert_adds("x [] y\n", 1, "TBD", "", "x [\\ TBD] y\n");
	assert_adds("x [] y\n", 1, "shall/should", "", "x [shall\\/should] y\n");
}

static void an_option_that_cannot_be_added_is_refused(void **state)
{
	(void)state;
	assert_no_option("x [A / B] y\n", 1, "B", ST_EXISTS);
	assert_no_option("x [A / CIS: no text] y\n", 1, " ", ST_EXISTS);
	assert_no_option("x [A] y\n", 2, "B", ST_MISSING);
	assert_no_option("x [A] y\n", 1, "B\nC", ST_INPUT);
	/* The new wording would end a comment. */
	assert_no_option("x <!-- [A] y\n", 1, "-->", ST_INPUT);
}

static void brackets_in_a_new_wording_may_stay_open(void **state)
{
	struct outcome o;
	struct offer offer = {.text = SLICE("b [or c / d] ] e"), .markup = true};

	(void)state;
	begin(&o, SLICE("x [A] y\n"));
	assert_int_equal(reword_add_option(&o.w, 0, &offer, &o.e, &o.err), 0);
	edits_apply(&o.e, o.w.draft, &o.out);
	assert_slice_is(str_slice(&o.out), "x [A / b [or c / d] \\] e] y\n");
	end(&o);
}

/* ---- parties */

static void a_party_joins_an_option(void **state)
{
	(void)state;
	assert_party("x [A / B] y\n", 1, 2, "+EUR", "x [A / EUR: B] y\n");
	assert_party("x [A / AFR: B] y\n", 1, 2, "+EUR", "x [A / AFR, EUR: B] y\n");
	assert_party("x [A / CITEL; ATU: B] y\n", 1, 2, "+EUR",
		     "x [A / CITEL; ATU, EUR: B] y\n");
	assert_party("x [A – AFR / B] y\n", 1, 1, "+EUR", "x [A – AFR, EUR / B] y\n");
	assert_party("x [A (AFR) / B] y\n", 1, 1, "+EUR", "x [A (AFR, EUR) / B] y\n");
	assert_party("x [AFR：甲 / B] y\n", 1, 1, "+EUR", "x [AFR，EUR：甲 / B] y\n");
	assert_party("x [A] (AFR){#b1} y\n", 1, 1, "+EUR", "x [A] (AFR, EUR){#b1} y\n");
	assert_party("x [A / B] (AFR) y\n", 1, 1, "+EUR", "x [AFR, EUR: A / AFR: B] y\n");
	assert_party("x [A] (AFR: delete) y\n", 1, 2, "+EUR", "x [A] (AFR, EUR: delete) y\n");
	assert_party("x [A / no text] y\n", 1, 2, "+EUR", "x [A / EUR: no text] y\n");
	assert_party("x [shall/should] y\n", 1, 2, "+EUR", "x [shall / EUR: should] y\n");
	assert_party("x [A][B] y\n", 1, 2, "+EUR", "x [A][EUR: B] y\n");
	assert_party("x[ A] y\n", 1, 1, "+EUR", "x [EUR: A] y\n");
	assert_party("x [\\ B] y\n", 1, 1, "+EUR", "x [EUR: \\ B] y\n");
	assert_party("x [delete] y\n", 1, 1, "+EUR", "x [EUR: \\ delete] y\n");
	assert_party("x\n[\nA\n/\nB\n]\n", 1, 1, "+EUR", "x\n[\nEUR: A\n/\nB\n]\n");
	assert_party("x [AFR: A] y\n", 1, 1, "+AFR", NULL);
}

static void a_party_leaves_an_option(void **state)
{
	(void)state;
	assert_party("x [A / EUR: B] y\n", 1, 2, "-EUR", "x [A / B] y\n");
	assert_party("x [A / CEPT; ATU: B] y\n", 1, 2, "-EUR", "x [A / ATU: B] y\n");
	assert_party("x [A – AFR, EUR / B] y\n", 1, 1, "-EUR", "x [A – AFR / B] y\n");
	assert_party("x [A – AFR / B] y\n", 1, 1, "-AFR", "x [A / B] y\n");
	assert_party("x [A (AFR) / B] y\n", 1, 1, "-AFR", "x [A / B] y\n");
	assert_party("x [A] (AFR) (EUR) y\n", 1, 1, "-AFR", "x [A] (EUR) y\n");
	assert_party("x [A / B] (AFR, EUR) y\n", 1, 1, "-AFR", "x [EUR: A / AFR, EUR: B] y\n");
	assert_party("x [A] (AFR: delete){#b1} y\n", 1, 2, "-AFR", "x [A]{#b1} y\n");
	assert_party("x [A / CIS: delete] y\n", 1, 2, "-CIS", "x [A / no text] y\n");
	assert_party("x [A / CIS: pas de texte] y\n", 1, 2, "-CIS", "x [A / pas de texte] y\n");
	assert_party("x [A / AFR: b (EUR)] y\n", 1, 2, "-AFR", "x [A / \\ b (EUR)] y\n");
	assert_party("x [AFR: A / B] (EUR) y\n", 1, 1, "-AFR", "x [A / EUR: B] y\n");
	assert_party("x [A] y\n", 1, 1, "-AFR", NULL);
}

/* ---- hostile wordings */

static void random_wording(struct prng *r, struct str *out)
{
	static const char *const pieces[] = {
		"[",       "]",      "/",           " / ",    "\\",    "\\ ",     "delete",
		"(EUR)",   " (EUR)", "TBD",         "X",      "`",     "``",      "<!--",
		"-->",     "EUR: ",  "AFR:",        " – EUR", "shall", "/",       "should",
		"no text", "{#b1}",  "](http://x)", "［",     "］",    "／",      " ／ ",
		"^x",      "!",      "<https:",     "sic",    "RFC 1", "foo",     " ",
		"a",       "。",     "\u00A0",      "Ж",      ".",     "ITU-T A", "\xFF",
		"_",       "...",    "bookmark: x", "<",      "1: x",  "~~~"};
	size_t n = 1 + prng_below(r, 8);

	for (size_t i = 0; i < n; i++)
		str_add_text(out, pieces[prng_below(r, sizeof(pieces) / sizeof(*pieces))]);
}

static void every_wording_can_be_written(void **state)
{
	struct prng r = prng_make(21);

	(void)state;
	for (int round = 0; round < 8000; round++) {
		struct str text = STR_INIT, written = STR_INIT;
		struct error err = ERROR_INIT;

		random_wording(&r, &text);
		if (wording_trim(str_slice(&text)).len > 0 &&
		    wording_escape(str_slice(&text), WORDING_LITERAL, &regions, &written,
				   &err) < 0)
			fail_msg("%.*s: %s", (int)text.len, text.p, err.text);
		if (written.len > 0)
			assert_true(wording_reads_back(str_slice(&written),
						       wording_trim(str_slice(&text)), 0,
						       &regions));
		str_release(&text);
		str_release(&written);
	}
}

static void every_wording_can_be_added(void **state)
{
	static const char *const drafts[] = {"x [A] y\n",
					     "x [A / B] (EUR) y\n",
					     "x [A][B]{#b1} y\n",
					     "x [shall/should] y\n",
					     "x [] y\n",
					     "x [X] y\n",
					     "x\n\n[\nA\n/\nB\n]\n",
					     "x:\n[Aa.\nBb.]\n",
					     "x\n[a) A\n\nB]\n",
					     "各方［应／可］提供\n"};
	struct prng r = prng_make(22);

	(void)state;
	for (int round = 0; round < 2500; round++) {
		const char *draft = drafts[prng_below(&r, sizeof(drafts) / sizeof(*drafts))];
		struct str text = STR_INIT;
		uint16_t list[2] = {0, 3};
		struct offer offer = {.parties = list, .n_parties = prng_below(&r, 3)};
		struct outcome o;
		int status;

		random_wording(&r, &text);
		offer.text = str_slice(&text);
		begin(&o, slice_of(draft));
		status = reword_add_option(&o.w, 0, &offer, &o.e, &o.err);
		/* A fence cannot be escaped: such a line is refused. */
		if (status < 0 && !slice_starts(wording_trim(offer.text), "~~~"))
			fail_msg("%s + %.*s: %s", draft, (int)text.len, text.p, o.err.text);
		end(&o);
		str_release(&text);
	}
}

static void parties_that_join_and_leave_again_change_nothing_else(void **state)
{
	static const char *const pieces[] = {"[A]",
					     "[A / B]",
					     "[EUR: A / B] (AFR)",
					     "[A (EUR) / no text]",
					     "[A – ARB]",
					     " ",
					     "foo",
					     "[shall/should]",
					     "[delete]",
					     "(EUR: delete)",
					     "(CIS)",
					     "\n",
					     "{#b1}",
					     "[\nA\n/\nB\n]",
					     "[ A ]",
					     "[\\ A (EUR)]",
					     "[q [z] ]",
					     " or ",
					     "[AFR, EUR: x (CIS)]",
					     "[X]"};
	struct prng r = prng_make(23);
	size_t done = 0, refused = 0;

	(void)state;
	for (int round = 0; round < 2500; round++) {
		struct str draft = STR_INIT;
		struct outcome o, back;
		uint16_t party = (uint16_t)prng_below(&r, regions.n);
		size_t n = 1 + prng_below(&r, 7), k;
		uint32_t point;

		for (size_t i = 0; i < n; i++)
			str_add_text(&draft,
				     pieces[prng_below(&r, sizeof(pieces) / sizeof(*pieces))]);
		begin(&o, str_slice(&draft));
		point = o.b.n_points ? (uint32_t)prng_below(&r, o.b.n_points) : 0;
		if (o.b.n_points > 0 && o.b.points[point].n_options > 0) {
			k = prng_below(&r, o.b.points[point].n_options);
			if (reword_add_party(&o.w, point, k, party, &o.e, &o.err) == 0) {
				edits_apply(&o.e, o.w.draft, &o.out);
				begin(&back, str_slice(&o.out));
				if (reword_remove_party(&back.w, point, k, party, &back.e,
							&back.err) < 0)
					fail_msg("%.*s: %s", (int)o.out.len, o.out.p,
						 back.err.text);
				end(&back);
				done++;
			} else {
				refused += o.err.status != ST_USAGE;
			}
		}
		end(&o);
		str_release(&draft);
	}
	assert_true(done > 1000);
	assert_int_equal(refused, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_option_is_added_as_the_point_is_written),
		cmocka_unit_test(what_stands_around_does_not_change_its_meaning),
		cmocka_unit_test(a_new_wording_is_read_back_as_it_was_typed),
		cmocka_unit_test(an_option_that_cannot_be_added_is_refused),
		cmocka_unit_test(brackets_in_a_new_wording_may_stay_open),
		cmocka_unit_test(a_party_joins_an_option),
		cmocka_unit_test(a_party_leaves_an_option),
		cmocka_unit_test(every_wording_can_be_written),
		cmocka_unit_test(every_wording_can_be_added),
		cmocka_unit_test(parties_that_join_and_leave_again_change_nothing_else),
	};

	return cmocka_run_group_tests(tests, regions_set_up, regions_tear_down);
}
