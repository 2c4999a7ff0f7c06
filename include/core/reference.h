/* SPDX-License-Identifier: MIT */
#ifndef CORE_REFERENCE_H
#define CORE_REFERENCE_H

#include "core/bracket.h"
#include "core/draft.h"
#include "core/edit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * References from one place of a draft to a clause of it, and renumbering,
 * which has to keep them right. A reference is a call's verb and a label
 * ("considérant e)", "*resolves* 2", "point 2 du *décide*"), or a word such as
 * "paragraph", a label, and "above" or "below". Nothing is found or changed in
 * stretches that are not read (code, comments, front matter).
 */

struct reference {
	size_t begin, end;       /* "considérant e)" */
	size_t label, label_end; /* "e)" */
	size_t core, core_end;   /* "e": what renumbering replaces */
	uint32_t from;           /* the paragraph it stands in */
	uint32_t target; /* the clause it means; PARAGRAPH_NONE: there is none (dangling) */
	bool external;   /* names another text ("resolves 2 of Resolution 71"): target is none,
			    and that is right */
};

struct references {
	struct reference *v; /* by begin */
	size_t n, cap;
};

/* All of the draft, which b is a reading of (NULL: as core/draft has it). refs is overwritten
 * and the caller's to release. Linear. */
void draft_references(const struct draft *d, struct slice text, const struct brackets *b,
		      struct references *refs);
void references_release(struct references *refs);

/*
 * Adds the edits that number the clauses of each list in sequence, each in its
 * own style: a) (a) 1. 1 1.1 i) а) أ); "bis" and its like become ordinary
 * numbers; after z) comes aa). Options of one bracket are numbered alike. A
 * list begins with 1 or a), unless its draft numbers through all calls and
 * headings. References to clauses whose number changes follow. Returns how
 * many clauses change.
 */
size_t draft_renumber(const struct draft *d, struct slice text, const struct brackets *b,
		      struct edits *edits);

#endif
