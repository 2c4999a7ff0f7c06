/* SPDX-License-Identifier: MIT */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include "core/party.h"
#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * What fuzz targets share. A target is fuzz_NAME.c with one function, which takes any
 * bytes and stops the program where something does not hold. clang's libFuzzer calls it
 * (make fuzz T=NAME); replay.c calls it with what corpus/NAME holds (make test).
 */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What must hold. Never assert(): it is to stop the program in every build. */
#define HOLDS(condition, what)                                                                 \
	do {                                                                                   \
		if (!(condition)) {                                                            \
			fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, (what));            \
			abort();                                                               \
		}                                                                              \
	} while (0)

/* The parts of an input that is several texts: between bytes 0x1E. At most most of them; the
 * last has the rest. Returns how many. */
static inline size_t fuzz_parts(const uint8_t *data, size_t size, struct slice *parts,
				size_t most)
{
	const char *p = size ? (const char *)data : "", *end = p + size;
	size_t n = 0;

	while (n < most) {
		const char *cut =
			n + 1 < most && p < end ? memchr(p, 0x1E, (size_t)(end - p)) : NULL;

		parts[n++] = slice_make(p, (size_t)((cut ? cut : end) - p));
		if (!cut)
			break;
		p = cut + 1;
	}
	return n;
}

/* The six regions, made once. */
static inline const struct parties *fuzz_parties(void)
{
	static struct parties parties;

	if (!parties.n)
		parties_init_regions(&parties);
	return &parties;
}

/* The texts' bytes, for the person who looks at what failed. */
static inline void fuzz_tell(const char *name, struct slice text)
{
	fprintf(stderr, "== %s (%zu bytes)\n", name, text.len);
	fwrite(text.p, 1, text.len, stderr);
	fputc('\n', stderr);
}

#endif
