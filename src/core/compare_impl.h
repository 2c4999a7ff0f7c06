/* SPDX-License-Identifier: MIT */
#ifndef CORE_COMPARE_IMPL_H
#define CORE_COMPARE_IMPL_H

#include "consolidate_impl.h"
#include "core/compare.h"

/* compare_read.c: a column's paragraphs, and what they say. */

/* Reads everything but rows. */
void column_read(struct compare_column *col, const struct compare_text *text,
		 const struct parties *parties);
void column_release(struct compare_column *col);
/* What of the column's text stands as the party wants it. */
void map_make(const struct compare_column *col, uint16_t party, struct project_map *map);
/* All that its brackets offer, without their signs, ids and parties. */
void map_offers(const struct compare_column *col, struct project_map *map);
/* Appends what stands of [begin, end) under a map. */
void map_add(const struct project_map *map, struct slice text, size_t begin, size_t end,
	     struct str *out);
/* Where the words of what stands of a paragraph begin: after blanks and label. */
size_t stands_body(struct slice stands);
/* What a paragraph says, from what stands of it: without label, outer blanks and line ends,
 * runs of blanks as one. */
void plain_add(struct slice stands, struct str *out);
/* Whether a paragraph says, for another party, what `said` is. col is the draft's. */
bool column_says(const struct compare_column *col, const struct project_map *map, uint32_t i,
		 struct slice said);
/* The column's units as they are aligned, under a map: units, canon, row, moved, came. */
void column_units(const struct compare_column *col, const struct project_map *map,
		  struct input *in);
void column_units_done(struct input *in);

/* compare_shape.c: what a text is in, and its structure. */

/* Whether two texts are in different languages: by front matter, else by script, and
 * in Latin letters by small words. */
bool texts_are_foreign(struct slice a, struct slice b);
/* By paragraph of the column: heading, call, clause. The caller frees it. */
uint64_t *column_shape(const struct compare_column *col);

/* compare_take.c: from a cell to the draft. */
struct take {
	const struct compare *c;
	const struct compare_column *draft, *from;
	struct slice text; /* the draft's */
	uint32_t target;   /* the draft's paragraph; COMPARE_NONE: there is none */
	uint32_t after;    /* where there is none, or elsewhere: the cell's place is after this
			      one; COMPARE_NONE: before all */
	uint32_t source;   /* the cell's; COMPARE_NONE: the text has none */
	bool elsewhere;    /* the draft has it at another place */
	bool moves;        /* the place is what is taken: its words are there */
};

/* Who is to read it: everybody, whatever they proposed; or the cell's party alone. */
enum take_for { TAKE_FOR_ALL, TAKE_FOR_PARTY };

int take_begin(struct take *t, const struct compare *c, size_t draft, size_t row, size_t column,
	       struct error *err);
/* A paragraph's bytes; whole: with its label. */
struct slice take_bytes(const struct compare_column *col, uint32_t i, bool whole);
/* Whether a bracket reaches out of the paragraph. */
bool take_crosses(const struct compare_column *col, uint32_t i);
/* Whether the cell's text says itself: no brackets, escapes. */
bool take_is_plain(const struct take *t);
/* A paragraph where the draft has none, or not there. */
void take_insert(const struct take *t, struct slice paragraph, struct edits *e);
/* Whether the draft, read again, says what is wanted to those, and to all others what it said.
 */
bool take_reads_back(const struct take *t, const struct edits *e, enum take_for for_whom);

#endif
