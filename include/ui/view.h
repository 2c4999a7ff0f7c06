/* SPDX-License-Identifier: MIT */
#ifndef UI_VIEW_H
#define UI_VIEW_H

#include "core/error.h"
#include "core/str.h"
#include "ui/action.h"
#include "ui/canvas.h"
#include "ui/key.h"
#include "ui/prompt.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Views, the stack they stand on, and the frame around the one on top. A view
 * is a struct of its own that begins with a struct view, static functions, and
 * one constant view_ops. The frame, from top to bottom:
 *
 *     title         left: where you are; right: counts
 *     ───────       unless VIEW_NO_TOP_RULE
 *     body          draw()
 *     ── status ──  a message, or status()
 *     below         draw_below(), if below_rows() is not 0
 *     footer        keys that work now; a prompt, while one is open
 *
 * prepare() computes, draw() only reads. Everything here is testable without a
 * terminal: views_key() in, views_draw() and canvas_dump() out.
 */

struct host;
struct view;
struct views;

#define VIEW_TEXT        0x1u /* letters are text: of the everywhere keys only F-keys and ^ work */
#define VIEW_NO_TOP_RULE 0x2u

struct view_ops {
	const char *name;  /* "chair": a word for host.open_view, the manual, tests */
	const char *title; /* N_("Chair"): heading of its keys in help and manual */
	const char *about; /* N_(): one sentence on what one does here */
	const struct action *actions; /* ends with id 0 */
	/* Tables of ui/common.h that it has too; ends with NULL; NULL: none. */
	const struct action *const *common;
	unsigned flags; /* VIEW_ flags */

	/* The body has rows x cols now. Before every draw(), and before can(), act() and key()
	 * after anything else happened (letters in a VIEW_TEXT view apart, if the screen was
	 * drawn at all); must be quick when nothing changed. */
	void (*prepare)(struct view *v, int rows, int cols);
	/* Draws the body; the window is the body. */
	void (*draw)(const struct view *v, struct canvas *c);
	/* The title line's two sides, shown with STYLE_TITLE and STYLE_DIM; raw bytes are fine.
	 */
	void (*headline)(const struct view *v, struct str *left, struct str *right);
	/* What the lower rule says while there is no message; may be NULL. */
	void (*status)(const struct view *v, struct str *out);
	/* Rows between lower rule and footer in a screen of that size, and their content;
	 * both NULL: none. */
	int (*below_rows)(const struct view *v, int rows, int cols);
	void (*draw_below)(const struct view *v, struct canvas *c);

	/* Whether the action can be done now: false keeps it out of the footer. NULL: always.
	 */
	bool (*can)(const struct view *v, int action);
	/* Does it. key: what was pressed (code KEY_NONE from the command prompt or help);
	 * arg: what followed the command's name, empty otherwise. Also for EVERYWHERE_BACK:
	 * true: the view dealt with it (asked something first, say); false: it is popped. */
	bool (*act)(struct view *v, int action, const struct key *key, struct slice arg);
	/* A key that is no action's, or mouse event (row and col are the body's; outside of it
	 * events are not passed on). True: taken. NULL: none is. */
	bool (*key)(struct view *v, const struct key *key);
	/* Completes the argument of an action at the command prompt; NULL. */
	void (*complete)(const struct view *v, int action, struct slice typed,
			 struct prompt_candidates *c);
	/* One step of work between keys, at most some 5 ms; true: there is more. NULL: none. */
	bool (*idle)(struct view *v);
	/* It is on top again, after the view above it was popped; NULL. */
	void (*shown)(struct view *v);
	void (*free)(struct view *v);
};

struct view {
	const struct view_ops *ops;
	struct views *views;     /* set by views_push() */
	const struct host *host; /* the same */
};

enum views_message_kind { MESSAGE_INFO, MESSAGE_OK, MESSAGE_WARN, MESSAGE_ERROR };

/* host is borrowed and must outlive the views. */
struct views *views_new(const struct host *host);
void views_free(struct views *vs);

/* Puts a view on top; the stack owns it from now on. */
void views_push(struct views *vs, struct view *v);
/*
 * Takes the top view away. It is freed once nobody runs inside of it (at the end
 * of views_key() or views_idle()), so a view may pop itself.
 */
void views_pop(struct views *vs);
/* Takes away what stands above v, then v itself. */
void views_pop_view(struct views *vs, struct view *v);
struct view *views_top(const struct views *vs);
size_t views_count(const struct views *vs);
struct view *views_at(const struct views *vs, size_t i); /* 0: the bottom */
/* The stack is to end: ask every view (EVERYWHERE_BACK) from the top; when all agreed it is
 * empty. */
void views_quit(struct views *vs);
/* The same for all above v, which is shown again when they agreed. */
void views_back_to(struct views *vs, const struct view *v);

/* One event: prompt, then actions, then the view's key(). */
void views_key(struct views *vs, const struct key *key);
/* Does an action of the top view, as a key would. False where it cannot be done now. */
bool views_do(struct views *vs, const struct action *action, const struct key *key,
	      struct slice arg);
/* A whole command line, "goto 12": true where it was a command that can be done now; otherwise
 * says what is wrong in a message. */
bool views_command(struct views *vs, struct slice line);
/* One step of idle work of the top view; true: there is more. */
bool views_idle(struct views *vs);
/* Draws everything: frame, top view, message, prompt. */
void views_draw(struct views *vs, struct canvas *c);
/* Something changed from outside (host news): the next loop draws again. */
void views_touch(struct views *vs);
/* Whether a draw is due since the last views_draw(). */
bool views_dirty(const struct views *vs);

/* A line for the user, until the next key that does something. Sanitised where it is drawn. */
void views_message(struct views *vs, enum views_message_kind kind, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* An error's text as MESSAGE_ERROR. */
void views_error(struct views *vs, const struct error *err);
void views_clear_message(struct views *vs);
struct slice views_message_text(const struct views *vs);
/* Progress of something in the background, shown at the right of the lower rule; NULL ends it.
 */
void views_progress(struct views *vs, const char *text);

/* Asks with the prompt (ui/prompt.h). A view that is freed ends its own prompt. */
void views_ask(struct views *vs, const struct prompt_request *request);
/* Whether a question or a line of input is open. */
bool views_is_asking(const struct views *vs);
/* Yes or no; chosen() gets 'y', 'n', or 0 for Esc. question is translated. */
void views_ask_yes_no(struct views *vs, const char *question,
		      void (*chosen)(void *arg, uint32_t key), void *arg);

/* Begins to share with others (host.sync), or says why it cannot be. */
void views_sync(struct views *vs);

/* Smallest screen on which anything is drawn but a sentence. */
#define VIEWS_MIN_ROWS 10
#define VIEWS_MIN_COLS 40

/* Requests of the everywhere keys that only the program itself can follow; taken and cleared
 * by app: VIEWS_SUSPEND and so on. */
#define VIEWS_SUSPEND 0x1u
#define VIEWS_REDRAW  0x2u
#define VIEWS_MOUSE   0x4u
unsigned views_take_requests(struct views *vs);

#endif
