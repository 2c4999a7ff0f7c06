/* SPDX-License-Identifier: MIT */
#ifndef CORE_LOOKALIKE_H
#define CORE_LOOKALIKE_H

#include "core/bracket.h"
#include "core/str.h"

#include <stddef.h>
#include <stdint.h>

/*
 * What a reader takes for something else than a program does: signs that look like a bracket,
 * or like the slash between options, and are none; words whose letters are of two scripts
 * and look as if they were of one ("Members" with a Cyrillic e: no search finds it, and an
 * option in it has no party). Pure; knows nothing of files.
 *
 * Scripts: UTS 39, "Mixed-Script Confusables", of Latin, Cyrillic and Greek. A word is
 * reported only where all its letters of one script look like letters of the other: so "μm",
 * "kΩ" and "COVIDом" are not. Brackets that Chinese and Japanese use are theirs in a
 * paragraph with such characters. Nothing is looked for where brackets are not read.
 *
 * FORMAT.md, "What a bracket offers": a slash separates with a blank on both sides. A ／ has
 * its own room to the eye and is typed without; one in a bracket that offers one wording is
 * reported, unless it is in 和／或 (and/or) or escaped.
 */

enum lookalike_kind {
	LOOKALIKE_OPEN,  /* ⁅ ❲ ⟦ 〔 …: reads like [ */
	LOOKALIKE_CLOSE, /* like ] */
	LOOKALIKE_SLASH, /* ⁄ ∕ …, where / would separate options */
	LOOKALIKE_TIGHT, /* a full-width ／ that would, had it blanks around it */
	LOOKALIKE_SCRIPTS
};

struct lookalike {
	enum lookalike_kind kind;
	size_t at,
		len; /* the sign; the first letter of the script that has fewer in the word */
	uint32_t cp; /* it */
	char like;   /* the ASCII character it looks like */
	size_t word, word_end;
	const char *scripts[2]; /* LOOKALIKE_SCRIPTS: of the letter, of the others (N_) */
};

struct lookalikes {
	struct lookalike *v; /* by position */
	size_t n, cap;
};

/* Replaces what is in list (all zero at first). b is a reading of the text. At most `most`. */
void lookalikes_find(struct lookalikes *list, struct slice text, const struct brackets *b,
		     size_t most);
void lookalikes_release(struct lookalikes *list);

#endif
