/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/place.h"
#include "core/utf8.h"

/* Line and column by counting from the start. */
static struct place counted(struct slice text, size_t offset)
{
	struct place p = {1, 1};
	uint32_t cp;

	for (size_t i = 0; i < offset; p.column++) {
		if (text.p[i] == '\n')
			p = (struct place){p.line + 1, 0};
		i += utf8_decode(text.p + i, text.len - i, &cp);
	}
	return p;
}

static void places_are_what_counting_says(void **state)
{
	struct prng rng = prng_make(11);
	struct str text = STR_INIT;

	(void)state;
	for (int round = 0; round < 60; round++) {
		struct places places;
		str_clear(&text);
		random_text(&rng, &text, prng_below(&rng, 900));
		if (round % 3 == 0) /* one long line */
			for (size_t i = 0; i < text.len; i++)
				if (text.p[i] == '\n')
					text.p[i] = ' ';
		places_init(&places, str_slice(&text));
		for (size_t i = 0; i <= text.len;) {
			struct place got = places_of(&places, i),
				     want = counted(str_slice(&text), i);
			uint32_t cp;
			assert_int_equal(got.line, want.line);
			assert_int_equal(got.column, want.column);
			assert_int_equal(places_offset(&places, got), i);
			if (i == text.len)
				break;
			for (size_t n = 1 + prng_below(&rng, 30); n && i < text.len; n--)
				i += utf8_decode(text.p + i, text.len - i, &cp);
		}
		places_release(&places);
	}
	str_release(&text);
}

static void a_place_beyond_the_text_is_its_end(void **state)
{
	struct slice text = SLICE("ab\ncd");
	struct places places;

	(void)state;
	places_init(&places, text);
	assert_int_equal(places_offset(&places, (struct place){1, 99}), 2);
	assert_int_equal(places_offset(&places, (struct place){9, 1}), 5);
	assert_int_equal(places_offset(&places, (struct place){0, 0}), 0);
	places_release(&places);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places_are_what_counting_says),
		cmocka_unit_test(a_place_beyond_the_text_is_its_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
