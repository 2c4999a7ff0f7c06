/* SPDX-License-Identifier: MIT */
#include "support_screen.h"

#include "core/mem.h"
#include "ui/command.h"
#include "ui/host.h"
#include "ui/keymap.h"
#include "ui/tables.h"
#include "ui/theme.h"
#include "ui/view.h"
#include "ui/view_help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- A small view to stand on the stack, and a host with three drafts ---- */

enum { TOY_CHOOSE = 1, TOY_NEXT, TOY_NEVER, TOY_ASK, TOY_SAVE };

static const struct action toy_actions[] = {{.id = TOY_CHOOSE,
					     .name = "choose",
					     .keys = {'1'},
					     .last_key = '9',
					     .label = "choose",
					     .help = "Choose the option with that number.",
					     .group = ACTION_DECIDE,
					     .rank = 1,
					     .argument = "NUMBER"},
					    {.id = TOY_NEXT,
					     .name = "next-point",
					     .keys = {'n', FN_KEY(8)},
					     .label = "next",
					     .help = "Go to the next point.",
					     .group = ACTION_MOVE,
					     .rank = 2},
					    {.id = TOY_NEVER,
					     .name = "never",
					     .keys = {'x'},
					     .label = "never",
					     .help = "What cannot be done.",
					     .group = ACTION_EDIT,
					     .rank = 3},
					    {.id = TOY_ASK,
					     .name = "ask",
					     .keys = {'a'},
					     .label = "ask",
					     .help = "Ask something.",
					     .group = ACTION_EDIT,
					     .rank = 4},
					    {.id = TOY_SAVE,
					     .name = "save",
					     .keys = {CTRL_KEY('s')},
					     .label = "save",
					     .help = "Save the draft.",
					     .group = ACTION_FILE,
					     .rank = 5},
					    {0}};

struct toy {
	struct view view;
	int choice, next, shown, asks_before_leaving, left;
	uint32_t answer;
	int keys;
	bool counts, fresh;
	int prepared;
	struct pointer pointer;
	char argument[32];
	int *freed;
};

static void toy_prepare(struct view *v, int rows, int cols)
{
	struct toy *t = (struct toy *)v;

	assert_true(rows > 0 && cols > 0);
	t->prepared++;
	t->fresh = true;
}

static void toy_draw(const struct view *v, struct canvas *c)
{
	const struct toy *t = (const struct toy *)v;

	canvas_textf(c, 0, 1, STYLE_TEXT, "choice %d", t->choice);
	canvas_textf(c, c->window.rows - 1, 1, STYLE_DIM, "last row of %d", c->window.rows);
	canvas_cursor(c, 0, 1, CURSOR_BLOCK);
}

static void toy_headline(const struct view *v, struct str *left, struct str *right)
{
	str_add_text(left, "res-31 \u00B7 toy");
	str_add_text(right, ((const struct toy *)v)->counts ? "point 5 of 17 \u00B7 1,204 words"
							    : "point 5 of 17");
}

static bool toy_can(const struct view *v, int action)
{
	const struct toy *t = (const struct toy *)v;

	/* Once it was drawn at all, it is asked nothing before it has prepared again. */
	assert_true(t->fresh || !t->prepared);
	return action != TOY_NEVER;
}

static void toy_answer(void *arg, uint32_t key)
{
	struct toy *t = arg;

	t->answer = key;
	if (t->asks_before_leaving && key == 'y')
		views_pop_view(t->view.views, &t->view);
}

static bool toy_act(struct view *v, int action, const struct key *key, struct slice arg)
{
	struct toy *t = (struct toy *)v;

	assert_true(t->fresh || !t->prepared || action == EVERYWHERE_BACK);
	t->fresh = false;
	switch (action) {
	case TOY_CHOOSE:
		t->choice = key->code ? (int)(key->code - '0') : 99;
		snprintf(t->argument, sizeof t->argument, "%.*s", (int)arg.len, arg.p);
		return true;
	case TOY_NEXT:
		t->next++;
		return true;
	case TOY_ASK:
		views_ask_yes_no(v->views, "Really?", toy_answer, t);
		return true;
	case EVERYWHERE_BACK:
		if (!t->asks_before_leaving)
			return false;
		views_ask_yes_no(v->views, "Leave without saving?", toy_answer, t);
		return true;
	default:
		return false;
	}
}

static bool toy_key(struct view *v, const struct key *key)
{
	struct toy *t = (struct toy *)v;

	t->keys++;
	t->pointer = key->pointer;
	return true;
}

static void toy_shown(struct view *v)
{
	((struct toy *)v)->shown++;
}

static void toy_free(struct view *v)
{
	struct toy *t = (struct toy *)v;

	if (t->freed)
		++*t->freed;
	free(t);
}

static const struct view_ops toy_ops = {
	.name = "toy",
	.title = "Toy",
	.about = "A view to test with.",
	.actions = toy_actions,
	.prepare = toy_prepare,
	.draw = toy_draw,
	.headline = toy_headline,
	.can = toy_can,
	.act = toy_act,
	.key = toy_key,
	.shown = toy_shown,
	.free = toy_free,
};

static struct toy *toy_new(int *freed)
{
	struct toy *t = mem_zalloc(sizeof *t);

	t->view.ops = &toy_ops;
	t->freed = freed;
	return t;
}

struct fake {
	struct host host;
	char opened[64];
};

static size_t fake_desk(void *data, const struct desk_row **rows)
{
	static const struct desk_row all[] = {
		{.name = "res-24", .title = "Advisory group"},
		{.name = "res-31", .title = "Regional preparation"},
		{.name = "declaration", .title = "A \x1b[31m title"}};

	(void)data;
	*rows = all;
	return 3;
}

static int fake_open_view(void *data, const char *view, const char *draft, size_t at,
			  struct error *err)
{
	struct fake *fake = data;

	(void)err;
	assert_true(at == SIZE_MAX);
	snprintf(fake->opened, sizeof fake->opened, "%s %s", view, draft);
	return 0;
}

struct world {
	struct fake fake;
	struct views *views;
	struct toy *toy;
	struct canvas canvas;
};

static void world_init(struct world *w, int rows, int cols)
{
	memset(w, 0, sizeof *w);
	w->fake.host =
		(struct host){.data = &w->fake, .desk = fake_desk, .open_view = fake_open_view};
	w->views = views_new(&w->fake.host);
	w->toy = toy_new(NULL);
	views_push(w->views, &w->toy->view);
	canvas_init(&w->canvas, rows, cols);
}

static void world_release(struct world *w)
{
	views_free(w->views);
	canvas_release(&w->canvas);
}

static void press(struct world *w, uint32_t code)
{
	struct key key = key_of(code);

	views_key(w->views, &key);
}

static void type(struct world *w, const char *text)
{
	for (; *text; text++)
		press(w, (unsigned char)*text);
}

static void screen_is(struct world *w, const char *name)
{
	struct str out = STR_INIT;

	views_draw(w->views, &w->canvas);
	canvas_dump(&w->canvas, &out);
	assert_screen(name, str_slice(&out));
	str_release(&out);
}

static void styled_screen_is(struct world *w, const char *name, int colours)
{
	struct theme theme = theme_make(colours, false);
	struct str out = STR_INIT;

	views_draw(w->views, &w->canvas);
	canvas_dump_styles(&w->canvas, &theme, &out);
	assert_screen(name, str_slice(&out));
	str_release(&out);
}

/* ---- Tests ---- */

static void the_frame_has_title_body_rule_and_footer(void **state)
{
	struct world w;

	(void)state;
	world_init(&w, 24, 80);
	screen_is(&w, "frame-80x24");
	styled_screen_is(&w, "frame-80x24-colour", 256);
	styled_screen_is(&w, "frame-80x24-mono", 0);
	canvas_resize(&w.canvas, 40, 120);
	screen_is(&w, "frame-120x40");
	canvas_resize(&w.canvas, 10, 40);
	screen_is(&w, "frame-40x10");
	world_release(&w);
}

static void counts_without_room_go_whole(void **state)
{
	struct world w;

	(void)state;
	world_init(&w, 10, 40);
	w.toy->counts = true;
	screen_is(&w, "frame-40x10"); /* as without them */
	world_release(&w);
}

static void a_screen_too_small_says_what_is_needed(void **state)
{
	struct world w;

	(void)state;
	world_init(&w, 9, 39);
	screen_is(&w, "frame-39x9");
	canvas_resize(&w.canvas, 2, 5);
	views_draw(w.views, &w.canvas);
	canvas_resize(&w.canvas, 0, 0);
	views_draw(w.views, &w.canvas);
	world_release(&w);
}

static void keys_are_taken_only_where_they_can_be_seen(void **state)
{
	struct world w;

	(void)state;
	world_init(&w, 24, 80);
	views_draw(w.views, &w.canvas);
	/* Several keys between two screens: toy_can() and toy_act() look whether it prepared.
	 */
	press(&w, '1');
	press(&w, 'n');
	press(&w, '?');
	press(&w, KEY_ESCAPE);
	press(&w, '2');
	assert_int_equal(w.toy->choice, 2);
	press(&w, '?');
	type(&w, "Go to the next");
	press(&w, KEY_RETURN);
	assert_int_equal(w.toy->next, 2);
	/* Nobody sees what a decision would be. */
	canvas_resize(&w.canvas, 5, 80);
	views_draw(w.views, &w.canvas);
	press(&w, '3');
	press(&w, ':');
	type(&w, "next");
	press(&w, KEY_RETURN);
	assert_int_equal(w.toy->choice, 2);
	assert_int_equal(w.toy->next, 2);
	w.toy->asks_before_leaving = true;
	press(&w, 'q');
	assert_int_equal(views_count(w.views), 1);
	assert_false(views_is_asking(w.views));
	w.toy->asks_before_leaving = false;
	press(&w, 'q');
	assert_int_equal(views_count(w.views), 0);
	world_release(&w);
}

static void a_message_stands_in_the_rule_until_the_next_key(void **state)
{
	struct world w;

	(void)state;
	world_init(&w, 12, 60);
	views_message(w.views, MESSAGE_OK, "saved %s", "res-\x1b[31m31");
	screen_is(&w, "message-60x12");
	press(&w, 'n');
	assert_int_equal(views_message_text(w.views).len, 0);
	views_message(w.views, MESSAGE_ERROR,
		      "drafts/res-31.md:12:5: somebody else has changed this file since it was "
		      "opened here; press ^R to look at both and choose");
	views_progress(w.views, "reading 3 of 12");
	screen_is(&w, "message-long-60x12");
	world_release(&w);
}

static void keys_do_what_the_table_says(void **state)
{
	struct world w;

	(void)state;
	world_init(&w, 24, 80);
	press(&w, '7');
	assert_int_equal(w.toy->choice, 7);
	press(&w, 0x0668); /* an Arabic 8 */
	assert_int_equal(w.toy->choice, 8);
	press(&w, FN_KEY(8));
	press(&w, 'n');
	assert_int_equal(w.toy->next, 2);
	press(&w, 0x0442); /* n's place on a Russian keyboard */
	assert_int_equal(w.toy->next, 3);
	press(&w, 'x'); /* cannot be done, so it is a key like any other */
	assert_int_equal(w.toy->keys, 1);
	press(&w, KEY_UNKNOWN);
	assert_int_equal(w.toy->keys, 1);
	world_release(&w);
}

static void the_mouse_is_told_in_rows_of_the_body(void **state)
{
	struct world w;
	struct key key = key_of(KEY_POINTER);

	(void)state;
	world_init(&w, 24, 80);
	views_draw(w.views, &w.canvas);
	key.pointer = (struct pointer){POINTER_PRESS, 1, 5, 7, 1};
	views_key(w.views, &key);
	assert_int_equal(w.toy->pointer.row, 3);
	assert_int_equal(w.toy->pointer.col, 7);
	key.pointer.row = 0;
	views_key(w.views, &key);
	assert_int_equal(w.toy->keys, 1);
	world_release(&w);
}

static void views_come_back_when_the_one_above_goes(void **state)
{
	struct world w;
	int freed = 0;

	(void)state;
	world_init(&w, 24, 80);
	views_push(w.views, &toy_new(&freed)->view);
	assert_int_equal(views_count(w.views), 2);
	press(&w, 'q');
	assert_int_equal(freed, 1);
	assert_int_equal(w.toy->shown, 1);
	assert_int_equal(views_count(w.views), 1);
	press(&w, 'q');
	assert_int_equal(views_count(w.views), 0);
	press(&w, 'q');
	views_draw(w.views, &w.canvas);
	world_release(&w);
}

static void leaving_waits_for_an_answer(void **state)
{
	struct world w;
	int freed = 0;
	struct toy *above;

	(void)state;
	world_init(&w, 24, 80);
	above = toy_new(&freed);
	above->asks_before_leaving = 1;
	views_push(w.views, &above->view);
	type(&w, ":quit\r");
	assert_int_equal(views_count(w.views), 2);
	screen_is(&w, "leaving-80x24");
	press(&w, 'n');
	assert_int_equal(views_count(w.views), 2);
	press(&w, 'n'); /* an ordinary key again, and nothing goes on leaving */
	assert_int_equal(views_count(w.views), 2);
	type(&w, ":quit\r");
	press(&w, 'Y');
	assert_int_equal(freed, 1);
	assert_int_equal(views_count(w.views), 0);
	world_release(&w);
}

static void going_back_asks_those_above_and_stops_there(void **state)
{
	struct world w;
	int freed = 0;
	struct toy *above[3];

	(void)state;
	world_init(&w, 24, 80);
	for (size_t i = 0; i < 3; i++) {
		above[i] = toy_new(&freed);
		views_push(w.views, &above[i]->view);
	}
	above[1]->asks_before_leaving = 1;
	views_back_to(w.views, &above[0]->view);
	assert_int_equal(views_count(w.views), 3); /* the upper one agreed, this one asks */
	press(&w, 'n');
	assert_int_equal(views_count(w.views), 3);
	views_back_to(w.views, &above[0]->view);
	press(&w, 'Y');
	assert_ptr_equal(views_top(w.views), &above[0]->view);
	assert_int_equal(freed, 2);
	assert_int_equal(above[0]->shown, 1);
	views_back_to(w.views, &above[0]->view);
	assert_int_equal(views_count(w.views), 2);
	world_release(&w);
}

static void popping_a_view_ends_its_question(void **state)
{
	struct world w;
	int freed = 0;
	struct toy *above;

	(void)state;
	world_init(&w, 24, 80);
	above = toy_new(&freed);
	views_push(w.views, &above->view);
	press(&w, 'a');
	above->answer = 77;
	views_pop(w.views);
	assert_int_equal(above->answer, 0);
	press(&w, 'n');
	assert_int_equal(freed, 1);
	assert_int_equal(w.toy->next, 1);
	world_release(&w);
}

static void questions_take_only_their_answers(void **state)
{
	struct world w;

	(void)state;
	world_init(&w, 24, 80);
	w.toy->answer = 77;
	press(&w, 'a');
	press(&w, 'z');
	press(&w, 'n');
	assert_int_equal(w.toy->answer, 'n');
	assert_int_equal(w.toy->next, 0);
	press(&w, 'a');
	press(&w, KEY_ESCAPE);
	assert_int_equal(w.toy->answer, 0);
	world_release(&w);
}

static void the_command_prompt_completes_actions_and_drafts(void **state)
{
	struct world w;

	(void)state;
	world_init(&w, 24, 80);
	press(&w, ':');
	screen_is(&w, "command-80x24");
	type(&w, "re");
	screen_is(&w, "command-re-80x24");
	type(&w, "s");
	press(&w, KEY_TAB); /* res- is common to both */
	type(&w, "3\r");
	assert_string_equal(w.fake.opened, "");
	assert_true(views_message_text(w.views).len > 0);
	type(&w, ":res-31\r");
	assert_string_equal(w.fake.opened, "editor res-31");
	type(&w, ":choose  12 \r");
	assert_int_equal(w.toy->choice, 99);
	assert_string_equal(w.toy->argument, "12");
	type(&w, ":nex\r");
	assert_int_equal(w.toy->next, 1);
	type(&w, ":never\r");
	assert_slice_is(views_message_text(w.views), "never: this cannot be done now");
	/* What it would be done to is not what was named. */
	type(&w, ":next res-31\r");
	assert_int_equal(w.toy->next, 1);
	assert_slice_is(views_message_text(w.views),
			"next-point is typed alone; nothing was done about \"res-31\"");
	world_release(&w);
}

static const char *fake_setting(void *data, const char *key)
{
	(void)data;
	return strcmp(key, "role") == 0 ? "chair" : "";
}

static int fake_set_setting(void *data, const char *key, const char *value, struct error *err)
{
	(void)data;
	(void)key;
	(void)value;
	(void)err;
	return 0;
}

static void settings_are_listed_with_what_they_are_now(void **state)
{
	struct world w;

	(void)state;
	world_init(&w, 24, 80);
	/* Nobody keeps settings here: none is listed. */
	type(&w, ":set ");
	screen_is(&w, "command-no-settings-80x24");
	press(&w, KEY_ESCAPE);
	w.fake.host.setting = fake_setting;
	w.fake.host.set_setting = fake_set_setting;
	type(&w, ":set ");
	screen_is(&w, "command-settings-80x24");
	world_release(&w);
}

static void a_candidate_can_be_chosen_with_the_arrows(void **state)
{
	struct world w;

	(void)state;
	world_init(&w, 24, 80);
	type(&w, ":res-");
	press(&w, KEY_ARROW_DOWN);
	press(&w, KEY_ARROW_DOWN);
	screen_is(&w, "command-chosen-80x24");
	press(&w, KEY_ARROW_UP);
	press(&w, KEY_RETURN);
	assert_string_equal(w.fake.opened, "editor res-24");
	world_release(&w);
}

static void help_lists_every_key_and_runs_the_one_chosen(void **state)
{
	struct world w;

	(void)state;
	world_init(&w, 24, 80);
	press(&w, '?');
	screen_is(&w, "help-80x24");
	type(&w, "mouse");
	screen_is(&w, "help-cut-80x24");
	for (int i = 0; i < 5; i++)
		press(&w, KEY_ERASE);
	press(&w, KEY_LINE_END);
	press(&w, KEY_LINE_HOME);
	screen_is(&w, "help-80x24");
	styled_screen_is(&w, "help-80x24-colour", 256);
	canvas_resize(&w.canvas, 40, 120);
	screen_is(&w, "help-120x40");
	type(&w, "NEXT");
	screen_is(&w, "help-next-120x40");
	press(&w, KEY_RETURN);
	assert_int_equal(views_count(w.views), 1);
	assert_int_equal(w.toy->next, 1);
	world_release(&w);
}

static void help_moves_over_headings_and_stays_in_its_list(void **state)
{
	struct world w;

	(void)state;
	world_init(&w, 10, 40);
	press(&w, '?');
	for (int i = 0; i < 60; i++) {
		press(&w, i < 30 ? KEY_ARROW_DOWN : KEY_ARROW_UP);
		views_draw(w.views, &w.canvas);
		assert_int_equal(w.canvas.cursor_col, 1);
	}
	screen_is(&w, "help-40x10");
	press(&w, KEY_PAGE_DOWN);
	views_draw(w.views, &w.canvas);
	press(&w, KEY_LINE_END);
	screen_is(&w, "help-end-40x10");
	for (int i = 0; i < 5; i++)
		press(&w, KEY_PAGE_UP);
	screen_is(&w, "help-40x10");
	type(&w, "zzzz");
	views_draw(w.views, &w.canvas);
	press(&w, KEY_ARROW_DOWN);
	press(&w, KEY_RETURN);
	assert_int_equal(views_count(w.views), 2);
	press(&w, KEY_ESCAPE);
	assert_int_equal(views_count(w.views), 1);
	world_release(&w);
}

static void what_only_the_program_can_do_is_asked_of_it(void **state)
{
	struct world w;

	(void)state;
	world_init(&w, 24, 80);
	press(&w, CTRL_KEY('z'));
	press(&w, CTRL_KEY('l'));
	press(&w, FN_KEY(12));
	assert_int_equal(views_take_requests(w.views),
			 VIEWS_SUSPEND | VIEWS_REDRAW | VIEWS_MOUSE);
	assert_int_equal(views_take_requests(w.views), 0);
	world_release(&w);
}

static void a_draw_is_due_only_after_something_happened(void **state)
{
	struct world w;

	(void)state;
	world_init(&w, 24, 80);
	assert_true(views_dirty(w.views));
	views_draw(w.views, &w.canvas);
	assert_false(views_dirty(w.views));
	views_idle(w.views);
	assert_false(views_dirty(w.views));
	press(&w, 'n');
	assert_true(views_dirty(w.views));
	views_draw(w.views, &w.canvas);
	views_touch(w.views);
	assert_true(views_dirty(w.views));
	world_release(&w);
}

static void tables_without_mistakes_pass_and_others_do_not(void **state)
{
	static const struct action bad[] = {
		{.id = 1, .name = "one", .keys = {'a'}, .help = "Fine."},
		{.id = 1, .name = "one", .keys = {'a'}, .label = "x", .help = "No stop"},
		{.id = 2, .name = "help", .label = "x", .rank = 1, .help = "No key."},
		{.id = 3,
		 .name = "long",
		 .help = "A sentence of more than seventy-five letters is cut on a narrow "
			 "screen of "
			 "eighty."},
		{0}};
	static const struct view_ops bad_ops = {.name = "bad", .title = "Bad", .actions = bad};
	struct str out = STR_INIT;

	(void)state;
	keymap_check(&toy_ops, &out);
	assert_slice_is(str_slice(&out), "");
	keymap_check(&view_help_ops, &out);
	for (const struct view_ops *const *ops = view_tables; *ops; ops++)
		keymap_check(*ops, &out);
	assert_slice_is(str_slice(&out), "");
	keymap_check(&bad_ops, &out);
	assert_slice_is(str_slice(&out),
			"bad: one: an id twice\n"
			"bad: one: a name twice\n"
			"bad: one: a key twice, and no can() to choose\n"
			"bad: one: help is a sentence with its full stop\n"
			"bad: one: in the footer without a rank\n"
			"bad: help: in the footer without a key\n"
			"bad: help: the name of an action that exists everywhere\n"
			"bad: long: help does not fit into a line below its list\n");
	str_release(&out);
}

static void tables_are_printed_for_help_and_manual(void **state)
{
	struct str out = STR_INIT;

	(void)state;
	keymap_text(&toy_ops, &out);
	str_add_text(&out, "--\n");
	keymap_man(&toy_ops, &out);
	assert_screen("keys-of-toy", str_slice(&out));
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_frame_has_title_body_rule_and_footer),
		cmocka_unit_test(keys_are_taken_only_where_they_can_be_seen),
		cmocka_unit_test(counts_without_room_go_whole),
		cmocka_unit_test(a_screen_too_small_says_what_is_needed),
		cmocka_unit_test(a_message_stands_in_the_rule_until_the_next_key),
		cmocka_unit_test(keys_do_what_the_table_says),
		cmocka_unit_test(the_mouse_is_told_in_rows_of_the_body),
		cmocka_unit_test(views_come_back_when_the_one_above_goes),
		cmocka_unit_test(leaving_waits_for_an_answer),
		cmocka_unit_test(going_back_asks_those_above_and_stops_there),
		cmocka_unit_test(popping_a_view_ends_its_question),
		cmocka_unit_test(questions_take_only_their_answers),
		cmocka_unit_test(the_command_prompt_completes_actions_and_drafts),
		cmocka_unit_test(settings_are_listed_with_what_they_are_now),
		cmocka_unit_test(a_candidate_can_be_chosen_with_the_arrows),
		cmocka_unit_test(help_lists_every_key_and_runs_the_one_chosen),
		cmocka_unit_test(help_moves_over_headings_and_stays_in_its_list),
		cmocka_unit_test(what_only_the_program_can_do_is_asked_of_it),
		cmocka_unit_test(a_draw_is_due_only_after_something_happened),
		cmocka_unit_test(tables_without_mistakes_pass_and_others_do_not),
		cmocka_unit_test(tables_are_printed_for_help_and_manual),
	};

	return cmocka_run_group_tests_name("view", tests, NULL, NULL);
}
