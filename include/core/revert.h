/* SPDX-License-Identifier: MIT */
#ifndef CORE_REVERT_H
#define CORE_REVERT_H

#include "core/error.h"
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

#endif
