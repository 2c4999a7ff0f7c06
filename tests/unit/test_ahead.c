/* SPDX-License-Identifier: MIT */
#include "support_repo.h"

#include "store/ahead.h"
#include "store/crew.h"
#include "store/version.h"
#include "store/repo.h"

#include <stdlib.h>
#include <string.h>

static struct error err;

enum { MANY = 90 };

static char blobs[MANY][REPO_HEX + 1];

static int setup(void **state)
{
	const char *line;
	int rc = scratch_setup(state);

	/* The tenth is binary. */
	sh("git init -q work && cd work && mkdir t && for i in $(seq %d %d); do "
	   "{ echo \"text $i\"; while [ ${#line} -lt $((i*40)) ]; do line=\"$line word$i\"; "
	   "done; "
	   "echo \"$line\"; } >t/$i; done; printf 'a\\0b' >t/110; "
	   "git hash-object -w t/* >../ids && git commit -q --allow-empty -m x",
	   100, 99 + MANY);
	line = sh_out("cat ids");
	for (size_t i = 0; i < MANY; i++)
		memcpy(blobs[i], line + i * (REPO_HEX + 1), REPO_HEX);
	return rc;
}

static void assert_is(struct repo *r, size_t i, int rc, const struct str *text)
{
	struct str want = STR_INIT;

	assert_int_equal(rc, version_read(r, blobs[i], &want, NULL));
	assert_true(slice_equal(str_slice(text), str_slice(&want)));
	assert_int_equal(rc, i == 10 ? ST_INPUT : ST_OK);
	str_release(&want);
}

static void texts_come_as_they_are_asked_for(void **state)
{
	struct str text = STR_INIT;
	struct repo *r = NULL;
	struct ahead *a;

	(void)state;
	assert_int_equal(repo_open(&r, "work", &err), ST_OK);
	a = ahead_new(r);
	for (size_t i = 0; i < MANY; i++) {
		ahead_want(a, blobs[i]);
		ahead_want(a, blobs[i]);
	}
	for (size_t i = 0; i < MANY; i++) {
		int rc;

		str_clear(&text);
		rc = ahead_take(a, blobs[i], &text, &err);
		assert_is(r, i, rc, &text);
	}
	ahead_free(a);
	str_release(&text);
	repo_free(r);
}

static void some_are_passed_over_and_some_were_never_named(void **state)
{
	struct prng random = prng_make(31);
	struct repo *r = NULL;

	(void)state;
	assert_int_equal(repo_open(&r, "work", &err), ST_OK);
	for (int round = 0; round < 15; round++) {
		struct ahead *a = ahead_new(r);
		size_t wanted = 0, most = prng_below(&random, MANY);

		for (size_t taken = 0; taken < most;) {
			struct str text = STR_INIT;
			size_t i;
			int rc;

			while (wanted < MANY && !prng_one_in(&random, 8))
				ahead_want(a, blobs[wanted++]);
			taken += prng_below(&random, 4);
			i = prng_one_in(&random, 9) ? prng_below(&random, MANY) : taken;
			if (i >= MANY)
				break;
			str_add_text(&text, prng_one_in(&random, 2) ? "" : "before ");
			if (text.len) {
				/* It is put to what is there. */
				rc = ahead_take(a, blobs[i], &text, &err);
				assert_true(slice_starts(str_slice(&text), "before "));
				memmove(text.p, text.p + 7, text.len -= 7);
			} else {
				rc = ahead_take(a, blobs[i], &text, &err);
			}
			assert_is(r, i, rc, &text);
			str_release(&text);
		}
		/* What is still being read is waited for. */
		ahead_free(a);
	}
	repo_free(r);
}

static void what_is_not_there_is_an_error_where_it_is_asked_for(void **state)
{
	struct str text = STR_INIT;
	struct repo *r = NULL;
	struct ahead *a;

	(void)state;
	assert_int_equal(repo_open(&r, "work", &err), ST_OK);
	a = ahead_new(r);
	ahead_want(a, "0123456789012345678901234567890123456789");
	ahead_want(a, blobs[1]);
	assert_true(ahead_take(a, "0123456789012345678901234567890123456789", &text, &err) < 0);
	assert_true(*err.text);
	assert_int_equal(text.len, 0);
	assert_is(r, 1, ahead_take(a, blobs[1], &text, &err), &text);
	ahead_free(a);
	str_release(&text);
	repo_free(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(texts_come_as_they_are_asked_for, setup,
						repo_teardown),
		cmocka_unit_test_setup_teardown(some_are_passed_over_and_some_were_never_named,
						setup, repo_teardown),
		cmocka_unit_test_setup_teardown(
			what_is_not_there_is_an_error_where_it_is_asked_for, setup,
			repo_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
