/* SPDX-License-Identifier: MIT */
#ifndef CORE_LABEL_H
#define CORE_LABEL_H

#include <stdbool.h>
#include <stddef.h>

/*
 * How a paragraph begins: indentation, emphasis and quote marks, a heading
 * mark or a clause's label (FORMAT.md, "Files": label). A paragraph is one
 * line, given here without its line end. Pure and constant in time: nothing
 * beyond the label is looked at.
 */

enum label_kind {
	LABEL_NONE,
	LABEL_LETTER, /* a) (b) aa) b. */
	LABEL_ROMAN,  /* ii) (iv); a single i, v or x is LABEL_LETTER, see may_be_roman */
	LABEL_NUMBER, /* 1. 1.1) or a bare 1 before a tab or two blanks */
	LABEL_DASH,   /* – — - • */
	LABEL_HEADING /* # to ###### : a mark, not a label */
};

struct label {
	enum label_kind kind;
	size_t begin; /* bytes from the line's start to the label's first byte (a "(" counts) */
	size_t end;   /* just after the label: ")" or "." or the bare number, with its "bis" */
	size_t body; /* where the paragraph's text begins: after the label, blanks, * _ > around
			it */
	bool may_be_roman; /* one letter that is a roman numeral too: i) v) x) c) */
	bool bare;         /* a number without ")" or ".": a label by the blanks after it */
	int numbers;       /* LABEL_NUMBER: how many numbers, "1.2.3" has 3 */
};

/*
 * Reads the label of the line. Returns true where there is one, or a heading
 * mark; otherwise kind is LABEL_NONE and body is where the text begins, after
 * indentation only.
 */
bool label_read(const char *line, size_t len, struct label *label);

/* Whether the line has nothing but blanks, * _ > and at most a label or heading mark. */
bool label_is_all(const char *line, size_t len);

/* A Markdown heading: up to three spaces, one to six #, then a blank or the end. */
bool label_is_heading(const char *line, size_t len);

#endif
