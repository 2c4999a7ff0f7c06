/* SPDX-License-Identifier: MIT */
#include "consolidate_impl.h"

#include "core/digest.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

/* Byte strings as numbers, of several classes: what is compared is compared by these. */

struct key {
	size_t begin, len; /* in bytes, the class first */
	size_t hash;
};

struct intern {
	struct str bytes;
	struct key *v;
	size_t n, cap;
	uint32_t *table; /* key + 1, open addressing */
	size_t size;
};

#define SIZE_LEAST 1024

struct intern *intern_new(void)
{
	struct intern *k = mem_zalloc(sizeof(*k));

	k->size = SIZE_LEAST;
	k->table = mem_zalloc(k->size * sizeof(*k->table));
	return k;
}

void intern_free(struct intern *k)
{
	if (!k)
		return;
	str_release(&k->bytes);
	free(k->v);
	free(k->table);
	free(k);
}

void intern_clear(struct intern *k)
{
	/* What one large text has made long is not cleared for each small one. */
	for (size_t i = 0; k->n * 16 < k->size && i < k->n; i++) {
		size_t at = k->v[i].hash & (k->size - 1);

		while (k->table[at] != i + 1)
			at = (at + 1) & (k->size - 1);
		k->table[at] = 0;
	}
	if (k->n * 16 >= k->size)
		memset(k->table, 0, k->size * sizeof(*k->table));
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

static size_t hash_of(char class, struct slice bytes)
{
	return (size_t)(digest_quick(bytes.p, bytes.len) ^
			(uint64_t)(unsigned char)class * 0x9E3779B97F4A7C15ULL);
}

static bool is_key(const struct intern *k, uint32_t key, size_t hash, char class,
		   struct slice bytes)
{
	const struct key *v = &k->v[key];

	return v->hash == hash && v->len == bytes.len + 1 && k->bytes.p[v->begin] == class &&
	       memcmp(k->bytes.p + v->begin + 1, bytes.p, bytes.len) == 0;
}

static void grow_table(struct intern *k)
{
	free(k->table);
	k->size *= 2;
	k->table = mem_zalloc(k->size * sizeof(*k->table));
	for (size_t i = 0; i < k->n; i++) {
		size_t at = k->v[i].hash & (k->size - 1);

		while (k->table[at])
			at = (at + 1) & (k->size - 1);
		k->table[at] = (uint32_t)i + 1;
	}
}

/* Where it stands in the table, or the free place where it would. */
static size_t place_of(const struct intern *k, size_t hash, char class, struct slice bytes)
{
	size_t at = hash & (k->size - 1);

	while (k->table[at] && !is_key(k, k->table[at] - 1, hash, class, bytes))
		at = (at + 1) & (k->size - 1);
	return at;
}

uint32_t intern_find(const struct intern *k, char class, struct slice bytes)
{
	uint32_t found = k->table[place_of(k, hash_of(class, bytes), class, bytes)];

	return found ? found - 1 : NONE;
}

uint32_t intern_key(struct intern *k, char class, struct slice bytes)
{
	size_t hash = hash_of(class, bytes), at = place_of(k, hash, class, bytes);

	if (k->table[at])
		return k->table[at] - 1;
	MEM_GROW(k->v, k->n, k->cap);
	k->v[k->n++] = (struct key){k->bytes.len, bytes.len + 1, hash};
	k->table[at] = (uint32_t)k->n;
	str_add_char(&k->bytes, class);
	str_add_slice(&k->bytes, bytes);
	if (k->n * 2 > k->size)
		grow_table(k);
	return (uint32_t)k->n - 1;
}
