/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/bracket.h"
#include "core/digest.h"
#include "core/draft.h"
#include "core/yaml.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * The example workspace in drafts/ says what it is meant to say: it is the first
 * thing that new users see, and later tests stand on it. Run at the project's top.
 */

static struct slice read_file(const char *path, struct str *out)
{
	FILE *f = fopen(path, "rb");
	char buf[4096];
	size_t n;

	assert_non_null(f);
	str_clear(out);
	while ((n = fread(buf, 1, sizeof(buf), f)) > 0)
		str_add(out, buf, n);
	fclose(f);
	return str_slice(out);
}

/* One draft, read. */
struct example {
	struct str bytes;
	struct slice text;
	struct parties parties;
	struct brackets b;
};

static void example_read(struct example *e, const char *path)
{
	struct str yaml = STR_INIT;
	struct error err = {0};

	*e = (struct example){.bytes = STR_INIT};
	e->text = read_file(path, &e->bytes);
	assert_int_equal(
		parties_read(&e->parties, read_file("drafts/regions.yaml", &yaml), NULL, &err),
		0);
	brackets_read(&e->b, e->text, &e->parties);
	str_release(&yaml);
}

static void example_release(struct example *e)
{
	brackets_release(&e->b);
	parties_release(&e->parties);
	str_release(&e->bytes);
}

/* Calls a function for each file that the pattern finds; there must be some. */
static void each_file(const char *pattern, void (*see)(const char *path))
{
	glob_t found;

	assert_int_equal(glob(pattern, 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++)
		see(found.gl_pathv[i]);
	globfree(&found);
}

/* "drafts/res/AFR.positions.yaml" -> the draft "drafts/res.md", read. */
static void example_beside(struct example *e, const char *path)
{
	const char *slash = strrchr(path, '/');
	struct str draft = STR_INIT;

	str_addf(&draft, "%.*s.md", (int)(slash - path), path);
	example_read(e, str_text(&draft));
	str_release(&draft);
}

static void has_no_problem(const char *path)
{
	struct example e;

	example_read(&e, path);
	if (e.b.n_problems)
		fail_msg("%s: %zu problems", path, e.b.n_problems);
	example_release(&e);
}

static void has_no_bracket(const char *path)
{
	struct example e;

	example_read(&e, path);
	if (e.b.n || e.b.n_problems)
		fail_msg("%s: a party's own text has brackets", path);
	example_release(&e);
}

static void no_draft_has_a_problem(void **state)
{
	(void)state;
	each_file("drafts/*.md", has_no_problem);
}

static void the_parties_own_texts_are_clean(void **state)
{
	(void)state;
	each_file("drafts/*/*.md", has_no_bracket);
}

static unsigned kinds, joints, separators, skips;
static size_t nested, linked;

static void note_what_it_has(const char *path)
{
	struct example e;

	example_read(&e, path);
	for (size_t i = 0; i < e.b.n_points; i++) {
		uint32_t *list = NULL;

		kinds |= 1u << e.b.points[i].kind;
		joints |= 1u << e.b.points[i].joint;
		nested += e.b.points[i].depth > 1;
		linked += brackets_linked_points(&e.b, e.text, (uint32_t)i, &list) > 0;
		free(list);
	}
	for (size_t i = 0; i < e.b.n; i++)
		separators |= 1u << e.b.v[i].separator;
	for (size_t i = 0; i < SKIP_CLASSES; i++)
		skips |= e.b.skips[i] ? 1u << i : 0;
	example_release(&e);
}

static void the_drafts_show_points_of_every_kind(void **state)
{
	(void)state;
	each_file("drafts/*.md", note_what_it_has);
	assert_int_equal(kinds, 1u << KIND_OPTIONAL | 1u << KIND_ALTERNATIVES |
					1u << KIND_PLACEHOLDER | 1u << KIND_BLOCK);
	assert_int_equal(joints, 1u << JOINT_SINGLE | 1u << JOINT_TIGHT | 1u << JOINT_SLASH |
					 1u << JOINT_WORD | 1u << JOINT_SPACE);
	assert_int_equal(separators, 1u << SEP_NONE | 1u << SEP_LINES | 1u << SEP_SLASH |
					     1u << SEP_MODAL | 1u << SEP_PARAGRAPH);
	assert_int_equal(skips, 1u << SKIP_FOOTNOTE | 1u << SKIP_LINK | 1u << SKIP_CITATION |
					1u << SKIP_NUMBER);
	assert_true(nested > 0);
	assert_true(linked > 0);
}

static const struct point *point_of(const struct example *e, struct slice id, const char *path)
{
	uint32_t i = brackets_by_id(&e->b, e->text, id);

	if (i == BRACKET_NONE)
		fail_msg("%s: no point %.*s", path, (int)id.len, id.p);
	return &e->b.points[i];
}

/* The digest of an option's wording; 0 is no text. */
static void option_digest(const struct example *e, const struct point *p, long number,
			  char hex[DIGEST_HEX + 1])
{
	struct str wording = STR_INIT;

	if (number > 0) {
		const struct option *o = point_option(&e->b, p, (size_t)number - 1);

		brackets_wording(&e->b, e->text, o->begin, o->end, &wording);
	}
	digest_hex(str_text(&wording), wording.len, hex);
	hex[DIGEST_SHORT] = '\0';
	str_release(&wording);
}

/* One position shows what it is to be given on an older wording: the text said "four" then. */
static bool is_on_older_wording(const char *path, struct slice id, struct slice wording)
{
	char hex[DIGEST_HEX + 1];

	digest_hex("four", 4, hex);
	hex[DIGEST_SHORT] = '\0';
	return slice_ends(slice_of(path), "res-connectivity/CIS.positions.yaml") &&
	       slice_is(id, "b6f08") && slice_is(wording, hex);
}

static void is_about_this_draft(const char *path)
{
	struct example e;
	struct yaml_doc doc;
	struct str bytes = STR_INIT;
	struct error err = {0};
	const struct yaml_node *n;

	example_beside(&e, path);
	assert_int_equal(yaml_read(read_file(path, &bytes), &doc, NULL, &err), 0);
	for (n = yaml_first(&doc, yaml_root(&doc)); n; n = yaml_next(&doc, n)) {
		struct slice id = n->key;
		struct slice option = yaml_get_text(&doc, n, "option");
		struct slice wording = yaml_get_text(&doc, n, "wording");
		const struct point *p = point_of(&e, id, path);
		long number = option.len ? strtol(option.p, NULL, 10) : -1;
		char hex[DIGEST_HEX + 1];

		if (number > (long)p->n_options)
			fail_msg("%s: %.*s has no option %ld", path, (int)id.len, id.p, number);
		if (number < 0)
			continue;
		option_digest(&e, p, number, hex);
		if (!slice_equal(wording, slice_of(hex)) &&
		    !is_on_older_wording(path, id, wording))
			fail_msg("%s: %.*s: the digest of option %ld is %s", path, (int)id.len,
				 id.p, number, hex);
	}
	yaml_release(&doc);
	str_release(&bytes);
	example_release(&e);
}

static void positions_are_on_points_that_exist(void **state)
{
	(void)state;
	each_file("drafts/*/*.positions.yaml", is_about_this_draft);
}

static void deferred_points_exist(void **state)
{
	(void)state;
	each_file("drafts/*/deferred.yaml", is_about_this_draft);
}

static bool some_paragraph_has(const struct example *e, struct slice digest)
{
	struct draft d;
	bool found = false;

	draft_read(&d, e->text, &e->b);
	for (uint32_t i = 0; i < d.n && !found; i++) {
		char hex[DIGEST_SHORT + 1];

		draft_digest(&d, e->text, &e->b, i, hex);
		found = slice_equal(digest, slice_of(hex));
	}
	draft_release(&d);
	return found;
}

static void names_paragraphs_of_this_draft(const char *path)
{
	struct example e;
	struct yaml_doc doc;
	struct str bytes = STR_INIT;
	struct error err = {0};
	const struct yaml_node *n;

	example_beside(&e, path);
	assert_int_equal(yaml_read(read_file(path, &bytes), &doc, NULL, &err), 0);
	for (n = yaml_first(&doc, yaml_root(&doc)); n; n = yaml_next(&doc, n)) {
		struct slice digest = yaml_get_text(&doc, n, "digest");

		if (!some_paragraph_has(&e, digest))
			fail_msg("%s: no paragraph has the digest %.*s", path, (int)digest.len,
				 digest.p);
	}
	yaml_release(&doc);
	str_release(&bytes);
	example_release(&e);
}

static void agreed_paragraphs_stand_as_they_were_agreed(void **state)
{
	(void)state;
	each_file("drafts/*/agreed.yaml", names_paragraphs_of_this_draft);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_draft_has_a_problem),
		cmocka_unit_test(the_parties_own_texts_are_clean),
		cmocka_unit_test(the_drafts_show_points_of_every_kind),
		cmocka_unit_test(positions_are_on_points_that_exist),
		cmocka_unit_test(deferred_points_exist),
		cmocka_unit_test(agreed_paragraphs_stand_as_they_were_agreed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
