/* SPDX-License-Identifier: MIT */
#ifndef UI_VIEW_PACKAGE_H
#define UI_VIEW_PACKAGE_H

#include "core/package.h"
#include "ui/view.h"

/*
 * Several points are about to be decided together: what each of them would be, who is for it
 * and who against, and which cannot be decided with the others. One key decides them.
 */

extern const struct view_ops view_package_ops;

struct doc;

/* choices: by point of the doc's reading, as core/project has them; what is open is no part of
 * it. doc stays open below. */
struct view *view_package_new(const struct host *host, struct doc *doc,
			      const uint32_t *choices);

/* Decides them, a commit each. done gets how many were, also where the next one could not be.
 */
int package_decide(struct package *p, const struct host *host, struct doc *doc,
		   struct slice reason, size_t *done, struct error *err);

#endif
