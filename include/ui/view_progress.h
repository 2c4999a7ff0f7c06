/* SPDX-License-Identifier: MIT */
#ifndef UI_VIEW_PROGRESS_H
#define UI_VIEW_PROGRESS_H

#include "ui/view.h"

/*
 * The Progress: open points of a draft by meeting or by version, as a chart; by
 * the region that holds them; and those that nobody has spoken for any more.
 * Found while keys work; Esc stops that.
 */

extern const struct view_ops view_progress_ops;

/* name: a draft's; copied. Nothing is looked at before the first screen is drawn. */
struct view *view_progress_new(const struct host *host, const char *name);

#endif
