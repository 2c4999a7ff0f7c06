/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/mem.h"
#include "core/reread.h"

#include <stdlib.h>
#include <string.h>

/* A text with its reading, as an editor has it. */
struct open_text {
	struct str bytes;
	struct brackets b;
	struct draft d;
	struct draft_words words;
	struct reread last; /* the change before, */
	size_t waited;      /* changes of which something may */
	bool goes_on;       /* if the reading followed it */
	size_t done[3];     /* by enum reread_done */
};

static void read_whole(struct open_text *t)
{
	struct slice text = str_slice(&t->bytes);

	brackets_read(&t->b, text, &regions);
	draft_read(&t->d, text, &t->b);
	draft_count_words(&t->d, text, &t->b, &t->words);
}

static void forget(struct open_text *t)
{
	draft_release(&t->d);
	brackets_release(&t->b);
}

static void open_text(struct open_text *t, const char *text)
{
	memset(t, 0, sizeof(*t));
	str_add_text(&t->bytes, text);
	read_whole(t);
}

static void close_text(struct open_text *t)
{
	forget(t);
	str_release(&t->bytes);
}

/* One field after the other: structs have padding. */
#define SAME(x, y, field) assert_int_equal((x)->field, (y)->field)

static void assert_same_bracket(const struct bracket *x, const struct bracket *y)
{
	SAME(x, y, begin);
	SAME(x, y, inner);
	SAME(x, y, inner_end);
	SAME(x, y, close);
	SAME(x, y, end);
	SAME(x, y, id);
	SAME(x, y, id_end);
	SAME(x, y, parent);
	SAME(x, y, point);
	SAME(x, y, next);
	SAME(x, y, option);
	SAME(x, y, n_options);
	SAME(x, y, depth);
	SAME(x, y, kind);
	SAME(x, y, separator);
	SAME(x, y, crosses);
}

static void assert_same_option(const struct option *x, const struct option *y)
{
	SAME(x, y, begin);
	SAME(x, y, end);
	SAME(x, y, part);
	SAME(x, y, part_end);
	SAME(x, y, hash);
	SAME(x, y, bracket);
	SAME(x, y, party);
	SAME(x, y, n_parties);
	SAME(x, y, no_text);
	SAME(x, y, guarded);
	SAME(x, y, trailing);
	SAME(x, y, own_parties);
}

static void assert_same_point(const struct point *x, const struct point *y)
{
	SAME(x, y, bracket);
	SAME(x, y, last);
	SAME(x, y, n_brackets);
	SAME(x, y, parent);
	SAME(x, y, depth);
	SAME(x, y, option);
	SAME(x, y, n_options);
	SAME(x, y, hash);
	SAME(x, y, kind);
	SAME(x, y, joint);
}

static void assert_same_brackets(const struct brackets *x, const struct brackets *y)
{
	SAME(x, y, n);
	SAME(x, y, n_points);
	SAME(x, y, n_options);
	SAME(x, y, n_problems);
	SAME(x, y, n_skipped);
	SAME(x, y, n_unread);
	SAME(x, y, n_outer);
	for (size_t i = 0; i < SKIP_CLASSES; i++)
		SAME(x, y, skips[i]);
	for (size_t i = 0; i < x->n; i++)
		assert_same_bracket(&x->v[i], &y->v[i]);
	for (size_t i = 0; i < x->n_points; i++)
		assert_same_point(&x->points[i], &y->points[i]);
	for (size_t i = 0; i < x->n_options; i++) {
		assert_same_option(&x->options[i], &y->options[i]);
		SAME(x, y, point_options[i]);
		for (size_t k = 0; k < x->options[i].n_parties; k++)
			SAME(x, y, parties[x->options[i].party + k]);
	}
	for (size_t i = 0; i < x->n_problems; i++) {
		SAME(x, y, problems[i].at);
		SAME(x, y, problems[i].len);
		SAME(x, y, problems[i].kind);
	}
	for (size_t i = 0; i < x->n_skipped; i++) {
		SAME(x, y, skipped[i].begin);
		SAME(x, y, skipped[i].end);
		SAME(x, y, skipped[i].class);
	}
	for (size_t i = 0; i < x->n_unread; i++) {
		SAME(x, y, unread[i].begin);
		SAME(x, y, unread[i].end);
		SAME(x, y, unread[i].kind);
	}
}

static void assert_same_paragraph(const struct paragraph *x, const struct paragraph *y)
{
	SAME(x, y, begin);
	SAME(x, y, end);
	SAME(x, y, next);
	SAME(x, y, label);
	SAME(x, y, label_end);
	SAME(x, y, body);
	SAME(x, y, number);
	SAME(x, y, level);
	SAME(x, y, parent);
	SAME(x, y, call);
	SAME(x, y, list);
	SAME(x, y, value);
	SAME(x, y, indent);
	SAME(x, y, kind);
	SAME(x, y, label_kind);
	SAME(x, y, group);
}

static void assert_same_draft(const struct draft *x, const struct draft *y)
{
	SAME(x, y, n);
	SAME(x, y, n_paragraphs);
	SAME(x, y, n_clauses);
	SAME(x, y, n_calls);
	SAME(x, y, n_lists);
	SAME(x, y, title);
	SAME(x, y, n_title);
	SAME(x, y, form);
	SAME(x, y, front.end);
	for (size_t i = 0; i < x->n; i++)
		assert_same_paragraph(&x->v[i], &y->v[i]);
	for (size_t i = 0; i < x->n_paragraphs; i++)
		SAME(x, y, numbered[i]);
}

/* The reading that followed is the one that the whole text has. */
static void assert_follows(struct open_text *t, enum reread_done done)
{
	struct open_text whole = {.bytes = t->bytes};

	t->done[done]++;
	read_whole(&whole);
	if (done != REREAD_NOTHING)
		assert_same_brackets(&t->b, &whole.b);
	if (done == REREAD_ALL) {
		assert_same_draft(&t->d, &whole.d);
		SAME(t, &whole, words.total);
		SAME(t, &whole, words.in_brackets);
		forget(&whole);
		return;
	}
	forget(t);
	t->b = whole.b;
	t->d = whole.d;
	t->words = whole.words;
}

static enum reread_done change(struct open_text *t, size_t at, size_t del, struct slice by)
{
	struct str new = STR_INIT;
	struct reread r;
	enum reread_done done = REREAD_NOTHING;
	struct slice old = str_slice(&t->bytes);
	bool can = reread_begin(&r, &t->b, &t->d, old, at, del, t->goes_on ? &t->last : NULL);

	str_add(&new, old.p, at);
	str_add_slice(&new, by);
	str_add(&new, old.p + at + del, old.len - at - del);
	str_release(&t->bytes);
	t->bytes = new;
	/* Something may wait, from some paragraph on. */
	size_t n = r.first + r.n + at % 5;
	if (can && r.n && n < t->d.n && at % 3)
		r.until = t->d.v[n].begin;
	t->waited += r.until > 0;
	r.count_later = can && at % 2;
	if (can)
		done = reread_end(&r, &t->b, &t->d, str_slice(&t->bytes), by.len, &regions,
				  &t->words);
	if (done == REREAD_ALL)
		reread_rest(&r, &t->b, &t->d);
	if (done == REREAD_ALL && r.count_later)
		reread_count(&r, &t->b, &t->d, str_slice(&t->bytes), &t->words);
	t->goes_on = done == REREAD_ALL;
	t->last = r;
	assert_follows(t, done);
	return done;
}

static size_t place_of(const struct open_text *t, const char *before)
{
	const char *p = slice_find(str_slice(&t->bytes), before);

	assert_non_null(p);
	return (size_t)(p - t->bytes.p) + strlen(before);
}

/* Types the text after those words, sign by sign; the least that was done. */
static enum reread_done type(struct open_text *t, const char *before, const char *text)
{
	size_t at = place_of(t, before);
	enum reread_done least = REREAD_ALL;

	for (size_t i = 0; text[i]; i++) {
		enum reread_done done = change(t, at + i, 0, slice_make(text + i, 1));
		if (done < least)
			least = done;
	}
	return least;
}

static const char resolution[] = "# Resolution 31\n\n"
				 "considering\n\n"
				 "a) that [the / a] meeting [may][should]{#b1} be held;\n\n"
				 "b) the following:\n\n"
				 "   i) one [AFR: thing];\n\n"
				 "   ii) two,\n\n"
				 "[decides\n\n"
				 "1. to hold [[it]];\n\n"
				 "2. to go on,]\n\n"
				 "and [A [B] C / D (EUR)] (CIS)\n";

static void words_and_brackets_are_read_where_they_are_typed(void **state)
{
	struct open_text t;

	(void)state;
	open_text(&t, resolution);
	assert_int_equal(type(&t, "meeting", " of all [new / old]{#b9} Members"), REREAD_ALL);
	assert_int_equal(type(&t, "one ", "[or [more] (EUR)] (RCC)"), REREAD_ALL);
	assert_int_equal(type(&t, "and [A", "X"), REREAD_ALL);
	/* Within brackets over paragraphs, all of these are read again. */
	assert_int_equal(change(&t, place_of(&t, "to hold"), 0, SLICE(" [again]")), REREAD_ALL);
	assert_int_equal(type(&t, "2. to go", " / far"), REREAD_ALL);
	assert_true(change(&t, place_of(&t, "the following"), 1, SLICE("")) != REREAD_ALL);
	close_text(&t);
}

static void what_reaches_further_is_read_as_a_whole(void **state)
{
	static const char *const far[] = {"```\n", "<!-- ",           "x --> y", "[l]: #x\n",
					  "---\n", "[footnoteRef:1]", "# "};
	struct open_text t;

	(void)state;
	for (size_t i = 0; i < sizeof(far) / sizeof(*far); i++) {
		open_text(&t, resolution);
		assert_int_equal(change(&t, place_of(&t, "ii) two,\n\n"), 0, slice_of(far[i])),
				 REREAD_NOTHING);
		close_text(&t);
	}
	/* One that is open may take what closes nothing. */
	open_text(&t, "# t\n\na b\n\nc]\n\nd\n");
	assert_int_equal(change(&t, place_of(&t, "a"), 0, SLICE("[")), REREAD_NOTHING);
	assert_int_equal(t.b.n, 1);
	assert_int_equal(change(&t, t.bytes.len - 1, 0, SLICE("[")), REREAD_ALL);
	assert_int_equal(change(&t, t.bytes.len - 1, 0, SLICE("e")), REREAD_ALL);
	close_text(&t);
}

static void names_elsewhere_are_known(void **state)
{
	struct open_text t;

	(void)state;
	open_text(&t, "# T\n\na [footnoteRef:1] b\n\nc d e\n\n[l]: #there\n\n[1: note]\n");
	assert_int_equal(type(&t, "c ", "[L] [x][l] [1: y] [2: z]"), REREAD_ALL);
	assert_int_equal(t.b.n, 1);
	close_text(&t);
}

/* Something to be put in: mostly a sign or two, as from a keyboard. */
static void random_piece(struct prng *r, struct str *out)
{
	static const char *const keys[] = {"x", " ",  "[",  "]",  "/",   "a", ":",     ";",
					   ")", "\n", "\\", "](", "{#b", "}", "(AFR)", "1."};

	str_clear(out);
	if (prng_one_in(r, 6))
		random_text(r, out, 1 + prng_below(r, 5));
	else
		str_add_text(out, keys[prng_below(r, sizeof(keys) / sizeof(*keys))]);
}

/* A draft of many short lines, so that most changes are one line's. */
static void random_draft(struct prng *r, struct str *out, bool wild)
{
	str_clear(out);
	if (prng_one_in(r, 2))
		str_add_text(out, prng_one_in(r, 3) ? "# T\n\n" : "---\ntitle: t\n---\n");
	for (size_t n = 5 + prng_below(r, 20); n > 0; n--) {
		static const char *const begins[] = {"a) ",   "b) ", "1. ",
						     "",      "",    "decides\n",
						     "  i) ", "[",   "the following:\n"};

		str_add_text(out, begins[prng_below(r, sizeof(begins) / sizeof(*begins))]);
		if (wild)
			random_text(r, out, 1 + prng_below(r, 8));
		else
			str_add_text(out, prng_one_in(r, 2) ? "that [one [two] / three] be"
							    : "of the [AFR: Union] (EUR),");
		str_add_text(out, prng_one_in(r, 9) ? "]\n\n" : "\n\n");
	}
}

static void every_change_leads_to_the_reading_of_the_whole(void **state)
{
	struct prng r = prng_make(31);
	struct str piece = STR_INIT, text = STR_INIT;
	size_t done[3] = {0}, waited = 0;
	int slow = getenv("SLOW") ? atoi(getenv("SLOW")) : 1;

	(void)state;
	for (int round = 0; round < 120 / slow; round++) {
		struct open_text t;

		random_draft(&r, &text, round % 3 == 0);
		open_text(&t, str_text(&text));
		for (int k = 0; k < 40; k++) {
			size_t at = prng_below(&r, t.bytes.len + 1), del = 0;

			random_piece(&r, &piece);
			if (prng_one_in(&r, 3))
				del = prng_below(&r, prng_one_in(&r, 4) ? 30 : 3);
			if (del > t.bytes.len - at)
				del = t.bytes.len - at;
			change(&t, at, del, str_slice(&piece));
		}
		for (int i = 0; i < 3; i++)
			done[i] += t.done[i];
		waited += t.waited;
		close_text(&t);
	}
	for (int i = 0; i < 3; i++)
		assert_true(done[i] > (size_t)(120 / slow));
	assert_true(waited > (size_t)(120 / slow));
	str_release(&piece);
	str_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_and_brackets_are_read_where_they_are_typed),
		cmocka_unit_test(what_reaches_further_is_read_as_a_whole),
		cmocka_unit_test(names_elsewhere_are_known),
		cmocka_unit_test(every_change_leads_to_the_reading_of_the_whole),
	};

	return cmocka_run_group_tests(tests, regions_set_up, regions_tear_down);
}
