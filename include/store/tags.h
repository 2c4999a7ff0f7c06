/* SPDX-License-Identifier: MIT */
#ifndef STORE_TAGS_H
#define STORE_TAGS_H

#include "core/meeting.h"
#include "core/str.h"
#include "store/repo.h"
#include "store/versions.h"

#include <stddef.h>

/*
 * The repository's tags, by the commit they are on, and which meeting a
 * version belongs to.
 */

struct tag_list {
	struct tag {
		char id[REPO_HEX + 1];
		char *name;
	} * v; /* by id */
	size_t n, cap;
};

/* What cannot be read is left out. */
void tags_read(struct tag_list *list, struct repo *r);
void tags_release(struct tag_list *list);
/* The name of a tag on that commit; "" where there is none. Borrowed. */
const char *tags_find(const struct tag_list *list, const char *id);

/*
 * The meeting a version is of: the one its trailer names, else the one a tag on
 * it is called by, else the one that was on that day by the calendar; "" for none.
 * Borrowed from keep, the list or the calendar; not sanitised.
 */
const char *tags_meeting(const struct tag_list *list, const struct meetings *calendar,
			 const struct version *v, struct str *keep);

#endif
