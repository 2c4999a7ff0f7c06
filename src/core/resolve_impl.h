/* SPDX-License-Identifier: MIT */
#ifndef CORE_RESOLVE_IMPL_H
#define CORE_RESOLVE_IMPL_H

#include "core/resolve.h"

/* What a decision did, in words: for core/resolve alone. */

/* The choice made on the point and on list, the n points decided, itself among them. */
struct decided {
	const struct bracketed *w;
	uint32_t point;
	const struct choice *choice;
	const uint32_t *list;
	size_t n;
	struct slice text; /* the new wording, if there is one */
};

/* Fills what, which is initialised. */
void resolved_fill(struct resolved *what, const struct decided *d);

#endif
