/* SPDX-License-Identifier: MIT */
#ifndef TESTS_UNIT_MERGE_CODES_H
#define TESTS_UNIT_MERGE_CODES_H

#include "core/str.h"

#include <stdlib.h>
#include <string.h>

/* Takes the parties out, and minted ids: what two have alike has the names, and a point the id,
 * that it had when it was first met. */
static void without_codes(struct str *s)
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
