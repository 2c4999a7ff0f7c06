/* SPDX-License-Identifier: MIT */
#include "core/near.h"

#include <string.h>

enum { LETTERS_MOST = 30, BEGINS_LEAST = 3 };

/* How many letters must be put in, taken out, changed or swapped to make b of a; capped at 9.
 */
static size_t distance(struct slice a, struct slice b)
{
	size_t d[LETTERS_MOST + 2][LETTERS_MOST + 2] = {{0}};

	if (a.len > LETTERS_MOST || b.len > LETTERS_MOST)
		return 9;
	for (size_t i = 0; i <= a.len; i++) {
		for (size_t k = 0; k <= b.len; k++) {
			size_t best;
			if (!i || !k) {
				d[i][k] = i + k;
				continue;
			}
			best = d[i - 1][k - 1] + (a.p[i - 1] != b.p[k - 1]);
			if (d[i - 1][k] + 1 < best)
				best = d[i - 1][k] + 1;
			if (d[i][k - 1] + 1 < best)
				best = d[i][k - 1] + 1;
			if (i > 1 && k > 1 && a.p[i - 1] == b.p[k - 2] &&
			    a.p[i - 2] == b.p[k - 1] && d[i - 2][k - 2] + 1 < best)
				best = d[i - 2][k - 2] + 1;
			d[i][k] = best;
		}
	}
	return d[a.len][b.len];
}

const char *near_word(struct slice typed, const char *const *words, size_t n)
{
	const char *near = NULL, *begins = NULL;
	size_t best = typed.len < 4 ? 2 : 3;

	for (size_t i = 0; i < n; i++) {
		size_t far = distance(typed, slice_of(words[i]));
		if (far < best) {
			best = far;
			near = words[i];
		}
		if (!begins && strlen(words[i]) >= BEGINS_LEAST &&
		    slice_starts(typed, words[i]))
			begins = words[i];
	}
	return near ? near : begins;
}
