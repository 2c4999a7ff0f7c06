/* SPDX-License-Identifier: MIT */
#ifndef CORE_COMPARE_TAKE_H
#define CORE_COMPARE_TAKE_H

#include "core/compare.h"
#include "core/edit.h"
#include "core/error.h"

/*
 * From a cell of a comparison to an edit of the draft, which is its reference or
 * any other column without a party. Each is one undo step, and read again before
 * it is handed out: the rest of the draft says to everyone what it said before;
 * otherwise it is refused (ST_INPUT) and e stays empty.
 */

/*
 * The draft's paragraph says what the cell says, whoever proposed what; its label
 * stays. Where the draft has none, the paragraph is put in; where the text
 * has none, it goes. Where the draft has the same words at another place, it moves there;
 * other words are taken where the draft has them. ST_USAGE where it says so already, or
 * cannot be taken there.
 */
int compare_take(const struct compare *c, size_t draft, size_t row, size_t column,
		 struct edits *e, struct error *err);

/*
 * The cell's wording becomes an option of its party: a new one of the point that
 * stands there, or a new point of the words that differ. Where the draft offers it the words at
 * another place, the party leaves them out there and has them here. ST_EXISTS where the
 * draft offers it to that party already.
 */
int compare_offer(const struct compare *c, size_t draft, size_t row, size_t column,
		  struct slice language, struct edits *e, struct error *err);

#endif
