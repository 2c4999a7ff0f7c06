/* SPDX-License-Identifier: MIT */
#ifndef CORE_AGREEMENT_H
#define CORE_AGREEMENT_H

#include "core/bracket.h"
#include "core/draft.h"
#include "core/ledger.h"

#include <stdint.h>

/*
 * Which paragraphs are agreed ad referendum, and which were and changed since
 * (reopened): agreed.yaml held against the draft. A paragraph is agreed where
 * an entry has its digest. An entry that no paragraph has is of a paragraph
 * that changed or went; it is the one that still begins as the entry says.
 */

enum agreement_state { AGREEMENT_NONE, AGREEMENT_AGREED, AGREEMENT_REOPENED };

struct agreement {
	enum agreement_state state;
	uint32_t entry; /* of the list */
};

struct agreements {
	struct agreement *v; /* by paragraph of the draft, n of them */
	size_t n;
	size_t agreed;   /* paragraphs */
	size_t reopened; /* entries whose paragraph changed or went */
};

void agreements_read(struct agreements *a, const struct agreed_list *list,
		     const struct draft *d, struct slice text, const struct brackets *b);
void agreements_release(struct agreements *a);

#endif
