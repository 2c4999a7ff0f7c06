/* SPDX-License-Identifier: MIT */
#ifndef UI_GRID_INNER_H
#define UI_GRID_INNER_H

#include "core/matrix.h"
#include "ui/doc.h"
#include "ui/host.h"
#include "ui/prompt.h"
#include "ui/seals.h"
#include "ui/view.h"

/*
 * The Matrix view's state, between view_matrix.c (what is computed), grid_actions.c (keys),
 * grid_draw.c (the table), grid_panel.c (what is below it), grid_record.c
 * (positions), grid_consensus.c (decisions) and grid_filter.c (which rows, in which order). It
 * is called a grid here since core/matrix has the other name.
 */

enum grid_sort {
	GRID_BY_TEXT,
	GRID_EASIEST,
	GRID_HARDEST,
	GRID_BY_VERDICT,
	GRID_LINKED,
	GRID_CHANGED,
	GRID_SORTS
};

/* A position being asked for, step by step. */
enum grid_step {
	GRID_IDLE,
	GRID_ASK_STANCE,
	GRID_ASK_OPTION,
	GRID_ASK_STRENGTH,
	GRID_ASK_SOURCE,
	GRID_ASK_NOTE
};

#define GRID_CHOICES 13 /* nine options, no text, all of it, as it is, and the end */

struct grid_recording {
	enum grid_step step;
	uint64_t generation; /* of the doc that the point is of */
	uint32_t point;
	uint16_t party;
	struct position p; /* texts are borrowed from the strings below */
	struct str source, note;
	struct prompt_choice choices[GRID_CHOICES];
	struct str labels[GRID_CHOICES];
};

struct grid {
	struct view view;
	const struct host *host;
	struct doc *doc;

	struct matrix m;
	bool has;            /* m is there */
	uint64_t generation; /* of the doc that m was made from */
	unsigned side;       /* host.side_generation() then */
	size_t *order;       /* all rows, sorted */
	size_t *shown;       /* rows that the filter lets through, in that order */
	size_t n_shown;
	struct str *words; /* by row: what a filter looks at, case folded; made when first asked
			      for */
	size_t n_words;
	enum grid_sort sort;
	struct str filter;
	bool consensus; /* only what can be decided by consensus is shown: it was asked about */

	uint32_t point; /* chosen, and where it begins and its id, to find it again */
	size_t at;
	struct str id;
	uint16_t party;
	size_t top;           /* of shown, the first in sight */
	uint16_t first_party; /* the first column in sight */
	int rows, cols;       /* of the body, as last prepared */

	struct seals_watch seals; /* whose positions are signed */
	struct grid_recording recording;
	struct str last_source; /* of the position recorded last */
};

/* How wide what is; made from the columns of the screen. */
struct grid_columns {
	int number;  /* where numbers end */
	int wording; /* where it begins, */
	int wording_cols;
	int parties; /* the first column of signs */
	int party_cols;
	uint16_t n;  /* parties in sight */
	int verdict; /* where it begins; 0: it is not shown */
	int verdict_cols;
};

/* view_matrix.c */
const struct parties *grid_parties(const struct grid *g);
/* The chosen row; NULL where none is. */
const struct matrix_row *grid_row(const struct grid *g);
const struct point *grid_point(const struct grid *g, uint32_t point);
void grid_choose(struct grid *g, uint32_t point);
/* Where the chosen point is in shown; SIZE_MAX. */
size_t grid_place(const struct grid *g);
/* The matrix anew, now. */
void grid_read(struct grid *g);

/* grid_filter.c */
void grid_sort(struct grid *g);
void grid_filter(struct grid *g);
void grid_ask_sort(struct grid *g, struct slice arg);
void grid_ask_filter(struct grid *g, struct slice arg);
const char *grid_sort_word(enum grid_sort sort); /* untranslated */

/* grid_draw.c */
struct grid_columns grid_columns(const struct grid *g, int cols);
/* Rows of the table itself, in a body of so many. */
int grid_table_rows(int rows);
void grid_draw(const struct view *v, struct canvas *c);
void grid_headline(const struct view *v, struct str *left, struct str *right);
void grid_status(const struct view *v, struct str *out);
/* A wording on one line: escapes as they stand, without ids. */
void grid_option(const struct grid *g, const struct option *o, struct str *out);

/* grid_panel.c */
int grid_below_rows(const struct view *v, int rows, int cols);
void grid_draw_below(const struct view *v, struct canvas *c);

/* grid_record.c */
void grid_ask_position(struct grid *g);
void grid_ask_remove(struct grid *g);
/* Whether the draft is still the one that was asked about; says so where it is not. */
bool grid_is_current(struct grid *g);

/* grid_consensus.c */
void grid_ask_consensus(struct grid *g);

/* grid_actions.c */
enum grid_action {
	GRID_CHAIR = 1,
	GRID_RECORD,
	GRID_REMOVE,
	GRID_CONSENSUS,
	GRID_NO_CONSENSUS,
	GRID_SORT,
	GRID_FILTER,
	GRID_ALL,
	GRID_EASIEST_POINT,
	GRID_PREVIEW,
	GRID_EDIT,
	GRID_LIFE,
	GRID_GOTO,
	GRID_LEFT,
	GRID_RIGHT
};
extern const struct action grid_actions[];
extern const struct action *const grid_common[];

#endif
