/* SPDX-License-Identifier: MIT */
#ifndef UI_TERM_INNER_H
#define UI_TERM_INNER_H

#include "ui/term.h"
#include "ui/tty.h"

#include <stdint.h>
#include <stdio.h>

#include <curses.h>
#include <term.h>
/* Macros of term.h that are common words. */
#undef lines
#undef columns

/* What the files of the terminal share: term.c has it, term_events.c hears what it says,
 * term_paint.c paints on it, term_direct.c in its own words. */

#define ESCAPE_MS    25 /* an Esc that stands alone so long is the Esc key */
#define READ_AT_ONCE 65536

#define PAIRS 64 /* combinations of colours a theme can have */

#define PENS 64 /* styles whose sequence is kept */

/* What makes the terminal write in a style, whatever it wrote in before. */
struct pen_sequence {
	uint32_t style;
	bool normal; /* nothing but the terminal's own colours */
	size_t len;
	char bytes[80];
};

/* One terminal a process: curses has no other way. */
struct term_state {
	SCREEN *screen;
	FILE *in, *out;
	struct tty tty;
	struct theme theme;
	struct term_options options;
	struct input *input;
	struct str farewell; /* what gives the terminal back after a crash */
	size_t modes_len;    /* bytes at its start that switch our modes off */
	struct canvas shown; /* what was painted last */
	uint64_t picture;    /* and which picture of its canvas that was */
	char *buffer;
	bool started, known, utf8, modern, lent, default_colours, resized, resumed;
	uint8_t shape; /* of the cursor, as last sent */
	int row, col;  /* where it is */
	struct {
		short fg, bg;
	} pairs[PAIRS];
	int n_pairs;
	bool direct; /* what changes is written without curses: term_direct.c */
	struct pen_sequence pens[PENS];
	size_t n_pens;
	struct str out_bytes; /* of one screen */
	struct {
		int64_t time;
		int row, col, button, clicks;
	} press;
	unsigned signals;
};
extern struct term_state term;

/* What terminfo says of the terminal; NULL: it cannot do that. */
const char *term_capability(const char *name);

/* The size the terminal has, whatever LINES and COLUMNS in the environment say. */
void term_take_size(void);
/* Stopped and continued by others: the shell may have changed the terminal's mode. */
void term_come_back(void);

/* term_events.c: what signals said since is taken over. */
void term_note_signals(void);

/* ---- term_direct.c ---- */

/* Finds out whether this terminal can be written to directly; after the theme was chosen. */
void term_direct_choose(void);
/* One screen: the cells [begin, end) of some rows, then where the cursor is to be. False where
 * the terminal did not take all of it. */
void term_direct_begin(void);
void term_direct_row(const struct canvas *c, int row, int begin, int end);
bool term_direct_end(int row, int col, const char *shape);

#endif
