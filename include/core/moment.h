/* SPDX-License-Identifier: MIT */
#ifndef CORE_MOMENT_H
#define CORE_MOMENT_H

#include "core/life.h"
#include "core/message.h"
#include "core/party.h"
#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * One version of a life (core/life), looked at closely: where the point of an
 * event stood in the text before, and where it stands in the text after. A life
 * keeps no places; they are found by comparing the two texts again.
 */

struct moment {
	bool known;        /* the rest is of a version */
	uint32_t version;  /* of the life */
	struct str before; /* its two texts */
	struct str after;
	struct life life; /* of these two alone: versions 0 and 1 */
	struct life_spot *old, *new;
	size_t n_old, n_new;
};

/* Bytes of the two texts; without the point's id only where it has none. */
struct moment_place {
	bool was, is; /* whether there is such a place */
	size_t old_begin, old_end;
	size_t new_begin, new_end;
};

void moment_init(struct moment *m);
void moment_release(struct moment *m);

/* Takes the texts of the version (copied; empty: there was none, or is none), which is gone
 * where the draft was deleted. record: of its commit, or NULL. Parties: the life's. */
void moment_read(struct moment *m, uint32_t version, struct slice before, struct slice after,
		 bool gone, const struct message_record *record, const struct parties *parties);

/*
 * Where the point of an event of that version was and is. One that was merged
 * is where the other one is now; one that was split off was where the other one was.
 * Positions and deferrals leave it where it stands: for that it needs an id. false:
 * it cannot be told.
 */
bool moment_find(const struct moment *m, const struct life *l, uint32_t event,
		 struct moment_place *place);

#endif
