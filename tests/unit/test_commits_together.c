/* SPDX-License-Identifier: MIT */
#include "commit_bench.h"

#include "store/lock.h"

#include <sys/stat.h>
#include <sys/wait.h>

static void append_line(struct repo *r, const char *path, int who, int i)
{
	struct commit_result result = COMMIT_RESULT_INIT;
	struct str text = STR_INIT;
	char base[REPO_HEX + 1];
	int rc;

	do {
		str_clear(&text);
		if (repo_blob(r, "HEAD", path, base, &err) != ST_OK ||
		    repo_read_blob(r, base, 1 << 20, &text, &err) != ST_OK)
			_exit(3);
		str_addf(&text, "line %d %d\n", who, i);
		rc = try_commit(r, path, str_text(&text), base, &result);
	} while (rc == ST_CHANGED);
	if (rc != ST_OK || !result.id[0]) {
		fprintf(stderr, "%s\n", err.text);
		_exit(2);
	}
	commit_result_release(&result);
	str_release(&text);
}

static void four_processes(const char *const paths[4], int each)
{
	pid_t children[4];
	int status;

	for (int who = 0; who < 4; who++) {
		children[who] = fork();
		if (children[who] == 0) {
			struct repo *r = NULL;

			if (repo_open(&r, "work", &err) != ST_OK)
				_exit(1);
			for (int i = 0; i < each; i++)
				append_line(r, paths[who], who, i);
			repo_free(r);
			_exit(0);
		}
	}
	for (int who = 0; who < 4; who++) {
		assert_int_equal(waitpid(children[who], &status, 0), children[who]);
		assert_int_equal(status, 0);
	}
}

static void four_processes_on_several_drafts_lose_nothing(void **state)
{
	static const char *const paths[] = {"drafts/a.md", "drafts/b.md", "drafts/c.md",
					    "drafts/d.md"};
	(void)state;
	sh("git init -q work && mkdir work/drafts && cd work && touch drafts/a.md drafts/b.md "
	   "drafts/c.md drafts/d.md && git add . && git commit -qm first");
	four_processes(paths, 25);
	assert_string_equal(sh_out("git -C work rev-list --count --min-parents=1 HEAD"), "100");
	assert_string_equal(sh_out("git -C work rev-list --count --min-parents=2 HEAD"), "0");
	for (int i = 0; i < 4; i++)
		assert_string_equal(sh_out("git -C work show HEAD:%s | wc -l", paths[i]), "25");
	assert_string_equal(sh_out("git -C work diff --cached HEAD"), "");
	assert_string_equal(sh_out("git -C work reflog main | wc -l"), "101");
	assert_sound("work");
}

static void four_processes_on_one_draft_lose_nothing(void **state)
{
	static const char *const paths[] = {"drafts/a.md", "drafts/a.md", "drafts/a.md",
					    "drafts/a.md"};
	(void)state;
	repo_free(usual());
	repo_shutdown(); /* before the fork: each process has a libgit2 of its own */
	four_processes(paths, 25);
	assert_string_equal(sh_out("git -C work rev-list --count --min-parents=1 HEAD"), "100");
	assert_string_equal(sh_out("git -C work show HEAD:drafts/a.md | sort -u | wc -l"),
			    "101");
	assert_string_equal(sh_out("git -C work diff --cached HEAD"), "");
	assert_sound("work");
}

static void gits_own_commits_beside_ours_lose_nothing(void **state)
{
	pid_t child;
	int status;

	(void)state;
	repo_free(usual());
	repo_shutdown();
	child = fork();
	if (child == 0) {
		struct repo *r = NULL;

		if (repo_open(&r, "work", &err) != ST_OK)
			_exit(1);
		for (int i = 0; i < 15; i++)
			append_line(r, "drafts/a.md", 1, i);
		_exit(0);
	}
	sh("cd work && n=0; while [ $n -lt 10 ]; do echo $n >>drafts/b.md; "
	   "until git commit -qm git drafts/b.md 2>/dev/null; do :; done; n=$((n+1)); done");
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_string_equal(sh_out("git -C work show HEAD:drafts/b.md | wc -l"), "11");
	assert_string_equal(sh_out("git -C work show HEAD:drafts/a.md | wc -l"), "16");
	assert_string_equal(sh_out("git -C work rev-list --count HEAD"), "26");
	assert_sound("work");
}

/* ---- killed ---- */

static void a_killed_adref_locks_nobody_out(void **state)
{
	struct prng random = prng_make(7);
	int committed = 0;

	(void)state;
	repo_free(usual());
	repo_shutdown();
	for (int round = 0; round < 12; round++) {
		const struct timespec pause = {0, (long)prng_below(&random, 25000000)};
		struct repo *r = NULL;
		pid_t child = fork();

		if (child == 0) {
			if (repo_open(&r, "work", &err) != ST_OK)
				_exit(1);
			for (int i = 0;; i++)
				append_line(r, "drafts/a.md", round, i);
		}
		syscall(SYS_nanosleep, &pause, NULL);
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
		r = opened("work");
		append_line(r, "drafts/b.md", round, 0);
		committed++;
		repo_free(r);
		assert_string_equal(sh_out("git -C work show HEAD:drafts/b.md | wc -l"),
				    sh_out("echo %d", committed + 1));
	}
	assert_string_equal(sh_out("git -C work diff --cached HEAD"), "");
	assert_string_equal(sh_out("git -C work rev-list --count HEAD"),
			    sh_out("git -C work log --format=tformat:x | wc -l"));
	assert_sound("work");
}

/* A process that takes adref's lock, notes what it does, leaves these lock files, and dies. */
static void die_in_the_middle(const char *id, const char *ref_lock, bool own_index,
			      const char *lines)
{
	pid_t child = fork();

	if (child == 0) {
		struct lock lock = LOCK_INIT;
		struct str note = STR_INIT;
		struct stat st = {0};

		mkdir("work/.git/adref", 0777);
		if (lock_take(&lock, "work/.git/adref/lock", 0, &err) != ST_OK)
			_exit(1);
		if (own_index) {
			put_file("work/.git/adref/index-1", "");
			if (link("work/.git/adref/index-1", "work/.git/index.lock") != 0)
				_exit(1);
		}
		stat("work/.git/adref/index-1", &st);
		str_addf(&note,
			 "ref refs/heads/main\nid %s\ngit-dir %s/work/.git/\n"
			 "candidate %s/work/.git/adref/index-1\nindex %llu %llu\ntime "
			 "%lld\n%send\n",
			 id, scratch(), scratch(), (unsigned long long)st.st_dev,
			 (unsigned long long)st.st_ino, (long long)time(NULL), lines);
		if (lock_note(&lock, str_slice(&note), &err) != ST_OK)
			_exit(1);
		if (ref_lock)
			put_file("work/.git/refs/heads/main.lock", ref_lock);
		_exit(0); /* without lock_drop() */
	}
	waitpid(child, NULL, 0);
}

static void lock_files_of_a_killed_adref_are_cleared(void **state)
{
	static const char id[] = "1234567890123456789012345678901234567890";
	struct repo *r = usual();

	(void)state;
	die_in_the_middle(id, id, true, "");
	commit_text(r, "drafts/a.md", "x\n");
	die_in_the_middle(id, "", true, ""); /* killed before it wrote */
	commit_text(r, "drafts/a.md", "y\n");
	assert_sound("work");
	repo_free(r);
}

static void lock_files_of_others_are_left_alone(void **state)
{
	static const char ours[] = "1234567890123456789012345678901234567890";
	static const char theirs[] = "9934567890123456789012345678901234567890";
	struct repo *r = usual();

	(void)state;
	/* adref died, but this lock says something else. */
	die_in_the_middle(ours, theirs, false, "");
	put_file("work/.git/index.lock", "");
	refuses(r, "drafts/a.md", ST_FAIL, "main.lock");
	assert_int_equal(access("work/.git/refs/heads/main.lock", F_OK), 0);
	assert_int_equal(access("work/.git/index.lock", F_OK), 0);
	repo_free(r);
}

/* It need not have written into it: who deletes a branch never does. */
static void the_lock_of_a_git_in_another_working_tree_is_left_alone(void **state)
{
	static const char ours[] = "1234567890123456789012345678901234567890";
	struct repo *r = usual();
	pid_t git;

	(void)state;
	sh("git -C work worktree add -q ../side -b side");
	git = git_stays("side");
	die_in_the_middle(ours, "", false, "");
	refuses(r, "drafts/a.md", ST_FAIL, "main.lock");
	assert_int_equal(access("work/.git/refs/heads/main.lock", F_OK), 0);
	git_leaves(git);
	sh("git init -q elsewhere");
	git = git_stays("elsewhere"); /* no concern of ours */
	die_in_the_middle(ours, NULL, false, "");
	commit_text(r, "drafts/a.md", "x\n");
	git_leaves(git);
	repo_free(r);
}

/* A file's number is given anew as soon as the file is gone. */
static void the_index_s_lock_that_has_our_old_number_is_left_alone(void **state)
{
	static const char ours[] = "1234567890123456789012345678901234567890";
	struct repo *r = usual();

	(void)state;
	die_in_the_middle(ours, NULL, true, "");
	sh("rm work/.git/adref/index-1"); /* by one who was killed while clearing up */
	assert_int_equal(commit_recover(r, &err), ST_OK);
	assert_int_equal(access("work/.git/index.lock", F_OK), 0);
	repo_free(r);
}

static void an_index_that_a_killed_adref_left_behind_is_caught_up(void **state)
{
	struct repo *r = usual();
	char old_a[REPO_HEX + 1], new_a[REPO_HEX + 1];
	struct str lines = STR_INIT;

	(void)state;
	repo_blob(r, "HEAD", "drafts/a.md", old_a, &err);
	put_file("work/drafts/a.md", "decided\n");
	commit_text(r, "drafts/a.md", "decided\n");
	repo_blob(r, "HEAD", "drafts/a.md", new_a, &err);
	sh("git -C work update-index --cacheinfo 100644,%s,drafts/a.md", old_a);
	assert_string_equal(sh_out("git -C work diff --cached --name-only"), "drafts/a.md");
	str_addf(&lines, "entry %s %s 100644 drafts/a.md\n", old_a, new_a);
	die_in_the_middle(new_a, NULL, false, str_text(&lines));
	assert_int_equal(commit_recover(r, &err), ST_OK);
	assert_string_equal(sh_out("git -C work status --porcelain"), "");
	/* What the user staged since is the user's. */
	sh("echo staged >work/drafts/a.md && git -C work add drafts/a.md");
	die_in_the_middle(new_a, NULL, false, str_text(&lines));
	assert_int_equal(commit_recover(r, &err), ST_OK);
	assert_string_equal(sh_out("git -C work show :drafts/a.md"), "staged");
	str_release(&lines);
	repo_free(r);
}

/* The lock is for all working trees, and whoever takes it next may be in another one. */
static void the_index_of_another_working_tree_is_caught_up_there(void **state)
{
	struct repo *r = usual(), *side;
	char old_a[REPO_HEX + 1], new_a[REPO_HEX + 1];
	struct str lines = STR_INIT;

	(void)state;
	sh("git -C work worktree add -q ../side -b side");
	repo_blob(r, "HEAD", "drafts/a.md", old_a, &err);
	put_file("work/drafts/a.md", "decided\n");
	commit_text(r, "drafts/a.md", "decided\n");
	repo_blob(r, "HEAD", "drafts/a.md", new_a, &err);
	sh("git -C work update-index --cacheinfo 100644,%s,drafts/a.md", old_a);
	str_addf(&lines, "entry %s %s 100644 drafts/a.md\n", old_a, new_a);
	die_in_the_middle(new_a, NULL, false, str_text(&lines));
	side = opened("side");
	assert_true(commit_is_cut_short(side));
	assert_int_equal(commit_recover(side, &err), ST_OK);
	assert_string_equal(sh_out("git -C side status --porcelain"), "");
	assert_false(commit_is_cut_short(side));
	assert_true(commit_is_cut_short(r));
	assert_int_equal(commit_recover(r, &err), ST_OK);
	assert_string_equal(sh_out("git -C work status --porcelain"), "");
	assert_false(commit_is_cut_short(r));
	str_release(&lines);
	repo_free(side);
	repo_free(r);
}

static void an_interrupt_waits_until_the_commit_is_whole(void **state)
{
	int status;

	(void)state;
	repo_free(usual());
	repo_shutdown();
	for (int round = 0; round < 8; round++) {
		const struct timespec pause = {0, 3000000L * (round + 1)};
		pid_t child = fork();

		if (child == 0) {
			struct repo *r = NULL;

			if (repo_open(&r, "work", &err) != ST_OK)
				_exit(1);
			for (int i = 0;; i++)
				append_line(r, "drafts/a.md", round, i);
		}
		nanosleep(&pause, NULL);
		kill(child, SIGTERM);
		waitpid(child, &status, 0);
		assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
		assert_sound("work");
		assert_string_equal(sh_out("git -C work diff --cached HEAD"), "");
		assert_string_equal(sh_out("cat work/.git/adref/lock 2>/dev/null || true"), "");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		QUICKLY(four_processes_on_several_drafts_lose_nothing),
		QUICKLY(four_processes_on_one_draft_lose_nothing),
		QUICKLY(gits_own_commits_beside_ours_lose_nothing),
		HURRIED(a_killed_adref_locks_nobody_out),
		HURRIED(lock_files_of_a_killed_adref_are_cleared),
		HURRIED(lock_files_of_others_are_left_alone),
		HURRIED(the_lock_of_a_git_in_another_working_tree_is_left_alone),
		HURRIED(the_index_s_lock_that_has_our_old_number_is_left_alone),
		QUICKLY(an_index_that_a_killed_adref_left_behind_is_caught_up),
		QUICKLY(the_index_of_another_working_tree_is_caught_up_there),
		IN_SCRATCH(an_interrupt_waits_until_the_commit_is_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
