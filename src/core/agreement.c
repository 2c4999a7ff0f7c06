/* SPDX-License-Identifier: MIT */
#include "core/agreement.h"

#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

#define BEGINS_LEAST 8 /* bytes: a shorter beginning could be any paragraph's */

/* Of the entries without a paragraph, the one that this one begins as. */
static void find_reopened(struct agreements *a, const struct agreed_list *list, const bool *met,
			  uint32_t i, struct slice wording)
{
	for (size_t k = 0; k < list->n; k++) {
		struct slice begins = slice_of(list->v[k].begins);
		if (met[k] || begins.len < BEGINS_LEAST)
			continue;
		/* A cut beginning ends in an ellipsis. */
		if (slice_ends(begins, "…"))
			begins.len -= strlen("…");
		if (wording.len < begins.len || memcmp(wording.p, begins.p, begins.len) != 0)
			continue;
		a->v[i] = (struct agreement){AGREEMENT_REOPENED, (uint32_t)k};
		return;
	}
}

void agreements_read(struct agreements *a, const struct agreed_list *list,
		     const struct draft *d, struct slice text, const struct brackets *b)
{
	bool *met = mem_zalloc(list->n * sizeof(*met));
	struct str wording = STR_INIT;
	char hex[DIGEST_SHORT + 1];

	memset(a, 0, sizeof(*a));
	a->n = d->n;
	a->v = mem_zalloc(d->n * sizeof(*a->v));
	for (uint32_t i = 0; list->n && i < d->n; i++) {
		const struct agreed *entry;
		if (!paragraph_is_text(&d->v[i]))
			continue;
		draft_digest(d, text, b, i, hex);
		entry = agreed_find(list, hex);
		if (!entry)
			continue;
		a->v[i] = (struct agreement){AGREEMENT_AGREED, (uint32_t)(entry - list->v)};
		met[entry - list->v] = true;
		a->agreed++;
	}
	for (size_t k = 0; k < list->n; k++)
		a->reopened += !met[k];
	for (uint32_t i = 0; a->reopened && i < d->n; i++) {
		if (!paragraph_is_text(&d->v[i]) || a->v[i].state != AGREEMENT_NONE)
			continue;
		str_clear(&wording);
		brackets_wording(b, text, d->v[i].body, d->v[i].end, &wording);
		find_reopened(a, list, met, i, str_slice(&wording));
	}
	str_release(&wording);
	free(met);
}

void agreements_release(struct agreements *a)
{
	free(a->v);
	memset(a, 0, sizeof(*a));
}
