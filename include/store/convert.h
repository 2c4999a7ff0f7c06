/* SPDX-License-Identifier: MIT */
#ifndef STORE_CONVERT_H
#define STORE_CONVERT_H

#include "core/error.h"
#include "core/str.h"

#include <stdbool.h>

/*
 * Word processors' files to and from drafts, through pandoc where it is
 * installed (ST_MISSING says how to install it where not). Pandoc runs in its
 * sandbox: a document cannot make it read other files or the network.
 */

enum convert_format { CONVERT_NONE, CONVERT_DOCX, CONVERT_ODT, CONVERT_HTML };

/* By the ending of the name: .docx .odt .html .htm; any case. */
enum convert_format convert_format_of(const char *path);

/* Whether pandoc is there. */
bool convert_available(void);

/*
 * Appends the document as Markdown, one paragraph a line, its negotiating
 * brackets unescaped. What converters leave behind is core/unwrap's to drop.
 */
int convert_import(const char *path, enum convert_format format, struct str *out,
		   struct error *err) __attribute__((warn_unused_result));

/*
 * Makes a document of a draft's text and appends its bytes to out. The text is
 * shown as it stands: each line a paragraph with its own label, brackets and
 * all; front matter goes. ids are the caller's to take out (brackets_without_ids()).
 */
int convert_export(struct slice draft, enum convert_format format, struct str *out,
		   struct error *err) __attribute__((warn_unused_result));

/* The Markdown that is given to pandoc for that: pure, for tests. */
void convert_prepare(struct slice draft, struct str *out);
/* The brackets of pandoc's Markdown made ours again: pure, for tests. */
void convert_unescape(struct slice markdown, struct str *out);

#endif
