/* SPDX-License-Identifier: MIT */
#include "store/init.h"

#include "core/bracket.h"
#include "store/workspace.h"
#include "tempdir.h"

static struct error err;
static struct init_list list;

static int end(void **state)
{
	init_list_release(&list);
	return temp_end(state);
}

static void a_new_workspace_is_sane(void **state)
{
	struct workspace ws;
	struct parties six;

	(void)state;
	assert_int_equal(init_files(temp_path("new/ws"), &list, &err), 0);
	assert_int_equal(list.n, 3);
	assert_string_equal(list.v[2], "drafts/example.md");
	for (size_t i = 0; i < list.n; i++) {
		char name[200];

		snprintf(name, sizeof(name), "new/ws/%s", list.v[i]);
		assert_true(temp_has(name));
	}
	assert_int_equal(workspace_open(&ws, temp_path("new/ws"), &err), 0);
	assert_int_equal(ws.problems.n, 0);
	assert_int_equal(ws.n, 1);
	assert_int_equal(ws.meetings.n, 0);
	/* The same parties as where there is no file. */
	parties_init_regions(&six);
	assert_int_equal(ws.parties.n, six.n);
	for (size_t i = 0; i < six.n; i++) {
		assert_string_equal(ws.parties.v[i].code, six.v[i].code);
		assert_string_equal(ws.parties.v[i].organisation, six.v[i].organisation);
		assert_int_equal(ws.parties.v[i].n_aliases, six.v[i].n_aliases);
		for (size_t k = 0; k < six.v[i].n_aliases; k++)
			assert_string_equal(ws.parties.v[i].aliases[k], six.v[i].aliases[k]);
	}
	parties_release(&six);
	workspace_release(&ws);
}

static void the_example_shows_every_kind_of_bracket(void **state)
{
	struct workspace ws;
	struct brackets b;
	struct str text = STR_INIT;
	size_t kinds[4] = {0};

	(void)state;
	assert_int_equal(init_files(temp_path("ws"), &list, &err), 0);
	assert_int_equal(workspace_open(&ws, temp_path("ws"), &err), 0);
	assert_int_equal(file_read(ws.root, ws.v[0].path, 100000, &text, NULL, &err), 0);
	brackets_read(&b, str_slice(&text), &ws.parties);
	for (size_t i = 0; i < b.n_points; i++)
		kinds[b.points[i].kind]++;
	assert_int_equal(b.n_points, 6);
	assert_int_equal(b.n_problems, 0);
	assert_int_equal(kinds[KIND_OPTIONAL], 2);
	assert_int_equal(kinds[KIND_ALTERNATIVES], 2);
	assert_int_equal(kinds[KIND_PLACEHOLDER], 1);
	assert_int_equal(kinds[KIND_BLOCK], 1);
	assert_int_equal(b.skips[SKIP_NUMBER], 1);
	brackets_release(&b);
	str_release(&text);
	workspace_release(&ws);
}

static void nothing_is_ever_overwritten(void **state)
{
	(void)state;
	temp_dirs("ws");
	temp_dirs("ws/drafts");
	temp_put("ws/drafts/mine.md", "mine");
	assert_int_equal(init_files(temp_path("ws"), &list, &err), ST_EXISTS);
	assert_int_equal(list.n, 0);
	assert_int_equal(temp_count("ws/drafts"), 1);
	temp_dirs("two");
	temp_put("two/drafts", "a file");
	assert_int_equal(init_files(temp_path("two"), &list, &err), ST_DENIED);
	assert_file("two/drafts", "a file");
	temp_dirs("three");
	temp_dirs("out");
	assert_int_equal(symlink("../out", temp_path("three/drafts")), 0);
	assert_int_equal(init_files(temp_path("three"), &list, &err), ST_DENIED);
	assert_int_equal(temp_count("out"), 0);
}

static void an_empty_drafts_and_other_files_are_no_hindrance(void **state)
{
	(void)state;
	temp_dirs("ws");
	temp_dirs("ws/drafts");
	temp_put("ws/README", "x");
	assert_int_equal(init_files(temp_path("ws"), &list, &err), 0);
	assert_int_equal(temp_count("ws/drafts"), 3);
}

#define ON_DISK(test) cmocka_unit_test_setup_teardown(test, temp_begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_DISK(a_new_workspace_is_sane),
		ON_DISK(the_example_shows_every_kind_of_bracket),
		ON_DISK(nothing_is_ever_overwritten),
		ON_DISK(an_empty_drafts_and_other_files_are_no_hindrance),
	};

	return cmocka_run_group_tests_name("init", tests, NULL, NULL);
}
