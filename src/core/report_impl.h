/* SPDX-License-Identifier: MIT */
#ifndef CORE_REPORT_IMPL_H
#define CORE_REPORT_IMPL_H

#include "core/report.h"

/* What the formats of a report share. Nothing here knows of parties. */

typedef const char *report_translate(const char *text);

/* What is being written. */
struct writer {
	struct str *out;
	const struct report *r;
	report_translate *tr;
};

const char *report_in(const struct writer *w, const char *text);
/* One line without what could move a cursor or hide text; a sign stands for line ends. */
void report_clean(struct str *out, struct slice text);
/* Who is behind an option, or how many. */
void report_behind(const struct writer *w, const struct report_option *o, struct str *out);
/* What there is to say of a point beyond the options. */
void report_remarks(const struct writer *w, const struct report_point *p, struct str *out);
/* The option's text, or words for none. */
void report_option_text(const struct writer *w, const struct report_option *o, struct str *out);
/* Where the point is: "inside point 3", "¶ 5". */
void report_place(const struct writer *w, const struct report_point *p, struct str *out);

void report_html(const struct writer *w);

#endif
