/* SPDX-License-Identifier: MIT */
#include "core/place.h"

#include "core/mem.h"
#include "core/sorted.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

/* In a line longer than this, every STRIDE bytes or so a column is noted. */
#define STRIDE 256

struct place_mark {
	size_t offset;
	size_t column; /* of the code point that begins at offset, from 1 */
};

static void add_mark(struct places *p, size_t offset, size_t column)
{
	MEM_GROW(p->marks, p->n_marks, p->cap_marks);
	p->marks[p->n_marks++] = (struct place_mark){offset, column};
}

static void mark_line(struct places *p, size_t begin, size_t end)
{
	size_t column = 1, next = begin + STRIDE;
	uint32_t cp;

	for (size_t i = begin; i < end; column++) {
		if (i >= next) {
			add_mark(p, i, column);
			next = i + STRIDE;
		}
		i += utf8_decode(p->bytes.p + i, end - i, &cp);
	}
}

void places_init(struct places *p, struct slice bytes)
{
	size_t begin = 0;

	memset(p, 0, sizeof(*p));
	p->bytes = bytes;
	for (;;) {
		MEM_GROW(p->lines, p->n_lines, p->cap_lines);
		p->lines[p->n_lines++] = begin;
		const char *lf = bytes.len > begin
					 ? memchr(bytes.p + begin, '\n', bytes.len - begin)
					 : NULL;
		size_t end = lf ? (size_t)(lf - bytes.p) : bytes.len;
		if (end - begin > 2 * STRIDE)
			mark_line(p, begin, end);
		if (!lf)
			break;
		begin = end + 1;
	}
}

void places_release(struct places *p)
{
	free(p->lines);
	free(p->marks);
	memset(p, 0, sizeof(*p));
}

/* How many lines begin at offset or before. */
static size_t lines_until(const struct places *p, size_t offset)
{
	size_t i;

	SORTED_SKIP(i, p->n_lines, p->lines[i] <= offset);
	return i;
}

/* The last mark whose key (offset, or column where by_column) is at most key, in the line. */
static const struct place_mark *mark_before(const struct places *p, size_t begin, size_t offset)
{
	size_t i;

	SORTED_SKIP(i, p->n_marks, p->marks[i].offset <= offset);
	if (!i || p->marks[i - 1].offset <= begin)
		return NULL;
	return &p->marks[i - 1];
}

struct place places_of(const struct places *p, size_t offset)
{
	size_t line = lines_until(p, offset), begin = p->lines[line - 1];
	const struct place_mark *mark = mark_before(p, begin, offset);
	size_t column = 1;

	if (mark) {
		begin = mark->offset;
		column = mark->column;
	}
	return (struct place){line, column + utf8_count(p->bytes.p + begin, offset - begin)};
}

size_t places_offset(const struct places *p, struct place place)
{
	size_t line = place.line < 1 ? 1 : place.line, at, end;
	uint32_t cp;

	if (line > p->n_lines)
		return p->bytes.len;
	at = p->lines[line - 1];
	end = line < p->n_lines ? p->lines[line] - 1 : p->bytes.len;
	for (size_t column = 1; column < place.column && at < end; column++)
		at += utf8_decode(p->bytes.p + at, end - at, &cp);
	return at;
}
