/* SPDX-License-Identifier: MIT */
#include "audit_impl.h"

#include "core/mem.h"
#include "core/sorted.h"

#include <stdlib.h>
#include <string.h>

/* The lines of a text, sorted when it is first asked of: a step that rewrites a long text asks
 * once a paragraph. */
struct audit_lines {
	struct slice text;
	struct slice *v;
	size_t n;
};

static int by_bytes(const void *a, const void *b)
{
	return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

static void read_lines(struct audit_lines *lines, struct slice text)
{
	const char *p = text.p, *end = text.p + text.len;
	size_t cap = 0;

	*lines = (struct audit_lines){.text = text};
	while (p && p < end) {
		const char *lf = memchr(p, '\n', (size_t)(end - p));
		size_t len = lf ? (size_t)(lf - p) : (size_t)(end - p);

		if (len > 0 && p[len - 1] == '\r')
			len--;
		MEM_GROW(lines->v, lines->n, cap);
		lines->v[lines->n++] = slice_make(p, len);
		p = lf ? lf + 1 : NULL;
	}
	if (lines->n)
		qsort(lines->v, lines->n, sizeof(*lines->v), by_bytes);
}

static const struct audit_lines *lines_of(struct audit_view *v, struct slice text)
{
	for (size_t i = 0; i < v->n_lines; i++)
		if (v->lines[i].text.p == text.p && v->lines[i].text.len == text.len)
			return &v->lines[i];
	MEM_GROW(v->lines, v->n_lines, v->cap_lines);
	read_lines(&v->lines[v->n_lines], text);
	return &v->lines[v->n_lines++];
}

/* How many of them come before the line; with it, where also: those that are it. */
static size_t count_before(const struct audit_lines *lines, struct slice line, bool also)
{
	size_t i;

	SORTED_SKIP(i, lines->n, slice_compare(lines->v[i], line) < (also ? 1 : 0));
	return i;
}

size_t audit_count_line(struct audit_view *v, struct slice text, struct slice line)
{
	const struct audit_lines *lines = lines_of(v, text);

	return count_before(lines, line, true) - count_before(lines, line, false);
}

bool audit_has_line(struct audit_view *v, struct slice text, struct slice line)
{
	return !line.len || audit_count_line(v, text, line) > 0;
}

void audit_end_lines(struct audit_view *v)
{
	for (size_t i = 0; i < v->n_lines; i++)
		free(v->lines[i].v);
	free(v->lines);
	v->lines = NULL;
	v->n_lines = v->cap_lines = 0;
}
