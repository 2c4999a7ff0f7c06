/* SPDX-License-Identifier: MIT */
#include "core/digest.h"

#include <stdint.h>
#include <string.h>
#include <nettle/sha2.h>

void digest_hex(const void *p, size_t len, char hex[DIGEST_HEX + 1])
{
	static const char digits[] = "0123456789abcdef";
	struct sha256_ctx sha;
	uint8_t out[SHA256_DIGEST_SIZE];

	sha256_init(&sha);
	sha256_update(&sha, len, p);
	sha256_digest(&sha, sizeof(out), out);
	for (size_t i = 0; i < sizeof(out); i++) {
		hex[2 * i] = digits[out[i] >> 4];
		hex[2 * i + 1] = digits[out[i] & 15];
	}
	hex[DIGEST_HEX] = '\0';
}

/* For any w, another h gives another result, and the other way round. */
static uint64_t stir(uint64_t h, uint64_t w)
{
	h = (h ^ w) * 0xFF51AFD7ED558CCDULL;
	return h ^ h >> 32;
}

/* Up to seven bytes as a number, another one for any others of that length. */
static uint64_t few_bytes(const char *p, size_t len)
{
	uint32_t first, last;

	if (len >= 4) {
		memcpy(&first, p, 4);
		memcpy(&last, p + len - 4, 4);
		return first | (uint64_t)last << 32;
	}
	if (!len)
		return 0;
	return (uint64_t)(unsigned char)p[0] | (uint64_t)(unsigned char)p[len / 2] << 8 |
	       (uint64_t)(unsigned char)p[len - 1] << 16;
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
	h = (h ^ few_bytes(p, len)) * 0xC4CEB9FE1A85EC53ULL;
	h ^= h >> 29;
	return h * 0x9E3779B97F4A7C15ULL ^ h >> 32;
}
