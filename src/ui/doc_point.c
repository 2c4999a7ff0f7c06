/* SPDX-License-Identifier: MIT */
#include "ui/doc.h"

#include <stdlib.h>

/* Which point is at a place, and which ones are around it. */

uint32_t doc_point_at(const struct doc *d, size_t pos)
{
	uint32_t point = brackets_point_at(&d->brackets, pos);

	/* Just after its end the cursor touches it still. */
	if (point == BRACKET_NONE && pos > 0)
		point = brackets_point_at(&d->brackets, pos - 1);
	return point;
}

uint32_t doc_point_next(const struct doc *d, size_t pos, bool *wrapped)
{
	uint32_t point = brackets_point_from(&d->brackets, pos + 1);

	if (wrapped)
		*wrapped = point == BRACKET_NONE;
	if (point == BRACKET_NONE && d->brackets.n_points)
		point = 0;
	return point;
}

uint32_t doc_point_previous(const struct doc *d, size_t pos, bool *wrapped)
{
	uint32_t point = brackets_point_from(&d->brackets, pos);

	if (wrapped)
		*wrapped = point == 0;
	if (!d->brackets.n_points)
		return BRACKET_NONE;
	if (point == BRACKET_NONE || point == 0)
		return (uint32_t)d->brackets.n_points - 1;
	return point - 1;
}

size_t doc_linked(const struct doc *d, uint32_t point)
{
	uint32_t *list = NULL;
	size_t n = brackets_linked_points(&d->brackets, d->flat, point, &list);

	free(list);
	return n;
}
