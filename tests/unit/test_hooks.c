/* SPDX-License-Identifier: MIT */
#include "support_repo.h"

#include "store/commit.h"
#include "store/hooks.h"
#include "store/repo.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct error err;
static const struct person chair = {(char *)"Ana Chair", (char *)"ana@example.org"};

static struct repo *usual(void)
{
	struct repo *r = NULL;

	sh("git init -q work && mkdir work/drafts && printf 'one\\n' >work/drafts/a.md && "
	   "git -C work add . && git -C work commit -qm first");
	assert_int_equal(repo_open(&r, "work", &err), ST_OK);
	return r;
}

static void put_hook(const char *path, const char *script)
{
	put_file(path, script);
	assert_int_equal(chmod(path, 0755), 0);
}

static int commit_with(struct repo *r, bool hooks, struct commit_result *result)
{
	const struct commit_change change = {"drafts/a.md", SLICE("two\n"), false, NULL};
	const struct commit_order order = {
		&change, 1, SLICE("say it"), &chair, 1750000000, 0, hooks, NULL, 0, NULL};

	return commit_make(r, &order, result, &err);
}

static void hooks_of_a_repository_that_is_not_trusted_are_not_run(void **state)
{
	struct repo *r = usual();
	struct commit_result result = COMMIT_RESULT_INIT;
	struct str names = STR_INIT;

	(void)state;
	assert_int_equal(hooks_present(r, &names), 0);
	put_hook("work/.git/hooks/pre-commit", "#!/bin/sh\ntouch ran\nexit 1\n");
	put_file("work/.git/hooks/commit-msg", "#!/bin/sh\ntouch ran\n"); /* not executable */
	chmod("work/.git/hooks/commit-msg", 0644);
	assert_int_equal(hooks_present(r, &names), 1);
	assert_string_equal(str_text(&names), "pre-commit");
	assert_int_equal(commit_with(r, false, &result), ST_OK);
	assert_int_not_equal(access("work/ran", F_OK), 0);
	str_release(&names);
	commit_result_release(&result);
	repo_free(r);
}

static void a_hook_sees_what_would_be_committed_and_nothing_else(void **state)
{
	struct repo *r = usual();
	struct commit_result result = COMMIT_RESULT_INIT;

	(void)state;
	sh("echo staged >work/other && git -C work add other");
	put_hook("work/.git/hooks/pre-commit",
		 "#!/bin/sh\npwd >../where\ngit diff --cached >../seen\necho all is well\n");
	assert_int_equal(commit_with(r, true, &result), ST_OK);
	assert_string_equal(sh_out("cat where"), sh_out("echo %s/work", scratch()));
	assert_string_equal(sh_out("grep '^[+-]' seen"),
			    "--- a/drafts/a.md\n+++ b/drafts/a.md\n-one\n+two");
	assert_slice_is(str_slice(&result.hook_output), "all is well\n");
	assert_string_equal(sh_out("ls -A work/.git/adref"), "lock");
	commit_result_release(&result);
	repo_free(r);
}

static void a_hook_that_refuses_stops_the_commit_with_its_last_line(void **state)
{
	struct repo *r = usual();
	struct commit_result result = COMMIT_RESULT_INIT;
	char before[REPO_HEX + 1], after[REPO_HEX + 1];

	(void)state;
	repo_tip(r, before, &err);
	put_hook("work/.git/hooks/pre-commit",
		 "#!/bin/sh\necho first\nprintf 'no \\033[31mbrackets\\n\\n' >&2\nexit 3\n");
	assert_int_equal(commit_with(r, true, &result), ST_DENIED);
	assert_non_null(strstr(err.text, "pre-commit"));
	assert_non_null(strstr(err.text, "brackets"));
	assert_null(strchr(err.text, '\033'));
	repo_tip(r, after, &err);
	assert_string_equal(before, after);
	assert_string_equal(sh_out("git -C work status --porcelain"), "");
	commit_result_release(&result);
	repo_free(r);
}

static void commit_msg_may_rewrite_the_message(void **state)
{
	struct repo *r = usual();
	struct commit_result result = COMMIT_RESULT_INIT;

	(void)state;
	sh("mkdir work/hooks && git -C work config core.hooksPath hooks");
	put_hook("work/hooks/commit-msg", "#!/bin/sh\nsed -i 's/say/said/' \"$1\"\n"
					  "printf '\\nChange-Id: 7\\n\\n\\n' >>\"$1\"\n");
	assert_int_equal(commit_with(r, true, &result), ST_OK);
	assert_string_equal(sh_out("git -C work log -1 --format=%%B"),
			    "said it\n\nChange-Id: 7\n");
	put_hook("work/hooks/commit-msg", "#!/bin/sh\n: >\"$1\"\n");
	sh("git -C work reset -q --hard HEAD^");
	assert_int_equal(commit_with(r, true, &result), ST_INPUT);
	commit_result_release(&result);
	repo_free(r);
}

static void a_hook_that_changes_the_commit_is_refused(void **state)
{
	struct repo *r = usual();
	struct commit_result result = COMMIT_RESULT_INIT;

	(void)state;
	put_hook("work/.git/hooks/pre-commit",
		 "#!/bin/sh\necho more >more.md\ngit add more.md\n");
	assert_int_equal(commit_with(r, true, &result), ST_DENIED);
	assert_non_null(strstr(err.text, "changed what would be committed"));
	assert_string_equal(sh_out("git -C work log --format=%%s"), "first");
	commit_result_release(&result);
	repo_free(r);
}

#define IN_SCRATCH(name) cmocka_unit_test_setup_teardown(name, scratch_setup, repo_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(hooks_of_a_repository_that_is_not_trusted_are_not_run),
		IN_SCRATCH(a_hook_sees_what_would_be_committed_and_nothing_else),
		IN_SCRATCH(a_hook_that_refuses_stops_the_commit_with_its_last_line),
		IN_SCRATCH(commit_msg_may_rewrite_the_message),
		IN_SCRATCH(a_hook_that_changes_the_commit_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
