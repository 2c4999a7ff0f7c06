/* SPDX-License-Identifier: MIT */
#ifndef CORE_OVERLAP_H
#define CORE_OVERLAP_H

#include "core/party.h"
#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Which paragraphs of different drafts say the same or nearly: a map of what
 * repeats what, for those who streamline. Words are compared, in their order,
 * without case, accents' encoding, kinds of quotes and hyphens, punctuation,
 * labels, ids, parties; every Han character is a word. Headings, calls and what
 * has fewer than six words say too little to repeat anything. Options of a
 * bracket count as they stand.
 *
 * Wordings that are equal are one. Others are found by an index of shingles (three
 * words in a row, of long paragraphs some of them); a shingle that very many wordings have says
 * nothing and is passed over, so that time and memory are linear in the texts but
 * for the pairs there are to tell. Steps are short enough to run between keys.
 *
 * Invariants: which draft was added first changes no share and no suggestion
 * (it decides ties in the order of the list); a draft shares 100 % with its copy.
 * Pure; any bytes can be read. Texts are borrowed until overlap_release().
 */

#define OVERLAP_NONE UINT32_MAX

struct overlap_paragraph {
	uint32_t draft;    /* by the order they were added in */
	uint32_t number;   /* from 1, blank lines not counted */
	size_t begin, end; /* the line in its draft's text, without its line end */
	uint32_t wording;  /* equal for equal words */
	uint32_t weight;   /* of its words: 2 each, 1 for a Han character */
};

struct overlap_draft {
	struct slice text;
	uint32_t first, n; /* range in paragraphs: those that are compared */
	uint32_t weight;   /* of all of them */
};

/* What may become of two drafts that say the same. */
enum overlap_outcome {
	OVERLAP_SUPPRESS, /* nearly all of one stands in the other: it could go */
	OVERLAP_TRIM,     /* some paragraphs stand in both: one could refer to the other */
	OVERLAP_MERGE     /* each says a good part of what the other does: make one of them */
};

/* Two drafts of which one says something that the other says too. */
struct overlap_pair {
	uint32_t a, b;          /* drafts, a < b */
	uint32_t weight[2];     /* how much of a's words b says too, and of b's a */
	uint32_t paragraphs[2]; /* how many of a's, and of b's */
	uint32_t of;            /* which of the two to suppress or trim; OVERLAP_NONE: either */
	enum overlap_outcome outcome;
};

/* A paragraph of two drafts. */
struct overlap_match {
	uint32_t a, b;   /* paragraphs: of the pair's a, of its b */
	uint32_t common; /* weight of the words that both have, in order */
};

/* A wording that stands, the same or nearly, in so many drafts that it joins no two of them. */
struct overlap_common {
	uint32_t paragraph; /* one that has it */
	uint32_t drafts;    /* how many drafts say it */
};

struct overlap {
	struct overlap_draft *drafts;
	size_t n_drafts, cap_drafts;
	struct overlap_paragraph *v; /* by draft, then place */
	size_t n, cap;
	/* After the last step: those that share most first. */
	struct overlap_pair *pairs;
	size_t n_pairs, cap_pairs;
	struct overlap_common *commons; /* of most drafts first */
	size_t n_commons, cap_commons;
	struct overlap_work *work; /* the module's own */
};

void overlap_init(struct overlap *o);
void overlap_release(struct overlap *o);

/* Reads one more draft: before the first step. */
void overlap_add(struct overlap *o, struct slice text, const struct parties *parties);
/* Goes on: looks at some `budget` wordings. Returns whether there is more to do. */
bool overlap_step(struct overlap *o, size_t budget);
/* How much of it is done, 0 to 1. */
double overlap_done(const struct overlap *o);

/* How much of draft a's words (side 0) or b's (side 1) the other one says, 0 to 1. */
double overlap_share(const struct overlap *o, const struct overlap_pair *p, int side);
/* The same of one paragraph of a match. */
double overlap_match_share(const struct overlap *o, const struct overlap_match *m, int side);

/* The paragraphs of a pair, in a list that the caller frees: each one's best partner,
 * in the order of a's text. */
size_t overlap_matches(const struct overlap *o, const struct overlap_pair *p,
		       struct overlap_match **list);

/* How two paragraphs stand to each other. */
enum overlap_relation {
	OVERLAP_SAME,   /* word for word */
	OVERLAP_NEARLY, /* all but a few words */
	OVERLAP_WITHIN, /* one stands in the other */
	OVERLAP_PARTLY
};
enum overlap_relation overlap_relation(const struct overlap *o, const struct overlap_match *m);

/* "suppress", "trim", "merge"; "same", "nearly", "within", "partly": as JSON has them. */
const char *overlap_outcome_word(enum overlap_outcome outcome);
const char *overlap_relation_word(enum overlap_relation relation);

#endif
