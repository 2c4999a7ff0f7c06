/* SPDX-License-Identifier: MIT */
#include "core/slots.h"

#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

enum { LEAST = 512, SPARSE = 16 };

void slots_release(struct slots *s)
{
	free(s->v);
	*s = (struct slots){NULL, 0, 0};
}

void slots_clear(struct slots *s)
{
	if (s->size > LEAST && s->n * SPARSE < s->size)
		slots_release(s);
	else if (s->n)
		memset(s->v, 0, s->size * sizeof(*s->v));
	s->n = 0;
}

static void put(struct slots *s, struct slot one)
{
	size_t at = one.hash & (s->size - 1);

	while (s->v[at].number)
		at = (at + 1) & (s->size - 1);
	s->v[at] = one;
}

static void grow(struct slots *s)
{
	struct slots more = {.size = s->size ? 2 * s->size : LEAST, .n = s->n};
	/* From a free place on: so those with one hash stay in their order. */
	size_t free_at = 0;

	more.v = mem_zalloc(more.size * sizeof(*more.v));
	while (free_at < s->size && s->v[free_at].number)
		free_at++;
	for (size_t i = 0; i < s->size; i++) {
		const struct slot *p = &s->v[(free_at + i) & (s->size - 1)];

		if (p->number)
			put(&more, *p);
	}
	slots_release(s);
	*s = more;
}

void slots_add(struct slots *s, uint64_t hash, uint32_t number)
{
	if (2 * (s->n + 1) > s->size)
		grow(s);
	put(s, (struct slot){(uint32_t)hash, number + 1});
	s->n++;
}
