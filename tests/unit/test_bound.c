/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/bound.h"

#include <string.h>

static struct str many(const char *what, size_t n)
{
	struct str s = STR_INIT;

	while (n--)
		str_add_text(&s, what);
	return s;
}

static int draft_status(const char *what, size_t n)
{
	struct str s = many(what, n);
	struct error err = ERROR_INIT;
	int rc = bound_draft(str_slice(&s), "x.md", &err);

	if (rc < 0)
		assert_true(strncmp(err.text, "x.md: over ", 11) == 0);
	str_release(&s);
	return rc;
}

static void a_draft_has_a_million_brackets_and_no_more(void **state)
{
	(void)state;
	assert_int_equal(draft_status("[]", BOUND_SIGNS / 2), 0);
	assert_int_equal(draft_status("[a]", BOUND_SIGNS / 2), 0);
	assert_int_equal(draft_status("[a]", BOUND_SIGNS / 2 + 1), ST_TOO_LARGE);
	assert_int_equal(draft_status("]", BOUND_SIGNS + 1), ST_TOO_LARGE);
	assert_int_equal(draft_status("［", BOUND_SIGNS), 0);
	assert_int_equal(draft_status("］", BOUND_SIGNS + 1), ST_TOO_LARGE);
	/* Of the same first byte, and no bracket. */
	assert_int_equal(draft_status("，", BOUND_SIGNS + 1), 0);
}

static void a_draft_has_half_a_million_lines_and_no_more(void **state)
{
	(void)state;
	assert_int_equal(draft_status("ab\n", BOUND_LINES), 0);
	assert_int_equal(draft_status("ab\n", BOUND_LINES + 1), ST_TOO_LARGE);
	assert_int_equal(draft_status("\n", BOUND_LINES + 1), ST_TOO_LARGE);
}

/* Its bytes are not looked at. */
static void a_draft_has_256_mb_and_no_more(void **state)
{
	struct slice more = {"", BOUND_BYTES + 1};
	struct error err = ERROR_INIT;

	(void)state;
	assert_int_equal(bound_draft(more, "x.md", &err), ST_TOO_LARGE);
	assert_string_equal(err.text,
			    "x.md: over 256 MB; too much for a draft; cut it into parts");
}

static void a_long_paragraph_is_not_compared(void **state)
{
	struct str good = many("a word, ", BOUND_PARAGRAPH / 3);
	struct str bad = many("a word, ", BOUND_PARAGRAPH / 3 + 1);
	struct str lines = many("a word,\n", BOUND_PARAGRAPH);

	(void)state;
	assert_int_equal(bound_paragraphs(str_slice(&good), "x", NULL), 0);
	assert_int_equal(bound_paragraphs(str_slice(&bad), "x", NULL), ST_TOO_LARGE);
	assert_int_equal(bound_paragraphs(str_slice(&lines), "x", NULL), 0);
	str_release(&good);
	str_release(&bad);
	str_release(&lines);
}

static int together(const char *what, size_t n, size_t texts)
{
	struct str s = many(what, n);
	struct slice all[7];
	int rc;

	for (size_t i = 0; i < texts; i++)
		all[i] = str_slice(&s);
	rc = bound_together(all, texts, NULL);
	str_release(&s);
	return rc;
}

static void texts_are_compared_as_long_as_they_are_texts(void **state)
{
	static const char clause[] =
		"1. A clause of a [draft / text] as people write it, with some "
		"words more, and then it is at an end as all things are.\n\n";

	(void)state;
	/* Seven of 4 MB, which is twenty times what is long. */
	assert_int_equal(together(clause, 4000000 / sizeof(clause), 7), 0);
	assert_int_equal(together(clause, 25000000 / sizeof(clause), 7), ST_TOO_LARGE);
	/* Made to be costly. */
	assert_int_equal(together("[", 100000, 7), 0);
	assert_int_equal(together("[", 1000000, 2), ST_TOO_LARGE);
	assert_int_equal(together("`", 10000000, 2), ST_TOO_LARGE);
	assert_int_equal(together("a / ", 1000000, 7), ST_TOO_LARGE);
	assert_int_equal(together("x\n", 400000, 7), ST_TOO_LARGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_draft_has_a_million_brackets_and_no_more),
		cmocka_unit_test(a_draft_has_half_a_million_lines_and_no_more),
		cmocka_unit_test(a_draft_has_256_mb_and_no_more),
		cmocka_unit_test(a_long_paragraph_is_not_compared),
		cmocka_unit_test(texts_are_compared_as_long_as_they_are_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
