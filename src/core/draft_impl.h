/* SPDX-License-Identifier: MIT */
#ifndef CORE_DRAFT_IMPL_H
#define CORE_DRAFT_IMPL_H

#include "core/draft.h"

/*
 * Lines n from v[0] on, by themselves: begin and end are set, the rest is as split; b has at
 * least the brackets of these lines, and of those that reach into them.
 */
void draft_read_lines(const struct draft *d, struct slice text, const struct brackets *b,
		      struct paragraph *v, size_t n);
/* The line that begins at `at`, nothing known of it but its ends and indentation. */
struct paragraph draft_line_at(struct slice text, size_t at);
/* Its group as its own words tell, CALL_NONE where they do not. */
enum call_group draft_own_group(const struct paragraph *p, struct slice text);
/* The words of these lines alone. No bracket reaches into them from outside. */
void draft_count_lines(const struct paragraph *v, size_t n, struct slice text,
		       const struct brackets *b, struct draft_words *words);
/* Whether what follows the clause's line is to stand under it. */
bool draft_ends_in_colon(struct slice line);

/* The steps of draft_read(), one file each; each needs those before it. */

/* Levels, parents, lists and values of clauses; what text belongs to them. */
void draft_place_clauses(struct draft *d, struct slice text);
/* The title, where front matter has none; its lines become PARA_TITLE. */
void draft_find_title(struct draft *d, struct slice text);

/* The paragraph's bytes, from its body on, and as a whole. */
struct slice draft_body(const struct draft *d, struct slice text, uint32_t paragraph);
struct slice draft_line(const struct draft *d, struct slice text, uint32_t paragraph);

#endif
