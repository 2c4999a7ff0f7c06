/* SPDX-License-Identifier: MIT */
#include "support_repo.h"

#include "store/change.h"
#include "store/decision.h"
#include "store/repo.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static struct error err;
static const struct person chair = {(char *)"Ana Chair", (char *)"ana@example.org"};

#define BEFORE "one [A / B] two\n\nthree [C / D]\n"
#define AFTER  "one A two\n\nthree [C / D]\n"

static struct repo *usual(void)
{
	sh("git init -q work && mkdir work/drafts && echo bee >work/drafts/b.md");
	put_file("work/drafts/a.md", BEFORE);
	sh("git -C work add . && git -C work commit -qm first");
	return opened("work");
}

static int decide(struct repo *r, const char *before, const char *after, bool hooks,
		  struct commit_result *result)
{
	const struct decision d = {.path = "drafts/a.md",
				   .before = slice_of(before),
				   .after = slice_of(after),
				   .message =
					   SLICE("decide point 1\n\nPoint: 1\nDecision: A\n"),
				   .author = &chair,
				   .time = 1750000000,
				   .offset = 60,
				   .hooks = hooks};

	return decision_make(r, &d, result, &err);
}

/* What a start does. */
static int recovers(struct repo *r, struct commit_result *result)
{
	struct str subject = STR_INIT;
	int rc = commit_recover(r, &err);

	if (rc == ST_OK)
		rc = change_recover(r, false, result, &subject, &err);
	if (rc == 1)
		assert_slice_is(str_slice(&subject), "decide point 1");
	str_release(&subject);
	return rc;
}

static void a_decision_is_in_the_file_and_in_one_commit(void **state)
{
	struct repo *r = usual();
	struct commit_result result = COMMIT_RESULT_INIT;

	(void)state;
	put_file("work/drafts/b.md", "edited\n");
	assert_int_equal(chmod("work/drafts/a.md", 0600), 0);
	assert_int_equal(decision_ready(r, "drafts/a.md", &err), ST_OK);
	assert_int_equal(decide(r, BEFORE, AFTER, false, &result), ST_OK);
	assert_slice_is(get_file("work/drafts/a.md"), AFTER);
	assert_string_equal(result.id, sh_out("git -C work rev-parse HEAD"));
	assert_string_equal(sh_out("git -C work show --format=%%s%%n%%an --name-only HEAD"),
			    "decide point 1\nAna Chair\n\ndrafts/a.md");
	assert_string_equal(sh_out("git -C work status --porcelain"), " M drafts/b.md");
	assert_string_equal(sh_out("ls work/.git/adref/decision 2>/dev/null || true"), "");
	commit_result_release(&result);
	repo_free(r);
}

static void pending_edits_are_never_swept_in(void **state)
{
	struct repo *r = usual();
	struct commit_result result = COMMIT_RESULT_INIT;

	(void)state;
	put_file("work/drafts/a.md", "one [A / B] two, edited\n");
	assert_int_equal(decision_ready(r, "drafts/a.md", &err), ST_CHANGED);
	assert_non_null(strstr(err.text, "not committed"));
	assert_int_equal(
		decide(r, "one [A / B] two, edited\n", "one A two, edited\n", false, &result),
		ST_CHANGED);
	assert_int_equal(decide(r, BEFORE, AFTER, false, &result), ST_CHANGED);
	assert_slice_is(get_file("work/drafts/a.md"), "one [A / B] two, edited\n");
	sh("git -C work commit -qam edited");
	assert_int_equal(decide(r, BEFORE, AFTER, false, &result), ST_CHANGED);
	assert_non_null(strstr(err.text, "another program"));
	assert_slice_is(get_file("work/drafts/a.md"), "one [A / B] two, edited\n");
	assert_string_equal(sh_out("git -C work rev-list --count HEAD"), "2");
	commit_result_release(&result);
	repo_free(r);
}

static void what_is_not_ready_is_told_apart(void **state)
{
	struct repo *r = usual();

	(void)state;
	put_file("work/drafts/new.md", "x\n");
	assert_int_equal(decision_ready(r, "drafts/new.md", &err), ST_MISSING);
	assert_non_null(strstr(err.text, "never committed"));
	unlink("work/drafts/b.md");
	assert_int_equal(decision_ready(r, "drafts/b.md", &err), ST_MISSING);
	sh("git -C work checkout -q --detach");
	assert_int_equal(decision_ready(r, "drafts/a.md", &err), ST_DENIED);
	repo_free(r);
}

static void a_failed_commit_puts_the_file_back(void **state)
{
	struct repo *r = usual();
	struct commit_result result = COMMIT_RESULT_INIT;

	(void)state;
	put_file("work/.git/hooks/pre-commit", "#!/bin/sh\ncat drafts/a.md >../seen\necho no\n"
					       "exit 1\n");
	assert_int_equal(chmod("work/.git/hooks/pre-commit", 0755), 0);
	assert_int_equal(decide(r, BEFORE, AFTER, true, &result), ST_DENIED);
	assert_slice_is(get_file("seen"), AFTER);
	assert_slice_is(get_file("work/drafts/a.md"), BEFORE);
	assert_string_equal(sh_out("git -C work status --porcelain"), "");
	/* Unless somebody else changed it in between. */
	put_file("work/.git/hooks/pre-commit", "#!/bin/sh\necho more >>drafts/a.md\necho no\n"
					       "exit 1\n");
	assert_int_equal(decide(r, BEFORE, AFTER, true, &result), ST_DENIED);
	assert_non_null(strstr(err.text, "still has the change"));
	assert_slice_is(get_file("work/drafts/a.md"), AFTER "more\n");
	commit_result_release(&result);
	repo_free(r);
}

static void windows_line_ends_stay_in_the_file_and_out_of_the_history(void **state)
{
	struct repo *r = usual();
	struct commit_result result = COMMIT_RESULT_INIT;

	(void)state;
	sh("git -C work config core.autocrlf true");
	repo_free(r);
	r = opened("work");
	put_file("work/drafts/a.md", "one [A / B] two\r\n\r\nthree [C / D]\r\n");
	assert_int_equal(decide(r, "one [A / B] two\r\n\r\nthree [C / D]\r\n",
				"one A two\r\n\r\nthree [C / D]\r\n", false, &result),
			 ST_OK);
	assert_slice_is(get_file("work/drafts/a.md"), "one A two\r\n\r\nthree [C / D]\r\n");
	assert_string_equal(sh_out("git -C work show --format= --numstat HEAD"),
			    "1\t1\tdrafts/a.md");
	assert_string_equal(sh_out("git -C work status --porcelain"), "");
	commit_result_release(&result);
	repo_free(r);
}

/* A decision whose process dies where its pre-commit hook kills it. */
static void die_deciding(void)
{
	pid_t child;

	put_file("work/.git/hooks/pre-commit", "#!/bin/sh\nkill -9 $PPID\nsleep 0.1\n");
	assert_int_equal(chmod("work/.git/hooks/pre-commit", 0755), 0);
	child = fork();
	if (child == 0) {
		struct commit_result result = COMMIT_RESULT_INIT;
		struct repo *r = opened("work");

		_exit(decide(r, BEFORE, AFTER, true, &result) == ST_OK ? 0 : 1);
	}
	waitpid(child, NULL, 0);
	unlink("work/.git/hooks/pre-commit");
}

static void a_decision_cut_short_is_finished_at_the_next_start(void **state)
{
	struct commit_result result = COMMIT_RESULT_INIT;
	struct repo *r = usual();

	(void)state;
	assert_int_equal(recovers(r, &result), 0);
	repo_free(r);
	repo_shutdown();
	die_deciding();
	assert_slice_is(get_file("work/drafts/a.md"), AFTER);
	assert_string_equal(sh_out("git -C work log --format=%%s"), "first");
	r = opened("work");
	assert_int_equal(recovers(r, &result), 1);
	assert_string_equal(result.id, sh_out("git -C work rev-parse HEAD"));
	assert_string_equal(
		sh_out("git -C work log -1 --format='%%s|%%at|%%(trailers:key=Point)'"),
		"decide point 1|1750000000|Point: 1\n");
	assert_string_equal(sh_out("git -C work status --porcelain"), "");
	assert_int_equal(recovers(r, &result), 0);
	assert_string_equal(result.id, "");
	commit_result_release(&result);
	repo_free(r);
}

static void what_was_edited_since_is_left_to_the_user(void **state)
{
	struct commit_result result = COMMIT_RESULT_INIT;
	struct repo *r;

	(void)state;
	repo_free(usual());
	repo_shutdown();
	die_deciding();
	put_file("work/drafts/a.md", AFTER "more\n");
	r = opened("work");
	assert_int_equal(recovers(r, &result), 0);
	assert_slice_is(get_file("work/drafts/a.md"), AFTER "more\n");
	assert_string_equal(sh_out("git -C work log --format=%%s"), "first");
	assert_string_equal(sh_out("ls work/.git/adref/decision 2>/dev/null || true"), "");
	commit_result_release(&result);
	repo_free(r);
}

static void a_kill_at_any_moment_leaves_old_or_new(void **state)
{
	struct prng random = prng_make(3);

	(void)state;
	repo_free(usual());
	repo_shutdown();
	for (int round = 0; round < 15; round++) {
		const struct timespec pause = {0, (long)prng_below(&random, 40000000)};
		struct commit_result result = COMMIT_RESULT_INIT;
		struct repo *r;
		struct slice file;
		pid_t child = fork();

		if (child == 0) {
			r = opened("work");
			for (;;) {
				file = get_file("work/drafts/a.md");
				if (slice_is(file, BEFORE))
					decide(r, BEFORE, AFTER, false, &result);
				else
					decide(r, AFTER, BEFORE, false, &result);
			}
		}
		nanosleep(&pause, NULL);
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
		r = opened("work");
		file = get_file("work/drafts/a.md");
		assert_true(slice_is(file, BEFORE) || slice_is(file, AFTER));
		assert_true(recovers(r, &result) >= 0);
		assert_int_equal(decision_ready(r, "drafts/a.md", &err), ST_OK);
		assert_string_equal(sh_out("git -C work status --porcelain --untracked=no"),
				    "");
		commit_result_release(&result);
		repo_free(r);
	}
	assert_string_equal(sh_out("git -C work fsck --strict 2>&1 | grep -v dangling || true"),
			    "");
}

static void a_decision_is_undone_on_todays_text(void **state)
{
	struct commit_result result = COMMIT_RESULT_INIT;
	struct repo *r = usual();
	struct str out = STR_INIT;

	(void)state;
	assert_int_equal(decide(r, BEFORE, AFTER, false, &result), ST_OK);
	assert_int_equal(
		decision_undo(r, result.id, "drafts/a.md", SLICE(AFTER), &regions, &out, &err),
		ST_OK);
	assert_slice_is(str_slice(&out), BEFORE);
	str_clear(&out);
	assert_int_equal(decision_undo(r, result.id, "drafts/a.md",
				       SLICE("zero\n\none A two\n\nthree D\n"), &regions, &out,
				       &err),
			 ST_OK);
	assert_slice_is(str_slice(&out), "zero\n\none [A / B] two\n\nthree D\n");
	str_clear(&out);
	assert_int_equal(decision_undo(r, result.id, "drafts/a.md", SLICE("one Z two\n"),
				       &regions, &out, &err),
			 ST_CHANGED);
	assert_int_equal(
		decision_undo(r, result.id, "drafts/b.md", SLICE("x"), &regions, &out, &err),
		ST_MISSING);
	assert_int_equal(
		decision_undo(r, "HEAD~9", "drafts/a.md", SLICE("x"), &regions, &out, &err),
		ST_MISSING);
	assert_int_equal(out.len, 0);
	str_release(&out);
	commit_result_release(&result);
	repo_free(r);
}

#define IN_SCRATCH(name) cmocka_unit_test_setup_teardown(name, scratch_setup, repo_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(a_decision_is_in_the_file_and_in_one_commit),
		IN_SCRATCH(pending_edits_are_never_swept_in),
		IN_SCRATCH(what_is_not_ready_is_told_apart),
		IN_SCRATCH(a_failed_commit_puts_the_file_back),
		IN_SCRATCH(windows_line_ends_stay_in_the_file_and_out_of_the_history),
		IN_SCRATCH(a_decision_cut_short_is_finished_at_the_next_start),
		IN_SCRATCH(what_was_edited_since_is_left_to_the_user),
		IN_SCRATCH(a_kill_at_any_moment_leaves_old_or_new),
		IN_SCRATCH(a_decision_is_undone_on_todays_text),
	};

	return cmocka_run_group_tests(tests, regions_set_up, regions_tear_down);
}
