/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/mem.h"
#include "core/message.h"
#include "core/package.h"
#include "core/project.h"

#include <stdlib.h>
#include <string.h>

/* Choices by number from 1, as a person says them; 9 leaves a point open. */
static void make(struct package *p, struct slice draft, const char *choices)
{
	struct package_ask ask = {.draft = draft, .parties = &regions, .named = true};
	struct brackets b;
	uint32_t *v;

	brackets_read(&b, draft, &regions);
	assert_int_equal(b.n_points, strlen(choices));
	v = mem_array(NULL, b.n_points, sizeof(*v));
	for (size_t i = 0; i < b.n_points; i++)
		v[i] = choices[i] == '9'   ? PROJECT_OPEN
		       : choices[i] == '0' ? PROJECT_NO_TEXT
					   : (uint32_t)(choices[i] - '1');
	ask.b = &b;
	ask.choices = v;
	package_make(p, &ask);
	brackets_release(&b);
	free(v);
}

static void assert_package(const char *draft, const char *choices, const char *text,
			   const char *name)
{
	struct package p;

	make(&p, slice_of(draft), choices);
	assert_slice_is(str_slice(&p.text), text);
	assert_slice_is(str_slice(&p.name), name);
	package_release(&p);
}

static void points_keep_the_numbers_they_had_before_the_first(void **state)
{
	(void)state;
	assert_package("to [a / b] the [c / d], but [e] and [f]\n", "2901",
		       "to b the [c / d], but and f\n", "3 points: 1=2, 3=0, 4=1");
	assert_package("x [a] y\n", "9", "x [a] y\n", "0 points: ");
	assert_package("no point\n", "", "no point\n", "0 points: ");
}

static void one_inside_another_is_decided_in_what_is_left_of_it(void **state)
{
	struct package p;

	(void)state;
	make(&p, slice_of("to [one [big / small] thing / two] and [three]\n"), "121");
	assert_slice_is(str_slice(&p.text), "to one small thing and three\n");
	assert_int_equal(p.n, 3);
	/* From the last one; what stands in another after it. */
	assert_int_equal(p.v[0].point, 2);
	assert_int_equal(p.v[1].point, 0);
	assert_int_equal(p.v[2].point, 1);
	/* Their own numbers are those of the draft as it is then. */
	assert_int_equal(p.v[0].what.number, 3);
	assert_int_equal(p.v[2].what.number, 1);
	package_release(&p);
}

static void one_inside_what_is_not_taken_is_left_and_named(void **state)
{
	struct package p;

	(void)state;
	make(&p, slice_of("to [one [big / small] thing / two] and [three]\n"), "221");
	assert_slice_is(str_slice(&p.text), "to two and three\n");
	assert_int_equal(p.n_left, 1);
	assert_int_equal(p.left[0].point, 1);
	assert_non_null(strstr(p.left[0].why, "not taken"));
	assert_slice_is(str_slice(&p.name), "2 points: 1=2, 3=1");
	package_release(&p);
}

/* The id of the outer one kept [a] apart from [c]. */
static void one_that_would_be_another_then_is_left(void **state)
{
	struct package p;

	(void)state;
	make(&p, slice_of("x [y [a] / b]{#p}[c / d] z\n"), "119");
	assert_int_equal(p.n, 1);
	assert_int_equal(p.n_left, 1);
	assert_int_equal(p.left[0].point, 1);
	assert_non_null(strstr(p.left[0].why, "otherwise"));
	assert_slice_is(str_slice(&p.text), "x y [a][c / d] z\n");
	package_release(&p);
}

static void the_messages_name_the_package_and_give_it_back(void **state)
{
	const struct message_about about = {.draft = "res-31", .parties = &regions};
	struct message_record record;
	struct str message = STR_INIT;
	struct package p;

	(void)state;
	make(&p, slice_of("to [a / b] the [c / d]\n"), "21");
	message_decision(&message, &about, &p.v[1].what);
	message_parse(str_slice(&message), &record);
	assert_slice_is(record.package, "2 points: 1=2, 2=1");
	assert_int_equal(record.kind, MESSAGE_DECISION);
	str_release(&message);
	package_release(&p);
}

static uint32_t any_choice(struct prng *r, const struct point *p)
{
	size_t k = prng_below(r, p->n_options + 2);

	if (k == 0)
		return PROJECT_OPEN;
	return k == 1 ? PROJECT_NO_TEXT : (uint32_t)k - 2;
}

/* Each step is of the text that those before it left, and every choice is decided or left. */
static void check_random(struct prng *r, size_t *left, size_t *other)
{
	struct str draft = STR_INIT, text = STR_INIT, next = STR_INIT;
	struct package_ask ask = {.parties = &regions};
	size_t chosen = 0, joined = 0;
	uint32_t *choices;
	struct brackets b;
	struct package p;

	random_text(r, &draft, 60);
	brackets_read(&b, str_slice(&draft), &regions);
	choices = mem_array(NULL, b.n_points, sizeof(*choices));
	for (size_t i = 0; i < b.n_points; i++) {
		choices[i] = any_choice(r, &b.points[i]);
		chosen += choices[i] != PROJECT_OPEN;
	}
	ask.b = &b;
	ask.draft = str_slice(&draft);
	ask.choices = choices;
	package_make(&p, &ask);
	assert_int_equal(p.n + p.n_left, chosen);
	str_add_slice(&text, str_slice(&draft));
	for (size_t i = 0; i < p.n; i++) {
		str_clear(&next);
		edits_apply(&p.v[i].edits, str_slice(&text), &next);
		str_clear(&text);
		str_add_slice(&text, str_slice(&next));
		assert_int_equal(p.v[i].what.package.len, 0);
	}
	assert_slice_equal(str_slice(&p.text), str_slice(&text));
	str_clear(&next);
	project_draft(&b, str_slice(&draft), choices, NULL, &next);
	for (size_t i = 0; i < p.n_left; i++)
		joined += strstr(p.left[i].why, "otherwise") != NULL;
	*left += p.n_left;
	*other += joined == 0 && !slice_equal(str_slice(&p.text), str_slice(&next));
	package_release(&p);
	brackets_release(&b);
	str_release(&draft);
	str_release(&text);
	str_release(&next);
	free(choices);
}

static void random_packages_are_decided_step_by_step(void **state)
{
	struct prng r = prng_make(20261123);
	size_t left = 0, other = 0;

	(void)state;
	for (size_t i = 0; i < 1500; i++)
		check_random(&r, &left, &other);
	assert_true(left > 0);
	/* "What if" shows the same text, but for a blank where two gaps close beside each
	 * other.
	 */
	assert_in_range(other, 0, 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(points_keep_the_numbers_they_had_before_the_first),
		cmocka_unit_test(one_inside_another_is_decided_in_what_is_left_of_it),
		cmocka_unit_test(one_inside_what_is_not_taken_is_left_and_named),
		cmocka_unit_test(one_that_would_be_another_then_is_left),
		cmocka_unit_test(the_messages_name_the_package_and_give_it_back),
		cmocka_unit_test(random_packages_are_decided_step_by_step),
	};

	return cmocka_run_group_tests(tests, regions_set_up, regions_tear_down);
}
