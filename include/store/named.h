/* SPDX-License-Identifier: MIT */
#ifndef STORE_NAMED_H
#define STORE_NAMED_H

#include "core/error.h"
#include "core/meeting.h"
#include "core/str.h"
#include "store/repo.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * The version that a person names: as git names it, by a meeting, or by a day, for
 * commands and views alike. A meeting's name means the draft as it stood when
 * the meeting ended:
 *
 *   1. a tag or branch of that name is what it names, whatever the calendar says;
 *   2. else the last version that is of the meeting (its "Meeting:" line says so, or it is of
 *      one of the meeting's days): on the main line (first parents from HEAD), or, where only
 *      another line has one with such a "Meeting:" line, there;
 *   3. where the draft had none, its text on the main line as the meeting ended.
 *
 * A day, 2026-09-14, is the last version that the log lists with that day or, where there is
 * none, with the nearest before it. A tag or a meeting called so comes first.
 *
 * A meeting that nothing has been committed since has no version yet. Suffixes
 * as git's go with all names: "IRM-1~1" is the commit before. A name in the
 * calendar is the meeting even if some commit's id begins so.
 */

struct named_ask {
	struct repo *r;
	const struct meetings *calendar;
	const char *path; /* repository path of the draft's text, as HEAD has it or had it last,
			     or of a folder */
	bool folder;
	/* Asked now and then (or NULL) whether to go on; who said no once does so again. Then
	 * ST_FAIL "stopped". */
	bool (*step)(void *arg);
	void *arg;
};

struct named {
	char id[REPO_HEX + 1];
	/* What the draft was called in that version; as asked for a folder, or where it has
	 * none there. */
	struct str path;
	/* One sentence (not translated, N_ within), or empty: the name is a tag's (or a
	 * branch's) and a meeting's, and the meeting's last version has another text than the
	 * tag; or the version is of an earlier day than was asked for. */
	struct str note;
};

/* Initialised here also after a failure; release. ST_MISSING: nothing is called so, or the
 * meeting or day has no version (yet): the words say which. */
int named_find(struct named *out, const struct named_ask *ask, const char *name,
	       struct error *err) __attribute__((warn_unused_result));
/* The same, and the draft's text as that version has it, appended; statuses as repo_read(). */
int named_read(struct named *out, const struct named_ask *ask, const char *name, size_t limit,
	       struct str *text, struct error *err) __attribute__((warn_unused_result));
void named_release(struct named *n);

#endif
