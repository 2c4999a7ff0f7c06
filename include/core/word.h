/* SPDX-License-Identifier: MIT */
#ifndef CORE_WORD_H
#define CORE_WORD_H

#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * What a text is compared and counted by: words, punctuation marks, blanks
 * and, in Chinese and Japanese, characters (FORMAT.md, "Consolidation"). Words
 * follow UAX 29 (word boundaries) without dictionaries: letters, digits and
 * marks together, with an apostrophe, a point or a comma inside where the next
 * letter or digit follows at once. Pure; linear; any bytes can be read.
 */

enum token_kind {
	TOKEN_WORD,
	TOKEN_CHARACTER, /* one Han, Hiragana or Katakana character: a word of its own */
	TOKEN_MARK,      /* one punctuation mark or symbol, or a byte that is not UTF-8 */
	TOKEN_BLANK,     /* a run of blanks */
	TOKEN_LINE       /* one line end: LF, CR LF or CR */
};

/* The token that begins at p: its bytes (at least 1 where len > 0). */
size_t token_at(const char *p, size_t len, enum token_kind *kind);

/*
 * The same, but an elided article or preposition with its apostrophe ("l'",
 * "qu’", "dell'") is a word of its own: what differences are made of.
 */
size_t token_diff_at(const char *p, size_t len, enum token_kind *kind);

/* How many words a stretch has: TOKEN_WORD and TOKEN_CHARACTER. */
size_t word_count(const char *p, size_t len);

#endif
