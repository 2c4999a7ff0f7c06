/* SPDX-License-Identifier: MIT */
#ifndef UI_LIFE_INNER_H
#define UI_LIFE_INNER_H

#include "core/moment.h"
#include "ui/doc.h"
#include "ui/host.h"
#include "ui/prose.h"
#include "ui/view.h"

/* The Life's state, between view_life.c (keys), life_list.c (which points), life_tale.c (one
 * point's events and wordings) and life_draw.c (how it looks). */

/* A row of a point's life: a version, or what happened in it. */
struct life_row {
	bool head;
	bool blank;   /* nothing: parts versions where there is room */
	size_t event; /* in life_view.events; of a head: the first below it */
};

struct life_view {
	struct view view;
	const struct host *host;
	char *name;
	struct host_lives *lives; /* NULL: not begun, or it cannot be */
	bool begun, stopped;
	/* What is on the screen: lives->life, or what that was before. */
	const struct life *seen;
	const struct host_version *seen_v;
	struct error failure;
	/* The point to begin with, until they are found. */
	struct str ask_text, ask_id;
	uint32_t ask_number;

	/* The list: open points by number, then those that are gone, the latest first. */
	struct str filter;
	uint32_t *shown;
	size_t n_shown;
	size_t chosen, top; /* in shown */

	/* The life of one point. */
	bool tale;      /* it is on the screen, not the list */
	bool from_list; /* that is where q goes */
	uint32_t point;
	uint32_t *events; /* of life->events, oldest first */
	size_t n_events, event;
	struct life_row *row;
	size_t n_rows, cap_rows;
	int tale_top;

	/* The wording before and after the chosen event. */
	struct moment moment;
	struct moment_place place;
	bool placed;
	bool beside;     /* the version left the text alone: only `new` is there */
	uint32_t looked; /* the event that is of; LIFE_NONE: none yet */
	struct doc *old, *new;
	struct prose_tint *tints_old, *tints_new;
	size_t n_tints_old, n_tints_new;

	int rows, cols, below;
};

/* Whether more is being looked for. */
bool life_is_running(const struct life_view *lv);

/* life_list.c */
/* Lists anew, the chosen point staying so where it passes. */
void life_list(struct life_view *lv);
/* The chosen point; LIFE_NONE. */
uint32_t life_chosen(const struct life_view *lv);
/* The whole life has taken the place of its newest part: the same points and events are chosen.
 */
void life_change_over(struct life_view *lv);
/* The open point that was asked for; LIFE_NONE. */
uint32_t life_match(const struct life_view *lv);

/* life_tale.c */
/* Puts one point's life on the screen, at its last event. */
void life_tell(struct life_view *lv, uint32_t point);
const struct life_event *life_event_at(const struct life_view *lv);
const struct host_version *life_version_at(const struct life_view *lv);
/* The rows of the page, for a body of that height. */
void life_lay_out(struct life_view *lv);
/* Finds the wordings of the chosen event; reads the version's texts where they are not there.
 */
void life_look(struct life_view *lv);
void life_forget_look(struct life_view *lv);

/* life_draw.c */
void life_draw(const struct view *v, struct canvas *c);
void life_headline(const struct view *v, struct str *left, struct str *right);
void life_status(const struct view *v, struct str *out);
int life_below_rows(const struct view *v, int rows, int cols);
void life_draw_below(const struct view *v, struct canvas *c);

#endif
