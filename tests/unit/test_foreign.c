/* SPDX-License-Identifier: MIT */
#include "store/foreign.h"

#include "core/mem.h"
#include "support_archive.h"

#include <stdlib.h>
#include <string.h>

static struct error err;

static struct str many(const char *what, size_t n)
{
	struct str s = STR_INIT;

	while (n--)
		str_add_text(&s, what);
	return s;
}

/* What is said of an archive with n files of such contents; "" where it is within bounds. */
static const char *said_of_files(const char *name, struct slice contents, size_t n)
{
	const char **names = mem_array(NULL, n, sizeof(*names));
	struct slice *each = mem_array(NULL, n, sizeof(*each));
	struct str all = STR_INIT, bytes = STR_INIT;
	size_t len = strlen(name) + 8;
	int rc;

	for (size_t i = 0; i < n; i++)
		str_addf(&all, "w/%05zu%s%c", i, name, '\0');
	for (size_t i = 0; i < n; i++) {
		names[i] = all.p + i * len;
		each[i] = contents;
	}
	make_archive(names, each, n, &bytes);
	rc = foreign_check(str_slice(&bytes), CONVERT_DOCX, &err);
	assert_int_equal(rc, foreign_check(str_slice(&bytes), CONVERT_ODT, NULL));
	assert_true(rc == 0 || rc == ST_TOO_LARGE);
	str_release(&all);
	str_release(&bytes);
	free(each);
	free(names);
	return rc ? err.text : "";
}

static const char *said_of(const char *unit, size_t n, enum convert_format format)
{
	struct str s = many(unit, n);
	const char *said = "";

	if (format != CONVERT_HTML)
		said = said_of_files(".xml", str_slice(&s), 1);
	else if (foreign_check(str_slice(&s), format, &err) < 0)
		said = err.text;
	str_release(&s);
	return said;
}

#define assert_within(said)    assert_string_equal((said), "")
#define assert_beyond(said, w) assert_non_null(strstr((said), (w)))

static void a_document_has_so_many_elements_and_no_more(void **state)
{
	(void)state;
	assert_within(said_of("<a/>", FOREIGN_TAGS, CONVERT_DOCX));
	assert_beyond(said_of("<a/>", FOREIGN_TAGS + 1, CONVERT_DOCX), "over 3000000 elements");
	assert_within(said_of("<p>a", FOREIGN_HTML_TAGS, CONVERT_HTML));
	assert_beyond(said_of("<p>a", FOREIGN_HTML_TAGS + 1, CONVERT_HTML),
		      "over 150000 elements");
}

static void they_stand_so_deep_in_one_another_and_no_deeper(void **state)
{
	(void)state;
	assert_within(said_of("<a>", FOREIGN_DEEP, CONVERT_DOCX));
	assert_beyond(said_of("<a>", FOREIGN_DEEP + 1, CONVERT_DOCX),
		      "over 200 elements stand in one another");
	assert_within(said_of("<b>", FOREIGN_HTML_DEEP, CONVERT_HTML));
	assert_beyond(said_of("<b>", FOREIGN_HTML_DEEP + 1, CONVERT_HTML),
		      "over 100 elements stand in one another");
	assert_within(said_of("<p>", FOREIGN_HTML_DEEP + 1, CONVERT_HTML));
}

static void it_tracks_so_many_changes_and_no_more(void **state)
{
	(void)state;
	assert_within(said_of("<w:ins/>", FOREIGN_CHANGES, CONVERT_DOCX));
	assert_beyond(said_of("<w:del/>", FOREIGN_CHANGES + 1, CONVERT_DOCX),
		      "over 100000 tracked changes");
	/* Which HTML does not know. */
	assert_beyond(said_of("<ins>", FOREIGN_CHANGES + 1, CONVERT_HTML), "elements");
}

/* What its files hold together counts. */
static void all_its_files_are_counted_as_one(void **state)
{
	struct str s = many("<w:ins/>", FOREIGN_CHANGES / 2), t = many(" ", FOREIGN_BYTES / 4);

	(void)state;
	assert_within(said_of_files(".xml", str_slice(&s), 2));
	assert_beyond(said_of_files(".xml", str_slice(&s), 3), "tracked changes");
	assert_within(said_of_files(".xml", str_slice(&t), 4));
	assert_beyond(said_of_files(".xml", str_slice(&t), 5), "over 80 MB of XML");
	/* Pictures are none of that. */
	assert_within(said_of_files(".png", str_slice(&t), 5));
	assert_within(said_of_files(".xml", SLICE(""), FOREIGN_FILES));
	assert_beyond(said_of_files(".xml", SLICE(""), FOREIGN_FILES + 1), "over 10000 files");
	str_release(&s);
	str_release(&t);
}

static void html_has_so_many_bytes_and_no_more(void **state)
{
	(void)state;
	assert_within(said_of("a", FOREIGN_HTML_BYTES, CONVERT_HTML));
	assert_beyond(said_of("a", FOREIGN_HTML_BYTES + 1, CONVERT_HTML), "over 8 MB of HTML");
}

static void what_is_no_archive_is_refused(void **state)
{
	(void)state;
	assert_int_equal(foreign_check(SLICE("no archive"), CONVERT_ODT, &err), ST_INPUT);
	assert_int_equal(foreign_check(SLICE("no archive"), CONVERT_HTML, &err), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_document_has_so_many_elements_and_no_more),
		cmocka_unit_test(they_stand_so_deep_in_one_another_and_no_deeper),
		cmocka_unit_test(it_tracks_so_many_changes_and_no_more),
		cmocka_unit_test(all_its_files_are_counted_as_one),
		cmocka_unit_test(html_has_so_many_bytes_and_no_more),
		cmocka_unit_test(what_is_no_archive_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
