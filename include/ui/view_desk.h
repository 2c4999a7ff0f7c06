/* SPDX-License-Identifier: MIT */
#ifndef UI_VIEW_DESK_H
#define UI_VIEW_DESK_H

#include "ui/view.h"

/*
 * The Desk: all drafts of the workspace, one a row, and what is known of the
 * chosen one below. Where a folder has no drafts it says so and offers to make
 * a workspace.
 */

extern const struct view_ops view_desk_ops;

struct view *view_desk_new(const struct host *host);

#endif
