/* SPDX-License-Identifier: MIT */
#include "closing_impl.h"

#include "core/escape.h"
#include "core/label.h"
#include "core/utf8.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

/* No label has more bytes, marks and blanks around it left out. */
#define LABEL_MOST 64

/* Marks that may stand around a label, and count for nothing. */
static bool is_mark(char c)
{
	return c == '*' || c == '_' || c == '>';
}

static size_t line_end_at(struct slice s)
{
	if (s.len > 0 && s.p[0] == '\n')
		return 1;
	return s.len > 1 && s.p[0] == '\r' && s.p[1] == '\n' ? 2 : 0;
}

/* ASCII letters, digits and blanks are in none of the lists below. */
static bool is_listed(char c)
{
	return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		 c == ' ');
}

static bool starts_with_any(struct slice s, const char *const *list)
{
	for (; s.len && is_listed(s.p[0]) && *list; list++)
		if (slice_starts(s, *list))
			return true;
	return false;
}

static bool ends_with_any(struct slice s, const char *const *list)
{
	for (; s.len && is_listed(s.p[s.len - 1]) && *list; list++)
		if (slice_ends(s, *list))
			return true;
	return false;
}

/* FORMAT.md: what takes no blank before it, and what takes none after it. */
static const char *const CLOSERS[] = {",",  ".",  ";",  ":",  "!",  "?",  ")",  "]",  "»",
				      "”",  "’",  "…",  "%",  "。", "，", "、", "；", "：",
				      "！", "？", "）", "】", "》", "］", NULL};
static const char *const OPENERS[] = {"(", "[",  "“",  "«",  "‘",  "¿",
				      "¡", "（", "【", "《", "［", NULL};
static const char *const SLASHES[] = {"/", "／", NULL};

/* Notes what there is to know of the line that holds pos. Gaps are taken from last to first, so
 * that a line is looked at once however many stand in it. */
static void read_line(struct closing *c, size_t pos)
{
	const char *p, *end;
	size_t i, len;
	struct label label;

	if (c->line_known && c->line <= pos)
		return;
	p = pos > 0 ? memrchr(c->draft.p, '\n', pos) : NULL;
	/* A byte order mark is no part of the first line. */
	c->line = p ? (size_t)(p - c->draft.p) + 1
		    : (slice_starts(c->draft, "\xEF\xBB\xBF") ? 3 : 0);
	c->line_known = true;
	c->full = SIZE_MAX;
	p = c->draft.p + c->line;
	end = memchr(p, '\n', c->draft.len - c->line);
	len = end ? (size_t)(end - p) : c->draft.len - c->line;
	for (i = 0; i < len;) {
		size_t blank = utf8_blank_at(p + i, len - i);

		if (blank == 0 && !is_mark(p[i]))
			break;
		i += blank > 0 ? blank : 1;
	}
	c->first = c->body = c->line + i;
	if (label_read(p, len, &label) && c->line + label.body > c->first)
		c->body = c->line + label.body;
}

/* An unescaped slash ends s. */
static bool ends_in_separator(struct slice s)
{
	size_t slash = slice_ends(s, "/") ? 1 : slice_ends(s, "／") ? 3 : 0;

	return slash > 0 && !escape_is_open(s.p, s.len - slash);
}

/* Whether a backslash that is text before a gap would escape what comes after it. */
static bool would_escape(const struct gap *gap, struct slice before, struct slice tail)
{
	return !gap->plain && escapable_at(tail.p, tail.len) > 0 &&
	       escape_is_open(before.p, before.len);
}

/* How many bytes go before the gap, and after it. */
static void close_up(const struct closing *c, const struct gap *gap, bool start, size_t *before,
		     size_t *after)
{
	char room[CLOSING_PEEK];
	struct slice head = {c->draft.p, gap->begin}, tail = closing_peek(c, room);
	size_t blank = utf8_blank_before(head.p, head.len);
	size_t next = utf8_blank_at(tail.p, tail.len);

	*before = *after = 0;
	if (!start && blank > 0 &&
	    (next > 0 || tail.len == 0 || line_end_at(tail) > 0 ||
	     starts_with_any(tail, CLOSERS))) {
		struct slice rest = {head.p, head.len - blank};

		/* "a / [B]": the slash would no longer separate. "a\ [B]]": the backslash would
		 * escape the bracket. */
		if ((!gap->slashes || next > 0 || !ends_in_separator(rest)) &&
		    !would_escape(gap, rest, tail))
			*before = blank;
		return;
	}
	if (next == 0 || !(start || ends_with_any(head, OPENERS)))
		return;
	/* "[[A] / b]": the same on the other side. */
	tail.p += next;
	tail.len -= next;
	if (!gap->slashes || blank > 0 || !starts_with_any(tail, SLASHES))
		*after = next;
}

/* A place in the pieces. */
struct walk {
	const struct closing *c;
	uint32_t piece;
	size_t at; /* bytes into it */
};

/* What is left of the piece that the walk is in, or of the next one; empty at the end. */
static struct slice walk_text(struct walk *w)
{
	while (w->piece != RING) {
		struct slice s = closing_piece_text(w->c, w->piece);

		if (w->at < s.len)
			return (struct slice){s.p + w->at, s.len - w->at};
		w->piece = w->c->v[w->piece].next;
		w->at = 0;
	}
	return (struct slice){"", 0};
}

/* Counts what is no blank and no mark in s, from *letters on, up to LABEL_MOST and the line's
 * end. Returns the bytes looked at. */
static size_t scan_label(struct slice s, size_t *letters)
{
	size_t i = 0;

	while (i < s.len && *letters <= LABEL_MOST &&
	       line_end_at((struct slice){s.p + i, s.len - i}) == 0) {
		size_t blank = utf8_blank_at(s.p + i, s.len - i);

		*letters += blank == 0 && !is_mark(s.p[i]);
		i += blank > 0 ? blank : 1;
	}
	return i;
}

/* Appends the pieces' first line, its end aside, and moves the walk to its end. Returns false
 * where there is more in it than a label can be: then the rest of a long line need not be read.
 */
static bool walk_label(struct walk *w, struct str *line)
{
	size_t letters = 0;

	for (;;) {
		struct slice s = walk_text(w);
		size_t n = scan_label(s, &letters);

		str_add(line, s.p, n);
		w->at += n;
		if (letters > LABEL_MOST)
			return false;
		if (n < s.len || s.len == 0)
			return true;
	}
}

static size_t walk_line_end(struct walk *w)
{
	size_t n = line_end_at(walk_text(w));

	w->at += n;
	return n;
}

/* Bytes of a blank line at the walk, with its line end; 0 where the line is not blank. */
static size_t walk_blank_line(struct walk *w)
{
	size_t all = 0;

	for (;;) {
		struct slice s = walk_text(w);
		size_t n = utf8_blanks_at(s.p, s.len), end;

		w->at += n;
		all += n;
		if (s.len == 0)
			return all;
		if (n == s.len)
			continue;
		end = walk_line_end(w);
		return end > 0 ? all + end : 0;
	}
}

/* The same for a blank line that ends where s does. */
static size_t blank_line_before(struct slice s)
{
	size_t end = s.len, blanks;

	if (end == 0 || s.p[end - 1] != '\n')
		return 0;
	end -= end > 1 && s.p[end - 2] == '\r' ? 2 : 1;
	blanks = utf8_blanks_before(s.p, end);
	if (end > blanks && s.p[end - blanks - 1] != '\n')
		return 0;
	return s.len - (end - blanks);
}

/* What goes where nothing is left in place of the gap. */
static void take_nothing(struct closing *c, const struct gap *gap)
{
	size_t before, after, letters = 0, begin, n = 0;
	struct walk w = {.c = c};
	struct str line = STR_INIT;
	struct slice head;
	bool bare = false;

	read_line(c, gap->begin);
	close_up(c, gap, gap->begin <= c->body, &before, &after);
	closing_drop(c, after);
	c->cursor = gap->begin - before;
	w.piece = c->v[RING].next;
	begin = c->first < c->cursor ? c->first : c->cursor;
	head = (struct slice){c->draft.p + begin, c->cursor - begin};
	if (c->cursor < c->full)
		n = scan_label(head, &letters);
	if (letters > LABEL_MOST)
		c->full = begin + n;
	if (c->cursor < c->full && n == head.len) {
		str_add(&line, c->draft.p + c->line, c->cursor - c->line);
		bare = walk_label(&w, &line) && label_is_all(line.p, line.len);
	}
	if (bare) {
		size_t all = line.len - (c->cursor - c->line) + walk_line_end(&w);

		after = walk_blank_line(&w);
		closing_drop(c, all + after);
		c->v[c->v[RING].next].calm_left = false;
		c->cursor = c->line;
		if (after == 0)
			c->cursor -= blank_line_before((struct slice){c->draft.p, c->line});
	}
	str_release(&line);
}

/* What is kept ends in a backslash that is text, and was parted from what follows: escaped, it
 * stays text. */
static void escape_seam(struct closing *c, const struct gap *gap)
{
	const struct range *last = &gap->keep[gap->n_keep - 1];
	struct slice kept = {c->draft.p + last->begin, last->end - last->begin};
	char room[CLOSING_PEEK];

	if (would_escape(gap, kept, closing_peek(c, room)))
		closing_push_text(c, SLICE("\\"));
}

void closing_take(struct closing *c, const struct gap *gap)
{
	assert(gap->begin <= gap->end && gap->end <= c->cursor);
	closing_push_range(c, gap->end, c->cursor);
	c->cursor = gap->end;
	if (gap->n_keep == 0 && gap->text.len == 0) {
		take_nothing(c, gap);
		return;
	}
	if (gap->text.len == 0 && !gap->plain)
		escape_seam(c, gap);
	closing_push_text(c, gap->text);
	for (size_t i = gap->n_keep; i > 0; i--) {
		assert(gap->keep[i - 1].begin >= gap->begin &&
		       gap->keep[i - 1].end <= gap->end);
		closing_push_range(c, gap->keep[i - 1].begin, gap->keep[i - 1].end);
	}
	c->cursor = gap->begin;
}

uint32_t closing_enter(struct closing *c, size_t from, size_t end)
{
	assert(from < end && end <= c->cursor);
	closing_push_range(c, end, c->cursor);
	c->cursor = from;
	return closing_push(c, (struct closing_piece){.begin = from, .end = end});
}

void closing_forget(struct closing *c, uint32_t piece)
{
	closing_unlink(c, piece);
}

static bool is_line_end(char ch)
{
	return ch == '\n' || ch == '\r';
}

/*
 * Trims the pieces up to `stop` on the left: of all blanks and line ends, or of those up to the
 * last line end only. Nothing but blanks goes altogether.
 */
static void trim_left(struct closing *c, uint32_t stop, bool lines)
{
	size_t all = 0, line = 0;
	bool calm = false;

	for (uint32_t i = c->v[RING].next; i != stop && !calm; i = c->v[i].next) {
		struct slice s = closing_piece_text(c, i);
		size_t k = 0, n = 1;

		calm = lines && c->v[i].calm_left;
		while (!calm && k < s.len) {
			n = is_line_end(s.p[k]) ? 1 : utf8_blank_at(s.p + k, s.len - k);
			calm = n == 0;
			k += n;
			if (n && s.p[k - 1] == '\n')
				line = all + k;
		}
		all += k;
	}
	closing_drop(c, calm && lines ? line : all);
	if (calm)
		c->v[c->v[RING].next].calm_left = true;
}

/* The same on the right, where something else than blanks stands. */
static void trim_right(struct closing *c, uint32_t stop, bool lines)
{
	bool calm = false;

	for (uint32_t i = c->v[stop].prev; i != RING && !calm; i = c->v[i].prev) {
		struct slice s = closing_piece_text(c, i);
		size_t k = s.len, cut = SIZE_MAX, n;

		calm = lines && c->v[i].calm_right;
		while (!calm && k > 0) {
			n = is_line_end(s.p[k - 1]) ? 1 : utf8_blank_before(s.p, k);
			calm = n == 0;
			k -= n;
			if (n && (!lines || s.p[k] == '\n'))
				cut = k > 0 && s.p[k] == '\n' && s.p[k - 1] == '\r' ? k - 1 : k;
		}
		if (cut == SIZE_MAX)
			continue;
		while (c->v[stop].prev != i)
			closing_unlink(c, c->v[stop].prev);
		c->v[i].end = c->v[i].begin + cut;
		if (cut == 0)
			closing_unlink(c, i);
	}
	c->v[c->v[stop].prev].calm_right = true;
}

void closing_leave(struct closing *c, uint32_t piece, size_t from, bool lines,
		   const struct gap *gap)
{
	closing_push_range(c, from, c->cursor);
	c->cursor = gap->begin;
	trim_left(c, piece, lines);
	if (c->v[RING].next == piece) {
		closing_unlink(c, piece);
		take_nothing(c, gap);
		return;
	}
	trim_right(c, piece, lines);
	closing_unlink(c, piece);
}
