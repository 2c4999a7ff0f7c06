/* SPDX-License-Identifier: MIT */
#ifndef UI_VIEW_CHAIR_H
#define UI_VIEW_CHAIR_H

#include "ui/view.h"

#include <stddef.h>

/*
 * The chair: one point at a time in its context, its options as numbered
 * lines with who wants them, one key a decision. Each decision is a commit
 * that holds nothing else, made by the host.
 */

extern const struct view_ops view_chair_ops;

struct doc;

/* at: a byte of the draft; the point there, or the first one after it. The host's doc is closed
 * when the view goes. */
struct view *view_chair_new(const struct host *host, struct doc *doc, size_t at);

#endif
