/* SPDX-License-Identifier: MIT */
#ifndef CORE_DIGEST_H
#define CORE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

/*
 * SHA-256 as hexadecimal text. What is hashed is the caller's choice:
 * FORMAT.md's digest of a wording normalises first (brackets_wording()). And a
 * number that tells bytes apart within one run, some thirty times as fast.
 */

#define DIGEST_HEX   64
#define DIGEST_SHORT 16 /* FORMAT.md, "The YAML files": the first 16 hex digits */

/* hex gets DIGEST_HEX lower-case digits and a NUL. */
void digest_hex(const void *p, size_t len, char hex[DIGEST_HEX + 1]);
/* Not to be written down (it may change, and differs between machines), and no proof against
 * somebody who wants two texts to be taken for one. Texts of one length that differ only within
 * eight bytes never have the same. */
uint64_t digest_quick(const void *p, size_t len);

#endif
