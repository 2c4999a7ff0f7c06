/* SPDX-License-Identifier: MIT */
#ifndef STORE_CLOCK_H
#define STORE_CLOCK_H

/* Milliseconds since some moment of the past, for waiting: no change of the date moves it. */
long long clock_ms(void);

#endif
