/* SPDX-License-Identifier: MIT */
#include "store/merge_file.h"

#include "store/file.h"
#include "tempdir.h"

static struct merge_outcome outcome;
static struct error why, err;

static int begin(void **state)
{
	why = err = (struct error)ERROR_INIT;
	parties_init_regions(&regions);
	return temp_begin(state);
}

static int end(void **state)
{
	parties_release(&regions);
	return temp_end(state);
}

static struct merge_file job_of(const char *base, const char *ours, const char *theirs)
{
	temp_put("ours", ours);
	temp_put("theirs", theirs);
	if (base)
		temp_put("base", base);
	return (struct merge_file){.base = temp_path("base"),
				   .ours = temp_path("ours"),
				   .theirs = temp_path("theirs"),
				   .party = {0, 5},
				   .parties = &regions};
}

static void the_result_takes_the_place_of_ours(void **state)
{
	struct merge_file job =
		job_of("one two and three\n", "one 2 and three\n", "one two and 3\n");
	struct stat st;

	(void)state;
	assert_int_equal(chmod(temp_path("ours"), 0640), 0);
	assert_int_equal(merge_file(&job, NULL, &outcome, &why, &err), 0);
	assert_file("ours", "one 2 and 3\n");
	assert_int_equal(outcome.points, 0);
	assert_int_equal(stat(temp_path("ours"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0640);
	assert_int_equal(temp_count("."), 3);
}

static void without_a_base_both_texts_are_one_point(void **state)
{
	struct merge_file job = job_of(NULL, "one\n", "two");

	(void)state;
	assert_int_equal(merge_file(&job, NULL, &outcome, &why, &err), 0);
	assert_file("ours", "[\nAFR:\none\n/\nEUR:\ntwo\n]\n");
	assert_true(outcome.whole);
	assert_int_equal(why.status, ST_MISSING);
}

static void a_file_that_both_made_has_no_base(void **state)
{
	struct merge_file job = job_of(NULL, "one\n", "two\n");

	(void)state;
	job.base = "/dev/null";
	assert_int_equal(merge_file(&job, NULL, &outcome, &why, &err), 0);
	assert_file("ours", "[AFR: one / EUR: two]\n");
	assert_false(outcome.whole);
}

static void what_is_no_text_stands_there_twice(void **state)
{
	struct merge_file job = job_of("one\n", "two\n", "");
	FILE *f = fopen(temp_path("theirs"), "w");

	(void)state;
	assert_non_null(f);
	assert_int_equal(fwrite("a\0b", 1, 3, f), 3);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(merge_file(&job, NULL, &outcome, &why, &err), 0);
	assert_true(outcome.whole);
	assert_int_equal(why.status, ST_INPUT);
	f = fopen(temp_path("ours"), "r");
	assert_non_null(f);
	char got[64];
	assert_int_equal(fread(got, 1, sizeof(got), f), 24);
	assert_memory_equal(got, "[\nAFR:\ntwo\n/\nEUR:\na\0b\n]\n", 24);
	fclose(f);
}

static void a_side_that_is_not_there_is_a_failure_and_ours_stays(void **state)
{
	struct merge_file job = job_of("one\n", "two\n", "three\n");

	(void)state;
	assert_int_equal(unlink(temp_path("theirs")), 0);
	assert_int_equal(merge_file(&job, NULL, &outcome, &why, &err), ST_MISSING);
	assert_file("ours", "two\n");
}

static void the_path_tells_yaml(void **state)
{
	struct merge_file job = job_of("a: 1\n", "a: 1\nb: 2\n", "a: 1\nc: 3\n");
	struct str out = STR_INIT;

	(void)state;
	job.path = "drafts/x/agreed.yaml";
	assert_int_equal(merge_file(&job, &out, &outcome, &why, &err), 0);
	assert_slice_is(str_slice(&out), "a: 1\nb: 2\nc: 3\n");
	assert_file("ours", "a: 1\nb: 2\n");
	str_release(&out);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(the_result_takes_the_place_of_ours),
		CASE(without_a_base_both_texts_are_one_point),
		CASE(a_file_that_both_made_has_no_base),
		CASE(what_is_no_text_stands_there_twice),
		CASE(a_side_that_is_not_there_is_a_failure_and_ours_stays),
		CASE(the_path_tells_yaml),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
