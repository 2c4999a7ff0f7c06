/* SPDX-License-Identifier: MIT */
#ifndef CORE_SUMMARY_H
#define CORE_SUMMARY_H

#include "core/ledger.h"
#include "core/party.h"
#include "core/str.h"

#include <stddef.h>

/*
 * A draft in one line, as the Desk and `adref status` show it. Made from the
 * draft's bytes alone; linear.
 */

struct summary {
	struct str title;  /* one line, raw; empty: none found */
	struct str type;   /* "resolution"; empty: unknown */
	struct str symbol; /* of its front matter, or empty */
	size_t open;       /* outermost points */
	size_t nested;     /* points inside others */
	size_t linked;     /* outermost points whose wording stands elsewhere too */
	size_t problems;   /* unpaired brackets and what is wrong with the front matter */
	size_t paragraphs; /* blank lines and front matter not counted */
	size_t words, bracket_words; /* in all, and inside of points */
	size_t agreed;               /* paragraphs agreed ad referendum */
	size_t reopened; /* agreed ones that no paragraph is any more: their wording changed */
};

/* agreed may be NULL. Release s also where the draft is empty. */
void summary_read(struct summary *s, struct slice draft, const struct parties *parties,
		  const struct agreed_list *agreed);
void summary_release(struct summary *s);

/* Words in brackets in a hundred, rounded; 1 where there is any at all. */
unsigned summary_share(const struct summary *s);

#endif
