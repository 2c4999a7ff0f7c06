/* SPDX-License-Identifier: MIT */
#include "store/run.h"

#include "tempdir.h"

#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static struct error err;
static struct run_result got;

static int begin(void **state)
{
	err = (struct error)ERROR_INIT;
	got = (struct run_result)RUN_RESULT_INIT;
	return temp_begin(state);
}

static int end(void **state)
{
	run_result_release(&got);
	return temp_end(state);
}

#define SH(script) ((const char *const[]){"sh", "-c", (script), NULL})

static void output_errors_and_status_come_back(void **state)
{
	struct run what = {.argv = SH("echo out; echo bad >&2; exit 7")};

	(void)state;
	assert_int_equal(run_program(&what, &got, &err), 0);
	assert_slice_is(str_slice(&got.out), "out\n");
	assert_slice_is(str_slice(&got.err), "bad\n");
	assert_int_equal(got.exit, 7);
	assert_int_equal(run_verdict(&what, &got, &err), ST_FAIL);
	assert_string_equal(err.text, "sh: bad");
}

static void arguments_pass_no_shell(void **state)
{
	const char *const argv[] = {"printf", "%s|", "a b", "$(id); 'x' *", NULL};
	struct run what = {.argv = argv};

	(void)state;
	assert_int_equal(run_program(&what, &got, &err), 0);
	assert_slice_is(str_slice(&got.out), "a b|$(id); 'x' *|");
	assert_int_equal(run_verdict(&what, &got, &err), 0);
}

static void large_input_goes_through(void **state)
{
	struct str big = STR_INIT;
	struct run what = {.argv = (const char *const[]){"cat", NULL}};

	(void)state;
	for (int i = 0; i < 300000; i++)
		str_addf(&big, "%d\n", i);
	what.in = str_slice(&big);
	assert_int_equal(run_program(&what, &got, &err), 0);
	assert_true(slice_equal(str_slice(&got.out), str_slice(&big)));
	str_release(&big);
}

static void who_does_not_read_does_not_end_us(void **state)
{
	struct str big = STR_INIT;
	struct run what = {.argv = (const char *const[]){"true", NULL}};

	(void)state;
	while (big.len < 1000000)
		str_add_text(&big, "0123456789");
	what.in = str_slice(&big);
	assert_int_equal(run_program(&what, &got, &err), 0);
	assert_int_equal(got.exit, 0);
	str_release(&big);
}

static void limits_end_it(void **state)
{
	struct run endless = {.argv = SH("while :; do echo xxxxxxxxxxxxxxxxxxxx; done"),
			      .most_out = 5000};
	struct run slow = {.argv = SH("trap '' TERM; sleep 30 & wait; sleep 30"),
			   .timeout_ms = 50};
	struct run large = {.argv = SH("x=0123456789; while :; do x=$x$x; done"),
			    .most_memory = (size_t)32 << 20};
	struct timespec from, to;

	(void)state;
	assert_int_equal(run_program(&large, &got, &err), 0);
	assert_int_not_equal(got.exit, 0);
	assert_int_equal(run_program(&endless, &got, &err), ST_TOO_LARGE);
	assert_int_equal(got.out.len, 5000);
	clock_gettime(CLOCK_MONOTONIC, &from);
	assert_int_equal(run_program(&slow, &got, &err), ST_TOO_LARGE);
	assert_string_equal(err.text, "sh: took more than 1 seconds; stopped");
	clock_gettime(CLOCK_MONOTONIC, &to);
	assert_true(to.tv_sec - from.tv_sec < 5);
}

static void a_limit_that_is_lower_already_stays(void **state)
{
	struct rlimit low = {(rlim_t)1 << 52, (rlim_t)1 << 52}, have;
	struct run what = {.argv = SH("ulimit -Hd"), .most_memory = (size_t)1 << 53};

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_DATA, &have), 0);
	if (have.rlim_max < low.rlim_max)
		skip();
	assert_int_equal(setrlimit(RLIMIT_DATA, &low), 0);
	assert_int_equal(run_program(&what, &got, &err), 0);
	assert_slice_is(str_slice(&got.out), "4398046511104\n"); /* KB */
}

static void what_it_leaves_running_does_not_hold_us(void **state)
{
	struct run what = {.argv = SH("sleep 2 & echo done")};

	(void)state;
	assert_int_equal(run_program(&what, &got, &err), 0);
	assert_slice_is(str_slice(&got.out), "done\n");
}

static void a_flag_stops_it(void **state)
{
	static atomic_bool flag = true;
	struct run what = {.argv = SH("sleep 20"), .stop = &flag};

	(void)state;
	assert_int_equal(run_program(&what, &got, &err), ST_FAIL);
	assert_string_equal(err.text, "sh: stopped");
}

/* It says who it is in a pipe of the folder; who began it is killed, and we inherit it. */
static void it_ends_where_we_are_killed(void **state)
{
	struct run what = {.argv = SH("echo $$ >pipe; exec sleep 5"),
			   .dir = temp_dir,
			   .ends_with_us = true};
	char number[16] = "";
	int fd, status = 0;
	pid_t us, it;

	(void)state;
	assert_int_equal(mkfifo(temp_path("pipe"), 0600), 0);
	assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
	us = fork();
	if (us == 0)
		_exit(run_program(&what, &got, &err) == 0);
	fd = open(temp_path("pipe"), O_RDONLY);
	assert_true(read(fd, number, sizeof(number) - 1) > 0);
	close(fd);
	it = (pid_t)strtol(number, NULL, 10);
	assert_int_equal(kill(us, SIGKILL), 0);
	assert_int_equal(waitpid(us, &status, 0), us);
	assert_int_equal(waitpid(it, &status, 0), it);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGKILL);
}

static void the_environment_is_neutral(void **state)
{
	struct run what = {.argv = (const char *const[]){"env", NULL},
			   .set = (const char *const[]){"MORE=1", "HOME=/h", NULL}};

	(void)state;
	setenv("GIT_DIR", "/evil", 1);
	setenv("PAGER_X", "1", 1);
	assert_int_equal(run_program(&what, &got, &err), 0);
	assert_null(strstr(str_text(&got.out), "GIT_DIR"));
	assert_null(strstr(str_text(&got.out), "PAGER_X"));
	assert_non_null(strstr(str_text(&got.out), "LC_ALL=C.UTF-8\n"));
	assert_non_null(strstr(str_text(&got.out), "MORE=1\n"));
	assert_non_null(strstr(str_text(&got.out), "HOME=/h\n"));
	str_clear(&got.out);
	what.env = RUN_WHOLE;
	assert_int_equal(run_program(&what, &got, &err), 0);
	assert_null(strstr(str_text(&got.out), "GIT_DIR"));
	assert_non_null(strstr(str_text(&got.out), "PAGER_X"));
	unsetenv("GIT_DIR");
	unsetenv("PAGER_X");
}

static void a_missing_program_says_so(void **state)
{
	struct run what = {.argv = (const char *const[]){"no-such-program", NULL}};
	int code;

	(void)state;
	assert_int_equal(run_program(&what, &got, &err), ST_MISSING);
	assert_non_null(strstr(err.text, "no-such-program"));
	assert_false(run_has("no-such-program"));
	assert_true(run_has("sh"));
	assert_int_equal(run_in_terminal(what.argv, NULL, &code, &err), ST_MISSING);
}

static void programs_of_the_folder_are_not_taken(void **state)
{
	struct run what = {.argv = (const char *const[]){"true", NULL}, .dir = temp_dir};
	char *path = strdup(getenv("PATH")), more[8192];

	(void)state;
	temp_put("true", "#!/bin/sh\nexit 9\n");
	assert_int_equal(chmod(temp_path("true"), 0755), 0);
	snprintf(more, sizeof(more), ".::%s", path);
	setenv("PATH", more, 1);
	assert_int_equal(run_program(&what, &got, &err), 0);
	setenv("PATH", path, 1);
	free(path);
	assert_int_equal(got.exit, 0);
}

static void it_runs_where_it_is_told(void **state)
{
	struct run what = {.argv = SH("pwd"), .dir = temp_dir};
	int code = -1;

	(void)state;
	assert_int_equal(run_program(&what, &got, &err), 0);
	str_truncate(&got.out, got.out.len - 1);
	assert_slice_is(str_slice(&got.out), temp_dir);
	what.dir = "/no/such/folder";
	assert_true(run_program(&what, &got, &err) < 0);
	assert_int_equal(run_in_terminal(SH("test -f here && exit 3"), temp_dir, &code, &err),
			 0);
	assert_int_equal(code, 1);
	temp_put("here", "");
	assert_int_equal(run_in_terminal(SH("test -f here && exit 3"), temp_dir, &code, &err),
			 0);
	assert_int_equal(code, 3);
	assert_int_equal(run_in_terminal(SH("kill -9 $$"), NULL, &code, &err), 0);
	assert_int_equal(code, 137);
}

static void a_signal_is_told(void **state)
{
	struct run what = {.argv = SH("kill -9 $$")};

	(void)state;
	assert_int_equal(run_program(&what, &got, &err), 0);
	assert_int_equal(got.exit, -1);
	assert_int_equal(got.signal, 9);
	assert_int_equal(run_verdict(&what, &got, &err), ST_FAIL);
	assert_string_equal(err.text, "sh: was ended by signal 9");
}

#define ON_DISK(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_DISK(output_errors_and_status_come_back),
		ON_DISK(arguments_pass_no_shell),
		ON_DISK(large_input_goes_through),
		ON_DISK(who_does_not_read_does_not_end_us),
		ON_DISK(limits_end_it),
		ON_DISK(a_limit_that_is_lower_already_stays),
		ON_DISK(what_it_leaves_running_does_not_hold_us),
		ON_DISK(a_flag_stops_it),
		ON_DISK(it_ends_where_we_are_killed),
		ON_DISK(the_environment_is_neutral),
		ON_DISK(a_missing_program_says_so),
		ON_DISK(programs_of_the_folder_are_not_taken),
		ON_DISK(it_runs_where_it_is_told),
		ON_DISK(a_signal_is_told),
	};

	return cmocka_run_group_tests_name("run", tests, NULL, NULL);
}
