/* SPDX-License-Identifier: MIT */
#ifndef CORE_REREAD_H
#define CORE_REREAD_H

#include "core/bracket.h"
#include "core/draft.h"
#include "core/party.h"
#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A reading follows a change: of brackets and structure only the lines that changed are read
 * again, with those of every bracket that reaches into them. What comes of it is the same, byte
 * for byte and index for index, as a reading of the whole. Where FORMAT.md lets a change reach
 * further (a comment, a fence, a footnote's name, a bracket that might close elsewhere), it
 * says so, and the caller reads the whole. Knows nothing of who keeps text and reading.
 */

/* What has not been moved yet: from these places of the lists on, by so many bytes. */
struct reread_rest {
	size_t by; /* may wrap around */
	size_t paragraph, v, options, problems, skipped, unread;
};

struct reread {
	size_t begin, old_end;       /* the lines that are read again, as they were */
	size_t changed, changed_end; /* of these: the ones that changed */
	size_t at, del;              /* the change */
	uint32_t first;           /* their paragraphs, where the structure can follow; else */
	size_t n;                 /* none */
	struct draft_words words; /* theirs, before the change and, with REREAD_ALL, after it */
	bool heading, colon, after_colon; /* among the changed lines; at the end of the clause;
					     at the end of them all */
	bool unclosed, unopened;          /* brackets before them, after them, without a mate */
	bool all_or_nothing; /* set by the caller between the two: brackets alone are no use to
				it */
	bool count_later;    /* the same: words may wait, with REREAD_ALL, for reread_count() */
	size_t until; /* the same: what begins from there on (a place before the change) may
			 wait, with REREAD_ALL, for reread_rest(); 0: nothing may */
	struct reread_rest rest;
};

enum reread_done {
	REREAD_NOTHING,  /* the whole has to be read; nothing was done */
	REREAD_BRACKETS, /* the brackets are right; the structure has to be read */
	REREAD_ALL
};

/* Before the change, of del bytes at `at` in the text the reading is of. False: the whole has
 * to be read after it. last (which may be NULL): the change before it, with REREAD_ALL. */
bool reread_begin(struct reread *r, const struct brackets *b, const struct draft *d,
		  struct slice old, size_t at, size_t del, const struct reread *last);
/*
 * After it: `text` has len bytes in place of those. words (which may be NULL) are those of the
 * draft before, and become those after; only with REREAD_ALL.
 */
enum reread_done reread_end(struct reread *r, struct brackets *b, struct draft *d,
			    struct slice text, size_t len, const struct parties *parties,
			    struct draft_words *words);

/* The words that waited are counted: b, d and text are right at least in these lines, and have
 * not changed since. words (which may be NULL) as above. */
void reread_count(struct reread *r, const struct brackets *b, const struct draft *d,
		  struct slice text, struct draft_words *words);

/* What waited is moved: now all of the reading is right. Until then, what comes before `until`
 * is, and what is found by searching for a place there. */
void reread_rest(const struct reread *r, struct brackets *b, struct draft *d);

#endif
