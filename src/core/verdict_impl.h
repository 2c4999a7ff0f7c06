/* SPDX-License-Identifier: MIT */
#ifndef CORE_VERDICT_IMPL_H
#define CORE_VERDICT_IMPL_H

#include "core/verdict.h"

/* verdict_read() for who has found the positions already: given is, by party, its position
 * on this point, or NULL. */
void verdict_of(struct verdict *v, struct standing *s, const struct bracketed *w,
		uint32_t point, const struct position *const *given);

#endif
