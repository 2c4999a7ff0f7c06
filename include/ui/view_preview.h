/* SPDX-License-Identifier: MIT */
#ifndef UI_VIEW_PREVIEW_H
#define UI_VIEW_PREVIEW_H

#include "ui/view.h"

#include <stddef.h>

/*
 * What if: the draft's text as it would stand under the options tried so far,
 * or as one party wants it. What is tried is forgotten when the view goes;
 * until it is decided, together, nothing is written.
 */

extern const struct view_ops view_preview_ops;

struct doc;

/* at: a byte of the draft; the point there, or the first one after it. The host's doc is closed
 * when the view goes. */
struct view *view_preview_new(const struct host *host, struct doc *doc, size_t at);

#endif
