/* SPDX-License-Identifier: MIT */
#ifndef TESTS_SUPPORT_DRAFT_H
#define TESTS_SUPPORT_DRAFT_H

#include "support.h"

#include "core/bracket.h"
#include "core/draft.h"

/* A draft with all that is read of it. */
struct reading {
	struct str text;
	struct parties parties;
	struct brackets b;
	struct draft d;
};

static inline void reading_init(struct reading *r, struct slice text)
{
	str_init(&r->text);
	str_add_slice(&r->text, text);
	parties_init_regions(&r->parties);
	brackets_read(&r->b, str_slice(&r->text), &r->parties);
	draft_read(&r->d, str_slice(&r->text), &r->b);
}

static inline void reading_release(struct reading *r)
{
	draft_release(&r->d);
	brackets_release(&r->b);
	parties_release(&r->parties);
	str_release(&r->text);
}

#endif
