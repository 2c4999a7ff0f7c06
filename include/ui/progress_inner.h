/* SPDX-License-Identifier: MIT */
#ifndef UI_PROGRESS_INNER_H
#define UI_PROGRESS_INNER_H

#include "core/progress.h"
#include "ui/host.h"
#include "ui/view.h"

/* The Progress's state, between view_progress.c (what it does), progress_actions.c
 * (keys) and progress_draw.c (how it looks). */

enum progress_kind {
	PROGRESS_BLANK,
	PROGRESS_CHART_HEAD,
	PROGRESS_OLDER, /* there are older versions, not read yet */
	PROGRESS_ROW,   /* a meeting, or a version */
	PROGRESS_HOLDERS_HEAD,
	PROGRESS_HOLDER, /* a region */
	PROGRESS_ORPHANS_HEAD,
	PROGRESS_ORPHAN, /* a point */
	PROGRESS_NO_ORPHAN,
	PROGRESS_LATER /* what only the whole history says */
};

/* A line of the page. */
struct progress_line {
	enum progress_kind kind;
	size_t index; /* of rows, holders or orphans */
};

struct progress_view {
	struct view view;
	const struct host *host;
	char *name;
	struct host_lives *lives; /* NULL: not begun, or it cannot be */
	bool begun, stopped;
	/* What is on the screen: lives->life, or what that was before. */
	const struct life *seen;
	const struct host_version *seen_v;
	struct error failure;

	bool by_version;
	size_t patience; /* versions in which nobody spoke for an orphan */
	struct progress_label *labels;
	struct progress_rows rows;
	size_t *holders; /* by party; the last are nobody's */
	uint32_t *orphans;
	size_t n_orphans;
	size_t open, resolved; /* now; in all */
	size_t most;           /* open points, of all rows */

	struct progress_line *line;
	size_t n_lines, cap_lines;
	size_t chosen, top; /* lines */
	int height;
};

/* Whether the row begins before the versions that are known: what changed in it nobody can say.
 */
bool progress_is_cut(const struct progress_view *pv, size_t row);
bool progress_is_running(const struct progress_view *pv);
/* Whether one can stand on the line. */
bool progress_stops_at(const struct progress_view *pv, size_t line);

/* progress_draw.c */
void progress_draw(const struct view *v, struct canvas *c);
void progress_headline(const struct view *v, struct str *left, struct str *right);
void progress_status(const struct view *v, struct str *out);
int progress_below_rows(const struct view *v, int rows, int cols);
void progress_draw_below(const struct view *v, struct canvas *c);

/* progress_actions.c */
enum {
	PROGRESS_CHANGE = 1,
	PROGRESS_LIFE,
	PROGRESS_VERSIONS,
	PROGRESS_MEETINGS,
	PROGRESS_PATIENCE,
	PROGRESS_POINTS,
	PROGRESS_STOP
};
extern const struct action progress_actions[];

#endif
