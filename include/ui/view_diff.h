/* SPDX-License-Identifier: MIT */
#ifndef UI_VIEW_DIFF_H
#define UI_VIEW_DIFF_H

#include "core/edit.h"
#include "core/str.h"
#include "ui/view.h"

/*
 * What changed between two texts of a draft, word by word: the paragraphs that
 * are not the same, in one column or two, with {+ +} and [- -] around words,
 * moved ones as moved, and beside each what was decided there, or that it went
 * without a decision. There is always a change in sight. Large texts are
 * compared in a worker; Esc stops that. Where the newer text is the one that
 * is worked on, the older one's wording can be brought back, after a preview.
 */

extern const struct view_ops view_diff_ops;

/* All is copied. */
struct diff_ask {
	const char *name;      /* the draft's */
	const char *label;     /* of what is compared: "2026-02-18 · IRM-2" */
	const char *from, *to; /* over the two columns: "2026-02-18", "now" */
	struct slice old, new;
	const char *subject; /* what the change is called; or NULL */
	/* Where the history has them, for what was decided: commits in hex; new_id NULL: the
	 * text now; old_id NULL: nowhere. */
	const char *old_id, *new_id;
	const char *path; /* in the newer one; NULL: the draft's */
	bool one_step;    /* new was made of old by one commit, which the label names */
	/* Begins at the change nearest to these bytes of the two texts, SIZE_MAX: no such
	 * place; where not aimed, at the first one. */
	bool aimed;
	size_t old_at, new_at;
	bool gone; /* of an offer: the draft is not there, and would come back */
};

struct view *view_diff_new(const struct host *host, const struct diff_ask *ask);
/* A preview: what the edits would make of the draft's text, which is ask->old; ask->new is not
 * used. Where the user agrees they are committed with that subject line. */
struct view *view_diff_offer(const struct host *host, const struct diff_ask *ask,
			     const struct edits *edits, struct slice subject);

#endif
