/* SPDX-License-Identifier: MIT */
#ifndef UI_VIEW_INNER_H
#define UI_VIEW_INNER_H

#include "ui/keymap.h"
#include "ui/view.h"

/* What view.c (the stack) and view_frame.c (how it is drawn) share. */

/* A row of the frame as it was drawn last, and from what. */
struct frame_row {
	struct str from;
	struct strip strip;
	bool reorder;
};

void frame_row_release(struct frame_row *r);

struct views {
	const struct host *host;
	struct view **v;
	size_t n, cap;
	struct view **gone; /* popped, and freed once no function of theirs runs */
	size_t n_gone, cap_gone;
	struct prompt *prompt;
	struct prompt_choice yes_no[3];
	struct str message;
	enum views_message_kind kind;
	struct str progress;
	unsigned requests;
	struct frame_row title, rule;
	struct keymap_footer footer;
	struct area body; /* of the top view on the screen, as last drawn */
	bool dirty;
	bool stale;     /* the top view may not have prepared for what it shows next */
	bool too_small; /* the screen, as last drawn: nobody sees what a key would do */
	bool quitting;  /* views_back_to() waits for an answer */
	size_t keep;    /* how many views stay, while quitting */
	bool popped;    /* since the last settle() */
};

#endif
