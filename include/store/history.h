/* SPDX-License-Identifier: MIT */
#ifndef STORE_HISTORY_H
#define STORE_HISTORY_H

#include "core/error.h"
#include "store/version.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Which commits changed a path, newest first, as `git log -- PATH` lists them:
 * at a merge, the parent that has the same text is followed alone. Walks go in
 * steps, so that they can run between keys; a step reads at most `budget`
 * commits. Where a clone is shallow, history ends at its edge.
 */

/* Reads one commit, with that file of it: also where it left it alone, or has none. path NULL:
 * with none. out is initialised, and the caller's to release, also on failure. ST_MISSING: no
 * such revision. */
int history_read(struct repo *r, const char *revision, const char *path, struct version *out,
		 struct error *err);

/* The commits that changed one path. */
struct history_walk;

/* revision: where to begin, "HEAD". A repository without a commit has an empty walk. */
int history_walk_new(struct history_walk **out, struct repo *r, const char *revision,
		     const char *path, struct error *err);
void history_walk_free(struct history_walk *w);

enum history_step { HISTORY_END = 0, HISTORY_FOUND = 1, HISTORY_MORE = 2 };
/*
 * Goes on to the next commit that changed the path: HISTORY_FOUND (out is
 * filled, released first), HISTORY_MORE (budget spent, call again),
 * HISTORY_END, or a negative status.
 */
int history_walk_next(struct history_walk *w, size_t budget, struct version *out,
		      struct error *err);
/* After HISTORY_END: the clone is shallow, there may have been more. */
bool history_walk_was_cut(const struct history_walk *w);
/* Every parent of a merge is followed, and a merge changed the path where its first parent has
 * another text, or it left another parent's behind (version_file.left): nothing that a merge
 * threw away is missing. Asked before the first step. */
void history_walk_all(struct history_walk *w);
/* Begins at that commit (hex), too. Asked before the first step. */
void history_walk_also(struct history_walk *w, const char *id);
/* What changed that folder is found, too: then the version's files are the walk's own path, if
 * that was changed, and those in the folder. Asked before the first step. */
void history_walk_beside(struct history_walk *w, const char *folder);
/*
 * What a walk from that commit (hex) comes to is known: from an earlier one.
 * Asked before the first step.
 */
void history_walk_know(struct history_walk *w, const char *id);
/* Whether the commit found last is known. */
bool history_walk_knew(const struct history_walk *w);
/* Whether the walk came to that commit, and all that is still to come is known. */
bool history_walk_knows_rest(const struct history_walk *w);

/* A commit that is looked for: among those of the path, from HEAD back. */
struct history_search {
	const char *path;
	/* Asked about each, the newest first. For the last decision on a draft it reads the
	 * trailers. */
	bool (*match)(const struct version *c, void *arg);
	void *arg;
	size_t changes; /* so many of the path at most; 0: all */
	size_t commits; /* so many walked at most, whatever they changed; 0: all */
};

/*
 * The newest for which `match` says yes, into out (released first; the caller's, on failure
 * too). ST_MISSING where there is none; ST_TOO_LARGE where there may be one further back than
 * commits are walked.
 */
int history_find(struct repo *r, const struct history_search *what, struct version *out,
		 struct error *err);

/* The last change of each of many paths at once, for the Desk. */
struct history_last;

/* What is known of the last change of one path. */
struct history_entry {
	bool found;
	bool cut; /* the clone is shallow: it is this old, or older */
	char id[REPO_HEX + 1];
	char *author; /* its name, as stored */
	char *subject;
	int64_t time; /* the author's, seconds since 1970 */
	int offset;   /* minutes east of UTC */
};

/* From that revision back; in a repository without a commit nothing is found. r is borrowed,
 * the paths are copied. ST_USAGE: not a path in a repository; ST_MISSING: no such revision. */
int history_last_new(struct history_last **out, struct repo *r, const char *revision,
		     const char *const *paths, size_t n, struct error *err);
void history_last_free(struct history_last *h);
/* Reads up to budget commits. Returns HISTORY_MORE or HISTORY_END, or a negative status. */
int history_last_step(struct history_last *h, size_t budget, struct error *err);
/* Of the i-th path; borrowed until the next step. found is false while it is not known, or
 * where no commit has the path. */
const struct history_entry *history_last_of(const struct history_last *h, size_t i);

#endif
