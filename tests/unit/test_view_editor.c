/* SPDX-License-Identifier: MIT */
#include "editor_desk.h"

#include "ui/editor_inner.h"
#include "ui/keymap.h"
#include "ui/view_inner.h"

/* Our own words: calls, labels, brackets of all kinds, an id, a problem. */
static const char resolution[] =
	"# RESOLUTION [COM5/2] (Montevideo, 2027)\n"
	"\n"
	"*considering*\n"
	"\n"
	"a)\tthat each region prepares the conference in [its own way / AFR, ARB: a way of its "
	"choice] and that the meetings held there have settled many difficulties;\n"
	"\n"
	"b)\tthat service on small islands [has depended since [20XX] on a single cable]{#b7} "
	"(ASP);\n"
	"\n"
	"*decides to instruct the Director*\n"
	"\n"
	"1.\tto organize [one][at least one] preparatory meeting for each region, "
	"within existing limits[^1];\n"
	"\n"
	"2.\tto convene [and chair ] a coordination meeting, and to report [one][at least one] "
	"month later.\n"
	"\n"
	"3.\tto publish the report [in six languages.\n";

/* ---- Screens ---- */

static void a_page_of_prose(void **state)
{
	struct desk d;

	(void)state;
	set_up(&d, resolution, 24, 80);
	put_at(&d, "its own way");
	assert_looks(&d, "editor-80x24");
	assert_looks_in(&d, 256, "editor-80x24-colour");
	assert_looks_in(&d, 0, "editor-80x24-mono");
	put_at(&d, "meeting for");
	assert_looks(&d, "editor-no-point-80x24");
	put_at(&d, "[in six");
	assert_looks(&d, "editor-problem-80x24");
	tear_down(&d);
}

static void the_list_of_points_stands_beside(void **state)
{
	struct desk d;

	(void)state;
	set_up(&d, resolution, 40, 120);
	press(&d, "F6 F8 F8");
	assert_looks(&d, "editor-list-120x40");
	assert_looks_in(&d, 256, "editor-list-120x40-colour");
	assert_looks_in(&d, 0, "editor-list-120x40-mono");
	canvas_resize(&d.canvas, 24, 80);
	views_draw(d.views, &d.canvas);
	assert_looks(&d, "editor-list-80x24");
	tear_down(&d);
}

static void searching_and_asking_look_so(void **state)
{
	struct desk d;

	(void)state;
	set_up(&d, resolution, 24, 80);
	press(&d, "^F");
	type(&d, "meeting");
	assert_looks_in(&d, 256, "editor-find-80x24-colour");
	assert_looks_in(&d, 0, "editor-find-80x24-mono");
	press(&d, "Enter");
	assert_looks(&d, "editor-found-80x24");
	press(&d, "Esc ^A");
	assert_looks_in(&d, 0, "editor-selected-80x24-mono");
	tear_down(&d);
	set_up(&d, resolution, 10, 40);
	put_at(&d, "its own way");
	assert_looks(&d, "editor-40x10");
	tear_down(&d);
	set_up(&d, "", 24, 80);
	assert_looks(&d, "editor-empty-80x24");
	tear_down(&d);
}

static void text_from_the_right_and_wide_text(void **state)
{
	struct desk d;

	(void)state;
	set_up(&d,
	       "---\nlanguage: ar\n---\n\n"
	       "1. \xD9\x86\xD8\xAD\xD9\x86 \xD8\xA7\xD9\x84\xD9\x85\xD9\x86\xD8\xAF"
	       "\xD9\x88\xD8\xA8\xD9\x8A\xD9\x86 [\xD9\x81\xD9\x8A 2030 / AFR: "
	       "\xD9\x81\xD9\x8A 2032]\n"
	       "\n"
	       "2. \xE6\x88\x91\xE4\xBB\xAC\xEF\xBC\xBB\xE5\xBA\x94\xEF\xBC\x8F\xE5\xBA\x94\xE5"
	       "\xBD\x93\xEF\xBC\xBD\xE4\xB8\xBE\xE8\xA1\x8C\xE4\xBC\x9A\xE8\xAE\xAE\xE3\x80"
	       "\x82"
	       "e\xCC\x81 \xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7 \xFF\xE2\x80\xAE end\n",
	       24, 80);
	press(&d, "F8");
	assert_looks(&d, "editor-arabic-80x24");
	tear_down(&d);
}

/* ---- Moving ---- */

static void the_cursor_goes_by_what_is_on_screen(void **state)
{
	struct desk d;

	(void)state;
	set_up(&d, "one two three four five six\nx\nseven eight nine ten\n", 24, 80);
	canvas_resize(&d.canvas, 24, 40);
	views_draw(d.views, &d.canvas);
	press(&d, "End");
	assert_int_equal(view_editor_at(editor(&d)), 27);
	/* The column is kept over a short line. */
	press(&d, "Home Right Right Right Right Right Down");
	assert_int_equal(view_editor_at(editor(&d)), 29);
	press(&d, "Down");
	assert_int_equal(view_editor_at(editor(&d)), 35);
	press(&d, "Up Up");
	assert_int_equal(view_editor_at(editor(&d)), 5);
	press(&d, "Ctrl-Right");
	assert_int_equal(view_editor_at(editor(&d)), 8);
	press(&d, "Alt-Down");
	assert_int_equal(view_editor_at(editor(&d)), 28);
	press(&d, "Left");
	assert_int_equal(view_editor_at(editor(&d)), 27);
	press(&d, "Right");
	assert_int_equal(view_editor_at(editor(&d)), 28);
	press(&d, "Ctrl-End");
	assert_int_equal(view_editor_at(editor(&d)), 51);
	press(&d, "Up Up Up Up Up");
	assert_int_equal(view_editor_at(editor(&d)), 0);
	tear_down(&d);
}

static void f7_and_f8_go_from_point_to_point(void **state)
{
	struct desk d;
	const char *p;

	(void)state;
	set_up(&d, resolution, 24, 80);
	p = d.doc->flat.p;
	press(&d, "F8");
	assert_memory_equal(p + view_editor_at(editor(&d)), "[its own", 8);
	press(&d, "F8");
	assert_memory_equal(p + view_editor_at(editor(&d)), "[has dep", 8);
	press(&d, "F8");
	assert_memory_equal(p + view_editor_at(editor(&d)), "[20XX]", 6);
	press(&d, "F7 F7");
	assert_memory_equal(p + view_editor_at(editor(&d)), "[its own", 8);
	press(&d, "F7");
	assert_memory_equal(p + view_editor_at(editor(&d)), "[one][at", 8);
	assert_said(&d, "last point");
	press(&d, "F9");
	assert_string_equal(str_text(&d.opened), "chair res-31");
	assert_int_equal(d.opened_at, view_editor_at(editor(&d)));
	tear_down(&d);
}

static void places_have_names(void **state)
{
	struct desk d;
	const char *p;

	(void)state;
	set_up(&d, resolution, 24, 80);
	p = d.doc->flat.p;
	press(&d, "^G");
	type(&d, "[2");
	press(&d, "Enter");
	assert_memory_equal(p + view_editor_at(editor(&d)), "[has dep", 8);
	assert_true(views_command(d.views, SLICE("goto 2")));
	assert_memory_equal(p + view_editor_at(editor(&d)), "*considering*", 13);
	assert_true(views_command(d.views, SLICE("goto :5:4")));
	assert_memory_equal(p + view_editor_at(editor(&d)), "that each", 9);
	assert_true(views_command(d.views, SLICE("goto :1")));
	assert_int_equal(view_editor_at(editor(&d)), 0);
	assert_true(views_command(d.views, SLICE("goto :5:4000")));
	assert_int_equal(p[view_editor_at(editor(&d))], '\n');
	assert_true(views_command(d.views, SLICE("goto :4000")));
	assert_int_equal(view_editor_at(editor(&d)), d.doc->flat.len);
	assert_true(views_command(d.views, SLICE("goto b7")));
	assert_memory_equal(p + view_editor_at(editor(&d)), "[has dep", 8);
	views_command(d.views, SLICE("goto nowhere"));
	assert_said(&d, "no place");
	tear_down(&d);
}

/* Counting all of them at every key would take as long as the draft is large. */
static void a_large_selection_has_about_so_many_words(void **state)
{
	struct str text = STR_INIT, said = STR_INIT;
	struct desk d;

	(void)state;
	for (int i = 0; i < 50000; i++)
		str_add_text(&text, i % 20 ? "seven words " : "seven words.\n\n");
	set_up(&d, str_text(&text), 24, 80);
	press(&d, "^A");
	editor_status(editor(&d), &said);
	assert_string_equal(str_text(&said), "about 100000 words selected");
	tear_down(&d);
	str_release(&text);
	str_release(&said);
}

static void the_mouse_selects(void **state)
{
	struct desk d;
	struct key wheel = {.code = KEY_POINTER, .pointer = {POINTER_WHEEL, 1, 5, 5, 0}};

	(void)state;
	set_up(&d, "one two three\nfour\n", 24, 80);
	click(&d, POINTER_PRESS, 2, 12, 1);
	size_t at = view_editor_at(editor(&d));
	assert_true(at > 0 && at < 13);
	click(&d, POINTER_PRESS, 2, 12, 2);
	press(&d, "Del");
	assert_text(&d, "one  three\nfour\n");
	press(&d, "^U");
	click(&d, POINTER_PRESS, 2, 8, 1);
	click(&d, POINTER_DRAG, 3, 9, 1);
	click(&d, POINTER_RELEASE, 3, 9, 1);
	press(&d, "^X");
	assert_text(&d, "our\n"); //			"\n");
	tear_down(&d);
	set_up(&d, resolution, 14, 60);
	for (int i = 0; i < 30; i++)
		views_key(d.views, &wheel);
	views_draw(d.views, &d.canvas);
	assert_true(d.canvas.cursor_row > 0);
	assert_true(view_editor_at(editor(&d)) > d.doc->flat.len / 2);
	tear_down(&d);
}

/* ---- Files ---- */

static void saving_and_committing_ask_the_host(void **state)
{
	struct desk d;

	(void)state;
	set_up(&d, "one", 24, 80);
	type(&d, "x");
	press(&d, "^S");
	assert_int_equal(d.saved, 1);
	assert_said(&d, "saved");
	press(&d, "^K");
	press(&d, "End");
	type(&d, " of one word");
	press(&d, "Enter");
	assert_slice_is(str_slice(&d.committed), "res-31: edit of one word");
	assert_said(&d, "1a2b3c4");
	tear_down(&d);
}

static void help_names_keys_whole_and_the_others_below(void **state)
{
	struct desk d;
	struct str screen = STR_INIT;

	(void)state;
	set_up(&d, "one", 24, 80);
	press(&d, "F1");
	type(&d, "delete-word");
	views_draw(d.views, &d.canvas);
	canvas_dump(&d.canvas, &screen);
	assert_non_null(strstr(str_text(&screen), " Alt-Backspace    Delete to"));
	assert_non_null(strstr(str_text(&screen), " Ctrl-Del         Delete to"));
	assert_non_null(strstr(str_text(&screen),
			       "\u2500 Alt-Backspace, Ctrl-Backspace: Delete to the "));
	str_release(&screen);
	tear_down(&d);
}

static void a_file_changed_outside_is_asked_about(void **state)
{
	struct desk d;

	(void)state;
	set_up(&d, "mine", 24, 80);
	type(&d, "x");
	d.outside = true;
	press(&d, "^S");
	assert_int_equal(d.saved, 0);
	type(&d, "\u0435"); /* t's place on a Russian keyboard: an answer, not text */
	assert_int_equal(d.kept, KEEP_THEIRS);
	assert_text(&d, "theirs\n");
	type(&d, "\u0435");
	assert_text(&d, "\u0435theirs\n"); /* in a text it is itself */
	d.outside = true;
	struct key focus = key_of(KEY_FOCUS_IN);
	views_key(d.views, &focus);
	type(&d, "m");
	assert_int_equal(d.kept, KEEP_MINE);
	tear_down(&d);
}

static void leaving_asks_about_what_is_not_saved(void **state)
{
	struct desk d;

	(void)state;
	set_up(&d, "one", 24, 80);
	struct doc *second = doc_new("b", NULL, SLICE("two"), &regions);
	views_push(d.views, view_editor_new(&d.host, second, SIZE_MAX));
	type(&d, "x");
	press(&d, "^Q");
	assert_int_equal(views_count(d.views), 2);
	type(&d, "s");
	assert_int_equal(d.saved, 1);
	assert_int_equal(views_count(d.views), 1);
	assert_int_equal(d.closed, 1);
	doc_free(second);
	d.closed = 0;
	tear_down(&d);
}

static void another_editor_may_write_it(void **state)
{
	struct desk d;

	(void)state;
	set_up(&d, "one\n", 24, 80);
	str_add_text(&d.external, "two\n");
	press(&d, "^E");
	assert_text(&d, "one\ntwo\n");
	press(&d, "^U");
	assert_text(&d, "one\n");
	press(&d, "^W");
	assert_said(&d, "1 word");
	tear_down(&d);
}

/* Others change the text while the editor is below. */
static void the_cursor_follows_what_others_change(void **state)
{
	struct desk d;

	(void)state;
	set_up(&d, "one two three", 24, 80);
	put_at(&d, "three");
	doc_replace(d.doc, 0, 4, SLICE(""));
	views_draw(d.views, &d.canvas);
	assert_int_equal(view_editor_at(editor(&d)), 4);
	type(&d, "3");
	assert_text(&d, "two 3three");
	doc_set_bytes(d.doc, SLICE(""));
	press(&d, "Left Right Up Down PgDn PgUp Backspace Del Home End");
	assert_text(&d, "");
	tear_down(&d);
}

/* ---- Anything at all ---- */

/* What is on the screen is what a first painting of all of it gives. */
static void assert_painted_whole(struct desk *d)
{
	struct theme theme = theme_make(256, false);
	struct editor *e = editor_of(editor(d));
	struct str was = STR_INIT, whole = STR_INIT;

	canvas_dump_styles(&d->canvas, &theme, &was);
	editor_rows_release(&e->screen);
	editor_rows_release(&e->before);
	editor_forget_layouts(e);
	layout_cache_release(&e->cache);
	layout_cache_init(&e->cache);
	frame_row_release(&d->views->title);
	frame_row_release(&d->views->rule);
	keymap_footer_release(&d->views->footer);
	canvas_clear(&d->canvas);
	views_draw(d->views, &d->canvas);
	canvas_dump_styles(&d->canvas, &theme, &whole);
	assert_slice_equal(str_slice(&was), str_slice(&whole));
	str_release(&was);
	str_release(&whole);
}

static void rows_that_stay_are_not_painted_again(void **state)
{
	static const char *const keys[] = {"Down", "PgDn", "F8",   "Up",    "Shift-Right",
					   "Esc",  "^U",   "PgUp", "Enter", "Backspace"};
	struct prng r = prng_make(5);
	struct desk d;

	(void)state;
	set_up(&d, resolution, 18, 70);
	put_at(&d, "held there");
	const struct editor_row *last = editor_of(editor(&d))->screen.v[9];
	uint64_t number = last->strip.number;
	assert_int_not_equal(number, 0);
	type(&d, "x");
	last = editor_of(editor(&d))->screen.v[9];
	assert_int_equal(last->strip.number, number);
	/* Nor are the rows above the cursor in its own paragraph. */
	put_at(&d, "held there");
	press(&d, "End");
	const struct editor *e = editor_of(editor(&d));
	size_t at = (size_t)e->cursor_row;
	assert_true(e->screen.v[at]->row > 0);
	const struct editor_row *first = e->screen.v[at - e->screen.v[at]->row];
	number = first->strip.number;
	uint64_t version = first->version;
	type(&d, "x");
	for (at = 0; e->screen.v[at]->row ||
		     e->screen.v[at]->line != doc_line_begin(d.doc, e->caret.pos);)
		at++;
	last = e->screen.v[at];
	assert_int_not_equal(last->version, version);
	assert_int_equal(last->strip.number, number);
	for (int i = 0; i < 300; i++) {
		if (prng_one_in(&r, 3))
			press(&d, keys[prng_below(&r, sizeof(keys) / sizeof(*keys))]);
		else
			type(&d, prng_one_in(&r, 3)   ? "[\u00E9 / x]{#b}"
				 : prng_one_in(&r, 5) ? "\u0639\u0631\u0628 "
						      : "y ");
		/* Some keys in a row, as they come. */
		if (prng_one_in(&r, 3))
			assert_painted_whole(&d);
	}
	tear_down(&d);
}

/* Of a long draft the page comes first; it is what it would be if all were right, and all is
 * right afterwards. */
static void what_comes_first_is_right_and_then_the_rest(void **state)
{
	static const char *const keys[] = {"Down",  "PgDn", "F8",    "Up",        "Backspace",
					   "Del",   "PgUp", "Enter", "Backspace", "Home",
					   "Right", "End",  "Left",  "Backspace"};
	struct prng r = prng_make(8);
	struct str text = STR_INIT, now = STR_INIT;
	struct desk d;
	size_t hurried = 0, counted = 0;
	struct draft_words words;

	(void)state;
	for (int i = 0; i < 40; i++)
		str_add(&text, resolution, sizeof(resolution) - 45);
	set_up(&d, str_text(&text), 18, 70);
	d.doc->in_hurry = true;
	view_editor_go(editor(&d), text.len / 2);
	for (int i = 0; i < 300; i++) {
		static const char signs[] = "xy /]x: xa, yz. [";
		struct key key =
			key_of((unsigned char)signs[prng_below(&r, sizeof(signs) - 1)]);

		if (prng_one_in(&r, 3))
			key = key_of(key_parse(
				slice_of(keys[prng_below(&r, sizeof(keys) / sizeof(*keys))])));
		views_key(d.views, &key);
		views_draw(d.views, &d.canvas);
		hurried += d.doc->right_until != SIZE_MAX;
		if (doc_settle(d.doc))
			views_draw(d.views, &d.canvas);
		assert_false(doc_is_hurried(d.doc));
		draft_count_words(&d.doc->draft, d.doc->flat, &d.doc->brackets, &words);
		counted += d.doc->words_counted;
		if (d.doc->words_counted)
			assert_int_equal(d.doc->words.total, words.total);
		str_clear(&now);
		str_reserve(&now, text_size(d.doc->text));
		now.len = text_read(d.doc->text, 0, now.p, text_size(d.doc->text));
		assert_slice_equal(d.doc->flat, str_slice(&now));
		if (prng_one_in(&r, 8))
			assert_painted_whole(&d);
	}
	assert_true(hurried > 30 && counted > 200);
	str_release(&text);
	str_release(&now);
	tear_down(&d);
}

/* Keys came at once: the first left all words to be counted, the last those of its line. */
static void words_that_wait_are_counted_once(void **state)
{
	static const uint32_t keys[] = {KEY_RETURN, 'x', ' '};
	struct draft_words words;
	struct desk d;

	(void)state;
	set_up(&d, "# Title\n\none two\n\nthree four\n\nfive\n", 18, 70);
	d.doc->in_hurry = true;
	view_editor_go(editor(&d), 24);
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		const struct key key = key_of(keys[i]);

		doc_settle(d.doc);
		views_key(d.views, &key);
	}
	assert_true(doc_is_hurried(d.doc) && !d.doc->words_counted);
	views_draw(d.views, &d.canvas);
	doc_settle(d.doc);
	draft_count_words(&d.doc->draft, d.doc->flat, &d.doc->brackets, &words);
	assert_true(d.doc->words_counted);
	assert_int_equal(d.doc->words.total, words.total);
	tear_down(&d);
}

static void random_keys_never_break_it(void **state)
{
	static const char *const keys[] = {
		"Left",     "Right",    "Up",        "Down",      "Shift-Left",   "Shift-Down",
		"Home",     "End",      "PgUp",      "PgDn",      "Ctrl-Left",    "Ctrl-Right",
		"Alt-Up",   "Alt-Down", "Backspace", "Del",       "Enter",        "F2",
		"F4",       "F6",       "F7",        "F8",        "^X",           "^C",
		"^V",       "^U",       "^Y",        "^N",        "^Space",       "Ctrl-Home",
		"Ctrl-End", "Esc",      "Alt-a",     "Shift-End", "Alt-Backspace"};
	struct prng r = prng_make(99);
	struct str text = STR_INIT;
	struct desk d;

	(void)state;
	for (int round = 0; round < 12; round++) {
		str_clear(&text);
		random_text(&r, &text, 120);
		if (round % 3 == 0)
			random_bytes(&r, &text, 60);
		for (size_t i = 0; i < text.len; i++)
			if (!text.p[i])
				text.p[i] = ' ';
		set_up(&d, str_text(&text), 10 + (int)prng_below(&r, 20),
		       40 + (int)prng_below(&r, 60));
		for (int i = 0; i < 150; i++) {
			if (prng_one_in(&r, 4)) {
				text.len = 0;
				random_text(&r, &text, 1);
				paste(&d, str_text(&text));
			} else {
				press(&d, keys[prng_below(&r, sizeof(keys) / sizeof(*keys))]);
			}
			if (prng_one_in(&r, 20)) {
				canvas_resize(&d.canvas, 6 + (int)prng_below(&r, 30),
					      30 + (int)prng_below(&r, 110));
				views_draw(d.views, &d.canvas);
			}
			size_t at = view_editor_at(editor(&d));
			assert_true(at <= d.doc->flat.len);
			assert_true(d.canvas.cursor_row >= 0);
			if (prng_one_in(&r, 4))
				assert_painted_whole(&d);
		}
		assert_true(text_is_sane(d.doc->text));
		while (text_can_undo(d.doc->text))
			press(&d, "Esc ^U");
		assert_false(doc_is_dirty(d.doc));
		tear_down(&d);
	}
	str_release(&text);
}

static void the_tables_are_right(void **state)
{
	struct str wrong = STR_INIT;

	(void)state;
	keymap_check(&view_editor_ops, &wrong);
	assert_string_equal(str_text(&wrong), "");
	str_release(&wrong);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_tables_are_right),
		cmocka_unit_test(a_page_of_prose),
		cmocka_unit_test(the_list_of_points_stands_beside),
		cmocka_unit_test(searching_and_asking_look_so),
		cmocka_unit_test(text_from_the_right_and_wide_text),
		cmocka_unit_test(the_cursor_goes_by_what_is_on_screen),
		cmocka_unit_test(f7_and_f8_go_from_point_to_point),
		cmocka_unit_test(places_have_names),
		cmocka_unit_test(a_large_selection_has_about_so_many_words),
		cmocka_unit_test(the_mouse_selects),
		cmocka_unit_test(saving_and_committing_ask_the_host),
		cmocka_unit_test(help_names_keys_whole_and_the_others_below),
		cmocka_unit_test(a_file_changed_outside_is_asked_about),
		cmocka_unit_test(leaving_asks_about_what_is_not_saved),
		cmocka_unit_test(another_editor_may_write_it),
		cmocka_unit_test(the_cursor_follows_what_others_change),
		cmocka_unit_test(rows_that_stay_are_not_painted_again),
		cmocka_unit_test(what_comes_first_is_right_and_then_the_rest),
		cmocka_unit_test(words_that_wait_are_counted_once),
		cmocka_unit_test(random_keys_never_break_it),
	};

	return cmocka_run_group_tests(tests, regions_set_up, regions_tear_down);
}
