/* SPDX-License-Identifier: MIT */
#include "core/each.h"

void each_run(const struct each *each, size_t n, void (*one)(void *context, size_t i),
	      void *context)
{
	if (each && n > 1) {
		each->run(each, n, one, context);
		return;
	}
	for (size_t i = 0; i < n; i++)
		one(context, i);
}
