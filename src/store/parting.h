/* SPDX-License-Identifier: MIT */
#ifndef STORE_PARTING_H
#define STORE_PARTING_H

#include <stddef.h>

struct git_oid;
struct git_repository;

/*
 * Where two lines of a history part (their merge bases), asked for many pairs
 * of one history: each commit is read once, which is what such a question costs.
 */

struct parting;

struct parting *parting_new(struct git_repository *git);
void parting_free(struct parting *p);
/* Up to `most` of them into out; returns how many. 0: nothing in common, as far as it is there.
 */
size_t parting_find(struct parting *p, const struct git_oid *a, const struct git_oid *b,
		    struct git_oid *out, size_t most);

#endif
