/* SPDX-License-Identifier: MIT */
#ifndef STORE_KEPT_H
#define STORE_KEPT_H

#include "core/str.h"
#include "store/repo.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * What was found out about a history, kept in adref's own folder of the git
 * directory (adref/KIND-…, private to the user) so that it need not be found
 * again. Only what this user's adref kept for this repository, at this place,
 * is ever believed: each file bears a code (HMAC-SHA-256) that only the user's own
 * key makes, which lies outside of all repositories ($XDG_STATE_HOME/adref/key,
 * 0600, made when first needed). A .git that came from somebody else, or was
 * copied from another place, has nothing to say. Without a key nothing is kept.
 */

struct kept {
	const char *kind; /* "versions", "life", "tally" */
	unsigned format;  /* goes up whenever what follows changes, or is told otherwise */
	const char *path; /* of the draft or folder it is about */
};

/* Appends what was kept; false where there is nothing, or it is not to be believed. */
bool kept_read(struct repo *r, const struct kept *what, struct str *out);
/* Keeps it, whole or not at all. A failure is nobody's worry: next time takes longer. */
void kept_write(struct repo *r, const struct kept *what, struct slice bytes);

/* Packing: numbers and texts, as kept files have them. */
void pack_number(struct str *out, uint64_t n);
void pack_text(struct str *out, struct slice text);

struct unpack {
	struct slice rest;
	bool bad; /* it did not make sense; all answers are empty from there on */
};
uint64_t unpack_number(struct unpack *u);
struct slice unpack_text(struct unpack *u);

#endif
