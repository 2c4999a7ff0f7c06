/* SPDX-License-Identifier: MIT */
#ifndef UI_VIEW_LIFE_H
#define UI_VIEW_LIFE_H

#include "core/str.h"
#include "ui/doc.h"
#include "ui/view.h"

#include <stddef.h>
#include <stdint.h>

/*
 * The Life: what became of a point, event by event, with its wording before and
 * after each; and the list of all points a draft ever had, those that are
 * gone too. They are found while keys work; Esc stops that.
 */

extern const struct view_ops view_life_ops;

/* Which point to begin with. All is copied. */
struct life_ask {
	struct slice text; /* its brackets as they stand; empty: none, begin with the list */
	struct slice id;   /* or empty */
	uint32_t number;   /* in the text, from 1 */
};

/* What the point under byte `at` of a draft asks for; its text is the doc's. */
struct life_ask life_ask_at(const struct doc *d, size_t at);

/* name: a draft's; copied. Nothing is looked at before the first screen is drawn. ask: NULL:
 * the list. */
struct view *view_life_new(const struct host *host, const char *name,
			   const struct life_ask *ask);

#endif
