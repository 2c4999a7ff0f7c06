/* SPDX-License-Identifier: MIT */
#include "core/meeting.h"

#include "support.h"

#include <string.h>

static struct meetings got;
static struct yaml_problems problems;
static struct error err;

static int forget(void **state)
{
	(void)state;
	meetings_release(&got);
	yaml_problems_release(&problems);
	return 0;
}

static void read_text(const char *yaml)
{
	forget(NULL);
	assert_int_equal(meetings_read(slice_of(yaml), &got, &problems, &err), 0);
}

#define CALENDAR                                                                               \
	"meetings:\n"                                                                          \
	"  - {code: IRM-2, name: {fr: Deux, en: Second}, dates: [2025-05-10, 2025-05-12]}\n"   \
	"  - code: RPM-AFR\n    name: Africa\n    dates: [2025-03-29, 2025-03-30]\n"           \
	"    documents: [AFCP/12, AFCP/13]\n"                                                  \
	"  - {code: CONF, dates: 2025-11-01}\n  - {code: LATER}\n"

static void the_calendar_is_read(void **state)
{
	const struct meeting *m;

	(void)state;
	read_text(CALENDAR);
	assert_int_equal(problems.n, 0);
	assert_int_equal(got.n, 4);
	m = meetings_find(&got, "RPM-AFR");
	assert_string_equal(m->name, "Africa");
	assert_string_equal(m->first, "2025-03-29");
	assert_string_equal(m->last, "2025-03-30");
	assert_int_equal(m->n_documents, 2);
	assert_string_equal(m->documents[1], "AFCP/13");
	assert_int_equal(m->line, 3);
	assert_string_equal(meetings_find(&got, "IRM-2")->name, "Second");
	assert_string_equal(meetings_find(&got, "CONF")->last, "2025-11-01");
	assert_string_equal(meetings_find(&got, "LATER")->first, "");
	assert_null(meetings_find(&got, "irm-2"));
}

static void the_next_meeting_and_the_one_now_are_found(void **state)
{
	(void)state;
	read_text(CALENDAR);
	assert_string_equal(meetings_next(&got, "2025-01-01")->code, "RPM-AFR");
	assert_string_equal(meetings_next(&got, "2025-03-30")->code, "RPM-AFR");
	assert_string_equal(meetings_next(&got, "2025-03-31")->code, "IRM-2");
	assert_null(meetings_next(&got, "2025-11-02"));
	assert_null(meetings_at(&got, "2025-01-01"));
	assert_string_equal(meetings_at(&got, "2025-03-29")->code, "RPM-AFR");
	assert_string_equal(meetings_at(&got, "2025-04-20")->code, "RPM-AFR");
	assert_string_equal(meetings_at(&got, "2025-05-11")->code, "IRM-2");
}

static void what_makes_no_sense_is_named(void **state)
{
	(void)state;
	read_text("title: x\nmeetings:\n  - {name: nameless}\n  - word\n  - {code: A, dates: "
		  "[2025-02-30, 2025-01-01]}\n  - {code: A}\n  - {code: B, dates: [2025-02-02, "
		  "2025-02-01], place: Geneva}\n");
	assert_int_equal(got.n, 2);
	assert_string_equal(got.v[0].first, "2025-01-01");
	assert_string_equal(got.v[1].last, "2025-02-02");
	assert_int_equal(problems.n, 7);
	assert_int_equal(problems.v[0].line, 1);
	read_text("meetings: none\n");
	assert_int_equal(problems.n, 1);
	read_text("");
	assert_int_equal(got.n + problems.n, 0);
}

static void days_of_the_calendar_are_told_from_others(void **state)
{
	(void)state;
	assert_true(date_is_valid(SLICE("2024-02-29")));
	assert_false(date_is_valid(SLICE("2025-02-29")));
	assert_true(date_is_valid(SLICE("2000-02-29")));
	assert_false(date_is_valid(SLICE("1900-02-29")));
	assert_false(date_is_valid(SLICE("2025-13-01")));
	assert_false(date_is_valid(SLICE("2025-00-01")));
	assert_false(date_is_valid(SLICE("2025-1-01")));
	assert_false(date_is_valid(SLICE("2025-01-01 ")));
	assert_false(date_is_valid(SLICE("2025/01/01")));
}

static void days_are_counted(void **state)
{
	(void)state;
	assert_int_equal(date_days("2025-03-29", "2025-03-29"), 0);
	assert_int_equal(date_days("2024-02-28", "2024-03-01"), 2);
	assert_int_equal(date_days("2025-02-28", "2025-03-01"), 1);
	assert_int_equal(date_days("2025-12-31", "2026-01-01"), 1);
	assert_int_equal(date_days("2026-01-01", "2025-01-01"), -365);
	assert_int_equal(date_days("1970-01-01", "2025-11-22"), 20414);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_calendar_is_read),
		cmocka_unit_test(the_next_meeting_and_the_one_now_are_found),
		cmocka_unit_test(what_makes_no_sense_is_named),
		cmocka_unit_test(days_of_the_calendar_are_told_from_others),
		cmocka_unit_test(days_are_counted),
	};

	return cmocka_run_group_tests_name("meeting", tests, NULL, forget);
}
