/* SPDX-License-Identifier: MIT */
#include "convert_inner.h"

#include "store/docx.h"
#include "store/run.h"

#include <string.h>
#include <strings.h>

enum { TIMEOUT_MS = 120 * 1000, MOST_OUT = 256 * 1024 * 1024 };

/* What pandoc would write in its own ways, and drafts have no use for. */
static const char to_markdown[] =
	"markdown-smart-raw_html-raw_attribute-bracketed_spans-native_divs-native_spans"
	"-fenced_divs-link_attributes-header_attributes-simple_tables-multiline_tables"
	"-grid_tables+pipe_tables-tex_math_dollars-citations-subscript-superscript-strikeout"
	"-example_lists-line_blocks-implicit_figures-inline_notes";
static const char from_markdown[] = "commonmark+footnotes+pipe_tables-raw_html";
static const char from_marked[] =
	"commonmark+footnotes+pipe_tables+bracketed_spans+attributes-raw_html";
/* What a browser shows of marks: a .docx tracks them. */
static const char marked_style[] =
	"header-includes=<style>.insertion{text-decoration:underline;color:#005a9c}"
	".deletion{text-decoration:line-through;color:#a00000}</style>";

static const char *const words[] = {[CONVERT_NONE] = "",
				    [CONVERT_DOCX] = "docx",
				    [CONVERT_ODT] = "odt",
				    [CONVERT_HTML] = "html"};

enum convert_format convert_format_of(const char *path)
{
	const char *dot = strrchr(path, '.');

	if (dot && !strcasecmp(dot, ".docx"))
		return CONVERT_DOCX;
	if (dot && !strcasecmp(dot, ".odt"))
		return CONVERT_ODT;
	if (dot && (!strcasecmp(dot, ".html") || !strcasecmp(dot, ".htm")))
		return CONVERT_HTML;
	return CONVERT_NONE;
}

bool convert_available(void)
{
	return run_has("pandoc");
}

/* A document of a MB can unpack to thousands; one of 600 pages takes half a GB. */
#define MOST_MEMORY ((size_t)2 << 30)
#define HEAP_FULL   251 /* pandoc's exit status */

static int verdict(const struct run *what, const struct run_result *result, struct error *err)
{
	if (result->exit < 0 || result->exit == HEAP_FULL)
		return error_set(err, ST_TOO_LARGE,
				 N_("pandoc: reading this takes more than %zu GB of memory"),
				 MOST_MEMORY >> 30);
	return run_verdict(what, result, err);
}

static int run_pandoc(const char *const *argv, struct slice in, const atomic_bool *stop,
		      struct str *out, struct error *err)
{
	struct run what = {.argv = argv,
			   .in = in,
			   .timeout_ms = TIMEOUT_MS,
			   .most_out = MOST_OUT,
			   .most_memory = MOST_MEMORY,
			   .ends_with_us = true,
			   .stop = stop};
	struct run_result result = RUN_RESULT_INIT;
	int rc;

	if (!convert_available())
		return error_set(
			err, ST_MISSING,
			N_("this needs the program pandoc, which is not installed; on Debian: "
			   "apt install pandoc"));
	rc = run_program(&what, &result, err);
	if (rc == 0)
		rc = verdict(&what, &result, err);
	if (rc == 0)
		str_add_slice(out, str_slice(&result.out));
	run_result_release(&result);
	return rc;
}

/* Just after the run of backticks that closes the one at at, in the same line; 0: none does. */
static size_t code_end(struct slice text, size_t at)
{
	size_t run = 0;

	while (at + run < text.len && text.p[at + run] == '`')
		run++;
	for (size_t i = at + run; i < text.len && text.p[i] != '\n';) {
		size_t other = 0;

		while (i + other < text.len && text.p[i + other] == '`')
			other++;
		if (other == run)
			return i + other;
		i += other ? other : 1;
	}
	return 0;
}

/*
 * Pandoc puts a backslash before whatever could be Markdown. In a draft only a
 * few need it (FORMAT.md, "Which brackets count"), and a bracket that was typed
 * in a word processor is a negotiating one.
 */
void convert_unescape(struct slice markdown, struct str *out)
{
	for (size_t i = 0; i < markdown.len;) {
		char c = markdown.p[i], next = i + 1 < markdown.len ? markdown.p[i + 1] : '\0';
		size_t end = c == '`' ? code_end(markdown, i) : 0;

		if (end) {
			str_add(out, markdown.p + i, end - i);
			i = end;
		} else if (c == '\\' && next && strchr("\\`<", next)) {
			str_add(out, markdown.p + i, 2);
			i += 2;
		} else if (c == '\\' && next > ' ' &&
			   strchr("!\"#$%&'()*+,-./:;=>?@[]^_{|}~", next)) {
			str_add_char(out, next);
			i += 2;
		} else {
			str_add_char(out, c);
			i++;
		}
	}
}

bool convert_is_of(struct slice line, const char *signs)
{
	size_t i = 0;

	while (i < line.len && strchr(signs, line.p[i]) && line.p[i])
		i++;
	return line.len > 0 && line.p[0] == '|' && i == line.len;
}

/* A table's row without the blanks and dashes that line its columns up: they would change in
 * every row with a word in one. */
static void add_row(struct slice row, struct str *out)
{
	bool rule = convert_is_of(row, "|-: ");
	size_t run = 0;

	for (size_t i = 0; i < row.len; i++) {
		char c = row.p[i];

		run = i && c == row.p[i - 1] ? run + 1 : 1;
		if (run <= (c == ' ' ? 1u : rule && c == '-' ? 3u : SIZE_MAX))
			str_add_char(out, c);
	}
}

/* A bare number that two blanks make a label (FORMAT.md, "label") gets the tab that people
 * type. */
static void add_line(struct slice line, struct str *out)
{
	size_t end, blanks = convert_number_gap(line, &end);

	str_add(out, line.p, end);
	if (blanks)
		str_add_char(out, '\t');
	str_add(out, line.p + end + blanks, line.len - end - blanks);
}

void convert_lines(struct slice markdown, struct str *out)
{
	for (size_t at = 0, next; at < markdown.len; at = next) {
		const char *end = memchr(markdown.p + at, '\n', markdown.len - at);
		struct slice line;

		next = end ? (size_t)(end - markdown.p) + 1 : markdown.len;
		line = slice_make(markdown.p + at, next - at - (end != NULL));
		if (slice_starts(line, "|") && slice_ends(line, "|"))
			add_row(line, out);
		else
			add_line(line, out);
		if (end)
			str_add_char(out, '\n');
	}
}

int convert_import(const char *name, struct slice document, enum convert_format format,
		   const atomic_bool *stop, struct str *out, struct error *err)
{
	const char *const argv[] = {"pandoc",    "-f",          words[format], "-t",
				    to_markdown, "--wrap=none", "--sandbox",   NULL};
	struct str markdown = STR_INIT, tight = STR_INIT;
	int rc;

	if (format == CONVERT_NONE)
		return error_set(err, ST_USAGE,
				 N_("%s: adref imports .docx, .odt, .html and text"), name);
	rc = run_pandoc(argv, document, stop, &markdown, err);
	if (rc < 0 && rc != ST_MISSING)
		error_prefix(err, name);
	if (rc == 0) {
		convert_lines(str_slice(&markdown), &tight);
		convert_unescape(str_slice(&tight), out);
	}
	str_release(&markdown);
	str_release(&tight);
	return rc;
}

size_t convert_empty_heading(struct slice markdown)
{
	bool empty = false;
	size_t n = 1, at = 0;

	for (; at < markdown.len; n++) {
		const char *end = memchr(markdown.p + at, '\n', markdown.len - at);
		size_t len = end ? (size_t)(end - markdown.p) - at : markdown.len - at;
		struct slice line = {markdown.p + at, len};

		if (empty && convert_is_of(line, "|-: "))
			return n - 1;
		empty = convert_is_of(line, "| ");
		at += len + 1;
	}
	return 0;
}

/* Markdown to a document; marked: it has the marks of convert_prepare_marked(). */
static int make_document(struct slice markdown, bool marked, enum convert_format format,
			 const atomic_bool *stop, struct str *out, struct error *err)
{
	/* With --sandbox, pandoc 2.17 does not find its own templates for docx and odt. What
	 * it could be made to read is taken out of its input instead: convert_prepare(). */
	const char *const argv[] = {"pandoc",
				    "-f",
				    marked ? from_marked : from_markdown,
				    "-t",
				    words[format],
				    "--standalone",
				    "--metadata",
				    "pagetitle=draft",
				    "-o",
				    "-",
				    marked && format == CONVERT_HTML ? "--variable" : NULL,
				    marked_style,
				    NULL};

	return run_pandoc(argv, markdown, stop, out, err);
}

int convert_export(struct slice draft, const struct parties *parties,
		   enum convert_format format, const atomic_bool *stop, struct str *out,
		   struct error *err)
{
	struct str markdown = STR_INIT;
	int rc;

	if (format == CONVERT_NONE)
		return error_set(err, ST_USAGE, N_("adref exports .docx, .odt and .html"));
	convert_prepare(draft, parties, &markdown);
	rc = make_document(str_slice(&markdown), false, format, stop, out, err);
	str_release(&markdown);
	return rc;
}

int convert_export_marked(const struct convert_marked *what, enum convert_format format,
			  const atomic_bool *stop, struct str *out, struct error *err)
{
	struct str markdown = STR_INIT, document = STR_INIT;
	int rc;

	if (format != CONVERT_DOCX && format != CONVERT_HTML)
		return error_set(err, ST_USAGE,
				 N_("changes can be marked in .docx and .html only"));
	convert_prepare_marked(what, &markdown);
	rc = make_document(str_slice(&markdown), true, format, stop,
			   format == CONVERT_DOCX ? &document : out, err);
	if (rc == 0 && format == CONVERT_DOCX)
		rc = docx_track_whole(str_slice(&document), what->time, out, err);
	str_release(&markdown);
	str_release(&document);
	return rc;
}
