/* SPDX-License-Identifier: MIT */
#include "store/git_alive.h"

#include "support_git.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct error err;

/* Whether a git at work there, told so (or NULL), counts as one in the repository "one". */
static bool counts(const char *where, const char *word, const char *value)
{
	pid_t git = git_stays_told(where, word, value);
	struct repo *r = NULL;
	bool alive;

	if (repo_open(&r, "one", &err) != 0)
		fail_msg("%s", err.text);
	alive = git_alive_now(r, -1);
	repo_free(r);
	git_leaves(git);
	return alive;
}

static void a_git_counts_where_it_stands_or_is_told_to_work(void **state)
{
	char option[400];
	struct repo *r = NULL;

	(void)state;
	sh("git init -q one && git init -q other && mkdir away one/drafts && "
	   "git -C one commit -q --allow-empty -m x && git -C one worktree add -q ../side -b "
	   "s");
	assert_int_equal(repo_open(&r, "one", &err), 0);
	assert_false(git_alive_now(r, -1));
	repo_free(r);
	assert_true(counts("one", NULL, NULL));
	assert_true(counts("one/drafts", NULL, NULL));
	assert_true(counts("side", NULL, NULL));
	assert_false(counts("other", NULL, NULL));
	/* Elsewhere, as what a killed git left behind may be. */
	snprintf(option, sizeof(option), "--git-dir=%s/one/.git", scratch());
	assert_true(counts("away", option, NULL));
	assert_true(counts("away", "--git-dir", "../one/.git"));
	assert_true(counts("away", "GIT_DIR", option + strlen("--git-dir=")));
	assert_true(counts("other", "GIT_DIR", "../one/.git"));
	assert_false(counts("away", "GIT_DIR", "../other/.git"));
	assert_false(counts("away", "--git-dir", "../other/.git"));
	assert_false(counts("other", "MY_GIT_DIR", "../one/.git"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_git_counts_where_it_stands_or_is_told_to_work,
						scratch_setup, scratch_teardown),
	};

	return cmocka_run_group_tests_name("git_alive", tests, NULL, NULL);
}
