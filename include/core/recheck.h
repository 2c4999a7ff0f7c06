/* SPDX-License-Identifier: MIT */
#ifndef CORE_RECHECK_H
#define CORE_RECHECK_H

#include "core/bracket.h"
#include "core/edit.h"
#include "core/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A bracket edit is right if reading the draft again shows what was meant, and
 * everything else as before. That depends on the whole file (links, footnotes,
 * an unclosed comment), so every bracket edit is read again before it is
 * handed out. For core/reword, core/rebracket and core/terms.
 */

/* The draft as some edits leave it, read again. */
struct recheck {
	struct str text;
	struct brackets b;
};

/* Edits are of w's draft. r is the caller's to release; its texts are its own. */
void recheck_init(struct recheck *r, const struct bracketed *w, const struct edits *e);
void recheck_release(struct recheck *r);

/* The point whose first bracket begins there, or BRACKET_NONE. */
uint32_t recheck_point_at(const struct brackets *b, size_t pos);
/* The bracket that begins there, or BRACKET_NONE. */
uint32_t recheck_bracket_at(const struct brackets *b, size_t pos);

/*
 * Whether every point that begins outside [begin, end) still is one, with as
 * many brackets and options, there are `more` points than before in all (it may be
 * negative), and no more problems or skipped brackets. grown (NULL: none) says
 * how many options each point of the old reading was to get.
 */
bool recheck_others(const struct recheck *r, const struct bracketed *w, const struct edits *e,
		    size_t begin, size_t end, int more, const uint32_t *grown);

/* Whether an option of the old reading and one of the new have the same text, and, where that
 * is asked for, the same parties. */
bool recheck_option(const struct recheck *r, const struct option *now,
		    const struct bracketed *w, const struct option *before, bool same_parties);

/* Whether the option names exactly these parties. */
bool recheck_names(const struct brackets *b, const struct option *o, const uint16_t *list,
		   size_t n);

/* Fails with ST_USAGE: "text (line 3, column 5)". text takes no arguments. */
int recheck_refuse(struct slice draft, size_t pos, const char *text, struct error *err);

/* An id that no draft has, to be replaced by a minted one. */
#define RECHECK_ID "zz-adref-new"

#endif
