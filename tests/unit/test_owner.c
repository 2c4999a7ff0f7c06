/* SPDX-License-Identifier: MIT */
#include "store/owner.h"

#include "support.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void we_are_not_gone(void **state)
{
	struct owner self;

	(void)state;
	owner_self(&self);
	assert_int_equal(self.pid, getpid());
	assert_false(owner_is_gone(&self));
}

static void a_line_reads_back(void **state)
{
	struct owner self, got;
	struct str line = STR_INIT;

	(void)state;
	owner_self(&self);
	owner_add(&line, &self);
	str_add_text(&line, "\nmore");
	assert_true(owner_read(str_slice(&line), &got));
	assert_int_equal(got.pid, self.pid);
	assert_int_equal(got.start, self.start);
	assert_string_equal(got.boot, self.boot);
	assert_string_equal(got.space, self.space);
	assert_string_equal(got.host, self.host);
	str_release(&line);
}

static void what_is_no_owner_is_not_read(void **state)
{
	struct owner got = {.pid = 7};

	(void)state;
	assert_false(owner_read(SLICE(""), &got));
	assert_false(owner_read(SLICE("owner 12"), &got));
	assert_false(owner_read(SLICE("owner -1 2 a b c"), &got));
	assert_false(owner_read(SLICE("owner 1 2 a\0b c d"), &got));
	assert_int_equal(got.pid, 7);
}

static void a_dead_process_is_gone(void **state)
{
	struct owner o;
	pid_t pid = fork();

	(void)state;
	if (pid == 0)
		_exit(0);
	assert_true(pid > 0);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	owner_self(&o);
	o.pid = pid;
	assert_true(owner_is_gone(&o));
}

static void a_number_used_again_is_gone(void **state)
{
	struct owner o;

	(void)state;
	owner_self(&o);
	o.start++;
	assert_true(owner_is_gone(&o));
}

static void an_older_start_of_the_machine_is_gone(void **state)
{
	struct owner o;

	(void)state;
	owner_self(&o);
	strcpy(o.boot, "another");
	assert_true(owner_is_gone(&o));
}

static void on_another_machine_or_in_a_container_nothing_is_sure(void **state)
{
	struct owner o;

	(void)state;
	owner_self(&o);
	o.start++;
	strcpy(o.host, "elsewhere.example");
	assert_false(owner_is_gone(&o));
	owner_self(&o);
	o.start++;
	strcpy(o.space, "pid:[1]");
	assert_false(owner_is_gone(&o));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(we_are_not_gone),
		cmocka_unit_test(a_line_reads_back),
		cmocka_unit_test(what_is_no_owner_is_not_read),
		cmocka_unit_test(a_dead_process_is_gone),
		cmocka_unit_test(a_number_used_again_is_gone),
		cmocka_unit_test(an_older_start_of_the_machine_is_gone),
		cmocka_unit_test(on_another_machine_or_in_a_container_nothing_is_sure),
	};

	return cmocka_run_group_tests_name("owner", tests, NULL, NULL);
}
