/* SPDX-License-Identifier: MIT */
#ifndef CORE_STR_H
#define CORE_STR_H

#include <assert.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/*
 * Bytes with a length. A str owns its bytes and grows; a slice borrows them.
 * Drafts may hold any byte, NUL among them: never strlen() one. For the
 * convenience of messages and paths, str_text() ends the bytes with a NUL that
 * is not counted.
 */

struct str {
	char *p; /* NULL while empty */
	size_t len;
	size_t cap;
};

struct slice {
	const char *p;
	size_t len;
};

#define STR_INIT                                                                               \
	{                                                                                      \
		NULL, 0, 0                                                                     \
	}
#define SLICE(lit) ((struct slice){(lit), sizeof(lit) - 1})

void str_init(struct str *s);
void str_release(struct str *s); /* frees, and leaves it as str_init() does */
void str_reserve(struct str *s, size_t more);
void str_add_text(struct str *s, const char *text); /* NUL-terminated */
void str_add_number(struct str *s, size_t n);       /* in digits */
void str_addf(struct str *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
void str_vaddf(struct str *s, const char *format, va_list ap);
/* Replaces del bytes at position at (at + del <= s->len) by len bytes of p. */
void str_splice(struct str *s, size_t at, size_t del, const void *p, size_t len);
void str_truncate(struct str *s, size_t len);
/* The bytes, ended by a NUL; valid until the next change. Never NULL. */
const char *str_text(struct str *s);
/* Hands the bytes, NUL-terminated, over to the caller, who frees them. */
char *str_detach(struct str *s);

static inline void str_clear(struct str *s) /* length 0, keeps the room */
{
	s->len = 0;
}

static inline void str_add(struct str *s, const void *p, size_t len)
{
	if (!len)
		return;
	/* One byte more, as str_reserve() has it. */
	if (s->cap - s->len <= len)
		str_reserve(s, len);
	assert(s->p && p);
	memcpy(s->p + s->len, p, len);
	s->len += len;
}

static inline void str_add_char(struct str *s, char c)
{
	if (s->cap - s->len <= 1)
		str_reserve(s, 1);
	s->p[s->len++] = c;
}

static inline void str_add_slice(struct str *s, struct slice v)
{
	str_add(s, v.p, v.len);
}

static inline struct slice str_slice(const struct str *s)
{
	return (struct slice){s->p ? s->p : "", s->len};
}

static inline struct slice slice_of(const char *text) /* of a NUL-terminated text */
{
	return (struct slice){text, strlen(text)};
}

static inline struct slice slice_make(const char *p, size_t len)
{
	return (struct slice){p, len};
}

static inline bool slice_equal(struct slice a, struct slice b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.p, b.p, a.len) == 0);
}

/* These are asked for each word of a list, and nearly always the first or last byte says no. */
static inline bool slice_is(struct slice a, const char *text)
{
	if (a.len && a.p[0] != *text)
		return false;
	return strlen(text) == a.len && (!a.len || memcmp(a.p, text, a.len) == 0);
}

static inline bool slice_starts(struct slice a, const char *text)
{
	if (*text && (!a.len || a.p[0] != *text))
		return false;
	size_t len = strlen(text);
	return a.len >= len && (!len || memcmp(a.p, text, len) == 0);
}

static inline bool slice_ends(struct slice a, const char *text)
{
	size_t len = strlen(text);

	if (a.len < len || !len)
		return !len;
	return a.p[a.len - 1] == text[len - 1] && memcmp(a.p + a.len - len, text, len) == 0;
}

/* Where `what` (not empty) stands first, or NULL: several times as fast as memmem() where its
 * first byte is rare. */
const char *slice_find(struct slice s, const char *what);
/* The line end that the text uses, by its first: "\r\n" or "\n". */
const char *slice_line_end(struct slice text);
/* How many bytes the two begin with in common, and how many they end with. */
size_t slice_common(struct slice a, struct slice b);
size_t slice_common_end(struct slice a, struct slice b);
int slice_compare(struct slice a, struct slice b); /* byte order, for sorting */
char *slice_dup(struct slice a);                   /* NUL-terminated copy, caller frees */

#endif
