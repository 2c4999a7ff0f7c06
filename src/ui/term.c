/* SPDX-License-Identifier: MIT */
#include "ui/term.h"

#include "core/mem.h"
#include "ui/input.h"
#include "ui/tr.h"
#include "ui/tty.h"
#include "ui/unit.h"

#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include <curses.h>
#include <term.h>
/* Macros of term.h that are common words. */
#undef lines
#undef columns

#define ESCAPE_MS    25  /* an Esc that stands alone so long is the Esc key */
#define CLICK_MS     400 /* between the presses of a double click */
#define READ_AT_ONCE 65536
#define RUN          128 /* cells given to curses at once */
#define PAIRS        64  /* combinations of colours a theme can have */

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

/* One terminal a process: curses has no other way. */
static struct {
	SCREEN *screen;
	FILE *in, *out;
	struct tty tty;
	struct theme theme;
	struct term_options options;
	struct input *input;
	struct str farewell; /* what gives the terminal back after a crash */
	size_t modes_len;    /* bytes at its start that switch our modes off */
	struct canvas shown; /* what was painted last */
	char *buffer;
	bool started, known, utf8, modern, lent, default_colours, resized, resumed;
	uint8_t shape; /* of the cursor, as last sent */
	struct {
		short fg, bg;
	} pairs[PAIRS];
	int n_pairs;
	struct {
		int64_t time;
		int row, col, button, clicks;
	} press;
	unsigned signals;
} term;

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

static const char *capability(const char *name)
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
		const char *value = capability(keys[i].name);

		if (value)
			input_add(term.input, value, keys[i].code);
	}
	/* Beyond F12 terminals list F-keys with Shift and the like. */
	for (unsigned n = 1; n <= 12; n++) {
		const char *value;

		snprintf(name, sizeof name, "kf%u", n);
		value = capability(name);
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
		if (capability("Se"))
			str_add_text(out, capability("Se"));
	}
	term.modes_len = out->len;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (capability(names[i]))
			str_add_text(out, capability(names[i]));
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

/* The size the terminal has, whatever LINES and COLUMNS in the environment say. */
static void take_size(void)
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
	term.modes_len = 0;
	/* Before newterm(), which leaves signals alone that somebody takes. */
	tty_signals_take(&term.tty);
	use_env(TRUE);
	use_tioctl(TRUE);
	term.screen = term.in && term.out ? open_screen(term.out, term.in) : NULL;
	cup = term.screen ? capability("cup") : NULL;
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
	take_size();
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

const struct theme *term_theme(void)
{
	return &term.theme;
}

void term_forget(void)
{
	term.known = false;
}

/* ---- Painting ---- */

static short pair_of(int fg, int bg)
{
	short f = (short)fg, b = (short)bg;

	if (term.theme.depth == THEME_MONO || (fg < 0 && bg < 0))
		return 0;
	if (!term.default_colours) {
		f = f < 0 ? COLOR_WHITE : f;
		b = b < 0 ? COLOR_BLACK : b;
	}
	for (int i = 0; i < term.n_pairs; i++)
		if (term.pairs[i].fg == f && term.pairs[i].bg == b)
			return (short)(i + 1);
	if (term.n_pairs == PAIRS || term.n_pairs + 1 >= COLOR_PAIRS ||
	    init_pair((short)(term.n_pairs + 1), f, b) == ERR)
		return 0;
	term.pairs[term.n_pairs].fg = f;
	term.pairs[term.n_pairs].bg = b;
	return (short)++term.n_pairs;
}

static attr_t attributes_of(uint16_t look)
{
	attr_t attributes = A_NORMAL;

	if (look & LOOK_BOLD)
		attributes |= A_BOLD;
	if (look & LOOK_DIM)
		attributes |= A_DIM;
	if (look & LOOK_UNDERLINE)
		attributes |= A_UNDERLINE;
	if (look & LOOK_REVERSE)
		attributes |= A_REVERSE;
	if (look & LOOK_ITALIC)
		attributes |= capability("sitm") ? A_ITALIC : A_DIM;
	return attributes;
}

struct pen {
	attr_t attributes;
	short pair;
};

static struct pen pen_of(uint32_t style)
{
	struct look look = theme_look(&term.theme, style);

	return (struct pen){attributes_of(look.attrs), pair_of(look.fg, look.bg)};
}

/* Cells that are put in one call: a call a cell took most of a page's time. */
struct run {
	cchar_t cells[RUN];
	int row, col, n;
};

static void end_run(struct run *r)
{
	if (r->n)
		mvadd_wchnstr(r->row, r->col, r->cells, r->n);
	r->col += r->n;
	r->n = 0;
}

static void put_wide(struct run *r, const wchar_t *text, int width, struct pen pen)
{
	cchar_t *cell;

	if (r->n == RUN || width > 1)
		end_run(r);
	cell = &r->cells[r->n];
	if (setcchar(cell, text, pen.attributes, pen.pair, NULL) != OK)
		setcchar(cell, width > 1 ? L"\x3000" : L" ", pen.attributes, pen.pair, NULL);
	if (width == 1) {
		r->n++;
		return;
	}
	/* Of a run, curses takes every cell for one column. In the last cell it says ERR, for
	 * it cannot go on; the cell is drawn. */
	mvadd_wch(r->row, r->col, cell);
	r->col += width;
}

static void put_glyph(struct run *r, int width, struct slice bytes, struct pen pen)
{
	struct unit units[UNITS_MOST];
	unsigned char byte = (unsigned char)*bytes.p;
	size_t n;

	if (bytes.len == 1 && width == 1 && byte >= ' ' && byte < 0x7F) {
		put_wide(r, (wchar_t[]){(wchar_t)byte, L'\0'}, 1, pen);
		return;
	}
	n = units_of_glyph(bytes, width, term.utf8, units);
	for (size_t i = 0; i < n; i++)
		put_wide(r, units[i].text, units[i].width, pen);
}

/* The glyphs with a cell in [begin, end). */
static void paint_row(const struct canvas *c, int row, int begin, int end)
{
	struct pen pen = {A_NORMAL, 0};
	uint32_t style = UINT32_MAX;
	struct run run;

	while (begin > 0 && canvas_cell(c, row, begin)->width == 0)
		begin--;
	run.row = row;
	run.col = begin;
	run.n = 0;
	for (int col = begin; col < end;) {
		const struct cell *cell = canvas_cell(c, row, col);
		int width = cell->width ? cell->width : 1;

		if (cell->style != style)
			pen = pen_of(cell->style);
		style = cell->style;
		if (cell->len)
			put_glyph(&run, width, canvas_bytes(c, cell), pen);
		else
			for (int i = 0; i < width; i++)
				put_wide(&run, L" ", 1, pen);
		col += width;
	}
	end_run(&run);
}

static void remember(const struct canvas *c)
{
	if (term.shown.rows != c->rows || term.shown.cols != c->cols)
		canvas_resize(&term.shown, c->rows, c->cols);
	memcpy(term.shown.cells, c->cells,
	       (size_t)c->rows * (size_t)c->cols * sizeof *c->cells);
	str_clear(&term.shown.bytes);
	str_add_slice(&term.shown.bytes, str_slice(&c->bytes));
}

static void show_cursor(const struct canvas *c)
{
	int row = c->cursor_row, col = c->cursor_col;
	const char *set_shape;

	if (row < 0 || col < 0) {
		row = c->rows - 1;
		col = 0;
	}
	move(row, col);
	if (c->cursor_shape == term.shape)
		return;
	term.shape = c->cursor_shape;
	set_shape = capability("Ss");
	if (set_shape && term.modern)
		tty_write_text(&term.tty,
			       tiparm(set_shape, c->cursor_shape == CURSOR_BAR ? 6 : 2));
}

/* What curses writes goes out at once; on the first paint it also speaks to the terminal. */
static void show(void)
{
	int fd = fileno(term.out);
	bool held = term.known && !isendwin() && tty_hold(&term.tty, fd);

	refresh();
	if (held)
		tty_let_go(&term.tty, fd);
}

void term_paint(const struct canvas *c)
{
	bool all = !term.known || term.shown.rows != c->rows || term.shown.cols != c->cols;

	if (!term.started || term.lent || c->rows == 0 || c->cols == 0)
		return;
	if (!term.known)
		clearok(stdscr, TRUE);
	if (all)
		erase();
	for (int row = 0; row < c->rows && row < LINES; row++) {
		int begin = 0, end = c->cols;

		if (all || canvas_differs(c, &term.shown, row, &begin, &end))
			paint_row(c, row, begin, end);
	}
	show_cursor(c);
	show();
	remember(c);
	term.known = true;
}

/* ---- Events ---- */

static void count_clicks(struct pointer *p)
{
	int64_t now = tty_clock();
	bool again = now - term.press.time <= CLICK_MS && p->row == term.press.row &&
		     p->col == term.press.col && p->button == term.press.button;

	if (p->kind != POINTER_PRESS)
		return;
	term.press.clicks = again ? term.press.clicks % 3 + 1 : 1;
	term.press.time = now;
	term.press.row = p->row;
	term.press.col = p->col;
	term.press.button = p->button;
	p->clicks = term.press.clicks;
}

static void note_signals(void)
{
	unsigned seen = tty_signals();

	if (seen & TTY_END)
		term.signals |= TERM_END;
	if (seen & TTY_STOP)
		term.signals |= TERM_SUSPEND;
	if (seen & TTY_RESIZED)
		term.resized = true;
	if (seen & TTY_RESUMED)
		term.resumed = true;
}

/* Stopped and continued by others: the shell may have changed the terminal's mode. */
static void come_back(void)
{
	if (!term.lent) {
		endwin();
		refresh();
		modes_on();
	}
	take_size();
	term_forget();
}

static bool own_event(struct key *key)
{
	if (term.resumed) {
		term.resumed = false;
		come_back();
		*key = key_of(KEY_RESUMED);
		return true;
	}
	if (term.resized) {
		term.resized = false;
		take_size();
		term_forget();
		*key = key_of(KEY_RESIZED);
		return true;
	}
	return false;
}

static bool next_event(bool quiet, struct key *key)
{
	if (own_event(key))
		return true;
	if (!input_next(term.input, quiet, key))
		return false;
	if ((key->code & KEY_BASE) == KEY_POINTER)
		count_clicks(&key->pointer);
	return true;
}

/* Milliseconds to wait for, given that an event is due at deadline (negative: never). */
static int wait_for(int64_t deadline, bool *short_wait)
{
	int64_t left = deadline < 0 ? -1 : deadline - tty_clock();

	if (deadline >= 0 && left < 0)
		left = 0;
	*short_wait = input_pending(term.input) && !input_in_paste(term.input) &&
		      (left < 0 || left > ESCAPE_MS);
	return *short_wait ? ESCAPE_MS : (int)left;
}

int term_read(struct key *key, int timeout_ms, int extra_fd, struct error *err)
{
	int64_t deadline = timeout_ms < 0 ? -1 : tty_clock() + timeout_ms;
	bool quiet = false;

	for (;;) {
		bool short_wait;
		unsigned what;
		long n;

		note_signals();
		if (term.signals)
			return 0;
		if (next_event(quiet, key))
			return 1;
		what = tty_wait(&term.tty, extra_fd, wait_for(deadline, &short_wait));
		quiet = what == 0 && input_pending(term.input);
		if (what & TTY_READABLE) {
			n = tty_read(&term.tty, term.buffer, READ_AT_ONCE);
			if (n < 0)
				what |= TTY_GONE;
			else
				input_feed(term.input, term.buffer, (size_t)n);
		}
		if (what & TTY_GONE)
			return error_set(err, ST_FAIL, _("the terminal is gone"));
		if (what & TTY_EXTRA)
			return 0;
		if (what == 0 && !short_wait) {
			note_signals();
			return next_event(quiet, key) ? 1 : 0;
		}
	}
}

unsigned term_signals(void)
{
	unsigned seen;

	note_signals();
	seen = term.signals;
	term.signals = 0;
	return seen;
}

/* ---- Giving the terminal away for a while ---- */

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
	refresh(); /* after endwin(), this takes the terminal again */
	modes_on();
	take_size();
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
	note_signals();
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

void term_bell(void)
{
	if (term.started && !term.lent)
		tty_write_text(&term.tty, "\a");
}

void term_library_version(struct str *out)
{
	const char *text = curses_version();

	str_add_text(out, strncmp(text, "ncurses ", 8) == 0 ? text + 8 : text);
}
