/* SPDX-License-Identifier: MIT */
#ifndef CORE_FIND_IMPL_H
#define CORE_FIND_IMPL_H

#include "core/find.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* What find.c (a search, and going through a text) and find_replace.c share. */

struct find {
	pcre2_general_context *memory;
	pcre2_code *code;
	pcre2_code *checked; /* without JIT: for text known to be UTF-8; else NULL */
	pcre2_match_context *context;
	pcre2_match_data *data;
	pcre2_jit_stack *stack;
	bool expression;
	bool use_checked;
	struct find_clock clock;
	int64_t began;
	bool patient; /* this call takes the time it needs */
	unsigned places, hits;
};

/* Hits one after the other: those that begin in [at, to). */
struct find_scan {
	struct find *f;
	struct slice bytes;
	size_t at, to;
	bool after_empty; /* the last hit was empty, and at "at" */
};

/* A call from outside begins: its time, and what pcre2 need not check again. */
void find_begin(struct find *f, struct slice bytes);
struct find_scan find_scan(struct find *f, struct slice bytes, size_t from, size_t to);
/* The next hit: 1, or 0, or a negative status. What groups found is in f->data. */
int find_scan_next(struct find_scan *s, struct find_hit *hit, struct error *err);
/* How far hits may begin: one beyond the end, for empty hits there. */
size_t find_everywhere(struct slice bytes);

#endif
