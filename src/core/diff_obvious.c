/* SPDX-License-Identifier: MIT */
#include "diff_align_impl.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Lines that are nearly what they were, seen without counting words. */

#define SAMPLE_LOG  14 /* far more than a line's words */
#define SAMPLE_BITS (1 << SAMPLE_LOG)

/* The next space, or end. */
static const char *next_space(const char *p, const char *end)
{
	const uint64_t ones = 0x0101010101010101ULL;

	/* Eight bytes at a time. The lowest bit that is set is of the first space; where bytes
	 * stand the other way round, it is one of the eight. */
	for (; end - p >= 8; p += 8) {
		uint64_t w, zero;

		memcpy(&w, p, 8);
		w ^= ones * ' ';
		zero = (w - ones) & ~w & ones << 7;
		if (!zero)
			continue;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
		return p + __builtin_ctzll(zero) / 8;
#else
		break;
#endif
	}
	while (p < end && *p != ' ')
		p++;
	return p;
}

/* Where the next word begins, as far as ASCII blanks tell; end: there is none. */
static const char *next_word(const char *p, const char *end)
{
	p = next_space(p, end);
	while (p < end && *p == ' ')
		p++;
	return end - p >= 4 ? p : end;
}

static uint32_t sample(const char *p)
{
	uint32_t w;

	memcpy(&w, p, sizeof(w));
	return w * 0x9E3779B1U >> (32 - SAMPLE_LOG);
}

/* Whether nearly all words of one begin as words of the other do, and it has as many. */
static bool shares_words(const char *p, const char *p_end, const char *q, const char *q_end)
{
	uint64_t seen[SAMPLE_BITS / 64] = {0};
	size_t n = 0, m = 0, hits = 0;

	for (; (p = next_word(p, p_end)) < p_end; n++)
		seen[sample(p) / 64] |= UINT64_C(1) << sample(p) % 64;
	for (; (q = next_word(q, q_end)) < q_end; m++)
		hits += seen[sample(q) / 64] >> sample(q) % 64 & 1;
	return n >= 8 && n < SAMPLE_BITS / 32 && 8 * m >= 7 * n && 8 * n >= 7 * m &&
	       4 * hits > 3 * m;
}

#define GOES_ON 8 /* bytes that are the same by chance but seldom */

static bool goes_on(const char *p, const char *p_end, const char *q, const char *q_end)
{
	return p_end - p >= GOES_ON && q_end - q >= GOES_ON && memcmp(p, q, GOES_ON) == 0;
}

/* How many bytes two stretches have in common from their beginnings on, where a word in place
 * of another, one put in and one left out are passed over. *p and *q: where it does not go on.
 */
static size_t common_runs(const char **p, const char *p_end, const char **q, const char *q_end)
{
	size_t common = 0;

	for (;;) {
		size_t n = slice_common(slice_make(*p, (size_t)(p_end - *p)),
					slice_make(*q, (size_t)(q_end - *q)));
		const char *after_p, *after_q;

		*p += n;
		*q += n;
		if (*p == p_end || *q == q_end)
			return common + n;
		for (; n && (*p)[-1] != ' '; n--) {
			--*p;
			--*q;
		}
		common += n;
		after_p = next_word(*p, p_end);
		after_q = next_word(*q, q_end);
		if (goes_on(after_p, p_end, after_q, q_end)) {
			*p = after_p;
			*q = after_q;
		} else if (goes_on(*p, p_end, after_q, q_end)) {
			*q = after_q;
		} else if (goes_on(after_p, p_end, *q, q_end)) {
			*p = after_p;
		} else {
			return common;
		}
	}
}

/* Whether it can be seen without counting words that two lines are alike. */
static bool is_obvious(const struct diff_aligning *s, size_t a, size_t b)
{
	const struct diff_line *x = &s->old->v[a], *y = &s->new->v[b];
	const char *p = s->old->text.p + x->body, *q = s->new->text.p + y->body;
	size_t n = x->end - x->body, m = y->end - y->body;
	const char *p_end = p + n, *q_end = q + m;
	size_t common = common_runs(&p, p_end, &q, q_end);

	common += slice_common_end(slice_make(p, (size_t)(p_end - p)),
				   slice_make(q, (size_t)(q_end - q)));
	return (n > 20 && m > 20 && 4 * common > 3 * (n > m ? n : m)) ||
	       shares_words(p_end - n, p_end, q_end - m, q_end);
}

/* As many lines in as out: those that are nearly what they were are paired as they stand, and
 * what is left between them comes back as gaps of their own. Whether there were any. */
bool diff_pair_obvious(struct diff_aligning *s, const struct diff_range *r)
{
	size_t n = r->a1 - r->a0, from = 0, found = 0;

	if (n != r->b1 - r->b0)
		return false;
	for (size_t i = 0; i < n; i++)
		if (s->old->v[r->a0 + i].partner != DIFF_NONE ||
		    s->new->v[r->b0 + i].partner != DIFF_NONE)
			return false;
	for (size_t i = 0; i <= n; i++) {
		if (i < n && !is_obvious(s, r->a0 + i, r->b0 + i))
			continue;
		if (i < n)
			diff_match(s, r->a0 + i, r->b0 + i);
		found += i < n;
		if (i > from && found)
			diff_push(s, (struct diff_range){r->a0 + from, r->a0 + i, r->b0 + from,
							 r->b0 + i, r->depth});
		from = i + 1;
	}
	return found > 0;
}
