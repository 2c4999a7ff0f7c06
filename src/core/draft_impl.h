/* SPDX-License-Identifier: MIT */
#ifndef CORE_DRAFT_IMPL_H
#define CORE_DRAFT_IMPL_H

#include "core/draft.h"

/* The steps of draft_read(), one file each; each needs those before it. */

/* Levels, parents, lists and values of clauses; what text belongs to them. */
void draft_place_clauses(struct draft *d, struct slice text);
/* The title, where front matter has none; its lines become PARA_TITLE. */
void draft_find_title(struct draft *d, struct slice text);

/* The paragraph's bytes, from its body on, and as a whole. */
struct slice draft_body(const struct draft *d, struct slice text, uint32_t paragraph);
struct slice draft_line(const struct draft *d, struct slice text, uint32_t paragraph);

#endif
