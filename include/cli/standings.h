/* SPDX-License-Identifier: MIT */
#ifndef CLI_STANDINGS_H
#define CLI_STANDINGS_H

#include "cli/input.h"
#include "core/draft.h"
#include "core/matrix.h"

/*
 * One draft of the workspace with everything that its parties said on it, for
 * the commands that show or use positions. What could not be read is told as
 * "file:line:column: text" and the rest is there.
 */

struct standings {
	struct input in;
	struct draft draft;
	struct ws_positions positions;
	struct deferred_list deferred;
	struct matrix matrix;
	struct ws_problems problems;
	bool read; /* all of it is there */
};

/* NAME must be a draft of the workspace. st is initialised here and released by the caller,
 * always. */
int standings_open(struct standings *st, const char *name, struct error *err)
	__attribute__((warn_unused_result));
void standings_release(struct standings *st);
/* What could not be read or used beside the draft, one by one, from *at 0; NULL: that was all.
 */
const struct ws_problem *standings_problem(const struct standings *st, size_t *at);
/* Says it on standard error. */
void standings_complain(const struct standings *st);

/* The options as one line, cut to so many columns: "one / at least one / two"; a point without
 * alternatives in brackets. */
void standings_wording(const struct standings *st, uint32_t point, size_t columns,
		       struct str *out);
/* All or some drafts: those named, or every one of the workspace where none is.
 * NULL-terminated, by mem_alloc; release with standings_names_free(). */
int standings_names(struct cli *c, char ***names, struct error *err)
	__attribute__((warn_unused_result));
void standings_names_free(char **names);

/* gettext(), as core's words want it. */
const char *standings_translate(const char *text);

#endif
