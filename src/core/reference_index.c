/* SPDX-License-Identifier: MIT */
#include "draft_impl.h"
#include "reference_impl.h"

#include "core/mem.h"
#include "core/ordinal.h"
#include "core/sorted.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unictype.h>

#define COMPARE(a, b)                                                                          \
	do {                                                                                   \
		if ((a) != (b))                                                                \
			return (a) < (b) ? -1 : 1;                                             \
	} while (0)

static int compare_label(const struct clause_key *x, const struct clause_key *y)
{
	COMPARE(x->kind, y->kind);
	COMPARE(x->value, y->value);
	COMPARE(x->suffix, y->suffix);
	COMPARE(x->clause, y->clause);
	return 0;
}

static int by_label(const void *a, const void *b)
{
	return compare_label(a, b);
}

static int by_scope(const void *a, const void *b)
{
	const struct clause_key *x = a, *y = b;

	COMPARE(x->scope, y->scope);
	return compare_label(x, y);
}

static int by_verb(const void *a, const void *b)
{
	const struct call_key *x = a, *y = b;

	COMPARE(x->call.verb, y->call.verb);
	COMPARE(x->paragraph, y->paragraph);
	return 0;
}

/* 2.1 as 2001; a lone number as itself. */
static uint32_t chain_value(const char *p, size_t len)
{
	uint32_t chain = 0, number = 0;

	for (size_t i = 0; i < len; i++) {
		if (p[i] == '.') {
			chain = (chain + number) * 1000;
			number = 0;
		} else if (p[i] >= '0' && p[i] <= '9') {
			number = number * 10 + (uint32_t)(p[i] - '0');
		}
	}
	return chain + number;
}

static uint32_t suffix_of(struct slice label)
{
	if (memmem(label.p, label.len, "bis", 3))
		return 1;
	if (memmem(label.p, label.len, "quater", 6))
		return 3;
	return memmem(label.p, label.len, "ter", 3) ? 2 : 0;
}

static void add_clause(struct clause_index *x, uint32_t i)
{
	const struct paragraph *p = &x->d->v[i];
	struct slice label = {x->text.p + p->label, p->label_end - p->label};
	struct clause_key key = {.scope = p->parent,
				 .kind = (uint32_t)p->label_kind,
				 .value = (uint32_t)p->value,
				 .clause = i};
	struct ordinal o;

	if (p->label_kind == LABEL_DASH || !ordinal_read(label.p, label.len, &o))
		return;
	if (o.suffix_end > o.suffix)
		key.suffix = suffix_of(slice_make(label.p + o.suffix, o.suffix_end - o.suffix));
	if (o.numbers > 1) {
		key.scope = p->call;
		key.value = chain_value(label.p, o.core_end);
	}
	x->by_scope[x->n++] = key;
}

void clause_index_init(struct clause_index *x, const struct draft *d, struct slice text)
{
	*x = (struct clause_index){.d = d, .text = text};
	x->by_scope = mem_array(NULL, d->n_clauses, sizeof(*x->by_scope));
	x->calls = mem_array(NULL, d->n_calls, sizeof(*x->calls));
	for (uint32_t i = 0; i < d->n; i++) {
		struct slice body = draft_body(d, text, i);

		if (d->v[i].kind == PARA_CLAUSE)
			add_clause(x, i);
		else if (d->v[i].kind == PARA_CALL &&
			 call_read(body.p, body.len, &x->calls[x->n_calls].call))
			x->calls[x->n_calls++].paragraph = i;
	}
	x->by_label = mem_dup(x->by_scope, x->n * sizeof(*x->by_scope));
	qsort(x->by_scope, x->n, sizeof(*x->by_scope), by_scope);
	qsort(x->by_label, x->n, sizeof(*x->by_label), by_label);
	qsort(x->calls, x->n_calls, sizeof(*x->calls), by_verb);
}

void clause_index_release(struct clause_index *x)
{
	free(x->by_scope);
	free(x->by_label);
	free(x->calls);
}

/* The first key not less than the one given. */
static size_t lower_bound(const struct clause_key *v, size_t n, const struct clause_key *key,
			  int (*compare)(const void *, const void *))
{
	size_t i;

	SORTED_SKIP(i, n, compare(&v[i], key) < 0);
	return i;
}

static bool same_label(const struct clause_key *a, const struct clause_key *b)
{
	return a->kind == b->kind && a->value == b->value && a->suffix == b->suffix;
}

uint32_t clause_in_scope(const struct clause_index *x, uint32_t scope,
			 const struct written_label *label)
{
	for (int other = 0; other < 2; other++) {
		struct clause_key key = {scope, other ? label->other_kind : label->kind,
					 other ? label->other_value : label->value,
					 label->suffix, 0};
		size_t at = lower_bound(x->by_scope, x->n, &key, by_scope);

		if (key.value && at < x->n && x->by_scope[at].scope == scope &&
		    same_label(&x->by_scope[at], &key))
			return x->by_scope[at].clause;
	}
	return PARAGRAPH_NONE;
}

uint32_t clause_near(const struct clause_index *x, uint32_t from, bool above,
		     const struct written_label *label)
{
	for (int other = 0; other < 2; other++) {
		struct clause_key key = {0, other ? label->other_kind : label->kind,
					 other ? label->other_value : label->value,
					 label->suffix, above ? from : from + 1};
		size_t at = lower_bound(x->by_label, x->n, &key, by_label);

		if (!key.value || (above && !at))
			continue;
		at -= above;
		if (at < x->n && same_label(&x->by_label[at], &key))
			return x->by_label[at].clause;
	}
	return PARAGRAPH_NONE;
}

size_t calls_with(const struct clause_index *x, uint16_t verb, size_t *n)
{
	size_t i;

	SORTED_SKIP(i, x->n_calls, x->calls[i].call.verb < verb);
	for (*n = 0; i + *n < x->n_calls && x->calls[i + *n].call.verb == verb; ++*n)
		;
	return i;
}

static bool is_word_at(struct slice text, size_t at, size_t end)
{
	uint32_t cp;

	if (at >= end)
		return false;
	utf8_decode(text.p + at, end - at, &cp);
	/* Chinese goes on without blanks after a number. */
	return cp != UTF8_BAD && uc_is_alnum(cp) && cp < 0x3000;
}

/* Whether a number without a parenthesis after it ends as a label does: "1,000", "2.5",
 * "10/CP.17", "3-5", "40 %" are none. */
static bool ends_as_label(struct slice text, size_t at, size_t end)
{
	if (is_word_at(text, at, end))
		return false;
	if (at + 1 < end && text.p[at] && strchr(".,/-:", text.p[at]) &&
	    text.p[at + 1] >= '0' && text.p[at + 1] <= '9')
		return false;
	return at >= end || (text.p[at] != '/' && text.p[at] != '%');
}

/* What the ordinal at p counts as. */
static void read_value(const char *p, const struct ordinal *o, struct written_label *label)
{
	const char *core = p + o->core;
	size_t len = o->core_end - o->core;

	if (o->style == ORDINAL_NUMBER) {
		label->kind = LABEL_NUMBER;
		label->value = chain_value(p, o->core_end);
	} else if (o->style == ORDINAL_ROMAN || o->may_be_roman) {
		label->kind = LABEL_LETTER;
		label->value = (uint32_t)ordinal_value(core, len, ORDINAL_LATIN, o->short_i);
		label->other_kind = LABEL_ROMAN;
		label->other_value = (uint32_t)ordinal_value(core, len, ORDINAL_ROMAN, false);
	} else {
		label->kind = LABEL_LETTER;
		label->value = (uint32_t)ordinal_value(core, len, o->style, o->short_i);
	}
}

bool written_label_read(struct slice text, size_t at, size_t end, struct written_label *label)
{
	struct ordinal o;
	size_t most = end - at < 40 ? end - at : 40, stop;
	bool closed;

	if (!ordinal_read(text.p + at, most, &o))
		return false;
	stop = o.core_end;
	if (o.suffix_end > o.suffix && o.suffix == o.core_end)
		stop = o.suffix_end;
	closed = stop < most && text.p[at + stop] == ')';
	if (o.style == ORDINAL_NUMBER ? o.core_end - o.core > 3 : !closed)
		return false;
	if (!closed && !ends_as_label(text, at + stop, end))
		return false;
	*label = (struct written_label){.begin = at,
					.end = at + stop + closed,
					.core = at + (o.open ? 1 : 0),
					.core_end = at + stop,
					.bare = !closed};
	if (stop > o.core_end)
		label->suffix = suffix_of(slice_make(text.p + at + o.suffix, stop - o.suffix));
	read_value(text.p + at, &o, label);
	return label->value || label->other_value;
}
