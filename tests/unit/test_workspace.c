/* SPDX-License-Identifier: MIT */
#include "store/workspace.h"

#include "tempdir.h"

static struct workspace ws;
static struct error err;
static bool is_open;

static int begin(void **state)
{
	err = (struct error)ERROR_INIT;
	is_open = false;
	if (temp_begin(state) != 0)
		return -1;
	temp_dirs("ws");
	temp_dirs("ws/drafts");
	return 0;
}

static int end(void **state)
{
	if (is_open)
		workspace_release(&ws);
	return temp_end(state);
}

static void open_at(const char *name)
{
	if (is_open)
		workspace_release(&ws);
	assert_int_equal(workspace_open(&ws, temp_path(name), &err), 0);
	is_open = true;
}

static void it_is_found_from_any_place_inside(void **state)
{
	(void)state;
	temp_dirs("ws/drafts/res-1");
	temp_dirs("ws/other");
	temp_put("ws/drafts/res-1.md", "text\n");
	open_at("ws");
	assert_string_equal(ws.root, temp_path("ws"));
	open_at("ws/drafts");
	open_at("ws/drafts/res-1.md");
	open_at("ws/drafts/new.md");
	open_at("ws/other");
	open_at("ws/drafts/res-1");
	assert_string_equal(ws.root, temp_path("ws"));
	assert_string_equal(workspace_short(&ws, ws.v[0].path), "drafts/res-1.md");
	assert_string_equal(workspace_short(&ws, "/etc/x"), "/etc/x");
}

static void the_search_ends_at_the_repository(void **state)
{
	(void)state;
	temp_dirs("ws/repo");
	temp_dirs("ws/repo/.git");
	temp_dirs("ws/repo/sub");
	assert_int_equal(workspace_open(&ws, temp_path("ws/repo/sub"), &err), ST_MISSING);
	assert_non_null(strstr(err.text, "adref init"));
	temp_dirs("ws/repo/drafts");
	open_at("ws/repo/sub");
	assert_string_equal(ws.root, temp_path("ws/repo"));
	assert_int_equal(ws.n, 0);
	assert_int_equal(ws.parties.n, 6);
}

static void drafts_come_with_what_stands_beside_them(void **state)
{
	const struct ws_draft *d;

	(void)state;
	temp_put("ws/drafts/b.md", "bb\n");
	temp_put("ws/drafts/a.2.md", "aa\n");
	temp_put("ws/drafts/README.md", "about\n");
	temp_put("ws/drafts/notes.txt", "no draft\n");
	temp_put("ws/drafts/.hidden.md", "x\n");
	temp_put("ws/drafts/un nom.md", "x\n");
	temp_dirs("ws/drafts/folder.md");
	temp_dirs("ws/drafts/b");
	temp_put("ws/drafts/b/EUR.md", "x");
	temp_put("ws/drafts/b/AFR.md", "x");
	temp_put("ws/drafts/b/base.md", "x");
	temp_put("ws/drafts/b/XYZ.md", "x");
	temp_put("ws/drafts/b/AFR.positions.yaml", "b1: {stance: none}\n");
	temp_put("ws/drafts/b/agreed.yaml", "");
	open_at("ws");
	assert_int_equal(ws.n, 2);
	assert_string_equal(ws.v[0].name, "a.2");
	assert_string_equal(ws.v[1].name, "b");
	d = workspace_find(&ws, "b");
	assert_int_equal(d->size, 3);
	assert_int_equal(d->n_texts, 2);
	assert_string_equal(d->texts[0], "AFR");
	assert_string_equal(d->texts[1], "EUR");
	assert_int_equal(d->n_positions, 1);
	assert_string_equal(d->positions[0], "AFR");
	assert_true(d->agreed);
	assert_false(d->deferred);
	assert_null(workspace_find(&ws, "README"));
	assert_int_equal(ws.problems.n, 3);
	assert_string_equal(ws.problems.v[0].file, "drafts/b/XYZ.md");
	assert_string_equal(ws.problems.v[1].file, "drafts/folder.md");
	assert_string_equal(ws.problems.v[2].file, "drafts/un nom.md");
}

static void parties_and_meetings_are_read_with_their_problems(void **state)
{
	(void)state;
	temp_put("ws/drafts/regions.yaml",
		 "parties:\n  - code: AFR\n    name: Africa\n  - code: XYZ\n");
	temp_put("ws/drafts/meetings.yaml", "meetings:\n  - {code: IRM-1, dates: "
					    "[2025-01-01]}\n  - {code: BAD, dates: soon}\n");
	open_at("ws");
	assert_int_equal(ws.parties.n, 2);
	assert_string_equal(ws.parties.v[1].code, "XYZ");
	assert_int_equal(ws.meetings.n, 2);
	assert_int_equal(ws.problems.n, 1);
	assert_string_equal(ws.problems.v[0].file, "drafts/meetings.yaml");
	assert_int_equal(ws.problems.v[0].at.line, 3);
	assert_int_equal(ws.problems.v[0].at.column, 24);
	temp_put("ws/drafts/regions.yaml", "}");
	temp_put("ws/drafts/meetings.yaml", "# none\n");
	assert_int_equal(workspace_refresh(&ws, &err), 0);
	assert_int_equal(ws.parties.n, 6);
	assert_int_equal(ws.meetings.n, 0);
	assert_int_equal(ws.problems.n, 1);
	assert_int_equal(ws.problems.v[0].at.line, 1);
	assert_memory_equal(ws.problems.v[0].at.text, "this is not YAML", 16);
}

static void what_is_no_file_of_its_own_is_no_draft(void **state)
{
	(void)state;
	temp_put("secret", "s");
	temp_put("ws/inside", "text\n");
	assert_int_equal(symlink("../../secret", temp_path("ws/drafts/out.md")), 0);
	assert_int_equal(symlink("../inside", temp_path("ws/drafts/in.md")), 0);
	assert_int_equal(symlink("nowhere", temp_path("ws/drafts/gone.md")), 0);
	assert_int_equal(mkfifo(temp_path("ws/drafts/pipe.md"), 0600), 0);
	open_at("ws");
	assert_int_equal(ws.n, 0);
	assert_int_equal(ws.problems.n, 4);
	assert_int_equal(workspace_unlisted(&ws, "in", &err), ST_INPUT);
	assert_non_null(strstr(err.text, "drafts/in.md: is a link to ../inside"));
	assert_int_equal(workspace_unlisted(&ws, "none", &err), 0);
}

static void a_refresh_that_fails_leaves_all_as_it_was(void **state)
{
	(void)state;
	temp_put("ws/drafts/a.md", "x");
	open_at("ws");
	assert_int_equal(unlink(temp_path("ws/drafts/a.md")), 0);
	assert_int_equal(rmdir(temp_path("ws/drafts")), 0);
	temp_put("ws/drafts", "a file now");
	assert_int_equal(workspace_refresh(&ws, &err), 0);
	assert_int_equal(ws.n, 0);
	assert_int_equal(unlink(temp_path("ws/drafts")), 0);
	assert_int_equal(symlink("/etc", temp_path("ws/drafts")), 0);
	assert_int_equal(workspace_refresh(&ws, &err), ST_DENIED);
}

static void the_chair_s_notes_beside_the_draft_are_read(void **state)
{
	struct agreed_list agreed;
	struct deferred_list deferred;
	struct ws_problems problems = {NULL, 0, 0};

	(void)state;
	temp_put("ws/drafts/a.md", "x");
	open_at("ws");
	assert_int_equal(workspace_agreed(&ws, "a", &agreed, NULL, &err), 0);
	assert_int_equal(agreed.n, 0);
	temp_dirs("ws/drafts/a");
	temp_put("ws/drafts/a/agreed.yaml",
		 "- {digest: \"0123456789abcdef\", begins: to continue}\n");
	assert_int_equal(workspace_agreed(&ws, "a", &agreed, NULL, &err), 0);
	assert_int_equal(agreed.n, 1);
	agreed_release(&agreed);
	temp_put("ws/drafts/a/deferred.yaml",
		 "b1: word\nb2: {reason: [\nb3: {reason: r}\nb4:\n");
	assert_int_equal(workspace_deferred(&ws, "a", &deferred, &problems, &err), 0);
	assert_non_null(deferred_find(&deferred, SLICE("b4")));
	assert_true(problems.n >= 2);
	assert_string_equal(problems.v[0].file, "drafts/a/deferred.yaml");
	deferred_release(&deferred);
	ws_problems_release(&problems);
	assert_int_equal(workspace_agreed(&ws, "..", &agreed, NULL, &err), ST_USAGE);
}

static void positions_of_a_party_are_read(void **state)
{
	struct positions p;
	struct ws_problems problems = {NULL, 0, 0};

	(void)state;
	temp_dirs("ws/drafts/a");
	temp_put("ws/drafts/a.md", "x");
	temp_put("ws/drafts/a/AFR.positions.yaml", "b1: {stance: opposes}\nb2: {stance: x}\n");
	open_at("ws");
	assert_int_equal(workspace_positions(&ws, "a", "AFR", &p, &problems, &err), 0);
	assert_int_equal(p.n, 1);
	assert_int_equal(problems.n, 1);
	positions_release(&p);
	ws_problems_release(&problems);
	assert_int_equal(workspace_positions(&ws, "a", "EUR", &p, NULL, &err), 0);
	assert_int_equal(p.n, 0);
	assert_int_equal(workspace_positions(&ws, "a", "../AFR", &p, NULL, &err), ST_USAGE);
	temp_put("ws/drafts/a/ASP.positions.yaml", "}");
	assert_int_equal(workspace_positions(&ws, "a", "ASP", &p, NULL, &err), ST_INPUT);
	assert_memory_equal(err.text, "drafts/a/ASP.positions.yaml: 1:1: ", 34);
}

static void names_are_checked(void **state)
{
	(void)state;
	assert_true(workspace_name_is_valid("res-31_Rev.2"));
	assert_false(workspace_name_is_valid(""));
	assert_false(workspace_name_is_valid("."));
	assert_false(workspace_name_is_valid(".."));
	assert_false(workspace_name_is_valid(".x"));
	assert_false(workspace_name_is_valid("-x"));
	assert_false(workspace_name_is_valid("a/b"));
	assert_false(workspace_name_is_valid("é"));
	assert_false(workspace_name_is_valid("a b"));
}

#define ON_DISK(test) cmocka_unit_test_setup_teardown(test, begin, end)

static void positions_of_all_are_read_with_what_is_wrong(void **state)
{
	struct ws_positions all;
	struct ws_problems problems = {NULL, 0, 0};

	(void)state;
	temp_dirs("ws/drafts/a");
	temp_put("ws/drafts/a.md", "x");
	temp_put("ws/drafts/a/AFR.positions.yaml", "b1: {stance: opposes}\n");
	temp_put("ws/drafts/a/ATU.positions.yaml",
		 "b1: {stance: none}\nb2: {stance: reserves}\n");
	temp_put("ws/drafts/a/ASP.positions.yaml", "}");
	temp_put("ws/drafts/a/EUR.positions.yaml", "b1: {stance: none}\n");
	open_at("ws");
	workspace_all_positions(&ws, "a", &all, &problems);
	assert_int_equal(all.n, 6);
	assert_int_equal(all.v[0].n, 2);
	assert_int_equal(positions_find(&all.v[0], SLICE("b1"))->stance, STANCE_OPPOSES);
	assert_int_equal(positions_find(&all.v[0], SLICE("b2"))->stance, STANCE_RESERVES);
	assert_int_equal(all.given[5]->n, 1);
	assert_int_equal(all.given[3]->n, 0);
	assert_int_equal(problems.n, 1);
	assert_string_equal(problems.v[0].file, "drafts/a/ASP.positions.yaml");
	assert_int_equal(problems.v[0].at.line, 1);
	assert_memory_equal(problems.v[0].at.text, "this is not YAML", 16);
	ws_problems_release(&problems);
	ws_positions_release(&all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_DISK(it_is_found_from_any_place_inside),
		ON_DISK(the_search_ends_at_the_repository),
		ON_DISK(drafts_come_with_what_stands_beside_them),
		ON_DISK(parties_and_meetings_are_read_with_their_problems),
		ON_DISK(what_is_no_file_of_its_own_is_no_draft),
		ON_DISK(a_refresh_that_fails_leaves_all_as_it_was),
		ON_DISK(the_chair_s_notes_beside_the_draft_are_read),
		ON_DISK(positions_of_a_party_are_read),
		ON_DISK(names_are_checked),
		ON_DISK(positions_of_all_are_read_with_what_is_wrong),
	};

	return cmocka_run_group_tests_name("workspace", tests, NULL, NULL);
}
