/* SPDX-License-Identifier: MIT */
#ifndef UI_VIEW_DIFF_H
#define UI_VIEW_DIFF_H

#include "core/str.h"
#include "ui/view.h"

/*
 * What changed between two texts of a draft, word by word: the paragraphs that
 * are not the same, one under the other, with {+ +} and [- -] around words,
 * moved ones as moved, and beside each what was decided there. There is always
 * a change in sight.
 */

extern const struct view_ops view_diff_ops;

/* All is copied. */
struct diff_ask {
	const char *name;  /* the draft's */
	const char *label; /* of what is compared: "2026-02-18 · IRM-2" */
	struct slice old, new;
	struct slice message; /* of the commit that made new of old; or empty */
};

struct view *view_diff_new(const struct host *host, const struct diff_ask *ask);

#endif
