/* SPDX-License-Identifier: MIT */
#ifndef STORE_CONVERT_H
#define STORE_CONVERT_H

#include "core/error.h"
#include "core/party.h"
#include "core/str.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * Word processors' files to and from drafts, through pandoc where it is
 * installed (ST_MISSING says how to install it where not). A document cannot make
 * pandoc read other files or the network.
 */

enum convert_format { CONVERT_NONE, CONVERT_DOCX, CONVERT_ODT, CONVERT_HTML };

/* By the ending of the name: .docx .odt .html .htm; any case. */
enum convert_format convert_format_of(const char *path);

/* Whether pandoc is there. */
bool convert_available(void);

/*
 * Appends the document as Markdown, one paragraph a line, its negotiating
 * brackets unescaped. What converters leave behind is core/unwrap's to drop, and what
 * pandoc would leave out is store/docx's to say. name: as messages call it. stop: true ends it,
 * ST_FAIL; or NULL.
 */
int convert_import(const char *name, struct slice document, enum convert_format format,
		   const atomic_bool *stop, struct str *out, struct error *err)
	__attribute__((warn_unused_result));

/*
 * The line, from 1, of the first table whose heading row is empty; 0: none. Of an .odt that
 * says that its words may be gone: pandoc leaves out the rows that repeat on each page.
 */
size_t convert_empty_heading(struct slice markdown);

/*
 * Makes a document of a draft's text and appends its bytes to out. The text is
 * shown as it stands: each line a paragraph with its own label, brackets and
 * parties in it; front matter, comments and ids go. Nothing that the draft names, no
 * image for one, is fetched or read. stop: as for convert_import().
 */
int convert_export(struct slice draft, const struct parties *parties,
		   enum convert_format format, const atomic_bool *stop, struct str *out,
		   struct error *err) __attribute__((warn_unused_result));

/* Two texts of a draft, and whose the changes between them are to be. */
struct convert_marked {
	struct slice old, now;
	const struct parties *parties;
	const char *author; /* as Word names whoever changed something */
	int64_t time;       /* and when: Unix time */
};

/*
 * The same, with what changed since the old text marked: in a .docx as tracked changes
 * (accepted they leave the new text, rejected the old one), in .html underlined and struck out.
 * No other format has marks: ST_USAGE.
 */
int convert_export_marked(const struct convert_marked *what, enum convert_format format,
			  const atomic_bool *stop, struct str *out, struct error *err)
	__attribute__((warn_unused_result));

/* The Markdown that is given to pandoc for that: pure, for tests. */
void convert_prepare_marked(const struct convert_marked *what, struct str *out);
void convert_prepare(struct slice draft, const struct parties *parties, struct str *out);
/* Pandoc's Markdown with its tables in as few blanks and dashes as they need, and clauses'
 * numbers before a tab: pure, for tests. */
void convert_lines(struct slice markdown, struct str *out);
/* Pandoc's Markdown with its brackets made ours again: pure, for tests. */
void convert_unescape(struct slice markdown, struct str *out);

#endif
