/* SPDX-License-Identifier: MIT */
#include "store/sign_kept.h"

#include "core/mem.h"
#include "store/kept.h"

#include <stdlib.h>
#include <string.h>

enum { KEPT_MOST = 20000 };

static const struct kept what = {.kind = "signed", .format = 1, .path = ""};

struct entry {
	char hex[DIGEST_HEX];
	bool asked;
};

struct sign_kept {
	struct repo *repo;
	struct entry *v; /* the first `sorted` of them by their digest */
	size_t n, cap, sorted;
};

static int by_digest(const void *a, const void *b)
{
	return memcmp(((const struct entry *)a)->hex, ((const struct entry *)b)->hex,
		      DIGEST_HEX);
}

static void add(struct sign_kept *k, const char *hex, bool asked)
{
	MEM_GROW(k->v, k->n, k->cap);
	memcpy(k->v[k->n].hex, hex, DIGEST_HEX);
	k->v[k->n++].asked = asked;
}

struct sign_kept *sign_kept_open(struct repo *r)
{
	struct sign_kept *k = mem_zalloc(sizeof(*k));
	struct str bytes = STR_INIT;

	k->repo = r;
	if (kept_read(r, &what, &bytes))
		for (size_t at = 0; at + DIGEST_HEX <= bytes.len; at += DIGEST_HEX)
			add(k, bytes.p + at, false);
	if (k->n)
		qsort(k->v, k->n, sizeof(*k->v), by_digest);
	k->sorted = k->n;
	str_release(&bytes);
	return k;
}

static struct entry *find(struct sign_kept *k, const char *hex)
{
	struct entry wanted = {.asked = false}, *found = NULL;

	memcpy(wanted.hex, hex, DIGEST_HEX);
	if (k->sorted)
		found = bsearch(&wanted, k->v, k->sorted, sizeof(*k->v), by_digest);
	for (size_t i = k->sorted; i < k->n && !found; i++)
		if (by_digest(&k->v[i], &wanted) == 0)
			found = &k->v[i];
	return found;
}

bool sign_kept_has(struct sign_kept *k, const char hex[DIGEST_HEX + 1])
{
	struct entry *e = find(k, hex);

	if (e)
		e->asked = true;
	return e != NULL;
}

void sign_kept_add(struct sign_kept *k, const char hex[DIGEST_HEX + 1])
{
	if (!find(k, hex))
		add(k, hex, true);
}

void sign_kept_close(struct sign_kept *k)
{
	struct str bytes = STR_INIT;

	if (!k)
		return;
	for (size_t i = 0; i < k->n; i++)
		if (k->n <= KEPT_MOST || k->v[i].asked)
			str_add(&bytes, k->v[i].hex, DIGEST_HEX);
	if (k->n > k->sorted)
		kept_write(k->repo, &what, str_slice(&bytes));
	str_release(&bytes);
	free(k->v);
	free(k);
}
