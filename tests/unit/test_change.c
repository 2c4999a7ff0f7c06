/* SPDX-License-Identifier: MIT */
#include "support_repo.h"

#include "core/bound.h"
#include "store/change.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static struct error err;
static const struct person chair = {(char *)"Ana Chair", (char *)"ana@example.org"};

static struct repo *usual(void)
{
	sh("git init -q work && mkdir work/drafts");
	put_file("work/drafts/a.md", "old\n");
	sh("git -C work add . && git -C work commit -qm first");
	return opened("work");
}

/* drafts/a.md becomes this, and drafts/b.yaml, which was not there, "made". */
static int change_to(struct repo *r, struct slice draft, bool hooks,
		     struct commit_result *result)
{
	struct file_stamp stamps[2] = {{.exists = false}, {.exists = false}};
	const struct change_file files[] = {
		{"drafts/a.md", SLICE("old\n"), draft, &stamps[0]},
		{"drafts/b.yaml", SLICE(""), SLICE("made\n"), &stamps[1]},
	};
	const struct change c = {files, 2, SLICE("both\n"), &chair, 1750000000, 0, hooks, NULL};
	struct str bytes = STR_INIT;
	struct lock lock = LOCK_INIT;
	int rc = change_lock(r, &lock, &err);

	if (rc == ST_OK)
		rc = file_read(NULL, "work/drafts/a.md", 100, &bytes, &stamps[0], &err);
	if (rc == ST_OK)
		rc = change_make(r, &c, result, &err);
	lock_drop(&lock);
	str_release(&bytes);
	return rc;
}

static int change(struct repo *r, bool hooks, struct commit_result *result)
{
	return change_to(r, SLICE("new\n"), hooks, result);
}

static void recovers(struct repo *r, int expected)
{
	struct commit_result result = COMMIT_RESULT_INIT;
	struct str subject = STR_INIT;

	assert_int_equal(commit_recover(r, &err), ST_OK);
	assert_int_equal(change_recover(r, false, &result, &subject, &err), expected);
	if (expected == 1)
		assert_slice_is(str_slice(&subject), "both");
	else
		assert_int_equal(subject.len, 0);
	assert_int_not_equal(access("work/.git/adref/decision", F_OK), 0);
	commit_result_release(&result);
	str_release(&subject);
}

static void files_and_commit_are_there_together(void **state)
{
	struct commit_result result = COMMIT_RESULT_INIT;
	struct repo *r = usual();

	(void)state;
	assert_int_equal(change(r, false, &result), ST_OK);
	assert_string_equal(sh_out("git -C work show HEAD:drafts/a.md HEAD:drafts/b.yaml"),
			    "new\nmade");
	assert_string_equal(sh_out("git -C work status --porcelain"), "");
	assert_string_equal(sh_out("ls work/.git/adref | grep -v -e lock -e deciding || true"),
			    "");
	recovers(r, 0);
	commit_result_release(&result);
	repo_free(r);
}

static void what_could_not_be_read_again_is_not_written(void **state)
{
	struct repo *r = usual();
	struct commit_result result = COMMIT_RESULT_INIT;
	struct str lines = STR_INIT;

	(void)state;
	while (lines.len <= BOUND_LINES)
		str_add_char(&lines, '\n');
	assert_int_equal(change_to(r, str_slice(&lines), true, &result), ST_TOO_LARGE);
	assert_non_null(strstr(err.text, "drafts/a.md: over 500000 lines"));
	assert_string_equal(sh_out("git -C work status --porcelain"), "");
	str_release(&lines);
	commit_result_release(&result);
	repo_free(r);
}

static void a_commit_that_fails_takes_all_files_back(void **state)
{
	struct commit_result result = COMMIT_RESULT_INIT;
	struct repo *r = usual();

	(void)state;
	put_file("work/.git/hooks/pre-commit", "#!/bin/sh\necho no\nexit 1\n");
	assert_int_equal(chmod("work/.git/hooks/pre-commit", 0755), 0);
	assert_int_equal(change(r, true, &result), ST_DENIED);
	assert_slice_is(get_file("work/drafts/a.md"), "old\n");
	assert_int_not_equal(access("work/drafts/b.yaml", F_OK), 0);
	assert_string_equal(sh_out("git -C work status --porcelain"), "");
	recovers(r, 0);
	commit_result_release(&result);
	repo_free(r);
}

/* One that dies with both files written and nothing committed. */
static void die_changing(void)
{
	pid_t child;

	put_file("work/.git/hooks/pre-commit", "#!/bin/sh\nkill -9 $PPID\nsleep 0.1\n");
	assert_int_equal(chmod("work/.git/hooks/pre-commit", 0755), 0);
	child = fork();
	if (child == 0) {
		struct commit_result result = COMMIT_RESULT_INIT;

		_exit(change(opened("work"), true, &result) == ST_OK ? 0 : 1);
	}
	waitpid(child, NULL, 0);
	unlink("work/.git/hooks/pre-commit");
	assert_slice_is(get_file("work/drafts/a.md"), "new\n");
	assert_slice_is(get_file("work/drafts/b.yaml"), "made\n");
}

static void what_is_written_in_full_is_committed_at_the_next_start(void **state)
{
	struct repo *r;

	(void)state;
	repo_free(usual());
	repo_shutdown();
	die_changing();
	r = opened("work");
	recovers(r, 1);
	assert_string_equal(sh_out("git -C work log -1 --format='%%s|%%an|%%at'"),
			    "both|Ana Chair|1750000000");
	assert_string_equal(sh_out("git -C work status --porcelain"), "");
	recovers(r, 0);
	repo_free(r);
}

static void what_is_written_in_part_is_taken_back(void **state)
{
	struct repo *r;

	(void)state;
	repo_free(usual());
	repo_shutdown();
	die_changing();
	unlink("work/drafts/b.yaml"); /* as if it had died a little earlier */
	r = opened("work");
	recovers(r, 0);
	assert_slice_is(get_file("work/drafts/a.md"), "old\n");
	assert_string_equal(sh_out("git -C work status --porcelain"), "");
	assert_string_equal(sh_out("git -C work log --format=%%s"), "first");
	/* And where it is the new one that was written alone. */
	die_changing();
	put_file("work/drafts/a.md", "old\n");
	recovers(r, 0);
	assert_int_not_equal(access("work/drafts/b.yaml", F_OK), 0);
	/* What somebody wrote since stays. */
	die_changing();
	put_file("work/drafts/b.yaml", "mine\n");
	recovers(r, 0);
	assert_slice_is(get_file("work/drafts/a.md"), "old\n");
	assert_slice_is(get_file("work/drafts/b.yaml"), "mine\n");
	repo_free(r);
}

/* A note of a change to both files, of which only the first was written. */
static void leave_note(const char *head, char how)
{
	char text[600], new[64];

	snprintf(new, sizeof(new), "%s", sh_out("printf 'new\\n' | git hash-object --stdin"));
	snprintf(text, sizeof(text),
		 "file %s %s %c drafts/c.md\nfile - %s w drafts/d.yaml\n"
		 "branch refs/heads/main\nname A\n"
		 "email a@example.org\ntime 1 0\n\nboth\n",
		 head, new, how, new);
	sh("mkdir -p work/.git/adref");
	put_file("note", text);
	sh("{ cat note; printf '\\0'; } >work/.git/adref/decision");
	put_file("work/drafts/c.md", "new\n");
}

static void what_git_never_had_is_not_taken_away(void **state)
{
	struct repo *r = usual();

	(void)state;
	/* The file stood there before, and nobody has it but its second name … */
	leave_note("-", 'o');
	put_file("work/.git/adref/decision.before", "never committed\n");
	recovers(r, 0);
	assert_slice_is(get_file("work/drafts/c.md"), "never committed\n");
	/* … or, where the file system knows no second names, itself. */
	leave_note("-", 'o');
	recovers(r, 0);
	assert_slice_is(get_file("work/drafts/c.md"), "new\n");
	/* One that the change made goes. */
	leave_note("-", 'w');
	recovers(r, 0);
	assert_int_not_equal(access("work/drafts/c.md", F_OK), 0);
	repo_free(r);
}

/* A change of a file that was never committed, killed before its second file was written. */
static void what_was_edited_before_the_change_comes_back(void **state)
{
	struct repo *r;

	(void)state;
	repo_free(usual());
	repo_shutdown();
	sh("git -C work rm -q --cached drafts/a.md && git -C work commit -qm none");
	die_changing();
	unlink("work/drafts/b.yaml");
	r = opened("work");
	recovers(r, 0);
	assert_slice_is(get_file("work/drafts/a.md"), "old\n");
	repo_free(r);
}

static void a_note_cut_short_is_none(void **state)
{
	struct repo *r;

	(void)state;
	repo_free(usual());
	repo_shutdown();
	die_changing();
	sh("head -c -3 work/.git/adref/decision >note && cp note work/.git/adref/decision");
	r = opened("work");
	recovers(r, 0);
	assert_slice_is(get_file("work/drafts/a.md"), "new\n");
	repo_free(r);
}

/* What change_recover() puts into words; freed by the caller. */
static char *aside(struct repo *r)
{
	struct commit_result result = COMMIT_RESULT_INIT;
	struct str words = STR_INIT;

	assert_int_equal(change_recover(r, false, &result, &words, &err), 0);
	commit_result_release(&result);
	str_text(&words);
	return str_detach(&words);
}

static void on_another_branch_it_is_not_finished_and_that_is_said(void **state)
{
	struct commit_result result = COMMIT_RESULT_INIT;
	struct str left = STR_INIT;
	struct repo *r;
	char *words;

	(void)state;
	repo_free(usual());
	repo_shutdown();
	die_changing();
	sh("git -C work switch -q -c other");
	r = opened("work");
	words = aside(r);
	assert_non_null(strstr(words, "drafts/a.md was cut short on main"));
	assert_non_null(strstr(words, "/adref/kept/"));
	assert_string_equal(sh_out("git -C work log --all --format=%%s"), "first");
	assert_slice_is(get_file("work/drafts/a.md"), "new\n");
	assert_string_equal(sh_out("grep -c '^both' work/.git/adref/kept/*-change"), "1");
	free(words);
	/* That is all there is to it, also back on the first one. */
	sh("git -C work switch -q main");
	recovers(r, 0);
	assert_string_equal(sh_out("git -C work log --all --format=%%s"), "first");
	/* Where git took nothing along, nothing is to be said. */
	sh("git -C work checkout -q -f main && rm -f work/drafts/b.yaml");
	die_changing();
	sh("git -C work checkout -q -f other && rm work/drafts/b.yaml");
	words = aside(r);
	assert_string_equal(words, "");
	free(words);
	/* Amid something of git's it waits. */
	die_changing();
	sh("git -C work checkout -q --detach");
	assert_int_equal(change_recover(r, false, &result, &left, &err), ST_DENIED);
	assert_int_equal(left.len, 0);
	sh("git -C work switch -q other");
	recovers(r, 1);
	repo_free(r);
}

static void what_it_wrote_over_is_kept_there_too(void **state)
{
	struct repo *r;
	char *words;

	(void)state;
	repo_free(usual());
	leave_note("-", 'o');
	put_file("work/.git/adref/decision.before", "never committed\n");
	sh("git -C work switch -q -c other");
	r = opened("work");
	words = aside(r);
	assert_non_null(strstr(words, "drafts/c.md"));
	assert_string_equal(sh_out("cat work/.git/adref/kept/*-drafts_c.md"),
			    "never committed");
	free(words);
	repo_free(r);
}

#define IN_SCRATCH(name) cmocka_unit_test_setup_teardown(name, scratch_setup, repo_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(files_and_commit_are_there_together),
		IN_SCRATCH(what_could_not_be_read_again_is_not_written),
		IN_SCRATCH(a_commit_that_fails_takes_all_files_back),
		IN_SCRATCH(what_is_written_in_full_is_committed_at_the_next_start),
		IN_SCRATCH(what_is_written_in_part_is_taken_back),
		IN_SCRATCH(what_git_never_had_is_not_taken_away),
		IN_SCRATCH(what_was_edited_before_the_change_comes_back),
		IN_SCRATCH(a_note_cut_short_is_none),
		IN_SCRATCH(on_another_branch_it_is_not_finished_and_that_is_said),
		IN_SCRATCH(what_it_wrote_over_is_kept_there_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
