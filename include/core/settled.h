/* SPDX-License-Identifier: MIT */
#ifndef CORE_SETTLED_H
#define CORE_SETTLED_H

#include "core/party.h"
#include "core/str.h"

#include <stddef.h>

/*
 * Words that a draft has settled and that another text in its place would take back:
 * decisions on points, and what was agreed without one. Read off the two texts as nobody in
 * particular wants them (FORMAT.md, "Consolidation", `project`): a consolidation has its
 * base's words there (law 2), so whatever else the draft has came after. What was decided for
 * fewer words is not found: it comes back as an open point, and no word is lost.
 */
struct settled {
	size_t paragraphs; /* of the draft that lose such words */
	struct str words;  /* those of the first one, on one line that can be shown */
	/* As many as paragraphs, in the draft's order. */
	struct settled_loss {
		size_t at;    /* a byte of the paragraph, in the draft */
		size_t other; /* of the one that it is now, in the other; SIZE_MAX: none */
		struct str words;
	} * v;
	size_t cap;
};

/* Reads both texts. settled_release() follows. */
void settled_find(struct settled *s, struct slice draft, struct slice other,
		  const struct parties *parties);
void settled_release(struct settled *s);

#endif
