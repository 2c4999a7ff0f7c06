/* SPDX-License-Identifier: MIT */
#ifndef UI_VIEW_COLUMNS_H
#define UI_VIEW_COLUMNS_H

#include "ui/doc.h"
#include "ui/host.h"
#include "ui/view.h"

/*
 * The texts side by side: the draft, its base and the regions' own texts in
 * aligned columns (core/compare), words that differ from one of them marked; and
 * from a cell: its wording for the draft's, or as an option of it.
 */

extern const struct view_ops view_columns_ops;

/* doc is the host's, open; the view closes it. at: the byte to begin at; SIZE_MAX: the first
 * difference. */
struct view *view_columns_new(const struct host *host, struct doc *doc, size_t at);

#endif
