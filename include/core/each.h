/* SPDX-License-Identifier: MIT */
#ifndef CORE_EACH_H
#define CORE_EACH_H

#include <stddef.h>

/*
 * Things to be done that do not wait for one another. Core knows no threads: who
 * has some gives such a value (store/crew), and what is done gets done by all of
 * them. The result is the same with and without.
 */
struct each {
	/* Calls one(context, i) for every i below n, in any order, several at a time perhaps;
	 * returns when all are done. */
	void (*run)(const struct each *self, size_t n, void (*one)(void *context, size_t i),
		    void *context);
};

/* each NULL: one after the other. */
void each_run(const struct each *each, size_t n, void (*one)(void *context, size_t i),
	      void *context);

#endif
