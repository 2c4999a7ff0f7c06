/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "ui/layout.h"

#include <stdlib.h>
#include <string.h>

#define SLOTS (2 * LAYOUT_CACHE_LEAST)

/* What a layout is found by; apart from it, for all of them are looked through at once. */
struct layout_slot {
	uint64_t hash;
	size_t len;
	size_t place;  /* the paragraph's begin in the draft when last asked for */
	uint64_t used; /* tick of the last use, 0: never */
};

void layout_cache_init(struct layout_cache *c)
{
	memset(c, 0, sizeof(*c));
}

void layout_cache_release(struct layout_cache *c)
{
	for (size_t i = 0; i < c->n; i++)
		layout_release(&c->layouts[i]);
	free(c->layouts);
	free(c->v);
	memset(c, 0, sizeof(*c));
}

/* Eight bytes at a time: a long paragraph is hashed on every key. */
static uint64_t hash_of(struct slice s)
{
	uint64_t h = s.len, word;
	size_t i = 0;

	for (; i + 8 <= s.len; i += 8) {
		memcpy(&word, s.p + i, 8);
		h = (h ^ word) * 0x9E3779B97F4A7C15u;
		h ^= h >> 32;
	}
	for (; i < s.len; i++)
		h = (h ^ (unsigned char)s.p[i]) * 0x100000001B3u;
	return h;
}

struct layout *layout_cache_get(struct layout_cache *c, size_t place, struct slice paragraph,
				const struct layout_spec *spec)
{
	struct layout_slot *same = NULL, *near = NULL, *oldest = NULL;
	uint64_t hash = hash_of(paragraph);

	if (!c->n) {
		c->v = mem_zalloc(SLOTS * sizeof(*c->v));
		c->layouts = mem_zalloc(SLOTS * sizeof(*c->layouts));
		c->n = SLOTS;
	}
	if (c->v[c->last].used && c->v[c->last].place == place)
		same = &c->v[c->last]; /* one goes on in the same paragraph */
	for (size_t i = 0; i < c->n && !same; i++) {
		struct layout_slot *s = &c->v[i];
		if (s->used && s->hash == hash && s->len == paragraph.len)
			same = s;
		if (s->used && s->place == place && !near)
			near = s;
		if (!oldest || s->used < oldest->used)
			oldest = s;
	}
	struct layout_slot *slot = same ? same : near ? near : oldest;
	struct layout *l = &c->layouts[slot - c->v];
	if (!l->scratch)
		layout_init(l);
	layout_set(l, paragraph, spec);
	c->last = (size_t)(slot - c->v);
	*slot = (struct layout_slot){hash, paragraph.len, place, ++c->tick};
	return l;
}
