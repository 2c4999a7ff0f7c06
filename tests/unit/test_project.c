/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/mem.h"
#include "core/project.h"
#include "core/resolve.h"

#include <stdlib.h>
#include <string.h>

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

/* ---- what if */

/* choices: one letter a point, in order: a digit as an option's number, '0' no text, '.' open.
 */
static void what_if(struct slice draft, const char *letters, struct project_map *map,
		    struct str *out)
{
	struct brackets b;
	uint32_t *choices;

	brackets_read(&b, draft, &regions);
	choices = mem_array(NULL, b.n_points, sizeof(*choices));
	for (size_t i = 0; i < b.n_points; i++)
		choices[i] = letters[i] == '.'   ? PROJECT_OPEN
			     : letters[i] == '0' ? PROJECT_NO_TEXT
						 : (uint32_t)(letters[i] - '1');
	project_draft(&b, draft, choices, map, out);
	free(choices);
	brackets_release(&b);
}

static void assert_what_if(const char *draft, const char *letters, const char *want)
{
	struct str out = STR_INIT;

	what_if(slice_of(draft), letters, NULL, &out);
	assert_slice_is(str_slice(&out), want);
	str_release(&out);
}

static void what_is_not_decided_stays_in_its_brackets(void **state)
{
	const char *d = "to hold [one / AFR: two]{#b1} meetings [and [\\[two\\]] reports];\n";

	(void)state;
	assert_what_if(d, "...", d);
	assert_what_if(d, "2..", "to hold two meetings [and [\\[two\\]] reports];\n");
	assert_what_if(d, ".1.",
		       "to hold [one / AFR: two]{#b1} meetings and [\\[two\\]] reports;\n");
	assert_what_if(d, "0.0", "to hold meetings [and reports];\n");
	assert_what_if(d, "101", "to hold one meetings;\n");
	assert_what_if("[X]{#b1} of [20XX]\n", "0.", "of [20XX]\n");
}

static void a_slash_that_a_taken_bracket_escaped_is_one_again(void **state)
{
	(void)state;
	assert_what_if("[a \\/ b / c] d \\/ e\n", "1", "a / b d \\/ e\n");
	assert_what_if("[[a] \\/ [b] / c]\n", "1..", "[a] \\/ [b]\n");
	assert_what_if("[x [a \\/ b] y]\n", ".1", "[x a \\/ b y]\n");
	assert_what_if("[x [a \\/ b] y]\n", "1.", "x [a \\/ b] y\n");
}

static bool same_options(const struct brackets *a, const struct brackets *b, size_t i)
{
	for (size_t k = 0; k < a->points[i].n_options; k++) {
		const struct option *one = point_option(a, &a->points[i], k);
		const struct option *other = point_option(b, &b->points[i], k);

		if (one->n_parties != other->n_parties || one->no_text != other->no_text ||
		    one->own_parties != other->own_parties)
			return false;
	}
	return true;
}

/* A point's end moves only with one in it, or where what follows is read as its own now. */
static bool same_end(const struct brackets *a, const struct brackets *b, size_t i, size_t n)
{
	size_t end = point_end(a, &a->points[i]);

	return (n < a->n_points && end > point_begin(a, &a->points[n])) ||
	       end == point_end(b, &b->points[i]);
}

/* Whether the points before the n-th are read alike in both. */
static bool same_points(const struct brackets *a, const struct brackets *b, size_t n)
{
	if (b->n_points < n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (point_begin(a, &a->points[i]) != point_begin(b, &b->points[i]) ||
		    a->points[i].n_options != b->points[i].n_options ||
		    a->points[i].kind != b->points[i].kind ||
		    a->points[i].n_brackets != b->points[i].n_brackets ||
		    !same_options(a, b, i) || !same_end(a, b, i, n))
			return false;
	return true;
}

/* Deciding one after the other, from the last to the first; false where a decision makes
 * something else of the brackets that are left. */
static bool decide_each(struct slice draft, const char *letters, struct str *out)
{
	struct brackets first, b;
	struct str next = STR_INIT;
	bool same = true;

	str_add_slice(out, draft);
	brackets_read(&first, draft, &regions);
	for (size_t i = first.n_points; i-- > 0 && same;) {
		struct choice choice = {.kind = CHOOSE_OPTION,
					.option = (size_t)(letters[i] - '0')};
		struct edits edits = EDITS_INIT;
		struct error err = ERROR_INIT;

		if (letters[i] == '.')
			continue;
		brackets_read(&b, str_slice(out), &regions);
		same = same_points(&first, &b, i + 1);
		if (same)
			assert_int_equal(
				resolve_point(&(struct bracketed){&b, str_slice(out), &regions},
					      (uint32_t)i, &choice, &edits, NULL, &err),
				0);
		str_clear(&next);
		edits_apply(&edits, str_slice(out), &next);
		str_clear(out);
		str_add_slice(out, str_slice(&next));
		edits_release(&edits);
		brackets_release(&b);
	}
	brackets_release(&first);
	str_release(&next);
	return same;
}

/* Pieces of which brackets are made often; each text is one paragraph or a few. */
static void random_points(struct prng *rng, struct str *text)
{
	static const char *const pieces[] = {
		"[",         "]",       "[",    "]",   " / ",    "a",     " ",   "word", ", ",
		" [b / c] ", "{#b%zu}", "\n\n", "1) ", " (EUR)", "AFR: ", "[X]", "; "};
	size_t n = 4 + prng_below(rng, 30);

	for (size_t i = 0; i < n; i++) {
		const char *piece = pieces[prng_below(rng, 17)];

		if (piece[0] == '{')
			str_addf(text, "{#b%zu}", i);
		else
			str_add_text(text, piece);
	}
	str_add_char(text, '\n');
}

/* Where deciding makes no two points one, what if and one decision after the other agree. */
static void what_if_is_what_the_decisions_would_give(void **state)
{
	struct prng rng = prng_make(77);
	struct str text = STR_INIT, want = STR_INIT, out = STR_INIT;
	size_t compared = 0;

	(void)state;
	for (int i = 0; i < 4000; i++) {
		struct brackets b;
		char letters[64];
		size_t n;

		str_clear(&text);
		str_clear(&want);
		str_clear(&out);
		random_points(&rng, &text);
		brackets_read(&b, str_slice(&text), &regions);
		n = b.n_points;
		for (size_t k = 0; k < n; k++)
			letters[k] =
				(char)(prng_below(&rng, 3)
					       ? '0' + prng_below(&rng,
								  b.points[k].n_options + 1)
					       : '.');
		brackets_release(&b);
		if (!decide_each(str_slice(&text), letters, &want))
			continue;
		what_if(str_slice(&text), letters, NULL, &out);
		if (!slice_equal(str_slice(&want), str_slice(&out)))
			fail_msg("from %s with %.*s\n%s\nnot\n%s", str_text(&text), (int)n,
				 letters, str_text(&out), str_text(&want));
		compared += n > 0;
	}
	assert_true(compared > 2000);
	str_release(&text);
	str_release(&want);
	str_release(&out);
}

static void a_place_in_the_draft_is_found_in_the_text(void **state)
{
	struct project_map map = {NULL, 0, 0};
	struct str out = STR_INIT;
	const char *d = "x [one / two] y [z] w";

	(void)state;
	what_if(slice_of(d), "2.", &map, &out);
	assert_slice_is(str_slice(&out), "x two y [z] w");
	assert_int_equal(project_place(&map, 0), 0);
	assert_int_equal(project_place(&map, 2), 2);  /* the bracket is gone */
	assert_int_equal(project_place(&map, 3), 2);  /* and the first option */
	assert_int_equal(project_place(&map, 9), 2);  /* "two" */
	assert_int_equal(project_place(&map, 12), 5); /* its end */
	assert_int_equal(project_place(&map, 16), 8); /* [z] */
	assert_int_equal(project_place(&map, strlen(d)), out.len);
	project_map_release(&map);
	str_release(&out);
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
		cmocka_unit_test(what_is_not_decided_stays_in_its_brackets),
		cmocka_unit_test(a_slash_that_a_taken_bracket_escaped_is_one_again),
		cmocka_unit_test(what_if_is_what_the_decisions_would_give),
		cmocka_unit_test(a_place_in_the_draft_is_found_in_the_text),
	};

	return cmocka_run_group_tests(tests, regions_set_up, regions_tear_down);
}
