/* SPDX-License-Identifier: MIT */
#include "support_repo.h"

#include "store/kept.h"
#include "store/repo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct kept lists = {"lists", 3, "drafts/a.md"};

/* Whose adref it is: each has a key of its own. */
static void be(const char *who)
{
	setenv("XDG_STATE_HOME", sh_out("echo $PWD/%s", who), 1);
}

static int setup(void **state)
{
	int rc = scratch_setup(state);

	be("me");
	sh("git init -q work");
	return rc;
}

static int teardown(void **state)
{
	unsetenv("XDG_STATE_HOME");
	return repo_teardown(state);
}

static bool has(struct repo *r, const struct kept *what, const char *want)
{
	struct str got = STR_INIT;
	bool is = kept_read(r, what, &got);

	if (is)
		assert_string_equal(str_text(&got), want);
	else
		assert_int_equal(got.len, 0);
	str_release(&got);
	return is;
}

static void what_was_kept_is_read_again(void **state)
{
	struct repo *r = opened("work");

	(void)state;
	assert_false(has(r, &lists, ""));
	kept_write(r, &lists, SLICE("one two"));
	assert_true(has(r, &lists, "one two"));
	kept_write(r, &lists, SLICE("three"));
	assert_true(has(r, &lists, "three"));
	assert_string_equal(sh_out("stat -c '%%a %%s' me/adref/key"), "600 32");
	assert_string_equal(sh_out("stat -c %%a me/adref work/.git/adref/lists-*"), "700\n600");
	repo_free(r);
}

static void it_is_of_one_kind_one_format_and_one_path(void **state)
{
	struct repo *r = opened("work");

	(void)state;
	kept_write(r, &lists, SLICE("one two"));
	assert_false(has(r, &(struct kept){"lists", 4, "drafts/a.md"}, ""));
	sh("cd work/.git/adref && for f in lists-*; do cp $f life-${f#lists-}; "
	   "sed 's/lists 3/life 3/' $f >life-${f#lists-}; done");
	assert_false(has(r, &(struct kept){"life", 3, "drafts/a.md"}, ""));
	/* Where that of the other path would lie. */
	kept_write(r, &(struct kept){"lists", 3, "drafts/b.md"}, SLICE("b"));
	sh("cd work/.git/adref && set -- lists-* && cp $1 x && cp $2 $1 && mv x $2");
	assert_false(has(r, &lists, ""));
	assert_false(has(r, &(struct kept){"lists", 3, "drafts/b.md"}, ""));
	repo_free(r);
}

static void a_byte_changed_anywhere_is_noticed(void **state)
{
	struct repo *r = opened("work");
	char name[200], byte;
	long size;
	FILE *f;

	(void)state;
	kept_write(r, &lists, SLICE("one two"));
	snprintf(name, sizeof(name), "%s", sh_out("echo work/.git/adref/lists-*"));
	f = fopen(name, "r+b");
	assert_non_null(f);
	fseek(f, 0, SEEK_END);
	size = ftell(f);
	for (long i = 0; i < size; i++) {
		fseek(f, i, SEEK_SET);
		assert_int_equal(fread(&byte, 1, 1, f), 1);
		for (int round = 0; round < 2; round++) {
			byte ^= 4;
			fseek(f, i, SEEK_SET);
			assert_int_equal(fwrite(&byte, 1, 1, f), 1);
			fflush(f);
			assert_true(has(r, &lists, "one two") == (round == 1));
		}
	}
	fclose(f);
	sh("printf x >>%s", name);
	assert_false(has(r, &lists, ""));
	sh("head -c 30 %s >x; cp x %s", name, name);
	assert_false(has(r, &lists, ""));
	repo_free(r);
}

static void what_a_stranger_kept_is_not_believed(void **state)
{
	struct repo *r = opened("work"), *copy;

	(void)state;
	be("stranger");
	kept_write(r, &lists, SLICE("invented"));
	assert_true(has(r, &lists, "invented"));
	be("me");
	assert_false(has(r, &lists, ""));
	kept_write(r, &lists, SLICE("mine"));
	assert_true(has(r, &lists, "mine"));
	/* Nor is my own, in a repository at another place. */
	sh("cp -a work copy");
	copy = opened("copy");
	assert_false(has(copy, &lists, ""));
	repo_free(copy);
	repo_free(r);
}

static void a_key_that_others_can_read_is_none(void **state)
{
	struct repo *r = opened("work");

	(void)state;
	kept_write(r, &lists, SLICE("mine"));
	sh("chmod 644 me/adref/key");
	assert_false(has(r, &lists, ""));
	sh("rm work/.git/adref/lists-*");
	kept_write(r, &lists, SLICE("mine"));
	assert_string_equal(sh_out("ls work/.git/adref | grep lists; stat -c %%a me/adref/key"),
			    "644");
	/* One that was cut short, or is a link. */
	sh("chmod 600 me/adref/key; head -c 9 me/adref/key >x; mv x me/adref/key");
	kept_write(r, &lists, SLICE("mine"));
	assert_false(has(r, &lists, ""));
	sh("head -c 32 /dev/zero >z; chmod 600 z; rm me/adref/key; ln -s $PWD/z me/adref/key");
	kept_write(r, &lists, SLICE("mine"));
	assert_false(has(r, &lists, ""));
	repo_free(r);
}

static void without_a_place_for_a_key_nothing_is_kept(void **state)
{
	struct repo *r = opened("work");

	(void)state;
	/* A file where the folder would be. */
	sh("touch nowhere");
	be("nowhere");
	kept_write(r, &lists, SLICE("mine"));
	assert_false(has(r, &lists, ""));
	assert_string_equal(sh_out("ls -A work/.git/adref 2>/dev/null || true"), "");
	repo_free(r);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(what_was_kept_is_read_again),
		T(it_is_of_one_kind_one_format_and_one_path),
		T(a_byte_changed_anywhere_is_noticed),
		T(what_a_stranger_kept_is_not_believed),
		T(a_key_that_others_can_read_is_none),
		T(without_a_place_for_a_key_nothing_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
