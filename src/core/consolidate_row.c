/* SPDX-License-Identifier: MIT */
#include "consolidate_impl.h"

#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

/*
 * One row, written and read back: first as a delegate would have it, and where that
 * does not give what was wanted, more and more plainly.
 */

#define ROUNDS 8 /* of widening regions, before the whole paragraph is one point */

static const struct piece *ref_pieces(const struct plan *p)
{
	return p->in->pieces + p->unit->piece;
}

static bool is_whole(const struct plan *p, size_t k)
{
	return p->all_whole || p->whole[k];
}

/* A heading's mark, or (where asked for) a mark that stands before labels. */
static bool is_lead(const struct plan *p, const struct input *in, const struct piece *v)
{
	return v->kind == PIECE_HEADING ||
	       (p->marks && v->kind == PIECE_MARK && v->end - v->begin == 1 &&
		strchr("*_>", in->text.p[v->begin]));
}

/* How many pieces stay outside the brackets: those that all wordings begin with. */
static size_t pieces_outside(const struct plan *p)
{
	const struct piece *ref = ref_pieces(p);
	size_t n = 0;

	if ((p->ref && !p->marks) || p->labels || p->lines)
		return 0;
	while (n + 1 < p->unit->n_pieces && is_lead(p, p->in, &ref[n]))
		n++;
	for (size_t k = 0; k < p->n; k++)
		for (size_t i = 0; is_whole(p, k) && i < n; i++)
			if (i + 1 >= p->v[k].n || p->v[k].v[i].key != ref[i].key)
				n = i;
	return n;
}

/* ---- wordings of a whole paragraph ---- */

/* Whether labels stand in the brackets: those of new paragraphs do, unless that fails. */
static bool labels_inside(const struct plan *p)
{
	return p->ref ? !p->marks : p->labels;
}

static struct slice label_of(const struct input *in, const struct unit *u)
{
	return slice_make(in->text.p + u->label, u->body - u->label);
}

/* A paragraph as an option: with its label where it stands in brackets with it. */
static void write_unit(struct writer *wr, const struct plan *p, const struct input *in,
		       const struct unit *u, size_t from)
{
	if (labels_inside(p))
		write_bytes(wr, label_of(in, u));
	write_pieces(wr, in, in->pieces + u->piece, from, u->n_pieces);
}

static int by_first(const void *x, const void *y)
{
	const struct wording *a = x, *b = y;

	return (a->who ? a->who[0] : -1) - (b->who ? b->who[0] : -1);
}

/* Who wants the row at all: the parties of the outer bracket of what is new. */
static uint16_t *everyone(const struct plan *p, size_t *n)
{
	uint16_t *list = NULL;

	*n = 0;
	for (size_t i = 1; i < p->w->n; i++) {
		bool apart = false;

		for (size_t k = 0; k < p->n && !apart; k++)
			for (size_t j = 0; is_whole(p, k) && j < p->v[k].n_who; j++)
				apart = apart || p->v[k].who[j] == i;
		if (p->row->unit[i] != NONE && !apart)
			plan_add(&list, n, i);
	}
	return list;
}

/*
 * The paragraph in brackets: the reference (with its own points inside), the wordings
 * that share too little with it, and no text.
 */
static bool write_outer(struct writer *wr, struct plan *p, struct slice reference, size_t from)
{
	struct wording *v = mem_zalloc((p->n + 3) * sizeof(*v));
	uint16_t *all = NULL;
	size_t n = 1, n_all = 0;
	bool good;

	if (p->ref)
		all = everyone(p, &n_all);
	v[0] = (struct wording){.who = all, .n_who = n_all};
	str_add_slice(&v[0].text, reference);
	for (size_t k = 0; k < p->n; k++) {
		struct writer option;

		if (!is_whole(p, k))
			continue;
		write_init(&option, p->w, true, p->escape);
		write_unit(&option, p, p->v[k].in, p->v[k].unit, from);
		v[n++] = (struct wording){
			.text = option.out, .who = p->v[k].who, .n_who = p->v[k].n_who};
	}
	if (p->n_none)
		v[n++] = (struct wording){.who = p->none, .n_who = p->n_none, .none = true};
	if (p->closed)
		v[n++] = (struct wording){.none = true};
	qsort(v, n, sizeof(*v), by_first);
	good = write_point(wr, v, n, p->lines);
	for (size_t k = 0; k < n; k++)
		str_release(&v[k].text);
	free(v);
	free(all);
	return good;
}

static bool has_outer(const struct plan *p)
{
	bool outer = p->ref || p->n_none;

	for (size_t k = 0; k < p->n; k++)
		outer = outer || is_whole(p, k);
	return outer;
}

/* Writes the row with these regions. Returns SIZE_MAX, or the region that cannot be written
 * (r->n: it is not a region). */
static size_t compose(struct plan *p, const struct regions *r, struct str *out)
{
	size_t from = pieces_outside(p), bad;
	bool outer = has_outer(p);
	struct writer wr, inner;

	write_init(&wr, p->w, false, p->escape);
	str_reserve(&wr.out, 2 * (p->unit->end - p->unit->begin));
	if (!p->ref)
		write_bytes(&wr, slice_make(p->in->text.p + p->unit->begin,
					    (p->labels ? p->unit->label : p->unit->body) -
						    p->unit->begin));
	else if (!labels_inside(p))
		write_bytes(&wr, label_of(p->in, p->unit));
	if (!outer) {
		bad = write_regions(&wr, r, 0, false, NULL, 0);
	} else {
		if (from) {
			const struct piece *v = ref_pieces(p);
			write_bytes(&wr, slice_make(p->in->text.p + v[0].begin,
						    v[from].begin - v[0].begin));
		}
		write_init(&inner, p->w, true, p->escape);
		if (labels_inside(p))
			write_bytes(&inner, label_of(p->in, p->unit));
		bad = write_regions(&inner, r, from, p->ref > 0, p->same, p->n_same);
		if (bad == SIZE_MAX && !write_outer(&wr, p, str_slice(&inner.out), from))
			bad = r->n;
		str_release(&inner.out);
	}
	if (!p->ref)
		write_bytes(&wr, slice_make(p->in->text.p + p->unit->body_end,
					    p->unit->end - p->unit->body_end));
	str_release(out);
	*out = wr.out;
	return bad;
}

/* ---- words ---- */

/* The last region that begins where an input's paragraph stops being right; NONE where that
 * cannot be told. */
static size_t suspect(const struct plan *p, const struct regions *r, size_t input, size_t at)
{
	const struct input *in = p->in;
	const struct piece *v = r->ref;
	size_t k = r->n_variants, len = 0, region = 0;

	for (size_t i = 0; i < r->n_variants; i++)
		for (size_t j = 0; j < r->variants[i].n_who; j++)
			if (r->variants[i].who[j] == input)
				k = i;
	if (k < r->n_variants) {
		in = r->variants[k].in;
		v = r->variants[k].v;
	}
	for (size_t i = 0; region < r->n; i++) {
		const struct region *x = &r->v[region];
		size_t begin = k < r->n_variants ? x->of[k].c : x->a;

		while (region < r->n && begin == i) {
			if (len > at)
				return region ? region - 1 : 0;
			if (++region < r->n)
				begin = k < r->n_variants ? r->v[region].of[k].c
							  : r->v[region].a;
		}
		if (region == r->n)
			break;
		if (v[i].kind == PIECE_POINT)
			return NONE;
		len += v[i].blank + (v[i].end - v[i].begin) -
		       (escape_at(in->text.p + v[i].begin, v[i].end - v[i].begin) > 0);
	}
	return r->n ? r->n - 1 : NONE;
}

/* What would be read as the parties of the bracket before it goes into it, whole. */
static bool take_parenthesis(struct regions *r, size_t region)
{
	size_t n = r->n, most = 16;
	bool wider = false, closed = false;

	while (!closed && most-- > 0 && region < r->n && r->n == n &&
	       r->v[region].b < r->n_ref && regions_widen(r, region, false)) {
		wider = true;
		if (r->n == n)
			closed = r->in->text.p[r->ref[r->v[region].b - 1].begin] == ')';
	}
	return wider;
}

/* Makes the next attempt differ: an id after the region, or a wider one. */
static bool improve(struct regions *r, size_t region, size_t round)
{
	bool wider = false;

	if (region == NONE || region >= r->n) {
		/* Where it cannot be told: all of them, from the last to the first. */
		for (size_t k = r->n; k-- > 0;)
			if (k < r->n)
				wider = regions_widen(r, k, round % 2 == 0) || wider;
		return wider;
	}
	if (r->v[region].b < r->n_ref) {
		const struct piece *next = &r->ref[r->v[region].b];
		char c = r->in->text.p[next->begin];

		if (!r->v[region].id && !next->blank && (c == '(' || c == '{')) {
			r->v[region].id = true;
			return true;
		}
		r->v[region].id = false;
		if (c == '(')
			return take_parenthesis(r, region);
	}
	return regions_widen(r, region, round % 3 != 1);
}

static bool write_words(struct plan *p, enum way way, struct str *out)
{
	struct variant *inner = mem_array(NULL, p->n, sizeof(*inner));
	struct regions r;
	size_t n = 0;
	bool good = false;

	for (size_t k = 0; k < p->n; k++)
		if (!is_whole(p, k))
			inner[n++] = p->v[k];
	unit_pieces(p->w, p->in, p->unit);
	regions_find(&r, p->w, p->in, ref_pieces(p), p->unit->n_pieces, inner, n);
	for (size_t round = 0; round < ROUNDS && !good; round++) {
		size_t bad = compose(p, &r, out), input = 0, at = 0;

		if (bad == SIZE_MAX && p->w->later && way == WAY_WORDS) {
			good = true;
		} else if (bad == SIZE_MAX) {
			good = row_reads_back(p->w, p->row, str_slice(out), p->read, &input,
					      &at);
			if (!good)
				bad = suspect(p, &r, input, at);
		} else if (bad == r.n) {
			break;
		}
		if (!good && (!r.n || !improve(&r, bad, round)))
			break;
	}
	regions_release(&r);
	free(inner);
	return good;
}

/* ---- each wording a paragraph of its own ---- */

static void next_paragraph(const struct work *w, struct str *out)
{
	if (!out->len)
		return;
	str_add_slice(out, w->line_end);
	str_add_slice(out, w->line_end);
}

static void write_one(struct plan *p, const struct input *in, const struct unit *u,
		      struct wording *v, size_t n, struct str *out)
{
	struct writer option, wr;
	bool labels = p->labels;

	p->labels = true;
	write_init(&option, p->w, true, p->escape && !u->lines);
	write_unit(&option, p, in, u, 0);
	p->labels = labels;
	v[0].text = option.out;
	next_paragraph(p->w, out);
	write_init(&wr, p->w, false, p->escape);
	if (write_point(&wr, v, n, u->lines))
		str_add_slice(out, str_slice(&wr.out));
	str_release(&wr.out);
	str_release(&v[0].text);
}

static void write_apart(struct plan *p, struct str *out)
{
	uint16_t *gone = NULL;
	size_t n = 0;

	str_clear(out);
	for (size_t i = 1; i < p->w->n && !p->ref; i++) {
		bool stays = p->row->unit[i] != NONE;

		for (size_t k = 0; k < p->n && stays; k++)
			for (size_t j = 0; j < p->v[k].n_who && stays; j++)
				stays = p->v[k].who[j] != i;
		if (!stays)
			plan_add(&gone, &n, i);
	}
	struct wording base[2] = {{.who = p->same, .n_who = p->n_same},
				  {.who = gone, .n_who = n, .none = true}};

	write_one(p, p->in, p->unit, base, n ? 2 : 1, out);
	for (size_t k = 0; k < p->n; k++) {
		struct wording one = {.who = p->v[k].who, .n_who = p->v[k].n_who};

		write_one(p, p->v[k].in, p->v[k].unit, &one, 1, out);
	}
	free(gone);
}

/* ---- one way after the other ---- */

static bool try_way(struct plan *p, enum way way, struct str *out)
{
	size_t input, at;

	p->escape = way == WAY_WORDS_ESCAPED || way == WAY_WHOLE_ESCAPED || way >= WAY_MARKS;
	p->escape = p->escape && way != WAY_LINES && way != WAY_LINES_CLOSED;
	p->all_whole = way >= WAY_WHOLE;
	p->labels = way >= WAY_LABELS;
	p->marks = way == WAY_MARKS;
	p->closed = way == WAY_LINES_CLOSED;
	switch (way) {
	case WAY_VERBATIM:
		str_clear(out);
		str_add(out, p->in->text.p + p->unit->begin, p->unit->end - p->unit->begin);
		return !p->ref && !p->n && !p->n_none;
	case WAY_APART:
		write_apart(p, out);
		return row_reads_back(p->w, p->row, str_slice(out), p->read, &input, &at);
	case WAY_PLAIN:
		str_clear(out);
		row_write_plain(p->w, p->row, out);
		return row_reads_back(p->w, p->row, str_slice(out), p->read, &input, &at);
	case WAY_LINES_CLOSED:
		return p->lines && p->ref && write_words(p, way, out);
	case WAY_LINES:
	case WAY_LINES_ESCAPED:
		return p->lines && has_outer(p) && write_words(p, way, out);
	default:
		return !p->lines && write_words(p, way, out);
	}
}

enum way row_write(struct work *w, const struct row *row, enum way way, struct str *out,
		   struct brackets *read)
{
	struct plan p;

	plan_make(&p, w, row);
	p.read = read;
	while (way < WAYS && !try_way(&p, way, out))
		way++;
	plan_release(&p);
	return way;
}
