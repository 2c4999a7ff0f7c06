/* SPDX-License-Identifier: MIT */
#include "support_repo.h"

#include "store/repo.h"
#include "store/trust.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static struct error err;

static struct repo *usual(void)
{
	struct repo *r = NULL;

	sh("git init -q work && mkdir work/drafts && printf 'one\\n' >work/drafts/a.md && "
	   "git -C work add . && git -C work commit -qm first");
	assert_int_equal(repo_open(&r, "work", &err), ST_OK);
	return r;
}

static void nobody_is_trusted_until_the_user_says_so(void **state)
{
	struct repo *r = usual();

	(void)state;
	assert_false(trust_ask(r, "state/adref/trusted"));
	assert_int_equal(trust_add(r, "state/adref/trusted", &err), ST_OK);
	assert_true(trust_ask(r, "state/adref/trusted"));
	assert_int_equal(trust_add(r, "state/adref/trusted", &err), ST_OK);
	assert_string_equal(sh_out("wc -l <state/adref/trusted"), "1");
	sh("git -C work commit -q --allow-empty -m later");
	assert_true(trust_ask(r, "state/adref/trusted"));
	assert_int_equal(trust_remove(r, "state/adref/trusted", &err), ST_OK);
	assert_false(trust_ask(r, "state/adref/trusted"));
	assert_int_equal(trust_remove(r, "state/adref/trusted", &err), ST_OK);
	repo_free(r);
}

static void another_repository_in_the_same_place_is_not_trusted(void **state)
{
	struct repo *r = usual();

	(void)state;
	assert_int_equal(trust_add(r, "trusted", &err), ST_OK);
	repo_free(r);
	r = NULL;
	sh("rm -rf work && git init -q work && git -C work commit -q --allow-empty -m other");
	assert_int_equal(repo_open(&r, "work", &err), ST_OK);
	assert_false(trust_ask(r, "trusted"));
	repo_free(r);
}

static void the_same_repository_elsewhere_is_not_trusted(void **state)
{
	struct repo *r = usual();

	(void)state;
	assert_int_equal(trust_add(r, "trusted", &err), ST_OK);
	repo_free(r);
	r = NULL;
	sh("cp -r work other");
	assert_int_equal(repo_open(&r, "other", &err), ST_OK);
	assert_false(trust_ask(r, "trusted"));
	assert_int_equal(trust_add(r, "trusted", &err), ST_OK);
	repo_free(r);
	assert_string_equal(sh_out("wc -l <trusted"), "2");
}

static void a_list_that_others_can_write_trusts_nobody(void **state)
{
	struct repo *r = usual();

	(void)state;
	assert_int_equal(trust_add(r, "trusted", &err), ST_OK);
	assert_int_equal(chmod("trusted", 0622), 0);
	assert_false(trust_ask(r, "trusted"));
	assert_int_equal(trust_add(r, "trusted", &err), ST_DENIED);
	repo_free(r);
}

static void an_empty_repository_cannot_be_trusted_yet(void **state)
{
	struct repo *r = NULL;

	(void)state;
	assert_int_equal(repo_init(&r, "new", &err), ST_OK);
	assert_int_equal(trust_add(r, "trusted", &err), ST_MISSING);
	assert_false(trust_ask(r, "trusted"));
	repo_free(r);
}

static void the_list_is_among_the_users_state(void **state)
{
	struct str path = STR_INIT;

	(void)state;
	setenv("XDG_STATE_HOME", "/some/state", 1);
	assert_int_equal(trust_path(&path, &err), ST_OK);
	assert_string_equal(str_text(&path), "/some/state/adref/trusted");
	unsetenv("XDG_STATE_HOME");
	setenv("HOME", "/some/home", 1);
	str_clear(&path);
	assert_int_equal(trust_path(&path, &err), ST_OK);
	assert_string_equal(str_text(&path), "/some/home/.local/state/adref/trusted");
	unsetenv("HOME");
	assert_int_equal(trust_path(&path, &err), ST_MISSING);
	str_release(&path);
}

#define IN_SCRATCH(name) cmocka_unit_test_setup_teardown(name, scratch_setup, repo_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(nobody_is_trusted_until_the_user_says_so),
		IN_SCRATCH(another_repository_in_the_same_place_is_not_trusted),
		IN_SCRATCH(the_same_repository_elsewhere_is_not_trusted),
		IN_SCRATCH(a_list_that_others_can_write_trusts_nobody),
		IN_SCRATCH(an_empty_repository_cannot_be_trusted_yet),
		IN_SCRATCH(the_list_is_among_the_users_state),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
