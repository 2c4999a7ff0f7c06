/* SPDX-License-Identifier: MIT */
#include "store/tally.h"

#include "core/mem.h"
#include "lives_inner.h"
#include "store/kept.h"

#include <stdlib.h>
#include <string.h>

/* COUNTING: another number where core/life counts the same texts otherwise. */
enum { TALLY_MOST = 100000, COUNTING = 1 };

struct entry {
	char id[REPO_HEX];
	struct life_counts counts;
};

struct tally {
	struct repo *r;
	char *path, parties[DIGEST_HEX + 1];
	struct entry *v;
	size_t n, cap, kept; /* kept: so many are in the file */
	uint32_t *table;     /* entry + 1; 0: free */
	size_t size;
};

/* An id is a hash already. */
static size_t hash_of(const char *id)
{
	size_t h = 0;

	for (int i = 0; i < 15; i++)
		h = h << 4 | (size_t)((id[i] & 0xF) + (id[i] > '9' ? 9 : 0));
	return h;
}

static size_t place_of(const struct tally *t, const char *id)
{
	size_t at = hash_of(id) & (t->size - 1);

	while (t->table[at] && memcmp(t->v[t->table[at] - 1].id, id, REPO_HEX) != 0)
		at = (at + 1) & (t->size - 1);
	return at;
}

static void grow(struct tally *t)
{
	if (t->n * 2 < t->size)
		return;
	free(t->table);
	t->size = t->size ? t->size * 2 : 256;
	t->table = mem_zalloc(t->size * sizeof(*t->table));
	for (size_t i = 0; i < t->n; i++)
		t->table[place_of(t, t->v[i].id)] = (uint32_t)i + 1;
}

void tally_add(struct tally *t, const char *id, const struct life_counts *counts)
{
	size_t at;

	if (t->n == TALLY_MOST || strlen(id) != REPO_HEX)
		return;
	grow(t);
	at = place_of(t, id);
	if (t->table[at])
		return;
	MEM_GROW(t->v, t->n, t->cap);
	memcpy(t->v[t->n].id, id, REPO_HEX);
	t->v[t->n].counts = *counts;
	t->table[at] = (uint32_t)++t->n;
}

bool tally_find(const struct tally *t, const char *id, struct life_counts *counts)
{
	size_t at;

	if (!t->n || strlen(id) != REPO_HEX)
		return false;
	at = place_of(t, id);
	if (!t->table[at])
		return false;
	*counts = t->v[t->table[at] - 1].counts;
	return true;
}

static void unpack_all(struct tally *t, struct unpack *u)
{
	uint64_t n = unpack_number(u);

	for (uint64_t i = 0; i < n && !u->bad; i++) {
		struct slice id = unpack_text(u);
		char hex[REPO_HEX + 1] = "";
		struct life_counts c;

		c.opened = (size_t)unpack_number(u);
		c.changed = (size_t)unpack_number(u);
		c.resolved = (size_t)unpack_number(u);
		c.reopened = (size_t)unpack_number(u);
		u->bad |= id.len != REPO_HEX;
		if (u->bad)
			break;
		memcpy(hex, id.p, REPO_HEX);
		tally_add(t, hex, &c);
	}
	if (u->bad || u->rest.len) {
		t->n = t->size = 0;
		free(t->table);
		t->table = NULL;
	}
}

struct tally *tally_open(struct repo *r, const char *path, const struct parties *parties)
{
	struct tally *t = mem_zalloc(sizeof(*t));
	struct str bytes = STR_INIT;
	struct unpack u;

	t->r = r;
	t->path = mem_strdup(path);
	lives_digest_parties(parties, t->parties);
	if (kept_read(r, &(struct kept){"tally", COUNTING, path}, &bytes)) {
		u = (struct unpack){str_slice(&bytes), false};
		if (slice_is(unpack_text(&u), t->parties))
			unpack_all(t, &u);
	}
	t->kept = t->n;
	str_release(&bytes);
	return t;
}

static void keep(const struct tally *t)
{
	struct str bytes = STR_INIT;

	pack_text(&bytes, slice_of(t->parties));
	pack_number(&bytes, t->n);
	for (size_t i = 0; i < t->n; i++) {
		const struct life_counts *c = &t->v[i].counts;

		pack_text(&bytes, slice_make(t->v[i].id, REPO_HEX));
		pack_number(&bytes, c->opened);
		pack_number(&bytes, c->changed);
		pack_number(&bytes, c->resolved);
		pack_number(&bytes, c->reopened);
	}
	kept_write(t->r, &(struct kept){"tally", COUNTING, t->path}, str_slice(&bytes));
	str_release(&bytes);
}

void tally_free(struct tally *t)
{
	if (!t)
		return;
	if (t->n > t->kept)
		keep(t);
	free(t->path);
	free(t->v);
	free(t->table);
	free(t);
}
