/* SPDX-License-Identifier: MIT */
#include "bracket_impl.h"

#include "core/utf8.h"

#include <string.h>
#include <unictype.h>

/* What a bracket offers, as far as its words alone say it: modal verbs, and what stands for
 * words that are still to come (FORMAT.md, "What a bracket offers"). */

static bool is_modal(struct slice word)
{
	static const char *const verbs[] = {
		"shall",   "should",   "may",      "must",       "will",    "would",
		"can",     "could",    "doit",     "doivent",    "devrait", "devraient",
		"peut",    "peuvent",  "pourrait", "pourraient", "debe",    "deben",
		"debería", "deberían", "puede",    "pueden",     "podrá",   "podrán",
		"должен",  "должна",   "должно",   "должны",     "следует", "может",
		"могут",   "应",       "应当",     "须",         "可",      "可以",
	};

	for (size_t i = 0; i < sizeof(verbs) / sizeof(*verbs); i++)
		if (slice_is(word, verbs[i]))
			return true;
	return false;
}

size_t offer_next_slash(struct slice s, size_t *len)
{
	for (size_t i = 0; i < s.len; i++) {
		*len = s.p[i] == '/'                                     ? 1
		       : s.len - i >= 3 && memcmp(s.p + i, "／", 3) == 0 ? 3
									 : 0;
		if (*len)
			return i;
	}
	*len = 0;
	return s.len;
}

#define MODAL_MOST 512 /* bytes: all modal verbs of one language, and room */

bool offer_is_modal(struct slice s)
{
	size_t words = 0, len = 1;

	if (s.len > MODAL_MOST)
		return false;
	while (len) {
		size_t cut = offer_next_slash(s, &len);
		if (!is_modal(slice_make(s.p, cut)))
			return false;
		words++;
		s = slice_make(s.p + cut + len, s.len - cut - len);
	}
	return words > 1;
}

bool offer_is_placeholder(struct slice s)
{
	static const char *const whole[] = {"", "X", "XX", "x", "20XX"};
	static const char *const first[] = {"Placeholder", "TBD", "To be completed",
					    "À compléter"};
	size_t i = 0;
	uint32_t cp;

	for (i = 0; i < sizeof(whole) / sizeof(*whole); i++)
		if (slice_is(s, whole[i]))
			return true;
	for (i = 0; i < s.len && s.p[i] == '_';)
		i++;
	if (i == s.len)
		return true;
	for (i = 0; i < sizeof(first) / sizeof(*first); i++) {
		size_t n = strlen(first[i]);
		if (!slice_starts(s, first[i]))
			continue;
		if (s.len == n)
			return true;
		utf8_decode(s.p + n, s.len - n, &cp);
		return cp == UTF8_BAD || !uc_is_alnum(cp);
	}
	return false;
}
