/* SPDX-License-Identifier: MIT */
#include "support_screen.h"

#include "core/mem.h"
#include "ui/canvas.h"
#include "ui/doc.h"
#include "ui/host.h"
#include "ui/keymap.h"
#include "ui/theme.h"
#include "ui/view_life.h"

#include <stdlib.h>
#include <string.h>

/* The life of a draft of six versions, which a fake host finds after a few steps. */
struct table {
	struct host host;
	struct parties parties;
	struct views *views;
	struct canvas canvas;
	struct str dump;
	struct life life;
	struct host_lives lives;
	struct host_version v[6];
	const char *documents[6];
	bool has_text[6];
	const char *texts[6];
	int steps, open;
	bool cannot_open, breaks, cannot_read;
};

#define HEAD "# On preparatory meetings\n\n1. to organize, within existing limits, "
#define TAIL " regional preparatory meeting for each of the six regions;\n\n"

static const char *const texts[] = {
	HEAD "one" TAIL "2. to convene a meeting of the chairs;\n",
	HEAD "[one / AFR: at least one]{#b1}" TAIL
	     "2. to convene a meeting of the chairs [and vice-chairs];\n",
	HEAD "[one / AFR: at least one / ARB: two]{#b1}" TAIL
	     "2. to convene a meeting of the chairs [and vice-chairs];\n",
	NULL, /* positions alone */
	HEAD "at least one" TAIL "2. to convene a meeting of the chairs [and vice-chairs];\n",
	HEAD "[one / AFR: at least one / ARB: two]{#b1}" TAIL
	     "2. to convene a meeting of the chairs [and vice-chairs];\n\n"
	     "3. to report [each year];\n",
};

#define DECISION                                                                               \
	"res-31: point 1 decided: \"at least one\"\n\nPoint: 1 (b1)\nDecision: option 2, "     \
	"\"at least one\"\nMeeting: IRM-2\nSupported-by: AFR\nOpposed-by: ARB\n"

static const struct parties *get_parties(void *data)
{
	return &((struct table *)data)->parties;
}

static int lives_open(void *data, const char *name, struct host_lives **lives,
		      struct error *err)
{
	struct table *t = data;

	assert_string_equal(name, "res-31");
	if (t->cannot_open)
		return error_set(err, ST_DENIED, "the repository belongs to another user");
	t->open++;
	*lives = &t->lives;
	return 0;
}

static int lives_step(void *data, struct host_lives *lives, struct error *err)
{
	struct table *t = data;

	assert_false(lives->ended);
	t->steps++;
	if (t->steps < 4) {
		lives->at = (size_t)t->steps;
		lives->of = t->steps > 1 ? 6 : 0;
		return 1;
	}
	lives->ended = true;
	if (t->breaks)
		return error_set(err, ST_FAIL, "the repository is damaged");
	lives->life = &t->life;
	return 0;
}

static void lives_stop(void *data, struct host_lives *lives)
{
	(void)data;
	lives->ended = true;
}

static int lives_text(void *data, struct host_lives *lives, uint32_t version, bool before,
		      struct str *text, struct error *err)
{
	struct table *t = data;

	assert_true(version < lives->n);
	if (t->cannot_read)
		return error_set(err, ST_INPUT, "this version is no text");
	if (before && !version)
		return 0;
	version -= before;
	while (!t->texts[version])
		version--;
	str_add_text(text, t->texts[version]);
	return 0;
}

static void lives_close(void *data, struct host_lives *lives)
{
	(void)lives;
	((struct table *)data)->open--;
}

#define TEXT(lit)                                                                              \
	{                                                                                      \
		(lit), sizeof(lit) - 1                                                         \
	}

static const struct host_version versions[6] = {
	{.id = "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
	 .path = "drafts/res-31.md",
	 .parent = "",
	 .was = "",
	 .tag = "",
	 .date = "2026-01-19",
	 .author = "Elena Marchetti",
	 .meeting = "",
	 .message = TEXT("The texts adopted in 2023")},
	{.id = "1a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
	 .path = "drafts/res-31.md",
	 .parent = "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
	 .was = "",
	 .tag = "",
	 .date = "2026-02-18",
	 .author = "Amina Diallo",
	 .meeting = "RPM-AFR",
	 .message = TEXT("res-31: proposals of Africa\n\nDocument AFCP/12.\n")},
	{.id = "2a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
	 .path = "drafts/res-31.md",
	 .parent = "1a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
	 .was = "",
	 .tag = "",
	 .date = "2026-03-11",
	 .author = "Nadia \x1b[31mHaddad of the Secretariat of the Arab States",
	 .meeting = "RPM-ARB",
	 .message = TEXT("res-31: proposals of the Arab States")},
	{.id = "3a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
	 .path = "drafts/res-31.md",
	 .parent = "2a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
	 .was = "",
	 .tag = "",
	 .date = "2026-03-12",
	 .author = "Nadia Haddad",
	 .meeting = "RPM-ARB",
	 .message = TEXT("res-31: positions of the Arab States")},
	{.id = "4a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
	 .path = "drafts/res-31.md",
	 .parent = "3a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
	 .was = "",
	 .tag = "",
	 .date = "2026-09-15",
	 .author = "Paolo Ricci",
	 .meeting = "IRM-2",
	 .message = TEXT(DECISION)},
	{.id = "5a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
	 .path = "drafts/res-31.md",
	 .parent = "4a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
	 .was = "",
	 .tag = "",
	 .date = "2026-09-15",
	 .author = "Paolo Ricci",
	 .meeting = "IRM-2",
	 .message = TEXT("res-31: point 1 open again")},
};

static const char *const documents[6] = {"", "AFCP/12, AFCP/13", "ARB/44", "", "", ""};

/* The life of the first n versions. */
static void live(struct table *t, uint32_t n)
{
	uint32_t base = LIFE_NONE;

	for (uint32_t i = 0; i < n; i++) {
		struct message_record record;
		struct life_version v = {
			.base = base, .undoes = i == 5 ? 4 : LIFE_NONE, .record = &record};

		t->has_text[i] = texts[i] != NULL;
		if (texts[i]) {
			message_parse(versions[i].message, &record);
			v.text = slice_of(texts[i]);
			base = life_add(&t->life, &v, &t->parties);
			continue;
		}
		static const char yaml[] =
			"b1:\n  stance: supports\n  option: 3\n  strength: red-line\n"
			"  source: ARB/44/1\n";
		struct positions p;

		assert_int_equal(positions_read(SLICE(yaml), &p, NULL, NULL), 0);
		life_aside(&t->life);
		life_position(&t->life, i, 2, NULL, &p);
		positions_release(&p);
	}
}

/* What stands under it. */
static void prepare_under(struct view *v, int rows, int cols)
{
	(void)v;
	(void)rows;
	(void)cols;
}

static void draw_under(const struct view *v, struct canvas *c)
{
	(void)v;
	(void)c;
}

static void free_under(struct view *v)
{
	free(v);
}

static const struct action under_actions[] = {{0}};

static const struct view_ops under_ops = {.name = "under",
					  .title = "Under",
					  .about = "",
					  .actions = under_actions,
					  .prepare = prepare_under,
					  .draw = draw_under,
					  .free = free_under};

static void set_up(struct table *t, int rows, int cols, uint32_t n, const struct life_ask *ask)
{
	memset(t, 0, sizeof(*t));
	parties_init_regions(&t->parties);
	life_init(&t->life);
	memcpy(t->v, versions, sizeof(versions));
	memcpy(t->documents, documents, sizeof(documents));
	memcpy(t->texts, texts, sizeof(texts));
	live(t, n);
	t->lives = (struct host_lives){.parties = &t->parties,
				       .v = t->v,
				       .documents = t->documents,
				       .has_text = t->has_text,
				       .n = n};
	t->host = (struct host){.data = t,
				.parties = get_parties,
				.lives_open = lives_open,
				.lives_step = lives_step,
				.lives_stop = lives_stop,
				.lives_text = lives_text,
				.lives_close = lives_close};
	t->views = views_new(&t->host);
	canvas_init(&t->canvas, rows, cols);
	struct view *under = mem_zalloc(sizeof(*under));
	under->ops = &under_ops;
	views_push(t->views, under);
	views_push(t->views, view_life_new(&t->host, "res-31", ask));
	views_draw(t->views, &t->canvas);
}

static void draw(struct table *t)
{
	while (views_idle(t->views))
		;
	views_draw(t->views, &t->canvas);
}

/* With all found. */
static void begin(struct table *t, int rows, int cols, uint32_t n, const struct life_ask *ask)
{
	set_up(t, rows, cols, n, ask);
	draw(t);
}

static void end(struct table *t)
{
	views_free(t->views);
	assert_int_equal(t->open, 0);
	life_release(&t->life);
	parties_release(&t->parties);
	canvas_release(&t->canvas);
	str_release(&t->dump);
}

static void press(struct table *t, const char *names)
{
	while (*names) {
		size_t len = strcspn(names, " ");
		struct key key = key_of(key_parse(slice_make(names, len)));

		assert_int_not_equal(key.code, KEY_NONE);
		views_key(t->views, &key);
		draw(t);
		names += len + strspn(names + len, " ");
	}
}

static bool shows(struct table *t, const char *text)
{
	str_clear(&t->dump);
	canvas_dump(&t->canvas, &t->dump);
	return strstr(str_text(&t->dump), text) != NULL;
}

#define assert_shows(t, text)                                                                  \
	do {                                                                                   \
		if (!shows((t), (text)))                                                       \
			fail_msg("no \"%s\" in\n%s", (text), str_text(&(t)->dump));            \
	} while (0)

#define assert_hides(t, text)                                                                  \
	do {                                                                                   \
		if (shows((t), (text)))                                                        \
			fail_msg("\"%s\" in\n%s", (text), str_text(&(t)->dump));               \
	} while (0)

static void assert_looks(struct table *t, const char *name)
{
	str_clear(&t->dump);
	canvas_dump(&t->canvas, &t->dump);
	assert_screen(name, str_slice(&t->dump));
}

static void assert_looks_in(struct table *t, int colours, const char *name)
{
	struct theme theme = theme_make(colours, false);

	str_clear(&t->dump);
	canvas_dump_styles(&t->canvas, &theme, &t->dump);
	assert_screen(name, str_slice(&t->dump));
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
	assert_shows(&t, "resolved 2026-09-15 at IRM-2, Paolo Ricci: option 2: at least one");
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
	assert_shows(&t, "versions are being looked for; Esc stops");
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_points_life_is_told_event_by_event),
		cmocka_unit_test(every_point_there_was_is_listed),
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
