/* SPDX-License-Identifier: MIT */
#include "merge_said.h"

#include "core/mem.h"

#include <stdlib.h>

/* The wordings of a place that is contested, and who wants them. */

/* ---- its changes ---- */

/* What decided a point of which others want something else: its option is on offer as long as
 * the point is. */
static bool is_reopened(const struct said *s, const struct place *p, const struct change *x)
{
	for (size_t i = p->first; x->fate == FATE_DECIDED && i < p->first + p->n; i++) {
		const struct change *y = &s->changes[s->items[i].index];

		if (!s->items[i].offer && x != y && changes_overlap(x, y))
			return true;
	}
	return false;
}

/* False where there are more than can be looked at. */
static bool wordings_init(const struct said *s, const struct place *p, struct wordings *w)
{
	*w = (struct wordings){
		.a = p->a, .b = p->b, .change = mem_array(NULL, p->n + 1, sizeof(uint32_t))};
	for (size_t i = p->first; i < p->first + p->n; i++)
		if (!s->items[i].offer && !is_reopened(s, p, &s->changes[s->items[i].index]))
			w->change[w->n++] = s->items[i].index;
	return wordings_find(s, w);
}

static void wordings_release(struct wordings *w)
{
	free(w->change);
}

/* ---- a wording's pieces ---- */

/* Pieces of one text that stand side by side in it. */
struct stretch {
	const struct input *in;
	const struct piece *v;
	size_t c, d;
	struct slice gap; /* before it */
};

struct stretches {
	struct stretch *v;
	size_t n;
	struct slice pending; /* the gap before what comes next; p NULL: its own */
};

static void add_stretch(struct stretches *x, const struct input *in, const struct piece *v,
			size_t c, size_t d)
{
	if (c == d)
		return;
	x->v[x->n++] =
		(struct stretch){in, v, c, d, x->pending.p ? x->pending : piece_gap(in, v, c)};
	x->pending = slice_make(NULL, 0);
}

/* The base's [p->a, p->b) with these changes. The caller frees out->v. */
static void stretches_make(const struct said *s, const struct place *p,
			   const struct wordings *w, uint32_t set, struct stretches *out)
{
	size_t at = p->a;

	*out = (struct stretches){.v = mem_array(NULL, 2 * w->n + 1, sizeof(struct stretch))};
	for (size_t i = 0; i < w->n; i++) {
		const struct change *x = &s->changes[w->change[i]];

		if (!(set & 1u << i))
			continue;
		if (x->a > at)
			add_stretch(out, s->in, s->ref, at, x->a);
		if (x->before.p)
			out->pending = x->before;
		add_stretch(out, x->in, x->v, x->c, x->d);
		if (x->after.p)
			out->pending = x->after;
		at = x->b;
	}
	if (at < p->b)
		add_stretch(out, s->in, s->ref, at, p->b);
}

/* ---- whether it can stand in brackets ---- */

/* A wording as a text of its own, with what the base has around it. */
struct composed {
	struct str text;
	struct input in;
	struct piece *v;
	size_t n, c, d;
};

static void compose(struct composed *x, const struct input *in, const struct piece *v, size_t c,
		    size_t d, struct slice gap)
{
	for (size_t i = c; i < d; i++) {
		struct piece *p = &x->v[x->n++];

		str_add_slice(&x->text, i == c ? gap : piece_gap(in, v, i));
		*p = v[i];
		p->spliced = false;
		p->begin = x->text.len;
		str_add(&x->text, in->text.p + v[i].begin, v[i].end - v[i].begin);
		p->end = x->text.len;
		if (i == c && x->n > 1)
			p->blank = gap.len > 0;
	}
}

#define NEXT_TO 3 /* pieces that region_unsettled() looks at beyond a wording */

static void composed_make(const struct said *s, const struct place *p, const struct wordings *w,
			  uint32_t set, struct composed *x)
{
	size_t before = p->a < NEXT_TO ? p->a : NEXT_TO;
	size_t after = s->n_ref - p->b < NEXT_TO ? s->n_ref - p->b : NEXT_TO, total;
	struct stretches st;
	struct slice gap;

	stretches_make(s, p, w, set, &st);
	total = before + after;
	for (size_t i = 0; i < st.n; i++)
		total += st.v[i].d - st.v[i].c;
	*x = (struct composed){.v = mem_array(NULL, total + 1, sizeof(struct piece))};
	compose(x, s->in, s->ref, p->a - before, p->a, slice_make("", 0));
	x->c = x->n;
	for (size_t i = 0; i < st.n; i++)
		compose(x, st.v[i].in, st.v[i].v, st.v[i].c, st.v[i].d, st.v[i].gap);
	x->d = x->n;
	gap = p->b < s->n_ref ? piece_gap(s->in, s->ref, p->b) : slice_make("", 0);
	if (st.pending.p)
		gap = st.pending;
	if (after)
		compose(x, s->in, s->ref, p->b, p->b + after, gap);
	x->in.text = str_slice(&x->text);
	free(st.v);
}

static void composed_release(struct composed *x)
{
	str_release(&x->text);
	free(x->v);
}

int place_unsettled(struct said *s, const struct place *p)
{
	struct wordings w;
	struct composed x[SETS_MOST];
	struct variant v[SETS_MOST];
	struct span spans[SETS_MOST];
	struct region region = {.a = p->a, .b = p->b, .of = spans};
	struct regions r = {
		.variants = v, .ref = s->ref, .n_ref = s->n_ref, .in = s->in, .merging = true};
	int side = 0;

	if (wordings_init(s, p, &w)) {
		for (size_t i = 0; i < w.n_sets; i++) {
			composed_make(s, p, &w, w.set[i], &x[i]);
			v[i] = (struct variant){.in = &x[i].in, .v = x[i].v, .n = x[i].n};
			spans[i] = (struct span){x[i].c, x[i].d};
		}
		r.n_variants = w.n_sets;
		side = region_unsettled(&r, &region);
		for (size_t i = 0; i < w.n_sets; i++)
			composed_release(&x[i]);
	}
	wordings_release(&w);
	return side;
}

/* ---- as a point ---- */

static void write_stretches(struct writer *to, const struct stretches *x)
{
	for (size_t i = 0; i < x->n; i++) {
		if (i)
			write_bytes(to, x->v[i].gap);
		write_pieces(to, x->v[i].in, x->v[i].v, x->v[i].c, x->v[i].d);
	}
}

/* A bracket and nothing else, that offers its text: the text. */
static void without_bracket(const struct stretches *x, struct str *text)
{
	const struct stretch *st = x->v;
	const struct brackets *b;
	const struct point *p;
	const struct option *o;

	if (x->n != 1 || st->d - st->c != 1 || st->v[st->c].kind != PIECE_POINT)
		return;
	b = &st->in->b;
	p = &b->points[brackets_point_from(b, st->v[st->c].begin)];
	if (p->n_brackets != 1 || p->n_options != 1 || p->kind != KIND_OPTIONAL)
		return;
	o = point_option(b, p, 0);
	if (o->n_parties || o->begin == o->end)
		return;
	str_clear(text);
	str_add(text, st->in->text.p + o->begin, o->end - o->begin);
}

static struct choice *add_wording(const struct stretches *x, struct writer *wr,
				  struct choices *to)
{
	struct writer inner;

	write_init(&inner, wr->w, true, wr->escape);
	write_stretches(&inner, x);
	without_bracket(x, &inner.out);
	return choices_add(to, &inner.out);
}

/* What of a set others cannot agree with; all of it where all agree. */
static uint32_t contested(const struct wordings *w, uint32_t set)
{
	uint32_t any = 0;

	for (size_t i = 0; i < w->n; i++)
		if (w->clash[i])
			any |= 1u << i;
	return any ? set & any : set;
}

static void add_parties(const struct said *s, const struct wordings *w, uint32_t set,
			struct choice *c)
{
	for (size_t k = 1; k <= 2; k++) {
		uint32_t own = contested(w, set_of_side(s, w, k));

		if (own && !(own & ~set))
			choice_add_party(c, s->m->party[k]);
	}
	for (size_t i = 0; i < s->n_speeches; i++) {
		const struct speech *x = &s->speeches[i];
		uint32_t own = contested(w, set_of_speech(s, w, x));

		for (size_t j = 0; own && !(own & ~set) && j < x->n_who; j++)
			choice_add_party(c, x->who[j]);
	}
}

/* The id the point keeps. */
static struct slice id_of(const struct said *s, const struct place *p)
{
	struct slice id = {"", 0};

	for (size_t i = 0; i < s->n_offers; i++) {
		const struct offer *o = &s->offers[i];

		if (!o->id.len || o->a < p->a || o->b > p->b)
			continue;
		if (!id.len || slice_compare(o->id, id) < 0)
			id = o->id;
	}
	return id;
}

/* One point of the base that both changed. */
static bool is_old_point(const struct said *s, const struct place *p)
{
	for (size_t i = p->first; i < p->first + p->n; i++)
		if (s->items[i].offer && !s->offers[s->items[i].index].extends)
			return false;
	return p->b - p->a == 1 && s->ref[p->a].kind == PIECE_POINT;
}

static bool write_old_point(struct said *s, const struct place *p, struct writer *wr,
			    size_t *options)
{
	struct merge_stretch st[3] = {
		{.in = &s->m->w.inputs[0], .v = s->ref, .c = p->a, .d = p->b}};

	for (size_t k = 1; k <= 2; k++)
		st[k] = (struct merge_stretch){
			.in = s->side[k].in, .v = s->side[k].v, .c = p->c[k], .d = p->d[k]};
	return merge_contest(s->m, wr, st, false, options);
}

bool place_write(struct said *s, const struct place *p, struct writer *wr, size_t *options)
{
	struct choices list = {.n = 0}, all = {.n = 0};
	struct stretch own = {s->in, s->ref, p->a, p->b, slice_make("", 0)};
	struct stretches base = {.v = &own, .n = 1};
	struct wordings w;
	bool good;

	if (is_old_point(s, p))
		return write_old_point(s, p, wr, options);
	good = wordings_init(s, p, &w);
	for (size_t i = 0; good && i < w.n_sets; i++) {
		struct stretches x;

		stretches_make(s, p, &w, w.set[i], &x);
		add_parties(s, &w, w.set[i], add_wording(&x, wr, &list));
		free(x.v);
	}
	choices_sort(&list);
	if (p->a < p->b)
		add_wording(&base, wr, &all);
	for (size_t i = 0; i < list.n; i++)
		choices_add_all(&all, &list.v[i]);
	good = good && choices_write(wr, &all, id_of(s, p), false);
	*options = all.n;
	choices_release(&list);
	choices_release(&all);
	wordings_release(&w);
	return good;
}
