/* SPDX-License-Identifier: MIT */
#ifndef STORE_VERSIONS_H
#define STORE_VERSIONS_H

#include "core/error.h"
#include "core/party.h"
#include "store/version.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * The versions of one file, of a draft with what stands beside it, or of all files of a
 * folder, newest first: the
 * commits that `git log -- PATH` lists, and where branches were merged those of
 * all branches (--full-history): also of one whose text the merge threw away. A
 * merge is one where its first parent has another text, and where it left behind
 * what another one brought (version_file.left). Each with what it did to the files.
 *
 * A child comes before its parents, also where clocks were wrong, but for large
 * repositories without git's commit-graph: to know that would take the whole walk. There they
 * come by date; if that was not it, they are listed once more at the end, and are kept as they
 * should have come.
 *
 * A file's renames are followed: where a commit adds it and takes away a file with
 * the same bytes, or one that is at least half alike, the history goes on under that
 * name (the most alike one). Else a draft is one of the same folder, however it was rewritten,
 * that had the same symbol or title, which no other draft has, or something beside it
 * that stands beside this one now. Where one branch renamed it and another went on under the
 * old name, both are listed: what is older than their merge then comes once all of it is known.
 *
 * They come as they are found, so that the first screen does not wait for the
 * last: versions_next() in a loop, in a thread of its own (with a repo of its
 * own) or between keys. The walk is git's own, on a pipe; where there is no git
 * program, libgit2's. A whole list is kept (store/kept) and brought up to date
 * from there; a list that does not fit what the repository has now is never used.
 */

struct versions_ask {
	const char *revision; /* where to begin: "HEAD" */
	const char *path;     /* a repository path */
	bool folder;          /* path is a folder: all files in it; no renames */
	bool beside;          /* path is of a draft's text: what stands beside it, too */
	bool no_cache;        /* do not read or write a kept list */
	const char *except;   /* without the versions that this revision has too; or NULL */
};

/* What one version of a draft has and another has not: for store/decided and store/auditor. */
struct versions_between {
	const char *old, *new; /* revisions */
	const char *path;      /* of the draft's text, as it is called in new */
	const struct parties *parties;
	/* Asked now and then (or NULL) whether to go on; where not: ST_FAIL "stopped". */
	bool (*step)(void *arg);
	void *arg;
};

struct versions;

/* Beside NAME.md stands what is in NAME/; where a version has the text, it is the first of its
 * files. A repository without a commit has an empty list. ST_MISSING: no such revision. */
int versions_open(struct versions **out, struct repo *r, const struct versions_ask *ask,
		  struct error *err) __attribute__((warn_unused_result));
/* At any time; a list that is not at its end is not kept. */
void versions_free(struct versions *v);

enum versions_step { VERSIONS_END = 0, VERSIONS_FOUND = 1, VERSIONS_WAITING = 2 };
/*
 * The next one into out (released first): VERSIONS_FOUND. Waits for at most
 * wait_ms (negative: until there is one), then VERSIONS_WAITING. VERSIONS_END
 * also where the rest cannot be read: versions_note() says why.
 */
int versions_next(struct versions *v, int wait_ms, struct version *out);
/*
 * What could not be shown, after VERSIONS_END: the i-th sentence, one line
 * (untranslated, N_ within, not sanitised); NULL after the last. Borrowed.
 */
const char *versions_note(const struct versions *v, size_t i);
/* Whether all came from the kept list (for tests and measurements). */
bool versions_were_kept(const struct versions *v);

#endif
