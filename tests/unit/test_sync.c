/* SPDX-License-Identifier: MIT */
#include "support_git.h"

#include "store/sync.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Two people share a bare repository on disk: "one" and "two", and "bare.git". */
static void set_up(void)
{
	sh("git init -q --bare -b main bare.git");
	sh("git init -q -b main one && mkdir one/drafts");
	put_file("one/drafts/a.md", "one [x / y] two\n");
	sh("cd one && git add -A && git commit -q -m first && git remote add origin "
	   "\"$PWD/../bare.git\" && git push -q -u origin main");
	sh("git clone -q bare.git two");
	/* libgit2 looks for a home once: the second case's is another one. */
	sh("for who in one two; do git -C $who config user.name Test; "
	   "git -C $who config user.email t@example.org; done");
}

static void commit(const char *who, const char *file, const char *text)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/drafts/%s.md", who, file);
	put_file(path, text);
	sh("cd %s && git add -A && git commit -q -m 'from %s'", who, who);
}

static int sync_of(const char *who, struct sync_result *result, struct error *err)
{
	struct session s;
	char path[4096];
	int rc;

	*result = (struct sync_result)SYNC_RESULT_INIT;
	*err = (struct error)ERROR_INIT;
	snprintf(path, sizeof(path), "%s/%s", scratch(), who);
	assert_int_equal(session_open(&s, path, err), 0);
	rc = session_sync(&s, NULL, result, err);
	session_release(&s);
	return rc;
}

static void what_is_here_goes_there_and_what_is_there_comes(void **state)
{
	struct sync_result r;
	struct error err;

	(void)state;
	set_up();
	commit("one", "b", "another\n");
	assert_int_equal(sync_of("one", &r, &err), 0);
	assert_int_equal(r.went, 1);
	assert_int_equal(r.came, 0);
	sync_result_release(&r);
	assert_int_equal(sync_of("two", &r, &err), 0);
	assert_int_equal(r.came, 1);
	assert_int_equal(r.n, 1);
	assert_false(r.v[0].both);
	sync_result_release(&r);
	assert_slice_is(get_file("two/drafts/b.md"), "another\n");
}

static void a_push_that_comes_too_late_is_made_again_after_a_merge(void **state)
{
	struct sync_result r;
	struct error err;

	(void)state;
	set_up();
	commit("one", "b", "of one\n");
	commit("two", "c", "of two\n");
	assert_int_equal(sync_of("one", &r, &err), 0);
	sync_result_release(&r);
	assert_int_equal(sync_of("two", &r, &err), 0);
	assert_true(r.came == 1 && r.went >= 1);
	sync_result_release(&r);
	/* Nothing was forced: the work of both is there. */
	assert_string_equal(sh_out("git -C bare.git show main:drafts/b.md"), "of one");
	assert_string_equal(sh_out("git -C bare.git show main:drafts/c.md"), "of two");
	assert_string_equal(sh_out("git -C bare.git rev-list --count main"), "4");
}

static void offline_everything_is_as_it_was(void **state)
{
	struct sync_result r;
	struct error err;
	char head[64];

	(void)state;
	set_up();
	commit("one", "b", "of one\n");
	snprintf(head, sizeof(head), "%s", sh_out("git -C one rev-parse HEAD"));
	sh("mv bare.git away.git");
	assert_int_equal(sync_of("one", &r, &err), ST_FAIL);
	assert_non_null(strstr(err.text, "origin"));
	sync_result_release(&r);
	assert_string_equal(sh_out("git -C one rev-parse HEAD"), head);
	assert_string_equal(sh_out("git -C one status --porcelain"), "");
	sh("mv away.git bare.git");
	assert_int_equal(sync_of("one", &r, &err), 0);
	sync_result_release(&r);
}

static void it_stops_before_what_is_not_committed_and_where_nobody_is(void **state)
{
	struct sync_result r;
	struct error err;

	(void)state;
	set_up();
	commit("one", "a", "one [x / y / z] two\n");
	assert_int_equal(sync_of("one", &r, &err), 0);
	sync_result_release(&r);
	put_file("two/drafts/a.md", "not committed\n");
	assert_int_equal(sync_of("two", &r, &err), ST_CHANGED);
	sync_result_release(&r);
	assert_slice_is(get_file("two/drafts/a.md"), "not committed\n");
	sh("git -C one remote remove origin");
	assert_int_equal(sync_of("one", &r, &err), ST_MISSING);
	sync_result_release(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_here_goes_there_and_what_is_there_comes,
						scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(
			a_push_that_comes_too_late_is_made_again_after_a_merge, scratch_setup,
			scratch_teardown),
		cmocka_unit_test_setup_teardown(offline_everything_is_as_it_was, scratch_setup,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(
			it_stops_before_what_is_not_committed_and_where_nobody_is,
			scratch_setup, scratch_teardown),
	};

	return cmocka_run_group_tests_name("sync", tests, NULL, NULL);
}
