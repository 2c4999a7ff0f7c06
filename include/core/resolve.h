/* SPDX-License-Identifier: MIT */
#ifndef CORE_RESOLVE_H
#define CORE_RESOLVE_H

#include "core/bracket.h"
#include "core/edit.h"
#include "core/error.h"
#include "core/party.h"
#include "core/position.h"
#include "core/recheck.h"
#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Decisions: an option, no text, new wording or all of a block replaces a
 * point's brackets (FORMAT.md, "What a decision does"), and the same for all
 * linked points. What comes out is edits, one undo step, and what was done, in
 * words. Knows nothing of files, commits or screens.
 *
 * Linked points are decided from the last to the first, each as if those after
 * it had been decided already: they may stand side by side.
 */

enum choice_kind {
	CHOOSE_OPTION, /* one of the options, or no text */
	CHOOSE_ALL,    /* all paragraphs of a block */
	CHOOSE_TEXT    /* new wording */
};

struct choice {
	enum choice_kind kind;
	size_t option; /* CHOOSE_OPTION: from 1; 0 is no text */
	/*
	 * CHOOSE_TEXT: a stretch of a draft as it is to stand there; brackets in it
	 * stay open. What would not pair in itself is escaped, and so is a slash
	 * that would part the options of the bracket around. Empty: no text.
	 */
	struct slice text;
	bool linked; /* all points linked with it are decided alike */
};

/* What a decision did. Texts are the draft's bytes, but for `words` and `paragraph`. */
struct resolved {
	enum choice_kind kind;
	uint32_t point;       /* index in the reading that was decided on */
	size_t number;        /* from 1, as people say it */
	size_t option;        /* CHOOSE_OPTION: the number chosen; else 0 */
	bool no_text;         /* nothing was left */
	struct str id;        /* of the point; empty where it had none */
	struct str wording;   /* what now stands in place of the point's brackets */
	struct str words;     /* 'option 2, "at least one"'; one line that can be shown */
	size_t line;          /* of the point, from 1 */
	struct str paragraph; /* how its paragraph begins; one line that can be shown */
	size_t linked;        /* how many others were decided with it */
	/* "2 points: 8=2, 10=1": the package it is of (core/package), borrowed; empty: none */
	struct slice package;
	uint16_t *supporters; /* parties that wanted what was chosen, in the table's order */
	size_t n_supporters;
	uint16_t *others; /* parties that wanted something else only */
	size_t n_others;
};

void resolved_init(struct resolved *r);
void resolved_release(struct resolved *r);

/*
 * Reads a choice as a command names it: a number, "all", or "text" (then text
 * is the wording; its p is NULL where none was given). ST_USAGE.
 */
int choice_read(struct choice *c, struct slice word, struct slice text, struct error *err);

/* Whether the choice makes sense for the point: 0, or ST_USAGE and why not. */
int resolve_allows(const struct brackets *b, uint32_t point, const struct choice *c,
		   struct error *err);

/*
 * Decides the point. Adds to e (empty before) what changes; fills what
 * (initialised; may be NULL).
 */
int resolve_point(const struct bracketed *w, uint32_t point, const struct choice *c,
		  struct edits *e, struct resolved *what, struct error *err);

/*
 * Who wanted what, by the recorded positions too: given is, by party, its positions or
 * NULL. A party that spoke on the wording as it is now counts by what it said:
 * supporting or accepting what was chosen, or wanting something else, opposing
 * it or reserving. The others count as resolve_point() had them, by whom the text
 * names. what is of this reading.
 */
void resolved_hear(struct resolved *what, const struct bracketed *w,
		   const struct positions *const *given);

/* Fills point, number, id, line and paragraph only: which point is spoken of. */
void resolve_describe(const struct brackets *b, struct slice draft, uint32_t point,
		      struct resolved *what);

/* Appends what would stand there: the k-th option (from 0) of the point as a decision leaves
 * it. */
void resolve_preview(const struct brackets *b, struct slice draft, uint32_t point, size_t k,
		     struct str *out);

#endif
