/* SPDX-License-Identifier: MIT */
#ifndef UI_CHANGED_H
#define UI_CHANGED_H

#include "core/str.h"
#include "ui/host.h"
#include "ui/view.h"

#include <stddef.h>

/*
 * Opens the comparison (ui/view_diff) of a version with the one it was made of,
 * or of two versions, as views of the history name them.
 */

struct changed {
	const char *name;                 /* the draft's */
	const struct host_version *v;     /* the (newer) version */
	const struct host_version *since; /* the older one; NULL: what v was made of */
	struct slice old, new;
	size_t old_at, new_at; /* where to begin, in the texts; SIZE_MAX: no such place */
};

void changed_show(struct view *from, const struct changed *c);

/* "2026-02-18 · IRM-2"; with `who` also " · Elena Marchetti". Appended, raw. */
void changed_label(struct str *out, const struct host_version *v, bool who);

#endif
