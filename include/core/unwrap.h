/* SPDX-License-Identifier: MIT */
#ifndef CORE_UNWRAP_H
#define CORE_UNWRAP_H

#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Makes a draft of a foreign text: one line a paragraph, without what word
 * processors, PDF readers and converters leave behind. Says what goes before
 * anything is written. Deterministic, and what it made it leaves alone
 * (idempotent). Front matter and fenced code stay as they are. Bad UTF-8 stays.
 */

enum unwrap_reason {
	UNWRAP_JOIN,      /* a line end inside a paragraph becomes a blank */
	UNWRAP_HYPHEN,    /* a line end after "co-" goes; the hyphen stays */
	UNWRAP_BOOKMARK,  /* [bookmark: …], []{#_Toc123 .anchor} */
	UNWRAP_ATTRIBUTE, /* {.underline}, {#anchor}: the brackets around [text]{…} go too */
	UNWRAP_BREAK,     /* blanks or a backslash at a line's end */
	UNWRAP_SOFT,      /* soft hyphens and zero-width blanks */
	UNWRAP_PAGE,      /* a line that holds only a page number; form feeds */
	UNWRAP_BLANK,     /* blank lines after a blank line, at the start or end */
	UNWRAP_REASONS
};

/* Which of them may happen. */
struct unwrap_options {
	bool use[UNWRAP_REASONS];
};

/* All of them. */
struct unwrap_options unwrap_all(void);

struct unwrap_change {
	size_t begin, end; /* in the original */
	size_t text, len;  /* what goes, in unwrapped.gone */
	enum unwrap_reason reason;
	size_t line; /* of begin, from 1 */
};

struct unwrapped {
	struct str text;         /* the result */
	struct str gone;         /* the bytes of all that goes */
	struct unwrap_change *v; /* by begin */
	size_t n, cap;
	size_t count[UNWRAP_REASONS];
	bool wrapped; /* the text was found to be hard-wrapped */
};

/* u is overwritten and the caller's to release; text is not needed afterwards. Never fails. */
void unwrap(struct unwrapped *u, struct slice text, const struct unwrap_options *options);
void unwrapped_release(struct unwrapped *u);

/* What goes, in words, for a list that is shown before: N_("bookmark of a converter"). */
const char *unwrap_reason_text(enum unwrap_reason reason);

#endif
