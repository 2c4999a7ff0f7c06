/* SPDX-License-Identifier: MIT */
#include "support_git.h"

#include "store/drivers.h"

#include <stdio.h>
#include <string.h>

static struct session here;

static void begin(void)
{
	struct error err = ERROR_INIT;

	sh("git init -q -b main here && mkdir here/drafts");
	put_file("here/drafts/a.md", "one [x / y] two\n");
	sh("cd here && git add -A && git commit -q -m first && git config user.name Test && "
	   "git config user.email t@example.org");
	assert_int_equal(session_open(&here, "here", &err), 0);
}

static void set(bool on, bool commits)
{
	struct commit_result result = COMMIT_RESULT_INIT;
	struct error err = ERROR_INIT;

	assert_int_equal(session_drivers(&here, on, &result, &err), 0);
	assert_int_equal(*result.id != '\0', commits);
	commit_result_release(&result);
}

static void drivers_are_set_up_once_and_taken_away(void **state)
{
	(void)state;
	begin();
	set(true, true);
	assert_non_null(strstr(sh_out("cd here && git check-attr merge drafts/a.md"), "adref"));
	assert_non_null(
		strstr(sh_out("cd here && git config merge.adref.driver"), "merge-file"));
	assert_string_equal(sh_out("cd here && git status --porcelain"), "");
	set(true, false);
	set(false, true);
	assert_int_not_equal(sh_status("cd here && git config merge.adref.driver"), 0);
	assert_null(strstr(sh_out("cd here && git check-attr merge drafts/a.md"), "adref"));
	session_release(&here);
}

static void attributes_of_others_stay(void **state)
{
	(void)state;
	begin();
	put_file("here/.gitattributes", "*.png binary\n");
	sh("cd here && git add -A && git commit -q -m attributes");
	set(true, true);
	assert_non_null(strstr(sh_out("cat here/.gitattributes"), "*.png binary"));
	set(false, true);
	assert_slice_is(get_file("here/.gitattributes"), "*.png binary\n");
	session_release(&here);
}

static void a_driver_that_is_not_there_leaves_no_side_alone(void **state)
{
	struct str command = STR_INIT;

	(void)state;
	begin();
	drivers_merge_command("/nowhere/adref", NULL, &command);
	sh("cd here && git config merge.adref.name x");
	put_file("here/driver", str_text(&command));
	sh("cd here && git config merge.adref.driver \"$(cat driver)\" && rm driver");
	put_file("here/.gitattributes", "drafts/*.md merge=adref\n");
	sh("cd here && git add -A && git commit -q -m attributes && git checkout -q -b other");
	put_file("here/drafts/a.md", "theirs of it\n");
	sh("cd here && git commit -q -a -m other && git checkout -q main");
	put_file("here/drafts/a.md", "ours of it\n");
	sh("cd here && git commit -q -a -m mine");
	assert_int_not_equal(sh_status("cd here && git merge -q other >/dev/null 2>&1"), 0);
	assert_non_null(strstr(sh_out("cat here/drafts/a.md"), "ours of it"));
	assert_non_null(strstr(sh_out("cat here/drafts/a.md"), "theirs of it"));
	assert_null(strstr(sh_out("cat here/drafts/a.md"), "<<<<<<<"));
	str_release(&command);
	session_release(&here);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(drivers_are_set_up_once_and_taken_away,
						scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(attributes_of_others_stay, scratch_setup,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(a_driver_that_is_not_there_leaves_no_side_alone,
						scratch_setup, scratch_teardown),
	};

	return cmocka_run_group_tests_name("drivers", tests, NULL, NULL);
}
