/* SPDX-License-Identifier: MIT */
#ifndef UI_COMMON_H
#define UI_COMMON_H

#include "core/str.h"
#include "ui/action.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Actions that several views have alike: their entries for the tables of keys, which stand
 * here once, and what is the same about doing them. A view names the tables it
 * has in view_ops.common; its can() and act() then get these ids beside its own,
 * which are smaller. Where the view's own table has an entry with such an id, that one
 * stands in its place: with another key or other words.
 */

struct doc;
struct host;
struct key;
struct prompt_candidates;
struct views;

enum common_action {
	COMMON_FIRST_ID = 1000,
	COMMON_UP,
	COMMON_DOWN,
	COMMON_PAGE_UP,
	COMMON_PAGE_DOWN,
	COMMON_HOME,
	COMMON_END,
	COMMON_NEXT,
	COMMON_PREVIOUS,
	COMMON_FIRST,
	COMMON_LAST,
	COMMON_GOTO,
	COMMON_CONSOLIDATE,
	COMMON_LOG
};

extern const struct action common_rows[];   /* up, down, page-up, page-down */
extern const struct action common_ends[];   /* first, last: of a list or a page */
extern const struct action common_points[]; /* next, previous, first, last, goto */
extern const struct action common_ways[];   /* consolidate, log: commands without keys */
/* Esc goes back as q does (EVERYWHERE_BACK, the frame does it), where the view has nothing else
 * for it just then. */
extern const struct action common_leave[];

/* The rows that COMMON_UP, _DOWN, _PAGE_UP or _PAGE_DOWN goes, upwards negative; 0: it is none
 * of them. page: rows of a screen. */
long common_step(int action, int page);
/* *at, one of n, after an action of common_rows or common_ends; 0 where n is. */
void common_move(int action, int page, size_t n, size_t *at);
/* So many on, and no further than the first or last of n. */
void common_go(long step, size_t n, size_t *at);

/* Where a list of which `rows` rows are in sight begins, so that the one at `at` is among them.
 */
void common_bring_into_sight(size_t at, int rows, size_t *top);
/*
 * What the pointer does in a list that has one row of headings above it: the
 * wheel goes three rows on, a press on a row chooses it, a second one at once
 * opens it (*opens). top: the first in sight of n. False: neither.
 */
bool common_point(const struct key *key, size_t top, size_t n, size_t *at, bool *opens);

/* What the lower rule says of a list of n rows from `top` on, where it has nothing else to say:
 * that there are more. */
void common_say_more(struct str *out, size_t top, int rows, size_t n);

/* The same of a page that goes on below, after what the rule says, where both have room in a
 * rule of so many columns. */
void common_say_below(struct str *out, int cols);

/* Asks for an option's number where there are more than nine; it begins with that digit. The
 * text of the answer is NULL where Esc was pressed. */
void common_ask_number(struct views *vs, uint32_t digit,
		       void (*done)(void *arg, const struct slice *text), void *arg);

/* For prompt_request.complete: the calendar's meetings whose codes begin with the text,
 * whatever its case. */
void common_offer_meetings(const struct host *host, struct slice text,
			   struct prompt_candidates *c);

/* Of common_ways: whether it can be done for this draft, and doing it. */
bool common_can_open(const struct host *host, const struct doc *doc, int action);
void common_open(struct views *vs, const struct host *host, const struct doc *doc, int action);

#endif
