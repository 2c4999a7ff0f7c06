/* SPDX-License-Identifier: MIT */
#ifndef STORE_SIGN_KEPT_H
#define STORE_SIGN_KEPT_H

#include "core/digest.h"
#include "store/repo.h"

#include <stdbool.h>

/*
 * Signatures that ssh-keygen found good, so that it need not be asked again, which takes ten
 * milliseconds each: kept by store/kept, which believes nobody else's. What is kept is a digest
 * of all that ssh-keygen was given: what was signed, the signature, the line of the list, as
 * whom, for what, and when where the line says until when. What it did not find good is asked
 * anew: it may have been a full disk.
 */

struct sign_kept;

/* What was kept in the repository, which is borrowed. */
struct sign_kept *sign_kept_open(struct repo *r);
/* Keeps what is new, and forgets what nobody asked for where that has become too much. Takes
 * NULL. */
void sign_kept_close(struct sign_kept *k);

/* By the digest. One that is asked about, or added, is not forgotten. */
bool sign_kept_has(struct sign_kept *k, const char hex[DIGEST_HEX + 1]);
void sign_kept_add(struct sign_kept *k, const char hex[DIGEST_HEX + 1]);

#endif
