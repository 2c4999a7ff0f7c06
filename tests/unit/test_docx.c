/* SPDX-License-Identifier: MIT */
#include "store/docx.h"

#include "core/mem.h"
#include "support_docx.h"

#include <stdlib.h>
#include <string.h>

static struct error err;
static struct tracked t;
static struct str bytes, got;

#define INS(who, text) "<w:ins w:author=\"" who "\">" RUN(text) "</w:ins>"
#define DEL(who, text)                                                                         \
	"<w:del w:author=\"" who "\"><w:r><w:delText>" text "</w:delText></w:r></w:del>"
#define MARK(what, who) "<w:pPr><w:rPr><w:" what " w:author=\"" who "\"/></w:rPr></w:pPr>"

static int end(void **state)
{
	(void)state;
	tracked_release(&t);
	str_release(&bytes);
	str_release(&got);
	return 0;
}

static void make(const char *name, const char *text)
{
	make_part(name, text, &bytes);
}

static void look(const char *name, const char *text)
{
	tracked_release(&t);
	make(name, text);
	assert_int_equal(docx_look(str_slice(&bytes), &t, &err), 0);
}

static bool is_one(void *data, size_t author)
{
	return strchr(data, (char)('0' + author)) != NULL;
}

/* The document between its outer tags, with the changes of some authors made: "02". */
static void assert_settled(const char *body, const char *authors, const char *wanted)
{
	struct str text = STR_INIT, out = STR_INIT, who = STR_INIT;

	str_addf(&text, "%s%s%s", BEGIN, body, END);
	look("word/document.xml", str_text(&text));
	str_add_text(&who, authors);
	str_clear(&got);
	assert_int_equal(
		docx_settle(str_slice(&bytes), &t, is_one, (void *)str_text(&who), &got, &err),
		0);
	read_part(str_slice(&got), &out);
	str_clear(&text);
	str_addf(&text, "%s%s%s", BEGIN, wanted, END);
	assert_slice_is(str_slice(&out), str_text(&text));
	str_release(&text);
	str_release(&out);
	str_release(&who);
}

/* A converter keeps all of it in memory, and most of it says how letters look. */
static void what_only_says_how_it_looks_is_left_out(void **state)
{
	(void)state;
	assert_settled(
		"<w:p w:rsidR=\"00A77B3E\"><w:pPr><w:pStyle w:val=\"Heading1\"/>"
		"<w:spacing w:after=\"1\"/><w:tabs><w:tab w:pos=\"1\"/></w:tabs></w:pPr>"
		"<w:r w:rsidRPr=\"1\"><w:rPr><w:rFonts w:ascii=\"Arial\"/><w:b/>"
		"<w:sz w:val=\"24\"/></w:rPr><w:t xml:space=\"preserve\">a </w:t></w:r></w:p>",
		"",
		"<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr><w:r><w:rPr><w:b/></w:rPr>"
		"<w:t xml:space=\"preserve\">a </w:t></w:r></w:p>");
	/* In a font of symbols letters are others. */
	assert_settled("<w:p><w:r><w:rPr><w:rFonts w:ascii=\"Symbol\"/></w:rPr><w:t>a</w:t>"
		       "</w:r></w:p>",
		       "",
		       "<w:p><w:r><w:rPr><w:rFonts w:ascii=\"Symbol\"/></w:rPr><w:t>a</w:t>"
		       "</w:r></w:p>");
	assert_settled("<w:p xmlns:x=\"urn:x\" x:a=\"1\"><x:y/></w:p>", "",
		       "<w:p xmlns:x=\"urn:x\" x:a=\"1\"><x:y/></w:p>");
}

static void changes_are_counted_by_author(void **state)
{
	(void)state;
	look("word/document.xml",
	     BEGIN "<w:p>" INS("A &amp; B", "x") INS("A &amp; B", "y") RUN("and")
		     INS("A &amp; B", "z")
			     DEL("C", "q") "</w:p><w:p>" DEL("C", "r") "</w:p>" END);
	assert_int_equal(t.n, 2);
	assert_string_equal(t.authors[0].name, "A & B");
	assert_int_equal(t.authors[0].insertions, 2); /* two runs side by side are one */
	assert_int_equal(t.authors[1].deletions, 2);
	look("word/document.xml", BEGIN
	     "<w:tr><w:trPr><w:ins w:author=\"A\"/></w:trPr></w:tr><w:p><w:moveFrom "
	     "w:author=\"A\"><w:r/></w:moveFrom><w:moveFromRangeStart w:author=\"B\"/>" END);
	assert_int_equal(t.n, 1);
	assert_int_equal(t.authors[0].insertions, 1);
	assert_int_equal(t.authors[0].deletions, 1);
	look("word/comments.xml", BEGIN "<w:comment w:author=\"D\"/><w:comment w:author=\"D\">"
					"</w:comment>" END);
	assert_int_equal(t.authors[0].comments, 2);
	assert_false(tracked_has_changes(&t));
}

#define REAL "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

/* A converter goes by the prefix, whatever it stands for. */
static void what_only_looks_like_word_is_not_passed_over(void **state)
{
	static const char *const texts[] = {
		"<w:document xmlns:w=\"urn:x\" xmlns:v=\"" REAL "\">" INS("A", "x") END,
		"<w:document xmlns:v=\"" REAL "\" xmlns:w=\"urn:x\">" INS("A", "x") END,
		"<v:document xmlns:v=\"" REAL
		"\" xmlns:w=\"urn:x\">" INS("A", "x") "</v:document>",
		"<w:document xmlns:w=\"urn:wordprocessingml/main\">" INS("A", "x") END,
		BEGIN "<w:p><w:ins xmlns:w=\"urn:x\" w:author=\"A\"/></w:p>" END,
		"<x xmlns:w=\"" REAL "\">" INS("A", "x") "</x>",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		look("word/document.xml", texts[i]);
		if (!t.unseen)
			fail_msg("taken for Word's: %s", texts[i]);
	}
	/* By another prefix it is. */
	look("word/document.xml", "<q:document xmlns:q=\"" REAL
				  "\"><q:ins q:author=\"A\"><q:r/></q:ins></q:document>");
	assert_false(t.unseen);
	assert_int_equal(t.authors[0].insertions, 1);
}

/* The package's list of parts, with the text at that place. */
static int look_with_text_at(const char *target)
{
	static const char *const names[] = {"_rels/.rels", "word/document.xml"};
	struct slice contents[2] = {{NULL, 0}, SLICE(BEGIN END)};
	struct str list = STR_INIT;
	int rc;

	str_addf(&list,
		 "<Relationships><Relationship Type=\"http://x/thumbnail\" Target=\"x.png\"/>"
		 "<Relationship Type=\"http://x/officeDocument\" Target=\"%s\"/>"
		 "</Relationships>",
		 target);
	contents[0] = str_slice(&list);
	str_clear(&bytes);
	tracked_release(&t);
	make_archive(names, contents, 2, &bytes);
	rc = docx_look(str_slice(&bytes), &t, &err);
	str_release(&list);
	return rc;
}

static void a_text_that_is_somewhere_else_is_refused(void **state)
{
	static const char *const elsewhere[] = {"other/doc.xml",
						"word/../other/document.xml",
						"word/document/../x.xml",
						"word/document.bin",
						"//word/document.xml",
						"Word/document.xml",
						""};

	(void)state;
	assert_int_equal(look_with_text_at("word/document.xml"), 0);
	assert_int_equal(look_with_text_at("/word/document.xml"), 0);
	assert_int_equal(look_with_text_at("word/document2.xml"), 0);
	for (size_t i = 0; i < sizeof(elsewhere) / sizeof(*elsewhere); i++)
		if (look_with_text_at(elsewhere[i]) != ST_INPUT)
			fail_msg("%s passes", elsewhere[i]);
	make("_rels/.rels", "<!DOCTYPE x><Relationships/>");
	assert_int_equal(docx_look(str_slice(&bytes), &t, &err), ST_INPUT);
	/* One whose bytes are broken. */
	make("_rels/.rels", "<Relationships a='1'/><!-- and some words more -->");
	bytes.p[sizeof("PK..") + 26 + sizeof("_rels/.rels") + 8] ^= 0x55;
	assert_int_equal(docx_look(str_slice(&bytes), &t, &err), ST_INPUT);
}

static void what_a_draft_has_no_place_for_is_counted(void **state)
{
	(void)state;
	look("word/header2.xml",
	     BEGIN "<w:p>" RUN("Document &lt;1&gt;") "</w:p><w:p>" RUN("page") "</w:p>" END);
	assert_slice_is(str_slice(&t.aside), "Document <1> page\n");
	look("word/footer1.xml", BEGIN "<w:p>" RUN("- 3 -") "</w:p>" END);
	assert_int_equal(t.aside.len, 0);
	look("word/document.xml",
	     BEGIN "<w:p><w:r><w:rPr><w:strike/></w:rPr></w:r><w:r><w:rPr><w:strike "
		   "w:val=\"0\"/></w:rPr></w:r></w:p>" END);
	assert_int_equal(t.struck, 1);
	look("word/charts/chart1.xml", "");
	assert_int_equal(t.drawings, 1);
	look("word/styles.xml", BEGIN "<w:lang w:val=\"fr-FR\"/>" END);
	assert_string_equal(t.language, "fr-FR");
	look("word/document.xml", "\xff\xfe<\0w\0");
	assert_true(t.unseen);
}

static void changes_are_made_or_unmade_by_author(void **state)
{
	const char *body = "<w:p>" INS("A", "new") DEL("B", "old") "</w:p>";

	(void)state;
	assert_settled(body, "01", "<w:p>" RUN("new") "</w:p>");
	assert_settled(body, "", "<w:p>" RUN("old") "</w:p>");
	assert_settled(body, "0", "<w:p>" RUN("new") RUN("old") "</w:p>");
	assert_settled("<w:p><w:ins w:author=\"A\">" RUN("one")
			       DEL("B", "two") "</w:ins></w:p>",
		       "0", "<w:p>" RUN("one") RUN("two") "</w:p>");
}

static void a_paragraph_s_end_is_a_change_too(void **state)
{
	const char *body = "<w:p>" MARK("del", "A")
		RUN("one ") "</w:p><w:bookmarkEnd/><w:p>"
			    "<w:pPr><w:x/></w:pPr>" RUN("two") "</w:p>";
	const char *whole = "<w:p>" MARK("ins", "A") INS("A", "new") "</w:p><w:p/>";

	(void)state;
	assert_settled(body, "0",
		       "<w:p><w:pPr><w:rPr></w:rPr></w:pPr>" RUN("one ") "<w:bookmarkEnd/>" RUN(
			       "two") "</w:p>");
	assert_settled(
		body, "",
		"<w:p><w:pPr><w:rPr></w:rPr></w:pPr>" RUN("one ") "</w:p><w:bookmarkEnd/"
								  "><w:p><w:pPr><w:x/></"
								  "w:pPr>" RUN("two") "</w:p>");
	assert_settled(whole, "", "<w:p/>");
	assert_settled(whole, "0",
		       "<w:p><w:pPr><w:rPr></w:rPr></w:pPr>" RUN("new") "</w:p><w:p/>");
	/* The last one has none to be joined with. */
	assert_settled(
		"<w:body><w:p>" MARK("del", "A") RUN("one") "</w:p></w:body>", "0",
		"<w:body><w:p><w:pPr><w:rPr></w:rPr></w:pPr>" RUN("one") "</w:p></w:body>");
}

static void text_boxes_become_paragraphs(void **state)
{
	(void)state;
	assert_settled("<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p>" RUN(
			       "box") "</w:p></w:txbxContent></mc:Choice><mc:Fallback><w:"
				      "txbxContent><w:p>" RUN("box") "</w:p></w:txbxContent></"
								     "mc:Fallback></"
								     "mc:AlternateContent></"
								     "w:r></w:p>",
		       "",
		       "<w:p><w:r><mc:AlternateContent><mc:Choice></mc:Choice></"
		       "mc:AlternateContent></w:r></w:p><w:p>" RUN("box") "</w:p>");
	assert_int_equal(t.boxes, 1);
}

static void a_cell_is_one_paragraph(void **state)
{
#define BLANK "<w:t xml:space=\"preserve\"> </w:t>"
	(void)state;
	assert_settled(
		"<w:tbl><w:tr><w:tc><w:p><w:pPr><w:x/></w:pPr>" RUN(
			"a") "</w:p><w:p><w:r><w:br/></w:r></w:p></w:tc></w:tr></w:tbl>",
		"",
		"<w:tbl><w:tr><w:tc><w:p>" RUN("a") "<w:r>" BLANK "</w:r><w:r>" BLANK
						    "</w:r></w:p></w:tc></w:tr></w:tbl>");
	assert_settled(
		"<w:tbl><w:tr><w:tc><w:tbl><w:tblPr><w:x/></w:tblPr><w:tr><w:tc><w:p>" RUN(
			"in") "</w:p></w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>",
		"", "<w:tbl><w:tr><w:tc><w:p>" RUN("in") "</w:p></w:tc></w:tr></w:tbl>");
	assert_settled("<w:tbl><w:tr><w:trPr><w:del w:author=\"A\"/></w:trPr><w:tc><w:p>" RUN(
			       "gone") "</w:p></w:tc></w:tr></w:tbl>",
		       "0", "");
}

static void whatever_the_document_is_it_is_walked_to_its_end(void **state)
{
	static const char *const holders[] = {
		"w:p",   "w:tbl",   "w:tr",        "w:tc",   "w:txbxContent",
		"w:r",   "w:ins",   "w:del",       "w:trPr", "mc:Fallback",
		"w:sdt", "w:sdtPr", "w:hyperlink",
	};
	static const char *const pieces[] = {"x", MARK("ins", "A"), MARK("del", "A"),
					     INS("A", "n"), DEL("B", "o"), "<w:br/>", "<w:p/>",
					     "<!-- <w:p> -->", "<w:numPr/>",
					     "<w:ins w:author=\"A\"/>", "<![CDATA[<]]>",
					     /* and what is no XML */
					     "<", "&#x110000;", "</w:p>", "&none;"};
	const size_t n_holders = sizeof(holders) / sizeof(*holders);
	const size_t n_pieces = sizeof(pieces) / sizeof(*pieces);
	struct prng r = prng_make(7);
	size_t seen = 0;

	(void)state;
	for (int i = 0; i < 2000; i++) {
		struct str text = STR_INIT;
		size_t open[40], depth = 0;

		str_add_text(&text, BEGIN);
		for (size_t n = prng_below(&r, 40); n-- > 0;) {
			size_t what = prng_below(&r, 3);

			if (what == 0) {
				open[depth] = prng_below(&r, n_holders);
				str_addf(&text, "<%s>", holders[open[depth++]]);
			} else if (what == 1 && depth) {
				str_addf(&text, "</%s>", holders[open[--depth]]);
			} else {
				str_add_text(&text,
					     pieces[prng_below(&r, i % 2 ? n_pieces
									 : n_pieces - 4)]);
			}
		}
		while (depth)
			str_addf(&text, "</%s>", holders[open[--depth]]);
		str_add_text(&text, END);
		look("word/document.xml", str_text(&text));
		seen += !t.unseen;
		assert_true(i % 2 || !t.unseen);
		str_clear(&got);
		assert_int_equal(
			docx_settle(str_slice(&bytes), &t, is_one, (void *)"0", &got, &err), 0);
		str_release(&text);
	}
	assert_true(seen > 1000 && seen < 2000);
}

static void a_document_that_cannot_be_read_is_said_and_stays_as_it_is(void **state)
{
	static const char *const bad[] = {
		BEGIN "<w:p>" INS("A", "n") END,
		"<!DOCTYPE x [<!ENTITY e \"e\">]>" BEGIN INS("A", "&e;") END,
		"<w:document>" INS("A", "n") END,
		BEGIN INS("A", "\xff") END,
		"<?xml version=\"1.0\" encoding=\"UTF-16\"?>" BEGIN INS("A", "\xe9") END,
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct str out = STR_INIT;

		look("word/document.xml", bad[i]);
		assert_true(t.unseen);
		str_clear(&got);
		assert_int_equal(
			docx_settle(str_slice(&bytes), &t, is_one, (void *)"0", &got, &err), 0);
		read_part(str_slice(&got), &out);
		assert_slice_is(str_slice(&out), bad[i]);
		str_release(&out);
	}
}

static void parts_nested_as_no_document_has_them_are_walked_too(void **state)
{
	/* The paragraph goes that holds where the row, the table began that ends after it. */
	static const char *const nested[] = {
		BEGIN "<w:tbl><w:p>" MARK("del", "A") "<w:tbl></w:tbl></w:p></w:tbl>" END,
		BEGIN "<w:tbl><w:tr><w:p>" MARK(
			"del", "A") "<w:tr><w:trPr><w:del "
				    "w:author=\"A\"/></w:trPr></w:tr></w:p></w:tr></w:tbl>" END,
	};

	(void)state;
	for (size_t i = 0; i < sizeof(nested) / sizeof(*nested); i++) {
		look("word/document.xml", nested[i]);
		assert_int_equal(
			docx_settle(str_slice(&bytes), &t, is_one, (void *)"0", &got, &err), 0);
	}
}

/* Changes of so many authors. */
static void add_authors(struct str *out, size_t n)
{
	str_add_text(out, BEGIN "<w:p>");
	for (size_t i = 0; i < n; i++)
		str_addf(out, "<w:ins w:author=\"%zu\"><w:r/></w:ins>", i);
	str_add_text(out, "</w:p>" END);
}

static void more_authors_than_any_document_has_are_refused(void **state)
{
	struct str text = STR_INIT;

	(void)state;
	add_authors(&text, 1000);
	look("word/document.xml", str_text(&text));
	assert_int_equal(t.n, 1000);
	tracked_release(&t);
	str_clear(&text);
	add_authors(&text, 1001);
	make("word/document.xml", str_text(&text));
	assert_int_equal(docx_look(str_slice(&bytes), &t, &err), ST_TOO_LARGE);
	str_release(&text);
}

/* Small files, of which each unpacks to more than half of the most there may be. */
static void files_that_unpack_to_too_much_together_are_refused(void **state)
{
	static const char *const names[] = {"word/document.xml", "word/document2.xml"};
	struct str text = STR_INIT;
	struct slice contents[2];

	(void)state;
	while (text.len <= DOCX_MOST / 2)
		str_add_text(&text, "no XML, and the same again and again, which is packed to "
				    "next to nothing: ");
	contents[0] = contents[1] = str_slice(&text);
	make_archive(names, contents, 2, &bytes);
	assert_int_equal(docx_look(str_slice(&bytes), &t, &err), ST_TOO_LARGE);
	str_release(&text);
}

static void more_files_than_any_document_has_are_refused(void **state)
{
	enum { FILES = 10001 };
	struct str text = STR_INIT;
	const char **names = mem_array(NULL, FILES, sizeof(*names));
	struct slice *contents = mem_zalloc(FILES * sizeof(*contents));

	(void)state;
	for (size_t i = 0; i < FILES; i++)
		str_addf(&text, "word/header%05zu.xml%c", i, '\0');
	for (size_t i = 0; i < FILES; i++) {
		names[i] = text.p + i * (text.len / FILES);
		contents[i] = SLICE("");
	}
	make_archive(names, contents, FILES, &bytes);
	assert_int_equal(docx_look(str_slice(&bytes), &t, &err), ST_TOO_LARGE);
	free(names);
	free(contents);
	str_release(&text);
}

static void what_is_no_archive_is_refused(void **state)
{
	(void)state;
	assert_int_equal(docx_look(SLICE("no docx"), &t, &err), ST_INPUT);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, NULL, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(what_only_says_how_it_looks_is_left_out),
		CASE(changes_are_counted_by_author),
		CASE(what_a_draft_has_no_place_for_is_counted),
		CASE(changes_are_made_or_unmade_by_author),
		CASE(a_paragraph_s_end_is_a_change_too),
		CASE(text_boxes_become_paragraphs),
		CASE(a_cell_is_one_paragraph),
		CASE(whatever_the_document_is_it_is_walked_to_its_end),
		CASE(a_document_that_cannot_be_read_is_said_and_stays_as_it_is),
		CASE(parts_nested_as_no_document_has_them_are_walked_too),
		CASE(more_authors_than_any_document_has_are_refused),
		CASE(files_that_unpack_to_too_much_together_are_refused),
		CASE(more_files_than_any_document_has_are_refused),
		CASE(what_is_no_archive_is_refused),
		CASE(what_only_looks_like_word_is_not_passed_over),
		CASE(a_text_that_is_somewhere_else_is_refused),
	};

	return cmocka_run_group_tests_name("docx", tests, NULL, NULL);
}
