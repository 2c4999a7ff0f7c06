/* SPDX-License-Identifier: MIT */
#ifndef CORE_REWORD_IMPL_H
#define CORE_REWORD_IMPL_H

#include "core/reword.h"

#define OPTION_NONE SIZE_MAX

/*
 * The parties of one bracket's options, written anew where they change. lists:
 * what each of its options is to have, in order. Options that have their own
 * keep their form ("EUR:", "– EUR", "(EUR)"); others get "EUR:" in front.
 */
struct respelling {
	const struct bracketed *w;
	uint32_t bracket;
	const struct party_list *lists;
	bool drop;  /* trailing parties go to the options that have them from there */
	bool guard; /* wordings whose parties change get a guard */
	bool part;  /* modal verbs get blanks around their slashes */
	bool move;  /* blanks inside a bracket of one wording go out of it */
};
void respell(const struct respelling *s, struct edits *e);

/* Whether trailing parties "(CODES)" stand after the bracket. */
bool reword_has_trailing(const struct bracketed *w, uint32_t bracket);

/* Which option of its point the bracket's first one is. */
size_t reword_first_option(const struct bracketed *w, uint32_t bracket);

/* What the point is to offer after an edit. */
struct expectation {
	uint32_t point;
	const struct party_list *lists; /* of its options, by their number before */
	size_t gone;                    /* the option that goes, or OPTION_NONE */
	size_t fresh;                   /* the number of the new one, or OPTION_NONE */
	const struct offer *offer;      /* it */
	struct slice written;           /* and how it was written, guard aside */
	size_t n_brackets;
	int more; /* points: those in the new wording */
};

#endif
