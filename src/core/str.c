/* SPDX-License-Identifier: MIT */
#include "core/str.h"

#include "core/mem.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Bytes: what the smallest allocation has room for anyway, and half as much again. */
#define STR_LEAST 24

void str_init(struct str *s)
{
	*s = (struct str)STR_INIT;
}

void str_release(struct str *s)
{
	free(s->p);
	str_init(s);
}

void str_reserve(struct str *s, size_t more)
{
	/* One byte more, so that str_text() never moves the bytes. */
	if (s->len + more + 1 <= s->cap)
		return;
	s->cap = mem_grown(s->cap < STR_LEAST ? STR_LEAST : s->cap, s->len + more + 1);
	s->p = mem_array(s->p, s->cap, 1);
}

void str_add_text(struct str *s, const char *text)
{
	str_add(s, text, strlen(text));
}

void str_vaddf(struct str *s, const char *format, va_list ap)
{
	va_list again;
	int len;

	va_copy(again, ap);
	len = vsnprintf(NULL, 0, format, again);
	va_end(again);
	assert(len >= 0);
	str_reserve(s, (size_t)len);
	vsnprintf(s->p + s->len, (size_t)len + 1, format, ap);
	s->len += (size_t)len;
}

void str_add_number(struct str *s, size_t n)
{
	char digits[3 * sizeof n];
	size_t at = sizeof digits;

	do {
		digits[--at] = (char)('0' + n % 10);
		n /= 10;
	} while (n);
	str_add(s, digits + at, sizeof digits - at);
}

void str_addf(struct str *s, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	str_vaddf(s, format, ap);
	va_end(ap);
}

void str_splice(struct str *s, size_t at, size_t del, const void *p, size_t len)
{
	assert(at <= s->len && del <= s->len - at);
	str_reserve(s, len);
	memmove(s->p + at + len, s->p + at + del, s->len - at - del);
	if (len)
		memcpy(s->p + at, p, len);
	s->len = s->len - del + len;
}

void str_truncate(struct str *s, size_t len)
{
	assert(len <= s->len);
	s->len = len;
}

const char *str_text(struct str *s)
{
	str_reserve(s, 0);
	s->p[s->len] = '\0';
	return s->p;
}

char *str_detach(struct str *s)
{
	char *p;

	str_text(s);
	p = s->p;
	str_init(s);
	return p;
}

const char *slice_find(struct slice s, const char *what)
{
	const char *p = s.p, *end = s.p + s.len;
	size_t len = strlen(what);

	while (p < end && (p = memchr(p, *what, (size_t)(end - p)))) {
		if ((size_t)(end - p) >= len && memcmp(p, what, len) == 0)
			return p;
		p++;
	}
	return NULL;
}

#define BLOCK 256 /* bytes compared at once: most of two versions of a text is the same */

size_t slice_common(struct slice a, struct slice b)
{
	size_t most = a.len < b.len ? a.len : b.len, n = 0;

	while (n + BLOCK <= most && memcmp(a.p + n, b.p + n, BLOCK) == 0)
		n += BLOCK;
	while (n + 8 <= most && memcmp(a.p + n, b.p + n, 8) == 0)
		n += 8;
	while (n < most && a.p[n] == b.p[n])
		n++;
	return n;
}

size_t slice_common_end(struct slice a, struct slice b)
{
	size_t most = a.len < b.len ? a.len : b.len, n = 0;
	const char *p = most ? a.p + a.len : NULL, *q = most ? b.p + b.len : NULL;

	while (n + BLOCK <= most && memcmp(p - n - BLOCK, q - n - BLOCK, BLOCK) == 0)
		n += BLOCK;
	while (n + 8 <= most && memcmp(p - n - 8, q - n - 8, 8) == 0)
		n += 8;
	while (n < most && p[-1 - (ptrdiff_t)n] == q[-1 - (ptrdiff_t)n])
		n++;
	return n;
}

int slice_compare(struct slice a, struct slice b)
{
	size_t len = a.len < b.len ? a.len : b.len;
	int order = len ? memcmp(a.p, b.p, len) : 0;

	if (order)
		return order;
	return (a.len > b.len) - (a.len < b.len);
}

char *slice_dup(struct slice a)
{
	char *p = mem_alloc(a.len + 1);

	if (a.len)
		memcpy(p, a.p, a.len);
	p[a.len] = '\0';
	return p;
}

const char *slice_line_end(struct slice text)
{
	const char *lf = text.len ? memchr(text.p, '\n', text.len) : NULL;

	return lf && lf > text.p && lf[-1] == '\r' ? "\r\n" : "\n";
}
