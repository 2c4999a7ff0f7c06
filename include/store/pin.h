/* SPDX-License-Identifier: MIT */
#ifndef STORE_PIN_H
#define STORE_PIN_H

#include "core/error.h"
#include "store/repo.h"

/*
 * Where trust in signatures begins. A pin is a commit of which the user says: the
 * drafts/signers in it is the right one. It is kept outside of the repository, beside the list
 * of trusted ones
 * ($XDG_STATE_HOME/adref/pins): nobody who can write to the repository can move it.
 *
 * And the repository's root, its first commit, by which signatures name the repository.
 */

/* ST_MISSING: there is none; the words say what to do. */
int pin_get(struct repo *r, char hex[REPO_HEX + 1], struct error *err)
	__attribute__((warn_unused_result));
/* hex: a whole id; NULL: no longer. */
int pin_set(struct repo *r, const char *hex, struct error *err)
	__attribute__((warn_unused_result));

/* The first commit of a revision's history, by first parents. ST_MISSING: there is no commit
 * yet; ST_DENIED: the clone is shallow, so it is not there. */
int pin_root(struct repo *r, const char *revision, char hex[REPO_HEX + 1], struct error *err)
	__attribute__((warn_unused_result));

#endif
