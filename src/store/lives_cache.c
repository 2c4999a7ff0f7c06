/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "git.h"
#include "lives_inner.h"
#include "store/kept.h"

#include <git2.h>
#include <stdlib.h>
#include <string.h>

/*
 * Kept are: how many versions it is of, a digest of their ids, one of the
 * parties' names, which versions have a text, and the life as it packs itself.
 */

bool lives_has_folder(struct repo *r, const char *revision, const char *folder)
{
	git_object *tree = NULL, *found = NULL;
	unsigned mode = 0;
	git_oid id;
	bool is = repo_revision(r, revision, &found) == 0 &&
		  git_object_peel(&tree, found, GIT_OBJECT_TREE) == 0 &&
		  repo_tree_entry((git_tree *)tree, folder, &id, &mode, NULL) == 1 &&
		  mode == GIT_FILEMODE_TREE;

	git_object_free(tree);
	git_object_free(found);
	return is;
}

/* How lives are told: another number where core/life tells the same versions otherwise, so that
 * what was kept before is told anew. */
enum { TELLING = 3 };

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

/* Whether each new text was made from the newest kept one, or from one after it: only those are
 * still there. */
static bool goes_on(const struct lives *l, size_t n, uint32_t newest)
{
	for (size_t i = n; i < l->n; i++) {
		size_t k = i;

		if (!l->has_text[i])
			continue;
		if (l->v[i].n_parents > 1)
			return false;
		do
			k--;
		while (k > newest && !(l->has_text[k] && strcmp(l->v[k].files[0].blob,
								l->v[i].files[0].before) == 0));
		if (k == newest && strcmp(l->v[k].files[0].blob, l->v[i].files[0].before) != 0)
			return false;
	}
	return true;
}

size_t lives_kept(struct lives *l, struct repo *r, const struct lives_ask *ask)
{
	struct str bytes = STR_INIT, text = STR_INIT;
	char hex[DIGEST_HEX + 1];
	struct slice packed;
	struct unpack u;
	uint32_t newest = LIFE_NONE, unpacked;
	uint64_t n;
	bool good;

	if (!kept_read(r, &(struct kept){"life", TELLING, ask->path}, &bytes))
		return 0;
	u = (struct unpack){str_slice(&bytes), false};
	n = unpack_number(&u);
	good = !u.bad && n > 0 && n <= l->n;
	if (good) {
		digest_ids(l, (size_t)n, hex);
		good = is_digest(unpack_text(&u), hex);
		lives_digest_parties(ask->parties, hex);
		good = is_digest(unpack_text(&u), hex) && good;
	}
	packed = unpack_text(&u);
	for (size_t i = 0; good && i < n; i++)
		if (l->has_text[i])
			newest = (uint32_t)i;
	good = good && !u.bad && newest != LIFE_NONE && goes_on(l, (size_t)n, newest) &&
	       *l->v[newest].files[0].blob &&
	       version_read(r, l->v[newest].files[0].blob, &text, NULL) == 0;
	if (good) {
		life_release(&l->life);
		good = life_unpack(&l->life, packed, str_slice(&text), ask->parties,
				   &unpacked) &&
		       unpacked == newest && l->life.n_versions == n;
		if (!good) {
			life_release(&l->life);
			life_init(&l->life);
		}
	}
	if (good)
		l->newest = newest;
	str_release(&bytes);
	str_release(&text);
	return good ? (size_t)n : 0;
}

void lives_keep(const struct lives *l, struct repo *r, const struct lives_ask *ask)
{
	struct str bytes = STR_INIT, packed = STR_INIT;
	char hex[DIGEST_HEX + 1];

	if (l->newest == LIFE_NONE || l->gone)
		return;
	pack_number(&bytes, l->n);
	digest_ids(l, l->n, hex);
	pack_text(&bytes, slice_of(hex));
	lives_digest_parties(ask->parties, hex);
	pack_text(&bytes, slice_of(hex));
	life_pack(&l->life, l->newest, &packed);
	pack_text(&bytes, str_slice(&packed));
	kept_write(r, &(struct kept){"life", TELLING, ask->path}, str_slice(&bytes));
	str_release(&packed);
	str_release(&bytes);
}
