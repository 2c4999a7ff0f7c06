/* SPDX-License-Identifier: MIT */
#ifndef CORE_NEAR_H
#define CORE_NEAR_H

#include "core/str.h"

#include <stddef.h>

/* Which word may be meant by one that is not there. Pure; counts bytes. */

/* The nearest of the words to what was typed: at most two letters (of a short one, one) put in,
 * taken out, changed or swapped; else one, of three letters at least, that begins it:
 * "set" for "settings". NULL where none is near. */
const char *near_word(struct slice typed, const char *const *words, size_t n);

#endif
