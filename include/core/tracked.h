/* SPDX-License-Identifier: MIT */
#ifndef CORE_TRACKED_H
#define CORE_TRACKED_H

#include "core/error.h"
#include "core/party.h"
#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What a word processor's document holds beside its text: changes that it
 * tracks, by author, comments, and what a draft has no place for. Counted, so
 * that nothing goes without a word; and the changes as brackets.
 */

struct tracked_author {
	char *name; /* as found, not yet sanitised */
	size_t insertions, deletions, comments;
};

struct tracked {
	struct tracked_author *authors; /* in the order they are met */
	size_t n, cap;
	size_t boxes;    /* text boxes: their text stands after the paragraph that holds them */
	size_t drawings; /* charts and diagrams, which are left out */
	size_t struck;   /* stretches that are struck through, and stand as text */
	size_t heading;  /* the line of a table whose heading an .odt may have lost; 0: none */
	struct str aside;  /* the words of page headers and footers, a line each, left out */
	char language[16]; /* of the document: "fr-FR"; empty where it does not say */
	bool unseen;       /* the document could not be looked through for any of that */
};

/* What becomes of tracked changes. */
enum tracked_how {
	TRACKED_ACCEPT,   /* made */
	TRACKED_REJECT,   /* unmade */
	TRACKED_BRACKETS, /* open points, each change with its party */
	TRACKED_ASKED     /* not known yet */
};

/* The author's entry, made where there is none. Its index. */
size_t tracked_author(struct tracked *t, struct slice name);
/* The same where there is one already. */
bool tracked_find(const struct tracked *t, struct slice name, size_t *author);
bool tracked_has_changes(const struct tracked *t);
void tracked_release(struct tracked *t);

/* The party that an author's name says: all of it is a code, alias, name or organisation of
 * one, in any case; or it ends with a code or alias in parentheses, "Awa Diop (AFR)", or begins
 * with one before a colon or dash, "AFR: Awa Diop". Else PARTY_NONE. */
uint16_t tracked_party(const struct parties *parties, struct slice author);

/* The text as an author wants it: with that author's changes made and the others' not. */
struct tracked_text {
	struct slice text;
	uint16_t party; /* PARTY_NONE: the author is none */
};

/*
 * Appends the draft in which the changes are points: base is the text with no
 * change made, the n texts are their authors'; each party has one at most.
 * What core/consolidate makes of them (FORMAT.md, "Consolidation"), but that a
 * wording of no party stands without one. ST_INPUT where it cannot be written so.
 */
int tracked_bracket(struct str *out, struct slice base, const struct tracked_text *texts,
		    size_t n, struct slice language, const struct parties *parties,
		    struct error *err) __attribute__((warn_unused_result));

#endif
