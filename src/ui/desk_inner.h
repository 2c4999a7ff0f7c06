/* SPDX-License-Identifier: MIT */
#ifndef UI_DESK_INNER_H
#define UI_DESK_INNER_H

#include "ui/host.h"
#include "ui/view.h"

/* The Desk's state, between view_desk.c (what it does), desk_actions.c (keys) and desk_draw.c
 * (how it looks). */

struct desk {
	struct view view;
	const struct host *host;
	const struct desk_row *rows; /* the host's; fetched in prepare() */
	size_t n_rows;
	size_t *shown; /* indexes of the rows that the filter lets through */
	size_t n_shown, cap_shown;
	size_t chosen; /* in shown */
	size_t top;
	int height;
	char *name; /* of the chosen draft: it stays chosen when rows come and go */
	struct str filter;

	struct host_import *import; /* a file that becomes a draft; NULL: none */
	char *file;                 /* its path */
	bool import_read;           /* what is in it is known, and was asked about */
	bool changes_chosen;        /* what becomes of its tracked changes */
	bool listing; /* what is said of it is being read, and asked about after that */
};

/* The chosen row; NULL where there is none. */
const struct desk_row *desk_chosen(const struct desk *d);
/* The draft of that name is the chosen one, as soon as it is shown. */
void desk_go_to(struct desk *d, struct slice name);

void desk_draw(const struct view *v, struct canvas *c);
void desk_headline(const struct view *v, struct str *left, struct str *right);
int desk_below_rows(const struct view *v, int rows, int cols);
void desk_draw_below(const struct view *v, struct canvas *c);

/* desk_ask.c: the view's questions, by action. */
void desk_ask(struct desk *d, int action, struct slice arg);
void desk_ask_yes_no(struct desk *d, int action);
/* Only drafts that have the words are shown. */
void desk_filter(struct desk *d, struct slice text);
/* A draft was made, or not: it is opened, and the chosen one for who comes back. */
void desk_open_made(struct desk *d, int rc, const char *name, struct error *err);

/* desk_import.c: a foreign file becomes a draft. The prompt's answer: its path. */
void desk_import_file(void *arg, const struct slice *path);
/* A look at the reading of it; true: it goes on. */
bool desk_import_step(struct desk *d);
/* Whether it is being read. */
bool desk_is_importing(const struct desk *d);
/* Lets it go, if there is one. */
void desk_import_end(struct desk *d);
/* The desk is on top again. */
void desk_import_shown(struct desk *d);

/* Says what came of something: the error, or `done` (NULL: nothing). */
void desk_tell(struct desk *d, int rc, const struct error *err, const char *done);

/* desk_actions.c */
enum {
	DESK_EDIT = 1,
	DESK_CHAIR,
	DESK_MATRIX,
	DESK_COLUMNS,
	DESK_LOG,
	DESK_LIFE,
	DESK_PROGRESS,
	DESK_OVERLAP,
	DESK_CONSOLIDATE,
	DESK_NEW,
	DESK_INIT,
	DESK_IMPORT,
	DESK_EXPORT,
	DESK_FILTER,
	DESK_ALL,
	DESK_REFRESH,
	DESK_HOOKS,
	DESK_WHO,
	DESK_SYNC
};
extern const struct action desk_actions[];
extern const struct action *const desk_common[];

#endif
