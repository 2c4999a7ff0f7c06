/* SPDX-License-Identifier: MIT */
#ifndef CORE_ESCAPE_H
#define CORE_ESCAPE_H

#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * The escape of FORMAT.md ("Which brackets count"): a backslash before one of
 * [ ] ［ ］ / ／ \ ` < ! makes it ordinary text; before anything else it is a
 * backslash. Knows nothing of where nothing is read: there it is none.
 */

/* Bytes of the character at p if it is one that a backslash escapes: 1, 3; else 0. */
size_t escapable_at(const char *p, size_t len);
/* Bytes of the escape at p, the backslash counted: 2, 4; 0 where there is none. */
size_t escape_at(const char *p, size_t len);
/* Whether the bytes end in a backslash that is not escaped itself: what comes after it is, if
 * it can be. */
bool escape_is_open(const char *p, size_t len);

#endif
