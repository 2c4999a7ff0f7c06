/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/bracket.h"
#include "core/place.h"

#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- a reading as JSON, as FORMAT.md prints it ---- */

static void put_place(json_t *o, const char *line, const char *column,
		      const struct places *places, size_t at)
{
	struct place p = places_of(places, at);

	json_object_set_new(o, line, json_integer((json_int_t)p.line));
	json_object_set_new(o, column, json_integer((json_int_t)p.column));
}

static json_t *options_json(const struct brackets *b, const struct point *p, struct slice draft)
{
	json_t *list = json_array();

	for (size_t k = 0; k < p->n_options; k++) {
		const struct option *o = point_option(b, p, k);
		json_t *parties = json_array(), *one = json_object();
		for (size_t i = 0; i < o->n_parties; i++)
			json_array_append_new(
				parties, json_string(regions.v[b->parties[o->party + i]].code));
		json_object_set_new(one, "text",
				    json_stringn(draft.p + o->begin, o->end - o->begin));
		json_object_set_new(one, "parties", parties);
		json_array_append_new(list, one);
	}
	return list;
}

static json_t *point_json(const struct brackets *b, uint32_t index, struct slice draft,
			  const struct places *places)
{
	const struct point *p = &b->points[index];
	struct slice id = point_id(b, p, draft);
	json_t *o = json_object(), *list = json_array();

	json_object_set_new(o, "n", json_integer(index + 1));
	json_object_set_new(o, "id", id.len ? json_stringn(id.p, id.len) : json_null());
	put_place(o, "line", "column", places, b->v[p->bracket].begin);
	put_place(o, "end_line", "end_column", places, b->v[p->last].inner_end);
	json_object_set_new(o, "depth", json_integer(p->depth));
	json_object_set_new(o, "parent",
			    json_integer(p->parent == BRACKET_NONE ? 0 : p->parent + 1));
	json_object_set_new(o, "joint", json_string(bracket_joint_word(p->joint)));
	json_object_set_new(o, "kind", json_string(bracket_kind_word(p->kind)));
	json_object_set_new(o, "options", options_json(b, p, draft));
	for (uint32_t i = p->bracket; i != BRACKET_NONE; i = b->v[i].next) {
		json_t *one = json_object();
		put_place(one, "line", "column", places, b->v[i].begin);
		put_place(one, "end_line", "end_column", places, b->v[i].inner_end);
		json_array_append_new(list, one);
	}
	json_object_set_new(o, "brackets", list);
	return o;
}

static json_t *reading_json(const struct brackets *b, struct slice draft)
{
	json_t *o = json_object(), *points = json_array(), *problems = json_array();
	json_t *skipped = json_object();
	struct places places;

	places_init(&places, draft);
	for (uint32_t i = 0; i < b->n_points; i++)
		json_array_append_new(points, point_json(b, i, draft, &places));
	for (size_t i = 0; i < b->n_problems; i++) {
		json_t *one = json_object();
		put_place(one, "line", "column", &places, b->problems[i].at);
		json_object_set_new(one, "problem",
				    json_string(bracket_problem_word(b->problems[i].kind)));
		json_array_append_new(problems, one);
	}
	for (int c = 0; c < SKIP_CLASSES; c++)
		if (b->skips[c])
			json_object_set_new(skipped, skip_class_word((enum skip_class)c),
					    json_integer((json_int_t)b->skips[c]));
	json_object_set_new(o, "points", points);
	json_object_set_new(o, "problems", problems);
	json_object_set_new(o, "skipped", skipped);
	places_release(&places);
	return o;
}

/* Compares what the case wants with what was read, key by key. */
static int check_case(const json_t *want)
{
	const char *text = json_string_value(json_object_get(want, "draft"));
	size_t len = json_string_length(json_object_get(want, "draft"));
	static const char *const keys[] = {"points", "problems", "skipped"};
	struct brackets b;
	json_t *got;
	int failed = 0;

	brackets_read(&b, slice_make(text, len), &regions);
	got = reading_json(&b, slice_make(text, len));
	for (size_t i = 0; i < 3; i++) {
		if (json_equal(json_object_get(got, keys[i]), json_object_get(want, keys[i])))
			continue;
		char *g = json_dumps(json_object_get(got, keys[i]), JSON_COMPACT);
		char *w = json_dumps(json_object_get(want, keys[i]), JSON_COMPACT);
		print_error("%s: %s\n  got  %s\n  want %s\n",
			    json_string_value(json_object_get(want, "name")), keys[i], g, w);
		free(g);
		free(w);
		failed = 1;
	}
	json_decref(got);
	brackets_release(&b);
	return failed;
}

static int check_file(const char *path)
{
	FILE *f = fopen(path, "r");
	char *line = NULL;
	size_t size = 0;
	int failed = 0, cases = 0;

	assert_non_null(f);
	while (getline(&line, &size, f) > 0) {
		json_t *want = json_loads(line, 0, NULL);
		assert_non_null(want);
		failed += check_case(want);
		cases++;
		json_decref(want);
	}
	free(line);
	fclose(f);
	assert_true(cases > 10);
	return failed;
}

static void every_example_of_the_format_reads_as_it_says(void **state)
{
	(void)state;
	assert_int_equal(check_file("tests/cases/brackets.jsonl"), 0);
}

static void every_example_of_our_own_reads_as_it_says(void **state)
{
	(void)state;
	assert_int_equal(check_file("tests/cases/brackets-more.jsonl"), 0);
}

/* ---- laws on random texts ---- */

static void assert_sane_points(const struct brackets *b)
{
	for (uint32_t i = 0; i < b->n_points; i++) {
		const struct point *p = &b->points[i];
		assert_true(i == 0 || point_begin(b, &b->points[i - 1]) < point_begin(b, p));
		assert_int_equal(p->depth, b->v[p->bracket].depth);
		if (p->parent == BRACKET_NONE)
			assert_int_equal(p->depth, 1);
		else
			assert_int_equal(b->points[p->parent].depth + 1, p->depth);
		assert_true(brackets_point_at(b, point_begin(b, p)) == i);
		for (size_t k = 0; k < p->n_options; k++)
			assert_int_equal(b->v[point_option(b, p, k)->bracket].point, i);
	}
}

/* Everything a reading says lies where it says, nested well. */
static void assert_sane_brackets(const struct brackets *b, struct slice draft)
{
	size_t last = 0;

	for (size_t i = 0; i < b->n; i++) {
		const struct bracket *v = &b->v[i];
		assert_true(i == 0 || v->begin > last);
		last = v->begin;
		assert_true(v->begin < v->inner && v->inner <= v->inner_end);
		assert_true(v->inner_end < v->close && v->close <= v->end &&
			    v->end <= draft.len);
		assert_true(draft.p[v->begin] == '[' ||
			    (unsigned char)draft.p[v->begin] == 0xEF);
		assert_true(draft.p[v->inner_end] == ']' ||
			    (unsigned char)draft.p[v->inner_end] == 0xEF);
		if (v->parent != BRACKET_NONE) {
			assert_true(v->begin >= b->v[v->parent].inner);
			assert_true(v->end <= b->v[v->parent].inner_end);
		}
		for (uint32_t k = 0; k < v->n_options; k++) {
			const struct option *o = &b->options[v->option + k];
			assert_true(o->begin <= o->end && o->part <= o->begin);
			assert_true(o->begin >= v->inner && o->end <= v->end);
			assert_int_equal(o->bracket, i);
		}
	}
	assert_sane_points(b);
}

/* Writes the draft from the reading alone: what stands between signs, and the signs. */
static void write_back(const struct brackets *b, struct slice draft, struct str *out)
{
	size_t at = 0, close = 0, n = 0;
	size_t *stack = calloc(b->n + 1, sizeof(*stack));

	for (size_t i = 0; i <= b->n; i++) {
		size_t next = i < b->n ? b->v[i].begin : draft.len;
		while (n && b->v[stack[n - 1]].close <= next) {
			close = b->v[stack[--n]].inner_end;
			str_add(out, draft.p + at, close - at);
			str_add(out, draft.p + close, b->v[stack[n]].close - close);
			at = b->v[stack[n]].close;
		}
		str_add(out, draft.p + at, next - at);
		at = next;
		if (i < b->n)
			stack[n++] = i;
	}
	assert_int_equal(n, 0);
	free(stack);
}

static void any_text_reads_well_nested_and_gives_the_same_bytes_back(void **state)
{
	struct prng rng = prng_make(20260101);
	struct str text = STR_INIT, back = STR_INIT;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		struct brackets b;
		str_clear(&text);
		str_clear(&back);
		random_text(&rng, &text, prng_below(&rng, 60));
		if (prng_one_in(&rng, 4))
			random_bytes(&rng, &text, prng_below(&rng, 20));
		brackets_read(&b, str_slice(&text), &regions);
		assert_sane_brackets(&b, str_slice(&text));
		write_back(&b, str_slice(&text), &back);
		assert_slice_equal(str_slice(&back), str_slice(&text));
		brackets_release(&b);
	}
	str_release(&text);
	str_release(&back);
}

/* Signs that the reader has rules for, thickly sown. */
static void dense_text(struct prng *r, struct str *out, size_t n)
{
	static const char *const pieces[] = {
		"[",
		"]",
		"[",
		"]",
		"［",
		"］",
		" / ",
		"/",
		"\\",
		"`",
		"``",
		"<!--",
		"-->",
		"\n",
		"\n\n",
		"\r\n",
		"(EUR)",
		" (AFR: delete)",
		"{#b1}",
		"AFR: ",
		" – ASP",
		"(http://x.org/[y])",
		"](",
		")",
		"!",
		"[^1]",
		"[footnoteRef:1]",
		"[1: ",
		"[bookmark: ",
		"# ",
		"a) ",
		"x",
		" ",
		"```\n",
		"[sic]",
		":\n",
		"[a]: /b\n",
		"[a]",
		"<https://",
		">",
		"document [AB-1]",
		"~~~\n",
		"---\n",
		"\\ ",
		"or",
		"。",
	};

	while (n--)
		str_add_text(out, pieces[prng_below(r, sizeof(pieces) / sizeof(*pieces))]);
}

static void texts_full_of_signs_read_well_nested(void **state)
{
	struct prng rng = prng_make(7);
	struct str text = STR_INIT, back = STR_INIT;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		struct brackets b;
		str_clear(&text);
		str_clear(&back);
		dense_text(&rng, &text, prng_below(&rng, 40));
		brackets_read(&b, str_slice(&text), &regions);
		assert_sane_brackets(&b, str_slice(&text));
		write_back(&b, str_slice(&text), &back);
		assert_slice_equal(str_slice(&back), str_slice(&text));
		assert_int_equal(brackets_count(str_slice(&text), &regions), b.n_points);
		brackets_release(&b);
	}
	str_release(&text);
	str_release(&back);
}

static void a_million_open_brackets_are_a_million_problems(void **state)
{
	size_t n = 1000000;
	char *text = malloc(n);
	struct brackets b;

	(void)state;
	memset(text, '[', n);
	brackets_read(&b, slice_make(text, n), &regions);
	assert_int_equal(b.n_problems, n);
	brackets_release(&b);
	memset(text + n / 2, ']', n / 2);
	brackets_read(&b, slice_make(text, n), &regions);
	assert_int_equal(b.n, n / 2);
	assert_int_equal(b.v[n / 2 - 1].depth, n / 2);
	brackets_release(&b);
	free(text);
}

/* ---- questions ---- */

/* Each of them spans a line end at its own depth: looking for the paragraph's beginning anew
 * each time would take minutes. */
static void deep_brackets_over_lines_are_read_in_one_go(void **state)
{
	const size_t n = 200000;
	struct str text = STR_INIT;
	struct brackets b;

	(void)state;
	str_add_text(&text, "x:\n");
	for (size_t i = 0; i < n; i++)
		str_add_char(&text, '[');
	for (size_t i = 0; i < n; i++)
		str_add_text(&text, "\n]");
	brackets_read(&b, str_slice(&text), &regions);
	assert_int_equal(b.n_points, n);
	assert_int_equal(b.points[n - 1].depth, n);
	brackets_release(&b);
	str_release(&text);
}

static void linked_points_offer_the_same_wordings_parties_and_ids_aside(void **state)
{
	struct slice d = SLICE("x [shall / AFR: should]{#b1} y [shall][should] z [shall / may] "
			       "w [X] v [X] [ a [b] (EUR) c] u [a [b]  c]\n");
	struct brackets b;
	uint32_t *list;

	(void)state;
	brackets_read(&b, d, &regions);
	assert_int_equal(brackets_linked_points(&b, d, 0, &list), 1);
	assert_int_equal(list[0], 1);
	free(list);
	assert_int_equal(brackets_linked_points(&b, d, 2, &list), 0);
	free(list);
	assert_true(b.points[3].kind == KIND_PLACEHOLDER);
	assert_int_equal(brackets_linked_points(&b, d, 3, &list), 0);
	free(list);
	brackets_release(&b);
}

static void a_wording_is_without_ids_parties_and_extra_blanks(void **state)
{
	struct slice d =
		SLICE("one\t [EUR: a / b – ASP]{#b1}  two [c] (AFR) (CIS: delete) three ");
	struct str out = STR_INIT;
	struct brackets b;

	(void)state;
	brackets_read(&b, d, &regions);
	brackets_wording(&b, d, 0, d.len, &out);
	assert_slice_is(str_slice(&out), "one [a / b] two [c] three");
	str_clear(&out);
	brackets_without_ids(&b, d, 0, d.len, &out);
	assert_slice_is(str_slice(&out),
			"one\t [EUR: a / b – ASP]  two [c] (AFR) (CIS: delete) three ");
	brackets_release(&b);
	/* Words for no text have parties too. */
	d = SLICE(
		"[a – ASP / CIS： no text / no text (AFR, EUR) / delete – ARB / no text – ASP] "
		"x");
	brackets_read(&b, d, &regions);
	str_clear(&out);
	brackets_wording(&b, d, 0, d.len, &out);
	assert_slice_is(str_slice(&out), "[a / no text / no text / delete / no text] x");
	str_release(&out);
	brackets_release(&b);
}

static void minted_ids_are_the_same_for_all_and_new_in_the_draft(void **state)
{
	struct slice d = SLICE("one [a / b] two\n");
	struct str id = STR_INIT, taken = STR_INIT, other = STR_INIT;
	struct brackets b;

	(void)state;
	brackets_read(&b, d, &regions);
	brackets_mint_id(&b, d, 0, &id);
	assert_int_equal(id.len, 5);
	assert_true(id.p[0] == 'b');
	brackets_release(&b);
	/* Parties and blanks change nothing; a taken id takes more digits. */
	str_addf(&taken, "one  [a / EUR: b] two\n[c]{#%s}\n", str_text(&id));
	brackets_read(&b, str_slice(&taken), &regions);
	brackets_mint_id(&b, str_slice(&taken), 0, &other);
	assert_int_equal(other.len, 6);
	assert_memory_equal(other.p, id.p, 5);
	brackets_release(&b);
	str_release(&id);
	str_release(&taken);
	str_release(&other);
}

static void the_point_at_a_place_is_the_innermost_one(void **state)
{
	struct slice d = SLICE("ab [c [d] e][f] g\n");
	struct brackets b;

	(void)state;
	brackets_read(&b, d, &regions);
	assert_int_equal(brackets_point_at(&b, 0), BRACKET_NONE);
	assert_int_equal(brackets_point_at(&b, 3), 0);
	assert_int_equal(brackets_point_at(&b, 7), 1);
	assert_int_equal(brackets_point_at(&b, 9), 0);
	assert_int_equal(brackets_point_at(&b, 13), 0);
	assert_int_equal(brackets_point_at(&b, 15), BRACKET_NONE);
	assert_int_equal(brackets_point_from(&b, 4), 1);
	assert_int_equal(brackets_point_from(&b, 7), BRACKET_NONE);
	assert_int_equal(brackets_depth_at(&b, 7), 2);
	assert_int_equal(brackets_depth_at(&b, 13), 1);
	brackets_release(&b);
}

/* ---- real texts, where they are at hand ---- */

static char *read_material(const char *name, size_t *len)
{
	const char *dir = getenv("ADREF_MATERIAL");
	char path[4096];
	FILE *f;
	char *p;

	if (!dir || !*dir)
		return NULL;
	snprintf(path, sizeof(path), "%s/corpus/%s", dir, name);
	f = fopen(path, "rb");
	if (!f)
		return NULL;
	p = malloc(1 << 20);
	*len = fread(p, 1, 1 << 20, f);
	fclose(f);
	return p;
}

static void real_texts_have_the_points_a_reader_counts(void **state)
{
	static const struct {
		const char *name;
		size_t least, most;
	} texts[] = {
		{"itu-gt-prep-report.fr.txt", 2, 2}, {"itu-resolution-31.fr.txt", 0, 0},
		{"paris-2015-12-12.en.md", 0, 0},    {"paris-2015-10-23.en.md", 600, 2000},
		{"naughty-strings.txt", 0, 1000},    {"utf8-stress.txt", 0, 1000},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct brackets b;
		size_t len = 0;
		char *p = read_material(texts[i].name, &len);
		if (!p) {
			print_message("no real texts at hand: set MATERIAL to their folder\n");
			skip();
		}
		brackets_read(&b, slice_make(p, len), &regions);
		assert_sane_brackets(&b, slice_make(p, len));
		assert_in_range(b.n_points, texts[i].least, texts[i].most);
		if (i == 0) {
			assert_int_equal(b.points[0].n_options, 4);
			assert_int_equal(b.points[1].n_options, 2);
		}
		brackets_release(&b);
		free(p);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_example_of_the_format_reads_as_it_says),
		cmocka_unit_test(every_example_of_our_own_reads_as_it_says),
		cmocka_unit_test(any_text_reads_well_nested_and_gives_the_same_bytes_back),
		cmocka_unit_test(texts_full_of_signs_read_well_nested),
		cmocka_unit_test(a_million_open_brackets_are_a_million_problems),
		cmocka_unit_test(deep_brackets_over_lines_are_read_in_one_go),
		cmocka_unit_test(linked_points_offer_the_same_wordings_parties_and_ids_aside),
		cmocka_unit_test(a_wording_is_without_ids_parties_and_extra_blanks),
		cmocka_unit_test(minted_ids_are_the_same_for_all_and_new_in_the_draft),
		cmocka_unit_test(the_point_at_a_place_is_the_innermost_one),
		cmocka_unit_test(real_texts_have_the_points_a_reader_counts),
	};

	return cmocka_run_group_tests(tests, regions_set_up, regions_tear_down);
}
