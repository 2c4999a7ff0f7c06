/* SPDX-License-Identifier: MIT */
#ifndef CORE_REWORD_H
#define CORE_REWORD_H

#include "core/bracket.h"
#include "core/edit.h"
#include "core/error.h"
#include "core/party.h"
#include "core/recheck.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What a point offers, and to whom: another option, a party more or less. Each
 * is edits, one undo step, written as the point is written already (slashes,
 * lines, a run of brackets) and checked by reading the draft again: every other
 * option, party and point is as before, or it is refused, with the reason.
 */

/* A new wording, and who asks for it. */
struct offer {
	struct slice text; /* empty or blank: no text */
	bool markup;       /* a stretch of a draft: brackets in it are such. Otherwise every
			      character stands for itself */
	const uint16_t *parties;
	size_t n_parties;
	struct slice language; /* of the draft, for "no text"; empty: English */
};

/*
 * Adds an option to the point. ST_EXISTS where it has that wording already
 * (add the parties to it), ST_INPUT where it cannot be written there, ST_USAGE.
 *
 * An empty bracket is filled in; another placeholder stays and gets a bracket
 * beside it. Blanks inside a bracket that offered one wording move out of it,
 * since between slashes they are no text any more.
 */
int reword_add_option(const struct bracketed *w, uint32_t point, const struct offer *offer,
		      struct edits *e, struct error *err);

/* Adds a party to the k-th option (from 0). ST_USAGE where it is there already. */
int reword_add_party(const struct bracketed *w, uint32_t point, size_t k, uint16_t party,
		     struct edits *e, struct error *err);
/* Takes a party from the k-th option. ST_USAGE where it is not there. Trailing parties
 * that say nothing else than "delete" go with their last party. */
int reword_remove_party(const struct bracketed *w, uint32_t point, size_t k, uint16_t party,
			struct edits *e, struct error *err);

#endif
