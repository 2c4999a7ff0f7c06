/* SPDX-License-Identifier: MIT */
#include "store/lock.h"

#include "tempdir.h"

#include <signal.h>
#include <sys/wait.h>

/* Starts a process that takes the lock, notes "work", says so and waits to be killed. */
static pid_t start_holder(const char *path)
{
	int ready[2];
	char c;
	pid_t pid;

	assert_int_equal(pipe(ready), 0);
	pid = fork();
	if (pid == 0) {
		struct lock l = LOCK_INIT;

		if (lock_take(&l, path, 0, NULL) == 0 &&
		    lock_note(&l, SLICE("work"), NULL) == 0 && write(ready[1], "x", 1) == 1)
			pause();
		_exit(1);
	}
	close(ready[1]);
	assert_int_equal(read(ready[0], &c, 1), 1);
	close(ready[0]);
	return pid;
}

static void stop_holder(pid_t pid)
{
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
}

static void a_free_lock_is_taken_and_its_folder_made(void **state)
{
	struct lock l = LOCK_INIT;

	(void)state;
	assert_int_equal(lock_take(&l, temp_path("adref/lock"), 0, NULL), 0);
	assert_int_equal(l.left.len, 0);
	assert_false(l.gone);
	lock_drop(&l);
	assert_int_equal(l.fd, -1);
	lock_drop(&l);
	assert_int_equal(lock_take(&l, temp_path("adref/lock"), 0, NULL), 0);
	lock_drop(&l);
}

static void a_held_lock_says_who_holds_it(void **state)
{
	struct lock l = LOCK_INIT;
	struct error err = ERROR_INIT;
	char who[64];
	pid_t pid = start_holder(temp_path("lock"));

	(void)state;
	assert_int_equal(lock_take(&l, temp_path("lock"), 20, &err), ST_DENIED);
	snprintf(who, sizeof(who), "process %ld ", (long)pid);
	assert_non_null(strstr(err.text, who));
	assert_int_equal(l.fd, -1);
	stop_holder(pid);
}

static void who_died_at_work_leaves_the_note(void **state)
{
	struct lock l = LOCK_INIT;

	(void)state;
	stop_holder(start_holder(temp_path("lock")));
	assert_int_equal(lock_take(&l, temp_path("lock"), 1000, NULL), 0);
	assert_true(slice_ends(str_slice(&l.left), "\nwork"));
	assert_true(l.gone);
	lock_drop(&l);
	assert_int_equal(lock_take(&l, temp_path("lock"), 0, NULL), 0);
	assert_int_equal(l.left.len, 0);
	lock_drop(&l);
}

static void a_lock_that_is_a_link_is_refused(void **state)
{
	struct lock l = LOCK_INIT;
	struct error err = ERROR_INIT;

	(void)state;
	assert_int_equal(symlink("elsewhere", temp_path("lock")), 0);
	assert_int_equal(lock_take(&l, temp_path("lock"), 0, &err), ST_FAIL);
	assert_false(temp_has("elsewhere"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_free_lock_is_taken_and_its_folder_made,
						temp_begin, temp_end),
		cmocka_unit_test_setup_teardown(a_held_lock_says_who_holds_it, temp_begin,
						temp_end),
		cmocka_unit_test_setup_teardown(who_died_at_work_leaves_the_note, temp_begin,
						temp_end),
		cmocka_unit_test_setup_teardown(a_lock_that_is_a_link_is_refused, temp_begin,
						temp_end),
	};

	return cmocka_run_group_tests_name("lock", tests, NULL, NULL);
}
