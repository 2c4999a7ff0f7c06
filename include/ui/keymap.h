/* SPDX-License-Identifier: MIT */
#ifndef UI_KEYMAP_H
#define UI_KEYMAP_H

#include "core/str.h"
#include "ui/action.h"
#include "ui/canvas.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Finds actions in tables: by key, by name, for the footer. A search goes
 * through a view's own table first, then those that other views have too
 * (ui/common.h), and then the one of actions that exist everywhere.
 */

struct view;
struct view_ops;

/* Actions of every view: ids below 0 so that no view's own can be mistaken for them. */
enum everywhere_action {
	EVERYWHERE_HELP = -1,
	EVERYWHERE_COMMAND = -2,
	EVERYWHERE_SUSPEND = -3,
	EVERYWHERE_REDRAW = -4,
	EVERYWHERE_MOUSE = -5,
	EVERYWHERE_BACK = -6,
	EVERYWHERE_QUIT = -7,
	EVERYWHERE_SET = -8,
	EVERYWHERE_SYNC = -9,
	EVERYWHERE_STOP = -10
};

const struct action *keymap_everywhere(void);

/* The tables in which the actions of such a view are found, in that order; returns how many. */
#define KEYMAP_TABLES 6
size_t keymap_tables(const struct view_ops *ops, const struct action *tables[KEYMAP_TABLES]);
/* Whether an action of those tables is one to show: it is not hidden, and no own one of the
 * view stands in its place. */
bool keymap_lists(const struct view_ops *ops, const struct action *action);

/* Whether the action can be done now in this view. */
bool keymap_can(const struct view *view, const struct action *action);
/* The action of a key in a view that can be done now; NULL. */
const struct action *keymap_by_key(const struct view *view, uint32_t code);
/* The action of that name, whether it can be done now or not; NULL. */
const struct action *keymap_by_name(const struct view *view, struct slice name);

/* One entry of the footer or the help: an action, and whether it can be done now. */
struct keymap_entry {
	const struct action *action;
	bool can;
};

/* All actions of the view that are listed, own ones first, by group. Appends to *list
 * (which the caller frees), returns how many. */
size_t keymap_list(const struct view *view, struct keymap_entry **list);

/* What was drawn last as a footer, and for which actions: it is kept while they stay the same.
 */
struct keymap_footer {
	const struct view_ops *ops; /* NULL: nothing was drawn */
	bool reorder;
	bool *can; /* by action, of the view's table and then of the other */
	size_t n;
	struct strip strip;
};

/* The footer: by rank, only what can be done now, as many as fit into cols. kept: zeroed at
 * first; keymap_footer_release() frees what it has. */
void keymap_draw_footer(const struct view *view, struct keymap_footer *kept, struct canvas *c,
			int row, int cols);
void keymap_footer_release(struct keymap_footer *kept);

/* Append the table of a view, or of what exists everywhere, as text for `adref help keys`, and
 * as man(7) lines for the manual page. */
void keymap_text(const struct view_ops *ops, struct str *out);
void keymap_text_everywhere(struct str *out);
void keymap_man(const struct view_ops *ops, struct str *out);
void keymap_man_everywhere(struct str *out);
/* A mistake in a table (a name or key twice without `can`, no help, ...): for tests. Appends
 * one line each. */
void keymap_check(const struct view_ops *ops, struct str *out);

#endif
