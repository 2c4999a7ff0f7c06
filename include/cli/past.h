/* SPDX-License-Identifier: MIT */
#ifndef CLI_PAST_H
#define CLI_PAST_H

#include "core/error.h"
#include "core/str.h"
#include "store/named.h"
#include "store/session.h"

/*
 * A draft and its history, as the commands on history take it: a name of the
 * workspace, now or once (it may be deleted), or the path of its file. The
 * repository is open.
 */

struct past {
	struct session session;
	struct str path;   /* of the draft, as a repository path; empty: no draft was named */
	struct str folder; /* drafts/ itself, as a repository path */
	char *name;        /* "res-31"; NULL */
	bool there;        /* the draft's file exists now */
};

/* draft: NULL for all. p is initialised here; release it after success. */
int past_open(struct past *p, const char *draft, struct error *err)
	__attribute__((warn_unused_result));
void past_release(struct past *p);
/* "REVISION:NAME", or "REVISION" alone: the revision into rev (caller frees), the rest stays.
 */
const char *past_split(const char *what, char **rev);

/* What a revision, or a meeting, names: of the draft, or of all where none was named. What is
 * to be said of it is said. named_find() and named_read(): release out also after a failure.
 * most: bytes that are read of a version. */
int past_named(struct past *p, const char *revision, struct named *out, struct error *err)
	__attribute__((warn_unused_result));
int past_read(struct past *p, const char *revision, size_t most, struct named *out,
	      struct str *text, struct error *err) __attribute__((warn_unused_result));

#endif
