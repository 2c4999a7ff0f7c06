/* SPDX-License-Identifier: MIT */
#ifndef UI_COLUMNS_INNER_H
#define UI_COLUMNS_INNER_H

#include "core/compare.h"
#include "core/compare_take.h"
#include "ui/doc.h"
#include "ui/host.h"
#include "ui/passage.h"
#include "ui/view.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What the files of the columns view share: view_columns.c what is done, columns_actions.c
 * keys, columns_move.c where they lead, columns_set.c texts and their comparison,
 * columns_page.c what is on the screen, columns_draw.c painting it, columns_take.c edits of the
 * draft.
 */

/* The texts as they were when they were compared: copies, so that a worker can do it. */
struct columns_text {
	char *name;     /* "draft", "base", "AFR" */
	char *code;     /* of the file; NULL: draft, base */
	uint16_t party; /* PARTY_NONE: draft, base */
	struct str bytes;
	struct doc *doc; /* of these bytes, for their look */
};

struct columns_set {
	struct columns_text *v;
	size_t n;
	size_t reference;
	size_t too_much; /* bytes of all texts, where that is too much: only the draft is here
			  */
	uint64_t generation; /* of the draft */
	struct compare compare;
	bool compared;
	struct parties parties; /* a copy: the table may be read anew meanwhile */
};

/* A column as it is shown; in the order of the screen. */
struct shown_column {
	char *name;
	bool hidden;
	size_t at; /* index in the set; SIZE_MAX: that text is gone */
};

#define SLOT_ROWS 128 /* more than a screen has rows */

/* A passage that is laid out, so that a key that only moves about lays nothing out again. */
struct columns_slot {
	struct passage passage;
	uint64_t epoch; /* of what it was laid out for; 0: empty */
	size_t shown;
};

struct columns_job;

struct columns {
	struct view view;
	const struct host *host;
	struct doc *doc;
	struct columns_set *set; /* NULL: being compared for the first time */
	struct columns_job *job; /* a newer one being made; NULL */
	char *reference;         /* name of the reference column */
	char *failure;           /* why the base is not there; NULL */
	size_t left_out;         /* texts that cannot be shown */

	struct shown_column *column;
	size_t n;
	size_t focus;    /* index in column */
	size_t row;      /* in focus: index in shown */
	uint32_t *shown; /* rows of the comparison that are shown */
	size_t n_shown;
	size_t different; /* rows in which a column on view differs */
	bool only;        /* only those that differ */
	bool zoom;        /* one column, whole */
	bool all;         /* what is replaced is shown, too */
	int stacked;      /* -1: as the width asks for */
	size_t at;        /* byte of the draft to go to once there is a comparison; SIZE_MAX */
	bool placed;

	size_t top; /* index in shown */
	int sub;    /* rows of it above the screen */
	int rows, cols;
	bool is_stacked;
	size_t *screen; /* indexes in column of those on the screen, from left to right */
	size_t n_screen, n_visible;
	size_t first; /* which of the others stands beside the reference */
	int width;    /* of a cell's text */
	int margin;   /* stacked: of the names */
	uint64_t epoch;
	int *heights; /* of the rows from top on that are in sight, rules included */
	size_t n_heights, cap_heights;
	struct columns_slot *slots;
	size_t n_slots;
	bool dirty_before; /* before an edit of ours that waits for its message */
	struct str subject;
};

/* columns_set.c */
void columns_load(struct columns *c); /* takes the texts, compares them if any is new */
bool columns_step(struct columns *c); /* true: a worker is at it */
/* The comparison is of the draft as it is now: waits for it. False where there is none. */
bool columns_settle(struct columns *c);
void columns_set_free(struct columns_set *set);
void columns_drop_job(struct columns *c);

/* columns_page.c */
void columns_list(struct columns *c); /* which rows are shown; the focus stays where it is */
void columns_fit(struct columns *c, int rows, int cols);
void columns_see(struct columns *c); /* the row in focus comes into sight */
/* What a row shows in a column, where it is laid out already; NULL. */
const struct passage *columns_laid_out(const struct columns *c, size_t shown, size_t column);
/* Rows of the screen that a row takes, its rule included. */
int columns_height(struct columns *c, size_t shown);
/* Stacked: which of the screen's columns says the same first, by index in screen; itself. */
size_t columns_lead(const struct columns *c, uint32_t row, size_t k);
uint32_t columns_row(const struct columns *c); /* of the comparison, in focus; COMPARE_NONE */
size_t columns_at(const struct columns *c);    /* the set's column in focus; SIZE_MAX */
const struct compare_cell *columns_cell(const struct columns *c); /* NULL */
bool columns_is_visible(const struct columns *c, size_t k);

/* columns_draw.c */
void columns_draw(const struct view *v, struct canvas *canvas);
void columns_headline(const struct view *v, struct str *left, struct str *right);
void columns_status(const struct view *v, struct str *out);

/* columns_take.c */
void columns_take(struct columns *c);
void columns_offer(struct columns *c);
void columns_open(struct columns *c, const char *view);

/* columns_move.c: among the rows (here: of the column in focus), and among the columns. */
/* Whether any column that is seen differs in that row. */
bool columns_any_differs(const struct columns *c, size_t shown);
/* The focus goes to a column that differs in the row, the nearest to the right. */
void columns_focus_on_difference(struct columns *c);
void columns_move_to_difference(struct columns *c, bool forward, bool here);
void columns_move_column(struct columns *c, bool right);
void columns_move_row(struct columns *c, bool down);
void columns_move_page(struct columns *c, bool down);
void columns_set_reference(struct columns *c, const char *name);
void columns_switch_base(struct columns *c);
void columns_swap(struct columns *c, bool right);
void columns_hide(struct columns *c);
void columns_show_hidden(struct columns *c);

/* columns_actions.c */
enum {
	COLUMNS_NEXT_DIFFERENCE = 1,
	COLUMNS_PREVIOUS_DIFFERENCE,
	COLUMNS_NEXT_HERE,
	COLUMNS_PREVIOUS_HERE,
	COLUMNS_RIGHT,
	COLUMNS_LEFT,
	COLUMNS_TAKE,
	COLUMNS_OFFER,
	COLUMNS_EDIT,
	COLUMNS_CHAIR,
	COLUMNS_ONLY,
	COLUMNS_ZOOM,
	COLUMNS_BACK_TO_ALL,
	COLUMNS_REFERENCE,
	COLUMNS_BASE,
	COLUMNS_REPLACED,
	COLUMNS_HIDE,
	COLUMNS_SHOW_ALL,
	COLUMNS_MOVE_LEFT,
	COLUMNS_MOVE_RIGHT,
	COLUMNS_STACK,
	COLUMNS_REFRESH
};
extern const struct action columns_actions[];
extern const struct action *const columns_common[];

#endif
