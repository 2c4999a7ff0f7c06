/* SPDX-License-Identifier: MIT */
#ifndef STORE_DECIDED_H
#define STORE_DECIDED_H

#include "core/error.h"
#include "core/party.h"
#include "store/repo.h"
#include "store/versions.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * What was decided between two versions of a draft, by the points of the older
 * one: so that a comparison can name decisions beside the words they changed.
 */

struct decided {
	size_t begin, end;      /* of the point, in the older text */
	struct version version; /* the commit that decided it; its message has the record */
};

struct decided_list {
	struct decided *v; /* by begin */
	size_t n;
};

/*
 * Points of `old`'s text that a recorded decision resolved, in the versions that
 * `new` has and `old` has not; none where `old` has no such draft. list is the caller's after
 * success.
 */
int decided_between(struct decided_list *list, struct repo *r,
		    const struct versions_between *ask, struct error *err)
	__attribute__((warn_unused_result));
void decided_release(struct decided_list *list);

#endif
