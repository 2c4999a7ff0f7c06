/* SPDX-License-Identifier: MIT */
#ifndef UI_ACTION_H
#define UI_ACTION_H

#include "core/error.h"
#include "ui/key.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * What a user can do, as data. Each view has one constant table of actions;
 * footer, key help, command prompt and the manual are all made from it, so they
 * cannot disagree. A table ends with an entry whose id is 0:
 *
 *     static const struct action actions[] = {
 *         {.id = CHAIR_CHOOSE, .name = "choose", .keys = {'1'}, .last_key = '9',
 *          .label = N_("choose"), .help = N_("Choose the option with that number."),
 *          .group = ACTION_DECIDE, .rank = 1, .argument = N_("NUMBER")},
 *         ...
 *         {0}};
 *
 * Several actions may have the same key as long as only one of them can be done
 * at a time (view_ops.can): the first that can, is. What several views have alike stands in
 * ui/common.h.
 */

#define ACTION_KEYS 4

enum action_group {
	ACTION_MOVE,    /* Moving about */
	ACTION_EDIT,    /* Changing the text */
	ACTION_BRACKET, /* Brackets */
	ACTION_DECIDE,  /* Deciding */
	ACTION_SHOW,    /* What is shown */
	ACTION_FILE,    /* Files and commits */
	ACTION_GENERAL, /* Everywhere */
	ACTION_GROUPS
};

#define ACTION_HIDDEN 0x1u /* in no list: a second spelling of another action's key */

struct action {
	int id;                     /* the view's own number, 1 or more; 0 ends the table */
	const char *name;           /* as typed at the command prompt: "next-point" */
	uint32_t keys[ACTION_KEYS]; /* KEY_NONE: no more; the first is the one shown */
	uint32_t last_key;          /* not 0: every key from keys[0] to it ("1-9") */
	const char *label;          /* N_(), for the footer, a word or two; NULL: not there */
	const char *help;           /* N_(), one sentence */
	enum action_group group;
	int rank;       /* in the footer: low numbers first, they stay on a narrow screen */
	unsigned flags; /* ACTION_ flags */
	const char *argument; /* N_(), what the command takes after its name: "DRAFT"; NULL:
				 nothing */
};

/* A group's heading, N_(). */
const char *action_group_title(enum action_group group);
/* Whether the key is one of the action's. */
bool action_has_key(const struct action *action, uint32_t code);
/*
 * Appends the keys as people read them: "1-9", "F8". One, the first, or with
 * ACTION_ALL_KEYS all of them but a key's twin with Shift: "^S, F2". ACTION_NO_LETTERS leaves
 * out those that type a character (for views where letters are text).
 */
#define ACTION_ALL_KEYS   0x1u
#define ACTION_NO_LETTERS 0x2u
void action_keys(const struct action *action, unsigned how, struct str *out);
/* The key that action_keys() shows first; KEY_NONE. */
uint32_t action_first_key(const struct action *action, unsigned how);

#endif
