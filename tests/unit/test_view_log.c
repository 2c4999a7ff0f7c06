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
	assert_shows(&d, "No version is like that.");
	press(&d, "Enter w Down End Esc");
	assert_shows(&d, "3 versions");
	end(&d);
}

static void a_filter_has_keys_that_teach_themselves(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, 24, 80);
	press(&d, "/");
	assert_looks(&d, "log-filter-80x24"); /* what can be typed */
	press(&d, "r e");
	assert_shows(&d, "region:");
	assert_shows(&d, "removed:");
	assert_hides(&d, "author:");
	press(&d, "Backspace Backspace a u t h o r :");
	assert_shows(&d, "author:\"Paolo Ricci\"");
	press(&d, "r i c Enter");
	assert_shows(&d, "1 of 3 versions");
	assert_shows(&d, "only: author:ric");
	assert_string_equal(str_text(&d.asked), "res-31/-/-/-/-"); /* the list knows that */
	press(&d, "Esc / d a t e : 2 0 2 6 - 0 6 Enter");
	assert_shows(&d, "RPM-EUR");
	assert_hides(&d, "Paolo");
	press(&d, "Esc / s i n c e : 2 0 2 6 - 0 7 Enter");
	assert_hides(&d, "RPM-EUR");
	assert_shows(&d, "Paolo");
	press(&d, "Esc / u n t i l : 2 0 2 6 - 0 6 Enter");
	assert_shows(&d, "RPM-EUR");
	assert_hides(&d, "Paolo");
	press(&d, "Esc / m e e t i n g : I R M - 2 Enter");
	assert_shows(&d, "1 of 3 versions");
	end(&d);
}

static void regions_and_phrases_are_the_hosts_to_find(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, 24, 80);
	assert_true(views_command(d.views,
				  SLICE("filter region:EUR phrase:\"two texts\" added:x")));
	let_it_work(&d);
	assert_string_equal(str_text(&d.asked), "res-31/EUR/two texts/x/-");
	assert_shows(&d, "3 versions");
	press(&d, "Down Esc");
	let_it_work(&d);
	assert_string_equal(str_text(&d.asked), "res-31/-/-/-/-");
	assert_shows(&d, "renamed from res-30"); /* still the chosen one */
	/* Unless somebody chose another before it came. */
	press(&d, "Down a Home");
	let_it_work(&d);
	assert_shows(&d, "points: 1 changed · 1 resolved");
	press(&d, "a Down");
	let_it_work(&d);
	/* The words of a phrase belong together, as far as the next key. */
	assert_true(views_command(
		d.views, SLICE("filter added:two  texts author:Paolo removed: \"x y\" z")));
	let_it_work(&d);
	assert_string_equal(str_text(&d.asked), "res-31/-/-/two  texts/x y");
	press(&d, "Esc");
	let_it_work(&d);
	assert_true(views_command(d.views, SLICE("filter Party:EUR")));
	let_it_work(&d);
	assert_string_equal(str_text(&d.asked), "res-31/EUR/-/-/-");
	press(&d, "Esc");
	let_it_work(&d);
	assert_true(views_command(d.views, SLICE("filter region:XYZ")));
	let_it_work(&d);
	assert_shows(&d, "XYZ: no such party");
	press(&d, "Esc");
	let_it_work(&d);
	assert_shows(&d, "3 versions");
	end(&d);
}

static void a_filter_leaves_the_chosen_version(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, 24, 80);
	let_it_work(&d);
	/* While it was typed, another version alone passed. */
	press(&d, "/ t w o");
	assert_hides(&d, "Paolo");
	press(&d, "Backspace Backspace Backspace r e g i o n : E U R Enter");
	let_it_work(&d);
	assert_shows(&d, "irm-2-day-1");
	press(&d, "Esc");
	let_it_work(&d);
	assert_shows(&d, "irm-2-day-1");
	end(&d);
}

static void all_drafts_are_listed_too(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, 24, 80);
	press(&d, "a");
	let_it_work(&d);
	assert_string_equal(str_text(&d.asked), "-/-/-/-/-");
	press(&d, "Down");
	assert_looks(&d, "log-all-80x24");
	canvas_resize(&d.canvas, 40, 120);
	draw(&d);
	assert_looks_in(&d, 256, "log-all-120x40");
	canvas_resize(&d.canvas, 24, 80);
	press(&d, "Enter");
	assert_shows(&d, "Which file?");
	assert_shows(&d, "2 res-24");
	press(&d, "2");
	assert_shows(&d, "res-24 · 2026-06-17");
	press(&d, "q w"); /* of two drafts it is asked which */
	assert_shows(&d, "Which draft?");
	assert_hides(&d, "3 res-31/EUR.md");
	press(&d, "Esc r");
	assert_shows(&d, "Bring back from which draft?");
	press(&d, "2");
	assert_shows(&d, "res-24 · from 2026-06-17");
	assert_shows(&d, "then press r");
	press(&d, "q Space"); /* none is meant */
	assert_shows(&d, "all drafts · log");
	assert_hides(&d, "◆");
	press(&d, "a");
	let_it_work(&d);
	assert_shows(&d, "res-31 · log");
	end(&d);
}

static void what_is_asked_of_a_version_is_done_to_that_one(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, 24, 80);
	d.all[0].files = two_drafts;
	d.all[0].n_files = 3;
	d.all[1].files = the_draft;
	d.all[1].n_files = 1;
	/* The list begins anew, and comes to the version that was chosen before only while it
	 * is asked. */
	press(&d, "Down a");
	assert_true(views_idle(d.views));
	assert_true(views_idle(d.views));
	draw(&d);
	press(&d, "Enter");
	assert_shows(&d, "Which file?");
	let_it_work(&d);
	press(&d, "2");
	assert_shows(&d, "res-24 · 2026-09-15");
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

static void a_merge_that_left_a_text_behind_is_held_against_that(void **state)
{
	static const struct host_log_file left[] = {
		{"res-31", "drafts/res-31.md", true,
		 "9a1b2c3d4e5f60718293a4b5c6d7e8f901234567"}};
	struct desk d;

	(void)state;
	begin(&d, 24, 80);
	d.all[0].files = left;
	d.all[0].parent = left[0].left;
	d.all[0].left = d.all[0].merge = true;
	draw(&d);
	assert_shows(&d, "a merge that left behind what 9a1b2c3 brought");
	press(&d, "Enter z");
	let_it_work(&d);
	assert_shows(&d, "left behind");
	end(&d);
}

/* ---- versions that are named: found after some steps, "none" never */

static struct {
	struct host_named named;
	int steps; /* left */
} sides[4];

static size_t n_sides;

static int named_open(void *data, const char *name, const char *revision,
		      struct host_named **named, struct error *err)
{
	struct desk *d = data;

	assert_string_equal(name, "res-31");
	if (d->cannot_open)
		return error_set(err, ST_FAIL, "there is no room for more work just now");
	assert_true(n_sides < 4);
	d->open++;
	*named = &sides[n_sides].named;
	**named = (struct host_named){.id = revision, .path = "drafts/res-30.md"};
	sides[n_sides++].steps = strcmp(revision, "IRM-1") == 0 ? 3 : 1;
	return 0;
}

static int named_step(void *data, struct host_named *named, struct error *err)
{
	struct desk *d = data;
	size_t i = 0;

	while (&sides[i].named != named)
		i++;
	if (sides[i].steps-- > 0)
		return 1;
	if (strcmp(named->id, "none") == 0)
		return error_set(err, ST_MISSING, "none: no such meeting");
	named->text = slice_of(strcmp(named->id, "IRM-1") == 0 ? d->old : d->new);
	named->note = strcmp(named->id, "IRM-2") == 0 ? "IRM-2 is taken as the tag" : "";
	named->ended = true;
	return 0;
}

static void named_close(void *data, struct host_named *named)
{
	(void)named;
	((struct desk *)data)->open--;
}

static void begin_naming(struct desk *d)
{
	n_sides = 0;
	begin(d, 24, 80);
	d->host.named_open = named_open;
	d->host.named_step = named_step;
	d->host.named_close = named_close;
	draw(d);
}

static void versions_that_are_named_are_looked_for_beside_the_keys(void **state)
{
	struct desk d;

	(void)state;
	begin_naming(&d);
	assert_true(views_command(d.views, SLICE("between IRM-1..IRM-2")));
	assert_true(views_idle(d.views));
	draw(&d);
	assert_shows(&d, "looking for IRM-1 and IRM-2; Esc stops");
	assert_shows(&d, "Esc stop");
	press(&d, "Down"); /* keys work meanwhile */
	assert_shows(&d, "renamed from res-30");
	let_it_work(&d);
	assert_shows(&d, "res-31 · from IRM-1 to IRM-2");
	assert_shows(&d, "IRM-2 is taken as the tag");
	assert_shows(&d, "words came: \"warmly\""); /* it goes on to what is known of them */
	press(&d, "q c I R M - 1 Enter");
	assert_shows(&d, "looking for IRM-1; Esc stops");
	let_it_work(&d);
	assert_shows(&d, "res-31 · from IRM-1 to now");
	end(&d);
}

/* From the meeting before to the one of the chosen version. */
static void the_way_from_one_meeting_to_the_next_is_proposed(void **state)
{
	struct desk d;

	(void)state;
	begin_naming(&d);
	press(&d, "c");
	assert_looks(&d, "log-compare-80x24");
	press(&d, "Enter");
	let_it_work(&d);
	assert_shows(&d, "res-31 · from RPM-EUR to IRM-2");
	press(&d, "q c I");
	assert_hides(&d, "one alone"); /* what is typed stands instead */
	press(&d, "Esc");
	/* Before the first meeting, and no day is known. */
	press(&d, "Down c");
	assert_hides(&d, "..RPM-EUR");
	assert_shows(&d, "IRM-1..IRM-2, 2026-06-30..2026-09-14; one alone");
	press(&d, "Esc");
	d.all[2].date = "2026-01-19";
	press(&d, "c");
	assert_shows(&d, "Compare 2026-01-19..RPM-EUR  Enter, or");
	press(&d, "Esc Down c"); /* from there on that meeting is the next */
	assert_shows(&d, "Compare 2026-01-19..RPM-EUR");
	press(&d, "Esc Home");
	/* After the last meeting: with the text now. */
	d.all[0].meeting = "";
	press(&d, "c");
	assert_shows(&d, "Compare RPM-EUR  Enter, or");
	press(&d, "Enter");
	let_it_work(&d);
	assert_shows(&d, "res-31 · from RPM-EUR to now");
	press(&d, "q");
	d.all[0].meeting = "IRM..2"; /* it could not be typed */
	press(&d, "c");
	assert_shows(&d, "Compare RPM-EUR  Enter, or");
	press(&d, "Esc");
	d.all[0].meeting = d.all[1].meeting = "";
	press(&d, "c");
	assert_shows(&d, "Compare IRM-1..IRM-2, 2026-06-30");
	press(&d, "Esc");
	end(&d);
}

static void what_is_proposed_is_of_the_draft_in_question(void **state)
{
	struct desk d;

	(void)state;
	begin_naming(&d);
	d.all[2].date = "2026-01-19";
	press(&d, "a");
	let_it_work(&d);
	press(&d, "Home c");
	assert_shows(&d, "Compare RPM-EUR..IRM-2");
	press(&d, "Esc");
	d.all[1].files = two_drafts + 1;
	d.all[1].n_files = 1;
	press(&d, "c");
	assert_shows(&d, "Compare 2026-01-19..IRM-2");
	press(&d, "Esc");
	end(&d);
	/* Of a single version there is nothing to compare. */
	begin_naming(&d);
	d.log.n = 1;
	press(&d, "c");
	assert_hides(&d, "..IRM-2  Enter, or");
	press(&d, "Esc");
	end(&d);
}

static void naming_versions_stops_and_says_what_is_not_there(void **state)
{
	struct desk d;

	(void)state;
	begin_naming(&d);
	assert_true(views_command(d.views, SLICE("between IRM-1..none")));
	press(&d, "Esc");
	assert_int_equal(d.open, 1); /* the log */
	let_it_work(&d);
	assert_hides(&d, "looking for");
	assert_shows(&d, "res-31 · log");
	assert_true(views_command(d.views, SLICE("between none")));
	let_it_work(&d);
	assert_shows(&d, "none: no such meeting");
	assert_shows(&d, "res-31 · log");
	assert_int_equal(d.open, 1);
	/* Another one instead; and the view goes before it is found. */
	assert_true(views_command(d.views, SLICE("between IRM-1")));
	views_pop(d.views);
	assert_false(views_idle(d.views));
	end(&d);
	begin_naming(&d);
	d.cannot_open = true;
	assert_true(views_command(d.views, SLICE("between IRM-1")));
	draw(&d);
	assert_shows(&d, "no room for more work");
	assert_hides(&d, "looking for");
	end(&d);
}

/* What one types just then is not covered by it. */
static void what_was_named_waits_for_what_is_asked(void **state)
{
	struct desk d;

	(void)state;
	begin_naming(&d);
	assert_true(views_command(d.views, SLICE("between IRM-1..IRM-2")));
	press(&d, "/");
	let_it_work(&d);
	press(&d, "r i c");
	let_it_work(&d);
	assert_shows(&d, "Only versions with");
	press(&d, "Enter");
	let_it_work(&d);
	assert_shows(&d, "res-31 · from IRM-1 to IRM-2");
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
		cmocka_unit_test(a_filter_has_keys_that_teach_themselves),
		cmocka_unit_test(regions_and_phrases_are_the_hosts_to_find),
		cmocka_unit_test(a_filter_leaves_the_chosen_version),
		cmocka_unit_test(all_drafts_are_listed_too),
		cmocka_unit_test(what_is_asked_of_a_version_is_done_to_that_one),
		cmocka_unit_test(what_cannot_be_read_is_said),
		cmocka_unit_test(a_draft_without_versions_says_so),
		cmocka_unit_test(long_lists_scroll),
		cmocka_unit_test(a_merge_that_left_a_text_behind_is_held_against_that),
		cmocka_unit_test(versions_that_are_named_are_looked_for_beside_the_keys),
		cmocka_unit_test(the_way_from_one_meeting_to_the_next_is_proposed),
		cmocka_unit_test(what_is_proposed_is_of_the_draft_in_question),
		cmocka_unit_test(naming_versions_stops_and_says_what_is_not_there),
		cmocka_unit_test(what_was_named_waits_for_what_is_asked),
		cmocka_unit_test(the_tables_are_sound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
