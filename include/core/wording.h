/* SPDX-License-Identifier: MIT */
#ifndef CORE_WORDING_H
#define CORE_WORDING_H

#include "core/error.h"
#include "core/party.h"
#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Wordings as they are written into brackets: what has to be escaped or
 * guarded so that reading it back gives the same wording (FORMAT.md, "Which
 * brackets count", "What a bracket offers"), and how a wording is named in one
 * line. Knows nothing of points or edits.
 */

/* How a text is meant, and where it is to stand. */
enum wording_how {
	WORDING_LITERAL = 0, /* every character stands for itself */
	WORDING_MARKUP = 1,  /* a stretch of a draft: its brackets, code and escapes are such;
				only what does not pair in itself is escaped */
	WORDING_GUARD = 2,   /* a guard before it */
	WORDING_SLASHES = 4, /* every slash is escaped, not only one that would separate */
	WORDING_OPEN = 8,    /* it stands outside all brackets: no slash can separate */
	WORDING_LINES = 16 /* between lines that hold only [ / ]: only such a line is escaped */
};

/* Appends the text so written. how: enum wording_how flags. Outer blanks stay. */
void wording_add(struct str *out, struct slice text, int how, const struct parties *parties);

/* Appends a text without its escapes: what WORDING_LITERAL was given. */
void wording_plain(struct str *out, struct slice written);

/*
 * Appends the text, outer blanks aside, as it can stand as the one wording of
 * a bracket, as a part between slashes, and after "CODES: " there; guarded
 * where it would be read as something else. how: WORDING_MARKUP or
 * WORDING_LITERAL, and WORDING_LINES. ST_INPUT where there is no such way: a
 * text of several lines (without WORDING_LINES), or nothing but blanks.
 *
 * The file around it can still make it something else (a footnote, a link's
 * label): then it needs WORDING_GUARD.
 */
int wording_escape(struct slice text, int how, const struct parties *parties, struct str *out,
		   struct error *err);

/* Whether the text, read inside brackets, offers just itself, as one option. */
bool wording_reads_back(struct slice written, struct slice meant, int how,
			const struct parties *parties);

/* The words for "no text" in a language ("fr", "en-GB"); in English where it is not one of the
 * six. */
const char *wording_no_text(struct slice language);

/* Appends "AFR, EUR". comma: ", " or "，". */
void wording_codes(struct str *out, const struct parties *parties, const uint16_t *list,
		   size_t n, const char *comma);

/* Without outer blanks and line ends. */
struct slice wording_trim(struct slice text);

/* Appends the text as one line that can be shown: runs of blanks and line ends as one space,
 * sanitised, cut to so many columns (a cut one ends in an ellipsis). */
void wording_brief(struct str *out, struct slice text, size_t columns);

#endif
