/* SPDX-License-Identifier: MIT */
#ifndef STORE_DOCX_H
#define STORE_DOCX_H

#include "core/error.h"
#include "core/str.h"
#include "core/tracked.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * A .docx as its XML has it (ECMA-376, Part 1), so that nothing that a converter
 * passes over goes without a word: tracked changes by author, comments, page
 * headers, text boxes, charts. And the same document made plain: its changes
 * settled, its text boxes paragraphs, each cell of a table one paragraph.
 * And the other way, a converter's document as word processors want it.
 */

#define DOCX_MOST ((size_t)128 << 20) /* bytes of all that is read of it, unpacked */

/* Counts what the document holds. t is initialised by the caller; t->unseen is set where a part
 * cannot be read as XML in UTF-8. ST_INPUT where it is no .docx, ST_TOO_LARGE where it unpacks
 * to more than DOCX_MOST, or has more files or authors than a document has. */
int docx_look(struct slice bytes, struct tracked *t, struct error *err)
	__attribute__((warn_unused_result));

/*
 * Appends the document with its changes settled: made is asked of each by author (as
 * tracked_author() numbers them in t), and says whether it is made or unmade.
 */
int docx_settle(struct slice bytes, const struct tracked *t,
		bool (*made)(void *data, size_t author), void *data, struct str *out,
		struct error *err) __attribute__((warn_unused_result));

/*
 * Appends a document whose changes a converter wrote, all by one author, as a word processor
 * would track them: each with a number of its own and when it was made (Unix time); and where
 * a paragraph or a row came or went as a whole, so did its end. Without that, "accept all"
 * would leave an empty one where one went.
 */
int docx_track_whole(struct slice bytes, int64_t when, struct str *out, struct error *err)
	__attribute__((warn_unused_result));

#endif
