/* SPDX-License-Identifier: MIT */
#ifndef CORE_PROJECT_H
#define CORE_PROJECT_H

#include "core/bracket.h"
#include "core/party.h"
#include "core/str.h"

#include <stdint.h>

/*
 * The draft as one party wants it, or as nobody does (FORMAT.md, "Consolidation",
 * `project`): at each point and then inside what it took, the first option that
 * lists the party; else the first without parties; else no text. A point
 * without options stays, without its id. What comes out is plain text: escapes
 * and guards are gone.
 *
 * Brackets are read once; the last point is taken first, so that one that
 * stands in another goes before it. Linear in the draft.
 */

/* What is taken at each point: an option from 0, or one of these. */
#define PROJECT_NO_TEXT UINT32_MAX
#define PROJECT_STAYS   (UINT32_MAX - 1)

/* Fills choices, one a point, for the party (PARTY_NONE: for nobody, "base"). */
void project_choices(const struct brackets *b, uint16_t party, uint32_t *choices);
/* Appends the text under these choices. b is a reading of the draft. */
void project_text(const struct brackets *b, struct slice draft, const uint32_t *choices,
		  struct str *out);

#endif
