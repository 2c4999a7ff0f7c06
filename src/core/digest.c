/* SPDX-License-Identifier: MIT */
#include "core/digest.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <sha2.h>

/* Processors that have SHA-256 in them make it some eight times as fast. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#include <immintrin.h>

static const uint32_t rounds[64] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
	0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
	0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
	0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
	0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
	0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
	0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
	0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
	0xc67178f2,
};

/* The eight words of the state, as the instructions have them: {f, e, b, a}, {h, g, d, c}. */
struct state {
	__m128i abef, cdgh;
};

/* FIPS 180-4, 6.2.2: four of the 64 rounds at a time. */
__attribute__((target("sha,sse4.1"))) static void add_block(struct state *s, const char *p)
{
	const __m128i order = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
	struct state was = *s;
	__m128i m[4], w;

#pragma GCC unroll 16
	for (int i = 0; i < 16; i++) {
		if (i < 4)
			m[i] = _mm_shuffle_epi8(
				_mm_loadu_si128((const __m128i *)(const void *)(p + (i * 16))),
				order);
		else
			m[i & 3] = _mm_sha256msg2_epu32(
				_mm_add_epi32(
					_mm_sha256msg1_epu32(m[i & 3], m[(i + 1) & 3]),
					_mm_alignr_epi8(m[(i + 3) & 3], m[(i + 2) & 3], 4)),
				m[(i + 3) & 3]);
		w = _mm_add_epi32(
			m[i & 3],
			_mm_loadu_si128((const __m128i *)(const void *)&rounds[(size_t)4 *
									       (unsigned)i]));
		s->cdgh = _mm_sha256rnds2_epu32(s->cdgh, s->abef, w);
		s->abef = _mm_sha256rnds2_epu32(s->abef, s->cdgh, _mm_shuffle_epi32(w, 0x0E));
	}
	s->abef = _mm_add_epi32(s->abef, was.abef);
	s->cdgh = _mm_add_epi32(s->cdgh, was.cdgh);
}

__attribute__((target("sha,sse4.1"))) static void digest_inside(const char *p, size_t len,
								unsigned char out[32])
{
	struct state s = {
		_mm_set_epi32(0x6a09e667, (int)0xbb67ae85, 0x510e527f, (int)0x9b05688c),
		_mm_set_epi32(0x3c6ef372, (int)0xa54ff53a, 0x1f83d9ab, 0x5be0cd19)};
	char last[128] = {0};
	size_t rest = len % 64, end = rest < 56 ? 64 : 128;
	uint32_t words[8];

	for (size_t at = 0; at + 64 <= len; at += 64)
		add_block(&s, p + at);
	if (rest)
		memcpy(last, p + len - rest, rest);
	last[rest] = (char)0x80;
	for (size_t i = 0; i < 8; i++)
		last[end - 1 - i] = (char)((uint64_t)len * 8 >> 8 * i);
	add_block(&s, last);
	if (end > 64)
		add_block(&s, last + 64);
	/* a and b stand in the high half of the one, c and d in that of the other. */
	_mm_storeu_si128((__m128i *)(void *)words, _mm_unpackhi_epi64(s.cdgh, s.abef));
	_mm_storeu_si128((__m128i *)(void *)(words + 4), _mm_unpacklo_epi64(s.cdgh, s.abef));
	for (size_t i = 0; i < 32; i++) {
		size_t word = i / 16 * 4 + (3 - i / 4 % 4);

		out[i] = (unsigned char)(words[word] >> (24 - 8 * (i % 4)));
	}
}

static bool is_inside(void)
{
	return __builtin_cpu_supports("sha") && __builtin_cpu_supports("sse4.1");
}
#else
static bool is_inside(void)
{
	return false;
}

static void digest_inside(const char *p, size_t len, unsigned char out[32])
{
	(void)p;
	(void)len;
	(void)out;
}
#endif

void digest_hex(const void *p, size_t len, char hex[DIGEST_HEX + 1])
{
	static const char digits[] = "0123456789abcdef";
	unsigned char out[DIGEST_HEX / 2];

	if (!is_inside()) {
		SHA256Data(p, len, hex);
		return;
	}
	digest_inside(p, len, out);
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
