/* SPDX-License-Identifier: MIT */
#ifndef CORE_MEM_H
#define CORE_MEM_H

#include <stddef.h>

/*
 * Memory that is there, or the program ends: out of memory goes through one
 * hook, which restores the terminal and saves unsaved text, and then exits
 * with status 3. No caller checks for NULL.
 */

void *mem_alloc(size_t size);  /* size 0 gives a unique pointer too */
void *mem_zalloc(size_t size); /* zeroed */
void *mem_dup(const void *p, size_t size);
char *mem_strdup(const char *s);

/* count * size with the overflow checked. */
void *mem_array(void *p, size_t count, size_t size);

/*
 * Makes room for one more element in a growing array:
 *     MEM_GROW(list, n, cap);  list[n++] = x;
 */
#define MEM_GROW(p, n, cap) MEM_GROW_BY(p, n, cap, 1)
#define MEM_GROW_BY(p, n, cap, more)                                                           \
	do {                                                                                   \
		if ((n) + (more) > (cap)) {                                                    \
			(cap) = mem_grown((cap), (n) + (more));                                \
			(p) = mem_array((p), (cap), sizeof(*(p)));                             \
		}                                                                              \
	} while (0)
size_t mem_grown(size_t cap, size_t needed);

/* Called once, before the program ends for lack of memory. NULL removes it. Some memory is set
 * aside for it. */
void mem_on_death(void (*hook)(void *arg), void *arg);

#endif
