/* SPDX-License-Identifier: MIT */
#include "support_repo.h"

#include "store/history.h"
#include "store/repo.h"

#include <stdio.h>
#include <string.h>

static struct error err;

/* A function "put PATH TEXT" for the shell, that commits one file at a new minute. */
#define PUT                                                                                    \
	"n=${n:-0}; put() { n=$((n+1)); mkdir -p work/drafts; echo \"$2\" >>work/$1; "         \
	"git -C work add -A; GIT_AUTHOR_DATE=\"$((1700000000+n*60)) +0100\" "                  \
	"GIT_COMMITTER_DATE=\"$((1700000000+n*60)) +0100\" git -C work commit -qm \"$2\"; }; "

/* The subjects of the walk, as git log prints them. */
static void walk(struct repo *r, const char *path, size_t budget, struct str *out)
{
	struct version c = VERSION_INIT;
	struct history_walk *w = NULL;
	int rc;

	assert_int_equal(history_walk_new(&w, r, "HEAD", path, &err), ST_OK);
	while ((rc = history_walk_next(w, budget, &c, &err)) > 0)
		if (rc == HISTORY_FOUND)
			str_addf(out, "%s%.8s", out->len ? "\n" : "", c.id);
	assert_int_equal(rc, HISTORY_END);
	version_release(&c);
	history_walk_free(w);
}

static void assert_as_git(struct repo *r, const char *dir, const char *path)
{
	struct str got = STR_INIT, again = STR_INIT;

	walk(r, path, 1, &got);
	walk(r, path, 1000, &again);
	assert_string_equal(str_text(&got), str_text(&again));
	assert_string_equal(str_text(&got),
			    sh_out("git -C %s log --abbrev=8 --format=%%h -- %s", dir, path));
	str_release(&got);
	str_release(&again);
}

static void assert_last_as_git(struct repo *r, const char *dir, const char *const *paths,
			       size_t n, size_t budget)
{
	struct history_last *h = NULL;

	assert_int_equal(history_last_new(&h, r, "HEAD", paths, n, &err), ST_OK);
	while (history_last_step(h, budget, &err) == HISTORY_MORE)
		;
	for (size_t i = 0; i < n; i++) {
		const struct history_entry *e = history_last_of(h, i);
		struct str line = STR_INIT;

		if (e->found)
			str_addf(&line, "%s %s %lld %s", e->id, e->author, (long long)e->time,
				 e->subject);
		assert_string_equal(
			str_text(&line),
			sh_out("git -C %s log -1 --format='%%H %%an %%at %%s' -- %s", dir,
			       paths[i]));
		str_release(&line);
	}
	history_last_free(h);
}

static void a_path_has_the_commits_that_git_log_lists(void **state)
{
	static const char *const paths[] = {"drafts/a.md",     "drafts/b.md",
					    "top.md",          "drafts/gone.md",
					    "drafts/never.md", "none/at/all.md"};
	struct repo *r;

	(void)state;
	sh("git init -q work && " PUT
	   "put drafts/a.md a1; put drafts/b.md b1; put top.md t1; put drafts/gone.md g1; "
	   "put drafts/a.md a2; rm work/drafts/gone.md; put drafts/b.md b2; put drafts/a.md "
	   "a3");
	r = opened("work");
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++)
		assert_as_git(r, "work", paths[i]);
	assert_last_as_git(r, "work", paths, 6, 1);
	assert_last_as_git(r, "work", paths, 6, 1000);
	repo_free(r);
}

static void merges_are_simplified_as_git_does(void **state)
{
	static const char *const paths[] = {"drafts/a.md", "drafts/b.md", "drafts/c.md",
					    "drafts/d.md"};
	struct repo *r;

	(void)state;
	sh("git init -q work && " PUT
	   "put drafts/a.md a1; put drafts/b.md b1; put drafts/c.md c1; "
	   "git -C work switch -qc side; put drafts/a.md a2; put drafts/d.md d1; "
	   "git -C work switch -q main; put drafts/b.md b2; put drafts/c.md c2; "
	   "git -C work merge -q --no-ff -m merge side; "
	   "git -C work switch -qc other HEAD^; put drafts/a.md other; "
	   "git -C work switch -q main; git -C work merge -q -s ours -m ours other; "
	   "git -C work merge-base HEAD other >/dev/null; "
	   "git -C work switch -qc third HEAD~1; put drafts/b.md third; "
	   "git -C work switch -q main; put drafts/b.md b3; "
	   "git -C work merge -q -X ours -m both third >/dev/null || (cd work && git commit "
	   "-qam both)");
	r = opened("work");
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++)
		assert_as_git(r, "work", paths[i]);
	assert_last_as_git(r, "work", paths, 4, 2);
	repo_free(r);
}

static void clocks_that_go_back_lose_no_path(void **state)
{
	static const char *const paths[] = {"drafts/a.md", "drafts/b.md", "drafts/c.md"};
	struct repo *r;

	(void)state;
	sh("git init -q work && " PUT
	   "put drafts/a.md a1; n=500; put drafts/b.md b1; n=1; git -C work switch -qc side; "
	   "put drafts/c.md c1; n=900; put drafts/c.md c2; n=3; git -C work switch -q main; "
	   "put drafts/a.md a2; n=100; put drafts/a.md a3; git -C work merge -q -m m side");
	r = opened("work");
	assert_last_as_git(r, "work", paths, 3, 1);
	repo_free(r);
}

static void random_histories_are_read_as_git_reads_them(void **state)
{
	static const char *const paths[] = {"drafts/a.md", "drafts/b.md", "c.md"};
	struct prng random = prng_make(11);
	struct str script = STR_INIT;
	struct repo *r;

	(void)state;
	str_add_text(&script, "git init -q work && " PUT "put drafts/a.md x0; put c.md x1; ");
	for (int i = 2; i < 30; i++) {
		if (prng_one_in(&random, 4))
			str_addf(&script,
				 "git -C work branch b%d HEAD; git -C work switch -q b%d; ", i,
				 i);
		if (prng_one_in(&random, 4))
			str_addf(&script,
				 "git -C work merge -q --no-ff -X theirs -m m%d $(git -C work "
				 "for-each-ref --format='%%(refname)' refs/heads | sed -n %dp) "
				 ">/dev/null 2>&1 || true; ",
				 i, (int)prng_below(&random, 4) + 1);
		if (prng_one_in(&random, 5))
			str_add_text(&script, "git -C work switch -q main; ");
		str_addf(&script, "put %s x%d; ", paths[prng_below(&random, 3)], i);
	}
	str_add_text(&script,
		     "git -C work switch -q main; git -C work merge -q -X ours -m end $(git "
		     "-C work for-each-ref --format='%(refname)' refs/heads | tail -1) "
		     ">/dev/null 2>&1 || git -C work merge --abort; true");
	sh("%s", str_text(&script));
	r = opened("work");
	for (size_t i = 0; i < 3; i++)
		assert_as_git(r, "work", paths[i]);
	assert_last_as_git(r, "work", paths, 3, 3);
	repo_free(r);
	str_release(&script);
}

static void a_shallow_clone_ends_where_it_was_cut(void **state)
{
	static const char *const paths[] = {"drafts/a.md", "drafts/b.md"};
	struct history_walk *w = NULL;
	struct history_last *h = NULL;
	struct version c = VERSION_INIT;
	struct repo *r;

	(void)state;
	sh("git init -q work && " PUT
	   "put drafts/a.md a1; put drafts/b.md b1; put drafts/b.md b2; put drafts/b.md b3; "
	   "git clone -q --depth 2 file://%s/work shallow",
	   scratch());
	r = opened("shallow");
	assert_as_git(r, "shallow", "drafts/b.md");
	assert_int_equal(history_walk_new(&w, r, "HEAD", "drafts/b.md", &err), ST_OK);
	assert_false(history_walk_was_cut(w));
	while (history_walk_next(w, 9, &c, &err) > 0)
		;
	assert_true(history_walk_was_cut(w));
	assert_int_equal(history_last_new(&h, r, "HEAD", paths, 2, &err), ST_OK);
	assert_int_equal(history_last_step(h, 99, &err), HISTORY_END);
	assert_true(history_last_of(h, 0)->found && history_last_of(h, 0)->cut);
	assert_true(history_last_of(h, 1)->found && !history_last_of(h, 1)->cut);
	history_last_free(h);
	history_walk_free(w);
	version_release(&c);
	repo_free(r);
}

static void a_repository_without_a_commit_has_no_history(void **state)
{
	static const char *const paths[] = {"drafts/a.md"};
	struct repo *r = NULL;
	struct str out = STR_INIT;
	struct history_last *h = NULL;

	(void)state;
	assert_int_equal(repo_init(&r, "new", &err), ST_OK);
	walk(r, "drafts/a.md", 5, &out);
	assert_int_equal(out.len, 0);
	assert_int_equal(history_last_new(&h, r, "HEAD", paths, 1, &err), ST_OK);
	assert_int_equal(history_last_step(h, 5, &err), HISTORY_END);
	assert_false(history_last_of(h, 0)->found);
	history_last_free(h);
	repo_free(r);
}

static void a_damaged_history_is_an_error_not_an_end(void **state)
{
	struct history_walk *w = NULL;
	struct version c = VERSION_INIT;
	struct repo *r;
	int rc;

	(void)state;
	sh("git init -q work && " PUT
	   "put drafts/a.md 1; put drafts/b.md 2; put drafts/b.md 3; "
	   "cd work && rm -f .git/objects/$(git rev-parse HEAD~1 | sed 's,^..,&/,')");
	r = opened("work");
	assert_int_equal(history_walk_new(&w, r, "HEAD", "drafts/a.md", &err), ST_OK);
	while ((rc = history_walk_next(w, 9, &c, &err)) > 0)
		;
	assert_int_equal(rc, ST_FAIL);
	assert_non_null(strstr(err.text, "git fsck"));
	history_walk_free(w);
	version_release(&c);
	repo_free(r);
}

static bool is_subject(const struct version *c, void *arg)
{
	return slice_is(version_subject(c), arg);
}

static void a_commit_is_found_with_its_texts(void **state)
{
	struct history_search what = {
		.path = "drafts/a.md", .match = is_subject, .arg = (void *)"two"};
	struct version c = VERSION_INIT;
	struct str text = STR_INIT;
	struct repo *r;

	(void)state;
	sh("git init -q work && " PUT "put drafts/a.md one; put drafts/a.md two; "
	   "put drafts/b.md two; put drafts/a.md three");
	r = opened("work");
	assert_int_equal(history_find(r, &what, &c, &err), ST_OK);
	assert_string_equal(c.id, sh_out("git -C work rev-parse HEAD~2"));
	assert_string_equal(c.author.email, "ana@example.org");
	assert_int_equal(c.time, 1700000120);
	assert_int_equal(c.offset, 60);
	assert_int_equal(c.n_parents, 1);
	assert_string_equal(c.parents[0], sh_out("git -C work rev-parse HEAD~3"));
	assert_string_equal(str_text(&c.message), "two\n");
	assert_int_equal(repo_read_blob(r, c.files[0].before, 99, &text, &err), ST_OK);
	assert_slice_is(str_slice(&text), "one\n");
	str_clear(&text);
	assert_int_equal(repo_read_blob(r, c.files[0].blob, 99, &text, &err), ST_OK);
	assert_slice_is(str_slice(&text), "one\ntwo\n");
	what.changes = 1;
	assert_int_equal(history_find(r, &what, &c, &err), ST_MISSING);
	what.changes = 0;
	what.commits = 2;
	assert_int_equal(history_find(r, &what, &c, &err), ST_TOO_LARGE);
	what.commits = 3;
	assert_int_equal(history_find(r, &what, &c, &err), ST_OK);
	what.commits = 0;
	what.arg = (void *)"no";
	assert_int_equal(history_find(r, &what, &c, &err), ST_MISSING);
	assert_int_equal(history_read(r, "main~3", "drafts/a.md", &c, &err), ST_OK);
	assert_string_equal(c.files[0].before, "");
	assert_int_equal(c.n_parents, 0);
	assert_int_equal(history_read(r, "main~3", NULL, &c, &err), ST_OK);
	assert_int_equal(c.n_files, 0);
	str_release(&text);
	version_release(&c);
	repo_free(r);
}

#define IN_SCRATCH(name) cmocka_unit_test_setup_teardown(name, scratch_setup, repo_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(a_path_has_the_commits_that_git_log_lists),
		IN_SCRATCH(merges_are_simplified_as_git_does),
		IN_SCRATCH(clocks_that_go_back_lose_no_path),
		IN_SCRATCH(random_histories_are_read_as_git_reads_them),
		IN_SCRATCH(a_shallow_clone_ends_where_it_was_cut),
		IN_SCRATCH(a_repository_without_a_commit_has_no_history),
		IN_SCRATCH(a_damaged_history_is_an_error_not_an_end),
		IN_SCRATCH(a_commit_is_found_with_its_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
