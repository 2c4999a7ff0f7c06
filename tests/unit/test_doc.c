/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/mem.h"
#include "ui/doc.h"

#include <string.h>

static struct doc *open_doc(const char *text)
{
	return doc_new("res-31", NULL, slice_of(text), &regions);
}

/* What doc.h promises about the reading, fresh or stale. */
static void assert_sane_doc(struct doc *d)
{
	size_t size = d->flat.len;

	assert_int_equal(size, text_size(d->text));
	for (size_t i = 0; i < d->brackets.n; i++) {
		const struct bracket *b = &d->brackets.v[i];
		assert_true(b->begin <= b->inner && b->inner <= b->inner_end);
		assert_true(b->inner_end <= b->close && b->close <= b->end && b->end <= size);
		assert_true(!i || d->brackets.v[i - 1].begin <= b->begin);
	}
	for (size_t i = 0; i < d->draft.n; i++) {
		const struct paragraph *p = &d->draft.v[i];
		assert_true(p->begin <= p->body && p->body <= p->end);
		assert_true(p->end <= p->next && p->next <= size);
	}
}

static void a_change_is_read_at_once(void **state)
{
	struct doc *d = open_doc("decides\n\n1. to hold [one] meeting\n");

	(void)state;
	assert_int_equal(d->brackets.n_points, 1);
	assert_false(doc_is_dirty(d));
	text_insert(d->text, d->flat.len, "2. [two]\n", 9);
	doc_refresh(d);
	assert_int_equal(d->brackets.n_points, 2);
	assert_int_equal(d->draft.n_paragraphs, 3);
	assert_true(doc_is_dirty(d));
	assert_false(doc_is_stale(d));
	size_t pos;
	assert_true(doc_undo(d, &pos));
	assert_int_equal(d->brackets.n_points, 1);
	assert_false(doc_is_dirty(d));
	assert_true(doc_redo(d, &pos));
	assert_int_equal(d->brackets.n_points, 2);
	assert_false(doc_redo(d, &pos));
	doc_free(d);
}

static void lines_end_before_their_line_end(void **state)
{
	struct doc *d = open_doc("ab\r\ncd\n\nx");

	(void)state;
	assert_int_equal(doc_line_begin(d, 3), 0);
	assert_int_equal(doc_line_end(d, 0), 2);
	assert_int_equal(doc_line_end(d, 3), 2);
	assert_int_equal(doc_line_next(d, 0), 4);
	assert_int_equal(doc_line_begin(d, 4), 4);
	assert_int_equal(doc_line_end(d, 7), 7);
	assert_int_equal(doc_line_next(d, 7), 8);
	assert_int_equal(doc_line_next(d, 8), 9);
	assert_int_equal(doc_line_end(d, 9), 9);
	doc_free(d);
	d = open_doc("");
	assert_int_equal(doc_line_begin(d, 0), 0);
	assert_int_equal(doc_line_next(d, 0), 0);
	doc_free(d);
}

static void points_are_stepped_through_in_a_circle(void **state)
{
	struct doc *d = open_doc("a [b [c]] d [e]");
	bool wrapped;

	(void)state;
	assert_int_equal(doc_point_next(d, 0, &wrapped), 0);
	assert_false(wrapped);
	assert_int_equal(doc_point_next(d, 2, &wrapped), 1);
	assert_int_equal(doc_point_next(d, 5, &wrapped), 2);
	assert_int_equal(doc_point_next(d, 12, &wrapped), 0);
	assert_true(wrapped);
	assert_int_equal(doc_point_previous(d, 12, &wrapped), 1);
	assert_int_equal(doc_point_previous(d, 2, &wrapped), 2);
	assert_true(wrapped);
	assert_int_equal(doc_point_at(d, 6), 1);
	/* Just after the last bracket the cursor still touches it. */
	assert_int_equal(doc_point_at(d, 15), 2);
	assert_int_equal(doc_point_at(d, 11), BRACKET_NONE);
	doc_free(d);
}

static void new_bytes_change_only_what_differs(void **state)
{
	struct doc *d = open_doc("one two three");
	struct text_change changed;
	size_t pos;

	(void)state;
	doc_set_bytes(d, SLICE("one 2 three"));
	assert_slice_is(d->flat, "one 2 three");
	assert_true(text_change_since(d->text, 0, &changed));
	assert_int_equal(changed.begin, 4);
	assert_int_equal(changed.old_len, 3);
	assert_int_equal(changed.new_len, 1);
	doc_set_bytes(d, SLICE("one 2 three"));
	doc_set_bytes(d, SLICE(""));
	assert_int_equal(d->flat.len, 0);
	assert_true(doc_undo(d, &pos));
	assert_true(doc_undo(d, &pos));
	assert_slice_is(d->flat, "one two three");
	doc_free(d);
}

static void linked_points_and_words_are_counted(void **state)
{
	struct doc *d = open_doc("it [shall][should] go, they [shall][should] too [now]");

	(void)state;
	assert_int_equal(doc_linked(d, 0), 1);
	assert_int_equal(doc_linked(d, 2), 0);
	assert_false(doc_idle(d));
	assert_true(d->words_counted);
	doc_count(d);
	assert_int_equal(d->words.total, 9);
	doc_free(d);
}

static void a_large_draft_is_read_when_nobody_types(void **state)
{
	struct prng r = prng_make(5);
	struct str text = STR_INIT;
	struct doc *d;

	(void)state;
	while (text.len <= DOC_READ_AT_ONCE + 50000)
		str_add_text(&text,
			     "a) to hold [one / AFR: two] meetings [each year]{#b1};\n\n");
	d = doc_new("large", NULL, str_slice(&text), &regions);
	for (int i = 0; i < 50; i++) {
		struct str piece = STR_INIT;
		size_t at = prng_below(&r, d->flat.len - 2000), del = prng_below(&r, 300);
		random_text(&r, &piece, prng_below(&r, 20));
		text_replace(d->text, at, del, piece.p, piece.len);
		doc_refresh(d);
		assert_sane_doc(d);
		assert_true(doc_is_stale(d));
		/* A line the reading does not know is still a paragraph with its label. */
		struct paragraph p;
		size_t line = doc_line_begin(d, at);
		doc_paragraph(d, line, &p);
		assert_int_equal(p.begin, line);
		assert_int_equal(p.end, doc_line_end(d, at));
		assert_true(p.body <= p.end);
		str_release(&piece);
	}
	/* Typing goes on while it is read; what was read then follows the text. */
	assert_true(doc_idle(d));
	text_insert(d->text, 0, "[new] ", 6);
	doc_refresh(d);
	while (doc_idle(d))
		assert_sane_doc(d);
	assert_false(doc_is_stale(d));
	assert_true(d->words_counted);
	assert_int_equal(d->brackets.v[0].begin, 0);
	/* What has to be right now waits for it; what is thrown away is waited for too. */
	text_insert(d->text, 0, "[newer] ", 8);
	doc_refresh(d);
	assert_true(doc_idle(d));
	doc_read(d);
	assert_false(doc_is_stale(d));
	assert_int_equal(d->brackets.v[1].begin, 8);
	text_insert(d->text, 0, "x", 1);
	doc_refresh(d);
	assert_true(doc_idle(d));
	doc_free(d);
	str_release(&text);
}

/* Keys in one line need no worker: reading and words are right after each of them. */
static void keys_in_a_large_draft_are_read_at_once(void **state)
{
	static const char keys[] = "that [one / two] of {#b1 all";
	struct str text = STR_INIT;
	struct brackets b;
	struct doc *d;

	(void)state;
	str_add_text(&text, "# T\n\n");
	while (text.len <= DOC_READ_AT_ONCE)
		str_add_text(&text, "a) to go on [with / without] it;\n\n");
	d = doc_new("big", NULL, str_slice(&text), &regions);
	doc_count(d);
	size_t at = doc_line_end(d, text.len / 2), total = d->words.total;
	for (size_t i = 0; i < sizeof(keys) - 1; i++) {
		text_type(d->text, at + i, 0, keys + i, 1);
		doc_refresh(d);
		assert_false(doc_is_stale(d));
		assert_true(d->words_counted);
	}
	brackets_read(&b, d->flat, &regions);
	assert_int_equal(d->brackets.n_points, b.n_points);
	assert_int_equal(d->brackets.v[b.n - 1].begin, b.v[b.n - 1].begin);
	assert_true(d->words.total > total);
	assert_false(doc_idle(d));
	/* While a worker reads all of it, typing goes on; its reading catches up. */
	text_insert(d->text, 5, "\nb\n", 3);
	doc_refresh(d);
	assert_true(doc_idle(d));
	text_type(d->text, at, 0, "[", 1);
	doc_refresh(d);
	assert_true(doc_is_stale(d));
	while (doc_is_stale(d))
		doc_idle(d);
	assert_int_equal(d->read_revision, d->revision);
	brackets_release(&b);
	doc_free(d);
	str_release(&text);
}

/* The first screen of a large draft does not wait for the rest of it. */
static void of_a_large_draft_the_beginning_is_read_first(void **state)
{
	struct str text = STR_INIT, copy = STR_INIT;
	struct doc *d;

	(void)state;
	str_add_text(&text, "# T\n\n");
	while (text.len <= DOC_READ_AT_ONCE)
		str_add_text(&text, "a) to go on [with / without] it;\n\n");
	str_add_slice(&copy, str_slice(&text));
	d = doc_adopt("big", NULL, &text, &regions);
	assert_int_equal(text.len, 0);
	assert_slice_equal(d->flat, str_slice(&copy));
	assert_true(d->partial && doc_is_stale(d) && !doc_is_dirty(d));
	assert_true(d->brackets.n_points > 100);
	assert_true(d->draft.v[d->draft.n - 1].next < d->flat.len);
	assert_sane_doc(d);
	/* Keys come before the worker has begun, and while it reads the text as it was. */
	text_type(d->text, 0, 0, "x", 1);
	doc_refresh(d);
	assert_sane_doc(d);
	assert_true(d->partial && doc_idle(d));
	text_type(d->text, 1, 0, "y", 1);
	doc_refresh(d);
	while (doc_idle(d))
		assert_sane_doc(d);
	assert_false(d->partial || doc_is_stale(d));
	assert_true(d->words_counted);
	assert_int_equal(d->draft.v[d->draft.n - 1].next, d->flat.len);
	doc_free(d);
	/* What has to be right does not wait for idle steps; closing does not either. */
	str_add_slice(&text, str_slice(&copy));
	d = doc_adopt("big", NULL, &text, &regions);
	doc_read(d);
	assert_false(d->partial || doc_is_stale(d));
	doc_free(d);
	d = doc_adopt("big", NULL, &copy, &regions);
	assert_true(doc_idle(d));
	doc_free(d);
	str_release(&copy);
	d = doc_adopt("empty", NULL, &copy, &regions);
	assert_int_equal(d->flat.len, 0);
	assert_false(doc_is_stale(d));
	doc_free(d);
}

/* What is remembered of a long line is what would be found. */
static void assert_line_is_found(const struct doc *d, size_t pos)
{
	const char *lf = memchr(d->flat.p + pos, '\n', d->flat.len - pos);
	size_t begin = pos, end = lf ? (size_t)(lf - d->flat.p) : d->flat.len;

	while (begin && d->flat.p[begin - 1] != '\n')
		begin--;
	assert_int_equal(doc_line_begin(d, pos), begin);
	assert_int_equal(doc_line_end(d, pos), end);
	assert_int_equal(doc_line_next(d, pos), lf ? end + 1 : end);
}

static void a_long_line_stays_known_while_it_changes(void **state)
{
	struct prng r = prng_make(61);
	struct str text = STR_INIT;
	size_t remembered = 0;

	(void)state;
	while (text.len < 2 * DOC_READ_AT_ONCE)
		str_add_text(&text, "a word and ");
	str_splice(&text, 100, 0, "\n", 1);
	str_splice(&text, text.len - 100, 0, "\n", 1);
	struct doc *d = doc_new("long", NULL, str_slice(&text), &regions);
	for (int round = 0; round < 60; round++) {
		size_t at =
			prng_below(&r, 3) ? prng_below(&r, d->flat.len) : prng_below(&r, 300);
		size_t del = prng_below(&r, 4) ? 0 : prng_below(&r, 20);

		if (del > d->flat.len - at)
			del = d->flat.len - at;
		doc_replace(d, at, del, prng_one_in(&r, 9) ? SLICE("x\ny") : SLICE("x"));
		remembered += d->long_end > 0;
		assert_line_is_found(d, at);
		assert_line_is_found(d, d->flat.len);
		assert_line_is_found(d, d->long_end);
		assert_line_is_found(d, prng_below(&r, d->flat.len));
		if (prng_one_in(&r, 5))
			assert_true(doc_undo(d, &at));
		assert_line_is_found(d, at);
	}
	assert_in_range(remembered, 10, 59);
	doc_free(d);
	str_release(&text);
}

static void words_of_a_huge_draft_are_counted_when_asked_for(void **state)
{
	struct str text = STR_INIT;

	(void)state;
	while (text.len <= DOC_COUNT_MOST)
		str_add_text(&text, "two words\n");
	struct doc *d = doc_adopt("huge", NULL, &text, &regions);
	assert_true(doc_idle(d));
	while (doc_idle(d))
		;
	assert_false(doc_is_stale(d));
	assert_false(d->words_counted);
	assert_int_equal(d->words.total, 0);
	doc_count(d);
	assert_true(d->words_counted);
	assert_int_equal(d->words.total, 2 * (d->flat.len / 10));
	/* From then on a key in a line keeps the number. */
	size_t before = d->words.total;
	text_insert(d->text, 1003, " one", 4);
	doc_refresh(d);
	assert_true(d->words_counted);
	assert_int_equal(d->words.total, before + 1);
	assert_false(doc_idle(d));
	doc_free(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_change_is_read_at_once),
		cmocka_unit_test(lines_end_before_their_line_end),
		cmocka_unit_test(points_are_stepped_through_in_a_circle),
		cmocka_unit_test(new_bytes_change_only_what_differs),
		cmocka_unit_test(linked_points_and_words_are_counted),
		cmocka_unit_test(a_large_draft_is_read_when_nobody_types),
		cmocka_unit_test(keys_in_a_large_draft_are_read_at_once),
		cmocka_unit_test(a_long_line_stays_known_while_it_changes),
		cmocka_unit_test(words_of_a_huge_draft_are_counted_when_asked_for),
		cmocka_unit_test(of_a_large_draft_the_beginning_is_read_first),
	};

	return cmocka_run_group_tests(tests, regions_set_up, regions_tear_down);
}
