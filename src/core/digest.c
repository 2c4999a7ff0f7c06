/* SPDX-License-Identifier: MIT */
#include "core/digest.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <sha2.h>

void digest_hex(const void *p, size_t len, char hex[DIGEST_HEX + 1])
{
	SHA256Data(p, len, hex);
}

/* For any w, another h gives another result, and the other way round. */
static uint64_t stir(uint64_t h, uint64_t w)
{
	h = (h ^ w) * 0xFF51AFD7ED558CCDULL;
	return h ^ h >> 32;
}

uint64_t digest_quick(const void *bytes, size_t len)
{
	const char *p = bytes;
	uint64_t h = 0x9E3779B97F4A7C15ULL ^ len, w, lane[4] = {1, 2, 3, 4};

	/* Four at once: each waits for its own last product only. */
	if (len >= 64) {
		for (; len >= 32; len -= 32)
			for (int i = 0; i < 4; i++, p += 8) {
				memcpy(&w, p, 8);
				lane[i] = stir(lane[i], w);
			}
		for (int i = 0; i < 4; i++)
			h = stir(h, lane[i]);
	}
	for (; len >= 8; p += 8, len -= 8) {
		memcpy(&w, p, 8);
		h = stir(h, w);
	}
	for (w = 0; len; len--)
		w = w << 8 | (unsigned char)*p++;
	h = (h ^ w) * 0xC4CEB9FE1A85EC53ULL;
	h ^= h >> 29;
	return h * 0x9E3779B97F4A7C15ULL ^ h >> 32;
}
