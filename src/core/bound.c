/* SPDX-License-Identifier: MIT */
#include "core/bound.h"

#include <string.h>

/* What is counted of a text; of brackets more than BOUND_SIGNS are all one. */
struct count {
	size_t signs, slashes, lines;
};

/* How many full-width brackets there are; stops beyond `most`. */
static size_t count_wide(struct slice text, size_t most)
{
	const char *p = text.p, *end = text.p + text.len;
	size_t n = 0;

	while (p < end && n <= most && (p = memchr(p, '\xEF', (size_t)(end - p))) != NULL) {
		n += end - p > 2 && p[1] == '\xBC' && (p[2] == '\xBB' || p[2] == '\xBD');
		p++;
	}
	return n;
}

#define BLOCK 128 /* bytes: less than a byte can count */

/* Counts in one block, however short; returns how many bytes may begin something wide. Written
 * so that compilers take many bytes at a time. */
static inline size_t count_block(const char *p, size_t len, struct count *c)
{
	unsigned char signs = 0, slashes = 0, lines = 0, wide = 0;

	for (size_t i = 0; i < len; i++) {
		signs = (unsigned char)(signs + (p[i] == '[') + (p[i] == ']'));
		slashes = (unsigned char)(slashes + (p[i] == '/'));
		lines = (unsigned char)(lines + (p[i] == '\n'));
		wide = (unsigned char)(wide + (p[i] == '\xEF'));
	}
	c->signs += signs;
	c->slashes += slashes;
	c->lines += lines;
	return wide;
}

static struct count count_text(struct slice text)
{
	struct count c = {0, 0, 0};
	size_t at = 0, wide = 0;

	for (; at + BLOCK <= text.len; at += BLOCK)
		wide += count_block(text.p + at, BLOCK, &c);
	wide += count_block(text.p + at, text.len - at, &c);
	if (wide)
		c.signs += count_wide(text, BOUND_SIGNS);
	if (c.signs > BOUND_SIGNS)
		c.signs = BOUND_SIGNS + 1;
	return c;
}

static int judge(const struct count *c, const char *name, struct error *err)
{
	if (c->signs > BOUND_SIGNS)
		return error_set(err, ST_TOO_LARGE,
				 N_("%s: over %zu brackets; too many for a draft; cut it into "
				    "parts"),
				 name, BOUND_SIGNS);
	if (c->lines > BOUND_LINES)
		return error_set(
			err, ST_TOO_LARGE,
			N_("%s: over %zu lines; too many for a draft; cut it into parts"), name,
			BOUND_LINES);
	return 0;
}

int bound_draft(struct slice text, const char *name, struct error *err)
{
	struct count c;

	if (text.len <= BOUND_SIGNS && text.len <= BOUND_LINES)
		return 0;
	if (text.len > BOUND_BYTES)
		return error_set(err, ST_TOO_LARGE,
				 N_("%s: over %zu MB; too much for a draft; cut it into parts"),
				 name, BOUND_BYTES >> 20);
	c = count_text(text);
	return judge(&c, name, err);
}

/* ---- several ---- */

/* What it takes to compare a text: bytes of memory, measured. Pieces are words and signs; those
 * of a paragraph of common length are kept while it is compared, those of a very long one add
 * up. A slash may separate options. */
#define COST_BYTE  2
#define COST_SIGN  300
#define COST_SLASH 100
#define COST_LINE  200
#define COST_PIECE 40
#define LONG_LINE  65536 /* bytes */

static bool is_word_byte(unsigned char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Words and signs of a line, at most: each byte that begins a character but no letter or digit
 * is one, and so is a run of these. */
static size_t count_pieces(const char *p, size_t len)
{
	size_t n = 0;
	bool word = false;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)p[i];
		bool is = is_word_byte(c);

		n += is ? !word : c != ' ' && (c < 0x80 || c >= 0xC0);
		word = is;
	}
	return n;
}

/* Where the line ends that begins at `at`. */
static size_t line_end(struct slice text, size_t at)
{
	const char *p = memchr(text.p + at, '\n', text.len - at);

	return p ? (size_t)(p - text.p) : text.len;
}

int bound_paragraphs(struct slice text, const char *name, struct error *err)
{
	if (text.len <= BOUND_PARAGRAPH)
		return 0;
	for (size_t at = 0, end; at < text.len; at = end + 1) {
		end = line_end(text, at);
		if (end - at > BOUND_PARAGRAPH &&
		    count_pieces(text.p + at, end - at) > BOUND_PARAGRAPH)
			return error_set(err, ST_TOO_LARGE,
					 N_("%s: a paragraph of over %zu words and signs; too "
					    "long to be compared word by word"),
					 name, BOUND_PARAGRAPH);
	}
	return 0;
}

static size_t cost_of(struct slice text)
{
	struct count c = count_text(text);
	size_t cost;

	cost = text.len * COST_BYTE + c.signs * COST_SIGN + c.slashes * COST_SLASH;
	for (size_t at = 0, end; at < text.len && cost <= BOUND_TOGETHER; at = end + 1) {
		end = line_end(text, at);
		cost += end > at ? COST_LINE : COST_LINE / 8;
		if (end - at > LONG_LINE)
			cost += count_pieces(text.p + at, end - at) * COST_PIECE;
	}
	return cost;
}

static int too_much(size_t bytes, struct error *err)
{
	return error_set(err, ST_TOO_LARGE,
			 N_("the texts, %zu KB in all, are too much to be compared word by "
			    "word; cut them into parts"),
			 (bytes >> 10) + 1);
}

int bound_bytes(size_t bytes, struct error *err)
{
	return bytes > BOUND_TOGETHER / COST_BYTE ? too_much(bytes, err) : 0;
}

int bound_together(const struct slice *texts, size_t n, struct error *err)
{
	size_t bytes = 0, cost = 0;

	for (size_t i = 0; i < n; i++)
		bytes += texts[i].len;
	/* However dense. */
	if (bytes <= BOUND_TOGETHER / (COST_BYTE + COST_SIGN))
		return 0;
	for (size_t i = 0; i < n && cost <= BOUND_TOGETHER; i++)
		cost += cost_of(texts[i]);
	return cost > BOUND_TOGETHER ? too_much(bytes, err) : 0;
}
