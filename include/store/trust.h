/* SPDX-License-Identifier: MIT */
#ifndef STORE_TRUST_H
#define STORE_TRUST_H

#include "core/error.h"
#include "core/str.h"
#include "store/repo.h"

#include <stdbool.h>

/*
 * Whether the user trusts a repository's own programs: its hooks. By default
 * nobody does. The list of trusted repositories is a file outside of any
 * repository; an entry holds the canonical path, the owner and the first
 * commit, so that another repository put in the same place is not trusted.
 */

/* The list's usual place: $XDG_STATE_HOME/adref/trusted, or under ~/.local/state. ST_MISSING
 * where there is no home. */
int trust_path(struct str *out, struct error *err);

/* Whether list (a file, may be missing) has the repository. A list that cannot
 * be read, or that others can write, trusts nobody. */
bool trust_ask(struct repo *r, const char *list);
/* Adds the repository. ST_MISSING where it has no commit yet. */
int trust_add(struct repo *r, const char *list, struct error *err);
/* Takes it off the list; it is fine if it was not there. */
int trust_remove(struct repo *r, const char *list, struct error *err);

/* A list of that form for another purpose (store/pin): the commit that it keeps for the
 * repository, whether it is there or not; and keeping one (NULL: none). */
bool trust_kept(struct repo *r, const char *list, char hex[REPO_HEX + 1]);
int trust_keep(struct repo *r, const char *list, const char *hex, struct error *err);

#endif
