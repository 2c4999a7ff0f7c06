/* SPDX-License-Identifier: MIT */
#ifndef STORE_MERGE_FILE_H
#define STORE_MERGE_FILE_H

#include "core/error.h"
#include "core/merge.h"
#include "core/party.h"
#include "core/str.h"

#include <stdint.h>

/*
 * core/merge on files, as git's merge driver needs it: the result takes the place of
 * OURS. Before anything is read, OURS is replaced by both texts as one point, as they
 * are: so whatever ends the program, OURS alone never stands there. Each replacement is
 * whole or not at all; nothing is synced, for what stands there can be made again.
 */

struct merge_file {
	const char *base, *ours, *theirs;
	const char
		*path; /* what it is in the repository; ends in ".yaml": by entry. NULL: ours */
	uint16_t party[2]; /* of ours and theirs, or PARTY_NONE */
	const struct parties *parties;
};

/*
 * Merges. print: takes the result, OURS stays; NULL: into OURS. 0 also where the whole text is
 * one point (outcome->whole; then *why says what failed, where it is not empty): a base or a
 * side that is no text, or too large, or a base that cannot be read. A failure is returned
 * where a side cannot be read or OURS not be written.
 */
int merge_file(const struct merge_file *job, struct str *print, struct merge_outcome *outcome,
	       struct error *why, struct error *err) __attribute__((warn_unused_result));

#endif
