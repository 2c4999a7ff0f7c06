/* SPDX-License-Identifier: MIT */
#ifndef TESTS_SUPPORT_LIVES_H
#define TESTS_SUPPORT_LIVES_H

#include "support_under.h"
#include "support_view.h"

#include "ui/canvas.h"
#include "ui/doc.h"
#include "ui/host.h"
#include "ui/keymap.h"
#include "ui/theme.h"
#include "ui/view.h"

#include <stdlib.h>
#include <string.h>

/*
 * The life of a draft of six versions, which a fake host finds after a few steps, for tests
 * of views that tell of it; and what they are pressed and looked at with. Each test
 * program includes it once.
 */
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
	/* What its versions with a text from `newest_of[0]` on tell. */
	struct life newest;
	struct host_version newest_v[3];
	const char *newest_documents[3];
	bool gives_newest;
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

static const uint32_t newest_of[3] = {2, 4, 5};
static const bool all_have_text[3] = {true, true, true};

static void show_newest(struct table *t, struct host_lives *lives)
{
	uint32_t base = LIFE_NONE;

	life_init(&t->newest);
	for (uint32_t i = 0; i < 3; i++) {
		struct message_record record;
		struct life_version v = {.base = base,
					 .undoes = i == 2 ? 1 : LIFE_NONE,
					 .record = &record,
					 .text = slice_of(t->texts[newest_of[i]])};

		t->newest_v[i] = t->v[newest_of[i]];
		t->newest_documents[i] = t->documents[newest_of[i]];
		message_parse(t->newest_v[i].message, &record);
		base = life_add(&t->newest, &v, &t->parties);
	}
	life_is_of_newest(&t->newest);
	lives->life = &t->newest;
	lives->v = t->newest_v;
	lives->documents = t->newest_documents;
	lives->has_text = all_have_text;
	lives->is_newest = true;
	lives->n = 3;
}

static int lives_step(void *data, struct host_lives *lives, struct error *err)
{
	struct table *t = data;

	assert_false(lives->ended);
	t->steps++;
	if (t->steps < 4) {
		lives->at = (size_t)t->steps;
		lives->of = t->steps > 1 ? 6 : 0;
		if (t->gives_newest && t->steps == 1)
			show_newest(t, lives);
		return 1;
	}
	lives->ended = true;
	if (t->breaks)
		return error_set(err, ST_FAIL, "the repository is damaged");
	lives->life = &t->life;
	lives->v = t->v;
	lives->documents = t->documents;
	lives->has_text = t->has_text;
	lives->is_newest = false;
	lives->n = t->life.n_versions;
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
	if (lives->is_newest)
		version = newest_of[version];
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

/* To be called with a view of the life of the first n versions. */
static void set_up_lives(struct table *t, int rows, int cols, uint32_t n)
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
	push_under(t->views);
}

static void draw(struct table *t)
{
	while (views_idle(t->views))
		;
	views_draw(t->views, &t->canvas);
}

/* The newest versions are found, the rest is being read. */
static void draw_newest(struct table *t)
{
	while (t->steps < 2)
		views_idle(t->views);
	views_draw(t->views, &t->canvas);
}

static void end(struct table *t)
{
	views_free(t->views);
	assert_int_equal(t->open, 0);
	life_release(&t->life);
	life_release(&t->newest);
	parties_release(&t->parties);
	canvas_release(&t->canvas);
	str_release(&t->dump);
}

/* Keys while it reads on; it gets no further. */
static void press_meanwhile(struct table *t, const char *names)
{
	while (press_next(t->views, &names))
		views_draw(t->views, &t->canvas);
}

static void press(struct table *t, const char *names)
{
	while (press_next(t->views, &names))
		draw(t);
}

#endif
