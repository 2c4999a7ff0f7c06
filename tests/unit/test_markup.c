/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "core/markup.h"

#include <string.h>

static struct markup count(const char *text, bool is_html)
{
	struct markup whole, pieces;

	markup_begin(&whole, is_html);
	markup_add(&whole, text, strlen(text));
	/* However it comes. */
	markup_begin(&pieces, is_html);
	for (const char *p = text; *p; p++)
		markup_add(&pieces, p, 1);
	assert_int_equal(whole.tags, pieces.tags);
	assert_int_equal(whole.changes, pieces.changes);
	assert_int_equal(whole.deepest, pieces.deepest);
	assert_int_equal(whole.depth, pieces.depth);
	return whole;
}

#define assert_counted(text, is_html, n, how_deep)                                             \
	do {                                                                                   \
		struct markup m = count((text), (is_html));                                    \
		assert_int_equal(m.tags, (n));                                                 \
		assert_int_equal(m.deepest, (how_deep));                                       \
	} while (0)

static void elements_are_counted_and_how_deep_they_stand(void **state)
{
	(void)state;
	assert_counted("", false, 0, 0);
	assert_counted("no < tag > here, 1<2", false, 0, 0);
	assert_counted("<?xml version='1.0'?>\n<a><b x='1'>t</b><b/></a>", false, 3, 2);
	assert_counted("<w:p><w:r><w:t>words</w:t></w:r></w:p><w:p/>", false, 4, 3);
	assert_counted("<a b=\"/\"><c d='/' ><e/ ></c></a>", false, 3, 3);
}

static void what_only_looks_like_a_tag_does_not_count(void **state)
{
	(void)state;
	assert_counted("<!-- <a><b> - -- --><c/>", false, 1, 0);
	assert_counted("<![CDATA[<a>]] ]> <b>]]><c></c>", false, 1, 1);
	assert_counted("<a x='<b>' y=\"'<c>\"></a>", false, 1, 1);
	assert_counted("<!DOCTYPE html><p>", true, 1, 0);
	assert_counted("<script>for (i = 0; i<n; i++) '<div><div>'</script><b></b>", true, 2,
		       1);
}

/* What would hide a tag from here alone, or have it ended for here alone. */
static void a_count_is_never_too_small(void **state)
{
	(void)state;
	assert_counted("<!--><div>", true, 1, 1);
	assert_counted("<!---><div>", true, 1, 1);
	assert_counted("<div></b><div></b><div></b>", true, 3, 3);
	assert_counted("<b><div></b><b><div></b>", true, 4, 3);
	assert_counted("<div a=/><div a=b/><div a=b />", true, 3, 2);
	assert_counted("<div a'><div b'>", true, 2, 2);
	/* Where HTML's comments, scripts and values end for pandoc. */
	assert_counted("<!-- --!><div><!-- -- ><div><!-- -- --!><div>-->", true, 3, 3);
	assert_counted("<!--!><p><!-- --!- > --> <div>", true, 1, 1);
	assert_counted("<\u201C a=\"><div><div>", true, 2,
		       2); /* a quotation mark begins no name, */
	assert_counted("<!\u201C a=\"><div>\"", true, 1, 1);
	assert_counted("<\u00E9 a=\"><div>\"><\u8BCD><b>", true, 3, 3); /* a letter does */
	assert_counted("<script><!-- </script><div>-->", true, 2, 1);
	assert_counted("<script><a b=\"</script ><div>\">", true, 2, 1);
	assert_counted("<script></scriptx><p></Script/><div>", true, 2, 1);
	assert_counted("<x:script><div><div>", true, 3, 3);
	assert_counted("<style><div><div>", true, 3, 3);
	assert_counted("<div =\"x><div a==\"><div a=\"b\"=\"><div a=b=\"><div a/=\"><p>", true,
		       6, 5);
	assert_counted("<div a = \"<p>\" b=\"<p>\"c='<p>' d\"='<p>'>", true, 1, 1);
	assert_counted("<!DOCTYPE \"> <!-- \"><div>", true, 1, 1);
	assert_counted("<?x a=\"> <!-- \"?><div>", true, 1, 1);
	assert_counted("<?<div><? \"<div>\"", true, 2, 2);
	assert_counted("<![CDATA[> <!-- ]]><div>", true, 1, 1);
	assert_counted("<![if !IE]><div><![endif]><div></<!-- ><div>", true, 3, 3);
	assert_counted("<div", true, 0, 0);
	assert_counted("<<div><\xC3\xA9>", true, 2, 2);
}

static void html_s_paragraphs_need_no_end(void **state)
{
	(void)state;
	assert_counted("<p>a<p>b<ul><li>c<li>d<br></ul><img>", true, 7, 1);
	assert_counted("<P>a<DIV><p>b</DIV></P>", true, 3, 1);
	assert_counted("<p>a<p>b</p></p>", false, 2, 2);
}

static void what_a_word_processor_tracks_is_counted(void **state)
{
	struct markup m = count("<w:ins><w:r/></w:ins><w:del/><w:moveFrom/><w:moveTo/><w:insX/>"
				"<text:changed-region><text:insertion/></text:changed-region>",
				false);

	(void)state;
	assert_int_equal(m.changes, 5);
	assert_int_equal(m.tags, 8);
}

static void what_is_too_deep_is_known_to_be(void **state)
{
	struct str s = STR_INIT;
	struct markup m;

	(void)state;
	for (size_t i = 0; i < MARKUP_DEEP; i++)
		str_add_text(&s, "<div>");
	for (size_t i = 0; i < 3; i++) {
		m = count(str_text(&s), true);
		assert_int_equal(m.tags, MARKUP_DEEP + i);
		assert_int_equal(m.deepest, MARKUP_DEEP + (i ? 1 : 0));
		str_add_text(&s, "<div>");
	}
	str_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(elements_are_counted_and_how_deep_they_stand),
		cmocka_unit_test(what_only_looks_like_a_tag_does_not_count),
		cmocka_unit_test(a_count_is_never_too_small),
		cmocka_unit_test(html_s_paragraphs_need_no_end),
		cmocka_unit_test(what_a_word_processor_tracks_is_counted),
		cmocka_unit_test(what_is_too_deep_is_known_to_be),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
