/* SPDX-License-Identifier: MIT */
#include "term_inner.h"

#include "ui/input.h"
#include "ui/tr.h"

/* What the terminal says: keys, and what the system has to tell of it. */

#define CLICK_MS 400 /* between the presses of a double click */

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

void term_note_signals(void)
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

static bool own_event(struct key *key)
{
	if (term.resumed) {
		term.resumed = false;
		term_come_back();
		*key = key_of(KEY_RESUMED);
		return true;
	}
	if (term.resized) {
		term.resized = false;
		term_take_size();
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

		term_note_signals();
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
			term_note_signals();
			return next_event(quiet, key) ? 1 : 0;
		}
	}
}

bool term_next(struct key *key)
{
	term_note_signals();
	return !term.signals && next_event(false, key);
}

unsigned term_signals(void)
{
	unsigned seen;

	term_note_signals();
	seen = term.signals;
	term.signals = 0;
	return seen;
}
