/* SPDX-License-Identifier: MIT */
#ifndef STORE_HOOKS_H
#define STORE_HOOKS_H

#include "core/error.h"
#include "core/str.h"
#include "store/repo.h"

#include <stdbool.h>

/*
 * A repository's hooks around a commit, which libgit2 does not run:
 * pre-commit and commit-msg, from core.hooksPath or the git directory. They
 * are programs of whoever wrote the repository: only for a repository that the
 * user trusts (store/trust). commit_make() calls hooks_run().
 */

/* Appends the names of the hooks that a commit would run, one blank between; returns how many.
 * Zero: nothing to ask or tell the user. */
size_t hooks_present(struct repo *r, struct str *names);

/*
 * Runs them, with the top of the repository as current folder and a temporary
 * index that holds tree (hex). commit-msg may rewrite the message. Appends what
 * they print to output. ST_DENIED: a hook refused, with its last line;
 * also where pre-commit changed the index: adref commits what was shown.
 */
int hooks_run(struct repo *r, const char *tree, struct str *message, struct str *output,
	      struct error *err);

#endif
