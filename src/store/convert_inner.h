/* SPDX-License-Identifier: MIT */
#ifndef STORE_CONVERT_INNER_H
#define STORE_CONVERT_INNER_H

#include "core/bracket.h"
#include "store/convert.h"

/* Parts of store/convert: a draft's text, written so that Markdown reads it as text. */

/* A draft on its way to pandoc: what was read of it, and how far the walk is in that. */
struct preparing {
	struct slice text;
	struct brackets b;
	size_t skip;   /* the first of b.skipped that may hold the place, or come after it */
	size_t unread; /* the same of b.unread */
	bool spans;    /* {…} after brackets would be read as what marks are made of */
	const struct convert_notes *notes;
};

/* The footnotes of what is written that have a body: "[^1]". The sign of another one is text to
 * Markdown. */
struct convert_notes {
	struct slice *v; /* sorted, once they are all added */
	size_t n, cap;
};

/* Begins the walk over a draft, whose text without ids goes to text; adds its notes. The caller
 * releases p->b, text and notes, and sets p->notes. */
void convert_begin(struct preparing *p, struct slice draft, const struct parties *parties,
		   struct str *text, struct convert_notes *notes);
void convert_notes_sort(struct convert_notes *notes);
/* Whether it stands in Markdown as it does in a draft: a link, or the sign of a note. */
bool convert_is_own(const struct preparing *p, const struct skipped *s);

/* What is not read as text at that place; NULL: it is text. Places only grow. */
const struct unread *convert_unread_at(struct preparing *p, size_t at);
/* Adds the bytes from at to end, which lie in one line, so that Markdown reads them as text. */
void convert_add_text(struct preparing *p, size_t at, size_t end, struct str *out);
/* A line is a paragraph, and its label is text: Markdown would number anew. */
void convert_add_line(struct preparing *p, size_t at, size_t end, struct str *out);
/* The blanks between a bare number and its clause (FORMAT.md, "label"), in bytes, and where in
 * the line they begin; 0 where the line begins with none. */
size_t convert_number_gap(struct slice line, size_t *begin);
/* Whether the line is a row of a table. */
bool convert_is_table(struct slice text, size_t at, size_t end);
/* Whether the line begins with a bar and has nothing but these signs. */
bool convert_is_of(struct slice line, const char *signs);

/* ---- convert_own.c: what Markdown reads in its own way, from where a side stands */

/* The words of a link, after its sign, and where it ends: bytes of the text. */
struct convert_link {
	size_t words, words_end, end;
};

/* The first link with words that lies between; false: none. */
bool convert_next_link(const struct preparing *p, size_t at, size_t end,
		       struct convert_link *l);
/* Whether a stretch begins or ends inside a link, a note's sign, code or a comment. */
bool convert_cuts_own(const struct preparing *p, size_t at, size_t end);

#endif
