/* SPDX-License-Identifier: MIT */
#ifndef CORE_MERGE_SAID_H
#define CORE_MERGE_SAID_H

#include "merge_impl.h"

/*
 * What both sides say about a paragraph, as a set of changes against the base. A side that is
 * a merge itself says what all of those say whom it was made of: its points are taken apart
 * into the changes that their options make. Of the set alone comes what is written, so that it
 * does not matter whose changes were put together first.
 *
 * Two changes agree where something that neither changes stands between them: only then each
 * can be told from the other once both are made. What does not agree is contested, and all that
 * hangs together so is one place. Its wordings are the largest sets of changes that agree.
 *   change  a side -> where it differs, and points that are taken apart
 *   compare a list of pieces -> where it differs from the base
 *   segment these -> changes, parted at points of the base
 *   speech  such points -> speeches
 *   sets    changes -> the largest sets of them that agree
 *   place   changes -> places, and what is contested
 *   offer   a contested place -> its wordings, and who wants them
 */

/* Pieces [c, d) of a list of n stand for the base's [a, b). */
struct change {
	size_t a, b, c, d;
	const struct input *in;
	const struct piece *v;
	size_t n;
	struct slice before, after; /* blanks on either side; p NULL: nothing stands there */
	enum fate {
		FATE_NONE,      /* it is not of one point of the base */
		FATE_DECIDED,   /* the point has become one of its options, */
		FATE_OTHERWISE, /* another point: these can be told from whatever is beside
				   them; */
		FATE_REWORDED   /* or other words: these can where the point stays */
	} fate;
};

/* An option of a point: the changes it makes, in said.list. */
struct speech {
	size_t first, n;
	const uint16_t *who; /* parties */
	size_t n_who;
};

/* A point of a side that is taken apart. It stands for the base's [a, b). */
struct offer {
	size_t a, b;
	size_t speech, n;
	struct slice id;
	uint8_t side;
	bool extends; /* it is a point of the base with more wordings; its speeches are there */
};

/* Where a side differs: its own pieces [c, d) for the base's [a, b). */
struct segment {
	size_t a, b, c, d;
	uint32_t change, offer; /* one is NONE */
};

struct said_side {
	struct input *in;
	const struct piece *v; /* as it stands */
	size_t n;
	struct segment *segments;
	size_t n_segments, cap_segments;
};

/* A stretch of the base in which somebody changed something. c, d: what each text has there. */
struct place {
	size_t a, b, c[3], d[3];
	size_t first, n; /* items */
	bool by[3];      /* a side changed something */
	bool offers;     /* it holds points of a side */
	bool contested;
	bool stays; /* a point of the base, with what was to take its place as a wording */
};

/* A change or an offer, in the order of the base. */
struct item {
	size_t a, b;
	struct slice bytes; /* of a change */
	uint32_t index;
	bool offer;
	bool closes; /* a side has other words in place of a point of the base */
	bool by[3];
};

struct said {
	struct merge *m;
	const struct input *in; /* the base */
	const struct piece *ref;
	size_t n_ref;
	struct said_side side[3];
	struct change *changes;
	size_t n_changes, cap_changes;
	struct speech *speeches;
	size_t n_speeches, cap_speeches;
	struct offer *offers;
	size_t n_offers, cap_offers;
	uint32_t *list;
	size_t n_list, cap_list;
	struct piece **made; /* lists of pieces made for it */
	size_t n_made, cap_made;
	struct item *items;
	size_t n_items;
	struct place *places;
	size_t n_places;
};

/* merge_change.c */
/* simple: nothing is read in it (struct unit). */
void said_init(struct said *s, struct merge *m, const struct input *in, const struct piece *ref,
	       size_t n_ref, bool simple);
void said_release(struct said *s);
/* What a side has. s->side[k].v takes the place of v, which may move. */
void said_by(struct said *s, size_t side, struct input *in, const struct piece *v, size_t n,
	     bool simple);
bool changes_overlap(const struct change *x, const struct change *y);
/* Whether two changes cannot both be made, or not be told from each other then. */
bool changes_clash(const struct change *x, const struct change *y);
bool changes_equal(const struct change *x, const struct change *y);

#define KEPT    UINT32_MAX /* instead of an option: the point stays as it is */
#define NO_TEXT (UINT32_MAX - 1)

/* What becomes of a side's pieces: by piece an option in place of it, and where it stands in
 * the text that is so made. */
struct unfolding {
	struct input *in;
	const struct piece *v;
	size_t n;
	uint32_t *chosen;
	size_t *at; /* n + 1 of them */
	const struct piece *plain;
	size_t n_plain;
	enum parting {
		PART_ALL,
		PART_SHARED, /* only at points that have a wording of the base's */
		PART_NOT     /* too little is left of the base */
	} parting;
};

/* Room for a list that is released with s. */
struct piece *said_make_pieces(struct said *s, size_t n);
const struct point *said_point_of(const struct input *in, const struct piece *p);
/* An option as a list of pieces. */
struct piece *said_option_pieces(struct said *s, struct input *in, const struct option *o,
				 size_t *n);
/* Puts n pieces into a list in place of v[i]; returns where it goes on. */
size_t said_splice(struct piece *to, size_t at, const struct piece *with, size_t n,
		   const struct piece *v, size_t i);
struct change said_change_of(const struct hunk *h, size_t a, const struct input *in,
			     const struct piece *v, size_t n);
/* Adds a change that is none of those from `from` on; returns which it is. */
uint32_t said_add_change(struct said *s, struct change x, size_t from);
/* What it puts in, as it stands in its text. */
struct slice change_bytes(const struct change *x);
/* Makes a change one with another that is equal to it: of what is not compared, blanks, it has
 * the same whichever of them it was. */
void change_join(struct change *x, const struct change *y);

/* merge_compare.c */
/* A list against the base's [a, b). */
void said_compare(struct said *s, struct regions *r, size_t a, size_t b, const struct input *in,
		  const struct piece *v, size_t n);

/* merge_segment.c */

/* Changes that one has been parted into. */
struct parts_of {
	struct change *v;
	size_t n, cap;
};
/* Parts a change at the points of the base that are decided in it, or stand otherwise. */
void said_part(struct said *s, struct change x, enum parting how, struct parts_of *to);
/* Whether a list has less than a third in common with the base; r: where it differs. */
bool said_share_little(struct said *s, const struct regions *r, const struct input *in,
		       const struct piece *v, size_t n);
void said_add_segments(struct said *s, size_t side, const struct unfolding *u,
		       const struct regions *r);

/* merge_speech.c: what the options of the side's points change. */
void said_add_speech(struct said *s, struct offer *offer, const struct input *in,
		     const struct option *o, const uint32_t *changes, size_t n);
void said_read_offers(struct said *s, size_t side, const struct unfolding *u);

static inline size_t least(size_t x, size_t y)
{
	return x < y ? x : y;
}

/* merge_sets.c */
#define SAID_MOST 24 /* changes whose wordings are looked for */
#define SETS_MOST 24 /* wordings */

/* The wordings of the base's [a, b), as sets of changes. */
struct wordings {
	size_t a, b;
	uint32_t *change; /* by bit: of said.changes, in the order of the base */
	size_t n;
	uint32_t clash[SAID_MOST];
	uint32_t set[SETS_MOST];
	size_t n_sets;
};
/* Finds the largest sets of changes that agree; where there are too many, one for each party
 * and for each change. Of the changes alone comes which. False where not all have room. */
bool wordings_find(const struct said *s, struct wordings *w);
/* What an option of a point changes. */
uint32_t set_of_speech(const struct said *s, const struct wordings *w, const struct speech *x);
/* What a side changes whatever becomes of its points. */
uint32_t set_of_side(const struct said *s, const struct wordings *w, size_t k);

/* merge_place.c */
void said_places(struct said *s);

/* merge_offer.c */
/* Whether the place has to grow to be written in brackets, as region_unsettled() says. */
int place_unsettled(struct said *s, const struct place *p);
/* Appends the place as a point. */
bool place_write(struct said *s, const struct place *p, struct writer *wr, size_t *options);

#endif
