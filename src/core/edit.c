/* SPDX-License-Identifier: MIT */
#include "core/edit.h"

#include "core/mem.h"
#include "core/sorted.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

void edits_release(struct edits *e)
{
	free(e->v);
	str_release(&e->bytes);
	*e = (struct edits)EDITS_INIT;
}

void edits_clear(struct edits *e)
{
	e->n = 0;
	str_clear(&e->bytes);
}

/*
 * An insertion where a deletion begins stands before it: so it stays with the
 * text before, and what replaces the deleted text comes after it.
 */
static bool stands_after(const struct edit *one, size_t at, size_t del)
{
	if (one->at != at)
		return one->at > at;
	return one->del > 0 && del == 0;
}

/* The index at which an edit has to be put; equal ones keep their order. */
static size_t index_for(const struct edits *e, size_t at, size_t del)
{
	size_t i;

	if (e->n == 0 || !stands_after(&e->v[e->n - 1], at, del))
		return e->n; /* the usual case: made from left to right */
	SORTED_SKIP(i, e->n, !stands_after(&e->v[i], at, del));
	return i;
}

void edits_add(struct edits *e, size_t at, size_t del, const char *p, size_t len)
{
	size_t i = index_for(e, at, del);

	assert(at + del >= at);
	assert(i == 0 || e->v[i - 1].at + e->v[i - 1].del <= at);
	assert(i == e->n || at + del <= e->v[i].at);
	MEM_GROW(e->v, e->n, e->cap);
	if (i < e->n)
		memmove(e->v + i + 1, e->v + i, (e->n - i) * sizeof(*e->v));
	e->v[i] = (struct edit){at, del, e->bytes.len, len};
	e->n++;
	str_add(&e->bytes, p, len);
}

void edits_apply(const struct edits *e, struct slice original, struct str *out)
{
	size_t done = 0;

	/* No more than that, but for what is deleted. */
	str_reserve(out, original.len + e->bytes.len);
	for (size_t i = 0; i < e->n; i++) {
		const struct edit *one = &e->v[i];

		assert(done <= one->at && one->at + one->del <= original.len);
		str_add(out, original.p + done, one->at - done);
		if (one->len > 0)
			str_add(out, e->bytes.p + one->from, one->len);
		done = one->at + one->del;
	}
	if (done < original.len)
		str_add(out, original.p + done, original.len - done);
}

/*
 * A position stands for the byte at it: what is inserted there pushes it on;
 * where that byte is deleted, it is where the replacement begins.
 */
size_t edits_map(const struct edits *e, size_t pos)
{
	size_t mapped = pos;

	for (size_t i = 0; i < e->n && e->v[i].at <= pos; i++) {
		const struct edit *one = &e->v[i];

		if (pos < one->at + one->del)
			return mapped - (pos - one->at);
		mapped = mapped + one->len - one->del;
	}
	return mapped;
}
