/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include "core/find.h"
#include "core/utf8.h"

/*
 * core/find: any expression on any text ends in bounded time, and its hits lie in the text,
 * between characters. First byte: options; then the expression, 0x1E, the text, 0x1E, what
 * comes in place.
 */

static int64_t tick(void *arg)
{
	return ++*(int64_t *)arg;
}

static void check_hits(const struct find_hits *hits, struct slice text)
{
	for (size_t i = 0; i < hits->n; i++) {
		const struct find_hit *h = &hits->v[i];

		HOLDS(h->begin <= h->end && h->end <= text.len, "a hit lies in the text");
		HOLDS(i == 0 || h->begin >= hits->v[i - 1].end, "hits do not overlap");
		HOLDS(utf8_valid(text.p + h->begin, h->end - h->begin),
		      "a hit is between characters");
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice part[3] = {{"", 0}, {"", 0}, {"", 0}};
	struct find_options options = {0};
	struct find_hits hits = FIND_HITS_INIT;
	struct edits edits = EDITS_INIT;
	struct error err = ERROR_INIT;
	int64_t now = 0;
	struct find_clock clock = {tick, &now, 2000};
	struct find *f = NULL;

	if (!size)
		return 0;
	fuzz_parts(data + 1, size - 1, part, 3);
	options.expression = data[0] & 1;
	options.words = data[0] & 2;
	options.strict = data[0] & 4;
	options.letters = (enum find_case)(data[0] / 8 % 3);
	options.no_jit = data[0] & 64;
	if (find_new(&f, part[0], &options, &err) == 0) {
		find_set_clock(f, &clock);
		(void)!find_all(f, part[1], 0, part[1].len, 100, &hits, &err);
		check_hits(&hits, part[1]);
		if (find_check(f, part[2], &err) == 0)
			(void)!find_replace(f, part[1], 0, part[1].len, part[2], &edits, &err);
	}
	find_hits_release(&hits);
	edits_release(&edits);
	find_free(f);
	return 0;
}
