/* SPDX-License-Identifier: MIT */
#ifndef UI_VIEW_MATRIX_H
#define UI_VIEW_MATRIX_H

#include "ui/view.h"

#include <stddef.h>

/*
 * The Matrix: points by regions, one sign a stance, the verdict in words at the
 * right, and below the table what is known of the chosen cell. Positions are
 * recorded here; Enter goes to the chair at the point.
 *
 * Everything is computed once (core/matrix) and again only when the draft or a
 * position changed; a key costs the rows on the screen.
 */

extern const struct view_ops view_matrix_ops;

struct doc;

/* at: a byte of the draft; the point there, or the first one after it. The host's doc is closed
 * when the view goes. */
struct view *view_matrix_new(const struct host *host, struct doc *doc, size_t at);

#endif
