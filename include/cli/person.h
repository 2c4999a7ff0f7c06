/* SPDX-License-Identifier: MIT */
#ifndef CLI_PERSON_H
#define CLI_PERSON_H

#include "core/error.h"
#include "store/repo.h"

/*
 * Who commits. git must know the user's name and e-mail address: where it does
 * not, a person at a terminal is asked, once, and this repository keeps the
 * answer. Without a terminal ST_MISSING says how to tell git.
 */
int person_known(struct repo *r, struct error *err) __attribute__((warn_unused_result));

#endif
