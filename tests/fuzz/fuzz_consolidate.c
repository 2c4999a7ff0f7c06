/* SPDX-License-Identifier: MIT */
#include "../unit/law_texts.h"
#include "fuzz.h"

#include "core/consolidate.h"

/* core/consolidate and core/project: FORMAT.md's laws 1 to 4 on a base and up to four texts. */

#define TEXTS_MOST 4

static void same_texts(struct slice result, struct slice own, uint16_t party, const char *law)
{
	struct str got = STR_INIT, want = STR_INIT;

	law_texts(result, party, fuzz_parties(), &got);
	law_texts(own, party, fuzz_parties(), &want);
	if (!slice_equal(str_slice(&got), str_slice(&want))) {
		fuzz_tell("result", result);
		fuzz_tell("got", str_slice(&got));
		fuzz_tell("want", str_slice(&want));
		HOLDS(false, law);
	}
	str_release(&got);
	str_release(&want);
}

static void merge(struct slice base, const struct consolidate_input *in, size_t n,
		  struct str *out)
{
	struct error err = ERROR_INIT;
	struct brackets b;
	size_t open;
	struct consolidate_ask ask = {.base = base,
				      .inputs = in,
				      .n = n,
				      .language = SLICE("en"),
				      .parties = fuzz_parties(),
				      .open = &open};

	HOLDS(consolidate(&ask, out, &err) == 0, "parties of the table can be consolidated");
	brackets_read(&b, str_slice(out), fuzz_parties());
	HOLDS(open == b.n_outer, "what is open in the result is counted");
	brackets_release(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct consolidate_input in[TEXTS_MOST] = {{{NULL, 0}, 0}}, turned[TEXTS_MOST];
	struct slice part[1 + TEXTS_MOST], base;
	struct str result = STR_INIT, other = STR_INIT;
	size_t n = fuzz_parts(data, size, part, 1 + TEXTS_MOST) - 1;
	bool differs = false;

	base = part[0];
	for (size_t i = 0; i < n; i++) {
		in[i] = (struct consolidate_input){part[1 + i], (uint16_t)(i * 5 % 6)};
		turned[n - 1 - i] = in[i];
		differs = differs || !slice_equal(base, part[1 + i]);
	}
	merge(base, in, n, &result);
	for (size_t i = 0; i < n; i++)
		same_texts(str_slice(&result), in[i].text, in[i].party, "law 1");
	same_texts(str_slice(&result), base, PARTY_NONE, "law 2");
	merge(base, turned, n, &other);
	HOLDS(slice_equal(str_slice(&result), str_slice(&other)), "law 3");
	HOLDS(differs || slice_equal(str_slice(&result), base), "law 4");
	str_release(&result);
	str_release(&other);
	return 0;
}
