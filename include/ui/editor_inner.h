/* SPDX-License-Identifier: MIT */
#ifndef UI_EDITOR_INNER_H
#define UI_EDITOR_INNER_H

#include "core/find.h"
#include "core/utf8.h"
#include "core/word.h"
#include "ui/doc.h"
#include "ui/host.h"
#include "ui/layout.h"
#include "ui/theme.h"
#include "ui/tr.h"
#include "ui/view.h"
#include "ui/view_editor.h"

/* What the files of the editor share (see ui/view_editor.h). */

/* Columns of the body from which there is room for the list of points. */
#define EDITOR_LIST_NEEDS 76
#define EDITOR_MARGIN     6  /* columns for labels: "viii) " */
#define EDITOR_NARROW     60 /* of the text's columns; below it, they get 4 */

/* A glyph to be drawn: what prepare() leaves for draw(). */
struct editor_glyph {
	size_t pos;   /* its bytes, from the row's begin on */
	uint32_t len; /* 0: blanks */
	uint32_t style;
	short col, width; /* of the body */
	char mirror[5];   /* drawn instead, NUL-terminated; "" for most */
};

/* A row of the screen: a row of a line's layout. What was computed and drawn for it is kept,
 * and found again where the same row is to be shown with the same styles. */
struct editor_row {
	size_t line; /* where the line begins in the text; SIZE_MAX: it changed */
	size_t row;
	const struct layout
		*layout; /* and its version: whose row it is; NULL: nothing is kept */
	uint64_t version;
	struct strip strip;     /* as it was drawn */
	struct str bytes;       /* of the text, a copy */
	bool plain;             /* nothing but these and the indentation says how it looks */
	int width, first, hang; /* of the layout, and the bytes of its label */
	size_t label;
	int text_col, end; /* where its box begins; the body's columns that are the text's */
	bool line_end;     /* the selection goes on in the next line */
	uint32_t *styles;  /* of its bytes and of its end */
	size_t n_styles, cap_styles;
	struct editor_glyph *glyphs;
	size_t n_glyphs, cap_glyphs;
};

struct editor_rows {
	struct editor_row **v; /* cap of them; of the spare ones what memory they have */
	size_t n, cap;
};

/* The layout of a line, as it was last asked for: a page asks for one many times, and most
 * lines of the next page are the same. */
struct editor_memo {
	struct layout *layout;
	uint64_t version; /* of the layout: another one, it is another line's by now */
	int text_cols;
	struct paragraph paragraph;
};

#define EDITOR_MEMOS 64

struct editor_memos {
	size_t line[EDITOR_MEMOS]; /* SIZE_MAX: nothing remembered */
	struct editor_memo v[EDITOR_MEMOS];
	size_t at, next;     /* the one last asked for; where the next new one goes */
	uint64_t generation; /* of the doc that they are of, as are the rows of the screen */
};

/* What rows look like by, besides the text and its reading: while it is the same, so are the
 * rows of lines that did not change. */
struct editor_look {
	uint32_t point; /* in focus */
	size_t n_points;
	bool marked; /* a selection or hits: these are looked for byte by byte */
	int text_col, text_cols, end;
};

/* Where a search stands. */
struct editor_search {
	struct str pattern; /* as typed */
	struct str replacement;
	struct find *find; /* made ready; NULL: none */
	struct find_options options;
	struct find_hits hits;
	uint64_t revision; /* of the text the hits are in */
	bool shown;        /* hits are marked on the screen */
	bool replacing;    /* one by one: a change does not end the search */
	size_t origin;     /* where the cursor was when the search began */
	size_t at;         /* replacing one by one: the hit asked about */
	size_t done;       /* how many were replaced */
};

struct editor {
	struct view view;
	struct doc *doc;
	uint64_t seen;           /* text revision that the places below refer to */
	struct caret caret;      /* pos is of the whole text */
	size_t anchor;           /* the other end of the selection */
	bool selected;           /* there is one (perhaps empty while marking) */
	bool marking;            /* moves extend it without Shift */
	int want;                /* the column that up and down aim at; -1: the caret's own */
	size_t top, top_row;     /* the first row shown: a line's begin, and a row of it */
	int rows, cols;          /* of the body */
	int text_col, text_cols; /* where the text's box is */
	bool list;               /* the side list of points is shown */
	int list_col, list_cols; /* 0 columns where it is not, or has no room */
	size_t list_top;         /* first point in it */
	struct layout_cache cache;
	struct editor_memos memos;
	struct editor_rows screen, before; /* the rows shown; those of the page before */
	struct editor_look look;           /* of screen */
	bool alike;                        /* before looks as screen does, its lines known */
	size_t next_before;                /* where in it the next row is looked for first */
	uint32_t *styles;                  /* scratch: of the bytes of a row */
	size_t cap_styles;
	int cursor_row, cursor_col; /* of the body; -1: not in sight */
	uint32_t point;             /* under the cursor, or BRACKET_NONE */
	size_t linked;              /* others with its wording */
	uint64_t linked_for;        /* doc generation and point it was counted for */
	uint32_t linked_point;
	bool dragging;
	struct str cut_raw, cut_shown; /* what was copied here last, with and without ids */
	struct editor_search search;
	struct host_file_state file;
	bool asked_outside;  /* the question about a file changed outside was put */
	unsigned generation; /* of the workspace when the file was looked at last */
	int64_t last_key;    /* host ticks */
};

static inline struct editor *editor_of(struct view *v)
{
	return (struct editor *)v;
}

/* ---- editor_lines.c: the lines of the page, laid out ---- */

/* Settings by which lines are laid out may have changed. */
void editor_forget_layouts(struct editor *e);
/* What is remembered of lines and rows follows the change that the doc has just gone through.
 */
void editor_lines_follow(struct editor *e);
/* The layout of the line that begins at `line`; p (may be NULL) gets its paragraph. */
struct layout *editor_layout(struct editor *e, size_t line, struct paragraph *p);

/* ---- editor_page.c: the page ---- */

/* One row of the page up or down; false at the ends of the text. */
bool editor_row_up(struct editor *e, size_t *line, size_t *row);
bool editor_row_down(struct editor *e, size_t *line, size_t *row);
/* Where the caret is: its line's begin, the row of that, the column of the box. */
void editor_locate(struct editor *e, size_t *line, size_t *row, int *col);
/* The caret nearest to a cell of the body. */
struct caret editor_hit(struct editor *e, int row, int col);
/* Computes rows and glyphs for a body of that size, with the caret in sight. */
void editor_page(struct editor *e, int rows, int cols);
/* Takes over changes that others made to the text. */
void editor_follow(struct editor *e);

/* ---- editor_rows.c: rows of the screen ---- */

/* The page's rows are those before now, and there are none. */
void editor_rows_begin(struct editor *e);
/* Adds row k of the line's layout below the others. */
void editor_rows_add(struct editor *e, size_t line, size_t k);
void editor_rows_draw(const struct editor *e, struct canvas *c);
void editor_rows_release(struct editor_rows *rows);

/* ---- editor_paint.c: styles ---- */

/* Styles of the bytes begin to end (of one line, whose paragraph is p) into e->styles. */
void editor_paint(struct editor *e, const struct paragraph *p, size_t begin, size_t end);

/* ---- editor_draw.c ---- */

void editor_draw(const struct view *v, struct canvas *c);
void editor_headline(const struct view *v, struct str *left, struct str *right);
void editor_status(const struct view *v, struct str *out);
int editor_below_rows(const struct view *v, int rows, int cols);
void editor_draw_below(const struct view *v, struct canvas *c);

/* ---- editor_points.c: the side list ---- */

void editor_draw_points(const struct editor *e, struct canvas *c);
/* The point at a row of the body; BRACKET_NONE. */
uint32_t editor_points_at(const struct editor *e, int row);
/* Keeps the point under the cursor in the list's sight. */
void editor_points_follow(struct editor *e);

/* ---- editor_move.c ---- */

enum editor_step {
	STEP_LEFT,
	STEP_RIGHT,
	STEP_UP,
	STEP_DOWN,
	STEP_WORD_LEFT,
	STEP_WORD_RIGHT,
	STEP_HOME,
	STEP_END,
	STEP_PAGE_UP,
	STEP_PAGE_DOWN,
	STEP_PARAGRAPH_UP,
	STEP_PARAGRAPH_DOWN,
	STEP_TOP,
	STEP_BOTTOM
};

/* extend: the selection goes along. */
void editor_step(struct editor *e, enum editor_step step, bool extend);
/* Puts the caret somewhere; the selection goes, or is extended. */
void editor_go(struct editor *e, struct caret caret, bool extend);
void editor_unselect(struct editor *e);
void editor_select(struct editor *e, size_t begin, size_t end);
/* The selected bytes; false where there are none. */
bool editor_selection(const struct editor *e, size_t *begin, size_t *end);
void editor_scroll(struct editor *e, int rows);
bool editor_pointer(struct editor *e, const struct pointer *p);
void editor_goto_ask(struct editor *e);
bool editor_goto(struct editor *e, struct slice where);
void editor_point_step(struct editor *e, bool onward);

/* ---- editor_edit.c ---- */

/* To be called after every change of the text by this view: pos is the caret's new place. */
void editor_changed(struct editor *e, size_t pos);
/* Whether the text can be changed; says why not. */
bool editor_may_edit(struct editor *e);
/* Whether there is room for so many more bytes in a draft; says that there is none. Asked where
 * many come at once: what single keys add up to is asked when it is saved. */
bool editor_has_room(struct editor *e, size_t len);
void editor_type(struct editor *e, const char *p, size_t len);
void editor_enter(struct editor *e);
void editor_backspace(struct editor *e);
void editor_delete(struct editor *e);
void editor_delete_word(struct editor *e, bool before);
void editor_paste(struct editor *e, struct slice text);
void editor_copy(struct editor *e, bool cut);
void editor_undo(struct editor *e, bool redo);
/* Applies edits that core made as one step; the caret follows the text. */
void editor_apply(struct editor *e, const struct edits *edits);

/* ---- editor_bracket.c ---- */

void editor_bracket(struct editor *e);
void editor_unbracket(struct editor *e);
/* The unpaired bracket that the cursor is on; NULL. */
const struct bracket_problem *editor_problem(const struct editor *e);
void editor_mend_ask(struct editor *e);
void editor_option_ask(struct editor *e);
/* text: the wording, perhaps "AFR, EUR: " before it. */
void editor_option(struct editor *e, struct slice text);
bool editor_can_split(const struct editor *e);
void editor_split(struct editor *e);
void editor_join(struct editor *e);
bool editor_can_alternatives(const struct editor *e);
void editor_alternatives(struct editor *e);
bool editor_can_paragraphs(const struct editor *e);
void editor_paragraphs(struct editor *e);
void editor_renumber(struct editor *e);

/* ---- editor_find.c ---- */

void editor_find_ask(struct editor *e);
void editor_replace_ask(struct editor *e);
void editor_find_step(struct editor *e, bool onward);
void editor_search_release(struct editor_search *s);
void editor_search_hide(struct editor *e);
/* Looks for hits again where the text changed and they are shown. */
void editor_search_refresh(struct editor *e);
/* The first hit that ends after pos; hits.n where there is none. */
size_t editor_search_from(const struct editor_search *s, size_t pos);

/* ---- editor_file.c ---- */

void editor_save(struct editor *e);
void editor_commit_ask(struct editor *e);
void editor_external(struct editor *e);
void editor_words(struct editor *e);
void editor_export(struct editor *e, struct slice arg);
/* Shows or hides the list of points beside the text. */
void editor_toggle_list(struct editor *e);
/* Another view of the draft, where the cursor is. */
void editor_open(struct editor *e, const char *view);
/* Who brought the words at the cursor, or those selected. */
void editor_blame(struct editor *e);
/* Asks what to do about a file changed outside, once. */
void editor_look_outside(struct editor *e);
/* Leaving: true where something has to be asked first (and will leave by itself). */
bool editor_leave(struct editor *e);

#endif
