/* SPDX-License-Identifier: MIT */
#ifndef CORE_PACKAGE_H
#define CORE_PACKAGE_H

#include "core/bracket.h"
#include "core/edit.h"
#include "core/party.h"
#include "core/position.h"
#include "core/resolve.h"
#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A package: points that are decided together, each by a decision of its own. All of it is
 * worked out beforehand, so that what cannot be decided is known before anything is: pure,
 * nothing is written here.
 *
 * Points mean the reading that was asked about, whatever is decided before them. They are
 * decided from the last to the first, so that those to come keep their numbers; one that stands
 * in another comes after it, on what is left of it then.
 */

struct package_ask {
	const struct brackets *b; /* a reading of the draft with these parties */
	struct slice draft;
	const struct parties *parties;
	const struct positions *const *given; /* by party, its positions or NULL; may be NULL */
	/* By point, as core/project has them: PROJECT_OPEN for those that are no part of it. */
	const uint32_t *choices;
	bool named; /* the decisions say what they were taken together with */
};

/* One decision: what resolve_point() made of the draft as those before leave it. */
struct package_step {
	uint32_t point;       /* of the reading that was asked about */
	struct edits edits;   /* of the draft as it is then */
	struct resolved what; /* and so are its numbers; who wants what by the positions, too */
};

/* A point that cannot be decided with the others. */
struct package_left {
	uint32_t point;
	const char *why; /* untranslated (N_()): "it is inside a wording that is not taken" */
};

struct package {
	struct package_step *v; /* in the order in which they are decided */
	size_t n;
	struct package_left *left; /* by point */
	size_t n_left;
	struct str name; /* "2 points: 8=2, 10=1" */
	struct str text; /* the draft as all of them leave it */
};

/* Released by the caller. */
void package_make(struct package *p, const struct package_ask *ask);
void package_release(struct package *p);

#endif
