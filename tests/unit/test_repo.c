/* SPDX-License-Identifier: MIT */
#include "support_repo.h"

#include "store/repo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static struct error err;

/* A repository "work" with one commit of drafts/a.md. */
static struct repo *usual(void)
{
	sh("git init -q work && mkdir work/drafts && printf 'one\\n' >work/drafts/a.md && "
	   "git -C work add . && git -C work commit -qm first");
	return opened("work");
}

static bool says(const struct repo_state *s, const char *what)
{
	const char *word;

	for (size_t i = 0; (word = repo_state_word(s, i)); i++)
		if (strstr(word, what))
			return true;
	return false;
}

static void a_usual_repository_has_nothing_to_explain(void **state)
{
	struct repo *r = usual();
	struct repo_state s;
	char hex[REPO_HEX + 1];

	(void)state;
	repo_state(r, &s);
	assert_int_equal(s.head, REPO_ON_BRANCH);
	assert_string_equal(s.branch, "main");
	assert_true(repo_state_can_commit(&s));
	assert_null(repo_state_word(&s, 0));
	assert_int_equal(repo_tip(r, hex, &err), ST_OK);
	assert_string_equal(hex, sh_out("git -C work rev-parse HEAD"));
	repo_free(r);
}

static void it_is_found_from_a_file_below(void **state)
{
	struct repo *r = usual(), *below;

	(void)state;
	repo_free(r);
	below = opened("work/drafts/a.md");
	assert_non_null(strstr(repo_work_dir(below), "/work/"));
	repo_free(below);
	below = opened("work/drafts/not-there/yet.md");
	assert_non_null(strstr(repo_work_dir(below), "/work/"));
	repo_free(below);
}

static void where_there_is_none_it_is_missing(void **state)
{
	struct repo *r = NULL;

	(void)state;
	setenv("GIT_CEILING_DIRECTORIES", "/tmp", 1);
	assert_int_equal(repo_open(&r, scratch(), &err), ST_MISSING);
	assert_null(r);
}

static void init_makes_a_repository_on_main(void **state)
{
	struct repo *r = NULL, *again = NULL;
	struct repo_state s;
	char hex[REPO_HEX + 1];

	(void)state;
	assert_int_equal(repo_init(&r, "new/deep", &err), ST_OK);
	repo_state(r, &s);
	assert_int_equal(s.head, REPO_UNBORN);
	assert_string_equal(s.branch, "main");
	assert_true(repo_state_can_commit(&s));
	assert_true(says(&s, "no commit yet"));
	assert_int_equal(repo_tip(r, hex, &err), ST_MISSING);
	assert_int_equal(repo_init(&again, "new/deep", &err), ST_EXISTS);
	assert_string_equal(sh_out("git -C new/deep symbolic-ref HEAD"), "refs/heads/main");
	repo_free(r);
}

static void unusual_states_are_explained(void **state)
{
	struct repo *r = usual();
	struct repo_state s;

	(void)state;
	sh("git -C work checkout -q --detach && touch work/.git/index.lock");
	repo_state(r, &s);
	assert_int_equal(s.head, REPO_DETACHED);
	assert_true(s.index_locked);
	assert_false(repo_state_can_commit(&s));
	assert_true(says(&s, "git switch main"));
	assert_true(says(&s, "index.lock"));
	sh("rm work/.git/index.lock && git -C work switch -q main && "
	   "git -C work rev-parse HEAD >work/.git/MERGE_HEAD");
	repo_state(r, &s);
	assert_int_equal(s.operation, REPO_MERGING);
	assert_false(repo_state_can_commit(&s));
	assert_true(says(&s, "git merge --abort"));
	repo_free(r);
}

/* Found by hand, it is what libgit2 finds. */
static void assert_is_there(struct repo *r, const char *folder)
{
	struct str path = STR_INIT, found = STR_INIT;

	str_addf(&path, "%s/%s", scratch(), folder);
	assert_true(repo_where(str_text(&path), &found));
	str_add_char(&found, '/');
	assert_string_equal(str_text(&found), repo_git_dir(r));
	str_release(&path);
	str_release(&found);
}

static void bare_shallow_linked_and_submodule_are_told_apart(void **state)
{
	struct repo *r = usual();
	struct repo_state s;

	(void)state;
	repo_free(r);
	sh("git -C work commit -q --allow-empty -m second && git clone -q --bare work bare && "
	   "git clone -q --depth 1 file://%s/work shallow && "
	   "git -C work worktree add -q ../linked -b side && git init -q outer && "
	   "git -C outer -c protocol.file.allow=always submodule --quiet add %s/work sub && "
	   "git init -q --separate-git-dir=apart.git apart",
	   scratch(), scratch());

	r = opened("bare");
	repo_state(r, &s);
	assert_true(s.bare);
	assert_false(repo_state_can_commit(&s));
	assert_null(repo_work_dir(r));
	assert_true(says(&s, "git clone"));
	repo_free(r);

	r = opened("shallow");
	repo_state(r, &s);
	assert_true(s.shallow && !s.bare && !s.linked && !s.submodule);
	assert_is_there(r, "shallow/drafts");
	assert_true(says(&s, "--unshallow"));
	repo_free(r);

	r = opened("linked");
	repo_state(r, &s);
	assert_true(s.linked && !s.submodule && !s.separate);
	assert_string_equal(s.branch, "side");
	assert_string_not_equal(repo_git_dir(r), repo_common_dir(r));
	assert_is_there(r, "linked/drafts/");
	repo_free(r);

	r = opened("outer/sub");
	repo_state(r, &s);
	assert_true(s.submodule && !s.linked && !s.separate);
	assert_is_there(r, "outer/sub");
	repo_free(r);

	r = opened("apart");
	repo_state(r, &s);
	assert_true(s.separate && !s.submodule && !s.linked);
	assert_is_there(r, "apart");
	repo_free(r);
}

/* What opening comes to, in both working trees, with an extension set. */
static int refused_for(const char *extension, const char *value)
{
	struct repo *r = NULL;
	int rc;

	sh("git -C work config extensions.%s %s", extension, value);
	rc = repo_open(&r, "work", &err);
	assert_int_equal(repo_open(&r, "linked", &err), rc);
	sh("sed -i '/extensions/,$d' work/.git/config");
	return rc;
}

static void formats_it_cannot_read_are_named(void **state)
{
	struct repo *r = usual();

	(void)state;
	repo_free(r);
	r = NULL;
	sh("git init -q --object-format=sha256 sha256");
	assert_int_equal(repo_open(&r, "sha256", &err), ST_INPUT);
	assert_non_null(strstr(err.text, "a sha256 repository"));
	sh("git -C work worktree add -q ../linked -b side && "
	   "git -C work config core.repositoryFormatVersion 1");
	assert_int_equal(refused_for("partialClone", "origin"), ST_INPUT);
	assert_non_null(strstr(err.text, "linked: a partial clone"));
	assert_int_equal(refused_for("refStorage", "reftable"), ST_INPUT);
	assert_non_null(strstr(
		err.text, "linked: its branches are in another store (extensions.refstorage)"));
	assert_non_null(strstr(err.text, "git refs migrate"));
	assert_int_equal(refused_for("compatObjectFormat", "sha1"), ST_INPUT);
	sh("printf '[includeIf \"gitdir:/\"]\\n\\tpath = more\\n[extensions]\\n\\tnone\\n' "
	   ">>work/.git/config && printf '[a]\\n\\tb = c\\n' >work/.git/more");
	assert_int_equal(repo_open(&r, "work/drafts", &err), ST_INPUT);
	assert_non_null(strstr(err.text, "extensions.none"));
	sh("sed -i 's/formatversion = 1/formatversion = 2/i' work/.git/config");
	assert_int_equal(repo_open(&r, "linked", &err), ST_INPUT);
	assert_non_null(strstr(err.text, "repositoryformatversion 2"));
	assert_null(r);
	sh("sed -i 's/formatversion = 2/formatversion = 0/i' work/.git/config");
	repo_free(opened("linked")); /* as git does: that version has none */
}

/* By a process of its own: looking at extensions, libgit2 1.5 loses what it looks with. */
static void assert_opens(const char *path)
{
	struct repo *r = NULL;
	int status = 0;
	pid_t pid = fork();

	if (pid == 0)
		_exit(repo_open(&r, path, &err) == ST_OK ? 0 : 1);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static void formats_that_change_nothing_for_it_are_read(void **state)
{
	(void)state;
	repo_free(usual());
	sh("git -C work worktree add -q ../linked -b side && "
	   "git -C work config core.repositoryFormatVersion 1");
	sh("printf '[extensions]\\n\\tworktreeConfig\\n\\tpreciousObjects = true\\n"
	   "\\trelativeWorktrees\\n\\tobjectFormat = sha1\\n\\tnoop = x\\n' "
	   ">>work/.git/config");
	assert_opens("work/drafts");
	assert_opens("linked");
	/* As git writes them where they are relative. */
	sh("echo gitdir: ../work/.git/worktrees/linked >linked/.git && "
	   "echo ../../../../linked/.git >work/.git/worktrees/linked/gitdir");
	assert_opens("linked");
}

static void assert_author(const char *path, const char *name)
{
	struct repo *r = opened(path);
	struct person p;

	assert_int_equal(repo_author(r, &p, &err), ST_OK);
	assert_string_equal(p.name, name);
	person_release(&p);
	repo_free(r);
}

/* What `git sparse-checkout` and `git config --worktree` leave there. */
static void a_working_tree_has_configuration_of_its_own(void **state)
{
	struct repo *r = usual();

	(void)state;
	repo_free(r);
	sh("git -C work worktree add -q ../linked -b side && "
	   "git -C work config extensions.worktreeConfig true && "
	   "git -C work config user.name All && "
	   "git -C linked config --worktree user.name Own && "
	   "git -C work sparse-checkout set drafts");
	assert_author("work", "All");
	assert_author("linked", "Own");
	r = NULL;
	/* It cannot say that the files are elsewhere: git would work there, and libgit2 here.
	 */
	sh("mkdir other && git -C work config --worktree core.worktree ../../other");
	assert_int_equal(repo_open(&r, "work", &err), ST_INPUT);
	assert_non_null(strstr(err.text, "config.worktree: says"));
	sh("git -C work config --worktree core.worktree ../../work");
	repo_free(opened("work"));
	sh("git -C work config --worktree --unset core.worktree");
	sh("git -C work config --worktree core.bare true");
	assert_int_equal(repo_open(&r, "work", &err), ST_INPUT);
	assert_null(r);
	sh("git -C work config extensions.worktreeConfig false");
	repo_free(opened("work"));
}

static void another_users_repository_is_refused_until_it_is_called_safe(void **state)
{
	struct repo *r = usual();

	(void)state;
	repo_free(r);
	r = NULL;
	if (geteuid() != 0)
		skip();
	sh("chown -R 12345 work");
	assert_int_equal(repo_open(&r, "work/drafts", &err), ST_DENIED);
	assert_non_null(strstr(err.text, "safe.directory"));
	assert_non_null(strstr(err.text, "/work'"));
	assert_non_null(strstr(err.text, "12345"));
	sh("git config --global --add safe.directory %s/work", scratch());
	repo_free(opened("work/drafts"));
	/* Also where the environment names the user's configuration. */
	sh("mv home/.gitconfig other");
	assert_int_equal(repo_open(&r, "work", &err), ST_DENIED);
	repo_shutdown();
	setenv("GIT_CONFIG_GLOBAL", "other", 1);
	repo_free(opened("work"));
}

/* Opens "work" with what the command did to it, and takes that back. */
static void expect_refused(const char *how, const char *why, const char *back)
{
	struct repo *r = NULL;

	sh("%s", how);
	assert_int_equal(repo_open(&r, "work/drafts/a.md", &err), ST_DENIED);
	assert_non_null(strstr(err.text, why));
	sh("%s", back);
	repo_free(opened("work"));
}

static void pipes_and_links_in_a_git_directory_are_refused(void **state)
{
	(void)state;
	repo_free(usual());
	sh("mkdir -p outside/heads");
	expect_refused("mkfifo work/.git/info/grafts", "info/grafts",
		       "rm work/.git/info/grafts");
	expect_refused("mv work/.git/config kept && mkfifo work/.git/config", "config",
		       "mv -f kept work/.git/config");
	expect_refused("ln -s ../../outside work/.git/adref", ".git/adref: leads out",
		       "rm work/.git/adref");
	expect_refused(
		"mkdir work/.git/adref && ln -s ../../../outside work/.git/adref/journal",
		"adref/journal: leads out", "rm -r work/.git/adref");
	expect_refused("git -C work switch -qc a/b/c && rm -rf work/.git/logs/refs/heads/a && "
		       "mkdir -p work/.git/logs/refs/heads/a && "
		       "ln -s ../../../../../../outside work/.git/logs/refs/heads/a/b",
		       "heads/a/b: leads out", "rm work/.git/logs/refs/heads/a/b");
	expect_refused("ln -s ../../../../../outside/log work/.git/logs/refs/heads/other",
		       "heads/other: leads out", "rm work/.git/logs/refs/heads/other");
	expect_refused(
		"mv work/.git/index outside/ && ln -s ../../outside/index work/.git/index",
		".git/index: leads out", "mv -f outside/index work/.git/index");
	expect_refused("mv work/.git kept && mkfifo kept/config.worktree && "
		       "echo 'gitdir: ../kept' >work/.git",
		       "config.worktree",
		       "rm work/.git kept/config.worktree && mv kept work/.git");
	/* Hooks may lie elsewhere, and a link that stays inside is no harm. */
	sh("rm -rf work/.git/hooks && ln -s ../../outside work/.git/hooks");
	sh("mkdir work/.git/mine && ln -s mine work/.git/adref");
	repo_free(opened("work"));
}

/* Adds lines to the configuration, which are to be refused; and takes them away. */
static void expect_names_refused(const char *lines, const char *why)
{
	struct str how = STR_INIT;

	sh("cp work/.git/config kept");
	str_addf(&how, "printf '%%b' '%s' >>work/.git/config", lines);
	expect_refused(str_text(&how), why, "mv kept work/.git/config");
	str_release(&how);
}

static void pipes_that_the_configuration_names_are_refused(void **state)
{
	(void)state;
	repo_free(usual());
	sh("mkfifo pipe work/.git/pipe work/top");
	sh("printf '[core]\n\texcludesFile = %s/pipe\n' >work/.git/more", scratch());
	expect_names_refused("[include]\n\tpath = pipe\n", "include.path names");
	expect_names_refused("[include] path = \"../../\\\\\\npi\"pe ; why\r\n",
			     "include.path names");
	expect_names_refused("[INCLUDE] Path=../../pipe#", "include.path names");
	expect_names_refused("[includeIf \"gitdir:a\\\\\"]b\"]\npath = pipe\n",
			     "includeif.path names");
	expect_names_refused("[x]\n[include]\nother\n= bad\npath = more\n",
			     "core.excludesfile names");
	expect_names_refused("[core]\nattributesFile = top\n", "core.attributesfile names");
	expect_names_refused("[gpg \"ssh\"]\nallowedSignersFile = pipe\n",
			     "gpg.allowedsignersfile names");
	/* As much as it would take for ever to read. */
	sh("for i in 1 2 3 4 5 6 7 8 9; do for j in 1 2 3 4 5 6 7 8; do "
	   "printf '[include]\npath = n%%s\n' $((i + 1)); done >work/.git/n$i; done");
	expect_names_refused("[include]\npath = n1\n", "includes more than");
	/* What waits for nobody, and what is not there. */
	sh("printf '[core]\nexcludesFile = /dev/null\nattributesFile = none\n[include]\n"
	   "path = /dev/null\npath = none\n[other]\npath = pipe\n' >>work/.git/config");
	repo_free(opened("work"));
}

static void pipes_that_attributes_would_be_read_from_are_refused(void **state)
{
	static const char *const places[] = {"", "drafts/", "drafts/x/"};
	struct repo *r = usual();
	enum repo_change change;

	(void)state;
	sh("mkdir work/drafts/x && cd work && echo one >drafts/x/a.md && git add . && "
	   "git commit -qm x && echo two >drafts/x/a.md");
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
		sh("mkfifo work/%s.gitattributes", places[i]);
		assert_int_equal(repo_changed(r, "drafts/x/a.md", &change, &err), ST_DENIED);
		assert_non_null(strstr(err.text, ".gitattributes: is no ordinary file"));
		sh("rm work/%s.gitattributes", places[i]);
	}
	sh("mkdir work/drafts/y && mkfifo work/drafts/y/.gitattributes");
	assert_int_equal(repo_changed(r, "drafts/x/a.md", &change, &err), ST_OK);
	assert_int_equal(change, REPO_MODIFIED);
	repo_free(r);
}

static void bytes_are_read_as_they_are_and_only_up_to_a_limit(void **state)
{
	struct repo *r = usual();
	struct str out = STR_INIT;
	char hex[REPO_HEX + 1], tip[REPO_HEX + 1];

	(void)state;
	assert_int_equal(repo_read(r, "HEAD", "drafts/a.md", 4, &out, &err), ST_OK);
	assert_slice_is(str_slice(&out), "one\n");
	assert_int_equal(repo_read(r, "HEAD", "drafts/a.md", 3, &out, &err), ST_TOO_LARGE);
	assert_int_equal(repo_read(r, "HEAD", "drafts/b.md", 9, &out, &err), ST_MISSING);
	assert_int_equal(repo_read(r, "HEAD", "drafts/a.md/x", 9, &out, &err), ST_MISSING);
	assert_int_equal(repo_read(r, "nobody", "drafts/a.md", 9, &out, &err), ST_MISSING);
	assert_int_equal(repo_read(r, "HEAD", "drafts", 9, &out, &err), ST_INPUT);
	assert_int_equal(repo_read(r, "HEAD", "../x", 9, &out, &err), ST_USAGE);
	assert_slice_is(str_slice(&out), "one\n");
	assert_int_equal(repo_blob(r, "main", "drafts/a.md", hex, &err), ST_OK);
	repo_hash(SLICE("one\n"), tip);
	assert_string_equal(hex, tip);
	str_clear(&out);
	assert_int_equal(repo_read_blob(r, hex, 9, &out, &err), ST_OK);
	assert_slice_is(str_slice(&out), "one\n");
	assert_int_equal(repo_tip(r, tip, &err), ST_OK);
	assert_int_equal(repo_read_blob(r, tip, 9999, &out, &err), ST_INPUT);
	assert_int_equal(repo_resolve(r, "main^{commit}", hex, &err), ST_OK);
	assert_string_equal(hex, tip);
	assert_int_equal(repo_resolve(r, "HEAD:drafts/a.md", hex, &err), ST_MISSING);
	str_release(&out);
	repo_free(r);
}

static void revisions_are_read_as_git_reads_them(void **state)
{
	static const char *const same[] = {
		"HEAD",       "@",
		"main",       "HEAD~1",
		"HEAD~0^0",   "main~3",
		"HEAD^",      "HEAD^2",
		"HEAD^2~1^",  "HEAD^{}",
		"v1",         "v1^{commit}",
		"heads/main", "refs/tags/v1",
		"main^1~1",   "side^{commit}",
	};
	static const char *const none[] = {"",
					   "~1",
					   "HEAD~99",
					   "HEAD^3",
					   "HEAD^{blob}",
					   "HEAD^{",
					   "HEAD~1x",
					   "nothing",
					   "-x",
					   "HEAD~99999999999",
					   "0123456789012345678901234567890123456789"};
	struct repo *r = usual();
	char hex[REPO_HEX + 1], shorter[REPO_HEX + 1];

	(void)state;
	sh("cd work && git commit -q --allow-empty -m 2 && git switch -q -c side HEAD^ && "
	   "git commit -q --allow-empty -m side && git switch -q main && "
	   "git merge -q --no-ff -m merge side && git tag -a -m v v1 HEAD^ && "
	   "git commit -q --allow-empty -m 3 && git reset -q --hard HEAD^");
	sh("cd work && git commit -q --allow-empty -m a && git merge -q -s ours -m again "
	   "$(git commit-tree -p side -m x HEAD^{tree})");
	for (size_t i = 0; i < sizeof(same) / sizeof(*same); i++) {
		if (repo_resolve(r, same[i], hex, &err) != ST_OK)
			fail_msg("%s", err.text);
		assert_string_equal(hex,
				    sh_out("git -C work rev-parse '%s^{commit}'", same[i]));
	}
	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++)
		if (repo_resolve(r, none[i], hex, &err) != ST_MISSING)
			fail_msg("%s", none[i]);
	assert_int_equal(repo_resolve(r, "HEAD", hex, &err), ST_OK);
	snprintf(shorter, sizeof(shorter), "%.12s", hex);
	assert_int_equal(repo_resolve(r, shorter, hex, &err), ST_OK);
	assert_string_equal(hex, sh_out("git -C work rev-parse HEAD"));
	repo_free(r);
}

static void a_change_is_told_from_none(void **state)
{
	struct repo *r = usual();
	enum repo_change c;

	(void)state;
	assert_int_equal(repo_changed(r, "drafts/a.md", &c, &err), ST_OK);
	assert_int_equal(c, REPO_SAME);
	put_file("work/drafts/a.md", "two\n");
	assert_int_equal(repo_changed(r, "drafts/a.md", &c, &err), ST_OK);
	assert_int_equal(c, REPO_MODIFIED);
	sh("git -C work add ."); /* staged is still not committed */
	assert_int_equal(repo_changed(r, "drafts/a.md", &c, &err), ST_OK);
	assert_int_equal(c, REPO_MODIFIED);
	put_file("work/drafts/b.md", "");
	assert_int_equal(repo_changed(r, "drafts/b.md", &c, &err), ST_OK);
	assert_int_equal(c, REPO_NEW);
	unlink("work/drafts/a.md");
	assert_int_equal(repo_changed(r, "drafts/a.md", &c, &err), ST_OK);
	assert_int_equal(c, REPO_GONE);
	assert_int_equal(repo_changed(r, "drafts/nothing.md", &c, &err), ST_OK);
	assert_int_equal(c, REPO_SAME);
	assert_int_equal(symlink("/etc/passwd", "work/drafts/a.md"), 0);
	assert_int_equal(repo_changed(r, "drafts/a.md", &c, &err), ST_INPUT);
	repo_free(r);
}

static void line_ends_that_git_would_convert_are_no_change(void **state)
{
	struct repo *r = usual();
	enum repo_change c;

	(void)state;
	put_file("work/drafts/a.md", "one\r\n");
	assert_int_equal(repo_changed(r, "drafts/a.md", &c, &err), ST_OK);
	assert_int_equal(c, REPO_MODIFIED);
	sh("git -C work config core.autocrlf true");
	repo_free(r);
	r = opened("work");
	assert_int_equal(repo_changed(r, "drafts/a.md", &c, &err), ST_OK);
	assert_int_equal(c, REPO_SAME);
	repo_free(r);
}

static void no_program_of_the_repositorys_configuration_is_run(void **state)
{
	struct repo *r = usual();
	enum repo_change c;

	(void)state;
	sh("printf '*.md filter=evil diff=evil\\n' >work/.gitattributes && cd work && "
	   "git config filter.evil.clean 'touch %s/ran; cat' && "
	   "git config filter.evil.required true && git config core.fsmonitor 'touch %s/ran'",
	   scratch(), scratch());
	repo_free(r);
	r = opened("work");
	put_file("work/drafts/a.md", "two\n");
	assert_int_equal(repo_changed(r, "drafts/a.md", &c, &err), ST_OK);
	assert_int_equal(c, REPO_MODIFIED);
	assert_int_not_equal(access("ran", F_OK), 0);
	repo_free(r);
}

static void paths_are_made_relative_to_the_repository(void **state)
{
	struct repo *r = usual();
	struct str path = STR_INIT;
	char absolute[400];

	(void)state;
	assert_int_equal(repo_path(r, "work/drafts/a.md", &path, &err), ST_OK);
	assert_string_equal(str_text(&path), "drafts/a.md");
	str_clear(&path);
	snprintf(absolute, sizeof(absolute), "%s/work/drafts/../new.md", scratch());
	assert_int_equal(repo_path(r, absolute, &path, &err), ST_OK);
	assert_string_equal(str_text(&path), "new.md");
	assert_int_equal(symlink("work/drafts", "link"), 0);
	str_clear(&path);
	assert_int_equal(repo_path(r, "link/a.md", &path, &err), ST_OK);
	assert_string_equal(str_text(&path), "drafts/a.md");
	str_clear(&path);
	sh("mkdir workshop && mkdir -p work/.git/x");
	assert_int_equal(repo_path(r, "workshop/a.md", &path, &err), ST_USAGE);
	assert_int_equal(repo_path(r, "work/.git/config", &path, &err), ST_USAGE);
	assert_int_equal(repo_path(r, "work/drafts/..", &path, &err), ST_USAGE);
	assert_int_equal(repo_path(r, "work/nowhere/a.md", &path, &err), ST_MISSING);
	assert_int_equal(path.len, 0);
	str_release(&path);
	repo_free(r);
}

static void insane_paths_are_known(void **state)
{
	static const char *const bad[] = {"",    "/a",  "a/",     "a//b",     "../a", "a/../b",
					  "./a", "a/.", ".git/x", "a/.GIT/b", "..",   "a\nb"};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_false(repo_path_is_sane(bad[i]));
	assert_true(repo_path_is_sane("drafts/res-31.md"));
	assert_true(repo_path_is_sane(".gitignore"));
	assert_true(repo_path_is_sane("..a/b.."));
}

static void own_keys_are_kept_in_the_repository(void **state)
{
	static const char *const values[] = {"RPM-AFR", " blank ; both # ends ",
					     "\"quoted\" \\ é", ""};
	struct repo *r = usual();
	struct str value = STR_INIT;

	(void)state;
	sh("git config --global adref.meeting elsewhere");
	assert_int_equal(repo_config_get(r, "adref.meeting", &value, &err), ST_MISSING);
	for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++) {
		assert_int_equal(repo_config_set(r, "adref.meeting", values[i], &err), ST_OK);
		str_clear(&value);
		assert_int_equal(repo_config_get(r, "adref.meeting", &value, &err), ST_OK);
		assert_string_equal(str_text(&value), values[i]);
		assert_string_equal(sh_out("git -C work config adref.meeting"), values[i]);
	}
	assert_int_equal(repo_config_set(r, "adref.meeting", "two\nlines", &err), ST_INPUT);
	assert_int_equal(repo_config_set(r, "core.hooksPath", "x", &err), ST_USAGE);
	assert_int_equal(repo_config_set(r, "adref.a.b", "x", &err), ST_USAGE);
	assert_int_equal(repo_config_set(r, "adref.meeting", NULL, &err), ST_OK);
	assert_int_equal(repo_config_set(r, "adref.meeting", NULL, &err), ST_OK);
	assert_int_equal(repo_config_get(r, "adref.meeting", &value, &err), ST_MISSING);
	str_release(&value);
	repo_free(r);
}

static void the_author_is_gits(void **state)
{
	struct repo *r = usual();
	struct person p;

	(void)state;
	assert_int_equal(repo_author(r, &p, &err), ST_OK);
	assert_string_equal(p.name, "Ana Chair");
	assert_string_equal(p.email, "ana@example.org");
	person_release(&p);
	sh("git -C work config user.name 'Ana <Evil>'");
	assert_int_equal(repo_author(r, &p, &err), ST_INPUT);
	assert_int_equal(repo_set_author(r, "Bea", "bea@example.org", REPO_HERE, &err), ST_OK);
	assert_int_equal(repo_author(r, &p, &err), ST_OK);
	assert_string_equal(p.name, "Bea");
	person_release(&p);
	setenv("GIT_AUTHOR_NAME", "Env", 1);
	assert_int_equal(repo_author(r, &p, &err), ST_OK);
	assert_string_equal(p.name, "Env");
	person_release(&p);
	repo_free(r);
}

static void a_missing_author_can_be_set_for_all_repositories(void **state)
{
	struct repo *r = usual();
	struct person p;

	(void)state;
	repo_free(r);
	sh("rm home/.gitconfig");
	r = opened("work");
	assert_int_equal(repo_author(r, &p, &err), ST_MISSING);
	assert_non_null(strstr(err.text, "git config"));
	assert_int_equal(repo_set_author(r, "Bea\nevil", "b@x", REPO_EVERYWHERE, &err),
			 ST_INPUT);
	assert_int_equal(repo_set_author(r, "Bea", "b@x", REPO_EVERYWHERE, &err), ST_OK);
	assert_string_equal(sh_out("git config --global user.name"), "Bea");
	assert_int_equal(repo_author(r, &p, &err), ST_OK);
	assert_string_equal(p.email, "b@x");
	person_release(&p);
	repo_free(r);
}

static void the_environment_may_name_the_users_configuration(void **state)
{
	struct repo *r = usual();
	struct person p;

	(void)state;
	repo_free(r);
	repo_shutdown();
	setenv("GIT_CONFIG_GLOBAL", "other", 1);
	put_file("other", "[user]\nname=Other\nemail=o@x\n");
	r = opened("work");
	assert_int_equal(repo_author(r, &p, &err), ST_OK);
	assert_string_equal(p.name, "Other");
	person_release(&p);
	assert_int_equal(repo_set_author(r, "New", "n@x", REPO_EVERYWHERE, &err), ST_OK);
	assert_string_equal(sh_out("git config --file other user.name"), "New");
	repo_free(r);
}

static void people_git_cannot_store_are_refused(void **state)
{
	char longer[400];

	(void)state;
	memset(longer, 'a', sizeof(longer));
	longer[sizeof(longer) - 1] = '\0';
	assert_int_equal(person_check("Zoë O’Hara", "z@x", &err), ST_OK);
	assert_int_equal(person_check("a\nb", "z@x", &err), ST_INPUT);
	assert_int_equal(person_check("a", "z@x>", &err), ST_INPUT);
	assert_int_equal(person_check("", "z@x", &err), ST_INPUT);
	assert_int_equal(person_check(" ., ", "z@x", &err), ST_INPUT);
	assert_int_equal(person_check("a\x1b[2J", "z@x", &err), ST_INPUT);
	assert_int_equal(person_check("\xff", "z@x", &err), ST_INPUT);
	assert_int_equal(person_check(longer, "z@x", &err), ST_INPUT);
}

#define IN_SCRATCH(name) cmocka_unit_test_setup_teardown(name, scratch_setup, repo_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(a_usual_repository_has_nothing_to_explain),
		IN_SCRATCH(it_is_found_from_a_file_below),
		IN_SCRATCH(where_there_is_none_it_is_missing),
		IN_SCRATCH(init_makes_a_repository_on_main),
		IN_SCRATCH(unusual_states_are_explained),
		IN_SCRATCH(bare_shallow_linked_and_submodule_are_told_apart),
		IN_SCRATCH(formats_it_cannot_read_are_named),
		IN_SCRATCH(formats_that_change_nothing_for_it_are_read),
		IN_SCRATCH(a_working_tree_has_configuration_of_its_own),
		IN_SCRATCH(another_users_repository_is_refused_until_it_is_called_safe),
		IN_SCRATCH(bytes_are_read_as_they_are_and_only_up_to_a_limit),
		IN_SCRATCH(revisions_are_read_as_git_reads_them),
		IN_SCRATCH(a_change_is_told_from_none),
		IN_SCRATCH(line_ends_that_git_would_convert_are_no_change),
		IN_SCRATCH(no_program_of_the_repositorys_configuration_is_run),
		IN_SCRATCH(paths_are_made_relative_to_the_repository),
		IN_SCRATCH(pipes_and_links_in_a_git_directory_are_refused),
		IN_SCRATCH(pipes_that_the_configuration_names_are_refused),
		IN_SCRATCH(pipes_that_attributes_would_be_read_from_are_refused),
		cmocka_unit_test(insane_paths_are_known),
		IN_SCRATCH(own_keys_are_kept_in_the_repository),
		IN_SCRATCH(the_author_is_gits),
		IN_SCRATCH(a_missing_author_can_be_set_for_all_repositories),
		IN_SCRATCH(the_environment_may_name_the_users_configuration),
		cmocka_unit_test(people_git_cannot_store_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
