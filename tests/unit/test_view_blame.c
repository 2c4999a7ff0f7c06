/* SPDX-License-Identifier: MIT */
#include "support_under.h"
#include "support_view.h"

#include "ui/canvas.h"
#include "ui/doc.h"
#include "ui/host.h"
#include "ui/keymap.h"
#include "ui/theme.h"
#include "ui/view_blame.h"

#include <stdlib.h>
#include <string.h>

/* Words that two versions changed, and that are being changed now; found after a few steps. */
struct table {
	struct host host;
	struct parties parties;
	struct views *views;
	struct canvas canvas;
	struct str dump;
	struct host_blame blame;
	struct host_change v[3];
	int steps, open;
	bool cannot_open, breaks, cannot_read;
};

#define HEAD "# On preparatory meetings\n\n1. to organize, within existing limits, "
#define TAIL                                                                                   \
	" regional preparatory meeting for each of the six regions;\n\n2. to convene a "       \
	"meeting of the chairs;\n"

/* Newest first; of each change the version's text. */
static const char *const texts[] = {
	HEAD "[one / AFR: at least two / ARB: two]" TAIL,
	HEAD "[one / AFR: at least one / ARB: two]" TAIL,
	HEAD "[one / AFR: at least one]" TAIL,
	HEAD "one" TAIL,
};

#define DECISION                                                                               \
	"res-31: point 1 decided: \"at least one\"\n\nPoint: 1 (b1)\nDecision: option 2, "     \
	"\"at least one\"\nMeeting: IRM-2\nSupported-by: AFR\nOpposed-by: ARB\n"

#define TEXT(lit)                                                                              \
	{                                                                                      \
		(lit), sizeof(lit) - 1                                                         \
	}

static const struct host_change changes[3] = {
	{.version = {.id = "",
		     .date = "",
		     .author = "",
		     .meeting = "",
		     .tag = "",
		     .message = TEXT(""),
		     .path = "",
		     .parent = "",
		     .was = ""},
	 .was = TEXT("at least one"),
	 .now = TEXT("at least two"),
	 .begin = sizeof(HEAD) - 1 + 12,
	 .end = sizeof(HEAD) - 1 + 24},
	{.version = {.id = "2a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
		     .date = "2026-09-15",
		     .author = "Paolo \x1b[31mRicci",
		     .meeting = "IRM-2",
		     .tag = "irm-2",
		     .message = TEXT(DECISION),
		     .path = "drafts/res-31.md",
		     .parent = "1a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
		     .was = ""},
	 .was = TEXT("at last one"),
	 .now = TEXT("at least one"),
	 .begin = sizeof(HEAD) - 1 + 12,
	 .end = sizeof(HEAD) - 1 + 24},
	{.version = {.id = "1a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
		     .date = "2026-02-18",
		     .author = "Amina Diallo",
		     .meeting = "RPM-AFR",
		     .tag = "",
		     .message = TEXT("res-31: proposals of Africa"),
		     .path = "drafts/res-30.md",
		     .parent = "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
		     .was = "drafts/res-29.md"},
	 .was = TEXT(""),
	 .now = TEXT("at last one"),
	 .begin = sizeof(HEAD) - 1 + 12,
	 .end = sizeof(HEAD) - 1 + 24},
};

static const struct parties *get_parties(void *data)
{
	return &((struct table *)data)->parties;
}

static int blame_open(void *data, const char *name, struct slice text, size_t begin, size_t end,
		      struct host_blame **blame, struct error *err)
{
	struct table *t = data;

	assert_string_equal(name, "res-31");
	assert_slice_is(slice_make(text.p + begin, end - begin), "at least two");
	if (t->cannot_open)
		return error_set(err, ST_DENIED, "the repository belongs to another user");
	t->open++;
	*blame = &t->blame;
	return 0;
}

static int look(void *data, struct host_blame *blame, struct error *err)
{
	struct table *t = data;

	assert_false(blame->ended);
	if (++t->steps < 3)
		return 1;
	blame->ended = true;
	if (t->breaks)
		return error_set(err, ST_FAIL, "the repository is damaged");
	blame->v = t->v;
	blame->n = 3;
	return 0;
}

static void blame_stop(void *data, struct host_blame *blame)
{
	(void)data;
	blame->ended = true;
}

static int blame_text(void *data, struct host_blame *blame, size_t i, bool before,
		      struct str *text, struct error *err)
{
	struct table *t = data;

	assert_true(i < blame->n);
	if (t->cannot_read)
		return error_set(err, ST_INPUT, "this version is no text");
	str_add_text(text, texts[i + before]);
	return 0;
}

static void blame_close(void *data, struct host_blame *blame)
{
	(void)blame;
	((struct table *)data)->open--;
}

static void set_up(struct table *t, int rows, int cols)
{
	const struct slice text = slice_of(texts[0]);

	memset(t, 0, sizeof(*t));
	parties_init_regions(&t->parties);
	memcpy(t->v, changes, sizeof(changes));
	t->host = (struct host){.data = t,
				.parties = get_parties,
				.blame_open = blame_open,
				.blame_step = look,
				.blame_stop = blame_stop,
				.blame_text = blame_text,
				.blame_close = blame_close};
	t->views = views_new(&t->host);
	canvas_init(&t->canvas, rows, cols);
	push_under(t->views);
	views_push(t->views, view_blame_new(&t->host, "res-31", text, sizeof(HEAD) - 1 + 12,
					    sizeof(HEAD) - 1 + 24));
	views_draw(t->views, &t->canvas);
}

static void draw(struct table *t)
{
	while (views_idle(t->views))
		;
	views_draw(t->views, &t->canvas);
}

/* With all found. */
static void begin(struct table *t, int rows, int cols)
{
	set_up(t, rows, cols);
	draw(t);
}

static void end(struct table *t)
{
	views_free(t->views);
	assert_int_equal(t->open, 0);
	parties_release(&t->parties);
	canvas_release(&t->canvas);
	str_release(&t->dump);
}

static void press(struct table *t, const char *names)
{
	while (press_next(t->views, &names))
		draw(t);
}

static void the_versions_that_changed_the_words_follow_each_other(void **state)
{
	struct table t;

	(void)state;
	begin(&t, 24, 80);
	assert_shows(&t, "changed now, not committed yet");
	assert_shows(&t, "change 1 of 3");
	press(&t, "Enter"); /* nothing to compare yet */
	assert_string_equal(views_top(t.views)->ops->name, "blame");
	press(&t, "p");
	assert_looks(&t, "blame-80x24");
	assert_looks_in(&t, 256, "blame-80x24-colour");
	assert_looks_in(&t, 0, "blame-80x24-mono");
	press(&t, "p");
	assert_shows(&t, "renamed from drafts/res-29.md");
	assert_shows(&t, "before  nothing");
	assert_hides(&t, "who before that"); /* the footer offers what there is */
	press(&t, "p");
	assert_shows(&t, "Nothing stood there before");
	press(&t, "n n n");
	assert_shows(&t, "the text as it is now");
	press(&t, "n G");
	assert_shows(&t, "change 3 of 3");
	press(&t, "g");
	assert_shows(&t, "the text now");
	end(&t);
	begin(&t, 40, 120);
	press(&t, "p");
	assert_looks(&t, "blame-120x40");
	end(&t);
	begin(&t, 10, 40);
	press(&t, "p");
	assert_looks(&t, "blame-40x10");
	press(&t, "PgDn PgDn Down Up PgUp");
	end(&t);
}

static void enter_shows_all_that_the_version_changed(void **state)
{
	struct table t;

	(void)state;
	begin(&t, 24, 80);
	press(&t, "p Enter");
	assert_string_equal(views_top(t.views)->ops->name, "diff");
	assert_shows(&t, "2026-09-15 · IRM-2");
	press(&t, "q");
	assert_shows(&t, "change 2 of 3");
	t.cannot_read = true;
	press(&t, "Enter");
	assert_shows(&t, "this version is no text");
	press(&t, "p");
	assert_shows(&t, "this version is no text");
	end(&t);
}

static void the_first_screen_waits_for_nothing(void **state)
{
	struct table t;

	(void)state;
	set_up(&t, 24, 80);
	assert_shows(&t, "the history is being read; Esc stops");
	assert_shows(&t, "at least two");
	assert_int_equal(t.open, 0);
	views_idle(t.views);
	press(&t, "Esc");
	assert_shows(&t, "stopped");
	press(&t, "p n Enter G q");
	assert_string_equal(views_top(t.views)->ops->name, "under");
	end(&t);
}

static void what_cannot_be_read_is_said(void **state)
{
	struct table t;

	(void)state;
	set_up(&t, 24, 80);
	t.cannot_open = true;
	draw(&t);
	assert_shows(&t, "another user");
	press(&t, "p");
	end(&t);
	set_up(&t, 24, 80);
	t.breaks = true;
	draw(&t);
	assert_shows(&t, "the repository is damaged");
	end(&t);
}

static void the_table_of_keys_is_in_order(void **state)
{
	struct str wrong = STR_INIT;

	(void)state;
	keymap_check(&view_blame_ops, &wrong);
	assert_string_equal(str_text(&wrong), "");
	str_release(&wrong);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_versions_that_changed_the_words_follow_each_other),
		cmocka_unit_test(enter_shows_all_that_the_version_changed),
		cmocka_unit_test(the_first_screen_waits_for_nothing),
		cmocka_unit_test(what_cannot_be_read_is_said),
		cmocka_unit_test(the_table_of_keys_is_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
