/* SPDX-License-Identifier: MIT */
#include "support_git.h"

#include "store/named.h"

#include <string.h>

static struct error err;
static struct meetings calendar;
static struct repo *repo;

#define CALENDAR                                                                               \
	"meetings:\n"                                                                          \
	"  - {code: RPM-EUR, name: a, dates: [2026-06-15, 2026-06-17]}\n"                      \
	"  - {code: IRM-1, name: b, dates: [2026-09-14, 2026-09-15]}\n"                        \
	"  - {code: IRM-2, name: c, dates: [2026-12-07, 2026-12-08]}\n"                        \
	"  - {code: WCC, name: d}\n"                                                           \
	"  - {code: beef, name: e, dates: [2026-09-14, 2026-09-14]}\n"

/* on DAY MESSAGE: a commit of what lies in the folder; write WORDS: the draft. */
#define BEGIN                                                                                  \
	"g() { git -C work \"$@\"; }; write() { mkdir -p work/drafts; "                        \
	"echo \"$1\" >work/drafts/${2:-a}.md; }; "                                             \
	"on() { g add -A; GIT_AUTHOR_DATE=\"$1T12:00:00+0000\" "                               \
	"GIT_COMMITTER_DATE=\"$1T12:00:00+0000\" g commit -q --allow-empty -m \"$2\"; }; "     \
	"test -d work || git init -q work; "

static void made(const char *script)
{
	struct str all = STR_INIT;

	str_addf(&all, BEGIN "%s", script);
	sh("%s", str_text(&all));
	str_release(&all);
	assert_int_equal(repo_open(&repo, "work", &err), ST_OK);
	assert_int_equal(meetings_read(SLICE(CALENDAR), &calendar, NULL, &err), ST_OK);
}

static int teardown(void **state)
{
	repo_free(repo);
	repo = NULL;
	meetings_release(&calendar);
	repo_shutdown();
	return scratch_teardown(state);
}

static void assert_text(const char *name, const char *text)
{
	struct named_ask ask = {.r = repo, .calendar = &calendar, .path = "drafts/a.md"};
	struct str got = STR_INIT;
	struct named n;

	if (named_read(&n, &ask, name, 1000, &got, &err) != ST_OK)
		fail_msg("%s: %s", name, err.text);
	assert_string_equal(str_text(&got), text);
	named_release(&n);
	str_release(&got);
}

static void assert_none(const char *name, const char *words)
{
	struct named_ask ask = {.r = repo, .calendar = &calendar, .path = "drafts/a.md"};
	struct str got = STR_INIT;
	struct named n;

	assert_int_equal(named_read(&n, &ask, name, 1000, &got, &err), ST_MISSING);
	if (!strstr(err.text, words))
		fail_msg("%s: %s", name, err.text);
	named_release(&n);
	str_release(&got);
}

static void a_meeting_is_the_last_version_of_its_days(void **state)
{
	(void)state;
	made("write 0; on 2026-06-01 first; write 1; on 2026-06-16 one; write 2; on 2026-06-17 "
	     "two; write 3; on 2026-07-01 three; write 4; on 2026-09-15 four; echo x "
	     ">work/other; on 2026-10-01 other");
	assert_text("RPM-EUR", "2\n");
	assert_text("rpm-eur", "2\n");
	assert_text("RPM-EUR~1", "1\n");
	assert_text("IRM-1", "4\n");
	assert_text("IRM-1^", "3\n");
	assert_text("HEAD~5", "0\n");
	assert_none("IRM-2", "IRM-2 has no version yet: nothing is committed since it began on "
			     "2026-12-07");
	assert_none("WCC", "gives it no dates");
	assert_none("IRM-7", "no such revision, meeting or day");
}

static void a_day_is_its_last_version_or_the_nearest_before(void **state)
{
	struct named_ask ask = {.r = NULL, .calendar = &calendar, .path = "drafts/a.md"};
	struct named n;

	(void)state;
	made("write 0 old; on 2026-06-01 first; g mv drafts/old.md drafts/a.md; "
	     "on 2026-06-02 renamed; write 1; on 2026-06-16 one; write 2; on 2026-06-16 two; "
	     "g tag 2026-01-31; write 3; on 1970-01-01 clock; write 4; on 2026-07-01 four; "
	     "echo x >work/other; on 2026-10-01 other");
	ask.r = repo;
	assert_text("2026-06-16", "2\n");
	assert_text("2026-06-16~1", "1\n");
	assert_text("2026-06-30", "2\n");
	assert_text("2026-06-01", "0\n");
	assert_text("2099-12-31", "4\n");
	/* Other things that are called so. */
	assert_text("2026-01-31", "2\n");
	assert_none("1969-12-31", "1969-12-31 has no version: the history begins later");
	assert_none("2026-06-31", "no such revision, meeting or day");
	assert_int_equal(named_find(&n, &ask, "2026-06-30", &err), ST_OK);
	assert_string_equal(str_text(&n.note),
			    "2026-06-30: the last version before is of 2026-06-16");
	named_release(&n);
	assert_int_equal(named_find(&n, &ask, "2026-07-01", &err), ST_OK);
	assert_int_equal(n.note.len, 0);
	named_release(&n);
}

static void a_meeting_that_left_a_draft_alone_has_its_text(void **state)
{
	(void)state;
	made("write 0; on 2026-06-01 first; echo x >work/other; on 2026-09-20 other; write 1; "
	     "on 2026-10-01 late");
	assert_text("RPM-EUR", "0\n");
	assert_text("IRM-1", "0\n");
}

static void a_meeting_line_counts_more_than_the_day(void **state)
{
	(void)state;
	made("write 0; on 2026-09-14 first; write 1; on 2026-09-17 \"entered later\n\nMeeting: "
	     "IRM-1\"; write 2; on 2026-09-18 between; write 3; on 2026-12-01 \"early\n\n"
	     "Meeting: IRM-2\"; write 4; on 2026-12-20 after");
	assert_text("IRM-1", "1\n");
	assert_text("IRM-2", "3\n");
}

static void a_tag_comes_first_and_what_it_leaves_out_is_said(void **state)
{
	struct named_ask ask = {.r = NULL, .calendar = &calendar, .path = "drafts/a.md"};
	struct named n;

	(void)state;
	made("write 0; on 2026-09-14 first; g tag IRM-1; write 1; on 2026-09-15 second; write "
	     "2; "
	     "on 2026-12-08 third; g tag IRM-2");
	ask.r = repo;
	assert_text("IRM-1", "0\n");
	assert_int_equal(named_find(&n, &ask, "IRM-1", &err), ST_OK);
	assert_true(strstr(str_text(&n.note), "IRM-1 is taken as the tag of that name"));
	named_release(&n);
	assert_int_equal(named_find(&n, &ask, "IRM-2", &err), ST_OK);
	assert_int_equal(n.note.len, 0);
	named_release(&n);
}

static void the_main_line_comes_before_branches(void **state)
{
	(void)state;
	made("write 0; on 2026-06-01 first; g branch eur; write 1; on 2026-09-14 chair; g "
	     "switch "
	     "-q eur; write 5; on 2026-09-15 region; write 6; on 2026-10-01 \"said\n\nMeeting: "
	     "beef\"; g switch -q -; write 2; on 2026-10-02 between; "
	     "g merge -q -s ours -m merge eur");
	assert_text("IRM-1", "1\n");
	/* What only a branch says it is of. */
	assert_text("beef", "6\n");
}

static void a_renamed_draft_is_found_under_its_name_of_then(void **state)
{
	struct named_ask ask = {.r = NULL, .calendar = &calendar, .path = "drafts/a.md"};
	struct named n;

	(void)state;
	made("write 0 old; on 2026-06-16 first; write 1 old; on 2026-06-17 second; "
	     "g mv drafts/old.md drafts/a.md; on 2026-09-14 renamed");
	ask.r = repo;
	assert_text("RPM-EUR", "1\n");
	assert_text("HEAD~2", "0\n");
	assert_int_equal(named_find(&n, &ask, "RPM-EUR", &err), ST_OK);
	assert_string_equal(str_text(&n.path), "drafts/old.md");
	named_release(&n);
}

static void a_draft_that_was_not_there_is_said_so(void **state)
{
	(void)state;
	made("write 0 b; on 2026-06-16 first; write 0; on 2026-09-14 second");
	assert_none("RPM-EUR",
		    "RPM-EUR:a.md: the draft was not there; the log says when it was");
	repo_free(repo);
	repo = NULL;
	meetings_release(&calendar);
	made("g checkout -q --orphan other; g rm -rqf .; echo x >work/x; on 2026-09-14 alone");
	assert_none("RPM-EUR", "the history begins later");
}

static void all_drafts_have_a_version_too(void **state)
{
	struct named_ask ask = {
		.r = NULL, .calendar = &calendar, .path = "drafts", .folder = true};
	struct named n;

	(void)state;
	made("write 0; on 2026-09-14 first; write 1 b; on 2026-09-15 second; write 2; on "
	     "2026-10-01 third");
	ask.r = repo;
	assert_int_equal(named_find(&n, &ask, "IRM-1", &err), ST_OK);
	assert_string_equal(n.id, sh_out("git -C work rev-parse HEAD~1"));
	named_release(&n);
}

/* Says no from the n-th time on. */
static bool goes_on(void *arg)
{
	int *left = arg;

	return *left > 0 && (*left)-- > 0;
}

static void looking_for_a_meeting_stops_when_asked(void **state)
{
	int left = 0;
	struct named_ask ask = {
		.calendar = &calendar, .path = "drafts/a.md", .step = goes_on, .arg = &left};
	struct named n;

	(void)state;
	made("write 0; on 2026-09-14 first; for i in 1 2 3 4 5; do write $i; on 2026-12-1$i x; "
	     "done");
	ask.r = repo;
	for (int most = 0; most < 4; most++) {
		left = most;
		assert_int_equal(named_find(&n, &ask, "IRM-1", &err), ST_FAIL);
		assert_string_equal(err.text, "stopped");
		named_release(&n);
	}
	left = 1000;
	assert_int_equal(named_find(&n, &ask, "IRM-1", &err), ST_OK);
	named_release(&n);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_meeting_is_the_last_version_of_its_days,
						scratch_setup, teardown),
		cmocka_unit_test_setup_teardown(a_day_is_its_last_version_or_the_nearest_before,
						scratch_setup, teardown),
		cmocka_unit_test_setup_teardown(a_meeting_that_left_a_draft_alone_has_its_text,
						scratch_setup, teardown),
		cmocka_unit_test_setup_teardown(a_meeting_line_counts_more_than_the_day,
						scratch_setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_tag_comes_first_and_what_it_leaves_out_is_said, scratch_setup,
			teardown),
		cmocka_unit_test_setup_teardown(the_main_line_comes_before_branches,
						scratch_setup, teardown),
		cmocka_unit_test_setup_teardown(a_renamed_draft_is_found_under_its_name_of_then,
						scratch_setup, teardown),
		cmocka_unit_test_setup_teardown(a_draft_that_was_not_there_is_said_so,
						scratch_setup, teardown),
		cmocka_unit_test_setup_teardown(all_drafts_have_a_version_too, scratch_setup,
						teardown),
		cmocka_unit_test_setup_teardown(looking_for_a_meeting_stops_when_asked,
						scratch_setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
