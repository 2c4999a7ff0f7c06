/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/error.h"
#include "core/mem.h"
#include "ui/prompt.h"
#include "ui/theme.h"

#include <libintl.h>
#include <string.h>

/* What gettext() is, or comes to: a language of one word. */
#undef gettext
#undef dgettext
#undef dcgettext

char *dcgettext(const char *domain, const char *id, int category)
{
	(void)domain;
	(void)category;
	return (char *)(strcmp(id, "yes") == 0 ? "oui" : id);
}

char *dgettext(const char *domain, const char *id)
{
	return dcgettext(domain, id, 0);
}

char *gettext(const char *id)
{
	return dcgettext(NULL, id, 0);
}

struct world {
	struct prompt *p;
	struct str answer;
	int answered, left, changes;
	uint32_t choice;
	struct prompt *reopen;
};

static void done(void *arg, const struct slice *text)
{
	struct world *w = arg;

	str_clear(&w->answer);
	if (text)
		str_add_slice(&w->answer, *text);
	if (text)
		w->answered++;
	else
		w->left++;
	if (w->reopen) {
		struct prompt_request next = {.label = "Next", .done = done, .arg = w};

		w->reopen = NULL;
		prompt_open(w->p, &next);
	}
}

static void changed(void *arg, struct slice text)
{
	(void)text;
	((struct world *)arg)->changes++;
}

static void open_with(struct world *w, const char *initial)
{
	struct prompt_request request = {.label = "Find",
					 .initial = slice_of(initial),
					 .history = "find",
					 .done = done,
					 .change = changed,
					 .arg = w};

	prompt_open(w->p, &request);
}

static void world_init(struct world *w)
{
	memset(w, 0, sizeof *w);
	w->p = prompt_new();
}

static void world_release(struct world *w)
{
	prompt_free(w->p);
	str_release(&w->answer);
}

static void press(struct world *w, uint32_t code)
{
	struct key key = key_of(code);

	assert_true(prompt_key(w->p, &key));
}

static void type(struct world *w, const char *text)
{
	for (; *text; text++)
		press(w, (unsigned char)*text);
}

static void paste(struct world *w, const char *text)
{
	struct key key = key_of(KEY_PASTE);

	key.text = slice_of(text);
	assert_true(prompt_key(w->p, &key));
}

static void what_is_typed_is_the_answer(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	open_with(&w, "");
	type(&w, "shall");
	press(&w, 0xE9);
	press(&w, KEY_RETURN);
	assert_slice_is(str_slice(&w.answer), "shall\u00E9");
	assert_int_equal(w.answered, 1);
	assert_int_equal(w.changes, 6);
	assert_false(prompt_is_open(w.p));
	world_release(&w);
}

static void escape_and_an_empty_line_give_no_answer(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	open_with(&w, "");
	press(&w, KEY_RETURN);
	assert_true(prompt_is_open(w.p));
	type(&w, "x");
	press(&w, KEY_ESCAPE);
	assert_int_equal(w.answered, 0);
	assert_int_equal(w.left, 1);
	world_release(&w);
}

static void editing_goes_by_what_a_person_takes_for_a_character(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	open_with(&w, "ae\u0301\u7814b");
	press(&w, KEY_ARROW_LEFT);
	press(&w, KEY_ARROW_LEFT);
	press(&w, KEY_ERASE);
	assert_slice_is(prompt_text(w.p), "a\u7814b");
	press(&w, KEY_DELETE);
	assert_slice_is(prompt_text(w.p), "ab");
	press(&w, KEY_LINE_HOME);
	press(&w, KEY_ERASE);
	press(&w, KEY_LINE_END);
	press(&w, KEY_DELETE);
	assert_slice_is(prompt_text(w.p), "ab");
	world_release(&w);
}

static void words_go_one_by_one(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	open_with(&w, "one two\u00A0three");
	press(&w, CTRL_KEY('w'));
	assert_slice_is(prompt_text(w.p), "one two\u00A0");
	press(&w, CTRL_KEY('w'));
	assert_slice_is(prompt_text(w.p), "one ");
	press(&w, KEY_CTRL | KEY_ARROW_LEFT);
	press(&w, CTRL_KEY('k'));
	assert_slice_is(prompt_text(w.p), "");
	world_release(&w);
}

static void a_paste_is_one_line_and_one_change(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	open_with(&w, "");
	paste(&w, "one\r\ntwo\tthree\n");
	assert_slice_is(prompt_text(w.p), "one two three");
	assert_int_equal(w.changes, 1);
	world_release(&w);
}

static void a_huge_paste_is_cut_at_a_character(void **state)
{
	struct world w;
	struct str big = STR_INIT;

	(void)state;
	world_init(&w);
	for (int i = 0; i < 50000; i++)
		str_add_text(&big, "\u7814");
	open_with(&w, "");
	paste(&w, str_text(&big));
	assert_true(prompt_text(w.p).len <= 65536);
	assert_int_equal(prompt_text(w.p).len % 3, 0);
	paste(&w, "more");
	assert_true(prompt_text(w.p).len <= 65536);
	str_release(&big);
	world_release(&w);
}

static void earlier_answers_come_back(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	open_with(&w, "one");
	press(&w, KEY_RETURN);
	open_with(&w, "two");
	press(&w, KEY_RETURN);
	open_with(&w, "");
	type(&w, "th");
	press(&w, KEY_ARROW_UP);
	assert_slice_is(prompt_text(w.p), "two");
	press(&w, KEY_ARROW_UP);
	press(&w, KEY_ARROW_UP);
	assert_slice_is(prompt_text(w.p), "one");
	press(&w, KEY_ARROW_DOWN);
	press(&w, KEY_ARROW_DOWN);
	assert_slice_is(prompt_text(w.p), "th");
	press(&w, KEY_ESCAPE);
	world_release(&w);
}

static void answers(struct world *w, const char *want)
{
	press(w, KEY_RETURN);
	assert_slice_is(str_slice(&w->answer), want);
}

static void a_proposal_goes_when_something_is_typed(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	open_with(&w, "shall");
	answers(&w, "shall");
	open_with(&w, "shall");
	type(&w, "may");
	answers(&w, "may");
	open_with(&w, "shall");
	paste(&w, "should");
	type(&w, " not");
	answers(&w, "should not");
	open_with(&w, "shall");
	press(&w, KEY_ERASE);
	type(&w, "can");
	answers(&w, "can");
	open_with(&w, "shall");
	press(&w, KEY_DELETE);
	assert_int_equal(prompt_text(w.p).len, 0);
	world_release(&w);
}

static void a_proposal_stays_once_the_cursor_was_moved_in_it(void **state)
{
	static const uint32_t moves[] = {KEY_ARROW_LEFT, KEY_ARROW_RIGHT, KEY_LINE_HOME,
					 KEY_LINE_END, KEY_CTRL | KEY_ARROW_LEFT};
	static const char *const want[] = {"shalxl", "shallx", "xshall", "shallx", "xshall"};
	struct world w;

	(void)state;
	world_init(&w);
	for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
		open_with(&w, "shall");
		press(&w, moves[i]);
		type(&w, "x");
		answers(&w, want[i]);
	}
	open_with(&w, "shall not");
	press(&w, CTRL_KEY('w'));
	type(&w, "be");
	answers(&w, "shall be");
	world_release(&w);
}

static void what_the_user_began_goes_on(void **state)
{
	struct world w;
	struct prompt_request request = {.label = "Number",
					 .initial = SLICE("1"),
					 .begun = true,
					 .done = done,
					 .arg = &w};

	(void)state;
	world_init(&w);
	prompt_open(w.p, &request);
	type(&w, "2");
	answers(&w, "12");
	world_release(&w);
}

static void a_proposal_is_shown_as_marked(void **state)
{
	struct canvas c;
	struct world w;

	(void)state;
	world_init(&w);
	canvas_init(&c, 2, 30);
	open_with(&w, "shall");
	prompt_draw(w.p, &c);
	assert_true(canvas_cell(&c, 1, 6)->style & STYLE_SELECTED);
	press(&w, KEY_LINE_END);
	canvas_clear(&c);
	prompt_draw(w.p, &c);
	assert_false(canvas_cell(&c, 1, 6)->style & STYLE_SELECTED);
	canvas_release(&c);
	world_release(&w);
}

static void beside_a_proposal_stands_what_to_do(void **state)
{
	struct prompt_request request = {.label = "Compare",
					 .initial = SLICE("A..B"),
					 .beside = "Enter, or others",
					 .done = done};
	struct canvas c;
	struct str dump = STR_INIT;
	struct world w;

	(void)state;
	world_init(&w);
	request.arg = &w;
	for (int cols = 32; cols >= 31; cols--) {
		canvas_init(&c, 2, cols);
		prompt_open(w.p, &request);
		prompt_draw(w.p, &c);
		str_clear(&dump);
		canvas_dump(&c, &dump);
		/* Whole, or not at all. */
		assert_int_equal(strstr(str_text(&dump), "A..B  Enter, or others") != NULL,
				 cols == 32);
		assert_int_equal(strstr(str_text(&dump), "Enter") != NULL, cols == 32);
		canvas_release(&c);
	}
	canvas_init(&c, 2, 40);
	press(&w, KEY_ARROW_LEFT);
	prompt_draw(w.p, &c);
	str_clear(&dump);
	canvas_dump(&c, &dump);
	assert_null(strstr(str_text(&dump), "Enter"));
	canvas_release(&c);
	str_release(&dump);
	world_release(&w);
}

static void answering_may_ask_the_next_question(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	open_with(&w, "one");
	w.reopen = w.p;
	press(&w, KEY_RETURN);
	assert_true(prompt_is_open(w.p));
	assert_slice_is(prompt_text(w.p), "");
	type(&w, "two");
	press(&w, KEY_RETURN);
	assert_slice_is(str_slice(&w.answer), "two");
	world_release(&w);
}

static void a_long_input_scrolls_with_the_cursor(void **state)
{
	struct world w;
	struct canvas c;
	struct str out = STR_INIT;

	(void)state;
	world_init(&w);
	canvas_init(&c, 2, 20);
	open_with(&w, "0123456789abcdefghij");
	prompt_draw(w.p, &c);
	canvas_dump(&c, &out);
	assert_slice_is(str_slice(&out), "\n Find 89abcdefghij\n");
	assert_int_equal(c.cursor_col, 18);
	press(&w, KEY_LINE_HOME);
	canvas_clear(&c);
	prompt_draw(w.p, &c);
	assert_int_equal(c.cursor_col, 6);
	str_release(&out);
	canvas_release(&c);
	world_release(&w);
}

static void right_to_left_text_is_shown_as_it_is_read(void **state)
{
	struct world w;
	struct canvas c;
	struct str out = STR_INIT;

	(void)state;
	world_init(&w);
	canvas_init(&c, 1, 20);
	c.reorder = true;
	open_with(&w, "\u05D0\u05D1\u05D2");
	prompt_draw(w.p, &c);
	canvas_dump(&c, &out);
	/* The cursor stands where the next letter comes: left of them. */
	assert_slice_is(str_slice(&out), " Find  \u05D2\u05D1\u05D0\n");
	assert_int_equal(c.cursor_col, 6);
	str_release(&out);
	canvas_release(&c);
	world_release(&w);
}

static void choices_speak_the_users_language_unless_they_are_names(void **state)
{
	static const struct prompt_choice choices[] = {
		{'y', N_("yes")}, {'n', N_("no")}, {0, NULL}};
	struct prompt_request ask = {.label = "Sure?", .choices = choices};
	struct str dump = STR_INIT;
	struct canvas c;
	struct world w;

	(void)state;
	world_init(&w);
	canvas_init(&c, 1, 60);
	prompt_open(w.p, &ask);
	prompt_draw(w.p, &c);
	canvas_dump(&c, &dump);
	assert_non_null(strstr(str_text(&dump), "y oui  n no"));
	ask.names = true;
	prompt_open(w.p, &ask);
	canvas_clear(&c);
	prompt_draw(w.p, &c);
	str_clear(&dump);
	canvas_dump(&c, &dump);
	assert_non_null(strstr(str_text(&dump), "y yes  n no"));
	str_release(&dump);
	canvas_release(&c);
	world_release(&w);
}

/* Whatever is pressed, the cursor stays on a border between characters and nothing breaks. */
static void random_keys_never_break_it(void **state)
{
	static const uint32_t codes[] = {KEY_ARROW_LEFT,
					 KEY_ARROW_RIGHT,
					 KEY_LINE_HOME,
					 KEY_LINE_END,
					 KEY_ERASE,
					 KEY_DELETE,
					 KEY_CTRL | KEY_ARROW_LEFT,
					 KEY_TAB,
					 KEY_ARROW_UP,
					 KEY_ARROW_DOWN,
					 CTRL_KEY('w'),
					 CTRL_KEY('u'),
					 KEY_CTRL | KEY_ARROW_RIGHT,
					 'a',
					 ' ',
					 0x301,
					 0x7814,
					 0x1F468,
					 0x200D,
					 0x5D0};
	struct prng r = prng_make(5);
	struct world w;
	struct canvas c;

	(void)state;
	world_init(&w);
	canvas_init(&c, 4, 16);
	for (int i = 0; i < 20000; i++) {
		if (!prompt_is_open(w.p))
			open_with(&w, "");
		if (prng_one_in(&r, 50))
			press(&w, prng_one_in(&r, 2) ? KEY_RETURN : KEY_ESCAPE);
		else
			press(&w, codes[prng_below(&r, sizeof codes / sizeof *codes)]);
		if (prompt_is_open(w.p) && i % 7 == 0)
			prompt_draw(w.p, &c);
	}
	canvas_release(&c);
	world_release(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_typed_is_the_answer),
		cmocka_unit_test(escape_and_an_empty_line_give_no_answer),
		cmocka_unit_test(editing_goes_by_what_a_person_takes_for_a_character),
		cmocka_unit_test(words_go_one_by_one),
		cmocka_unit_test(a_paste_is_one_line_and_one_change),
		cmocka_unit_test(a_huge_paste_is_cut_at_a_character),
		cmocka_unit_test(earlier_answers_come_back),
		cmocka_unit_test(a_proposal_goes_when_something_is_typed),
		cmocka_unit_test(a_proposal_stays_once_the_cursor_was_moved_in_it),
		cmocka_unit_test(what_the_user_began_goes_on),
		cmocka_unit_test(a_proposal_is_shown_as_marked),
		cmocka_unit_test(beside_a_proposal_stands_what_to_do),
		cmocka_unit_test(answering_may_ask_the_next_question),
		cmocka_unit_test(a_long_input_scrolls_with_the_cursor),
		cmocka_unit_test(right_to_left_text_is_shown_as_it_is_read),
		cmocka_unit_test(choices_speak_the_users_language_unless_they_are_names),
		cmocka_unit_test(random_keys_never_break_it),
	};

	return cmocka_run_group_tests_name("prompt", tests, NULL, NULL);
}
