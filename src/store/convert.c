/* SPDX-License-Identifier: MIT */
#include "convert_inner.h"

#include "core/label.h"
#include "core/utf8.h"
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

void convert_tables(struct slice markdown, struct str *out)
{
	for (size_t at = 0, next; at < markdown.len; at = next) {
		const char *end = memchr(markdown.p + at, '\n', markdown.len - at);
		struct slice line;

		next = end ? (size_t)(end - markdown.p) + 1 : markdown.len;
		line = slice_make(markdown.p + at, next - at - (end != NULL));
		if (slice_starts(line, "|") && slice_ends(line, "|"))
			add_row(line, out);
		else
			str_add_slice(out, line);
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
		convert_tables(str_slice(&markdown), &tight);
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

/* Whether a bracket at that place is Markdown's own: a link or a footnote. Places only grow. */
static bool is_markdown(struct preparing *p, size_t at)
{
	const struct skipped *s = p->b.skipped;

	while (p->skip < p->b.n_skipped && s[p->skip].end <= at)
		p->skip++;
	return p->skip < p->b.n_skipped && s[p->skip].begin <= at &&
	       (s[p->skip].class == SKIP_LINK || s[p->skip].class == SKIP_FOOTNOTE);
}

const struct unread *convert_unread_at(struct preparing *p, size_t at)
{
	const struct unread *u = p->b.unread;

	while (p->unread < p->b.n_unread && u[p->unread].end <= at)
		p->unread++;
	return p->unread < p->b.n_unread && u[p->unread].begin <= at ? &u[p->unread] : NULL;
}

/* A backslash of the draft's: what it means there, written as Markdown has it. */
static size_t add_backslash(struct preparing *p, size_t at, size_t end, struct str *out)
{
	size_t left = end - at - 1;
	const char *next = p->text.p + at + 1;

	if (left && strchr("[]/\\`<!", *next)) {
		str_add(out, p->text.p + at, 2);
		return at + 2;
	}
	/* Markdown knows no escape before full-width signs, and needs none. */
	if (left >= 3 && (!memcmp(next, "\xef\xbc\xbb", 3) ||
			  !memcmp(next, "\xef\xbc\xbd", 3) || !memcmp(next, "\xef\xbc\x8f", 3)))
		return at + 1;
	str_add_text(out, "\\\\");
	return at + 1;
}

void convert_add_text(struct preparing *p, size_t at, size_t end, struct str *out)
{
	while (at < end) {
		const struct unread *u = convert_unread_at(p, at);
		char c = p->text.p[at];

		if (u && (u->kind == UNREAD_CODE || u->kind == UNREAD_AUTOLINK)) {
			size_t stop = u->end < end ? u->end : end;

			str_add(out, p->text.p + at, stop - at);
			at = stop;
		} else if (u) {
			at = u->end < end ? u->end : end; /* a comment */
		} else if (c == '\\') {
			at = add_backslash(p, at, end, out);
		} else {
			bool own = (c == '[' || c == ']') && is_markdown(p, at);

			/* An image would be fetched; as a link it is only named. */
			if ((strchr("[]`<", c) && !own) || (p->spans && c == '{') ||
			    (c == '!' && at + 1 < end && p->text.p[at + 1] == '['))
				str_add_char(out, '\\');
			str_add_char(out, c);
			at++;
		}
	}
}

/* Whether Markdown takes the line's first byte for a list, a rule, an underline or a fence. */
static bool is_mark(const char *line, size_t len)
{
	if (!len)
		return false;
	if (strchr("-+=~", line[0]))
		return true;
	if (line[0] == '*' && (len == 1 || line[1] == ' ' || line[1] == '\t'))
		return true;
	for (size_t i = 0; i < len; i++)
		if (!strchr("*_ \t", line[i]))
			return false;
	return true;
}

void convert_add_line(struct preparing *p, size_t at, size_t end, struct str *out)
{
	const char *line = p->text.p + at;
	size_t len = end - at, blank = utf8_blanks_at(line, len);
	struct label label;
	bool labelled = label_read(line, len, &label);

	if (labelled && label.kind == LABEL_HEADING) {
		convert_add_text(p, at + blank, end, out);
		return;
	}
	if (labelled && (label.kind == LABEL_NUMBER || label.kind == LABEL_DASH) &&
	    label.end > 0) {
		/* "1." "1)" and "-" begin lists; the byte that makes them do so is escaped. */
		char last = line[label.end - 1];

		convert_add_text(p, at + blank, at + label.end - 1, out);
		if (strchr(".)-+*", last))
			str_add_char(out, '\\');
		convert_add_text(p, at + label.end - 1, end, out);
		return;
	}
	if (is_mark(line + blank, len - blank))
		str_add_char(out, '\\');
	convert_add_text(p, at + blank, end, out);
}

bool convert_is_table(struct slice text, size_t at, size_t end)
{
	return at < end && text.p[at] == '|' && memchr(text.p + at + 1, '|', end - at - 1);
}

void convert_prepare(struct slice draft, const struct parties *parties, struct str *out)
{
	struct str text = STR_INIT;
	struct preparing p = {.text = draft};
	bool in_table = false;

	brackets_read(&p.b, draft, parties);
	brackets_without_ids(&p.b, draft, 0, draft.len, &text);
	brackets_release(&p.b);
	p.text = str_slice(&text);
	brackets_read(&p.b, p.text, parties);
	for (size_t at = 0; at < p.text.len;) {
		const char *nl = memchr(p.text.p + at, '\n', p.text.len - at);
		size_t next = nl ? (size_t)(nl - p.text.p) + 1 : p.text.len;
		size_t end = nl ? next - 1 : next;
		const struct unread *u = convert_unread_at(&p, at);
		bool table, blank;

		if (u && u->kind == UNREAD_FRONT_MATTER) {
			at = u->end;
			continue;
		}
		if (u && u->kind == UNREAD_FENCE) {
			str_add(out, p.text.p + at, u->end - at);
			str_add_text(out, "\n");
			at = u->end;
			continue;
		}
		if (end > at && p.text.p[end - 1] == '\r')
			end--;
		table = convert_is_table(p.text, at, end);
		blank = utf8_blanks_at(p.text.p + at, end - at) == end - at;
		if (in_table && !table)
			str_add_char(out, '\n');
		in_table = table;
		if (table)
			convert_add_text(&p, at, end, out);
		else if (!blank)
			convert_add_line(&p, at, end, out);
		if (!blank)
			str_add_text(out, table ? "\n" : "\n\n");
		at = next;
	}
	brackets_release(&p.b);
	str_release(&text);
}

/* Markdown to a document; marked: it has the marks of convert_prepare_marked(). */
static int make_document(struct slice markdown, bool marked, enum convert_format format,
			 struct str *out, struct error *err)
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

	return run_pandoc(argv, markdown, NULL, out, err);
}

int convert_export(struct slice draft, const struct parties *parties,
		   enum convert_format format, struct str *out, struct error *err)
{
	struct str markdown = STR_INIT;
	int rc;

	if (format == CONVERT_NONE)
		return error_set(err, ST_USAGE, N_("adref exports .docx, .odt and .html"));
	convert_prepare(draft, parties, &markdown);
	rc = make_document(str_slice(&markdown), false, format, out, err);
	str_release(&markdown);
	return rc;
}

int convert_export_marked(const struct convert_marked *what, enum convert_format format,
			  struct str *out, struct error *err)
{
	struct str markdown = STR_INIT, document = STR_INIT;
	int rc;

	if (format != CONVERT_DOCX && format != CONVERT_HTML)
		return error_set(err, ST_USAGE,
				 N_("changes can be marked in .docx and .html only"));
	convert_prepare_marked(what, &markdown);
	rc = make_document(str_slice(&markdown), true, format,
			   format == CONVERT_DOCX ? &document : out, err);
	if (rc == 0 && format == CONVERT_DOCX)
		rc = docx_track_whole(str_slice(&document), what->time, out, err);
	str_release(&markdown);
	str_release(&document);
	return rc;
}
