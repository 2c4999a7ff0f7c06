/* SPDX-License-Identifier: MIT */
#ifndef UI_PROMPT_H
#define UI_PROMPT_H

#include "core/str.h"
#include "ui/canvas.h"
#include "ui/key.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * One line of input at the foot of the screen, or a question with a few
 * answers. It is filled with a request and calls back when it is over; keys go
 * to it until then. Editing is by grapheme clusters; a paste loses its line ends.
 * More than a line is the editor's business.
 */

/* One thing that could be typed, with a sentence beside it. */
struct prompt_candidate {
	char *text; /* what is typed */
	char *help; /* one line, or NULL */
};

struct prompt_candidates {
	struct prompt_candidate *v;
	size_t n, cap;
	size_t from; /* byte of the input from which a candidate replaces the rest of it */
};

/* Copies both texts (help may be NULL). */
void prompt_candidate_add(struct prompt_candidates *c, struct slice text, struct slice help);

struct prompt_choice {
	uint32_t key;      /* 'y' */
	const char *label; /* N_("yes"); it is translated where it is drawn */
};

/*
 * What to ask. All texts are copied but the choices, which must outlive the
 * prompt. arg is passed to every callback; callbacks may open the next prompt.
 */
struct prompt_request {
	const char *label; /* translated, before the input: "Find" */
	const char *hint;  /* translated, dim in the empty input; may be NULL */
	/* Translated, dim behind a proposal while it stands, where there is room: what Enter
	 * does, what else could be typed. May be NULL. */
	const char *beside;
	/* A proposal: what is typed replaces it, unless a key that moves in it came first. Or,
	 * with `begun`, what the user typed already, which goes on at its end. */
	struct slice initial;
	bool begun;
	bool secret;         /* not put in the history */
	bool may_be_empty;   /* Enter on nothing is an answer too */
	const char *history; /* requests of the same word share one: "find"; NULL: none */
	/* Fills in what could be typed where the cursor is (at bytes of text); NULL: nothing.
	 */
	void (*complete)(void *arg, struct slice text, size_t at, struct prompt_candidates *c);
	/* After each change, for a preview; NULL. */
	void (*change)(void *arg, struct slice text);
	/* The answer; or NULL text where Esc was pressed. Exactly once. text is valid during
	 * the call. */
	void (*done)(void *arg, const struct slice *text);
	void *arg;
	/* A question instead: one key answers. choices ends with key 0. Esc answers `none` (0).
	 */
	const struct prompt_choice *choices;
	bool names; /* the choices' labels are names: shown as they are */
	void (*chosen)(void *arg, uint32_t key);
};

struct prompt;

struct prompt *prompt_new(void);
void prompt_free(struct prompt *p);
/* Opens; an open one is ended first, as if by Esc. */
void prompt_open(struct prompt *p, const struct prompt_request *request);
bool prompt_is_open(const struct prompt *p);
/* Ends it as Esc does. */
void prompt_cancel(struct prompt *p);
/* Takes the key; true while it wants it (always while open, but for resizes and the like). */
bool prompt_key(struct prompt *p, const struct key *key);
/* Draws itself into the last row of the window and candidates above; sets the cursor. */
void prompt_draw(const struct prompt *p, struct canvas *c);
/* What has been typed so far; borrowed until the next key. */
struct slice prompt_text(const struct prompt *p);

#endif
