/* SPDX-License-Identifier: MIT */
#ifndef UI_TERM_H
#define UI_TERM_H

#include "core/error.h"
#include "core/str.h"
#include "ui/canvas.h"
#include "ui/key.h"
#include "ui/theme.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * The terminal: the only module that knows curses. It paints canvases, reads
 * events, and gives the terminal back as it found it, on every way out. One
 * terminal a process (its handle is the module's own). Keys are read as bytes and
 * made into events by ui/input, so that a paste of 64 MB is one event and Esc is quick.
 */

enum term_bidi {
	TERM_BIDI_ADREF,    /* we put letters in order; the terminal is told not to */
	TERM_BIDI_TERMINAL, /* the terminal does */
	TERM_BIDI_OFF       /* nobody does: letters stand in the order of the text */
};

struct term_options {
	enum term_bidi bidi;
	bool no_colour; /* NO_COLOR, or the setting */
	int colours;    /* use no more than these; 0: as many as the terminal has */
	bool mouse;     /* tell us about the mouse from the start */
};

/*
 * Takes over the terminal: standard input and output where they are one, else
 * the controlling terminal. Sets LC_CTYPE to a UTF-8 locale where it is not.
 * Fails (ST_FAIL) where there is no terminal or none that can move the cursor.
 */
int term_start(const struct term_options *options, struct error *err)
	__attribute__((warn_unused_result));
/* Gives it back. Harmless when not started, twice, and from mem's die hook. */
void term_stop(void);
bool term_started(void);
/* Other options from now on: who orders letters, colours, the mouse. The next paint sends
 * everything. */
void term_change(const struct term_options *options);

void term_size(int *rows, int *cols);
/* Paints what changed since the last paint, and puts the cursor. */
void term_paint(const struct canvas *c);
/* Forgets what is on the screen: the next paint sends everything. */
void term_forget(void);

/*
 * Waits up to timeout_ms (negative: for ever; 0: not at all) for an event, or for
 * extra_fd (negative: none) to be readable. Returns 1 with *key filled (its
 * text is valid until the next call), 0 when time is up or extra_fd is
 * readable or a signal came, ST_FAIL when the terminal is gone.
 */
int term_read(struct key *key, int timeout_ms, int extra_fd, struct error *err)
	__attribute__((warn_unused_result));

/* The next event of those that have been read from the terminal already; false: none. */
bool term_next(struct key *key);

/* Signals seen since the last call: TERM_ flags. SIGTERM, SIGHUP and SIGINT ask to end. */
#define TERM_END     0x1u
#define TERM_SUSPEND 0x2u /* SIGTSTP from outside: the caller calls term_suspend() */
unsigned term_signals(void);

/* Gives the terminal back, stops the process, and takes the terminal again after fg. */
void term_suspend(void);
/* Gives the terminal to another program, and takes it back. */
void term_leave(void);
int term_enter(struct error *err) __attribute__((warn_unused_result));

void term_mouse(bool on);
/* Puts the bytes on the terminal's clipboard (OSC 52). False where they are too many for that:
 * over TERM_COPY_MOST bytes terminals refuse. */
#define TERM_COPY_MOST 74994
bool term_copy(struct slice text);

/* Appends the version of the library behind it. */
void term_library_version(struct str *out);

#endif
