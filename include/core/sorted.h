/* SPDX-License-Identifier: MIT */
#ifndef CORE_SORTED_H
#define CORE_SORTED_H

#include <stddef.h>

/*
 * Looking something up in what is in order. `before`, an expression of i, holds for the entries
 * from 0 on that come before what is looked for, and for none of the n after them. i becomes
 * how many those are: the index of the first entry that is not before, n where there is none.
 *
 *     SORTED_SKIP(i, b->n, b->v[i].begin < pos);
 */
#define SORTED_SKIP(i, n, before)                                                              \
	do {                                                                                   \
		size_t low_ = 0, high_ = (n);                                                  \
                                                                                               \
		while (low_ < high_) {                                                         \
			(i) = low_ + (high_ - low_) / 2;                                       \
			if (before)                                                            \
				low_ = (i) + 1;                                                \
			else                                                                   \
				high_ = (i);                                                   \
		}                                                                              \
		(i) = low_;                                                                    \
	} while (0)

#endif
