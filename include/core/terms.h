/* SPDX-License-Identifier: MIT */
#ifndef CORE_TERMS_H
#define CORE_TERMS_H

#include "core/edit.h"
#include "core/error.h"
#include "core/recheck.h"
#include "core/reword.h"

#include <stddef.h>

/*
 * A change of terms across a draft: each place where the old one stands gets
 * brackets, "[old / new]", as one undo step, so that a meeting can decide on
 * all of them together (they are linked) or one by one.
 *
 * Inside a bracket the pair is nested, "[the [old / new] system]"; but where
 * the old term is the whole of an option between slashes, or of an optional
 * bracket, the new one becomes another option of it, "[old / new / other]".
 * Places are left out where it would be no wording: code, comments, links,
 * numbers, brackets' own signs, parties and ids, half a bracket; and where the
 * new term is what stands there, or on offer, already.
 */

/* One place, and what is proposed for it. */
struct term_hit {
	size_t begin, end; /* in the draft, not empty */
	struct slice with; /* empty: no text */
};

struct terms_done {
	size_t bracketed; /* places that got brackets */
	size_t added;     /* places whose bracket got another option */
	size_t unread;    /* left out: code, comments, links, … */
	size_t marks;     /* left out: in brackets' signs, or cutting one in two */
	size_t same;      /* left out: it says so already */
	size_t unfit;     /* left out: it would read as something else */
};

/*
 * Brackets the hits, which are in order and do not overlap (those that do are
 * left out as `marks`). offer says who proposes the new term, its language and
 * whether it is markup; its text is not used. ST_USAGE where no place is left;
 * then e is empty. done may be NULL.
 */
int terms_bracket(const struct bracketed *w, const struct term_hit *hits, size_t n,
		  const struct offer *offer, struct edits *e, struct terms_done *done,
		  struct error *err);

#endif
