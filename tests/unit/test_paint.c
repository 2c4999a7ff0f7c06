/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/mem.h"
#include "ui/paint.h"

#include <stdlib.h>
#include <string.h>

/* The styles of a stretch; the caller frees them. */
static uint32_t *painted(const struct doc *d, size_t begin, size_t end, uint32_t point)
{
	uint32_t *styles = mem_array(NULL, end - begin, sizeof(*styles));
	struct paragraph p = {.end = d->flat.len, .kind = PARA_TEXT};

	paint_text(&(struct paint){styles, begin, end}, d, &p, point);
	return styles;
}

static void a_stretch_looks_as_it_does_in_the_whole(void **state)
{
	struct prng r = prng_make(5);
	struct str text = STR_INIT;
	size_t in_brackets = 0;

	(void)state;
	for (size_t round = 0; round < 300; round++) {
		size_t depth = prng_below(&r, 4);
		struct doc *d;
		uint32_t *whole, point;

		str_clear(&text);
		for (size_t i = 0; i < depth; i++)
			str_add_text(&text, prng_one_in(&r, 2) ? "[a / " : "[AFR: b ");
		random_text(&r, &text, 10 + prng_below(&r, 60));
		for (size_t i = 0; i < depth; i++)
			str_add_text(&text, prng_one_in(&r, 2) ? " c]" : " c/]{#x1} (EUR)");
		d = doc_new("res-31", NULL, str_slice(&text), &regions);
		point = d->brackets.n_points ? (uint32_t)prng_below(&r, d->brackets.n_points)
					     : BRACKET_NONE;
		whole = painted(d, 0, text.len, point);
		for (size_t k = 0; k < 20; k++) {
			size_t begin = prng_below(&r, text.len + 1);
			size_t end = begin + prng_below(&r, text.len - begin + 1);
			uint32_t *part;

			/* No stretch begins within a character. */
			while (begin && begin < end && (text.p[begin] & 0xC0) == 0x80)
				begin--;
			part = painted(d, begin, end, point);
			assert_memory_equal(part, whole + begin, (end - begin) * sizeof(*part));
			in_brackets +=
				end > begin && brackets_depth_at(&d->brackets, begin) > 1;
			free(part);
		}
		free(whole);
		doc_free(d);
	}
	assert_true(in_brackets > 100);
	str_release(&text);
}

static void an_id_is_hidden_in_whatever_stretch_it_stands(void **state)
{
	struct doc *d = doc_new("res-31", NULL, SLICE("a [b [c]{#x1} d]{#x2} e"), &regions);
	struct layout_range *ids;

	(void)state;
	assert_int_equal(paint_hidden(d, 0, d->flat.len, &ids), 2);
	assert_int_equal(ids[0].begin, 8);
	assert_int_equal(ids[0].end, 13);
	assert_int_equal(ids[1].begin, 16);
	free(ids);
	assert_int_equal(paint_hidden(d, 6, 15, &ids), 1);
	assert_int_equal(ids[0].begin, 2);
	free(ids);
	assert_int_equal(paint_hidden(d, 14, d->flat.len, &ids), 1);
	assert_int_equal(ids[0].end, 7);
	free(ids);
	doc_free(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_stretch_looks_as_it_does_in_the_whole),
		cmocka_unit_test(an_id_is_hidden_in_whatever_stretch_it_stands),
	};

	return cmocka_run_group_tests(tests, regions_set_up, regions_tear_down);
}
