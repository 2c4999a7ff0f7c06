/* SPDX-License-Identifier: MIT */
#ifndef STORE_AHEAD_H
#define STORE_AHEAD_H

#include "core/error.h"
#include "core/str.h"
#include "store/repo.h"

#include <stddef.h>

/*
 * Texts of a history read before they are asked for, by threads with repos of
 * their own: inflating them is most of what a list of versions with its counts
 * costs. Where no thread can be started, whoever asks reads. The threads take no
 * signals and end with it. For one thread; its repo is used while a text is taken.
 */

struct ahead;

struct ahead *ahead_new(struct repo *r);
void ahead_free(struct ahead *a);

/* This blob (hex) will be asked for, after those named before. The same twice in a row is one.
 */
void ahead_want(struct ahead *a, const char *blob);
/*
 * Appends a blob's text, as version_read() does. Those named before it that were
 * not asked for are forgotten; one that was not named is simply read.
 */
int ahead_take(struct ahead *a, const char *blob, struct str *out, struct error *err);

#endif
