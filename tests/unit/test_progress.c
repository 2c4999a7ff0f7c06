/* SPDX-License-Identifier: MIT */
#include "core/progress.h"

#include "support.h"

#include <stdlib.h>
#include <string.h>

static struct life life;

static void add(const char *text)
{
	struct life_version v = {.text = slice_of(text),
				 .base = life.n_versions ? (uint32_t)life.n_versions - 1
							 : LIFE_NONE,
				 .undoes = LIFE_NONE};

	life_add(&life, &v, &regions);
}

static int begin(void **state)
{
	(void)state;
	parties_init_regions(&regions);
	life_init(&life);
	add("a [b / AFR: c] d [e [f] g] h [i]\n");
	add("a [b / AFR: c] d [e [f] g] h i\n");
	add("a [b / AFR: c / EUR: x] d [e [f] g] h i [new]\n");
	return 0;
}

static int end(void **state)
{
	(void)state;
	parties_release(&regions);
	life_release(&life);
	return 0;
}

static const struct progress_label labels[] = {
	{"", "2026-01-01"}, {"M\"1", "2026-02-01"}, {"M\"1", "2026-02-02"}};

static void rows_count_outermost_points(void **state)
{
	struct progress_rows rows;
	struct str out = STR_INIT;

	(void)state;
	progress_read(&rows, &life, labels, false);
	progress_csv(&rows, &out);
	assert_slice_is(str_slice(&out), "version,date,meeting,open,opened,resolved,reopened\n"
					 "1,2026-01-01,\"\",3,3,0,0\n"
					 "2,2026-02-01,\"M\"\"1\",2,0,1,0\n"
					 "3,2026-02-02,\"M\"\"1\",3,1,0,0\n");
	progress_release(&rows);
	str_clear(&out);
	progress_read(&rows, &life, labels, true);
	progress_csv(&rows, &out);
	assert_slice_is(str_slice(&out), "version,date,meeting,open,opened,resolved,reopened\n"
					 "1,2026-01-01,\"\",3,3,0,0\n"
					 "3,2026-02-02,\"M\"\"1\",3,1,1,0\n");
	progress_release(&rows);
	str_release(&out);
}

static void what_stands_within_a_meeting_is_of_that_meeting(void **state)
{
	const struct progress_label mixed[] = {{"M1", "2026-01-01"}, {"", "2026-01-02"},
					       {"", "2026-01-03"},   {"M1", "2026-01-04"},
					       {"", "2026-01-05"},   {"M2", "2026-01-06"}};
	struct progress_rows rows;
	struct str out = STR_INIT;

	(void)state;
	for (int i = 3; i < 6; i++)
		add("a [b / AFR: c / EUR: x] d [e [f] g] h i [new]\n");
	progress_read(&rows, &life, mixed, true);
	progress_csv(&rows, &out);
	assert_slice_is(str_slice(&out), "version,date,meeting,open,opened,resolved,reopened\n"
					 "4,2026-01-04,\"M1\",3,4,1,0\n"
					 "5,2026-01-05,\"\",3,0,0,0\n"
					 "6,2026-01-06,\"M2\",3,0,0,0\n");
	progress_release(&rows);
	str_release(&out);
}

static void a_row_knows_its_last_decision(void **state)
{
	const struct progress_label mixed[] = {{"M1", "2026-01-01"}, {"M1", "2026-01-02"},
					       {"", "2026-01-03"},   {"", "2026-01-04"},
					       {"M1", "2026-01-05"}, {"M2", "2026-01-06"}};
	struct message_record decision = {
		.kind = MESSAGE_DECISION, .number = 1, .decision = SLICE("option 1, \"b\"")};
	struct life_version v = {.text = SLICE("a b d [e [f] g] h i [new]\n"),
				 .base = 2,
				 .record = &decision,
				 .undoes = LIFE_NONE};
	struct progress_rows rows;

	(void)state;
	life_add(&life, &v, &regions);
	add("a b d [e [f] g] h i [new] more\n");
	add("a b d [e [f] g] h i [new] once more\n");
	progress_read(&rows, &life, mixed, true);
	assert_int_equal(rows.n, 2);
	assert_int_equal(rows.v[0].version, 4);
	assert_int_equal(rows.v[0].decided, 3);
	assert_true(rows.v[1].decided == LIFE_NONE);
	progress_release(&rows);
}

static void many_rows_go_on_from_each_other(void **state)
{
	struct progress_label many[60];
	struct progress_rows rows;

	(void)state;
	for (int i = 3; i < 60; i++)
		add("a [b / AFR: c / EUR: x] d [e [f] g] h i [new]\n");
	for (int i = 0; i < 60; i++)
		many[i] = labels[0];
	progress_read(&rows, &life, many, false);
	assert_int_equal(rows.n, 60);
	assert_int_equal(rows.v[59].open, 3);
	progress_release(&rows);
}

static void a_chart_is_sound_xml_whatever_it_is_called(void **state)
{
	struct progress_rows rows;
	struct str out = STR_INIT;

	(void)state;
	progress_read(&rows, &life, labels, false);
	progress_svg(&rows, SLICE("<a & \x01 \xff>"), &out);
	assert_non_null(strstr(str_text(&out), "&lt;a &amp; ␁ &lt;FF>>"));
	assert_null(memchr(out.p, '\x01', out.len));
	/* What one reads over a bar has no blank where there is no meeting, or no day. */
	assert_null(strstr(str_text(&out), " : "));
	assert_null(strstr(str_text(&out), "<title> "));
	progress_release(&rows);
	str_clear(&out);
	progress_svg(&rows, SLICE("none"), &out);
	assert_non_null(strstr(str_text(&out), "</svg>"));
	str_release(&out);
}

static void holders_and_orphans_are_found(void **state)
{
	size_t held[16];
	uint32_t *list;

	(void)state;
	progress_holders(&life, &regions, held);
	assert_int_equal(held[0], 1); /* AFR */
	assert_int_equal(held[5], 1); /* EUR */
	assert_int_equal(held[regions.n], 2);
	assert_int_equal(progress_orphans(&life, 2, &list), 1);
	assert_int_equal(life.points[list[0]].number, 2);
	free(list);
	assert_int_equal(progress_orphans(&life, 3, &list), 0);
	free(list);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		T(rows_count_outermost_points),
		T(what_stands_within_a_meeting_is_of_that_meeting),
		T(many_rows_go_on_from_each_other),
		T(a_row_knows_its_last_decision),
		T(a_chart_is_sound_xml_whatever_it_is_called),
		T(holders_and_orphans_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
