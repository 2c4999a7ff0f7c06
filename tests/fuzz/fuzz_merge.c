/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include "core/bracket.h"
#include "core/merge.h"
#include "core/yaml.h"

/*
 * core/merge on drafts and on YAML files: what only one side changed is taken as it stands,
 * the sides may be exchanged, and no bracket is left open that was not.
 */

enum { AFR = 0, EUR = 5 };

static void merge(bool yaml, struct slice base, struct slice ours, uint16_t a,
		  struct slice theirs, uint16_t b, struct str *out)
{
	struct merge_side one = {ours, a}, two = {theirs, b};
	struct merge_outcome outcome;

	str_clear(out);
	if (yaml)
		merge_yaml(out, base, one, two, fuzz_parties(), &outcome);
	else
		merge_texts(&(struct merge_ask){.base = base,
						.ours = one,
						.theirs = two,
						.language = SLICE("en"),
						.parties = fuzz_parties()},
			    out, &outcome);
}

static size_t problems_of(struct slice text)
{
	struct brackets b;
	size_t n;

	brackets_read(&b, text, fuzz_parties());
	n = b.n_problems;
	brackets_release(&b);
	return n;
}

/* A file without anything odd: where keys stand twice, which is paired with which is open. */
static bool is_yaml(struct slice text)
{
	struct yaml_problems problems = {0};
	struct error err = ERROR_INIT;
	struct yaml_doc doc;
	bool good = yaml_read(text, &doc, &problems, &err) == 0 && !doc.broken && !problems.n;

	for (size_t i = 0; good && i < doc.n; i++)
		for (uint32_t a = doc.v[i].first; a != YAML_NOTHING; a = doc.v[a].next)
			for (uint32_t b = doc.v[a].next; b != YAML_NOTHING; b = doc.v[b].next)
				good = good && (doc.v[i].kind != YAML_MAP ||
						!slice_equal(doc.v[a].key, doc.v[b].key));
	yaml_release(&doc);
	yaml_problems_release(&problems);
	return good;
}

static void is(struct str *got, struct slice want, const char *what)
{
	if (slice_equal(str_slice(got), want))
		return;
	fuzz_tell("got", str_slice(got));
	fuzz_tell("want", want);
	HOLDS(false, what);
}

static void check(bool yaml, struct slice base, struct slice x, struct slice y)
{
	struct str got = STR_INIT, other = STR_INIT;

	merge(yaml, base, x, PARTY_NONE, x, PARTY_NONE, &got);
	is(&got, x, "what both changed alike is taken once");
	merge(yaml, base, base, PARTY_NONE, x, PARTY_NONE, &got);
	is(&got, x, "what they changed is taken");
	merge(yaml, base, x, PARTY_NONE, base, PARTY_NONE, &got);
	is(&got, x, "what we changed is taken");
	if (yaml && (!is_yaml(base) || !is_yaml(x) || !is_yaml(y)))
		goto done;
	merge(yaml, base, x, AFR, y, EUR, &got);
	merge(yaml, base, y, EUR, x, AFR, &other);
	is(&other, str_slice(&got), "the sides may be exchanged");
	if (!yaml)
		HOLDS(problems_of(str_slice(&got)) <=
			      problems_of(base) + problems_of(x) + problems_of(y),
		      "no new problems");
done:
	str_release(&got);
	str_release(&other);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice part[3] = {{"", 0}, {"", 0}, {"", 0}};
	bool yaml = size && data[0] == 'Y';

	fuzz_parts(data + yaml, size - yaml, part, 3);
	check(yaml, part[0], part[1], part[2]);
	return 0;
}
