/* SPDX-License-Identifier: MIT */
#include "support_vt.h"

#include "core/utf8.h"
#include "ui/canvas.h"
#include "ui/term.h"
#include "ui/theme.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

/* The terminal back end against a terminal: tests/unit/support_vt.h. */

/* ---- What is painted ---- */

static void draw_sample(struct canvas *c)
{
	uint32_t style = 0;

	canvas_text(c, 0, 0, STYLE_TITLE,
		    "d\u00E9cide e\u0301t\u0302e \u00B7 \u7814\u7A76\u7EC4");
	canvas_hline(c, 1, 0, c->cols, STYLE_RULE);
	canvas_text(c, 2, 0, STYLE_TEXT, "\x1b[31mnot red\x1b[0m \u202E\xff");
	canvas_text(c, 3, 0, STYLE_TEXT,
		    "\u05D0\u05D1\u05D2 \u062A\u0642\u0631\u0631 \uFF3B\uFF3D");
	canvas_text(c, 4, 0, STYLE_TEXT, "a\u0300\u0301\u0302\u0303\u0304\u0305\u0306b");
	for (int row = 6; row < c->rows; row++) {
		for (int col = 0; col + 4 < c->cols; col += 5) {
			canvas_text(c, row, col, style, "Aa\u7814");
			style = (style + 1) % STYLES;
		}
	}
	canvas_text(c, 5, 0, STYLE_TEXT | STYLE_SELECTED, "selected");
	canvas_text(c, 5, 10, STYLE_TEXT | STYLE_HIT, "hit");
	canvas_text(c, 5, 15, STYLE_TEXT | STYLE_CURRENT, "current");
	canvas_text(c, c->rows - 1, c->cols - 1, STYLE_TEXT, "#");
	canvas_cursor(c, 3, 2, CURSOR_BAR);
}

static void start_or_die(const struct term_options *options)
{
	struct error err = ERROR_INIT;

	if (term_start(options, &err) < 0) {
		vt_say(err.text);
		_exit(3);
	}
}

static void paint(void (*draw)(struct canvas *c))
{
	struct canvas c;
	int rows, cols;

	term_size(&rows, &cols);
	canvas_init(&c, rows, cols);
	draw(&c);
	term_paint(&c);
	canvas_release(&c);
}

static void draw_change(struct canvas *c)
{
	draw_sample(c);
	canvas_text(c, 0, 3, STYLE_ERROR, "\u7814X");
	canvas_fill(c, (struct area){7, 3, 3, 20}, STYLE_TEXT);
	canvas_cursor(c, 9, 9, CURSOR_BLOCK);
}

static void draw_nothing(struct canvas *c)
{
	(void)c;
}

static void scenario_paint(void)
{
	start_or_die(&(struct term_options){.bidi = TERM_BIDI_ADREF, .mouse = true});
	paint(draw_sample);
	vt_say("sample");
	paint(draw_change);
	vt_say("change");
	paint(draw_nothing);
	vt_say("nothing");
	paint(draw_sample);
	vt_say("again");
	term_stop();
}

static bool colour_is(const VTermColor *colour, int want)
{
	if (want < 0)
		return VTERM_COLOR_IS_DEFAULT_FG(colour) || VTERM_COLOR_IS_DEFAULT_BG(colour);
	return VTERM_COLOR_IS_INDEXED(colour) && colour->indexed.idx == want;
}

static void check_attributes(const VTermScreenCell *got, struct look look)
{
	assert_int_equal(!!got->attrs.bold, !!(look.attrs & LOOK_BOLD));
	assert_int_equal(!!got->attrs.underline, !!(look.attrs & LOOK_UNDERLINE));
	assert_int_equal(!!got->attrs.reverse, !!(look.attrs & LOOK_REVERSE));
	assert_true(colour_is(&got->fg, look.fg));
	assert_true(colour_is(&got->bg, look.bg));
}

static void check_bytes(const VTermScreenCell *got, struct slice want, int row, int col)
{
	struct str have = STR_INIT;
	char buf[4];

	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && got->chars[i]; i++)
		str_add(&have, buf, utf8_encode(got->chars[i], buf));
	if (have.len == 0)
		str_add_char(&have, ' ');
	if (!slice_equal(str_slice(&have), want))
		fprintf(stderr, "at row %d, column %d\n", row, col);
	assert_slice_equal(str_slice(&have), want);
	str_release(&have);
}

/* The terminal's cells are the canvas's: text, width, attributes and colours. */
static void check_screen(struct vt *v, int colours, void (*draw)(struct canvas *c))
{
	struct theme theme = theme_make(colours, false);
	struct canvas c;
	int rows, cols;

	vterm_get_size(v->vt, &rows, &cols);
	canvas_init(&c, rows, cols);
	draw(&c);
	for (int row = 0; row < rows; row++) {
		for (int col = 0; col < cols; col++) {
			const struct cell *cell = canvas_cell(&c, row, col);
			VTermScreenCell got;

			/* A cell of several columns is several of the terminal's; tested as
			 * text below. */
			if (cell->width != 1 && cell->width != 2)
				continue;
			if (row == 4 && cell->len > 3)
				continue; /* more marks than fit: see the next test */
			vterm_screen_get_cell(v->screen, (VTermPos){row, col}, &got);
			check_bytes(&got, canvas_bytes(&c, cell), row, col);
			if (cell->len) {
				assert_int_equal(got.width, cell->width);
				check_attributes(&got, theme_look(&theme, cell->style));
			}
		}
	}
	if (c.cursor_row >= 0) {
		assert_int_equal(v->cursor.row, c.cursor_row);
		assert_int_equal(v->cursor.col, c.cursor_col);
	}
	canvas_release(&c);
}

static void check_row(struct vt *v, int row, const char *want)
{
	struct str text = STR_INIT;

	vt_row(v, row, &text);
	assert_slice_is(str_slice(&text), want);
	str_release(&text);
}

static void paints_on(const char *terminal, int colours)
{
	struct vt v;

	vt_start(&v, terminal, 24, 80, scenario_paint);
	vt_wait(&v, "sample");
	check_screen(&v, colours, draw_sample);
	check_row(&v, 2, "\u241B[31mnot red\u241B[0m <U+202E><FF>");
	/* The marks that one cell has no room for are left out, and what follows is in its
	 * place. */
	check_row(&v, 4, "\u00E0\u0301\u0302\u0303\u0304b");
	vt_wait(&v, "change");
	check_screen(&v, colours, draw_change);
	vt_wait(&v, "nothing");
	check_screen(&v, colours, draw_nothing);
	vt_wait(&v, "again");
	check_screen(&v, colours, draw_sample);
	assert_int_equal(vt_finish(&v), 0);
	vt_release(&v);
}

static void a_canvas_looks_the_same_on_a_terminal_of_256_colours(void **state)
{
	(void)state;
	paints_on("xterm-256color", 256);
}

static void and_on_one_of_8(void **state)
{
	(void)state;
	paints_on("xterm", 8);
}

static void and_on_one_without_colours(void **state)
{
	(void)state;
	paints_on("vt100", 0);
}

/* ---- Many pictures, each much like the one before ---- */

#define PICTURES 300

/* A row is drawn as `what` says: another thing for each number, wide, marked, coloured, empty.
 */
static void draw_row_of(struct canvas *c, int row, unsigned what)
{
	static const char *const texts[] = {"plain text",
					    "d\u00E9cide e\u0301t\u0302e",
					    "\u7814\u7A76\u7EC4 wide",
					    "\u05D0\u05D1 a\u0300b",
					    "[one / two]",
					    ""};
	const char *text = texts[what % 6];
	int col = (int)(what / 6 % 40);

	canvas_text(c, row, col, what % STYLES, text);
	if (what % 5 == 0)
		canvas_text(c, row, c->cols - 3, STYLE_TEXT | STYLE_SELECTED, "end");
	if (what % 7 == 0)
		canvas_hline(c, row, 40, 12, STYLE_RULE);
}

struct rows_drawn {
	unsigned what[64];
	struct strip strips[64];
	int over; /* the row over which a prompt lies; -1: none */
};

/* The next picture changes a row or two; those that stay are put as they were. */
static void draw_next(struct prng *r, struct rows_drawn *was, struct canvas *c)
{
	canvas_begin(c);
	for (int row = 0; row < c->rows; row++) {
		bool other = prng_one_in(r, 10);

		if (other) {
			was->what[row] = (unsigned)prng_below(r, 4000);
			was->strips[row].number = 0;
		}
		if (was->strips[row].number) {
			canvas_put_strip(c, row, 0, &was->strips[row]);
			continue;
		}
		draw_row_of(c, row, was->what[row]);
		canvas_keep(c, row, 0, c->cols, &was->strips[row]);
	}
	was->over = prng_one_in(r, 3) ? (int)prng_below(r, 24) : -1;
	canvas_text(c, was->over, 3, STYLE_ACCENT, "asked");
	canvas_cursor(c, (int)prng_below(r, 24), (int)prng_below(r, 80), CURSOR_BLOCK);
	canvas_end(c);
}

static void release_rows(struct rows_drawn *was)
{
	for (size_t i = 0; i < 64; i++)
		strip_release(&was->strips[i]);
}

static void scenario_pictures(void)
{
	struct prng r = prng_make(11);
	struct rows_drawn was = {{0}, {{NULL, 0, 0, 0}}, -1};
	struct canvas c;

	start_or_die(&(struct term_options){.bidi = TERM_BIDI_OFF});
	canvas_init(&c, 24, 80);
	for (int i = 0; i < PICTURES; i++) {
		draw_next(&r, &was, &c);
		term_paint(&c);
	}
	release_rows(&was);
	vt_say("pictures");
	canvas_release(&c);
	term_stop();
}

/* The same, but only the last one, whole. */
static void draw_last_picture(struct canvas *c)
{
	struct prng r = prng_make(11);
	struct rows_drawn was = {{0}, {{NULL, 0, 0, 0}}, -1};
	struct canvas scratch;

	canvas_init(&scratch, 24, 80);
	for (int i = 0; i < PICTURES; i++)
		draw_next(&r, &was, &scratch);
	for (int row = 0; row < c->rows; row++)
		draw_row_of(c, row, was.what[row]);
	canvas_text(c, was.over, 3, STYLE_ACCENT, "asked");
	canvas_cursor(c, scratch.cursor_row, scratch.cursor_col, CURSOR_BLOCK);
	canvas_release(&scratch);
	release_rows(&was);
}

static void many_pictures_end_as_the_last_one(void **state)
{
	static const struct {
		const char *terminal;
		int colours;
	} on[] = {{"xterm-256color", 256}, {"xterm", 8}, {"vt100", 0}};

	(void)state;
	for (size_t i = 0; i < sizeof on / sizeof *on; i++) {
		struct vt v;

		vt_start(&v, on[i].terminal, 24, 80, scenario_pictures);
		vt_wait(&v, "pictures");
		check_screen(&v, on[i].colours, draw_last_picture);
		assert_int_equal(vt_finish(&v), 0);
		vt_release(&v);
	}
}

static void scenario_same_picture(void)
{
	start_or_die(&(struct term_options){.bidi = TERM_BIDI_OFF});
	paint(draw_sample);
	vt_say("once");
	paint(draw_sample);
	vt_say("twice");
	term_stop();
}

static void a_picture_that_is_there_is_not_sent_again(void **state)
{
	struct vt v;

	(void)state;
	vt_start(&v, "xterm-256color", 24, 80, scenario_same_picture);
	vt_wait(&v, "once");
	size_t once = v.fed;
	vt_wait(&v, "twice");
	assert_int_equal(v.fed - once, strlen("\x1b]2;twice\a"));
	assert_int_equal(vt_finish(&v), 0);
	vt_release(&v);
}

static void an_unknown_terminal_is_taken_for_an_xterm(void **state)
{
	(void)state;
	paints_on("nobody-has-heard-of-it", 256);
}

/* ---- Giving it back ---- */

static void check_given_back(struct vt *v)
{
	assert_false(v->alternate);
	assert_true(v->cursor_visible);
	assert_int_equal(v->mouse, VTERM_PROP_MOUSE_NONE);
	assert_true(vt_sent(v, "\x1b[?2004h") && vt_sent(v, "\x1b[?2004l"));
	assert_true(vt_sent(v, "\x1b[8l") && vt_sent(v, "\x1b[8h"));
}

static void say_mode(const struct termios *before)
{
	struct termios now;

	tcgetattr(STDIN_FILENO, &now);
	vt_say(now.c_lflag == before->c_lflag && now.c_iflag == before->c_iflag &&
			       now.c_oflag == before->c_oflag
		       ? "same mode"
		       : "another mode");
}

static void scenario_stop(void)
{
	struct termios before;

	tcgetattr(STDIN_FILENO, &before);
	start_or_die(&(struct term_options){.bidi = TERM_BIDI_ADREF, .mouse = true});
	paint(draw_sample);
	vt_say("painted");
	term_stop();
	term_stop();
	say_mode(&before);
}

static void stopping_gives_the_terminal_back(void **state)
{
	struct vt v;

	(void)state;
	vt_start(&v, "xterm-256color", 24, 80, scenario_stop);
	vt_wait(&v, "painted");
	assert_true(v.alternate);
	assert_true(v.mouse != VTERM_PROP_MOUSE_NONE);
	vt_wait(&v, "same mode");
	check_given_back(&v);
	assert_int_equal(vt_finish(&v), 0);
	vt_release(&v);
}

static void scenario_exit(void)
{
	start_or_die(&(struct term_options){.bidi = TERM_BIDI_ADREF, .mouse = true});
	paint(draw_sample);
	exit(0); /* without term_stop() */
}

static void leaving_by_exit_gives_it_back_too(void **state)
{
	struct vt v;

	(void)state;
	vt_start(&v, "xterm-256color", 24, 80, scenario_exit);
	vt_finish(&v);
	check_given_back(&v);
	vt_release(&v);
}

/* The parent of the one that crashes looks at the terminal afterwards. */
static void scenario_crash(void)
{
	struct termios before;
	int status;
	pid_t child;

	tcgetattr(STDIN_FILENO, &before);
	child = fork();
	if (child == 0) {
		start_or_die(&(struct term_options){.bidi = TERM_BIDI_ADREF, .mouse = true});
		paint(draw_sample);
		abort();
	}
	waitpid(child, &status, 0);
	if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGABRT)
		vt_say("it did not die of it");
	say_mode(&before);
}

static void a_crash_gives_it_back_and_still_is_one(void **state)
{
	struct vt v;

	(void)state;
	vt_start(&v, "xterm-256color", 24, 80, scenario_crash);
	vt_wait(&v, "same mode");
	check_given_back(&v);
	vt_finish(&v);
	vt_release(&v);
}

static void scenario_lend(void)
{
	struct termios before;
	struct error err = ERROR_INIT;

	tcgetattr(STDIN_FILENO, &before);
	start_or_die(&(struct term_options){.bidi = TERM_BIDI_ADREF, .mouse = true});
	paint(draw_sample);
	term_leave();
	say_mode(&before);
	if (term_enter(&err) < 0)
		vt_say(err.text);
	paint(draw_change);
	vt_say("back");
	term_stop();
}

static void another_program_can_have_it_for_a_while(void **state)
{
	struct vt v;

	(void)state;
	vt_start(&v, "xterm-256color", 24, 80, scenario_lend);
	vt_wait(&v, "same mode");
	assert_false(v.alternate);
	assert_int_equal(v.mouse, VTERM_PROP_MOUSE_NONE);
	vt_wait(&v, "back");
	assert_true(v.alternate);
	check_screen(&v, 256, draw_change);
	vt_finish(&v);
	check_given_back(&v);
	vt_release(&v);
}

/* ---- Events ---- */

/* Says each event's name, "q" ends. */
static void scenario_keys(void)
{
	struct error err = ERROR_INIT;
	struct key key;

	start_or_die(&(struct term_options){.bidi = TERM_BIDI_OFF});
	paint(draw_sample);
	vt_say("ready");
	for (;;) {
		char buf[KEY_WORD_SIZE], line[200];
		int rows, cols, got = term_read(&key, -1, -1, &err);

		if (got < 0) {
			vt_say(err.text);
			break;
		}
		if (got == 0) {
			vt_say(term_signals() & TERM_END ? "end" : "nothing");
			break;
		}
		term_size(&rows, &cols);
		if (key.code == KEY_RESIZED) {
			paint(draw_sample);
			snprintf(line, sizeof line, "size %dx%d", cols, rows);
		} else if (key.code == KEY_PASTE) {
			snprintf(line, sizeof line, "paste %zu", key.text.len);
		} else if (key.code == KEY_POINTER) {
			snprintf(line, sizeof line, "mouse %d,%d clicks %d", key.pointer.row,
				 key.pointer.col, key.pointer.clicks);
		} else {
			snprintf(line, sizeof line, "key %s", key_word(key.code, buf));
		}
		vt_say(line);
		if (key.code == 'q')
			break;
	}
	term_stop();
}

static void keys_mouse_and_pastes_come_as_events(void **state)
{
	static const struct {
		const char *bytes, *want;
	} cases[] = {
		{"a", "key a"},
		{"\x1b[1;5C", "key Ctrl-Right"},
		{"\x1bOP", "key F1"},
		{"\x1b", "key Esc"},
		{"\x13", "key ^S"},
		{"\x03", "key ^C"},
		{"\x1a", "key ^Z"},
		{"\x11", "key ^Q"},
		{"\u7814", "key \u7814"},
		{"\x1b[200~one\rtwo\x1b[201~", "paste 7"},
		{"\x1b[<0;5;3M", "mouse 2,4 clicks 1"},
		{"\x1b[<0;5;3M", "mouse 2,4 clicks 2"},
		{"\x1b[I", "key Focus-in"},
		{"q", "key q"},
	};
	struct vt v;

	(void)state;
	vt_start(&v, "xterm-256color", 24, 80, scenario_keys);
	vt_wait(&v, "ready");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		vt_send(&v, cases[i].bytes, strlen(cases[i].bytes));
		vt_wait(&v, cases[i].want);
	}
	assert_int_equal(vt_finish(&v), 0);
	vt_release(&v);
}

static void a_resize_is_an_event_and_is_painted_anew(void **state)
{
	struct winsize size = {.ws_row = 30, .ws_col = 100};
	struct vt v;

	(void)state;
	vt_start(&v, "xterm-256color", 24, 80, scenario_keys);
	vt_wait(&v, "ready");
	vterm_set_size(v.vt, 30, 100);
	ioctl(v.master, TIOCSWINSZ, &size);
	vt_wait(&v, "size 100x30");
	check_screen(&v, 256, draw_sample);
	size.ws_row = 10;
	size.ws_col = 40;
	vterm_set_size(v.vt, 10, 40);
	ioctl(v.master, TIOCSWINSZ, &size);
	vt_wait(&v, "size 40x10");
	check_screen(&v, 256, draw_sample);
	vt_send(&v, "q", 1);
	vt_finish(&v);
	vt_release(&v);
}

static void asked_to_end_it_ends_in_good_order(void **state)
{
	static const int asks[] = {SIGTERM, SIGHUP, SIGINT};

	(void)state;
	for (int i = 0; i < 3; i++) {
		struct vt v;

		vt_start(&v, "xterm-256color", 24, 80, scenario_keys);
		vt_wait(&v, "ready");
		kill(v.child, asks[i]);
		vt_wait(&v, "end");
		assert_int_equal(vt_finish(&v), 0);
		assert_false(v.alternate);
		vt_release(&v);
	}
}

static void suspend(void)
{
	start_or_die(&(struct term_options){.bidi = TERM_BIDI_ADREF});
	paint(draw_sample);
	term_suspend();
	paint(draw_change);
	vt_say("resumed");
	term_stop();
}

/* A small shell: it runs one job in the foreground, and brings it back once it stopped. */
static void scenario_suspend(void)
{
	struct termios before;
	int status;
	pid_t job;

	signal(SIGTTOU, SIG_IGN);
	tcgetattr(STDIN_FILENO, &before);
	job = fork();
	if (job == 0) {
		setpgid(0, 0);
		tcsetpgrp(STDIN_FILENO, getpid());
		suspend();
		_exit(0);
	}
	setpgid(job, job);
	if (waitpid(job, &status, WUNTRACED) != job || !WIFSTOPPED(status))
		vt_say("it did not stop");
	tcsetpgrp(STDIN_FILENO, getpgrp());
	say_mode(&before);
	tcsetpgrp(STDIN_FILENO, job);
	kill(job, SIGCONT);
	waitpid(job, &status, 0);
}

static void suspending_stops_it_and_fg_brings_it_back(void **state)
{
	struct vt v;

	(void)state;
	vt_start(&v, "xterm-256color", 24, 80, scenario_suspend);
	vt_wait(&v, "same mode");
	assert_false(v.alternate);
	vt_wait(&v, "resumed");
	assert_true(v.alternate);
	check_screen(&v, 256, draw_change);
	assert_int_equal(vt_finish(&v), 0);
	vt_release(&v);
}

static void scenario_copy(void)
{
	struct str big = STR_INIT;

	start_or_die(&(struct term_options){.bidi = TERM_BIDI_TERMINAL});
	if (!term_copy(SLICE("l\xC3\xA9gat")))
		vt_say("not copied");
	for (int i = 0; i < TERM_COPY_MOST + 1; i++)
		str_add_char(&big, 'x');
	vt_say(term_copy(str_slice(&big)) ? "copied too much" : "copied");
	str_release(&big);
	term_stop();
}

static void copying_goes_through_osc_52(void **state)
{
	struct vt v;

	(void)state;
	vt_start(&v, "xterm-256color", 24, 80, scenario_copy);
	vt_wait(&v, "copied");
	assert_true(vt_sent(&v, "\x1b]52;c;bMOpZ2F0\a"));
	assert_false(vt_sent(&v, "\x1b[8l")); /* the terminal keeps its own bidi */
	vt_finish(&v);
	vt_release(&v);
}

static void scenario_refused(void)
{
	struct error err = ERROR_INIT;

	if (term_start(&(struct term_options){.mouse = true}, &err) == 0) {
		term_stop();
		vt_say("started");
	} else {
		vt_say(err.text);
	}
}

static void a_terminal_that_cannot_be_drawn_on_is_refused_in_words(void **state)
{
	struct vt v;

	(void)state;
	vt_start(&v, "dumb", 24, 80, scenario_refused);
	vt_finish(&v);
	assert_true(vt_sent(&v, "TERM is \"dumb\""));
	assert_false(vt_sent(&v, "\x1b[?"));
	vt_release(&v);
}

static void draw_many(struct canvas *c)
{
	struct prng r = prng_make(23);

	for (int i = 0; i < 200; i++) {
		struct str text = STR_INIT;

		random_text(&r, &text, 10);
		canvas_put(c, (int)prng_below(&r, (size_t)c->rows),
			   (int)prng_below(&r, (size_t)c->cols), -1,
			   (uint32_t)prng_below(&r, STYLES), text.p, text.len);
		str_release(&text);
	}
	/* libvterm 0.1 has marks after the last column's base in the next row. */
	canvas_fill(c, (struct area){0, c->cols - 1, c->rows, 1}, STYLE_TEXT);
}

static void scenario_many(void)
{
	start_or_die(&(struct term_options){.bidi = TERM_BIDI_ADREF});
	paint(draw_many);
	vt_say("many");
	term_stop();
}

static void random_text_in_many_scripts_stays_in_its_columns(void **state)
{
	struct vt v;

	(void)state;
	vt_start(&v, "xterm-256color", 40, 120, scenario_many);
	vt_wait(&v, "many");
	check_screen(&v, 256, draw_many);
	vt_finish(&v);
	vt_release(&v);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_canvas_looks_the_same_on_a_terminal_of_256_colours),
		cmocka_unit_test(and_on_one_of_8),
		cmocka_unit_test(and_on_one_without_colours),
		cmocka_unit_test(many_pictures_end_as_the_last_one),
		cmocka_unit_test(a_picture_that_is_there_is_not_sent_again),
		cmocka_unit_test(an_unknown_terminal_is_taken_for_an_xterm),
		cmocka_unit_test(stopping_gives_the_terminal_back),
		cmocka_unit_test(leaving_by_exit_gives_it_back_too),
		cmocka_unit_test(a_crash_gives_it_back_and_still_is_one),
		cmocka_unit_test(another_program_can_have_it_for_a_while),
		cmocka_unit_test(keys_mouse_and_pastes_come_as_events),
		cmocka_unit_test(a_resize_is_an_event_and_is_painted_anew),
		cmocka_unit_test(asked_to_end_it_ends_in_good_order),
		cmocka_unit_test(suspending_stops_it_and_fg_brings_it_back),
		cmocka_unit_test(copying_goes_through_osc_52),
		cmocka_unit_test(a_terminal_that_cannot_be_drawn_on_is_refused_in_words),
		cmocka_unit_test(random_text_in_many_scripts_stays_in_its_columns),
	};

	return cmocka_run_group_tests_name("term", tests, NULL, NULL);
}
