/* SPDX-License-Identifier: MIT */
#ifndef UI_TTY_H
#define UI_TTY_H

#include "core/error.h"
#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The terminal as a file: which descriptors, raw bytes out and in, waiting,
 * and the signals that concern it. What ui/term needs and curses has no part in.
 * One a process, for signals are.
 */

struct tty {
	int in, out;  /* our own descriptors */
	bool is_ours; /* opened as /dev/tty, not standard input and output */
};

/* Standard input and output where both are terminals, else the controlling terminal. */
int tty_open(struct tty *tty, struct error *err) __attribute__((warn_unused_result));
void tty_close(struct tty *tty);
/* Writes all of it, however long that takes; gives up where the terminal is gone: false. */
bool tty_write(const struct tty *tty, const void *p, size_t len);
void tty_write_text(const struct tty *tty, const char *text);
/* Rows and columns; false where it does not say. */
bool tty_size(const struct tty *tty, int *rows, int *cols);
/* Whether its erase key sends ^H. */
bool tty_erases_with_ctrl_h(const struct tty *tty);

#define TTY_END     0x1u /* SIGTERM, SIGHUP, SIGINT */
#define TTY_STOP    0x2u /* SIGTSTP */
#define TTY_RESUMED 0x4u /* SIGCONT */
#define TTY_RESIZED 0x8u /* SIGWINCH */

/*
 * Takes the signals, so that they only set a flag and wake tty_wait(). A crash
 * (SIGSEGV and its like) first writes the farewell to the terminal and gives it back
 * the mode that it has now. The farewell is borrowed until tty_signals_restore().
 */
void tty_signals_take(const struct tty *tty);
void tty_farewell(const char *p, size_t len);
void tty_signals_restore(void);
/* Flags seen since the last call. */
unsigned tty_signals(void);
/* While another program has the terminal, ^C is meant for that. */
void tty_lend(bool lent);
/* Stops the process (and its group) as ^Z at the shell's prompt does; returns after fg. */
void tty_stop_self(void);

#define TTY_READABLE 0x1u
#define TTY_EXTRA    0x2u
#define TTY_SIGNAL   0x4u
#define TTY_GONE     0x8u

/* Waits for input, extra_fd (negative: none), a signal, or timeout_ms (negative: for ever).
 * Returns what happened, 0: time is up. */
unsigned tty_wait(const struct tty *tty, int extra_fd, int timeout_ms);
/* Up to cap bytes that are there: -1: the terminal is gone, 0: nothing. */
long tty_read(const struct tty *tty, char *buf, size_t cap);
/* A clock that only goes forward, in milliseconds. */
int64_t tty_clock(void);

/* Appends the bytes as base64, for OSC 52. */
void tty_base64(struct str *out, const void *p, size_t len);

#endif
