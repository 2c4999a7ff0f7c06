/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/party.h"

#include <string.h>

static size_t list_at(const struct parties *p, const char *text, struct party_list *list)
{
	return party_list_at(p, text, strlen(text), list);
}

static void the_six_regions_and_their_aliases_are_known(void **state)
{
	struct parties p;
	bool is_code;

	(void)state;
	parties_init_regions(&p);
	assert_int_equal(p.n, 6);
	assert_int_equal(party_find(&p, SLICE("AFR"), &is_code), 0);
	assert_true(is_code);
	assert_int_equal(party_find(&p, SLICE("ECP"), &is_code), 5);
	assert_false(is_code);
	assert_int_equal(party_find(&p, SLICE("afr"), NULL), PARTY_NONE);
	assert_int_equal(party_find(&p, SLICE(""), NULL), PARTY_NONE);
	parties_release(&p);
}

static void lists_are_read_from_either_end(void **state)
{
	struct parties p;
	struct party_list list;

	(void)state;
	parties_init_regions(&p);
	assert_int_equal(list_at(&p, "AFR, EUR: x", &list), strlen("AFR, EUR"));
	assert_int_equal(list.n, 2);
	assert_int_equal(list.v[1], 5);
	assert_int_equal(list_at(&p, "AFR；EUR，ASP+CIS&ARB x", &list),
			 strlen("AFR；EUR，ASP+CIS&ARB"));
	assert_int_equal(list.n, 5);
	assert_int_equal(list_at(&p, "AFR, XYZ", &list), 0);
	assert_int_equal(list_at(&p, "AFRx", &list), 0);
	assert_int_equal(list_at(&p, "AFR,", &list), 0);
	assert_int_equal(list_at(&p, "EUR, CEPT", &list), strlen("EUR, CEPT"));
	assert_int_equal(list.n, 1);
	assert_false(list.lone_alias);
	assert_int_equal(list_at(&p, "CEPT", &list), 4);
	assert_true(list.lone_alias);
	assert_int_equal(party_list_before(&p, "x (AFR, EUR", 11, &list), 8);
	assert_int_equal(list.v[0], 0);
	assert_int_equal(list.v[1], 5);
	assert_int_equal(party_list_before(&p, "x, EUR", 6, &list), 0);
	parties_release(&p);
}

static void of_a_recorded_list_what_is_no_party_hides_none_of_the_others(void **state)
{
	struct parties p;
	struct party_list list;

	(void)state;
	parties_init_regions(&p);
	party_list_recorded(&p, SLICE("GONE, AFR, XYZ; EUR, AFR, "), &list);
	assert_int_equal(list.n, 2);
	assert_int_equal(list.v[0], 0);
	assert_int_equal(list.v[1], 5);
	party_list_recorded(&p, SLICE("nobody, \xFF"), &list);
	assert_int_equal(list.n, 0);
	party_list_recorded(&p, SLICE(""), &list);
	assert_int_equal(list.n, 0);
	parties_release(&p);
}

static void regions_yaml_may_replace_the_regions(void **state)
{
	struct slice yaml =
		SLICE("parties:\n"
		      "  - code: AFR\n"
		      "    name: {fr: Afrique, en: Africa}\n"
		      "    organisation: ATU\n"
		      "    aliases: [ATU, AFCP, two words]\n"
		      "    focal_points:\n"
		      "      - {name: A. Person, email: a@example.org, drafts: [res-1]}\n"
		      "  - code: G77\n"
		      "    name: Group\n"
		      "    shoes: brown\n"
		      "  - code: AFR\n"
		      "  - name: nobody\n");
	struct yaml_problems problems = {NULL, 0, 0};
	struct error err = ERROR_INIT;
	struct parties p;

	(void)state;
	assert_int_equal(parties_read(&p, yaml, &problems, &err), 0);
	assert_int_equal(p.n, 2);
	assert_string_equal(p.v[0].name, "Africa");
	assert_string_equal(p.v[0].focal[0].email, "a@example.org");
	assert_string_equal(p.v[0].focal[0].drafts[0], "res-1");
	assert_int_equal(p.v[0].n_aliases, 2);
	assert_int_equal(party_find(&p, SLICE("G77"), NULL), 1);
	assert_int_equal(party_find(&p, SLICE("EUR"), NULL), PARTY_NONE);
	assert_int_equal(problems.n, 4);
	assert_int_equal(problems.v[1].line, 10);
	yaml_problems_release(&problems);
	parties_release(&p);
}

static void a_file_that_says_nothing_leaves_the_six_regions(void **state)
{
	static const char *const files[] = {"", "parties: []\n", "other: 1\n",
					    "parties:\n  - 3\n", "\t{[\n"};

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		struct yaml_problems problems = {NULL, 0, 0};
		struct error err = ERROR_INIT;
		struct parties p;
		int rc = parties_read(&p, slice_of(files[i]), &problems, &err);
		assert_int_equal(p.n, 6);
		assert_true(problems.n > 0 || rc < 0);
		yaml_problems_release(&problems);
		parties_release(&p);
	}
}

static void a_draft_has_its_focal_points(void **state)
{
	struct slice yaml =
		SLICE("parties:\n- code: AFR\n  focal_points:\n  - {name: A, drafts: [res-1]}\n"
		      "  - {name: B}\n  - {name: C, drafts: [res-2, DT/7]}\n- code: ARB\n"
		      "  focal_points: [{name: A}]\n");
	const struct focal_point *f;
	struct parties p;

	(void)state;
	assert_int_equal(parties_read(&p, yaml, NULL, NULL), 0);
	f = party_focal(&p.v[0], NULL, SLICE("res-1"), SLICE(""));
	assert_string_equal(f->name, "A");
	f = party_focal(&p.v[0], f, SLICE("res-1"), SLICE(""));
	assert_string_equal(f->name, "B");
	assert_null(party_focal(&p.v[0], f, SLICE("res-1"), SLICE("")));
	f = party_focal(&p.v[0], f, SLICE("x"), SLICE("DT/7"));
	assert_string_equal(f->name, "C");
	/* The same person may speak for two. */
	assert_string_equal(party_focal(&p.v[1], NULL, SLICE("y"), SLICE(""))->name, "A");
	parties_release(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_six_regions_and_their_aliases_are_known),
		cmocka_unit_test(lists_are_read_from_either_end),
		cmocka_unit_test(of_a_recorded_list_what_is_no_party_hides_none_of_the_others),
		cmocka_unit_test(regions_yaml_may_replace_the_regions),
		cmocka_unit_test(a_file_that_says_nothing_leaves_the_six_regions),
		cmocka_unit_test(a_draft_has_its_focal_points),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
