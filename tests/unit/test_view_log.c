/* SPDX-License-Identifier: MIT */
#include "support_log.h"

static void versions_are_listed_newest_first(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, 24, 80);
	assert_looks(&d, "log-80x24");
	assert_looks_in(&d, 256, "log-80x24-colour");
	assert_looks_in(&d, 0, "log-80x24-mono");
	press(&d, "Down");
	assert_shows(&d, "points: 12 opened · 3 reopened");
	assert_shows(&d, "renamed from res-30");
	press(&d, "Down Down");
	assert_shows(&d, "the draft began");
	assert_shows(&d, "its text could not be compared");
	end(&d);
	begin(&d, 40, 120);
	press(&d, "j");
	assert_looks(&d, "log-120x40");
	end(&d);
	begin(&d, 10, 40);
	assert_looks(&d, "log-40x10");
	end(&d);
}

static void the_first_screen_waits_for_nothing(void **state)
{
	struct desk d;

	(void)state;
	set_up(&d, 24, 80);
	views_push(d.views, view_log_new(&d.host, "res-31"));
	draw(&d);
	assert_shows(&d, "looking for versions");
	assert_true(views_idle(d.views)); /* begun */
	assert_true(views_idle(d.views)); /* the first */
	draw(&d);
	assert_shows(&d, "2026-09-15");
	assert_shows(&d, "1 version …");
	assert_shows(&d, "Esc stops");
	press(&d, "Enter n q"); /* keys work meanwhile */
	press(&d, "Esc");
	assert_false(views_idle(d.views));
	assert_shows(&d, "there may be older versions");
	assert_hides(&d, "2026-06-17");
	end(&d);
	/* Stopped before it was begun, nothing is begun. */
	set_up(&d, 24, 80);
	views_push(d.views, view_log_new(&d.host, "res-31"));
	draw(&d);
	press(&d, "Esc Enter / w");
	assert_false(views_idle(d.views));
	assert_int_equal(d.open, 0);
	assert_shows(&d, "Stopped before");
	end(&d);
}

static void a_filter_looks_at_all_that_is_known(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, 24, 80);
	press(&d, "Down / s o l b e r g Enter");
	assert_shows(&d, "1 of 3 versions");
	assert_hides(&d, "Paolo");
	press(&d, "Esc");
	assert_shows(&d, "Paolo");
	assert_shows(&d, "renamed from res-30"); /* still the chosen one */
	press(&d, "/ O P P O S E D Enter");
	assert_shows(&d, "1 of 3 versions");
	press(&d, "Esc / x x x Enter");
	assert_shows(&d, "No version has these words.");
	press(&d, "Enter w Down End Esc");
	assert_shows(&d, "3 versions");
	end(&d);
}

static void what_cannot_be_read_is_said(void **state)
{
	struct desk d;

	(void)state;
	set_up(&d, 24, 80);
	d.cannot_open = true;
	views_push(d.views, view_log_new(&d.host, "res-31"));
	assert_false(views_idle(d.views));
	draw(&d);
	assert_shows(&d, "another user");
	press(&d, "Enter / w Down");
	end(&d);
	set_up(&d, 24, 80);
	d.breaks = true;
	views_push(d.views, view_log_new(&d.host, "res-31"));
	while (views_idle(d.views))
		;
	draw(&d);
	assert_shows(&d, "the repository is damaged");
	assert_shows(&d, "2026-09-15");
	end(&d);
	begin(&d, 24, 80);
	d.cannot_read = true;
	press(&d, "Enter");
	assert_shows(&d, "this version is no text");
	press(&d, "w");
	assert_shows(&d, "this version is no text");
	end(&d);
}

static void a_draft_without_versions_says_so(void **state)
{
	struct desk d;

	(void)state;
	set_up(&d, 24, 80);
	d.n_all = 0;
	views_push(d.views, view_log_new(&d.host, "res-31"));
	while (views_idle(d.views))
		;
	draw(&d);
	assert_shows(&d, "nothing of it is committed");
	end(&d);
}

static void long_lists_scroll(void **state)
{
	struct desk d;

	(void)state;
	set_up(&d, 24, 80);
	d.n_all = 300;
	d.all = mem_array(d.all, 300, sizeof(*d.all));
	for (size_t i = 0; i < 300; i++)
		d.all[i] = some[i == 299 ? 1 : 0];
	views_push(d.views, view_log_new(&d.host, "res-31"));
	while (views_idle(d.views))
		;
	draw(&d);
	press(&d, "G");
	assert_shows(&d, "2026-06-17");
	press(&d, "PgUp PgUp");
	assert_hides(&d, "2026-06-17");
	press(&d, "PgDn PgDn");
	assert_shows(&d, "2026-06-17");
	press(&d, "g");
	assert_hides(&d, "2026-06-17");
	end(&d);
}

static void the_tables_are_sound(void **state)
{
	struct str out = STR_INIT;

	(void)state;
	keymap_check(&view_log_ops, &out);
	assert_string_equal(str_text(&out), "");
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(versions_are_listed_newest_first),
		cmocka_unit_test(the_first_screen_waits_for_nothing),
		cmocka_unit_test(a_filter_looks_at_all_that_is_known),
		cmocka_unit_test(what_cannot_be_read_is_said),
		cmocka_unit_test(a_draft_without_versions_says_so),
		cmocka_unit_test(long_lists_scroll),
		cmocka_unit_test(the_tables_are_sound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
