/* SPDX-License-Identifier: MIT */
#ifndef STORE_TALLY_H
#define STORE_TALLY_H

#include "core/life.h"
#include "core/party.h"
#include "store/repo.h"

#include <stdbool.h>

/*
 * How many points each version of a path opened, changed, resolved and
 * reopened, as far as it was looked into: kept in the git directory. A
 * version's texts never change, nor does what is counted in them, unless other
 * words are parties.
 */

struct tally;

/* What is kept of the path; empty where there is nothing, or it is of other parties. */
struct tally *tally_open(struct repo *r, const char *path, const struct parties *parties);
/* Keeps what is new in it. */
void tally_free(struct tally *t);
/* The counts of a version (hex); false where they are not known. */
bool tally_find(const struct tally *t, const char *id, struct life_counts *counts);
void tally_add(struct tally *t, const char *id, const struct life_counts *counts);

#endif
