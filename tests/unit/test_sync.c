/* SPDX-License-Identifier: MIT */
#include "support_git.h"

#include "store/lock.h"
#include "store/owner.h"
#include "store/sync.h"

#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* What waits for others waits a moment. */
int nanosleep(const struct timespec *t, struct timespec *left)
{
	const struct timespec less = {0, 1000000L};

	(void)t;
	return (int)syscall(SYS_nanosleep, &less, left);
}

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

/* ---- what a killed sync leaves ---- */

/* A note of a merge in "one" by a process that is gone; *ago seconds old. */
static void leave_note(const char *from, const char *to, int ago)
{
	struct owner owner;
	struct str text = STR_INIT;

	owner_self(&owner);
	owner.pid = 4190000; /* more than any system gives out by itself */
	owner_add(&text, &owner);
	str_addf(&text,
		 "\ntime 1\nbranch refs/heads/main\ntracking refs/remotes/origin/main\n"
		 "merge %s %s\nend\n",
		 from, to);
	sh("mkdir -p one/.git/adref");
	put_file("one/.git/adref/syncing", str_text(&text));
	sh("touch -d '-%d seconds' one/.git/adref/syncing", ago);
	str_release(&text);
}

static void id_of(const char *revision, char id[64])
{
	char command[256];

	snprintf(command, sizeof(command), "git -C one rev-parse %s", revision);
	snprintf(id, 64, "%s", sh_out("%s", command));
}

/* "one" is at "from"; "other" has other words in drafts/a.md. */
static void set_up_other(char from[64], char to[64])
{
	set_up();
	sh("git -C one checkout -q -b other");
	commit("one", "a", "one [x / z] two\n");
	sh("git -C one checkout -q main");
	id_of("main", from);
	id_of("other", to);
}

static void starts(struct session *s)
{
	struct error err = ERROR_INIT;
	char path[4096];

	snprintf(path, sizeof(path), "%s/one", scratch());
	assert_int_equal(session_open(s, path, &err), 0);
	assert_int_equal(session_repo(s, &err), 0);
}

static void half_a_merge_is_taken_back_and_what_nobody_has_is_kept(void **state)
{
	char from[64], to[64];
	struct session s;

	(void)state;
	set_up_other(from, to);
	leave_note(from, to, 0);
	put_file("one/drafts/a.md", "half [x / z / y]\n");
	starts(&s);
	assert_slice_is(get_file("one/drafts/a.md"), "one [x / y] two\n");
	assert_string_equal(sh_out("cat one/.git/adref/kept/*-drafts_a.md"),
			    "half [x / z / y]");
	/* And it is said where. */
	assert_non_null(strstr(str_text(&s.kept), "adref/kept/"));
	session_release(&s);
}

/* Packed branches and the configuration are one for all working trees. */
static void a_git_in_another_working_tree_keeps_its_locks(void **state)
{
	char from[64], to[64];
	struct session s;
	pid_t git;

	(void)state;
	set_up_other(from, to);
	sh("git -C one worktree add -q ../side other");
	leave_note(from, to, 0);
	git = git_stays("side");
	put_file("one/.git/packed-refs.lock", "");
	starts(&s);
	assert_int_equal(access("one/.git/packed-refs.lock", F_OK), 0);
	session_release(&s);
	git_leaves(git);
	starts(&s);
	assert_int_not_equal(access("one/.git/packed-refs.lock", F_OK), 0);
	session_release(&s);
}

/* Of a sync it says nothing in its lock: it commits. */
static void an_adref_that_commits_keeps_its_locks(void **state)
{
	char from[64], to[64];
	struct lock lock = LOCK_INIT;
	struct error err = ERROR_INIT;
	struct session s;

	(void)state;
	set_up_other(from, to);
	leave_note(from, to, 0);
	put_file("one/.git/index.lock", "");
	assert_int_equal(lock_take(&lock, "one/.git/adref/lock", 0, &err), 0);
	starts(&s);
	assert_int_equal(access("one/.git/index.lock", F_OK), 0);
	session_release(&s);
	lock_drop(&lock);
	starts(&s);
	assert_int_not_equal(access("one/.git/index.lock", F_OK), 0);
	session_release(&s);
}

static void what_was_written_long_after_it_stays(void **state)
{
	char from[64], to[64];
	struct session s;

	(void)state;
	set_up_other(from, to);
	leave_note(from, to, 3600);
	put_file("one/drafts/a.md", "a long evening's work\n");
	starts(&s);
	assert_slice_is(get_file("one/drafts/a.md"), "a long evening's work\n");
	assert_int_equal(s.kept.len, 0);
	session_release(&s);
}

static void a_merge_of_somebody_s_own_goes_on(void **state)
{
	char from[64], to[64], own[64];
	struct session s;

	(void)state;
	set_up_other(from, to);
	sh("git -C one checkout -q -b third");
	commit("one", "a", "one [w / y] two\n");
	id_of("third", own);
	sh("git -C one checkout -q main");
	commit("one", "a", "one [v / y] two\n");
	/* Begun since, of another commit; and of the same one, but hours later. */
	for (int i = 0; i < 2; i++) {
		leave_note(from, i ? own : to, 3600);
		sh("cd one && git merge third >/dev/null 2>&1; test -f .git/MERGE_HEAD");
		starts(&s);
		assert_string_equal(sh_out("cat one/.git/MERGE_HEAD"), own);
		assert_string_equal(sh_out("git -C one ls-files -u | wc -l"), "3");
		session_release(&s);
		sh("git -C one merge --abort");
	}
	/* Nor is what was staged since taken out, where the branch went on. */
	leave_note(from, to, 3600);
	sh("cd one && echo staged >drafts/n.md && git add drafts/n.md");
	starts(&s);
	assert_string_equal(sh_out("git -C one status --porcelain"), "A  drafts/n.md");
	session_release(&s);
}

static void a_note_of_a_stranger_gives_git_no_options(void **state)
{
	char from[64], to[64];
	struct session s;

	(void)state;
	set_up_other(from, to);
	put_file("victim", "mine\n");
	leave_note(from, "--output=../victim", 0);
	starts(&s);
	assert_slice_is(get_file("victim"), "mine\n");
	session_release(&s);
}

static void a_note_of_commits_that_are_not_here_hinders_nobody(void **state)
{
	static const char nowhere[] = "0123456789abcdef0123456789abcdef01234567";
	char from[64], to[64];
	struct session s;
	struct sync_result r = SYNC_RESULT_INIT;
	struct error err = ERROR_INIT;

	(void)state;
	set_up_other(from, to);
	for (int i = 0; i < 2; i++) {
		leave_note(i ? nowhere : from, nowhere, 0);
		starts(&s);
		assert_non_null(strstr(str_text(&s.kept), "names a commit that is not here"));
		session_release(&s);
		assert_string_equal(sh_out("cat one/.git/adref/syncing"), "");
	}
	assert_non_null(strstr(sh_out("cat one/.git/adref/kept/*-sync"), nowhere));
	assert_int_equal(sync_of("one", &r, &err), 0);
	sync_result_release(&r);
	/* A blob is no commit either. */
	snprintf(to, sizeof(to), "%s", sh_out("git -C one rev-parse main:drafts/a.md"));
	leave_note(from, to, 0);
	assert_int_equal(sync_of("one", &r, &err), 0);
	sync_result_release(&r);
}

static void a_note_of_another_machine_stays_for_that_one(void **state)
{
	char from[64], to[64];
	struct session s;

	(void)state;
	set_up_other(from, to);
	leave_note(from, to, 0);
	sh("sed -i '1s/.*/owner 1 1 boot space elsewhere/' one/.git/adref/syncing");
	put_file("one/drafts/a.md", "half [x / z / y]\n");
	starts(&s);
	assert_slice_is(get_file("one/drafts/a.md"), "half [x / z / y]\n");
	assert_non_null(strstr(sh_out("cat one/.git/adref/syncing"), from));
	session_release(&s);
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
		cmocka_unit_test_setup_teardown(
			half_a_merge_is_taken_back_and_what_nobody_has_is_kept, scratch_setup,
			scratch_teardown),
		cmocka_unit_test_setup_teardown(a_git_in_another_working_tree_keeps_its_locks,
						scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(an_adref_that_commits_keeps_its_locks,
						scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(what_was_written_long_after_it_stays,
						scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(a_merge_of_somebody_s_own_goes_on,
						scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(
			a_note_of_commits_that_are_not_here_hinders_nobody, scratch_setup,
			scratch_teardown),
		cmocka_unit_test_setup_teardown(a_note_of_a_stranger_gives_git_no_options,
						scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(a_note_of_another_machine_stays_for_that_one,
						scratch_setup, scratch_teardown),
	};

	return cmocka_run_group_tests_name("sync", tests, NULL, NULL);
}
