/* SPDX-License-Identifier: MIT */
#ifndef UI_LAYOUT_INNER_H
#define UI_LAYOUT_INNER_H

#include "ui/layout.h"

/*
 * What the files of layout share: layout.c keeps the rows of a paragraph,
 * layout_row.c reads the units of one and says where it ends, layout_bidi.c
 * puts it in visual order, layout_move.c answers questions about places,
 * layout_cache.c keeps layouts.
 */

struct layout_scratch {
	struct layout_unit
		*units;  /* what fill_row() found; col: how many code points each gave */
	bool *may_break; /* before that unit */
	size_t n, cap;
	uint32_t *cps; /* the first code points of each unit */
	char *breaks;
	size_t n_cps, cap_cps;
	size_t over;    /* the first unit that does not fit the row, SIZE_MAX: all do; */
	size_t over_at; /* its code points, and where it would stand */
	int over_col;
	struct layout_range row; /* the row whose units these are, the first n_row of them; */
	size_t n_row;            /* 0: of none */
};

#define LAYOUT_BEYOND 16 /* units read past the end of a row, for the rules of UAX 14 */

/* The unit that begins at pos (< length); col is 0. */
void layout_read_unit(const struct layout *l, size_t pos, struct layout_unit *u);
/* Code points of a unit as the algorithms of Unicode should see them: what is not shown as
 * itself is a neutral U+FFFD. At most `most`; returns how many. */
size_t layout_code_points(const struct layout *l, const struct layout_unit *u, uint32_t *cps,
			  size_t most);
/* The column, from its start side, at which a row begins. */
int layout_indent(const struct layout_spec *spec, bool first_row);

/* Where the row that begins at pos ends; *seen: before which byte all stands that this hangs
 * on, SIZE_MAX: all. */
size_t layout_break_row(struct layout *l, size_t pos, bool first_row, size_t *seen);
/* Reads the row's units into scratch, the first n_row of those there. */
void layout_fill_row(struct layout *l, struct layout_range row, bool first_row);
/* Makes the row that holds the byte known, and those before it. */
void layout_wrap_over(struct layout *l, size_t pos);

/* Whether anything in the paragraph asks for reordering, and its base direction. */
void layout_find_direction(struct layout *l);
/* The same where nothing did, and only these bytes are new. */
void layout_follow_direction(struct layout *l, size_t begin, size_t end);
/* Levels, visual order and columns of l->row, whose units are read and have widths. */
void layout_order(struct layout *l);

#endif
