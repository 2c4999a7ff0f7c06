/* SPDX-License-Identifier: MIT */
#ifndef CORE_COMPARE_H
#define CORE_COMPARE_H

#include "core/bracket.h"
#include "core/edit.h"
#include "core/error.h"
#include "core/party.h"
#include "core/project.h"
#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Several texts side by side: a draft (or its base) and the regions' own texts,
 * as rows of paragraphs. One column is the reference: the others are aligned
 * with it, and their words compared with its. Pure; any bytes can be read.
 *
 * What is compared is what each text says: a region's as that region, the
 * draft or base as it stands without anyone's proposal (core/project). Labels, line ends
 * and the kind and number of blanks do not count, as in a consolidation. Where
 * the draft is aligned with a region, it is so as that region wants it: its own
 * option is what its paragraph is recognised by.
 *
 * A text in another language than the reference (front matter, else script and
 * small words) is
 * aligned by structure: headings, calls, clauses; its words are not compared.
 *
 * Invariants: every paragraph of every column (blank lines and front matter
 * aside) is in exactly one row; in each column they are in order. Which paragraph
 * of the reference one of a column stands beside depends on those two texts alone:
 * a text that is hidden or left out changes nothing for the others. Where both
 * have a paragraph, once and in order with what else they share, they have it in one row.
 * Linear in the texts for a fixed share of changes, but for compare_words(), which is
 * linear in a cell.
 */

#define COMPARE_NONE UINT32_MAX

/* A column: a text and whose it is. The bytes are borrowed until compare_release(). */
struct compare_text {
	struct slice text;
	uint16_t party; /* PARTY_NONE: the draft or the base */
};

enum compare_state {
	COMPARE_SAME,       /* says what the reference says; both may say nothing */
	COMPARE_CHANGED,    /* has other words */
	COMPARE_ADDED,      /* the reference has no such paragraph */
	COMPARE_ABSENT,     /* the reference has one, this text none */
	COMPARE_MOVED,      /* the reference has it elsewhere, in row `other` */
	COMPARE_MOVED_AWAY, /* it is not here, but in row `other` */
	COMPARE_FOREIGN     /* in another language than the reference */
};

struct compare_cell {
	uint32_t paragraph; /* index in its column, or COMPARE_NONE */
	uint32_t other;     /* a row, for the two kinds of moves; else COMPARE_NONE */
	uint16_t group;     /* equal for the cells of a row that say the same; 0: as the
			       reference */
	uint8_t state;      /* enum compare_state; the reference's own cells are COMPARE_SAME */
	bool offered;       /* it says what the reference (a draft) offers this party by name */
};

/* A paragraph; or all that hangs together over lines: a fence, alternatives between lines. */
struct compare_paragraph {
	size_t begin, end; /* without the last line end */
	size_t body;       /* after its label */
	uint32_t number;   /* of its first line, from 1, blank lines not counted */
	uint32_t row;
	size_t plain, plain_end; /* what it says, in the column's plain */
};

struct compare_column {
	struct compare_text text;
	struct brackets brackets; /* a reading of it */
	struct project_map map;   /* what of it stands: see above */
	struct compare_paragraph *v;
	size_t n;
	struct str plain;
	struct compare_id {
		size_t begin, end; /* "{#b2}", never shown as text */
	} * ids;                   /* by begin */
	size_t n_ids;
	bool foreign;     /* in another language than the reference */
	size_t different; /* rows in which it is not as the reference */
};

struct compare {
	const struct parties *parties;
	struct compare_column *columns;
	size_t n;
	size_t reference;
	struct compare_cell *cells; /* by row, then column: compare_at() */
	size_t n_rows;
	size_t different; /* rows in which any column is not as the reference */
	bool paired;      /* of compare_pair(): words are compared however little is shared */
};

/* Aligns one text or more. reference < n. */
void compare_init(struct compare *c, const struct compare_text *texts, size_t n,
		  size_t reference, const struct parties *parties);
/* Two texts of one paragraph each as one row, the first the reference, however little they
 * share. What is compared is how they are written: every option of a bracket, and not
 * its signs, ids and parties. */
void compare_pair(struct compare *c, const struct compare_text texts[2],
		  const struct parties *parties);
void compare_release(struct compare *c);

const struct compare_cell *compare_at(const struct compare *c, size_t row, size_t column);
/* The paragraph of a cell; NULL where there is none. */
const struct compare_paragraph *compare_paragraph(const struct compare *c, size_t row,
						  size_t column);
/* Whether the state is one to stop at: neither as the reference, nor in another language. A
 * paragraph that moved counts where it is now. */
bool compare_differs(const struct compare_cell *cell);
/* Whether any column differs in the row. */
bool compare_row_differs(const struct compare *c, size_t row);
/* The row of the paragraph that holds byte `at` of a column's text, or the next one there is;
 * COMPARE_NONE where the column has none. */
uint32_t compare_row_at(const struct compare *c, size_t column, size_t at);

/* A stretch of a cell. */
enum compare_run_kind {
	COMPARE_KEPT, /* says what the reference says, or is not compared: labels, brackets,
			 options that are not taken */
	COMPARE_NEW,  /* words that the reference has not */
	COMPARE_GONE  /* words that only the reference has: bytes of `gone` */
};

struct compare_run {
	enum compare_run_kind kind;
	size_t begin, end; /* in the column's text; COMPARE_GONE: in gone */
};

struct compare_words {
	struct compare_run *v; /* KEPT and NEW cover the paragraph, in order */
	size_t n, cap;
	struct str gone;
};

/* The words of a cell against the reference's paragraph (where it moved: the one it was). What
 * shares too little with it is new as a whole. Clears w first. An absent cell has no runs, or
 * one that is gone. */
void compare_words(const struct compare *c, size_t row, size_t column, struct compare_words *w);
void compare_words_release(struct compare_words *w);

/* "same", "changed", "added", "absent", "moved", "moved-away", "foreign" */
const char *compare_state_word(enum compare_state state);

#endif
