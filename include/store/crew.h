/* SPDX-License-Identifier: MIT */
#ifndef STORE_CREW_H
#define STORE_CREW_H

#include "core/each.h"

/*
 * All processors at once, for what core can do in parts (core/each). Threads live
 * only while something is done; where none can be started, the caller does it all.
 * They take no signals.
 */
const struct each *crew(void);
/* How many processors we may use; 1 where nobody says. */
size_t crew_size(void);

#endif
