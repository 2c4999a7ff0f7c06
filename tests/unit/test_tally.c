/* SPDX-License-Identifier: MIT */
#include "support_repo.h"

#include "store/repo.h"
#include "store/tally.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct error err;

static int setup(void **state)
{
	int rc = scratch_setup(state);

	parties_init_regions(&regions);
	sh("git init -q work");
	return rc;
}

static int teardown(void **state)
{
	unsetenv("XDG_STATE_HOME");
	parties_release(&regions);
	return repo_teardown(state);
}

static void name(char id[REPO_HEX + 1], struct prng *random)
{
	for (int i = 0; i < REPO_HEX; i++)
		id[i] = "0123456789abcdef"[prng_below(random, 16)];
	id[REPO_HEX] = '\0';
}

static struct life_counts some(size_t i)
{
	return (struct life_counts){i, i * 200, i % 7, 3};
}

static void add_many(struct tally *t, size_t n)
{
	struct prng random = prng_make(5);
	char id[REPO_HEX + 1];

	for (size_t i = 0; i < n; i++) {
		struct life_counts c = some(i);

		name(id, &random);
		tally_add(t, id, &c);
	}
}

/* Whether it has the first n of them, and none after. */
static void assert_has(const struct tally *t, size_t n)
{
	struct prng random = prng_make(5);
	char id[REPO_HEX + 1];

	for (size_t i = 0; i < n + 100; i++) {
		struct life_counts got = {0}, want = some(i);

		name(id, &random);
		assert_int_equal(tally_find(t, id, &got), i < n);
		if (i < n)
			assert_memory_equal(&got, &want, sizeof(got));
	}
	assert_false(tally_find(t, "", &(struct life_counts){0}));
	assert_false(tally_find(t, "abc", &(struct life_counts){0}));
}

static void counts_are_found_by_their_version(void **state)
{
	struct repo *r = opened("work");
	struct tally *t = tally_open(r, "drafts/a.md", &regions);
	struct life_counts other = {99, 99, 99, 99};
	struct prng random = prng_make(5);
	char id[REPO_HEX + 1];

	(void)state;
	assert_has(t, 0);
	add_many(t, 1000);
	assert_has(t, 1000);
	/* What is known stays. */
	name(id, &random);
	tally_add(t, id, &other);
	tally_add(t, "no id", &other);
	assert_has(t, 1000);
	tally_free(t);
	repo_free(r);
}

static void they_are_kept_and_added_to(void **state)
{
	struct repo *r = opened("work");

	(void)state;
	for (size_t n = 1; n < 600; n = 3 * n) {
		struct tally *t = tally_open(r, "drafts/a.md", &regions);

		assert_has(t, n == 1 ? 0 : n / 3);
		add_many(t, n);
		tally_free(t);
		t = tally_open(r, "drafts/a.md", &regions);
		assert_has(t, n);
		tally_free(t);
	}
	repo_free(r);
}

static void they_are_of_one_path_and_of_one_list_of_parties(void **state)
{
	struct repo *r = opened("work");
	struct tally *t = tally_open(r, "drafts/a.md", &regions);
	struct parties others;

	(void)state;
	add_many(t, 9);
	tally_free(t);
	t = tally_open(r, "drafts/b.md", &regions);
	assert_has(t, 0);
	tally_free(t);
	assert_int_equal(parties_read(&others,
				      SLICE("parties:\n  - code: ABC\n    name: Abc\n"), NULL,
				      &err),
			 0);
	t = tally_open(r, "drafts/a.md", &others);
	assert_has(t, 0);
	tally_free(t);
	parties_release(&others);
	repo_free(r);
}

/* A .git that came from somebody else, with invented counts. */
static void what_a_stranger_counted_is_not_believed(void **state)
{
	struct repo *r = opened("work");
	struct tally *t;

	(void)state;
	setenv("XDG_STATE_HOME", sh_out("echo $PWD/stranger"), 1);
	t = tally_open(r, "drafts/a.md", &regions);
	add_many(t, 9);
	tally_free(t);
	t = tally_open(r, "drafts/a.md", &regions);
	assert_has(t, 9);
	tally_free(t);
	setenv("XDG_STATE_HOME", sh_out("echo $PWD/me"), 1);
	t = tally_open(r, "drafts/a.md", &regions);
	assert_has(t, 0);
	/* They are counted again, and those are kept. */
	add_many(t, 2);
	tally_free(t);
	t = tally_open(r, "drafts/a.md", &regions);
	assert_has(t, 2);
	tally_free(t);
	repo_free(r);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(counts_are_found_by_their_version),
		T(they_are_kept_and_added_to),
		T(they_are_of_one_path_and_of_one_list_of_parties),
		T(what_a_stranger_counted_is_not_believed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
