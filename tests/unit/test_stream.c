/* SPDX-License-Identifier: MIT */
#include "store/stream.h"

#include "tempdir.h"

#include <signal.h>
#include <time.h>

static struct error err;

#define SH(script) ((const char *const[]){"sh", "-c", (script), NULL})

static struct stream *open_sh(const char *script)
{
	struct run what = {.argv = SH(script)};
	struct stream *s = NULL;

	assert_int_equal(stream_open(&s, &what, &err), 0);
	return s;
}

static void output_comes_before_the_program_has_ended(void **state)
{
	struct stream *s = open_sh("echo first; exec sleep 60");
	struct str out = STR_INIT;
	int rc = STREAM_WAITING;

	(void)state;
	while (out.len < 6 && rc != STREAM_END)
		rc = stream_read(s, -1, &out);
	assert_slice_is(str_slice(&out), "first\n");
	assert_int_equal(stream_read(s, 1, &out), STREAM_WAITING);
	stream_free(s);
	str_release(&out);
}

static void all_of_it_comes_and_the_verdict_at_the_end(void **state)
{
	struct stream *s = open_sh("seq 1 100000; echo trouble >&2; exit 3");
	struct str out = STR_INIT;
	int rc;

	(void)state;
	while ((rc = stream_read(s, -1, &out)) != STREAM_END)
		assert_true(rc == STREAM_DATA || rc == STREAM_WAITING);
	assert_int_equal(out.len, 588895);
	assert_int_equal(stream_verdict(s, &err), ST_FAIL);
	assert_string_equal(err.text, "sh: trouble");
	stream_free(s);
	str_release(&out);
}

static void a_program_that_prints_nothing_ends_well(void **state)
{
	struct stream *s = open_sh("true");
	struct str out = STR_INIT;

	(void)state;
	while (stream_read(s, -1, &out) != STREAM_END)
		;
	assert_int_equal(out.len, 0);
	assert_int_equal(stream_verdict(s, &err), 0);
	stream_free(s);
	str_release(&out);
}

static void leaving_it_ends_the_program(void **state)
{
	struct stream *s = open_sh("echo $$; exec sleep 60");
	struct str out = STR_INIT;
	int pid;

	(void)state;
	while (!out.len || out.p[out.len - 1] != '\n')
		stream_read(s, -1, &out);
	pid = atoi(str_text(&out));
	assert_int_equal(kill(pid, 0), 0);
	stream_free(s);
	assert_int_not_equal(kill(pid, 0), 0);
	str_release(&out);
}

static void a_program_that_is_not_there_is_missing(void **state)
{
	const char *const argv[] = {"adref-no-such-program", NULL};
	struct run what = {.argv = argv};
	struct stream *s = NULL;

	(void)state;
	assert_int_equal(stream_open(&s, &what, &err), ST_MISSING);
	stream_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(output_comes_before_the_program_has_ended),
		cmocka_unit_test(all_of_it_comes_and_the_verdict_at_the_end),
		cmocka_unit_test(a_program_that_prints_nothing_ends_well),
		cmocka_unit_test(leaving_it_ends_the_program),
		cmocka_unit_test(a_program_that_is_not_there_is_missing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
