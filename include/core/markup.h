/* SPDX-License-Identifier: MIT */
#ifndef CORE_MARKUP_H
#define CORE_MARKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * How much there is in XML or HTML, without reading it: how many elements, how
 * deep they stand in one another, how many changes a word processor tracks in
 * it. One pass over the bytes as they come, in whatever pieces, in memory of a
 * fixed size; so that what was made to cost time is known before anything that
 * costs time reads it. What is damaged is counted all the same, and never as
 * less than a reader could make of it.
 */

#define MARKUP_DEEP 300 /* what stands deeper is counted as so deep, and one more */
#define MARKUP_NAME 24  /* bytes of a name that are looked at */

struct markup {
	bool is_html;   /* elements that need no end tag do not stand in one another */
	size_t tags;    /* that begin an element */
	size_t changes; /* of them: what a .docx or an .odt tracks */
	size_t deepest;
	/* Its own: */
	int state;
	char name[MARKUP_NAME]; /* of the tag that is read, in small letters; of XML without
				   its prefix */
	size_t len;
	char point[4]; /* what has come of a character that may begin a name */
	size_t of_point;
	char quote;
	bool ends, shut; /* it ends an element; it is one alone */
	bool says;       /* it is none: <!DOCTYPE …>, <?…> */
	bool raw;        /* in what is text to its end: a script */
	size_t dashes;   /* how much of what ends a comment has come; */
	bool began;      /* with those that began it, */
	char loose;      /* and what of HTML may stand behind them; or 0 */
	uint32_t open[MARKUP_DEEP];
	size_t depth;
};

/* Nothing has come yet; m owns nothing. is_html: HTML, which does without some end tags. */
void markup_begin(struct markup *m, bool is_html);
/* The next bytes, cut anywhere. */
void markup_add(struct markup *m, const char *p, size_t len);

#endif
