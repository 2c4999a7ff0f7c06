/* SPDX-License-Identifier: MIT */
#ifndef CORE_REVERT_H
#define CORE_REVERT_H

#include "core/error.h"
#include "core/party.h"
#include "core/str.h"

/*
 * Takes one change back out of a text that may have been changed since: a
 * three-way merge of bytes by paragraphs, then by words. Never guesses: where
 * the change's own words, or those touching them, were changed again, it says
 * so.
 */

/*
 * Appends to out `current` with the change from `before` to `after` reversed.
 * Every byte that the change did not touch stays. Where current is after, out
 * gets before. ST_CHANGED: parts of it were changed since.
 */
int revert_change(struct slice before, struct slice after, struct slice current,
		  struct str *out, struct error *err);

/*
 * The same for a decision, where the draft may have been consolidated, merged or rewritten
 * since: what comes back are the points it decided, with their wordings, parties and ids and as
 * deep as they stood, and every other point of current stands still. ST_CHANGED where it would
 * be otherwise. Where current is after, out gets before.
 */
int revert_decision(struct slice before, struct slice after, struct slice current,
		    const struct parties *parties, struct str *out, struct error *err);

#endif
