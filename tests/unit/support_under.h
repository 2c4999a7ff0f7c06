/* SPDX-License-Identifier: MIT */
#ifndef TESTS_SUPPORT_UNDER_H
#define TESTS_SUPPORT_UNDER_H

#include "core/mem.h"
#include "ui/view.h"

#include <stdlib.h>

/* A view that shows nothing, and does nothing: what stands under the one that is tried. */

static inline void under_prepare(struct view *v, int rows, int cols)
{
	(void)v;
	(void)rows;
	(void)cols;
}

static inline void under_draw(const struct view *v, struct canvas *c)
{
	(void)v;
	(void)c;
}

static inline void under_free(struct view *v)
{
	free(v);
}

static inline void push_under(struct views *views)
{
	static const struct action actions[] = {{0}};
	static const struct view_ops ops = {.name = "under",
					    .title = "Under",
					    .about = "",
					    .actions = actions,
					    .prepare = under_prepare,
					    .draw = under_draw,
					    .free = under_free};
	struct view *under = mem_zalloc(sizeof(*under));

	under->ops = &ops;
	views_push(views, under);
}

#endif
