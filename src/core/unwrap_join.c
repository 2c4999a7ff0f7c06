/* SPDX-License-Identifier: MIT */
#include "unwrap_impl.h"

#include "core/call.h"
#include "core/label.h"
#include "core/mem.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <uniwidth.h>

/*
 * A text is hard-wrapped where its lines end for want of room: the first word of
 * the next line would not have fitted. How much room there was is what nearly
 * the longest of the lines take that another line follows. Then a line is
 * joined to the one before it, unless either is a thing of its own.
 */

#define WIDTH_LEAST 40  /* columns: narrower is a list of names or a poem */
#define WIDTH_MOST  160 /* wider is no hard wrap */
#define LONE_LEAST  50  /* columns of a line that breaks off by itself */
#define LONE_MOST   100
#define PAIRS_LEAST 3 /* full lines before we say that a text is wrapped */
#define SHARE_LEAST 8 /* and one line in so many must be full */

/* What is known of a line that may be joined. */
struct shape {
	unsigned width;      /* columns */
	unsigned first_word; /* columns of its first word */
	bool opens;          /* begins a paragraph: label, heading, call … */
	bool closes;         /* nothing may be joined to it */
	bool ends;           /* ends as a sentence does */
	bool lower;          /* begins in lower case */
	bool call;           /* is a call: goes on only where it had no room */
	bool east_begin, east_end;
};

static unsigned columns(const char *p, size_t len)
{
	unsigned width = 0;
	uint32_t cp;

	for (size_t at = 0; at < len && width < 10000;) {
		at += utf8_decode(p + at, len - at, &cp);
		int w = cp == UTF8_BAD ? 1 : uc_width(cp, "UTF-8");
		width += w > 0 ? (unsigned)w : 0;
	}
	return width;
}

/* What Chinese and Japanese lines begin and end with, their wide punctuation too: no blank
 * comes between two of these. */
static bool is_eastern(uint32_t cp)
{
	return utf8_is_han(cp) || utf8_is_kana(cp) || (cp >= 0x3001 && cp <= 0x30FF) ||
	       (cp >= 0xFF00 && cp <= 0xFF65);
}

static bool ends_sentence(struct slice line)
{
	static const char *const ends[] = {".",  "!",  "?",  ":", ";", "。", "！",
					   "？", "：", "；", "؟", "؛", "…"};
	static const char *const closers[] = {"*", "_", ")", "]", "\"",
					      "'", "»", "”", "’", "\xC2\xA0"};

	for (size_t i = 0; i < sizeof(closers) / sizeof(*closers);) {
		if (slice_ends(line, closers[i])) {
			line.len -= strlen(closers[i]);
			i = 0;
		} else {
			i++;
		}
	}
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (slice_ends(line, ends[i]))
			return true;
	return false;
}

/* A rule, an underlined heading, a row or border of a table, markup, a link's target. */
static bool is_own_thing(struct slice line)
{
	size_t marks = 0;

	line.p += utf8_blanks_at(line.p, line.len);
	while (marks < line.len && strchr("-=*_+|: ~", line.p[marks]) && line.p[marks])
		marks++;
	if (line.len >= 3 && marks == line.len)
		return true;
	if (line.len && strchr("|<+", *line.p) && *line.p)
		return true;
	if (slice_starts(line, "[") && memmem(line.p, line.len, "]:", 2))
		return true;
	return slice_ends(line, "|") || slice_starts(line, "{:") || slice_starts(line, "$$");
}

/* Columns set out by hand: a run of three blanks or a tab between words. */
static bool is_tabular(struct slice line)
{
	return memmem(line.p, line.len, "   ", 3) || memchr(line.p, '\t', line.len);
}

static struct shape shape_of(const struct unwrap_round *r, const struct unwrap_line *l)
{
	size_t indent = utf8_blanks_at(r->text.p + l->begin, l->end - l->begin);
	struct slice line = {r->text.p + l->begin + indent, l->end - l->begin - indent};
	struct shape s = {0};
	struct label label;
	struct call call;
	uint32_t cp;
	size_t word = 0;

	if (l->kept || l->blank) {
		s.opens = s.closes = true;
		return s;
	}
	s.width = columns(r->text.p + l->begin, l->end - l->begin);
	while (word < line.len && !utf8_blank_at(line.p + word, line.len - word))
		word += utf8_decode(line.p + word, line.len - word, &cp);
	s.first_word = columns(line.p, word);
	bool has_label = label_read(r->text.p + l->begin, l->end - l->begin, &label);
	bool is_call = call_read(line.p, line.len, &call);
	bool own = is_own_thing(line);
	s.opens = has_label || is_call || own || *line.p == '>' || *line.p == '[' ||
		  slice_starts(line, "［") || indent >= 4;
	s.closes =
		(has_label && label.kind == LABEL_HEADING) || is_call || own ||
		slice_starts(line, ">") ||
		is_tabular(slice_make(r->text.p + l->begin + (has_label ? label.body : indent),
				      line.len + indent - (has_label ? label.body : indent)));
	s.ends = ends_sentence(line);
	utf8_decode(line.p, line.len, &cp);
	s.lower = cp != UTF8_BAD && uc_is_lower(cp);
	s.east_begin = cp != UTF8_BAD && is_eastern(cp);
	if (s.east_begin) /* a mark may hang over: two characters, not one */
		s.first_word = 4;
	utf8_decode_back(line.p, line.len, &cp);
	s.east_end = cp != UTF8_BAD && is_eastern(cp);
	return s;
}

static int by_value(const void *a, const void *b)
{
	unsigned x = *(const unsigned *)a, y = *(const unsigned *)b;

	return (x > y) - (x < y);
}

static bool can_join(const struct shape *a, const struct shape *b)
{
	return !a->closes && !b->opens && a->width <= WIDTH_MOST;
}

/* Columns still free after the line, had it also taken the next one's first word. */
static int room_after(const struct shape *a, const struct shape *b, unsigned width)
{
	int blank = a->east_end && b->east_begin ? 0 : 1;

	return (int)width - (int)a->width - blank - (int)b->first_word;
}

/* The width the text was wrapped to, or 0 where it was not. */
static unsigned wrap_width(const struct shape *s, size_t n)
{
	unsigned *widths = mem_array(NULL, n, sizeof(*widths)), width = 0;
	size_t pairs = 0, full = 0, lines = 0;

	for (size_t i = 0; i < n; i++)
		lines += s[i].width > 0;
	for (size_t i = 0; i + 1 < n; i++)
		if (can_join(&s[i], &s[i + 1]))
			widths[pairs++] = s[i].width;
	if (pairs) {
		qsort(widths, pairs, sizeof(*widths), by_value);
		width = widths[pairs - 1 - pairs / 33];
	}
	free(widths);
	if (width < WIDTH_LEAST)
		return 0;
	for (size_t i = 0; i + 1 < n; i++)
		full += can_join(&s[i], &s[i + 1]) && room_after(&s[i], &s[i + 1], width) < 0;
	return full >= PAIRS_LEAST && full * 2 >= pairs && full * SHARE_LEAST >= lines ? width
										       : 0;
}

static bool is_continued(const struct shape *a, const struct shape *b, unsigned width)
{
	int room = room_after(a, b, width);

	if (!can_join(a, b))
		return false;
	if (a->call)
		return room < 0 && b->lower;
	if (room < 0)
		return true;
	if (a->ends)
		return false;
	if (b->lower)
		return a->width * 10 >= width * 6;
	return room * 8 <= (int)width;
}

/* A text that is not wrapped, but for this line: it breaks off within a sentence, late, and
 * goes on in lower case. After a comma it may as well be two clauses. */
static bool breaks_off(const struct shape *a, const struct shape *b, struct slice line)
{
	return can_join(a, b) && !a->call && b->lower && !a->ends && !slice_ends(line, ",") &&
	       !slice_ends(line, "\xD8\x8C") && a->width >= LONE_LEAST && a->width <= LONE_MOST;
}

/* "co-" and then "operation" is one word; "short-" and then "and long-term" are two. */
static bool is_hyphenated(struct slice a, struct slice b)
{
	static const char *const joints[] = {"and", "or", "et", "ou", "y",
					     "o",   "e",  "и",  "или"};
	uint32_t cp;

	if (slice_ends(a, "-"))
		a.len--;
	else if (slice_ends(a, "\xE2\x80\x90"))
		a.len -= 3;
	else
		return false;
	if (!a.len || !b.len)
		return false;
	utf8_decode_back(a.p, a.len, &cp);
	if (cp == UTF8_BAD || !uc_is_alpha(cp))
		return false;
	utf8_decode(b.p, b.len, &cp);
	if (cp == UTF8_BAD || !uc_is_lower(cp))
		return false;
	for (size_t i = 0; i < sizeof(joints) / sizeof(*joints); i++)
		if (call_words_at(b.p, b.len, joints[i], strlen(joints[i])))
			return false;
	return true;
}

static void join(struct unwrap_round *r, size_t i, const struct shape *a, const struct shape *b)
{
	const struct unwrap_line *x = &r->lines[i], *y = &r->lines[i + 1];
	size_t to = y->begin + utf8_blanks_at(r->text.p + y->begin, y->end - y->begin);
	struct slice before = {r->text.p + x->begin, x->end - x->begin};
	struct slice after = {r->text.p + to, y->end - to};

	if (is_hyphenated(before, after))
		unwrap_step(r, x->end, to - x->end, "", UNWRAP_HYPHEN);
	else if ((a->east_end && b->east_begin) || utf8_blank_before(before.p, before.len))
		unwrap_step(r, x->end, to - x->end, "", UNWRAP_JOIN);
	else
		unwrap_step(r, x->end, to - x->end, " ", UNWRAP_JOIN);
}

void unwrap_find_joints(struct unwrap_round *r)
{
	struct shape *s = mem_array(NULL, r->n_lines, sizeof(*s));
	unsigned width;

	for (size_t i = 0; i < r->n_lines; i++)
		s[i] = shape_of(r, &r->lines[i]);
	width = wrap_width(s, r->n_lines);
	r->wrapped = width > 0;
	for (size_t i = 0; i + 1 < r->n_lines; i++) {
		const struct unwrap_line *l = &r->lines[i];
		struct slice line = {r->text.p + l->begin, l->end - l->begin};

		if (width ? is_continued(&s[i], &s[i + 1], width)
			  : breaks_off(&s[i], &s[i + 1], line))
			join(r, i, &s[i], &s[i + 1]);
	}
	free(s);
}

void unwrap_find_blank_lines(struct unwrap_round *r)
{
	bool after_blank = true; /* at the start none is wanted either */
	size_t last = r->n_lines;

	while (last > 0 && r->lines[last - 1].blank && !r->lines[last - 1].kept)
		last--;
	for (size_t i = 0; i < r->n_lines; i++) {
		const struct unwrap_line *l = &r->lines[i];

		if (l->blank && !l->kept && (after_blank || i >= last))
			unwrap_step(r, l->begin, l->next - l->begin, "", UNWRAP_BLANK);
		after_blank = l->blank && !l->kept;
	}
}
