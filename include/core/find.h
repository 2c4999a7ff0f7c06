/* SPDX-License-Identifier: MIT */
#ifndef CORE_FIND_H
#define CORE_FIND_H

#include "core/edit.h"
#include "core/error.h"
#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Search and replace. The only module that knows pcre2. What is searched are
 * any bytes; what is not UTF-8 among them is never part of a hit. Positions
 * are byte offsets in the bytes given, which must be the whole text, so that
 * line starts and word ends are seen; hits begin and end between code points.
 *
 * An expression can take forever on some text: each call has limits, and gives
 * up with ST_TOO_LARGE, which is not the same as "nothing found". Text that stands
 * for itself takes a time that is known: looking for it keeps to the clock, too,
 * replacing it does not.
 */

enum find_case {
	FIND_SMART, /* small letters find any case, a capital among them the exact case */
	FIND_EXACT,
	FIND_ANY
};

/* All zero: text as it stands, smart case, with folds. */
struct find_options {
	bool expression; /* a regular expression, as pcre2pattern(3) has them; ^ $ are lines'
			    ends */
	enum find_case letters;
	bool words; /* whole words only */
	/*
	 * Text is found only as typed. Otherwise ' finds ’ and the other way round, and so for
	 * quotes, hyphens and dashes, blanks, and letters whose accent is a code point of its
	 * own. Without a meaning for expressions.
	 */
	bool strict;
	bool no_jit; /* as on systems that forbid it; slower, the same results */
};

#define FIND_PATTERN_MOST 4096 /* bytes */

/* Core has no clock: whoever wants a limit of time brings one. */
struct find_clock {
	int64_t (*now)(void *arg); /* in any unit, never going back */
	void *arg;
	int64_t budget; /* for one call, in that unit */
};

struct find;

/*
 * Makes a search ready. An expression that makes no sense is ST_INPUT: err
 * names the column in the pattern (code points, from 1) and what is wrong.
 * options may be NULL (all zero).
 */
int find_new(struct find **out, struct slice pattern, const struct find_options *options,
	     struct error *err);
void find_free(struct find *f); /* takes NULL */
/* Appends the version of the library behind it. */
void find_library_version(struct str *out);
/* Copies the clock; NULL takes it away again. */
void find_set_clock(struct find *f, const struct find_clock *clock);

/* An expression such as x* can hit nothing at all, at a place: begin is end then. */
struct find_hit {
	size_t begin, end;
};

struct find_hits {
	struct find_hit *v; /* by begin; they do not overlap */
	size_t n, cap;
	bool more; /* there were more than asked for */
};

#define FIND_HITS_INIT                                                                         \
	{                                                                                      \
		NULL, 0, 0, false                                                              \
	}

void find_hits_release(struct find_hits *hits);

/*
 * The hits that begin in [from, to), one after the other, at most so many;
 * replaces what is in hits. On ST_TOO_LARGE hits holds what was found in time,
 * and more is set.
 */
int find_all(struct find *f, struct slice bytes, size_t from, size_t to, size_t most,
	     struct find_hits *hits, struct error *err);

/*
 * What comes in place of a hit. For text: with, as it stands. For an
 * expression: $1 or ${1} is what group 1 found, ${name} what a named one did,
 * $0 the hit; \n a line end, \t a tab; \ before anything else that character.
 * find_check() tells beforehand whether it makes sense (ST_INPUT, with the
 * column). find_expand() appends it; ST_CHANGED where the hit is no hit (any more).
 */
int find_check(struct find *f, struct slice with, struct error *err);
int find_expand(struct find *f, struct slice bytes, struct find_hit hit, struct slice with,
		struct str *out, struct error *err);
/*
 * Adds to edits (empty before) one replacement for each hit that begins and ends in
 * [from, to), left out where nothing would change: all of them or, on failure, none.
 */
int find_replace(struct find *f, struct slice bytes, size_t from, size_t to, struct slice with,
		 struct edits *edits, struct error *err);

#endif
