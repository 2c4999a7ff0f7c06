/* SPDX-License-Identifier: MIT */
#ifndef UI_REPEATS_H
#define UI_REPEATS_H

#include "core/overlap.h"
#include "core/str.h"

/* What core/overlap found, in words: for the workbench and the command line alike. names: of
 * all drafts, in the order they were added; shown as they are. */

/* "suppress", "trim", "merge", translated. Borrowed. */
const char *repeats_outcome(enum overlap_outcome outcome);
/* Appends a suggestion with its reason: "suppress res-31: 93 % of it stands in res-30". */
void repeats_suggest(const struct overlap *o, const struct overlap_pair *p,
		     const char *const *names, struct str *out);
/* 93 of a hundred; never 100 where something is missing, nor 0 where something is there. */
int repeats_hundredths(double share);
/* Appends "93 %". */
void repeats_percent(double share, struct str *out);
/* Appends how two paragraphs stand to each other: "the same", "¶ 3 stands in ¶ 12". */
void repeats_relation(const struct overlap *o, const struct overlap_match *m, struct str *out);
/* Appends which drafts say what very many say: "stands in 12 drafts". */
void repeats_common(const struct overlap_common *c, struct str *out);

#endif
