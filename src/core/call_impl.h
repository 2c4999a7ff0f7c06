/* SPDX-License-Identifier: MIT */
#ifndef CORE_CALL_IMPL_H
#define CORE_CALL_IMPL_H

#include "core/call.h"
#include "core/call_verbs.h"

/* call_words.c, for core/call alone. */

/* Bytes of the longest adverb (or other word) of the list at p; 0: there is none. */
size_t call_adverb_at(const char *p, size_t len, const struct call_words *list);
/* The longest verb of the group that begins at p, in whichever language. */
bool call_verb_in(enum call_group group, const char *p, size_t len, struct call *call);

#endif
