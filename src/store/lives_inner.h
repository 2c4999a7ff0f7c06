/* SPDX-License-Identifier: MIT */
#ifndef STORE_LIVES_INNER_H
#define STORE_LIVES_INNER_H

#include "core/digest.h"
#include "store/lives.h"
#include "versions_inner.h"

/* What the files of store/lives share. */

/* From which version each was made, and how long each is needed. */
struct lives_plan {
	uint32_t *base, *until; /* by version; LIFE_NONE */
	struct lives_others {
		uint32_t *v;
		size_t n;
	} * others;
	size_t n;
};

void lives_plan(const struct lives *l, struct repo *r, struct lives_plan *plan);
void lives_plan_release(struct lives_plan *plan);
/* The newest version before that one with this blob; else the newest with a text. */
uint32_t lives_with_blob(const struct lives *l, uint32_t before, const char *blob);
void lives_note(struct lives *l, const char *text);
bool lives_has_folder(struct repo *r, const char *revision, const char *folder);

/* ---- lives_cache.c */

/* Which words are parties, and in which order. */
void lives_digest_parties(const struct parties *p, char hex[DIGEST_HEX + 1]);
/* Takes the kept life, if it is one of the oldest versions listed; returns of how many. */
size_t lives_kept(struct lives *l, struct repo *r, const struct lives_ask *ask);
void lives_keep(const struct lives *l, struct repo *r, const struct lives_ask *ask);

#endif
