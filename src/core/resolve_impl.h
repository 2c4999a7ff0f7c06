/* SPDX-License-Identifier: MIT */
#ifndef CORE_RESOLVE_IMPL_H
#define CORE_RESOLVE_IMPL_H

#include "core/resolve.h"

/* What a decision did, in words: for core/resolve alone. */

/*
 * Fills what (initialised) for the choice made on the point and on list, the n
 * points decided, itself among them. text is the new wording, if there is one.
 */
void resolved_fill(struct resolved *what, const struct brackets *b, struct slice draft,
		   const struct parties *parties, uint32_t point, const struct choice *c,
		   const uint32_t *list, size_t n, struct slice text);

#endif
