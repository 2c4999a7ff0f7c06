/* SPDX-License-Identifier: MIT */
#include "term_inner.h"

#include "core/mem.h"
#include "ui/input.h"
#include "ui/tr.h"

#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Modes beyond terminfo: what is switched on, and off again. */
#define PASTE_ON  "\x1b[?2004h"
#define PASTE_OFF "\x1b[?2004l"
#define FOCUS_ON  "\x1b[?1004h"
#define FOCUS_OFF "\x1b[?1004l"
#define MOUSE_ON  "\x1b[?1000h\x1b[?1002h\x1b[?1006h"
#define MOUSE_OFF "\x1b[?1006l\x1b[?1002l\x1b[?1000l"
/* ECMA-48 BDSM, as terminal-wg's bidi recommendation has it: explicit, and back to implicit. */
#define BIDI_OURS   "\x1b[8l"
#define BIDI_THEIRS "\x1b[8h"

struct term_state term;

/* ---- Start and stop ---- */

static bool is_utf8(void)
{
	return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

/* Terminals speak UTF-8 today, also where nobody told the locale (a bare container, ssh). */
static bool use_utf8(void)
{
	static const char *const locales[] = {"", "C.UTF-8", "C.utf8", "en_US.UTF-8",
					      "POSIX.UTF-8"};

	if (is_utf8())
		return true;
	for (size_t i = 0; i < sizeof locales / sizeof *locales; i++)
		if (setlocale(LC_CTYPE, locales[i]) && is_utf8())
			return true;
	setlocale(LC_CTYPE, "");
	return false;
}

const char *term_capability(const char *name)
{
	char *value = tigetstr(name);

	return value == (char *)-1 ? NULL : value;
}

static const char *terminal_name(void)
{
	const char *name = getenv("TERM");

	return name ? name : "";
}

/* A terminal without an entry of its own is most likely like xterm. */
static SCREEN *open_screen(FILE *out, FILE *in)
{
	const char *name = terminal_name();
	SCREEN *screen;

	if (!*name || strcmp(name, "dumb") == 0 || strcmp(name, "unknown") == 0)
		return NULL;
	screen = newterm(NULL, out, in);
	if (!screen)
		screen = newterm("xterm-256color", out, in);
	if (!screen)
		screen = newterm("xterm", out, in);
	if (!screen)
		screen = newterm("vt100", out, in);
	return screen;
}

static void learn_keys(void)
{
	static const struct {
		const char *name;
		uint32_t code;
	} keys[] = {
		{"kcuu1", KEY_ARROW_UP},       {"kcud1", KEY_ARROW_DOWN},
		{"kcub1", KEY_ARROW_LEFT},     {"kcuf1", KEY_ARROW_RIGHT},
		{"khome", KEY_LINE_HOME},      {"kend", KEY_LINE_END},
		{"kpp", KEY_PAGE_UP},          {"knp", KEY_PAGE_DOWN},
		{"kich1", KEY_INSERT},         {"kdch1", KEY_DELETE},
		{"kcbt", KEY_SHIFT | KEY_TAB},
	};
	char name[8];

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		const char *value = term_capability(keys[i].name);

		if (value)
			input_add(term.input, value, keys[i].code);
	}
	/* Beyond F12 terminals list F-keys with Shift and the like. */
	for (unsigned n = 1; n <= 12; n++) {
		const char *value;

		snprintf(name, sizeof name, "kf%u", n);
		value = term_capability(name);
		if (value)
			input_add(term.input, value, FN_KEY(n));
	}
	if (tty_erases_with_ctrl_h(&term.tty))
		input_add(term.input, "\b", KEY_ERASE);
}

static void modes_on(void)
{
	if (!term.modern)
		return;
	tty_write_text(&term.tty, PASTE_ON FOCUS_ON);
	if (term.options.mouse)
		tty_write_text(&term.tty, MOUSE_ON);
	if (term.options.bidi == TERM_BIDI_ADREF)
		tty_write_text(&term.tty, BIDI_OURS);
}

/* Needs no memory: this runs when there is none left as well. */
static void modes_off(void)
{
	tty_write(&term.tty, term.farewell.p, term.modes_len);
	term.shape = UINT8_MAX;
}

/* Everything that a crash has to undo, ready before one can happen; our own modes go first. */
static void prepare_farewell(void)
{
	static const char *const names[] = {"sgr0", "rmacs", "rmkx", "cnorm", "rmcup"};
	struct str *out = &term.farewell;

	str_clear(out);
	if (term.modern) {
		str_add_text(out, MOUSE_OFF FOCUS_OFF PASTE_OFF);
		if (term.options.bidi == TERM_BIDI_ADREF)
			str_add_text(out, BIDI_THEIRS);
		if (term_capability("Se"))
			str_add_text(out, term_capability("Se"));
	}
	term.modes_len = out->len;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (term_capability(names[i]))
			str_add_text(out, term_capability(names[i]));
	str_add_text(out, "\r\n");
}

static void choose_colours(void)
{
	int colours = has_colors() ? tigetnum("colors") : 0;

	/* With direct colour, numbers beyond the first eight are no palette. */
	if (colours > 256)
		colours = 8;
	if (term.options.colours && colours > term.options.colours)
		colours = term.options.colours;
	term.theme = theme_make(colours, term.options.no_colour);
	term.default_colours = false;
	if (term.theme.depth != THEME_MONO) {
		start_color();
		term.default_colours = use_default_colors() == OK;
	}
	term.n_pairs = 0;
	term_direct_choose();
}

static void set_up_curses(void)
{
	set_escdelay(ESCAPE_MS);
	raw();
	noecho();
	nonl();
	meta(stdscr, TRUE);
	keypad(stdscr, TRUE);
	typeahead(-1);
	scrollok(stdscr, FALSE);
	leaveok(stdscr, FALSE);
	choose_colours();
	curs_set(1);
}

void term_take_size(void)
{
	int rows, cols;

	if (tty_size(&term.tty, &rows, &cols) && (rows != LINES || cols != COLS))
		resize_term(rows, cols);
}

int term_start(const struct term_options *options, struct error *err)
{
	static bool at_exit;
	const char *cup;
	int status;

	if (term.started)
		return 0;
	term.options = *options;
	status = tty_open(&term.tty, err);
	if (status < 0)
		return status;
	term.started = true;
	term.utf8 = use_utf8();
	term.in = fdopen(fcntl(term.tty.in, F_DUPFD_CLOEXEC, 3), "r");
	term.out = fdopen(fcntl(term.tty.out, F_DUPFD_CLOEXEC, 3), "w");
	str_init(&term.farewell);
	str_init(&term.out_bytes);
	term.modes_len = 0;
	/* Before newterm(), which leaves signals alone that somebody takes. */
	tty_signals_take(&term.tty);
	use_env(TRUE);
	use_tioctl(TRUE);
	term.screen = term.in && term.out ? open_screen(term.out, term.in) : NULL;
	cup = term.screen ? term_capability("cup") : NULL;
	if (!cup) {
		term_stop();
		return error_set(
			err, ST_FAIL,
			_("TERM is \"%s\", a terminal that cannot be drawn on; set TERM to the "
			  "terminal's name, for example xterm-256color"),
			terminal_name());
	}
	term.modern = strncmp(cup, "\x1b[", 2) == 0;
	term.input = input_new();
	term.buffer = mem_alloc(READ_AT_ONCE);
	canvas_init(&term.shown, 0, 0);
	term.known = false;
	term.shape = UINT8_MAX;
	set_up_curses();
	term_take_size();
	learn_keys();
	prepare_farewell();
	tty_farewell(term.farewell.p, term.farewell.len);
	modes_on();
	if (!at_exit)
		at_exit = atexit(term_stop) == 0;
	return 0;
}

void term_stop(void)
{
	if (!term.started)
		return;
	term.started = false;
	if (term.screen) {
		if (!term.lent)
			modes_off();
		if (!isendwin())
			endwin();
		delscreen(term.screen);
	}
	tty_signals_restore();
	term.screen = NULL;
	term.lent = false;
	if (term.in)
		fclose(term.in);
	if (term.out)
		fclose(term.out);
	term.in = term.out = NULL;
	tty_close(&term.tty);
	input_free(term.input);
	term.input = NULL;
	free(term.buffer);
	term.buffer = NULL;
	str_release(&term.farewell);
	str_release(&term.out_bytes);
	canvas_release(&term.shown);
}

void term_change(const struct term_options *options)
{
	if (!term.started)
		return;
	if (!term.lent)
		modes_off();
	term.options = *options;
	prepare_farewell();
	tty_farewell(term.farewell.p, term.farewell.len);
	choose_colours();
	if (!term.lent)
		modes_on();
	term.known = false;
}

bool term_started(void)
{
	return term.started;
}

void term_size(int *rows, int *cols)
{
	*rows = LINES;
	*cols = COLS;
}

void term_forget(void)
{
	term.known = false;
}

/* ---- Giving the terminal away for a while ---- */

void term_come_back(void)
{
	if (!term.lent) {
		endwin();
		erase(); /* what curses painted last was another screen */
		refresh();
		modes_on();
	}
	term_take_size();
	term_forget();
}

void term_leave(void)
{
	if (!term.started || term.lent)
		return;
	term.lent = true;
	tty_lend(true);
	modes_off();
	endwin();
}

int term_enter(struct error *err)
{
	if (!term.started)
		return error_set(err, ST_FAIL, _("the terminal is gone"));
	if (!term.lent)
		return 0;
	term.lent = false;
	tty_lend(false);
	erase();   /* what curses painted last was another screen */
	refresh(); /* after endwin(), this takes the terminal again */
	modes_on();
	term_take_size();
	term_forget();
	term.resized = term.resumed = false;
	return 0;
}

void term_suspend(void)
{
	struct error err = ERROR_INIT;

	if (!term.started)
		return;
	term_leave();
	tty_stop_self();
	term_note_signals();
	if (term_enter(&err) == 0)
		term.signals &= ~TERM_SUSPEND;
}

void term_mouse(bool on)
{
	term.options.mouse = on;
	if (term.started && term.modern && !term.lent)
		tty_write_text(&term.tty, on ? MOUSE_ON : MOUSE_OFF);
}

bool term_copy(struct slice text)
{
	struct str out = STR_INIT;

	if (!term.started || !term.modern || text.len > TERM_COPY_MOST)
		return false;
	str_add_text(&out, "\x1b]52;c;");
	tty_base64(&out, text.p, text.len);
	str_add_char(&out, '\a');
	tty_write(&term.tty, out.p, out.len);
	str_release(&out);
	return true;
}

void term_library_version(struct str *out)
{
	const char *text = curses_version();

	str_add_text(out, strncmp(text, "ncurses ", 8) == 0 ? text + 8 : text);
}
