/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/mem.h"
#include "core/rebracket.h"
#include "core/terms.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A bracketed text, and what an edit makes of it. */
struct table {
	struct str draft;
	struct brackets b;
	struct bracketed w;
	struct edits e;
	struct error err;
	struct str out;
};

static void lay(struct table *t, struct slice draft)
{
	*t = (struct table){.draft = STR_INIT, .e = EDITS_INIT, .err = ERROR_INIT};
	str_add_slice(&t->draft, draft);
	brackets_read(&t->b, str_slice(&t->draft), &regions);
	t->w = (struct bracketed){&t->b, str_slice(&t->draft), &regions};
}

static void clear(struct table *t)
{
	brackets_release(&t->b);
	edits_release(&t->e);
	str_release(&t->draft);
	str_release(&t->out);
}

/* result NULL: refused, and nothing was changed. */
static void assert_result(struct table *t, int status, const char *result)
{
	if (!result) {
		assert_true(status < 0);
		assert_int_equal(t->e.n, 0);
		assert_int_equal(t->err.status, status);
	} else {
		if (status < 0)
			fail_msg("%s: %s", str_text(&t->draft), t->err.text);
		edits_apply(&t->e, t->w.draft, &t->out);
		assert_slice_is(str_slice(&t->out), result);
	}
	clear(t);
}

/* The selection stands between ‹ and ›. */
static void lay_selection(struct table *t, const char *marked, size_t *begin, size_t *end)
{
	const char *open = strstr(marked, "‹"), *close = strstr(marked, "›");
	struct str draft = STR_INIT;

	*begin = (size_t)(open - marked);
	*end = (size_t)(close - marked) - strlen("‹");
	str_add(&draft, marked, *begin);
	str_add(&draft, open + strlen("‹"), *end - *begin);
	str_add_text(&draft, close + strlen("›"));
	lay(t, str_slice(&draft));
	str_release(&draft);
}

static void assert_brackets(const char *marked, const char *other, const char *result)
{
	static const uint16_t afr[] = {0};
	struct offer offer = {.text = slice_of(other ? other : "")};
	struct table t;
	size_t begin, end;

	if (other && slice_starts(offer.text, "AFR: ")) {
		offer.text = slice_of(other + 5);
		offer.parties = afr;
		offer.n_parties = 1;
	}
	lay_selection(&t, marked, &begin, &end);
	assert_result(
		&t, rebracket_selection(&t.w, begin, end, other ? &offer : NULL, &t.e, &t.err),
		result);
}

/* ---- selections */

static void a_selection_gets_brackets(void **state)
{
	(void)state;
	assert_brackets("to ‹the› x\n", NULL, "to [the] x\n");
	assert_brackets("to ‹the › x\n", NULL, "to [the]  x\n");
	assert_brackets("to ‹the› x\n", "a", "to [the / a] x\n");
	assert_brackets("to ‹the› x\n", "AFR: a", "to [the / AFR: a] x\n");
	assert_brackets("to ‹the› x\n", "AFR: ", "to [the / AFR: no text] x\n");
	assert_brackets("to ‹›x\n", "a", "to [a]x\n");
	assert_brackets("‹to [the] x›\n", NULL, "[to [the] x]\n");
	assert_brackets("[to ‹the› x]\n", "a", "[to [the / a] x]\n");
	assert_brackets("‹x\n\ny›\n", NULL, "[x\n\ny]\n");
	assert_brackets("a\n\n‹x\n\ny›\n\nb\n", "AFR: z",
			"a\n\n[\nx\n\ny\n/\nAFR: z\n]\n\nb\n");
	assert_brackets("a\r\n‹x\r\ny›\r\n", "z", "a\r\n[\r\nx\r\ny\r\n/\r\nz\r\n]\r\n");
}

static void what_was_text_stays_text_in_brackets(void **state)
{
	(void)state;
	assert_brackets("x ‹and / or› y\n", NULL, "x [and \\/ or] y\n");
	assert_brackets("x ‹and / or› y\n", "a / b", "x [and \\/ or / a \\/ b] y\n");
	assert_brackets("x ‹shall/should› y\n", NULL, "x [shall\\/should] y\n");
	assert_brackets("x ‹le candidat (EUR)› y\n", NULL, "x [\\ le candidat (EUR)] y\n");
	assert_brackets("x ‹TBD› y\n", NULL, "x [\\ TBD] y\n");
	assert_brackets("x ‹sic› y\n", NULL, "x [\\ sic] y\n");
	assert_brackets("RESOLUTION ‹AFCP-1› y\n", NULL, "RESOLUTION [\\ AFCP-1] y\n");
	assert_brackets("x ‹a `b / c` d› y\n", NULL, "x [a `b / c` d] y\n");
	assert_brackets("as ‹one›\n\n[one]: http://x.org\n", NULL,
			"as [\\ one]\n\n[one]: http://x.org\n");
}

static void brackets_beside_others_are_points_of_their_own(void **state)
{
	struct table t;
	size_t begin, end;

	(void)state;
	lay_selection(&t, "x [A] ‹foo› [B] y\n", &begin, &end);
	assert_int_equal(rebracket_selection(&t.w, begin, end, NULL, &t.e, &t.err), 0);
	edits_apply(&t.e, t.w.draft, &t.out);
	assert_true(slice_starts(str_slice(&t.out), "x [A]{#b"));
	assert_non_null(strstr(str_text(&t.out), "} [foo]{#b"));
	assert_true(slice_ends(str_slice(&t.out), "} [B] y\n"));
	clear(&t);
	lay_selection(&t, "x ‹foo›(http://x.org/) y\n", &begin, &end);
	assert_int_equal(rebracket_selection(&t.w, begin, end, NULL, &t.e, &t.err), 0);
	edits_apply(&t.e, t.w.draft, &t.out);
	assert_true(slice_starts(str_slice(&t.out), "x [foo]{#b"));
	clear(&t);
}

static void a_selection_that_cuts_is_refused(void **state)
{
	(void)state;
	assert_brackets("x ‹[A› B] y\n", NULL, NULL);
	assert_brackets("x [A ‹B] y›\n", NULL, NULL);
	assert_brackets("x [A / ‹B / C› / D] y\n", NULL, NULL);
	assert_brackets("x [A]‹[B]› y\n", NULL, NULL);
	assert_brackets("x [A] ‹(EUR)› y\n", NULL, NULL);
	assert_brackets("x `a ‹b› c` y\n", NULL, NULL);
	assert_brackets("x ‹a [ b› y\n", NULL, NULL);
	assert_brackets("x \\‹[ b› y\n", NULL, NULL);
	assert_brackets("x ‹foo› (EUR) y\n", NULL, NULL);
	assert_brackets("x ‹foo›{#b1} y\n", NULL, NULL);
	assert_brackets("a ‹x\ny›\n", "z", NULL);
	assert_brackets("x ‹ › y\n", NULL, NULL);
}

/* ---- off */

static void assert_off(const char *draft, uint32_t point, const char *result)
{
	struct table t;

	lay(&t, slice_of(draft));
	assert_result(&t, rebracket_off(&t.w, point - 1, &t.e, &t.err), result);
}

static void brackets_come_off(void **state)
{
	(void)state;
	assert_off("x [A] y\n", 1, "x A y\n");
	assert_off("x [A \\/ B] (EUR) (AFR: delete){#b1} y\n", 1, "x A / B y\n");
	assert_off("x [TBD] y\n", 1, "x TBD y\n");
	assert_off("x [[A] B] y\n", 1, "x [A] B y\n");
	assert_off("x [A / B] y\n", 1, NULL);
	assert_off("x [A][B] y\n", 1, NULL);
}

/* What stands outside the brackets that go pairs, joins and offers what it did. */
static void brackets_stay_where_others_would_change(void **state)
{
	(void)state;
	assert_off("［ wordsa\n]  []\n", 1, NULL); /* the ] would end its paragraph */
	assert_off("［ wordsa\n]  [x]\n", 1, "［ wordsa\n]  x\n");
	assert_off("[A] o[r]{#b1} [B]\n", 2, NULL); /* the word would join the others */
	assert_off("x [a [b] (AFR)] y\n", 2, "x [a b] y\n");
	assert_off("x [a [b]] y\n", 2, "x [a b] y\n");
}

/* ---- splitting and joining */

static void a_run_is_split_and_joined_again(void **state)
{
	static const char *const drafts[] = {
		"x [A] [B] y\n",       "x [A][B]{#b1} y\n",         "x [A] or [B] or [C] y\n",
		"x [q [A]/[B] z] y\n", "x [A] (EUR) [B] (AFR) y\n", "各方［应］［可］\n"};

	(void)state;
	for (size_t i = 0; i < sizeof(drafts) / sizeof(*drafts); i++) {
		struct table t, back;
		uint32_t point;

		lay(&t, slice_of(drafts[i]));
		point = t.b.n_points > 1 ? 1 : 0;
		assert_int_equal(rebracket_split(&t.w, point, 1, &t.e, &t.err), 0);
		edits_apply(&t.e, t.w.draft, &t.out);
		lay(&back, str_slice(&t.out));
		assert_int_equal(back.b.n_points, t.b.n_points + 1);
		assert_int_equal(back.b.points[point].n_brackets, 1);
		assert_true(point_id(&back.b, &back.b.points[point], back.w.draft).len >= 5);
		assert_int_equal(rebracket_join(&back.w, point, false, &back.e, &back.err), 0);
		edits_apply(&back.e, back.w.draft, &back.out);
		assert_slice_is(str_slice(&back.out), drafts[i]);
		clear(&t);
		clear(&back);
	}
}

static void assert_joins(const char *draft, uint32_t point, bool keep_id, const char *result)
{
	struct table t;

	lay(&t, slice_of(draft));
	assert_result(&t, rebracket_join(&t.w, point - 1, keep_id, &t.e, &t.err), result);
}

static void only_what_an_id_parts_is_joined(void **state)
{
	struct table t;

	(void)state;
	assert_joins("x [A]{#b1} [B] y\n", 1, true, "x [A] [B]{#b1} y\n");
	assert_joins("x [A]{#b1} [B]{#b2} y\n", 1, true, "x [A] [B]{#b2} y\n");
	assert_joins("x [A]{#b1} foo [B] y\n", 1, true, NULL);
	assert_joins("x [A] foo [B] y\n", 1, true, NULL);
	assert_joins("x [A]{#b1}\n[B] y\n", 1, true, NULL);
	assert_joins("x [A]{#b1} y\n", 1, true, NULL);
	lay(&t, SLICE("x [A] y\n"));
	assert_result(&t, rebracket_split(&t.w, 0, 1, &t.e, &t.err), NULL);
}

static void a_point_gets_the_id_that_everybody_would_mint(void **state)
{
	struct table t, again;
	struct str id = STR_INIT, want = STR_INIT;

	(void)state;
	lay(&t, SLICE("x [A] (EUR) y\n"));
	brackets_mint_id(&t.b, t.w.draft, 0, &want);
	assert_int_equal(rebracket_id(&t.w, 0, &t.e, &id, &t.err), 0);
	assert_slice_equal(str_slice(&id), str_slice(&want));
	edits_apply(&t.e, t.w.draft, &t.out);
	lay(&again, str_slice(&t.out));
	assert_slice_equal(point_id(&again.b, &again.b.points[0], again.w.draft),
			   str_slice(&want));
	str_clear(&id);
	assert_int_equal(rebracket_id(&again.w, 0, &again.e, &id, &again.err), 0);
	assert_slice_equal(str_slice(&id), str_slice(&want));
	assert_int_equal(again.e.n, 0);
	str_release(&id);
	str_release(&want);
	clear(&t);
	clear(&again);
}

/* ---- repair */

static void assert_repairs(const char *draft, enum repair how, const char *result)
{
	struct table t;

	lay(&t, slice_of(draft));
	assert_true(t.b.n_problems > 0);
	assert_result(&t, rebracket_repair(&t.w, 0, how, &t.e, &t.err), result);
}

static void an_unpaired_bracket_is_repaired(void **state)
{
	(void)state;
	assert_repairs("a [b c.  \n\nd\n", REPAIR_COMPLETE, "a [b c.]  \n\nd\n");
	assert_repairs("a ［b c\r\nd\n", REPAIR_COMPLETE, "a ［b c］\r\nd\n");
	assert_repairs("a) b] c\n", REPAIR_COMPLETE, "a) [b] c\n");
	assert_repairs("## b] c\n", REPAIR_COMPLETE, "## [b] c\n");
	assert_repairs("a [b [c] d\n", REPAIR_COMPLETE, "a [b [c] d]\n");
	assert_repairs("a [b `c] d`\n", REPAIR_COMPLETE, "a [b `c] d`]\n");
	assert_repairs("a [b c\n", REPAIR_ESCAPE, "a \\[b c\n");
	assert_repairs("a \\\\[b c\n", REPAIR_ESCAPE, "a \\\\\\[b c\n");
	assert_repairs("a b] c\n", REPAIR_REMOVE, "a b c\n");
	assert_repairs("a ［b c\n", REPAIR_REMOVE, "a b c\n");
	/* The end of its paragraph is in a comment. */
	assert_repairs("a [b <!-- c\n\n-->\n", REPAIR_COMPLETE, NULL);
}

/* ---- paragraphs */

static void assert_stacks(const char *marked, const char *result, const char *back)
{
	struct table t, again;
	size_t begin, end;

	lay_selection(&t, marked, &begin, &end);
	if (!result) {
		assert_result(&t, rebracket_lines(&t.w, begin, end, &t.e, &t.err), NULL);
		return;
	}
	if (rebracket_lines(&t.w, begin, end, &t.e, &t.err) < 0)
		fail_msg("%s: %s", marked, t.err.text);
	edits_apply(&t.e, t.w.draft, &t.out);
	assert_slice_is(str_slice(&t.out), result);
	lay(&again, str_slice(&t.out));
	assert_result(&again, rebracket_unlines(&again.w, 0, &again.e, &again.err),
		      back ? back : str_text(&t.draft));
	clear(&t);
}

static void paragraphs_become_alternatives_and_paragraphs_again(void **state)
{
	(void)state;
	assert_stacks("q\n\n‹x\n\ny›\n\nz\n", "q\n\n[\nx\n/\ny\n]\n\nz\n", NULL);
	assert_stacks("q\nx‹x\nyyy\nz›z\nw\n", "q\n[\nxx\n/\nyyy\n/\nzz\n]\nw\n", NULL);
	assert_stacks("‹x\r\n\r\ny›\r\n", "[\r\nx\r\n/\r\ny\r\n]\r\n", NULL);
	assert_stacks("q\n\n‹x\n\ny›", "q\n\n[\nx\n/\ny\n]", NULL);
	assert_stacks("‹a) x [m / n];\n\nb) y;›\n", "[\na) x [m / n];\n/\nb) y;\n]\n", NULL);
	assert_stacks("q\n\n‹# x\n\n# y›\n", "q\n\n[\n# x\n/\n# y\n]\n", NULL);
	assert_stacks("q\n\n‹EUR: x\n\n/\n\ny (EUR)›\n",
		      "q\n\n[\n\\ EUR: x\n/\n\\/\n/\n\\ y (EUR)\n]\n", NULL);
	/* A bracket of several paragraphs is one alternative. */
	assert_stacks("q\n\n‹[x\n\ny]\n\nz›\n", "q\n\n[\n[x\n\ny]\n/\nz\n]\n", NULL);
	assert_stacks("q ‹x› z\n", NULL, NULL);
	assert_stacks("q [‹x\n\ny›\n\nz]\n", NULL, NULL);
	assert_stacks("q [x\n\n‹y\n\nz›]\n", NULL, NULL);
}

static void parties_go_when_alternatives_become_paragraphs(void **state)
{
	struct table t;

	(void)state;
	lay(&t, SLICE("q\n\n[\nEUR: x\n/\nCIS: no text\n/\ny\n] (AFR){#b1}\n\nz\n"));
	assert_result(&t, rebracket_unlines(&t.w, 0, &t.e, &t.err), "q\n\nx\n\ny\n\nz\n");
	lay(&t, SLICE("options:\n[Aa.\nBb.\nCc.]\nend\n"));
	assert_result(&t, rebracket_unlines(&t.w, 0, &t.e, &t.err),
		      "options:\nAa.\nBb.\nCc.\nend\n");
	lay(&t, SLICE("x [A / B] y\n"));
	assert_result(&t, rebracket_unlines(&t.w, 0, &t.e, &t.err), NULL);
}

/* ---- a change of terms */

/* Brackets every place of old. done as "bracketed added unread marks same unfit". */
static void assert_terms(const char *draft, const char *old, const char *with, bool who,
			 const char *result, const char *counts)
{
	static const uint16_t eur[] = {5};
	struct offer offer = {.parties = eur, .n_parties = who};
	struct term_hit hits[64];
	struct terms_done d;
	struct table t;
	char got[64];
	size_t n = 0;
	int status;

	lay(&t, slice_of(draft));
	for (const char *p = strstr(draft, old); p; p = strstr(p + strlen(old), old))
		hits[n++] = (struct term_hit){
			(size_t)(p - draft), (size_t)(p - draft) + strlen(old), slice_of(with)};
	status = terms_bracket(&t.w, hits, n, &offer, &t.e, &d, &t.err);
	snprintf(got, sizeof(got), "%zu %zu %zu %zu %zu %zu", d.bracketed, d.added, d.unread,
		 d.marks, d.same, d.unfit);
	assert_string_equal(got, counts);
	assert_result(&t, status, result);
}

static void a_change_of_terms_is_bracketed_wherever_it_is_wording(void **state)
{
	(void)state;
	assert_terms("old x old\n\nold\n", "old", "new", false,
		     "[old / new] x [old / new]\n\n[old / new]\n", "3 0 0 0 0 0");
	assert_terms("an old x\n", "old", "new", true, "an [old / EUR: new] x\n",
		     "1 0 0 0 0 0");
	assert_terms("an old x\n", "old", "", true, "an [old / EUR: no text] x\n",
		     "1 0 0 0 0 0");
	assert_terms("`old` <!-- old --> [old](http://old.org) old\n", "old", "new", false,
		     "`old` <!-- old --> [old](http://old.org) [old / new]\n", "1 0 4 0 0 0");
	assert_terms("the [old system] x\n", "old", "new", false,
		     "the [[old / new] system] x\n", "1 0 0 0 0 0");
	assert_terms("the [AFR: old / x] y\n", "old", "new", false,
		     "the [AFR: old / new / x] y\n", "0 1 0 0 0 0");
	assert_terms("the [old] y\n", "old", "new", false, "the [old / new] y\n",
		     "0 1 0 0 0 0");
	assert_terms("the [old / new] y old\n", "old", "new", false,
		     "the [old / new] y [old / new]\n", "1 0 0 0 1 0");
	assert_terms("the [old] (AFR) y\n", "old", "new", false, "the [[old / new]] (AFR) y\n",
		     "1 0 0 0 0 0");
	assert_terms("the [ old ] y\n", "old", "new", false, "the [ [old / new] ] y\n",
		     "1 0 0 0 0 0");
	assert_terms("x [EUR: a / b] (EUR)\n", "EUR", "new", false, NULL, "0 0 0 2 0 0");
	assert_terms("shall x [shall/should]\n", "shall", "must", false,
		     "[shall / must] x [shall/must/should]\n", "1 1 0 0 0 0");
	assert_terms("new old\n", "new", "new", false, NULL, "0 0 0 0 1 0");
	assert_terms("x / y\n", " / ", "/", false, NULL, "0 0 0 0 0 1");
	assert_terms("a old (AFR) old b\n", "old", "new", false, "a old (AFR) [old / new] b\n",
		     "1 0 0 0 0 1");
}

static void changed_terms_side_by_side_are_points_of_their_own(void **state)
{
	struct offer offer = {.text = SLICE("")};
	struct table t, again;
	struct term_hit hits[] = {
		{6, 9, SLICE("b")}, {10, 13, SLICE("b")}, {13, 16, SLICE("b")}};
	struct terms_done d;

	(void)state;
	lay(&t, SLICE("x [q] foo foofoo\n"));
	assert_int_equal(terms_bracket(&t.w, hits, 3, &offer, &t.e, &d, &t.err), 0);
	edits_apply(&t.e, t.w.draft, &t.out);
	lay(&again, str_slice(&t.out));
	assert_int_equal(again.b.n_points, 4);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(again.b.points[i].n_brackets, 1);
	/* The same wording twice in a paragraph, and yet no id twice. */
	for (size_t i = 0; i < 3; i++)
		for (size_t k = 0; k < i; k++)
			assert_false(slice_equal(
				point_id(&again.b, &again.b.points[i], again.w.draft),
				point_id(&again.b, &again.b.points[k], again.w.draft)));
	clear(&t);
	clear(&again);
}

/* ---- properties */

static bool same_wordings_elsewhere(const struct table *t, const struct brackets *now,
				    struct slice text, size_t begin, size_t end)
{
	for (size_t i = 0; i < t->b.n_options; i++) {
		const struct option *o = &t->b.options[i];
		struct slice old = {t->w.draft.p + o->begin, o->end - o->begin};
		size_t k = 0;

		if (o->part < end && begin < o->part_end)
			continue;
		while (k < now->n_options &&
		       (now->options[k].no_text != o->no_text ||
			!slice_equal(old,
				     slice_make(text.p + now->options[k].begin,
						now->options[k].end - now->options[k].begin))))
			k++;
		if (k == now->n_options)
			return false;
	}
	return true;
}

/* Where the character that holds byte pos begins. */
static size_t character_at(struct slice text, size_t pos)
{
	while (pos > 0 && pos < text.len && ((unsigned char)text.p[pos] & 0xC0) == 0x80)
		pos--;
	return pos;
}

/* Wherever brackets can be put, taking them off again gives the same bytes, escapes and ids
 * aside. */
static void brackets_put_and_taken_off_leave_the_text(void **state)
{
	struct prng r = prng_make(31);
	size_t done = 0;

	(void)state;
	for (int round = 0; round < 4000; round++) {
		struct str draft = STR_INIT;
		struct table t, back;
		size_t begin, end;
		uint32_t point = BRACKET_NONE;

		random_text(&r, &draft, 1 + prng_below(&r, 30));
		lay(&t, str_slice(&draft));
		begin = prng_below(&r, draft.len + 1);
		end = begin + prng_below(&r, draft.len - begin + 1);
		/* In the middle of a character brackets would undo it: it may be one itself. */
		begin = character_at(t.w.draft, begin);
		end = character_at(t.w.draft, end);
		if (rebracket_selection(&t.w, begin, end, NULL, &t.e, &t.err) == 0) {
			edits_apply(&t.e, t.w.draft, &t.out);
			lay(&back, str_slice(&t.out));
			assert_true(
				same_wordings_elsewhere(&t, &back.b, back.w.draft, begin, end));
			for (size_t i = 0; i < back.b.n_points && point == BRACKET_NONE; i++) {
				size_t at = point_begin(&back.b, &back.b.points[i]);

				if (i >= t.b.n_points ||
				    edits_map(&t.e, point_begin(&t.b, &t.b.points[i])) != at)
					point = (uint32_t)i;
			}
			assert_int_equal(back.b.n_points, t.b.n_points + 1);
			assert_true(point != BRACKET_NONE);
			assert_int_equal(rebracket_off(&back.w, point, &back.e, &back.err), 0);
			edits_apply(&back.e, back.w.draft, &back.out);
			if (t.e.n == 2 && !memchr(t.out.p, '\\', t.out.len) &&
			    !memmem(t.e.bytes.p, t.e.bytes.len, "{#", 2))
				assert_slice_equal(str_slice(&back.out), t.w.draft);
			clear(&back);
			done++;
		} else {
			assert_int_equal(t.e.n, 0);
			assert_true(t.err.text[0] != '\0');
		}
		clear(&t);
		str_release(&draft);
	}
	assert_true(done > 500);
}

/* Any edit on any text is made or refused; what is made reads as it should (the edits check
 * that themselves), and nothing crashes. */
static void any_text_can_be_worked_on(void **state)
{
	struct prng r = prng_make(32);
	size_t done = 0;

	(void)state;
	for (int round = 0; round < 4000; round++) {
		struct str draft = STR_INIT;
		struct offer offer = {.text = SLICE("n / e [w")};
		struct table t;
		size_t begin, end;
		int status = -1, problems;

		random_text(&r, &draft, 1 + prng_below(&r, 30));
		lay(&t, str_slice(&draft));
		begin = prng_below(&r, draft.len + 1);
		end = begin + prng_below(&r, draft.len - begin + 1);
		problems = (int)t.b.n_problems;
		if (round % 5 == 0 && problems > 0)
			status = rebracket_repair(&t.w, prng_below(&r, (size_t)problems),
						  (enum repair)prng_below(&r, 3), &t.e, &t.err);
		else if (round % 5 == 1)
			status = rebracket_lines(&t.w, begin, end, &t.e, &t.err);
		else if (round % 5 == 2)
			status = rebracket_selection(&t.w, begin, end, &offer, &t.e, &t.err);
		else if (round % 5 == 3 && t.b.n_points > 0)
			status = rebracket_unlines(&t.w, (uint32_t)prng_below(&r, t.b.n_points),
						   &t.e, &t.err);
		else if (end > begin) {
			struct term_hit hits[] = {{begin, end, SLICE("new")}};

			status = terms_bracket(&t.w, hits, 1, &offer, &t.e, NULL, &t.err);
		}
		if (status < 0)
			assert_int_equal(t.e.n, 0);
		done += status == 0;
		clear(&t);
		str_release(&draft);
	}
	assert_true(done > 500);
}

/* ---- real texts */

static void a_real_text_under_negotiation_takes_every_edit(void **state)
{
	const char *dir = getenv("ADREF_MATERIAL");
	struct str path = STR_INIT, text = STR_INIT;
	static const uint16_t asp[] = {3};
	struct table t;
	char *p;
	FILE *f;

	(void)state;
	if (!dir || !*dir) {
		print_message("no real texts at hand: set MATERIAL to their folder\n");
		skip();
	}
	str_addf(&path, "%s/corpus/paris-2015-10-23.en.md", dir);
	f = fopen(str_text(&path), "rb");
	assert_non_null(f);
	p = mem_alloc(1 << 20);
	str_add(&text, p, fread(p, 1, 1 << 20, f));
	fclose(f);
	free(p);
	lay(&t, str_slice(&text));
	for (uint32_t i = 7; i < t.b.n_points; i += 41) {
		struct offer offer = {SLICE("a / b (EUR)"), false, asp, i % 2, {"", 0}};
		const struct point *point = &t.b.points[i];

		edits_clear(&t.e);
		assert_int_equal(reword_add_option(&t.w, i, &offer, &t.e, &t.err), 0);
		edits_clear(&t.e);
		if (point->n_options > 0)
			assert_int_equal(reword_add_party(&t.w, i, 0, 3, &t.e, &t.err), 0);
		edits_clear(&t.e);
		if (point->n_brackets > 1)
			assert_int_equal(rebracket_split(&t.w, i, 1, &t.e, &t.err), 0);
	}
	for (size_t i = 0; i < t.b.n_problems; i++) {
		edits_clear(&t.e);
		assert_int_equal(rebracket_repair(&t.w, i, (enum repair)(i % 3), &t.e, &t.err),
				 0);
	}
	clear(&t);
	str_release(&path);
	str_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_selection_gets_brackets),
		cmocka_unit_test(what_was_text_stays_text_in_brackets),
		cmocka_unit_test(brackets_beside_others_are_points_of_their_own),
		cmocka_unit_test(a_selection_that_cuts_is_refused),
		cmocka_unit_test(brackets_come_off),
		cmocka_unit_test(brackets_stay_where_others_would_change),
		cmocka_unit_test(a_run_is_split_and_joined_again),
		cmocka_unit_test(only_what_an_id_parts_is_joined),
		cmocka_unit_test(a_point_gets_the_id_that_everybody_would_mint),
		cmocka_unit_test(an_unpaired_bracket_is_repaired),
		cmocka_unit_test(paragraphs_become_alternatives_and_paragraphs_again),
		cmocka_unit_test(parties_go_when_alternatives_become_paragraphs),
		cmocka_unit_test(a_change_of_terms_is_bracketed_wherever_it_is_wording),
		cmocka_unit_test(changed_terms_side_by_side_are_points_of_their_own),
		cmocka_unit_test(brackets_put_and_taken_off_leave_the_text),
		cmocka_unit_test(any_text_can_be_worked_on),
		cmocka_unit_test(a_real_text_under_negotiation_takes_every_edit),
	};

	return cmocka_run_group_tests(tests, regions_set_up, regions_tear_down);
}
