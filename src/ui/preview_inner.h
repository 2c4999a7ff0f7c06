/* SPDX-License-Identifier: MIT */
#ifndef UI_PREVIEW_INNER_H
#define UI_PREVIEW_INNER_H

#include "core/project.h"
#include "ui/doc.h"
#include "ui/host.h"
#include "ui/prose.h"
#include "ui/view.h"

/* The preview's state, between view_preview.c (what is tried), preview_text.c (the text
 * under it), preview_actions.c (keys) and preview_draw.c (how it looks). */

struct preview {
	struct view view;
	const struct host *host;
	struct doc *doc;
	uint64_t revision; /* of the doc that all below is about */

	/* By point of the doc's reading. */
	uint32_t *wishes;  /* what the user tries, where `tried` */
	uint32_t *choices; /* what is in force: the wish, the party's, or open */
	bool *tried;
	bool *live; /* it is there under these choices */
	size_t n, n_tried;
	bool as; /* what is not tried is as a party wants it; PARTY_NONE: the base */
	uint16_t party;
	uint32_t point; /* in focus; BRACKET_NONE: there is none */

	struct doc *shown; /* the text under these choices; NULL: to be made */
	struct project_map map;
	struct prose_tint *tints; /* where a choice put what stands there */
	size_t n_tints;
	struct range focus; /* in shown: the point, or what stands in its place */

	struct prose page;
	int rows, cols;
	bool laid_out;
	bool follow;   /* the focus comes into sight */
	size_t anchor; /* the line of shown at the top */
	int skip;      /* rows of it that are above */
};

/* preview_text.c */
/* The point in focus; NULL where there is none, or the draft changed since prepare(). */
const struct point *preview_point(const struct preview *pv);
/* Everything is as when the view was opened; the focus is on the point at or after `at`. */
void preview_begin(struct preview *pv, size_t at);
/* What is tried changed: the text is to be made anew. */
void preview_forget_text(struct preview *pv);
void preview_make_text(struct preview *pv);
/* Where the choices and the point in focus stand in it. */
void preview_find_places(struct preview *pv);

/* preview_draw.c */
void preview_lay_out(struct preview *pv);
void preview_scroll(struct preview *pv, int rows);
void preview_draw(const struct view *v, struct canvas *c);
void preview_headline(const struct view *v, struct str *left, struct str *right);
void preview_status(const struct view *v, struct str *out);
int preview_below_rows(const struct view *v, int rows, int cols);
void preview_draw_below(const struct view *v, struct canvas *c);

/* preview_actions.c */
enum preview_action {
	PREVIEW_TRY = 1,
	PREVIEW_NO_TEXT,
	PREVIEW_OPEN,
	PREVIEW_LINKED,
	PREVIEW_AS,
	PREVIEW_FORGET,
	PREVIEW_DECIDE,
	PREVIEW_NEXT_OPEN
};
extern const struct action preview_actions[];
extern const struct action *const preview_common[];

#endif
