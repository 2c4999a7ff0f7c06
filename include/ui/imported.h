/* SPDX-License-Identifier: MIT */
#ifndef UI_IMPORTED_H
#define UI_IMPORTED_H

#include "core/party.h"
#include "core/str.h"
#include "core/tracked.h"
#include "core/unwrap.h"

/*
 * What an import takes and what it leaves out, in the user's words, for screen
 * and command alike: a line each, with its line end; what was taken from the file
 * is sanitised. Nothing where nothing is to be said.
 */
void imported_say(struct str *out, const struct unwrapped *u, const struct tracked *t,
		  enum tracked_how how, const struct parties *parties);

#endif
