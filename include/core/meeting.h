/* SPDX-License-Identifier: MIT */
#ifndef CORE_MEETING_H
#define CORE_MEETING_H

#include "core/error.h"
#include "core/str.h"
#include "core/yaml.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * The calendar: drafts/meetings.yaml (FORMAT.md, "The YAML files"). A date is
 * its ISO text, 2025-03-29, which sorts as it should; the clock is the caller's.
 */

#define DATE_LEN 10

struct meeting {
	char *code;
	char *name;               /* in English, or in the first language given; or "" */
	char first[DATE_LEN + 1]; /* first day; "" where no date is given */
	char last[DATE_LEN + 1];  /* last day; the first one where only one is given */
	char **documents;
	size_t n_documents;
	size_t line, column; /* of the entry, from 1 */
};

struct meetings {
	struct meeting *v; /* in the file's order */
	size_t n, cap;
};

/* m is initialised here, also after a failure. What makes no sense is left out and
 * named in problems (which may be NULL). */
int meetings_read(struct slice yaml, struct meetings *m, struct yaml_problems *problems,
		  struct error *err) __attribute__((warn_unused_result));
void meetings_release(struct meetings *m);
/* NULL where there is none. */
const struct meeting *meetings_find(const struct meetings *m, const char *code);
/* Whether it says when, as "until" should: a meeting's code, or a day. */
bool meetings_know(const struct meetings *m, struct slice when);
/* The meeting that is on at that date, else the first one after it; NULL: none to come. */
const struct meeting *meetings_next(const struct meetings *m, const char *date);
/* Which meeting a decision of that date belongs to: the one that is on, else the last
 * one before; NULL. */
const struct meeting *meetings_at(const struct meetings *m, const char *date);

/* Whether the text is a day of the calendar, YYYY-MM-DD. */
bool date_is_valid(struct slice text);
/* Days from one valid date to another; negative where b is earlier. */
long date_days(const char *a, const char *b);

#endif
