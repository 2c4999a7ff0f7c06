/* SPDX-License-Identifier: MIT */
#ifndef STORE_CHRONICLE_H
#define STORE_CHRONICLE_H

#include "core/error.h"
#include "core/life.h"
#include "core/message.h"
#include "store/repo.h"
#include "store/versions.h"
#include "store/workspace.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * The log: the versions of one draft, or of all, newest first, with what a
 * reader wants to know of each: its meeting, what was decided, how many points it
 * opened, changed, resolved and reopened; and filters on all that. Streams as
 * store/versions does. One thread at a time.
 */

/* Empty or NULL: no such filter. Phrases as core/find has them, smart case, with folds. */
struct chronicle_filter {
	const char *author;          /* a part of the name or address, any case */
	const char *party;           /* a code or alias: see chronicle_entry.parties */
	const char *since, *until;   /* YYYY-MM-DD, both included */
	const char *meeting;         /* its code */
	const char *added, *removed; /* a phrase that occurs more, or less, often than before */
	const char *phrase;          /* one of the two */
};

struct chronicle_ask {
	const char *revision; /* "HEAD" */
	const char *except;   /* without the versions that this revision has too; or NULL */
	const char *path;     /* of one draft's text; NULL: all of the folder */
	const char *folder;   /* "drafts", as a repository path */
	bool beside;          /* of one draft: also what stands beside it (drafts/NAME/) */
	bool no_counts;       /* do not read the texts, unless a filter has to */
	const struct workspace *ws; /* parties and meetings; borrowed */
	struct chronicle_filter filter;
};

struct chronicle_entry {
	struct version version;
	struct message_record record; /* slices of version.message */
	char date[16];                /* the author's day, or "?" */
	const char *meeting;          /* borrowed from the chronicle or the workspace; "" */
	const char *tag;              /* a tag on the commit; "" */
	bool counted;                 /* counts are known */
	struct life_counts counts;    /* of the drafts it changed, together */
};

struct chronicle;

/* ST_USAGE: a filter makes no sense (a date, a party, a phrase). */
int chronicle_open(struct chronicle **out, struct repo *r, const struct chronicle_ask *ask,
		   struct error *err) __attribute__((warn_unused_result));
void chronicle_free(struct chronicle *c);
/* As versions_next(). VERSIONS_WAITING comes also after each version that no filter lets
 * pass, when wait_ms is not negative: a worker can look whether to stop. */
int chronicle_next(struct chronicle *c, int wait_ms, struct chronicle_entry *out);
const char *chronicle_note(const struct chronicle *c, size_t i);
void chronicle_entry_release(struct chronicle_entry *e);

/* The short name a path of the folder is known by: "res-31", "res-31/AFR.md"; the path itself
 * elsewhere. Appended. */
void chronicle_name(const char *folder, const char *path, struct str *out);

#endif
