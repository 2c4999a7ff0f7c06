/* SPDX-License-Identifier: MIT */
#ifndef STORE_INIT_H
#define STORE_INIT_H

#include "core/error.h"

#include <stddef.h>

/*
 * What a new workspace holds: drafts/ with regions.yaml, meetings.yaml and one
 * example draft. The repository around it is store/repo's.
 */

struct init_list {
	char **v; /* paths relative to the folder: "drafts/regions.yaml" */
	size_t n, cap;
};

void init_list_release(struct init_list *list);

/* Whether the files could be written into dir: 0; ST_EXISTS where drafts/ is there and holds
 * anything; another status where drafts is something else or cannot be read. */
int init_check(const char *dir, struct error *err) __attribute__((warn_unused_result));

/*
 * Writes the files into dir, which is made where it is not there. Nothing is
 * ever overwritten: ST_EXISTS where drafts/ is there and holds anything, and
 * then nothing was written. list names what was.
 */
int init_files(const char *dir, struct init_list *list, struct error *err)
	__attribute__((warn_unused_result));

#endif
