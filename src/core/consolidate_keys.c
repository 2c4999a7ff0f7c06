/* SPDX-License-Identifier: MIT */
#include "consolidate_impl.h"

#include "core/digest.h"
#include "core/mem.h"
#include "core/slots.h"

#include <stdlib.h>
#include <string.h>

/* Byte strings as numbers, of several classes: what is compared is compared by these. */

struct key {
	size_t begin, len; /* in bytes, the class first */
};

struct intern {
	struct str bytes;
	struct key *v;
	size_t n, cap;
	struct slots slots;
};

struct intern *intern_new(void)
{
	return mem_zalloc(sizeof(struct intern));
}

void intern_free(struct intern *k)
{
	if (!k)
		return;
	str_release(&k->bytes);
	free(k->v);
	slots_release(&k->slots);
	free(k);
}

void intern_clear(struct intern *k)
{
	slots_clear(&k->slots);
	str_clear(&k->bytes);
	k->n = 0;
}

void need_counts(struct work *w)
{
	size_t n = 2 * (size_t)intern_count(w->keys);

	if (w->n_counts >= intern_count(w->keys))
		return;
	w->counts = mem_array(w->counts, n, sizeof(*w->counts));
	memset(w->counts + w->n_counts, 0, (n - w->n_counts) * sizeof(*w->counts));
	w->n_counts = n;
}

uint32_t intern_count(const struct intern *k)
{
	return (uint32_t)k->n;
}

static uint64_t hash_of(char class, struct slice bytes)
{
	return digest_quick(bytes.p, bytes.len) ^
	       (uint64_t)(unsigned char)class * 0x9E3779B97F4A7C15ULL;
}

static bool is_key(const struct intern *k, uint32_t key, char class, struct slice bytes)
{
	const struct key *v = &k->v[key];

	return v->len == bytes.len + 1 && k->bytes.p[v->begin] == class &&
	       memcmp(k->bytes.p + v->begin + 1, bytes.p, bytes.len) == 0;
}

static uint32_t find(const struct intern *k, uint64_t hash, char class, struct slice bytes)
{
	uint32_t key;

	for (size_t at = 0; (key = slots_next(&k->slots, hash, &at)) != SLOTS_NONE;)
		if (is_key(k, key, class, bytes))
			return key;
	return NONE;
}

uint32_t intern_find(const struct intern *k, char class, struct slice bytes)
{
	return find(k, hash_of(class, bytes), class, bytes);
}

uint32_t intern_key(struct intern *k, char class, struct slice bytes)
{
	uint64_t hash = hash_of(class, bytes);
	uint32_t key = find(k, hash, class, bytes);

	if (key != NONE)
		return key;
	key = (uint32_t)k->n;
	MEM_GROW(k->v, k->n, k->cap);
	k->v[k->n++] = (struct key){k->bytes.len, bytes.len + 1};
	slots_add(&k->slots, hash, key);
	str_add_char(&k->bytes, class);
	str_add_slice(&k->bytes, bytes);
	return key;
}
