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
/*
 * For a process that does one thing and ends: what is freed is kept for what is allocated next,
 * in each thread, instead of going back to the system and coming again page by page. Once,
 * before the work.
 */
void crew_keep_memory(void);
/*
 * For a process that stays: what is large goes back to the system whenever it is freed.
 * Otherwise a draft of 100 MB leaves 12 MB of what its reading grew out of. Once, at the start.
 */
void crew_return_memory(void);

#endif
