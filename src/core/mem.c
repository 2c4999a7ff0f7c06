/* SPDX-License-Identifier: MIT */
#include "core/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void (*death_hook)(void *arg);
static void *death_arg;
static void *reserve; /* for the hook, which needs memory too */

enum { RESERVE = 2 << 20 };

void mem_on_death(void (*hook)(void *arg), void *arg)
{
	free(reserve);
	reserve = hook ? malloc(RESERVE) : NULL;
	death_hook = hook;
	death_arg = arg;
}

static _Noreturn void die(void)
{
	void (*hook)(void *) = death_hook;

	death_hook = NULL;
	free(reserve);
	reserve = NULL;
	if (hook)
		hook(death_arg);
	fputs("adref: out of memory\n", stderr);
	exit(3);
}

void *mem_alloc(size_t size)
{
	void *p = malloc(size ? size : 1);

	if (!p)
		die();
	return p;
}

void *mem_zalloc(size_t size)
{
	void *p = calloc(1, size ? size : 1);

	if (!p)
		die();
	return p;
}

void *mem_dup(const void *p, size_t size)
{
	void *q = mem_alloc(size);

	if (size)
		memcpy(q, p, size);
	return q;
}

char *mem_strdup(const char *s)
{
	return mem_dup(s, strlen(s) + 1);
}

void *mem_array(void *p, size_t count, size_t size)
{
	void *q;

	if (size && count > SIZE_MAX / size)
		die();
	q = realloc(p, count && size ? count * size : 1);
	if (!q)
		die();
	return q;
}

size_t mem_grown(size_t cap, size_t needed)
{
	size_t grown = cap < 8 ? 8 : cap + cap / 2;

	return grown < needed ? needed : grown;
}
