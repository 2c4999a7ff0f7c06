/* SPDX-License-Identifier: MIT */
#ifndef CORE_MERGE_IMPL_H
#define CORE_MERGE_IMPL_H

#include "consolidate_impl.h"
#include "core/merge.h"

/*
 * How a merge is made, on what consolidation has (input, words, write):
 *   plain   a side -> what it is aligned by
 *   align   units of the three texts -> rows, in the order of the result
 *   order   in which order the base's units stand
 *   beside  what is taken out beside something new
 *   unit    one row -> bytes, in the first way that can be
 *   flow    a paragraph that both changed -> bytes, word by word
 *   said    words that both changed: merge_said.h
 *   choice  wordings -> one point
 *   point   what both changed differently, whole -> one point, the union of wordings
 *   result  all rows, and whether the whole is read as they are
 *   yaml    front matter, and files that are YAML: by entry
 * Input 0 is the base, 1 ours, 2 theirs.
 */

enum merge_kind {
	MERGE_TAKEN, /* a unit of one side, as it is */
	MERGE_UNIT,  /* a unit of the base, changed by both */
	MERGE_RUN    /* units of both sides at a place where the base has none */
};

/* From the best way of writing a row to the plainest. */
enum merge_way {
	MERGE_AS_IS,
	MERGE_WORDS,
	MERGE_WORDS_ESCAPED,
	MERGE_WHOLE,
	MERGE_WHOLE_ESCAPED,
	MERGE_LINES,
	MERGE_LINES_ESCAPED,
	MERGE_WAYS
};

struct merge_row {
	enum merge_kind kind;
	uint32_t unit[3]; /* NONE: it has none there */
	uint32_t *more;   /* MERGE_RUN: ours, then theirs, as many as n has */
	size_t n[3];
	uint8_t source; /* MERGE_TAKEN: whose bytes */
	bool place[3];  /* it stands here in that text, not elsewhere */
	bool contested; /* even if a side has the base's words: it stays, or both moved it */

	enum merge_way way;
	struct str text;
	size_t begin, end; /* in the result */
	/* What it has to be read as: points outside all others, and their options. */
	size_t points, options;
	size_t problems; /* brackets that do not pair */
	size_t new_points;
};

struct merge {
	struct work w;
	uint16_t party[3];
	struct merge_row *rows;
	size_t n, cap;
};

/* Both sides against the base; index 0 is not used. */
struct merge_sides {
	struct aligned al[3];
	uint32_t *stayed[3]; /* by the base's unit: the side's */
	uint32_t *moved[3];
	uint32_t *order; /* the base's units as they stand in the result, without twice */
	size_t n_order;
	bool *twice; /* by the base's unit: both moved it, and it stands where each has it */
	/* By the base's unit, from 1: the side's first that stands after it and has no place in
	 * that order. 0: before all. NONE: there is none. */
	uint32_t *loose[3];
};

/* Where the side has the base's unit, or NONE. */
static inline uint32_t merge_unit_of(const struct merge_sides *s, size_t side, uint32_t base)
{
	uint32_t j = s->stayed[side][base];

	return j != NONE ? j : s->moved[side][base];
}

/* Which of the base's units in that order the side's is, or NONE. */
static inline uint32_t merge_base_of(const struct merge_sides *s, size_t side, size_t j)
{
	uint32_t from = s->al[side].from[j];

	if (from == NONE)
		return s->al[side].partner[j];
	return s->twice[from] ? NONE : from;
}

/* merge_order.c: fills order, twice and loose. */
void merge_find_order(struct merge *m, struct merge_sides *s);

/* merge_plain.c: how a side's units are aligned. */
void merge_read_plain(struct merge *m, size_t side);

/* merge_beside.c: which units of the base stay as a point because of what stands beside them.
 * The caller frees the list. */
bool *merge_find_stays(struct merge *m, const struct merge_sides *s);

/* merge_align.c */
void merge_rows(struct merge *m);
void merge_rows_release(struct merge *m);

/* merge_result.c: writes all rows, and appends the result, which begins with this front matter.
 * False where some row cannot be written so that it is read as it is meant. */
bool merge_result(struct merge *m, struct slice front, struct str *out);

/* merge_unit.c: writes the row in the first way from `way` on that can be written; MERGE_WAYS
 * where none can. */
enum merge_way merge_row_write(struct merge *m, struct merge_row *row, enum merge_way way);
/* Of three wordings of something that cannot be a point: what changed, or where both did, the
 * longer one. p NULL: that text has nothing to say. */
struct slice merge_pick(const struct slice v[3]);
static inline bool merge_same(struct slice one, struct slice other)
{
	return one.p && other.p && slice_equal(one, other);
}

/* A unit of one text. */
struct merge_part {
	struct input *in; /* NULL: the text does not have it */
	struct unit *u;
	const struct piece *v; /* without the heading mark */
	size_t n;
	struct slice lead; /* indentation, label, heading mark */
	struct slice tail;
};

/* Of what stands before a unit's pieces, or (tail) after them, and all its bytes. */
struct slice merge_pick_of(const struct merge_part part[3], bool tail);
struct slice merge_part_bytes(const struct merge_part *p);

/* merge_flow.c: writes the base with what is said about it. False where it cannot be. Releases
 * what is said. */
struct said;
bool merge_flow_write(struct merge *m, struct merge_row *row, const struct merge_part part[3],
		      bool escape, struct said *s);

/* merge_choice.c */

/* A wording, as it is written in brackets. */
struct choice {
	struct str text; /* blanks normalised, for comparing */
	struct str written;
	uint16_t *who; /* parties, ascending; none: it names nobody */
	size_t n_who;
	bool none; /* no text */
};

struct choices {
	struct choice *v;
	size_t n, cap;
	struct intern *keys; /* of many: the key of each text is its index */
};

void choices_release(struct choices *c);
bool choice_has(const struct choice *c, uint16_t party);
void choice_add_party(struct choice *c, uint16_t party);
/* Appends a wording as it is compared: trimmed, runs of blanks as one space. */
void choice_normalise(struct slice written, struct str *out);
struct choice *choices_find(const struct choices *c, const struct choice *like);
/* Adds the wording, or finds it where it is there; written is taken over. */
struct choice *choices_add(struct choices *c, struct str *written);
/* Adds a choice of another list with its parties. */
void choices_add_all(struct choices *to, const struct choice *c);
void choices_sort(struct choices *c);
/* Appends them as a point; false where it cannot be written. id: empty, or the point's. */
bool choices_write(struct writer *wr, const struct choices *list, struct slice id, bool lines);

/* merge_point.c */

/* Lines that would begin or end a fence where there is none are indented: then they cannot
 * make one with what comes to stand around them. */
void merge_indent_strays(struct str *text, const struct parties *parties);

/* One text's wording of a contested place: pieces [c, d) of a unit, or whole units. */
struct merge_stretch {
	struct input *in; /* NULL: the base, where it has nothing */
	const struct piece *v;
	size_t c, d;
	struct slice lead;    /* label and heading mark, where they stand in the brackets */
	const uint32_t *more; /* units after the first, written with their leads */
	size_t n_more;
	bool gone; /* the text takes it out */
};
/* Appends the point to wr; false where it cannot be written. *options: how many it has. */
bool merge_contest(struct merge *m, struct writer *wr, const struct merge_stretch st[3],
		   bool lines, size_t *options);

#endif
