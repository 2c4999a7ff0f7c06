/* SPDX-License-Identifier: MIT */
#ifndef CORE_CALL_H
#define CORE_CALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Preambular and operative verbs of resolutions in the six official languages,
 * and the calls they make: a verb alone on its line, "considérant", "*resolves
 * to instruct the Director*" (FORMAT.md, "Words": call). Case, emphasis marks,
 * vowel signs and the kind of apostrophe do not count. Pure and constant in
 * time: nothing beyond the first CALL_MOST bytes of a line is looked at.
 */

enum call_group { CALL_NONE, CALL_PREAMBULAR, CALL_OPERATIVE };

#define CALL_MOST 400 /* bytes: a longer line is a sentence, not a call */

struct call {
	enum call_group group;
	uint16_t verb;     /* which entry of the tables; equal for equal verbs */
	size_t begin, end; /* the verb and its adverbs: "décide", "noting with concern" */
	size_t rest_end;   /* where the call ends, without punctuation or marks after it */
	bool ambiguous;    /* the verb is a common noun too; call_read() has allowed for it */
};

/*
 * Reads a line (without its line end) that is a call: a verb, for a preambular
 * one perhaps an adverb, for an operative one perhaps whom and what ("to
 * instruct the Director …"), then at most a comma or colon. Emphasis and quote
 * marks and brackets around count for nothing, nor do parties and ids. A line of over
 * 20 words and one that ends in . or ; is none. Labels are the caller's to look at.
 */
bool call_read(const char *line, size_t len, struct call *call);

/*
 * The longest verb that begins at p and ends at a word's end; call->rest_end
 * equals call->end. For sentences that open with their verb ("*Recalling* its
 * decision …") and for references ("resolves 2").
 */
bool call_verb_at(const char *p, size_t len, struct call *call);

/*
 * Whether the text at p begins with those words; returns the bytes it takes, 0
 * where it does not.
 */
size_t call_words_at(const char *p, size_t len, const char *words, size_t words_len);

/* How many verbs of a group a language ("en", "fr", "es", "ru", "ar", "zh") has. */
size_t call_verbs(const char *language, enum call_group group);

#endif
