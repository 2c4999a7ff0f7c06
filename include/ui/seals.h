/* SPDX-License-Identifier: MIT */
#ifndef UI_SEALS_H
#define UI_SEALS_H

#include "core/str.h"
#include "ui/host.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Which of a draft's positions are signed, as the Chair and the Matrix say it beside them. It
 * is found out beside the keys: until it is known, and where nothing here is signed, nothing is
 * said.
 */

struct seals_watch {
	const struct host *host;
	struct doc *doc;
	struct host_seals *seals; /* NULL: none are looked for */
	unsigned side;            /* host.side_generation() that they are of */
	bool begun;
};

/* In prepare(): begins, and again after positions were read anew. */
void seals_want(struct seals_watch *w, const struct host *host, struct doc *doc);
/* In idle(): true: it goes on. *news is set where it has just ended. */
bool seals_step(struct seals_watch *w, bool *news);
void seals_end(struct seals_watch *w);

/* In the user's language, for a party's position on a point: "signed", "bad signature", and
 * its style; NULL where there is nothing to say. */
const char *seals_word(const struct seals_watch *w, uint16_t party, const char *point,
		       uint32_t *style);

#endif
