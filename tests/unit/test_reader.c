/* SPDX-License-Identifier: MIT */
#include "ui/reader.h"

#include "support.h"

#include "core/mem.h"
#include "ui/canvas.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct parties parties;
static struct reader reader;
static struct canvas canvas;
static struct doc *doc;
static struct str dump;

static int begin(void **state)
{
	(void)state;
	parties_init_regions(&parties);
	reader_init(&reader);
	canvas_init(&canvas, 6, 40);
	str_init(&dump);
	return 0;
}

static int end(void **state)
{
	(void)state;
	reader_release(&reader);
	doc_free(doc);
	doc = NULL;
	canvas_release(&canvas);
	parties_release(&parties);
	str_release(&dump);
	return 0;
}

/* n paragraphs of a line each, blank lines between; the mark is in the i-th. */
static void read_paragraphs(size_t n, size_t i)
{
	struct str text = STR_INIT;
	size_t at = 0;

	for (size_t k = 0; k < n; k++) {
		if (k == i)
			at = text.len;
		str_addf(&text, "paragraph %zu\n\n", k);
	}
	doc = doc_new("d", NULL, str_slice(&text), &parties);
	doc_read(doc);
	reader_set(&reader, doc, at, at + 9);
	str_release(&text);
}

static const char *screen(void)
{
	reader_lay_out(&reader, canvas.rows, canvas.cols);
	canvas_clear(&canvas);
	reader_draw(&reader, &canvas);
	str_clear(&dump);
	canvas_dump(&canvas, &dump);
	return str_text(&dump);
}

static void the_mark_is_a_third_down_the_page(void **state)
{
	(void)state;
	read_paragraphs(100, 50);
	assert_non_null(strstr(screen(), "▸       paragraph 50\n"));
	assert_int_equal(canvas.cursor_row, 2);
	assert_int_equal(canvas.cursor_col, 8);
}

static void at_the_ends_the_page_is_full(void **state)
{
	(void)state;
	read_paragraphs(100, 0);
	assert_true(strncmp(screen(), "▸       paragraph 0\n", 22) == 0);
	reader_scroll(&reader, -5);
	assert_true(strncmp(screen(), "▸       paragraph 0\n", 22) == 0);
	doc_free(doc);
	read_paragraphs(100, 99);
	assert_non_null(strstr(screen(), "paragraph 98"));
	assert_non_null(strstr(screen(), "▸       paragraph 99"));
	reader_scroll(&reader, 100);
	assert_non_null(strstr(screen(), "paragraph 99"));
	assert_non_null(strstr(screen(), "paragraph 97"));
}

static void scrolling_goes_row_by_row_and_back(void **state)
{
	(void)state;
	read_paragraphs(30, 10);
	char *before = mem_strdup(screen());
	reader_scroll(&reader, 7);
	assert_null(strstr(screen(), "▸"));
	reader_scroll(&reader, -7);
	assert_string_equal(screen(), before);
	free(before);
}

static void a_paragraph_longer_than_the_page_shows_its_mark(void **state)
{
	struct str text = STR_INIT;

	(void)state;
	for (size_t i = 0; i < 200; i++)
		str_addf(&text, "word%zu ", i);
	doc = doc_new("d", NULL, str_slice(&text), &parties);
	doc_read(doc);
	size_t at = (size_t)(strstr(str_text(&text), "word120") - str_text(&text));
	reader_set(&reader, doc, at, at + 7);
	str_release(&text);
	assert_non_null(strstr(screen(), "word120"));
	assert_non_null(strstr(str_text(&dump), "▸"));
	reader_set(&reader, doc, doc->flat.len, doc->flat.len); /* the very end */
	assert_non_null(strstr(screen(), "word199"));
}

static void an_empty_text_is_a_blank_page(void **state)
{
	(void)state;
	assert_null(strstr(screen(), "▸"));
	doc = doc_new("d", NULL, SLICE(""), &parties);
	doc_read(doc);
	reader_set(&reader, doc, 0, 0);
	assert_null(strstr(screen(), "▸"));
	reader_scroll(&reader, 3);
	reader_scroll(&reader, -3);
}

#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(the_mark_is_a_third_down_the_page),
		T(at_the_ends_the_page_is_full),
		T(scrolling_goes_row_by_row_and_back),
		T(a_paragraph_longer_than_the_page_shows_its_mark),
		T(an_empty_text_is_a_blank_page),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
