/* SPDX-License-Identifier: MIT */
#ifndef STORE_SPOT_H
#define STORE_SPOT_H

#include "core/error.h"
#include "core/str.h"

/*
 * Where a file is, held so that nobody can exchange the folders on the way to
 * it: for store/file only.
 */

/* A file by its folder (open, O_PATH) and its name there. */
struct spot {
	int dir;
	char *name;
	struct str full; /* absolute, links resolved */
};

#define SPOT_INIT                                                                              \
	{                                                                                      \
		-1, NULL, STR_INIT                                                             \
	}

/* s is SPOT_INIT, and is released by the caller also after a failure. The file itself need
 * not be there. intent: for the message, "cannot read". */
int spot_find(const char *root, const char *path, const char *intent, struct spot *s,
	      struct error *err) __attribute__((warn_unused_result));
void spot_release(struct spot *s);

#endif
