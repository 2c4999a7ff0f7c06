/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "ui/layout.h"

#include <stdlib.h>
#include <string.h>

#define SLOTS (2 * LAYOUT_CACHE_LEAST)

struct layout_slot {
	struct layout layout;
	uint64_t hash;
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
		layout_release(&c->v[i].layout);
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
		c->v = mem_array(NULL, SLOTS, sizeof(*c->v));
		memset(c->v, 0, SLOTS * sizeof(*c->v));
		c->n = SLOTS;
	}
	for (size_t i = 0; i < c->n; i++) {
		struct layout_slot *s = &c->v[i];
		if (s->used && s->hash == hash && s->layout.bytes.len == paragraph.len)
			same = s;
		if (s->used && s->place == place && !near)
			near = s;
		if (!oldest || s->used < oldest->used)
			oldest = s;
	}
	struct layout_slot *slot = same ? same : near ? near : oldest;
	if (!slot->layout.scratch)
		layout_init(&slot->layout);
	layout_set(&slot->layout, paragraph, spec);
	slot->hash = hash;
	slot->place = place;
	slot->used = ++c->tick;
	return &slot->layout;
}
