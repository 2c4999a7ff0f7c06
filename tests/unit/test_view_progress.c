/* SPDX-License-Identifier: MIT */
#include "support_lives.h"

#include "ui/view_progress.h"

static void set_up(struct table *t, int rows, int cols, uint32_t n)
{
	set_up_lives(t, rows, cols, n);
	views_push(t->views, view_progress_new(&t->host, "res-31"));
	views_draw(t->views, &t->canvas);
}

/* With all found. */
static void begin(struct table *t, int rows, int cols, uint32_t n)
{
	set_up(t, rows, cols, n);
	draw(t);
}

static void open_points_are_a_chart_by_meeting(void **state)
{
	struct table t;

	(void)state;
	begin(&t, 24, 80, 6);
	assert_looks(&t, "progress-80x24");
	assert_looks_in(&t, 256, "progress-80x24-colour");
	assert_looks_in(&t, 0, "progress-80x24-mono");
	end(&t);
	begin(&t, 40, 120, 6);
	press(&t, "v");
	assert_looks(&t, "progress-120x40");
	press(&t, "v");
	assert_shows(&t, "by version");
	end(&t);
	begin(&t, 10, 40, 6);
	assert_looks(&t, "progress-40x10");
	press(&t, "G");
	assert_shows(&t, "none: all are spoken for");
	press(&t, "g");
	assert_shows(&t, "meeting");
	end(&t);
}

static void points_nobody_speaks_for_are_named(void **state)
{
	struct table t;

	(void)state;
	begin(&t, 24, 80, 6);
	assert_shows(&t, "none: all are spoken for");
	press(&t, "o 3 Enter");
	assert_shows(&t, "Nobody has spoken for these in the last 3 versions");
	assert_looks(&t, "progress-orphan-80x24");
	press(&t, "Enter");
	assert_string_equal(views_top(t.views)->ops->name, "life");
	press(&t, "q");
	assert_string_equal(views_top(t.views)->ops->name, "progress");
	press(&t, "o x Enter");
	assert_shows(&t, "A number of versions is wanted");
	press(&t, "o 1 Enter o 0 Enter o Esc");
	assert_shows(&t, "in the last version");
	end(&t);
}

static void a_meeting_leads_to_what_changed_there(void **state)
{
	struct table t;

	(void)state;
	begin(&t, 24, 80, 6);
	press(&t, "Enter");
	assert_string_equal(views_top(t.views)->ops->name, "diff");
	assert_shows(&t, "from 2026-03-11 · RPM-ARB to 2026-09-15 · IRM-2");
	press(&t, "q g Enter");
	assert_string_equal(views_top(t.views)->ops->name, "diff");
	press(&t, "q v g Down Down Down Enter"); /* positions alone */
	assert_shows(&t, "The text did not change there");
	t.cannot_read = true;
	press(&t, "Up Enter");
	assert_shows(&t, "this version is no text");
	t.cannot_read = false;
	press(&t, "g Down Down Down Down Down Down Down"); /* a region */
	press(&t, "Enter");
	assert_shows(&t, "asks for something");
	assert_string_equal(views_top(t.views)->ops->name, "progress");
	end(&t);
}

static void the_first_screen_waits_for_nothing(void **state)
{
	struct table t;

	(void)state;
	set_up(&t, 24, 80, 6);
	assert_int_equal(t.open, 0);
	assert_shows(&t, "reading the history");
	views_idle(t.views);
	views_idle(t.views);
	views_draw(t.views, &t.canvas);
	assert_shows(&t, "Esc stops");
	press(&t, "Esc Down Enter v o L");
	assert_shows(&t, "Stopped before the history was read.");
	end(&t);
}

static void what_cannot_be_read_is_said(void **state)
{
	struct table t;

	(void)state;
	set_up(&t, 24, 80, 6);
	t.cannot_open = true;
	draw(&t);
	assert_shows(&t, "another user");
	end(&t);
	set_up(&t, 24, 80, 6);
	t.breaks = true;
	draw(&t);
	assert_shows(&t, "the repository is damaged");
	end(&t);
	begin(&t, 24, 80, 1); /* never a point */
	assert_shows(&t, "0 open points");
	press(&t, "Enter q Down G g PgDn PgUp o 2 Enter");
	end(&t);
}

static void the_mouse_chooses_and_opens(void **state)
{
	struct key press = {
		.code = KEY_POINTER,
		.pointer = {
			.kind = POINTER_PRESS, .button = 1, .row = 3, .col = 10, .clicks = 2}};
	struct table t;

	(void)state;
	begin(&t, 24, 80, 6);
	press.pointer.row = 2; /* of the screen: the heading */
	views_key(t.views, &press);
	assert_string_equal(views_top(t.views)->ops->name, "progress");
	press.pointer.row = 4;
	views_key(t.views, &press);
	draw(&t);
	assert_string_equal(views_top(t.views)->ops->name, "diff");
	end(&t);
}

static void the_newest_versions_are_charted_at_once(void **state)
{
	struct table t;

	(void)state;
	set_up(&t, 24, 80, 6);
	t.gives_newest = true;
	draw_newest(&t);
	assert_looks(&t, "progress-newest-80x24");
	press_meanwhile(&t, "g Enter o g"); /* of its beginning nothing is known */
	assert_string_equal(views_top(t.views)->ops->name, "progress");
	assert_shows(&t, "RPM-ARB");
	draw(&t); /* the same row, of all of them */
	assert_looks(&t, "progress-newest-whole-80x24");
	end(&t);
	set_up(&t, 40, 120, 6);
	t.gives_newest = true;
	draw_newest(&t);
	press_meanwhile(&t, "v Esc");
	assert_looks(&t, "progress-newest-stopped-120x40");
	press(&t, "Enter");
	assert_string_equal(views_top(t.views)->ops->name, "diff");
	end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_newest_versions_are_charted_at_once),
		cmocka_unit_test(open_points_are_a_chart_by_meeting),
		cmocka_unit_test(points_nobody_speaks_for_are_named),
		cmocka_unit_test(a_meeting_leads_to_what_changed_there),
		cmocka_unit_test(the_first_screen_waits_for_nothing),
		cmocka_unit_test(what_cannot_be_read_is_said),
		cmocka_unit_test(the_mouse_chooses_and_opens),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
