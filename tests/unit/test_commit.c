/* SPDX-License-Identifier: MIT */
#include "commit_bench.h"

#include <sys/resource.h>
#include <sys/wait.h>

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
					   0,       false, NULL,          0,      NULL};
	const struct commit_change away[] = {{"x/y/z.md", SLICE(""), true, NULL},
					     {"x/a.md", SLICE(""), true, NULL}};
	const struct commit_order clear = {away, 2,     SLICE("away"), &chair, noon,
					   0,    false, NULL,          0,      NULL};

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
				     0,       false, NULL,           0,      NULL};

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
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
