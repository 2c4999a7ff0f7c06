/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "ui/doc.h"
#include "ui/seals.h"
#include "ui/theme.h"

#include <string.h>

/* A host whose seals are known after some steps. */
struct fake {
	struct host host;
	struct host_seals seals;
	unsigned side;
	int opened, closed, steps;
	bool none;
};

static const struct host_seal list[] = {{0, "b1", SEAL_GOOD}, {1, "b1", SEAL_UNLISTED},
					{2, "b1", SEAL_BAD},  {3, "b1", SEAL_UNCHECKED},
					{0, "b1", SEAL_BAD},  {0, "b2", SEAL_BAD}};

static unsigned side_of(void *data, struct doc *doc)
{
	(void)doc;
	return ((struct fake *)data)->side;
}

static int open_seals(void *data, const char *name, struct host_seals **seals,
		      struct error *err)
{
	struct fake *f = data;

	assert_string_equal(name, "res-31");
	f->opened++;
	if (f->none)
		return error_set(err, ST_MISSING, "nobody signs");
	f->steps = 2;
	f->seals = (struct host_seals){list, 6, false};
	*seals = &f->seals;
	return 0;
}

static bool step(void *data, struct host_seals *seals)
{
	seals->ended = ((struct fake *)data)->steps-- <= 0;
	return !seals->ended;
}

static void close_seals(void *data, struct host_seals *seals)
{
	(void)seals;
	((struct fake *)data)->closed++;
}

static void init(struct fake *f)
{
	*f = (struct fake){.host = {.data = f,
				    .side_generation = side_of,
				    .seals_open = open_seals,
				    .seals_step = step,
				    .seals_close = close_seals}};
}

static void assert_word(const struct seals_watch *w, uint16_t party, const char *point,
			const char *wanted, uint32_t style)
{
	uint32_t got = STYLE_TEXT;
	const char *word = seals_word(w, party, point, &got);

	if (!wanted) {
		assert_null(word);
		return;
	}
	assert_non_null(word);
	assert_string_equal(word, wanted);
	assert_int_equal(got, style);
}

static void it_is_said_as_soon_as_it_is_known_and_not_before(void **state)
{
	static char name[] = "res-31";
	struct doc doc = {.name = name};
	struct seals_watch w = {.host = NULL};
	struct fake f;
	bool news = false;

	(void)state;
	init(&f);
	assert_false(seals_step(&w, &news));
	seals_want(&w, &f.host, &doc);
	seals_want(&w, &f.host, &doc);
	assert_int_equal(f.opened, 1);
	assert_word(&w, 0, "b1", NULL, 0);
	assert_true(seals_step(&w, &news));
	assert_true(seals_step(&w, &news));
	assert_false(news);
	assert_word(&w, 0, "b1", NULL, 0);
	assert_false(seals_step(&w, &news));
	assert_true(news);
	assert_word(&w, 0, "b1", "signed", STYLE_DIM); /* the first one counts */
	assert_word(&w, 1, "b1", "key not listed", STYLE_WARN);
	assert_word(&w, 2, "b1", "bad signature", STYLE_ERROR);
	assert_word(&w, 3, "b1", "signature not checked", STYLE_DIM);
	assert_word(&w, 0, "b2", "bad signature", STYLE_ERROR);
	assert_word(&w, 1, "b2", NULL, 0);
	news = false;
	assert_false(seals_step(&w, &news));
	assert_false(news);
	/* Positions were read anew. */
	f.side++;
	seals_want(&w, &f.host, &doc);
	assert_int_equal(f.opened, 2);
	assert_int_equal(f.closed, 1);
	assert_word(&w, 0, "b1", NULL, 0);
	seals_end(&w);
	seals_end(&w);
	assert_int_equal(f.closed, 2);
}

static void where_nobody_signs_nothing_is_said_nor_asked_again(void **state)
{
	static char name[] = "res-31";
	struct doc doc = {.name = name};
	struct seals_watch w = {.host = NULL};
	struct fake f;
	bool news = false;

	(void)state;
	init(&f);
	f.none = true;
	seals_want(&w, &f.host, &doc);
	seals_want(&w, &f.host, &doc);
	assert_int_equal(f.opened, 1);
	assert_false(seals_step(&w, &news));
	assert_word(&w, 0, "b1", NULL, 0);
	seals_end(&w);
	assert_int_equal(f.closed, 0);
	/* A host that cannot. */
	f.host.seals_open = NULL;
	seals_want(&w, &f.host, &doc);
	assert_int_equal(f.opened, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_said_as_soon_as_it_is_known_and_not_before),
		cmocka_unit_test(where_nobody_signs_nothing_is_said_nor_asked_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
