/* SPDX-License-Identifier: MIT */
#ifndef UI_VIEW_HELP_H
#define UI_VIEW_HELP_H

#include "ui/view.h"

/*
 * All keys of a view, from its table: move to one and Enter does it; typing
 * narrows the list. What cannot be done now is shown dim, and says so.
 */

extern const struct view_ops view_help_ops;

/* of: the view whose keys are shown; it stays below on the stack. */
struct view *view_help_new(const struct view *of);

#endif
