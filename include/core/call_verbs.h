/* SPDX-License-Identifier: MIT */
#ifndef CORE_CALL_VERBS_H
#define CORE_CALL_VERBS_H

#include <stddef.h>

/*
 * The tables behind core/call: how United Nations and ITU resolutions word
 * their calls. A '~' before an entry: the word is also a common noun or opens
 * headings ("Notes", "Demande de …"), so it makes a call only in emphasis, or
 * where it begins in lower case (in Chinese: or stands alone).
 */

/* In the order of first letters (without accents), so that a letter's are found by halving. */
struct call_words {
	const char *const *v; /* NULL after the last */
	size_t n;
};

struct call_language {
	const char *code;
	struct call_words preambular;
	struct call_words operative;
	struct call_words before; /* adverbs before a verb: "further recalling" */
	struct call_words after;  /* and after it: "recalling further" */
};

enum { CALL_EN, CALL_FR, CALL_ES, CALL_RU, CALL_AR, CALL_ZH, CALL_LANGUAGES };

extern const struct call_language call_languages[CALL_LANGUAGES];

#endif
