/* SPDX-License-Identifier: MIT */
#include "support_draft.h"

#include "core/agreement.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

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
	reading_init(&r, before);
	draft_digest(&r.d, before, &r.b, 0, entry.digest);
	agreements_read(&a, &list, &r.d, before, &r.b);
	assert_int_equal(a.v[0].state, AGREEMENT_AGREED);
	assert_int_equal(a.v[2].state, AGREEMENT_NONE);
	assert_int_equal(a.agreed, 1);
	assert_int_equal(a.reopened, 0);
	agreements_release(&a);
	reading_release(&r);

	/* Moved, with another label and another blank, it is the same wording. */
	reading_init(&r, moved);
	agreements_read(&a, &list, &r.d, moved, &r.b);
	assert_int_equal(a.v[4].state, AGREEMENT_AGREED);
	assert_int_equal(a.reopened, 0);
	agreements_release(&a);
	reading_release(&r);

	reading_init(&r, after);
	agreements_read(&a, &list, &r.d, after, &r.b);
	assert_int_equal(a.v[0].state, AGREEMENT_REOPENED);
	assert_int_equal(a.v[0].entry, 0);
	assert_int_equal(a.reopened, 1);
	agreements_release(&a);
	reading_release(&r);
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
