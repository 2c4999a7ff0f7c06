/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "lives_inner.h"

#include <stdlib.h>
#include <string.h>

/* Which version each was made from, and which are still needed. */

enum { STAY_BYTES = 16 << 20 };
/* Two branches that make the same text do so at about the same time: as many versions. */
enum { SAME_WITHIN = 256 };

void lives_plan(const struct lives *l, struct repo *r, size_t from, struct lives_plan *plan)
{
	char hex[REPO_HEX + 1];

	plan->base = mem_array(NULL, l->n + 1, sizeof(*plan->base));
	plan->until = mem_array(NULL, l->n + 1, sizeof(*plan->until));
	plan->others = mem_zalloc((l->n + 1) * sizeof(*plan->others));
	for (size_t i = 0; i < l->n; i++)
		plan->base[i] = plan->until[i] = LIFE_NONE;
	for (uint32_t i = (uint32_t)from; i < l->n; i++) {
		const struct version *v = &l->v[i];

		if (!l->has_text[i])
			continue;
		plan->base[i] = lives_with_blob(l, i, v->files[0].before,
						v->n_parents ? v->parents[0] : "");
		for (size_t k = 1; k < v->n_parents; k++) {
			uint32_t other = LIFE_NONE;

			if (version_at_parent(r, v, k, hex, NULL))
				other = lives_with_blob(l, i, hex, v->parents[k]);
			/* Another text than that parent has is no help. */
			if (other == LIFE_NONE || strcmp(l->v[other].files[0].blob, hex) != 0)
				continue;
			plan->others[i].v = mem_array(plan->others[i].v, plan->others[i].n + 1,
						      sizeof(uint32_t));
			plan->others[i].v[plan->others[i].n++] = other;
			plan->until[other] = i;
		}
		if (plan->base[i] != LIFE_NONE)
			plan->until[plan->base[i]] = i;
	}
	plan->n = l->n;
}

void lives_plan_release(struct lives_plan *plan)
{
	for (size_t i = 0; i < plan->n; i++)
		free(plan->others[i].v);
	free(plan->others);
	free(plan->base);
	free(plan->until);
}

uint32_t lives_with_blob(const struct lives *l, uint32_t before, const char *blob,
			 const char *commit)
{
	uint32_t last = LIFE_NONE, found = LIFE_NONE;

	for (uint32_t i = before; i-- > 0;) {
		if (!l->has_text[i])
			continue;
		if (last == LIFE_NONE)
			last = i;
		if (strcmp(l->v[i].files[0].blob, blob) == 0) {
			if (strcmp(l->v[i].id, commit) == 0)
				return i;
			found = found == LIFE_NONE ? i : found;
		}
		if (found != LIFE_NONE && found - i > SAME_WITHIN)
			break;
	}
	/* A file that came back, or whose text before cannot be read: what was last known. */
	return found == LIFE_NONE ? last : found;
}

static void forget(struct lives *l, const struct lives_plan *plan, uint32_t version,
		   uint32_t now)
{
	bool needed = plan->until[version] != LIFE_NONE && plan->until[version] > now;

	if (!needed && version != l->newest && life_is_there(&l->life, version))
		life_forget(&l->life, version);
}

void lives_forget_old(struct lives *l, const struct lives_plan *plan, size_t size, uint32_t now)
{
	const struct lives_others *others = &plan->others[now];
	size_t stay = STAY_BYTES / (size + 1);

	if (stay > LIVES_STAY)
		stay = LIVES_STAY;
	for (size_t k = 0; k < 1 + others->n; k++) {
		uint32_t i = k ? others->v[k - 1] : plan->base[now];

		if (i != LIFE_NONE && i + stay <= now)
			forget(l, plan, i, now);
	}
	/* Texts grow: more than one may be too many. */
	for (size_t i = now > stay ? now - stay : 0, n = 0; n < 8 && i > 0; n++)
		forget(l, plan, (uint32_t)--i, now);
}
