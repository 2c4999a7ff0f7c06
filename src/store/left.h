/* SPDX-License-Identifier: MIT */
#ifndef STORE_LEFT_H
#define STORE_LEFT_H

#include "parting.h"
#include "store/version.h"

#include <stddef.h>

/*
 * What a merge left behind (git merge -s ours, or a conflict that was settled by
 * taking one side whole): of a file it has its first parent's text, or has none as that one,
 * though another parent brought a text that is not what both began from; under another name
 * (left_as) where the first parent has renamed it. In a list of changes such a merge is
 * nowhere, and words are gone.
 *
 * Adds those files to v's, each with `left`; path: of one file, or of a folder. known: what was
 * read of the history's shape, kept from one merge to the next; NULL at first, freed by the
 * caller. Returns how many were added; what cannot be read is none.
 */
size_t left_add(struct repo *r, struct parting **known, struct version *v, const char *path);

/* What a merge's other parent calls the file that the first has renamed to path. The caller's;
 * NULL: it is no file there under another name. */
char *left_name_at(struct repo *r, const struct version *v, size_t parent, const char *path);

#endif
