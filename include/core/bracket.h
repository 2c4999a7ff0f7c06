/* SPDX-License-Identifier: MIT */
#ifndef CORE_BRACKET_H
#define CORE_BRACKET_H

#include "core/party.h"
#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Reads a draft's brackets: FORMAT.md, "Which brackets count" to "Which
 * brackets make one point". A reading is offsets into the bytes it was made
 * from and holds no copy of them: it is void once they change. Any bytes can
 * be read; what does not pair is a problem, never a failure. Linear in time,
 * no recursion. Knows nothing of files, decisions or screens.
 *
 * Positions are byte offsets, ranges half-open; in a reading they have 32 bits,
 * for a large draft has hundreds of thousands of them. Where one is taken from
 * another, the greater comes first, or one of them is a size_t. Indexes of
 * brackets, points and options count from 0 (FORMAT.md's numbers are the index + 1).
 */

#define BRACKET_NONE UINT32_MAX

enum bracket_kind { KIND_OPTIONAL, KIND_ALTERNATIVES, KIND_PLACEHOLDER, KIND_BLOCK };

/* From the tightest to the loosest. */
enum bracket_joint { JOINT_SINGLE, JOINT_TIGHT, JOINT_SLASH, JOINT_WORD, JOINT_SPACE };

enum skip_class {
	SKIP_BOOKMARK,
	SKIP_FOOTNOTE,
	SKIP_LINK,
	SKIP_EDITORIAL,
	SKIP_CITATION,
	SKIP_NUMBER,
	SKIP_CLASSES
};

/* How a bracket with alternatives separates them; a decision or an added option needs it. */
enum separator {
	SEP_NONE,     /* one wording, or none */
	SEP_LINES,    /* lines that hold only a slash */
	SEP_SLASH,    /* a slash with blanks around it */
	SEP_MODAL,    /* [shall/should] */
	SEP_PARAGRAPH /* one option a paragraph, after a colon */
};

/* One wording on offer. */
struct option {
	uint64_t hash;       /* of the wording, ids, parties and blanks aside */
	uint32_t begin, end; /* the reported text, trimmed, without parties; empty: no text */
	uint32_t part,
		part_end; /* the whole part between separators, parties, blanks and all */
	uint32_t bracket; /* the bracket that offers it */
	uint32_t party, n_parties; /* range in brackets.parties */
	bool no_text;              /* offers deletion (text is empty) */
	bool guarded;              /* a guard stood before the text */
	bool trailing;    /* added by trailing parties: part is that "(CODES: delete)" */
	bool own_parties; /* its parties stand in its own part, not after the bracket */
};

struct bracket {
	uint32_t begin;      /* the opening bracket */
	uint32_t inner;      /* just after it */
	uint32_t inner_end;  /* the closing bracket */
	uint32_t close;      /* just after it */
	uint32_t end;        /* after id and trailing parties */
	uint32_t id, id_end; /* the id's letters within {#…}; equal where there is none */
	uint32_t parent;     /* the bracket it stands in, or BRACKET_NONE */
	uint32_t point;
	uint32_t next;              /* the next bracket of the same point, or BRACKET_NONE */
	uint32_t option, n_options; /* range in options */
	uint32_t depth;             /* 1: outermost */
	enum bracket_kind kind : 8;
	enum separator separator : 8;
	bool crosses; /* spans more than one paragraph */
};

struct point {
	uint64_t hash;    /* equal for linked points (and perhaps for others) */
	uint32_t bracket; /* the first one */
	uint32_t last;    /* the last one */
	uint32_t n_brackets;
	uint32_t parent;            /* the point it stands in, or BRACKET_NONE */
	uint32_t depth;             /* 1: outermost */
	uint32_t option, n_options; /* range in brackets.point_options */
	enum bracket_kind kind : 8;
	enum bracket_joint joint : 8;
};

enum bracket_problem_kind { PROBLEM_UNCLOSED, PROBLEM_UNOPENED };

struct bracket_problem {
	uint32_t at;  /* the bracket */
	uint32_t len; /* its bytes: 1, or 3 where it is full-width */
	enum bracket_problem_kind kind;
};

/* A pair that never negotiates, outermost ones only. */
struct skipped {
	uint32_t begin, end;
	enum skip_class class;
};

/* A stretch in which nothing is read. */
struct unread {
	uint32_t begin, end;
	enum unread_kind {
		UNREAD_FRONT_MATTER,
		UNREAD_FENCE,
		UNREAD_CODE,
		UNREAD_COMMENT,
		UNREAD_AUTOLINK
	} kind;
};

struct brackets {
	struct bracket *v; /* by begin */
	size_t n;
	struct point *points; /* by begin */
	size_t n_points;
	struct option *options; /* by bracket, in the order of the text */
	size_t n_options;
	uint32_t *point_options;          /* option indexes, by point, in order */
	uint16_t *parties;                /* pool: indexes into the party table */
	struct bracket_problem *problems; /* by position */
	size_t n_problems;
	struct skipped *skipped; /* by begin */
	size_t n_skipped;
	struct unread *unread; /* by begin */
	size_t n_unread;
	size_t skips[SKIP_CLASSES];  /* how many of each class */
	size_t n_outer;              /* points of depth 1: the open points */
	struct bracket_names *names; /* for core/reread: what lines refer to; NULL: nothing */
};

/*
 * A bracketed text: a draft with what its brackets mean, as it is looked at,
 * decided and reworded. Everything is borrowed.
 */
struct bracketed {
	const struct brackets *b; /* a reading of the draft */
	struct slice draft;
	const struct parties *parties; /* that it was read with */
};

/*
 * Reads the draft. Owns nothing of it; release with brackets_release(). The
 * party table decides which words are parties and must be the same for later
 * questions. A draft has less than 4 GiB (assert).
 */
void brackets_read(struct brackets *b, struct slice draft, const struct parties *parties);
/* How many points it has: the n_points of a reading, without what nobody asks of it then. */
size_t brackets_count(struct slice draft, const struct parties *parties);
void brackets_release(struct brackets *b);

/* Bytes of the id that is written there, "{#b2}", whatever stands before it; 0: none. */
size_t bracket_id_at(const char *text, size_t len);

/* The k-th option (from 0) of a point. */
const struct option *point_option(const struct brackets *b, const struct point *p, size_t k);
/* Whether the option names the party. */
bool option_lists(const struct brackets *b, const struct option *o, uint16_t party);
/* Where a point begins, and where it ends with its id and trailing parties. */
size_t point_begin(const struct brackets *b, const struct point *p);
size_t point_end(const struct brackets *b, const struct point *p);
/* Its id, in the draft's bytes; empty where it has none. */
struct slice point_id(const struct brackets *b, const struct point *p, struct slice draft);

/* The innermost point whose first bracket to last id holds pos (begin <= pos < end);
 * BRACKET_NONE. */
uint32_t brackets_point_at(const struct brackets *b, size_t pos);
/* The first point (at any depth) that begins at pos or after; BRACKET_NONE. */
uint32_t brackets_point_from(const struct brackets *b, size_t pos);
/* The point with that id; BRACKET_NONE. Where an id stands twice, the first. */
uint32_t brackets_by_id(const struct brackets *b, struct slice draft, struct slice id);
/* How many brackets are open at pos (skipped ones aside). */
uint32_t brackets_depth_at(const struct brackets *b, size_t pos);

/* Appends to list (which the caller frees) the points that offer the same wordings as one,
 * parties and ids aside (FORMAT.md, "linked"), itself left out; returns how many. */
size_t brackets_linked_points(const struct brackets *b, struct slice draft, uint32_t one,
			      uint32_t **list);

/*
 * Appends a stretch of the draft as FORMAT.md digests a wording: runs of blanks as
 * one space, without ids, parties and outer blanks. Line ends stay as they are.
 */
void brackets_wording(const struct brackets *b, struct slice draft, size_t begin, size_t end,
		      struct str *out);
/* Appends the stretch as a reader should see it: without ids; escapes as they stand. */
void brackets_without_ids(const struct brackets *b, struct slice draft, size_t begin,
			  size_t end, struct str *out);
/*
 * The id FORMAT.md mints for the point: 'b' and four or more hex digits of a
 * digest of its wording and its paragraph, not used in the draft yet.
 */
void brackets_mint_id(const struct brackets *b, struct slice draft, uint32_t point,
		      struct str *id);
/* The same for a part of a draft that is still being written, and for many: nor is it one that
 * is taken elsewhere. m: all zero but for these two before the first; a draft is not changed
 * between. The caller releases it. */
struct minting {
	bool (*taken)(void *arg, struct slice id);
	void *arg;
	size_t line, stop;    /* the paragraph that was last minted in, */
	struct str paragraph; /* and its wording; empty at first */
	struct str seed;      /* what the last digest is of */
};
void minting_release(struct minting *m);
void brackets_mint(struct minting *m, const struct brackets *b, struct slice draft,
		   uint32_t point, struct str *id);
/* The same in two steps: what the id is made of, which several can find out at once (each with
 * a minting of its own); then which of its digits it has. hex: DIGEST_HEX digits and a NUL. */
void brackets_mint_seed(struct minting *m, const struct brackets *b, struct slice draft,
			uint32_t point, char *hex);
void brackets_mint_from(const struct minting *m, struct slice draft, const char *hex,
			struct str *id);

/* The first bracket (skipped one, stretch that is not read) that begins at pos or after: its
 * index, or how many there are. */
size_t brackets_from(const struct brackets *b, size_t pos);
size_t brackets_skipped_from(const struct brackets *b, size_t pos);
size_t brackets_unread_from(const struct brackets *b, size_t pos);

/* Whether pos lies in a stretch where nothing is read; skipped brackets are not such. */
bool brackets_is_unread(const struct brackets *b, size_t pos);

/* Words for enums, as the JSON of FORMAT.md has them: "optional", "tight", "bookmark",
 * "unclosed". */
const char *bracket_kind_word(enum bracket_kind kind);
const char *bracket_joint_word(enum bracket_joint joint);
const char *skip_class_word(enum skip_class c);
const char *bracket_problem_word(enum bracket_problem_kind kind);

#endif
