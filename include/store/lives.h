/* SPDX-License-Identifier: MIT */
#ifndef STORE_LIVES_H
#define STORE_LIVES_H

#include "core/error.h"
#include "core/life.h"
#include "core/party.h"
#include "store/repo.h"
#include "store/versions.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The life of a draft's points out of its history: the versions of its text
 * and of what stands beside it (drafts/NAME/: positions, deferrals), oldest
 * first, each blob read once, given to core/life. What was found is kept in the git
 * directory and gone on with when there are new versions.
 *
 * The numbers of the life's versions are indexes of v.
 */

struct lives {
	struct version *v; /* oldest first */
	size_t n, cap;
	/* By version: whether it has the text (and what core/life knows of it), or only
	 * something beside it, or a text that cannot be read. */
	bool *has_text;
	struct life life;
	uint32_t newest; /* the last with a text, LIFE_NONE: none; life_spots() knows it */
	bool gone;       /* the draft is not there in the newest version */
	/* What could not be shown, parties beyond LIFE_PARTIES too: sentences (N_, not
	 * sanitised). */
	char **notes;
	size_t n_notes;
	bool kept; /* nothing had to be read anew (for tests and measurements) */
};

struct lives_ask {
	const char *revision;          /* "HEAD" */
	const char *path;              /* of the text, as a repository path */
	const struct parties *parties; /* the same table as ever: another one is another life */
	bool no_cache;
	/* Called now and then (or NULL): done of total versions, total 0 while they are still
	 * listed. false: stop; then ST_FAIL "stopped". */
	bool (*step)(void *arg, size_t done, size_t total);
	/*
	 * Where all takes longer than newest_ms: called once (or NULL) with the life of the
	 * newest versions alone (life_is_of_newest()), without what stands beside the text. l
	 * is the taker's; the rest is read on.
	 */
	void (*newest)(void *arg, struct lives *l);
	int newest_ms;
	void *arg;
};

/* Released by the caller after success only. ST_MISSING: no version of such a file. */
int lives_read(struct lives *out, struct repo *r, const struct lives_ask *ask,
	       struct error *err) __attribute__((warn_unused_result));
void lives_release(struct lives *l);

#endif
