/* SPDX-License-Identifier: MIT */
#ifndef CORE_CONSOLIDATE_IMPL_H
#define CORE_CONSOLIDATE_IMPL_H

#include "core/bracket.h"
#include "core/consolidate.h"
#include "core/digest.h"
#include "core/each.h"
#include "core/escape.h"

#include <stdbool.h>

/*
 * How a consolidation is made:
 *   input   bytes -> units (paragraphs; what spans lines is one), pieces (words, marks, points)
 *   align   units of a party -> which of the base each is
 *   rows    units of all texts -> rows, in the order of the result
 *   places  where what is new in several texts stands, seen together
 *   words   pieces of a row's wordings -> regions that differ
 *   write   regions -> bytes: options, parties, escapes, guards
 *   plan    what a row has to say, and who wants it
 *   row     one row -> the first way of writing it that reads back
 *   verify  what reading back means
 *   part    many rows, whoever does them: written, put together, read, proven
 *   result  all rows, and whether the whole is read as they are
 *   source  provenance
 */

#define NONE UINT32_MAX

enum piece_kind {
	PIECE_WORD,
	PIECE_CHARACTER,
	PIECE_MARK,
	PIECE_HEADING, /* the "##" of a heading */
	PIECE_WHOLE,   /* a skipped bracket, or what is not read: never divided */
	PIECE_POINT,   /* a point the input has, kept whole */
	PIECE_LINE     /* a line end, in a unit that spans lines */
};

/* What is compared. Pieces with one key say the same, whatever text they are of. */
struct piece {
	size_t begin, end; /* bytes of the input */
	uint32_t key;
	uint8_t kind;
	bool blank;   /* blanks stand before it */
	bool spliced; /* what stands before it in the list does not in the text */
};

/* A paragraph, or all that hangs together over lines: a fence, a block in brackets. */
struct unit {
	size_t begin, end;        /* the line or lines, without the last line end */
	size_t body, body_end;    /* the text: after label or blanks, without outer blanks */
	size_t label;             /* where the label begins: body where there is none */
	size_t number;            /* of its first paragraph, from 1 */
	uint64_t hash, body_hash; /* of label and text, and of the text, as aligned */
	size_t canon, canon_body, canon_end; /* in input.canon: label, text */
	size_t piece, n_pieces;              /* in input.pieces, once has_pieces */
	bool has_pieces;
	bool lines;  /* spans lines or is a fence: never taken apart */
	bool simple; /* nothing is read in it: no bracket, code, backslash */
};

struct input {
	struct slice text;
	uint16_t party; /* PARTY_NONE: the base */
	struct brackets b;
	struct unit *units;
	size_t n;
	struct piece *pieces;
	size_t n_pieces, cap_pieces;
	struct str canon; /* the units as they are aligned: folded, one after the other.
			   * Empty: the text itself is aligned */
	bool plain;       /* nothing is read in any unit */
	uint32_t *row;    /* by unit: its row */
	bool *moved;      /* by unit: it is a unit of the base at another place */
	/* What core/compare adds; NULL in a consolidation. */
	uint32_t *came;        /* by unit that moved: which of the base's it is */
	const uint64_t *shape; /* by unit: what it is in structure, where words say nothing */
	struct input *like;    /* the base's units in other words: what this is aligned with */
};

/* One unit of the result. unit[i]: the unit of input i that stands there, or NONE;
 * input 0 is the base. */
struct row {
	uint32_t *unit;
};

struct intern;

/* Rows [row, row_end), in which the base's units [unit, unit_end) stand. */
struct span_of_rows {
	size_t row, row_end, unit, unit_end;
};

struct work {
	const struct parties *parties;
	const struct each *each; /* or NULL */
	const char *no_text;
	struct slice line_end; /* the base's */
	struct input *inputs;  /* the base, then the parties in the table's order */
	size_t n;
	struct row *rows;
	size_t n_rows, cap_rows;
	struct span_of_rows *parts; /* together all rows */
	size_t n_parts;
	bool *differs; /* by row, then input: its text is not the base's; NULL: not asked for */
	struct intern *keys;
	struct str temp_id; /* "{#b-}": stands for an id to be minted; in no input */
	struct intern *ids; /* the inputs' ids */
	uint32_t *id_owner; /* by key of an id: the first input that has it, or NONE */
	size_t n_id_owners;
	uint32_t *counts; /* by key, all 0 between uses */
	size_t n_counts;
	bool merging; /* of core/merge: changes stand each by itself, ids stay */
	bool later;   /* what is written in words is read back once all rows are there */
	bool apart;   /* of core/compare: a party's paragraphs are the base's or new whatever
			 other parties have */
	/* Pieces that the next unit most likely has too (unit_pieces_like()). */
	struct {
		const struct input *in;
		const struct piece *v;
		size_t n, at;
	} like;
};

/* consolidate_input.c */
void input_read(struct work *w, struct input *in);
void input_done(struct input *in);
/* Appends a stretch as it is aligned: kinds of hyphens, quotes and blanks are one. */
void add_folded(struct str *out, const char *p, size_t len);
/* Bytes of the blank at p; a CR that ends no line is one. */
size_t gap_at(const char *p, size_t len);
/* Where the line that begins at `at` ends, without its line end; *next: after that. */
size_t unit_line_end(struct slice s, size_t at, size_t *next);

/* consolidate_piece.c */

/* The pieces of a unit; the pointer holds until pieces of the same input are needed. */
struct piece *unit_pieces(struct work *w, struct input *in, struct unit *u);
/* The same, made quicker where the unit is nearly that of another input. */
struct piece *unit_pieces_like(struct work *w, struct input *in, struct unit *u,
			       const struct input *like, const struct unit *other);
/* Appends those of a stretch to in->pieces; returns how many. */
size_t stretch_pieces(struct work *w, struct input *in, size_t begin, size_t end);
/* What stands between the i-th of a list of pieces and the one before it. */
struct slice piece_gap(const struct input *in, const struct piece *v, size_t i);
/* Whether two units say the same, labels aside. */
bool units_equal(struct work *w, struct input *a, struct unit *x, struct input *b,
		 struct unit *y);

/* consolidate_keys.c: bytes, of several classes ('w' a word …), as numbers from 0 on */

struct intern *intern_new(void);
void intern_free(struct intern *k); /* takes NULL */
/* The number, a new one where there is none. The bytes are copied. */
uint32_t intern_key(struct intern *k, char class, struct slice bytes);
/* NONE where it has no key. */
uint32_t intern_find(const struct intern *k, char class, struct slice bytes);
void intern_clear(struct intern *k);
uint32_t intern_count(const struct intern *k);
/* Makes w->counts as long as there are keys. */
void need_counts(struct work *w);

/* Where the canons of the units are. */
static inline struct slice input_aligned(const struct input *in)
{
	return in->canon.len ? str_slice(&in->canon) : in->text;
}

/* consolidate_align.c */

/* One input against the base. */
struct aligned {
	uint32_t *partner; /* by the party's unit: the base's, where it stayed */
	uint32_t *from;    /* by the party's unit: the base's, where it moved */
	uint32_t *slot;    /* by the party's unit, where it is new: before which of the base */
	bool *rewritten;   /* by the party's unit: its partner is nothing like it */
};
/* Changes nothing but al and in; several can be aligned at once. */
void align_party(const struct work *w, struct input *in, struct aligned *al);
void aligned_release(struct aligned *al);
/* A unit of some text. */
struct side_line {
	struct input *in;
	uint32_t unit;
};
/* Aligns units of several texts with others. partner[j]: which of a stands for the j-th of b,
 * or NONE; moved[j]: it does so elsewhere. */
void align_lines(struct work *w, const struct side_line *a, size_t n, const struct side_line *b,
		 size_t m, uint32_t *partner, bool *moved);

/* consolidate_rows.c: fills w->rows, and row and moved of the inputs. */
void align_rows(struct work *w);

/* consolidate_places.c: what parties have in common among what is new; al by input. */
void align_places(struct work *w, struct aligned *al);

/* consolidate_hunks.c, consolidate_words.c */
struct variant { /* a wording of a row, other than the reference */
	const struct input *in;
	const struct unit *unit;
	const struct piece *v;
	size_t n;
	uint16_t *who; /* the inputs that want it, by index, ascending */
	size_t n_who;
};

/* A stretch of the reference that differs: pieces [a, b). of[k]: what variant k has there. */
struct region {
	size_t a, b;
	struct span {
		size_t c, d;
	} * of;
	bool id;       /* an id is to end it */
	bool replaces; /* some wording has other words for words */
};

/* The reference's pieces [a, b) are the variant's [c, d). */
struct hunk {
	size_t a, b, c, d;
	size_t variant, region;
};

struct regions {
	struct region *v;
	size_t n;
	struct hunk *hunks;
	size_t n_hunks, cap_hunks;
	struct span *spans;
	size_t n_variants;
	const struct variant *variants;
	const struct piece *ref;
	size_t n_ref;
	const struct input *in; /* of the reference */
	bool merging;           /* as in struct work: changes stand each by itself */
};

/* Whether two stretches say the same, blanks before the first piece aside. */
bool pieces_equal(const struct piece *x, size_t n, const struct piece *y, size_t m);
/* Whether the wordings of a region cannot stand in brackets as they are, so that it must grow:
 * 0, or 1 to the left, 2 to the right. */
int region_unsettled(const struct regions *r, const struct region *x);
/* Appends where variant k differs. */
void hunks_find(struct regions *r, const struct work *w, const struct variant *v, size_t k);
void regions_find(struct regions *r, struct work *w, const struct input *in,
		  const struct piece *ref, size_t n, const struct variant *variants,
		  size_t n_variants);
void regions_release(struct regions *r);
/* Makes a region wider by a piece, to the left if it can and left is asked for. False where it
 * is the whole already. */
bool regions_widen(struct regions *r, size_t k, bool left);

/* consolidate_write.c */
struct writer {
	struct work *w;
	struct str out;
	bool inside; /* within an option: slashes separate */
	bool escape; /* what is no point is escaped throughout */
	/* The points written last at this depth, newest first: where each ends. */
	size_t n_points;
	struct written {
		size_t begin, end;
		bool id, crosses;
	} last[3];
};

void write_init(struct writer *wr, struct work *w, bool inside, bool escape);
/* Pieces [from, to) of an input, with the blanks between them. */
void write_pieces(struct writer *wr, const struct input *in, const struct piece *v, size_t from,
		  size_t to);
void write_bytes(struct writer *wr, struct slice bytes);

/* Notes a point that has been written from `begin` to the end of out: parts it from the one
 * before it if need be. */
void write_note_point(struct writer *wr, size_t begin, bool has_id);
/* The same where nothing can join them: they stand so in a text already. */
void write_record_point(struct writer *wr, size_t begin, bool has_id);
/* Ends the k-th last point with an id; places after it (begin too) move. */
void write_give_id(struct writer *wr, size_t k, size_t *begin);

/* consolidate_point.c */

/* A point being written: its options in order. */
struct wording {
	struct str text;     /* without parties */
	const uint16_t *who; /* inputs; NULL: the reference, which names nobody */
	size_t n_who;
	bool none;  /* no text */
	bool codes; /* who are parties of the table, not inputs */
};
/* Appends [A / CODES: B]; false where it cannot be read back. lines: between lines of [ / ]. */
bool write_point(struct writer *wr, struct wording *v, size_t n, bool lines);
/*
 * The reference with its regions as points, pieces [from, n). named: there is no base, the
 * reference is what ref_who (inputs) want. Returns SIZE_MAX, or the region that cannot be
 * written.
 */
size_t write_regions(struct writer *wr, const struct regions *r, size_t from, bool named,
		     const uint16_t *ref_who, size_t n_ref_who);

/* consolidate_plan.c */

/* What has to be written. */
struct plan {
	struct work *w;
	const struct row *row;
	size_t ref; /* the input whose wording is the reference: 0, or the first that has one */
	struct input *in;
	struct unit *unit;
	struct variant *v; /* the other wordings, by their first input */
	size_t n;
	bool *whole;    /* by wording: too little in common with the reference */
	uint16_t *same; /* who wants the reference (a row without base) */
	size_t n_same;
	uint16_t *none; /* who leaves the paragraph out (a row with base) */
	size_t n_none;
	struct brackets *read; /* of what was written last */
	bool lines;            /* one of the units spans lines */
	bool escape, all_whole, labels, marks, closed;
};
void plan_make(struct plan *p, struct work *w, const struct row *row);
void plan_release(struct plan *p);
/* Adds an input to a list of some. */
void plan_add(uint16_t **list, size_t *n, size_t input);
/* How many words a piece counts for. */
uint32_t piece_words(const struct input *in, const struct piece *p);
/* Less than a third shared (FORMAT.md, law 5). */
bool pieces_share_little(struct work *w, const struct input *in, const struct piece *ref,
			 size_t n_ref, const struct input *other, const struct piece *v,
			 size_t n);

/* consolidate_row.c: ways of writing a row, from the best to the plainest. */
enum way {
	WAY_VERBATIM, /* the base's bytes */
	WAY_WORDS,
	WAY_WORDS_ESCAPED,
	WAY_WHOLE,
	WAY_WHOLE_ESCAPED,
	WAY_MARKS,  /* with labels and marks as > outside the brackets */
	WAY_LABELS, /* with labels in the brackets */
	WAY_LINES,  /* between lines of [ / ] */
	WAY_LINES_ESCAPED,
	WAY_LINES_CLOSED, /* what is new with "no text" before it: no colon above opens it */
	WAY_APART,        /* the base's, and each other wording, a paragraph of its own */
	WAY_PLAIN,        /* what each party's text comes to, without its points */
	WAYS
};
/* Writes the row in the first way from `way` on that reads back; returns that way, or WAYS.
 * read: gets the reading of what is written (none, where these are the base's bytes). */
enum way row_write(struct work *w, const struct row *row, enum way way, struct str *out,
		   struct brackets *read);

/* consolidate_plain.c: the last way. */
void row_write_plain(struct work *w, const struct row *row, struct str *out);

/* consolidate_verify.c */
/* The part of a reading that lies in [begin, end); offsets count from begin. */
void part_init(struct brackets *part, const struct brackets *b, size_t begin, size_t end);
void part_release(struct brackets *part);
bool part_equal(const struct brackets *a, const struct brackets *b);
/* Where the furthest of what begins in [begin, end) ends; end, if that is further. */
size_t part_reach(const struct brackets *b, size_t begin, size_t end);
/* Appends the paragraphs of a text, labels and blanks normalised, each ended by a line feed. */
void paragraphs_add(struct str *out, struct slice text);
/* What the row must be for a party: the paragraphs of input i's text there, as it wants them.
 */
void row_expected(const struct work *w, const struct row *row, size_t i, uint16_t party,
		  struct str *out);
/* Whether the text gives every input what it should; its reading takes the place of *b.
 * Otherwise: the first input for which it does not, and how far its paragraphs are right. */
bool row_reads_back(const struct work *w, const struct row *row, struct slice text,
		    struct brackets *b, size_t *input, size_t *at);
/* The same for a text that is read already. */
bool row_comes_out(const struct work *w, const struct row *row, struct slice text,
		   const struct brackets *b, size_t *input, size_t *at);
/* Whether each line of a text is read as it is by itself: nothing but front matter spans lines,
 * and no line names anything for others. */
bool lines_read_alone(const struct brackets *b, struct slice text);
/* Whether nothing in a text that is read alone could end in what comes after it. */
bool text_ends_alone(struct slice text);

/* consolidate_part.c */

/* A row as it is written. */
struct written_row {
	struct str text;
	enum way way;
	size_t begin, end;     /* in the result (while parts are written: in its part) */
	struct brackets alone; /* its reading, where it is not the base's bytes */
	bool proven;
};
void written_row_write(struct work *w, size_t k, enum way way, struct written_row *r);
/* Pieces are of one row; the keys too. */
void work_forget_all(struct work *w);
/* What one needs who writes some of the rows, none of whose units are another's: its own keys
 * and pieces. What is not changed meanwhile is shared. */
void work_part_begin(struct work *own, const struct work *w);
void work_part_end(struct work *own);

/* Ids to be minted, by place in the result. */
struct mints {
	struct mint {
		size_t row, at;
		char hex[DIGEST_HEX + 1];
	} * v;
	size_t n, cap;
};

struct stint {
	struct str text;
	bool alone;  /* it is read by itself as it is in the result */
	size_t open; /* the points open in it, then */
	struct mints mints;
};

struct parts {
	struct work *w;
	struct written_row *rows;
	struct stint *v; /* as many as w->parts */
	const struct brackets *b;
	struct slice text;
};

void parts_divide(struct work *w);
void parts_init(struct parts *x, struct work *w, struct written_row *rows);
void parts_release(struct parts *x);
/* Writes all rows. True where the result is there already, its ids to be minted found;
 * otherwise all have been read by themselves. */
bool parts_write(struct parts *x, struct str *result);
/* How many points are open in such a result. */
size_t parts_open(const struct parts *x);
/* Finds the ids to be minted in a result. */
void parts_find_ids(struct parts *x, const struct brackets *b, struct slice result);
/* Appends the result with ids in place of those that keep it for one. */
void parts_mint(struct parts *x, struct slice result, struct str *out);

/* consolidate_result.c */
void result_assemble(const struct work *w, struct written_row *rows,
		     const struct span_of_rows *p, struct str *out);
/* Rows that others make read differently are written more plainly. Returns whether any was.
 * b: the reading of the result. */
bool result_settle(struct work *w, struct written_row *rows, const struct brackets *b);

/* consolidate_source.c */
void source_find(const struct work *w, const struct written_row *rows, struct slice result,
		 struct provenance *p);

#endif
