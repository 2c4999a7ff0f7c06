/* SPDX-License-Identifier: MIT */
#ifndef CORE_BOUND_H
#define CORE_BOUND_H

#include "core/error.h"
#include "core/str.h"

#include <stddef.h>

/*
 * What a draft may hold at most. A draft is what people negotiate: some hundred
 * KB, with a bracket every few words. What has a million brackets, or half a million lines, was
 * made to cost time and memory, and is refused in words before anything is read
 * in it. Within these bounds every command that reads one draft is done in two
 * seconds and 256 MB, those that compare several in two seconds.
 *
 * Finding out is one pass over the bytes that ends where the bound is passed;
 * a text that is shorter than the bound is not looked at.
 */

#define BOUND_BYTES ((size_t)256 << 20)
#define BOUND_SIGNS ((size_t)1000000) /* brackets, opening and closing ones */
#define BOUND_LINES ((size_t)500000)  /* blank ones, too */

/* Words and signs of one paragraph, to be compared with another word by word. */
#define BOUND_PARAGRAPH ((size_t)2000000)

/* What several texts that are compared may come to together, counted as bytes of memory. */
#define BOUND_TOGETHER ((size_t)320 << 20)

/* Whether the text is within the bounds of one draft: 0, or ST_TOO_LARGE. name: as messages
 * call it. */
int bound_draft(struct slice text, const char *name, struct error *err)
	__attribute__((warn_unused_result));

/* Whether the draft can be compared with another: each of its paragraphs is short enough. */
int bound_paragraphs(struct slice text, const char *name, struct error *err)
	__attribute__((warn_unused_result));

/* Whether texts can be compared, merged or consolidated word by word: 0, or ST_TOO_LARGE. */
int bound_together(const struct slice *texts, size_t n, struct error *err)
	__attribute__((warn_unused_result));

/* The same by the bytes of all of them: where these are too many, none need be looked at. */
int bound_bytes(size_t bytes, struct error *err) __attribute__((warn_unused_result));

#endif
