/* SPDX-License-Identifier: MIT */
#ifndef UI_VIEW_OVERLAP_H
#define UI_VIEW_OVERLAP_H

#include "ui/view.h"

/*
 * The Overlap: which drafts of the workspace repeat each other, those that share
 * most first, with what could be done about it; and the paragraphs of two drafts
 * side by side. The drafts are read and compared between keys.
 */

extern const struct view_ops view_overlap_ops;      /* the list of drafts */
extern const struct view_ops view_overlap_pair_ops; /* two of them side by side */

/* draft: the one whose first pair is chosen; NULL. */
struct view *view_overlap_new(const struct host *host, const char *draft);

#endif
