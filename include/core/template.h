/* SPDX-License-Identifier: MIT */
#ifndef CORE_TEMPLATE_H
#define CORE_TEMPLATE_H

#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * What a person typed to put in place of an expression's hits, taken apart;
 * for core/find alone. $1, ${1}, ${name}: a group; $$: a dollar sign; \n: a
 * line end; \t: a tab; \ before another character: that character. Everything
 * else is text, also a $ or \ that begins none of these.
 */

struct template_part {
	struct slice text; /* the text, or the name or number of the group */
	size_t at;         /* where the part begins in the template */
	bool is_group;
};

/* Takes the part at *at, which moves on. False at the end. */
bool template_next(struct slice template, size_t *at, struct template_part *part);

#endif
