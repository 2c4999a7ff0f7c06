/* SPDX-License-Identifier: MIT */
#ifndef UI_VIEW_BLAME_H
#define UI_VIEW_BLAME_H

#include "core/str.h"
#include "ui/view.h"

#include <stddef.h>

/*
 * Who brought these words: the version that did, its text with the words in
 * it, then the version that brought those that stood there before, and
 * so on; and forward again. Found while keys work; Esc stops that.
 */

extern const struct view_ops view_blame_ops;

/* Of the bytes [begin, end) of the draft's text as it is now. All is copied. */
struct view *view_blame_new(const struct host *host, const char *name, struct slice text,
			    size_t begin, size_t end);

#endif
