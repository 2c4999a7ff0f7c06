/* SPDX-License-Identifier: MIT */
#ifndef UI_LOG_INNER_H
#define UI_LOG_INNER_H

#include "ui/host.h"
#include "ui/log_filter.h"
#include "ui/view.h"
#include "ui/view_diff.h"

/* The Log's state, between view_log.c (what is listed), log_compare.c (versions side by side),
 * log_named.c (those that are named), log_actions.c (keys) and log_draw.c (how it looks). */

/* Versions that are compared, looked for by what they are called. */
struct log_named {
	char *name; /* of the draft */
	/* The older and the newer: as typed, and NULL where it is the text now. */
	char *words[2];
	struct host_named *side[2];
};

struct log_view {
	struct view view;
	const struct host *host;
	char *name;           /* of the draft; NULL: of all of them */
	char *one;            /* the draft that it was opened for; NULL: none */
	struct host_log *log; /* NULL: not begun, or it cannot be */
	bool begun, stopped;
	struct error failure;      /* why there is no list, or no more of it */
	struct str filter;         /* as typed */
	struct log_filter filters; /* the same, read */
	struct log_filter asked;   /* what log was opened with */
	char *wanted;              /* id of the version to choose when it is found; NULL */
	struct prompt_choice choices[10]; /* of the files of a version */
	void (*with_file)(struct log_view *lv,
			  size_t file); /* what is done with the chosen one */
	size_t *shown;                  /* indexes of log->v that the filter lets pass */
	size_t n_shown, cap_shown;
	size_t looked; /* so many of log->v were looked at */
	size_t chosen, top;
	size_t kept;   /* in log->v: what was chosen when a filter was asked for; SIZE_MAX: none
			*/
	size_t marked; /* in log->v: to be compared with; SIZE_MAX: none */
	struct log_named *named; /* looked for; NULL: none are */
	struct str proposal; /* what was proposed to be compared, by names; empty: nothing */
	int height;
};

/* The chosen version; NULL where there is none. */
const struct host_version *log_chosen(const struct log_view *lv);
/* The chosen version stays so: which was chosen before the list began anew is no longer waited
 * for. */
void log_settle(struct log_view *lv);
/* Whether more is being looked for. */
bool log_is_running(const struct log_view *lv);
/* What log_draw.c and log_compare.c call the list: the draft's name, or "all drafts". */
const char *log_title(const struct log_view *lv);
/* The message's first line. */
struct slice log_subject(const struct host_version *v);

/* log_compare.c */
/* Marks the chosen version; where it is marked, takes that back. */
void log_mark(struct log_view *lv);
/* A version is marked, and it is not the chosen one. */
bool log_other_is_marked(const struct log_view *lv);
/* What the chosen version changed (of several files it is asked which); what changed between it
 * and the marked one, and between it and the text now, perhaps to bring something back. */
void log_show_change(struct log_view *lv);
void log_show_between(struct log_view *lv);
void log_show_now(struct log_view *lv);
void log_restore(struct log_view *lv);
/* Texts that a comparison is made of. */
struct log_papers {
	struct str old, new, label, from, to, subject;
};
/* Shows them, or the failure, and releases them; ask's texts and words are set from them. */
void log_finish(struct log_view *lv, struct log_papers *p, struct diff_ask *ask, int rc,
		const struct error *err);

/* log_named.c */
/* Looks for versions that are named, "IRM-1..IRM-2", "IRM-1" (and the text now), to compare
 * them; asks which. */
void log_show_named(struct log_view *lv, struct slice typed);
void log_ask_named(struct log_view *lv);
/* Shows what changed between them when they are found; true: ask again. */
bool log_named_step(struct log_view *lv);
/* Looks no further. */
void log_named_drop(struct log_view *lv);

/* log_draw.c */
void log_draw(const struct view *v, struct canvas *c);
void log_headline(const struct view *v, struct str *left, struct str *right);
void log_status(const struct view *v, struct str *out);
int log_below_rows(const struct view *v, int rows, int cols);
void log_draw_below(const struct view *v, struct canvas *c);

/* log_actions.c */
enum log_action {
	LOG_SHOW = 1,
	LOG_NOW,
	LOG_NAMED,
	LOG_MARK,
	LOG_COMPARE,
	LOG_RESTORE,
	LOG_LIFE,
	LOG_PROGRESS,
	LOG_FILTER,
	LOG_STOP,
	LOG_ALL,
	LOG_DRAFTS,
	LOG_ONE
};
extern const struct action log_actions[];
extern const struct action *const log_common[];

#endif
