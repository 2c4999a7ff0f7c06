/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/mem.h"
#include "core/text.h"
#include "core/utf8.h"

#include <string.h>

#define assert_text(t, want) assert_text_at((t), slice_of(want), __FILE__, __LINE__)
static void assert_text_at(struct text *t, struct slice want, const char *file, int line)
{
	_assert_true(text_is_sane(t), "text_is_sane(t)", file, line);
	_assert_int_equal(text_size(t), want.len, file, line);
	assert_slice_equal_at(text_flat(t), want, file, line);
}

/* Types as a person does, one character at a time. */
static size_t type(struct text *t, size_t at, const char *keys)
{
	size_t len = strlen(keys);

	for (size_t i = 0; i < len;) {
		uint32_t cp;
		size_t n = utf8_decode(keys + i, len - i, &cp);

		text_type(t, at, 0, keys + i, n);
		at += n;
		i += n;
	}
	return at;
}

static void undo(struct text *t, const char *want, size_t where)
{
	size_t pos = SIZE_MAX;

	assert_true(text_undo(t, &pos));
	assert_text(t, want);
	assert_int_equal(pos, where);
}

static void redo(struct text *t, const char *want, size_t where)
{
	size_t pos = SIZE_MAX;

	assert_true(text_redo(t, &pos));
	assert_text(t, want);
	assert_int_equal(pos, where);
}

static void any_bytes_are_kept(void **state)
{
	static const char bytes[] = "\xEF\xBB\xBF"
				    "a\0b\r\n\xFF\xC3";
	struct slice all = slice_make(bytes, sizeof(bytes) - 1);
	struct text *t = text_new(all);

	(void)state;
	assert_text_at(t, all, __FILE__, __LINE__);
	text_insert(t, 4, "\0\xFE", 2);
	text_delete(t, 4, 2);
	assert_text_at(t, all, __FILE__, __LINE__);
	text_free(t);
	text_free(NULL);
}

static void words_typed_are_undone_word_by_word(void **state)
{
	struct text *t = text_new(SLICE("()"));

	(void)state;
	type(t, 1, "Members  invite d\u00E9j\u00E0");
	assert_text(t, "(Members  invite d\u00E9j\u00E0)");
	undo(t, "(Members  invite )", 17);
	undo(t, "(Members  )", 10);
	undo(t, "()", 1);
	assert_false(text_undo(t, NULL));
	redo(t, "(Members  )", 10);
	redo(t, "(Members  invite )", 17);
	redo(t, "(Members  invite d\u00E9j\u00E0)", 23);
	assert_false(text_redo(t, NULL));
	text_free(t);
}

static void chinese_typed_is_undone_clause_by_clause(void **state)
{
	struct text *t = text_new(SLICE(""));

	(void)state;
	type(t, 0, "\u7814\u7A76\uFF0C\u8BF7");
	undo(t, "\u7814\u7A76\uFF0C", 9);
	undo(t, "", 0);
	text_free(t);
}

static void typing_elsewhere_is_a_new_step(void **state)
{
	struct text *t = text_new(SLICE("ab"));

	(void)state;
	type(t, 1, "xy");
	type(t, 0, "z");
	undo(t, "axyb", 0);
	undo(t, "ab", 1);
	text_free(t);
}

static void a_break_begins_a_new_step_at_the_same_place(void **state)
{
	struct text *t = text_new(SLICE(""));

	(void)state;
	type(t, 0, "ab");
	text_break(t);
	type(t, 2, "cd");
	undo(t, "ab", 2);
	text_free(t);
}

static void a_line_end_is_its_own_step(void **state)
{
	struct text *t = text_new(SLICE(""));

	(void)state;
	type(t, 0, "ab\ncd");
	undo(t, "ab\n", 3);
	undo(t, "ab", 2);
	undo(t, "", 0);
	text_free(t);
}

static void typing_over_a_selection_is_one_step(void **state)
{
	struct text *t = text_new(SLICE("one two three"));

	(void)state;
	type(t, 0, "a");
	text_type(t, 5, 3, "2", 1);
	type(t, 6, "+2");
	assert_text(t, "aone 2+2 three");
	undo(t, "aone two three", 8);
	redo(t, "aone 2+2 three", 8);
	text_free(t);
}

static void backspaces_are_one_step_and_deletes_another(void **state)
{
	struct text *t = text_new(SLICE("abcdefgh"));

	(void)state;
	text_backspace(t, 5, 1);
	text_backspace(t, 4, 1);
	text_backspace(t, 3, 2);
	assert_text(t, "afgh");
	text_erase(t, 1, 1);
	text_erase(t, 1, 1);
	assert_text(t, "ah");
	undo(t, "afgh", 1);
	undo(t, "abcdefgh", 5);
	redo(t, "afgh", 1);
	redo(t, "ah", 1);
	text_free(t);
}

static void a_paste_between_keys_is_its_own_step(void **state)
{
	struct text *t = text_new(SLICE(""));

	(void)state;
	type(t, 0, "a");
	text_insert(t, 1, "pasted", 6);
	type(t, 7, "b");
	undo(t, "apasted", 7);
	undo(t, "a", 1);
	redo(t, "apasted", 7);
	text_free(t);
}

static void edits_are_applied_as_one_step(void **state)
{
	struct text *t = text_new(SLICE("[a] and [b]"));
	struct edits e = EDITS_INIT;

	(void)state;
	edits_add(&e, 0, 3, "A", 1);
	edits_add(&e, 5, 0, "", 0);
	edits_add(&e, 8, 3, "Bbbb", 4);
	text_apply(t, &e);
	assert_text(t, "A and Bbbb");
	undo(t, "[a] and [b]", 0);
	redo(t, "A and Bbbb", 0);
	edits_clear(&e);
	text_apply(t, &e);
	assert_true(text_can_undo(t));
	undo(t, "[a] and [b]", 0);
	assert_false(text_can_undo(t));
	edits_release(&e);
	text_free(t);
}

static void an_edit_after_undo_drops_what_could_be_redone(void **state)
{
	struct text *t = text_new(SLICE(""));

	(void)state;
	text_insert(t, 0, "a", 1);
	text_insert(t, 1, "b", 1);
	undo(t, "a", 1);
	assert_true(text_can_redo(t));
	text_insert(t, 1, "c", 1);
	assert_false(text_can_redo(t));
	undo(t, "a", 1);
	undo(t, "", 0);
	text_free(t);
}

static void saved_is_where_undo_comes_back_to(void **state)
{
	struct text *t = text_new(SLICE(""));

	(void)state;
	assert_true(text_is_saved(t));
	type(t, 0, "ab");
	assert_false(text_is_saved(t));
	text_saved(t);
	type(t, 2, "c");
	assert_false(text_is_saved(t));
	undo(t, "ab", 2);
	assert_true(text_is_saved(t));
	undo(t, "", 0);
	assert_false(text_is_saved(t));
	redo(t, "ab", 2);
	assert_true(text_is_saved(t));
	undo(t, "", 0);
	type(t, 0, "ab"); /* other contents of the same bytes */
	assert_false(text_is_saved(t));
	text_free(t);
}

static void a_change_can_bring_bytes_of_the_text_itself(void **state)
{
	struct text *t = text_new(SLICE("abc"));
	struct slice flat;

	(void)state;
	text_insert(t, 3, "def", 3);
	flat = text_flat(t);
	text_insert(t, 0, flat.p + 2, 3);
	assert_text(t, "cdeabcdef");
	text_free(t);
}

static void what_is_typed_at_one_place_of_a_big_text_is_one_step(void **state)
{
	struct str big = STR_INIT;
	struct text *t;
	size_t at = 500000;

	(void)state;
	while (big.len < 1000000)
		str_add_text(&big, "0123456789");
	t = text_adopt(big.p, big.len);
	for (int i = 0; i < 100000; i++)
		text_type(t, at++, 0, "x", 1);
	assert_int_equal(text_size(t), 1100000);
	assert_true(text_undo(t, NULL));
	assert_int_equal(text_size(t), 1000000);
	text_free(t);
}

static void what_changed_since_is_known(void **state)
{
	struct text *t = text_new(SLICE("0123456789"));
	struct text_change c;
	uint64_t then;

	(void)state;
	assert_true(text_change_since(t, 0, &c));
	assert_int_equal(c.old_len + c.new_len, 0);
	text_delete(t, 2, 3); /* 0156789 */
	then = text_revision(t);
	text_insert(t, 5, "ab", 2); /* 01567ab89 */
	assert_true(text_change_since(t, then, &c));
	assert_int_equal(c.begin, 5);
	assert_int_equal(c.old_len, 0);
	assert_int_equal(c.new_len, 2);
	text_replace(t, 1, 2, "xyz", 3); /* 0xyz67ab89 */
	assert_true(text_change_since(t, then, &c));
	assert_int_equal(c.begin, 1);
	assert_int_equal(c.old_len, 4);
	assert_int_equal(c.new_len, 7);
	for (int i = 0; i < 100; i++)
		text_insert(t, 0, "-", 1);
	assert_false(text_change_since(t, then, &c));
	text_free(t);
}

/* ---- Random edits against a string, and against what was there at each revision ---- */

#define STEPS 1500

struct seen {
	uint64_t revision;
	struct str bytes;
};

struct world {
	struct prng r;
	struct text *t;
	struct str model;
	struct seen seen[STEPS + 1];
	size_t n_seen;
};

/* What is here now must be what was here when this revision was last seen. */
static void compare(struct world *w)
{
	uint64_t revision = text_revision(w->t);
	struct seen *s = NULL;

	for (size_t i = 0; i < w->n_seen && !s; i++)
		if (w->seen[i].revision == revision)
			s = &w->seen[i];
	if (!s) {
		s = &w->seen[w->n_seen++];
		*s = (struct seen){.revision = revision};
		str_add_slice(&s->bytes, str_slice(&w->model));
	}
	str_clear(&w->model);
	str_add_slice(&w->model, str_slice(&s->bytes));
	if (prng_one_in(&w->r, 2))
		assert_text_at(w->t, str_slice(&w->model), __FILE__, __LINE__);
	assert_true(text_is_sane(w->t));
}

static void random_apply(struct world *w)
{
	struct edits e = EDITS_INIT;
	size_t pos = 0, shift_up = 0, shift_down = 0;

	while (prng_below(&w->r, 5) > 0 && pos < w->model.len) {
		size_t at = pos + prng_below(&w->r, w->model.len - pos);
		size_t del = prng_below(&w->r, w->model.len - at < 9 ? w->model.len - at : 9);
		const char *p = &"<inserted>"[prng_below(&w->r, 10)];

		edits_add(&e, at, del, p, strlen(p));
		pos = at + del + 1;
	}
	text_apply(w->t, &e);
	for (size_t i = 0; i < e.n; i++) {
		str_splice(&w->model, e.v[i].at + shift_up - shift_down, e.v[i].del,
			   e.bytes.p + e.v[i].from, e.v[i].len);
		shift_up += e.v[i].len;
		shift_down += e.v[i].del;
	}
	edits_release(&e);
}

static void random_change(struct world *w, size_t *cursor)
{
	static const char *const keys[] = {"a", "b", " ", "\u00A0", "\n", "\u3002", "\u7814"};
	const char *key = keys[prng_below(&w->r, sizeof(keys) / sizeof(*keys))];
	size_t size = w->model.len, at, del = 0;
	struct str bytes = STR_INIT;

	if (prng_one_in(&w->r, 4) || *cursor > size)
		*cursor = prng_below(&w->r, size + 1);
	at = *cursor;
	switch (prng_below(&w->r, 6)) {
	case 0:
		random_text(&w->r, &bytes, prng_below(&w->r, 6));
		del = prng_below(&w->r, (size - at < 20 ? size - at : 20) + 1);
		text_replace(w->t, at, del, bytes.p, bytes.len);
		break;
	case 1:
		del = at > 0;
		at -= del;
		text_backspace(w->t, at + del, del);
		break;
	case 2:
		del = at < size;
		text_erase(w->t, at, del);
		break;
	case 3:
		random_apply(w);
		at = 0;
		break;
	default:
		del = prng_one_in(&w->r, 8) && size - at > 3 ? 3 : 0;
		str_add_text(&bytes, key);
		text_type(w->t, at, del, bytes.p, bytes.len);
	}
	str_splice(&w->model, at, del, bytes.p, bytes.len);
	*cursor = at + bytes.len;
	str_release(&bytes);
}

static void random_step(struct world *w, size_t *cursor)
{
	size_t pos;

	switch (prng_below(&w->r, 12)) {
	case 0:
	case 1:
		if (text_undo(w->t, &pos))
			assert_true(pos <= text_size(w->t));
		break;
	case 2:
		if (text_redo(w->t, &pos))
			assert_true(pos <= text_size(w->t));
		break;
	default:
		random_change(w, cursor);
	}
	compare(w);
}

static void random_round(uint64_t seed)
{
	static struct world w;
	struct str first = STR_INIT, last = STR_INIT;
	size_t cursor = 0;

	w = (struct world){.r = prng_make(seed)};
	random_text(&w.r, &w.model, 40);
	random_bytes(&w.r, &w.model, 20);
	str_add_slice(&first, str_slice(&w.model));
	w.t = text_new(str_slice(&w.model));
	compare(&w);
	for (size_t i = 0; i < STEPS; i++)
		random_step(&w, &cursor);
	str_add_slice(&last, text_flat(w.t));
	while (text_redo(w.t, NULL))
		compare(&w);
	str_clear(&last);
	str_add_slice(&last, text_flat(w.t));
	while (text_undo(w.t, NULL))
		compare(&w);
	assert_int_equal(text_revision(w.t), 0);
	assert_slice_equal(text_flat(w.t), str_slice(&first));
	while (text_redo(w.t, NULL))
		compare(&w);
	assert_slice_equal(text_flat(w.t), str_slice(&last));
	text_free(w.t);
	for (size_t i = 0; i < w.n_seen; i++)
		str_release(&w.seen[i].bytes);
	str_release(&w.model);
	str_release(&first);
	str_release(&last);
}

/* In a hurry, what stands before `until` is right, and then all of it. */
static void the_rest_of_a_flat_text_may_wait(void **state)
{
	struct prng r = prng_make(3);
	struct str want = STR_INIT;
	size_t waited = 0;

	(void)state;
	random_text(&r, &want, 400);
	struct text *t = text_new(str_slice(&want));
	for (int i = 0; i < 2000; i++) {
		size_t at = prng_below(&r, want.len + 1), del = prng_below(&r, 24), until;
		struct slice flat;

		if (del > want.len - at)
			del = want.len - at;
		text_replace(t, at, del, "0123456789abcdefghij", prng_below(&r, 21));
		str_clear(&want);
		str_reserve(&want, text_size(t));
		want.len = text_read(t, 0, want.p, text_size(t));
		until = prng_below(&r, want.len + 60);
		flat = text_flat_near(t, &until);
		assert_int_equal(flat.len, want.len);
		waited += until < flat.len;
		assert_slice_equal(slice_make(flat.p, until), slice_make(want.p, until));
		if (prng_one_in(&r, 2))
			assert_slice_equal(text_flat(t), str_slice(&want));
	}
	assert_true(waited > 300);
	text_free(t);
	str_release(&want);
}

static void random_edits_agree_with_a_string_and_undo_to_each_revision(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 8; seed++)
		random_round(seed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_bytes_are_kept),
		cmocka_unit_test(words_typed_are_undone_word_by_word),
		cmocka_unit_test(chinese_typed_is_undone_clause_by_clause),
		cmocka_unit_test(typing_elsewhere_is_a_new_step),
		cmocka_unit_test(a_break_begins_a_new_step_at_the_same_place),
		cmocka_unit_test(a_line_end_is_its_own_step),
		cmocka_unit_test(typing_over_a_selection_is_one_step),
		cmocka_unit_test(backspaces_are_one_step_and_deletes_another),
		cmocka_unit_test(a_paste_between_keys_is_its_own_step),
		cmocka_unit_test(edits_are_applied_as_one_step),
		cmocka_unit_test(an_edit_after_undo_drops_what_could_be_redone),
		cmocka_unit_test(saved_is_where_undo_comes_back_to),
		cmocka_unit_test(a_change_can_bring_bytes_of_the_text_itself),
		cmocka_unit_test(what_is_typed_at_one_place_of_a_big_text_is_one_step),
		cmocka_unit_test(what_changed_since_is_known),
		cmocka_unit_test(the_rest_of_a_flat_text_may_wait),
		cmocka_unit_test(random_edits_agree_with_a_string_and_undo_to_each_revision),
	};

	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
