/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/agreement.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

struct reading {
	struct parties regions;
	struct brackets b;
	struct draft d;
};

static void read_draft(struct reading *r, struct slice text)
{
	parties_init_regions(&r->regions);
	brackets_read(&r->b, text, &r->regions);
	draft_read(&r->d, text, &r->b);
}

static void release(struct reading *r)
{
	draft_release(&r->d);
	brackets_release(&r->b);
	parties_release(&r->regions);
}

static void a_paragraph_is_agreed_until_its_wording_changes(void **state)
{
	struct slice before = SLICE("a) to convene a meeting of all;\n\nb) to report on it;\n");
	struct slice moved =
		SLICE("a) new;\n\nb) to report on it;\n\nc) to  convene a meeting of all;\n");
	struct slice after =
		SLICE("a) to convene a meeting [of all];\n\nb) to report on it;\n");
	struct agreed entry = {.meeting = mem_strdup("IRM-1"),
			       .date = mem_strdup("2027-01-02"),
			       .begins = mem_strdup("to convene a meeting")};
	struct agreed_list list = {&entry, 1, 1};
	struct agreements a;
	struct reading r;

	(void)state;
	read_draft(&r, before);
	draft_digest(&r.d, before, &r.b, 0, entry.digest);
	agreements_read(&a, &list, &r.d, before, &r.b);
	assert_int_equal(a.v[0].state, AGREEMENT_AGREED);
	assert_int_equal(a.v[2].state, AGREEMENT_NONE);
	assert_int_equal(a.agreed, 1);
	assert_int_equal(a.reopened, 0);
	agreements_release(&a);
	release(&r);

	/* Moved, with another label and another blank, it is the same wording. */
	read_draft(&r, moved);
	agreements_read(&a, &list, &r.d, moved, &r.b);
	assert_int_equal(a.v[4].state, AGREEMENT_AGREED);
	assert_int_equal(a.reopened, 0);
	agreements_release(&a);
	release(&r);

	read_draft(&r, after);
	agreements_read(&a, &list, &r.d, after, &r.b);
	assert_int_equal(a.v[0].state, AGREEMENT_REOPENED);
	assert_int_equal(a.v[0].entry, 0);
	assert_int_equal(a.reopened, 1);
	agreements_release(&a);
	release(&r);
	free(entry.meeting);
	free(entry.date);
	free(entry.begins);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_paragraph_is_agreed_until_its_wording_changes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
