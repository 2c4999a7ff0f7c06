/* SPDX-License-Identifier: MIT */
#include "draft_impl.h"

#include "core/mem.h"
#include "core/ordinal.h"
#include "core/reference.h"
#include "core/sorted.h"

#include <stdlib.h>
#include <string.h>

#define NESTED_MOST 16 /* brackets within each other whose options number alike */

/* One bracket whose options are numbered alike. */
struct frame {
	uint32_t bracket, option;
	int base, most; /* the count before it, and the greatest any option reached */
};

/* One list as it is counted. */
struct list {
	int count;
	int first, last; /* values as they stand */
	uint32_t last_clause;
	bool is_outer_number; /* 1. or 1) at level 1 */
	bool short_i;
	bool met;
	size_t n_frames;
	struct frame frames[NESTED_MOST];
};

/* A clause's new core. */
struct number {
	size_t at, len; /* in pool */
	bool changes;
};

struct renumbering {
	const struct draft *d;
	struct slice text;
	const struct brackets *b;
	struct list *lists;
	struct number *numbers; /* by paragraph */
	struct str pool;
	uint32_t open[NESTED_MOST]; /* brackets with lines as options that hold the clause */
	size_t n_open, next_bracket;
	bool runs_on;      /* numbers go on through calls and headings */
	uint32_t previous; /* the outer list of numbers before, or PARAGRAPH_NONE */
};

/* A change of the text; gathered, then sorted. */
struct change {
	size_t at, del;
	size_t from, len; /* in pool */
};

static struct slice label_of(const struct renumbering *r, uint32_t i)
{
	const struct paragraph *p = &r->d->v[i];

	return slice_make(r->text.p + p->label, p->label_end - p->label);
}

static bool is_numbered(const struct renumbering *r, uint32_t i, struct ordinal *o)
{
	const struct paragraph *p = &r->d->v[i];
	struct slice label = label_of(r, i);

	return p->kind == PARA_CLAUSE && p->label_kind != LABEL_DASH &&
	       ordinal_read(label.p, label.len, o);
}

static enum ordinal_style style_of(const struct paragraph *p, const struct ordinal *o)
{
	if (p->label_kind == LABEL_ROMAN)
		return ORDINAL_ROMAN;
	return o->style == ORDINAL_ROMAN ? ORDINAL_LATIN : o->style;
}

/*
 * What each list is. Numbers run on through calls and headings where every
 * outer list but the first begins above the end of the one before it.
 */
static void survey(struct renumbering *r)
{
	struct list *before = NULL;
	struct ordinal o;
	size_t outer = 0;

	r->runs_on = true;
	for (uint32_t i = 0; i < r->d->n; i++) {
		const struct paragraph *p = &r->d->v[i];

		if (!is_numbered(r, i, &o))
			continue;
		struct list *l = &r->lists[p->list];
		if (!l->met) {
			*l = (struct list){.met = true, .first = p->value};
			l->is_outer_number =
				p->level == 1 && o.style == ORDINAL_NUMBER && o.numbers == 1;
			if (l->is_outer_number) {
				outer++;
				if (before && l->first <= before->last)
					r->runs_on = false;
				before = l;
			}
		}
		l->last = p->value;
		l->short_i = l->short_i || o.short_i;
	}
	r->runs_on = r->runs_on && outer > 1;
}

/* ------ Options of one bracket are numbered alike ------ */

static bool offers_lines(const struct bracket *k)
{
	return k->crosses && k->kind == KIND_ALTERNATIVES && k->n_options > 1;
}

static void update_open(struct renumbering *r, size_t pos)
{
	while (r->n_open && r->b->v[r->open[r->n_open - 1]].close <= pos)
		r->n_open--;
	for (; r->next_bracket < r->b->n && r->b->v[r->next_bracket].begin <= pos;
	     r->next_bracket++) {
		const struct bracket *k = &r->b->v[r->next_bracket];

		if (k->close > pos && offers_lines(k) && r->n_open < NESTED_MOST)
			r->open[r->n_open++] = (uint32_t)r->next_bracket;
	}
}

/* The last option that begins at pos or before it. */
static uint32_t option_at(const struct renumbering *r, uint32_t bracket, size_t pos)
{
	const struct bracket *k = &r->b->v[bracket];
	const struct option *options = &r->b->options[k->option];
	size_t i;

	SORTED_SKIP(i, k->n_options, !options[i].trailing && options[i].part <= pos);
	return i ? (uint32_t)i - 1 : 0;
}

static void leave_frame(struct list *l)
{
	struct frame *f = &l->frames[--l->n_frames];

	if (f->most > l->count)
		l->count = f->most;
}

static void enter_frames(struct renumbering *r, struct list *l, size_t pos)
{
	size_t same = 0;

	while (same < l->n_frames && same < r->n_open &&
	       l->frames[same].bracket == r->open[same] &&
	       l->frames[same].option == option_at(r, r->open[same], pos))
		same++;
	bool other_option = same < l->n_frames && same < r->n_open &&
			    l->frames[same].bracket == r->open[same];
	while (l->n_frames > same + other_option)
		leave_frame(l);
	if (other_option) {
		struct frame *f = &l->frames[same];

		if (l->count > f->most)
			f->most = l->count;
		l->count = f->base;
		f->option = option_at(r, f->bracket, pos);
		same++;
	}
	for (; same < r->n_open; same++) {
		l->frames[same] = (struct frame){
			r->open[same], option_at(r, r->open[same], pos), l->count, l->count};
		l->n_frames = same + 1;
	}
}

/* ------ Numbers ------ */

/* "1.2." before the last number of 1.2.3, and of the clause before it in the list. */
static bool same_prefix(const struct renumbering *r, uint32_t one, uint32_t other)
{
	struct ordinal a, b;

	if (!is_numbered(r, one, &a) || !is_numbered(r, other, &b))
		return false;
	return slice_equal(slice_make(label_of(r, one).p, a.core),
			   slice_make(label_of(r, other).p, b.core));
}

/* Appends what stands before a clause's last number: as its parent is numbered now. */
static void add_prefix(struct renumbering *r, uint32_t i, const struct ordinal *o)
{
	const struct paragraph *p = &r->d->v[i];
	struct slice label = label_of(r, i);
	size_t open = o->open ? 1 : 0;
	struct ordinal parent;

	if (o->numbers > 1 && p->parent != PARAGRAPH_NONE &&
	    is_numbered(r, p->parent, &parent) && parent.style == ORDINAL_NUMBER &&
	    parent.numbers == o->numbers - 1) {
		struct slice was = label_of(r, p->parent);
		size_t from = parent.open ? 1 : 0, len = parent.core_end - from;
		const struct number *now = &r->numbers[p->parent];

		if (len + 1 == o->core - open &&
		    memcmp(was.p + from, label.p + open, len) == 0) {
			str_reserve(&r->pool, now->len);
			str_add(&r->pool, r->pool.p + now->at, now->len);
			str_add_char(&r->pool, '.');
			return;
		}
	}
	str_add(&r->pool, label.p + open, o->core - open);
}

/* Counts the clause in its list and notes its new core. */
static void number_clause(struct renumbering *r, uint32_t i, const struct ordinal *o)
{
	const struct paragraph *p = &r->d->v[i];
	struct list *l = &r->lists[p->list];
	struct number *n = &r->numbers[i];
	struct slice label = label_of(r, i);
	size_t open = o->open ? 1 : 0;

	update_open(r, p->label);
	if (l->met) { /* the first clause of it */
		l->met = false;
		if (r->runs_on && l->is_outer_number && r->previous != PARAGRAPH_NONE)
			l->count = r->lists[r->previous].count;
		if (l->is_outer_number)
			r->previous = p->list;
	} else if (o->numbers > 1 && !same_prefix(r, i, l->last_clause)) {
		l->count = 0;
	}
	enter_frames(r, l, p->label);
	l->last_clause = i;
	l->count++;
	n->at = r->pool.len;
	add_prefix(r, i, o);
	if (!ordinal_write(&r->pool, l->count, style_of(p, o), o->upper, l->short_i)) {
		/* More than its style can say: it stays as it is. */
		str_truncate(&r->pool, n->at);
		str_add(&r->pool, label.p + open, o->core_end - open);
	}
	n->len = r->pool.len - n->at;
	n->changes = o->suffix < o->suffix_end ||
		     !slice_equal(slice_make(r->pool.p + n->at, n->len),
				  slice_make(label.p + open, o->core_end - open));
	/* A letter that says it already keeps its dress: ا) for أ). */
	if (o->suffix == o->suffix_end && o->numbers < 2 &&
	    ordinal_value(label.p + o->core, o->core_end - o->core, style_of(p, o),
			  l->short_i) == l->count)
		n->changes = false;
	if (!n->changes) {
		str_truncate(&r->pool, n->at);
		str_add(&r->pool, label.p + open, o->core_end - open);
		n->len = r->pool.len - n->at;
	}
}

/* ------ Changes ------ */

static void add_change(struct change **v, size_t *n, size_t *cap, struct change c)
{
	MEM_GROW(*v, *n, *cap);
	(*v)[(*n)++] = c;
}

static int by_place(const void *a, const void *b)
{
	const struct change *x = a, *y = b;

	return (x->at > y->at) - (x->at < y->at);
}

static size_t change_labels(struct renumbering *r, struct change **v, size_t *n, size_t *cap)
{
	struct ordinal o;
	size_t changed = 0;

	for (uint32_t i = 0; i < r->d->n; i++) {
		const struct number *k = &r->numbers[i];

		if (!k->changes || !is_numbered(r, i, &o))
			continue;
		changed++;
		size_t at = r->d->v[i].label, open = o.open ? 1 : 0, end = o.core_end;

		if (o.suffix < o.suffix_end && o.suffix == o.core_end)
			end = o.suffix_end;
		else if (o.suffix < o.suffix_end) /* after the ")" */
			add_change(
				v, n, cap,
				(struct change){at + o.suffix, o.suffix_end - o.suffix, 0, 0});
		add_change(v, n, cap, (struct change){at + open, end - open, k->at, k->len});
	}
	return changed;
}

static void change_references(struct renumbering *r, struct change **v, size_t *n, size_t *cap)
{
	struct references refs;

	draft_references(r->d, r->text, r->b, &refs);
	for (size_t i = 0; i < refs.n; i++) {
		const struct reference *ref = &refs.v[i];

		if (ref->target == PARAGRAPH_NONE || !r->numbers[ref->target].changes)
			continue;
		const struct number *k = &r->numbers[ref->target];
		add_change(
			v, n, cap,
			(struct change){ref->core, ref->core_end - ref->core, k->at, k->len});
	}
	references_release(&refs);
}

size_t draft_renumber(const struct draft *d, struct slice text, const struct brackets *b,
		      struct edits *edits)
{
	static const struct brackets none;
	struct renumbering r = {.d = d, .text = text, .b = b ? b : &none};
	struct change *changes = NULL;
	size_t n = 0, cap = 0, changed;
	struct ordinal o;

	r.previous = PARAGRAPH_NONE;
	r.lists = mem_zalloc(d->n_lists * sizeof(*r.lists));
	r.numbers = mem_zalloc(d->n * sizeof(*r.numbers));
	survey(&r);
	for (uint32_t i = 0; i < d->n; i++)
		if (is_numbered(&r, i, &o))
			number_clause(&r, i, &o);
	changed = change_labels(&r, &changes, &n, &cap);
	if (changed)
		change_references(&r, &changes, &n, &cap);
	if (n)
		qsort(changes, n, sizeof(*changes), by_place);
	for (size_t i = 0; i < n; i++) {
		const struct change *c = &changes[i];

		if (i && c->at < changes[i - 1].at + changes[i - 1].del)
			continue;
		edits_add(edits, c->at, c->del, c->len ? r.pool.p + c->from : "", c->len);
	}
	free(changes);
	free(r.lists);
	free(r.numbers);
	str_release(&r.pool);
	return changed;
}
