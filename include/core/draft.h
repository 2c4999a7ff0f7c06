/* SPDX-License-Identifier: MIT */
#ifndef CORE_DRAFT_H
#define CORE_DRAFT_H

#include "core/bracket.h"
#include "core/call.h"
#include "core/digest.h"
#include "core/front.h"
#include "core/label.h"
#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The structure of a draft: its paragraphs (one a line, FORMAT.md "Words"),
 * what each is, the call it stands under, the level of its clause. Offsets into
 * the bytes it was made from, no copy of them: void once they change. Any bytes
 * can be read. Linear, no recursion. Knows nothing of files or screens.
 *
 * Where brackets are asked for, they are a reading of the same bytes, or NULL:
 * then the text is taken to have neither brackets nor stretches that are not
 * read, front matter aside.
 */

#define PARAGRAPH_NONE UINT32_MAX

enum paragraph_kind {
	PARA_BLANK,    /* nothing but blanks: it only separates */
	PARA_FRONT,    /* a line of front matter, its "---" included */
	PARA_HEADING,  /* "# …" */
	PARA_TITLE,    /* the title where it is no heading: "RÉSOLUTION 31 (Rév. …)" and its
			  subject */
	PARA_CALL,     /* a preambular or operative verb alone on its line */
	PARA_CLAUSE,   /* has a label */
	PARA_FOOTNOTE, /* "[^1]: …", "[1: …]" */
	PARA_FENCE,    /* a line of fenced code, its fences included */
	PARA_COMMENT,  /* lies wholly within <!-- … --> */
	PARA_TEXT
};

struct paragraph {
	uint32_t begin, end;       /* the line, without its line end (LF or CR LF) */
	uint32_t next;             /* after its line end: where the next one begins */
	uint32_t label, label_end; /* label or heading mark; equal where there is none */
	uint32_t body;             /* where the text begins: what hangs after the label */
	uint32_t number;           /* from 1, blank lines not counted (their own is 0) */
	uint32_t level;  /* heading: 1 to 6; clause: 1 outermost; text that belongs to a clause:
			    that clause's; else 0 */
	uint32_t parent; /* the clause it belongs to, else the call, else PARAGRAPH_NONE */
	uint32_t call;   /* the call it stands under (a call: itself), or PARAGRAPH_NONE */
	uint32_t list;   /* clauses: equal for the clauses numbered in one sequence */
	int32_t value;   /* clauses: the ordinal its label says: 3 for "c)", "3." "iii)"; else 0
			  */
	uint16_t indent; /* columns of indentation, a tab reaching the next multiple of 4 */
	enum paragraph_kind kind : 4;
	enum label_kind label_kind : 4; /* as decided from its neighbours: a lone "i)" may be
					   either */
	enum call_group group : 8; /* of its call, or of the verb the sentence opens with */
};

struct draft {
	struct paragraph *v; /* one a line, by begin; a text that ends in a line end has no
				empty line after it */
	size_t n;
	uint32_t *numbered; /* paragraph number - 1 -> index in v */
	struct front_matter front;
	uint32_t title, n_title; /* paragraphs of the subject, PARAGRAPH_NONE where front matter
				    or nothing gives it */
	uint32_t form;           /* "RÉSOLUTION 31 (Rév. …)", or PARAGRAPH_NONE */
	uint32_t n_opening;      /* title and form depend on the first so many paragraphs */
	uint32_t n_lists;
	size_t n_clauses, n_calls, n_paragraphs; /* the last: blank lines not counted */
};

/* d is overwritten and the caller's to release; it borrows nothing. Less than 4 GiB (assert).
 */
void draft_read(struct draft *d, struct slice text, const struct brackets *b);
void draft_release(struct draft *d);

/* The paragraph whose line or line end holds pos; at the end of the text the last one;
 * PARAGRAPH_NONE in an empty text. */
uint32_t draft_paragraph_at(const struct draft *d, size_t pos);
/* Appends where pos is as a delegate says it, "¶ 5": the paragraph's number; nothing in an
 * empty text. */
void draft_place(const struct draft *d, size_t pos, struct str *out);
/* The paragraph with that number (from 1), or PARAGRAPH_NONE. */
uint32_t draft_paragraph_numbered(const struct draft *d, uint32_t number);

/* Appends the title as one line, without marks, bookmarks, ids; nothing where there is none. */
void draft_title(const struct draft *d, struct slice text, const struct brackets *b,
		 struct str *out);
/* "resolution", "declaration", "report", …: what front matter says, else the form line; else
 * NULL. Borrowed from d. */
const char *draft_type(const struct draft *d, struct slice text);

/* Words as a delegate counts them: front matter, comments, labels, ids, parties and
 * bookmarks left out. */
struct draft_words {
	size_t total;
	size_t in_brackets; /* of these: within a point */
};
void draft_count_words(const struct draft *d, struct slice text, const struct brackets *b,
		       struct draft_words *words);

/* One of those words. */
struct draft_word {
	uint32_t paragraph; /* index in the draft's list */
	size_t begin, end;
	bool character;  /* one Han, Hiragana or Katakana character */
	bool in_bracket; /* within a point */
};

/* Each of them, in the order of the text. */
void draft_each_word(const struct draft *d, struct slice text, const struct brackets *b,
		     void (*word)(void *arg, const struct draft_word *w), void *arg);

/*
 * The digest of a paragraph's wording (FORMAT.md, "The YAML files"), its label
 * left out: DIGEST_SHORT digits and a NUL. b is not NULL.
 */
void draft_digest(const struct draft *d, struct slice text, const struct brackets *b,
		  uint32_t paragraph, char hex[DIGEST_SHORT + 1]);

/* Whether it is neither blank nor front matter. */
bool paragraph_is_text(const struct paragraph *p);
/* All its places are that many bytes further on; by may wrap around, for back. */
void paragraph_move(struct paragraph *p, size_t by);

#endif
