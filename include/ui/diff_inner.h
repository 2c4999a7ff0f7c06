/* SPDX-License-Identifier: MIT */
#ifndef UI_DIFF_INNER_H
#define UI_DIFF_INNER_H

#include "core/diff.h"
#include "core/party.h"
#include "core/restore.h"
#include "ui/doc.h"
#include "ui/host.h"
#include "ui/prose.h"
#include "ui/view.h"
#include "ui/view_diff.h"

/*
 * The Diff's state, between view_diff.c (moving), diff_actions.c (keys), diff_make.c
 * (comparing, in a worker where the texts are large), diff_text.c (what is shown), diff_note.c
 * (what is known of the changes), diff_restore.c (bringing back) and diff_draw.c (how it
 * looks).
 */

#define DIFF_MARGIN     2
#define DIFF_LABEL_COLS 6
#define DIFF_GAP        3   /* between two columns: " │ " */
#define DIFF_MEASURE    100 /* a longer line is hard to read */
#define DIFF_TWO_LEAST  72  /* with fewer columns there is one */
#define DIFF_TWO_WIDE   110 /* from here on there are two, if nobody says otherwise */

/* One side of a paragraph as it is shown: a line of diff_made.shown. With one column all is
 * on the old side. */
enum { DIFF_OLD, DIFF_NEW, DIFF_SIDES };

struct diff_side {
	size_t begin, end;
	size_t tint, n_tints;
};

/* A paragraph that is not the same. */
struct diff_item {
	size_t pair; /* in diff.pairs */
	struct diff_side side[DIFF_SIDES];
	bool front;  /* a line of front matter */
	bool joined; /* and so is the one before, of which the same is to be said: no head */
	size_t stop, n_stops;
	int rows; /* of its text */
	/* Below: filled in by diff_arrange(). */
	int row;              /* of the page: its head; the text is below, notes after it */
	size_t note, n_notes; /* in diff_view.notes */
	int note_rows;
	bool silent; /* something in it went without a decision */
};

/* A place to stop at: words that went, came, or both. */
struct diff_stop {
	size_t begin[DIFF_SIDES]; /* in shown; SIZE_MAX: nothing there */
	size_t item;
	int row; /* of the item's text */
};

/* What is compared, and for which page. */
struct diff_source {
	char *name;
	struct str old, new;
	struct parties parties;
	int cols; /* of a column */
	bool two, reorder;
};

/* A comparison, ready to be shown. */
struct diff_made {
	struct diff_source source;
	struct diff diff;
	struct doc *shown; /* the paragraphs with their signs */
	struct diff_item *items;
	size_t n_items, cap_items;
	struct prose_tint *tints;
	size_t n_tints, cap_tints;
	struct diff_stop *stops;
	size_t n_stops, cap_stops;
};

/* A line beside a paragraph. */
struct diff_note {
	size_t item;
	enum host_note_kind kind;
	struct str words;
	int rows;
};

struct diff_job;

struct diff_view {
	struct view view;
	const struct host *host;
	char *name, *label, *from, *to; /* what is compared; the two sides by name */
	char *old_id, *new_id, *path;   /* where the history has them; NULL */
	bool now;                       /* the newer text is the one that is worked on */
	bool one_step;                  /* the newer text was made of the older in one commit */
	struct str old, new, subject;

	int columns;            /* 0: as the screen is wide; 1 or 2: as the user said */
	bool two;               /* as it is now */
	struct diff_made *made; /* NULL: not yet */
	struct diff_job *job;   /* NULL: none is running */
	bool stopped;           /* by the user, before there was anything */
	bool is_due;            /* made is for another page, or other texts */

	struct host_notes *host_notes; /* NULL: not asked for, or closed */
	bool asked;                    /* the host was asked for them */
	bool notes_stopped, placed;
	struct str notes_failure;
	struct diff_note *notes; /* by item */
	size_t n_notes, cap_notes;
	size_t n_silent; /* items */
	bool accounted;  /* for every item: it is known by what, and nothing is amiss */

	/* A preview of what would be brought back: the edits of the text now. */
	struct edits offer;
	struct str offer_subject;
	bool offers;
	bool brings;                     /* what it offers is a draft that is not there */
	struct prompt_choice choices[4]; /* of what to bring back */

	size_t stop; /* in focus */
	bool aimed;  /* it is to be the one nearest to: */
	size_t old_at, new_at;
	int rows, cols, top;
	int page_rows; /* of all items with their notes; 0: nothing was shown yet */
	bool arranged;
	struct prose page[DIFF_SIDES]; /* of the items in sight: */
	size_t page_item, page_end;
	int page_row; /* of the page of all */
};

/* diff_text.c: items, stops, tints and shown, of diff. */
void diff_make_text(struct diff_made *m);
/* The stop at, or next after, a byte of the old text, else of the new one (SIZE_MAX: none), in
 * the paragraph that holds it; 0 where there is none. */
size_t diff_stop_at(const struct diff_made *m, size_t old_at, size_t new_at);

/* diff_make.c */
void diff_made_free(struct diff_made *m);
/* Compares anew, at once where the texts are small. */
void diff_begin(struct diff_view *dv);
/* Takes over what the worker made, or waits a moment; true: it still works. */
bool diff_job_step(struct diff_view *dv);
/* Does not wait for it. */
void diff_job_drop(struct diff_view *dv);
/* Adds the item's text to the pages, one a column. */
void diff_measure(const struct diff_made *m, size_t item, struct prose page[DIFF_SIDES]);

/* diff_note.c */
void diff_notes_begin(struct diff_view *dv);
bool diff_notes_step(struct diff_view *dv);
void diff_notes_drop(struct diff_view *dv);
void diff_notes_clear(struct diff_view *dv);
/* Once they are all there: which paragraph each one is about. */
void diff_notes_place(struct diff_view *dv);

/* diff_restore.c */
bool diff_can_restore(const struct diff_view *dv);
void diff_restore_ask(struct diff_view *dv);
/* The preview was agreed to. */
void diff_restore_accept(struct diff_view *dv);

/* diff_draw.c */
/* Where each item stands on the page, with the notes as they are known. */
void diff_arrange(struct diff_view *dv);
/* Lays out what is in sight. */
void diff_lay_out(struct diff_view *dv);
int diff_stop_row(const struct diff_view *dv, size_t stop);
/* Rows of the body that the page has. */
int diff_height(const struct diff_view *dv);
void diff_draw(const struct view *v, struct canvas *c);
void diff_headline(const struct view *v, struct str *left, struct str *right);
void diff_status(const struct view *v, struct str *out);

/* diff_actions.c */
enum diff_action {
	DIFF_NEXT = 1,
	DIFF_PREVIOUS,
	DIFF_SILENT,
	DIFF_RESTORE,
	DIFF_ACCEPT,
	DIFF_TWO,
	DIFF_ONE,
	DIFF_STOP,
	DIFF_AGAIN,
	DIFF_EXPORT
};
extern const struct action diff_actions[];
extern const struct action *const diff_common[];

#endif
