/* SPDX-License-Identifier: MIT */
#ifndef CORE_RESTORE_H
#define CORE_RESTORE_H

#include "core/edit.h"
#include "core/error.h"
#include "core/party.h"
#include "core/str.h"

#include <stdint.h>

/*
 * Bringing back what a draft was: edits that give the text of now the whole of an
 * older version, one paragraph of it, or one point. What is not brought back stays
 * to the byte. Edits are added to e, empty before; none where nothing would change.
 */

/* All of it: where they differ, the old version's bytes. Never fails. */
void restore_all(struct slice old, struct slice now, struct edits *e);

/*
 * The old version's paragraph with that number (from 1, blank lines not
 * counted), in the place of the one it became; where it is gone, after the one
 * that stood before it. ST_MISSING: there is no such paragraph.
 */
int restore_paragraph(struct slice old, struct slice now, uint32_t number, struct edits *e,
		      struct error *err);

/*
 * The old version's point (its number from 1, or its id), in the place of the point
 * with its id, or of what stands now between the words around it. ST_MISSING:
 * there is no such point, or its paragraph is gone: bring that back.
 */
int restore_point(struct slice old, struct slice now, struct slice point,
		  const struct parties *parties, struct edits *e, struct error *err);

#endif
