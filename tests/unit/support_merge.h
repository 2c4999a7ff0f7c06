/* SPDX-License-Identifier: MIT */
#ifndef TESTS_SUPPORT_MERGE_H
#define TESTS_SUPPORT_MERGE_H

#include "support.h"

#include "core/merge.h"
#include "core/str.h"

#include <stdlib.h>
#include <string.h>

/* Of two texts with their parties, into out. */
static inline struct merge_outcome merge(struct slice base, struct slice ours, uint16_t a,
					 struct slice theirs, uint16_t b, struct str *out)
{
	struct merge_ask ask = {.base = base,
				.ours = {ours, a},
				.theirs = {theirs, b},
				.language = SLICE("en"),
				.parties = &regions};
	struct merge_outcome outcome;

	str_clear(out);
	merge_texts(&ask, out, &outcome);
	return outcome;
}

/* Takes the parties out, and minted ids: what two have alike has the names, and a point the id,
 * that it had when it was first met. */
static inline void without_codes(struct str *s)
{
	static const char *const codes[] = {"AFR, ", "EUR, ", "ASP, ",
					    "AFR: ", "EUR: ", "ASP: "};

	for (size_t k = 0; k < sizeof(codes) / sizeof(*codes); k++)
		for (char *p; s->len && (p = memmem(s->p, s->len, codes[k], 5));)
			str_splice(s, (size_t)(p - s->p), 5, "", 0);
	for (char *p; s->len && (p = memmem(s->p, s->len, "{#", 2));) {
		size_t at = (size_t)(p - s->p);
		const char *end = memchr(p, '}', s->len - at);

		str_splice(s, at, end ? (size_t)(end - p) + 1 : s->len - at, "", 0);
	}
}

#endif
