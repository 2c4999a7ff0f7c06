/* SPDX-License-Identifier: MIT */
#include "compare_impl.h"

#include "core/diff.h"
#include "core/mem.h"
#include "core/utf8.h"
#include "core/word.h"

#include <assert.h>
#include <stdlib.h>

/* The words of one cell against the reference's. */

/* What stands of a paragraph, and where each byte of it is in the text. */
struct stand {
	struct str bytes;
	size_t *at;        /* by byte: its place in the text */
	size_t begin, end; /* what is compared: without label and outer blanks */
};

/* Whether what comes next is a word that nothing parts from what is there. */
static bool begins_word(struct slice before, struct slice next)
{
	enum token_kind kind = TOKEN_LINE;

	token_at(next.p, next.len, &kind);
	return before.len && kind == TOKEN_WORD && !utf8_blank_before(before.p, before.len);
}

/* apart: what the map leaves out parts words like a blank. */
static void stand_read(struct stand *s, const struct compare_column *col,
		       const struct compare_paragraph *p, bool apart)
{
	const struct project_map *map = &col->map;
	size_t end = p ? p->begin : 0;

	*s = (struct stand){.bytes = STR_INIT};
	if (!p)
		return;
	s->at = mem_array(NULL, p->end - p->begin, sizeof(*s->at));
	for (size_t i = project_map_from(map, p->begin); i < map->n && map->v[i].from < p->end;
	     i++) {
		size_t from = map->v[i].from, to = from + map->v[i].len;

		if (from < p->begin)
			from = p->begin;
		if (to > p->end)
			to = p->end;
		if (apart && from > end &&
		    begins_word(str_slice(&s->bytes),
				slice_make(col->text.text.p + from, to - from))) {
			s->at[s->bytes.len] = end;
			str_add_char(&s->bytes, ' ');
		}
		for (end = to; from < to; from++) {
			s->at[s->bytes.len] = from;
			str_add_char(&s->bytes, col->text.text.p[from]);
		}
	}
	s->begin = stands_body(str_slice(&s->bytes));
	s->end = s->bytes.len;
	while (s->end > s->begin) {
		char last = s->bytes.p[s->end - 1];

		size_t n =
			last == '\n' || last == '\r'
				? 1
				: utf8_blank_before(s->bytes.p + s->begin, s->end - s->begin);

		if (!n)
			break;
		s->end -= n;
	}
}

static void stand_release(struct stand *s)
{
	str_release(&s->bytes);
	free(s->at);
}

static struct slice stand_body(const struct stand *s)
{
	return slice_make(s->bytes.p ? s->bytes.p + s->begin : "", s->end - s->begin);
}

static bool is_blank(struct slice s)
{
	for (size_t i = 0, n; i < s.len; i += n) {
		n = s.p[i] == '\n' || s.p[i] == '\r' ? 1 : utf8_blank_at(s.p + i, s.len - i);
		if (!n)
			return false;
	}
	return true;
}

static struct slice old_of(const struct diff_op *op, struct slice old)
{
	return slice_make(old.p + op->old, op->old_end - op->old);
}

static struct slice new_of(const struct diff_op *op, struct slice new)
{
	return slice_make(new.p + op->new, op->new_end - op->new);
}

/* What two texts share too little of is one replacement. */
static void diff_bodies(struct diff *d, struct slice old, struct slice new, bool paired)
{
	struct diff_op gone = {DIFF_DELETE, 0, old.len, 0, 0};
	struct diff_op fresh = {DIFF_INSERT, old.len, old.len, 0, new.len};

	*d = (struct diff){.n = 0};
	if (paired || diff_likeness(old, new) * 3 >= 1) {
		diff_words(d, old, new);
		return;
	}
	for (int i = 0; i < 2; i++) {
		MEM_GROW(d->ops, d->n_ops, d->cap_ops);
		d->ops[d->n_ops++] = i ? fresh : gone;
	}
}

/* Blanks for other blanks do not count; apart: nor do blanks alone. */
static void drop_blanks(struct diff *d, struct slice old, struct slice new, bool apart)
{
	size_t n = 0;

	for (size_t i = 0; i < d->n_ops; i++) {
		const struct diff_op *op = &d->ops[i];

		if (i + 1 < d->n_ops && op->kind == DIFF_DELETE && op[1].kind == DIFF_INSERT &&
		    is_blank(old_of(op, old)) && is_blank(new_of(op + 1, new)))
			i++;
		else if (apart &&
			 is_blank(op->kind == DIFF_INSERT ? new_of(op, new) : old_of(op, old)))
			continue;
		else if (op->kind != DIFF_EQUAL)
			d->ops[n++] = *op;
	}
	d->n_ops = n;
}

static void add_run(struct compare_words *w, enum compare_run_kind kind, size_t begin,
		    size_t end)
{
	struct compare_run *last = w->n ? &w->v[w->n - 1] : NULL;

	if (begin == end)
		return;
	if (last && last->kind == kind && last->end == begin && kind != COMPARE_GONE) {
		last->end = end;
		return;
	}
	MEM_GROW(w->v, w->n, w->cap);
	assert(w->v);
	w->v[w->n++] = (struct compare_run){kind, begin, end};
}

static void add_gone(struct compare_words *w, struct slice words)
{
	size_t from = w->gone.len;

	str_add_slice(&w->gone, words);
	add_run(w, COMPARE_GONE, from, w->gone.len);
}

/* Writes the ops as runs over the paragraph: s is what stands of it. */
static void write_runs(struct compare_words *w, const struct compare_paragraph *p,
		       const struct stand *s, const struct diff *d, struct slice old)
{
	size_t at = p->begin;

	for (size_t i = 0; i < d->n_ops; i++) {
		const struct diff_op *op = &d->ops[i];
		size_t from = s->begin + op->new, to = s->begin + op->new_end;

		if (op->kind == DIFF_DELETE) {
			/* After what stands before it, but after a bracket that opens there. */
			size_t place = from < s->bytes.len ? s->at[from]
				       : from              ? s->at[from - 1] + 1
							   : p->body;

			add_run(w, COMPARE_KEPT, at, place > at ? place : at);
			at = place > at ? place : at;
			add_gone(w, old_of(op, old));
			continue;
		}
		for (; from < to; from++) {
			if (s->at[from] < at)
				continue;
			add_run(w, COMPARE_KEPT, at, s->at[from]);
			add_run(w, COMPARE_NEW, s->at[from], s->at[from] + 1);
			at = s->at[from] + 1;
		}
	}
	add_run(w, COMPARE_KEPT, at, p->end);
}

static void compare_bodies(struct compare_words *w, const struct compare *c,
			   const struct compare_paragraph *old,
			   const struct compare_column *col,
			   const struct compare_paragraph *new)
{
	struct stand a, b;
	struct diff d;

	stand_read(&a, &c->columns[c->reference], old, c->paired);
	stand_read(&b, col, new, c->paired);
	diff_bodies(&d, stand_body(&a), stand_body(&b), c->paired);
	drop_blanks(&d, stand_body(&a), stand_body(&b), c->paired);
	if (new)
		write_runs(w, new, &b, &d, stand_body(&a));
	else
		add_gone(w, stand_body(&a));
	diff_release(&d);
	stand_release(&a);
	stand_release(&b);
}

void compare_words(const struct compare *c, size_t row, size_t column, struct compare_words *w)
{
	const struct compare_column *col = &c->columns[column];
	const struct compare_cell *x = compare_at(c, row, column);
	const struct compare_paragraph *p = compare_paragraph(c, row, column);

	w->n = 0;
	str_clear(&w->gone);
	switch ((enum compare_state)x->state) {
	case COMPARE_SAME:
	case COMPARE_MOVED_AWAY:
	case COMPARE_FOREIGN:
		if (p)
			add_run(w, COMPARE_KEPT, p->begin, p->end);
		return;
	case COMPARE_MOVED:
		compare_bodies(w, c, compare_paragraph(c, x->other, c->reference), col, p);
		return;
	case COMPARE_CHANGED:
	case COMPARE_ADDED:
	case COMPARE_ABSENT:
		compare_bodies(w, c, compare_paragraph(c, row, c->reference), col, p);
		return;
	}
}

void compare_words_release(struct compare_words *w)
{
	free(w->v);
	str_release(&w->gone);
	*w = (struct compare_words){.n = 0};
}
