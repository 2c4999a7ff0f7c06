/* SPDX-License-Identifier: MIT */
#ifndef CORE_MERGE_H
#define CORE_MERGE_H

#include "core/each.h"
#include "core/error.h"
#include "core/party.h"
#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Two texts that started from one become one (FORMAT.md, "Commands": merge-file).
 * What one side changed is taken, what both changed alike is taken once, and what
 * both changed differently becomes a point: the base wording first, if there is
 * one, then the others in byte order, each with the party whose side it is of.
 * Two changes agree only where something that neither of them changes stands between
 * them: side by side they are one point, with what agrees put together in its wordings. What
 * becomes of a point of the base agrees with whatever stands beside it: where other words took
 * its place, it stays with these as one more wording. So does a paragraph that one side takes
 * out, or writes anew, beside something new of the other or where the other moves one past it.
 * What is new where something is out is that written anew if it stands after the same.
 * Of the base's paragraphs each pair that a side has turned is turned, and what follows from
 * these: which of them has moved is not asked. What is new goes with what it stands after.
 * Where paragraphs that none has moved would be turned, as one side has another further up and
 * one further down, it is a point at each place.
 * A side that is a merge itself is taken apart into what those changed of whom it was made. So
 * it does not matter in which order several sides are merged (parties and minted ids aside:
 * what two have alike has those it had when it was first met).
 *
 * Where there are more wordings of a point than are put together, each party has the one that
 * it wants, and what nobody's has stands in one of its own, with what comes first of all else.
 *
 * No new word is lost in any order, but points are cut otherwise by order. Of 200 cases of
 * tests/unit/test_merge_order.c, each with many edits:
 * - where words stand so often that it is open which of them changed: 8 (of twenty there
 *   are);
 * - where several sides together leave less than a third of a paragraph's words: 1 or 2;
 * - where points of the base, with words in and beside them, are changed by all: 0 (words
 *   replaced; few edits of any kind), 6 (many); rows of brackets 1 or 2, brackets in brackets
 *   0;
 * - where paragraphs are put in and taken out: 0; where words are changed as well: 3, where few
 *   are: 1;
 * - where all move paragraphs: 1, two each: 4; put in as well: 0, taken out: 2, both: 0;
 * - where few edits of every kind are made: 0, of many 6, with points of the base 8.
 * In a resolution of sixty paragraphs, with some twenty edits by each of three: of 1000 cases
 * 0, where paragraphs are moved as well 6.
 *
 * Of the same words side by side the last ones go, whoever takes how many out: what several
 * take out goes once. Of words that stand again elsewhere one more may go in one order than in
 * another: of "r p q p s r p p" two take out the last p and one the q and "s r"; after one of
 * the two and the third it is read as "q p s r" taken out, and the other takes out one more p.
 *
 * Pure; knows nothing of files or git.
 *
 * Outside the new points every byte is of one of the three texts. Symmetric: the
 * sides may be exchanged. Whatever is written is read back before it is taken.
 *
 * Labels and kinds of blanks that both changed differently are no point: the
 * longer one stands. In front matter and in YAML files what both changed
 * differently stands once as a value and once as a comment below it.
 */

struct merge_side {
	struct slice text;
	uint16_t party; /* index into the party table, or PARTY_NONE */
};

struct merge_outcome {
	size_t points; /* new ones, and values of YAML that both changed */
	bool whole;    /* it could not be done: the whole text is one point */
};

struct merge_ask {
	struct slice base;
	struct merge_side ours, theirs;
	struct slice language; /* of the base, for the words of a deletion; empty: English */
	const struct parties *parties;
	const struct each *each; /* by several at once (core/each.h); NULL: by one */
};

/* Appends the merge to out. Never fails: what cannot be merged is left as merge_whole() has it.
 */
void merge_texts(const struct merge_ask *ask, struct str *out, struct merge_outcome *outcome);

/* Appends one point of both texts, without their base. */
void merge_whole(struct str *out, struct merge_side ours, struct merge_side theirs,
		 const struct parties *parties);

/*
 * The same for the YAML files beside drafts: by entry, that is by key, or by the
 * digest or code of a list's item. What both changed differently: that with the
 * later date stands, else the first in byte order; the other is a comment below
 * it, with its party. What one deleted and the other changed stays.
 */
void merge_yaml(struct str *out, struct slice base, struct merge_side ours,
		struct merge_side theirs, const struct parties *parties,
		struct merge_outcome *outcome);

/* The party that a branch is called by: its last word, without "~2" and the like, is a code or
 * an alias ("origin/EUR"). PARTY_NONE. */
uint16_t merge_party(const struct parties *parties, struct slice branch);

#endif
