/* SPDX-License-Identifier: MIT */
#include "support_lives.h"

#include "ui/view_life.h"

static void set_up(struct table *t, int rows, int cols, uint32_t n, const struct life_ask *ask)
{
	set_up_lives(t, rows, cols, n);
	views_push(t->views, view_life_new(&t->host, "res-31", ask));
	views_draw(t->views, &t->canvas);
}

/* With all found. */
static void begin(struct table *t, int rows, int cols, uint32_t n, const struct life_ask *ask)
{
	set_up(t, rows, cols, n, ask);
	draw(t);
}

static const struct life_ask first_point = {
	.text = TEXT("as it is now"), .id = TEXT("b1"), .number = 1};

static void a_points_life_is_told_event_by_event(void **state)
{
	struct table t;

	(void)state;
	begin(&t, 24, 80, 6, &first_point);
	assert_looks(&t, "life-80x24");
	press(&t, "Up");
	assert_looks(&t, "life-resolved-80x24");
	assert_looks_in(&t, 256, "life-resolved-80x24-colour");
	assert_looks_in(&t, 0, "life-resolved-80x24-mono");
	press(&t, "Up");
	assert_looks(&t, "life-position-80x24");
	press(&t, "g");
	assert_shows(&t, "there was no such point yet");
	press(&t, "G");
	assert_shows(&t, "reopened");
	end(&t);
	begin(&t, 40, 120, 6, &first_point);
	press(&t, "Up Up Up");
	assert_looks(&t, "life-120x40");
	end(&t);
	begin(&t, 10, 40, 6, &first_point);
	assert_looks(&t, "life-40x10");
	press(&t, "g Down Down Down Down");
	assert_shows(&t, "IRM-2");
	end(&t);
}

static void every_point_there_was_is_listed(void **state)
{
	struct table t;

	(void)state;
	begin(&t, 24, 80, 5, NULL);
	assert_looks(&t, "life-list-80x24");
	assert_looks_in(&t, 256, "life-list-80x24-colour");
	assert_looks_in(&t, 0, "life-list-80x24-mono");
	press(&t, "G");
	assert_shows(&t, "resolved 2026-09-15 at IRM-2: option 2: at least one");
	press(&t, "Enter");
	assert_shows(&t, "life of a point that is resolved");
	assert_shows(&t, "against ARB");
	press(&t, "q");
	assert_shows(&t, "every point there was");
	press(&t, "q");
	assert_string_equal(views_top(t.views)->ops->name, "under");
	end(&t);
	begin(&t, 40, 120, 5, NULL);
	assert_looks(&t, "life-list-120x40");
	end(&t);
	begin(&t, 10, 40, 5, NULL);
	assert_looks(&t, "life-list-40x10");
	end(&t);
}

static void of_a_deleted_draft_nothing_is_open(void **state)
{
	struct table t;

	(void)state;
	set_up(&t, 24, 80, 6, NULL);
	t.lives.gone = true;
	draw(&t);
	assert_shows(&t, "3 points · 0 open");
	assert_shows(&t, "the draft was deleted");
	press(&t, "Enter");
	assert_shows(&t, "life of a point that is gone");
	end(&t);
}

static void points_are_found_by_words_they_once_had(void **state)
{
	struct table t;

	(void)state;
	begin(&t, 24, 80, 5, NULL);
	press(&t, "/ t w o Enter"); /* an option that was not chosen */
	assert_shows(&t, "1 of 2 points");
	assert_shows(&t, "resolved");
	press(&t, "Esc");
	assert_shows(&t, "and vice-chairs");
	press(&t, "/ I R M - 2 Enter");
	assert_shows(&t, "1 of 2 points");
	press(&t, "Esc / x x x Enter");
	assert_shows(&t, "No point ever had these words.");
	press(&t, "Enter n Down End Esc Enter /");
	assert_shows(&t, "Only points with");
	end(&t);
}

static void one_goes_from_point_to_point(void **state)
{
	struct table t;

	(void)state;
	begin(&t, 24, 80, 6, &first_point);
	assert_shows(&t, "life of point 1");
	press(&t, "n");
	assert_shows(&t, "life of point 2");
	press(&t, "n n");
	assert_shows(&t, "life of point 1");
	assert_shows(&t, "From the last point to the first.");
	press(&t, "p");
	assert_shows(&t, "life of point 3");
	press(&t, "a");
	assert_shows(&t, "every point there was");
	assert_shows(&t, "▸    3");
	end(&t);
	/* Opened from elsewhere, q goes back there. */
	begin(&t, 24, 80, 6, &first_point);
	press(&t, "q");
	assert_string_equal(views_top(t.views)->ops->name, "under");
	end(&t);
	/* When all is left, the list is no stop on the way. */
	begin(&t, 24, 80, 6, NULL);
	press(&t, "Enter");
	views_quit(t.views);
	assert_int_equal(views_count(t.views), 0);
	end(&t);
}

static void the_point_is_known_by_its_wording(void **state)
{
	struct life_ask ask = {.text = SLICE("[each year]"), .id = SLICE(""), .number = 1};
	struct table t;

	(void)state;
	begin(&t, 24, 80, 6, &ask);
	assert_shows(&t, "life of point 3");
	end(&t);
	ask.text = SLICE("[typed just now]");
	begin(&t, 24, 80, 6, &ask);
	assert_shows(&t, "every point there was");
	assert_shows(&t, "This point is in no version yet");
	end(&t);
}

static void an_event_leads_to_what_its_version_changed(void **state)
{
	struct table t;

	(void)state;
	begin(&t, 24, 80, 6, &first_point);
	press(&t, "Up Enter");
	assert_string_equal(views_top(t.views)->ops->name, "diff");
	assert_shows(&t, "2026-09-15 · IRM-2");
	assert_shows(&t, "change 1 of");
	press(&t, "q n g Enter"); /* the point in the second paragraph */
	assert_shows(&t, "change 3 of 3");
	press(&t, "q p G Up Up Enter"); /* a position changes no text */
	assert_string_equal(views_top(t.views)->ops->name, "life");
	t.cannot_read = true;
	press(&t, "g Enter");
	assert_shows(&t, "this version is no text");
	end(&t);
}

static void the_first_screen_waits_for_nothing(void **state)
{
	struct table t;

	(void)state;
	set_up(&t, 24, 80, 6, &first_point);
	assert_int_equal(t.open, 0);
	assert_shows(&t, "reading the history");
	assert_true(views_idle(t.views)); /* begun */
	assert_true(views_idle(t.views));
	views_draw(t.views, &t.canvas);
	assert_shows(&t, "versions are being looked for: 1 found; Esc stops");
	assert_true(views_idle(t.views));
	views_draw(t.views, &t.canvas);
	assert_shows(&t, "version 2 of 6 is read; Esc stops");
	press(&t, "Esc Enter / n a");
	assert_shows(&t, "Stopped before the history was read.");
	end(&t);
	/* Left meanwhile. */
	set_up(&t, 24, 80, 6, &first_point);
	views_idle(t.views);
	press(&t, "q");
	assert_int_equal(t.open, 0);
	end(&t);
}

static void what_cannot_be_read_is_said(void **state)
{
	struct table t;

	(void)state;
	set_up(&t, 24, 80, 6, NULL);
	t.cannot_open = true;
	draw(&t);
	assert_shows(&t, "another user");
	press(&t, "Enter / n Down");
	end(&t);
	set_up(&t, 24, 80, 6, NULL);
	t.breaks = true;
	draw(&t);
	assert_shows(&t, "the repository is damaged");
	end(&t);
	begin(&t, 24, 80, 1, NULL);
	assert_shows(&t, "There never was a point in this draft.");
	press(&t, "Enter n G g PgDn");
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
	begin(&t, 24, 80, 5, NULL);
	press.pointer.row = 4; /* of the screen: the second point */
	views_key(t.views, &press);
	draw(&t);
	assert_shows(&t, "life of a point that is resolved");
	press.pointer.row = 9;
	press.pointer.clicks = 1;
	views_key(t.views, &press);
	press.pointer.row = 22;
	views_key(t.views, &press);
	draw(&t);
	end(&t);
}

static void the_table_of_keys_is_in_order(void **state)
{
	struct str wrong = STR_INIT;

	(void)state;
	keymap_check(&view_life_ops, &wrong);
	assert_string_equal(str_text(&wrong), "");
	str_release(&wrong);
}

/* Once they are looked at, the wordings of an event. */
static void look(struct table *t)
{
	views_idle(t->views);
	views_draw(t->views, &t->canvas);
}

static void the_newest_versions_tell_what_they_can_at_once(void **state)
{
	struct table t;

	(void)state;
	set_up(&t, 24, 80, 6, &first_point);
	t.gives_newest = true;
	draw_newest(&t);
	look(&t);
	assert_looks(&t, "life-newest-80x24");
	press_meanwhile(&t, "g");
	look(&t);
	assert_shows(&t, "stood there");
	assert_shows(&t, "what was before is not read yet");
	assert_hides(&t, "Haddad"); /* she may not have brought it */
	press_meanwhile(&t, "Down");
	assert_shows(&t, "resolved");
	/* The rest comes: the same event stays chosen. */
	draw(&t);
	assert_looks(&t, "life-newest-whole-80x24");
	end(&t);
	set_up(&t, 40, 120, 6, &first_point);
	t.gives_newest = true;
	draw_newest(&t);
	look(&t);
	assert_looks(&t, "life-newest-120x40");
	press_meanwhile(&t, "a");
	assert_looks(&t, "life-newest-list-120x40");
	end(&t);
}

static void the_list_of_the_newest_becomes_the_whole_list(void **state)
{
	struct table t;

	(void)state;
	set_up(&t, 24, 80, 6, NULL);
	t.gives_newest = true;
	draw_newest(&t);
	assert_looks(&t, "life-newest-list-80x24");
	press_meanwhile(&t, "Down Down");
	assert_shows(&t, "new, or open again, 2026-09-15");
	draw(&t);
	assert_shows(&t, "began 2026-09-15");
	assert_shows(&t, "every point there was");
	end(&t);
	/* Stopped: what is there stays, and says what it is of. */
	set_up(&t, 24, 80, 6, NULL);
	t.gives_newest = true;
	draw_newest(&t);
	press_meanwhile(&t, "Esc");
	assert_looks(&t, "life-newest-stopped-80x24");
	press(&t, "Enter Enter");
	assert_string_equal(views_top(t.views)->ops->name, "diff");
	end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_newest_versions_tell_what_they_can_at_once),
		cmocka_unit_test(the_list_of_the_newest_becomes_the_whole_list),
		cmocka_unit_test(a_points_life_is_told_event_by_event),
		cmocka_unit_test(every_point_there_was_is_listed),
		cmocka_unit_test(of_a_deleted_draft_nothing_is_open),
		cmocka_unit_test(points_are_found_by_words_they_once_had),
		cmocka_unit_test(one_goes_from_point_to_point),
		cmocka_unit_test(the_point_is_known_by_its_wording),
		cmocka_unit_test(an_event_leads_to_what_its_version_changed),
		cmocka_unit_test(the_first_screen_waits_for_nothing),
		cmocka_unit_test(what_cannot_be_read_is_said),
		cmocka_unit_test(the_mouse_chooses_and_opens),
		cmocka_unit_test(the_table_of_keys_is_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
