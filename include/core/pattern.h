/* SPDX-License-Identifier: MIT */
#ifndef CORE_PATTERN_H
#define CORE_PATTERN_H

#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * What a person typed to search for, as a regular expression of pcre2; for
 * core/find alone. Knows the writing of expressions, not the library.
 */

/*
 * Appends an expression that finds the text as it stands. folds: what is set
 * differently but reads the same is found too, each character by any of its
 * kind: apostrophes and single quotes, double quotes, hyphens and dashes,
 * blanks, an accented letter in one code point or in two. words: only
 * where neither end lies within a word. The text is valid UTF-8.
 */
void pattern_add_literal(struct str *out, struct slice text, bool folds, bool words);

/* Whether there is a capital in it, escapes and names of an expression aside. */
bool pattern_has_capital(struct slice text, bool expression);

/* Where the class, or else the innermost group, is opened that is never closed;
 * text.len where there is none. */
size_t pattern_unclosed(struct slice text);

/* What is wrong, in words for everyone (N_), by pcre2's number; NULL where we have none. */
const char *pattern_problem(int code);

#endif
