/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/mem.h"
#include "ui/beside.h"

#include <sched.h>
#include <stdlib.h>

struct sum {
	struct beside beside;
	atomic_bool *may_end;
	atomic_int *released;
	int result;
};

static void work(struct beside *b)
{
	struct sum *s = (struct sum *)b;

	while (!atomic_load(s->may_end))
		sched_yield();
	s->result = 42;
}

static void release(struct beside *b)
{
	atomic_fetch_add(((struct sum *)b)->released, 1);
	free(b);
}

static atomic_bool may_end;
static atomic_int released;

static struct sum *begin(void)
{
	struct sum *s = mem_zalloc(sizeof(*s));

	*s = (struct sum){.beside = {.work = work, .release = release},
			  .may_end = &may_end,
			  .released = &released};
	atomic_store(&may_end, false);
	atomic_store(&released, 0);
	assert_true(beside_has_ended(&s->beside));
	assert_true(beside_start(&s->beside));
	return s;
}

static void what_it_made_is_taken_over_at_its_end(void **state)
{
	struct sum *s = begin();

	(void)state;
	assert_true(beside_step(&s->beside));
	assert_false(beside_has_ended(&s->beside));
	atomic_store(&may_end, true);
	while (beside_step(&s->beside))
		;
	assert_int_equal(s->result, 42);
	assert_false(beside_step(&s->beside));
	beside_drop(&s->beside);
	assert_int_equal(atomic_load(&released), 1);
}

static void what_is_dropped_clears_up_when_it_ends(void **state)
{
	struct sum *s = begin();

	(void)state;
	beside_drop(&s->beside);
	assert_int_equal(atomic_load(&released), 0);
	atomic_store(&may_end, true);
	while (!atomic_load(&released))
		sched_yield();
	assert_int_equal(atomic_load(&released), 1);
}

static void what_has_ended_is_cleared_up_at_once(void **state)
{
	struct sum *s = begin();

	(void)state;
	atomic_store(&may_end, true);
	while (!beside_has_ended(&s->beside))
		sched_yield();
	beside_drop(&s->beside);
	assert_int_equal(atomic_load(&released), 1);
	s = begin();
	atomic_store(&may_end, true);
	beside_wait(&s->beside);
	assert_int_equal(s->result, 42);
	beside_drop(&s->beside);
	assert_int_equal(atomic_load(&released), 1);
	beside_drop(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_it_made_is_taken_over_at_its_end),
		cmocka_unit_test(what_is_dropped_clears_up_when_it_ends),
		cmocka_unit_test(what_has_ended_is_cleared_up_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
