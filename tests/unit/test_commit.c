/* SPDX-License-Identifier: MIT */
#include "support_git.h"

#include "store/commit.h"
#include "store/lock.h"
#include "store/repo.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

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

/* Where in the order of syncs the path that ends so was synced; fails unless it was just once.
 */
static int synced_at(const char *end)
{
	int at = -1;

	for (int i = 0; i < syncs; i++) {
		size_t len = strlen(synced[i].path);

		if (len < strlen(end) || strcmp(synced[i].path + len - strlen(end), end) != 0)
			continue;
		if (at >= 0)
			fail_msg("%s was synced twice", end);
		at = i;
	}
	if (at < 0)
		fail_msg("%s was not synced", end);
	return at;
}

static struct repo *opened(const char *path)
{
	struct repo *r = NULL;

	if (repo_open(&r, path, &err) != ST_OK)
		fail_msg("%s", err.text);
	return r;
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
	repo_shutdown();
	return scratch_teardown(state);
}

static int try_commit(struct repo *r, const char *path, const char *text, const char *base,
		      struct commit_result *result)
{
	struct commit_change change = {path, slice_of(text ? text : ""), !text, base};
	struct commit_order order = {
		&change, 1, SLICE("say it\n\nPoint: 3"), &chair, noon, 120, false, NULL, 0};

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

static void assert_sound(const char *dir)
{
	assert_string_equal(
		sh_out("git -C %s fsck --full --strict 2>&1 | grep -v dangling || true", dir),
		"");
	assert_string_equal(
		sh_out("find %s/.git -name '*.lock' -o -path '*/adref/index-*'", dir), "");
}

static void a_commit_holds_these_bytes_and_says_who_and_when(void **state)
{
	struct repo *r = usual();
	struct commit_result result = COMMIT_RESULT_INIT;
	char before[REPO_HEX + 1];

	(void)state;
	repo_tip(r, before, &err);
	put_file("work/drafts/a.md", "two\r\n\xff");
	syncs = 0;
	assert_int_equal(try_commit(r, "drafts/a.md", "two\r\n\xff", NULL, &result), ST_OK);
	assert_true(syncs >= 3); /* blob, commit, branch at least */
	assert_string_equal(result.parent, before);
	assert_string_equal(result.id, sh_out("git -C work rev-parse main"));
	assert_string_equal(
		sh_out("git -C work log -1 --format='%%an|%%ae|%%cn|%%ad|%%P|%%B' "
		       "--date=iso"),
		sh_out("printf '%%s\\n' 'Ana Chair|ana@example.org|Ana Chair|2025-06-15 "
		       "17:06:40 +0200|%s|say it\n\nPoint: 3\n'",
		       before));
	assert_string_equal(sh_out("git -C work cat-file blob HEAD:drafts/a.md | od -An -tx1"),
			    " 74 77 6f 0d 0a ff");
	assert_string_equal(sh_out("git -C work status --porcelain"), "");
	assert_string_equal(sh_out("git -C work reflog -1 --format=%%gs"), "commit: say it");
	assert_string_equal(sh_out("git -C work reflog -1 --format=%%gs main"),
			    "commit: say it");
	assert_sound("work");
	commit_result_release(&result);
	repo_free(r);
}

static const char *object_of(const char *revision)
{
	static char path[64];
	const char *hex = sh_out("git -C work rev-parse %s", revision);

	snprintf(path, sizeof(path), "/objects/%.2s/%s", hex, hex + 2);
	return path;
}

/* A sync takes as long as many: so as few as can be, and together where order says nothing. */
static void each_thing_is_synced_once_and_the_branch_last(void **state)
{
	static const char *const objects[] = {"HEAD", "HEAD^{tree}", "HEAD:drafts",
					      "HEAD:drafts/a.md"};
	struct repo *r = usual();
	int branch, threads = 0;

	(void)state;
	put_file("work/drafts/a.md", "two\n");
	syncs = 0;
	commit_text(r, "drafts/a.md", "two\n");
	branch = synced_at("/refs/heads/main.lock");
	for (int i = 0; i < 4; i++)
		assert_true(synced_at(object_of(objects[i])) < branch);
	assert_true(synced_at("/adref/lock") < branch);
	assert_true(synced_at("/refs/heads") > branch);
	assert_int_equal(syncs, 7);
	for (int i = 0; i < syncs; i++)
		threads += synced[i].elsewhere;
	assert_true(threads > 0);
	assert_sound("work");
	repo_free(r);
}

static void reflogs_are_written_as_git_writes_them(void **state)
{
	struct repo *r = usual();

	(void)state;
	commit_text(r, "drafts/a.md", "two\n");
	sh("cat work/.git/logs/HEAD >logs && cat work/.git/logs/refs/heads/main >>logs");
	assert_string_equal(sh_out("grep -c 'Ana Chair <ana@example.org> 1750000000 "
				   "+0200\tcommit: say it$' logs"),
			    "2");
	assert_string_equal(sh_out("git -C work rev-parse 'main@{1}'"),
			    sh_out("git -C work rev-parse HEAD^"));
	/* Where there is no reflog, or none is wanted, git's configuration decides. */
	sh("rm -r work/.git/logs && git -C work config core.logAllRefUpdates false");
	repo_free(r);
	r = opened("work");
	commit_text(r, "drafts/a.md", "three\n");
	assert_string_equal(sh_out("find work/.git/logs -type f 2>/dev/null || true"), "");
	assert_sound("work");
	repo_free(r);
}

static void nothing_else_is_swept_in(void **state)
{
	struct repo *r = usual();

	(void)state;
	put_file("work/drafts/b.md", "staged\n");
	put_file("work/new.md", "staged too\n");
	sh("git -C work add .");
	put_file("work/drafts/b.md", "edited\n");
	put_file("work/drafts/a.md", "working text\n");
	commit_text(r, "drafts/a.md", "decided\n");
	assert_string_equal(sh_out("git -C work show --format= --name-only HEAD"),
			    "drafts/a.md");
	assert_string_equal(sh_out("git -C work show HEAD:drafts/a.md"), "decided");
	assert_string_equal(sh_out("git -C work show :drafts/b.md"), "staged");
	assert_string_equal(sh_out("git -C work status --porcelain"),
			    " M drafts/a.md\nMM drafts/b.md\nA  new.md");
	assert_slice_is(get_file("work/drafts/a.md"), "working text\n");
	repo_free(r);
}

static void several_paths_make_one_commit(void **state)
{
	struct repo *r = usual();
	struct commit_result result = COMMIT_RESULT_INIT;
	const struct commit_change changes[] = {
		{"x/y/z.md", SLICE("deep\n"), false, NULL},
		{"drafts/a.md", SLICE(""), true, NULL},
		{"drafts-b.md", SLICE("beside\n"), false, NULL},
		{"drafts/b.md", SLICE(""), false, NULL},
		{"x/a.md", SLICE("a\n"), false, NULL},
	};
	const struct commit_order order = {changes, 5,     SLICE("many"), &chair, noon,
					   0,       false, NULL,          0};
	const struct commit_change away[] = {{"x/y/z.md", SLICE(""), true, NULL},
					     {"x/a.md", SLICE(""), true, NULL}};
	const struct commit_order clear = {away, 2,     SLICE("away"), &chair, noon,
					   0,    false, NULL,          0};

	(void)state;
	sh("chmod +x work/drafts/b.md && git -C work commit -qam exec");
	assert_int_equal(commit_make(r, &order, &result, &err), ST_OK);
	assert_string_equal(
		sh_out("git -C work ls-tree -r --format='%%(objectmode) %%(path)' HEAD"),
		"100644 drafts-b.md\n100755 drafts/b.md\n100644 x/a.md\n100644 x/y/z.md");
	assert_int_equal(commit_make(r, &clear, &result, &err), ST_OK);
	assert_string_equal(sh_out("git -C work ls-tree --name-only HEAD"),
			    "drafts-b.md\ndrafts");
	assert_string_equal(sh_out("git -C work ls-files"), "drafts-b.md\ndrafts/b.md");
	assert_sound("work");
	commit_result_release(&result);
	repo_free(r);
}

static void the_first_commit_begins_the_branch(void **state)
{
	struct repo *r = NULL;
	struct commit_result result = COMMIT_RESULT_INIT;

	(void)state;
	assert_int_equal(repo_init(&r, "new", &err), ST_OK);
	assert_int_equal(try_commit(r, "drafts/a.md", "one\n", NULL, &result), ST_OK);
	assert_string_equal(result.parent, "");
	assert_string_equal(sh_out("git -C new log --format=%%s main"), "say it");
	assert_string_equal(sh_out("git -C new reflog -1 --format=%%gs"),
			    "commit (initial): say it");
	assert_string_equal(sh_out("git -C new status --porcelain"), " D drafts/a.md");
	assert_sound("new");
	commit_result_release(&result);
	repo_free(r);
}

static void a_change_that_changes_nothing_is_no_commit(void **state)
{
	struct repo *r = usual();
	struct commit_result result = COMMIT_RESULT_INIT;
	char before[REPO_HEX + 1], after[REPO_HEX + 1];

	(void)state;
	repo_tip(r, before, &err);
	assert_int_equal(try_commit(r, "drafts/a.md", "one\n", NULL, &result), ST_OK);
	assert_string_equal(result.id, "");
	assert_int_equal(try_commit(r, "drafts/none.md", NULL, NULL, &result), ST_OK);
	assert_string_equal(result.id, "");
	repo_tip(r, after, &err);
	assert_string_equal(before, after);
	commit_result_release(&result);
	repo_free(r);
}

static void what_another_changed_meanwhile_is_not_overwritten(void **state)
{
	struct repo *r = usual();
	struct commit_result result = COMMIT_RESULT_INIT;
	char base[REPO_HEX + 1], tip[REPO_HEX + 1];

	(void)state;
	repo_blob(r, "HEAD", "drafts/a.md", base, &err);
	sh("echo theirs >work/drafts/a.md && git -C work commit -qam theirs");
	repo_tip(r, tip, &err);
	assert_int_equal(try_commit(r, "drafts/a.md", "mine\n", base, &result), ST_CHANGED);
	assert_non_null(strstr(err.text, "drafts/a.md"));
	assert_string_equal(tip, sh_out("git -C work rev-parse HEAD"));
	assert_int_equal(try_commit(r, "drafts/b.md", "x\n", "", &result), ST_CHANGED);
	/* Another path is no hindrance, and the same text is no conflict. */
	repo_blob(r, "HEAD~1", "drafts/b.md", base, &err);
	assert_int_equal(try_commit(r, "drafts/b.md", "mine\n", base, &result), ST_OK);
	assert_string_equal(result.parent, tip);
	repo_hash(SLICE("long ago\n"), base);
	assert_int_equal(try_commit(r, "drafts/b.md", "mine\n", base, &result), ST_OK);
	assert_string_equal(result.id, "");
	commit_result_release(&result);
	repo_free(r);
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

static void what_cannot_be_committed_is_refused_in_words(void **state)
{
	struct repo *r = usual();

	(void)state;
	refuses(r, "../a.md", ST_USAGE, "not a path");
	refuses(r, ".git/hooks/pre-commit", ST_USAGE, "not a path");
	refuses(r, "drafts/.git/config", ST_USAGE, "not a path");
	refuses(r, "drafts/a.md/b.md", ST_EXISTS, "is a file");
	refuses(r, "drafts", ST_EXISTS, "a folder");
	sh("ln -s a.md work/drafts/link.md && git -C work add . && git -C work commit -qm "
	   "link");
	refuses(r, "drafts/link.md", ST_DENIED, "symbolic link");
	sh("git -C work checkout -q --detach");
	refuses(r, "drafts/a.md", ST_DENIED, "git switch");
	sh("git -C work switch -q main && git -C work rev-parse HEAD >work/.git/MERGE_HEAD");
	refuses(r, "drafts/a.md", ST_DENIED, "git merge --abort");
	repo_free(r);
	sh("rm work/.git/MERGE_HEAD && git clone -q --bare work bare");
	r = opened("bare");
	refuses(r, "drafts/a.md", ST_DENIED, "bare");
	repo_free(r);
}

static void messages_and_authors_git_cannot_hold_are_refused(void **state)
{
	struct repo *r = usual();
	struct commit_result result = COMMIT_RESULT_INIT;
	const struct commit_change change = {"drafts/a.md", SLICE("x\n"), false, NULL};
	const struct person evil = {(char *)"A\nparent 0", (char *)"a@x"};
	struct commit_order order = {&change, 1,     SLICE(" \n\n"), &chair, noon,
				     0,       false, NULL,           0};

	(void)state;
	assert_int_equal(commit_make(r, &order, &result, &err), ST_INPUT);
	order.message = SLICE("a\0b");
	assert_int_equal(commit_make(r, &order, &result, &err), ST_INPUT);
	order.message = SLICE("\xff");
	assert_int_equal(commit_make(r, &order, &result, &err), ST_INPUT);
	order.message = SLICE("fine");
	order.author = &evil;
	assert_int_equal(commit_make(r, &order, &result, &err), ST_INPUT);
	order.author = &chair;
	order.time = -5;
	assert_int_equal(commit_make(r, &order, &result, &err), ST_INPUT);
	order.time = noon;
	order.message = SLICE("\n# not a comment \n\n\nmore");
	assert_int_equal(commit_make(r, &order, &result, &err), ST_OK);
	assert_string_equal(sh_out("git -C work log -1 --format=%%B"),
			    "# not a comment\n\nmore\n");
	commit_result_release(&result);
	repo_free(r);
}

static void a_linked_working_tree_commits_on_its_own_branch(void **state)
{
	struct repo *r = usual();

	(void)state;
	repo_free(r);
	sh("git -C work worktree add -q ../side -b side && echo x >side/drafts/a.md");
	r = opened("side");
	commit_text(r, "drafts/a.md", "x\n");
	assert_string_equal(sh_out("git -C work log -1 --format=%%s side"), "say it");
	assert_string_equal(sh_out("git -C work log -1 --format=%%s main"), "first");
	assert_string_equal(sh_out("git -C side status --porcelain"), "");
	assert_string_equal(sh_out("git -C work status --porcelain"), "");
	repo_free(r);
}

static void packed_branches_are_moved_too(void **state)
{
	struct repo *r = usual();

	(void)state;
	sh("git -C work pack-refs --all --prune && git -C work gc -q");
	commit_text(r, "drafts/a.md", "x\n");
	assert_string_equal(sh_out("git -C work log --format=%%s"), "say it\nfirst");
	assert_sound("work");
	repo_free(r);
}

static void a_locked_index_is_a_warning_and_the_commit_stands(void **state)
{
	struct repo *r = usual();
	struct commit_result result = COMMIT_RESULT_INIT;

	(void)state;
	put_file("work/.git/index.lock", "");
	assert_int_equal(try_commit(r, "drafts/a.md", "x\n", NULL, &result), ST_OK);
	assert_non_null(strstr(str_text(&result.warning), "git reset -q -- 'drafts/a.md'"));
	assert_string_equal(result.id, sh_out("git -C work rev-parse HEAD"));
	assert_int_equal(access("work/.git/index.lock", F_OK), 0);
	sh("rm work/.git/index.lock");
	commit_result_release(&result);
	repo_free(r);
}

static void a_split_index_follows_by_the_git_program(void **state)
{
	struct repo *r = usual();

	(void)state;
	sh("git -C work update-index --split-index && git -C work config core.fsmonitor 'touch "
	   "%s/ran'",
	   scratch());
	put_file("work/drafts/a.md", "x\n");
	commit_text(r, "drafts/a.md", "x\n");
	commit_text(r, "drafts/b.md", NULL);
	assert_int_not_equal(access("ran", F_OK), 0);
	sh("git -C work config --unset core.fsmonitor");
	assert_string_equal(sh_out("git -C work diff --cached --name-only"), "");
	assert_string_equal(sh_out("git -C work status --porcelain"), "?? drafts/b.md");
	repo_free(r);
}

static void edits_made_just_before_are_still_seen_by_git(void **state)
{
	struct repo *r = usual();

	(void)state;
	/* Same size, same second as the index: git must look at it again. */
	for (int i = 0; i < 5; i++) {
		sh("cd work && printf 'be%d\\n' >drafts/b.md && git add drafts/b.md && "
		   "printf 'wa%d\\n' >drafts/b.md",
		   i, i);
		put_file("work/drafts/a.md", i % 2 ? "x\n" : "y\n");
		commit_text(r, "drafts/a.md", i % 2 ? "x\n" : "y\n");
		assert_string_equal(sh_out("sleep 0.05; git -C work status --porcelain"),
				    "MM drafts/b.md");
	}
	repo_free(r);
}

static void a_full_disk_is_a_failure_and_the_branch_stays(void **state)
{
	struct repo *r = usual();
	char before[REPO_HEX + 1];
	pid_t child;
	int status;

	(void)state;
	repo_tip(r, before, &err);
	for (rlim_t most = 0; most < 240; most += 40) {
		child = fork();
		if (child == 0) {
			struct commit_result result = COMMIT_RESULT_INIT;
			const struct rlimit limit = {most, most};
			int rc;

			signal(SIGXFSZ, SIG_IGN);
			setrlimit(RLIMIT_FSIZE, &limit);
			rc = try_commit(r, "drafts/a.md", "no room for this\n", NULL, &result);
			_exit(rc == ST_OK ? 0 : 1);
		}
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(WIFEXITED(status));
		if (WEXITSTATUS(status) == 0) {
			assert_string_equal(sh_out("git -C work log -1 --format=%%s"),
					    "say it");
			sh("git -C work update-ref refs/heads/main %s", before);
		}
		assert_string_equal(before, sh_out("git -C work rev-parse HEAD"));
		sh("git -C work read-tree HEAD");
	}
	assert_sound("work");
	repo_free(r);
}

/* ---- at once ---- */

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

#define QUICKLY(name)    cmocka_unit_test_setup_teardown(name, quick_setup, teardown)
#define HURRIED(name)    cmocka_unit_test_setup_teardown(name, hurried_setup, teardown)
#define IN_SCRATCH(name) cmocka_unit_test_setup_teardown(name, scratch_setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(a_commit_holds_these_bytes_and_says_who_and_when),
		IN_SCRATCH(each_thing_is_synced_once_and_the_branch_last),
		QUICKLY(reflogs_are_written_as_git_writes_them),
		QUICKLY(nothing_else_is_swept_in),
		QUICKLY(several_paths_make_one_commit),
		QUICKLY(the_first_commit_begins_the_branch),
		QUICKLY(a_change_that_changes_nothing_is_no_commit),
		QUICKLY(what_another_changed_meanwhile_is_not_overwritten),
		QUICKLY(what_cannot_be_committed_is_refused_in_words),
		QUICKLY(messages_and_authors_git_cannot_hold_are_refused),
		QUICKLY(a_linked_working_tree_commits_on_its_own_branch),
		QUICKLY(packed_branches_are_moved_too),
		HURRIED(a_locked_index_is_a_warning_and_the_commit_stands),
		QUICKLY(a_split_index_follows_by_the_git_program),
		QUICKLY(edits_made_just_before_are_still_seen_by_git),
		QUICKLY(a_full_disk_is_a_failure_and_the_branch_stays),
		QUICKLY(four_processes_on_several_drafts_lose_nothing),
		QUICKLY(four_processes_on_one_draft_lose_nothing),
		QUICKLY(gits_own_commits_beside_ours_lose_nothing),
		HURRIED(a_killed_adref_locks_nobody_out),
		HURRIED(lock_files_of_a_killed_adref_are_cleared),
		HURRIED(lock_files_of_others_are_left_alone),
		QUICKLY(an_index_that_a_killed_adref_left_behind_is_caught_up),
		IN_SCRATCH(an_interrupt_waits_until_the_commit_is_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
