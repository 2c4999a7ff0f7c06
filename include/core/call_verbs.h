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

struct call_language {
	const char *code;
	const char *const *preambular; /* all four end in NULL */
	const char *const *operative;
	const char *const *before; /* adverbs before a verb: "further recalling" */
	const char *const *after;  /* and after it: "recalling further" */
};

enum { CALL_EN, CALL_FR, CALL_ES, CALL_RU, CALL_AR, CALL_ZH, CALL_LANGUAGES };

extern const struct call_language call_languages[CALL_LANGUAGES];

#endif
