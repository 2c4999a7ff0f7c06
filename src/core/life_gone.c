/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "life_impl.h"

/* Points that ended are found again: by their id, or by their wording and their place. */

void life_index(struct life *l)
{
	struct life_inner *in = l->inner;

	if (in->n_heads > l->n_points)
		return;
	in->n_heads = in->n_heads ? in->n_heads : 256;
	while (in->n_heads <= l->n_points)
		in->n_heads *= 2;
	in->heads = mem_array(in->heads, in->n_heads, sizeof(*in->heads));
	for (size_t i = 0; i < in->n_heads; i++)
		in->heads[i] = LIFE_NONE;
	for (size_t i = 0; i < l->n_points; i++) {
		struct life_point *p = &l->points[i];
		uint32_t *head = &in->heads[p->hash & (in->n_heads - 1)];

		if (!p->hash)
			continue; /* never ended yet */
		p->chain = *head;
		*head = (uint32_t)i;
	}
}

void life_keep_gone(struct life *l, uint32_t point, uint64_t hash)
{
	struct life_inner *in = l->inner;
	struct life_point *p = &l->points[point];
	uint32_t *link;

	life_index(l);
	link = &in->heads[p->hash & (in->n_heads - 1)];
	while (*link != LIFE_NONE && *link != point)
		link = &l->points[*link].chain;
	if (*link == point)
		*link = p->chain;
	p->hash = hash;
	link = &in->heads[hash & (in->n_heads - 1)];
	p->chain = *link;
	*link = point;
}

static bool is_over(const struct life_point *p)
{
	return p->state != LIFE_OPEN;
}

/* Which of two points that ended is meant: the one that ended last, whatever order they are
 * found in. */
static uint32_t later(const struct life *l, uint32_t a, uint32_t b)
{
	if (a == LIFE_NONE || b == LIFE_NONE)
		return a == LIFE_NONE ? b : a;
	if (l->points[a].ended != l->points[b].ended)
		return l->points[a].ended > l->points[b].ended ? a : b;
	return a > b ? a : b;
}

uint32_t life_find_gone(const struct life *l, const struct life_version *v,
			const struct reading *r, const struct spot *s)
{
	const struct life_inner *in = l->inner;
	struct slice id = spot_id(r, s);
	uint32_t i, found = LIFE_NONE, undone = LIFE_NONE;
	uint64_t before, after;

	for (i = 0; id.len && i < l->n_points; i++)
		if (is_over(&l->points[i]) && slice_equal(life_point_id(l, &l->points[i]), id))
			return i;
	if (!in->n_heads)
		return LIFE_NONE;
	before = spot_before(r, s);
	after = spot_after(r, s);
	for (i = in->heads[s->hash & (in->n_heads - 1)]; i != LIFE_NONE;
	     i = l->points[i].chain) {
		const struct life_point *p = &l->points[i];

		if (!is_over(p) || p->hash != s->hash)
			continue;
		if (id.len && p->id_len)
			continue; /* two ids, and not the same */
		if (p->before == before || p->after == after)
			found = later(l, found, i);
		else if (v->undoes != LIFE_NONE && p->ended == v->undoes)
			undone = later(l, undone, i);
	}
	return found != LIFE_NONE ? found : undone;
}
