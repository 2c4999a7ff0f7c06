/* SPDX-License-Identifier: MIT */
#ifndef TESTS_COMMIT_BENCH_H
#define TESTS_COMMIT_BENCH_H

#include "support_repo.h"

#include "store/commit.h"
#include "store/repo.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* What the tests of commits share: a repository, a commit in one call, and syncs that are
 * counted. */

static struct error err;
static const struct person chair = {(char *)"Ana Chair", (char *)"ana@example.org"};
static const int64_t noon = 1750000000;

/* libgit2's calls come here too. Counted, and left out where many commits are made: the tests
 * kill programs, not machines. */
static struct {
	char path[4096];
	bool elsewhere; /* by another thread than the test's */
} synced[64];
static atomic_int syncs;
static bool no_syncs;

static int note_sync(int fd)
{
	char link[32];
	int i = atomic_fetch_add(&syncs, 1);
	ssize_t n;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	if (i < 64) {
		n = readlink(link, synced[i].path, sizeof(synced[i].path) - 1);
		synced[i].path[n > 0 ? n : 0] = '\0';
		synced[i].elsewhere = syscall(SYS_gettid) != getpid();
	}
	return 0;
}

int fsync(int fd)
{
	return no_syncs ? note_sync(fd) : note_sync(fd) + (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd)
{
	return fsync(fd);
}

/* Waits are polls, and are counted: where nobody else is at work they may be short. */
static bool hurried;
int nanosleep(const struct timespec *t, struct timespec *left)
{
	struct timespec less = {0, t->tv_nsec / 20 + (t->tv_sec ? 50000000L : 0)};

	return (int)syscall(SYS_nanosleep, hurried ? &less : t, left);
}

static struct repo *usual(void)
{
	sh("git init -q work && mkdir work/drafts && printf 'one\\n' >work/drafts/a.md && "
	   "printf 'bee\\n' >work/drafts/b.md && git -C work add . && git -C work commit -qm "
	   "first");
	return opened("work");
}

static int quick_setup(void **state)
{
	no_syncs = true;
	return scratch_setup(state);
}

static int hurried_setup(void **state)
{
	hurried = true;
	return quick_setup(state);
}

static int teardown(void **state)
{
	no_syncs = hurried = false;
	return repo_teardown(state);
}

static int try_commit(struct repo *r, const char *path, const char *text, const char *base,
		      struct commit_result *result)
{
	struct commit_change change = {path, slice_of(text ? text : ""), !text, base};
	struct commit_order order = {
		&change, 1,   SLICE("say it\n\nPoint: 3"), &chair, noon, 120, false, NULL,
		0,       NULL};

	return commit_make(r, &order, result, &err);
}

static void commit_text(struct repo *r, const char *path, const char *text)
{
	struct commit_result result = COMMIT_RESULT_INIT;

	if (try_commit(r, path, text, NULL, &result) != ST_OK)
		fail_msg("%s", err.text);
	assert_int_equal(strlen(result.id), REPO_HEX);
	assert_string_equal(str_text(&result.warning), "");
	commit_result_release(&result);
}

static void refuses(struct repo *r, const char *path, int status, const char *words)
{
	struct commit_result result = COMMIT_RESULT_INIT;
	char before[REPO_HEX + 1] = "", after[REPO_HEX + 1] = "";

	repo_tip(r, before, NULL);
	assert_int_equal(try_commit(r, path, "x\n", NULL, &result), status);
	if (!strstr(err.text, words))
		fail_msg("\"%s\" does not say \"%s\"", err.text, words);
	repo_tip(r, after, NULL);
	assert_string_equal(before, after);
	commit_result_release(&result);
}

static void assert_sound(const char *dir)
{
	assert_string_equal(
		sh_out("git -C %s fsck --full --strict 2>&1 | grep -v dangling || true", dir),
		"");
	assert_string_equal(
		sh_out("find %s/.git -name '*.lock' -o -path '*/adref/index-*'", dir), "");
}

#define QUICKLY(name)    cmocka_unit_test_setup_teardown(name, quick_setup, teardown)
#define HURRIED(name)    cmocka_unit_test_setup_teardown(name, hurried_setup, teardown)
#define IN_SCRATCH(name) cmocka_unit_test_setup_teardown(name, scratch_setup, teardown)

#endif
