/* SPDX-License-Identifier: MIT */
#include "core/blame.h"

#include "core/diff.h"
#include "core/mem.h"
#include "core/word.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void blame_runs_release(struct blame_runs *runs)
{
	free(runs->v);
	*runs = (struct blame_runs){NULL, 0, 0};
}

void blame_add(struct blame_runs *runs, size_t begin, size_t end, size_t at)
{
	struct blame_run *last = runs->n ? &runs->v[runs->n - 1] : NULL;

	if (begin >= end)
		return;
	if (last && last->end == begin && last->at + (last->end - last->begin) == at) {
		last->end = end;
		return;
	}
	MEM_GROW(runs->v, runs->n, runs->cap);
	assert(runs->v);
	runs->v[runs->n++] = (struct blame_run){begin, end, at};
}

/* A stretch that is the same in both; by `new`. */
struct same {
	size_t old, new, len;
};

struct sames {
	struct same *v;
	size_t n, cap;
};

static void add_same(struct sames *s, size_t old, size_t new, size_t len)
{
	struct same *last = s->n ? &s->v[s->n - 1] : NULL;

	if (!len)
		return;
	if (last && last->old + last->len == old && last->new + last->len == new) {
		last->len += len;
		return;
	}
	MEM_GROW(s->v, s->n, s->cap);
	s->v[s->n++] = (struct same){old, new, len};
}

static int by_new(const void *a, const void *b)
{
	const struct same *x = a, *y = b;

	return x->new < y->new ? -1 : x->new > y->new;
}

static void find_same(struct slice old, struct slice new, struct sames *s)
{
	struct diff d;
	size_t head, tail;

	diff_frame(old, new, &head, &tail);
	add_same(s, 0, 0, head);
	diff_texts(&d, slice_make(old.p + head, old.len - tail - head),
		   slice_make(new.p + head, new.len - tail - head));
	for (size_t i = 0; i < d.n; i++) {
		const struct diff_pair *p = &d.pairs[i];

		if (p->change == DIFF_SAME)
			add_same(s, head + p->old_begin, head + p->new_begin,
				 p->new_end - p->new_begin);
		for (size_t k = 0; k < p->n_ops; k++) {
			const struct diff_op *op = &d.ops[p->op + k];

			if (op->kind == DIFF_EQUAL)
				add_same(s, head + op->old, head + op->new,
					 op->new_end - op->new);
		}
	}
	diff_release(&d);
	add_same(s, old.len - tail, new.len - tail, tail);
	if (s->n)
		qsort(s->v, s->n, sizeof(*s->v), by_new);
}

/* Whether a stretch is blanks and line ends alone. */
static bool is_blank(struct slice text, size_t begin, size_t end)
{
	enum token_kind kind;

	for (size_t len; begin < end; begin += len) {
		len = token_at(text.p + begin, end - begin, &kind);
		if (kind != TOKEN_BLANK && kind != TOKEN_LINE)
			return false;
	}
	return true;
}

void blame_step(struct slice older, struct slice newer, const struct blame_runs *runs,
		struct blame_runs *stayed, struct blame_runs *came)
{
	struct sames s = {NULL, 0, 0};
	size_t k = 0;

	find_same(older, newer, &s);
	for (size_t i = 0; i < runs->n; i++) {
		size_t at = runs->v[i].at, len = runs->v[i].end - runs->v[i].begin;
		size_t end = at + len, from = runs->v[i].begin;

		/* Runs are by begin in the text asked about; places may go back. */
		if (k && (k >= s.n || s.v[k].new > at))
			k = 0;
		while (k < s.n && s.v[k].new + s.v[k].len <= at)
			k++;
		for (size_t j = k; at < end; j++) {
			size_t stop = j < s.n && s.v[j].new < end ? s.v[j].new : end;

			if (stop > at) {
				/* Nobody asks who brought a blank. */
				if (!is_blank(newer, at, stop))
					blame_add(came, from, from + (stop - at), at);
				from += stop - at;
				at = stop;
			}
			if (j >= s.n || at >= end)
				continue;
			stop = s.v[j].new + s.v[j].len < end ? s.v[j].new + s.v[j].len : end;
			blame_add(stayed, from, from + (stop - at),
				  s.v[j].old + (at - s.v[j].new));
			from += stop - at;
			at = stop;
		}
	}
	free(s.v);
}

bool blame_back(struct slice older, struct slice newer, size_t *begin, size_t *end)
{
	struct sames s = {NULL, 0, 0};
	size_t from = 0, to = older.len, covered = 0, first = SIZE_MAX, last = 0;
	bool changed, begins = false, ends = false;

	find_same(older, newer, &s);
	for (size_t i = 0; i < s.n; i++) {
		size_t b = s.v[i].new, e = b + s.v[i].len;
		size_t in = b > *begin ? b : *begin, out = e < *end ? e : *end;

		if (in < out) {
			size_t o = s.v[i].old + (in - b);

			covered += out - in;
			begins |= in == *begin;
			ends |= out == *end;
			first = o < first ? o : first;
			last = o + (out - in) > last ? o + (out - in) : last;
		}
		/* The neighbours that stayed: what was between them stood in its place. */
		if (e <= *begin)
			from = s.v[i].old + s.v[i].len;
		if (b >= *end && to == older.len)
			to = s.v[i].old;
	}
	/* An end that changed reaches to the neighbour that stayed. */
	if (first == SIZE_MAX) {
		first = from;
		last = to > from ? to : from;
	}
	changed = covered < *end - *begin || last - first != *end - *begin;
	if (!begins && from <= first)
		first = from;
	if (!ends && to >= last)
		last = to;
	while (first < last && (older.p[first] == ' ' || older.p[first] == '\n'))
		first++;
	while (last > first && (older.p[last - 1] == ' ' || older.p[last - 1] == '\n'))
		last--;
	free(s.v);
	*begin = first;
	*end = last;
	return changed;
}

void blame_word(struct slice text, size_t at, size_t *begin, size_t *end)
{
	enum token_kind kind = TOKEN_LINE;
	size_t line = at < text.len ? at : text.len, i, len = 0;

	while (line > 0 && text.p[line - 1] != '\n')
		line--;
	for (i = line; i < text.len; i += len) {
		len = token_at(text.p + i, text.len - i, &kind);
		if (i + len > at && kind != TOKEN_BLANK)
			break;
		if (kind == TOKEN_LINE && i >= at)
			break;
	}
	*begin = i < text.len ? i : text.len;
	*end = i < text.len && kind != TOKEN_LINE ? i + len : *begin;
}
