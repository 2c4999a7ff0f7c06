/* SPDX-License-Identifier: MIT */
#ifndef UI_TOLD_H
#define UI_TOLD_H

#include "core/life.h"
#include "core/message.h"
#include "core/party.h"
#include "core/str.h"

#include <stdbool.h>

struct host_lives; /* ui/host.h */

/* What history says, in the user's words, for screens and commands alike. Appended, sanitised.
 */

/* What was chosen, from core/resolve.h's words for it, which commits keep in English: "option
 * 2, "…"", "no text". Words that are none of these stand as they are. */
void told_choice(struct str *out, struct slice words);
/* Which decision is taken back: 'point 5, option 2, "…" · 1 linked'. */
void told_undoing(struct str *out, size_t point, struct slice decision, size_t linked);
/* What a commit records: "decided: point 1, option 2, "…" · 3 linked · against EUR". Nothing
 * where it records nothing. Returns whether it did. */
bool told_record(struct str *out, const struct message_record *r);
/* An event without its version and kind: "two  (ARB)". */
void told_event(struct str *out, const struct life *l, const struct life_event *e,
		const struct parties *parties);
/* "2 opened · 1 resolved", what is 0 left out. */
void told_counts(struct str *out, const struct life_counts *n);

/* A wording of a draft, which may have brackets, as one line of at most so many columns,
 * without ids. */
void told_wording(struct str *out, struct slice text, const struct parties *parties,
		  size_t columns);
/* A message's first line, without the draft's name before it. Borrowed. */
struct slice told_subject(struct slice message, const char *draft);
/* A number as people read it: 1,204. */
void told_number(struct str *out, size_t n);

/* Whether the text has the words, in any case. */
bool told_has(struct slice text, struct slice words);

/* How far a draft's history is read, or that it was not read whole; nothing where it is. lives
 * may be NULL. */
void told_reading(struct str *out, const struct host_lives *lives, bool running);

/* What of a history could not be shown (translated): the first of it, and of how many. */
void told_notes(struct str *out, const char *const *notes, size_t n);

#endif
