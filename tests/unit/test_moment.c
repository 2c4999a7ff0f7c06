/* SPDX-License-Identifier: MIT */
#include "core/moment.h"

#include "support.h"

#include <string.h>

static struct life life;
static struct moment moment;
static struct moment_place place;

static int begin(void **state)
{
	(void)state;
	parties_init_regions(&regions);
	life_init(&life);
	moment_init(&moment);
	return 0;
}

static int end(void **state)
{
	(void)state;
	parties_release(&regions);
	life_release(&life);
	moment_release(&moment);
	return 0;
}

/* The life of a text and the one made of it, and the second looked at closely. */
static void look(const char *before, const char *after)
{
	struct life_version v = {
		.text = slice_of(before), .base = LIFE_NONE, .undoes = LIFE_NONE};

	v.base = life_add(&life, &v, &regions);
	v.text = slice_of(after);
	life_add(&life, &v, &regions);
	moment_read(&moment, 1, slice_of(before), slice_of(after), false, NULL, &regions);
}

/* The n-th event of that kind in the second version. */
static uint32_t event(enum life_kind kind, size_t n)
{
	for (uint32_t i = 0; i < life.n_events; i++)
		if (life.events[i].version == 1 && life.events[i].kind == kind && n-- == 0)
			return i;
	fail_msg("no such event");
	return 0;
}

static void assert_words(struct str *text, size_t from, size_t to, const char *words)
{
	assert_slice_is(slice_make(text->p + from, to - from), words);
}

static void a_new_option_has_a_wording_before_and_after(void **state)
{
	(void)state;
	look("to hold [one / AFR: two]{#b1} meetings;\n",
	     "to hold, soon, [one / AFR: two / ARB: three]{#b1} meetings;\n");
	assert_true(moment_find(&moment, &life, event(LIFE_ADDED, 0), &place));
	assert_true(place.was && place.is);
	assert_words(&moment.before, place.old_begin, place.old_end, "[one / AFR: two]{#b1}");
	assert_words(&moment.after, place.new_begin, place.new_end,
		     "[one / AFR: two / ARB: three]{#b1}");
}

static void what_is_born_was_nowhere_and_what_is_resolved_is_nowhere(void **state)
{
	(void)state;
	look("to hold [one / two] meetings;\n\nto end;\n",
	     "to hold one meetings;\n\nto end [at last];\n");
	assert_true(moment_find(&moment, &life, event(LIFE_BORN, 0), &place));
	assert_false(place.was);
	assert_words(&moment.after, place.new_begin, place.new_end, "[at last]");
	assert_true(moment_find(&moment, &life, event(LIFE_RESOLVED, 0), &place));
	assert_false(place.is);
	assert_words(&moment.before, place.old_begin, place.old_end, "[one / two]");
}

static void points_that_read_alike_are_told_apart_by_their_turn(void **state)
{
	(void)state;
	look("it [shall][should] go;\n\nit [shall][should] come;\n", "it shall go;\n\nit shall "
								     "come;\n");
	assert_true(moment_find(&moment, &life, event(LIFE_RESOLVED, 0), &place));
	assert_int_equal(place.old_begin, 3);
	assert_true(moment_find(&moment, &life, event(LIFE_RESOLVED, 1), &place));
	assert_int_equal(place.old_begin, 27);
}

static void what_stands_beside_the_text_leaves_the_point_in_its_place(void **state)
{
	struct message_record record = {
		.kind = MESSAGE_DEFERRAL, .id = SLICE("b1"), .deferral = SLICE("until IRM-2")};

	(void)state;
	look("to hold [one / two]{#b1} meetings;\n", "to hold [one / two]{#b1} meetings;\n");
	life_note(&life, 1, &record);
	assert_true(moment_find(&moment, &life, event(LIFE_DEFERRED, 0), &place));
	assert_true(place.was && place.is);
	assert_int_equal(place.new_begin, 8);
}

static void another_version_and_a_deleted_draft_are_no_place(void **state)
{
	(void)state;
	look("to hold [one / two] meetings;\n", "to hold one meetings;\n");
	assert_false(moment_find(&moment, &life, 0, &place)); /* born in the first */
	moment_read(&moment, 1, SLICE("to hold [one / two] meetings;\n"), SLICE(""), true, NULL,
		    &regions);
	assert_int_equal(moment.n_new, 0);
}

#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_new_option_has_a_wording_before_and_after),
		T(what_is_born_was_nowhere_and_what_is_resolved_is_nowhere),
		T(points_that_read_alike_are_told_apart_by_their_turn),
		T(what_stands_beside_the_text_leaves_the_point_in_its_place),
		T(another_version_and_a_deleted_draft_are_no_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
