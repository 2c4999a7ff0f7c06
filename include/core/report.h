/* SPDX-License-Identifier: MIT */
#ifndef CORE_REPORT_H
#define CORE_REPORT_H

#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Outstanding points as a paper to hand out: what is in brackets, what each
 * option has behind it, the verdict, and a table.
 *
 * Who said what stays out of an anonymous one by construction: report_add()
 * copies texts and counts and is given no party's name; what is written is
 * written from these structs alone. report_add_names() adds to a draft just
 * added who it was; an anonymous report goes without it. Texts are without ids
 * and without the parties that stand in brackets, also inside nested ones.
 *
 * All texts here are UTF-8 as found; writing sanitises and escapes them.
 */

struct report_option {
	uint32_t number; /* from 1; 0: no text, which somebody wants and no option offers */
	struct str text; /* empty: no text */
	size_t supports, accepts, opposes, red_lines;
	struct str who; /* "supports: AFR; can accept: EUR"; empty where nobody is named */
};

struct report_point {
	uint32_t number; /* from 1, as `adref brackets` has it */
	uint32_t parent; /* the number of the point it stands in; 0: none */
	size_t line;
	struct str place;     /* of its paragraph: "¶ 5" */
	struct str paragraph; /* what it stands in, to read it in its context */
	struct report_option *options;
	size_t n_options;
	const char *kind;   /* "near-consensus": a name for machines, not translated */
	struct str verdict; /* in words */
	struct str why;     /* who is for and against; empty where nobody is named */
	size_t spoke, reserves, stale, silent;
	bool put_off;
	struct str *signs; /* by column: "+2" */
	struct str *words; /* by column: "supports option 2" */
};

struct report_draft {
	struct str name, title, symbol;
	struct report_point *v;
	size_t n, n_open;  /* all, and outermost ones */
	struct str counts; /* "consensus 1, split 2" */
};

struct report {
	struct report_draft *v;
	size_t n, cap;
	struct str *columns; /* of the table: codes; none: the table has counts */
	size_t n_columns;
};

void report_release(struct report *r);

/* ---- filling it ---- */

struct brackets;
struct draft;
struct matrix;
struct parties;

/* A draft and what was said on it. Borrowed while it is added. */
struct report_source {
	const char *name;
	struct slice text;
	const struct brackets *b;
	const struct draft *draft;
	const struct matrix *matrix;
	const char *(*tr)(const char *text); /* translates, or NULL */
};

/* Adds a draft: texts and counts. */
void report_add(struct report *r, const struct report_source *source);
/* Adds to the draft added last who said what. Every draft of a report has the same parties. */
void report_add_names(struct report *r, const struct report_source *source,
		      const struct parties *parties);
/*
 * Takes out what looks like a party though FORMAT.md does not read it as one: "APT: " in
 * a text, a list of codes in parentheses. For anonymous reports, when all is added.
 */
void report_hide(struct report *r, const struct parties *parties);

/* ---- writing it ---- */

enum report_format { REPORT_MARKDOWN, REPORT_HTML, REPORT_CSV };

/* "md", "html", "csv"; false: none of these. */
bool report_format_find(struct slice word, enum report_format *format);
/*
 * Appends the report. Markdown and HTML stand alone (no files beside them); texts
 * are escaped in both. CSV is that of RFC 4180 with one line a point, and no cell of it is
 * a formula to a spreadsheet: what begins like one has an apostrophe before it.
 */
void report_write(struct str *out, const struct report *r, enum report_format format,
		  const char *(*tr)(const char *text));

#endif
