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

/* Whether two texts are in different languages: by front matter, else by script. */
bool texts_are_foreign(struct slice a, struct slice b);
/* By paragraph of the column: heading, call, clause. The caller frees it. */
uint64_t *column_shape(const struct compare_column *col);

#endif
