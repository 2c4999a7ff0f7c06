/* SPDX-License-Identifier: MIT */
#ifndef TESTS_SUPPORT_H
#define TESTS_SUPPORT_H

/* cmocka wants these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/party.h"
#include "core/str.h"

#include <stdbool.h>

/*
 * What unit tests share. Only core is used here, so that every room's tests
 * can link it. Random input comes from a seed in the test: a failure is the
 * same on every machine and every day.
 */

/*
 * The six regions, as regions_set_up() makes them and regions_tear_down() frees them: what
 * cmocka_run_group_tests() calls before and after a program's tests.
 */
extern struct parties regions;
enum { AFR, AMS, ARB, ASP, CIS, EUR, REGIONS, NOBODY = PARTY_NONE };
int regions_set_up(void **state);
int regions_tear_down(void **state);

/* xorshift64*: small, fast, good enough to find mistakes. */
struct prng {
	uint64_t state;
};

struct prng prng_make(uint64_t seed);
uint64_t prng_next(struct prng *r);
size_t prng_below(struct prng *r, size_t n); /* 0 to n - 1; n > 0 */
bool prng_one_in(struct prng *r, size_t n);

/* Appends len bytes of any value, NUL and what is not UTF-8 among them. */
void random_bytes(struct prng *r, struct str *out, size_t len);
/*
 * Appends about n pieces of a draft: words in several scripts, blanks of all
 * kinds, brackets (not always balanced), slashes, parties, labels, line ends.
 * Always valid UTF-8.
 */
void random_text(struct prng *r, struct str *out, size_t n);

/* Both slices have the same bytes; on failure says where they part, readably. */
#define assert_slice_equal(got, want) assert_slice_equal_at((got), (want), __FILE__, __LINE__)
void assert_slice_equal_at(struct slice got, struct slice want, const char *file, int line);
/* The same against a NUL-terminated text. */
#define assert_slice_is(got, text)                                                             \
	assert_slice_equal_at((got), slice_of(text), __FILE__, __LINE__)

#endif
