/* SPDX-License-Identifier: MIT */
#include "support.h"

#include <stdio.h>

struct parties regions;

int regions_set_up(void **state)
{
	(void)state;
	parties_init_regions(&regions);
	return 0;
}

int regions_tear_down(void **state)
{
	(void)state;
	parties_release(&regions);
	return 0;
}

struct prng prng_make(uint64_t seed)
{
	return (struct prng){seed * 0x9E3779B97F4A7C15ULL + 1};
}

uint64_t prng_next(struct prng *r)
{
	if (r->state == 0)
		r->state = 1;
	r->state ^= r->state >> 12;
	r->state ^= r->state << 25;
	r->state ^= r->state >> 27;
	return r->state * 0x2545F4914F6CDD1DULL;
}

size_t prng_below(struct prng *r, size_t n)
{
	return (size_t)((prng_next(r) >> 11) % n);
}

bool prng_one_in(struct prng *r, size_t n)
{
	return prng_below(r, n) == 0;
}

void random_bytes(struct prng *r, struct str *out, size_t len)
{
	for (size_t i = 0; i < len; i++)
		str_add_char(out, (char)(prng_next(r) >> 24));
}

void random_text(struct prng *r, struct str *out, size_t n)
{
	static const char *const pieces[] = {
		"[",
		"]",
		"[",
		"]",
		"/",
		" / ",
		"\n",
		"\n\n",
		" ",
		"  ",
		"\t",
		"\u00A0",
		"\u202F",
		"\u3000",
		",",
		".",
		":",
		";",
		"and",
		"the",
		"shall",
		"should",
		"Members",
		"note",
		"to invite",
		"d\u00E9cide",
		"l\u2019Union",
		"l'UIT",
		"e\u0301",
		"\u00AB\u00A0oui\u00A0\u00BB",
		"\u7814\u7A76",
		"\uFF3B",
		"\uFF3D",
		"\u043D\u0430",
		"\u062A\u0642\u0631\u0631",
		"\U0001F600",
		"(AFR)",
		"(EUR, CIS)",
		"[AFR:",
		"{#b1f2}",
		"a)",
		"ii)",
		"1.1",
		"\u2013 ",
		"# ",
		"*",
		"**",
		"_",
		"`",
		"\\",
		"[^1]",
		"[1]",
		"](#bm)",
		"Res. 64",
		"\r\n",
		"<!--",
		"-->",
		"\u201Cx\u201D",
		"-",
		"\u2011",
	};

	for (size_t i = 0; i < n; i++)
		str_add_text(out, pieces[prng_below(r, sizeof(pieces) / sizeof(*pieces))]);
}

static void print_readably(const char *name, struct slice s, size_t from)
{
	size_t to = from + 40 < s.len ? from + 40 : s.len;

	fprintf(stderr, "  %s (%zu bytes), from byte %zu: \"", name, s.len, from);
	for (size_t i = from; i < to; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c == '"' || c == '\\')
			fprintf(stderr, "\\%c", c);
		else if (c < 0x20 || c == 0x7F)
			fprintf(stderr, "\\x%02X", c);
		else
			fputc(c, stderr);
	}
	fprintf(stderr, to < s.len ? "...\"\n" : "\"\n");
}

void assert_slice_equal_at(struct slice got, struct slice want, const char *file, int line)
{
	size_t at = 0, from;

	if (slice_equal(got, want))
		return;
	while (at < got.len && at < want.len && got.p[at] == want.p[at])
		at++;
	from = at < 16 ? 0 : at - 16;
	fprintf(stderr, "%s:%d: the bytes differ at byte %zu\n", file, line, at);
	print_readably("got ", got, from);
	print_readably("want", want, from);
	_fail(file, line);
}
