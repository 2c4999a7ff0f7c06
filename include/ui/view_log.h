/* SPDX-License-Identifier: MIT */
#ifndef UI_VIEW_LOG_H
#define UI_VIEW_LOG_H

#include "ui/view.h"

/*
 * The Log: the versions of one draft or of all, newest first, and what is known of the
 * chosen one below. They arrive between keys; Esc stops that. Enter shows what a
 * version changed (ui/view_diff.h).
 */

extern const struct view_ops view_log_ops;

/* name: a draft's, copied; NULL: all drafts. Nothing is looked at before the first screen is
 * drawn. */
struct view *view_log_new(const struct host *host, const char *name);

#endif
