/* SPDX-License-Identifier: MIT */
#ifndef UI_OVERLAP_INNER_H
#define UI_OVERLAP_INNER_H

#include "core/overlap.h"
#include "core/party.h"
#include "ui/host.h"
#include "ui/passage.h"
#include "ui/view.h"

/* The Overlap's state, between view_overlap.c (reading, the list), overlap_draw.c (how it
 * looks) and overlap_pair.c (two drafts side by side). */

struct overlap_view {
	struct view view;
	const struct host *host;
	struct parties parties;
	char **names; /* of the drafts that were read, in the order of the list */
	struct str *texts;
	size_t n;
	char **wanted; /* of all drafts there are */
	size_t n_wanted;
	size_t next;     /* the next of them to be read */
	size_t left_out; /* could not be read */
	struct overlap o;
	bool begun, ready, stopped;
	char *draft; /* whose pair is chosen first; NULL */
	struct str filter;
	size_t *shown; /* pairs that the filter lets pass */
	size_t n_shown, cap_shown;
	size_t chosen, top;
	int height;
};

/* The chosen pair; NULL where there is none. */
const struct overlap_pair *overlap_chosen(const struct overlap_view *ov);
/* The drafts' names, as ui/repeats wants them. */
const char *const *overlap_names(const struct overlap_view *ov);

/* overlap_draw.c */
void overlap_draw(const struct view *v, struct canvas *c);
void overlap_headline(const struct view *v, struct str *left, struct str *right);
void overlap_status(const struct view *v, struct str *out);
int overlap_below_rows(const struct view *v, int rows, int cols);
void overlap_draw_below(const struct view *v, struct canvas *c);

/* overlap_pair.c: borrows the list, which stands below it on the stack. */
struct view *overlap_pair_new(struct overlap_view *list, const struct overlap_pair *pair);

#endif
