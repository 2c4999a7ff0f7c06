/* SPDX-License-Identifier: MIT */
#include "lives_inner.h"
#include "store/kept.h"

#include <string.h>

/*
 * Kept are: how many versions it is of, a digest of their ids, one of the
 * parties' names, which versions have a text, and the life as it packs itself.
 */

/* How lives are told: another number where core/life tells the same versions otherwise, so that
 * what was kept before is told anew. */
enum { TELLING = 8, BACK_LEAST = 64 };

#define ALL     "life"
#define EARLIER "life-earlier"

static void digest_ids(const struct lives *l, size_t n, char hex[DIGEST_HEX + 1])
{
	struct str ids = STR_INIT;

	for (size_t i = 0; i < n; i++)
		str_add(&ids, l->v[i].id, REPO_HEX);
	digest_hex(ids.len ? ids.p : "", ids.len, hex);
	str_release(&ids);
}

/* The life speaks of them by number. */
void lives_digest_parties(const struct parties *p, char hex[DIGEST_HEX + 1])
{
	struct str names = STR_INIT;

	for (size_t i = 0; i < p->n; i++) {
		str_addf(&names, "%s", p->v[i].code);
		for (size_t k = 0; k < p->v[i].n_aliases; k++)
			str_addf(&names, " %s", p->v[i].aliases[k]);
		str_add_char(&names, '\n');
	}
	digest_hex(names.len ? names.p : "", names.len, hex);
	str_release(&names);
}

static bool is_digest(struct slice text, const char *hex)
{
	return text.len == DIGEST_HEX && memcmp(text.p, hex, DIGEST_HEX) == 0;
}

/* Makes a kept version be there again. */
static bool give(struct lives *l, struct repo *r, uint32_t version,
		 const struct parties *parties)
{
	struct str text = STR_INIT;
	bool good = life_is_there(&l->life, version) ||
		    (*l->v[version].files[0].blob &&
		     version_read(r, l->v[version].files[0].blob, &text, NULL) == 0 &&
		     life_give(&l->life, version, str_slice(&text), parties));

	str_release(&text);
	return good;
}

/*
 * All kept versions that new ones were made from, or merged with, are there again. Then what is
 * new is told of the very state that telling all anew comes to after the kept ones.
 */
static bool give_needed(struct lives *l, struct repo *r, size_t n,
			const struct parties *parties)
{
	struct lives_plan plan;
	bool good = true;

	lives_plan(l, r, n, &plan);
	for (size_t i = n; i < l->n && good; i++) {
		if (l->has_text[i] && plan.base[i] < n)
			good = give(l, r, plan.base[i], parties);
		for (size_t k = 0; k < plan.others[i].n && good; k++)
			good = plan.others[i].v[k] >= n ||
			       give(l, r, plan.others[i].v[k], parties);
	}
	lives_plan_release(&plan);
	return good;
}

/* The life kept as that kind; returns of how many versions it is. */
static size_t take(struct lives *l, struct repo *r, const struct lives_ask *ask,
		   const char *kind)
{
	struct str bytes = STR_INIT;
	char hex[DIGEST_HEX + 1];
	struct unpack u;
	uint64_t n = 0;
	bool good = kept_read(r, &(struct kept){kind, TELLING, ask->path}, &bytes);

	u = (struct unpack){str_slice(&bytes), false};
	if (good)
		n = unpack_number(&u);
	good = good && !u.bad && n > 0 && n <= l->n;
	if (good) {
		digest_ids(l, (size_t)n, hex);
		good = is_digest(unpack_text(&u), hex);
		lives_digest_parties(ask->parties, hex);
		good = is_digest(unpack_text(&u), hex) && good;
	}
	if (good) {
		life_release(&l->life);
		good = life_unpack(&l->life, unpack_text(&u));
		if (!good)
			life_init(&l->life);
	}
	for (uint32_t i = 0; i < n && good; i++)
		if (l->has_text[i])
			l->newest = i;
	good = good && !u.bad && l->life.n_versions == n && l->newest != LIFE_NONE &&
	       give(l, r, l->newest, ask->parties) &&
	       give_needed(l, r, (size_t)n, ask->parties);
	if (!good) {
		life_release(&l->life);
		life_init(&l->life);
		l->newest = LIFE_NONE;
	}
	str_release(&bytes);
	return good ? (size_t)n : 0;
}

size_t lives_kept(struct lives *l, struct repo *r, const struct lives_ask *ask)
{
	size_t n = take(l, r, ask, ALL);

	return n ? n : take(l, r, ask, EARLIER);
}

size_t lives_earlier(size_t n)
{
	size_t back = n / 8 < BACK_LEAST ? BACK_LEAST : n / 8;

	return n > back ? n - back : 0;
}

void lives_pack(const struct lives *l, size_t n, const struct parties *parties, struct str *out)
{
	struct str packed = STR_INIT;
	char hex[DIGEST_HEX + 1];

	if (l->newest == LIFE_NONE || l->gone)
		return;
	pack_number(out, n);
	digest_ids(l, n, hex);
	pack_text(out, slice_of(hex));
	lives_digest_parties(parties, hex);
	pack_text(out, slice_of(hex));
	life_pack(&l->life, n > LIVES_STAY ? (uint32_t)(n - LIVES_STAY) : 0, &packed);
	pack_text(out, str_slice(&packed));
	str_release(&packed);
}

static void keep(struct repo *r, const struct lives_ask *ask, const char *kind,
		 struct slice bytes)
{
	if (bytes.len)
		kept_write(r, &(struct kept){kind, TELLING, ask->path}, bytes);
}

void lives_keep(const struct lives *l, struct repo *r, const struct lives_ask *ask,
		struct slice earlier)
{
	struct str bytes = STR_INIT;

	lives_pack(l, l->n, ask->parties, &bytes);
	keep(r, ask, ALL, str_slice(&bytes));
	keep(r, ask, EARLIER, earlier);
	str_release(&bytes);
}
