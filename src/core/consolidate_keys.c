/* SPDX-License-Identifier: MIT */
#include "consolidate_impl.h"

#include "core/digest.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

/* Byte strings as numbers, of several classes: what is compared is compared by these. */

struct intern {
	struct str bytes;
	size_t *begin; /* by key; one more for the end */
	size_t n, cap;
	uint32_t *table; /* key + 1, open addressing */
	size_t size;
};

struct intern *intern_new(void)
{
	struct intern *k = mem_zalloc(sizeof(*k));

	k->size = 1024;
	k->table = mem_zalloc(k->size * sizeof(*k->table));
	MEM_GROW(k->begin, k->n, k->cap);
	k->begin[0] = 0;
	return k;
}

void intern_free(struct intern *k)
{
	str_release(&k->bytes);
	free(k->begin);
	free(k->table);
	free(k);
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

static bool is_key(const struct intern *k, uint32_t key, char class, struct slice bytes)
{
	size_t begin = k->begin[key], len = k->begin[key + 1] - begin;

	return len == bytes.len + 1 && k->bytes.p[begin] == class &&
	       memcmp(k->bytes.p + begin + 1, bytes.p, bytes.len) == 0;
}

static void grow_table(struct intern *k)
{
	free(k->table);
	k->size *= 2;
	k->table = mem_zalloc(k->size * sizeof(*k->table));
	for (size_t i = 0; i < k->n; i++) {
		struct slice s = {k->bytes.p + k->begin[i] + 1,
				  k->begin[i + 1] - k->begin[i] - 1};
		size_t at = hash_of(k->bytes.p[k->begin[i]], s) & (k->size - 1);

		while (k->table[at])
			at = (at + 1) & (k->size - 1);
		k->table[at] = (uint32_t)i + 1;
	}
}

uint32_t intern_key(struct intern *k, char class, struct slice bytes)
{
	size_t at = hash_of(class, bytes) & (k->size - 1);

	for (; k->table[at]; at = (at + 1) & (k->size - 1))
		if (is_key(k, k->table[at] - 1, class, bytes))
			return k->table[at] - 1;
	k->table[at] = (uint32_t)k->n + 1;
	str_add_char(&k->bytes, class);
	str_add_slice(&k->bytes, bytes);
	MEM_GROW_BY(k->begin, k->n, k->cap, 2);
	k->begin[++k->n] = k->bytes.len;
	if (k->n * 2 > k->size)
		grow_table(k);
	return (uint32_t)k->n - 1;
}
