/* SPDX-License-Identifier: MIT */
#ifndef UI_VIEW_NOTICE_H
#define UI_VIEW_NOTICE_H

#include "core/str.h"
#include "ui/view.h"

/*
 * What takes more lines to say than a message has: they are read on a screen of
 * their own, which Enter or Esc closes.
 */

extern const struct view_ops view_notice_ops;

/* title: the title line's left side. text: a line each, of any length; both are copied. */
struct view *view_notice_new(const char *title, struct slice text);

#endif
