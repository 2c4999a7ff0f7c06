/* SPDX-License-Identifier: MIT */
#include "support_repo.h"

#include "core/mem.h"
#include "store/version.h"

#include <string.h>

static struct error err;

static struct version some(size_t n_files)
{
	struct version v = VERSION_INIT;

	v.parents = mem_zalloc(2 * sizeof(*v.parents));
	v.n_parents = 1;
	memset(v.parents[0], 'a', REPO_HEX);
	v.author.name = mem_strdup("Ana");
	v.author.email = mem_strdup("ana@example.org");
	str_add_text(&v.message, "res-31: a word\n\nAnd why.\n");
	v.files = mem_zalloc((n_files + 1) * sizeof(*v.files));
	for (; v.n_files < n_files; v.n_files++)
		v.files[v.n_files].path = mem_strdup("drafts/res-31.md");
	v.files[0].was = mem_strdup("drafts/31.md");
	return v;
}

static void a_copy_has_everything_of_its_own(void **state)
{
	struct version v = some(2), copy = some(1);

	(void)state;
	version_copy(&copy, &v);
	version_release(&v);
	assert_int_equal(copy.n_parents, 1);
	assert_int_equal(copy.parents[0][REPO_HEX - 1], 'a');
	assert_string_equal(copy.author.email, "ana@example.org");
	assert_int_equal(copy.n_files, 2);
	assert_string_equal(copy.files[0].was, "drafts/31.md");
	assert_null(copy.files[1].was);
	assert_slice_is(version_subject(&copy), "res-31: a word");
	version_release(&copy);
	assert_int_equal(version_subject(&copy).len, 0);
}

static void of_the_files_the_first_can_be_kept_alone(void **state)
{
	struct version v = some(2);

	(void)state;
	version_keep_first(&v);
	assert_int_equal(v.n_files, 1);
	assert_non_null(v.files[0].path);
	version_keep_first(&v);
	assert_int_equal(v.n_files, 1);
	version_release(&v);
}

static void the_day_is_the_authors(void **state)
{
	struct version v = {.time = 1700000000, .offset = 0}; /* 22:13 */
	char day[16];

	(void)state;
	version_day(&v, day);
	assert_string_equal(day, "2023-11-14");
	v.offset = 120;
	version_day(&v, day);
	assert_string_equal(day, "2023-11-15");
	v.time = INT64_MAX - 86400;
	version_day(&v, day);
	assert_string_equal(day, "?");
}

static void only_texts_are_read(void **state)
{
	struct str text = STR_INIT;
	struct repo *r = NULL;

	(void)state;
	sh("git init -q work && cd work && printf 'one' >a && printf 'o\\000e' >b && "
	   "head -c 17000000 /dev/zero | tr '\\000' a >c && git add . && git commit -qm m");
	assert_int_equal(repo_open(&r, "work", &err), ST_OK);
	str_add_text(&text, "before ");
	assert_int_equal(version_read(r, sh_out("git -C work rev-parse :a"), &text, &err),
			 ST_OK);
	assert_int_equal(version_read(r, sh_out("git -C work rev-parse :b"), &text, &err),
			 ST_INPUT);
	assert_int_equal(version_read(r, sh_out("git -C work rev-parse :c"), &text, &err),
			 ST_TOO_LARGE);
	assert_int_equal(
		version_read(r, "0123456789012345678901234567890123456789", &text, &err),
		ST_FAIL);
	assert_string_equal(str_text(&text), "before one");
	str_release(&text);
	repo_free(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_copy_has_everything_of_its_own),
		cmocka_unit_test(of_the_files_the_first_can_be_kept_alone),
		cmocka_unit_test(the_day_is_the_authors),
		cmocka_unit_test_setup_teardown(only_texts_are_read, scratch_setup,
						repo_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
