/* SPDX-License-Identifier: MIT */
#include "core/closing.h"

#include "core/label.h"
#include "core/mem.h"
#include "core/utf8.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A stretch of the draft, or (text.p set) bytes that are new. */
struct closing_piece {
	size_t begin, end;
	struct slice text;
};

/* No label has more bytes, marks and blanks around it left out. */
#define LABEL_MOST 64

/* Marks that may stand around a label, and count for nothing. */
static bool is_mark(char c)
{
	return c == '*' || c == '_' || c == '>';
}

void closing_init(struct closing *c, struct slice draft)
{
	*c = (struct closing){.draft = draft, .cursor = draft.len};
}

void closing_release(struct closing *c)
{
	free(c->tail);
	free(c->v);
	*c = (struct closing){.draft = {NULL, 0}};
}

static struct slice tail_of(const struct closing *c)
{
	if (c->at == c->cap)
		return (struct slice){"", 0};
	return (struct slice){c->tail + c->at, c->cap - c->at};
}

static void tail_push(struct closing *c, const char *p, size_t len)
{
	if (len > c->at) {
		size_t used = c->cap - c->at;
		size_t cap = mem_grown(c->cap, used + len);
		char *tail = mem_alloc(cap);

		if (used > 0)
			memcpy(tail + cap - used, c->tail + c->at, used);
		free(c->tail);
		c->tail = tail;
		c->cap = cap;
		c->at = cap - used;
	}
	c->at -= len;
	memcpy(c->tail + c->at, p, len);
}

static void push_range(struct closing *c, size_t begin, size_t end)
{
	if (begin == end)
		return;
	tail_push(c, c->draft.p + begin, end - begin);
	MEM_GROW(c->v, c->n, c->n_cap);
	c->v[c->n++] = (struct closing_piece){begin, end, {NULL, 0}};
}

static void push_text(struct closing *c, struct slice text)
{
	if (text.len == 0)
		return;
	tail_push(c, text.p, text.len);
	MEM_GROW(c->v, c->n, c->n_cap);
	c->v[c->n++] = (struct closing_piece){0, 0, text};
}

/* Takes len bytes from the beginning of the tail. */
static void drop(struct closing *c, size_t len)
{
	c->at += len;
	while (len > 0) {
		struct closing_piece *top = &c->v[c->n - 1];
		size_t has = top->text.p ? top->text.len : top->end - top->begin;
		size_t take = len < has ? len : has;

		if (take == has)
			c->n--;
		else if (top->text.p)
			top->text = (struct slice){top->text.p + take, has - take};
		else
			top->begin += take;
		len -= take;
	}
}

/* Bytes of the line end at p; 0 where there is none. */
static size_t line_end_at(struct slice s)
{
	if (s.len > 0 && s.p[0] == '\n')
		return 1;
	return s.len > 1 && s.p[0] == '\r' && s.p[1] == '\n' ? 2 : 0;
}

static bool starts_with_any(struct slice s, const char *const *list)
{
	for (; *list; list++)
		if (slice_starts(s, *list))
			return true;
	return false;
}

static bool ends_with_any(struct slice s, const char *const *list)
{
	for (; *list; list++)
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

/* Where the cursor's line begins. Gaps are taken from last to first, so that a line is
 * searched once however many stand in it. */
static size_t line_of(struct closing *c, size_t pos)
{
	if (!c->line_known || c->line > pos) {
		const char *p = pos > 0 ? memrchr(c->draft.p, '\n', pos) : NULL;

		c->line = p ? (size_t)(p - c->draft.p) + 1 : 0;
		c->line_known = true;
	}
	return c->line;
}

/* Whether pos, in the line that begins at line, is where the paragraph's text begins. */
static bool at_start(const struct closing *c, size_t line, size_t pos, size_t end)
{
	const char *p = c->draft.p + line;
	size_t len = pos - line, i = 0;
	struct label label;

	while (i < len) {
		size_t blank = utf8_blank_at(p + i, len - i);

		if (blank == 0 && !is_mark(p[i]))
			break;
		i += blank > 0 ? blank : 1;
	}
	if (i == len)
		return true;
	/* What begins the stretch is enough of the line for a label to be known by. */
	label_read(p, len + (end - pos < 4 ? end - pos : 4), &label);
	return label.kind != LABEL_NONE && len <= label.body;
}

/* An unescaped slash ends s. */
static bool ends_in_separator(struct slice s)
{
	size_t slash = slice_ends(s, "/") ? 1 : slice_ends(s, "／") ? 3 : 0;
	size_t n = 0;

	if (slash == 0)
		return false;
	s.len -= slash;
	while (n < s.len && s.p[s.len - 1 - n] == '\\')
		n++;
	return n % 2 == 0;
}

/* How many bytes go before the gap, and after it. */
static void close_up(const struct closing *c, const struct gap *gap, bool start, size_t *before,
		     size_t *after)
{
	struct slice head = {c->draft.p, gap->begin};
	struct slice tail = tail_of(c);
	size_t blank = utf8_blank_before(head.p, head.len);
	size_t next = utf8_blank_at(tail.p, tail.len);

	*before = *after = 0;
	if (!start && blank > 0 &&
	    (next > 0 || tail.len == 0 || line_end_at(tail) > 0 ||
	     starts_with_any(tail, CLOSERS))) {
		struct slice rest = {head.p, head.len - blank};

		/* "a / [B]": the slash would no longer separate. */
		if (!gap->slashes || next > 0 || !ends_in_separator(rest))
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

/*
 * Scans a line's bytes up to its end. Returns false where there is more in it
 * than a label can be: then the rest of a long line need not be read.
 */
static bool scan_label(struct slice s, size_t *end)
{
	size_t i = 0, letters = 0;

	while (i < s.len && letters <= LABEL_MOST &&
	       line_end_at((struct slice){s.p + i, s.len - i}) == 0) {
		size_t blank = utf8_blank_at(s.p + i, s.len - i);

		letters += blank == 0 && !is_mark(s.p[i]);
		i += blank > 0 ? blank : 1;
	}
	*end = i;
	return letters <= LABEL_MOST;
}

/* Bytes of a blank line at the beginning of s, with its line end. */
static size_t blank_line_at(struct slice s)
{
	size_t blanks = utf8_blanks_at(s.p, s.len);
	struct slice rest = {s.p + blanks, s.len - blanks};

	return rest.len == 0 ? blanks : line_end_at(rest) > 0 ? blanks + line_end_at(rest) : 0;
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
	size_t line = line_of(c, gap->begin), before, after, end;
	bool start = at_start(c, line, gap->begin, gap->end), bare = false;
	struct str rest = STR_INIT;
	struct slice head, tail;

	close_up(c, gap, start, &before, &after);
	drop(c, after);
	c->cursor = gap->begin - before;
	tail = tail_of(c);
	head = (struct slice){c->draft.p + line, c->cursor - line};
	if (scan_label(head, &end) && scan_label(tail, &end)) {
		str_add_slice(&rest, head);
		str_add(&rest, tail.p, end);
		bare = label_is_all(str_slice(&rest).p, rest.len);
		str_release(&rest);
	}
	if (!bare)
		return;
	end += line_end_at((struct slice){tail.p + end, tail.len - end});
	after = blank_line_at((struct slice){tail.p + end, tail.len - end});
	drop(c, end + after);
	c->cursor = line;
	if (after == 0)
		c->cursor -= blank_line_before((struct slice){c->draft.p, line});
}

void closing_take(struct closing *c, const struct gap *gap)
{
	assert(gap->begin <= gap->end && gap->end <= c->cursor);
	push_range(c, gap->end, c->cursor);
	c->cursor = gap->end;
	if (gap->n_keep == 0 && gap->text.len == 0) {
		take_nothing(c, gap);
		return;
	}
	push_text(c, gap->text);
	for (size_t i = gap->n_keep; i > 0; i--) {
		assert(gap->keep[i - 1].begin >= gap->begin &&
		       gap->keep[i - 1].end <= gap->end);
		push_range(c, gap->keep[i - 1].begin, gap->keep[i - 1].end);
	}
	c->cursor = gap->begin;
}

void closing_finish(const struct closing *c, struct edits *e)
{
	size_t at = c->cursor;
	struct str text = STR_INIT;

	for (size_t i = c->n; i > 0; i--) {
		const struct closing_piece *piece = &c->v[i - 1];

		if (piece->text.p) {
			str_add_slice(&text, piece->text);
			continue;
		}
		if (piece->begin > at || text.len > 0)
			edits_add(e, at, piece->begin - at, str_slice(&text).p, text.len);
		str_clear(&text);
		at = piece->end;
	}
	/* With no gap taken there are no pieces, and the cursor is at the end. */
	if (at < c->draft.len || text.len > 0)
		edits_add(e, at, c->draft.len - at, str_slice(&text).p, text.len);
	str_release(&text);
}
