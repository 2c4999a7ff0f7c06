/* SPDX-License-Identifier: MIT */
#ifndef CORE_PROJECT_H
#define CORE_PROJECT_H

#include "core/bracket.h"
#include "core/closing.h"
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
#define PROJECT_STAYS   (UINT32_MAX - 1) /* without its id */
#define PROJECT_OPEN    (UINT32_MAX - 2) /* it is not decided: stays as it is, id and all */

/* Fills choices, one a point, for the party (PARTY_NONE: for nobody, "base"). */
void project_choices(const struct brackets *b, uint16_t party, uint32_t *choices);
/* Appends the text under these choices. b is a reading of the draft. */
void project_text(const struct brackets *b, struct slice draft, const uint32_t *choices,
		  struct str *out);

/* By point, whether it stands in what is taken of all points around it: where it does not, what
 * is chosen for it changes nothing. */
void project_live(const struct brackets *b, const uint32_t *choices, bool *live);

/* Which stretches of the draft stand where in the text, in order. */
struct project_map {
	struct project_span {
		size_t from; /* in the draft */
		size_t at;   /* in the text */
		size_t len;
	} * v;
	size_t n, cap;
};

/*
 * What if: appends the draft as it would stand were these choices decided, one
 * after the other from the last to the first; those that stay open are in their
 * brackets. It is a draft still, so escapes stay but those that a decision takes
 * away (one between what were two brackets stays too). map: empty, filled in;
 * may be NULL.
 */
void project_draft(const struct brackets *b, struct slice draft, const uint32_t *choices,
		   struct project_map *map, struct str *out);
/* project_text(), and which stretches of the draft it is made of. map: as above. */
void project_plain(const struct brackets *b, struct slice draft, const uint32_t *choices,
		   struct project_map *map, struct str *out);
void project_map_release(struct project_map *map);
/* The first stretch that ends after pos; map->n where none does. */
size_t project_map_from(const struct project_map *map, size_t pos);
/* Where the draft's byte pos is in the text; what is gone is where the next byte is that is
 * not. */
size_t project_place(const struct project_map *map, size_t pos);
/* Where the text's byte at is in the draft; past its last one, where the last stretch ends. */
size_t project_origin(const struct project_map *map, size_t at);
/* The bytes of the draft that stand in place of the point: what is taken, blanks around it
 * perhaps, or all of the point where it stays. */
struct range project_taken(const struct brackets *b, const uint32_t *choices, uint32_t point);

#endif
