/* SPDX-License-Identifier: MIT */
#ifndef UI_DIFF_INNER_H
#define UI_DIFF_INNER_H

#include "core/diff.h"
#include "core/message.h"
#include "core/party.h"
#include "ui/doc.h"
#include "ui/host.h"
#include "ui/prose.h"
#include "ui/view.h"

/* The Diff's state, between view_diff.c (moving), diff_text.c (what is shown) and diff_draw.c
 * (how it looks). */

/* A paragraph that is not the same. */
struct diff_item {
	size_t pair;       /* in diff.pairs */
	size_t begin, end; /* in shown */
	size_t tint, n_tints;
	bool decided; /* the version's decision resolved a point that began in it */
	int row;      /* of the page: its head */
};

/* A place to stop at: words that went, came, or both. */
struct diff_stop {
	size_t begin;
	size_t item;
	int row; /* of the page */
};

struct diff_view {
	struct view view;
	const struct host *host;
	char *name, *label;
	struct str old, new, message;
	struct parties parties;
	struct message_record record;
	struct str decision; /* the record in words; empty: nothing was recorded */
	struct diff diff;
	struct doc *shown; /* the paragraphs with their signs */
	struct diff_item *items;
	size_t n_items, cap_items;
	struct prose_tint *tints;
	size_t n_tints, cap_tints;
	struct diff_stop *stops;
	size_t n_stops, cap_stops;
	size_t stop; /* in focus */

	struct prose page;
	int rows, cols, top;
	bool laid_out;
};

/* diff_text.c: items, stops, tints and shown, of diff. */
void diff_make_text(struct diff_view *dv);

/* diff_draw.c */
void diff_lay_out(struct diff_view *dv);
void diff_draw(const struct view *v, struct canvas *c);
void diff_headline(const struct view *v, struct str *left, struct str *right);
void diff_status(const struct view *v, struct str *out);

#endif
