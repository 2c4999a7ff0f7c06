/* SPDX-License-Identifier: MIT */
#ifndef STORE_GIT_ALIVE_H
#define STORE_GIT_ALIVE_H

#include "store/repo.h"

#include <stdbool.h>

/*
 * Whether git programs are at work in a repository, in whichever of its working trees: they
 * share branches, packed refs and configuration, and the locks on these. Asked before a lock
 * file is taken away that names nobody.
 */

/*
 * uid: the user whose gits may be at work here though they cannot be looked into; -1: nobody's
 * but those of whoever may write here.
 */
bool git_alive_now(struct repo *r, long uid);
/* The same, once those that are there had some seconds to end: whose adref was killed, may go
 * on by itself for a moment. */
bool git_alive_ends(struct repo *r, long uid);

#endif
