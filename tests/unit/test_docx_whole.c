/* SPDX-License-Identifier: MIT */
#include "store/docx.h"

#include "support_docx.h"

#include <string.h>

static struct error err;
static struct tracked t;
static struct str bytes, got;

static int end(void **state)
{
	(void)state;
	tracked_release(&t);
	str_release(&bytes);
	str_release(&got);
	return 0;
}

#define INSIDE(what) "<w:" what " w:author=\"A &lt;b&gt;\" w:id=\"1\">"
#define CAME(text)   INSIDE("ins") RUN(text) "</w:ins>"
#define WENT(text)   INSIDE("del") "<w:r><w:delText>" text "</w:delText></w:r></w:del>"
#define DATED(what, id, shut)                                                                  \
	"<w:" what " w:id=\"" id                                                               \
	"\" w:author=\"A &#60;b&#62;\" w:date=\"2026-09-14T10:00:00Z\"" shut
#define WHEN 1789380000

static void assert_tracked(const char *body, const char *wanted)
{
	struct str text = STR_INIT, out = STR_INIT;

	str_addf(&text, "%s%s%s", BEGIN, body, END);
	make_part("word/document.xml", str_text(&text), &bytes);
	str_clear(&got);
	assert_int_equal(docx_track_whole(str_slice(&bytes), WHEN, &got, &err), 0);
	read_part(str_slice(&got), &out);
	str_clear(&text);
	str_addf(&text, "%s%s%s", BEGIN, wanted, END);
	assert_slice_is(str_slice(&out), str_text(&text));
	str_release(&text);
	str_release(&out);
}

static void what_came_or_went_as_a_whole_did_so_with_its_end(void **state)
{
	(void)state;
	assert_tracked("<w:p>" WENT("x") "</w:p><w:p>" RUN("y") CAME("z") "</w:p>",
		       "<w:p><w:pPr><w:rPr>" DATED("del", "3", "/>") "</w:rPr></w:pPr>" DATED(
			       "del", "1", ">") "<w:r><w:delText>x</w:delText></w:r></w:del>"
						"</w:p><w:p>" RUN("y") DATED("ins", "2", ">")
							RUN("z") "</w:ins></w:p>");
	/* A paragraph of which all words were replaced is another matter. */
	assert_tracked("<w:p>" WENT("x") CAME("y") "</w:p><w:p/>",
		       "<w:p>" DATED("del", "1", ">") "<w:r><w:delText>x</w:delText></w:r>"
						      "</w:del>" DATED("ins", "2", ">")
							      RUN("y") "</w:ins></w:p><w:p/>");
	/* The last one has no next to be joined with: the end before it came with it. */
	assert_tracked("<w:p>" RUN("x") "</w:p><w:p>" CAME("y") "</w:p><w:sectPr/>",
		       "<w:p><w:pPr><w:rPr>" DATED("ins", "2", "/>") "</w:rPr></w:pPr>" RUN(
			       "x") "</w:p><w:p>" DATED("ins", "1", ">")
			       RUN("y") "</w:ins></w:p><w:sectPr/>");
	assert_tracked(
		"<w:tbl><w:tr><w:tc><w:p><w:pPr><w:x/></w:pPr>" CAME(
			"x") "</w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>",
		"<w:tbl><w:tr><w:trPr>" DATED(
			"ins", "2",
			"/>") "</w:trPr><w:tc><w:p><w:pPr><w:x/></w:pPr>" DATED("ins", "1", ">")
			RUN("x") "</w:ins></w:p></w:tc><w:tc><w:p/></w:tc>"
				 "</w:tr></w:tbl>");
}

/* CT_PPr and CT_ParaRPr of ECMA-376 are sequences. */
static void the_end_is_said_where_the_schema_has_it(void **state)
{
#define LAST  "<w:p>" RUN("y") "</w:p>"
#define WORDS DATED("ins", "1", ">") RUN("x") "</w:ins></w:p>" LAST
	(void)state;
	assert_tracked(
		"<w:p><w:pPr><w:x/></w:pPr>" CAME("x") "</w:p>" LAST,
		"<w:p><w:pPr><w:x/><w:rPr>" DATED("ins", "2", "/>") "</w:rPr></w:pPr>" WORDS);
	assert_tracked("<w:p><w:pPr/>" CAME("x") "</w:p>" LAST,
		       "<w:p><w:pPr><w:rPr>" DATED("ins", "2", "/>") "</w:rPr></w:pPr>" WORDS);
	assert_tracked("<w:p><w:pPr><w:x/><w:rPr><w:b/></w:rPr><w:sectPr/></w:pPr>" CAME(
			       "x") "</w:p>" LAST,
		       "<w:p><w:pPr><w:x/><w:rPr>" DATED(
			       "ins", "2", "/>") "<w:b/></w:rPr><w:sectPr/></w:pPr>" WORDS);
	assert_tracked("<w:p><w:pPr><w:x/><w:sectPr/></w:pPr>" CAME("x") "</w:p>" LAST,
		       "<w:p><w:pPr><w:x/><w:rPr>" DATED(
			       "ins", "2", "/>") "</w:rPr><w:sectPr/></w:pPr>" WORDS);
}

static bool is_made(void *data, size_t author)
{
	(void)author;
	return *(bool *)data;
}

/* The words of each paragraph that is left, with its changes made or unmade, with a bar after
 * it. */
static void add_words_left(bool all, struct str *out)
{
	struct str settled = STR_INIT, text = STR_INIT;

	tracked_release(&t);
	assert_int_equal(docx_look(str_slice(&got), &t, &err), 0);
	assert_int_equal(docx_settle(str_slice(&got), &t, is_made, &all, &settled, &err), 0);
	read_part(str_slice(&settled), &text);
	for (const char *p = str_text(&text); *p; p++) {
		if (strncmp(p, "<w:t>", 5) == 0)
			str_add(out, p + 5, strcspn(p + 5, "<"));
		else if (strncmp(p, "</w:p>", 6) == 0)
			str_add_char(out, '|');
	}
	if (!out->len)
		str_add_char(out, '|');
	str_release(&settled);
	str_release(&text);
}

/* A paragraph with some words that stayed, came or went; in its texts, with a bar after it. */
static void add_paragraph(struct prng *r, struct str *body, struct str *old, struct str *now)
{
	size_t had = old->len, has = now->len;

	str_add_text(body, "<w:p>");
	for (size_t n = 1 + prng_below(r, 2); n-- > 0;) {
		size_t what = prng_below(r, 3);

		str_add_text(body, what == 0   ? RUN("same ")
				   : what == 1 ? CAME("came ")
					       : WENT("went "));
		str_add_text(old, what == 0 ? "same " : what == 1 ? "" : "went ");
		str_add_text(now, what == 0 ? "same " : what == 1 ? "came " : "");
	}
	str_add_text(body, "</w:p>");
	str_add_text(old, old->len > had ? "|" : "");
	str_add_text(now, now->len > has ? "|" : "");
}

static void assert_left(bool all, struct str *text)
{
	struct str left = STR_INIT;

	add_words_left(all, &left);
	assert_string_equal(str_text(&left), text->len ? str_text(text) : "|");
	str_release(&left);
}

static void settled_it_is_one_text_or_the_other_with_no_empty_paragraph(void **state)
{
	struct prng r = prng_make(11);

	(void)state;
	for (int i = 0; i < 300; i++) {
		struct str text = STR_INIT, old = STR_INIT, now = STR_INIT;

		str_add_text(&text, BEGIN);
		for (size_t n = 1 + prng_below(&r, 6); n-- > 0;)
			add_paragraph(&r, &text, &old, &now);
		str_add_text(&text, END);
		make_part("word/document.xml", str_text(&text), &bytes);
		str_clear(&got);
		assert_int_equal(docx_track_whole(str_slice(&bytes), WHEN, &got, &err), 0);
		assert_left(true, &now);
		assert_left(false, &old);
		str_release(&text);
		str_release(&old);
		str_release(&now);
	}
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, NULL, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(what_came_or_went_as_a_whole_did_so_with_its_end),
		CASE(the_end_is_said_where_the_schema_has_it),
		CASE(settled_it_is_one_text_or_the_other_with_no_empty_paragraph),
	};

	return cmocka_run_group_tests_name("docx_whole", tests, NULL, NULL);
}
