/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/mem.h"
#include "core/project.h"

#include <stdlib.h>
#include <string.h>

static struct parties regions;

static int set_up(void **state)
{
	(void)state;
	parties_init_regions(&regions);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	parties_release(&regions);
	return 0;
}

static void project(struct slice draft, const char *code, struct str *out)
{
	uint16_t party = code ? party_find(&regions, slice_of(code), NULL) : PARTY_NONE;
	struct brackets b;
	uint32_t *choices;

	brackets_read(&b, draft, &regions);
	choices = mem_array(NULL, b.n_points, sizeof(*choices));
	project_choices(&b, party, choices);
	project_text(&b, draft, choices, out);
	free(choices);
	brackets_release(&b);
}

static void assert_project(const char *draft, const char *code, const char *want)
{
	struct str out = STR_INIT;

	project(slice_of(draft), code, &out);
	assert_slice_is(str_slice(&out), want);
	str_release(&out);
}

static void each_party_gets_its_own_wording(void **state)
{
	const char *d = "d'organiser [une / AFR, EUR: au moins une / ARB: deux] réunion "
			"[préparatoire / CIS: no text]{#b2} [ASP: chaque année] x\n";

	(void)state;
	assert_project(d, NULL, "d'organiser une réunion préparatoire x\n");
	assert_project(d, "EUR", "d'organiser au moins une réunion préparatoire x\n");
	assert_project(d, "ARB", "d'organiser deux réunion préparatoire x\n");
	assert_project(d, "CIS", "d'organiser une réunion x\n");
	assert_project(d, "ASP", "d'organiser une réunion préparatoire chaque année x\n");
}

static void nested_points_are_taken_inside_what_was_taken(void **state)
{
	const char *d = "a [b [c / EUR: d] e / AFR: f [g] h] i\n";

	(void)state;
	assert_project(d, NULL, "a b c e i\n");
	assert_project(d, "EUR", "a b d e i\n");
	assert_project(d, "AFR", "a f g h i\n");
	assert_project("x [[A / EUR: no text] foo / AFR: [EUR: B] y] z\n", "EUR", "x foo z\n");
	assert_project("x [[A / EUR: no text] foo / AFR: [EUR: B] y] z\n", "AFR", "x y z\n");
}

static void a_placeholder_stays_without_its_id(void **state)
{
	(void)state;
	assert_project("by [20XX]{#b1} (EUR) [X] end [a [X]{#q} b]\n", NULL,
		       "by [20XX] (EUR) [X] end a [X] b\n");
}

static void escapes_and_guards_are_gone_but_not_in_code(void **state)
{
	(void)state;
	assert_project("\\[x\\] `\\[` [\\ le (EUR) / AFR: \\ delete] \\\\ c \\d\n", NULL,
		       "[x] `\\[` le (EUR) \\ c \\d\n");
	assert_project("[\\ le (EUR) / AFR: \\ delete] x [a `\\/` \\/ b]\n", "AFR",
		       "delete x a `\\/` / b\n");
}

static void a_new_paragraph_of_one_party_is_not_in_the_base(void **state)
{
	const char *d = "a) x;\n\n[AFR: b) y;]\n\n[EUR:\nc) z\n\nd) w\n]\n\nend\n";

	(void)state;
	assert_project(d, NULL, "a) x;\n\nend\n");
	assert_project(d, "AFR", "a) x;\n\nb) y;\n\nend\n");
	assert_project(d, "EUR", "a) x;\n\nc) z\n\nd) w\n\nend\n");
}

static void a_text_without_brackets_and_backslashes_is_itself(void **state)
{
	struct prng rng = prng_make(99);
	struct str text = STR_INIT, out = STR_INIT;

	(void)state;
	for (int i = 0; i < 500; i++) {
		str_clear(&text);
		str_clear(&out);
		random_text(&rng, &text, prng_below(&rng, 60));
		for (size_t k = 0; k < text.len; k++)
			if (strchr("[]\\", text.p[k]) || (unsigned char)text.p[k] == 0xEF)
				text.p[k] = 'x';
		project(str_slice(&text), "AFR", &out);
		assert_slice_equal(str_slice(&out), str_slice(&text));
	}
	str_release(&text);
	str_release(&out);
}

static void any_draft_projects_to_a_text_without_ids_for_everyone(void **state)
{
	struct prng rng = prng_make(5);
	struct str text = STR_INIT, out = STR_INIT;
	static const char *const codes[] = {NULL, "AFR", "EUR", "CIS"};

	(void)state;
	for (int i = 0; i < 2000; i++) {
		str_clear(&text);
		str_clear(&out);
		random_text(&rng, &text, prng_below(&rng, 50));
		project(str_slice(&text), codes[i % 4], &out);
		assert_true(out.len <= text.len);
	}
	str_release(&text);
	str_release(&out);
}

/* Deciding level by level would take hours for these. */
static void deep_points_are_taken_in_one_go(void **state)
{
	static const struct {
		const char *open, *middle, *close;
		size_t left; /* bytes of the text, for nobody, at each level */
	} shapes[] = {
		{"[", "y", "]", 0},        {"[a ", "y", "]", 2},
		{"[ ", "y", " ]", 2},      {"[\n", "y", "\n]", 0},
		{"[a / ", "b", "]", 0},    {"[EUR: b / ", "y", " / c] (AFR)", 0},
		{"[a ", "y", "]{#b1}", 2}, {"[[EUR: a]{#b1} ", "y", "]", 0},
	};
	const size_t n = 100000;

	(void)state;
	for (size_t i = 0; i < sizeof(shapes) / sizeof(*shapes); i++) {
		struct str text = STR_INIT, out = STR_INIT;

		for (size_t k = 0; k < n; k++)
			str_add_text(&text, shapes[i].open);
		str_add_text(&text, shapes[i].middle);
		for (size_t k = 0; k < n; k++)
			str_add_text(&text, shapes[i].close);
		project(str_slice(&text), NULL, &out);
		if (i == 4)
			assert_slice_is(str_slice(&out), "a");
		else if (i == 5)
			assert_slice_is(str_slice(&out), "");
		else
			assert_int_equal(out.len, 1 + n * shapes[i].left);
		str_release(&text);
		str_release(&out);
	}
}

static void what_is_left_of_blanks_alone_is_nothing(void **state)
{
	(void)state;
	assert_project("a [ [EUR: x] ] b\n", NULL, "a b\n");
	assert_project("a [[EUR: x] b] c\n", NULL, "a b c\n");
	assert_project("x\n\n[\nb\n[EUR: x]\n]\n\ny\n", NULL, "x\n\nb\n\ny\n");
	assert_project("a\\ [EUR: x]! b\n", NULL, "a\\! b\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_party_gets_its_own_wording),
		cmocka_unit_test(nested_points_are_taken_inside_what_was_taken),
		cmocka_unit_test(a_placeholder_stays_without_its_id),
		cmocka_unit_test(escapes_and_guards_are_gone_but_not_in_code),
		cmocka_unit_test(a_new_paragraph_of_one_party_is_not_in_the_base),
		cmocka_unit_test(a_text_without_brackets_and_backslashes_is_itself),
		cmocka_unit_test(any_draft_projects_to_a_text_without_ids_for_everyone),
		cmocka_unit_test(deep_points_are_taken_in_one_go),
		cmocka_unit_test(what_is_left_of_blanks_alone_is_nothing),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
