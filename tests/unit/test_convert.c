/* SPDX-License-Identifier: MIT */
#include "store/convert.h"

#include "tempdir.h"

static struct parties parties;
static struct error err;
static struct str out;

static int begin(void **state)
{
	err = (struct error)ERROR_INIT;
	parties_init_regions(&parties);
	return temp_begin(state);
}

static int end(void **state)
{
	parties_release(&parties);
	str_release(&out);
	return temp_end(state);
}

static void assert_prepared(const char *draft, const char *wanted)
{
	str_clear(&out);
	convert_prepare(slice_of(draft), &parties, &out);
	assert_slice_is(str_slice(&out), wanted);
}

static void each_line_is_a_paragraph_with_its_own_label(void **state)
{
	(void)state;
	assert_prepared(
		"# Title\n*considérant*\na) one\n1. two\n1) three\n- four\n– five\n1.2 six\n   "
		" "
		"seven\n  \n\n---\n* x\n***\n*y*\n",
		"# Title\n\n*considérant*\n\na) one\n\n1\\. two\n\n1\\) three\n\n\\- four\n\n– "
		"five\n\n1.2 six\n\nseven\n\n\\---\n\n\\* x\n\n\\***\n\n*y*\n\n");
}

static void brackets_are_text_and_links_are_links(void **state)
{
	(void)state;
	assert_prepared(
		"[shall](EUR)[should]{#b1} see [the site](https://a.example) [open\n",
		"\\[shall\\](EUR)\\[should\\] see [the site](https://a.example) \\[open\n\n");
	assert_prepared("a ![x](/etc/passwd) b\n", "a \\![x](/etc/passwd) b\n\n");
	/* A note's sign is one where the note has a body. */
	assert_prepared("a [^1] [^Ab] [^c]\n\n [^aB]: b\n\nx [^c]: d\n",
			"a \\[^1\\] [^Ab] \\[^c\\]\n\n[^aB]: b\n\nx \\[^c\\]: d\n\n");
}

static void a_link_that_would_run_something_is_text(void **state)
{
	static const char *const targets[] = {"javascript:alert(1)", "JavaScript:x",
					      " data:text/html,x",   "<vbscript:x>",
					      "javascript&colon;x",  "java\\script:x",
					      "&#106;avascript:x",   "\x01javascript:x"};
	static const char *const good[] = {"https://a.example/b:c", "HTTP://a.example",
					   "MAILTO:a@b.example", "#part:1", "/a&b"};
	struct str draft = STR_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(targets) / sizeof(*targets); i++) {
		str_clear(&draft);
		str_addf(&draft, "a [x](%s) ![y](%s) [![z](/b)](%s)\n", targets[i], targets[i],
			 targets[i]);
		str_clear(&out);
		convert_prepare(str_slice(&draft), &parties, &out);
		if (memmem(out.p, out.len, "[", 1) != out.p + 3 || strstr(str_text(&out), " ["))
			fail_msg("%s", str_text(&out));
	}
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		str_clear(&draft);
		str_addf(&draft, "a [x](%s)\n", good[i]);
		str_clear(&out);
		convert_prepare(str_slice(&draft), &parties, &out);
		if (strncmp(str_text(&out), str_text(&draft), draft.len) != 0)
			fail_msg("%s", str_text(&out));
	}
	assert_prepared("see [x][l]\n\n[l]: javascript:alert(1)\n",
			"see [x][l]\n\n\\[l\\]: javascript:alert(1)\n\n");
	assert_prepared("see [x][l]\n\n[l]: http://a.example\n",
			"see [x][l]\n\n[l]: http://a.example\n\n");
	str_release(&draft);
}

static void nothing_hidden_or_active_goes_along(void **state)
{
	(void)state;
	assert_prepared(
		"---\ntitle: x\n---\na <!-- note --> b <img src=x> <https://a.example> `<c>`\n",
		"a  b \\<img src=x> <https://a.example> `<c>`\n\n");
	assert_prepared("\\[x\\] c:\\dir \\／ end\\\n", "\\[x\\] c:\\\\dir ／ end\\\\\n\n");
}

static void tables_and_fenced_code_keep_their_lines(void **state)
{
	(void)state;
	assert_prepared("t\n| a | b |\n|---|---|\n| 1 | 2 |\nafter\n```\n[x]\n  y\n```\nz\n",
			"t\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nafter\n\n```\n[x]\n  "
			"y\n```\n\nz\n\n");
}

static void assert_marked(const char *old, const char *now, const char *wanted)
{
	struct convert_marked what = {.old = slice_of(old),
				      .now = slice_of(now),
				      .parties = &parties,
				      .author = "A <b> \"c\"\n"};

	str_clear(&out);
	convert_prepare_marked(&what, &out);
	assert_slice_is(str_slice(&out), wanted);
}

#define BY " author=\"A &#60;b&#62; &#34;c&#34; \"}"

static void what_changed_is_marked_word_by_word(void **state)
{
	(void)state;
	assert_marked("1. to hold [one / AFR: two]{#b1} meetings!\n",
		      "1. to hold two meetings! [now]\n",
		      "1\\. to hold [\\[one / AFR: ]{.deletion" BY "two[\\]]{.deletion" BY
		      " meetings\\![ \\[now\\]]{.insertion" BY "\n\n");
	/* What stands in the draft never becomes a mark. */
	assert_marked("x {.insertion} y\n", "x {.insertion} y\n", "x \\{.insertion} y\n\n");
}

static void paragraphs_come_go_and_move(void **state)
{
	(void)state;
	assert_marked("# One\n\nfirst of all\n\nsecond of them\n\n- gone\n",
		      "# One\n\nsecond of them\n\nfirst of all\n\n## Two\n",
		      "# One\n\n[first of all]{.deletion" BY "\n\nsecond of them\n\n"
		      "[- gone]{.deletion" BY "\n\n[first of all]{.insertion" BY
		      "\n\n## [Two]{.insertion" BY "\n\n");
}

static void links_notes_and_tables_stay_whole(void **state)
{
	(void)state;
	assert_marked("see [it](https://a.example) now\n", "see [it](https://b.example) now\n",
		      "[see ]{.deletion" BY "[[it]{.deletion" BY
		      "](https://a.example)[ now]{.deletion" BY "[see ]{.insertion" BY
		      "[[it]{.insertion" BY "](https://b.example)[ now]{.insertion" BY "\n\n");
	/* Word loses a link in a mark. */
	assert_marked("a\n", "a\n\n![b](#c)\n",
		      "a\n\n[!]{.insertion" BY "[[b]{.insertion" BY "](#c)\n\n");
	assert_marked("a\n", "a\n\nat <https://c.example> [x](#c)\n",
		      "a\n\n[at ]{.insertion" BY "[[https://c.example]{.insertion" BY
		      "](<https://c.example>)[ ]{.insertion" BY "[[x]{.insertion" BY
		      "](#c)\n\n");
	assert_marked("a\n", "[^1][^2] a\n", "[\\[^1\\]\\[^2\\] ]{.insertion" BY "a\n\n");
	assert_marked("a\n\n[^1]: b\n", "a [^1]\n\n[^1]: b\n",
		      "a[ [^1]]{.insertion" BY "\n\n[^1]: b\n\n");
	assert_marked("[^1]: old\n", "[^1]: new\n",
		      "[^1]: [old]{.deletion" BY "[new]{.insertion" BY "\n\n");
	assert_marked("| a | b |\n|---|---|\n| 1 | 2 |\n",
		      "| a | c |\n|---|---|\n| 1 | 2 |\n| new | |\n",
		      "| a | [b]{.deletion" BY "[c]{.insertion" BY
		      " |\n|---|---|\n| 1 | 2 |\n | [new]{.insertion" BY " | |\n");
	assert_marked("---\ntitle: x\n---\na\n", "---\ntitle: y\n---\na\n", "a\n\n");
	assert_marked("```\nold\n```\n", "``` {.c}\nnew\n```\n", "``` \nnew\n```\n\n");
}

#define T1              "| a | b |\n|---|---|\n| 1 | 2 |\n"
#define T2              "| c | d |\n|---|---|\n| 3 | 4 |\n"
#define ROW(kind, x, y) " | [" x "]{." kind BY " | [" y "]{." kind BY " |\n"

#define ROW3(kind, x, y, z)                                                                    \
	" | [" x "]{." kind BY " | [" y "]{." kind BY " | [" z "]{." kind BY " |\n"

/* Each has its rule below its heading and nowhere else. */
static void tables_that_touch_stay_apart(void **state)
{
	(void)state;
	assert_marked(T1 "\n" T2, T1 "\n" T2, T1 "\n" T2);
	assert_marked(T1, T1 "\n" T2,
		      T1
		      "\n" ROW("insertion", "c", "d") "|---|---|\n" ROW("insertion", "3", "4"));
	assert_marked(
		T1 "\n" T2, T2,
		ROW("deletion", "a", "b") "|---|---|\n" ROW("deletion", "1", "2") "\n" T2);
	assert_marked(T1 "\nx\n\n" T2, T1 "\n" T2, T1 "\n[x]{.deletion" BY "\n\n" T2);
	/* A row of bars and dashes further down is one. */
	assert_marked(T1 "| - | - |\n", T1 "| - | - |\n", T1 "| - | - |\n");
}

/* The heading that went cannot stand above the rule, too. */
static void a_heading_in_place_of_another_has_the_rule(void **state)
{
	(void)state;
	assert_marked("| one two | three four |\n|---|---|\n| 1 | 2 |\n",
		      "| other words | of its own |\n|---|---|\n| 1 | 2 |\n",
		      ROW("insertion", "other words", "of its own") "|---|---|\n" ROW(
			      "deletion", "one two", "three four") "| 1 | 2 |\n");
	assert_marked(
		"| a | b |\n|---|---|\n| 1 | 2 |\n",
		"| a | b | new |\n|---|---|---|\n| 1 | 2 | x |\n",
		ROW3("insertion", "a", "b", "new") "|---|---|---|\n" ROW("deletion", "a", "b")
			ROW("deletion", "1", "2") ROW3("insertion", "1", "2", "x"));
	/* One that nothing follows is one all the same. */
	assert_marked(
		"x\n\n" T1, "x\n",
		"x\n\n" ROW("deletion", "a", "b") "|---|---|\n" ROW("deletion", "1", "2"));
}

static void marks_are_for_two_formats(void **state)
{
	struct convert_marked what = {.old = SLICE("a b\n"),
				      .now = SLICE("a c\n"),
				      .parties = &parties,
				      .author = "Ada"};

	(void)state;
	assert_int_equal(convert_export_marked(&what, CONVERT_ODT, NULL, &out, &err), ST_USAGE);
	if (!convert_available())
		skip();
	str_clear(&out);
	assert_int_equal(convert_export_marked(&what, CONVERT_HTML, NULL, &out, &err), 0);
	assert_non_null(strstr(str_text(&out), "class=\"deletion\""));
	assert_non_null(strstr(str_text(&out), "line-through"));
}

static void pandoc_s_backslashes_go(void **state)
{
	(void)state;
	convert_unescape(
		SLICE("a\\) \\[shall\\]\\[should\\] 5\\* \\\\ \\`t \\<x\\> `a\\[b` [l](x) "
		      "\\é \\"),
		&out);
	assert_slice_is(str_slice(&out),
			"a) [shall][should] 5* \\\\ \\`t \\<x> `a\\[b` [l](x) \\é \\");
}

static void formats_go_by_the_ending(void **state)
{
	(void)state;
	assert_int_equal(convert_format_of("a.b/Draft.DOCX"), CONVERT_DOCX);
	assert_int_equal(convert_format_of("a.odt"), CONVERT_ODT);
	assert_int_equal(convert_format_of("a.htm"), CONVERT_HTML);
	assert_int_equal(convert_format_of("a.md"), CONVERT_NONE);
	assert_int_equal(convert_format_of("docx"), CONVERT_NONE);
	assert_int_equal(convert_import("a.md", SLICE("x"), CONVERT_NONE, NULL, &out, &err),
			 ST_USAGE);
}

static void a_document_goes_out_and_comes_back(void **state)
{
	static const char *const names[] = {"a.docx", "a.odt", "a.html"};
	const char *draft =
		"# Title\n\nconsidering\n\na) that members [shall][should] meet [AFR: twice "
		"/ EUR: once];\n\n1. to go on.\n";
	struct str back = STR_INIT;

	(void)state;
	if (!convert_available())
		skip();
	for (size_t i = 0; i < 3; i++) {
		enum convert_format format = convert_format_of(names[i]);

		str_clear(&out);
		assert_int_equal(
			convert_export(slice_of(draft), &parties, format, NULL, &out, &err), 0);
		assert_int_equal(
			convert_import(names[i], str_slice(&out), format, NULL, &back, &err),
			0);
		assert_slice_is(str_slice(&back), draft);
		str_clear(&back);
	}
	str_release(&back);
}

static void a_bad_document_says_so_in_one_line(void **state)
{
	(void)state;
	if (!convert_available())
		skip();
	assert_int_equal(convert_import("bad.docx", SLICE("this is no zip"), CONVERT_DOCX, NULL,
					&out, &err),
			 ST_FAIL);
	assert_non_null(strstr(err.text, "bad.docx: pandoc: "));
	assert_null(strchr(err.text, '\n'));
}

static void without_pandoc_the_way_to_get_it_is_said(void **state)
{
	char *path = strdup(getenv("PATH"));

	(void)state;
	setenv("PATH", "/nonexistent", 1);
	assert_int_equal(
		convert_import("a.html", SLICE("<p>x</p>"), CONVERT_HTML, NULL, &out, &err),
		ST_MISSING);
	setenv("PATH", path, 1);
	free(path);
	assert_non_null(strstr(err.text, "apt install pandoc"));
}

static void tables_take_as_few_blanks_as_they_need(void **state)
{
	(void)state;
	convert_lines(
		SLICE("a  b\n| c   d |    |\n|:-----:|----|\n|  | -- --- |\n|---- x\n|--"),
		&out);
	assert_slice_is(str_slice(&out),
			"a  b\n| c d | |\n|:---:|---|\n| | -- --- |\n|---- x\n|--");
}

static void a_clauses_number_has_a_tab_again(void **state)
{
	(void)state;
	convert_lines(
		SLICE("1\u00A0\u00A0to eat\n2 to go\n1.1)  on\n10\u00A0kg\n3\u00A0\u00A0\n"
		      "*4*\u00A0\u00A0bis"),
		&out);
	assert_slice_is(str_slice(&out),
			"1\tto eat\n2 to go\n1.1)  on\n10\u00A0kg\n3\t\n*4*\u00A0\u00A0bis");
}

static void a_table_without_the_words_of_its_heading_is_found(void **state)
{
	(void)state;
	assert_int_equal(convert_empty_heading(SLICE("")), 0);
	assert_int_equal(convert_empty_heading(SLICE("a\n\n| b |\n|---|\n| c |\n|   |\n")), 0);
	assert_int_equal(convert_empty_heading(SLICE("a\n\n|   |  |\n|---|:-:|\n| c | d |\n")),
			 3);
	assert_int_equal(convert_empty_heading(SLICE("|  |\n|--")), 1);
	assert_int_equal(convert_empty_heading(SLICE("\n  \n---\n")), 0);
}

#define ON_DISK(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_DISK(each_line_is_a_paragraph_with_its_own_label),
		ON_DISK(brackets_are_text_and_links_are_links),
		ON_DISK(a_link_that_would_run_something_is_text),
		ON_DISK(nothing_hidden_or_active_goes_along),
		ON_DISK(tables_and_fenced_code_keep_their_lines),
		ON_DISK(what_changed_is_marked_word_by_word),
		ON_DISK(paragraphs_come_go_and_move),
		ON_DISK(links_notes_and_tables_stay_whole),
		ON_DISK(tables_that_touch_stay_apart),
		ON_DISK(a_heading_in_place_of_another_has_the_rule),
		ON_DISK(marks_are_for_two_formats),
		ON_DISK(pandoc_s_backslashes_go),
		ON_DISK(tables_take_as_few_blanks_as_they_need),
		ON_DISK(a_clauses_number_has_a_tab_again),
		ON_DISK(formats_go_by_the_ending),
		ON_DISK(a_document_goes_out_and_comes_back),
		ON_DISK(a_bad_document_says_so_in_one_line),
		ON_DISK(a_table_without_the_words_of_its_heading_is_found),
		ON_DISK(without_pandoc_the_way_to_get_it_is_said),
	};

	return cmocka_run_group_tests_name("convert", tests, NULL, NULL);
}
