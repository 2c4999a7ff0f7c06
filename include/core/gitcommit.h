/* SPDX-License-Identifier: MIT */
#ifndef CORE_GITCOMMIT_H
#define CORE_GITCOMMIT_H

#include "core/error.h"
#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A commit object's bytes, taken apart as git writes them: what it stands on, and which bytes a
 * signature in it is of. Programs that look for "gpgsig" anywhere find it in a message that
 * somebody wrote; here a header counts only in its place, once, and what is not as git writes
 * it makes the commit `crooked`: then no signature in it counts. Pure.
 */

#define GITCOMMIT_MOST ((size_t)4 * 1024 * 1024)

struct gitcommit {
	struct slice tree;     /* hex; all slices are borrowed from the bytes */
	struct slice *parents; /* hex */
	size_t n_parents;
	int64_t committed;    /* the committer's time; 0 where it cannot be read */
	struct slice message; /* all after the first empty line */
	const char *crooked;  /* N_(), why no signature counts; NULL */
	bool is_signed;       /* there is a signature header, good or not */
	struct str payload;   /* the bytes without the signature; only where it is signed */
	struct str signature; /* the header's value, its lines put together again */
};

/* c is released by the caller, also after a failure. ST_INPUT: no commit at all. */
int gitcommit_read(struct slice bytes, struct gitcommit *c, struct error *err)
	__attribute__((warn_unused_result));
void gitcommit_release(struct gitcommit *c);

/* Appends the commit's bytes (not signed yet) with the signature where git puts it. */
void gitcommit_sign(struct str *out, struct slice bytes, struct slice signature);

#endif
