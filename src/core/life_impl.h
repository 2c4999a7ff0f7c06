/* SPDX-License-Identifier: MIT */
#ifndef CORE_LIFE_IMPL_H
#define CORE_LIFE_IMPL_H

#include "core/diff.h"
#include "core/life.h"

/* What the files of core/life share. */

/* One wording. Offsets count from the point's begin, so that a line that moves keeps them. */
struct spot_option {
	size_t begin, end;
	uint64_t hash;
	struct life_parties parties;
	bool no_text;
};

/* One point as it stands in one version. */
struct spot {
	size_t begin, end;          /* in the text */
	size_t close;               /* from begin: just after its last closing bracket */
	size_t id, id_end;          /* from begin; equal: it has none */
	uint32_t option, n_options; /* in reading.options */
	uint32_t depth;
	uint32_t point; /* of the life; LIFE_NONE until it is known */
	uint64_t hash;  /* of its wordings */
	bool crosses;   /* spans paragraphs */
};

/* One version, read. */
struct reading {
	struct str text;
	struct spot *spots; /* by begin */
	size_t n, cap;
	struct spot_option *options;
	size_t n_options, cap_options;
	struct spot_problem { /* brackets without a partner, by place */
		size_t at;
		bool unclosed;
	} * problems;
	size_t n_problems, cap_problems;
	bool plain; /* each line can be read by itself, crossing and lone brackets aside */
	bool there; /* not forgotten */
	bool gone;
};

void reading_release(struct reading *r);
/* Reads a text; where it is like `near` (or NULL), only what is not. */
void reading_make(struct reading *r, struct slice text, const struct parties *parties,
		  const struct reading *near);
struct slice spot_bytes(const struct reading *r, const struct spot *s);
struct slice spot_id(const struct reading *r, const struct spot *s);
struct slice spot_wording(const struct reading *r, const struct spot *s,
			  const struct spot_option *o);
/* What stands around it, in its line. */
uint64_t spot_before(const struct reading *r, const struct spot *s);
uint64_t spot_after(const struct reading *r, const struct spot *s);
uint64_t life_hash(const void *p, size_t len);

/* Two versions, matched. */
struct match {
	const struct reading *old, *new;
	uint32_t *to_old; /* by new spot: its old one, or LIFE_NONE */
	uint32_t *to_new;
	size_t head, tail; /* common whole lines */
	struct diff d;     /* of what is between; offsets from head */
	bool compared;     /* d is made */
	struct run {
		size_t old, old_end, new;
		uint32_t pair;
	} * runs; /* bytes that stayed, by old; offsets from head */
	size_t n_runs, cap_runs;
	struct pair_list {
		uint32_t *v;
		size_t n;
	} old_pairs, new_pairs; /* those that have such a paragraph, by its begin */
};

/* The first spot that begins at a place or after. */
size_t spot_first_from(const struct reading *r, size_t at);
void match_make(struct match *m, const struct reading *old, const struct reading *new);
void match_release(struct match *m);
/* The pair that an old or new offset (of the text) lies in, or DIFF_NONE: its line stayed. */
uint32_t match_pair_of_old(const struct match *m, size_t at);
uint32_t match_pair_of_new(const struct match *m, size_t at);
/* What stands in the new text where the old spot was; false: its line is gone. */
bool match_left(const struct match *m, const struct spot *old, size_t *begin, size_t *end);

/* ---- life_options.c */

/* A point of a whole page is told by its beginning: so many bytes. */
enum { LIFE_KEEP_MOST = 4096 };

/* Two versions of one point: which options are which, and what became of them. */
struct life_options {
	struct life *l;
	uint32_t version, point;
	const struct reading *old, *new;
	const struct spot *o, *n;
	uint32_t *to_old; /* by new option */
	bool *used;       /* by old option */
};

/* The point went on: what changed in its options. to_old and used are made and freed here. */
void life_options_compare(struct life_options *c);
/* The spot's own bytes. */
struct slice life_spot_text(const struct reading *r, const struct spot *s);
bool life_is_nobody(struct life_parties p);
void life_join_parties(struct life_parties *to, struct life_parties from);

enum life_side { OLD, NEW };

/*
 * The point of the other side that has all of this spot's options, though it had them not on
 * this one: a new spot was split from it, an old one merged into it. LIFE_NONE: there is none.
 */
uint32_t life_took_in(const struct match *m, enum life_side side, const struct spot *few);

/* ---- life_gone.c */

/* Makes room in the table of points by wording; after unpacking, fills it. */
void life_index(struct life *l);
/* The point, which ended, is found by this hash of its wordings from now on. */
void life_keep_gone(struct life *l, uint32_t point, uint64_t hash);
/*
 * A point that was there before and is again: by its id, its wording and its place, or because
 * the version takes back the one that decided it. LIFE_NONE: there is none.
 */
uint32_t life_find_gone(const struct life *l, const struct life_version *v,
			const struct reading *r, const struct spot *s);

/* ---- life_event.c */

struct life_inner {
	struct reading *versions; /* by number; forgotten ones are empty */
	size_t n, cap;
	uint32_t *heads; /* points by hash: chains */
	size_t n_heads;
	/* Versions that were there when it was packed: what their texts are known by, and the
	 * points in them. */
	struct life_packed {
		uint32_t version;
		uint64_t text;
		uint32_t *points;
		size_t n;
	} * packed;
	size_t n_packed;
};

struct life_event *life_event_add(struct life *l, enum life_kind kind, uint32_t version,
				  uint32_t point);
void life_keep_text(struct life *l, struct slice text, size_t *at, size_t *len);
/* A point that is known from no event yet. */
uint32_t life_new_point(struct life *l, uint32_t version);
/* All events of the step from base to version; to_old as matched. */
void life_step(struct life *l, uint32_t version, const struct life_version *v,
	       const struct match *m, const struct parties *parties);

/* ---- life_end.c */

struct life_step {
	struct life *l;
	uint32_t version;
	const struct life_version *v;
	const struct match *m;
	struct match *others; /* at a merge: from each other parent */
	size_t n_others;
	const struct parties *parties;
};

/* The old spot o has none in the new version. */
void life_vanish(struct life_step *s, size_t o);
/* At a merge: what another parent has and the merge has not, nor the first parent. */
void life_vanish_in_others(const struct life_step *s);

#endif
