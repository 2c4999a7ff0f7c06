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
	size_t place;   /* the paragraph's begin in the draft when last asked for */
	uint64_t used;  /* tick of the last use, 0: never */
	uint64_t stamp; /* of the text it is of; 0: not known */
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

/* The slot of the paragraph that had this place last, where its text is known. */
static const struct layout_slot *stamped(const struct layout_cache *c, size_t place)
{
	const struct layout_slot *found = NULL;

	for (size_t i = 0; i < c->n; i++) {
		const struct layout_slot *s = &c->v[i];
		if (s->used && s->place == place && (!found || s->used > found->used))
			found = s;
	}
	return found && found->stamp ? found : NULL;
}

uint64_t layout_cache_stamp(const struct layout_cache *c, size_t place)
{
	const struct layout_slot *slot = stamped(c, place);

	return slot ? slot->stamp : 0;
}

#define SAMPLES 64 /* stretches of a paragraph that it is known by */

/* Of a long paragraph some stretches have to do: one with the same that is not the same is laid
 * out anew from the other's rows, as from any. */
static uint64_t hash_of(struct slice s)
{
	uint64_t h = s.len, word;
	size_t step = s.len > 8 * 8 * SAMPLES ? s.len / SAMPLES : 8, i = 0;

	for (; i + 8 <= s.len; i += step) {
		memcpy(&word, s.p + i, 8);
		h = (h ^ word) * 0x9E3779B97F4A7C15u;
		h ^= h >> 32;
	}
	for (i = s.len < 8 ? 0 : s.len - s.len % 8; i < s.len; i++)
		h = (h ^ (unsigned char)s.p[i]) * 0x100000001B3u;
	return h;
}

/* The slot for a paragraph: its own, one that had its place, or that not used for longest. */
static struct layout_slot *find_slot(struct layout_cache *c, size_t place, uint64_t hash,
				     size_t len)
{
	struct layout_slot *near = NULL, *oldest = NULL;

	if (!c->n) {
		c->v = mem_zalloc(SLOTS * sizeof(*c->v));
		c->layouts = mem_zalloc(SLOTS * sizeof(*c->layouts));
		c->n = SLOTS;
	}
	if (c->v[c->last].used && c->v[c->last].place == place)
		return &c->v[c->last]; /* one goes on in the same paragraph */
	for (size_t i = 0; i < c->n; i++) {
		struct layout_slot *s = &c->v[i];
		if (s->used && s->hash == hash && s->len == len)
			return s;
		if (s->used && s->place == place && !near)
			near = s;
		if (!oldest || s->used < oldest->used)
			oldest = s;
	}
	return near ? near : oldest;
}

struct layout *layout_cache_follow(struct layout_cache *c, size_t place, struct slice paragraph,
				   const struct layout_spec *spec, uint64_t stamp,
				   const struct layout_change *known)
{
	uint64_t hash = hash_of(paragraph);
	struct layout_slot *slot = find_slot(c, place, hash, paragraph.len);
	struct layout *l = &c->layouts[slot - c->v];

	if (!l->scratch)
		layout_init(l);
	/* What is known is of the one that was at this place. */
	layout_follow(l, paragraph, spec, known && slot == stamped(c, place) ? known : NULL);
	c->last = (size_t)(slot - c->v);
	*slot = (struct layout_slot){hash, paragraph.len, place, ++c->tick, stamp};
	return l;
}

struct layout *layout_cache_get(struct layout_cache *c, size_t place, struct slice paragraph,
				const struct layout_spec *spec)
{
	return layout_cache_follow(c, place, paragraph, spec, 0, NULL);
}
