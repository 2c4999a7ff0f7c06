/* SPDX-License-Identifier: MIT */
#include "support_screen.h"

#include "core/mem.h"
#include "ui/canvas.h"
#include "ui/doc.h"
#include "ui/host.h"
#include "ui/keymap.h"
#include "ui/theme.h"
#include "ui/view_diff.h"
#include "ui/view_log.h"

#include <stdlib.h>
#include <string.h>

/* The log with a host that finds its versions one a step, and two texts for each. */
struct desk {
	struct host host;
	struct parties parties;
	struct views *views;
	struct canvas canvas;
	struct str dump;
	struct host_log log;
	struct host_version *all;
	size_t n_all;
	const char *old, *new, *now;
	struct doc *doc;
	bool cannot_open, cannot_read, breaks;
	int open;
};

static const char old_text[] =
	"# On preparatory meetings\n\n"
	"1. to organize, within existing limits, [one / AFR: at least one / ARB: two] regional "
	"preparatory meeting for each of the six regions;\n\n"
	"2. to convene a meeting of the chairs of those meetings;\n\n"
	"3. to report on the results to the council, which meets every year in the spring;\n\n"
	"4. to thank the host.\n";
static const char new_text[] =
	"# On preparatory meetings\n\n"
	"1. to organize, within existing limits, at least one regional "
	"preparatory meeting for each of the six regions;\n\n"
	"3. to report on the results to the council, which meets every year in the spring;\n\n"
	"2. to convene a meeting of the chairs of those meetings;\n\n"
	"4. to thank the host warmly.\n\n"
	"5. to translate them.\n";

#define DECISION                                                                               \
	"res-31: point 1 decided: \"at least one\"\n\nPoint: 1\nDecision: option 2, \"at "     \
	"least one\"\nMeeting: IRM-2\nSupported-by: AFR\nOpposed-by: ARB\n"

static const struct host_version some[] = {
	{"0a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
	 "2026-09-15",
	 "Paolo Ricci",
	 "IRM-2",
	 "irm-2-day-1",
	 {DECISION, sizeof(DECISION) - 1},
	 "",
	 false,
	 false,
	 false,
	 true,
	 {0, 1, 1, 0}},
	{"1a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
	 "2026-06-17",
	 "Ingrid \x1b[31mSolberg of the Secretariat",
	 "RPM-EUR",
	 "",
	 {"Proposals of Europe on two texts, which is a long line indeed", 61},
	 "res-30",
	 false,
	 false,
	 true,
	 true,
	 {12, 0, 0, 3}},
	{"2a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
	 "?",
	 "",
	 "",
	 "",
	 {"", 0},
	 "",
	 true,
	 false,
	 false,
	 false,
	 {0, 0, 0, 0}},
};

static const struct parties *get_parties(void *data)
{
	return &((struct desk *)data)->parties;
}

static int log_open(void *data, const char *name, struct host_log **log, struct error *err)
{
	struct desk *d = data;

	assert_string_equal(name, "res-31");
	if (d->cannot_open)
		return error_set(err, ST_DENIED, "the repository belongs to another user");
	d->open++;
	*log = &d->log;
	return 0;
}

static int log_step(void *data, struct host_log *log, struct error *err)
{
	struct desk *d = data;

	assert_false(log->ended);
	if (d->breaks && log->n == 1) {
		log->ended = true;
		return error_set(err, ST_FAIL, "the repository is damaged");
	}
	log->v = d->all;
	log->n += log->n < d->n_all;
	log->ended = log->n == d->n_all;
	return !log->ended;
}

static void log_stop(void *data, struct host_log *log)
{
	(void)data;
	log->ended = true;
}

static int log_text(void *data, struct host_log *log, size_t i, bool before, struct str *text,
		    struct error *err)
{
	struct desk *d = data;

	assert_true(i < log->n);
	if (d->cannot_read)
		return error_set(err, ST_INPUT, "this version is no text");
	str_add_text(text, before ? d->old : d->new);
	return 0;
}

static void log_close(void *data, struct host_log *log)
{
	(void)log;
	((struct desk *)data)->open--;
}

static int open_doc(void *data, const char *name, struct doc **doc, struct error *err)
{
	struct desk *d = data;

	(void)err;
	d->doc = doc_new(name, NULL, slice_of(d->now), &d->parties);
	*doc = d->doc;
	return 0;
}

static void close_doc(void *data, struct doc *doc)
{
	(void)data;
	doc_free(doc);
}

static void set_up(struct desk *d, int rows, int cols)
{
	memset(d, 0, sizeof(*d));
	parties_init_regions(&d->parties);
	d->host = (struct host){.data = d,
				.parties = get_parties,
				.log_open = log_open,
				.log_step = log_step,
				.log_stop = log_stop,
				.log_text = log_text,
				.log_close = log_close,
				.open = open_doc,
				.close = close_doc};
	d->all = mem_zalloc(sizeof(some));
	memcpy(d->all, some, sizeof(some));
	d->n_all = 3;
	d->old = old_text;
	d->new = d->now = new_text;
	d->views = views_new(&d->host);
	canvas_init(&d->canvas, rows, cols);
}

static void draw(struct desk *d)
{
	views_draw(d->views, &d->canvas);
}

/* With all versions found. */
static void begin(struct desk *d, int rows, int cols)
{
	set_up(d, rows, cols);
	views_push(d->views, view_log_new(&d->host, "res-31"));
	draw(d);
	while (views_idle(d->views))
		draw(d);
	draw(d);
}

/* The difference of two texts alone. */
static void begin_diff(struct desk *d, const char *old, const char *new, const char *message,
		       int rows, int cols)
{
	set_up(d, rows, cols);
	views_push(d->views,
		   view_diff_new(&d->host, &(struct diff_ask){"res-31", "2026-09-15 · IRM-2",
							      slice_of(old), slice_of(new),
							      slice_of(message)}));
	draw(d);
}

static void end(struct desk *d)
{
	views_free(d->views);
	assert_int_equal(d->open, 0);
	parties_release(&d->parties);
	canvas_release(&d->canvas);
	str_release(&d->dump);
	free(d->all);
}

/* Keys by name, parted by blanks. */
static void press(struct desk *d, const char *names)
{
	while (*names) {
		size_t len = strcspn(names, " ");
		struct key key = key_of(key_parse(slice_make(names, len)));

		assert_int_not_equal(key.code, KEY_NONE);
		views_key(d->views, &key);
		draw(d);
		names += len + strspn(names + len, " ");
	}
}

static bool shows(struct desk *d, const char *text)
{
	str_clear(&d->dump);
	canvas_dump(&d->canvas, &d->dump);
	return strstr(str_text(&d->dump), text) != NULL;
}

#define assert_shows(d, text)                                                                  \
	do {                                                                                   \
		if (!shows((d), (text)))                                                       \
			fail_msg("no \"%s\" in\n%s", (text), str_text(&(d)->dump));            \
	} while (0)

#define assert_hides(d, text)                                                                  \
	do {                                                                                   \
		if (shows((d), (text)))                                                        \
			fail_msg("\"%s\" in\n%s", (text), str_text(&(d)->dump));               \
	} while (0)

static void assert_looks(struct desk *d, const char *name)
{
	str_clear(&d->dump);
	canvas_dump(&d->canvas, &d->dump);
	assert_screen(name, str_slice(&d->dump));
}

static void assert_looks_in(struct desk *d, int colours, const char *name)
{
	struct theme theme = theme_make(colours, false);

	str_clear(&d->dump);
	canvas_dump_styles(&d->canvas, &theme, &d->dump);
	assert_screen(name, str_slice(&d->dump));
}

/* ---- the log ---- */

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

/* ---- what changed ---- */

static void a_version_shows_its_words_moves_and_decision(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, 24, 80);
	press(&d, "Enter");
	assert_shows(&d, "change 1 of 5");
	assert_shows(&d,
		     "decided: point 1, option 2, \"at least one\" · for AFR · against ARB");
	assert_shows(&d, "moved here, was ¶");
	assert_looks(&d, "diff-80x24");
	assert_looks_in(&d, 256, "diff-80x24-colour");
	assert_looks_in(&d, 0, "diff-80x24-mono");
	press(&d, "q");
	assert_shows(&d, "3 versions");
	end(&d);
	begin_diff(&d, old_text, new_text, DECISION, 40, 120);
	press(&d, "G");
	assert_looks(&d, "diff-120x40");
	end(&d);
	begin_diff(&d, old_text, new_text, DECISION, 10, 40);
	assert_looks(&d, "diff-40x10");
	end(&d);
}

static void a_version_is_compared_with_the_text_now(void **state)
{
	struct desk d;

	(void)state;
	begin(&d, 24, 80);
	press(&d, "w");
	assert_shows(&d, "The two texts are the same.");
	press(&d, "n p Down q");
	d.now = "# On preparatory meetings\n";
	press(&d, "w");
	assert_shows(&d, "from 2026-09-15 to now");
	assert_shows(&d, "deleted");
	end(&d);
}

static void blank_lines_alone_are_no_change_to_go_to(void **state)
{
	struct desk d;

	(void)state;
	begin_diff(&d, "a\n\nb\n", "a\n\n\nb\n", "", 24, 80);
	assert_shows(&d, "Only blank lines are different.");
	assert_shows(&d, "no change");
	end(&d);
	begin_diff(&d, "", "", "", 24, 80);
	assert_shows(&d, "The two texts are the same.");
	end(&d);
}

/* Whether a row of the body has the sign of a change, or belongs to one that is wrapped. */
static bool change_is_in_sight(struct desk *d)
{
	return shows(d, "▸") && (shows(d, "{+") || shows(d, "[-"));
}

static void a_change_is_always_in_sight(void **state)
{
	struct str old = STR_INIT, new = STR_INIT;
	struct desk d;

	(void)state;
	/* Changes many screens apart within one paragraph, then many small ones. */
	for (int i = 0; i < 2000; i++) {
		str_addf(&old, "word%d ", i);
		str_addf(&new, i % 700 == 400 ? "other%d " : "word%d ", i);
	}
	str_add_text(&old, "\n\n");
	str_add_text(&new, "\n\n");
	for (int i = 0; i < 40; i++) {
		str_addf(&old, "%d. paragraph %d of some words, old\n\n", i + 1, i);
		str_addf(&new, "%d. paragraph %d of some words, new\n\n", i + 1, i);
	}
	begin_diff(&d, str_text(&old), str_text(&new), "", 24, 80);
	assert_true(change_is_in_sight(&d));
	assert_shows(&d, "other400");
	press(&d, "n");
	assert_shows(&d, "other1100");
	press(&d, "n n");
	assert_shows(&d, "paragraph 0 of");
	press(&d, "g");
	for (int i = 0; i < 400; i++) {
		press(&d, "Down");
		if (!change_is_in_sight(&d))
			fail_msg("after %d rows down:\n%s", i, str_text(&d.dump));
	}
	assert_shows(&d, "paragraph 39 of");
	for (int i = 0; i < 400; i++) {
		press(&d, "Up");
		assert_true(change_is_in_sight(&d));
	}
	assert_shows(&d, "other400");
	for (int i = 0; i < 30; i++) {
		press(&d, "PgDn");
		assert_true(change_is_in_sight(&d));
	}
	assert_shows(&d, "paragraph 39 of");
	press(&d, "G n");
	assert_shows(&d, "From the last change to the first.");
	assert_shows(&d, "other400");
	press(&d, "p");
	assert_shows(&d, "paragraph 39 of");
	canvas_resize(&d.canvas, 10, 40);
	draw(&d);
	assert_true(change_is_in_sight(&d));
	end(&d);
	str_release(&old);
	str_release(&new);
}

static void any_two_texts_can_be_shown(void **state)
{
	static const char *const parts[] = {
		"[a / b]{#b1}", "[",  "]",    "\n",   "\n\n", "1. ",  "wörter", " ", "/",
		"{+",           "+}", "\x1b", "\xFF", "كلمة", "漢字", "\r\n",   "# "};
	struct prng rng = prng_make(7);

	(void)state;
	for (int i = 0; i < 60; i++) {
		struct str text[2] = {STR_INIT, STR_INIT};
		struct desk d;

		for (int t = 0; t < 2; t++)
			for (int k = 0; k < 40; k++)
				str_add_text(&text[t], parts[prng_below(&rng, 17)]);
		begin_diff(&d, str_text(&text[0]), str_text(&text[1]), DECISION, 24, 80);
		press(&d, "n n p Down Down PgDn Up PgUp G g");
		end(&d);
		str_release(&text[0]);
		str_release(&text[1]);
	}
}

static void the_tables_are_sound(void **state)
{
	struct str out = STR_INIT;

	(void)state;
	keymap_check(&view_log_ops, &out);
	keymap_check(&view_diff_ops, &out);
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
		cmocka_unit_test(a_version_shows_its_words_moves_and_decision),
		cmocka_unit_test(a_version_is_compared_with_the_text_now),
		cmocka_unit_test(blank_lines_alone_are_no_change_to_go_to),
		cmocka_unit_test(a_change_is_always_in_sight),
		cmocka_unit_test(any_two_texts_can_be_shown),
		cmocka_unit_test(the_tables_are_sound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
