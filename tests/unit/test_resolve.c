/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/escape.h"
#include "core/mem.h"
#include "core/resolve.h"
#include "core/utf8.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct choice NO_TEXT = {.kind = CHOOSE_OPTION};

static struct choice number(size_t k)
{
	return (struct choice){.kind = CHOOSE_OPTION, .option = k};
}

static struct choice wording(const char *text)
{
	return (struct choice){.kind = CHOOSE_TEXT, .text = slice_of(text)};
}

/* Decides a point (from 0) of the draft, appends what it becomes. */
static int decide(struct slice draft, uint32_t point, struct choice c, bool linked,
		  struct str *out, struct resolved *what)
{
	struct edits e = EDITS_INIT;
	struct error err = ERROR_INIT;
	struct brackets b;
	int status;

	brackets_read(&b, draft, &regions);
	c.linked = linked;
	status = resolve_point(&(struct bracketed){&b, draft, &regions}, point, &c, &e, what,
			       &err);
	assert_int_equal(status, err.status);
	if (status == 0)
		edits_apply(&e, draft, out);
	brackets_release(&b);
	edits_release(&e);
	return status;
}

static void assert_decides(const char *draft, uint32_t point, struct choice c, bool linked,
			   const char *result)
{
	struct str out = STR_INIT;

	assert_int_equal(decide(slice_of(draft), point - 1, c, linked, &out, NULL), 0);
	assert_slice_is(str_slice(&out), result);
	str_release(&out);
}

static void assert_refused(const char *draft, uint32_t point, struct choice c)
{
	struct str out = STR_INIT;

	assert_true(decide(slice_of(draft), point - 1, c, false, &out, NULL) < 0);
	assert_int_equal(out.len, 0);
	str_release(&out);
}

/* ---- examples */

static void check_file(const char *path)
{
	FILE *f = fopen(path, "r");
	char *line = NULL;
	size_t room = 0, n = 0;

	assert_non_null(f);
	while (getline(&line, &room, f) > 0) {
		json_t *want = json_loads(line, 0, NULL);
		json_t *choice = json_object_get(want, "choice");
		json_t *draft = json_object_get(want, "draft");
		json_t *result = json_object_get(want, "result");
		struct choice c = {.kind = CHOOSE_ALL};
		struct str out = STR_INIT;
		struct slice text = {json_string_value(draft), json_string_length(draft)};

		if (json_is_integer(choice))
			c = number((size_t)json_integer_value(choice));
		assert_int_equal(
			decide(text,
			       (uint32_t)json_integer_value(json_object_get(want, "point")) - 1,
			       c, false, &out, NULL),
			0);
		assert_slice_equal(str_slice(&out), slice_make(json_string_value(result),
							       json_string_length(result)));
		str_release(&out);
		json_decref(want);
		n++;
	}
	assert_true(n >= 40);
	free(line);
	fclose(f);
}

static void the_examples_of_the_format_come_out_to_the_byte(void **state)
{
	(void)state;
	check_file("tests/cases/resolve.jsonl");
}

static void the_examples_of_our_own_come_out_to_the_byte(void **state)
{
	(void)state;
	check_file("tests/cases/resolve-more.jsonl");
}

static void blanks_inside_are_text_where_one_wording_is_offered(void **state)
{
	(void)state;
	assert_decides("x [ A ] y\n", 1, number(1), false, "x  A  y\n");
	assert_decides("x [ A ](EUR) y\n", 1, number(1), false, "x A y\n");
	assert_decides("x [EUR: A ] y\n", 1, number(1), false, "x A y\n");
	assert_decides("x [\\ A ] y\n", 1, number(1), false, "x A y\n");
	assert_decides("x [ A ] (EUR: delete) y\n", 1, number(1), false, "x  A  y\n");
	assert_decides("x\n\n[\n  a\n\nb  \n\n]\ny\n", 1, (struct choice){.kind = CHOOSE_ALL},
		       false, "x\n\n  a\n\nb  \ny\n");
	assert_decides("x\r\n[\r\na\r\n \r\n]\r\ny\r\n", 1, number(1), false,
		       "x\r\na\r\ny\r\n");
}

static void a_backslash_stays_where_something_still_needs_it(void **state)
{
	(void)state;
	assert_decides("a [b \\/ c] d\n", 1, number(1), false, "a b / c d\n");
	assert_decides("a [b \\／ c] d\n", 1, number(1), false, "a b ／ c d\n");
	assert_decides("a [\\[b\\] \\\\ c] d\n", 1, number(1), false, "a \\[b\\] \\\\ c d\n");
	assert_decides("a [b \\\\/ c] d\n", 1, number(1), false, "a b \\\\/ c d\n");
	assert_decides("a [`x \\/ y` \\/ z] d\n", 1, number(1), false, "a `x \\/ y` / z d\n");
	assert_decides("a [[x \\/ y] \\/ z] d\n", 1, number(1), false, "a [x \\/ y] / z d\n");
	/* The slash would make one point of two. */
	assert_decides("a [[x] \\/ [y]] d\n", 1, number(1), false, "a [x] \\/ [y] d\n");
	assert_decides("a [[x](EUR)\\/[y]] d\n", 1, number(1), false, "a [x](EUR)\\/[y] d\n");
	assert_decides("a [[x] \\/ y] d\n", 1, number(1), false, "a [x] / y d\n");
	assert_decides("a [[x] b\\/ [y]] d\n", 1, number(1), false, "a [x] b/ [y] d\n");
	/* An inner point's bracket still stands around it. */
	assert_decides("a [x [b \\/ c / d]] e\n", 2, number(1), false, "a [x b \\/ c] e\n");
}

static void a_gap_closes_as_a_typist_would(void **state)
{
	(void)state;
	assert_decides("*[A] foo*\n", 1, NO_TEXT, false, "*foo*\n");
	assert_decides("a)[A] foo\n", 1, NO_TEXT, false, "a) foo\n");
	assert_decides("## [A] foo\n", 1, NO_TEXT, false, "## foo\n");
	assert_decides("x\u00A0[A], y\n", 1, NO_TEXT, false, "x, y\n");
	assert_decides("x [A]\u00A0; y\n", 1, NO_TEXT, false, "x\u00A0; y\n");
	assert_decides("x [A]y\n", 1, NO_TEXT, false, "x y\n");
	assert_decides("«[A] x»\n", 1, NO_TEXT, false, "«x»\n");
	assert_decides("x [A]\r\ny\r\n", 1, NO_TEXT, false, "x\r\ny\r\n");
	assert_decides("x [A]", 1, NO_TEXT, false, "x");
	assert_decides("[A]", 1, NO_TEXT, false, "");
}

static void a_paragraph_left_bare_goes(void **state)
{
	(void)state;
	assert_decides("x\n\n**[A]**\n\ny\n", 1, NO_TEXT, false, "x\n\ny\n");
	assert_decides("x\n\n- [A]\n\ny\n", 1, NO_TEXT, false, "x\n\ny\n");
	assert_decides("x\n\n[A]", 1, NO_TEXT, false, "x\n");
	assert_decides("x\r\n\r\na) [A]\r\n\r\ny\r\n", 1, NO_TEXT, false, "x\r\n\r\ny\r\n");
	assert_decides("x\n\n[a\nb]\n\ny\n", 1, NO_TEXT, false, "x\n\ny\n");
	assert_decides("x\n \t\n[A]\n", 1, NO_TEXT, false, "x\n");
	assert_decides("1 [A] \n", 1, NO_TEXT, false, "1 \n");
	assert_decides("[\nx\n/\n[A]\n\n]\n", 2, NO_TEXT, false, "[\nx\n/\n]\n");
	/* The bracket around it stays. */
	assert_decides("[[A]\nx]\n", 2, NO_TEXT, false, "[\nx]\n");
}

static void a_separator_keeps_its_blanks(void **state)
{
	(void)state;
	assert_decides("[x / [A]] y\n", 2, NO_TEXT, false, "[x / ] y\n");
	assert_decides("[[A] / x] y\n", 2, NO_TEXT, false, "[ / x] y\n");
	assert_decides("[x / [A] / z] y\n", 2, NO_TEXT, false, "[x / / z] y\n");
	assert_decides("[x / [A] a / z] y\n", 2, NO_TEXT, false, "[x / a / z] y\n");
	assert_decides("[x / a [A] / z] y\n", 2, NO_TEXT, false, "[x / a / z] y\n");
	assert_decides("[x \\/ [A]] y\n", 2, NO_TEXT, false, "[x \\/] y\n");
	assert_decides("x / [A]. y\n", 1, NO_TEXT, false, "x /. y\n");
}

static void a_backslash_that_is_text_stays_text(void **state)
{
	(void)state;
	assert_decides("[x foo\\ [A]] y\n", 2, NO_TEXT, false, "[x foo\\ ] y\n");
	assert_decides("foo\\ [A]! y\n", 1, NO_TEXT, false, "foo\\ ! y\n");
	assert_decides("foo\\\\ [A]! y\n", 1, NO_TEXT, false, "foo\\\\! y\n");
	assert_decides("foo\\ [A]. y\n", 1, NO_TEXT, false, "foo\\. y\n");
	assert_decides("[x [a\\ / B]] y\n", 2, number(1), false, "[x a\\\\] y\n");
	assert_decides("[a\\ / B]/y\n", 1, number(1), false, "a\\\\/y\n");
	assert_decides("[a\\ / B] y\n", 1, number(1), false, "a\\ y\n");
	assert_decides("[a\\ / B]／z\n", 1, number(1), false, "a\\\\／z\n");
}

static void new_wording_stands_as_it_is_but_breaks_nothing(void **state)
{
	(void)state;
	assert_decides("x [A / B]{#b1} y\n", 1, wording("at least one [or two]"), false,
		       "x at least one [or two] y\n");
	assert_decides("x [A / B] y\n", 1, wording("c / d"), false, "x c / d y\n");
	assert_decides("x [q [A / B] / z] y\n", 2, wording("c / d"), false,
		       "x [q c \\/ d / z] y\n");
	assert_decides("x [A] y\n", 1, wording("[0, 1)"), false, "x \\[0, 1) y\n");
	assert_decides("x [A] y `\n", 1, wording("a ` b"), false, "x a \\` b y `\n");
	assert_decides("x [A], y\n", 1, wording("  "), false, "x, y\n");
	assert_decides("x\n\n[A\nB]\n\ny\n", 1, wording("1\n\n2"), false, "x\n\n1\n\n2\n\ny\n");
	assert_refused("x [q [A]] y\n", 2, wording("1\n2"));
}

static void what_makes_no_sense_is_refused(void **state)
{
	(void)state;
	assert_refused("x [A] y\n", 1, number(2));
	assert_refused("x [A] y\n", 2, number(1));
	assert_refused("x [A] y\n", 1, (struct choice){.kind = CHOOSE_ALL});
	assert_refused("x [TBD] y\n", 1, number(1));
	assert_decides("x [TBD] y\n", 1, NO_TEXT, false, "x y\n");
}

static void a_choice_is_read_as_a_command_names_it(void **state)
{
	struct choice c = {0};
	struct slice none = {NULL, 0};
	struct error err = ERROR_INIT;

	(void)state;
	assert_int_equal(choice_read(&c, SLICE("12"), none, &err), 0);
	assert_int_equal(c.option, 12);
	assert_int_equal(choice_read(&c, SLICE("all"), none, &err), 0);
	assert_int_equal(c.kind, CHOOSE_ALL);
	assert_int_equal(choice_read(&c, SLICE("text"), SLICE("x"), &err), 0);
	assert_slice_is(c.text, "x");
	assert_int_equal(choice_read(&c, SLICE("text"), none, &err), ST_USAGE);
	assert_int_equal(choice_read(&c, SLICE("0"), SLICE("x"), &err), ST_USAGE);
	assert_int_equal(choice_read(&c, SLICE(""), none, &err), ST_USAGE);
	assert_int_equal(choice_read(&c, SLICE("-1"), none, &err), ST_USAGE);
	assert_int_equal(choice_read(&c, SLICE("99999999999999999999"), none, &err), ST_USAGE);
}

/* ---- linked points */

static void linked_points_get_the_same_decision(void **state)
{
	(void)state;
	assert_decides("a [shall][should] b [shall][should] c\n\n[should][shall] d\n", 1,
		       number(1), true, "a shall b shall c\n\n[should][shall] d\n");
	assert_decides("a [w]{#b1} [w]{#b2} [w], b\n", 2, NO_TEXT, true, "a, b\n");
	assert_decides("a\n\n[w]{#b1} [w]\n\nb [w]\n", 1, NO_TEXT, true, "a\n\nb\n");
	assert_decides("a\n\n[w]\n\n[w]\n\n[w]\n", 2, NO_TEXT, true, "a\n");
	assert_decides("a [w], [q [w] (CIS) / z] b\n", 1, number(1), true,
		       "a w, [q w / z] b\n");
}

/* Pieces that make many points side by side, alike, and nested. */
static void random_points(struct prng *r, struct str *out, size_t n)
{
	static const char *const pieces[] = {"[w]",
					     "[w]",
					     "[w]{#i%zu}",
					     "[w / y]",
					     "[AFR: w / y] (CIS)",
					     "[ w ]",
					     "[",
					     "]",
					     " ",
					     " ",
					     "\n",
					     "\n\n",
					     "\r\n",
					     ", ",
					     "foo",
					     "(",
					     ")",
					     " / ",
					     "\\/",
					     "a) ",
					     "# ",
					     "*",
					     "[w][y]{#j%zu}",
					     "/",
					     "[\nw\n]",
					     "\\",
					     "\u00A0",
					     "`",
					     "[w \\/ y / z]",
					     "",
					     "[TBD]",
					     "[[w] y]",
					     "[x]"};

	for (size_t i = 0; i < n; i++) {
		const char *piece = pieces[prng_below(r, sizeof(pieces) / sizeof(*pieces))];
		const char *mark = strstr(piece, "%zu");

		if (!mark) {
			str_add_text(out, piece);
			continue;
		}
		str_add(out, piece, (size_t)(mark - piece));
		str_addf(out, "%zu}", i);
	}
}

/* Whether the i-th point of one reading is, byte for byte, a point of the other; its index. */
static bool still_there(const struct brackets *b, uint32_t i, const struct brackets *now,
			uint32_t *index)
{
	size_t begin = point_begin(b, &b->points[i]);

	*index = brackets_point_from(now, begin);
	return *index != BRACKET_NONE && point_begin(now, &now->points[*index]) == begin &&
	       point_end(now, &now->points[*index]) == point_end(b, &b->points[i]) &&
	       now->points[*index].n_options == b->points[i].n_options &&
	       now->points[*index].depth == b->points[i].depth;
}

/* Decides the listed points one after the other, the last first. False where a decision made
 * another point of the next one: two brackets came together. */
static bool decide_each(const struct brackets *b, const uint32_t *list, size_t n, size_t k,
			struct str *text)
{
	for (size_t i = n; i > 0; i--) {
		struct str next = STR_INIT;
		struct brackets now;
		uint32_t index;
		bool same;

		brackets_read(&now, str_slice(text), &regions);
		same = still_there(b, list[i - 1], &now, &index);
		brackets_release(&now);
		if (same)
			assert_int_equal(
				decide(str_slice(text), index, number(k), false, &next, NULL),
				0);
		str_release(text);
		*text = next;
		if (!same)
			return false;
	}
	return true;
}

static int ascending(const void *a, const void *b)
{
	return (int)*(const uint32_t *)a - (int)*(const uint32_t *)b;
}

/* All linked points in one go are what deciding them one after the other gives. */
static void linked_is_one_after_the_other(void **state)
{
	struct prng r = prng_make(11);
	size_t checked = 0;

	(void)state;
	for (int round = 0; round < 4000; round++) {
		struct str draft = STR_INIT, want = STR_INIT, got = STR_INIT;
		struct brackets b;

		random_points(&r, &draft, 1 + prng_below(&r, 16));
		brackets_read(&b, str_slice(&draft), &regions);
		if (b.n_points > 0) {
			uint32_t point = (uint32_t)prng_below(&r, b.n_points), *list = NULL;
			size_t k = prng_below(&r, b.points[point].n_options + 1);
			size_t n = brackets_linked_points(&b, str_slice(&draft), point, &list);

			list = mem_array(list, n + 1, sizeof(*list));
			list[n++] = point;
			qsort(list, n, sizeof(*list), ascending);
			assert_int_equal(
				decide(str_slice(&draft), point, number(k), true, &got, NULL),
				0);
			str_add_slice(&want, str_slice(&draft));
			if (decide_each(&b, list, n, k, &want)) {
				assert_slice_equal(str_slice(&got), str_slice(&want));
				checked += n > 1;
			}
			free(list);
		}
		brackets_release(&b);
		str_release(&draft);
		str_release(&want);
		str_release(&got);
	}
	assert_true(checked > 200);
}

/* ---- properties */

/* Whether what was taken beside the gap is what closing up may take: a blank, or the rest of a
 * paragraph's line and a blank line. */
static bool is_closing(struct slice s)
{
	size_t lines = 0;

	if (utf8_blank_at(s.p, s.len) == s.len)
		return true;
	for (size_t i = 0; i < s.len; i++)
		lines += s.p[i] == '\n';
	return lines <= 2 && !memchr(s.p, '[', s.len) && !memchr(s.p, ']', s.len);
}

/* How many escapes there are where something is read, but for those of slashes, which a
 * decision may take; and of backslashes. */
static size_t count_escapes(const struct brackets *b, struct slice s, size_t *backslashes)
{
	size_t count = 0;

	*backslashes = 0;
	for (size_t i = 0, n; i < s.len; i += n) {
		n = brackets_is_unread(b, i) ? 0 : escape_at(s.p + i, s.len - i);
		count += n > 0 && s.p[i + 1] != '/' && s.p[i + 1] != '\\';
		*backslashes += n > 0 && s.p[i + 1] == '\\';
		n = n ? n : 1;
	}
	return count;
}

/* What was no escape is none afterwards, and what stays of those there were stays one. */
static void no_escape_arises(void **state)
{
	static const char *const pieces[] = {"[", "]",  "[",   "]",    "\\",  "\\ ", " / ", " ",
					     "a", "! ", "\\]", "\\\\", "[b]", "<",   "/"};
	struct prng r = prng_make(13);
	size_t checked = 0;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		struct str draft = STR_INIT, got = STR_INIT, gone = STR_INIT;
		struct brackets b, after, none;

		for (size_t n = 2 + prng_below(&r, 12); n > 0; n--)
			str_add_text(&draft,
				     pieces[prng_below(&r, sizeof(pieces) / sizeof(*pieces))]);
		brackets_read(&b, str_slice(&draft), &regions);
		for (uint32_t i = 0; i < b.n_points; i++) {
			const struct point *p = &b.points[i];
			size_t k = prng_below(&r, p->n_options + 1), was, is, lost = 0, all,
			       now;
			size_t begin = point_begin(&b, p), end = point_end(&b, p), unused;

			str_clear(&got);
			str_clear(&gone);
			assert_int_equal(
				decide(str_slice(&draft), i, number(k), false, &got, NULL), 0);
			/* The point's own bytes, but for what was chosen. */
			str_add(&gone, draft.p + begin, end - begin);
			if (k && point_option(&b, p, k - 1)->begin <
					 point_option(&b, p, k - 1)->end) {
				const struct option *o = point_option(&b, p, k - 1);

				str_splice(&gone, o->begin - begin, o->end - o->begin, " ", 1);
			}
			brackets_read(&after, str_slice(&got), &regions);
			brackets_read(&none, str_slice(&gone), &regions);
			was = count_escapes(&b, str_slice(&draft), &all);
			is = count_escapes(&after, str_slice(&got), &now);
			lost = count_escapes(&none, str_slice(&gone), &unused);
			/* A backslash that had to be escaped makes one more of these. */
			assert_int_equal(is, was - lost);
			assert_true(now + unused == all || now + unused == all + 1);
			checked++;
			brackets_release(&after);
			brackets_release(&none);
		}
		brackets_release(&b);
		str_release(&draft);
		str_release(&got);
		str_release(&gone);
	}
	assert_true(checked > 5000);
}

static void nothing_else_changes(void **state)
{
	struct prng r = prng_make(12);

	(void)state;
	for (int round = 0; round < 4000; round++) {
		struct str draft = STR_INIT, out = STR_INIT;
		struct brackets b, after;

		if (round % 2)
			random_points(&r, &draft, 1 + prng_below(&r, 16));
		else
			random_text(&r, &draft, prng_below(&r, 60));
		brackets_read(&b, str_slice(&draft), &regions);
		if (b.n_points > 0) {
			uint32_t point = (uint32_t)prng_below(&r, b.n_points);
			const struct point *p = &b.points[point];
			size_t k = prng_below(&r, p->n_options + 1), before, behind;
			size_t begin = point_begin(&b, p), end = point_end(&b, p), nested = 0;
			struct str chosen = STR_INIT;

			assert_int_equal(
				decide(str_slice(&draft), point, number(k), false, &out, NULL),
				0);
			if (k > 0)
				resolve_preview(&b, str_slice(&draft), point, k - 1, &chosen);
			/* The bytes in common before the point, and after it. */
			for (before = 0; before < begin && before < out.len &&
					 draft.p[before] == out.p[before];)
				before++;
			if (chosen.len > 0) {
				assert_true(before == begin);
				assert_int_equal(out.len,
						 draft.len - (end - begin) + chosen.len);
				assert_slice_equal(slice_make(out.p + begin, chosen.len),
						   str_slice(&chosen));
				assert_slice_equal(
					slice_make(out.p + begin + chosen.len, draft.len - end),
					slice_make(draft.p + end, draft.len - end));
			} else {
				struct slice gone;

				behind = out.len - before;
				if (behind > draft.len - end)
					before += behind - (draft.len - end),
						behind = draft.len - end;
				gone = slice_make(draft.p + end, draft.len - end - behind);
				assert_true(is_closing(gone));
				assert_slice_equal(
					slice_make(str_slice(&out).p + before, behind),
					slice_make(draft.p + draft.len - behind, behind));
				assert_true(before <= begin);
				assert_true(is_closing(
					slice_make(draft.p + before, begin - before)));
			}
			for (size_t i = 0; i < b.n_points; i++)
				nested += b.points[i].parent == point;
			brackets_read(&after, str_slice(&out), &regions);
			if (nested == 0 && p->depth == 1 && b.n_problems == 0)
				assert_true(after.n_outer <= b.n_outer);
			brackets_release(&after);
			str_release(&chosen);
		}
		brackets_release(&b);
		str_release(&draft);
		str_release(&out);
	}
}

static void many_linked_points_take_no_longer_than_their_draft(void **state)
{
	struct str draft = STR_INIT, out = STR_INIT, want = STR_INIT;

	(void)state;
	/* All in one paragraph; a walk back to its beginning for each would take minutes. */
	for (int i = 0; i < 60000; i++) {
		str_add_text(&draft, "some words of a long paragraph [foo] (AFR: delete), ");
		str_add_text(&want, "some words of a long paragraph, ");
	}
	assert_int_equal(decide(str_slice(&draft), 17, NO_TEXT, true, &out, NULL), 0);
	assert_slice_equal(str_slice(&out), str_slice(&want));
	str_release(&draft);
	str_release(&out);
	str_release(&want);
}

/* ---- what was done */

static void what_was_decided_is_told(void **state)
{
	struct resolved what;
	struct str out = STR_INIT;
	const char *draft =
		"t\n\na) hold [one / EUR, AFR: at least one / ARB: two / EUR: "
		"three]{#b7} meeting\n\nand [one / at least one / two / three (CIS)]\n";

	(void)state;
	resolved_init(&what);
	assert_int_equal(decide(slice_of(draft), 0, number(2), true, &out, &what), 0);
	assert_slice_is(str_slice(&what.words), "option 2, \"at least one\"");
	assert_slice_is(str_slice(&what.wording), "at least one");
	assert_slice_is(str_slice(&what.id), "b7");
	assert_slice_is(
		str_slice(&what.paragraph),
		"a) hold [one / EUR, AFR: at least one / ARB: two / EUR: three] meeting");
	assert_int_equal(what.number, 1);
	assert_int_equal(what.line, 3);
	assert_int_equal(what.linked, 1);
	assert_int_equal(what.n_supporters, 2);
	assert_string_equal(regions.v[what.supporters[0]].code, "AFR");
	assert_string_equal(regions.v[what.supporters[1]].code, "EUR");
	assert_int_equal(what.n_others, 2);
	assert_string_equal(regions.v[what.others[0]].code, "ARB");
	assert_string_equal(regions.v[what.others[1]].code, "CIS");
	str_clear(&out);

	assert_int_equal(decide(SLICE("x [a (AFR) / CIS: no text] y\n"), 0, number(2), false,
				&out, &what),
			 0);
	assert_slice_is(str_slice(&what.words), "option 2, no text");
	assert_int_equal(what.n_supporters, 1);
	assert_int_equal(what.n_others, 1);
	assert_int_equal(
		decide(SLICE("x [a (AFR) / CIS: no text] y\n"), 0, NO_TEXT, false, &out, &what),
		0);
	assert_slice_is(str_slice(&what.words), "no text");
	assert_string_equal(regions.v[what.supporters[0]].code, "CIS");
	assert_int_equal(decide(SLICE("x [a (AFR)] y\n"), 0,
				wording("b\x1B[31m\xE2\x80\xAE\xFF [z"), false, &out, &what),
			 0);
	assert_null(memchr(what.words.p, 0x1B, what.words.len));
	assert_true(utf8_valid(what.words.p, what.words.len));
	assert_int_equal(decide(SLICE("x\n[\na\nb\n]\n"), 0,
				(struct choice){.kind = CHOOSE_ALL}, false, &out, &what),
			 0);
	assert_slice_is(str_slice(&what.words), "all of it, \"a b\"");
	assert_slice_is(str_slice(&what.paragraph), "[ a b ]");
	resolved_release(&what);
	str_release(&out);
}

/* What the parties of the table said on b7, by index: "AFR EUR | CIS" after hearing it. */
static void heard(struct slice draft, uint32_t point, struct choice c, bool linked,
		  const char *const *said, const char *want)
{
	const struct positions *given[8] = {NULL};
	struct positions held[8] = {{NULL, 0, 0}};
	struct edits e = EDITS_INIT;
	struct str got = STR_INIT;
	struct error err = ERROR_INIT;
	struct resolved what;
	struct brackets b;

	resolved_init(&what);
	brackets_read(&b, draft, &regions);
	for (size_t i = 0; i < regions.n; i++) {
		if (said[i])
			assert_int_equal(
				positions_read(slice_of(said[i]), &held[i], NULL, &err), 0);
		given[i] = &held[i];
	}
	c.linked = linked;
	assert_int_equal(resolve_point(&(struct bracketed){&b, draft, &regions}, point, &c, &e,
				       &what, &err),
			 0);
	resolved_hear(&what, &(struct bracketed){&b, draft, &regions}, given);
	for (size_t i = 0; i < what.n_supporters; i++)
		str_addf(&got, "%s ", regions.v[what.supporters[i]].code);
	str_add_char(&got, '|');
	for (size_t i = 0; i < what.n_others; i++)
		str_addf(&got, " %s", regions.v[what.others[i]].code);
	assert_string_equal(str_text(&got), want);
	for (size_t i = 0; i < regions.n; i++)
		positions_release(&held[i]);
	str_release(&got);
	edits_release(&e);
	brackets_release(&b);
	resolved_release(&what);
}

static void recorded_positions_say_who_wanted_it(void **state)
{
	static const char *const nobody[8] = {NULL};
	static const char *const said[8] = {"b7: {stance: accepts, option: 1}",
					    "b7: {stance: reserves}",
					    "b7: {stance: none}",
					    "b7: {stance: opposes, option: 2}",
					    "b7: {stance: supports, option: 2, wording: aaaa}",
					    NULL};
	static const char *const linked[8] = {"b8: {stance: supports, option: 2}",
					      "b8: {stance: supports, option: 1}"};
	struct slice draft = SLICE("x [one / AFR, ARB, EUR: two / CIS: three]{#b7} y\n");
	struct slice twice = SLICE("x [a / AMS: b]{#b7} y [a / b]{#b8}\n");
	struct slice optional = SLICE("x [a]{#b7} y\n");

	(void)state;
	heard(draft, 0, number(2), false, nobody, "AFR ARB EUR | CIS");
	/* AFR changed its mind since it wrote; CIS spoke on a wording that is gone. */
	heard(draft, 0, number(2), false, said, "ARB EUR | AFR AMS ASP CIS");
	heard(draft, 0, number(1), false, said, "AFR | AMS ARB CIS EUR");
	heard(twice, 0, number(2), false, linked, "AMS |");
	heard(twice, 0, number(2), true, linked, "AFR | AMS");
	heard(optional, 0, NO_TEXT, false,
	      (const char *const[8]){"b7: {stance: opposes, option: 1}",
				     "b7: {stance: supports, option: 1}"},
	      "AFR | AMS");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_examples_of_the_format_come_out_to_the_byte),
		cmocka_unit_test(the_examples_of_our_own_come_out_to_the_byte),
		cmocka_unit_test(blanks_inside_are_text_where_one_wording_is_offered),
		cmocka_unit_test(a_backslash_stays_where_something_still_needs_it),
		cmocka_unit_test(a_gap_closes_as_a_typist_would),
		cmocka_unit_test(a_paragraph_left_bare_goes),
		cmocka_unit_test(a_separator_keeps_its_blanks),
		cmocka_unit_test(a_backslash_that_is_text_stays_text),
		cmocka_unit_test(no_escape_arises),
		cmocka_unit_test(new_wording_stands_as_it_is_but_breaks_nothing),
		cmocka_unit_test(what_makes_no_sense_is_refused),
		cmocka_unit_test(a_choice_is_read_as_a_command_names_it),
		cmocka_unit_test(linked_points_get_the_same_decision),
		cmocka_unit_test(linked_is_one_after_the_other),
		cmocka_unit_test(nothing_else_changes),
		cmocka_unit_test(many_linked_points_take_no_longer_than_their_draft),
		cmocka_unit_test(what_was_decided_is_told),
		cmocka_unit_test(recorded_positions_say_who_wanted_it),
	};

	return cmocka_run_group_tests(tests, regions_set_up, regions_tear_down);
}
