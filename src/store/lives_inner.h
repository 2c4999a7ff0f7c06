/* SPDX-License-Identifier: MIT */
#ifndef STORE_LIVES_INNER_H
#define STORE_LIVES_INNER_H

#include "core/digest.h"
#include "store/lives.h"
#include "versions_inner.h"

/* What the files of store/lives share. */

/* ---- lives_plan.c */

/* So many versions stay, also where none is known to be made from them: a branch may come. */
enum { LIVES_STAY = 64 };

/* From which version each was made, and how long each is needed; from one version on. */
struct lives_plan {
	uint32_t *base, *until; /* by version; LIFE_NONE */
	struct lives_others {
		uint32_t *v;
		size_t n;
	} * others;
	size_t n;
};

void lives_plan(const struct lives *l, struct repo *r, size_t from, struct lives_plan *plan);
void lives_plan_release(struct lives_plan *plan);
/* The version before that one that has this blob: the commit itself, where it is one, or the
 * newest; else the newest with a text. */
uint32_t lives_with_blob(const struct lives *l, uint32_t before, const char *blob,
			 const char *commit);
/*
 * Forgets the versions that none will be made from any more, but for the last few: where they
 * are not large, those stay for what is kept. size: bytes of the text of version `now`.
 */
void lives_forget_old(struct lives *l, const struct lives_plan *plan, size_t size,
		      uint32_t now);

/* ---- lives_cache.c */

/* Which words are parties, and in which order. */
void lives_digest_parties(const struct parties *p, char hex[DIGEST_HEX + 1]);
/* Takes a kept life, if it is one of the oldest versions listed; returns of how many. */
size_t lives_kept(struct lives *l, struct repo *r, const struct lives_ask *ask);
/*
 * Kept are two: of all versions, and of those up to some time ago, to be gone on
 * with when an older branch comes in between. Appends the life so far, of n
 * versions; nothing where it is none to go on with.
 */
void lives_pack(const struct lives *l, size_t n, const struct parties *parties,
		struct str *out);
/* The life of all is kept, and what was packed on the way (or is empty: what was kept stays).
 */
void lives_keep(const struct lives *l, struct repo *r, const struct lives_ask *ask,
		struct slice earlier);
/* With how many of n versions that is. */
size_t lives_earlier(size_t n);

#endif
