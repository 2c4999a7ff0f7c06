/* SPDX-License-Identifier: MIT */
#ifndef STORE_OWNER_H
#define STORE_OWNER_H

#include "core/str.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Which process something belongs to, written down in one line, so that
 * another process can say who it is and whether it surely is gone.
 */

struct owner {
	int64_t pid;    /* 0: nobody */
	uint64_t start; /* when that process began, in ticks since boot */
	char boot[40];  /* this run of the machine */
	char space[40]; /* the process ids' namespace: a container counts on its own */
	char host[80];
};

/* This process. */
void owner_self(struct owner *o);
/* Appends one line, without a line end; and reads it back, false where it is none. */
void owner_add(struct str *out, const struct owner *o);
bool owner_read(struct slice line, struct owner *o);
/* True only where it is sure: of this machine, and dead, or from before its last start. */
bool owner_is_gone(const struct owner *o);
/* This very process. */
bool owner_is_self(const struct owner *o);

#endif
